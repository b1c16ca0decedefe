"""Reports and receipts end in the truth, in any order."""

from __future__ import annotations

import contextlib
import itertools

import pytest

from motabot.app import Service
from motabot.errors import ClaimRefused, UnknownMessage
from motabot.sms.claim import Claims, dead_letters, requeue
from motabot.sms.settle import Status
from tests.integration.claim.queue import ANA, queue, run, status, value

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
    assert (again.id, again.attempt, again.attempts_before) == (message, 1, 1)
    claims.settle(message, "failed", lease=value_of_lease(shop), permanent=True)
    run(shop.engine, "update motabot.phones set consent = 'out'")
    with pytest.raises(ClaimRefused, match="opted out"), shop.engine.begin() as connection:
        requeue(connection, message, "Sam")
    with pytest.raises(UnknownMessage), shop.engine.begin() as connection:
        requeue(connection, 4711, "Sam")


def value_of_lease(shop: Service) -> str:
    return str(value(shop.engine, "select lease from motabot.deliveries"))
