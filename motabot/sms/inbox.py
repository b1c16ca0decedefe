"""Takes a text in: recorded once, consent decided, a turn enqueued, all in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from motabot.boundary import DriverRow, JsonObject
from motabot.db import blanks, shape
from motabot.db.engine import Statement, in_one_round_trip
from motabot.db.group_commit import GroupCommit
from motabot.db.ids import NewId
from motabot.db.queries import read_sql
from motabot.db.refusals import explain, is_refused, rule_of
from motabot.db.widths import width
from motabot.errors import DuplicateConflict, RuledOut, SettingsError
from motabot.gateways.base import InboundText, Part
from motabot.jobs import ENQUEUE_TURNS, Jobs
from motabot.logs import log
from motabot.sms.arrival import Arrival, time_of
from motabot.sms.consent import Decision
from motabot.sms.intake import Intake
from motabot.text.cut import shorten
from motabot.text.phone_numbers import is_region, phone_key, to_e164

#: How much later a row is dated if another row has its moment.
_LATER = (timedelta(milliseconds=1), timedelta(seconds=1), timedelta(seconds=2))

#: Characters of a text that a rule of the shop's may still allow, and the replacement if it allows none.
_SHORTER, _ELSEWHERE = (160, 70), "(kept in MotaBot)"

#: How many milliseconds texts that are recorded together wait for another transaction.
_PATIENCE = 250

_SQL = read_sql(__package__, "record")


@dataclass(frozen=True)
class Receipt:
    """What became of a delivery: the row's id, and whether this delivery made it."""

    message_id: int
    is_new: bool


