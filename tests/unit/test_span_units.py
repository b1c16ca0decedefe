"""Every unit of time can be counted from today in every wording, hours among them."""

from __future__ import annotations

from datetime import date

import pytest

from motabot.offline.dates.parse import find

TODAY = date(2026, 11, 26)
UNITS = "hour hours day days week weeks month months quarter quarters year years hora dia semana mes trimestre ano"
WORDINGS = (
    "in the {} from 17:00", "over the {}", "for the {}", "of the {}", "this {}", "the next {}", "next {}", "last {}",
    "the past {}", "the previous {}", "the {} before", "the {} before last", "{} to date", "this {} so far",
    "the rest of the {}", "the start of the {}", "since last {}", "the same {} last year", "esta {}", "este {}",
    "la proxima {}", "el proximo {}", "{} pasada", "la {} que viene", "the next 3 {}", "3 {} ago", "an {} ago",
    "the last couple of {}", "hace dos {}", "between last {} and this {}",
)  # fmt: skip


@pytest.mark.parametrize("wording", WORDINGS)
def test_no_unit_of_time_is_beyond_a_wording(wording: str) -> None:
    for unit in UNITS.split():
        for span in find(f"sales {wording.replace('{}', unit)} were good", TODAY)[0]:
            assert span.first is None or span.first <= span.last


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("sales this hour", 1),
        ("sales in the hour", 1),
        ("sales in the last 3 hours", 3),
        ("sales this week", None),
    ],
)
def test_this_hour_is_the_last_one(words: str, hours: int | None) -> None:
    [span] = find(words, TODAY)[0]
    assert span.hours == hours


def test_the_next_hour_is_no_span_of_the_past() -> None:
    assert find("what comes in the next hour", TODAY)[0] == []
