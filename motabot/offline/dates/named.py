"""Turns holidays, seasons and halves of a year into dates: "labor day weekend", "last summer", "the first half".

A name alone is the latest one that has begun. Seasons are whole months, as the weather services count them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from motabot.offline.dates.ranges import add_months, month_end
from motabot.offline.dates.words import MONTH, MONTH_NUMBERS
from motabot.text.holidays import NAMED_DATES
from motabot.text.regex import regex

_MONDAY, _THURSDAY, _SUNDAY = 0, 3, 6
#: "Last Thanksgiving", in the days after it, is the one of the year before.
_BYGONE, _RECENT = ("last", "past", "previous", "el ultimo", "la ultima"), 7
#: The first month of each season. "Fall" alone is also what sales do.
_SEASONS = (
    (r"winter|invierno", 12),
    (r"spring(?:time)?|primavera", 3),
    (r"summer(?:time)?|verano", 6),
    (
        r"autumn|otono|(?<=\bthis )fall|(?<=\blast )fall|(?<=\bthe )fall|(?<=\bsince )fall"
        r"|fall (?=(?:of )?20\d\d)|^fall (?=sales|revenue)",
        9,
    ),
)  # fmt: skip
_WHOSE = (
    r"(?:\s+(?:of |in |de |del )?(?P<year>20\d\d)"
    r"|\s+(?P<told>of last year|last year|this year|del ano pasado|este ano))?"
)
_LEAD = r"(?:(?P<lead>this|last|past|previous|este|esta|el ultimo|la ultima|next)\s+)?"
_HOLIDAY = regex(
    r"\b" + _LEAD + r"(?:(?:"
    + "|".join(f"(?P<h{n}>{pattern})" for n, (pattern, *_) in enumerate(NAMED_DATES))
    + r")s?)(?P<beside>\s+weekend|\s+week)?" + _WHOSE + r"(?!\w)"
)  # fmt: skip
_SEASON = regex(
    r"\b" + _LEAD + r"(?:the\s+)?(?:"
    + "|".join(f"(?P<s{n}>{pattern})" for n, (pattern, _month) in enumerate(_SEASONS))
    + r")(?: season)?(?P<past> pasad[oa])?" + _WHOSE + r"(?!\w)"
)  # fmt: skip
_HALF = regex(
    r"\b(?:the\s+|la\s+|el\s+)?(?:(?P<first>first half|1st half|h1|primera mitad|primer semestre)"
    r"|(?P<second>second half|2nd half|h2|segunda mitad|segundo semestre))"
    r"(?:\s+(?:of|in|de|del)(?:\s+(?:the year|this year|el ano|ano|este ano))?)?"
    + _WHOSE
    + rf"(?!\s*(?:of |de )?{MONTH}\b)(?!\w)"
)  # fmt: skip
#: What a year elsewhere in the text belongs to: "halloween sales this year against last year".
_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|march|april|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?"
    r"|q[1-4]|h[12]|winter|spring|summer|autumn|"
    + "|".join(re.sub(r"\(\?[<=][^)]*\)", "", pattern) for pattern, *_ in NAMED_DATES if "420" not in pattern)
)  # fmt: skip
_VERSUS = r"vs|versus|against|compared (?:to|with)|over|and|or|than|to"
_BOTH_YEARS = regex(
    rf"\b(?P<name>{_NAMES})(?P<rest>(?:\s+(?!{_VERSUS}|this\b|last\b)\w+){{0,4}})\s+(?:this year\s+)?"
    rf"(?P<versus>{_VERSUS})\s+(?:the same \w+ )?last year\b"
)
_ONE_YEAR = regex(
    rf"\b(?P<name>{_NAMES})(?P<rest>(?:\s+(?!{_VERSUS}|week|this\b|last\b|since\b|by\b)\w+){{1,3}})"
    rf"\s+(?P<told>last|this) year\b"
)


_HALF_MONTH = regex(
    r"\b(?:the\s+|la\s+)?(?P<which>first|1st|second|2nd|primera|segunda) (?:half|mitad|quincena)"
    rf" (?:of|de) (?P<month>{MONTH})(?:\s+(?:of |de )?(?P<year>20\d\d))?\b"
)


#: Two of them that are compared take the year of the second.
_PAIR = regex(
    rf"(?<!\bthis )\b(?P<one>{MONTH}|q[1-4]|h[12])"
    rf"(?P<rest>(?: (?!{_VERSUS}\b)[a-z]+){{0,2}}) (?P<versus>{_VERSUS})"
    rf" (?P<two>{MONTH}|q[1-4]|h[12]) (?P<year>20\d\d)\b"
)


#: "Halloween vs last Halloween".
_LAST_ONE = regex(
    rf"\b(?P<name>{_NAMES})(?P<rest>(?: (?!{_VERSUS}\b)\w+){{0,3}}) (?P<versus>{_VERSUS})"
    r" (?:the )?last (?P=name)\b"
)


def dated(text: str, today: date) -> str:
    """A text with holidays, seasons and halves as dates that `motabot.offline.dates.parse` can read.

    Args:
        text: Lower case, no accents.
        today: The day in the shop's zone.
    """
    text = _LAST_ONE.sub(r"\g<name>\g<rest> \g<versus> last year", text)
    text = _BOTH_YEARS.sub(
        lambda found: (
            f"{found['name']} {today.year}{found['rest']} {found['versus']} {found['name']} {today.year - 1}"
        ),
        text,
    )
    text = _PAIR.sub(
        lambda found: (
            f"{found['one']} {found['year']}{found['rest']} {found['versus']} {found['two']} {found['year']}"
        ),
        text,
    )
    text = _ONE_YEAR.sub(
        lambda found: f"{found['name']} {today.year - (found['told'] == 'last')}{found['rest']}", text
    )
    text = _HALF_MONTH.sub(lambda found: _half_month(found, today), text)
    sets_against = bool(
        re.search(
            r"\b(?:this|este|esta) (?:year|ano|winter|spring|summer|fall|verano|invierno|otono|primavera)\b", text
        )
    )
    text = _HOLIDAY.sub(lambda found: _holiday(found, today), text)
    text = _SEASON.sub(lambda found: _season(found, today, sets_against=sets_against), text)
    return _HALF.sub(lambda found: _half(found, today), text)


def _year(found: re.Match[str], today: date) -> int | None:
    """The year of a name; None: the latest."""
    if found["year"]:
        return int(found["year"])
    told = found["told"] or ""
    if told:
        return today.year - ("last" in told or "pasado" in told)
    return None


def _holiday(found: re.Match[str], today: date) -> str:
    of = next(each.on for n, each in enumerate(NAMED_DATES) if found[f"h{n}"])
    year = _year(found, today)
    day = of(year or today.year)
    if year is None and found["lead"] == "next":
        day = day if day > today else of(today.year + 1)
    elif year is None and (day > today or (found["lead"] in _BYGONE and (today - day).days < _RECENT)):
        day = of(today.year - 1)
    space = " " if found[0].endswith(" ") else ""
    beside = (found["beside"] or "").strip()
    if beside != "weekend":
        return f"week of {day}{space}" if beside else f"{day}{space}"
    first, last = _weekend(day)
    return f"{first} to {last}{space}"


def _weekend(day: date) -> tuple[date, date]:
    """The free days around a holiday."""
    weekday = day.weekday()
    if weekday == _MONDAY:
        return day - timedelta(days=2), day
    if weekday in (_THURSDAY, _THURSDAY + 1):
        return day, day + timedelta(days=_SUNDAY - weekday)
    saturday = day + timedelta(days=(5 - weekday) if weekday > 0 else -2)
    return saturday, saturday + timedelta(days=1)


def _season(found: re.Match[str], today: date, *, sets_against: bool) -> str:
    month = next(number for n, (_pattern, number) in enumerate(_SEASONS) if found[f"s{n}"])
    year = _year(found, today)
    first = date(year or today.year, month, 1)
    if year is not None and month == 12:
        first = date(year - 1, 12, 1)  # the winter of 2026 begins in December 2025
    if year is None and first > today:
        first = add_months(first, -12)
    is_running = first <= today <= month_end(add_months(first, 2))
    if (found["lead"] == "last" or found["past"]) and (sets_against or is_running):
        first = add_months(first, -12)
    last = month_end(add_months(first, 2))
    before = found.string[: found.start()].rstrip()
    since = before.endswith(("since", "desde"))
    space = " " if found[0].endswith(" ") else ""
    return f"{first}{space}" if since else f"{first} to {last}{space}"


def _half_month(found: re.Match[str], today: date) -> str:
    number = MONTH_NUMBERS[found["month"]]
    year = int(found["year"]) if found["year"] else today.year - (number > today.month)
    if found["which"] in ("first", "1st", "primera"):
        return f"{date(year, number, 1)} to {date(year, number, 15)}"
    return f"{date(year, number, 16)} to {month_end(date(year, number, 1))}"


def _half(found: re.Match[str], today: date) -> str:
    year = _year(found, today) or today.year
    second = bool(found["second"])
    if second and found["year"] is None and found["told"] is None and date(year, 7, 1) > today:
        year -= 1
    first, last = (date(year, 7, 1), date(year, 12, 31)) if second else (date(year, 1, 1), date(year, 6, 30))
    return f"{first} to {last}"
