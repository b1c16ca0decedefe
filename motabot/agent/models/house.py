"""The house model: rules, tools and templates. It needs no key, no network and nobody's permission."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from motabot.agent.house.reading import Reading, Request, read
from motabot.agent.models.base import ModelAnswer, ModelRequest, ToolCall
from motabot.agent.words import Words

#: Intents that ask for the shop's own statement of that name.
_TOPICS = frozenset(("hours", "address", "delivery", "returns", "loyalty", "contact"))
#: Intents that name products, and the template for when there are none.
_GOODS = {
    "recommend": "nothing",
    "search": "nothing",
    "details": "nothing",
    "guess": "unclear",
    "cheaper": "cheaper",
    "follow_up": "follow_up",
}
#: Why a person is asked, by intent.
_HANDOFFS = {
    "person": "asked",
    "order": "order",
    "complaint": "complaint",
    "medical": "medical",
    "under_21": "under_21",
    "new_number": "new_number",
}
#: A reply names this many products at most.
_SHOWN = 3


class HouseModel:
    """Plans with the same tools as any other model and speaks through prompts/replies.

    It keeps nothing between answers: a first answer asks for tools, the next one finds their results among
    the messages and puts them into words.
    """

    name = "house"

    def __init__(self, prompts_dir: Path) -> None:
        self._words = Words(prompts_dir)

    def answer(self, request: ModelRequest) -> ModelAnswer:
        facts = request.facts
        reading = read(facts["texts"])
        results = _results(request)
        offered = {spec.name for spec in request.tools}
        calls = tuple(
            ToolCall(key, name, json.dumps(arguments))
            for wanted in reading.requests
            for key, name, arguments in _plan(wanted, facts)
            if name in offered and key not in results
        )
        if calls:
            return ModelAnswer("", calls, "tool_calls")
        said = [self._say(wanted, reading, facts, results) for wanted in reading.requests] or [
            self._words.say("unclear", reading.language)
        ]
        return ModelAnswer(" ".join(said))

    def _say(self, wanted: Request, reading: Reading, facts: Mapping[str, Any], results: Mapping[str, Any]) -> str:
        got = [result for key, result in results.items() if key.partition("/")[0] == wanted.intent]
        usable = [result for result in got if isinstance(result, dict) and "error" not in result]
        each = _SHOWN if len(usable) == 1 else 1  # of several that are compared, one each
        products = [product for result in usable for product in _products(result)[:each]]
        template = wanted.intent
        if template in _GOODS:
            template = "products" if products else _GOODS[template]
        return self._words.say(
            template,
            reading.language,
            result=usable[0] if usable else None,
            products=products,
            facts=facts,
            shop=facts["shop"],
            request=wanted,
        )


def _plan(wanted: Request, facts: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """What to look up for one request, as (id of the call, tool, arguments); the id begins with the intent."""
    intent = wanted.intent
    if intent in _TOPICS:
        return [(intent, "show_shop_info", {"topic": intent})]
    if intent in _HANDOFFS:
        summary = f"{_HANDOFFS[intent]}: {' / '.join(facts['texts'])}"[:300]
        return [(intent, "ask_for_person", {"reason": _HANDOFFS[intent], "summary": summary})]
    if intent == "points":
        return [(intent, "show_my_profile", {})]
    if intent in {"last_visit", "history"}:
        return [(intent, "list_my_purchases", {"limit": 1 if intent == "last_visit" else 3})]
    if intent == "usual":
        return [(intent, "list_my_favorites", {"limit": _SHOWN, "category": wanted.category})]
    if intent == "recommend":
        return [(intent, "recommend_products", _wishes(wanted))]
    if intent in {"search", "guess"}:
        return [(intent, "search_products", _search(wanted))]
    if intent == "details":
        return [(f"details/{n}", "show_product", {"name": name}) for n, name in enumerate(wanted.names[:2])]
    if intent in {"cheaper", "follow_up"}:
        return _follow_up(wanted, facts)
    return []


def _wishes(wanted: Request) -> dict[str, Any]:
    return {
        "effect": wanted.effect,
        "category": wanted.category,
        "flavor": wanted.flavor,
        "flower_type": wanted.flower_type,
        "max_price": float(wanted.max_price) if wanted.max_price is not None else None,
        "novelty": "new" if wanted.wants_new else None,
        "limit": _SHOWN,
    }


def _search(wanted: Request) -> dict[str, Any]:
    return {
        "query": wanted.name or wanted.query,
        "max_price": float(wanted.max_price) if wanted.max_price is not None else None,
        "sort": wanted.sort,
        "limit": _SHOWN,
    }


def _follow_up(wanted: Request, facts: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    shown = last_products(facts)
    if not shown:
        return []
    if wanted.intent == "cheaper":
        prices = [Decimal(str(product["price"])) for product in shown if product.get("price") is not None]
        below = float(min(prices) - Decimal("0.01")) if prices else None
        found = {"category": shown[0].get("category"), "max_price": below, "sort": "price_high", "limit": _SHOWN}
        return [(wanted.intent, "search_products", found)]
    index = max((wanted.ordinal or 1) - 1, 0)
    return [(wanted.intent, "show_product", {"name": shown[index]["sku"]})] if index < len(shown) else []


def last_products(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The products that the previous turn named, in the order it named them."""
    for call in reversed(facts.get("last_shown") or []):
        products = _products(call.get("result"))
        if products:
            return products[:_SHOWN]
    return []


def _products(result: Any) -> list[dict[str, Any]]:
    if not isinstance(result, dict):
        return []
    if isinstance(result.get("product"), dict):
        return [result["product"]]
    found: Sequence[Any] = result.get("products") or result.get("favorites") or result.get("candidates") or []
    return [product for product in found if isinstance(product, dict)]


def _results(request: ModelRequest) -> dict[str, Any]:
    """Tool results by the id of their call, which is the intent that asked for them."""
    return {
        message.tool_call_id: json.loads(message.content, parse_float=Decimal)
        for message in request.messages
        if message.role == "tool" and message.tool_call_id
    }
