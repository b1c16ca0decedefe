"""Renders prompts/: the stable part once, the customer's part each turn."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from jinja2 import Environment

from motabot.agent.models.base import Message
from motabot.boundary import JsonMapping

#: Characters of one SMS, and of each of several that are joined.
_SINGLE_SEGMENT, _JOINED_SEGMENT = 160, 153
#: How many products of the last reply's lookups are in a prompt.
_MOST_SHOWN = 8


class Prompts:
    """The words around a turn.

    The system prompt is rendered once, from nothing that differs between customers or turns, so that a
    provider's prompt cache can serve it.
    """

    def __init__(self, environment: Environment, shop: JsonMapping, max_segments: int) -> None:
        """
        Args:
            environment: The templates.
            shop: What the shop states about itself (`ShopNow.as_data`); only what lasts may be mentioned.
            max_segments: The longest reply, in SMS segments.
        """
        self._budget = _JOINED_SEGMENT * max_segments if max_segments > 1 else _SINGLE_SEGMENT
        self._own_numbers = numbers_of(shop)
        self._turn = environment.get_template("turn.md.j2")
        self._staff = environment.get_template("staff.md.j2")
        self._shop = shop
        self.shop_statements = environment.get_template("_shop.md.j2").render(shop=shop)
        self.customer = environment.get_template("customer.md.j2").render(shop=shop, max_segments=max_segments)

    def staff(self, card: object, *, is_chat: bool = True) -> str:
        """The instructions of the staff's model.

        Args:
            card: What it knows of the data: the same all day, so that a provider's prompt cache can serve it.
            is_chat: People read its answers in the chat, beside the rows and with names in place of placeholders.
        """
        return self._staff.render(shop=self._shop, card=card, is_chat=is_chat)

    def stated(self) -> list[int | float | str]:
        """The figures that the staff's instructions state besides the data: what loyalty points are worth."""
        loyalty = self._shop.get("loyalty") or {}
        return [loyalty[name] for name in ("reward_points", "reward_dollars") if loyalty.get(name)]

    def open_turn(
        self,
        facts: JsonMapping,
        now: datetime,
        notice: str = "",
        shop: JsonMapping | None = None,
        ahead: Sequence[JsonMapping] = (),
    ) -> tuple[list[Message], str]:
        """The prompt of a customer's turn: the stable part first, this customer last.

        Whatever a customer or the database wrote stands between delimiters that carry a random id, which
        no text can know beforehand.

        Args:
            facts: What is known of the customer (`TurnContext.as_data`), with keys.
            now: The turn's moment, in the shop's zone.
            notice: What code puts before the reply.
            shop: What the shop states at this moment (`ShopNow.as_data`), with the hours of today.
            ahead: What was looked up already: `tool`, `arguments` and `told`, the last two as JSON.

        Returns:
            The messages, and that id, which must not come back in a reply.
        """
        fence = secrets.token_hex(8)
        turn = self._turn.render(
            facts=facts,
            shown=list(_shown(facts)),
            now=now,
            fence=fence,
            own_numbers=self._own_numbers,
            notice=notice,
            shop=shop or {},
            ahead=ahead,
            budget=self._budget - len(notice),
        )
        return [Message("system", self.customer), Message("user", turn)], fence


def _shown(facts: JsonMapping) -> Iterator[JsonMapping]:
    """The products that were looked up for the shop's last reply, so that "the second one" needs no new lookup."""
    found = [lookup["result"] for lookup in facts.get("last_shown") or () if isinstance(lookup["result"], Mapping)]
    listed = [
        item
        for result in found
        for item in (result.get("products") or result.get("candidates") or [result.get("product")])
        if isinstance(item, Mapping) and item.get("name")
    ]
    yield from {item["name"]: item for item in listed[:_MOST_SHOWN]}.values()


def numbers_of(shop: JsonMapping) -> frozenset[str]:
    """The shop's own phone numbers, which may be in a prompt."""
    places = [shop, *(shop.get("locations") or ())]
    return frozenset(place["phone"] for place in places if place.get("phone"))
