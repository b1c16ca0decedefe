"""What `db init` will do, found by looking at the database. Reads only."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, text

from motabot.db import (
    detach,
    indexes,
    own_zone,
    phone_function,
    policies,
    reporting,
    revisions,
    roles,
    shape,
    walls,
)
from motabot.db.ids import NewId
from motabot.db.readiness import readers
from motabot.db.steps import Step
from motabot.db.tables import crm
from motabot.db.widths import width

#: Everything that MotaBot owns is in these.
_SCHEMAS = ("motabot", "motabot_functions", roles.CUSTOMER, reporting.SCHEMA)
#: Created if the server has the extension and the database does not: what a shop installed stays where it is.
_TRIGRAMS = ("create schema motabot_trigrams", "create extension pg_trgm with schema motabot_trigrams")
_TRIGRAMS_ARE_MADE = text(
    "select exists (select from pg_available_extensions where name = 'pg_trgm' and installed_version is null)"
)
#: Whether a table, or one that inherits from it, has ever held a row.
_HAS_SIZE = text(
    "with recursive part as (select to_regclass(:table)::oid as oid"
    " union select i.inhrelid from pg_inherits i join part on i.inhparent = part.oid)"
    " select coalesce(sum(pg_relation_size(oid)), 0) > 0 from part"
)
#: The tables that a refresh writes to.
_REFRESHED = ("customers", "staff", "customer_visit_patterns", "customer_product_affinity")
#: Ten SMS, which phones let people write.
_LONG_TEXT = 1_600


@dataclass
class Plan:
    """What `db init` will do, in order, and what it noticed.

    Attributes:
        tables: Tables of the nine that are missing.
        migrations: Revisions of our own schema that are not applied yet.
        steps: Functions, roles, views, rights and policies that are missing or out of date.
        makes_trigrams: Whether the extension for similar words is made.
        reporting: Whether the reporting views must be made (again).
        indexes: Indexes on the nine tables that are missing.
        holds_figures: On the first run: whether the tables hold data, so that figures are not refreshed unasked.
        closes: What takes from everybody what default privileges give in our schemas.
        given_back: After `db detach`: the rights that others get back on the views; None: MotaBot is not detached.
        first_run: Whether texts that are in `messages` now must be marked as history.
        notes: What differs from the document in tables that were there; init leaves it alone.
        problems: What does not work afterwards, each with its cure.
        misfits: Problems with which nothing can be prepared at all: columns that are missing or of another kind.
    """

    tables: list[Table] = field(default_factory=list)
    migrations: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    makes_trigrams: bool = False
    reporting: bool = False
    closes: list[str] = field(default_factory=list)
    given_back: list[str] | None = None
    first_run: bool = False
    holds_figures: bool | None = None
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The plan in words, one line per step; empty if nothing needs to be done."""
        return [
            *(f"create schema {name}" for name in _SCHEMAS if "0001" in self.migrations),
            *(_TRIGRAMS if self.makes_trigrams else ()),
            *(f"create table public.{table.name}" for table in self.tables),
            *(f"migrate schema motabot to {revision}" for revision in self.migrations),
            *(step.words for step in self.steps if step.run),
            *([f"create or replace the views of schema {reporting.SCHEMA}"] if self.reporting else []),
            *self.closes,
            *(self.given_back or ()),
            *(indexes.statement(name) for name in self.indexes),
            *(["mark the texts that are already in public.messages as history"] if self.first_run else []),
            *(["keep the scheduled refresh off, because the tables hold figures"] if self.holds_figures else []),
        ]


def make_plan(connection: Connection, region: str = "US") -> Plan:
    """Look at the database and say what is missing.

    Args:
        connection: A transaction.
        region: ISO region of phone numbers that lack a +.
    """
    present = shape.relations(connection)
    plan = Plan(tables=[table for table in crm.sorted_tables if table.name not in present])
    applied = revisions.applied(connection)
    plan.migrations = [revision for revision in revisions.known() if revision not in applied]
    if "0020" in plan.migrations:
        plan.makes_trigrams = bool(connection.execute(_TRIGRAMS_ARE_MADE).scalar_one())
    plan.steps = [
        *phone_function.plan(connection, region),
        *own_zone.plan(connection),
        *roles.plan(connection),
        *policies.steps(connection, readers(connection)),
    ]
    is_new, phones_change = "0001" in plan.migrations, phone_function.is_stale(connection, region)
    plan.indexes = indexes.missing(connection, present, phones_change)
    plan.steps += [Step.of(grant) for grant in indexes.grants(connection)]
    plan.reporting = is_new or reporting.are_stale(connection)
    plan.closes = walls.closing(connection)
    if detach.since(connection) is not None:
        plan.given_back = detach.plan(connection)
    plan.first_run = is_new or not _watermark_is_set(connection)
    hidden = policies.hidden_from_login(connection)
    plan.holds_figures = _holds_figures(connection, present, hidden, is_new=is_new)
    plan.notes = [
        note for table in crm.sorted_tables if table.name in present for note in _differences(connection, table)
    ]
    if "messages" in present:
        plan.notes += _short_texts(connection)
    plan.notes += own_zone.notes(connection)
    if not phones_change and not hidden:
        plan.notes += phone_function.count_unreadable(connection)
    plan.misfits = shape.misfits(connection)
    plan.problems = [*plan.misfits, *(f"{step.words}: {step.cure}" for step in plan.steps if step.run is None)]
    return plan


def _differences(connection: Connection, table: Table) -> list[str]:
    if "id" not in table.columns or "id" not in shape.columns(connection)[table.name]:
        return []
    found = NewId.of(connection, table.name)
    if found.needs_lock:
        return [f"public.{table.name}.id has no default; new ids will be the largest plus one, under a lock"]
    return []


def _short_texts(connection: Connection) -> list[str]:
    """What becomes of texts that are longer than the column for them."""
    most = width(connection, "messages", "content")
    if most is None or most >= _LONG_TEXT:
        return []
    return [
        f"public.messages.content holds {most} characters: a longer text is kept whole in motabot.long_texts,"
        " where MotaBot and its console read it, and shortened in messages; a longer reply goes out as several"
        " texts. To keep them whole there, ask the table's owner to let the column hold 1600 characters"
    ]


def _holds_figures(
    connection: Connection, present: Container[str], hidden: Container[str], *, is_new: bool
) -> bool | None:
    """Whether tables that a refresh writes to hold data of before us; None if that was decided before.

    Of a table in `hidden`, whose rows a policy hides from this login until `db init` has run, the file's size
    shows.
    """
    is_refreshed = False
    if not is_new:
        decided = "select exists (select from motabot.meta where key = 'scheduled_refresh')"
        if connection.exec_driver_sql(decided).scalar_one():
            return None
        is_refreshed = bool(
            connection.exec_driver_sql(
                "select case when to_regclass('motabot.refresh_state') is not null"
                " then exists (select from motabot.refresh_state) else false end"
            ).scalar_one()
        )
    tables = [table for table in _REFRESHED if table in present]
    return not is_refreshed and any(
        connection.execute(_HAS_SIZE, {"table": f"public.{table}"}).scalar_one()
        if table in hidden
        else connection.exec_driver_sql(f"select exists (select from public.{table})").scalar_one()
        for table in tables
    )


def _watermark_is_set(connection: Connection) -> bool:
    return bool(
        connection.execute(text("select exists (select from motabot.meta where key = 'watermark')")).scalar_one()
    )
