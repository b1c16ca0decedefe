"""Puts texts into `messages` for the SMS layer to send, and takes back what may not be sent any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine

from motabot.customers.phones import lock_phone
from motabot.db.ids import NewId
from motabot.replies import Replies
from motabot.sms.consent import Decision
from motabot.text.language import detect_language


class Outbox:
    """The one writer of outbound rows."""

    def __init__(self, engine: Engine, words: Replies, shop: Mapping[str, Any], *, holds: bool) -> None:
        """
        Args:
            engine: Used once, to learn how `messages` gets its ids.
            words: The house's words, for the confirmations of STOP, START and HELP.
            shop: The shop's facts that those words mention.
            holds: Whether rows must wait unqueued while sending is off, since the SMS layer reads them itself.
        """
        self._words = words
        self._shop = shop
        self._holds = holds
        with engine.connect() as connection:
            self._new_id = NewId.of(connection, "messages")
        self._insert = (
            (Path(__file__).parent / "sql" / "queue.sql")
            .read_text(encoding="utf-8")
            .format(new_id=self._new_id.expression)
        )

    def queue(
        self,
        connection: Connection,
        phone: str,
        text: str,
        *,
        kind: Literal["reply", "consent", "outreach"] = "reply",
        not_after: datetime | None = None,
    ) -> int:
        """Insert one outbound row that may be sent now, in the caller's transaction, and return its id.

        The caller has checked consent under the phone's lock. The row spells the number as the phone's newest
        inbound row does, so that the SMS layer finds it under the spelling that it uses itself.

        Args:
            connection: The caller's transaction.
            phone: E.164.
            text: The words.
            kind: "consent" answers STOP, START or HELP and may go to a number that opted out; "outreach" is
                what the shop starts.
            not_after: When the recipient's quiet hours begin.
        """
        self._new_id.take_turn(connection)
        row = connection.exec_driver_sql(self._insert, {"phone": phone, "text": text, "holds": self._holds}).one()
        held = row.status != "queued"
        if held or kind != "reply":
            connection.exec_driver_sql(
                "insert into motabot.deliveries (message_id, phone_number, kind, not_after, held)"
                " values (%(id)s, %(phone)s, %(kind)s, %(not_after)s, %(held)s)",
                {"id": row.id, "phone": row.phone_number, "kind": kind, "not_after": not_after, "held": held},
            )
        return int(row.id)

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
                " where motabot.phone_key(phone_number::text) = %(phone)s"
                " and direction = 'outbound' and status = 'queued'",
                {"phone": phone},
            )
            _set_consent(connection, phone, "out", message_id)
            connection.exec_driver_sql(
                "update motabot.deliveries set next_attempt_at = null, held = false, dead = true,"
                " reason = 'the number opted out'"
                " where motabot.phone_key(phone_number) = %(phone)s and (next_attempt_at is not null or held)",
                {"phone": phone},
            )
            self.queue(connection, phone, self._words.say("stopped", language, shop=self._shop), kind="consent")
        elif decision is Decision.START:
            _set_consent(connection, phone, "in", message_id)
            self.queue(connection, phone, self._words.say("started", language, shop=self._shop), kind="consent")
        elif decision is Decision.HELP:
            self.queue(connection, phone, self._words.say("help", language, shop=self._shop), kind="consent")


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
