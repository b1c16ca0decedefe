"""Walks a turn's context and its tools' results, and sorts what it finds into typed records and loose figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from motabot.boundary import JsonMapping
from motabot.conversation.reply_check.figures import ANY_YEAR, days_in, money_in, percents_in, points_in
from motabot.conversation.reply_check.product import (
    Product,
    as_decimal,
    folded_set,
    product_from,
    strain_from,
    texts_of,
)
from motabot.conversation.reply_check.records import (
    Account,
    Hours,
    PeriodSum,
    Visit,
    account_from,
    hours_from,
    period_sum_from,
    visit_from,
)
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_MONEY_KEY = regex(
    r"price|cost|amount|spent|paid|total|value|sales|worth|fee\b|subtotal|tax|discount|minimum|usd|dollars"
)
_COUNT_KEY = regex(r"count|visits|days|points|quantity|number|score|rate|rating|probability|items|results|found")
_PERCENT_KEY = regex(r"thc|cbd|cbn|cbg|percent|content")
_POINTS_KEY = regex(r"points")
_UNSAYABLE_KEYS = frozenset({"helps_with", "image_url", "leafly_url"})
_CUSTOMER_KEYS = frozenset({"texts", "last_message"})
_COMPUTED_OF_RECORD = frozenset(
    {"amount", "saved", "amount_after_deal", "tax", "discounts", "points_earned", "points_spent"}
)
_ACCOUNT_KEYS = frozenset({"loyalty_points", "total_visits", "avg_days_between_visits", "vip_status"})
_MOMENT = regex(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?")
_HOST = regex(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?")
EMAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE_DIGITS = 10


def phones_in(text: str) -> Iterator[str]:
    """Ten-digit phone numbers, as their digits."""
    for found in re.findall(r"(?<!\d)(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)", text):
        yield re.sub(r"\D", "", found)[-_PHONE_DIGITS:]


def hosts_in(text: str) -> Iterator[str]:
    """Hosts of the web addresses in a text, without "www."."""
    for found in _HOST.findall(EMAIL.sub(" ", fold_in_place(text))):
        host = urlsplit(found if "//" in found else f"//{found}").hostname
        if host:
            yield host.removeprefix("www.")


def statements_in(shop: object) -> Iterator[str]:
    """What a shop says of itself in words: its texts, and the statement of each policy without the fields."""
    if isinstance(shop, str):
        yield shop
    elif isinstance(shop, Mapping):
        told = ("en", "es") if "en" in shop else [key for key in shop if key not in ("hours", "locations", "name")]
        for key in told:
            yield from statements_in(shop.get(key))
    elif isinstance(shop, list | tuple):
        for item in shop:
            yield from statements_in(item)


@dataclass(frozen=True)
class _Reading:
    """What one string says: itself folded, the number that it is, or the moments and figures in it."""

    folded: str
    number: Decimal | None = None
    moments: tuple[datetime, ...] = ()
    dates: frozenset[date] = frozenset()
    money: frozenset[Decimal] = frozenset()
    points: frozenset[Decimal] = frozenset()
    percents: frozenset[Decimal] = frozenset()


@lru_cache(maxsize=8_192)
def _read(text: str) -> _Reading:
    """Read a string. It is cached: the shop's words and its catalog come with every draft of every turn."""
    folded = fold_in_place(text)
    number = as_decimal(text)
    if number is not None:
        return _Reading(folded, number)
    stamps = _MOMENT.findall(text)
    moments, dates = [], set()
    for stamp in stamps:
        with suppress(ValueError):  # only resembles a moment
            moments.append(datetime.fromisoformat(stamp))
    for day in () if stamps else days_in(folded):
        with suppress(ValueError):  # February 30 is not a day
            dates.add(date(day.year or ANY_YEAR, day.month, day.day))
    return _Reading(
        folded,
        None,
        tuple(moments),
        frozenset(dates),
        frozenset(amount.value for amount in money_in(folded)),
        frozenset(amount.value for amount in points_in(folded)),
        frozenset(amount.value for amount in percents_in(folded)),
    )


