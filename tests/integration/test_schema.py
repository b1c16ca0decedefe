"""The database that `db init` makes is the one that docs/schema.md describes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

DOCUMENT = (Path(__file__).parents[2] / "docs" / "schema.md").read_text(encoding="utf-8")
TYPES = {
    "int4": "integer",
    "int8": "bigint",
    "text": "text",
    "numeric": "numeric",
    "date": "date",
    "bool": "boolean",
    "timestamptz": "timestamp with time zone",
    "_text": "text[]",
}
BUSINESS_KEYS = {
    ("customers", "member_id"),
    ("transactions", "transaction_id"),
    ("products", "product_id"),
    ("products", "sku"),
    ("leads", "phone_number"),
}


@dataclass(frozen=True)
class Described:
    name: str
    type: str
    is_key: bool
    is_nullable: bool
    comment: str


def described_tables() -> dict[str, list[Described]]:
    tables: dict[str, list[Described]] = {}
    for section in re.split(r"\n## \d+\. ", DOCUMENT)[1:]:
        name = re.match(r"`(\w+)` Table", section)
        assert name
        rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", section, flags=re.MULTILINE)
        tables[name[1]] = [
            Described(column, kind, "🔑" in marks, "⚪" in marks, re.sub(r"\*\*|`", "", comment).strip())
            for column, kind, marks, comment in rows
        ]
    return tables


def described_links() -> set[tuple[str, str, str, str]]:
    links = set()
    for target, target_column, source, source_column in re.findall(
        r"^ +(\w+)\.(\w+) → (\w+)\.(\w+)", DOCUMENT, re.M
    ):
        if (target, target_column) != ("customers", "phone"):  # a lookup, not a constraint
            links.add((source, source_column, target, target_column))
    return links


def test_the_document_describes_nine_tables_and_their_links() -> None:
    tables = described_tables()
    assert len(tables) == 9
    assert sum(len(columns) for columns in tables.values()) == 129
    assert len(described_links()) == 7


@pytest.mark.parametrize("table", sorted(described_tables()))
def test_a_table_has_exactly_the_documents_columns(engine: Engine, table: str) -> None:
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "select a.attname, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as is_nullable,"
                " col_description(a.attrelid, a.attnum) as comment, coalesce(a.attnum = any(i.indkey), false) as is_key"
                " from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary"
                " where a.attrelid = cast(:table as regclass) and a.attnum > 0 and not a.attisdropped order by a.attnum"
            ),
            {"table": f"public.{table}"},
        ).all()
    assert [(row.attname, row.type, row.is_nullable, row.is_key, row.comment) for row in found] == [
        (column.name, TYPES[column.type], column.is_nullable, column.is_key, column.comment)
        for column in described_tables()[table]
    ]


def test_integer_ids_are_identities_that_accept_given_values(engine: Engine) -> None:
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "select table_name::text, identity_generation::text from information_schema.columns"
                " where table_schema = 'public' and column_name = 'id'"
            )
        ).all()
    with_id = {table for table, columns in described_tables().items() if columns[0].name == "id"}
    assert {row.table_name for row in found} == with_id
    assert {row.identity_generation for row in found} == {"BY DEFAULT"}


def test_business_keys_are_unique_by_themselves(engine: Engine) -> None:
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "select c.relname::text as name, a.attname::text as column from pg_index i"
                " join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace"
                " join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]"
                " where i.indisunique and not i.indisprimary and i.indnatts = 1"
            )
        ).all()
    assert {(row.name, row.column) for row in found} == BUSINESS_KEYS


def test_foreign_keys_are_the_documents_links(engine: Engine) -> None:
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "select s.relname::text as source, sa.attname::text as source_column, t.relname::text as target,"
                " ta.attname::text as target_column from pg_constraint k"
                " join pg_class s on s.oid = k.conrelid join pg_class t on t.oid = k.confrelid"
                " join pg_attribute sa on sa.attrelid = s.oid and sa.attnum = k.conkey[1]"
                " join pg_attribute ta on ta.attrelid = t.oid and ta.attnum = k.confkey[1]"
                " where k.contype = 'f' and s.relnamespace = 'public'::regnamespace"
            )
        ).all()
    assert {tuple(row) for row in found} == described_links()
