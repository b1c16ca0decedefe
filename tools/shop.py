"""What the shop states about itself."""

from typing import Literal

from motabot.agent.tools import CustomerTools, ToolFailed, tool
from motabot.boundary import JsonObject

_TOPICS = {
    "hours": ("hours", "timezone"),
    "address": ("address", "links"),
    "locations": ("locations",),
    "delivery": ("delivery", "links"),
    "returns": ("returns",),
    "loyalty": ("loyalty",),
    "tax": ("tax",),
    "payment": ("payment",),
    "deals": ("deals", "links"),
    "rules": ("rules",),
    "contact": ("phone", "address", "links"),
}
#: Topics that differ between locations.
_LOCAL = frozenset({"hours", "address", "contact"})


@tool(audience="customer", effect="read")
def show_shop_info(
    ctx: CustomerTools,
    topic: Literal[
        "hours", "address", "locations", "delivery", "returns", "loyalty", "tax", "payment", "deals", "rules",
        "contact", "all",
    ],
    location: str | None = None,
) -> dict[str, object]:  # fmt: skip
    """Show what the shop states about itself: hours and whether it is open now, addresses, delivery, deals, rules.

    Use it for questions about the shop that your instructions do not answer, such as whether it is open now. Null
    means not known: say so and offer a person. `location` in the result is the customer's own store; if it is null
    and there are several `locations`, answer for each of them or ask which one is meant.

    Args:
        topic: What is asked: "payment" is the ways to pay, "deals" specials and discounts, "rules" what customers
            need to come in, such as an ID; "all" for everything.
        location: One of several stores by name, if the customer asks about that one; otherwise null.
    """
    shop = ctx.shop.as_data()
    if location is not None:
        shop = _at(shop, location)
    if topic == "all":
        return shop
    found = {"name": shop["name"], **{part: shop.get(part) for part in _TOPICS[topic]}}
    several = len(shop.get("locations") or ()) > 1
    if topic in _LOCAL and several:
        found |= {"location": shop["location"]} if shop["location"] else {"locations": shop["locations"]}
    return found


def _at(shop: JsonObject, name: str) -> JsonObject:
    """The shop's facts with the address, phone and hours of one location."""
    places = {place["name"].casefold(): place for place in shop.get("locations") or ()}
    place = places.get(name.casefold().strip())
    if place is None:
        known = ", ".join(place["name"] for place in places.values())
        raise ToolFailed(
            f'There is no location "{name}". '
            + (f"The locations are: {known}." if known else "There is only one.")
        )
    return {**shop, **{key: place[key] for key in ("address", "phone", "hours")}, "location": place["name"]}
