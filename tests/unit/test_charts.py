"""Which chart a result asks for."""

from __future__ import annotations

import pytest

from motabot.staff.charts import chart_of
from tests.support.chart_shapes import SHAPES, TODAY, Shape


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_chart_shows_what_was_asked(shape: Shape) -> None:
    chart = chart_of(shape.columns, shape.rows, sql=shape.sql, words=shape.words, today=TODAY, wish=shape.wish)
    assert chart == shape.chart