class Gathering:
    """Walks nested values and sorts what it meets. A later record of a product adds to an earlier one."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.products: dict[str, Product] = {}
        self.strains: dict[str, Product] = {}
        self.shown: set[str] = set()
        self.computed: set[Decimal] = set()
        self.visits: list[Visit] = []
        self.sums: list[PeriodSum] = []
        self.account = Account()
        self.hours: dict[str | None, Hours] = {}
        self.money: set[Decimal] = set()
        self.points: set[Decimal] = set()
        self.numbers: set[Decimal] = set()
        self.percents: set[Decimal] = set()
        self.dates: set[date] = set()
        self.strings: list[str] = []
        self.ailments: set[str] = set()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.history: list[str] = []

    def begin_look_ups(self) -> None:
        """Empty `shown` and `computed`, which are to hold only what the turn's tools show and compute."""
        self.shown.clear()
        self.computed.clear()

    def add(self, value: object, key: str = "") -> None:
        """Add a value that has a key."""
        if isinstance(value, Mapping):
            self._add_mapping(value)
        elif isinstance(value, list | tuple | set | frozenset):
            for item in value:
                self.add(item, key)
        elif isinstance(value, bool) or value is None:
            return
        elif isinstance(value, datetime):
            self.dates.add((value.astimezone(self.zone) if value.tzinfo else value).date())
        elif isinstance(value, date):
            self.dates.add(value)
        elif isinstance(value, int | float | Decimal):
            self._add_number(Decimal(str(value)), key, value)
        elif isinstance(value, str):
            self._add_string(value, key)

    def _add_mapping(self, value: JsonMapping) -> None:
        text = value.get("text")
        if value.get("from") == "customer" and isinstance(text, str):
            self.said.append(text)
            return
        if value.get("from") == "shop" and isinstance(text, str):
            self.history.append(text)
        if product := product_from(value):
            key = product.folded
            known = self.products.get(key)
            self.products[key] = known.merged(product) if known else product
            self.shown.add(key)
        elif strain := strain_from(value):
            self.strains[strain.folded] = strain
        is_receipt = isinstance(value.get("items"), list | tuple)
        self._add_computed(value, is_record=product is not None or is_receipt)
        if period := period_sum_from(value):
            self.sums.append(period)
        if visit := visit_from(value, self.zone):
            self.visits.append(visit)
        if _ACCOUNT_KEYS & value.keys():
            self.account = account_from(value, self.account)
        hours = value.get("hours")
        if isinstance(hours, Mapping) and "week" in hours:
            self.hours[_store_of(value)] = hours_from(hours)
        self._add_entries(value)

    def _add_computed(self, value: JsonMapping, *, is_record: bool) -> None:
        """Amounts and counts that a tool computed: they are in no product and on no receipt."""
        if "products" in value:  # its `total` counts results
            return
        for name, item in value.items():
            number = as_decimal(item)
            if number is not None and (not is_record or str(name) in _COMPUTED_OF_RECORD):
                self.computed.add(abs(number))

    def all_products(self) -> tuple[Product, ...]:
        """The products, completed by the facts of their strains."""
        return tuple(
            strain.merged(product)
            if (strain := self.strains.get(fold_in_place(product.strain or "")))
            else product
            for product in self.products.values()
        )

    def _add_entries(self, value: JsonMapping) -> None:
        for key, item in value.items():
            name = str(key)
            if name == "helps_with":
                self.ailments |= folded_set(item)
            elif name == "texts":
                entries = item if isinstance(item, list | tuple) else ()
                self.asked += [str(entry.get("text")) for entry in entries if isinstance(entry, Mapping)]
                self.asked += texts_of(item)
            elif name in _CUSTOMER_KEYS:
                self.said += texts_of(item)
            elif name not in _UNSAYABLE_KEYS:
                self.add(item, name)

    def _add_number(self, number: Decimal, key: str, value: object) -> None:
        if not number.is_finite():
            return
        self.numbers.add(number)
        if _POINTS_KEY.search(key):
            self.points.add(number)
        elif _PERCENT_KEY.search(key):
            self.percents.add(number)
        elif _is_money(key, value):
            self.money.add(abs(number))

    def _add_string(self, text: str, key: str) -> None:
        read = _read(text)
        self.strings.append(read.folded)
        if read.number is not None:
            self._add_number(read.number, key, text)
            return
        for moment in read.moments:
            self.add(moment)
        self.dates |= read.dates
        self.money |= read.money
        self.points |= read.points
        self.percents |= read.percents


def _store_of(value: JsonMapping) -> str | None:
    """The folded name of the store whose hours a record states; None for those of the shop as a whole."""
    name = value.get("location") or (
        value.get("name") if "locations" not in value and "address" in value else None
    )
    return fold_in_place(name) if isinstance(name, str) else None


def _is_money(key: str, value: object) -> bool:
    """Whether the value of a key is an amount. A whole number under `total` counts results."""
    return (
        bool(_MONEY_KEY.search(key))
        and not _COUNT_KEY.search(key)
        and not (key == "total" and isinstance(value, int))
    )
