"""What the models may cost in a day."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Engine

from motabot.agent.models.base import Usage
from motabot.agent.models.prices import prices_of
from motabot.db.queries import load_sql
from motabot.logs import log
from motabot.memo import Memo
from motabot.settings import Settings

#: Seconds for which a day's sum is taken to hold: it may be overdrawn by what is spent in this time.
_KEPT_SECONDS = 10.0
_SPENT, _CHARGE_CHAT = load_sql(__package__, "spent"), load_sql(__package__, "charge_chat")


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
        """US dollars since the shop's midnight, for customers and staff."""
        settings = self._settings
        midnight = datetime.now(settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        first = prices_of(settings, settings.model_name)
        values = {"midnight": midnight, "read": first.read, "cached": first.cached, "written": first.written}
        with self._engine.connect() as connection:
            return Decimal(connection.execute(_SPENT, values).scalar_one())

    def cost(self, model: str, usage: Usage) -> Decimal:
        """US dollars for what one model used."""
        return prices_of(self._settings, model).of(usage)

    def charge_chat(self, chat_id: int, model: str, usage: Usage) -> None:
        """Note what a question of staff cost, whether the model answered it or not."""
        if usage.total == 0:
            return
        with self._engine.begin() as connection:
            connection.execute(
                _CHARGE_CHAT,
                {
                    "chat": chat_id,
                    "model": model,
                    "input": usage.input_tokens,
                    "cached": usage.cached_tokens,
                    "output": usage.output_tokens,
                    "is_estimated": usage.is_estimated,
                    "cost": self.cost(model, usage),
                },
            )
