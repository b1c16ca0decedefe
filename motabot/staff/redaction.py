"""Stands between people's data and the staff's model: what could name a person becomes a handle.

Which words may pass is decided by what they are and not by where they come from, since a query can bring any
column under any name: numbers and moments pass, and so do words that stand in the shop's catalogue and its lists
of kinds. Everything else, names, numbers to call, addresses, member ids and texts, becomes `[h1]`, `[h2]` ...,
which tools accept in its place and which people see as what it stands for.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Engine

_HANDLE = re.compile(r"\[h(\d+)\]")
_QUOTED = re.compile(r"'\[h(\d+)\]'")
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|[+(]?\d[\d\s().-]{7,}\d")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ][\d:.+-]+)?")
_MOST_DIGITS = 10**9
#: For so long the shop's words are taken as they were.
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


_PEOPLE = (
    "select distinct btrim(name) from public.customers where lower(btrim(name)) = any(%(names)s)"
    " union select member_id from public.customers where member_id = any(%(members)s)"
)


class Vocabulary:
    """The shop's own words, which may be shown to a model.

    Attributes:
        by_column: The words by "table.column".
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._until = 0.0
        self._load()

    def freshen(self) -> None:
        """Look at the tables again, beside whoever asks, where that was some time ago."""
        if time.monotonic() > self._until:
            self._until = time.monotonic() + _KEPT_SECONDS
            threading.Thread(target=self._load, name="vocabulary", daemon=True).start()

    def _load(self) -> None:
        self._until = time.monotonic() + _KEPT_SECONDS
        found: dict[str, list[str]] = {}
        with self._engine.connect() as connection:
            present = {
                (row.table_name, row.column_name): row.data_type
                for row in connection.exec_driver_sql(
                    "select table_name, column_name, data_type from information_schema.columns"
                    " where table_schema = 'public'"
                )
            }
            for table, columns in [*OPEN_COLUMNS.items(), *OPEN_LISTS.items()]:
                for column in columns.split():
                    kind = present.get((table, column))
                    if kind is None or kind == "jsonb":
                        continue
                    value = f"unnest({column})" if kind == "ARRAY" else column
                    rows = connection.exec_driver_sql(f"select distinct {value} from public.{table} limit 20000")
                    found[f"{table}.{column}"] = [str(word) for word in rows.scalars() if word]
        self._words = {word for words in found.values() for word in words}
        self.by_column = found

    def knows(self, words: str) -> bool:
        return words in self._words

    def people_in(self, words: str) -> list[str]:
        """Full names and member ids of customers that stand in a text, the longest first."""
        tokens = re.findall(r"[^\W_][\w.'-]*(?<!['.-])", re.sub(r"['’]s\b", "", words))
        grams = [
            " ".join(tokens[n : n + length]).lower()
            for length in (2, 3, 4)
            for n in range(len(tokens) - length + 1)
        ]
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql(_PEOPLE, {"names": grams, "members": tokens}).scalars()
            return sorted(found, key=len, reverse=True)


class Handles:
    """The handles of one conversation."""

    def __init__(self, vocabulary: Vocabulary | None, values: Iterable[str] = ()) -> None:
        """
        Args:
            vocabulary: Words that may pass; None: everything may, for shops whose model is their own.
            values: What the conversation's handles stood for so far, in order.
        """
        self._vocabulary = vocabulary
        self.values = list(values)
        self._numbers = {value: number for number, value in enumerate(self.values, 1)}

    def hide(self, value: Any) -> Any:
        """What a model may see of a cell."""
        if self._vocabulary is None or value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            is_open = self._vocabulary.knows(value) or _MOMENT.fullmatch(value) or not value.strip()
            return value if is_open else self._handle(value)
        if abs(value) >= _MOST_DIGITS:  # a number to call, without its plus
            return self._handle(str(value))
        return value

    def hide_in_words(self, words: str) -> str:
        """What a model may see of a question: without numbers to call, e-mail addresses, and customers' names."""
        if self._vocabulary is None:
            return words
        for value in self._vocabulary.people_in(words):
            handle = self._handle(value)
            words = re.sub(rf"(?<!\w){_spaced(value)}(?!\w)", handle, words, flags=re.IGNORECASE)
        return _PERSONAL.sub(lambda found: self._handle(found[0].strip()), words)

    def show(self, words: str) -> str:
        """Words of a model as people read them."""
        return _HANDLE.sub(lambda found: self._value(int(found[1])) or found[0], words)

    def fill_query(self, query: str) -> str:
        """A model's query with the values in place of `'[h1]'`, quoted."""

        def literal(found: re.Match[str]) -> str:
            value = self._value(int(found[1]))
            return found[0] if value is None else "'" + value.replace("'", "''") + "'"

        return _QUOTED.sub(literal, query)

    def _handle(self, value: str) -> str:
        number = self._numbers.get(value)
        if number is None:
            self.values.append(value)
            number = self._numbers[value] = len(self.values)
        return f"[h{number}]"

    def _value(self, number: int) -> str | None:
        return self.values[number - 1] if 1 <= number <= len(self.values) else None


def _spaced(name: str) -> str:
    """A pattern for a name however its words are spaced."""
    return r"\s+".join(map(re.escape, name.split()))
