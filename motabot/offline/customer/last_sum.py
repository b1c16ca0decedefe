"""The last sum that a reply stated, and how a text changes it: "only 1 of the meltaways"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from motabot.customers.records import Lookup
from motabot.offline.customer.requests import BasketItem
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_name("basket.toml"))
_ADDS, _LEAVES, _TAKES_OFF, _WITHOUT_TERMS = map(_LEXICON.pattern, "adds leaves takes_off without_terms".split())
#: The tool that adds up.
BASKET = "price_my_basket"
_SEVERAL = 2
_OF_IT = regex(
    r"\b(?:\d{1,2}|two|three|four|five|dos|tres|cuatro|cinco) (?:of|de) (?:them|em|those|these|es[oa]s|ell[oa]s)$"
)


def last_sum(before: Sequence[Lookup]) -> list[BasketItem]:
    """The products whose sum was stated last."""
    result = next((each.result for each in before if each.tool == BASKET), None)
    lines = result.get("lines") if isinstance(result, dict) else None
    return [BasketItem(int(line["quantity"]), product=line) for line in lines or ()]


def groups_of(before: Sequence[Lookup], items: Sequence[BasketItem], plain: str) -> list[str]:
    """The groups whose discount the last sum had, if a text only changes that sum: "and two of em"."""
    last = next((each for each in before if each.tool == BASKET), None)
    told = {str((line.product or {}).get("sku")) for line in last_sum(before)}
    is_changed = any(item.product and str(item.product.get("sku")) in told for item in items)
    groups = last.arguments.get("groups") if last and is_changed else None
    return list(groups) if isinstance(groups, list) and not _WITHOUT_TERMS.fullmatch(plain) else []


def changed(earlier: Sequence[BasketItem], items: Sequence[BasketItem], plain: str) -> tuple[BasketItem, ...]:
    """The things of the last sum as a text changes them: "only 1 of the meltaways"; none if it changes none."""
    if _WITHOUT_TERMS.fullmatch(plain):  # "and without the discount"
        return tuple(earlier)
    is_of_it = bool(_OF_IT.search(plain))  # "and two of em" says how many
    adds = _ADDS.search(plain) and not (_LEAVES.search(plain) or is_of_it)  # "and without the papers"
    if not items or adds or (len(earlier) < _SEVERAL and not is_of_it):
        return ()
    new: dict[int, BasketItem] = {}
    for item in items:
        place = next((n for n, line in enumerate(earlier) if _is_line(line, item)), None)
        if place is None:
            return ()
        new[place] = replace(earlier[place], quantity=item.quantity)
    if _TAKES_OFF.search(plain):  # "take off one jack" of three
        less = {n: replace(item, quantity=earlier[n].quantity - item.quantity) for n, item in new.items()}
        kept = [less.get(n, item) for n, item in enumerate(earlier)]
        return tuple(item for item in kept if item.quantity > 0)
    is_less = bool(_LEAVES.search(plain))
    return tuple(new.get(n, item) for n, item in enumerate(earlier) if not (is_less and n in new))


def _is_line(line: BasketItem, item: BasketItem) -> bool:
    """Whether a thing that a text names is one of the last sum."""
    told = line.product or {}
    if item.product is not None:
        return item.product.get("sku") == told.get("sku")
    name = f" {normal(str(told.get('name')))} "
    if not item.wish.knows_names:
        return bool(item.wish.kind) and f" {item.wish.kind} " in name
    return any(f" {each} " in name for each in item.wish.names)
