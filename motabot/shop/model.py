"""The shop as its file describes it, and what customers may know of it at one moment."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from motabot.shop.opening_hours import Holiday, Part, Schedule, Week, Words
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


class Location(Part):
    """One of several stores.

    Attributes:
        name: As `transactions.shop_location` has it, so that a customer's own store is known.
        hours: Its usual week; the shop's where it has none of its own.
        holidays: Its own days with other hours, before those of the shop.
    """

    name: Words
    address: Words
    phone: Words | None = None
    hours: Week | None = None
    holidays: tuple[Holiday, ...] = ()


class Shop(Part):
    """The shop as its file describes it. None means that the file does not say.

    Attributes:
        timezone: The zone of the opening hours, from the settings.
        hours: The usual week.
        holidays: Days with other hours; the first that covers a date wins.
        locations: The stores, where there are several.
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

    def facts(self, now: dt.datetime, visited: Iterable[str | None] = ()) -> dict[str, Any]:
        """What may be said at a moment, as plain data.

        `address`, `phone` and `hours` are those of the customer's own location, which `location` names. Where that
        is not known, they are what holds for every location, and `locations` tells them apart.

        Args:
            now: An aware moment, in any zone.
            visited: Where the customer's latest visits were, the newest first.
        """
        own = self.usual_location(visited) or (self.locations[0] if len(self.locations) == 1 else None)
        places = [self._place(location, now) for location in self.locations]
        here = {"address": self.address, "phone": self.phone, "hours": self._hours(now, self.hours, self.holidays)}
        if own is not None:
            here = {key: value for key, value in self._place(own, now).items() if key != "name"}
        elif places:
            here["hours"] = places[0]["hours"] if all(p["hours"] == places[0]["hours"] for p in places) else None
        today = now.astimezone(ZoneInfo(self.timezone)).date()
        return {
            "name": self.name,
            "timezone": self.timezone,
            "license": self.license,
            "links": dict(self.links),
            "location": own.name if own else None,
            "locations": places,
            **here,
            **{
                policy: stated.facts() if (stated := getattr(self, policy)) else None
                for policy in ("delivery", "returns", "loyalty", "tax", "payment", "rules")
            },
            "deals": [{**deal.facts(), "holds_today": deal.holds_on(today)} for deal in self.deals] or None,
        }

    def _place(self, location: Location, now: dt.datetime) -> dict[str, Any]:
        holidays = (*location.holidays, *self.holidays)
        return {
            "name": location.name,
            "address": location.address,
            "phone": location.phone or self.phone,
            "hours": self._hours(now, location.hours or self.hours, holidays),
        }

    def _hours(self, now: dt.datetime, week: Week | None, holidays: tuple[Holiday, ...]) -> dict[str, Any] | None:
        return Schedule(ZoneInfo(self.timezone), week, holidays).facts(now) if week else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
