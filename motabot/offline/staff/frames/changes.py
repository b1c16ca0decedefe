"""Finds the periods of a change: two that are compared, or steps from each to the next."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from motabot.offline.dates import parse
from motabot.offline.dates.pairs import paired, set_apart, unit_of
from motabot.offline.dates.ranges import Span, add_months, around
from motabot.offline.staff.frames.draft import TIMES
from motabot.offline.staff.frames.frame import Change
from motabot.offline.staff.frames.shares import Shares
from motabot.text.regex import regex

_FROM_TO = regex(r"\b(?:to|through|thru|a|al|and|y)\b")

#: Words that set a figure against another one.
_AGAINST = frozenset(("compared to", "compared with", "relative to", "in comparison to", "in comparison with"))
_SINCE = regex(r"(?:ever )?(?:since|desde)\b")
#: The longest period that a single day is set against.
_MOST_DAYS = 31
SAME_DAYS = regex(
    r"\bsame (?:number of )?(?:days|dates|stretch|months|period)\b|\b(?:at|by) (?:this|the same) point\b"
)
#: Words for a running period, which is set against as much of the earlier one.
_SO_FAR = regex(r"\b(?:so far|to date|[ymqw]td|this time last|al dia de hoy)\b")
_NAMES_YEAR = regex(r"\b(?:20\d\d|years?|anos?)\b")
_ONE_BEFORE = regex(
    r"\b(?:the (?:previous|prior|preceding) (?P<unit>week|month|quarter|year)|the (?P<other>week|month|quarter|year) before)\b"
)


class ChangePeriods(Shares):
    """Finds the periods of a change."""

    def _change(
        self, spans: tuple[Span, ...], by: list[str], measures: list[str]
    ) -> tuple[Change, tuple[Span, ...], list[str]]:
        draft = self._draft
        unit = unit_of(spans)
        wants = bool(draft.change) or draft.before or (draft.compares and self._sets_times_against(spans))
        is_against = draft.compares and self._numbered.items[draft.compare_at].words in _AGAINST
        if draft.compares and not wants and not self._has_split and (not by or is_against) and draft.share_at < 0:
            self.unclear.append("compare")
        if not wants:
            is_one = draft.order and by and _follow_each_other(spans)  # "june, july and august" together
            return "", spans, [*by, unit] if len(spans) > 1 and unit and not is_one and not set(by) & TIMES else by
        if not measures:
            is_told = draft.compares or draft.before or draft.step or draft.much or spans or draft.filters
            measures += ["sales"] if is_told else []
            self.unclear += [] if measures or self.unclear else ["?"]
        if draft.per and set(draft.per) & TIMES and not draft.spread:
            by = [*by, *draft.per]
            draft.per = []
        if len(spans) == 1 and _SINCE.match(spans[0].said) and not draft.step and not set(by) & TIMES:
            self.unclear.append(spans[0].said)  # "lost the most since last year": the other period is not named
        spans = tuple({(span.first, span.last): span for span in set_apart(spans)}.values())
        if not (draft.step and set(by) & TIMES):  # "by month, over the month before"
            spans = paired(self._text, spans if draft.step else self._ends(spans))
        # "compared to the previous month"
        if draft.step and not spans and (one := _ONE_BEFORE.search(self._text)):
            spans, draft.step = (parse.find(f"this {one['unit'] or one['other']}", self._today)[0][0],), ""
        times = [each for each in by if each in TIMES]
        step = draft.step or (times[0] if times and len(spans) < 2 else "")
        single = len(spans) == 1 and unit_of((spans[0], spans[0])) == step if step and spans else False
        if step == "year" and times and times[0] in ("month", "quarter") and len(spans) < 2:
            draft.lag, step = (12 if times[0] == "month" else 4), times[0]
        elif step and times and times[0] != step and len(spans) < 2:
            self.unclear.append(times[0])
        if step == "year" and len(spans) == 1 and not single and not times and spans[0].first:
            earlier = Span(add_months(spans[0].first, -12), add_months(spans[0].last, -12))
            return "between", (spans[0], earlier), by
        if step and len(spans) < 2 and not single:
            spans = tuple(whole_months(each) for each in spans) if step == "month" else spans
            return "steps", spans, [*(each for each in by if each not in TIMES), step]
        self.unclear += [
            f"by {each}" for each in by if each in TIMES and len(spans) > 1 and each != unit_of(spans)
        ]
        by = [each for each in by if each not in TIMES]
        return self._between(spans, by)

    def _between(self, spans: tuple[Span, ...], by: list[str]) -> tuple[Change, tuple[Span, ...], list[str]]:
        """The two periods that are compared, the later one first; more of them are a grouping."""
        draft = self._draft
        if not spans:
            spans = (parse.find("this month", self._today)[0][0],)
        if len(spans) == 1:
            if spans[0].first is None:
                self.unclear.append(spans[0].said)
                return "between", spans, by
            then = spans[0]
            is_after = bool(draft.spans) and draft.compares and draft.compare_at < draft.spans[0][1]
            is_next = is_after and then.last < self._today
            spans = (following(then, self._today), then) if is_next else (then, then.before())
        if len(spans) > 2:
            if not unit_of(spans):
                self.unclear.append(spans[2].said)
            return "", spans, [*by, unit_of(spans)]
        if SAME_DAYS.search(self._text) or (by and _SO_FAR.search(self._text)):
            spans = self._same_days(spans)
        lengths = sorted((span.last - (span.first or span.last)).days for span in spans[:2])
        if lengths[0] == 0 and lengths[1] > _MOST_DAYS:
            self.unclear.append(spans[1].said)  # a day is not set against a year
        ordered = sorted(spans[:2], key=lambda span: (span.last, span.first or self._today), reverse=True)
        return "between", tuple(ordered), by

    def _same_days(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The earlier of two periods, cut where the running one stands: "November against October, same days only"."""
        now, then = sorted(spans[:2], key=lambda span: span.last, reverse=True)
        if now.first is None or then.first is None or now.last < self._today:
            return spans
        return now, Span(then.first, min(then.last, then.first + (self._today - now.first)))

    def _sets_times_against(self, spans: tuple[Span, ...]) -> bool:
        """Whether periods are compared, rather than things within one period."""
        draft = self._draft
        if len(spans) != 1 or draft.splits or draft.share_at >= 0:
            return len(spans) > 1
        if not draft.spans:
            return False
        at = draft.spans[0][1]
        return draft.compare_at == 0 or at - 2 <= draft.compare_at < at

    def _ends(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """ "From September to October" names two periods where a change between them is asked for."""
        if len(spans) != 1 or spans[0].first is None or not _FROM_TO.search(spans[0].said):
            return spans
        for unit in ("month", "quarter", "year"):
            first, last = around(spans[0].first, unit), around(spans[0].last, unit)
            if first.first == spans[0].first and last.last == spans[0].last and first != last:
                return last, self._latest(first, unit) if self._draft.compares else first
        return spans

    def _latest(self, span: Span, unit: str) -> Span:
        """The same part of the next year if it has begun: "compare October to September" is of this year's October."""
        assert span.first is not None
        later = add_months(span.first, 12)
        is_free = unit != "year" and later <= self._today and not _NAMES_YEAR.search(self._text)
        return around(later, unit) if is_free else span


def whole_months(span: Span) -> Span:
    """The last months without the partial month at their start: its growth would say nothing."""
    if span.first is None or span.first.day == 1 or "months" not in span.said:
        return span
    return Span(add_months(span.first.replace(day=1), 1), span.last, span.said)


def _follow_each_other(spans: tuple[Span, ...]) -> bool:
    """Whether each period begins on the day after another one ends."""
    ordered = sorted(spans, key=lambda span: span.last)
    return all(
        late.first is not None and late.first == early.last + timedelta(days=1)
        for early, late in itertools.pairwise(ordered)
    )


def following(span: Span, today: date) -> Span:
    """The period after a given one: this month after last month, this year after last year."""
    assert span.first is not None
    first = span.last + timedelta(days=1)
    for unit in ("week", "month", "quarter", "year"):
        if unit_of((span, span)) == unit:
            return around(first, unit)
    return Span(first, min(today, first + (span.last - span.first)))
