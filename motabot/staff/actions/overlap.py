"""Who was texted lately, or is about to be: what a person should know before texting them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

#: Days in which a second text that the shop starts deserves a warning.
DAYS = 7
_NAMED = 10
_LATELY = """
select phone, max(coalesce(settled_at, due_at)) as at, bool_or(settled_at is null) as waits
from motabot.scheduled
where phone = any(%(phones)s) and dropped is null
  and (settled_at is null or settled_at > now() - make_interval(days => %(days)s))
group by phone
"""
_PROPOSED = """
select a.id, coalesce(p.phone, a.facts ->> 'phone') as phone
from motabot.actions a
left join lateral (select each ->> 'phone' as phone from jsonb_array_elements(
    case jsonb_typeof(a.facts -> 'people') when 'array' then a.facts -> 'people' else '[]' end) each) p on true
where a.status = 'pending' and a.expires_at > now() and a.name in ('text_customer', 'text_segment')
  and coalesce(p.phone, a.facts ->> 'phone') = any(%(phones)s)
"""


def last_texted(connection: Connection, phones: Iterable[str]) -> dict[str, datetime]:
    """The phones that have a text of the shop's waiting, or got one in the last `DAYS` days, with its moment."""
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
        warnings.append(f"{people} already have a text waiting or got one in the last {DAYS} days: {listed}.")
    proposed: dict[int, list[str]] = {}
    for row in connection.exec_driver_sql(_PROPOSED, {"phones": list(names)}):
        proposed.setdefault(row.id, []).append(names[row.phone])
    for action, people_in in proposed.items():
        people = _people(len(people_in), len(names))
        warnings.append(f"{people} are also in action {action}, which waits for approval: {_listed(people_in)}.")
    return warnings


def _people(some: int, of: int) -> str:
    return f"{some} of {of} recipients"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
