"""Writes that a rule of the shop's tables refuses: what it is, in words for a person, and what to do about it.

A table may have CHECK and NOT NULL constraints, domains, enums, lengths, foreign keys, row-level security and
triggers that raise. None of them is wrong; some exclude something that MotaBot writes.
"""

from __future__ import annotations

from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError

#: The first two letters of a code: data, integrity, an exception that a trigger raised.
_CLASSES: Final = frozenset({"22", "23", "P0"})
#: A right that is missing; a view, rule or generated column that takes no writes.
_CODES: Final = frozenset({"42501", "55000", "428C9", "0A000", "44000"})
#: Somebody else wrote the same key at the same moment, so that another try may work.
_CONCURRENT: Final = frozenset({"23505"})


def is_refused(error: DBAPIError) -> bool:
    """Whether a rule of a table refused the write, so that it fails however often it is tried."""
    code = getattr(error.orig, "sqlstate", None) or ""
    return (code[:2] in _CLASSES or code in _CODES) and code not in _CONCURRENT


def explain(error: DBAPIError) -> str:
    """What the database says, with the names of table, column and rule, and without any value of a row."""
    driver = error.orig
    if not isinstance(driver, psycopg.Error):
        return type(driver).__name__
    diagnosis = driver.diag
    where = ".".join(part for part in (diagnosis.table_name, diagnosis.column_name) if part)
    rule = diagnosis.constraint_name or diagnosis.datatype_name
    if driver.sqlstate == "P0001" and diagnosis.context:
        rule = diagnosis.context.splitlines()[0]
    named = ", ".join(part for part in (where and f"table {where}", rule and f"rule {rule}") if part)
    said = str(diagnosis.message_primary or driver).strip().splitlines()[0]
    return f"{said} ({named})" if named else said
