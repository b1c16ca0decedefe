"""What the shop says of itself."""

from typing import Literal

from motabot.agent.tools import ToolContext, tool

_TOPICS = {
    "hours": ("hours", "timezone"),
    "address": ("address", "links"),
    "delivery": ("delivery", "links"),
    "returns": ("returns",),
    "loyalty": ("loyalty",),
    "payment": ("payment",),
    "deals": ("deals", "links"),
    "rules": ("rules",),
    "contact": ("phone", "address", "links"),
}


@tool(audience="customer", effect="read")
def show_shop_info(
    ctx: ToolContext,
    topic: Literal[
        "hours", "address", "delivery", "returns", "loyalty", "payment", "deals", "rules", "contact", "all"
    ],
) -> dict[str, object]:
    """Show what the shop states about itself: opening hours and whether it is open now, address, delivery, rules.

    Use it for every question about the shop itself. What is null is not known: say so and offer a person.

    Args:
        topic: What is asked: "payment" is the ways to pay, "deals" specials and discounts, "rules" what one needs
            to come in, such as an ID; "all" for everything.
    """
    shop = ctx.facts["shop"]
    if topic == "all":
        return dict(shop)
    return {"name": shop["name"], **{part: shop[part] for part in _TOPICS[topic]}}
