"""Scripted stories in a shop that is closed, with a second model and narrow limits, and on a day whose money is spent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from motabot import testing
from motabot.testing import Reply, completion
from motabot.text.weekdays import WEEKDAYS
from tests.scenarios.model_script import MODEL, after, open_script, use
from tests.scenarios.running_shop import open_shop
from tests.scenarios.scripted.words import POINTS, asks
from tests.scenarios.story import (
    WAITING,
    Set,
    Story,
    Turn,
    check_left,
    one,
    rows,
    ruled,
    tell,
    usual,
    wait_for_turns,
)


@pytest.fixture(scope="module")
def closed_shop(server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Set]:
    """A shop that opens in two days, with a second model, narrow limits, and little patience."""
    folder: Path = tmp_path_factory.mktemp("closed")
    file = folder / "shop.toml"
    hours = "".join(f'{day} = "{"09:00-21:00" if day == opens_on().lower() else "closed"}"\n' for day in WEEKDAYS)
    file.write_text(f'name = "Green Door"\n[hours]\n{hours}', encoding="utf-8")
    environment = {
        "MOTABOT_SHOP_FILE": str(file),
        "MOTABOT_FALLBACK_MODEL_NAME": "second",
        "MOTABOT_REPLIES_PER_HOUR": "2",
        "MOTABOT_MAX_STEPS": "2",
    }
    with (
        open_script() as (script, url),
        open_shop(server, folder, model_url=url, environment=environment) as shop,
    ):
        yield shop, script


def opens_on() -> str:
    return WEEKDAYS[(datetime.now(ZoneInfo("America/Los_Angeles")) + timedelta(days=2)).weekday()].capitalize()


def test_a_hand_off_after_hours_says_when_staff_will_read_it(closed_shop: Set) -> None:
    story = one(
        "can i talk to somebody",
        use(asks("asked", "Wants a person.")),
        after(lambda told: f"Our staff will text you{told['note'].rsplit('follow up', 1)[1]}"),
        handoffs="asked: Wants a person.",
        found=("after the shop opens again (", opens_on()),
    )
    phone = tell(*closed_shop, story)
    assert opens_on() in rows(closed_shop[0], phone)[0]["reply"]


def test_more_replies_in_an_hour_than_may_be_end_with_a_person(closed_shop: Set) -> None:
    shop, script = closed_shop
    turns = [
        Turn("hello", ["Hello Ana!"]),
        Turn("hello", ["Hello Ana!"]),
        ruled("hello", "That was a lot of texts in one hour.", f"open again {opens_on()}"),
    ]
    limit = "other: 2 replies within an hour: perhaps a machine. The bot is paused."
    left = {"handoffs": limit, "paused_by": "reply limit"}
    phone = tell(shop, script, Story(turns, left=left))
    with script.play([]):
        shop.post(phone, "hello")
        wait_for_turns(shop, phone)
    check_left(shop, phone, usual("customer", turns) | left | {"handoffs": f"{limit}; {WAITING}"})


def test_a_second_model_answers_where_the_first_does_not(closed_shop: Set) -> None:
    shop, script = closed_shop
    tell(
        shop, script, one("hi", Reply(b"{}", 500), "Hi Ana!", by="second", troubles=("the provider answered 500",))
    )
    assert [body["model"] for body in script.requests] == [MODEL, "second"]


def test_when_both_models_fail_the_house_answers_and_both_reasons_are_kept(closed_shop: Set) -> None:
    shop, script = closed_shop
    phone = shop.customer()
    cut_off = completion("Hi A", finish_reason="length")
    with script.play([Reply(b"{}", 500), cut_off, cut_off]):
        assert "Hi Ana!" in shop.text(phone, "hi")
    assert [body["model"] for body in script.requests] == [MODEL, "second", "second"]
    [row] = rows(shop, phone)
    assert (row["model"], row["outcome"], row["steps"]) == ("offline", "answered", 3)
    assert row["troubles"] == [
        {"model": MODEL, "reason": "the provider answered 500"},
        {"model": "second", "reason": "the answer was cut off"},
    ]


def test_the_last_step_offers_no_tools(closed_shop: Set) -> None:
    shop, script = closed_shop
    tell(shop, script, one("points?", POINTS, "You have 120 points."))
    assert ["tools" in body for body in script.requests] == [True, False]


def test_when_the_days_money_is_spent_no_model_is_asked(
    server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        open_script() as (script, url),
        open_shop(server, tmp_path_factory.mktemp("spent"), model_url=url) as shop,
    ):
        with shop.engine.begin() as connection:  # 100 million tokens are $25
            connection.exec_driver_sql(
                "insert into motabot.turns (phone, started_at, outcome, model, input_tokens)"
                " values ('+14155550199', now(), 'answered', 'gpt-5-mini', 100000000)"
            )
        turn = Turn(
            "how many points do i have?",
            says=("120 points",),
            by="offline",
            steps=2,
            calls=[(1, "show_my_profile", {}, True)],
            troubles=("the daily spending limit is reached",),
        )
        tell(shop, script, Story([turn]))
        assert script.requests == []
