"""What a model that follows a script makes of customers' texts: one SMS story a test, told by its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from motabot import testing
from motabot.customers import phones
from motabot.testing import post_text, wait_until
from tests.scenarios.floor import open_floor
from tests.scenarios.scripted.stories import STORIES
from tests.scenarios.scripted.words import OUT, POINTS, UNSUB, asks
from tests.scenarios.stage import HELLO, open_stage, use
from tests.scenarios.story import WAITING, Set, Turn, check_left, one, rows, tell, usual, wait_for_turns

#: What one answered text of a customer leaves behind.
ONE_ANSWERED = usual("customer", [Turn("")])


@pytest.fixture(scope="module")
def usual_day(server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Set]:
    with (
        open_stage() as (stage, url),
        open_floor(
            server, tmp_path_factory.mktemp("day"), model_url=url, environment={"MOTABOT_MODEL_TIMEOUT": "2"}
        ) as floor,
    ):
        yield floor, stage


@pytest.mark.parametrize("name", STORIES)
def test_a_scripted_story(usual_day: Set, name: str) -> None:
    tell(*usual_day, STORIES[name])


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
    expected = {**usual("stranger", [Turn("points?"), Turn("points??")]), "queued": 1}  # the first was taken back
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
