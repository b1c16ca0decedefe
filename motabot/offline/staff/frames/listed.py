"""What the last answer counted or listed: how many those were, what they are called, and the newest or oldest of them."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.frames.draft import GOODS
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.query import plural
from motabot.offline.staff.frames.rows import ROWS

_NOUNS = {"text": "texts", "lead": "leads", "refund": "refunds", "transaction": "transactions"}


def count_of(before: FigureFrame) -> FigureFrame | None:
    """How many the last answer listed; None if it listed everything of a kind."""
    counted = next((name for name, row in ROWS.items() if row == before.of), "")
    if counted and not before.measures:
        return replace(before, measures=(counted,), of="", rank="")
    return replace(before, measures=(f"count {before.of}",)) if before.conditions or before.filters else None


def end_row(before: FigureFrame) -> FigureFrame | None:
    """The newest or the oldest of the rows that the last answer counted or listed; None if it had no such rows."""
    first = before.measures[0] if len(before.measures) == 1 else ""
    row = ROWS.get("texts" if first == "text_numbers" else first, before.of if not before.measures else "")
    is_plain = not (before.by or before.spread or before.share or before.change or before.top_of or before.bounds)
    if row not in ROWS.values() or not is_plain:
        return None
    return replace(before, measures=(), of=row, rank="time", limit=1)


def noun_of(before: FigureFrame) -> str:
    """What the last answer counted or listed, where that are rows or goods: "texts", "products"; else ""."""
    if before.by or before.share or before.change or before.top_of:
        return ""
    first = before.measures[0] if len(before.measures) == 1 else ""
    if before.of in GOODS and first in ("", f"count {before.of}"):
        return plural(before.of)
    return _NOUNS.get(ROWS.get(first, "") if first else before.of, "")
