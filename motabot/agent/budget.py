"""What the models may cost in a day."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Engine, text

from motabot.logs import log
from motabot.settings import Settings

#: Seconds for which a day's sum is taken to hold: it may be overdrawn by what is spent in this time.
_FRESH = 10.0
#: English prose has about four characters a token; see OpenAI, "What are tokens and how to count them?".
_CHARS_PER_TOKEN = 4
_MILLION = Decimal(1_000_000)
_SPENT = text(
    """
    select coalesce(sum(input_tokens), 0), coalesce(sum(cached_tokens), 0), coalesce(sum(output_tokens), 0)
    from motabot.turns where finished_at >= :midnight
    """
)


def about_tokens(characters: int) -> int:
    """How many tokens so many characters are, roughly: the tokenizer is the provider's."""
    return -(-characters // _CHARS_PER_TOKEN)


class Budget:
    """Adds up what the day's turns cost, at the prices that the settings name."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """
        Args:
            engine: Reads the turns.
            settings: Prices, the limit in US dollars (None: no limit), and the zone of the shop's day.
        """
        self._engine = engine
        self._settings = settings
        self._lock = threading.Lock()
        self._is_spent = False
        self._read_at = float("-inf")

    def is_spent(self) -> bool:
        """Whether the day's limit is reached. Read again every few seconds, by one thread."""
        if self._settings.model_daily_limit is None:
            return False
        if time.monotonic() - self._read_at > _FRESH:
            with self._lock:
                if time.monotonic() - self._read_at > _FRESH:
                    was, self._is_spent = self._is_spent, self.spent_today() >= self._settings.model_daily_limit
                    self._read_at = time.monotonic()
                    if self._is_spent and not was:
                        log.warning("daily spending limit reached", limit=str(self._settings.model_daily_limit))
        return self._is_spent

    def spent_today(self) -> Decimal:
        """US dollars since the shop's midnight."""
        settings = self._settings
        midnight = datetime.now(settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        with self._engine.connect() as connection:
            sums = connection.execute(_SPENT, {"midnight": midnight}).one()
        read, cached, written = (Decimal(tokens) for tokens in sums)
        return (
            (read - cached) * settings.model_price_input
            + cached * settings.model_price_cached
            + written * settings.model_price_output
        ) / _MILLION
