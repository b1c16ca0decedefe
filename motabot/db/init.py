"""`motabot db init`: prepare a database, changing nothing that is already there.

The nine tables are the shop's: those that are missing are made, the others are left as they are, whatever
they look like. Our own tables live in the schema ``motabot`` and are migrated by Alembic.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, ForeignKeyConstraint, Table, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable, SetColumnComment, SetTableComment

from motabot.db import indexes, phone_function, policies, reporting, roles, shape
from motabot.db.queries import load_sql
from motabot.db.steps import Step
from motabot.db.tables import INDEXES, crm
from motabot.errors import DatabaseNotReady

#: Serialises two `db init` that start at the same moment.
_INIT_LOCK = 7_106_220_011
#: The tables that a refresh writes to.
_REFRESHED = ("customers", "staff", "customer_visit_patterns", "customer_product_affinity")
_MISSING_RIGHTS = load_sql(__package__, "missing_rights")


@dataclass
class Plan:
    """What `db init` will do, in order, and what it noticed.

    Attributes:
        tables: Tables of the nine that are missing.
        migrations: Revisions of our own schema that are not applied yet.
        steps: Functions, roles, views, rights and policies that are missing or out of date.
        reporting: Whether the reporting views must be made (anew).
        indexes: Indexes on the nine tables that are missing.
        holds_figures: On the first run: whether the tables hold data, so that figures are not refreshed unasked.
        first_run: Whether texts that stand in `messages` now must be marked as history.
        notes: What differs from the document in tables that were there; init leaves it alone.
        problems: What does not work afterwards, each with its cure.
        misfits: Problems with which nothing can be prepared at all: columns that are missing or of another kind.
    """

    tables: list[Table] = field(default_factory=list)
    migrations: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    reporting: bool = False
    first_run: bool = False
    holds_figures: bool | None = None
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The plan in words, a line each; empty when nothing is to be done."""
        return [
            *(["create schema motabot"] if "0001" in self.migrations else []),
            *(f"create table public.{table.name}" for table in self.tables),
            *(f"migrate schema motabot to {revision}" for revision in self.migrations),
            *(step.words for step in self.steps if step.run),
            *([f"create or replace the views of schema {reporting.SCHEMA}"] if self.reporting else []),
            *(indexes.statement(name) for name in self.indexes),
            *(["mark the texts that are already in public.messages as history"] if self.first_run else []),
            *(["keep the scheduled refresh off, because the tables hold figures"] if self.holds_figures else []),
        ]


def make_plan(connection: Connection, region: str = "US") -> Plan:
    """Look at the database and say what is missing. Reads only.

    Args:
        connection: A transaction.
        region: ISO region of phone numbers that lack a +.
    """
    present = shape.relations(connection)
    plan = Plan(tables=[table for table in crm.sorted_tables if table.name not in present])
    plan.migrations = [revision for revision in _revisions() if revision not in _applied(connection)]
    plan.steps = [
        *phone_function.plan(connection, region),
        *roles.plan(connection),
        *policies.steps(connection, _readers(connection)),
    ]
    plan.indexes = indexes.missing(connection, present, phone_function.is_stale(connection, region))
    plan.reporting = "0001" in plan.migrations or reporting.are_stale(connection)
    plan.first_run = "0001" in plan.migrations or not _watermark_is_set(connection)
    plan.holds_figures = _holds_figures(connection, present)
    plan.notes = [
        note for table in crm.sorted_tables if table.name in present for note in _differences(connection, table)
    ]
    if not phone_function.is_stale(connection, region):
        plan.notes += phone_function.count_unreadable(connection)
    plan.misfits = shape.misfits(connection)
    plan.problems = [*plan.misfits, *(f"{step.words}: {step.cure}" for step in plan.steps if step.run is None)]
    return plan


def prepare(engine: Engine, say: Callable[[str], None] = lambda _line: None, *, region: str = "US") -> Plan:
    """Make what is missing. Repeatable: on its own result it does nothing.

    Args:
        engine: A login that may create a schema, and tables where some are missing.
        say: Receives each step in words before it is done, and each note and problem.
        region: ISO region of phone numbers that lack a +.

    Returns:
        The plan that was carried out. Where `problems` is not empty, something does not work yet.

    Raises:
        DatabaseNotReady: The login lacks a right without which nothing works; the message names it. Nothing was
            changed.
    """
    try:
        with engine.begin() as connection:
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _INIT_LOCK})
            plan = make_plan(connection, region)
            if plan.misfits:
                raise DatabaseNotReady(
                    f"These tables do not fit, and nothing was changed. {'; '.join(plan.misfits)}"
                )
            for line in plan.lines():
                say(line)
            connection.exec_driver_sql("create schema if not exists motabot")
            for table in plan.tables:
                _create(connection, table)
            if plan.migrations:
                _migrate(connection)
            plan.problems = [problem for step in plan.steps if (problem := step.carry_out(connection))]
            if plan.reporting:
                plan.problems += reporting.make(connection, roles.role_name(connection, roles.ANALYST))
            if plan.first_run:
                mark_history(connection)
            if plan.holds_figures is not None:
                roles.remember(connection, "scheduled_refresh", "off" if plan.holds_figures else "on")
                roles.remember(connection, "figures_were_there", "yes" if plan.holds_figures else "no")
            made = {table.name for table in plan.tables}
            for name in plan.indexes:
                if INDEXES[name][0] in made:
                    connection.exec_driver_sql(indexes.statement(name))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "42501":
            raise DatabaseNotReady(f"This login may not prepare the database: {_first_line(error)}") from error
        raise
    for name in plan.indexes:
        if INDEXES[name][0] not in made:
            plan.notes.extend(indexes.build_beside_traffic(engine, name))
    roles.mend_logins(engine)
    with engine.connect() as connection:
        counted = phone_function.count_unreadable(connection)
    plan.notes += [note for note in counted if note not in plan.notes]
    plan.problems += [problem for problem in find_problems(engine) if problem not in plan.problems]
    for note in plan.notes:
        say(f"note: {note}")
    for problem in plan.problems:
        say(f"problem: {problem}")
    return plan


