"""The customers who joined first or last: "who was our first customer", "newest 5 members"."""

from __future__ import annotations

from motabot.offline.staff.frames.frame import FigureFrame
from motabot.text.number_words import ENGLISH, number_words
from motabot.text.regex import regex

_NUMBERS = number_words(1, 20, (ENGLISH,))
_WHO = r"(?P<noun>customers?|members?|clients?|sign ?ups?|people|person)"
_ASKED = regex(
    r"(?:(?:who|which|whos|list|show|show me|give me|name|what|whats|was|is|are|were|our|the|my|very) )*"
    rf"(?P<end>first|oldest|earliest|newest|latest|most recent|last)(?: (?P<many>\d+|{'|'.join(_NUMBERS)}))?(?: ever)? {_WHO}"
    r"(?P<joined> (?:ever|to join|to sign up|who joined|who signed up|that joined|joined|on file))*"
)


def by_joining(text: str) -> FigureFrame | None:
    """The first or the last customers who joined; None if the text asks for something else.

    Args:
        text: In plain form, with corrected spelling.
    """
    found = _ASKED.fullmatch(text)
    if found is None or (found["end"] == "last" and not found["joined"] and not found["noun"].startswith("sign")):
        return None  # the last customer may be the last one served
    said = found["many"] or ("" if found["noun"].endswith("s") or found["noun"] == "people" else "1")
    many = int(said) if said.isdigit() else _NUMBERS.get(said)
    falls = found["end"] not in ("first", "oldest", "earliest")
    return FigureFrame(of="customer", ranked=True, rank="joined", falls=falls, limit=many or 10)
