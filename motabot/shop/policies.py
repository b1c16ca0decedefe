"""The shop's policies: each a statement in the shop's own words, and the same as fields that code computes with.

A statement alone is enough: ``delivery = "We deliver ..."`` is short for ``delivery = {en = "We deliver ..."}``.
If a statement and a field disagree, the file is refused, because customers would hear both.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from motabot.boundary import JsonObject
from motabot.shop.opening_hours import OpeningHours, ShopPart, Words, told
from motabot.text.regex import regex
from motabot.text.weekdays import WEEKDAYS

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Dollars = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2)]
Percent = Annotated[Decimal, Field(gt=0, le=100, decimal_places=3)]
Points = Annotated[Decimal, Field(gt=0, le=1_000_000)]

_PERCENT_IN_WORDS = regex(r"(\d+(?:\.\d+)?)\s?(?:%|percent)")
_DOLLARS_IN_WORDS = regex(r"\$\s?(\d[\d,]*(?:\.\d{1,2})?)")
_DAYS_IN_WORDS = regex(r"(\d+)[ -]days?\b|within (\d+) days", re.IGNORECASE)


class PolicyStatement(ShopPart):
    """What the shop says about one subject, as a customer may read it in a text message.

    Attributes:
        en: In English.
        es: In Spanish. Without it, Spanish replies quote the English words.
    """

    en: Words
    es: Words | None = None

    def facts(self) -> JsonObject:
        """The policy as plain data: the statement and the fields. What is None is not stated."""
        return self.model_dump()

    def _mentions(self, pattern: re.Pattern[str]) -> set[Decimal]:
        """The figures of one kind that the English statement names."""
        found = (next(filter(None, match.groups())) for match in pattern.finditer(self.en))
        return {Decimal(figure.replace(",", "")) for figure in found}

    def _require(self, field: str, pattern: re.Pattern[str]) -> None:
        """Refuse a field that the statement contradicts: it names such figures, and this one is not among them."""
        value = getattr(self, field)
        said = self._mentions(pattern)
        if value is not None and said and value not in said:
            figures = ", ".join(f"{figure:f}" for figure in sorted(said))
            raise ValueError(f"{field} is {value}, but the statement says {figures}; make them the same")


class Delivery(PolicyStatement):
    """Delivery.

    Attributes:
        offered: False if the shop does not deliver.
        areas: Cities or neighborhoods where it delivers.
        zip_codes: The same as zip codes.
        hours: When it delivers, every day.
        minimum: The least an order must come to, in dollars.
        fee: What delivery costs, in dollars.
    """

    offered: bool = True
    areas: tuple[Words, ...] = ()
    zip_codes: tuple[Annotated[str, Field(pattern=r"^\d{5}$")], ...] = ()
    hours: OpeningHours | None = None
    minimum: Dollars | None = None
    fee: Dollars | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        self._require("minimum", _DOLLARS_IN_WORDS)
        return self

    def facts(self) -> JsonObject:
        return {**super().facts(), "hours": told(self.hours) if self.hours else None}


class Returns(PolicyStatement):
    """Returns and exchanges.

    Attributes:
        items: What can be returned or exchanged; nothing else can.
        days: How many days after the purchase.
        proof: What the customer must bring, such as the receipt.
    """

    items: tuple[Words, ...] = ()
    days: Annotated[int, Field(ge=0, le=3650)] | None = None
    proof: Words | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        self._require("days", _DAYS_IN_WORDS)
        return self


class Loyalty(PolicyStatement):
    """The loyalty program.

    Attributes:
        points_per_dollar: How many points one dollar earns.
        reward_points: How many points buy one reward.
        reward_dollars: What one reward takes off, in dollars.
    """

    points_per_dollar: Points | None = None
    reward_points: Points | None = None
    reward_dollars: Dollars | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if (self.reward_points is None) != (self.reward_dollars is None):
            raise ValueError("reward_points and reward_dollars belong together; state both or neither")
        self._require("reward_dollars", _DOLLARS_IN_WORDS)
        return self

    def worth(self, points: Decimal) -> Decimal | None:
        """What a balance takes off, in dollars: whole rewards only. None if the shop states no rule."""
        if not self.reward_points or self.reward_dollars is None:
            return None
        return (max(points, Decimal(0)) // self.reward_points) * self.reward_dollars


class Tax(PolicyStatement):
    """Taxes.

    Attributes:
        included: Whether shelf prices include tax.
        percent: The rate that is added at the counter, if one rate applies to every product.
    """

    included: bool = False
    percent: Percent | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.included and self.percent is not None:
            raise ValueError("percent is what is added to the price; leave it out where included is true")
        self._require("percent", _PERCENT_IN_WORDS)
        return self


class Payment(PolicyStatement):
    """Ways to pay.

    Attributes:
        accepts: What the shop takes, such as "cash" and "debit".
        refuses: What it does not take.
        atm: Whether there is a cash machine in the shop.
    """

    accepts: tuple[Words, ...] = ()
    refuses: tuple[Words, ...] = ()
    atm: bool | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if both := {way.casefold() for way in self.accepts} & {way.casefold() for way in self.refuses}:
            raise ValueError(f"{sorted(both)[0]} is in both accepts and refuses")
        return self


class Rules(PolicyStatement):
    """What customers need to come in.

    Attributes:
        minimum_age: In years.
    """

    minimum_age: Annotated[int, Field(ge=18, le=99)] = 21


class Deal(PolicyStatement):
    """One discount.

    Attributes:
        percent: How much it takes off, in percent.
        dollars: How much it takes off, in dollars.
        days: Weekdays on which it holds; empty for every day.
        categories: Kinds of product, as the catalog names them; empty for all.
        brands: Brands, likewise.
        for_whom: Who gets it, such as "veterans"; empty for everybody.
        proof: What those must show.
        starts: First day.
        ends: Last day.
    """

    percent: Percent | None = None
    dollars: Dollars | None = None
    days: tuple[Weekday, ...] = ()
    categories: tuple[Words, ...] = ()
    brands: tuple[Words, ...] = ()
    for_whom: tuple[Words, ...] = ()
    proof: Words | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.percent is not None and self.dollars is not None:
            raise ValueError("a deal takes off percent or dollars, not both")
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError("ends must not be before starts")
        self._require("percent", _PERCENT_IN_WORDS)
        self._require("dollars", _DOLLARS_IN_WORDS)
        said = {day for day in WEEKDAYS if re.search(rf"\b{day}", self.en.casefold())}
        if self.days and said - set(self.days):
            raise ValueError(f"days lacks {', '.join(sorted(said - set(self.days)))}, which the statement names")
        return self

    def holds_on(self, day: dt.date) -> bool:
        """Whether the deal applies on a date, to the customers it is for."""
        in_time = (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)
        return in_time and (not self.days or WEEKDAYS[day.weekday()] in self.days)


def _read_statement(value: object) -> object:
    """A plain text is the English statement of a policy without fields."""
    return {"en": value} if isinstance(value, str) else value


def _read_deals(value: object) -> object:
    """One text, or one table, is a list of one deal."""
    given = value if isinstance(value, list) else [value]
    return [_read_statement(deal) for deal in given]


_AsWritten = BeforeValidator(_read_statement)
DeliveryPolicy = Annotated[Delivery, _AsWritten]
ReturnsPolicy = Annotated[Returns, _AsWritten]
LoyaltyPolicy = Annotated[Loyalty, _AsWritten]
TaxPolicy = Annotated[Tax, _AsWritten]
PaymentPolicy = Annotated[Payment, _AsWritten]
RulesPolicy = Annotated[Rules, _AsWritten]
Deals = Annotated[tuple[Deal, ...], BeforeValidator(_read_deals)]
