"""The clauses of a text, and where one request ends and another begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from motabot.catalog.sizes import Size, find_size
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLOWER_TYPES, SORTS
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_SENTENCE = re.compile(r"(?<=[?!;\n])|\s(?=\d\)\s)|(?<=[a-zA-Z%)]\.)(?=\s|$)")
_JOINT = _LEXICON.pattern("joint")
_PIECE_END = re.compile(r"[?!;\n]+|\.(?=\s|$)|, | (?:and|also|plus|n|&|y|tambien|también|oh) ", re.IGNORECASE)
#: "1 edible 1 preroll": a count begins another wish.
_KINDS = "|".join(
    word for words in CATEGORIES.words.values() for word in words if word.isalpha() and len(word) > 3
)
_COUNTED = re.compile(rf"(?<=[a-z]) (?=(?:\d|one|two|una?|dos) (?:[a-z]+ )?(?:{_KINDS})\b)")
_WANTS = _LEXICON.pattern("wants")
#: Where one wish ends and another may begin.
_WISH_END = re.compile(r"([?!;\n,]+|\.(?=\s|$)| (?:and|also|plus|n|&|\+|y|e|tambien|también) )", re.IGNORECASE)
#: A reply takes up this many wishes of one text.
_MOST = 4


def clauses(text: str) -> list[str]:
    """The clauses of a text: its sentences, parted where a comma or "and" begins a question or a request."""
    found: list[str] = []
    for sentence in _SENTENCE.split(text):
        start = 0
        for joint in _JOINT.finditer(sentence.lower()):
            found.append(sentence[start : joint.start()])
            start = joint.end()
        found.append(sentence[start:])
    return [clause.strip(" ,") for clause in found if normal(clause) or "?" in clause]


def pieces(text: str) -> list[str]:
    """The smallest parts of a text that may ask for something by themselves."""
    return [piece for piece in _PIECE_END.split(text) if normal(piece)]


def wishes(goods: Sequence[str]) -> list[str]:
    """The parts of some clauses that want different kinds or sizes of goods, each with what narrows it down."""
    parts: list[_Part] = []
    ahead = ""
    for clause in goods:
        pieces = _WISH_END.split(_COUNTED.sub(",", clause))
        for place in range(0, len(pieces), 2):
            words, joint = pieces[place].strip(), pieces[place - 1].strip() if place else ""
            if not normal(words):
                continue
            part = _Part.of(words)
            if part.is_whole and not (parts and part.narrows(parts[-1], joint)):
                before = _Part.of(ahead)
                if before.type and part.type and before.type != part.type:
                    parts.append(replace(part, words=f"{ahead} {part.named}", type=before.type))
                    ahead = ""
                parts.append(replace(part, words=f"{ahead}, {words}" if ahead else words))
                ahead = ""
            elif parts and part.type and parts[-1].type and part.type != parts[-1].type:
                parts.append(replace(part, words=f"{words} {parts[-1].named}", kind=parts[-1].kind))
            elif parts and (place or not part.has_trait):
                parts[-1] = parts[-1].plus(part, joint)
            else:
                ahead = f"{ahead}, {words}" if ahead else words
        if ahead and _Part.of(ahead).has_trait:
            parts.append(_Part.of(ahead))
            ahead = ""
    if ahead and parts:
        parts[-1] = parts[-1].plus(_Part.of(ahead), ",")
    told = [(part.kind, part.size, part.type) for part in parts]
    is_apart = 1 < len(parts) <= _MOST and len(set(told)) == len(told)
    return [part.words for part in parts] if is_apart else [". ".join(goods)]


@dataclass(frozen=True)
class _Part:
    """Words between two commas or joining words: the kind and the size that they name."""

    words: str
    kind: str | None
    named: str
    size: Size | None
    type: str | None
    has_trait: bool

    @classmethod
    def of(cls, words: str) -> _Part:
        match = next(iter(CATEGORIES.matches(words)), None)
        has_trait = bool(_WANTS.search(words) and (FLOWER_TYPES.first(words) or EFFECTS.first(words)))
        kind = SORTS.first(match.words) or match.name if match else None
        named = match.words if match else ""
        return cls(words, kind, named, find_size(words), FLOWER_TYPES.first(words), has_trait)

    @property
    def is_whole(self) -> bool:
        """Whether it may be a wish of its own."""
        return self.kind is not None or self.size is not None

    def narrows(self, before: _Part, joint: str) -> bool:
        """Whether it is a size of the kind before: "gummies, 100 mg", but not "a cart and an eighth"."""
        if self.kind is not None or before.kind is None or before.size is not None or self.size is None:
            return False
        return joint in {",", ""} or self.size.unit == "mg"

    def plus(self, other: _Part, joint: str) -> _Part:
        return replace(self, words=f"{self.words}{joint if joint == ',' else ' ' + joint} {other.words}")
