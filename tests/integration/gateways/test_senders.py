"""Senders: what becomes of a text whose layer is slow, away, or dies."""

from __future__ import annotations

import time
from collections import Counter
from email.utils import formatdate
from typing import Any

import pytest
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.gateways.capcom6 import Capcom6Transport
from motabot.gateways.client import ServiceClient
from motabot.gateways.sender import OutboundText, Sender, SendOutcome
from motabot.gateways.twilio import TwilioTransport
from motabot.sms.claim import requeue
from tests.integration.gateways.door import ANA, PUBLIC, Answer, Layer, queue, rows


def test_the_phones_sender_waits_until_the_phone_says_what_became_of_a_text(
    shop: Service, service_client: ServiceClient, engine: Engine
) -> None:
    sent, failed = queue(shop, "one")[0], 0
    states = {f"motabot-{sent}-1": ["Pending", "Processed", "Sent"]}

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "POST":
            return 202, {"id": body["id"], "state": "Pending"}
        queue_of = states[path.removeprefix("/messages/")]
        return 200, {"state": queue_of.pop(0) if len(queue_of) > 1 else queue_of[0]}

    with Layer(answer) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        sender = Sender(service_client, transport)
        assert sender.step()
        assert [(path, body.get("textMessage")) for method, path, body in phone.asked if method == "POST"] == [
            ("/messages", {"text": "one"})
        ]
        for _look in range(3):
            sender.step()
        assert rows(engine, "select status from public.messages") == [("sent",)]
        (failed,) = queue(shop, "two")
        states[f"motabot-{failed}-1"] = ["Failed"]
        for _look in range(2):
            sender.step()
        assert rows(engine, "select status, retry_count from public.messages order by id desc limit 1") == [
            ("failed", 1)
        ]


def test_a_text_that_the_phone_has_from_a_sender_that_died_is_not_sent_again() -> None:
    state = "Pending"

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        assert method == "GET"
        return (200, {"state": state}) if path.endswith("-7-1") else (404, {})

    again = OutboundText(7, ANA, "one", 2)
    with Layer(answer) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        assert transport.hand_over(again) is None
        assert transport.outcome(again) is None
        state = "Delivered"
        assert transport.outcome(again) == SendOutcome("sent")
        assert transport.hand_over(again) == SendOutcome("sent")


@pytest.mark.parametrize(
    ("code", "said", "outcome"),
    [
        (201, {"sid": "SM1", "status": "queued"}, ("sent", False)),
        (400, {"code": 21211}, ("failed", True)),
        (400, {"code": 30459}, ("failed", True)),
        (400, {"code": 20003}, ("failed", False)),
        (400, {"code": 21606}, ("failed", False)),
        (429, {}, ("failed", False)),
        (503, {}, ("failed", False)),
    ],
)
def test_what_twilio_answers_decides_whether_it_is_tried_again(
    code: int, said: dict[str, Any], outcome: tuple[str, bool]
) -> None:
    callback = f"{PUBLIC}/sms/twilio"
    with (
        Layer(lambda *_: (code, said)) as api,
        TwilioTransport("AC1", "token", "MG1", callback_url=callback, url=api.url) as transport,
    ):
        given = transport.hand_over(OutboundText(7, ANA, "one", 1))
        assert given is not None
        assert (given.status, given.permanent) == outcome
        assert given.is_outage is (outcome == ("failed", False))
        assert api.asked == [
            (
                "POST",
                "/2010-04-01/Accounts/AC1/Messages.json",
                {
                    "To": ANA,
                    "Body": "one",
                    "MessagingServiceSid": "MG1",
                    "StatusCallback": f"{PUBLIC}/sms/twilio?message=7&attempt=1",
                },
            )
        ]


def test_a_text_that_twilio_has_from_a_sender_that_died_is_not_sent_again() -> None:
    now, old = formatdate(time.time()), formatdate(time.time() - 90_000)

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        listed = [
            {"body": "one", "status": "sent", "date_created": now},
            {"body": "two", "status": "failed", "date_created": now},
            {"body": "three", "status": "sent", "date_created": old},
        ]
        return (200, {"messages": listed}) if method == "GET" else (201, {})

    with (
        Layer(answer) as api,
        TwilioTransport("AC1", "token", "+14155550100", callback_url=None, url=api.url) as transport,
    ):
        for words in ("one", "two", "three"):
            assert transport.hand_over(OutboundText(7, ANA, words, 2)) == SendOutcome("sent")
        assert [body["Body"] for method, _path, body in api.asked if method == "POST"] == ["two", "three"]


