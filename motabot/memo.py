"""Caches what is expensive to read, for a while and for all threads of a process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from cachetools import TTLCache

T = TypeVar("T")


class Memo:
    """Values by name, each for some seconds. One thread makes a value while the others wait for it."""

    def __init__(self, seconds: float) -> None:
        self._values: TTLCache[str, object] = TTLCache(maxsize=128, ttl=seconds)
        self._lock = threading.Lock()

    def get(self, name: str, make: Callable[[], T], *, keep: Callable[[T], bool] = lambda _value: True) -> T:
        """The value of that name, made again if it is missing or too old.

        Args:
            name: One name stands for values of one type.
            make: Makes the value. It may not ask this memo for another.
            keep: Whether a value that was made is kept for others.
        """
        with self._lock:
            if name in self._values:
                kept: T = self._values[name]  # type: ignore[assignment]
                return kept
            made = make()
            if keep(made):
                self._values[name] = made
            return made
