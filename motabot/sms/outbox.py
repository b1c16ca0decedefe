"""Puts texts into `messages` for the SMS layer to send, and takes back what may no longer be sent."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Engine

from motabot.db import blanks, shape
from motabot.db.ids import NewId
from motabot.db.queries import driver_sql
from motabot.db.widths import width
from motabot.text.cut import divide

#: Why a text is sent: a reply, the answer to STOP, START or HELP, or outreach.
Kind = Literal["reply", "consent", "outreach"]


class Outbox:
    """The only writer of outbound rows."""

    def __init__(self, engine: Engine, *, holds: bool) -> None:
        """
        Args:
            engine: Used once, to learn how `messages` gets its ids.
            holds: Whether rows must wait unqueued while sending is off, because the SMS layer reads them itself.
        """
        self._holds = holds
        with engine.connect() as connection:
            self._new_id = NewId.of(connection, "messages")
            self._width = width(connection, "messages", "content")
            messages = shape.columns(connection)["messages"]
        others = blanks.of_replies(messages)
        self._insert = driver_sql(__package__, "queue").format(
            new_id=self._new_id.expression,
            status=messages["status"].type,  # an enum takes no expression of text
            columns="".join(f"{name}, " for name in others),
            values="".join(f"{value}, " for value in others.values()),
        )

    def queue(
        self,
        connection: Connection,
        phone: str,
        text: str,
        *,
        kind: Kind = "reply",
        not_after: datetime | None = None,
    ) -> int:
        """Insert an outbound row that may be sent now, in the caller's transaction, and return its id.

        A text that is longer than the shop's column goes out as several rows; the id is that of the first one.
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
        first, *others = divide(text, self._width) if self._width else [text]
        made = self._insert_row(connection, phone, first, kind, not_after)
        for piece in others:
            self._insert_row(connection, phone, piece, kind, not_after)
        return made

    def _insert_row(
        self, connection: Connection, phone: str, text: str, kind: Kind, not_after: datetime | None
    ) -> int:
        self._new_id.take_turn(connection)
        values = {"phone": phone, "text": text, "holds": self._holds, "kind": kind, "not_after": not_after}
        return int(connection.exec_driver_sql(self._insert, values).scalar_one())
