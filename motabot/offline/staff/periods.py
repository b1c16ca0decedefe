"""The spans that a comparison sets against each other."""

from __future__ import annotations

from datetime import date, timedelta

from motabot.offline.dates import parse
from motabot.offline.dates.ranges import Span
from motabot.offline.staff.parse import Reading


def periods_of(reading: Reading, today: date, spanish: bool) -> list[tuple[str, Span]]:
    """The spans that are compared, the newer first; one that is not over yet is also set against as many days."""
    asked = sorted(reading.spans[:2], key=lambda span: (span.last, span.first or today), reverse=True)
    if len(asked) == 2:
        now, then = asked
    elif asked and asked[0].first and asked[0].last >= today:
        now = asked[0]
        then = now.before()
    elif asked and asked[0].first:
        then = asked[0]
        now = _after(then, today)
    else:
        now = parse.find("este mes" if spanish else "this month", today)[0][0]
        then = now.before()
    if then.first and now.first and (then.last - then.first).days > 300 > (now.last - now.first).days:
        then = _year_earlier(now)
    language = "es" if spanish else "en"
    done = now.until(today)
    periods = [(done.label(today, language), done)]
    if now.last >= today and then.first and done.first:
        same = Span(then.first, min(then.last, then.first + (done.last - done.first)))
        if same.last < then.last:
            periods.append((("los mismos días de antes: " if spanish else "as many days before: ")
                            + same.label(today, language), same))  # fmt: skip
    periods.append((then.label(today, language), then))
    return periods


def _after(span: Span, today: date) -> Span:
    """The span that follows one, as far as it has come."""
    assert span.first is not None
    first, days = span.last + timedelta(days=1), (span.last - span.first).days + 1
    whole = "this week" if days == 7 else ""
    if span.first.day == 1:
        whole = "this year" if days > 300 else "this quarter" if days > 80 else "this month" if days > 27 else ""
    found = parse.find(whole, today)[0][0] if whole else Span(first, first + (span.last - span.first))
    return found if found.first and found.first > span.first else Span(first, today)


def _year_earlier(span: Span) -> Span:
    assert span.first is not None
    return Span(span.first - timedelta(days=365), span.last - timedelta(days=365))
