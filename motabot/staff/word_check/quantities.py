"""Words that say of how many: "all four stores", "most of them", "none", "two of the five", "only two brands"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from motabot.staff.word_check.remark import TURN, Remark
from motabot.text.number_words import number_words
from motabot.text.regex import regex

NUMBERS: Final = {"no": 0, "one": 1, **number_words(2, 12)}
NUMBER: Final = rf"(?<![$.,\d])\d{{1,3}}(?![\d,.]*\d)|{'|'.join([*NUMBERS][1:])}"
_PARTS: Final = {"half": 0.5, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3, "a quarter": 0.25,
    "one quarter": 0.25, "three quarters": 0.75, "a fifth": 0.2, "a tenth": 0.1}  # fmt: skip
_OWNERS: Final = r"(?: (?:the|our|these|those|all|its|their|his|her|this year's))*"
_QUANTITY: Final = regex(
    rf"(?<![\w-])(?:(?P<all>(?<!in )all|all(?= (?:the|our|of|{'|'.join(NUMBERS)})\b)"
    r"|every one|everyone|everybody|every|each|both)"
    r"|(?P<none>none|neither|nobody|no one|no(?! longer| more| fewer| less| matter| change| difference))"
    r"|(?P<most>(?<!the )(?<!at )most|(?:the |a )?(?:great |large |clear |vast )?majority)"
    rf"|(?P<over>(?:more than|over) (?P<over_part>{'|'.join(_PARTS)}))"
    rf"|(?P<under>(?:fewer than|less than|under) (?P<under_part>{'|'.join(_PARTS)}))"
    r"|(?P<half>(?:about |exactly |roughly )?half)"
    rf"|(?:only |exactly )?(?P<many>{NUMBER}))(?![\w-])"
    rf"(?P<of> of)?{_OWNERS}(?: (?P<whole>{NUMBER})\b)?(?P<noun>(?: [a-z’'-]+){{0,3}})"
)
#: It is softened, denied, supposed, or said of all but some.
_UNSURE: Final = regex(
    r"\b(?:not|nearly|almost|hardly|if|whether|except|other than|apart|aside|all but|would|could|should|cannot"
    r"|at (?:least|most)|up to|(?:more|fewer|less) than (?!half)[a-z]+)\s+(?:the )?$|n['’]t [a-z ]*$"
)
#: An order or a part of it, which is not a number of things.
_ORDER: Final = regex(
    r"\b(?:the|these|those|first|last|next|top|other|another|than|by|than|of|or|to|about|some|past|previous|every"
    r"|within|for|in|on|at|with|has|have|had) $"
)
#: "Half again", "most recent", "each other", "all in all", "both months": not of the rows that are told of.
_NO_QUANTITY: Final = regex(
    r"(?:most (?:recent|of the (?:time|day|week|month|year)|important|likely|promising|often"
    r"|[a-z]+(?:ed|ing|able|ive|ous|ful|ant|ent|al)\b)"
    r"|half (?:a|an|as|again|the|hour|of (?:the )?(?:year|month|\d))|each other|all in all"
    r"|all (?:time|day|year|together|told|along)|no (?:idea|trend|reason|data|figures?|longer|more|clear)"
    r"|both (?:months?|years?|weeks?|days?|periods?|halves|times|ways)|(?:one|two) thirds?"
    rf"|(?:only |exactly )?(?:{NUMBER}) (?:times|percent|points?|days?|weeks?|months?|years?|hours?|minutes?"
    r"|grams?|p\.?m|a\.?m|dollars?|more|fewer|less|per cent)\b)"
)
#: "More than half of its sales", "most of it": of something else than the rows.
_PAIRED: Final = regex(r" (?:of )?(?:its|their|it|what|that|this|everything)\b")
#: "Most of her purchases": of the one person that a result is about.
_OWNED: Final = regex(r" (?:of )?(?:his|her)\b")
#: "All but Edibles", "Edibles aside": not of all; and what is said of a part of the time.
_EXCEPT: Final = regex(
    r"\b(?:except|excepting|aside|apart from|other than|all but|besides|since(?! (?:they|then|joining))|until"
    r"|salvo|excepto)\b|\b(?:all|every) [a-z]+ but\b"
)
_EVERYBODY: Final = regex(r"every(?:one|body)|no(?:body| one)")
_KINDS: Final = ("all", "none", "most", "over", "under", "half", "many")
#: "The first half".
_ORDINAL: Final = regex(r"\b(?:first|second|last|this|other) $")
#: "59 are still active": of nothing that is named.
_VERB_NEXT: Final = regex(r"\s*(?:$|(?:is|are|was|were|ha(?:s|ve|d)|of|in|at|on|may|can|did|and|or|to)\b)")
_JOINED: Final = regex(r"\band\b|,")
#: Rows that no label names: "the two hours from 5 p.m.".
_HOURS_FROM: Final = regex(rf"\b(?:{NUMBER}) (?:hours?|days?|weeks?|months?) (?:from|starting|after|before)\b")
_HALF: Final = (0.45, 0.55)


@dataclass(frozen=True)
class HowMany:
    """Of how many a sentence says something.

    Attributes:
        kind: "all", "none", "most", "over" or "under" a part, "half" or "many" (a number).
        many: The number.
        part: The part of the whole.
        whole: The number of them all that it tells, if any.
        is_of_everybody: It names nobody: "everyone", "nobody".
        is_owned: It is of something of one person: "most of her purchases".
        start: Where it starts.
        end: Where the quantity itself ends.
        until: Where the part of the sentence that it is said in ends.
    """

    kind: str
    many: int
    part: float
    whole: int | None
    is_of_everybody: bool
    is_owned: bool
    start: int
    end: int
    until: int

    def holds(self, true: int, every: int) -> bool:
        """Whether so many of so many are what it says."""
        if self.kind == "many":
            return true == self.many
        share = true / every if every else 0.0
        return self.holds_of(share)

    def holds_of(self, share: float) -> bool:
        """Whether a share of a whole is what it says."""
        kept = {
            "all": share >= 1,
            "none": share == 0,
            "most": share > 0.5,
            "over": share > self.part,
            "under": share < self.part,
            "half": _HALF[0] <= share <= _HALF[1],
        }
        return kept.get(self.kind, True)


def quantities_in(flat: str) -> Iterator[HowMany]:
    """The quantities of a sentence in plain letters, each the only one of its part."""
    found = [match for match in _QUANTITY.finditer(flat) if _is_one(flat, match)]
    for match in found if _EXCEPT.search(flat) is None else ():
        if any(_are_one(flat, match, other) for other in found):
            continue
        kind, end = _kind(match), match.end(_kind(match))
        turn = TURN.search(flat, end)
        later = [other.start() for other in found if other.start() > end + len(" of ")]
        yield HowMany(
            kind,
            value_of(match["many"]) if match["many"] else 0,
            _PARTS.get(match["over_part"] or match["under_part"], 0.5),
            2 if match[kind] == "both" else value_of(match["whole"]) if match["whole"] else None,
            _EVERYBODY.fullmatch(match[kind]) is not None,
            _OWNED.match(flat, end) is not None,
            match.start(),
            end,
            min([len(flat), *later, *([turn.start()] if turn else [])]),
        )


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if match[kind])


def _is_one(flat: str, match: re.Match[str]) -> bool:
    """Whether words say of how many of what something is true, without a doubt."""
    before, kind = flat[: match.start()], _kind(match)
    if _NO_QUANTITY.match(flat, match.start()) or _UNSURE.search(before) or _PAIRED.match(flat, match.end(kind)):
        return False
    if kind == "half":
        return _ORDINAL.search(before) is None
    if kind != "many":
        return True
    is_exact = match[0].startswith(("only ", "exactly "))
    if (_ORDER.search(before) and not is_exact) or (not match["of"] and _VERB_NEXT.match(match["noun"])):
        return False
    return is_exact or bool(match["of"]) or not before.strip() or before[-2:-1] in ",;:.("


def is_quantity_at(flat: str, place: int) -> bool:
    """Whether a quantity that is computed stands at a place."""
    return any(said.start <= place < said.end for said in quantities_in(flat))


def is_of_unnamed(remark: Remark, start: int, end: int) -> bool:
    """Whether a part of the sentence names the first of several rows only: "the two hours from 5 p.m."."""
    if _HOURS_FROM.search(remark.flat, start, end) is None:
        return False
    return not any(label.is_range for _each, labels in remark.subjects(start, end) for label in labels)


def _are_one(flat: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two quantities belong together: "in each tier more than half", "only these have no"."""
    first, last = sorted((one, other), key=lambda match: match.start())
    between = flat[first.end() - len(first["noun"]) : last.start()]
    return one is not other and TURN.search(between) is None and not _JOINED.search(between)


def value_of(words: str) -> int:
    """The number that words mean."""
    return NUMBERS[words] if words in NUMBERS else int(words)
