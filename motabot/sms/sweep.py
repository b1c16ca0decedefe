"""Finds texts that have no job, and enqueues their turns.

This serves an SMS layer that writes `messages` itself, and makes a lost job harmless.
"""

from __future__ import annotations

import hashlib
import time

from sqlalchemy import Connection, Engine, text

from motabot.boundary import DbRow
from motabot.customers.context import HISTORY_DAYS
from motabot.customers.phones import Consent, lock_phone
from motabot.db.queries import load_sql
from motabot.db.refusals import unless_refused
from motabot.jobs import Jobs
from motabot.logs import log
from motabot.sms import parts
from motabot.sms.arrival import Arrival, time_of
from motabot.sms.inbox import Inbox, network_key
from motabot.sms.intake import Intake
from motabot.sms.outcomes import ask_staff, close
from motabot.text.phone_numbers import phone_key, to_e164

_FIND = load_sql(__package__, "open_without_job")
#: Texts in one transaction, which holds their phones' locks: few, so that a flood does not delay anybody's STOP.
_AT_ONCE = 50
_FOUND_BY = {"most": _AT_ONCE, "history_days": HISTORY_DAYS, "window": 20_000}
#: Seconds after which the rest is left to the next run.
_LONGEST = 20.0
_SUMMARY_CHARS = 500
#: The floor stays this many rows behind the newest, for transactions that commit late with an older id.
_FLOOR_LAG = 10_000
_FLOOR = text("select max(value::bigint) from motabot.meta where key in ('watermark', 'sweep_floor')")
_RAISE_FLOOR = load_sql(__package__, "raise_sweep_floor")
_RECORD = load_sql(__package__, "record_from_table")
#: Rows of history in one transaction, and seconds after which the rest is left to the next run.
_HISTORY_AT_ONCE, _LONGEST_HISTORY = 10_000, 5.0
_HISTORY = load_sql(__package__, "close_history")
#: What an old text must contain for its consent to be read.
_OF_CONSENT = (
    r"\m(stop|unsub|opt|quit|cancel|remove|end\M|no m[aá]s|no more|alto|baja|par[ae]|det[eé]n|basta|arr[eê]t|start"
    r"|unstop|subscri|suscri|alta\M)"
)
#: Another run of the sweep, or a turn that reads the table, recorded this row meanwhile and handles it.
_IS_SEEN_TO = text("select exists (select from motabot.receipts where message_id = :id)")
_HAS_JOB = text("select exists (select from motabot.procrastinate_jobs where lock = :phone and status = 'todo')")


def sweep(engine: Engine, inbox: Inbox, jobs: Jobs, *, region: str) -> int:
    """Handle every text without a job, and return how many phones got a turn.

    Texts that no webhook recorded are read here, in order: consent is decided before any turn runs.
    """
    intake, enqueued, deadline = inbox.intake, set[str](), time.monotonic() + _LONGEST
    with engine.begin() as connection:
        for phone, reference, own_time in parts.due(connection):
            if intake.take_unfinished(connection, phone, reference, time_of(own_time)):
                enqueued |= _enqueue(connection, jobs, phone)
    while time.monotonic() < deadline:
        with engine.begin() as connection:
            rows = connection.execute(_FIND, _FOUND_BY | {"phone": None}).all()
            waiting = {
                phone_key(row.phone_number, region) for row in rows if _see_to(connection, intake, row, region)
            }
            for phone in sorted(waiting):
                enqueued |= _enqueue(connection, jobs, phone)
        if len(rows) < _AT_ONCE:
            break
    _close_history(engine, intake, region)
    with engine.begin() as connection:
        connection.execute(_RAISE_FLOOR, {"lag": _FLOOR_LAG})
        connection.execute(text("delete from motabot.turn_identity where until < now()"))
    if enqueued:
        log.info("texts without a job found", phones=len(enqueued))
    return len(enqueued)


def _close_history(engine: Engine, intake: Intake, region: str) -> None:
    """Close what was copied into the table long after it was sent, such as an import of older texts."""
    deadline, closed = time.monotonic() + _LONGEST_HISTORY, 0
    with engine.connect() as connection:
        after = connection.execute(_FLOOR).scalar_one()
    while time.monotonic() < deadline:
        values = {"after": after, "most": _HISTORY_AT_ONCE, "history_days": HISTORY_DAYS, "consent": _OF_CONSENT}
        with engine.begin() as connection:
            rows = connection.execute(_HISTORY, values).all()
            for row in rows:
                if row.content is not None:
                    arrival = Arrival(phone_key(row.phone_number, region), row.id, row.content, row.own_time)
                    intake.take_history(connection, arrival)
        if not rows:
            break
        after, closed = rows[-1].id, closed + rows[-1].many
    if closed:
        log.info("texts of long ago taken for history", texts=closed)


def read_table(engine: Engine, inbox: Inbox, phone: str, *, region: str) -> None:
    """Read what a layer wrote to the table for one phone, so that no turn answers an unread opt-out."""
    is_done = False
    while not is_done:
        with engine.begin() as connection:
            rows = connection.execute(_FIND, _FOUND_BY | {"phone": phone}).all()
            unread = [row for row in rows if not row.recorded]  # they come first
            for row in unread:
                _see_to(connection, inbox.intake, row, region)
            is_done = len(unread) < _AT_ONCE


def _see_to(connection: Connection, intake: Intake, row: DbRow, region: str) -> bool:
    """Handle one text; return whether it waits for a turn. One that a rule of the shop refuses goes to staff."""
    phone = phone_key(row.phone_number, region)
    waits, refusal = unless_refused(connection, lambda: _decide(connection, intake, row, phone, region))
    if refusal:
        summary = f"A rule of the shop's tables keeps MotaBot from handling a text; see to it by hand. {refusal}"
        _record(connection, row, phone)
        ask_staff(connection, phone, row.id, "reply refused", summary[:_SUMMARY_CHARS])
        close(connection, phone, [row.id], "a rule refused it")
    return bool(waits)


def _decide(connection: Connection, intake: Intake, row: DbRow, phone: str, region: str) -> bool:
    if row.recorded:
        locked = lock_phone(connection, phone)
        if locked.consent is Consent.OUT:
            intake.close_opted_out(connection, Arrival(phone, row.id, row.content, time_of(row.own_time)))
        return locked.consent is not Consent.OUT and locked.paused_at is None
    if not _record(connection, row, phone):
        if not connection.execute(_IS_SEEN_TO, {"id": row.id}).scalar():
            close(connection, phone, [row.id], "delivered before")
        return False
    arrival = Arrival(phone, row.id, row.content, time_of(row.own_time))
    if to_e164(row.phone_number, region) is None:
        intake.take_unanswerable(connection, arrival)
        return False
    return intake.take(connection, arrival)


def _record(connection: Connection, row: DbRow, phone: str) -> bool:
    """Record that a row was read. False for a text that is in the table twice: a SIM that was read again."""
    parameters = {
        "external_id": str(row.id),
        "fingerprint": hashlib.sha256(row.content.encode()).digest(),
        "network_key": network_key(phone, row.modem_timestamp, row.content),
        "id": row.id,
    }
    return connection.execute(_RECORD, parameters).scalar() is not None


def _enqueue(connection: Connection, jobs: Jobs, phone: str) -> set[str]:
    """Enqueue a turn, unless one waits already."""
    if connection.execute(_HAS_JOB, {"phone": phone}).scalar():
        return set()
    jobs.enqueue_turn(connection, phone)
    return {phone}
