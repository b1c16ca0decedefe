"""Derived columns that the shop's table computes itself (GENERATED ALWAYS AS): a refresh leaves them to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

#: What each stage of a refresh compares: how a column of the shop's is written there, and how the new figure.
_COMPARED: Final = {
    "customer_change": ("o.", "n."),
    "pattern_change": ("f.", "w."),
    "affinity_change": ("f.", "w."),
    "staff_change": ("g.old_", "g."),
}


def compared(stage: str, sql: str, columns: Iterable[str]) -> str:
    """A stage's statement in which computed columns never differ."""
    if stage not in _COMPARED:
        return sql
    shops, new = _COMPARED[stage]
    for column in columns:
        sql = re.sub(rf"\b{re.escape(new)}{column}\b", f"{shops}{column}", sql)
    return sql


def written(sql: str, columns: Iterable[str]) -> str:
    """The statements that write a table's figures, without its computed columns."""
    updates, insert, inserts = sql.partition("insert into")
    for column in columns:
        updates = re.sub(rf"\b{column} = [cr]\.{column}\b", f"{column} = default", updates)
        inserts = re.sub(rf"(?<![.\w])(?:c\.)?{column},\s*", "", inserts)
    return f"{updates}{insert}{inserts}"
