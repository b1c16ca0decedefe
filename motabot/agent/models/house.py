"""The house model: rules, tools and templates. It needs no key, no network and nobody's permission."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from motabot.agent.house.reading import Reading, read
from motabot.agent.models.base import ModelAnswer, ModelRequest, ToolCall
from motabot.agent.words import Words

#: Which part of the shop's own statements an intent asks for.
_TOPICS = {
    "hours": "hours",
    "address": "address",
    "delivery": "delivery",
    "returns": "returns",
    "loyalty": "loyalty",
    "contact": "contact",
}
#: Why a person is asked, by intent.
_HANDOFFS = {
    "person": "asked",
    "order": "order",
    "complaint": "complaint",
    "medical": "medical",
    "under_21": "under_21",
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
        reading = read("\n".join(facts["texts"]))
        results = _results(request)
        plan = _plan(reading, facts)
        offered = {spec.name for spec in request.tools}
        missing = [
            (key, name, arguments) for key, name, arguments in plan if name in offered and key not in results
        ]
        if missing:
            calls = tuple(ToolCall(key, name, json.dumps(arguments)) for key, name, arguments in missing)
            return ModelAnswer("", calls, "tool_calls")
        said = [self._say(intent, reading, facts, results) for intent in reading.intents or ("unclear",)]
        return ModelAnswer(" ".join(said))

    def _say(self, intent: str, reading: Reading, facts: Mapping[str, Any], results: Mapping[str, Any]) -> str:
        result = results.get(intent)
        if isinstance(result, dict) and "error" in result:
            result = None
        products = _products(result)
        return self._words.say(
            "products"
            if products and intent in {"recommend", "search", "details", "cheaper", "follow_up"}
            else intent,
            reading.language,
            intent=intent,
            result=result,
            products=products[:_SHOWN],
            facts=facts,
            shop=facts["shop"],
            reading=reading,
        )


def _plan(reading: Reading, facts: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """What to look up, as (intent, tool, arguments); the intent is the call's id."""
    plan: list[tuple[str, str, dict[str, Any]]] = []
    for intent in reading.intents:
        if intent in _TOPICS:
            plan.append((intent, "show_shop_info", {"topic": _TOPICS[intent]}))
        elif intent in _HANDOFFS:
            summary = f"{_HANDOFFS[intent]}: {' / '.join(facts['texts'])}"[:300]
            plan.append((intent, "ask_for_person", {"reason": _HANDOFFS[intent], "summary": summary}))
        elif intent == "points":
            plan.append((intent, "show_my_profile", {}))
        elif intent in {"last_visit", "history"}:
            plan.append((intent, "list_my_purchases", {"limit": 1 if intent == "last_visit" else 3}))
        elif intent == "usual":
            plan.append((intent, "list_my_favorites", {"limit": _SHOWN, "category": reading.category}))
        elif intent == "recommend":
            plan.append((intent, "recommend_products", _wishes(reading) | {"limit": _SHOWN}))
        elif intent == "search":
            plan.append((intent, "search_products", _search(reading)))
        elif intent == "details":
            plan.append((intent, "show_product", {"name": reading.name}))
        elif intent in {"cheaper", "follow_up"}:
            plan.extend(_follow_up(intent, reading, facts))
    return plan


def _wishes(reading: Reading) -> dict[str, Any]:
    return {
        "effect": reading.effect,
        "category": reading.category,
        "flavor": reading.flavor,
        "flower_type": reading.flower_type,
        "max_price": float(reading.max_price) if reading.max_price is not None else None,
        "novelty": "new" if reading.wants_new else None,
    }


def _search(reading: Reading) -> dict[str, Any]:
    return {
        "query": reading.name or reading.query,
        "max_price": float(reading.max_price) if reading.max_price is not None else None,
        "sort": reading.sort,
        "limit": _SHOWN,
    }


def _follow_up(intent: str, reading: Reading, facts: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    shown = last_products(facts)
    if not shown:
        return []
    if intent == "cheaper":
        prices = [Decimal(str(product["price"])) for product in shown if product.get("price") is not None]
        below = float(min(prices) - Decimal("0.01")) if prices else None
        found = {"category": shown[0].get("category"), "max_price": below, "sort": "price_high", "limit": _SHOWN}
        return [(intent, "search_products", found)]
    index = max((reading.ordinal or 1) - 1, 0)
    return [(intent, "show_product", {"name": shown[index]["sku"]})] if index < len(shown) else []


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
