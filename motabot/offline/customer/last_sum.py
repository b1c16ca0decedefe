"""The last sum that a reply stated, and how a text changes it: "only 1 of the meltaways"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from motabot.customers.records import Lookup
from motabot.offline.customer.requests import BasketItem
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_name("basket.toml"))
_ADDS, _LEAVES = _LEXICON.pattern("adds"), _LEXICON.pattern("leaves")
#: The tool that adds up.
BASKET = "price_my_basket"
_SEVERAL = 2


def last_sum(before: Sequence[Lookup]) -> list[BasketItem]:
    """The products whose sum was stated last."""
    result = next((each.result for each in before if each.tool == BASKET), None)
    lines = result.get("lines") if isinstance(result, dict) else None
    return [BasketItem(int(line["quantity"]), product=line) for line in lines or ()]


def changed(earlier: Sequence[BasketItem], items: Sequence[BasketItem], plain: str) -> tuple[BasketItem, ...]:
    """The things of the last sum as a text changes them: "only 1 of the meltaways"; none if it changes none."""
    adds = _ADDS.search(plain) and not _LEAVES.search(plain)  # "and without the papers" adds nothing
    if not items or adds or len(earlier) < _SEVERAL:
        return ()
    new: dict[int, BasketItem] = {}
    for item in items:
        place = next((n for n, line in enumerate(earlier) if _is_line(line, item)), None)
        if place is None:
            return ()
        new[place] = replace(earlier[place], quantity=item.quantity)
    is_less = bool(_LEAVES.search(plain))
    kept = (new.get(n, item) for n, item in enumerate(earlier) if not (is_less and n in new))
    return tuple(kept)


def _is_line(line: BasketItem, item: BasketItem) -> bool:
    """Whether a thing that a text names is one of the last sum."""
    told = line.product or {}
    if item.product is not None:
        return item.product.get("sku") == told.get("sku")
    name = f" {normal(str(told.get('name')))} "
    if not item.wish.knows_names:
        return bool(item.wish.kind) and f" {item.wish.kind} " in name
    return any(f" {each} " in name for each in item.wish.names)
