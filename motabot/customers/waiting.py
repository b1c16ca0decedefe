"""What waits to be sent to a number, and how it is taken back."""

from __future__ import annotations

from sqlalchemy import Connection


def retract(connection: Connection, phone: str, reason: str) -> None:
    """Fail whatever waits to be sent to a number, in the caller's transaction, and record why."""
    connection.exec_driver_sql(
        "update public.messages set status = 'failed', updated_at = now()"
        " where motabot.phone_key(phone_number::text) = %(phone)s"
        " and direction = 'outbound' and status = 'queued'",
        {"phone": phone},
    )
    connection.exec_driver_sql(
        "update motabot.deliveries set next_attempt_at = null, held = false, dead = true, reason = %(reason)s"
        " where motabot.phone_key(phone_number) = %(phone)s and (next_attempt_at is not null or held)",
        {"phone": phone, "reason": reason},
    )


def drop_scheduled(connection: Connection, phone: str, reason: str) -> None:
    """Drop what is scheduled to be sent to a number, in the caller's transaction, and record why."""
    connection.exec_driver_sql(
        "update motabot.scheduled set settled_at = now(), dropped = %(reason)s"
        " where phone = %(phone)s and settled_at is null",
        {"phone": phone, "reason": reason},
    )