class Inbox:
    """Records the texts of every gateway."""

    def __init__(
        self, engine: Engine, jobs: Jobs, intake: Intake, *, region: str, is_pooled: bool = False
    ) -> None:
        """
        Args:
            engine: The service's own engine.
            jobs: Enqueues turns.
            intake: Decides what a text is.
            region: ISO region of numbers that lack a +.
            is_pooled: Whether the engine's connections go through a transaction pooler.

        Raises:
            SettingsError: There is no such region, so that no number without a + could be read.
        """
        if not is_region(region):
            raise SettingsError(
                f"MOTABOT_REGION: {region} is not a region that has phone numbers; use one like US"
            )
        self._engine = engine
        self._jobs = jobs
        self._intake = intake
        self._region = region
        with engine.connect() as connection:
            self._new_id = NewId.of(connection, "messages")
            messages = shape.columns(connection)["messages"]
            names = ("content", "modem_index", "message_hash")
            self._widths = {name: width(connection, "messages", name) for name in names}
        computes_hash = messages["message_hash"].computed
        # a table that makes no ids needs a lock first, and a pooled session its search path
        self._takes_one_statement = not self._new_id.needs_lock and not is_pooled
        record = _SQL.format(
            new_id=self._new_id.expression,
            enqueue=ENQUEUE_TURNS.format(phone="k.phone"),
            hash_column="" if computes_hash else "message_hash,",
            hash="" if computes_hash else "hash,",
            stamp="received_at" if messages["modem_timestamp"].required else "null",
            index=blanks.blank(messages["modem_index"]),
        )
        self._record = text(record)
        self._statement = Statement(record)
        self._record_plain = GroupCommit(self._record_alone, self._record_together)

    @property
    def intake(self) -> Intake:
        """Decides what a text is; the sweep asks it about rows that no webhook recorded."""
        return self._intake

    def receive(self, text: InboundText) -> Receipt:
        """Record a text, decide consent, and enqueue a turn, or do nothing for a redelivery.

        Raises:
            DuplicateConflict: The gateway used this id before for a different text.
            RuledOut: A rule of the shop's table refuses the row, however little of the text is in it.
        """
        try:
            return self._receive(text)
        except DBAPIError as error:
            # The pool's connections died with the database's last restart. The receipt's key makes it safe
            # to try again even if the lost transaction was committed after all.
            if error.connection_invalidated:
                return self._receive(text)
            if is_refused(error):
                return self._receive_less(text, error)
            if not _is_taken(error):
                raise
        for later in _LATER:  # the shop's table does not allow two rows with one moment, or one place in the modem
            try:
                return self._receive(text, later)
            except DBAPIError as error:
                if later is _LATER[-1] or not _is_taken(error):
                    raise
        raise AssertionError("unreachable")

    def _receive_less(self, text: InboundText, refusal: DBAPIError) -> Receipt:
        """Record a text that a rule refuses, with fewer of its words in the shop's table; ours keeps them all."""
        shorter = [shorten(text.text, most) for most in _SHORTER if len(text.text) > most]
        for content in [*shorter, _ELSEWHERE]:
            try:
                receipt = self._receive(text, content=content)
            except DBAPIError as error:
                if not is_refused(error):
                    raise
            else:
                log.warning("text recorded with less of its words", message_id=receipt.message_id)
                return receipt
        log.error("a rule of the shop's tables refuses a text", rule=rule_of(refusal), gateway=text.gateway)
        raise RuledOut(explain(refusal), is_passing=True) from refusal

    def _receive(
        self, text: InboundText, later: timedelta = timedelta(), *, content: str | None = None
    ) -> Receipt:
        number = to_e164(text.sender, self._region)
        phone = phone_key(text.sender, self._region)
        sent_at = time_of(text.modem_timestamp or text.received_at)
        is_plain = (
            number is not None
            and text.part is None
            and text.heard is None
            and text.line is None
            and self._intake.is_plain(text.text, sent_at)
        )
        values = self._values(phone, text, later, content)
        if is_plain and self._takes_one_statement:  # nearly every text: one statement in its own transaction
            row = self._record_plain(values)
            if row is None:
                with self._engine.connect() as connection:
                    return self._redelivered(connection, phone, text)
            receipt, needs_look = self._recorded(phone, text, row)
            if needs_look:
                with self._engine.begin() as connection:  # if this is lost, the sweep does the same
                    self._take(connection, self._arrival(phone, receipt.message_id, text, sent_at))
            return receipt
        with self._engine.begin() as connection:
            self._new_id.take_turn(connection)
            found = connection.execute(self._record, self._parameters([values], wants_turn=False)).one_or_none()
            if found is None:
                return self._redelivered(connection, phone, text)
            receipt, _needs_look = self._recorded(phone, text, tuple(found))
            arrival = self._arrival(phone, receipt.message_id, text, sent_at)
            if number is None:
                self._intake.take_unanswerable(connection, arrival)
            else:
                _note_line(connection, phone, text.line)
                self._take(connection, arrival)
        return receipt

    def _take(self, connection: Connection, arrival: Arrival) -> None:
        if self._intake.take(connection, arrival):
            self._jobs.enqueue_turn(connection, arrival.phone)

    @staticmethod
    def _arrival(phone: str, message_id: int, text: InboundText, sent_at: datetime) -> Arrival:
        heard = Decision(text.heard) if text.heard else None
        return Arrival(phone, message_id, text.text, sent_at, heard, text.part)

    def _record_alone(self, values: JsonObject) -> DriverRow | None:
        """Record one text. A redelivery returns no row."""
        rows = in_one_round_trip(self._engine, self._statement, self._parameters([values], wants_turn=True))
        return rows[0] if rows else None

    def _record_together(self, batch: Sequence[JsonObject]) -> list[DriverRow | None] | None:
        """Record several texts, or none if one is refused or waits for another transaction."""
        parameters = self._parameters(batch, wants_turn=True, patience=_PATIENCE)
        try:
            found = {row[0]: row for row in in_one_round_trip(self._engine, self._statement, parameters)}
        except DBAPIError:
            return None
        return [found.get(place) for place in range(len(batch))]

    def _parameters(self, batch: Sequence[JsonObject], *, wants_turn: bool, patience: int = 0) -> JsonObject:
        # all transactions lock phones in one order, so that they cannot deadlock
        places = sorted(range(len(batch)), key=lambda place: batch[place]["phone"])
        texts = [{"place": place, **batch[place]} for place in places]
        return {
            "texts": json.dumps(texts, ensure_ascii=False),
            "wants_turn": wants_turn,
            "settle": self._jobs.settle_seconds,
            "patience": str(patience),
        }

    def _values(self, phone: str, text: InboundText, later: timedelta, content: str | None) -> JsonObject:
        """What the statement records of a text, as JSON."""
        fingerprint, widths = text.fingerprint, self._widths
        if content is None:
            content = shorten(text.text, widths["content"] or len(text.text))
        has_room = len(text.modem_index or "") <= (widths["modem_index"] or 1_000)
        digest = hashlib.sha256(f"{text.gateway}\x1f{text.external_id}\x1f".encode() + fingerprint).hexdigest()
        key = network_key(phone, text.modem_timestamp, text.text, text.part)
        return {
            "gateway": text.gateway,
            "external_id": text.external_id,
            "fingerprint": fingerprint.hex(),
            "network_key": None if key is None else key.hex(),
            "phone": phone,
            "content": content,
            "whole": text.text if content != text.text else None,
            "received_at": (text.received_at + later).isoformat(),
            "modem_timestamp": None if text.modem_timestamp is None else text.modem_timestamp.isoformat(),
            "modem_index": text.modem_index if has_room and not later else None,
            # the shop may want it unique, and the same words sent twice are two texts
            "hash": digest[: widths["message_hash"]],
        }

    def _recorded(self, phone: str, text: InboundText, row: DriverRow) -> tuple[Receipt, bool]:
        """The statement's row: the receipt, and whether the phone's state needs a closer look."""
        _place, message_id, needs_look, _jobs = row
        log.debug("text received", message_id=message_id, phone=phone, gateway=text.gateway)
        return Receipt(int(message_id), is_new=True), bool(needs_look)

    def _redelivered(self, connection: Connection, phone: str, text: InboundText) -> Receipt:
        """The first delivery's row. It is committed by now, because we collided with its receipt."""
        rows = connection.exec_driver_sql(
            "select message_id, fingerprint, gateway = %(gateway)s and external_id = %(id)s as is_same_id"
            " from motabot.receipts"
            " where gateway = %(gateway)s and external_id = %(id)s or network_key = %(network_key)s"
            " order by is_same_id desc limit 1",
            {
                "gateway": text.gateway,
                "id": text.external_id,
                "network_key": network_key(phone, text.modem_timestamp, text.text, text.part),
            },
        )
        row = rows.one()
        if row.is_same_id and bytes(row.fingerprint) != text.fingerprint:
            raise DuplicateConflict
        return Receipt(int(row.message_id), is_new=False)


def _is_taken(error: DBAPIError) -> bool:
    """Whether a unique index of the shop refused the row; one of our own schema means a receipt."""
    found = error.orig.diag if isinstance(error.orig, psycopg.errors.UniqueViolation) else None
    return found is not None and found.schema_name != "motabot"


def network_key(phone: str, stamped: datetime | None, words: str, part: Part | None = None) -> bytes | None:
    """What identifies one SMS under any id: sender, words, part, and the network's stamp in seconds.

    The same words a second later are a real repetition. None if the network's stamp is not known.
    """
    if stamped is None:
        return None
    place = f"{part.number}/{part.of}" if part else ""
    return hashlib.sha256("\x1f".join((phone, str(int(stamped.timestamp())), place, words)).encode()).digest()


def _note_line(connection: Connection, phone: str, line: str | None) -> None:
    """Record which of our lines a phone writes to, so that replies leave by it."""
    if line is not None:
        connection.exec_driver_sql(
            "update motabot.phones set line = %(line)s where phone = %(phone)s and line is distinct from %(line)s",
            {"line": line, "phone": phone},
        )
