"""What real servers do, tried through three doors: the model's answer is used, or there is a good reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.providers import table
from tests.providers.doors import NAME, Doors
from tests.providers.imitation import BEHAVIORS, TEXT, Behavior, Door

CASES = [pytest.param(each, door, id=f"{each.name} [{door}]") for each in BEHAVIORS for door in each.doors]


@pytest.mark.parametrize(("tried", "door"), CASES)
def test_an_answer_is_used_wherever_it_can_be(doors: Doors, tried: Behavior, door: Door) -> None:
    outcome = doors.try_at(door, tried.answer)
    if tried.falls_back:
        assert outcome.model != NAME
        assert outcome.troubles
        assert outcome.text
        return
    assert outcome.model == NAME, outcome.troubles
    assert outcome.text.endswith(TEXT)
    assert tried.checks is None or tried.checks(doors.server.asks)


def test_at_least_120_behaviors_are_imitated_and_few_fall_back_for_no_reason() -> None:
    assert len({each.name for each in BEHAVIORS}) == len(BEHAVIORS) >= 160


def test_the_table_in_the_documentation_is_this_one() -> None:
    assert table.rendered() in Path("docs/models.md").read_text(encoding="utf-8"), (
        "run python -m tests.providers.table"
    )
