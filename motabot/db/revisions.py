"""Versions of our own schema: which revisions there are, which a database has, and how the rest are applied."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def alembic_config(connection: Connection | None = None) -> Config:
    """How Alembic finds our migrations, and the connection that it runs them on."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


@cache
def known() -> tuple[str, ...]:
    """All revisions of this version, oldest first. Reading them runs every migration file, so it happens once."""
    walk = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return tuple(script.revision for script in reversed(list(walk)))


def applied(connection: Connection) -> set[str]:
    """All revisions up to the one that the database names; an unknown one stands alone."""
    context = MigrationContext.configure(connection, opts={"version_table_schema": "motabot"})
    heads = set(context.get_current_heads())
    order = known()
    found = set(heads)
    for head in heads & set(order):
        found |= set(order[: order.index(head) + 1])
    return found


def apply_all(connection: Connection) -> None:
    """Apply what is missing, in the caller's transaction."""
    path = connection.exec_driver_sql("select current_setting('search_path')").scalar_one()
    command.upgrade(alembic_config(connection), "head")
    connection.exec_driver_sql(f"set local search_path = {path}")
