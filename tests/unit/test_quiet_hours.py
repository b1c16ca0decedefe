"""When the shop may start a conversation."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motabot.sms.quiet_hours import QuietHours, is_texan, window, zones_of

HOURS = QuietHours(time(9), time(20))
LOS_ANGELES, NEW_YORK = "America/Los_Angeles", "America/New_York"


def at(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("now", "start", "end"),
    [
        ((2026, 3, 2, 9, 0), (2026, 3, 2, 9, 0), (2026, 3, 2, 20, 0)),
        ((2026, 3, 2, 8, 59), (2026, 3, 2, 9, 0), (2026, 3, 2, 20, 0)),
        ((2026, 3, 2, 19, 59), (2026, 3, 2, 19, 59), (2026, 3, 2, 20, 0)),
        ((2026, 3, 2, 20, 0), (2026, 3, 3, 9, 0), (2026, 3, 3, 20, 0)),
        ((2026, 3, 2, 23, 30), (2026, 3, 3, 9, 0), (2026, 3, 3, 20, 0)),
        # the clocks go forward at two on the 8th
        ((2026, 3, 7, 21, 0), (2026, 3, 8, 9, 0), (2026, 3, 8, 20, 0)),
    ],
)
def test_it_must_be_day_where_the_recipient_is(
    now: tuple[int, ...], start: tuple[int, ...], end: tuple[int, ...]
) -> None:
    assert window(at(LOS_ANGELES, *now), [LOS_ANGELES], HOURS) == (at(LOS_ANGELES, *start), at(LOS_ANGELES, *end))


def test_it_must_be_day_everywhere_where_the_recipient_may_be() -> None:
    start, end = window(at(LOS_ANGELES, 2026, 3, 2, 7, 0), [LOS_ANGELES, NEW_YORK], HOURS)
    assert (start, end) == (at(LOS_ANGELES, 2026, 3, 2, 9, 0), at(NEW_YORK, 2026, 3, 2, 20, 0))


def test_sundays_in_texas_begin_at_noon() -> None:
    sunday = at("America/Chicago", 2026, 3, 1, 9, 30)
    assert window(sunday, ["America/Chicago"], HOURS)[0] == sunday
    noon = at("America/Chicago", 2026, 3, 1, 12, 0)
    assert window(sunday, ["America/Chicago"], HOURS, noon_on_sundays=True)[0] == noon
    assert is_texan("+15125550101", None)
    assert is_texan("+14155550101", "tx")
    assert not is_texan("+14155550101", "CA")


@pytest.mark.parametrize(
    ("phone", "state", "zones"),
    [
        ("+14155550101", None, [LOS_ANGELES]),
        ("+14155550101", "NY", [LOS_ANGELES, NEW_YORK]),
        ("+14155550101", " fl", ["America/Chicago", LOS_ANGELES, NEW_YORK]),
        ("+14155550101", "Bavaria", [LOS_ANGELES]),
        ("+18005550101", None, ["Pacific/Honolulu"]),  # of no place: the shop's own zone
        ("+19995550101", None, ["Pacific/Honolulu"]),
        ("+4930123456", None, ["Europe/Berlin"]),
    ],
)
def test_number_and_address_say_where_somebody_may_be(phone: str, state: str | None, zones: list[str]) -> None:
    assert zones_of(phone, state, "Pacific/Honolulu") == zones


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - hypothesis wants naive bounds
    st.lists(st.sampled_from([LOS_ANGELES, NEW_YORK, "America/Phoenix", "Pacific/Honolulu"]), min_size=1),
    st.booleans(),
)
def test_a_window_begins_soon_and_is_day_from_its_beginning_to_its_end(
    moment: datetime, zones: list[str], sundays: bool
) -> None:
    now = moment.replace(tzinfo=UTC)
    start, end = window(now, zones, HOURS, noon_on_sundays=sundays)
    assert now <= start < end
    assert start - now < timedelta(days=2)
    for inside in (start, start + (end - start) / 2, end - timedelta(seconds=1)):
        for zone in zones:
            local = inside.astimezone(ZoneInfo(zone))
            assert HOURS.start <= local.time() < HOURS.end
            assert not (sundays and local.weekday() == 6 and local.hour < 12)


def test_places_so_far_apart_that_it_is_never_day_at_both_leave_the_first() -> None:
    far = ["Asia/Kolkata", "America/Los_Angeles"]
    start, _end = window(datetime(2026, 3, 2, tzinfo=UTC), far, QuietHours(time(10), time(11)))
    assert start.astimezone(ZoneInfo("Asia/Kolkata")).hour == 10
