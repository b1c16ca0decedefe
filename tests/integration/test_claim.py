"""The outbox's other end: who gets a text, in which order, and what becomes of it."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service, create_app
from motabot.cli.main import main
from motabot.errors import ClaimRefused, UnknownMessage
from motabot.settings import Settings
from motabot.sms.claim import Claims, dead_letters, keep_held, requeue, switch_sending
from motabot.sms.settle import Status
from motabot.testing import post_text, signed_headers

ANA, BOB = "+14155550101", "+14155550102"


@pytest.fixture
def shop(settings: Settings) -> Iterator[Service]:
    service = Service(settings.model_copy(update={"outbox_mode": "claim", "retry_limit": 3}))
    yield service
    service.close()


@pytest.fixture
def claims(shop: Service) -> Claims:
    return Claims(shop.engine, shop.settings)


def queue(shop: Service, phone: str, *texts: str) -> list[int]:
    with shop.engine.begin() as connection:
        return [shop.outbox.queue(connection, phone, words) for words in texts]


def value(engine: Engine, query: str, **parameters: object) -> object:
    with engine.connect() as connection:
        return connection.execute(text(query), parameters).scalar()


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def status(engine: Engine, message_id: int) -> object:
    return value(engine, "select status from public.messages where id = :id", id=message_id)


def test_a_phones_texts_go_out_one_after_the_other(shop: Service, claims: Claims) -> None:
    first, second = queue(shop, ANA, "one", "two")
    (other,) = queue(shop, BOB, "three")
    lease = claims.claim()
    assert [(row.id, row.phone, row.text, row.attempt) for row in lease.messages] == [
        (first, ANA, "one", 1),
        (other, BOB, "three", 1),
    ]
    assert claims.claim().messages == ()
    assert claims.settle(first, "sent", lease=lease.id) == "sent"
    assert [row.id for row in claims.claim().messages] == [second]


def test_several_claimants_never_get_the_same_text(shop: Service, claims: Claims) -> None:
    for number in range(60):
        queue(shop, f"+1415555{1000 + number}", "hello")
    with ThreadPoolExecutor(4) as pool:
        leases = list(pool.map(lambda _number: claims.claim(limit=7), range(24)))
    claimed = [row.id for lease in leases for row in lease.messages]
    assert len(claimed) == len(set(claimed))
    while more := claims.claim(limit=100).messages:
        claimed += [row.id for row in more]
    assert len(set(claimed)) == 60


def test_a_lease_that_is_over_is_given_to_the_next(shop: Service, claims: Claims) -> None:
    (message,) = queue(shop, ANA, "one")
    lost = claims.claim()
    run(shop.engine, "update motabot.deliveries set leased_until = now() - interval '1 s'")
    (again,) = claims.claim().messages
    assert (again.id, again.attempt) == (message, 2)
    with pytest.raises(ClaimRefused, match="not yours"):
        claims.settle(message, "sent", lease=lost.id)


def test_a_lease_that_is_over_and_that_nobody_else_has_may_still_be_settled(shop: Service, claims: Claims) -> None:
    (message,) = queue(shop, ANA, "one")
    lease = claims.claim()
    run(shop.engine, "update motabot.deliveries set leased_until = now() - interval '1 s'")
    assert claims.settle(message, "sent", lease=lease.id) == "sent"
    assert claims.claim().messages == ()


def test_sent_is_final_and_may_be_said_twice(shop: Service, claims: Claims) -> None:
    (message,) = queue(shop, ANA, "one")
    lease = claims.claim()
    assert [claims.settle(message, "sent", lease=lease.id) for _ in range(2)] == ["sent", "sent"]
    with pytest.raises(ClaimRefused, match="not yours"):
        claims.settle(message, "failed", lease="another")
    assert claims.settle(message, "delivered") == "sent"
    assert value(shop.engine, "select delivered_at is not null from motabot.deliveries")


def test_a_failed_text_is_tried_again_later_and_later_until_the_limit(shop: Service, claims: Claims) -> None:
    message, behind = queue(shop, ANA, "one", "two")
    waits = []
    for _attempt in range(2):
        lease = claims.claim()
        assert claims.settle(message, "failed", lease=lease.id, reason="no signal") == "failed"
        assert claims.claim().messages == ()  # it holds back the one behind it
        waits.append(
            value(shop.engine, "select extract(epoch from next_attempt_at - now()) from motabot.deliveries")
        )
        run(shop.engine, "update motabot.deliveries set next_attempt_at = now()")
    assert 20 <= float(str(waits[0])) <= 30 < 40 - 1 <= float(str(waits[1])) <= 60
    lease = claims.claim()
    assert lease.messages[0].attempt == 3
    claims.settle(message, "failed", lease=lease.id, reason="no signal")
    with shop.engine.connect() as connection:
        assert [(letter["id"], letter["reason"], letter["attempts"]) for letter in dead_letters(connection)] == [
            (message, "no signal", 3)
        ]
    assert [row.id for row in claims.claim().messages] == [behind]


def test_what_cannot_succeed_is_not_tried_again(shop: Service, claims: Claims) -> None:
    (message,) = queue(shop, ANA, "one")
    claims.settle(message, "failed", lease=claims.claim().id, reason="invalid number", permanent=True)
    run(shop.engine, "update motabot.deliveries set next_attempt_at = null")
    assert claims.claim().messages == ()
    assert status(shop.engine, message) == "failed"


def test_consent_is_checked_again_when_a_text_is_claimed(shop: Service, claims: Claims) -> None:
    (message,) = queue(shop, ANA, "one")
    run(shop.engine, f"insert into motabot.phones (phone, consent) values ('{ANA}', 'out')")
    assert claims.claim().messages == ()
    assert status(shop.engine, message) == "failed"
    assert value(shop.engine, "select reason from motabot.deliveries") == "the number opted out"


def test_stop_ends_what_is_queued_and_what_waits_for_another_attempt(
    shop: Service, claims: Claims, webhook_secret: str
) -> None:
    waiting, queued = queue(shop, ANA, "one", "two")
    claims.settle(waiting, "failed", lease=claims.claim().id)
    post_text(create_app(shop).test_client(), webhook_secret, {"sender": ANA, "text": "STOP"})
    run(shop.engine, "update motabot.deliveries set next_attempt_at = now() where next_attempt_at is not null")
    (only,) = claims.claim().messages
    assert only.id not in {waiting, queued}
    assert "START" in only.text  # the one confirmation, which an opted-out number gets
    assert {status(shop.engine, message) for message in (waiting, queued)} == {"failed"}


def test_the_switch_stops_all_sending_and_begins_again_in_order(shop: Service, claims: Claims) -> None:
    first, _second = queue(shop, ANA, "one", "two")
    with shop.engine.begin() as connection:
        switch_sending(connection, on=False, mode="claim")
    assert claims.claim().messages == ()
    with shop.engine.begin() as connection:
        switch_sending(connection, on=True, mode="claim")
    assert [row.id for row in claims.claim().messages] == [first]


def test_where_the_layer_reads_the_table_the_switch_leaves_it_nothing_to_find(
    service: Service, engine: Engine
) -> None:
    (before,) = queue(service, ANA, "before")
    with engine.begin() as connection:
        switch_sending(connection, on=False, mode="direct")
    assert status(engine, before) == "failed"
    (meanwhile,) = queue(service, ANA, "meanwhile")
    assert status(engine, meanwhile) == "failed"
    run(
        engine,
        'insert into public.messages (phone_number, content, "timestamp", status, direction)'
        f" values ('{BOB}', 'of another program', now(), 'queued', 'outbound')",
    )
    assert keep_held(engine, "direct") == 1
    with engine.begin() as connection:
        switch_sending(connection, on=True, mode="direct")
    assert value(engine, "select count(*) from public.messages where status = 'queued'") == 3
    assert keep_held(engine, "direct") == 0


def test_a_stop_reaches_what_the_switch_holds(
    service: Service, engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    (held,) = queue(service, ANA, "before")
    with engine.begin() as connection:
        switch_sending(connection, on=False, mode="direct")
    post_text(client, webhook_secret, {"sender": ANA, "text": "STOP"})
    with engine.begin() as connection:
        switch_sending(connection, on=True, mode="direct")
    assert status(engine, held) == "failed"
    assert value(engine, "select count(*) from public.messages where status = 'queued'") == 1  # the confirmation


def test_what_the_carrier_lost_later_is_a_dead_letter(shop: Service, claims: Claims) -> None:
    (message,) = queue(shop, ANA, "one")
    claims.settle(message, "sent", lease=claims.claim().id)
    assert claims.settle(message, "undelivered", reason="no such subscriber") == "sent"
    with shop.engine.connect() as connection:
        assert [letter["reason"] for letter in dead_letters(connection)] == ["no such subscriber"]


def test_a_layer_that_reads_the_table_itself_may_not_claim(settings: Settings, engine: Engine) -> None:
    with pytest.raises(ClaimRefused, match="MOTABOT_OUTBOX_MODE"):
        Claims(engine, settings).claim()


def test_a_text_that_nobody_queued_cannot_be_settled(claims: Claims) -> None:
    with pytest.raises(UnknownMessage):
        claims.settle(4711, "sent", lease="x")


def post(client: FlaskClient, secret: str, path: str, body: object) -> tuple[int, dict[str, object]]:
    raw = json.dumps(body).encode()
    answer = client.post(path, data=raw, headers=signed_headers(secret, raw))
    return answer.status_code, answer.get_json()


def test_a_signed_claim_takes_texts_once(shop: Service, webhook_secret: str, engine: Engine) -> None:
    client = create_app(shop).test_client()
    raw = b'{"limit": 5}'
    headers = signed_headers(webhook_secret, raw)
    queue(shop, ANA, "one")
    assert len(client.post("/sms/outbox/claim", data=raw, headers=headers).get_json()["messages"]) == 1
    queue(shop, BOB, "two")
    copied = client.post("/sms/outbox/claim", data=raw, headers=headers)
    assert copied.status_code == 409
    assert b"two" not in copied.get_data()
    assert value(engine, "select count(*) from motabot.deliveries where lease is not null") == 1


def test_a_sender_claims_and_settles_over_http(shop: Service, webhook_secret: str) -> None:
    client = create_app(shop).test_client()
    (message,) = queue(shop, ANA, "one")
    code, lease = post(client, webhook_secret, "/sms/outbox/claim", {"limit": 5})
    assert code == 200
    assert lease["messages"] == [
        {"id": message, "to": ANA, "text": "one", "segments": 1, "attempt": 1, "again": False, "line": None}
    ]
    done = {"id": message, "status": "sent", "lease": lease["lease"]}
    assert post(client, webhook_secret, "/sms/status", done) == (200, {"id": message, "status": "sent"})
    assert post(client, webhook_secret, "/sms/outbox/claim", {})[1] == {
        "lease": None,
        "until": None,
        "messages": [],
    }


@pytest.mark.parametrize(
    ("path", "body", "code", "field"),
    [
        ("/sms/outbox/claim", {"limit": 0}, 422, "limit"),
        ("/sms/outbox/claim", {"limit": "5"}, 422, "limit"),
        ("/sms/outbox/claim", {"seconds": 5}, 422, "seconds"),
        ("/sms/outbox/claim", [], 400, None),
        ("/sms/status", {"id": 1}, 422, "status"),
        ("/sms/status", {"id": 1, "status": "lost"}, 422, "status"),
        ("/sms/status", {"id": 2**70, "status": "sent"}, 422, "id"),
        ("/sms/status", {"id": 1, "status": "sent", "lease": "x"}, 404, None),
    ],
)
def test_what_a_sender_gets_wrong_is_named(
    shop: Service, webhook_secret: str, path: str, body: object, code: int, field: str | None
) -> None:
    answered, said = post(create_app(shop).test_client(), webhook_secret, path, body)
    assert answered == code
    assert field is None or field in str(said["fields"])


@pytest.mark.parametrize("path", ["/sms/outbox/claim", "/sms/status"])
def test_nothing_is_handed_out_unsigned(shop: Service, path: str) -> None:
    assert create_app(shop).test_client().post(path, data=b"{}").status_code == 401


def test_the_commands_of_sending(shop: Service, claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shop.settings.database_url is not None
    monkeypatch.setenv("MOTABOT_DATABASE_URL", shop.settings.database_url.get_secret_value())
    monkeypatch.setenv("MOTABOT_DATA_DIR", str(shop.settings.data_dir))

    def say(*words: str) -> str:
        return CliRunner().invoke(main, words).output

    monkeypatch.setenv("MOTABOT_OUTBOX_MODE", "claim")
    assert "off" in say("sending", "off")
    assert "off" in say("sending", "status")
    assert "on" in say("sending", "on")
    (message,) = queue(shop, ANA, "one")
    claims.settle(message, "failed", lease=claims.claim().id, reason="invalid number", permanent=True)
    assert "invalid number" in say("dead-letters")
    assert json.loads(say("dead-letters", "--json"))[0]["id"] == message
    assert "queued again" in say("dead-letters", "--requeue", str(message))
    assert [each.id for each in claims.claim().messages] == [message]


REPORTS = ["sent", "delivered", "undelivered", "failed"]


@pytest.mark.parametrize("order", list(itertools.permutations(REPORTS, 3)), ids="-".join)
def test_receipts_in_any_order_end_in_the_truth(shop: Service, claims: Claims, order: tuple[Status, ...]) -> None:
    (message,) = queue(shop, ANA, "one")
    lease = claims.claim()
    for report in order:
        with contextlib.suppress(ClaimRefused):
            claims.settle(message, report, lease=lease.id if report in ("sent", "failed") else None)
    was_delivered = "delivered" in order
    is_final = status(shop.engine, message) == "sent"
    dead = value(shop.engine, "select dead from motabot.deliveries")
    assert is_final
    assert dead is not was_delivered if "undelivered" in order or order.index("failed") > 0 else True
    run(shop.engine, "update motabot.deliveries set leased_until = now(), next_attempt_at = null")
    assert claims.claim().messages == ()  # whatever was said, it is not sent again


def test_a_text_that_a_layer_sent_after_all_is_no_dead_letter(shop: Service, claims: Claims) -> None:
    (message,) = queue(shop, ANA, "one")
    claims.settle(message, "failed", lease=claims.claim().id, reason="stuck", permanent=True)
    assert claims.settle(message, "sent") == "sent"
    with shop.engine.connect() as connection:
        assert dead_letters(connection) == []


def test_a_dead_letter_can_be_queued_again_unless_the_number_opted_out(shop: Service, claims: Claims) -> None:
    (message,) = queue(shop, ANA, "one")
    claims.settle(message, "failed", lease=claims.claim().id, reason="no signal", permanent=True)
    with shop.engine.begin() as connection:
        requeue(connection, message, "Sam")
    (again,) = claims.claim().messages
    assert (again.id, again.attempt) == (message, 1)
    claims.settle(message, "failed", lease=value_of_lease(shop), permanent=True)
    run(shop.engine, "update motabot.phones set consent = 'out'")
    with pytest.raises(ClaimRefused, match="opted out"), shop.engine.begin() as connection:
        requeue(connection, message, "Sam")
    with pytest.raises(UnknownMessage), shop.engine.begin() as connection:
        requeue(connection, 4711, "Sam")


def value_of_lease(shop: Service) -> str:
    return str(value(shop.engine, "select lease from motabot.deliveries"))
