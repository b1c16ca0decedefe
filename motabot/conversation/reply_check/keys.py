"""The keys of a turn: p1 for a product, v1 for a visit, s1 for a sum over a period, b1 for a basket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from decimal import Decimal

from motabot.boundary import Json, JsonMapping
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.product import Product, as_decimal, product_from
from motabot.conversation.reply_check.records import Visit, period_sum_from, visit_from
from motabot.text.regex import regex

_PERIOD_IN_PATH = regex(r"\bs\d+\b")
#: What marks a sum: one over a period, or a basket.
_PERIOD_KEYS = frozenset({"since", "until", "period", "month", "subtotal"})
#: The field of a turn's context that holds what the turn before looked up.
_EARLIER = "last_shown"


@dataclass
class Keys:
    """The keys of one turn. The same product, visit or period keeps its key in every result."""

    zone: tzinfo
    _products: dict[str, str] = field(default_factory=dict)
    _visits: dict[tuple[object, ...], str] = field(default_factory=dict)
    _periods: dict[str, JsonMapping] = field(default_factory=dict)
    _shown: dict[str, dict[str, object]] = field(default_factory=dict)

    def annotate(self, value: object, *, is_earlier: bool = False) -> Json:
        """The same data, in which each product, visit and period carries its key.

        Args:
            value: The turn's context, or the result of a tool.
            is_earlier: An earlier turn looked it up. The prompt shows such a turn's products again and nothing
                else, so its visits, sums and baskets get no key that the turn does not show.
        """
        if isinstance(value, Mapping):
            inner = {
                name: self.annotate(item, is_earlier=is_earlier or name == _EARLIER)
                for name, item in value.items()
            }
            key = self._key_of(value, is_earlier=is_earlier)
            if key:
                own = {str(name).lower(): item for name, item in value.items() if _is_plain(item)}
                self._shown.setdefault(key, {}).update(own)
            # a result of an earlier turn holds that turn's keys
            kept = {name: item for name, item in inner.items() if name != "key" or not (key or is_earlier)}
            return {"key": key, **kept} if key else kept
        if isinstance(value, list | tuple):
            return [self.annotate(item, is_earlier=is_earlier) for item in value]
        return value

    def _key_of(self, value: JsonMapping, *, is_earlier: bool) -> str | None:
        if product := product_from(value):
            return self._products.setdefault(product.folded, f"p{len(self._products) + 1}")
        if is_earlier:
            return None
        if visit := visit_from(value, self.zone):
            return self._visits.setdefault(_identity(visit), f"v{len(self._visits) + 1}")
        is_basket = "before_tax" in value
        if (is_basket or _PERIOD_KEYS & value.keys()) and any(
            as_decimal(item) is not None for name, item in value.items() if name != "limit"
        ):
            letter = "b" if is_basket else "s"
            key = f"{letter}{1 + sum(known.startswith(letter) for known in self._periods)}"
            self._periods[key] = value
            return key
        return None

    def product(self, key: str, facts: Facts) -> Product | None:
        """The product of a key."""
        name = next((name for name, own in self._products.items() if own == key), None)
        return next((one for one in facts.products if one.folded == name), None)

    def names(self) -> Mapping[str, str]:
        """The keys of products, by their folded names."""
        return self._products

    def visit(self, key: str, facts: Facts) -> Visit | None:
        """The visit of a key."""
        wanted = next((identity for identity, own in self._visits.items() if own == key), None)
        return next((one for one in facts.visits if _identity(one) == wanted), None)

    def period(self, key: str) -> JsonMapping | None:
        """The sum over a period that a key names."""
        return self._periods.get(key)

    def shown(self, key: str) -> Mapping[str, object]:
        """Every plain field of a key that a result showed, by its name in lower case."""
        return self._shown.get(key, {})

    def span(self, path: str) -> tuple[date, date] | None:
        """The first and last day of the one sum that an expression uses."""
        used = {*_PERIOD_IN_PATH.findall(path)}
        total = (
            period_sum_from(self._periods[used.pop()]) if len(used) == 1 and used <= self._periods.keys() else None
        )
        return (total.first, total.last) if total else None

    def named(self, facts: Facts) -> str:
        """The keys and what they name, for a correction."""
        known = [f"{key} ({one.name})" for key in self._products.values() if (one := self.product(key, facts))]
        return ", ".join([*known[:8], *list(self._visits.values())[:5], *self._periods, "me", "shop"])


def _is_plain(item: object) -> bool:
    """Whether a field is one figure, one day or one short text, which a reply can hold."""
    return isinstance(item, int | float | Decimal | str | date) and not isinstance(item, bool)


def _identity(visit: Visit) -> tuple[object, ...]:
    return visit.day, visit.total
