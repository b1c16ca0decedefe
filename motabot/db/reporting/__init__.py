"""The reporting views: one definition of a sale, a visit or a waiting conversation for every reader.

The views run with the rights of the login that makes them (`security_invoker` is off, PostgreSQL's default): they
read our own schema (consent, copies, turns), which the analyst role may not. Row-level security on the shop's
tables therefore applies as it does for MotaBot itself: anyone who may read a view sees what MotaBot sees. Only the
role `motabot_analyst`, and those to whom an administrator grants it, may read one.

A view's text may use four forms: ``finite(x)`` is x as numeric, NULL where it is NaN or infinite; ``countable(x)``
is the same in x's own type; ``shop_day(x)`` is the day of a moment in the shop's zone; ``own_columns(x)`` are the
other columns of the shop's table of the view's name, whatever the shop has added there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from motabot.db import rights
from motabot.db.literal import literal
from motabot.db.tables import crm
from motabot.settings import Settings
from motabot.text.regex import regex

SCHEMA: Final = "reporting"
#: In the order in which they build on one another.
VIEWS: Final = (
    "transactions",
    "transaction_items",
    "sales",
    "refunds",
    "sale_lines",
    "visits",
    "customers",
    "customer_visit_patterns",
    "customer_product_affinity",
    "messages",
    "leads",
    "conversations",
    "scheduled_texts",
    "actions",
    "bot_turns",
    "copies",
)
#: Views under the name of one of the shop's tables.
_SHADOWS: Final = [name for name in VIEWS if name in {table.name for table in crm.sorted_tables}]
_FINITE = regex(r"\bfinite\(([\w.\"]+)\)")
_COUNTABLE = regex(r"\bcountable\(([\w.\"]+)\)")
_COMMENT = regex(r"comment on column reporting\.\w+\.(\w+) is '((?:[^']|'')*)'")
_OWN = regex(r" own_columns\((\w+)\)")
_DAY = regex(r"\bshop_day\(((?:[\w.\"]|\(\))+)\)")
#: What the views need of the settings; `remember_settings` keeps it in motabot.meta.
_SETTINGS = """
create or replace view motabot.reporting_settings as
select coalesce(max(value) filter (where key = 'reporting.timezone'), current_setting('TimeZone')) as zone,
       coalesce(max(value) filter (where key = 'reporting.price_input'), '0')::numeric as price_input,
       coalesce(max(value) filter (where key = 'reporting.price_cached'), '0')::numeric as price_cached,
       coalesce(max(value) filter (where key = 'reporting.price_output'), '0')::numeric as price_output
from motabot.meta
"""
_CATALOG = """
select c.relname as view, obj_description(c.oid) as told, a.attname as name,
       format_type(a.atttypid, null) as type, col_description(c.oid, a.attnum) as comment
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
where c.relnamespace = to_regnamespace(%(schema)s) and c.relkind = 'v' order by c.relname, a.attnum
"""
_MISSING = """
select a.attname from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'public'::regnamespace and c.relname = any(%(views)s)
  and to_regclass(format('%%I.%%I', %(schema)s::text, c.relname)) is not null
  and not exists (select from pg_attribute v where v.attname = a.attname
                  and v.attrelid = to_regclass(format('%%I.%%I', %(schema)s::text, c.relname)))
order by c.relname, a.attnum
"""
#: What the shop's document says of a surrogate key means nothing to a reader.
_PLAIN: Final = {"Internal Supabase ID (surrogate key)": "Number of the row."}
#: What the shop's document says of a column, by the column's name; the first table that has it wins.
_SHOP_COMMENTS: Final = {
    column.name: _PLAIN.get(str(column.comment), str(column.comment))
    for table in reversed(crm.sorted_tables)
    for column in table.columns
    if column.comment
}
_REMEMBER = text(
    "insert into motabot.meta (key, value) values (:key, :value)"
    " on conflict (key) do update set value = excluded.value where meta.value <> excluded.value"
)


@dataclass(frozen=True)
class ViewColumn:
    """A column of a view: its name, PostgreSQL's name of its type, and its comment."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True)
class View:
    """A view as the database describes it."""

    name: str
    comment: str
    columns: list[ViewColumn]


