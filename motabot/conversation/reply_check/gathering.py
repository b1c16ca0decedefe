"""Walks a turn's context and its tools' results, and sorts what stands there into what may be said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from motabot.conversation.reply_check.draft import fold
from motabot.conversation.reply_check.figures import ANY_YEAR, days_in, money_in, percents_in, points_in
from motabot.conversation.reply_check.vocabulary import name_tokens

_MONEY_KEY = re.compile(
    r"price|cost|amount|spent|paid|total|value|sales|worth|fee\b|subtotal|tax|discount|minimum|usd|dollars"
)
_COUNT_KEY = re.compile(
    r"count|visits|days|points|quantity|number|score|rate|rating|probability|items|results|found"
)
_PERCENT_KEY = re.compile(r"thc|cbd|cbn|cbg|percent|content")
_POINTS_KEY = re.compile(r"points")
_BALANCE_KEYS = frozenset({"loyalty_points", "points", "points_balance", "balance_points"})
_UNSAYABLE_KEYS = frozenset({"helps_with", "image_url", "leafly_url"})
_CUSTOMER_KEYS = frozenset({"texts", "last_message"})
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?")
_HOST = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE_DIGITS = 10


@dataclass(frozen=True)
class ProductFacts:
    """One product as the turn knows it.

    Attributes:
        name: Its name.
        names: What it may be called by: name, brand, strain, category, type; empty where not known.
        price: Today's price; None where it is not known.
        amounts: Every amount that belongs to it: price, average paid, line totals.
        effects: As customers describe them, folded. Negatives, flavours and terpenes likewise.
        available: Whether it can be bought now; None where it is not known.
    """

    name: str
    names: tuple[str, ...]
    price: Decimal | None = None
    amounts: frozenset[Decimal] = frozenset()
    effects: frozenset[str] = frozenset()
    negatives: frozenset[str] = frozenset()
    flavors: frozenset[str] = frozenset()
    terpenes: frozenset[str] = frozenset()
    thc: Decimal | None = None
    cbd: Decimal | None = None
    available: bool | None = None

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All words of its names."""
        return frozenset(token for name in self.names for token in name_tokens(name))

    @cached_property
    def _called(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tokens for tokens in map(name_tokens, (self.name, *self.names[2:3])) if tokens)

    def is_named_in(self, folded: str) -> bool:
        """Whether a folded text names it by its name or its strain."""
        words = f" {' '.join(name_tokens(folded))} "
        return any(f" {' '.join(tokens)} " in words for tokens in self._called)


def phones_in(text: str) -> Iterator[str]:
    """Ten-digit phone numbers, as their digits."""
    for found in re.findall(r"(?<!\d)(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)", text):
        yield re.sub(r"\D", "", found)[-_PHONE_DIGITS:]


def hosts_in(text: str) -> Iterator[str]:
    """Hosts of the web addresses in a text, without "www."."""
    for found in _HOST.findall(EMAIL.sub(" ", fold(text))):
        host = urlsplit(found if "//" in found else f"//{found}").hostname
        if host:
            yield host.removeprefix("www.")


class Gathering:
    """Walks nested values and sorts what it meets."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.products: list[ProductFacts] = []
        self.money: set[Decimal] = set()
        self.points: set[Decimal] = set()
        self.balance: Decimal | None = None
        self.numbers: set[Decimal] = set()
        self.percents: set[Decimal] = set()
        self.dates: set[date] = set()
        self.strings: list[str] = []
        self.ailments: set[str] = set()
        self.said: list[str] = []

    def add(self, value: object, key: str = "") -> None:
        """Take in a value that stands under a key."""
        if isinstance(value, Mapping):
            self._add_mapping(value)
        elif isinstance(value, list | tuple | set | frozenset):
            for item in value:
                self.add(item, key)
        elif isinstance(value, bool) or value is None:
            return
        elif isinstance(value, datetime):
            local = value.astimezone(self.zone) if value.tzinfo else value
            self.dates |= {value.date(), local.date()}
        elif isinstance(value, date):
            self.dates.add(value)
        elif isinstance(value, int | float | Decimal):
            self._add_number(Decimal(str(value)), key, value)
        elif isinstance(value, str):
            self._add_string(value, key)

    def _add_mapping(self, value: Mapping[Any, Any]) -> None:
        if value.get("from") == "customer" and isinstance(value.get("text"), str):
            self.said.append(value["text"])
            return
        if product := _product(value):
            self.products.append(product)
        for key, item in value.items():
            name = str(key)
            if name == "helps_with":
                self.ailments |= set(map(fold, _texts(item)))
            elif name in _CUSTOMER_KEYS:
                self.said += _texts(item)
            elif name not in _UNSAYABLE_KEYS:
                self.add(item, name)

    def _add_number(self, number: Decimal, key: str, value: object) -> None:
        if not number.is_finite():
            return
        self.numbers.add(number)
        if _POINTS_KEY.search(key):
            self.points.add(number)
            if key in _BALANCE_KEYS and self.balance is None:
                self.balance = number
        elif _PERCENT_KEY.search(key):
            self.percents.add(number)
        elif _is_money(key, value):
            self.money.add(abs(number))

    def _add_string(self, text: str, key: str) -> None:
        folded = fold(text)
        self.strings.append(folded)
        number = _as_decimal(text)
        if number is not None:
            self._add_number(number, key, text)
            return
        for moment in _MOMENT.findall(text):
            with suppress(ValueError):  # only looks like a moment
                self.add(datetime.fromisoformat(moment))
        for day in days_in(folded):
            with suppress(ValueError):  # February 30 is no day
                self.dates.add(date(day.year or ANY_YEAR, day.month, day.day))
        self.money |= {amount.value for amount in money_in(folded)}
        self.points |= {amount.value for amount in points_in(folded)}
        self.percents |= {amount.value for amount in percents_in(folded)}


def _is_money(key: str, value: object) -> bool:
    """Whether what stands under a key is an amount. A whole number under `total` counts results."""
    return (
        bool(_MONEY_KEY.search(key))
        and not _COUNT_KEY.search(key)
        and not (key == "total" and isinstance(value, int))
    )


def _as_decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _product(value: Mapping[Any, Any]) -> ProductFacts | None:
    """A mapping that looks like a product, or a line of a purchase, as one."""
    name = value.get("name") or value.get("product_name")
    if not isinstance(name, str) or not {"sku", "brand", "price", "strain", "effects"} & value.keys():
        return None
    price = next(
        (found for key in ("price", "retail_price") if (found := _as_decimal(value.get(key))) is not None), None
    )
    amounts = {
        found
        for key, item in value.items()
        if _is_money(str(key), item) and (found := _as_decimal(item)) is not None
    }
    available = value.get("available", value.get("is_active"))
    return ProductFacts(
        name=name,
        names=(name, *(str(value.get(key) or "") for key in ("brand", "strain", "category", "flower_type"))),
        price=price,
        amounts=frozenset(amounts),
        effects=_folded_set(value.get("effects")),
        negatives=_folded_set(value.get("negatives")),
        flavors=_folded_set(value.get("flavors")),
        terpenes=_folded_set(value.get("terpenes")),
        thc=_as_decimal(value.get("thc", value.get("thc_content"))),
        cbd=_as_decimal(value.get("cbd", value.get("cbd_content"))),
        available=available if isinstance(available, bool) else None,
    )


def _folded_set(values: object) -> frozenset[str]:
    return frozenset(map(fold, _texts(values)))


def _texts(value: object) -> list[str]:
    """A text, or the texts of a list."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple | set) else []
