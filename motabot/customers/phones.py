"""What a person decides about a phone: who answers it, and whose number it is. Each holds the phone's lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from motabot.boundary import Json, JsonObject
from motabot.customers.waiting import drop_scheduled, retract
from motabot.db.audit import record
from motabot.db.queries import load_sql
from motabot.db.refusals import unless_refused
from motabot.errors import OutreachRefused

_RESUME = load_sql(__package__, "resume")
_CLOSE_BEFORE = load_sql(__package__, "close_before")
_CHANGED_HANDS = "the number changed hands"
_NEW_LEAD = (
    "update public.leads set customer_id = null, lead_status = 'new', conversation_stage = 'greeting',"
    " conversion_probability = 0.1, last_message = null, updated_at = now()"
    " where motabot.phone_key(phone_number::text) = %(phone)s"
)


class Consent(StrEnum):
    """Whether a number may be texted: OUT after STOP, IN after START or a recorded opt-in."""

    UNKNOWN = "unknown"
    IN = "in"
    OUT = "out"


class Age(StrEnum):
    """What a number's writer said of their age: ASKED is not answered yet, UNDER is under 21."""

    UNKNOWN = "unknown"
    ASKED = "asked"
    AFFIRMED = "affirmed"
    UNDER = "under"


@dataclass(frozen=True)
class LockedPhone:
    """What is noted of a phone, read under its row lock.

    Attributes:
        consent: Whether it may be texted.
        paused_at: Since when a person has taken over; None while the bot answers.
        greeted_at: When the number was told that a bot writes.
    """

    consent: Consent
    paused_at: datetime | None
    greeted_at: datetime | None


def lock_phone(connection: Connection, phone: str) -> LockedPhone:
    """Take the phone's row lock, which every decision about the phone is made under.

    STOP, pause and claim take the same lock, so what is read here holds until the caller's transaction ends.
    """
    connection.exec_driver_sql(
        "insert into motabot.phones (phone) values (motabot.phone_key(%(phone)s)) on conflict do nothing",
        {"phone": phone},
    )
    row = connection.exec_driver_sql(
        "select consent, paused_at, greeted_at from motabot.phones"
        " where phone = motabot.phone_key(%(phone)s) for update",
        {"phone": phone},
    ).one()
    return LockedPhone(Consent(row.consent), row.paused_at, row.greeted_at)


def pause(connection: Connection, phone: str, by: str) -> bool:
    """Silence the bot for a phone: its texts wait for people from now on. False when it was silent already."""
    if lock_phone(connection, phone).paused_at is not None:
        return False
    _change(
        connection, phone, by, "phone.pause", "update motabot.phones set paused_at = now(), paused_by = %(by)s"
    )
    return True


def resume(connection: Connection, phone: str, by: str) -> bool:
    """Hand a phone back to the bot. What came in since then counts as answered by people, and so do its hand-offs.

    Returns:
        False when the bot was not silent.
    """
    if lock_phone(connection, phone).paused_at is None:
        return False
    _change(
        connection,
        phone,
        by,
        "phone.resume",
        "update motabot.phones set paused_at = null, paused_by = null, resumed_at = now()",
    )
    connection.execute(_RESUME, {"phone": phone, "by": by})
    return True


def unlink(connection: Connection, phone: str, by: str, *, message_id: int = 0) -> str:
    """The number changed hands: nothing from before belongs to who has it now.

    Neither a customer's facts nor the old conversation are used any more, consent that was given counts no
    longer (a STOP stays), and age and disclosure start over. What waits to be sent was written to the former owner
    and is taken back; what the former owner wrote and nobody answered is closed. The shop's own rows about the
    former owner stay as they are, except the lead, which is a row of the number and starts over.

    Args:
        connection: The caller's transaction.
        phone: The number as `messages` has it.
        by: Who says so.
        message_id: The new owner's text that says so, which is not closed here.

    Returns:
        What refuses to change the lead or a row that waits, which stays as it is then; empty if nothing does.
    """
    lock_phone(connection, phone)
    _change(
        connection,
        phone,
        by,
        "phone.unlink",
        "update motabot.phones set unlinked_at = now(), unlinked_by = %(by)s, greeted_at = null, age = 'unknown',"
        " age_at = null, consent = case consent when 'in' then 'unknown' else consent end",
    )
    connection.execute(_CLOSE_BEFORE, {"phone": phone, "keep": message_id})
    drop_scheduled(connection, phone, _CHANGED_HANDS)
    _none, kept = unless_refused(connection, lambda: retract(connection, phone, _CHANGED_HANDS))
    _count, refusal = unless_refused(
        connection, lambda: connection.exec_driver_sql(_NEW_LEAD, {"phone": phone}).rowcount
    )
    return refusal or kept


