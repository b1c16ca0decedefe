"""The SQL that copies one table's rows of a customer, worked out from the catalog.

Parameters of every statement: `source`, `copy` (member ids), `source_phone` (the source's number in E.164; null
when it has none or shares it), `phone`, `name`, `email`, `duplicate` (the provenance's id), `old_leads` (ids of
the leads to copy).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from psycopg import sql

from motabot.db.ids import INTEGERS
from motabot.db.tables import crm
from motabot.maintenance.links import DERIVED, LinkedTable

_NOW: Final = ("created_at", "updated_at")

#: What the copy has instead of the source's values. No copied text may be sent again, or wait for an answer.
_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "customers": {
        "member_id": "%(copy)s::text",
        "name": "%(name)s::text",
        "phone": "%(phone)s::text",
        "email": "%(email)s::text",
    },
    "transactions": {"transaction_id": "m_transaction_id.new_transaction_id"},
    "leads": {
        "phone_number": "%(phone)s::text",
        "customer_id": "case when s.customer_id is not null then %(copy)s end",
    },
    "messages": {
        "phone_number": "%(phone)s::text",
        "status": "case when s.status = 'queued' then 'sent'"
        " when s.status = 'unread' and s.direction = 'inbound' then 'read' else s.status end",
        "message_hash": "null::text",
    },
}
#: The same where a column wants a value in every row, which may have to be unique. Such an address gets no mail.
_WANTED: Final[Mapping[str, Mapping[str, str]]] = {
    "customers": {"email": "coalesce(%(email)s::text, %(copy)s::text || '@copy.invalid')"},
    "messages": {"message_hash": "md5(gen_random_uuid()::text)"},
}
#: Which rows are the source's, if that is more than a link.
_WHOSE: Final[Mapping[str, str]] = {
    "customers": "s.member_id = %(source)s",
    "leads": "s.id = any(%(old_leads)s)",
    "messages": "motabot.phone_key(s.phone_number::text) = %(source_phone)s",
}


@dataclass(frozen=True)
class CopyPlan:
    """How one table is copied.

    Attributes:
        count: A query that counts the rows.
        insert: The statement that copies them and returns how many; it records their keys unless they are derived.
        lock: The table makes no ids itself: its writers wait while the largest plus one is taken.
        own_columns: Columns that the shop added itself, whose values the copy shares.
        notes: What the copy lacks.
        problem: Why the table cannot be copied; empty when it can.
    """

    table: LinkedTable
    count: str = ""
    insert: str = ""
    lock: bool = False
    own_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""


def identifier(name: str) -> sql.Identifier:
    """A quoted name; a percent sign is doubled because the statement has parameters."""
    return sql.Identifier(name.replace("%", "%%"))


def qualified(table: LinkedTable) -> sql.Composed:
    return sql.SQL("{}.{}").format(identifier(table.schema), identifier(table.name))


def key_text(table: LinkedTable) -> sql.Composable:
    """A row's key as text, from the first of the table's keys."""
    columns = table.keys[0]
    if len(columns) == 1:
        return sql.SQL("{}::text").format(identifier(columns[0]))
    return sql.SQL("row({})::text").format(sql.SQL(", ").join(map(identifier, columns)))


def plan_copy(table: LinkedTable) -> CopyPlan:
    """Work out how a table is copied, or why it cannot be."""
    if table.problem:
        return CopyPlan(table, problem=table.problem)
    draft = _Draft(table)
    if table.name == "transactions" and table.is_known:
        draft.join(
            "join copied_transactions m_transaction_id on m_transaction_id.old_transaction_id = s.transaction_id"
        )
    for link in table.links:
        if not (table.is_known and link.column in _OWN.get(table.name, {})):
            _POINTS_AT[link.table](draft, link.column, link.target)
    draft.make_keys()
    return draft.finish()


def _is_number(kind: str) -> bool:
    """Whether a type holds digits: `numeric(15,0)` as well as `bigint`."""
    return kind.partition("(")[0] in {*INTEGERS, "numeric"}


@dataclass
class _Draft:
    """A plan while it is being made: expressions by column, joins, and conditions of which one must hold."""

    table: LinkedTable
    own: dict[str, sql.Composable] = field(default_factory=dict)
    joins: list[sql.Composable] = field(default_factory=list)
    whose: list[sql.Composable] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    lock: bool = False
    problem: str = ""

    def __post_init__(self) -> None:
        if self.table.is_known:
            self.own |= {column: sql.SQL(text) for column, text in _OWN.get(self.table.name, {}).items()}
            for column, value in _WANTED.get(self.table.name, {}).items():
                if self.table.column(column).required:
                    self.own[column] = sql.SQL(value)
            if self.table.name in _WHOSE:
                self.whose.append(sql.SQL(_WHOSE[self.table.name]))
            if self.table.name == "customers" and _is_number(self.table.column("phone").type):
                self.own["phone"] = sql.SQL("%(phone)s::numeric")
        self.own |= {name: sql.SQL("statement_timestamp()") for name in _NOW if self.table.has(name)}
        self.left_out |= {column.name for column in self.table.columns if column.computed}

    def join(self, text: str, **names: sql.Composable) -> None:
        self.joins.append(sql.SQL(text).format(**names))

    def point(self, column: str, condition: str, new: str, **names: sql.Composable) -> None:
        """Have `column` point at the copy's row wherever it points at the source's."""
        names = {"column": identifier(column), **names}
        self.whose.append(sql.SQL(condition).format(**names))
        self.own[column] = sql.SQL(f"case when {condition} then {new} else s.{{column}} end").format(**names)

    def make_keys(self) -> None:
        """No two rows may share a key: key columns get new values unless the copy already differs."""
        if self.table.is_known:
            self.left_out |= {
                column.name for column in self.table.columns if column.numbers_rows and self._is_own(column.name)
            }
        for key in self.table.keys:
            self.left_out |= {
                name for name in key if self.table.column(name).makes_itself and name not in self.own
            }
        for key in self.table.keys:
            if self.left_out.isdisjoint(key) and self.own.keys().isdisjoint(key):
                self._make_key(key)

    def _make_key(self, key: tuple[str, ...]) -> None:
        columns = [self.table.column(name) for name in key]
        empty = next((column.name for column in columns if not column.required), None)
        if len(columns) == 1 and columns[0].type in INTEGERS and columns[0].required:
            self.lock = True
            self.own[key[0]] = sql.SQL(
                "(select coalesce(max({column}), 0) from {table}) + row_number() over (order by s.{column})"
            ).format(column=identifier(key[0]), table=qualified(self.table))
        elif empty is not None:
            self.own[empty] = sql.SQL("null")
            self.notes.append(f"{self.table.label}.{empty} is empty in the copy, because it must be unique")
        else:
            self.problem = f"nothing makes new values for its unique {', '.join(key)}"

    def finish(self) -> CopyPlan:
        table = self.table
        if self.problem:
            return CopyPlan(table, problem=self.problem)
        columns = [column.name for column in table.columns if column.name not in self.left_out]
        rows = sql.SQL("from {table} s {joins} where {whose}").format(
            table=qualified(table),
            joins=sql.SQL(" ").join(self.joins),
            whose=sql.SQL(" or ").join(self.whose) if self.whose else sql.SQL("true"),
        )
        order = ("id",) if table.has("id") else table.keys[0]
        insert = sql.SQL("insert into {table} ({columns}) select {values} {rows} order by {order}").format(
            table=qualified(table),
            columns=sql.SQL(", ").join(map(identifier, columns)),
            values=sql.SQL(", ").join(
                self.own.get(name, sql.SQL("s.{}").format(identifier(name))) for name in columns
            ),
            rows=rows,
            order=sql.SQL(", ").join(sql.SQL("s.{}").format(identifier(name)) for name in order),
        )
        if table.is_known and table.name in DERIVED:
            recorded = sql.SQL("with made as ({insert} returning 1) select count(*) from made").format(
                insert=insert
            )
        else:
            recorded = sql.SQL(
                "with made as ({insert} returning {key} as key)"
                " insert into motabot.duplicate_rows (duplicate_id, table_name, key_columns, keys)"
                " select %(duplicate)s, {name}, {key_columns}, coalesce(array_agg(key), '{{}}') from made"
                " returning cardinality(keys)"
            ).format(
                insert=insert,
                key=key_text(table),
                name=sql.Literal(f"{table.schema}.{table.name}"),
                key_columns=sql.Literal(list(table.keys[0])),
            )
        count = sql.SQL("select count(*) {rows}").format(rows=rows)
        return CopyPlan(
            table,
            count.as_string(None),
            recorded.as_string(None),
            lock=self.lock,
            own_columns=self._own_columns(columns) if table.is_known else (),
            notes=tuple(self.notes),
        )

    def _own_columns(self, copied: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in copied if self._is_own(name) and name not in self.own)

    def _is_own(self, name: str) -> bool:
        """Whether the shop added the column itself."""
        return name not in crm.tables[f"public.{self.table.name}"].columns


def _at_customer(draft: _Draft, column: str, target: str) -> None:
    if target == "member_id":
        draft.point(column, "s.{column} = %(source)s", "%(copy)s")
    else:
        own = "(select c.id from public.customers c where c.member_id = %({})s)"
        draft.point(column, f"s.{{column}} = {own.format('source')}", own.format("copy"))


def _at_transaction(draft: _Draft, column: str, target: str) -> None:
    alias = identifier(f"m_{column}")
    draft.join(
        f"left join copied_transactions {{alias}} on {{alias}}.old_{target} = s.{{column}}",
        alias=alias,
        column=identifier(column),
    )
    new = "{alias}.new_transaction_id"
    if target == "id":
        new = f"(select t.id from public.transactions t where t.transaction_id = {new})"
    draft.point(column, "{alias}.old_id is not null", new, alias=alias)


def _at_lead(draft: _Draft, column: str, target: str) -> None:
    alias = identifier(f"m_{column}")
    draft.join(
        f"left join copied_leads {{alias}} on {{alias}}.old_{target} = s.{{column}}",
        alias=alias,
        column=identifier(column),
    )
    draft.point(column, "{alias}.old_id is not null", "{alias}.new_id", alias=alias)


_POINTS_AT: Final[Mapping[str, Callable[[_Draft, str, str], None]]] = {
    "customers": _at_customer,
    "transactions": _at_transaction,
    "leads": _at_lead,
}
