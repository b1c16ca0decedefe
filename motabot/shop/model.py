"""The shop as its file describes it, and what customers may know of it at one moment."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from motabot.boundary import JsonObject
from motabot.shop.opening_hours import Holiday, HoursNow, Schedule, ShopPart, Week, Words
from motabot.shop.policies import (
    Deals,
    DeliveryPolicy,
    LoyaltyPolicy,
    PaymentPolicy,
    ReturnsPolicy,
    RulesPolicy,
    TaxPolicy,
)


def _https(value: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+", value):
        raise ValueError(f"{value!r} is not a web address; use one like https://example.com/menu")
    return value


class Location(ShopPart):
    """One of several stores.

    Attributes:
        name: As `transactions.shop_location` has it, so that a customer's own store is known.
        hours: Its usual week; the shop's if it has none.
        holidays: Its own days with other hours, before those of the shop.
    """

    name: Words
    address: Words
    phone: Words | None = None
    hours: Week | None = None
    holidays: tuple[Holiday, ...] = ()


class Shop(ShopPart):
    """The shop as its file describes it. None means that the file does not say.

    Attributes:
        timezone: The zone of the opening hours, from the settings.
        hours: The usual week.
        holidays: Days with other hours; the first that covers a date wins.
        locations: The stores, if there are several.
        license: The license number.
        links: The shop's own web addresses, by what they are ("menu", "map").
    """

    name: Words
    timezone: str
    phone: Words | None = None
    address: Words | None = None
    hours: Week | None = None
    holidays: tuple[Holiday, ...] = ()
    locations: tuple[Location, ...] = ()
    delivery: DeliveryPolicy | None = None
    returns: ReturnsPolicy | None = None
    loyalty: LoyaltyPolicy | None = None
    tax: TaxPolicy | None = None
    payment: PaymentPolicy | None = None
    deals: Deals = ()
    rules: RulesPolicy | None = None
    license: Words | None = None
    links: dict[str, Annotated[str, AfterValidator(_https)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _name_each_location_once(self) -> Self:
        counts = Counter(_folded(location.name) for location in self.locations)
        if twice := [name for name, count in counts.items() if count > 1]:
            raise ValueError(f'two locations are named "{twice[0]}"')
        return self

    def location(self, name: str | None) -> Location | None:
        """The location of that name, without regard to case."""
        wanted = _folded(name or "")
        return next((location for location in self.locations if _folded(location.name) == wanted), None)

    def usual_location(self, visited: Iterable[str | None]) -> Location | None:
        """A customer's own location: where most of the latest visits were; of equals, the latest.

        Args:
            visited: `shop_location` of the latest visits, the newest first.
        """
        known = [location for name in visited if (location := self.location(name))]
        counts = Counter(location.name for location in known)
        return max(known, key=lambda location: counts[location.name], default=None)

    def at(self, now: dt.datetime, visited: Iterable[str | None] = ()) -> ShopNow:
        """The shop at a moment, for one customer.

        Args:
            now: An aware moment, in any zone.
            visited: Where the customer's latest visits were, the newest first.
        """
        places = tuple(self._place(location, now) for location in self.locations)
        own = self.usual_location(visited) or (self.locations[0] if len(self.locations) == 1 else None)
        here = next((place for place in places if own and place.name == own.name), None)
        hours = self._hours(now, self.hours, self.holidays)
        if places:
            hours = places[0].hours if all(place.hours == places[0].hours for place in places) else None
        return ShopNow(
            shop=self,
            today=now.astimezone(ZoneInfo(self.timezone)).date(),
            location=here.name if here else None,
            locations=places,
            address=here.address if here else self.address,
            phone=here.phone if here else self.phone,
            hours=here.hours if here else hours,
        )

    def _place(self, location: Location, now: dt.datetime) -> Place:
        hours = self._hours(now, location.hours or self.hours, (*location.holidays, *self.holidays))
        return Place(location.name, location.address, location.phone or self.phone, hours)

    def _hours(self, now: dt.datetime, week: Week | None, holidays: tuple[Holiday, ...]) -> HoursNow | None:
        return Schedule(ZoneInfo(self.timezone), week, holidays).at(now) if week else None


@dataclass(frozen=True)
class Place:
    """One store at one moment."""

    name: str
    address: str
    phone: str | None
    hours: HoursNow | None


@dataclass(frozen=True)
class ShopNow:
    """The shop at one moment, for one customer.

    Attributes:
        shop: What the file says.
        today: The shop's day.
        location: The customer's own store; None if it is not known, or if there is only one.
        locations: Every store.
        address: That of the customer's own store; if it is not known, what applies to every store. Likewise
            `phone` and `hours`.
    """

    shop: Shop
    today: dt.date
    location: str | None
    locations: tuple[Place, ...]
    address: str | None
    phone: str | None
    hours: HoursNow | None

    @property
    def opens_next(self) -> str | None:
        """When the shop opens again, in words; None while it is open or if its hours are not known."""
        return self.hours.opens_next if self.hours and not self.hours.open_now else None

    def as_data(self) -> JsonObject:
        """The public facts, as plain data for templates and tools."""
        shop = self.shop
        return {
            "name": shop.name,
            "timezone": shop.timezone,
            "license": shop.license,
            "links": dict(shop.links),
            "location": self.location,
            "locations": [asdict(place) for place in self.locations],
            "address": self.address,
            "phone": self.phone,
            "hours": asdict(self.hours) if self.hours else None,
            **{
                policy: stated.facts() if (stated := getattr(shop, policy)) else None
                for policy in ("delivery", "returns", "loyalty", "tax", "payment", "rules")
            },
            "deals": [{**deal.facts(), "holds_today": deal.holds_on(self.today)} for deal in shop.deals] or None,
        }


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
