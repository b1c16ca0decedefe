"""What is personal in the shop's data, by table and column, and what the shop's own words are."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Engine

from motabot.db import reporting
from motabot.db.queries import load_sql
from motabot.db.tables import crm
from motabot.staff.lineage import Lineage
from motabot.staff.origins import OPEN, UNKNOWN, Kinds
from motabot.staff.sandbox.surface import READABLE

#: How long the shop's words and columns are cached.
_KEPT_SECONDS = 300.0

#: Columns whose words name no customer.
OPEN_COLUMNS = {
    "products": "name brand category strain flower_type vendor sku product_id leafly_strain_type lineage",
    "transactions": "shop_location staff_name terminal payment_type",
    "staff": "staff_name",
    "customers": "customer_type member_group marketing_source state vip_status churn_risk",
    "leads": "lead_status conversation_stage",
    "messages": "status direction",
}
#: The same, of arrays.
OPEN_LISTS = {"products": "effects negatives flavors helps_with terpenes parent_strains"}

#: What is personal, by the table's or view's name. The other documented columns name nobody.
_PERSONAL: Final = {
    # member ids are often made of the row's number: M000143 of 143
    "customers": {"id": "member", "member_id": "member", "name": "name", "phone": "phone", "email": "email"},
    "transactions": {"customer_id": "member", "member_id": "member"},
    "sales": {"member_id": "member"},
    "refunds": {"member_id": "member"},
    "sale_lines": {"member_id": "member"},
    "visits": {"member_id": "member"},
    "messages": {"phone_number": "phone", "content": "text", "message_hash": "text"},
    "leads": {"phone_number": "phone", "last_message": "text", "customer_id": "member"},
    "customer_visit_patterns": {"customer_id": "member"},
    "customer_product_affinity": {"customer_id": "member"},
    "conversations": {"phone_number": "phone", "member_id": "member", "name": "name", "last_text": "text"},
    "scheduled_texts": {"phone_number": "phone", "member_id": "member", "name": "name", "content": "text"},
    "bot_turns": {"phone_number": "phone"},
    "copies": {"member_id": "member", "source_member_id": "member", "phone_number": "phone"},
}
#: In the shop's own tables the tickets of a copy have numbers that begin with its member id.
_TICKETS: Final = frozenset({("public", "transactions"), ("public", "transaction_items")})
#: Tables of goods: columns that a shop adds there are also about goods. Elsewhere they may be about people.
_OF_GOODS: Final = frozenset({"products", "transaction_items"})
_DOCUMENTED: Final = {table.name: {column.name for column in table.columns} for table in crm.sorted_tables}
#: Columns that our views add to the shop's tables of the same name.
_ADDED: Final = frozenset({"day", "kind", "member_id", "consent", "bot_paused", "paused_since"})
_COLUMNS = load_sql(__package__, "columns")
_PEOPLE = (
    "select distinct btrim(name) from public.customers where lower(btrim(name)) = any(%(names)s)"
    " union select member_id::text from public.customers where member_id::text = any(%(members)s)"
)
_NAME_PARTS = (
    "select distinct part from public.customers c, regexp_split_to_table(lower(btrim(c.name)), '\\s+') as part"
    " where part = any(%(words)s)"
)


def kinds_of(schema: str, table: str, column: str, *, zip_codes: bool = True) -> Kinds:
    """What a column may contain: nothing personal, or one of name, phone, email, member and text.

    Args:
        schema: Where the table or view is.
        table: Its name.
        column: The column's name.
        zip_codes: Whether zip codes may be read.
    """
    kind = _PERSONAL.get(table, {}).get(column)
    if kind:
        return frozenset({kind})
    if column == "zip_code" and not zip_codes:
        return UNKNOWN
    if (schema, table) in _TICKETS and column == "transaction_id":
        return frozenset({"member"})
    is_ours = schema == reporting.SCHEMA and table not in _DOCUMENTED
    if is_ours or table in _OF_GOODS or column in _DOCUMENTED.get(table, ()) or column in _ADDED:
        return OPEN
    return UNKNOWN


class People:
    """Knows the shop's columns and words, and finds people in a text. What it read is read again now and then.

    Attributes:
        by_column: The shop's own words by "table.column".
        lineage: Follows a query's columns back to those of the shop.
    """

    def __init__(self, engine: Engine, *, zip_codes: bool) -> None:
        self._engine = engine
        self._zip_codes = zip_codes
        self._until = 0.0
        self._load()

    def freshen(self) -> None:
        """Read the tables again in the background, if the last time was a while ago."""
        if time.monotonic() > self._until:
            self._until = time.monotonic() + _KEPT_SECONDS
            threading.Thread(target=self._load, name="people", daemon=True).start()

    def _load(self) -> None:
        self._until = time.monotonic() + _KEPT_SECONDS
        found: dict[str, list[str]] = {}
        relations: dict[tuple[str, str], list[tuple[str, Kinds]]] = {}
        is_array = {}
        with self._engine.connect() as connection:
            for row in connection.execute(_COLUMNS, {"schemas": list(READABLE)}):
                if row.table_name in READABLE[row.table_schema]:
                    kinds = kinds_of(row.table_schema, row.table_name, row.column_name, zip_codes=self._zip_codes)
                    relations.setdefault((row.table_schema, row.table_name), []).append((row.column_name, kinds))
                if row.table_schema == "public":
                    is_array[row.table_name, row.column_name] = row.is_array
            for table, columns in [*OPEN_COLUMNS.items(), *OPEN_LISTS.items()]:
                for column in columns.split():
                    if (table, column) not in is_array:
                        continue
                    value = f"unnest({column})" if is_array[table, column] else f"{column}::text"
                    rows = connection.exec_driver_sql(f"select distinct {value} from public.{table} limit 20000")
                    found[f"{table}.{column}"] = [str(word) for word in rows.scalars() if word]
        self.by_column = found
        self.lineage = Lineage(relations, list(READABLE))

    def named_in(self, words: str, *, shortest: int = 2) -> list[str]:
        """Full names and member ids of customers that are in a text, the longest first.

        Args:
            words: The text.
            shortest: Names of fewer words are not looked for: a single one may be a word like any other.
        """
        tokens = re.findall(r"[^\W_][\w.'’\"-]*(?<!['.\"-])", re.sub(r"['’]s\b", "", words))
        grams = [
            " ".join(tokens[n : n + length]).lower()
            for length in range(shortest, 6)
            for n in range(len(tokens) - length + 1)
        ]
        grams += [gram[:-1] for gram in grams if gram.endswith("s")]  # "noor smiths points"
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql(_PEOPLE, {"names": grams, "members": tokens}).scalars()
            return sorted(found, key=len, reverse=True)

    def name_parts_in(self, words: Sequence[str]) -> set[str]:
        """Those of the words, in lower case, that are part of a customer's name."""
        with self._engine.connect() as connection:
            return set(connection.exec_driver_sql(_NAME_PARTS, {"words": [*words]}).scalars())
