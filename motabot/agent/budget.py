"""What the models may cost in a day."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Engine, text

from motabot.logs import log
from motabot.memo import Memo
from motabot.settings import Settings

#: Seconds for which a day's sum is taken to hold: it may be overdrawn by what is spent in this time.
_KEPT_SECONDS = 10.0
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
        self._memo = Memo(_KEPT_SECONDS)
        self._was_spent = False

    def is_spent(self) -> bool:
        """Whether the day's limit is reached, as of a few seconds ago."""
        return self._settings.model_daily_limit is not None and self._memo.get("is_spent", self._look)

    def _look(self) -> bool:
        limit = self._settings.model_daily_limit
        is_spent = limit is not None and self.spent_today() >= limit
        if is_spent and not self._was_spent:
            log.warning("daily spending limit reached", limit=str(limit))
        self._was_spent = is_spent
        return is_spent

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
