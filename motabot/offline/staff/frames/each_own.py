"""Customers whose own figures of two periods are compared: "who spent less this year than last", "whose visits halved"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from motabot.offline.staff.frames.frame import Bound, FigureFrame
from motabot.text.regex import regex

_MEASURES = {
    **dict.fromkeys(("spent", "spend", "spending", "spends", "sales"), "sales"),
    **dict.fromkeys(("bought", "buy", "buys", "purchases", "orders", "transactions"), "transactions"),
    **dict.fromkeys(
        ("visited", "visit", "visits", "came", "come", "came in", "come in", "shopped", "shop"), "visits"
    ),
}
_VERB = r"(?P<verb>spent|spend|bought|buy|visited|visit|came in|come in|came|come|shopped|shop)"
_PARTS = {
    "half": "0.5", "a third": "0.333333", "a quarter": "0.25", "twice": "2", "double": "2", "two times": "2",
    "three times": "3", "triple": "3", "2x": "2", "3x": "3",
}  # fmt: skip
_PART = rf"(?P<part>{'|'.join(_PARTS)}|\d+(?:\.\d+)? ?(?:%|percent))"
_THAN = (
    r"(?:than|of what|as|compared to what|compared to|compared with|vs|versus)(?: what)?(?: (?:they|he|she))?"
    r"(?: (?:did|do|spent|bought|had|visited|came))?"
)
_MIN = regex(
    r",? ?(?:and )?(?:only )?(?:those|the ones|customers|people|ones) (?:who|that) (?:had )?(?:spent|spend|bought|visited) (?:at least|over|more than|a minimum of)"
    r" (?P<sum>\$?\d[\d,]*)(?: dollars)? (?:in|during|over) .*$"
    r"|,? ?\(?(?:with |at )?(?:a )?(?:min|minimum|at least|over|more than|least)(?: of)? (?P<sign>\$)?(?P<number>\d[\d,]*)"
    r"(?: dollars)? (?:before|then|back then|in the (?:earlier|first|prior) (?:period|one))\)?"
)
_COMPARED = regex(
    rf"(?P<lead>.*?)\b{_VERB}(?: with us| at all)? (?P<way>less|more|fewer)(?: (?:money|often|times|visits|frequently|days))?"
    rf"(?: than {_PART}(?: as (?:much|often|many))?)?(?P<now>(?: (?!than\b).+?)?) {_THAN}(?P<then> .+)"
)
_DROPPED = regex(
    rf"(?P<lead>.*?)\b(?:whose|with) (?P<verb>spending|spend|visits|purchases|orders|sales)(?: (?:has|have|is|are))? "
    rf"(?P<way>dropped|fell|fallen|declined|decreased|down|grew|grown|increased|rose|up)(?: by)?"
    rf"(?: (?:more than|at least|over))?(?: {_PART})?(?P<now> .+?) {_THAN}(?P<then> .+)"
)
_WAS = regex(
    rf"(?P<lead>.*?)\b(?:whose|with|where(?: the)?(?: customers?)?) (?P<verb>spending|spend|visits|purchases|orders|sales) (?P<now>.+?) (?:is|was|were|are)"
    rf" (?P<way>less|more|lower|higher|fewer) than(?: {_PART}(?: of)?)?(?P<then> .+)"
)
#: "Spent at least $300 in the 90 days before, and less than half of that in the last 90 days".
_FELL = regex(
    rf"(?P<lead>.*?)\b{_VERB} (?P<sign>at least|over|more than) (?P<least>\$?\d[\d,]*)(?: dollars)?(?P<then> .+?),? (?:and|but) (?:only )?"
    rf"(?P<way>less|more|fewer) than {_PART}(?: of)?(?: that| as much)?(?P<now> (?:in|over|during|this|last) .+)"
)
_PEOPLE = regex(
    r"\b(?:who|customers|members|people|vips?|regulars?|casuals|shoppers|clients|anyone|buyers|seniors|veterans|locals)\b"
)
#: "Did customers spend more ..." asks for all of them together.
_TOGETHER = regex(r"(?:and )?(?:did|do|does|are|is|was|were|have|has)\b")
_COUNT = regex(r"\b(?:how many|number of|count of|count)\b")
_CLAUSE = regex(
    r"\b(?:are slipping(?: away)?|slipping(?: away)?|who|that|whose|anyone|which|list|show me|show|what|how many|number of|count of|customers?|members|people|have|has)\b"
)

Read = Callable[[str], FigureFrame | None]


def each_own(text: str, read: Read) -> FigureFrame | None:
    """Read a question about customers whose own figure of one period is set against that of another; None if it is not.

    Args:
        text: In plain form.
        read: Reads a plainer question: the figure in both periods, of the same customers.
    """
    fell = _FELL.fullmatch(text.strip())
    least = None if fell else _MIN.search(text)
    bare = _MIN.sub(" ", text)
    said = fell or next(filter(None, (each.fullmatch(bare.strip()) for each in (_COMPARED, _DROPPED, _WAS))), None)
    if said is None or not _PEOPLE.search(said["lead"]) or _TOGETHER.match(said["lead"]):
        return None
    measure = _MEASURES[said["verb"]]
    whom = _CLAUSE.sub(" ", said["lead"])
    asked = read(f"{measure} {whom} {said['now']} vs {said['then']}")
    if asked is None or asked.change != "between" or asked.by or asked.measures != (measure,) or asked.bounds:
        return None
    grows = said["way"] in ("more", "higher", "grew", "grown", "increased", "rose", "up")
    is_count = bool(_COUNT.search(said["lead"]))
    own = replace(
        asked,
        of="customer",
        by=("customer",),
        ranked=True,
        falls=grows,
        factor=_factor(said["part"], grows=grows, is_change=said.re is _DROPPED),
        counts_groups=is_count,
    )
    if fell:
        number = Decimal(fell["least"].strip("$").replace(",", ""))
        return replace(
            own,
            bounds=(
                Bound(
                    measure, ">=" if fell["sign"] == "at least" else ">", number, f"{fell['sign']} {fell['least']}"
                ),
            ),
        )
    if least is None:
        return own
    number = Decimal((least["number"] or least["sum"]).strip("$").replace(",", ""))
    return replace(own, bounds=(Bound(measure, ">=", number, least[0].strip(" ,()")),))


def _factor(part: str | None, *, grows: bool, is_change: bool) -> Decimal:
    """By what the earlier figure is multiplied before the later one is compared with it.

    Args:
        part: The part that is named: "half", "20%"; None: no part.
        grows: Whether the later figure is the larger one.
        is_change: The part is that of the change, not of the figure: "dropped by 20%".
    """
    if part is None:
        return Decimal(1)
    told = re.match(r"\d+(?:\.\d+)?", part) if part not in _PARTS else None
    value = Decimal(told[0]) / 100 if told else Decimal(_PARTS[part])
    return (1 + value if grows else 1 - value) if is_change else value
