"""What the staff's model knows of the data before it asks: views, columns, values, and today's date."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from motabot.db import reporting
from motabot.db.queries import load_sql

_COLUMNS: Final = load_sql(__package__, "columns")
_RANGE: Final = load_sql(__package__, "data_range")
_FILE: Final = tomllib.loads((Path(__file__).parent / "card.toml").read_text(encoding="utf-8"))
_TOLD: Final[dict[str, str]] = _FILE["views"]
#: Columns with a closed list of values, as `People.by_column` has them.
_LISTS: Final[list[str]] = _FILE["lists"]
#: A longer list is counted, with its first values as examples; a still longer one is left out.
_MOST_LISTED, _MOST_VALUES, _EXAMPLES = 10, 40, 2


@dataclass(frozen=True)
class Card:
    """The schema card of one day.

    Attributes:
        today: The shop's day.
        zone: The shop's zone.
        first: The first day with a sale; None: there is none.
        last: The last one.
        relations: Columns by view.
        values: Closed lists of values by column.
        has_similarity: Whether queries can call similarity().
        has_texts: Whether the contents of texts can be read.
    """

    today: date
    zone: str
    first: date | None
    last: date | None
    relations: Mapping[str, Sequence[str]]
    values: Mapping[str, Sequence[str]]
    has_similarity: bool
    has_texts: bool

    def lines(self) -> list[str]:
        """The card as lines of text."""
        shown = [f"{name}({' '.join(columns)})" for name, columns in self.relations.items()]
        values = [f"{name}: {', '.join(each)}" for name, each in self.values.items()]
        return [*shown, *values]


def make_card(engine: Engine, words: Mapping[str, Sequence[str]], zone: ZoneInfo, *, has_texts: bool) -> Card:
    """Read what the card says from the database.

    Args:
        engine: The service's own connections.
        words: The shop's own words by "table.column".
        zone: The shop's zone.
        has_texts: Whether the contents of texts can be read: the redaction is not "full".
    """
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(_COLUMNS, {"schemas": [reporting.SCHEMA, "public"]}):
            is_table = row.table_schema == "public" and row.table_name in reporting.VIEWS
            if row.table_name in _TOLD and not is_table:
                found.setdefault(row.table_name, []).append(row.column_name)
        first, last, has_similarity = connection.execute(_RANGE).one()
    relations = {
        name: [column for column in found[name] if column in wanted.split()]
        for name, wanted in _TOLD.items()
        if name in found
    }
    values = {
        name.partition(".")[2]: _listed(sorted(words[name]))
        for name in _LISTS
        if 0 < len(words.get(name, ())) <= _MOST_VALUES
    }
    return Card(datetime.now(zone).date(), zone.key, first, last, relations, values, has_similarity, has_texts)


def _listed(values: Sequence[str]) -> list[str]:
    """A list of values, or how many there are and some of them."""
    if len(values) <= _MOST_LISTED:
        return list(values)
    return [f"{len(values)} values, such as {', '.join(values[:_EXAMPLES])}"]