def find_problems(engine: Engine) -> list[str]:
    """What does not work although the schema is there, each with its cure."""
    problems = [problem for role in roles.ROLES if (problem := roles.find_problem(engine, role))]
    with engine.connect() as connection:
        hidden = policies.hidden_rows(connection, _readers(connection))
        problems += [f"{found.words}: {found.cure}" for found in hidden]
        missing = connection.execute(_MISSING_RIGHTS, {"tables": [table.name for table in crm.sorted_tables]})
        problems += [
            f"This login may not {row.rights} on public.{row.table_name}: ask its owner to run:"
            f" grant {row.rights} on public.{row.table_name} to {row.login}"
            for row in missing
        ]
    return problems


def require_ready(engine: Engine) -> None:
    """Check that the schema is the one this version knows.

    Raises:
        DatabaseNotReady: A migration is missing, the database is newer than this program, or row-level security
            hides rows from a role of ours.
    """
    with engine.connect() as connection:
        applied, known = _applied(connection), set(_revisions())
        policies.require_all_rows(connection, _readers(connection))
    if applied - known:
        raise DatabaseNotReady("The database was prepared by a newer MotaBot; upgrade this one.")
    if known - applied:
        raise DatabaseNotReady()


def mark_history(connection: Connection) -> None:
    """Set the watermark: no text that stands in `messages` now will ever be answered."""
    connection.execute(
        text(
            "insert into motabot.meta (key, value)"
            " select key, (select coalesce(max(id), 0) from public.messages)::text"
            " from unnest(array['watermark', 'sweep_floor']) as key"
            " on conflict (key) do update set value = excluded.value"
        )
    )


def _readers(connection: Connection) -> dict[str, str]:
    """The roles that read the nine tables: this login, the views' owners, the analyst; with what each must do."""
    login = str(connection.execute(text("select session_user")).scalar_one())
    owners = connection.execute(
        text("select distinct viewowner::text from pg_views where schemaname = :schema"),
        {"schema": roles.CUSTOMER},
    ).scalars()
    readers = dict.fromkeys([*owners, roles.role_name(connection, roles.ANALYST)], policies.READS)
    return {**readers, login: policies.EVERYTHING}


def alembic_config(connection: Connection | None = None) -> Config:
    """How Alembic finds our migrations, and the connection that it runs them on."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _revisions() -> list[str]:
    walk = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return [script.revision for script in reversed(list(walk))]


def _applied(connection: Connection) -> set[str]:
    """All revisions up to the one that the database names; an unknown one stands alone."""
    context = MigrationContext.configure(connection, opts={"version_table_schema": "motabot"})
    heads = set(context.get_current_heads())
    order = _revisions()
    applied = set(heads)
    for head in heads & set(order):
        applied |= set(order[: order.index(head) + 1])
    return applied


def _migrate(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head")
    connection.exec_driver_sql("set local search_path = motabot, public")


def _create(connection: Connection, table: Table) -> None:
    """Create one of the nine tables; a foreign key whose target is not unique there is left out."""
    keys = [key for key in table.foreign_key_constraints if _target_is_unique(connection, key)]
    connection.execute(CreateTable(table, include_foreign_key_constraints=keys))
    connection.execute(SetTableComment(table))
    for column in table.columns:
        connection.execute(SetColumnComment(column))


def _target_is_unique(connection: Connection, key: ForeignKeyConstraint) -> bool:
    target = key.elements[0].column
    inspector = inspect(connection)
    name = target.table.name
    unique = [list(found["column_names"]) for found in inspector.get_unique_constraints(name, schema="public")]
    unique += [
        [column or "" for column in found["column_names"]]
        for found in inspector.get_indexes(name, schema="public")
        if found["unique"]
    ]
    unique.append(list(inspector.get_pk_constraint(name, schema="public")["constrained_columns"]))
    return [target.name] in unique


def _differences(connection: Connection, table: Table) -> list[str]:
    found = {column["name"]: column for column in inspect(connection).get_columns(table.name, schema="public")}
    surrogate = found.get("id")
    if surrogate and surrogate.get("identity") is None and surrogate.get("default") is None:
        return [f"public.{table.name}.id has no default; new ids will be the largest plus one, under a lock"]
    return []


def _holds_figures(connection: Connection, present: Container[str]) -> bool | None:
    """Whether tables that a refresh writes to hold data of before us; None where that was decided before."""
    if "0001" not in (_applied(connection) or ()):
        is_refreshed = False
    else:
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
        connection.exec_driver_sql(f"select exists (select from public.{table})").scalar_one() for table in tables
    )


def _watermark_is_set(connection: Connection) -> bool:
    return bool(
        connection.execute(text("select exists (select from motabot.meta where key = 'watermark')")).scalar_one()
    )


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0]
