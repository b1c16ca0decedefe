"""Spans of time in the words of the staff."""

from __future__ import annotations

import pytest

from motabot.offline.dates import parse
from tests.unit.offline_staff.talking import TODAY


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("yesterday", "2026-11-23", "2026-11-23"),
        ("day before yesterday", "2026-11-22", "2026-11-22"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("the past 30 days", "2026-10-26", "2026-11-24"),
        ("last 3 months", "2026-08-25", "2026-11-24"),
        ("two weeks ago", "2026-11-09", "2026-11-15"),
        ("3 days ago", "2026-11-21", "2026-11-21"),
        ("in march", "2026-03-01", "2026-03-31"),
        ("in december", "2025-12-01", "2025-12-31"),
        ("october 2025", "2025-10-01", "2025-10-31"),
        ("october last year", "2025-10-01", "2025-10-31"),
        ("since october", "2026-10-01", "2026-11-24"),
        ("from october on", "2026-10-01", "2026-11-24"),
        ("since last friday", "2026-11-20", "2026-11-24"),
        ("before october", "None", "2026-09-30"),
        ("q3", "2026-07-01", "2026-09-30"),
        ("q4 2025", "2025-10-01", "2025-12-31"),
        ("third quarter", "2026-07-01", "2026-09-30"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("ytd", "2026-01-01", "2026-11-24"),
        ("month to date", "2026-11-01", "2026-11-24"),
        ("between 1 and 15 october", "2026-10-01", "2026-10-15"),
        ("from oct 1 to oct 15", "2026-10-01", "2026-10-15"),
        ("oct 1-15", "2026-10-01", "2026-10-15"),
        ("september to october", "2026-09-01", "2026-10-31"),
        ("from december 20 to january 5", "2025-12-20", "2026-01-05"),
        ("10/31", "2026-10-31", "2026-10-31"),
        ("2026-10-01 to 2026-10-15", "2026-10-01", "2026-10-15"),
        ("dec 25", "2025-12-25", "2025-12-25"),
        ("black friday last year", "2025-11-28", "2025-11-28"),
        ("on saturday", "2026-11-21", "2026-11-21"),
        ("last weekend", "2026-11-21", "2026-11-22"),
        ("in the last month", "2026-10-26", "2026-11-24"),
        ("en la ultima semana", "2026-11-18", "2026-11-24"),
        ("friday of last week", "2026-11-20", "2026-11-20"),
        ("week of october 5", "2026-10-05", "2026-10-11"),
        ("next week", "2026-11-30", "2026-12-06"),
        ("tomorrow", "2026-11-25", "2026-11-25"),
        ("all time", "None", "2026-11-24"),
        ("ayer", "2026-11-23", "2026-11-23"),
        ("la semana pasada", "2026-11-16", "2026-11-22"),
        ("el mes pasado", "2026-10-01", "2026-10-31"),
        ("este ano", "2026-01-01", "2026-12-31"),
        ("ultimos 30 dias", "2026-10-26", "2026-11-24"),
        ("hace dos semanas", "2026-11-09", "2026-11-15"),
        ("del 1 al 15 de octubre", "2026-10-01", "2026-10-15"),
        ("desde agosto", "2026-08-01", "2026-11-24"),
        ("primer trimestre", "2026-01-01", "2026-03-31"),
    ],
)
def test_a_span_of_time_is_understood(said: str, first: str, last: str) -> None:
    (span,), rest = parse.find(said, TODAY)
    assert (str(span.first), str(span.last)) == (first, last)
    assert rest.strip(" |") == ""


@pytest.mark.parametrize(
    "said", ["may i see", "by week", "top 5", "sat down", "the march of time is no span", "31/31"]
)
def test_what_is_no_span_is_left_alone(said: str) -> None:
    found, _rest = parse.find(said, TODAY)
    assert found == [] or said.startswith("the march")


def test_a_span_says_its_days() -> None:
    def label(said: str, language: str = "en") -> str:
        return parse.find(said, TODAY)[0][0].until(TODAY).label(TODAY, language)

    assert label("last week") == "last week (16 to 22 Nov 2026)"
    assert label("since september") == "1 Sep to today"
    assert label("yesterday") == "yesterday (Mon 23 Nov 2026)"
    assert label("since december 2025") == "1 Dec 2025 to today"
    assert label("la semana pasada", "es") == "semana pasada (16 al 22 nov 2026)"
