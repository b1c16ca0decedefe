"""Texts that the shop starts: each waits for its time, and goes out only if the number may be texted then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine

from motabot.boundary import Cell
from motabot.customers.phones import Consent, lock_phone
from motabot.db.audit import record
from motabot.db.queries import driver_sql
from motabot.db.refusals import unless_refused
from motabot.errors import OutreachRefused
from motabot.logs import log
from motabot.settings import Settings
from motabot.sms.outbox import Outbox
from motabot.sms.quiet_hours import QuietHours, is_texan, window, zones_of
from motabot.text.gsm7 import count, to_gsm7

_DUE = (
    "select id, phone, content from motabot.scheduled where settled_at is null and due_at <= %(now)s"
    " order by due_at, id limit 200 for update skip locked"
)
_RETRACT = driver_sql(__package__, "retract")
_REACH = "select reach from motabot.phones where phone = %(phone)s"
#: What carriers say about numbers that no text can reach.
_NEVER_REACHED = ("unknown number", "landline")
_STATE = (
    "select state from public.customers"
    " where motabot.phone_key(phone::text) = %(phone)s and state is not null limit 1"
)
#: How old "now" may be by the time it is read.
_JUST_NOW = timedelta(minutes=2)


def refuse_the_past(at: datetime | None) -> None:
    """Refuse a time in the past, instead of texting at once.

    Raises:
        OutreachRefused: It is in the past.
    """
    if at is not None and at < datetime.now(UTC) - _JUST_NOW:
        raise OutreachRefused(f"{at:%Y-%m-%d %H:%M} is in the past; name a later time, or none to text now.")


class Outreach:
    """Schedules texts and queues them when they are due."""

    def __init__(self, engine: Engine, outbox: Outbox, settings: Settings) -> None:
        self._engine = engine
        self._outbox = outbox
        self._settings = settings
        self._hours = QuietHours(settings.outreach_from, settings.outreach_until)

    def schedule(
        self, connection: Connection, phone: str, words: str, *, by: str, at: datetime | None = None
    ) -> tuple[int, datetime]:
        """Schedule a text that the shop starts, in the caller's transaction.

        Args:
            connection: The caller's transaction.
            phone: E.164.
            words: The text; plain forms replace typographic ones.
            by: Who writes.
            at: Not before then; None: as soon as it is day where the recipient is.

        Returns:
            The scheduled text's id, and when it may go out.

        Raises:
            OutreachRefused: The number opted out, or the words are empty or too long.
        """
        words = to_gsm7(words).strip()
        segments = count(words) if words else 0
        if not 1 <= segments <= self._settings.max_segments:
            raise OutreachRefused(
                f"The text has {segments} segments; it must have 1 to {self._settings.max_segments}."
            )
        if lock_phone(connection, phone).consent is Consent.OUT:
            raise OutreachRefused("This number opted out of texts; only its own START changes that.")
        due = self.due(connection, phone, at)
        scheduled = connection.exec_driver_sql(
            "insert into motabot.scheduled (phone, content, due_at, created_by)"
            " values (%(phone)s, %(words)s, %(due)s, %(by)s) returning id",
            {"phone": phone, "words": words, "due": due, "by": by},
        ).scalar_one()
        record(
            connection,
            actor=by,
            action="text.schedule",
            arguments={"phone": phone, "due_at": due.isoformat()},
            before={},
            after={"scheduled": scheduled},
        )
        return int(scheduled), due

    def due(self, connection: Connection, phone: str, at: datetime | None = None) -> datetime:
        """When a text may go out to a phone: `at` or now if it is day there, or when day breaks.

        Args:
            connection: A transaction.
            phone: E.164.
            at: Not before then; None: now.
        """
        return self._window(connection, phone, at or datetime.now(UTC))[0]

    def run(self, now: datetime | None = None) -> int:
        """Queue what is due and may go out, and return how many texts were settled, including dropped ones."""
        now = now or datetime.now(UTC)
        with self._engine.begin() as connection:
            connection.exec_driver_sql(_RETRACT, {"now": now})
            rows = connection.exec_driver_sql(_DUE, {"now": now}).all()
            for row in rows:
                self._settle(connection, row, now)
        if rows:
            log.info("scheduled texts settled", texts=len(rows))
        return len(rows)

    def _settle(self, connection: Connection, row: Cell, now: datetime) -> None:
        if lock_phone(connection, row.phone).consent is Consent.OUT:
            self._note(connection, row.id, dropped="the number opted out")
            return
        reach = connection.exec_driver_sql(_REACH, {"phone": row.phone}).scalar()
        if reach in _NEVER_REACHED:
            self._note(connection, row.id, dropped=f"the carrier says: {reach}")
            return
        start, end = self._window(connection, row.phone, now)
        if start > now:
            connection.exec_driver_sql(
                "update motabot.scheduled set due_at = %(due)s where id = %(id)s", {"due": start, "id": row.id}
            )
            return
        message_id, refusal = unless_refused(
            connection,
            lambda: self._outbox.queue(connection, row.phone, row.content, kind="outreach", not_after=end),
        )
        dropped = f"a rule of the table messages refuses it: {refusal}" if refusal else None
        self._note(connection, row.id, message_id=message_id, dropped=dropped)

    @staticmethod
    def _note(
        connection: Connection, scheduled: int, *, message_id: int | None = None, dropped: str | None = None
    ) -> None:
        connection.exec_driver_sql(
            "update motabot.scheduled set settled_at = now(), message_id = %(message_id)s, dropped = %(dropped)s"
            " where id = %(id)s",
            {"id": scheduled, "message_id": message_id, "dropped": dropped},
        )

    def _window(self, connection: Connection, phone: str, now: datetime) -> tuple[datetime, datetime]:
        state = connection.exec_driver_sql(_STATE, {"phone": phone}).scalar()
        zones = zones_of(phone, state, self._settings.timezone)
        sundays = now.weekday() in (5, 6, 0) and is_texan(phone, state)  # UTC's day is not the recipient's
        return window(now, zones, self._hours, noon_on_sundays=sundays)
