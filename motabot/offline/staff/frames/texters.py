"""Customers by whether they texted and what they did: "how many of those who texted us in October also bought"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from motabot.offline.staff.frames.frame import FigureFrame
from motabot.text.regex import regex

_TEXTED_AND = regex(
    r"(?P<lead>(?:(?:how many|what (?:percent|percentage|share)|which|list|show me|show|what|number)(?: of)?)?(?: (?:the|our|all|those))*) ?"
    r"(?P<who>customers|people|members|vips|regulars|folks|who|clients)?(?: who| that)?(?: have)? (?:texted|messaged|wrote to|wrote)(?: us| in)?"
    r"(?P<when>(?: (?!and\b|but\b|also\b|have\b|has\b|never\b|then\b|did\b|didnt\b|bought\b|came\b|spent\b)\w+)*?)"
    r" (?P<deed>(?:(?:and|but|also|then|who|have|has) )*(?:never|did|didnt|havent|bought|came|spent|made|been|visited|purchased|not)\b.*)"
)
_JOINED = regex(r"^(?:(?:and|but|also|then|who) )+|\balso (?=bought|came|spent)")

Read = Callable[[str], FigureFrame | None]


def texters(text: str, read: Read) -> FigureFrame | None:
    """Read a question about customers who texted and did something else; None if it is not one.

    Args:
        text: In plain form, with corrected spelling.
        read: Reads a plainer question: what they did, and their texts.
    """
    said = _TEXTED_AND.fullmatch(text.strip())
    if said is None:
        return None
    who = said["who"] if said["who"] not in (None, "who", "people", "folks") else "customers"
    lead = said["lead"].strip() or "list"
    asked = read(f"{lead} {who} who {_JOINED.sub('', said['deed'])}")
    texts = read(f"texts from customers {said['when'].strip()}".strip())
    is_of_customers = asked is not None and asked.of == "customer" and (asked.conditions or asked.share)
    if asked is None or texts is None or not is_of_customers or texts.of != "text" or texts.by or texts.share:
        return None
    return replace(asked, top_of=replace(texts, measures=(), rank="time", limit=None))
