"""What a text asks for by name and the shop is out of, if the reply names other products."""

from __future__ import annotations

from collections.abc import Sequence

from motabot.boundary import JsonMapping
from motabot.catalog.sizes import find_size
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product
from motabot.text.normalize import normal


def what_is_gone(wanted: Request, looked_up: object, told: Sequence[Product]) -> str:
    """The name of what was asked for and is out of stock; empty if it is in stock, or if nothing was named.

    "The Tangie gram" is flower, and a one-gram cartridge does not answer it; "the Cherry Pie vape, or something
    like it" asks for the vape itself first.

    Args:
        wanted: The request of a customer who asks whether there is something.
        looked_up: The result for the name that others should resemble; None if there is none.
        told: The products that the reply names.
    """
    wish = wanted.slots
    if not wish.knows_names or len(wish.names) != 1 or wish.is_brand:
        return ""
    if wish.alike and isinstance(looked_up, dict):
        found = [*looked_up.get("candidates", ()), *filter(None, [looked_up.get("product")])]
        kin = [each for each in found if wish.category in {None, each.get("category")}]
        if "error" in looked_up or any(each.get("available", True) for each in kin):
            return ""
        return f"{_name(wish.names[0], found)} {wish.kind or ''}".strip()
    size = find_size(wish.size) if wish.size else None
    narrowed = wish.category or wish.alike or wish.sort or wish.avoid or wish.pack is not None
    if size is None or size.unit != "g" or narrowed or not told:
        return ""
    is_of_it = all(normal(str(each.get("strain"))) == wish.names[0] for each in told)
    if not is_of_it or any(each.get("category") == "Flower" for each in told):
        return ""
    return f"{_name(wish.names[0], told)} {size} flower"


def _name(said: str, products: Sequence[JsonMapping]) -> str:
    return next((str(each["strain"]) for each in products if each.get("strain")), said.title())
