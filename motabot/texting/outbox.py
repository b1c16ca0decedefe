"""Puts texts into `messages` for the SMS layer to send, and takes back what may not be sent any more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine

from motabot.agent.words import Words, detect_language
from motabot.db.ids import NewId
from motabot.texting.consent import Decision


class Outbox:
    """The one writer of outbound rows."""

    def __init__(self, engine: Engine, words: Words, shop: Mapping[str, Any]) -> None:
        """
        Args:
            engine: Used once, to learn how `messages` gets its ids.
            words: The house's words, for the confirmations of STOP, START and HELP.
            shop: The shop's facts that those words mention.
        """
        self._words = words
        self._shop = shop
        with engine.connect() as connection:
            self._new_id = NewId.of(connection, "messages")

    def queue(self, connection: Connection, phone: str, text: str) -> int:
        """Insert one outbound row that may be sent now, in the caller's transaction, and return its id.

        The caller has checked consent under the phone's lock.
        """
        self._new_id.take_turn(connection)
        inserted = connection.exec_driver_sql(
            'insert into public.messages (id, phone_number, content, "timestamp", status, direction, updated_at,'
            f" retry_count) overriding system value values ({self._new_id.expression}, %(phone)s, %(text)s, now(),"
            " 'queued', 'outbound', now(), 0) returning id",
            {"phone": phone, "text": text},
        )
        return int(inserted.scalar_one())

    def heed(self, connection: Connection, phone: str, message_id: int, text: str, decision: Decision) -> None:
        """Carry out what a text says about consent, in the caller's transaction.

        STOP fails whatever is queued to the number and sends one confirmation; a number that is opted out
        already gets none. START and HELP are answered whatever the state. Anything else is only kept.
        """
        was = lock_phone(connection, phone).consent
        language = detect_language(text)
        if decision is Decision.STOP and was != "out":
            connection.exec_driver_sql(
                "update public.messages set status = 'failed', updated_at = now()"
                " where phone_number = %(phone)s and direction = 'outbound' and status = 'queued'",
                {"phone": phone},
            )
            _set_consent(connection, phone, "out", message_id)
            connection.exec_driver_sql(
                "update motabot.deliveries set next_attempt_at = null, dead = true,"
                " reason = 'the number opted out' where phone_number = %(phone)s and next_attempt_at is not null",
                {"phone": phone},
            )
            self._confirm(connection, phone, self._words.say("stopped", language, shop=self._shop))
        elif decision is Decision.START:
            _set_consent(connection, phone, "in", message_id)
            self._confirm(connection, phone, self._words.say("started", language, shop=self._shop))
        elif decision is Decision.HELP:
            self._confirm(connection, phone, self._words.say("help", language, shop=self._shop))

    def _confirm(self, connection: Connection, phone: str, text: str) -> None:
        """Queue what may go to a number that opted out, and note that it may."""
        message_id = self.queue(connection, phone, text)
        connection.exec_driver_sql(
            "insert into motabot.deliveries (message_id, phone_number, kind)"
            " values (%(id)s, %(phone)s, 'consent')",
            {"id": message_id, "phone": phone},
        )


def lock_phone(connection: Connection, phone: str) -> Any:
    """Take the phone's row lock, which every decision about the phone is made under.

    Returns:
        The row: `consent`, `paused_at`, `greeted_at`.
    """
    connection.exec_driver_sql(
        "insert into motabot.phones (phone) values (%(phone)s) on conflict do nothing", {"phone": phone}
    )
    return connection.exec_driver_sql(
        "select consent, paused_at, greeted_at from motabot.phones where phone = %(phone)s for update",
        {"phone": phone},
    ).one()


def _set_consent(connection: Connection, phone: str, decision: str, message_id: int) -> None:
    connection.exec_driver_sql(
        "update motabot.phones set consent = %(decision)s, consent_at = now() where phone = %(phone)s",
        {"phone": phone, "decision": decision},
    )
    connection.exec_driver_sql(
        "insert into motabot.consents (phone, decision, message_id, source)"
        " values (%(phone)s, %(decision)s, %(message_id)s, 'text')",
        {"phone": phone, "decision": decision, "message_id": message_id},
    )
