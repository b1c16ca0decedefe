"""`motabot db init`: prepare a database, changing nothing that is already there.

The nine tables are the shop's: those that are missing are made, the others are left as they are, whatever
they look like. Our own tables live in the schema ``motabot`` and are migrated by Alembic.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, ForeignKeyConstraint, Table, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable, SetColumnComment, SetTableComment

from motabot.db import detach, indexes, meta, phone_function, reporting, revisions, roles, walls
from motabot.db.plan import Plan, make_plan
from motabot.db.readiness import find_problems
from motabot.db.refusals import explain, is_refused
from motabot.db.tables import INDEXES
from motabot.errors import DatabaseNotReady

#: Serialises two `db init` that start at the same moment.
_INIT_LOCK = 7_106_220_011


def prepare(engine: Engine, say: Callable[[str], None] = lambda _line: None, *, region: str = "US") -> Plan:
    """Make what is missing. Repeatable: on its own result it does nothing.

    Args:
        engine: A login that may create a schema, and tables if some are missing.
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
            _make(connection, plan)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "42501":
            raise DatabaseNotReady(f"This login may not prepare the database: {explain(error)}") from error
        if is_refused(error):  # an event trigger, or a rule of the shop's own
            raise DatabaseNotReady(
                f"The database could not be prepared, and nothing was changed: {explain(error)}"
            ) from error
        raise
    made = {table.name for table in plan.tables}
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


def _make(connection: Connection, plan: Plan) -> None:
    """Carry a plan out, in the caller's transaction; what a login may not do becomes a problem of the plan."""
    connection.exec_driver_sql("create schema if not exists motabot")
    for table in plan.tables:
        _create(connection, table)
    if plan.migrations:
        revisions.apply_all(connection)
    plan.problems = [problem for step in plan.steps if (problem := step.carry_out(connection))]
    if plan.reporting:
        plan.problems += reporting.make(connection, roles.role_name(connection, roles.ANALYST))
    for statement in walls.closing(connection):
        connection.exec_driver_sql(statement)
    if plan.given_back is not None:
        detach.attach(connection)
    if plan.first_run:
        mark_history(connection)
    if plan.holds_figures is not None:
        meta.write(connection, "scheduled_refresh", "off" if plan.holds_figures else "on")
        meta.write(connection, "figures_were_there", "yes" if plan.holds_figures else "no")
    made = {table.name for table in plan.tables}
    for name in plan.indexes:
        if INDEXES[name][0] in made:
            connection.exec_driver_sql(indexes.statement(name))


def mark_history(connection: Connection) -> None:
    """Set the watermark: no text that is in `messages` now will ever be answered."""
    connection.execute(
        text(
            "insert into motabot.meta (key, value)"
            " select key, (select coalesce(max(id), 0) from public.messages)::text"
            " from unnest(array['watermark', 'sweep_floor']) as key"
            " on conflict (key) do update set value = excluded.value"
        )
    )


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
