"""Closes texts that no turn answers, with a recorded reason, and with a hand-off if a person must look."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from motabot.db.queries import driver_sql

#: Why staff must look at a text. `motabot.sms.notify` gives each its subject.
Reason = Literal[
    "late",
    "changed hands",
    "waiting",
    "asks to stop",
    "asks more",
    "text wishes",
    "reply refused",
    "loop",
    "emergency",
]

_HANDOFF = driver_sql(__package__, "hand_off")


def close(connection: Connection, phone: str, message_ids: list[int], reason: str) -> None:
    """Mark texts as needing no (further) answer, with the reason. Texts that are already closed do not change."""
    connection.exec_driver_sql(
        "insert into motabot.answered (message_id, phone_number, reason)"
        " select m.id, m.phone_number, %(reason)s from public.messages m where m.id = any(%(ids)s)"
        " and motabot.phone_key(m.phone_number::text) = %(phone)s on conflict do nothing",
        {"ids": message_ids, "phone": phone, "reason": reason},
    )


def ask_staff(
    connection: Connection, phone: str, message_id: int, reason: Reason, summary: str, *, is_urgent: bool = False
) -> None:
    """Hand a text to staff with a notice; not again for the same phone and reason within half an hour."""
    connection.exec_driver_sql(
        _HANDOFF,
        {"phone": phone, "reason": reason, "summary": summary, "message_id": message_id, "is_urgent": is_urgent},
    )
