"""Which chart a result asks for."""

from __future__ import annotations

import pytest

from motabot.staff.charts import chart_of
from motabot.staff.formats import format_of, shown
from motabot.staff.sandbox.run import ResultColumn
from tests.support.chart_shapes import SHAPES, TODAY, Shape


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_chart_shows_what_was_asked(shape: Shape) -> None:
    chart = chart_of(shape.columns, shape.rows, sql=shape.sql, words=shape.words, today=TODAY, wish=shape.wish)
    assert chart == shape.chart


@pytest.mark.parametrize(
    ("words", "told"),
    [("0:07:00", "7 min"), ("2:05:59", "2 h 5 min"), ("3 days, 4:00:00", "3 d 4 h"), ("0:00:12.5", "12 s"),
     ("0:00:00", "0 s"), ("1 day, 0:00:00", "1 d"), ("odd", "odd")],
)  # fmt: skip
def test_a_span_of_time_is_told_in_its_largest_units(words: str, told: str) -> None:
    assert format_of(ResultColumn("wait", "interval")) == "duration"
    assert shown(words, "duration") == told
