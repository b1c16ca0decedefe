"""The clock that the sweep, STOP in table mode, rescue, notices and outreach run by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from croniter import croniter

from motabot.jobs import every
from motabot.settings import Settings


@pytest.mark.parametrize("seconds", [*range(1, 31), Settings.model_fields["upkeep_seconds"].default])
def test_upkeep_is_due_every_so_many_seconds_in_every_minute_of_the_hour(seconds: int) -> None:
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    moments = croniter(every(seconds), start, ret_type=datetime)
    last, minutes = start, set()
    while last < start + timedelta(hours=1):
        due = moments.get_next(datetime)
        assert due - last <= timedelta(seconds=seconds)
        minutes.add(due.minute)
        last = due
    assert minutes == set(range(60))
