"""The shop's file: what it may say, what it says at a moment, and how its mistakes are explained."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from motabot.errors import SettingsError
from motabot.settings import load_settings
from motabot.shop import Shop, load_shop
from motabot.text.weekdays import WEEKDAYS

ROOT = Path(__file__).parents[2]
PACIFIC = ZoneInfo("America/Los_Angeles")
WEEK = """
[hours]
monday = "09:00-21:00"
tuesday = "09:00-21:00"
wednesday = "09:00-21:00"
thursday = ["09:00-12:00", "13:00-21:00"]
friday = "10am-1am"
saturday = "10:00-24:00"
sunday = "closed"
"""


def shop(tmp_path: Path, toml: str, **settings: Any) -> Shop:
    path = tmp_path / "shop.toml"
    path.write_text(toml, encoding="utf-8")
    return load_shop(load_settings(shop_file=path, **settings))


def hours(told: Shop, local: str) -> dict[str, Any]:
    facts = told.at(datetime.fromisoformat(local).replace(tzinfo=PACIFIC)).as_data()
    found: dict[str, Any] = facts["hours"]
    return found


def state(told: Shop, local: str) -> tuple[bool, str | None, str | None]:
    found = hours(told, local)
    return found["open_now"], found["closes_at"], found["opens_next"]


def test_without_a_file_the_shop_is_its_name_and_zone_and_nothing_else_is_known() -> None:
    facts = (
        load_shop(load_settings(shop_name="Green Door", timezone="America/Denver")).at(datetime.now(UTC)).as_data()
    )
    assert {key: value for key, value in facts.items() if value is not None} == {
        "name": "Green Door",
        "timezone": "America/Denver",
        "links": {},
        "locations": [],
    }
    assert {"hours", "delivery", "returns", "loyalty", "tax", "payment", "deals", "rules"} < set(facts)


@pytest.mark.parametrize("path", ["docs/shop.example.toml", "motabot/demo/data/shop.toml"])
def test_the_shipped_files_are_valid_and_leave_nothing_unknown(path: str) -> None:
    facts = load_shop(load_settings(shop_file=ROOT / path)).at(datetime(2026, 11, 24, 20, tzinfo=UTC)).as_data()
    assert [key for key, value in facts.items() if not value] in (["location"], ["location", "hours"])
    assert facts["locations"][0]["hours"]["today"] == "9 AM to 9 PM"
    assert facts["tax"]["en"] == "Prices are before tax; tax is added at the counter"
    assert all(policy["es"] for key in ("delivery", "returns", "loyalty", "rules") for policy in [facts[key]])


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2026-11-23 08:59", (False, None, "9 AM")),  # Monday
        ("2026-11-23 09:00", (True, "9 PM", None)),
        ("2026-11-23 21:00", (False, None, "Tuesday 9 AM")),
        ("2026-11-26 12:30", (False, None, "1 PM")),  # Thursday's break
        ("2026-11-28 00:59", (True, "1 AM", None)),  # Friday's hours reach into Saturday
        ("2026-11-28 01:00", (False, None, "10 AM")),
        ("2026-11-28 23:59", (True, "midnight", None)),
        ("2026-11-29 12:00", (False, None, "Monday 9 AM")),  # Sunday is closed
    ],
)
def test_open_now_and_the_next_change(
    tmp_path: Path, local: str, expected: tuple[bool, str | None, str | None]
) -> None:
    assert state(shop(tmp_path, WEEK), local) == expected


def test_a_holiday_replaces_the_hours_that_begin_on_its_day(tmp_path: Path) -> None:
    told = shop(
        tmp_path,
        WEEK
        + '[[holidays]]\ndate = 2026-11-28\nname = "Inventory"\nhours = "closed"\n'
        + '[[holidays]]\ndate = 2026-11-30\nuntil = 2026-12-01\nname = "Move"\nhours = "12:00-14:00"\n',
    )
    assert state(told, "2026-11-28 00:30") == (True, "1 AM", None)  # still Friday's opening
    assert state(told, "2026-11-28 12:00") == (False, None, "Monday 12 PM")
    assert hours(told, "2026-12-01 09:00")["today"] == "12 PM to 2 PM (Move)"
    assert hours(told, "2026-11-27 12:00")["holidays"] == [
        {"date": "2026-11-28", "name": "Inventory", "hours": "closed"},
        {"date": "2026-11-30", "name": "Move", "hours": "12 PM to 2 PM"},
        {"date": "2026-12-01", "name": "Move", "hours": "12 PM to 2 PM"},
    ]


def test_a_yearly_holiday_holds_every_year(tmp_path: Path) -> None:
    told = shop(tmp_path, WEEK + '[[holidays]]\ndate = "12-25"\nname = "Christmas"\nhours = "closed"\n')
    assert [state(told, f"{year}-12-25 12:00")[0] for year in (2026, 2028)] == [False, False]
    assert state(told, "2028-12-26 12:00")[0]


def test_opening_hours_are_wall_clock_hours_on_days_that_change_the_clocks(tmp_path: Path) -> None:
    every_day = "\n".join(
        f'{day} = "01:30-09:00"'
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
    told = shop(tmp_path, f"[hours]\n{every_day}\n")
    after_spring = datetime(2026, 3, 8, 15, 30, tzinfo=UTC)  # 8:30 in the morning, seven hours behind by now
    after_autumn = datetime(2026, 11, 1, 16, 30, tzinfo=UTC)  # 8:30, eight hours behind
    for moment in (after_spring, after_autumn):
        assert told.at(moment).as_data()["hours"]["closes_at"] == "9 AM"
    assert told.at(datetime(2026, 3, 8, 16, 0, tzinfo=UTC)).as_data()["hours"]["opens_next"] == "Monday 1:30 AM"


def test_a_shop_that_never_closes_names_no_closing_time(tmp_path: Path) -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    told = shop(tmp_path, "[hours]\n" + "\n".join(f'{day} = "00:00-24:00"' for day in days))
    found = hours(told, "2026-11-23 23:59")
    assert (found["open_now"], found["closes_at"], found["today"]) == (True, None, "open 24 hours")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('name = "A"\n\n[hours]\nmonday = "9-25"\n', "shop.toml line 4, hours.monday: '25' is not a time of day"),
        ("[hours]\nmonday = 9\n", 'shop.toml line 2, hours.monday: 9 is not an opening time; write "09:00-21:00"'),
        (
            '[hours]\nmonday = "closed"\n',
            'shop.toml line 1, hours.sunday: is missing; a day without hours is "closed"',
        ),
        (WEEK.replace("13:00-21", "11:00-21"), "line 6, hours.thursday: 9 AM to 12 PM and 11 AM to 9 PM overlap"),
        ('name = "A"\nadress = "x"\n', "shop.toml line 2, adress: is not a known key; did you mean address?"),
        ('\ntimezone = "UTC"\n', "shop.toml line 2, timezone: belongs to the setting MOTABOT_TIMEZONE"),
        ("name = \n", "shop.toml: Invalid value (at line 1"),
        ('[links]\nmenu = "example.com"\n', "shop.toml line 2, links.menu: 'example.com' is not a web address"),
        (
            '[delivery]\nen = "We deliver."\nminimun = 50\n',
            "shop.toml line 3, delivery.minimun: is not a known key; did you mean minimum?",
        ),
        (
            '[[deals]]\nen = "Tuesdays."\n\n[[deals]]\nen = "Sundays."\npercents = 10\n',
            "shop.toml line 6, deals.1.percents: is not a known key; did you mean percent?",
        ),
        (
            '[[locations]]\nname = "A"\nadres = "x"\n',
            "shop.toml line 3, locations.0.adres: is not a known key; did you mean address?",
        ),
        (
            '[rules]\nqqq = 1\nen = "a"\n',
            "line 2, rules.qqq: is not a known key; the keys are: en, es, minimum_age",
        ),
        (
            '[delivery]\nen = "From $50."\nminimum = 40\n',
            "shop.toml line 1, delivery: minimum is 40, but the statement says 50; make them the same",
        ),
        (
            '[returns]\nen = "Within 7 days."\ndays = 14\n',
            "shop.toml line 1, returns: days is 14, but the statement says 7",
        ),
        (
            '[[deals]]\nen = "Tuesdays and Fridays 10% off."\npercent = 10\ndays = ["tuesday"]\n',
            "shop.toml line 1, deals.0: days lacks friday, which the statement names",
        ),
        (
            '[[deals]]\nen = "Tuesdays 10% off."\npercent = 15\n',
            "shop.toml line 1, deals.0: percent is 15, but the statement says 10",
        ),
        (
            '[loyalty]\nen = "Points."\nreward_points = 100\n',
            "shop.toml line 1, loyalty: reward_points and reward_dollars belong together",
        ),
        (
            '[payment]\nen = "Cash."\naccepts = ["cash"]\nrefuses = ["Cash"]\n',
            "shop.toml line 1, payment: cash is in both accepts and refuses",
        ),
        (
            '[[locations]]\nname = "A"\naddress = "x"\n[[locations]]\nname = "a"\naddress = "y"\n',
            'the file: two locations are named "a"',
        ),
        (
            '[[holidays]]\ndate = "12-25"\nname = "A"\nhours = "closed"\n\n[[holidays]]\ndate = 2026-12-31\n'
            'until = 2026-12-01\nname = "B"\nhours = "closed"\n',
            "shop.toml line 8, holidays.1.until: must be later than date",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_remedy(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        shop(tmp_path, toml)
    assert message in str(caught.value)


def test_a_file_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"MOTABOT_SHOP_FILE: cannot read .*gone\.toml"):
        load_shop(load_settings(shop_file=tmp_path / "gone.toml"))


POLICIES = """
delivery = "We deliver in town."

