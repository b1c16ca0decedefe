"""What this turn may say: gathered from its context and its tools' results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from motabot.texting.reply_check.draft import fold
from motabot.texting.reply_check.figures import ANY_YEAR, days_in, money_in, percents_in, points_in
from motabot.texting.reply_check.vocabulary import Vocabulary, name_tokens

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
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?")
_HOST = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE_DIGITS = 10


@dataclass(frozen=True)
class ProductFacts:
    """One product as the turn knows it.

    Attributes:
        name: Its name.
        names: Everything it may be called by: name, brand, strain, category, type.
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
        strain = [name for name in self.names[2:3] if name]
        return tuple(tokens for tokens in map(name_tokens, (self.name, *strain)) if tokens)

    def is_named_in(self, folded: str) -> bool:
        """Whether a folded text names it by its name or its strain."""
        words = f" {' '.join(name_tokens(folded))} "
        return any(f" {' '.join(tokens)} " in words for tokens in self._called)


@dataclass(frozen=True)
class Facts:
    """What a draft is held against.

    Attributes:
        products: The products of this turn.
        prices: Prices of products. `money` holds every amount that may be stated, these included.
        points: Balances and rules counted in points; `balance` is the customer's own, where it is known.
        numbers: Every number that is a value of its own.
        percents: Contents and rates, in percent.
        dates: Days that may be named.
        strings: Every grounded text, folded, for names, phrases and places.
        ailments: Values of `helps_with`, folded: an internal search key that is never to be told.
        said: The customer's own words, folded. They ground names that are answered about and limits that are
            repeated ("under $40"), and nothing else.
        phones: The shop's phone numbers, their last ten digits; `hosts` and `emails` of the shop likewise.
        person_asked: A person was asked for in this turn, so that a follow-up may be announced.
        max_segments: The longest reply, in SMS segments.
        never_say: Words of the machinery that must not leave it: the turn's delimiter, handles.
        vocabulary: Every name of the catalogue.
    """

    products: tuple[ProductFacts, ...] = ()
    money: frozenset[Decimal] = frozenset()
    prices: frozenset[Decimal] = frozenset()
    points: frozenset[Decimal] = frozenset()
    balance: Decimal | None = None
    numbers: frozenset[Decimal] = frozenset()
    percents: frozenset[Decimal] = frozenset()
    dates: frozenset[date] = frozenset()
    strings: tuple[str, ...] = ()
    ailments: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    phones: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    person_asked: bool = False
    max_segments: int = 3
    never_say: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=Vocabulary, repr=False)

    @classmethod
    def collect(
        cls,
        *sources: object,
        shop: object = None,
        zone: tzinfo = UTC,
        today: date | None = None,
        said: Iterable[str] = (),
        person_asked: bool = False,
        max_segments: int = 3,
        never_say: Iterable[str] = (),
        vocabulary: Vocabulary | None = None,
    ) -> Facts:
        """Gather the facts of a turn.

        Args:
            sources: The turn's context and the results of its tools: nested mappings and lists of what JSON holds,
                `Decimal`, `date` and `datetime`. Entries of the conversation that are the customer's own
                (`texts`, history from "customer") count as said, not as facts; `helps_with` grounds nothing.
            shop: What the shop says of itself. Its phone, links and e-mail addresses are the only ones that may be sent.
            zone: The shop's zone, which decides on what day a moment was.
            today: The turn's day.
            said: More of the customer's own words.
            person_asked: A person was asked for in this turn.
            max_segments: The longest reply, in SMS segments.
            never_say: Words of the machinery, such as the turn's delimiter.
            vocabulary: The catalogue's names.
        """
        gathering = _Gathering(zone)
        for source in (*sources, shop):
            gathering.add(source)
        contacts = _Gathering(zone)
        contacts.add(shop)
        words = tuple(fold(text) for text in (*gathering.said, *said))
        return cls(
            products=tuple(gathering.products),
            money=frozenset(gathering.money),
            prices=frozenset(product.price for product in gathering.products if product.price is not None),
            points=frozenset(gathering.points),
            balance=gathering.balance,
            numbers=frozenset(gathering.numbers),
            percents=frozenset(gathering.percents),
            dates=frozenset(gathering.dates | ({today} if today else set())),
            strings=tuple(dict.fromkeys(gathering.strings)),
            ailments=frozenset(gathering.ailments),
            said=words,
            phones=frozenset(found for text in contacts.strings for found in phones_in(text)),
            hosts=frozenset(found for text in contacts.strings for found in hosts_in(text)),
            emails=frozenset(found for text in contacts.strings for found in _EMAIL.findall(text)),
            person_asked=person_asked,
            max_segments=max_segments,
            never_say=frozenset(fold(word) for word in never_say if word),
            vocabulary=vocabulary or Vocabulary(),
        )

    @cached_property
    def asked_money(self) -> frozenset[Decimal]:
        """Amounts that the customer named: with "$", or a bare number, as in "under 40"."""
        return frozenset(amount.value for text in self.said for amount in money_in(text)) | self.asked_numbers

    @cached_property
    def asked_numbers(self) -> frozenset[Decimal]:
        """Numbers that the customer named."""
        return frozenset(Decimal(found) for text in self.said for found in _NUMBER.findall(text))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every grounded or said text as words between spaces, for looking up runs of words."""
        return tuple(f" {' '.join(name_tokens(text))} " for text in (*self.strings, *self.said))

    def is_grounded_name(self, tokens: tuple[str, ...]) -> bool:
        """Whether words stand together in some text of this turn, or are all words of one product."""
        run = f" {' '.join(tokens)} "
        return any(run in text for text in self.words) or any(
            set(tokens) <= product.tokens for product in self.products
        )

    def effects_of(self, products: Iterable[ProductFacts]) -> frozenset[str]:
        """Effects and possible downsides of some products."""
        return frozenset(effect for product in products for effect in product.effects | product.negatives)


def phones_in(text: str) -> Iterator[str]:
    """Ten-digit phone numbers, as their digits."""
    for found in re.findall(r"(?<!\d)(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)", text):
        yield re.sub(r"\D", "", found)[-_PHONE_DIGITS:]


def hosts_in(text: str) -> Iterator[str]:
    """Hosts of the web addresses in a text, without "www."."""
    for found in _HOST.findall(_EMAIL.sub(" ", fold(text))):
        host = urlsplit(found if "//" in found else f"//{found}").hostname
        if host:
            yield host.removeprefix("www.")


class _Gathering:
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
            self.dates |= {value.date(), value.astimezone(self.zone).date()}
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
                self.ailments |= {fold(str(ailment)) for ailment in item or ()}
            elif name in _CUSTOMER_KEYS:
                self.said += [str(text) for text in ([item] if isinstance(item, str) else item or ())]
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
        names=tuple(str(value.get(key) or "") for key in ("name", "brand", "strain", "category", "flower_type"))
        + (name,),
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
    return (
        frozenset(fold(str(value)) for value in values) if isinstance(values, list | tuple | set) else frozenset()
    )
