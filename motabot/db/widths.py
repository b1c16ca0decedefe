"""How long the words may be that a column of the shop's holds."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from motabot.db.queries import load_sql
from motabot.text.regex import regex

_SQL = load_sql(__package__, "width")
#: ``length((content)::text) <= 160``, as PostgreSQL writes a rule; a domain's says VALUE.
_RULE: Final = regex(
    r"\b(?:char_length|character_length|length)\(\(*\"?(?P<name>\w+)\"?\)*(?:::[\w ]+)?\)\s*"
    r"(?P<sign><=?)\s*\(*(?P<most>\d+)"
)


def width(connection: Connection, table: str, column: str) -> int | None:
    """The most characters that a column of one of the nine tables holds; None if the catalog names no limit.

    A rule that a catalog does not show, such as a trigger's, is not seen here.
    """
    found = connection.execute(_SQL, {"table": f"public.{table}", "column": column}).one()
    limits = [found.length] if found.length is not None else []
    for rule in found.rules:
        limits += [
            int(match["most"]) - (match["sign"] == "<")
            for match in _RULE.finditer(rule)
            if match["name"] in (column, "VALUE")
        ]
    return min(limits, default=None)
