"""What keeps a text from being sent: STOP, the switch, consent."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import Engine

from motabot.app import Service, create_app
from motabot.sms.claim import Claims, keep_held, switch_sending
from motabot.testing import post_text
from tests.integration.claim.queue import ANA, BOB, queue, run, status, value


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
