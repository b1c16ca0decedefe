"""Whether somebody says that they are old enough, decided in code before any model is asked.

Cannabis for adult use is sold to people of 21 and older. A customer has shown a document in the shop; a number
that is not a customer's is asked once, before any talk of products. Words alone open nothing but that talk: the
document is still checked at the counter.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from motabot.text.normalize import UNSPOKEN, fold
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

#: California, Business and Professions Code 26140: adult-use cannabis is sold to nobody under 21.
ADULT = 21

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_BARE_YES, _BARE_NO = _LEXICON.pattern("bare_yes"), _LEXICON.pattern("bare_no")
_ADULT_SAID, _MINOR_SAID = _LEXICON.pattern("adult_said"), _LEXICON.pattern("minor_said")
_AGE_SAID, _BARE_NUMBER = _LEXICON.pattern("age_said"), _LEXICON.pattern("bare_number")
_OPENS_WITH_YES = _LEXICON.pattern("opens_with_yes")
_END = regex(r"[,.!?;\n]")
#: Where a sentence or a clause ends, but not inside a figure or a list of figures: "10.5", "20, 25 min away".
_BREAK = regex(r"[,.!?;\n]+(?!\s?\d)")
_NOT_KEPT = regex(r"[^\w+/ -]+")
_YEARS = regex(r"\b[1-9]\d")


class AgeSaid(Enum):
    """What a text says about the age of who wrote it."""

    ADULT = "adult"
    MINOR = "minor"
    UNSAID = "unsaid"


def read_age(text: str, *, asked: bool) -> AgeSaid:
    """Read one text for its writer's age, English and Spanish.

    Args:
        text: As it came.
        asked: The shop's last words asked for the age. Only then is a plain yes, no or number an answer.
    """
    plain, first = _plain(text), _plain(_END.split(text, maxsplit=1)[0])
    if _MINOR_SAID.search(plain):
        return AgeSaid.MINOR
    clauses = (_AGE_SAID.search(_plain(clause)) for clause in _BREAK.split(text))
    said = _AGE_SAID.search(plain) or next(filter(None, clauses), None)
    if said is None and asked:
        said = _BARE_NUMBER.fullmatch(plain)
    if said:
        return AgeSaid.ADULT if int(_YEARS.findall(said[0])[-1]) >= ADULT else AgeSaid.MINOR
    if _ADULT_SAID.search(plain):
        return AgeSaid.ADULT
    if asked and (_BARE_NO.fullmatch(plain) or _BARE_NO.fullmatch(first)):
        return AgeSaid.MINOR
    if asked and (_BARE_YES.fullmatch(plain) or _BARE_YES.fullmatch(first) or _OPENS_WITH_YES.match(plain)):
        return AgeSaid.ADULT
    return AgeSaid.UNSAID


def read_ages(texts: Sequence[str], *, asked: bool) -> AgeSaid:
    """Read a burst. One text that says that the writer is too young decides."""
    found = {read_age(text, asked=asked) for text in texts}
    return AgeSaid.MINOR if AgeSaid.MINOR in found else AgeSaid.ADULT if AgeSaid.ADULT in found else AgeSaid.UNSAID


def says_only_age(text: str) -> bool:
    """Whether a text that answers the question holds nothing else to answer."""
    plain = _plain(text)
    rest = _AGE_SAID.sub("", _ADULT_SAID.sub("", plain)).strip()
    return not rest or any(pattern.fullmatch(rest) for pattern in (_BARE_YES, _BARE_NUMBER))


def _plain(text: str) -> str:
    return " ".join(_NOT_KEPT.sub(" ", fold(UNSPOKEN.sub("", text))).split())
