"""The words with which previews say what is and what would be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from motabot.boundary import Cell, JsonMapping


def counted(many: int, noun: str) -> str:
    """A number with its noun: "1 text", "2,000 rows"."""
    return f"{many:,} {noun}{'' if many == 1 else 's'}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment as people in the shop read it: "Fri Nov 27, 09:00"."""
    return f"{at.astimezone(zone):%a %b %-d, %H:%M}"


def between(first: datetime, last: datetime, zone: ZoneInfo) -> str:
    """When the first and the last of some texts go out."""
    begin, end = moment(first, zone), moment(last, zone)
    return f"from {begin} on" if begin == end else f"from {begin} to {end}"


def without_name(words: str, name: str | None) -> str:
    """A text with "there" in place of the recipient's name: "Hi Nina" is judged as "Hi there"."""
    for part in re.findall(r"[^\W_][\w'’-]*", name or ""):
        words = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "there", words, flags=re.IGNORECASE)
    return words


def rows(tables: Mapping[str, int]) -> str:
    """Rows by table: "12 rows of transactions, 1 row of leads"."""
    return ", ".join(f"{counted(many, 'row')} of {table}" for table, many in tables.items() if many) or "no rows"


def explain(name: str, before: Cell, after: Cell) -> str:
    """The difference between two previews of a fact, in words; for people it says who."""
    said = name.replace("_", " ")
    if name == "people" and isinstance(before, list) and isinstance(after, list):
        return _people(before, after)
    if isinstance(before, list) and isinstance(after, list):
        added, gone = (
            [each for each in after if each not in before],
            [each for each in before if each not in after],
        )
        parts = [
            f"{', '.join(map(str, each))} {what}"
            for what, each in (("now too", added), ("no longer", gone))
            if each
        ]
        return f"{said} changed: {'; '.join(parts) or 'their order'}"
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        return f"{said} changed: {', '.join(f'{key} was {before.get(key)}, is {after.get(key)}' for key in keys)}"
    return f"{said} was “{before}”, is “{after}”"


def _people(before: list[JsonMapping], after: list[JsonMapping]) -> str:
    was, now = ({each["phone"]: each for each in people} for people in (before, after))
    gone = [_called(was[phone]) for phone in was.keys() - now.keys()]
    new = [_called(now[phone]) for phone in now.keys() - was.keys()]
    other = [_called(now[phone]) for phone in was.keys() & now.keys() if was[phone] != now[phone]]
    parts = (("no longer a recipient", gone), ("now a recipient too", new), ("reads other words", other))
    told = "; ".join(f"{', '.join(sorted(people))} ({what})" for what, people in parts if people)
    return f"people changed: {told}" if told else "people changed their order"


def _called(person: JsonMapping) -> str:
    return str(person.get("name") or person.get("phone"))
