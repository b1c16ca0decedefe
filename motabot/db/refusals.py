"""Writes that a rule of the shop's tables refuses: what it is, in words for a person, and what to do about it.

A table may have CHECK and NOT NULL constraints, domains, enums, lengths, foreign keys, row-level security and
triggers that raise. None of them is wrong; some exclude something that MotaBot writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from motabot.db.connecting import is_standby
from motabot.errors import RuledOut
from motabot.logs import log

_Result = TypeVar("_Result")

#: The first two letters of a code: data, integrity, an exception that a trigger raised.
_CLASSES: Final = frozenset({"22", "23", "P0"})
_NO_RIGHT: Final = "42501"
#: A right that is missing; a view, rule or generated column that takes no writes; a parameter that a default or a
#: policy reads and nobody has set.
_CODES: Final = frozenset({_NO_RIGHT, "55000", "428C9", "0A000", "44000", "42704"})
#: What may resolve by itself, if a trigger's function meets it: lost connections, conflicts of transactions, full
#: disks and the like, locks, an administrator, a failure of the server.
_PASSING: Final = ("08", "40", "53", "55P03", "57", "58", "XX")
#: The server's own function that refuses a plan of before. Its words are in the server's language.
_PLANS: Final = "RevalidateCachedQuery"
#: Words that are longer than their column.
_TOO_LONG: Final = "22001"
#: Somebody else wrote the same key at the same moment, so that another try may work.
_CONCURRENT: Final = frozenset({"23505"})


def is_refused(error: DBAPIError) -> bool:
    """Whether a rule of a table refused the write, so that it fails however often it is tried."""
    code = getattr(error.orig, "sqlstate", None) or ""
    if is_standby(error.orig):
        return False
    if isinstance(error.orig, psycopg.Error) and error.orig.diag.source_function == _PLANS:
        return False  # the shop has changed a column's type; the next try plans again
    if code in _CONCURRENT or not code:
        return False
    if code[:2] in _CLASSES or code in _CODES:
        return True
    has_place = isinstance(error.orig, psycopg.Error) and bool(error.orig.diag.context)
    return has_place and not code.startswith(_PASSING)


def is_own_right(error: DBAPIError, table: str) -> bool:
    """Whether the login itself lacks a right on a table, or row-level security hides it; in any language."""
    if not isinstance(error.orig, psycopg.Error) or error.orig.sqlstate != _NO_RIGHT:
        return False
    diagnosis = error.orig.diag
    said = re.findall(r"\w+", diagnosis.message_primary or "")
    return table in said and not diagnosis.context  # a trigger's error has one


def ruled_out(error: DBAPIError, *, is_passing: bool = False) -> RuledOut | None:
    """The refusal in words, if the cause is a rule of a table and not a value of the request.

    Args:
        error: What the database said.
        is_passing: The same request will work once the rule is changed, so that its sender must keep it.
    """
    code = getattr(error.orig, "sqlstate", None) or ""
    is_value = code.startswith("22") and code != _TOO_LONG  # a cast of the request's own value; one to text cuts
    return RuledOut(explain(error), is_passing=is_passing) if is_refused(error) and not is_value else None


def unless_refused(connection: Connection, write: Callable[[], _Result]) -> tuple[_Result | None, str]:
    """Make a write that the rest of the transaction does not depend on; a rule's refusal undoes only this write.

    Returns:
        What `write` returns, and in words what refused it; empty if nothing did.
    """
    try:
        with connection.begin_nested():
            return write(), ""
    except DBAPIError as error:
        if not is_refused(error):
            raise
        log.warning("a rule of the shop's tables refuses a write", rule=rule_of(error))
        return None, explain(error)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a rule's refusal into a `RuledOut`, which every door shows; any other error passes through."""
    try:
        yield
    except DBAPIError as error:
        if (rule := ruled_out(error)) is None:
            raise
        raise rule from error


def explain(error: DBAPIError) -> str:
    """What the database says, with the names of table, column and rule, and without any value of a row."""
    driver = error.orig
    if not isinstance(driver, psycopg.Error):
        return type(driver).__name__
    named = rule_of(error)
    said = str(driver.diag.message_primary or driver).strip().splitlines()[0]
    return f"{said} ({named})" if named else said


def rule_of(error: DBAPIError) -> str:
    """The names alone of table, column and rule, as a log may show them; empty if the database tells none."""
    driver = error.orig
    if not isinstance(driver, psycopg.Error):
        return ""
    diagnosis = driver.diag
    where = ".".join(part for part in (diagnosis.table_name, diagnosis.column_name) if part)
    rule = diagnosis.constraint_name or diagnosis.datatype_name
    if driver.sqlstate == "P0001" and diagnosis.context:
        rule = diagnosis.context.splitlines()[0]
    return ", ".join(part for part in (where and f"table {where}", rule and f"rule {rule}") if part)
