"""What a model that follows a script makes of customers' texts: one SMS story a test, told by its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from motabot import testing
from motabot.customers import phones
from motabot.testing import post_text, wait_until
from tests.scenarios.model_script import HELLO, open_script, use
from tests.scenarios.running_shop import open_shop
from tests.scenarios.scripted.stories import STORIES
from tests.scenarios.scripted.words import OUT, POINTS, UNSUB, asks
from tests.scenarios.story import WAITING, Set, Turn, check_left, one, rows, tell, usual, wait_for_turns

#: What one answered text of a customer leaves behind.
ONE_ANSWERED = usual("customer", [Turn("")])


@pytest.fixture(scope="module")
def usual_day(server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Set]:
    with (
        open_script() as (script, url),
        open_shop(
            server, tmp_path_factory.mktemp("day"), model_url=url, environment={"MOTABOT_MODEL_TIMEOUT": "2"}
        ) as shop,
    ):
        yield shop, script


@pytest.mark.parametrize("name", STORIES)
def test_a_scripted_story(usual_day: Set, name: str) -> None:
    tell(*usual_day, STORIES[name])


def test_two_customers_on_one_phone_are_told_nothing_personal(usual_day: Set) -> None:
    shop, script = usual_day
    phone = shop.customer()
    with shop.engine.begin() as connection:
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
    tell(shop, script, story, phone)
    assert "Ana" not in script.read()
    assert "Loyalty points" not in script.read()


def test_of_two_customers_on_one_phone_an_invented_balance_is_not_sent(usual_day: Set) -> None:
    shop, script = usual_day
    phone = shop.customer(points=120)
    with shop.engine.begin() as connection:
        connection.execute(
            text("insert into public.customers (member_id, name, phone, loyalty_points) values (:m, 'Di', :p, 7)"),
            {"m": f"D{phone[-4:]}", "p": phone},
        )
    reply = "I can't see an account here."
    tell(shop, script, one("points?", "You have 120 points.", reply, read=("120",), never=("120",)), phone)


def test_a_number_that_changed_hands_knows_nothing_of_who_had_it(usual_day: Set) -> None:
    shop, script = usual_day
    phone = tell(shop, script, one("points?", POINTS, "You have 120 points."))
    with shop.engine.begin() as connection:
        phones.unlink(connection, phone, "Lee")
    with script.play([POINTS, "I see no account for this number."]):
        reply = shop.text(phone, "points??")
    assert reply == HELLO + "I see no account for this number."
    assert "Ana" not in script.read()
    assert "120" not in script.read()
    assert rows(shop, phone)[1]["results"] == [{"known": False}]
    expected = {**usual("stranger", [Turn("points?"), Turn("points??")]), "queued": 1}  # the first was taken back
    check_left(shop, phone, expected)


def test_a_lead_who_became_a_customer_is_converted(usual_day: Set) -> None:
    shop, script = usual_day
    phone = tell(
        shop, script, one("hi", use(("update_my_lead", {"stage": "discovery"})), "Hi!", who="stranger", lead="contacted discovery 0.25")
    )  # fmt: skip
    with shop.engine.begin() as connection:
        connection.execute(
            text(
                "insert into public.customers (member_id, name, phone, loyalty_points) values (:m, 'Lou', :p, 5)"
            ),
            {"m": f"C{phone[-4:]}", "p": phone},
        )
    with script.play([POINTS, "You have 5 points, Lou."]):
        assert shop.text(phone, "points?") == "You have 5 points, Lou."
    lead = "select lead_status || ' ' || customer_id || ' ' || conversion_probability::float from public.leads where phone_number = :p"
    assert shop.value(lead, p=phone) == f"converted C{phone[-4:]} 1"


def test_a_phone_that_a_person_took_over_waits_for_people_and_comes_back(usual_day: Set) -> None:
    shop, script = usual_day
    phone = tell(
        shop,
        script,
        one(
            "human please",
            use(asks("asked", "Wants a person.")),
            "Our staff will text you.",
            handoffs="asked: Wants a person.",
        ),
    )
    with shop.engine.begin() as connection:
        phones.pause(connection, phone, "Lee")
    with script.play([]):
        shop.post(phone, "anybody there?")
        wait_for_turns(shop, phone)
    still = {"closed": "reply", "read": 1, "paused_by": "Lee", "handoffs": f"asked: Wants a person.; {WAITING}"}
    check_left(shop, phone, ONE_ANSWERED | still)
    with shop.engine.begin() as connection:
        phones.resume(connection, phone, "Lee")
    with script.play(["Hi again, Ana!"]):
        assert shop.text(phone, "thanks, bot?") == "Hi again, Ana!"
    assert script.heard() == ["thanks, bot?"]
    assert "customer: anybody there?" in script.read()
    check_left(shop, phone, ONE_ANSWERED | {"closed": "reply,person,reply", "read": 3, "replies": 2, "queued": 2})


def test_texts_that_come_while_the_model_thinks_are_answered_together_with_the_first(usual_day: Set) -> None:
    shop, script = usual_day
    phone = shop.customer()

    def think(_body: object) -> str:
        for words in ("and when do you open", "on sunday"):
            shop.post(phone, words)
        return "Hi Ana!"

    hours = use(("show_shop_info", {"topic": "hours"}))
    with script.play([think, hours, "10 AM on Sunday."]):
        shop.post(phone, "hi")
        wait_until(lambda: rows(shop, phone))
    assert script.heard(1) == ["hi", "and when do you open", "on sunday"]
    assert [(row["texts"], row["steps"], row["reply"]) for row in rows(shop, phone)] == [
        (3, 3, HELLO + "10 AM on Sunday.")
    ]
    check_left(shop, phone, ONE_ANSWERED | {"closed": "reply,reply,reply", "read": 3})


def test_a_turn_is_drafted_again_once_and_no_more(usual_day: Set) -> None:
    shop, script = usual_day
    phone = shop.customer()

    def think(number: int) -> Callable[[object], str]:
        def answer(_body: object) -> str:
            shop.post(phone, f"text {number}")
            return f"Hi Ana, that is reply {('one', 'two')[number - 1]}!"

        return answer

    with script.play([think(1), think(2), "What can I look up?"]):
        shop.post(phone, "hi")
        wait_until(lambda: len(rows(shop, phone)) == 2)
    assert [(row["texts"], row["reply"]) for row in rows(shop, phone)] == [
        (2, HELLO + "Hi Ana, that is reply two!"),
        (1, "What can I look up?"),
    ]
    check_left(shop, phone, ONE_ANSWERED | {"closed": "reply,reply,reply", "read": 3, "replies": 2, "queued": 2})


def test_two_texts_that_a_layer_writes_itself_get_one_turn(usual_day: Set) -> None:
    shop, script = usual_day
    phone = shop.customer()
    with script.play([POINTS, "Hi Ana, you have 120 points."]):
        with shop.engine.begin() as connection:
            connection.execute(
                text(
                    'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                    " values (:p, 'hi', now(), 'unread', 'inbound'), (:p, 'points?', now(), 'unread', 'inbound')"
                ),
                {"p": phone},
            )
        wait_until(lambda: rows(shop, phone))
    assert script.heard() == ["hi", "points?"]
    [row] = rows(shop, phone)
    assert (row["texts"], row["reply"]) == (2, HELLO + "Hi Ana, you have 120 points.")
    check_left(shop, phone, ONE_ANSWERED | {"closed": "reply,reply", "read": 2})


def test_a_stop_while_the_model_thinks_leaves_only_its_confirmation(usual_day: Set) -> None:
    shop, script = usual_day
    phone = shop.customer()

    def think(_body: object) -> str:
        shop.post(phone, "STOP")
        return "Hi Ana!"

    with script.play([use(asks("asked", "Wants a person.")), think]):
        assert shop.reply_to(phone, shop.post(phone, "hi")) == UNSUB
    assert rows(shop, phone) == []
    check_left(shop, phone, ONE_ANSWERED | OUT | {"closed": "opted out,stop", "read": 0, "greeted": False})


def test_a_person_who_takes_over_while_the_model_thinks_has_the_text(usual_day: Set) -> None:
    shop, script = usual_day
    phone = shop.customer()

    def think(_body: object) -> str:
        with shop.engine.begin() as connection:
            phones.pause(connection, phone, "Lee")
        return "Hi Ana!"

    with script.play([think]):
        shop.post(phone, "hi")
        wait_until(lambda: not script.lines)
        wait_for_turns(shop, phone)
    assert rows(shop, phone) == []
    nothing = {"closed": None, "read": 0, "replies": 0, "queued": 0, "greeted": False, "paused_by": "Lee"}
    check_left(shop, phone, ONE_ANSWERED | nothing)


def test_a_text_that_is_delivered_twice_asks_the_model_once(usual_day: Set) -> None:
    shop, script = usual_day
    phone = shop.customer()
    body = {"sender": phone, "text": "points?", "message_id": f"twice-{phone}"}
    with script.play([POINTS, "You have 120 points."]):
        first = post_text(shop.client, shop.secret, body)
        again = post_text(shop.client, shop.secret, body)
        assert (first.status_code, again.status_code) == (202, 200)
        assert first.get_json()["id"] == again.get_json()["id"]
        assert shop.reply_to(phone, first.get_json()["id"]) == HELLO + "You have 120 points."
        assert post_text(shop.client, shop.secret, body).status_code == 200
        wait_for_turns(shop, phone)
    check_left(shop, phone, ONE_ANSWERED)