def test_an_outage_of_the_layer_costs_no_text_an_attempt_and_staff_hear_of_it(
    shop: Service, service_client: ServiceClient, engine: Engine
) -> None:
    queue(shop, "one", "two")
    answers = [500, 429, 401, 503]

    def answer(method: str, _path: str, _body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "GET":
            return (200, {"state": "Sent"}) if not answers else (404, {})
        return (answers.pop(0) if answers else 202), {"state": "Pending"}

    with Capcom6Transport("http://127.0.0.1:9", "user", "word") as transport:
        Sender(service_client, transport).step()
    state = "select status, retry_count from public.messages order by id"
    assert rows(engine, state) == [("queued", 0)] * 2
    assert rows(engine, "select name, down_since is not null from motabot.layers where name = 'capcom6'") == [
        ("capcom6", True)
    ]
    with Layer(answer) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        sender = Sender(service_client, transport)
        for _step in range(4):
            sender.step()
            assert rows(engine, state) == [("queued", 0)] * 2
        for _step in range(4):
            sender.step()
        posted = [body["id"] for method, _path, body in phone.asked if method == "POST"]
    assert rows(engine, state) == [("sent", 1)] * 2
    assert sorted(Counter(posted).items()) == [("motabot-1-1", 4), ("motabot-2-1", 1)]
    assert rows(engine, "select down_since from motabot.layers where name = 'capcom6'") == [(None,)]


def phone_that_fails_with(errors: list[str]) -> Answer:
    """A phone that takes every text: each fails with the next of these errors, and is sent when there are none."""
    known: dict[str, dict[str, Any]] = {}

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "GET":
            name = path.removeprefix("/messages/")
            return (200, known[name]) if name in known else (404, {})
        if body["id"] in known:
            return 409, {}
        failed = {"state": "Failed", "recipients": [{"error": errors.pop(0)}]} if errors else {"state": "Sent"}
        known[body["id"]] = failed
        return 202, {}

    return answer


@pytest.mark.parametrize(
    "error", ["Send result: RESULT_ERROR_NO_SERVICE", "Send result: RESULT_ERROR_GENERIC_FAILURE"]
)
def test_a_phone_without_a_network_costs_no_text_an_attempt_and_staff_hear_of_it(
    shop: Service, service_client: ServiceClient, engine: Engine, error: str
) -> None:
    queue(shop, "one")
    state = "select status, retry_count from public.messages"
    is_down = "select down_since is not null from motabot.layers where name = 'capcom6'"
    with Layer(phone_that_fails_with([error] * 7)) as phone, Capcom6Transport(phone.url, "u", "w") as transport:
        sender = Sender(service_client, transport)
        sender.step()
        for _try in range(6):
            sender.step()
            assert (rows(engine, state), rows(engine, is_down)) == ([("queued", 0)], [(True,)])
            sender.step()
        for _step in range(3):
            sender.step()
        posted = [body["id"] for method, _path, body in phone.asked if method == "POST"]
    assert (rows(engine, state), rows(engine, is_down)) == ([("sent", 1)], [(False,)])
    assert posted == [f"motabot-1-{attempt}" for attempt in range(1, 9)]


def test_a_failure_without_a_reason_is_the_texts_own_while_others_are_sent(
    shop: Service, service_client: ServiceClient, engine: Engine
) -> None:
    with Layer(phone_that_fails_with([])) as phone, Capcom6Transport(phone.url, "u", "w") as transport:
        sender = Sender(service_client, transport)
        queue(shop, "one")
        for _step in range(2):
            sender.step()
        with Layer(phone_that_fails_with([""])) as other, Capcom6Transport(other.url, "u", "w") as failing:
            sender._transport = failing
            queue(shop, "two")
            for _step in range(2):
                sender.step()
    assert rows(engine, "select status, retry_count from public.messages order by id") == [
        ("sent", 1),
        ("failed", 1),
    ]


@pytest.mark.parametrize("state", ["Processed", "Pending"])
def test_a_text_that_is_stuck_on_the_phone_is_given_up_and_blocks_nobody(
    shop: Service, service_client: ServiceClient, engine: Engine, state: str
) -> None:
    stuck, behind = queue(shop, "one", "two")

    def answer(method: str, path: str, _body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "POST":
            return 202, {}
        known = {f"/messages/motabot-{stuck}-1": state, f"/messages/motabot-{behind}-1": "Sent"}
        return (200, {"state": known[path]}) if path in known else (404, {})

    with Layer(answer) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        for _lease in range(shop.settings.retry_limit + 3):
            sender = Sender(service_client, transport)
            sender.step()
            sender.step()
            with engine.begin() as connection:
                connection.execute(
                    text("update motabot.deliveries set leased_until = now() where lease is not null")
                )
        posted = [body["id"] for method, _path, body in phone.asked if method == "POST"]
    assert posted == [f"motabot-{stuck}-1", f"motabot-{behind}-1"]
    assert rows(engine, "select status from public.messages order by id") == [("failed",), ("sent",)]
    assert rows(engine, f"select dead from motabot.deliveries where message_id = {stuck}") == [(True,)]


@pytest.mark.parametrize("state", ["Cancelled", "Failed", "Sent"])
def test_a_dead_letter_that_is_queued_again_is_sent_again(
    shop: Service, service_client: ServiceClient, engine: Engine, state: str
) -> None:
    (message,) = queue(shop, "one")
    known: dict[str, str] = {}

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "GET":
            name = path.removeprefix("/messages/")
            return (200, {"state": known[name]}) if name in known else (404, {})
        if body["id"] in known:
            return 409, {}
        known[body["id"]] = "Sent" if known else state
        return 202, {}

    with Layer(answer) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        sender = Sender(service_client, transport)
        for _step in range(2):
            sender.step()
        with engine.begin() as connection:
            connection.exec_driver_sql("update motabot.deliveries set dead = true")
            requeue(connection, message, "Sam")
        for _step in range(2):
            sender.step()
    assert known == {f"motabot-{message}-1": state, f"motabot-{message}-2": "Sent"}
    assert rows(engine, "select status, retry_count from public.messages") == [("sent", 1)]


def test_what_was_cancelled_on_the_phone_is_a_dead_letter() -> None:
    with (
        Layer(lambda *_asked: (200, {"state": "Cancelled"})) as phone,
        Capcom6Transport(phone.url, "user", "word") as transport,
    ):
        outcome = transport.outcome(OutboundText(7, ANA, "one", 1))
    assert outcome is not None
    assert (outcome.status, outcome.permanent) == ("failed", True)
