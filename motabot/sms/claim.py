"""Hands queued texts to senders, and records what became of each.

A claimed text is leased: nobody else gets it until the lease is over. A text can go out twice only if a sender
dies between sending and settling, because only the sender knows what it sent.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from motabot.boundary import JsonObject
from motabot.customers.phones import Consent, lock_phone
from motabot.db.audit import record
from motabot.db.queries import driver_sql
from motabot.errors import ClaimRefused, UnknownMessage
from motabot.gateways.base import Fact
from motabot.settings import Settings
from motabot.sms import layers
from motabot.sms.settle import News, Status, settle

_CLAIM = driver_sql(__package__, "claim")
_FREE_PHONES = driver_sql(__package__, "free_phones")
_DUE = (
    "with due as (update motabot.deliveries set next_attempt_at = null where next_attempt_at <= now()"
    " returning message_id, phone_number)"
    " update public.messages m set status = 'queued', updated_at = now() from due"
    " where m.id = due.message_id and m.phone_number = due.phone_number and m.status = 'failed'"
)
_HOLD = (
    "with held as (update public.messages set status = 'failed', updated_at = now()"
    " where direction = 'outbound' and status = 'queued' returning id, phone_number)"
    " insert into motabot.deliveries (message_id, phone_number, kind, held)"
    " select id, phone_number, 'foreign', true from held"
    " on conflict (message_id, phone_number) do update set held = true"
)
_RELEASE = (
    "with released as (update motabot.deliveries set held = false where held returning message_id, phone_number)"
    " update public.messages m set status = 'queued', updated_at = now() from released r"
    " where m.id = r.message_id and m.phone_number = r.phone_number and m.status = 'failed'"
)


@dataclass(frozen=True)
class LeasedText:
    """One text to be sent.

    Attributes:
        id: The row in `messages`.
        phone: The number as the SMS layer spells it.
        text: The words.
        attempt: Counts from 1; an outage of the layer does not count.
        attempts_before: How many more were made before a person queued the text again.
        again: A sender took the text before and may have handed it over.
        line: The SIM or number of ours that the phone last wrote to; None: any.
    """

    id: int
    phone: str
    text: str
    attempt: int
    attempts_before: int = 0
    again: bool = False
    line: str | None = None


@dataclass(frozen=True)
class Lease:
    """What a sender may send until a moment; `id` is needed to settle it. Empty when there is nothing to send."""

    id: str
    until: datetime | None
    messages: tuple[LeasedText, ...]


class Claims:
    """The sending side of the outbox, for the mode 'claim': in 'direct' the SMS layer reads `messages`."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings

    def claim(
        self, limit: int = 10, lease_seconds: float = 60.0, *, layer: str | None = None, request: str | None = None
    ) -> Lease:
        """Lease texts, the oldest first and one per phone, so that a phone's texts arrive in order.

        Concurrent claimants never get the same text: each skips the phones that another has locked.

        Args:
            limit: The most texts.
            lease_seconds: How long the claimant keeps them.
            layer: The SMS layer that gets the texts; receipts of other layers are ignored.
            request: The signed request's id, valid for one claim.

        Raises:
            ClaimRefused: The shop's SMS layer reads `messages` itself, or the request was used before.
        """
        if self._settings.outbox_mode != "claim":
            raise ClaimRefused(
                "The SMS layer of this shop reads `messages` itself; MOTABOT_OUTBOX_MODE=claim changes that."
            )
        lease = secrets.token_urlsafe(16)
        with self._engine.begin() as connection:
            if request is not None:
                _use(connection, request)
            if not sending_is_on(connection):
                return Lease("", None, ())
            connection.exec_driver_sql(_DUE)
            # a row queued by another program may belong to a phone that never texted
            connection.exec_driver_sql(
                "insert into motabot.phones (phone)"
                " select distinct motabot.phone_key(m.phone_number::text) from public.messages m"
                " where m.direction = 'outbound' and m.status = 'queued' on conflict do nothing"
            )
            phones = list(connection.exec_driver_sql(_FREE_PHONES, {"limit": limit}).scalars())
            rows = connection.exec_driver_sql(
                _CLAIM,
                {
                    "phones": phones,
                    "lease": lease,
                    "seconds": lease_seconds,
                    "most": self._settings.retry_limit,
                    "layer": layer,
                },
            ).all()
            until = connection.exec_driver_sql(
                "select max(leased_until) from motabot.deliveries where lease = %(lease)s", {"lease": lease}
            ).scalar()
        messages = tuple(
            LeasedText(
                row.id,
                row.phone_number,
                row.content,
                row.retry_count,
                row.attempts_before,
                row.claims > 1,
                row.line,
            )
            for row in sorted(rows, key=lambda row: int(row.id))
        )
        return Lease(lease if messages else "", until if messages else None, messages)

    def settle(
        self,
        message_id: int,
        status: Status,
        *,
        lease: str | None = None,
        reason: str | None = None,
        permanent: bool = False,
        fact: Fact | None = None,
        attempt: int | None = None,
        layer: str | None = None,
        gave_up: bool = False,
    ) -> str:
        """Record what became of a text; the arguments are those of `motabot.sms.settle.News`.

        Returns:
            The status that `messages` has now.

        Raises:
            UnknownMessage: There is no such outbound text.
            ClaimRefused: Somebody else holds the text, or it was not given to this SMS layer.
        """
        news = News(status, lease, reason, permanent, fact, attempt, layer, gave_up)
        with self._engine.begin() as connection:
            return settle(connection, self._settings, message_id, news)

    def note_layer(self, name: str, *, is_down: bool, reason: str | None) -> None:
        """Record that an SMS layer takes no texts, or takes them again; staff are told of an outage."""
        with self._engine.begin() as connection:
            layers.report(connection, name, is_down=is_down, reason=reason)