def link(connection: Connection, phone: str, by: str) -> None:
    """Undo an `unlink`: the number is its customer's again, and its lead is linked with the next text."""
    lock_phone(connection, phone)
    _change(
        connection,
        phone,
        by,
        "phone.link",
        "update motabot.phones set unlinked_at = null, unlinked_by = null",
    )


def opt_in(connection: Connection, phone: str, by: str, source: str) -> bool:
    """Note a consent to the shop's own texts that was given elsewhere. False when it was noted already.

    Raises:
        OutreachRefused: The number opted out; only its own START changes that.
    """
    consent = lock_phone(connection, phone).consent
    if consent is Consent.OUT:
        raise OutreachRefused(f"{phone} opted out of texts; only its own START changes that.")
    if consent is Consent.IN:
        return False
    _change(
        connection,
        phone,
        by,
        "phone.opt_in",
        "update motabot.phones set consent = 'in', consent_at = now()",
    )
    connection.exec_driver_sql(
        "insert into motabot.consents (phone, decision, source) values (%(phone)s, 'in', %(source)s)",
        {"phone": phone, "source": source},
    )
    return True


def set_age(connection: Connection, phone: str, by: str, *, is_adult: bool) -> None:
    """Note what a person knows of somebody's age, whatever was said in texts."""
    lock_phone(connection, phone)
    _change(
        connection,
        phone,
        by,
        "phone.age",
        "update motabot.phones set age = %(age)s, age_at = now()",
        age=(Age.AFFIRMED if is_adult else Age.UNDER).value,
    )


def note_written(connection: Connection, phone: str, by: str, message_id: int) -> None:
    """Audit that a person wrote to a phone, and settle what waits there for one."""
    record(
        connection, actor=by, action="phone.write", arguments={"phone": phone}, before={}, after={"id": message_id}
    )
    connection.exec_driver_sql(
        "update motabot.handoffs set resolved_at = now(), resolved_by = %(by)s"
        " where phone = %(phone)s and resolved_at is null",
        {"phone": phone, "by": by},
    )


def show(connection: Connection, phone: str) -> JsonObject | None:
    """What is noted of a phone; None when nothing is."""
    row = connection.exec_driver_sql(
        "select p.phone, p.consent, p.consent_at, p.paused_at, p.paused_by, p.greeted_at, p.age, p.unlinked_at,"
        " p.reach, p.reach_at,"
        " (select count(*) from motabot.handoffs h where h.phone = p.phone and h.resolved_at is null)"
        " as open_handoffs from motabot.phones p where p.phone = %(phone)s",
        {"phone": phone},
    ).one_or_none()
    return None if row is None else dict(row._mapping)


def _change(connection: Connection, phone: str, by: str, action: str, update: str, **values: object) -> None:
    """Update the phone's row and audit it, before and after."""
    before = show(connection, phone)
    connection.exec_driver_sql(f"{update} where phone = %(phone)s", {"phone": phone, "by": by, **values})
    after = show(connection, phone)
    assert before is not None
    assert after is not None
    changed = [key for key in before if before[key] != after[key]]
    record(
        connection,
        actor=by,
        action=action,
        arguments={"phone": phone},
        before={key: _plain(before[key]) for key in changed},
        after={key: _plain(after[key]) for key in changed},
    )


def _plain(value: Json) -> Json:
    return value.isoformat() if hasattr(value, "isoformat") else value