[tax]
en = "Tax is added at the counter."
percent = 9.25

[loyalty]
en = "100 points are $5 off."
reward_points = 100
reward_dollars = 5

[[deals]]
en = "Tuesdays 10% off edibles."
percent = 10
days = ["tuesday"]
categories = ["Edibles"]

[[deals]]
en = "Opening week."
dollars = 5
starts = 2026-11-20
ends = 2026-11-24
"""


def test_a_statement_alone_and_a_statement_with_fields_are_both_policies(tmp_path: Path) -> None:
    told = shop(tmp_path, POLICIES)
    facts = told.at(datetime(2026, 11, 24, 20, tzinfo=UTC)).as_data()  # a Tuesday
    assert (facts["delivery"]["en"], facts["delivery"]["minimum"], facts["delivery"]["es"]) == (
        "We deliver in town.",
        None,
        None,
    )
    assert facts["tax"]["percent"] == Decimal("9.25")
    assert [deal["holds_today"] for deal in facts["deals"]] == [True, True]
    later = told.at(datetime(2026, 11, 25, 20, tzinfo=UTC)).as_data()
    assert [deal["holds_today"] for deal in later["deals"]] == [False, False]


def test_points_are_worth_whole_rewards(tmp_path: Path) -> None:
    loyalty = shop(tmp_path, POLICIES).loyalty
    assert loyalty is not None
    assert [loyalty.worth(Decimal(points)) for points in (99, 100, 173, 1286, -5)] == [0, 5, 5, 60, 0]


STORES = (
    WEEK
    + """
