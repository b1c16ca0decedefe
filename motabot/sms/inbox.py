"""Takes a text in: recorded once, consent decided, a turn enqueued, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from motabot.db.engine import Statement, in_one_round_trip
from motabot.db.ids import NewId
from motabot.errors import DuplicateConflict
from motabot.gateways.base import InboundText
from motabot.jobs import ENQUEUE_TURN, Jobs
from motabot.logs import log
from motabot.sms.consent import Decision, decide
from motabot.sms.outbox import Outbox
from motabot.text.phone_numbers import phone_key, to_e164

_SQL = (Path(__file__).parent / "sql" / "record.sql").read_text(encoding="utf-8")

#: Characters of a text that are read for consent: more than a dozen parts, and little enough to be read at once.
_READ_FOR_CONSENT = 2_000


@dataclass(frozen=True)
class Receipt:
    """What became of a delivery: the row's id, and whether this delivery made it."""

    message_id: int
    is_new: bool


class Inbox:
    """The door through which every gateway's texts come in."""

    def __init__(
        self, engine: Engine, jobs: Jobs, outbox: Outbox, *, region: str, is_pooled: bool = False
    ) -> None:
        """
        Args:
            engine: The service's own engine.
            jobs: Enqueues turns.
            outbox: Confirms what a customer decides.
            region: ISO region of numbers that lack a +.
            is_pooled: The engine's connections lead through a transaction pooler.
        """
        self._engine = engine
        self._jobs = jobs
        self._outbox = outbox
        self._region = region
        with engine.connect() as connection:
            self._new_id = NewId.of(connection, "messages")
        # a table without ids of its own needs a lock first, and a pooled session its search path
        self._takes_one_statement = not self._new_id.needs_lock and not is_pooled
        self._sql = _SQL.format(new_id=self._new_id.expression, enqueue=ENQUEUE_TURN)
        self._statement = Statement(self._sql)

    def receive(self, text: InboundText) -> Receipt:
        """Record a text, decide consent, and enqueue a turn, or do nothing for a redelivery.

        Raises:
            DuplicateConflict: The gateway used this id before for a different text.
        """
        try:
            return self._receive(text)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            # The pool's connections died with the database's last restart. The receipt's key makes it safe
            # to try again even if the lost transaction was committed after all.
            return self._receive(text)

    def _receive(self, text: InboundText) -> Receipt:
        number = to_e164(text.sender, self._region)
        phone = phone_key(text.sender, self._region)
        is_plain = number is not None and decide(text.text[:_READ_FOR_CONSENT], opted_out=False) is Decision.NONE
        if is_plain and self._takes_one_statement:  # nearly every text: one statement, its own transaction
            row = in_one_round_trip(self._engine, self._statement, self._parameters(phone, text, wants_turn=True))
            if row is None:
                with self._engine.connect() as connection:
                    return self._redelivered(connection, text)
            receipt, consent = self._recorded(phone, text, row)
            if consent == "out":
                with (
                    self._engine.begin() as connection
                ):  # were this lost, the sweep would find the text and do the same
                    self.heed_consent(connection, phone, receipt.message_id, text.text, opted_out=True)
            return receipt
        with self._engine.begin() as connection:
            self._new_id.take_turn(connection)
            found = connection.exec_driver_sql(
                self._sql, self._parameters(phone, text, wants_turn=False)
            ).one_or_none()
            if found is None:
                return self._redelivered(connection, text)
            receipt, consent = self._recorded(phone, text, found)
            if number is None:
                close(connection, phone, [receipt.message_id], "no number to reply to")
            elif self.heed_consent(connection, phone, receipt.message_id, text.text, opted_out=consent == "out"):
                self._jobs.enqueue_turn(connection, phone)
        return receipt

    def _parameters(self, phone: str, text: InboundText, *, wants_turn: bool) -> dict[str, Any]:
        fingerprint = text.fingerprint
        return {
            "gateway": text.gateway,
            "external_id": text.external_id,
            "fingerprint": fingerprint,
            "phone": phone,
            "text": text.text,
            "received_at": text.received_at,
            "modem_timestamp": text.modem_timestamp,
            "modem_index": text.modem_index,
            "hash": fingerprint.hex(),
            "wants_turn": wants_turn,
            "settle": self._jobs.settle_seconds,
        }

    def _recorded(self, phone: str, text: InboundText, row: Sequence[Any]) -> tuple[Receipt, str | None]:
        """What the statement's row says: the receipt, and what the phone's consent was."""
        message_id, consent, _jobs = row
        log.debug("text received", message_id=message_id, phone=phone, gateway=text.gateway)
        return Receipt(int(message_id), is_new=True), consent

    def heed_consent(
        self, connection: Connection, phone: str, message_id: int, text: str, *, opted_out: bool
    ) -> bool:
        """Act on STOP, START and HELP at once, before any model and ahead of any slow turn.

        Returns:
            Whether the text still waits for a turn.
        """
        decision = decide(text[:_READ_FOR_CONSENT], opted_out=opted_out)
        if decision is Decision.NONE and not opted_out:
            return True
        self._outbox.heed(connection, phone, message_id, text, decision)
        close(connection, phone, [message_id], "opted out" if decision is Decision.NONE else decision.name.lower())
        return False

    def _redelivered(self, connection: Connection, text: InboundText) -> Receipt:
        """The first delivery's row, which is committed by now: its receipt is what we collided with."""
        row = connection.exec_driver_sql(
            "select message_id, fingerprint from motabot.receipts"
            " where gateway = %(gateway)s and external_id = %(id)s",
            {"gateway": text.gateway, "id": text.external_id},
        ).one()
        if bytes(row.fingerprint) != text.fingerprint:
            raise DuplicateConflict
        return Receipt(int(row.message_id), is_new=False)


def close(connection: Connection, phone: str, message_ids: list[int], reason: str) -> None:
    """Mark texts as needing no (further) answer, and say why. Those that are closed already stay as they are."""
    connection.exec_driver_sql(
        "insert into motabot.answered (message_id, phone_number, reason)"
        " select m.id, m.phone_number, %(reason)s from public.messages m where m.id = any(%(ids)s)"
        " and motabot.phone_key(m.phone_number::text) = %(phone)s on conflict do nothing",
        {"ids": message_ids, "phone": phone, "reason": reason},
    )
