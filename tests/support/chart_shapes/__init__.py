"""Shapes of results and the chart that each asks for: a test's table, and what the gallery draws."""

from tests.support.chart_shapes.compared import COMPARED
from tests.support.chart_shapes.over_time import OVER_TIME
from tests.support.chart_shapes.shape import TODAY, Shape

__all__ = ["SHAPES", "TODAY", "Shape"]

SHAPES = [*OVER_TIME, *COMPARED]
