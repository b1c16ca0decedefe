"""Slots of a text in which every word is an ordinary one."""

from __future__ import annotations

from motabot.offline.customer.slots import Slots
from motabot.offline.customer.wish import read_slots


def read_wish(words: str) -> Slots:
    return read_slots(words, [], ordinary)


def ordinary(_word: str) -> bool:
    return True
