"""Exports all that is known of a number, or erases it.

What must survive an erasure survives without the person: transactions, which the law on cannabis wants kept, stay
under a member id that leads to nobody; and of a number that opted out just that stays, or the next text to it
would break the word that was given.
"""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from motabot.boundary import JsonObject
from motabot.customers.phones import Consent, lock_phone
from motabot.db import shape
from motabot.db.audit import record
from motabot.db.refusals import explain, is_refused
from motabot.db.tables import crm
from motabot.errors import MotaBotError
from motabot.logs import log


class EraseRefused(MotaBotError):
    """A rule of the shop's tables refuses the erasure; nothing was erased."""

    status = 409


_BY_NUMBER = "motabot.phone_key(cast(phone_number as text)) = :phone"
_CUSTOMER = "(select member_id from public.customers where motabot.phone_key(cast(phone as text)) = :phone)"
_TURN = "(select id from motabot.turns where phone = :phone)"
_MESSAGE = "(select id from public.messages where motabot.phone_key(cast(phone_number as text)) = :phone)"

#: Every table that knows a number, and which of its rows do. A test looks for the number in all other tables.
_ROWS: dict[str, str] = {
    "public.customers": "motabot.phone_key(cast(phone as text)) = :phone",
    "public.customer_visit_patterns": f"customer_id in {_CUSTOMER}",
    "public.customer_product_affinity": f"customer_id in {_CUSTOMER}",
    "public.transactions": f"customer_id in {_CUSTOMER}",
    "public.transaction_items": (
        f"transaction_id in (select transaction_id from public.transactions where customer_id in {_CUSTOMER})"
    ),
    "public.leads": f"{_BY_NUMBER} or customer_id in {_CUSTOMER}",
    "public.messages": _BY_NUMBER,
    "motabot.tool_calls": f"turn_id in {_TURN}",
    "motabot.turns": "phone = :phone",
    "motabot.answered": _BY_NUMBER,
    "motabot.receipts": f"message_id in {_MESSAGE}",
    "motabot.parts": "phone = :phone",
    "motabot.long_texts": "phone = :phone",
    "motabot.deliveries": _BY_NUMBER,
    "motabot.scheduled": "phone = :phone",
    "motabot.handoffs": "phone = :phone",
    "motabot.consents": "phone = :phone",
    "motabot.turn_identity": "phone = :phone",
    "motabot.duplicates": "phone = :phone",
    "motabot.procrastinate_jobs": "lock = :phone",
    "motabot.actions": "concat(arguments, facts, result) ~ :written",
    "motabot.chat_messages": "content ~ :written or cast(answer as text) ~ :written",
    "motabot.audit": "cast(arguments as text) ~ :written or cast(after as text) ~ :written",
    "motabot.phones": "phone = :phone",
}
#: Of no use to a person who asks, and in part secret.
_NOT_EXPORTED = {"motabot.turn_identity", "motabot.procrastinate_jobs"}

#: In this order: what finds its rows through others comes before them.
_ERASE: tuple[tuple[str, str], ...] = (
    ("motabot.receipts", f"delete from motabot.receipts where {_ROWS['motabot.receipts']}"),
    *(
        (table, f"delete from {table} where {_ROWS[table]}")
        for table in (
            "motabot.tool_calls",
            "motabot.handoffs",
            "motabot.answered",
            "motabot.turns",
            "motabot.deliveries",
            "motabot.parts",
            "motabot.long_texts",
            "motabot.scheduled",
            "motabot.consents",
            "motabot.turn_identity",
            "public.messages",
        )
    ),
    (
        "motabot.procrastinate_jobs",
        "delete from motabot.procrastinate_jobs where lock = :phone and status <> 'doing'",
    ),
    ("motabot.actions", f"delete from motabot.actions where {_ROWS['motabot.actions']}"),
    ("motabot.chat_messages", f"delete from motabot.chat_messages where {_ROWS['motabot.chat_messages']}"),
    (
        "motabot.audit",
        "update motabot.audit"
        " set arguments = cast(regexp_replace(cast(arguments as text), :written, 'erased', 'g') as jsonb),"
        " after = cast(regexp_replace(cast(after as text), :written, 'erased', 'g') as jsonb)"
        f" where {_ROWS['motabot.audit']}",
    ),
    ("motabot.duplicates", "update motabot.duplicates set phone = 'erased ' || id where phone = :phone"),
    ("public.leads", f"delete from public.leads where {_ROWS['public.leads']}"),
)
#: The shop's own tables that must not know a number after an erasure. A customer's row stays, without the number.
_MUST_BE_GONE: Final = ("public.messages", "public.leads", "public.customers")


def _parameters(phone: str) -> dict[str, str]:
    """The number, and a pattern that finds it in words however its digits are set apart."""
    digits = "[ ().-]{0,3}".join(re.sub("[^0-9]", "", phone))
    return {"phone": phone, "written": rf"\+?{digits}(?![0-9])" if digits else "(?!)"}


def export(connection: Connection, phone: str) -> dict[str, list[JsonObject]]:
    """Everything that is kept of a number, by table; tables that know nothing of it are left out."""
    found = {}
    for table, condition in _ROWS.items():
        if table in _NOT_EXPORTED:
            continue
        rows = connection.execute(
            text(f"select to_jsonb(t.*) from {table} t where {condition}"), _parameters(phone)
        )
        values = list(rows.scalars())
        if values:
            found[table] = values
    return found


