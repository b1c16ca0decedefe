"""Who was texted lately, or is about to be: what a person should know before texting them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from motabot.db.queries import driver_sql

#: Days in which a second text that the shop starts deserves a warning.
DAYS = 7
_NAMED = 10
_LATELY = driver_sql(__package__, "texted_lately")
_PROPOSED = driver_sql(__package__, "proposed_texts")


def last_texted(connection: Connection, phones: Iterable[str]) -> dict[str, datetime]:
    """The phones with a text of the shop waiting or received in the last `DAYS` days, with its moment."""
    rows = connection.exec_driver_sql(_LATELY, {"phones": list(phones), "days": DAYS})
    return {row.phone: row.at for row in rows}


def overlap_warnings(
    connection: Connection, names: Mapping[str, str], texted: Mapping[str, datetime]
) -> list[str]:
    """Warnings in words.

    Args:
        connection: A transaction.
        names: What people call each recipient, by phone.
        texted: What `last_texted` gave for them.
    """
    warnings = []
    if texted:
        listed = _listed([names[phone] for phone in texted])
        people = _people(len(texted), len(names))
        have = "has" if len(texted) == 1 else "have"
        warnings.append(f"{people} already {have} a text waiting or got one in the last {DAYS} days: {listed}.")
    proposed: dict[int, list[str]] = {}
    for row in connection.exec_driver_sql(_PROPOSED, {"phones": list(names)}):
        proposed.setdefault(row.id, []).append(names[row.phone])
    for action, people_in in proposed.items():
        people = _people(len(people_in), len(names))
        are = "is" if len(people_in) == 1 else "are"
        warnings.append(f"{people} {are} also in action {action}, which waits for approval: {_listed(people_in)}.")
    return warnings


def _people(some: int, of: int) -> str:
    return f"{some} of {of} recipients"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
