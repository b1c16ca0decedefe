"""Holds a draft against what this turn knows: the bridge from a turn to the reply check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Engine, text

from motabot.agent.loop import Exchange
from motabot.agent.tools import CustomerTools, HandOff
from motabot.conversation.reply_check import Facts, Vocabulary, check
from motabot.customers.context import TurnContext
from motabot.memo import Memo

#: For how long the catalog's names are taken as they were.
_KEPT_SECONDS = 600.0
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
        self._memo = Memo(_KEPT_SECONDS)

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
        return self._memo.get("names", self._read_names)

    def _read_names(self) -> Vocabulary:
        with self._engine.connect() as connection:
            return Vocabulary.build(connection.execute(_NAMES).scalars())
