"""Aggregate refresh: brings the derived columns in line with transactions, lines and products.

What each column means is in docs/aggregates.md.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from motabot.customers.find import UnknownCustomer, find_customers
from motabot.db import indexes
from motabot.db.tables import INDEXES
from motabot.errors import InvalidRequest
from motabot.maintenance.computation import Computation, RefreshReport, RefreshScope
from motabot.maintenance.exclusive import exclusively
from motabot.settings import Settings

#: Tables whose missing indexes make a refresh slower.
_READ = frozenset({"customers", "transactions", "transaction_items"})


def refresh(
    engine: Engine,
    *,
    settings: Settings,
    actor: str,
    customer: str | None = None,
    phone: str | None = None,
    as_of: datetime | None = None,
    dry_run: bool = False,
    force: bool = False,
    incremental: bool = False,
    keep_imported: bool = False,
    progress: Callable[[str], None] = lambda _step: None,
) -> RefreshReport:
    """Compute the derived columns and write those rows that differ.

    Args:
        engine: The service's own engine.
        settings: The zone that decides what a day is, VIP thresholds, memory for sorting.
        actor: Who asked, for the audit.
        customer: Only the customer with this member id; leaves `staff` alone.
        phone: Only the customer (or customers) with this phone; leaves `staff` alone.
        as_of: The moment that counts as now. One in the past only shows what would change, unless `force`.
        dry_run: Count what would change and change nothing.
        force: Write the figures of a past moment.
        incremental: Only what was inserted since the last refresh, what the passing of time changes, and what
            follows from both. Edits and deletions are not noticed: they need a full refresh.
        keep_imported: Leave customers without any transaction as they are, as the setting of that name does.
        progress: Receives each step in words before it is done.

    Raises:
        UnknownCustomer: Nobody has this member id or phone.
        Unusable: An amount is NaN or infinite, or a date is; the message names the row. Nothing was written.
        InvalidRequest: Arguments that exclude each other, or a moment without a zone.
        Interfered: Others kept changing the same rows. Nothing was written.
    """
    _refuse_contradictions(customer, phone, as_of, incremental=incremental)
    began = time.perf_counter()
    run = Computation(settings, actor, as_of, dry_run, force, keep_imported or settings.keep_imported, progress)

    def work(connection: Connection) -> RefreshReport:
        run.start(connection)
        if customer is not None or phone is not None:
            named = [customer] if customer is not None else _with_phone(connection, phone or "", settings)
            scope = RefreshScope("customer", profiles=named, bought=named, staff=False)
        elif incremental:
            scope = run.what_changed(connection)
        else:
            scope = RefreshScope()
        return run.carry_out(connection, scope)

    notes = [] if customer or phone or incremental else _index_advice(engine)
    written = ("customers", "staff", "customer_visit_patterns", "customer_product_affinity")
    report = exclusively(engine, work, writes=written)
    if report.dry_run and not dry_run:
        notes.insert(0, "that moment is past, so nothing was written; force writes its figures")
    return replace(report, seconds=time.perf_counter() - began, notes=tuple(notes))


def _refuse_contradictions(
    customer: str | None, phone: str | None, as_of: datetime | None, *, incremental: bool
) -> None:
    if customer is not None and phone is not None:
        raise InvalidRequest("Name a customer or a phone, not both.")
    if incremental and (customer is not None or phone is not None):
        raise InvalidRequest("A refresh is incremental or of one customer, not both.")
    if as_of is not None and as_of.tzinfo is None:
        raise InvalidRequest("as_of: needs a time zone, as in 2026-01-31T18:00:00-08:00")


def _with_phone(connection: Connection, phone: str, settings: Settings) -> list[str]:
    found = find_customers(connection, phone, settings.region, by="phone")
    if not found:
        raise UnknownCustomer(f"No customer has the phone {phone}")
    return [customer.member_id for customer in found]


def _index_advice(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        missing = [name for name in INDEXES if not indexes.is_built(connection, name)]
    return [
        f"an index would help: create index {name} on public.{table} {definition}"
        for name in missing
        for table, definition in [INDEXES[name]]
        if table in _READ
    ]
