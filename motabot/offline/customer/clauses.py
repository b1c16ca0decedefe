"""The clauses of a text, and where one request ends and another begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from motabot.catalog.sizes import Size
from motabot.offline.customer.alternatives import ARTICLE
from motabot.offline.customer.parts import WishPart
from motabot.offline.customer.run_on import counted_apart, run_on_apart
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_SENTENCE = regex(r"(?<=[?!;\n])|(?<=[a-zA-Z0-9%)]\.)(?=\s|$)|(?<=[a-zA-Z0-9]:)(?=\s)")
_ENUMERATED = regex(r"\s(?=\(?[\da-e]\)\s)")
_FIRST = regex(r"(?:^|\s)\(?[1a]\)\s")
_ENUMERATOR = regex(r"^\s*\(?[\da-e]\)\s+")
_JOINT, _WANTS = _LEXICON.pattern("joint"), _LEXICON.pattern("wants")
#: "If not, how much is a new one" asks that in any case.
_CASE = regex(
    r"^(?:(?:and |y )?(?:if (?:not(?! too\b)|so|yes)|si no(?=,| (?:qu[eé]|cu[aá]\w+)\b))\b[\s,]+)(?=\w)",
    re.IGNORECASE,
)
_PIECE_END = regex(r"[?!;\n]+|\.(?=\s|$)|, | (?:and|also|plus|n|&|y|tambien|también|oh) ", re.IGNORECASE)
#: Where one wish ends and another may begin.
_WISH_END = regex(
    r"([?!;\n,]+|\.(?=\s|$)| (?:and|also|plus|n|&|\+|y|e|tambien|también|vs\.?|versus) )", re.IGNORECASE
)
#: Joining words at the beginning of a clause.
_LEADING = regex(r"\s*(?:(?:and|also|plus|oh|y|tambien|también)\s+)+", re.IGNORECASE)
#: So few words at the beginning of a clause go on with the one before: "any sativa".
_FEW = 3
#: A text with more parts than these has no separate wishes.
_MOST = 8


def clauses(text: str) -> list[str]:
    """The clauses of a text: its sentences, split where a comma or "and" begins a question or a request."""
    found: list[str] = []
    items = _ENUMERATED.split(text) if _FIRST.search(text) else [text]
    for sentence in (sentence for item in items for sentence in _SENTENCE.split(item)):
        sentence, start = _ENUMERATOR.sub("", sentence), 0
        for joint in _JOINT.finditer(sentence.lower()):
            found.append(sentence[start : joint.start()])
            start = joint.end()
        found.append(sentence[start:])
    told = [_CASE.sub("", clause.strip(" ,")) for clause in found if normal(clause) or "?" in clause]
    return [part for clause in told for part in run_on_apart(clause)]


def pieces(text: str) -> list[str]:
    """The smallest parts of a text that may ask for something by themselves."""
    return [piece for piece in _PIECE_END.split(text) if normal(piece)]


def without_joint(text: str) -> str:
    """A clause without the joining words at its beginning: "plus hours for tomorrow"."""
    return _LEADING.sub("", text, count=1) if _LEADING.match(text) else text


def wishes(goods: Sequence[str], names: Sequence[str] = ()) -> list[str]:
    """The parts of some clauses that want different kinds or sizes of goods, each with what narrows it down.

    Args:
        goods: The clauses.
        names: The catalog's names in them, in normal form.
    """
    found = _Wishes(names)
    for clause in goods:
        found.begin_clause(clause)
        pieces = _WISH_END.split(counted_apart(_kept_whole(clause, names)))
        for place in range(0, len(pieces), 2):
            words, joint = pieces[place].strip().replace("_", " "), pieces[place - 1].strip() if place else ""
            if normal(words):
                found.add(words, joint, is_first=not place)
    parts = found.apart()
    return [part.words for part in parts] if 1 < len(parts) <= _MOST else [". ".join(goods)]


def _kept_whole(clause: str, names: Sequence[str]) -> str:
    """A clause with names that hold a joining word in one piece: "cookies and cream"."""
    for name in names:
        pattern = r"[\W_]+".join(map(re.escape, name.split()))
        clause = re.sub(rf"\b{pattern}\b", lambda found: found[0].replace(" ", "_"), clause, flags=re.IGNORECASE)
    return clause


class _Wishes:
    """The wishes of some clauses, while they are read."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._parts: list[WishPart] = []
        self._ahead = ""  # words that narrow down what comes after them
        self._lead = ""  # those that came before the first kind

    def begin_clause(self, clause: str) -> None:
        """Before a clause that asks for something itself, a wish that named no kind is complete."""
        before = self._read(self._ahead)
        if before.is_open and _WANTS.search(normal(clause)):
            self._end(before)

    def add(self, words: str, joint: str, *, is_first: bool) -> None:
        """Read the words between two commas or joining words."""
        if leading := _LEADING.match(words):
            words, joint = words[leading.end() :], leading[0]
        part, parts, ahead = self._read(words), self._parts, self._read(self._ahead)
        is_new = is_first and part.has_trait and len(words.split()) > _FEW
        is_next = part.is_apart_from(ahead, joint) or part.is_another(ahead, joint) or part.is_of_other(ahead)
        if self._ahead and is_next:
            self._end(ahead)
            if not part.is_whole:
                self._ahead = words
                return
        if parts and not self._ahead and joint == "," and part.is_kind_of(parts[-1]):
            parts[-1] = replace(parts[-1].plus(part, joint), kind=part.kind)
        elif part.is_whole and not (parts and part.narrows(parts[-1], joint)):
            before = self._read(self._ahead)
            if before.type and part.type and before.type != part.type:
                parts.append(replace(part, words=f"{self._ahead} {part.named}", type=before.type))
                self._ahead = ""
            parts.append(replace(part, words=f"{self._ahead}, {words}" if self._ahead else words))
            self._lead, self._ahead = self._ahead or self._lead, ""
        elif parts and ((part.is_other_type(parts[-1]) and not is_new) or part.is_other_end(parts[-1])):
            before = parts[-1]
            said = " ".join(filter(None, (words, str(before.size or ""), before.named)))
            parts.append(replace(part, words=said, kind=before.kind, size=before.size))
        elif parts and (part.is_apart_from(parts[-1], joint) or part.is_another(parts[-1], joint)):
            parts.append(part)
        elif parts and not (is_first and part.has_trait):
            parts[-1] = parts[-1].plus(part, joint)
        else:
            self._ahead = f"{self._ahead}, {words}" if self._ahead else words

    def _read(self, words: str) -> WishPart:
        part, plain = WishPart.of(words), f" {normal(words)} "
        return replace(part, name=next((name for name in self._names if f" {name} " in plain), None))

    def _end(self, part: WishPart) -> None:
        self._parts.append(part)
        self._ahead = ""

    def _led(self, part: WishPart) -> WishPart:
        """A kind that stands alone behind another one, with what came before both: "grape, flower n edibles"."""
        is_later = part is not self._parts[0] and ARTICLE.sub("", normal(part.words)) == normal(part.named)
        if not (is_later and self._read(self._lead).trait):
            return part
        return replace(part, words=f"{self._lead}, {part.words}")

    def apart(self) -> list[WishPart]:
        """The wishes; two of one kind, size and type are one."""
        rest = self._read(self._ahead)
        if rest.has_trait or (rest.opens and rest.says_what):
            self._end(rest)
        elif self._ahead and self._parts:
            self._parts[-1] = self._parts[-1].plus(rest, ",")
        told: dict[tuple[str | Size | None, ...], WishPart] = {}
        for part in map(self._led, self._parts):
            key = (part.kind, part.size, part.type, part.extreme, None if part.kind else part.name, part.trait)
            told[key] = told[key].plus(part, ",") if key in told else part
        return _with_last_kind(list(told.values()))


def _with_last_kind(parts: list[WishPart]) -> list[WishPart]:
    """The wishes; a kind that stands alone at the end is that of all before it: "for day and night, flower"."""
    *others, last = parts or [WishPart.of("")]
    if not others or not last.is_bare or any(part.is_whole or part.name for part in others):
        return parts
    kept = [last] if not normal(last.words).startswith(normal(last.named)) else []
    if len(others) + len(kept) == 1:
        return parts
    return [*(replace(part, words=f"{part.words} {last.named}", kind=last.kind) for part in others), *kept]
