"""The result of a text that a sender took: settled once, in whatever order the reports arrive.

The status of a text is what the network knew last: `delivered` over `undelivered`, both over `sent`, and `sent`
over `failed`. A text that was handed to the network is never handed over again. One that the layer took and gave
up because of its own fault, such as no network, never reached it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection

from motabot.boundary import DbRow
from motabot.customers.phones import lock_phone
from motabot.db.queries import driver_sql
from motabot.errors import ClaimRefused, UnknownMessage
from motabot.gateways.base import Fact
from motabot.settings import Settings
from motabot.sms import layers
from motabot.sms.consent_order import opt_out_by_carrier

Status = Literal["sent", "failed", "returned", "delivered", "undelivered"]

_FIND = driver_sql(__package__, "settled_text")
_NOTE = driver_sql(__package__, "note_delivery")
_SET_STATUS = driver_sql(__package__, "set_status")
_END_LEASE = driver_sql(__package__, "end_lease")
#: An attempt that a layer gave up does not count, and the next one has another number.
_BEGIN_ANEW = (
    "update motabot.deliveries set attempts_before = attempts_before + 1"
    " where message_id = %(id)s and phone_number = %(phone_number)s"
)
#: A delivery of a text that was handed over after the layer went down shows that it is up.
_IS_UP = (
    "update motabot.layers set down_since = null, down_reason = null, notified_at = null, attempts = 0"
    " where name = %(layer)s and down_since < (select updated_at from public.messages"
    " where id = %(id)s and phone_number = %(phone_number)s)"
)
#: Seconds until a text is retried that a layer took and gave up because of its own fault.
_LATER = 900.0


@dataclass(frozen=True)
class News:
    """A report of a sender or a carrier about a text.

    Attributes:
        status: "sent" or "failed" as its sender saw it; "returned" when the layer took nothing, which does not
            count as an attempt; "delivered" or "undelivered" when the carrier says so later.
        lease: The claim under which it was sent; a carrier has none.
        reason: Why it failed.
        permanent: Whether another attempt would also fail: an invalid number, a block.
        fact: What the carrier said about the number itself.
        attempt: Which attempt it is about; None if that is not known.
        layer: The SMS layer whose own webhook says it; None for a sender, which names its lease.
        gave_up: Whether the layer had taken the text and gave it up because of its own fault or without a reason.
    """

    status: Status
    lease: str | None = None
    reason: str | None = None
    permanent: bool = False
    fact: Fact | None = None
    attempt: int | None = None
    layer: str | None = None
    gave_up: bool = False


def settle(connection: Connection, settings: Settings, message_id: int, news: News) -> str:
    """Record what became of a text, in the caller's transaction. A repeated report changes nothing.

    Returns:
        The status that `messages` has now.

    Raises:
        UnknownMessage: There is no such outbound text.
        ClaimRefused: Somebody else holds the text, or it was not given to this SMS layer.
    """
    row = _find(connection, message_id)
    if row.claims == 0 or (news.layer and row.layer and news.layer != row.layer):
        raise ClaimRefused("This text was not given to this SMS layer.")
    if news.fact is not None:
        _learn(connection, row.phone, news.fact)
    if news.status == "delivered":
        return _deliver(connection, row)
    if news.status == "undelivered":
        return _lose(connection, row, news.reason)
    if news.lease is None and news.gave_up and (row.status != "sent" or news.status == "returned"):
        return _give_up(connection, row, news)
    is_held = news.lease is not None and row.lease == news.lease
    if row.status == "sent" and (news.lease is None or is_held):
        if news.status == "failed":
            return _lose(connection, row, news.reason)
        return "sent"
    if news.lease is None and news.status == "sent":  # the layer's own report, after we gave the text up
        return _finish(connection, row, "sent", None, dead=row.undelivered_at is not None)
    if news.lease is None and news.status == "failed" and news.attempt is not None:
        is_current = row.status == "queued" and row.lease is not None and news.attempt == row.attempt
        return _fail(connection, settings, row, news) if is_current else str(row.status)
    if not is_held:
        raise ClaimRefused("This text is no longer yours: the lease has expired, and another sender has it.")
    if news.status == "returned":
        return _hand_back(connection, row, news)
    if news.status == "sent":
        return _finish(connection, row, "sent", None, dead=row.undelivered_at is not None)
    if row.next_attempt_at is not None:
        return str(row.status)  # said before
    return _fail(connection, settings, row, news)


def _find(connection: Connection, message_id: int) -> DbRow:
    found = connection.exec_driver_sql(_FIND, {"id": message_id}).first()
    if found is None:
        raise UnknownMessage(f"There is no outbound text {message_id}.")
    lock_phone(connection, found.phone)
    return connection.exec_driver_sql(_FIND, {"id": message_id}).one()


def _learn(connection: Connection, phone: str, fact: Fact) -> None:
    """Record what a carrier knows about a number. An opt-out that it received is an opt-out."""
    if fact == "opted out":
        opt_out_by_carrier(connection, phone, datetime.now(UTC))
        return
    connection.exec_driver_sql(
        "update motabot.phones set reach = %(fact)s, reach_at = now() where phone = %(phone)s",
        {"fact": fact, "phone": phone},
    )


def _deliver(connection: Connection, row: DbRow) -> str:
    if row.layer:
        connection.exec_driver_sql(_IS_UP, {**_key(row), "layer": row.layer})
    connection.exec_driver_sql(_NOTE, {**_key(row), "dead": False, "reason": None, "delivered": True})
    connection.exec_driver_sql(_SET_STATUS, {**_key(row), "status": "sent", "back": 0})
    connection.exec_driver_sql(
        "update motabot.phones set reach = null, reach_at = null where phone = %(phone)s and reach is not null",
        {"phone": row.phone},
    )
    return "sent"


def _lose(connection: Connection, row: DbRow, reason: str | None) -> str:
    """The network took the text and did not deliver it: a dead letter, which is not retried."""
    if row.delivered_at is not None:
        return str(row.status)
    connection.exec_driver_sql(_NOTE, {**_key(row), "dead": True, "reason": _short(reason), "delivered": False})
    if row.status == "queued":
        connection.exec_driver_sql(_SET_STATUS, {**_key(row), "status": "sent", "back": 0})
        return "sent"
    return str(row.status)


def _hand_back(connection: Connection, row: DbRow, news: News) -> str:
    if row.status != "queued":
        return str(row.status)  # a STOP, or the switch, took it back in the meantime
    connection.exec_driver_sql(_SET_STATUS, {**_key(row), "status": "queued", "back": 1})
    connection.exec_driver_sql(
        _END_LEASE, {**_key(row), "reason": _short(news.reason), "dead": False, "again": True, "wait": 0}
    )
    if news.gave_up:
        connection.exec_driver_sql(_BEGIN_ANEW, _key(row))
    return "queued"


def _give_up(connection: Connection, row: DbRow, news: News) -> str:
    """A layer's own report that it gave a text up. If it failed, the sender that holds the text settles it.

    If its API had accepted the text, the text waits until the layer may be up again.
    """
    is_out = row.status == "sent" or (row.status == "queued" and row.lease is not None)
    if news.status != "returned" or not is_out or row.delivered_at is not None or news.attempt != row.attempt:
        return str(row.status)
    connection.exec_driver_sql(_SET_STATUS, {**_key(row), "status": "failed", "back": 1})
    connection.exec_driver_sql(
        _END_LEASE, {**_key(row), "reason": _short(news.reason), "dead": False, "again": True, "wait": _LATER}
    )
    connection.exec_driver_sql(_BEGIN_ANEW, _key(row))
    if row.layer:
        layers.report(connection, row.layer, is_down=True, reason=news.reason)
    return "failed"


def _fail(connection: Connection, settings: Settings, row: DbRow, news: News) -> str:
    gives_up = news.permanent or row.status == "failed" or row.retry_count >= settings.retry_limit
    # doubles with each attempt; jitter spreads the retries of texts that failed together
    attempts = max(1, row.retry_count or 1)
    wait = settings.retry_base_seconds * 2 ** (attempts - 1) * (1 + secrets.randbelow(500) / 1000)
    return _finish(connection, row, "failed", _short(news.reason), dead=gives_up, wait=wait)


def _finish(
    connection: Connection, row: DbRow, status: str, reason: str | None, *, dead: bool, wait: float = 0
) -> str:
    again = status == "failed" and not dead
    connection.exec_driver_sql(_SET_STATUS, {**_key(row), "status": status, "back": 0})
    connection.exec_driver_sql(
        _END_LEASE, {**_key(row), "reason": reason, "dead": dead, "again": again, "wait": wait}
    )
    return status


def _key(row: DbRow) -> dict[str, object]:
    return {"id": row.id, "phone_number": row.phone_number}


def _short(reason: str | None) -> str:
    return (reason or "no reason given")[:500]
