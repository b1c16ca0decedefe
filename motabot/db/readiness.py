"""Whether everything works on a prepared database, and what a person must do if not."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text
from sqlalchemy.pool import QueuePool

from motabot.boundary import DbRow
from motabot.db import detach, policies, revisions, roles, trial, walls
from motabot.db.engine import is_pooled as leads_through_pooler
from motabot.db.queries import load_sql
from motabot.db.tables import crm
from motabot.errors import DatabaseNotReady

_MISSING_RIGHTS = load_sql(__package__, "missing_rights")
_OBSTACLES = load_sql(__package__, "obstacles")
_SERVER = load_sql(__package__, "server")


def find_problems(engine: Engine) -> list[str]:
    """What does not work although the schema is there, each with its cure.

    Args:
        engine: The service's own.
    """
    problems = [problem for role in roles.ROLES if (problem := roles.find_problem(engine, role))]
    with engine.connect() as connection:
        hidden = policies.hidden_rows(connection, readers(connection))
        exposed = walls.problems(connection)
    problems += [*(f"{found.words}: {found.cure}" for found in hidden), *exposed]
    return problems + find_problems_of_shop(engine)


def find_problems_of_shop(engine: Engine) -> list[str]:
    """What the server, the login's rights and the tables' own rules keep from working, prepared or not.

    Tries every kind of write to the shop's tables and takes it back, because no catalog says what a trigger does.
    """
    with engine.connect() as connection:
        server = connection.execute(_SERVER).one()
        problems = _of_server(server, is_pooled=leads_through_pooler(engine)) + _of_connections(server, engine)
        tables = {"tables": [table.name for table in crm.sorted_tables]}
        problems += [
            f"{row.thing} is in the way, because {row.reason}: ask its owner to {row.cure}"
            for row in connection.execute(_OBSTACLES, tables)
        ]
        missing = connection.execute(_MISSING_RIGHTS, tables)
        problems += [
            f"This login lacks the right to {row.rights} on {row.object}: ask its owner to run:"
            f" grant {row.rights} on {row.object} to {row.login}"
            for row in missing
        ]
    return problems + trial.refused_writes(engine)


def require_ready(engine: Engine) -> None:
    """Check that the schema is the one this version knows.

    Raises:
        DatabaseNotReady: A migration is missing, the database is newer than this program, or row-level security
            hides rows from a role of ours.
    """
    with engine.connect() as connection:
        applied, known = revisions.applied(connection), set(revisions.known())
        policies.require_all_rows(connection, readers(connection))
        detached = detach.since(connection)
    if detached is not None:
        raise DatabaseNotReady(
            f"MotaBot's views were dropped at {detached} (`motabot db detach`): run `motabot db init` once"
            " they are changed."
        )
    if applied - known:
        raise DatabaseNotReady("The database was prepared by a newer MotaBot; upgrade this one.")
    if known - applied:
        raise DatabaseNotReady()


def readers(connection: Connection) -> dict[str, str]:
    """The roles that read the nine tables: this login, the views' owners, the analyst; with what each must do."""
    login = str(connection.execute(text("select current_user")).scalar_one())
    owners = connection.execute(
        text("select distinct viewowner::text from pg_views where schemaname = :schema"),
        {"schema": roles.CUSTOMER},
    ).scalars()
    found = dict.fromkeys([*owners, roles.role_name(connection, roles.ANALYST)], policies.READS)
    return {**found, login: policies.EVERYTHING}


def _of_connections(found: DbRow, engine: Engine) -> list[str]:
    """Whether the limits of login, database and server leave as many connections as one process may open."""
    needed = 2 * engine.pool.size() if isinstance(engine.pool, QueuePool) else 1
    if found.connections >= needed:
        return []
    return [
        f"Only {found.connections} of {found.most_connections} connections are left to the login {found.login},"
        f" and a process of MotaBot may open {needed}: lower MOTABOT_DATABASE_POOL_SIZE, end connections of other"
        f" programs, or ask an administrator to run: {found.more_connections}"
    ]


def _of_server(found: DbRow, *, is_pooled: bool) -> list[str]:
    """What the server or the login's own settings keep from working."""
    problems = []
    if found.is_standby:
        problems.append("This server is a read-only standby: use the URL of the primary server")
    if found.encoding != "UTF8":
        problems.append(
            f"The database's encoding is {found.encoding}, which lacks many signs that people text, and texts with"
            " them cannot be recorded: move the data into a database with the encoding UTF8"
        )
    if is_pooled and found.is_read_only:  # on other connections our sessions say otherwise
        problems.append(
            f"Transactions of the login {found.login} are read-only unless they say otherwise, which some of ours"
            " cannot say through this pooler: ask an administrator to run:"
            f" alter role {found.login} reset default_transaction_read_only"
        )
    if not found.may_make_temporary:
        problems.append(
            "This login may not make temporary tables, so figures cannot be refreshed: ask an administrator to"
            f" run: grant temporary on database {found.database} to {found.login}"
        )
    return problems
