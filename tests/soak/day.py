"""How long a bad day is, what dies in each part of it, and what its texts say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Phones in each part of the day, and texts of each.
PHONES, TEXTS = 20, 10


#: What dies in each part of the day, in order, and how often.
HAVOC: Final = {"worker": 20, "web": 10, "sender": 12, "pooler": 10, "database": 8}
FAILURES: Final = 0.10
LEASE: Final = 20
#: Seconds: over how long the texts come, and after how long the run is given up.
DAY, LIMIT = 330.0, 600.0
WORDS = ["when do you open?", "where are you?", "do you deliver?", "what time do you close on sunday?"]


@dataclass(frozen=True)
class Size:
    """How many phones send `TEXTS` texts each in a part of the day, and how many seconds the day has."""

    phones: int
    seconds: float

    @property
    def part(self) -> float:
        return self.seconds / len(HAVOC)

    def moment(self, phone: int, share: float) -> float:
        """When a phone sends a text: at some share of its part of the day."""
        return (phone // self.phones + share) * self.part

    def part_of(self, phone: str) -> str:
        """What dies while a phone sends its texts."""
        return list(HAVOC)[int(phone[-4:]) // self.phones]
