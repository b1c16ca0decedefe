"""Holds a draft against what this turn knows: the bridge from a turn to the reply check."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence

from sqlalchemy import Engine, text

from motabot.agent.loop import Exchange
from motabot.agent.tools import CustomerTools, HandOff
from motabot.conversation.reply_check import Facts, Vocabulary, check
from motabot.customers.context import TurnContext

#: Seconds after which the catalogue's names are read again.
_FRESH = 600.0
_NAMES = text(
    "select name from public.products union select brand from public.products"
    " union select strain from public.products"
)


class Reviewer:
    """Says what is wrong with a draft, in words for the model that must repair it."""

    def __init__(self, engine: Engine, tool_names: Iterable[str], max_segments: int) -> None:
        """
        Args:
            engine: Reads the catalogue's names.
            tool_names: Words of the machinery, which no reply may hold.
            max_segments: The longest reply, in SMS segments.
        """
        self._engine = engine
        self._tool_names = frozenset(tool_names)
        self._max_segments = max_segments
        self._lock = threading.Lock()
        self._vocabulary = Vocabulary()
        self._read_at = float("-inf")

    def __call__(
        self, exchange: Exchange, context: TurnContext, tools: CustomerTools, fence: str
    ) -> Sequence[str]:
        """
        Args:
            exchange: The draft, and what was looked up for it.
            context: The facts that the turn started from.
            tools: The shop and the clock.
            fence: The turn's delimiter, which must not leave it.
        """
        facts = Facts.collect(
            context.as_data(tools.zone),
            *(call.result.value for call in exchange.calls if call.result.ok),
            shop=tools.shop.as_data(),
            zone=tools.zone,
            today=tools.today,
            person_asked=any(isinstance(intent, HandOff) for intent in exchange.intents),
            # a number that is new here also gets the words that say that a bot writes
            max_segments=max(1, self._max_segments - (not context.phone.greeted)),
            never_say={fence, *self._tool_names},
            vocabulary=self._names(),
        )
        return [f'"{problem.excerpt}": {problem.reason}' for problem in check(exchange.text, facts)]

    def _names(self) -> Vocabulary:
        """The catalogue's names, read now and then by one thread while the others use what is there."""
        if time.monotonic() - self._read_at > _FRESH:
            with self._lock:
                if time.monotonic() - self._read_at > _FRESH:
                    with self._engine.connect() as connection:
                        self._vocabulary = Vocabulary.build(connection.execute(_NAMES).scalars())
                    self._read_at = time.monotonic()
        return self._vocabulary
