"""Days that shops plan for: their names, and when each falls in a year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.easter import easter

from motabot.text.regex import regex

_MONDAY, _THURSDAY, _SUNDAY = 0, 3, 6


class NamedDate(NamedTuple):
    """A day with a name.

    Attributes:
        pattern: Its names, as a regular expression over folded text, with apostrophes or without.
        on: The day in a year.
        loose: More names, for texts in which nothing else looks like them: "420" is a day in a customer's text,
            and may be an amount in a question about figures.
    """

    pattern: str
    on: Callable[[int], date]
    loose: str = ""


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, number: int, later: int = 0) -> Callable[[int], date]:
    """A number of days after the first, second ... such weekday of a month."""

    def of(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1) + later)

    return of


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


#: In the order in which they are looked for: an eve before its day.
NAMED_DATES: tuple[NamedDate, ...] = (
    NamedDate(r"new year'?s? eve|nochevieja", _on(12, 31), "nye|fin de ano"),
    NamedDate(
        r"new year'?s? day|dia de ano nuevo",
        _on(1, 1),
        "new year'?s|ano nuevo|primero de enero|1(?:ro|o|er)? de enero|january first",
    ),
    NamedDate(r"mlk day|martin luther king day", _nth(1, _MONDAY, 3)),
    NamedDate(r"valentine'?s? day|valentine'?s|san valentin", _on(2, 14), "valentine"),
    NamedDate(r"president'?s?'? day", _nth(2, _MONDAY, 3)),
    NamedDate(r"(?:st|saint) (?:patrick'?s|patty'?s|paddy'?s) day|st patrick'?s", _on(3, 17)),
    NamedDate(r"easter(?: sunday)?|domingo de pascua", easter),
    NamedDate(
        r"(?<=\bon )420|(?<=\bsince )420|(?<=\bfor )420|(?<=\blast )420|420 (?=last year|this year)"
        r"|420 day|four ?twenty",
        _on(4, 20),
        "4 20|420",
    ),
    NamedDate(r"cinco de mayo", _on(5, 5)),
    NamedDate(r"mother'?s day", _nth(5, _SUNDAY, 2)),
    NamedDate(r"memorial day", _last_monday_of_may),
    NamedDate(r"father'?s day", _nth(6, _SUNDAY, 3)),
    NamedDate(r"juneteenth", _on(6, 19)),
    NamedDate(r"(?:the )?(?:fourth|4th) of july|independence day|july fourth", _on(7, 4), "july 4th|4 de julio"),
    NamedDate(r"labor day", _nth(9, _MONDAY, 1)),
    NamedDate(r"columbus day|indigenous people'?s'? day", _nth(10, _MONDAY, 2)),
    NamedDate(r"halloween", _on(10, 31)),
    NamedDate(r"dia de (?:los )?muertos|day of the dead", _on(11, 2)),
    NamedDate(r"veteran'?s'? day", _on(11, 11)),
    NamedDate(r"green wednesday", _nth(11, _THURSDAY, 4, -1)),
    NamedDate(r"thanksgiving(?: day)?|(?:dia de )?accion de gracias", _nth(11, _THURSDAY, 4)),
    NamedDate(r"black friday|viernes negro", _nth(11, _THURSDAY, 4, 1)),
    NamedDate(r"cyber monday", _nth(11, _THURSDAY, 4, 4)),
    NamedDate(r"christmas eve|nochebuena", _on(12, 24), "xmas eve"),
    NamedDate(r"(?:christmas|xmas)(?: day)?|navidad", _on(12, 25)),
)  # fmt: skip


_NAMES = [(regex(rf"\b(?:{'|'.join(filter(None, (each.pattern, each.loose)))})\b"), each) for each in NAMED_DATES]


def named_in(folded: str) -> Iterator[tuple[int, int, NamedDate]]:
    """Where a folded text names days, by any of their names, in the order of the table.

    "New years eve" names that day and not the next one too.
    """
    for pattern, each in _NAMES:
        for found in pattern.finditer(folded):
            yield *found.span(), each
        folded = pattern.sub(lambda found: "/" * len(found[0]), folded)


def days_named(folded: str, year: int) -> Iterator[date]:
    """The days of a year that a folded text names, in the order of the table."""
    return (each.on(year) for each in dict.fromkeys(named for _start, _end, named in named_in(folded)))
