"""Who a message mentions: placeholders, phone numbers, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motabot.offline.staff.reading import Reading


@dataclass(frozen=True)
class Mentioned:
    """Who a message names, in its order."""

    message: str
    values: Sequence[str]
    reading: Reading

    @property
    def all(self) -> tuple[str, ...]:
        return self.reading.who

    @property
    def first(self) -> str:
        return self.all[0] if self.all else ""

    @property
    def name(self) -> str:
        """Words that may be a name: capitalized, or unknown otherwise."""
        written = re.findall(r"(?<=\s)[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)*", self.message)
        return str(written[0]) if written else self.reading.name

    @property
    def phone(self) -> str:
        return next((each for each in self.all if is_phone(each, self.values)), "")


def value_of(words: str, values: Sequence[str]) -> str:
    """The value of a placeholder; other words are their own value."""
    found = re.fullmatch(r"\[h(\d+)\]", words)
    return values[int(found[1]) - 1] if found and 1 <= int(found[1]) <= len(values) else words


def is_phone(words: str, values: Sequence[str]) -> bool:
    """Whether a placeholder, or words, are a phone number."""
    value = value_of(words, values)
    return bool(re.fullmatch(r"[+(]?[\d\s().-]{8,}", value)) and sum(map(str.isdigit, value)) >= 10
