"""The offline model: a classifier, rules, tools and templates. It needs no key and no network."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cached_property

from motabot.agent.models.base import Model, ModelAnswer, ModelRequest, ToolCall
from motabot.agent.tools import CustomerTools
from motabot.boundary import JsonMapping
from motabot.catalog.index import CatalogIndex, get_index
from motabot.customers.context import TurnContext
from motabot.offline.customer.focus import shown_to
from motabot.offline.customer.in_parts import read_turn
from motabot.offline.customer.lookups import GOODS, HANDOFFS, Lookups
from motabot.offline.customer.named import wish_in
from motabot.offline.customer.phrasing import Phrasing
from motabot.offline.customer.reading import read
from motabot.offline.customer.referents import last_products
from motabot.offline.customer.requests import RequestReading
from motabot.offline.customer.results import look_closer, results_of
from motabot.offline.customer.slots import Slots
from motabot.offline.customer.yardsticks import measured
from motabot.replies import Replies
from motabot.shop import ShopNow
from motabot.text.normalize import normal

#: Intents that are about products whatever the words are.
_SURELY_GOODS = frozenset(("recommend", "cheaper"))


class OfflineModel:
    """Plans with the same tools as any other model and speaks through prompts/replies."""

    name = "offline"

    def __init__(self, words: Replies) -> None:
        self._words = words

    def for_turn(self, context: TurnContext, tools: CustomerTools) -> Model:
        """The model that answers this turn. It looks names up in the catalog as the customer's tools do."""
        return OfflineTurn(
            self._words,
            context,
            index=lambda: get_index(tools),
            facts=context.as_data(tools.zone),
            shop=tools.shop,
            today=tools.today,
        )

    @staticmethod
    def asks_for_products(context: TurnContext, tools: CustomerTools) -> bool:
        """Whether a turn's texts surely ask for products and need no person, so that the age is asked first."""
        reading = read(context.questions, last_products(context), get_index(tools))
        intents = {each.intent for each in reading.requests}
        return not intents & HANDOFFS.keys() and any(
            each.intent in _SURELY_GOODS or (each.intent in GOODS and each.slots.names_goods)
            for each in reading.requests
        )


class OfflineTurn:
    """One turn of it.

    It keeps no state between answers: the first asks for tools; the next finds their results among the messages
    and puts them into words.
    """

    name = "offline"

    def __init__(
        self,
        words: Replies,
        context: TurnContext,
        *,
        index: Callable[[], CatalogIndex],
        facts: JsonMapping,
        shop: ShopNow,
        today: date,
    ) -> None:
        """
        Args:
            words: The reply templates.
            context: The turn.
            index: The catalog's words, read when needed.
            facts: What templates may mention of the customer (`TurnContext.as_data`).
            shop: The shop at this moment.
            today: The shop's day.
        """
        self._words = words
        self._context = context
        self._index = index
        self._facts = facts
        self._shop = shop
        self._today = today
        self._shown = shown_to(context)

    @cached_property
    def _reading(self) -> RequestReading:
        stores = [normal(place.name) for place in self._shop.locations]
        return read_turn(self._context, self._shown, self._index(), stores)

    def _wish_of(self, part: str) -> Slots:
        return wish_in(part, self._index())

    def answer(self, request: ModelRequest) -> ModelAnswer:
        results = results_of(request)
        reading = measured(self._reading, results)
        language = reading.language
        lookups = Lookups(self._context, self._shown, self._shop, language, self._today, self._wish_of)
        offered = {spec.name for spec in request.tools}
        plans = [call for wanted in reading.requests for call in lookups.plan(wanted, results)]
        plans += [call for wanted in reading.requests for call in lookups.in_full(wanted, results)]
        calls = tuple(
            ToolCall(key, name, json.dumps(arguments))
            for key, name, arguments in (*plans, *look_closer(results))
            if name in offered and key not in results
        )
        if calls:
            return ModelAnswer("", calls, "tool_calls")
        return ModelAnswer(Phrasing(self._words, self._context, lookups, self._facts).say(reading, results))
