"""A day set against the usual one ("against a normal Thursday"), or a weekday against the others ("than other days")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.frame import FigureFrame, Filter
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.text.regex import regex
from motabot.text.weekdays import WEEKDAYS

_DAY = rf"(?P<day>{'|'.join(WEEKDAYS)})"
#: "How did yesterday do against a normal Thursday".
_NORMAL = regex(
    rf",? ?\b(?:against|vs|versus|compared to|compared with|relative to|next to|than)(?: (?:a|an|our|the|my))? "
    rf"(?:normal|typical|usual|average|regular) (?:{_DAY}|day)\b"
)
#: "Do edibles sell better on Tuesdays than other days".
_OTHERS = regex(
    rf"\b(?:(?:better|more|worse|less|higher|lower|busier) )?on {_DAY}s? (?:than|vs|versus|compared to|compared with|against)"
    r"(?: on)?(?: (?:the|all|any|all the|our))? (?:other days?|rest of the week)(?: of the week)?\b"
)
_WE_SELL = regex(r"^(?:do|does|did) (?:we|you|they) (?:sell|make|do|earn|take in)\b")
_SELLS = regex(r"^(?:do|does|did|are|is) (?!we\b|our\b)(.+?) (?:sell|sells|sold|selling|do|does|move|go)\b")
#: How far back the usual is taken from.
_DAYS_BACK = 90

Read = Callable[[str], FigureFrame | None]


def usual_day(text: str, read: Read) -> tuple[FigureFrame, FigureFrame] | None:
    """Read a day and the average of such days, or a weekday and all others; None if the text asks no such thing.

    Args:
        text: In plain form.
        read: Reads a plainer question: the figure alone.
    """
    if said := _NORMAL.search(text):
        asked = read(" ".join(_NORMAL.sub(" ", text).split()))
        return _against_normal(asked, said["day"]) if asked is not None else None
    if said := _OTHERS.search(text):
        rest = " ".join(_OTHERS.sub(" ", text).split())
        asked = read(_SELLS.sub(r"sales of \1", _WE_SELL.sub("sales", rest)))
        return _against_others(asked, said["day"]) if asked is not None else None
    return None


def _against_normal(asked: FigureFrame, day: str | None) -> tuple[FigureFrame, FigureFrame] | None:
    """The figure of one day, and the average of the days before it that are like it."""
    span = asked.spans[0] if len(asked.spans) == 1 else None
    if not is_plain(asked) or span is None or span.first is None or span.first != span.last:
        return None
    if asked.measures == ("sales",):
        asked = replace(asked, measures=("sales", "transactions"))
    before = Span(span.first - timedelta(days=_DAYS_BACK), span.first - timedelta(days=1))
    like = (_weekday(day),) if day else ()
    return asked, per_day(replace(asked, spans=(before,), filters=(*asked.filters, *like)))


def _against_others(asked: FigureFrame, day: str) -> tuple[FigureFrame, FigureFrame] | None:
    """The average of a weekday, and that of all other days."""
    if not is_plain(asked):
        return None
    own = _weekday(day)
    return (
        per_day(replace(asked, filters=(*asked.filters, own))),
        per_day(replace(asked, filters=(*asked.filters, replace(own, positive=False)))),
    )


def is_plain(asked: FigureFrame) -> bool:
    """Whether a question only asks for figures of rows, with no grouping or order of its own."""
    others = (
        asked.by
        or asked.per not in ("", "day")
        or asked.share
        or asked.change
        or asked.of
        or asked.bounds
        or asked.ranked
    )
    return bool(asked.measures) and not others


def _weekday(day: str) -> Filter:
    return Filter("weekday", (str(WEEKDAYS.index(day) + 1),), words=f"{day}s")


def per_day(asked: FigureFrame) -> FigureFrame:
    """Sums as averages per day; other figures, such as the average ticket, as they are."""
    known = [lexicon().measures.get(each) for each in asked.measures]
    is_sum = all(each is not None and each.agg in ("sum", "count") for each in known)
    return replace(asked, per="day", spread="average", spreads=()) if is_sum else asked