[[locations]]
name = "Oakland"
address = "1 A Street"

[[locations]]
name = "Berkeley"
address = "2 B Street"
phone = "+1 510-555-0136"
[locations.hours]
"""
    + "\n".join(f'{day} = "12:00-18:00"' for day in WEEKDAYS)
)
MONDAY = datetime(2026, 11, 23, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("visited", "own", "address", "today"),
    [
        (["Oakland"], "Oakland", "1 A Street", "9 AM to 9 PM"),
        ([" berkeley "], "Berkeley", "2 B Street", "12 PM to 6 PM"),
        (["Oakland", "Berkeley", "Berkeley"], "Berkeley", "2 B Street", "12 PM to 6 PM"),
        (["Oakland", "Berkeley"], "Oakland", "1 A Street", "9 AM to 9 PM"),
        ([None, "Fresno", "Berkeley"], "Berkeley", "2 B Street", "12 PM to 6 PM"),
    ],
)
def test_address_and_hours_are_those_of_the_store_that_the_customer_visits(
    tmp_path: Path, visited: list[str | None], own: str, address: str, today: str
) -> None:
    facts = shop(tmp_path, STORES).at(MONDAY, visited).as_data()
    assert (facts["location"], facts["address"], facts["hours"]["today"]) == (own, address, today)


def test_hours_that_differ_between_stores_are_not_said_of_the_shop_as_a_whole(tmp_path: Path) -> None:
    facts = shop(tmp_path, STORES).at(MONDAY, [None]).as_data()
    assert (facts["location"], facts["hours"]) == (None, None)
    assert [place["hours"]["today"] for place in facts["locations"]] == ["9 AM to 9 PM", "12 PM to 6 PM"]


def test_one_location_is_the_shop(tmp_path: Path) -> None:
    facts = shop(tmp_path, WEEK + '[[locations]]\nname = "Main"\naddress = "1 A Street"\n').at(MONDAY).as_data()
    assert (facts["location"], facts["address"], facts["hours"]["today"]) == ("Main", "1 A Street", "9 AM to 9 PM")
