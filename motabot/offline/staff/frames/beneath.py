"""What a share or a figure is made of: the tickets it comes from, the points or discounts that its part adds up to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from motabot.offline.staff.frames.frame import FigureFrame, Filter
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.part_words import GIVEN_AWAY, ROWS_OF, TICKETS, WORTH
from motabot.offline.staff.frames.reader import works
from motabot.text.regex import regex

#: "And how many points total", after the share of tickets with points redeemed.
_HOW_MANY = regex(
    r"(?:and )?(?:how (?:many|much)|what) (?:(?:was|were|is|are|the) )*(?:of )?(?P<what>points?|discounts?)"
    r"(?: (?:total|in total|in all|altogether|overall|was that|were those|is that|were (?:used|redeemed|spent)|did that come to))*"
)
_IN_MONEY = {"refunds": "refunded_amount", "transactions": "sales", "units": "sales", "visits": "sales"}
_SUMS = {"point": "points_spent", "discount": "discounts"}


def summed(piece: str, last: FigureFrame, today: date) -> FigureFrame | None:
    """The points or discounts of the tickets whose share was asked for; None if it is not about those."""
    money = _IN_MONEY.get(last.measures[0]) if last.measures and WORTH.fullmatch(piece) else None
    if money and not (last.share or last.spread or last.change):
        worth = replace(last, measures=(money,), rank="")
        return worth if works(worth, today) is None else None
    flagged = {each.values[0] for each in last.filters if each.kind == "flag"}
    if GIVEN_AWAY.fullmatch(piece) and "discounted" in flagged and not last.share:
        return replace(last, measures=("discounts",), rank="")
    said = _HOW_MANY.fullmatch(piece)
    measure = _SUMS[said["what"].removesuffix("s")] if said else ""
    flags = {each.values[0] for each in last.share.filters if each.kind == "flag"} if last.share else set()
    if not measure or ROWS_OF[measure] not in flags:
        return None
    total = replace(last, share=None, measures=(measure,), rank="", by=())
    return total if works(total, today) is None else None


def beneath(frame: FigureFrame, noun: str, today: date) -> FigureFrame | None:
    """The number of tickets, customers or products that a figure comes from."""
    first = frame.measures[0] if frame.measures else ""
    flag = ROWS_OF.get(first)
    own = (Filter("flag", (flag,), words=flag.replace("_", " ")),) if flag else ()
    bare = noun.removeprefix("different ")
    known = lexicon().senses.get(bare, ())
    name = "transactions" if bare in TICKETS else next((f"count {of}" for kind, of in known if kind == "noun"), "")
    if not name or not first or frame.share or frame.change:
        return None
    counted = replace(
        frame, measures=(name,), filters=(*frame.filters, *own), rank="", spread="", per="", bounds=()
    )
    return counted if works(counted, today) is None else None
