"""Tries every kind of write to the shop's tables and takes it back.

A catalog does not say what a CHECK constraint, a domain or a trigger thinks of a value. So each write that MotaBot
makes is made once, on its own rows or on some customer's, in a transaction that is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from motabot.db import blanks, policies, shape
from motabot.db.ids import INTEGERS, NewId
from motabot.db.narrow import suspects
from motabot.db.refusals import explain, is_own_right, is_refused
from motabot.db.tables import crm
from motabot.db.widths import width

#: A number of the range that no network hands out.
_PHONE: Final = "+12025550199"
#: As long as E.164 allows.
_LONGEST_PHONE: Final = "+999123456789012"
#: Nobody waits longer than this for a row that is tried.
_LOCK_TIMEOUT: Final = "2s"
#: What a person must know who changes the type of a column.
VIEWS_FIRST: Final = (
    "MotaBot's views hold the column: run `motabot db detach` before, and after the change `motabot db init`,"
    " which makes them again"
)
#: As long as ten SMS, which phones let people write.
_LONG: Final = 1_600
#: The server's function that refuses to update or delete rows of a published table that cannot be told apart.
_IDENTITY: Final = "CheckCmdReplicaIdentity"
#: A column that the table computes itself.
_COMPUTED: Final = "428C9"
#: A unique index has the value already.
_TAKEN: Final = "23505"
_STATUSES: Final = ("new", "contacted", "qualified", "converted", "lost")
_STAGES: Final = ("greeting", "discovery", "recommendation", "follow_up", "closed")
_TIERS: Final = ("New", "Casual", "Regular", "VIP")
_RISKS: Final = ("Low", "Medium", "High")


@dataclass(frozen=True)
class _Try:
    """A write. Where one fails, the later ones of its group are not tried.

    Attributes:
        purpose: What it is, in words.
        statement: It must find or change a row, unless `may_find_none`.
    """

    table: str
    purpose: str
    statement: str
    may_find_none: bool = True


def refused_writes(engine: Engine) -> list[str]:
    """The writes that a rule of a table refuses, each with its cure; empty when all of them work."""
    problems = []
    with engine.connect() as connection:
        found = shape.columns(connection)
        if len(found) < len(crm.tables):
            return []  # `db init` makes the rest
        connection.exec_driver_sql(f"set local lock_timeout = '{_LOCK_TIMEOUT}'")
        hidden = policies.hidden_from_login(connection)
        for group in _GROUPS:
            tried = connection.begin_nested()
            for each in group(connection, found):
                if any(f"public.{table} " in each.statement for table in hidden):
                    break  # until the policy is there, that alone is what is wrong
                problem = _problem(connection, each)
                if problem is not None:
                    problems += [problem] if problem else []
                    break
            if tried.is_active:
                tried.rollback()
        connection.rollback()
    return problems


def _problem(connection: Connection, each: _Try) -> str | None:
    """What is wrong; empty if that cannot be told, because a row is held or a right is missing."""
    try:
        with connection.begin_nested():
            changed = connection.exec_driver_sql(each.statement).rowcount
            connection.exec_driver_sql("set constraints all immediate")
    except DBAPIError as error:
        told_apart = is_own_right(error, each.table)
        is_taken = getattr(error.orig, "sqlstate", None) == _TAKEN
        if told_apart or not (is_refused(error) or is_taken):
            return ""
        columns = suspects(connection, error, [each.table])
        said = explain(error) + (f" ({' or '.join(columns)})" if columns else "")
        return f"public.{each.table} refuses {each.purpose}: {said}. {_cure(each.table, error)}"
    if not changed and not each.may_find_none:
        return (
            f"public.{each.table} does not keep {each.purpose}: a trigger or rule drops or changes it. Ask the"
            " table's owner to let MotaBot's login write there"
        )
    return None


def _cure(table: str, error: DBAPIError) -> str:
    assert isinstance(error.orig, psycopg.Error)
    diagnosis, code = error.orig.diag, error.orig.sqlstate
    ask = "Ask the table's owner to"
    if code == "23502":
        column = diagnosis.column_name
        return f'{ask} run: alter table public.{table} alter column "{column}" set default ..., or drop not null'
    if code == "23514" and diagnosis.constraint_name:
        return f"{ask} let the rule {diagnosis.constraint_name} allow it"
    if code == "22P02":
        return f"{ask} add the value: alter type ... add value '...'"
    if code == _COMPUTED:
        return f"{ask} run: alter table public.{table} alter column {diagnosis.column_name} drop expression"
    if code == "55000" and diagnosis.source_function == _IDENTITY:
        return f"{ask} run: alter table public.{table} replica identity full"
    if code in {"22001", "22003"}:
        return f"{ask} make the column larger; {VIEWS_FIRST}"
    if code == _TAKEN:
        return f"{ask} drop the unique index {diagnosis.constraint_name}"
    if code == "23503":
        return (
            f"{ask} drop the foreign key {diagnosis.constraint_name}, because texts come from unknown numbers too"
        )
    return f"{ask} let MotaBot's login write there"


def _new_id(connection: Connection, table: str) -> str:
    """An id that moves no sequence on."""
    if shape.column_type(connection, table, "id") in INTEGERS:
        return f"(select coalesce(max(id), 0) + 1 from public.{table})"
    return NewId.of(connection, table).expression


Columns = dict[str, dict[str, shape.StoredColumn]]


def _messages(connection: Connection, found: Columns) -> Iterator[_Try]:
    long = min(_LONG, width(connection, "messages", "content") or _LONG)
    digest = min(64, width(connection, "messages", "message_hash") or 64)
    new_id = _new_id(connection, "messages")
    insert = (
        'insert into public.messages (id, phone_number, content, "timestamp", status, direction, message_hash,'
        f" updated_at, retry_count) overriding system value values ({new_id}, '{_PHONE}', 'A trial by MotaBot',"
        " now(), '{status}', '{direction}', '{hash}', now(), 0)"
    )
    others = blanks.of_replies(found["messages"])
    nothing = others.pop("message_hash", "null")
    for name, value in others.items():
        insert = insert.replace("(id,", f"({name}, id,").replace("values (", f"values ({value}, ")
    if found["messages"]["message_hash"].computed:
        insert = insert.replace(" message_hash,", "").replace(" '{hash}',", "")
    mine = "content = 'A trial by MotaBot'"
    inbound = {"status": "unread", "direction": "inbound"}
    yield _Try("messages", "an inbound text", insert.format(**inbound, hash="a" * digest))
    read = f"update public.messages set status = 'read', updated_at = now() where {mine}"
    yield _Try("messages", "the status read of an inbound text", read, may_find_none=False)
    again = insert.replace("now(), '{status}'", "now() + interval '1 minute', '{status}'")
    again = again.format(**inbound, hash="b" * digest)
    yield _Try("messages", "the same words a second time", again)
    insert = insert.replace("'{hash}'", nothing)
    text = insert.replace("'A trial by MotaBot'", f"repeat('x', {long})").format(**inbound)
    yield _Try("messages", f"a text of {long:,} characters", text)
    number = insert.replace(f"'{_PHONE}'", f"'{_LONGEST_PHONE}'").format(**inbound)
    yield _Try("messages", "a text from the longest number (+ and 15 digits)", number)
    yield _Try("messages", "a reply that is queued", insert.format(status="queued", direction="outbound"))
    kept = f"select from public.messages where {mine} and direction = 'outbound' and status = 'queued'"
    yield _Try("messages", "a reply that is queued", kept, may_find_none=False)
    for status in ("failed", "sent"):
        update = (
            f"update public.messages set status = '{status}', retry_count = 1, updated_at = now()"
            f" where {mine} and direction = 'outbound'"
        )
        yield _Try("messages", f"the status {status} of a reply", update, may_find_none=False)
    delete = f"delete from public.messages where {mine}"
    yield _Try("messages", "the deletion of a text (privacy erase)", delete, may_find_none=False)


def _leads(connection: Connection, found: Columns) -> Iterator[_Try]:
    new_id, words = _new_id(connection, "leads"), found["leads"]["last_message"].type
    insert = (
        "insert into public.leads (id, phone_number, lead_status, conversation_stage, last_message, created_at,"
        " updated_at, customer_id, conversion_probability) overriding system value"
        f" values ({new_id}, '{_PHONE}', 'new', 'greeting', cast('A trial by MotaBot' as {words}), now(), now(),"
        " null, 0.1)"
    )
    yield _Try("leads", "a new lead", insert)
    where = "where left(last_message::text, 7) = 'A trial'"  # a trigger may spell the number otherwise
    for column, values in (("lead_status", _STATUSES), ("conversation_stage", _STAGES)):
        for value in values:
            update = f"update public.leads set {column} = '{value}', updated_at = now() {where}"
            yield _Try("leads", f"{column} {value}", update, may_find_none=False)
    delete = f"delete from public.leads {where}"
    yield _Try("leads", "the deletion of a lead (privacy erase)", delete, may_find_none=False)


_SOME_CUSTOMER: Final = "member_id = (select member_id from public.customers where member_id is not null limit 1)"
#: The same in a table that refers to customers.
_OF_CUSTOMER: Final = _SOME_CUSTOMER.replace("member_id =", "customer_id =", 1)


def _assign(found: Columns, table: str, values: dict[str, str]) -> str:
    """The assignments of an update; what the table computes itself is left to it, as a refresh leaves it."""
    return ", ".join(
        f"{column} = {'default' if found[table][column].computed else value}" for column, value in values.items()
    )


def _insert(found: Columns, table: str, values: dict[str, str], source: str = "") -> str:
    """A row to insert, likewise."""
    kept = {column: value for column, value in values.items() if not found[table][column].computed}
    return (
        f"insert into public.{table} ({', '.join(kept)}) overriding system value"
        f" select {', '.join(kept.values())} {source}"
    )


def _customers(_connection: Connection, found: Columns) -> Iterator[_Try]:
    update = "update public.customers set {values}, updated_at = now() where " + _SOME_CUSTOMER
    none = dict.fromkeys(("last_visited", "days_since_last_visit"), "null")
    none |= {name: blanks.blank(found["customers"][name]) for name in ("avg_sale_value", "churn_risk")}
    zero = "total_visits total_sales total_refunds gross_sales gross_refunds lifetime_value".split()
    figures = _assign(found, "customers", dict.fromkeys(zero, "0") | none)
    yield _Try("customers", "the figures of a customer without sales (refresh)", update.format(values=figures))
    for column, values in (("vip_status", _TIERS), ("churn_risk", _RISKS), ("lifetime_value", ("-1",))):
        for value in values:
            assigned = _assign(found, "customers", {column: f"'{value}'"})
            yield _Try("customers", f"{column} {value} (refresh)", update.format(values=assigned))


def _erasure(_connection: Connection, found: Columns) -> Iterator[_Try]:
    values = shape.nobody(found["customers"])
    yield _Try(
        "customers",
        "a customer without a person's data (privacy erase)",
        f"update public.customers set {values} where {_SOME_CUSTOMER}",
    )


def _patterns(_connection: Connection, found: Columns) -> Iterator[_Try]:
    table = "customer_visit_patterns"
    yield _Try(table, "the deletion of a pattern (refresh)", f"delete from public.{table} where {_OF_CUSTOMER}")
    unknown = (
        "avg_days_between_visits visit_consistency_score predicted_next_visit last_visit_deviation_days"
        " longest_gap_days shortest_gap_days"
    ).split()
    values = {"customer_id": "member_id"} | dict.fromkeys(unknown, "null") | {"total_visits": "1"}
    insert = _insert(
        found, table, values | {"updated_at": "now()"}, f"from public.customers where {_SOME_CUSTOMER}"
    )
    yield _Try(table, "the pattern of a customer with one visit (refresh)", insert)
    some = ("10.5", "0.25", "date '2026-01-01'", "-3", "20", "1")
    assigned = _assign(found, table, dict(zip(unknown, some, strict=True)) | {"total_visits": "3"})
    update = f"update public.{table} set {assigned} where {_OF_CUSTOMER}"
    yield _Try(table, "the pattern of a customer with several visits (refresh)", update)


def _affinity(_connection: Connection, found: Columns) -> Iterator[_Try]:
    table = "customer_product_affinity"
    yield _Try(table, "the deletion of an affinity (refresh)", f"delete from public.{table} where {_OF_CUSTOMER}")
    values = {"customer_id": "c.member_id", "product_sku": "p.sku"}
    values |= {name: blanks.blank(found[table][name]) for name in ("product_name", "category", "brand")}
    values |= {"purchase_count": "1", "total_spent": "12.5", "last_purchased": "date '2026-01-01'"}
    values |= {"avg_price_paid": "12.5", "repurchase_rate": "0", "created_at": "now()", "updated_at": "now()"}
    source = (
        "from public.customers c, (select sku from public.products where sku is not null limit 1) p"
        f" where c.{_SOME_CUSTOMER}"
    )
    yield _Try(table, "what a customer buys (refresh)", _insert(found, table, values, source))


def _staff(connection: Connection, found: Columns) -> Iterator[_Try]:
    figures = ("total_transactions", "total_sales", "avg_transaction_value")
    values = {"id": _new_id(connection, "staff"), "staff_name": "'A trial by MotaBot'"}
    values["shop_location"] = blanks.blank(found["staff"]["shop_location"])
    values |= dict(zip(figures, ("1", "12.5", "12.5"), strict=True)) | {"created_at": "now()"}
    yield _Try("staff", "a seller who is not in the table yet (refresh)", _insert(found, "staff", values))
    average = blanks.blank(found["staff"]["avg_transaction_value"])
    assigned = _assign(found, "staff", dict(zip(figures, ("0", "0", average), strict=True)))
    update = f"update public.staff set {assigned} where staff_name = 'A trial by MotaBot'"
    yield _Try("staff", "the figures of a seller without sales (refresh)", update)


def _copies(_connection: Connection, _found: Columns) -> Iterator[_Try]:
    for table in ("transaction_items", "transactions", "customers"):
        delete = f"delete from public.{table} where false"  # which rules on every statement refuse as well
        yield _Try(table, "the deletion of a copy (duplicate undo)", delete)


_GROUPS: Final = (_messages, _leads, _customers, _erasure, _patterns, _affinity, _staff, _copies)