def own_columns(connection: Connection) -> dict[str, list[str]]:
    """Columns of the nine tables that the shop added itself, by table. Neither export nor erase can judge them."""
    found: dict[str, list[str]] = {}
    for table, columns in shape.columns(connection).items():
        known = {column.name for column in crm.tables[f"public.{table}"].columns}
        if own := [name for name in columns if name not in known]:
            found[f"public.{table}"] = own
    return found


def note_export(connection: Connection, phone: str, by: str) -> None:
    """Audit that somebody was given everything that is kept of a number."""
    record(connection, actor=by, action="privacy.export", arguments={"phone": phone}, before={}, after={})


def erase(connection: Connection, phone: str, by: str) -> dict[str, int]:
    """Forget a number, in the caller's transaction.

    Args:
        connection: A transaction.
        phone: E.164.
        by: Who does it, for the audit, which notes no number.

    Returns:
        How many rows were changed or deleted, by table.

    Raises:
        EraseRefused: A rule of the shop's tables keeps a row; the message names it. The caller rolls back.
    """
    opted_out = lock_phone(connection, phone).consent is Consent.OUT
    changed = {}
    for table, statement in (*_ERASE, ("public.customers", _anonymize(connection))):
        try:
            rows = connection.execute(text(statement), _parameters(phone)).rowcount
        except DBAPIError as error:
            if not is_refused(error):
                raise
            raise EraseRefused(f"{table} refuses the erasure, and nothing was erased: {explain(error)}") from error
        if rows:
            changed[table] = rows
    _require_gone(connection, phone)
    if opted_out:
        kept = connection.execute(
            text("delete from motabot.phones where phone = :phone returning consent_at"),
            {"phone": phone},
        ).scalar()
        connection.execute(
            text("insert into motabot.phones (phone, consent, consent_at) values (:phone, 'out', :at)"),
            {"phone": phone, "at": kept},
        )
    else:
        connection.execute(text("delete from motabot.phones where phone = :phone"), {"phone": phone})
        changed["motabot.phones"] = 1
    record(connection, actor=by, action="privacy.erase", arguments={}, before={}, after=changed)
    return changed


def _anonymize(connection: Connection) -> str:
    """The statement that takes the person out of a customer's row, with the parameter `phone`."""
    values = shape.nobody(shape.columns(connection)["customers"])
    return (
        f"update public.customers set {values}, updated_at = now()"
        " where motabot.phone_key(cast(phone as text)) = :phone"
    )


def _require_gone(connection: Connection, phone: str) -> None:
    """Check that triggers and rules of the shop's have let the rows go.

    Raises:
        EraseRefused: They have not.
    """
    for table in _MUST_BE_GONE:
        counted = f"select count(*) from {table} where {_ROWS[table]}"
        kept = connection.execute(text(counted), _parameters(phone)).scalar_one()
        if kept:
            raise EraseRefused(
                f"A trigger or rule of {table} keeps {kept} row(s) of this number, and nothing was erased:"
                " ask the table's owner to let MotaBot's login delete and change them"
            )


_OLD: tuple[tuple[str, str], ...] = (
    ("motabot.turns", "delete from motabot.turns where finished_at < {limit}"),
    (
        "motabot.receipts",
        # a redelivery comes within days; the row keeps no words, only their hash
        "delete from motabot.receipts where received_at < {limit}",
    ),
    (
        "motabot.deliveries",
        "delete from motabot.deliveries d using public.messages m where m.id = d.message_id"
        " and m.phone_number = d.phone_number and m.timestamp < {limit} and m.status <> 'queued'"
        " and d.next_attempt_at is null and not d.held",
    ),
    ("motabot.chat_messages", "delete from motabot.chat_messages where at < {limit}"),
    ("motabot.actions", "delete from motabot.actions where created_at < {limit}"),
    ("motabot.scheduled", "delete from motabot.scheduled where settled_at < {limit}"),
    ("motabot.handoffs", "delete from motabot.handoffs where resolved_at < {limit}"),
    (
        "motabot.long_texts",
        "delete from motabot.long_texts l where l.kept_at < {limit}"
        " and not exists (select from public.messages m where m.id = l.message_id)",
    ),
)
_OLD_MESSAGES = (
    "delete from public.messages m where m.timestamp < {limit} and m.status not in ('queued', 'unread')"
    " and (m.direction = 'outbound' or exists (select from motabot.answered a"
    " where a.message_id = m.id and a.phone_number = m.phone_number))"
)


def retain(engine: Engine, *, trace_days: int, message_days: int | None) -> dict[str, int]:
    """Delete what is older than the shop keeps it; returns how many rows, by table.

    Args:
        engine: The service's own.
        trace_days: Days for our own notes: turns and their lookups, receipts, settled sendings.
        message_days: Days for `messages` itself; None: the shop keeps them as long as it likes.
    """
    deleted: dict[str, int] = {}

    def run(table: str, statement: str, days: int) -> None:
        with engine.begin() as connection:
            limit = "now() - make_interval(days => :days)"
            rows = connection.execute(text(statement.format(limit=limit)), {"days": days}).rowcount
        if rows:
            deleted[table] = rows

    for table, statement in _OLD:
        run(table, statement, trace_days)
    if message_days is not None:
        run("public.messages", _OLD_MESSAGES, message_days)
    if deleted:
        log.info("old rows deleted", **{table.replace(".", "_"): rows for table, rows in deleted.items()})
    return deleted
