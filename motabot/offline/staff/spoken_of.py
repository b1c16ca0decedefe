"""Whom a conversation is about: the customer that "she" or "they" refers to."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.reading import Reading
from motabot.offline.staff.state import State


def spoken_of(before: State) -> str:
    """The customer the earlier messages were about."""
    if before.order:
        return before.order.who
    if before.reading is None:
        return ""
    return next(iter(before.reading.who), "") or before.reading.name


def about(reading: Reading, before: State) -> Reading:
    """Replace "she" or "they" in a reading with the customer it refers to."""
    if before.reading and before.reading.who:
        return replace(reading, who=before.reading.who, name="")
    if before.order and before.order.who:
        return replace(reading, who=(before.order.who,), name="")
    if before.reading and before.reading.name and not reading.name:
        return replace(reading, name=before.reading.name)
    return reading
