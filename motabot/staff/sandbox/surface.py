"""What a staff query may name: schemas, tables, functions, types. The only place to change it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from motabot.db import reporting
from motabot.text.regex import regex

#: Relations that staff may read, by schema. A name without a schema means the first schema that has it.
READABLE: Final[Mapping[str, frozenset[str]]] = {
    reporting.SCHEMA: frozenset(reporting.VIEWS),
    "public": frozenset(
        "customers transactions transaction_items products staff customer_visit_patterns customer_product_affinity"
        " messages leads".split()
    ),
}

#: The shop's tables that staff may read.
TABLES: Final = READABLE["public"]

#: Functions that only read their arguments. They are in `pg_catalog`, or in an extension named below.
FUNCTIONS: Final = frozenset(
    word
    for line in (Path(__file__).parent / "functions.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

#: Extensions whose functions and operators staff may use if they are installed.
EXTENSIONS: Final = ("fuzzystrmatch", "pg_trgm", "unaccent")

#: The schema of the functions that replace those that could make a value of any size. `motabot db init` makes them
#: (migration 0008).
BOUNDED_SCHEMA: Final = "motabot_functions"

TYPES: Final = frozenset(
    """
    bit bool boolean bpchar bytea char character cidr date datemultirange daterange decimal float4 float8 inet int2
    int4 int4multirange int4range int8 int8multirange int8range integer interval json jsonb jsonpath macaddr money
    name numeric nummultirange numrange point record text time timestamp timestamptz timetz tsmultirange tsquery
    tsrange tstzmultirange tstzrange tsvector uuid varbit varchar
    """.split()
)

#: Columns that PostgreSQL adds to every table: a row's location, and the transactions that wrote it.
SYSTEM_COLUMNS: Final = frozenset({"cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"})

#: Attribute notation calls a function: (60).pg_sleep is pg_sleep(60), and c.regtype is c::regtype. No column of an
#: ordinary table has such a name. tests/hostile/test_sql_sandbox.py compares the list with the server's own.
_CALLED_AS_ATTRIBUTE: Final = regex(
    r"""
    pg_.* | lo_.* | reg[a-z]+ | to_reg[a-z]+ | binary_upgrade_.* | brin_.* | gin_.* | fmgr_.* | plpgsql_.* | xml.*
    | ts_(debug|stat|token_type|typanalyze) | txid_.* | mxid_age | row_security_active | setseed | nextval
    | currval | current_(setting|schemas) | (obj|col|shobj)_description | aclexplode | aclitem(in|out) | amvalidate
    | enum_(first|last|range|out|send) | oidvectortypes | [a-z_]*handler | dsnowball_.* | icu_.*
    | (array|multirange|range|jsonb_agg|jsonb_object_agg)_(typanalyze|finalfn)
    | (record|any[a-z]+|array|multirange|range|cstring)_(in|out|send|recv)
    | (bpchar|name|text|varchar)(send|recv)
    """,
    re.VERBOSE,
)


def is_hidden_call(attribute: str) -> bool:
    """Whether `value.attribute` could call a function that may not be called."""
    if attribute in FUNCTIONS and attribute != "pg_typeof":
        return False
    return _CALLED_AS_ATTRIBUTE.fullmatch(attribute) is not None


def schema_of(table: str) -> str | None:
    """The schema that a table's plain name means; None: staff may read no table of this name."""
    return next((schema for schema, tables in READABLE.items() if table in tables), None)


def readable_names() -> str:
    """The names of everything that may be read, for an error message."""
    return ", ".join(sorted(frozenset().union(*READABLE.values())))
