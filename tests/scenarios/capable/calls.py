"""The tool calls of a capable model, and the form of its turns."""

from __future__ import annotations

from typing import Any

#: Who texts, the text, the tools that the model calls, and the reply that it then writes.
Turn = tuple[str, str, list[tuple[str, dict[str, Any]]], str]


def find(**given: Any) -> tuple[str, dict[str, Any]]:
    return "search_products", given


def suggest(**given: Any) -> tuple[str, dict[str, Any]]:
    return "recommend_products", given


def product(name: str) -> tuple[str, dict[str, Any]]:
    return "show_product", {"name": name}


def basket(items: dict[str, int], *, points: bool = False) -> tuple[str, dict[str, Any]]:
    listed = [{"product": name, "quantity": many} for name, many in items.items()]
    return "price_my_basket", {"items": listed, "day": None, "groups": None, "use_points": points}


def shop(topic: str, location: str | None = None) -> tuple[str, dict[str, Any]]:
    return "show_shop_info", {"topic": topic, "location": location}


def answer(question: str, language: str = "en") -> tuple[str, dict[str, Any]]:
    return "look_up_answer", {"question": question, "language": language}


def person(reason: str) -> tuple[str, dict[str, Any]]:
    return "ask_for_person", {"reason": reason, "summary": "The customer asks for it."}


def purchases(**given: Any) -> tuple[str, dict[str, Any]]:
    return "list_my_purchases", given


def spent(**given: Any) -> tuple[str, dict[str, Any]]:
    return "sum_my_purchases", given


def value(by: str, *names: str, category: str | None = None) -> tuple[str, dict[str, Any]]:
    return "compare_value", {"by": by, "products": list(names) or None, "category": category}


PROFILE: tuple[str, dict[str, Any]] = ("show_my_profile", {})
FAVORITES: tuple[str, dict[str, Any]] = ("list_my_favorites", {})
