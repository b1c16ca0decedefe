"""What a model that follows a script makes of customers' texts: one SMS story a test, told by its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from motabot import testing
from motabot.customers import phones
from motabot.shop.opening_hours import WEEKDAYS
from motabot.testing import Reply, completion, post_text, wait_until
from tests.scenarios.floor import Floor, open_floor
from tests.scenarios.scripted_stories import OUT, POINTS, STORIES, UNSUB, asks
from tests.scenarios.stage import (
    HELLO,
    MODEL,
    Stage,
    Story,
    Turn,
    after,
    check_left,
    one,
    open_stage,
    rows,
    ruled,
    tell,
    use,
    usual,
)

Set = tuple[Floor, Stage]
#: What one answered text of a customer leaves behind.
ONE_ANSWERED = usual("customer", [Turn("")])
#: The hand-off that tells staff of a text while the bot is paused.
WAITING = "waiting: Writes again, and the bot is silent."


@pytest.fixture(scope="module")
def usual_day(server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Set]:
    with (
        open_stage() as (stage, url),
        open_floor(
            server, tmp_path_factory.mktemp("day"), model_url=url, environment={"MOTABOT_MODEL_TIMEOUT": "2"}
        ) as floor,
    ):
        yield floor, stage


@pytest.fixture(scope="module")
def closed_shop(server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Set]:
    """A shop that opens in two days, with a second model, narrow limits, and little patience."""
    folder: Path = tmp_path_factory.mktemp("closed")
    shop = folder / "shop.toml"
    hours = "".join(f'{day} = "{"09:00-21:00" if day == opens_on().lower() else "closed"}"\n' for day in WEEKDAYS)
    shop.write_text(f'name = "Green Door"\n[hours]\n{hours}', encoding="utf-8")
    environment = {
        "MOTABOT_SHOP_FILE": str(shop),
        "MOTABOT_FALLBACK_MODEL_NAME": "second",
        "MOTABOT_REPLIES_PER_HOUR": "2",
        "MOTABOT_MAX_STEPS": "2",
    }
    with (
        open_stage() as (stage, url),
        open_floor(server, folder, model_url=url, environment=environment) as floor,
    ):
        yield floor, stage


def opens_on() -> str:
    return WEEKDAYS[(datetime.now(ZoneInfo("America/Los_Angeles")) + timedelta(days=2)).weekday()].capitalize()


def wait_for_turns(floor: Floor, phone: str) -> None:
    """Until no turn of a phone waits or runs."""
    waiting = (
        "select count(*) from motabot.procrastinate_jobs where queue_name = 'turns' and args ->> 'phone' = :phone"
    )
    wait_until(lambda: floor.value(waiting, phone=phone) == 0)


@pytest.mark.parametrize("name", STORIES)
def test_a_scripted_story(usual_day: Set, name: str) -> None:
    tell(*usual_day, STORIES[name])


# --- more than one party


def test_two_customers_on_one_phone_are_told_nothing_personal(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = floor.customer()
    with floor.engine.begin() as connection:
        connection.execute(
            text("insert into public.customers (member_id, name, phone, loyalty_points) values (:m, 'Di', :p, 7)"),
            {"m": f"D{phone[-4:]}", "p": phone},
        )
    story = one(
        "my points and my usual?",
        use("show_my_profile", "list_my_purchases", "list_my_favorites"),
        "Several people share this number, so I can't look at an account.",
        read=("Several customers share this number.",),
        found=('[{"known": false}, {"known": false}, {"known": false}]',),
    )
    tell(floor, stage, story, phone)
    assert "Ana" not in stage.read()
    assert "Loyalty points" not in stage.read()


def test_of_two_customers_on_one_phone_an_invented_balance_is_not_sent(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = floor.customer(points=120)
    with floor.engine.begin() as connection:
        connection.execute(
            text("insert into public.customers (member_id, name, phone, loyalty_points) values (:m, 'Di', :p, 7)"),
            {"m": f"D{phone[-4:]}", "p": phone},
        )
    reply = "I can't see an account here."
    tell(floor, stage, one("points?", "You have 120 points.", reply, read=("120",), never=("120",)), phone)


def test_a_number_that_changed_hands_knows_nothing_of_who_had_it(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = tell(floor, stage, one("points?", POINTS, "You have 120 points."))
    with floor.engine.begin() as connection:
        phones.unlink(connection, phone, "Lee")
    with stage.play([POINTS, "I see no account for this number."]):
        reply = floor.text(phone, "points??")
    assert reply == HELLO + "I see no account for this number."
    assert "Ana" not in stage.read()
    assert "120" not in stage.read()
    assert rows(floor, phone)[1]["results"] == [{"known": False}]
    expected = usual("stranger", [Turn("points?"), Turn("points??")])
    check_left(floor, phone, expected)


def test_a_lead_who_became_a_customer_is_converted(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = tell(
        floor, stage, one("hi", use(("update_my_lead", {"stage": "discovery"})), "Hi!", who="stranger", lead="contacted discovery 0.25")
    )  # fmt: skip
    with floor.engine.begin() as connection:
        connection.execute(
            text(
                "insert into public.customers (member_id, name, phone, loyalty_points) values (:m, 'Lou', :p, 5)"
            ),
            {"m": f"C{phone[-4:]}", "p": phone},
        )
    with stage.play([POINTS, "You have 5 points, Lou."]):
        assert floor.text(phone, "points?") == "You have 5 points, Lou."
    lead = "select lead_status || ' ' || customer_id || ' ' || conversion_probability::float from public.leads where phone_number = :p"
    assert floor.value(lead, p=phone) == f"converted C{phone[-4:]} 1"


def test_a_phone_that_a_person_took_over_waits_for_people_and_comes_back(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = tell(
        floor,
        stage,
        one(
            "human please",
            use(asks("asked", "Wants a person.")),
            "Our staff will text you.",
            handoffs="asked: Wants a person.",
        ),
    )
    with floor.engine.begin() as connection:
        phones.pause(connection, phone, "Lee")
    with stage.play([]):
        floor.post(phone, "anybody there?")
        wait_for_turns(floor, phone)
    still = {"closed": "reply", "read": 1, "paused_by": "Lee", "handoffs": f"asked: Wants a person.; {WAITING}"}
    check_left(floor, phone, ONE_ANSWERED | still)
    with floor.engine.begin() as connection:
        phones.resume(connection, phone, "Lee")
    with stage.play(["Hi again, Ana!"]):
        assert floor.text(phone, "thanks, bot?") == "Hi again, Ana!"
    assert stage.heard() == ["thanks, bot?"]
    assert "customer: anybody there?" in stage.read()
    check_left(floor, phone, ONE_ANSWERED | {"closed": "reply,person,reply", "read": 3, "replies": 2, "queued": 2})


# --- what happens while the model thinks


def test_texts_that_come_while_the_model_thinks_are_answered_together_with_the_first(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = floor.customer()

    def think(_body: object) -> str:
        for words in ("and when do you open", "on sunday"):
            floor.post(phone, words)
        return "Hi Ana!"

    hours = use(("show_shop_info", {"topic": "hours"}))
    with stage.play([think, hours, "10 AM on Sunday."]):
        floor.post(phone, "hi")
        wait_until(lambda: rows(floor, phone))
    assert stage.heard(1) == ["hi", "and when do you open", "on sunday"]
    assert [(row["texts"], row["steps"], row["reply"]) for row in rows(floor, phone)] == [
        (3, 3, HELLO + "10 AM on Sunday.")
    ]
    check_left(floor, phone, ONE_ANSWERED | {"closed": "reply,reply,reply", "read": 3})


def test_a_turn_is_drafted_again_once_and_no_more(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = floor.customer()

    def think(number: int) -> Callable[[object], str]:
        def answer(_body: object) -> str:
            floor.post(phone, f"text {number}")
            return f"Hi Ana, that is reply {('one', 'two')[number - 1]}!"

        return answer

    with stage.play([think(1), think(2), "What can I look up?"]):
        floor.post(phone, "hi")
        wait_until(lambda: len(rows(floor, phone)) == 2)
    assert [(row["texts"], row["reply"]) for row in rows(floor, phone)] == [
        (2, HELLO + "Hi Ana, that is reply two!"),
        (1, "What can I look up?"),
    ]
    check_left(floor, phone, ONE_ANSWERED | {"closed": "reply,reply,reply", "read": 3, "replies": 2, "queued": 2})


def test_two_texts_that_a_layer_writes_itself_get_one_turn(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = floor.customer()
    with stage.play([POINTS, "Hi Ana, you have 120 points."]):
        with floor.engine.begin() as connection:
            connection.execute(
                text(
                    'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                    " values (:p, 'hi', now(), 'unread', 'inbound'), (:p, 'points?', now(), 'unread', 'inbound')"
                ),
                {"p": phone},
            )
        wait_until(lambda: rows(floor, phone))
    assert stage.heard() == ["hi", "points?"]
    [row] = rows(floor, phone)
    assert (row["texts"], row["reply"]) == (2, HELLO + "Hi Ana, you have 120 points.")
    check_left(floor, phone, ONE_ANSWERED | {"closed": "reply,reply", "read": 2})


def test_a_stop_while_the_model_thinks_leaves_only_its_confirmation(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = floor.customer()

    def think(_body: object) -> str:
        floor.post(phone, "STOP")
        return "Hi Ana!"

    with stage.play([use(asks("asked", "Wants a person.")), think]):
        assert floor.reply_to(phone, floor.post(phone, "hi")) == UNSUB
    assert rows(floor, phone) == []
    check_left(floor, phone, ONE_ANSWERED | OUT | {"closed": "opted out,stop", "read": 0, "greeted": False})


def test_a_person_who_takes_over_while_the_model_thinks_has_the_text(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = floor.customer()

    def think(_body: object) -> str:
        with floor.engine.begin() as connection:
            phones.pause(connection, phone, "Lee")
        return "Hi Ana!"

    with stage.play([think]):
        floor.post(phone, "hi")
        wait_until(lambda: not stage.lines)
        wait_for_turns(floor, phone)
    assert rows(floor, phone) == []
    nothing = {"closed": None, "read": 0, "replies": 0, "queued": 0, "greeted": False, "paused_by": "Lee"}
    check_left(floor, phone, ONE_ANSWERED | nothing)


def test_a_text_that_is_delivered_twice_asks_the_model_once(usual_day: Set) -> None:
    floor, stage = usual_day
    phone = floor.customer()
    body = {"sender": phone, "text": "points?", "message_id": f"twice-{phone}"}
    with stage.play([POINTS, "You have 120 points."]):
        first = post_text(floor.client, floor.secret, body)
        again = post_text(floor.client, floor.secret, body)
        assert (first.status_code, again.status_code) == (202, 200)
        assert first.get_json()["id"] == again.get_json()["id"]
        assert floor.reply_to(phone, first.get_json()["id"]) == HELLO + "You have 120 points."
        assert post_text(floor.client, floor.secret, body).status_code == 200
        wait_for_turns(floor, phone)
    check_left(floor, phone, ONE_ANSWERED)


# --- a shop that is closed, with narrow limits


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
    floor, stage = closed_shop
    turns = [
        Turn("hello", ["Hello Ana!"]),
        Turn("hello", ["Hello Ana!"]),
        ruled("hello", "That was a lot of texts in one hour.", f"open again {opens_on()}"),
    ]
    limit = "other: 2 replies within an hour: perhaps a machine. The bot is paused."
    left = {"handoffs": limit, "paused_by": "reply limit"}
    phone = tell(floor, stage, Story(turns, left=left))
    with stage.play([]):
        floor.post(phone, "hello")
        wait_for_turns(floor, phone)
    check_left(floor, phone, usual("customer", turns) | left | {"handoffs": f"{limit}; {WAITING}"})


def test_a_second_model_answers_where_the_first_does_not(closed_shop: Set) -> None:
    floor, stage = closed_shop
    tell(
        floor, stage, one("hi", Reply(b"{}", 500), "Hi Ana!", by="second", troubles=("the provider answered 500",))
    )
    assert [body["model"] for body in stage.requests] == [MODEL, "second"]


def test_when_both_models_fail_the_house_answers_and_both_reasons_are_kept(closed_shop: Set) -> None:
    floor, stage = closed_shop
    phone = floor.customer()
    cut_off = completion("Hi A", finish_reason="length")
    with stage.play([Reply(b"{}", 500), cut_off, cut_off]):
        assert "Hi Ana!" in floor.text(phone, "hi")
    assert [body["model"] for body in stage.requests] == [MODEL, "second", "second"]
    [row] = rows(floor, phone)
    assert (row["model"], row["outcome"], row["steps"]) == ("offline", "answered", 3)
    assert row["troubles"] == [
        {"model": MODEL, "reason": "the provider answered 500"},
        {"model": "second", "reason": "the answer was cut off"},
    ]


def test_the_last_step_offers_no_tools(closed_shop: Set) -> None:
    floor, stage = closed_shop
    tell(floor, stage, one("points?", POINTS, "You have 120 points."))
    assert ["tools" in body for body in stage.requests] == [True, False]


# --- a day whose money is spent


def test_when_the_days_money_is_spent_no_model_is_asked(
    server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        open_stage() as (stage, url),
        open_floor(server, tmp_path_factory.mktemp("spent"), model_url=url) as floor,
    ):
        with floor.engine.begin() as connection:  # 100 million tokens are $25
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
        tell(floor, stage, Story([turn]))
        assert stage.requests == []
