"""What a text quotes, and the rest of it; and its words in the one form in which texts are compared."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from motabot.text.normalize import without_accents
from motabot.text.regex import regex

#: Opening quotation marks, each with those that close it.
OPENING = {
    "“": "”“",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "‹": "›",
    "”": "”",
    "❝": "❞",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    '"': '"”',
    "＂": "＂",
}
_QUOTED_LINE = regex(r"(^|\n)> ?([^\n“”\"]+)")
_APOSTROPHES = regex("['’‘`´ʼ′]")
_SPACES = regex(r"\s+")
_INVISIBLE = regex(r"[\u00ad\u200a-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffc]")


class Quotations(NamedTuple):
    """What a text quotes, and the rest of it with a plain " in place of each quotation."""

    quoted: tuple[str, ...]
    around: str


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """Lower case without accents, apostrophes and invisible marks, with single spaces."""
    bare = _INVISIBLE.sub("", _SPACES.sub(" ", _APOSTROPHES.sub("", text)))
    return without_accents(bare).strip()


def quotations(text: str) -> Quotations:
    """Cut the quotations out of a text. One that is never closed goes to the end: phones cut long ones off.

    A line that begins with ">" is a quotation, as in e-mails.
    """
    if ">" in text:
        text = _QUOTED_LINE.sub(r"\1“\2”", text)
    if OPENING.keys().isdisjoint(text):
        return Quotations((), text)
    quoted: list[str] = []
    around: list[str] = []
    start, depth, opening = 0, 0, ""
    for at, mark in enumerate(text):
        if depth == 0:
            if mark in OPENING:
                opening, depth, start = mark, 1, at + 1
            else:
                around.append(mark)
        elif mark in OPENING[opening] and not (mark == opening == "“"):
            depth -= 1
            if depth == 0:
                quoted.append(text[start:at])
                around.append('"')
        elif mark == opening and opening not in OPENING[opening]:
            depth += 1
    if depth:
        quoted.append(text[start:])
        around.append('"')
    return Quotations(tuple(quoted), "".join(around))