def sending_is_on(connection: Connection) -> bool:
    """Whether sending is on."""
    return connection.exec_driver_sql("select value from motabot.meta where key = 'sending'").scalar() != "off"


def switch_sending(connection: Connection, *, on: bool, mode: str) -> None:
    """Stop all sending, or start it again. Texts that a sender has already taken may still go out.

    Args:
        connection: A transaction.
        on: Whether texts may go out.
        mode: The shop's outbox mode. If the SMS layer reads `messages` itself, queued texts are marked `failed` in
            the meantime, so that it finds none.
    """
    connection.exec_driver_sql(
        "update motabot.meta set value = %(value)s where key = 'sending'", {"value": "on" if on else "off"}
    )
    if on:
        connection.exec_driver_sql(_RELEASE)
    elif mode == "direct":
        hold_queued(connection)


def hold_queued(connection: Connection) -> int:
    """Mark queued texts as held, and return how many."""
    return connection.exec_driver_sql(_HOLD).rowcount


def keep_held(engine: Engine, mode: str) -> int:
    """While sending is off, also hold what other programs queue, and return how many texts."""
    if mode != "direct":
        return 0
    with engine.begin() as connection:
        return 0 if sending_is_on(connection) else hold_queued(connection)


def dead_letters(connection: Connection) -> list[JsonObject]:
    """Texts that are no longer tried, newest first."""
    rows = connection.exec_driver_sql(
        "select m.id, m.phone_number as phone, d.reason, m.retry_count as attempts, m.content as text,"
        " m.updated_at from motabot.deliveries d"
        " join public.messages m on m.id = d.message_id and m.phone_number = d.phone_number"
        " where d.dead order by m.id desc limit 1000"
    )
    return [dict(row._mapping) for row in rows]


def requeue(connection: Connection, message_id: int, by: str) -> None:
    """Queue a dead letter again, with all its attempts, in the caller's transaction.

    Raises:
        UnknownMessage: There is no such dead letter.
        ClaimRefused: The number opted out.
    """
    found = connection.exec_driver_sql(
        "select m.phone_number, motabot.phone_key(m.phone_number::text) as phone, d.kind from motabot.deliveries d"
        " join public.messages m on m.id = d.message_id and m.phone_number = d.phone_number"
        " where m.id = %(id)s and m.direction = 'outbound' and d.dead",
        {"id": message_id},
    ).first()
    if found is None:
        raise UnknownMessage(f"There is no dead letter {message_id}; `motabot dead-letters` lists them.")
    if lock_phone(connection, found.phone).consent is Consent.OUT and found.kind != "consent":
        raise ClaimRefused("This number opted out of texts; only its own START changes that.")
    key = {"id": message_id, "phone_number": found.phone_number}
    connection.exec_driver_sql(
        "update motabot.deliveries d set dead = false, lease = null, leased_until = null, next_attempt_at = null,"
        " undelivered_at = null, claims = 0, attempts_before = d.attempts_before + coalesce(m.retry_count, 0)"
        " from public.messages m where m.id = d.message_id and m.phone_number = d.phone_number"
        " and d.message_id = %(id)s and d.phone_number = %(phone_number)s",
        key,
    )
    connection.exec_driver_sql(
        "update public.messages set status = 'queued', retry_count = 0, updated_at = now()"
        " where id = %(id)s and phone_number = %(phone_number)s",
        key,
    )
    record(connection, actor=by, action="text.requeue", arguments={"id": message_id}, before={}, after={})


def _use(connection: Connection, request: str) -> None:
    """Remember a signed claim for longer than its signature is valid, so that a replay gets no texts."""
    connection.exec_driver_sql("delete from motabot.used_claims where at < now() - interval '15 minutes'")
    is_new = connection.exec_driver_sql(
        "insert into motabot.used_claims (id) values (left(%(id)s, 500)) on conflict do nothing", {"id": request}
    ).rowcount
    if not is_new:
        raise ClaimRefused("This claim was made before. Sign each claim again, with a new id.")
