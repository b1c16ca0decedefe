"""Takes a text in: recorded once, consent decided, a turn enqueued, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from motabot.db.ids import NewId
from motabot.errors import DuplicateConflict
from motabot.gateways.base import InboundText
from motabot.jobs import ENQUEUE_TURN, Jobs
from motabot.logs import log
from motabot.texting.consent import Decision, decide
from motabot.texting.outbox import Outbox
from motabot.texting.phones import to_e164

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

    def __init__(self, engine: Engine, jobs: Jobs, outbox: Outbox, *, region: str) -> None:
        self._engine = engine
        self._jobs = jobs
        self._outbox = outbox
        self._region = region
        with engine.connect() as connection:
            self._new_id = NewId.of(connection, "messages")
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._sql = _SQL.format(new_id=self._new_id.expression, enqueue=ENQUEUE_TURN)

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
        phone = number or text.sender
        is_plain = number is not None and decide(text.text[:_READ_FOR_CONSENT], opted_out=False) is Decision.NONE
        if is_plain and not self._new_id.needs_lock:
            with self._autocommit.connect() as connection:  # nearly every text: one statement, its own transaction
                receipt, consent = self._record(connection, phone, text, wants_turn=True)
            if not receipt.is_new or consent != "out":
                return receipt
            with (
                self._engine.begin() as connection
            ):  # were this lost, the sweep would find the text and do the same
                self.heed_consent(connection, phone, receipt.message_id, text.text, opted_out=True)
            return receipt
        with self._engine.begin() as connection:
            self._new_id.take_turn(connection)
            receipt, consent = self._record(connection, phone, text, wants_turn=False)
            if not receipt.is_new:
                return receipt
            if number is None:
                close(connection, phone, [receipt.message_id], "no number to reply to")
            elif self.heed_consent(connection, phone, receipt.message_id, text.text, opted_out=consent == "out"):
                self._jobs.enqueue_turn(connection, phone)
        return receipt

    def _record(
        self, connection: Connection, phone: str, text: InboundText, *, wants_turn: bool
    ) -> tuple[Receipt, str | None]:
        """Record a delivery, or find the first one; also says what the phone's consent was."""
        row = connection.exec_driver_sql(
            self._sql,
            {
                "gateway": text.gateway,
                "external_id": text.external_id,
                "fingerprint": text.fingerprint,
                "phone": phone,
                "text": text.text,
                "received_at": text.received_at,
                "modem_timestamp": text.modem_timestamp,
                "modem_index": text.modem_index,
                "hash": text.fingerprint.hex(),
                "wants_turn": wants_turn,
                "settle": self._jobs.settle_seconds,
            },
        ).one_or_none()
        if row is None:
            return self._redelivered(connection, text), None
        log.debug("text received", message_id=row.message_id, phone=phone, gateway=text.gateway)
        return Receipt(int(row.message_id), is_new=True), row.consent

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
        " select unnest(%(ids)s::bigint[]), %(phone)s, %(reason)s on conflict do nothing",
        {"ids": message_ids, "phone": phone, "reason": reason},
    )
