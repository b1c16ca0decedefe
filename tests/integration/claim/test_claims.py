"""Claims: one claimant a text, leases that end, and what is settled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from motabot.app import Service
from motabot.errors import ClaimRefused, UnknownMessage
from motabot.settings import Settings
from motabot.sms.claim import Claims, dead_letters
from tests.integration.claim.queue import ANA, BOB, queue, run, status, value


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
    with pytest.raises(ClaimRefused, match="no longer yours"):
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
    with pytest.raises(ClaimRefused, match="no longer yours"):
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
            value(shop.engine, "select extract(epoch from max(next_attempt_at) - now()) from motabot.deliveries")
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