def definition(name: str, own_columns: Sequence[str] = ()) -> str:
    """The statements that make a view and its comments."""
    sql = (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
    sql = _FINITE.sub(r"(case when abs((\1)::numeric) < 'infinity' then (\1)::numeric end)", sql)
    sql = _COUNTABLE.sub(r"(case when abs((\1)::numeric) < 'infinity' then \1 end)", sql)
    sql = _OWN.sub(lambda found: "".join(f', {found[1]}."{each}"' for each in own_columns), sql)
    return _DAY.sub(
        r"(motabot.moment(\1) at time zone (select r.zone from motabot.reporting_settings r))::date", sql
    )


def comments(name: str) -> dict[str, str]:
    """What the columns of a view, or of one of the shop's tables, mean; those without a comment are left out."""
    table = crm.tables.get(f"public.{name}")
    columns = table.columns if table is not None else ()
    shops = {column.name: _PLAIN.get(str(column.comment), str(column.comment)) for column in columns}
    if name not in VIEWS:
        return shops
    own = dict(_COMMENT.findall((Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")))
    return {**_SHOP_COMMENTS, **shops, **{column: words.replace("''", "'") for column, words in own.items()}}


def version() -> str:
    """Changes whenever the text of a view does."""
    return hashlib.sha256("\n".join([_SETTINGS, *map(definition, VIEWS)]).encode()).hexdigest()


def are_stale(connection: Connection) -> bool:
    """Whether the views are missing, or were made from another text."""
    found = connection.execute(text("select value from motabot.meta where key = 'reporting'")).scalar()
    views = connection.execute(
        text("select count(*) from pg_views where schemaname = :schema and viewname = any(:names)"),
        {"schema": SCHEMA, "names": list(VIEWS)},
    ).scalar()
    return found != version() or views != len(VIEWS) or bool(_own_columns(connection, VIEWS))


def make(connection: Connection, reader: str) -> list[str]:
    """Make the views again, in the caller's transaction. A view that somebody else made there is left alone.

    Args:
        connection: The caller's transaction.
        reader: The role of staff's queries, which gets the right to read them.

    Returns:
        Problems for the person who runs `db init`: empty, or which view could not be made and why.
    """
    made = connection.execute(text("select value from motabot.meta where key = 'reporting.views'")).scalar() or ""
    connection.exec_driver_sql(f"create schema if not exists {SCHEMA}")
    connection.exec_driver_sql(_SETTINGS)
    notes = []
    given = rights.on(connection, [f"{SCHEMA}.{name}" for name in made.split()])
    for name in reversed(made.split()):
        note = _tried(connection, f"drop view if exists {SCHEMA}.{name}")
        if note:
            notes.append(f"view {SCHEMA}.{name} is as an older version made it: {note}")
    ours = []
    for name in VIEWS:
        note = _tried(connection, definition(name))
        own = _own_columns(connection, [name]) if note is None else []
        if own:
            note = _tried(connection, f"drop view {SCHEMA}.{name}; {definition(name, own)}")
        if note:
            notes.append(f"view {SCHEMA}.{name} is not made, and what reads it will fail: {note}")
        else:
            ours.append(name)
            _comment(connection, name)
    notes += _grant(connection, ours, reader)
    rights.give(connection, given)
    connection.execute(_REMEMBER, {"key": "reporting.views", "value": " ".join(ours)})
    if not notes:
        connection.execute(_REMEMBER, {"key": "reporting", "value": version()})
    return notes


def remember_settings(engine: Engine, settings: Settings) -> None:
    """Keep what the views need of the settings where they can read it: the shop's zone and the model's prices."""
    values = {
        "timezone": settings.timezone,
        "price_input": settings.model_price_input,
        "price_cached": settings.model_price_cached,
        "price_output": settings.model_price_output,
    }
    with engine.begin() as connection:
        for key, value in values.items():
            connection.execute(_REMEMBER, {"key": f"reporting.{key}", "value": str(value)})


def views(connection: Connection) -> list[View]:
    """The views with their columns and comments, in the order in which they are documented."""
    rows = connection.exec_driver_sql(_CATALOG, {"schema": SCHEMA}).all()
    found = {row.view: View(row.view, row.told or "", []) for row in rows}
    for row in rows:
        found[row.view].columns.append(ViewColumn(row.name, row.type, row.comment or ""))
    return [found[name] for name in VIEWS if name in found]


def dictionary(connection: Connection) -> str:
    """The data dictionary of docs/reporting.md."""
    parts = []
    for view in views(connection):
        rows = [f"| `{each.name}` | {each.type} | {each.comment} |" for each in view.columns]
        parts.append("\n".join([f"### {view.name}", "", view.comment, "", "| column | type | meaning |",
                                "|---|---|---|", *rows]))  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _own_columns(connection: Connection, views: Sequence[str]) -> list[str]:
    """Columns of the shop's tables of these names that the views lack, as they are inside quotes."""
    shadows = [name for name in views if name in _SHADOWS]
    found = connection.exec_driver_sql(_MISSING, {"schema": SCHEMA, "views": shadows}).scalars()
    return [name.replace('"', '""').replace("%", "%%") for name in found]


def _grant(connection: Connection, views: list[str], reader: str) -> list[str]:
    """Let a role read the views; says what is wrong where this cannot be."""
    granted = ", ".join(f"{SCHEMA}.{name}" for name in views)
    note = _tried(connection, f"grant usage on schema {SCHEMA} to {reader}; grant select on {granted} to {reader}")
    return [f"{reader} cannot read the reporting views: {note}"] if note else []


def _comment(connection: Connection, view: str) -> None:
    """Give columns without a comment that of the shop's column of the same name."""
    for row in connection.exec_driver_sql(_CATALOG, {"schema": SCHEMA}).all():
        if row.view == view and not row.comment and (comment := _SHOP_COMMENTS.get(row.name)):
            words = literal(comment).replace("%", "%%")  # the driver's own sign
            connection.exec_driver_sql(f'comment on column {SCHEMA}.{view}."{row.name}" is {words}')


def _tried(connection: Connection, sql: str) -> str | None:
    """Run statements; None when they worked, otherwise what PostgreSQL says, and nothing of them is kept."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(sql)
    except DBAPIError as error:
        return str(error.orig).strip().splitlines()[0]
    return None
