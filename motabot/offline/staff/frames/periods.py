"""Turns ages and spans of time that depend on the day into plain dates: "older than 3 months", "nothing since"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from motabot.offline.dates import named, parse
from motabot.offline.dates.ranges import Span, add_months, around, month_end
from motabot.offline.dates.words import DAY_NUMBERS, MONTH, MONTH_NUMBERS, WEEKDAY
from motabot.text.number_words import ENGLISH, number_words
from motabot.text.regex import regex
from motabot.text.weekdays import WEEKDAYS

_NUMBERS = {"a": 1, "an": 1, **number_words(1, 12, (ENGLISH,))}
_THIS = ("this year", "este ano")
_MANY = rf"(?P<many>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
#: "Leads older than 3 months", "created more than 60 days ago": before that day.
_AGE = regex(
    rf"\b(?:that |which |who )?(?:are |is |were |was )?(?:older than|more than|over) {_MANY} {_UNIT}(?: old| ago)\b"
    rf"|\b(?:that |which |who )?(?:are |is )?older than (?P<many2>\d{{1,3}}|{'|'.join(_NUMBERS)}) (?P<unit2>day|week|month|year)s?\b"
)
#: "October this year" is one period, not two.
_OF_YEAR = regex(
    rf"\b(?P<part>{MONTH}(?: \d{{1,2}}(?: ?(?:-|to|through|thru) ?\d{{1,2}})?)?|q[1-4])(?: of| de| del| in)? (?P<year>this year|last year|este ano|(?:el )?ano pasado)\b"
)
#: "2026 Q3".
_YEAR_FIRST = regex(r"\b(?P<year>20\d\d) (?P<part>q[1-4])\b")
#: "The last 6 full months" end with the last whole month; "the last 12 months through yesterday" end yesterday.
_MANY_UNITS = rf"(?:in |over |for |of |during )?(?:the )?(?:last|past) {_MANY}"
_FULL = regex(
    rf"\b{_MANY_UNITS} (?:full|complete|whole|entire|calendar|completed) (?P<unit>day|week|month|year)s?\b"
)
_TO_YESTERDAY = regex(
    rf"\b{_MANY_UNITS} {_UNIT},? (?:thru|through|until|till|up to|to|ending|ended)(?: and including)? yesterday\b"
)
#: "The first week of November": its first seven days.
_WEEK_OF = regex(
    rf"\b(?:in |during |for )?(?:the )?(?P<place>first|second|third|fourth|last) week (?:of|in) (?P<month>{MONTH})(?: (?P<year>20\d\d))?\b"
)
#: "The first 26 days of October", "the last 10 days of last month".
_DAYS_OF = regex(
    rf"\b(?:in |during |for )?(?:the )?(?P<place>first|last) (?P<many>\d{{1,2}}|{'|'.join(_NUMBERS)}) days (?:of|in) "
    rf"(?P<month>(?:{MONTH})(?: 20\d\d)?|(?:this|last) (?:month|quarter|year))\b"
)
_PLACES = {"first": 1, "second": 8, "third": 15, "fourth": 22}
#: "Last year, same stretch Jan 1 to Nov 26": within that year.
_DATE = rf"(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?"
_IN_YEAR = regex(
    rf"\b(?P<year>this year|last year|20\d\d),? (?:(?:in |over |for |for the |over the |the )?same (?:stretch|period|dates|days|time|range),? )?"
    rf"(?:from )?(?P<first>{_DATE}) (?:to|through|thru|until|till) (?P<last>{_DATE})\b(?!,? 20\d\d)"
)
#: "Thursday November 12" is one day.
_DAY_OF = regex(rf"\b(?:{'|'.join(WEEKDAYS)}),? (?:the )?(?={_DATE}\b)")
#: "Q1 to Q3", and "Monday to Wednesday last week".
_QUARTERS = regex(
    r"\b(?:from )?q(?P<first>[1-4]) (?:through|thru) q(?P<last>[1-4])(?: (?:of )?(?P<year>20\d\d))?\b"
)
_DAYS_OF_WEEK = regex(
    rf"\b(?:from )?(?P<first>{WEEKDAY}) (?:to|through|thru) (?P<last>{WEEKDAY})(?: of)? (?P<week>(?:the )?(?:last|this|previous) week)\b"
)
#: "How does it compare with the Saturday before".
_DAY_BEFORE = regex(rf"\b(?:the |el )(?P<day>{WEEKDAY}) (?:before(?: (?:that|last))?|prior|anterior)\b")
#: "The day before Thanksgiving", "the week after July 4".
_NEXT_TO = regex(r"\b(?:the )?(?P<unit>day|week|weekend) (?P<side>before|after) (?=\w)")
#: "June July Aug", as people write it in brackets.
_MONTHS_IN_A_ROW = regex(rf"\b(?P<first>{MONTH})(?: {MONTH})* (?P<last>{MONTH})\b(?! ?\d{{1,2}}\b(?!\d))")
_GOODS = regex(r"\b(?:products?|items?|skus?|brands?|inventory|stock)\b")
#: "Came in every single month", "each and every week": in every one that the period has.
_EVERY = regex(
    r"\b(?:in |during |on )?(?:every single|each single|each and every|every one of the|all of the|every last) (?P<unit>month|week|day)s?\b"
)
#: "Bought in September and nothing since".
_SINCE = regex(
    r"[ ,]*\b(?:and |but |y |pero )?(?:have |has )?(?:nothing|not|not bought|not been(?: back| in)?|never|havent|hasnt|none|nada|no)"
    rf"(?: bought| been| come| shopped)?(?: anything)?(?: back| in)* (?:ever )?(?:since(?: then)?(?! (?:the |last |this |{MONTH}|q[1-4]|20\d\d|\d|yesterday|we\b))|after that|afterwards?|desde entonces)\b"
)


def dated(text: str, today: date) -> str:
    """Replace ages and the like with dates.

    Args:
        text: In plain form.
        today: The day in the shop's zone.
    """
    text = _DAY_OF.sub("", text)
    text = _DAY_BEFORE.sub(lambda found: _day_before(found, today), text)
    text = _next_to(_next_to(text, today), today)  # one day against another
    text = _QUARTERS.sub(lambda found: _quarters(found, today), text)
    text = _DAYS_OF_WEEK.sub(lambda found: _days_of_week(found, today), text)
    text = _MONTHS_IN_A_ROW.sub(_in_a_row, text)
    text = _IN_YEAR.sub(lambda found: _in_year(found, today), text)
    text = _YEAR_FIRST.sub(lambda found: f"{found['part']} {found['year']}", text)
    text = _WEEK_OF.sub(lambda found: _week_of(found, today), text)
    text = _DAYS_OF.sub(lambda found: _days_of(found, today), text)
    text = _FULL.sub(lambda found: _full(found, today), text)
    text = _TO_YESTERDAY.sub(lambda found: _to_yesterday(found, today), text)
    text = _OF_YEAR.sub(lambda found: f"{found['part']} {today.year - (found['year'] not in _THIS)}", text)
    if not _GOODS.search(text):  # the data does not say when a product was added
        text = _AGE.sub(lambda found: _before(found, today), text)
    text = _every(text, today)
    return _since(text, today)


def _next_to(text: str, today: date) -> str:
    said = _NEXT_TO.search(text)
    if said is None:
        return text
    rest = named.dated(text[said.end() :], today)
    found = parse.locate(rest, today)[0]
    start, end, span = found[0] if found else (1, 0, Span(None, today))
    if start or span.first is None or span.first != span.last:
        return text
    day, is_before = span.last, said["side"] == "before"
    first = last = day + timedelta(days=-1 if is_before else 1)
    if said["unit"] != "day":
        first, last = (day - timedelta(days=7), last) if is_before else (first, day + timedelta(days=7))
    if said["unit"] == "weekend":
        saturday = first + timedelta(days=(5 - first.weekday()) % 7)
        first, last = saturday, saturday + timedelta(days=1)
    return f"{text[: said.start()]}{first} to {last}{rest[end:]}"


def _day_before(found: re.Match[str], today: date) -> str:
    """The last such weekday before the one day that the rest of the text names."""
    rest = f"{found.string[: found.start()]} {found.string[found.end() :]}"
    other = _only_span(named.dated(rest, today), today)
    if other is None or other.first != other.last:
        return found[0]
    back = (other.last.weekday() - DAY_NUMBERS[found["day"]] + 1) % 7 or 7
    return str(other.last - timedelta(days=back))


def _quarters(found: re.Match[str], today: date) -> str:
    first, last = int(found["first"]), int(found["last"])
    year = int(found["year"] or 0) or today.year - (first * 3 - 2 > today.month)
    return f"from {year}-{first * 3 - 2:02}-01 to {month_end(date(year + (last < first), last * 3, 1))}"


def _days_of_week(found: re.Match[str], today: date) -> str:
    week = _only_span(found["week"], today)
    if week is None or week.first is None:
        return found[0]
    first, last = (week.first + timedelta(days=DAY_NUMBERS[found[name]] - 1) for name in ("first", "last"))
    return f"from {first} to {last}" if first <= last else found[0]


def _in_a_row(found: re.Match[str]) -> str:
    """ "June July Aug" as "june to aug"; other months next to each other stay apart."""
    numbers = [MONTH_NUMBERS[name] for name in found[0].split()]
    follow = all(after == before + 1 for before, after in pairwise(numbers))
    return f"{found['first']} to {found['last']}" if follow and len(numbers) > 2 else found[0]


def _in_year(found: re.Match[str], today: date) -> str:
    said = found["year"]
    year = int(said) if said.isdigit() else today.year - (said not in _THIS)
    return f"from {found['first']} {year} to {found['last']} {year}"


def _full(found: re.Match[str], today: date) -> str:
    many, unit = found["many"], found["unit"]
    number = int(many) if many.isdigit() else _NUMBERS[many]
    this = around(today, unit)
    assert this.first is not None
    return f"from {_back(this.first, number, unit)} to {this.first - timedelta(days=1)}"


def _to_yesterday(found: re.Match[str], today: date) -> str:
    many, unit = found["many"], found["unit"]
    number = int(many) if many.isdigit() else _NUMBERS[many]
    return f"from {_back(today, number, unit)} to {today - timedelta(days=1)}"


def _before(found: re.Match[str], today: date) -> str:
    many, unit = found["many"] or found["many2"], found["unit"] or found["unit2"]
    number = int(many) if many.isdigit() else _NUMBERS[many]
    return f"before {_back(today, number, unit)}"


def _back(today: date, number: int, unit: str) -> date:
    if unit in ("day", "week"):
        return today - timedelta(days=number * (7 if unit == "week" else 1))
    return add_months(today, -number * (12 if unit == "year" else 1))


def _every(text: str, today: date) -> str:
    found = _EVERY.search(text)
    span = _only_span(_EVERY.sub(" ", text), today)
    if found is None or span is None or span.first is None:
        return text
    last = min(span.last, today)
    many = {
        "month": (last.year - span.first.year) * 12 + last.month - span.first.month + 1,
        "week": (last - span.first + timedelta(days=span.first.weekday())).days // 7 + 1,
        "day": (last - span.first).days + 1,
    }[found["unit"]]
    return _EVERY.sub(f"in at least {many} different {found['unit']}s", text)


def _since(text: str, today: date) -> str:
    found = _SINCE.search(text)
    span = _only_span(text[: found.start()], today) if found else None
    if found is None or span is None or span.last >= today:
        return text
    after = span.last + timedelta(days=1)
    return f"{text[: found.start()]} but did not buy since {after}{text[found.end() :]}"


def _only_span(text: str, today: date) -> Span | None:
    """The single period of a text; None if it has none or several."""
    spans, _rest = parse.find(text, today)
    return spans[0] if len(spans) == 1 else None


def _days_of(found: re.Match[str], today: date) -> str:
    whole = _only_span(found["month"], today)
    if whole is None or whole.first is None:
        return found[0]
    days = timedelta(days=(int(found["many"]) if found["many"].isdigit() else _NUMBERS[found["many"]]) - 1)
    if found["place"] == "last":
        return f" {whole.last - days} to {whole.last} "
    return f" {whole.first} to {min(whole.first + days, whole.last)} "


def _week_of(found: re.Match[str], today: date) -> str:
    spans = parse.find(f"{found['month']} {found['year'] or ''}".strip(), today)[0]
    if not spans or spans[0].first is None:
        return found[0]
    month = around(spans[0].first, "month")
    assert month.first is not None
    if found["place"] == "last":
        return f" {month.last - timedelta(days=6)} to {month.last} "
    first = month.first + timedelta(days=_PLACES[found["place"]] - 1)
    return f" {first} to {first + timedelta(days=6)} "
