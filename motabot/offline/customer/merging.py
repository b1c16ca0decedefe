"""How what a text wants changes what was wanted before: what it names is replaced, the rest stays."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from motabot.catalog.filler import FILLER
from motabot.catalog.sizes import SIZES, find_size, without_measures
from motabot.catalog.sort_words import SORTS
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES
from motabot.catalog.word_table import Table
from motabot.offline.customer import follow_ups
from motabot.offline.customer.relative import is_beside, without_names
from motabot.offline.customer.slots import OF_STRAINS, Slots

#: Kinds of goods that nobody feels.
_UNFELT = frozenset(("Accessories", "Topicals"))
#: The bounds that a comparison sets, and the order that is left of them for a wish for something else.
_ORDERS_BESIDE = {"max_price": "price_low", "min_price": None, "min_thc": "thc_high", "max_thc": None}
#: Packages of flower, in grams.
_PACKAGES = (Decimal(1), Decimal("3.5"), Decimal(7), Decimal(14), Decimal(28))


def _next_package(query: str) -> str:
    """The package size above the one that a text names; nothing if there is none."""
    size = find_size(query)
    above = [each for each in _PACKAGES if size and size.unit == "g" and each > size.amount]
    return f"{above[0]}g" if above else ""


def edit(old: Slots, new: Slots, plain: str = "") -> Slots:
    """The old wish, with everything that the new one names replaced.

    Args:
        old: What was wanted before.
        new: What the text wants.
        plain: The text in normal form, which may ask for "bigger than an eighth".
    """
    if follow_ups.wants_bigger(plain) and (size := _next_package(plain)):
        new = replace(new, query=size)
    wanted_again = {new.kind, *(match.words for match in CATEGORIES.matches(new.query))}
    old = _without_other_name(_without_refused_kind(old, new), new, plain)
    unwanted = {each.casefold() for each in new.avoid}
    if old.flavor and old.flavor.casefold() in unwanted:
        old = replace(old, query=_without(old.query, FLAVORS), flavor=None)
    is_other_kind = new.category is not None and new.category != old.category and _is_of_flower(old.size)
    if old.size and not new.size and (is_other_kind or _is_other_sort(old, new)):
        old = replace(old, query=without_measures(SIZES.replace(old.query, " ")), size=None)
    if not old.knows_names and unwanted & {*old.query.split()}:  # "ok not infused then"
        left = " ".join(word for word in old.query.split() if word not in unwanted)
        old = replace(old, query=left, names=(), unknown=())
    if not new.flower_type and unwanted & {each.casefold() for each in FLOWER_TYPES.words}:
        new = replace(new, query=_without(new.query, FLOWER_TYPES))
    if old.flower_type and old.flower_type.casefold() in unwanted:
        old = replace(old, query=_without(old.query, FLOWER_TYPES), flower_type=None)
    if new.flower_type:
        old = replace(
            old, avoid=tuple(each for each in old.avoid if each.casefold() != new.flower_type.casefold())
        )
    if (
        (new.category and new.category != old.category) or new.names or new.flower_type or new.effect or new.flavor
    ):  # "no, a cart": a bound below the flower's price no longer applies
        old = _without_beside(old)
    return Slots(
        query=" ".join(f"{_kept_words(old, new)} {new.query}".split()),
        names=new.names or old.names,
        knows_names=new.knows_names or old.knows_names,
        category=new.category or old.category,
        effect=new.effect or (None if new.category in _UNFELT else old.effect),
        flavor=new.flavor or old.flavor,
        flower_type=new.flower_type or old.flower_type,
        avoid=tuple(dict.fromkeys((*(each for each in old.avoid if each not in wanted_again), *new.avoid))),
        min_price=new.min_price if new.min_price is not None else old.min_price,
        max_price=new.max_price if new.max_price is not None else old.max_price,
        is_under=new.is_under if new.max_price is not None else old.is_under,
        min_thc=new.min_thc if new.min_thc is not None else old.min_thc,
        sort=new.sort or (old.sort if _keeps_order(old, new) else None),
        is_mild=new.is_mild or (old.is_mild and new.sort != "thc_high"),
        max_thc=new.max_thc if new.max_thc is not None else old.max_thc,
        kind=new.kind or (None if new.category else old.kind),
        size=new.size or old.size,
        unknown=new.unknown,
        occasion=new.occasion,
        more_cbd=new.more_cbd or old.more_cbd,
        pack=new.pack if new.pack is not None else old.pack,
        wants_others=new.wants_others or follow_ups.wants_others(plain),
        wants_new=new.wants_new or old.wants_new,
        alike=new.alike if new.names else old.alike,
    )


def _keeps_order(old: Slots, new: Slots) -> bool:
    """Whether the order stays: the strongest in another kind or type, or under a price."""
    is_strongest = old.sort == "thc_high" and new.max_price is not None
    return bool(new.category or new.flower_type or is_strongest) and not new.is_mild


def names_words(wish: Slots) -> bool:
    """Whether a wish has words that only a search can find: "dark chocolate", where the flavor is not all."""
    left = wish.query
    for table in (CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES, SIZES):
        left = table.replace(left, " ")
    return bool({*left.split()} - FILLER)


def _is_other_sort(old: Slots, new: Slots) -> bool:
    """Whether another sort of a kind is wanted, which comes in other sizes: a pen, and no cart."""
    sorts = SORTS.first(old.kind or old.query), SORTS.first(new.kind or "")
    return None not in sorts and sorts[0] != sorts[1]


def _is_of_flower(size: str | None) -> bool:
    """Whether only flower comes in a size: an eighth and more."""
    found = find_size(size) if size else None
    return found is not None and found.unit == "g" and found.amount > _PACKAGES[0]


def _kept_words(old: Slots, new: Slots) -> str:
    """The words of the old wish that the new one does not replace."""
    kept = old.query
    for table, is_replaced in (
        (CATEGORIES, bool(new.category)),
        (EFFECTS, bool(new.effect)),
        (FLAVORS, bool(new.flavor)),
        (FLOWER_TYPES, bool(new.flower_type)),
        (SIZES, find_size(new.query) is not None),
    ):
        kept = _without(kept, table) if is_replaced else kept
    if new.size:
        kept = without_measures(kept)
    for words in old.unknown:  # the reply has said that nothing has this name
        kept = kept.replace(words, " ")
    return kept


def _without_beside(old: Slots) -> Slots:
    """The old wish without the bounds that were relative to what was shown then."""
    bounds = {name: getattr(old, name) for name in _ORDERS_BESIDE}
    gone = {name: None for name, bound in bounds.items() if is_beside(bound)}
    order = next((_ORDERS_BESIDE[name] for name in gone), old.sort)  # who wanted it cheaper wants it cheap
    return replace(old, **gone, sort=order)  # type: ignore[arg-type]


def _without_refused_kind(old: Slots, new: Slots) -> Slots:
    """The old wish without a kind that the text refuses: "not edibles tho"."""
    if old.category and any(_names_kind(each, old) for each in new.avoid):
        return replace(old, category=None, kind=None, query=_without(old.query, CATEGORIES))
    return old


def _without_other_name(old: Slots, new: Slots, plain: str) -> Slots:
    """The old wish without a name that what is wanted now cannot have: the type of a strain is known.

    Gummies have no strain, unless "it" is wanted as gummies, and a strawberry cart has no other flavor.
    """
    if not old.knows_names or new.names or old.is_brand:
        return old
    is_other_type = new.flower_type is not None and not old.is_part
    names_kind = old.is_part and CATEGORIES.first(" ".join(old.names)) is not None  # "chocolate bars"
    is_other_thing = new.kind is not None and names_kind and new.category not in {None, *OF_STRAINS}
    has_no_strain = new.category is not None and new.category not in OF_STRAINS and not old.is_part
    has_no_strain = has_no_strain and not follow_ups.says_it(plain)
    is_other_taste = old.is_part and new.flavor is not None and FLAVORS.first(" ".join(old.names)) is not None
    is_other = is_other_type or is_other_thing or has_no_strain or is_other_taste
    is_other |= old.is_part and _is_other_sort(old, new)  # "the balm then", after a peppermint rub
    return without_names(old) if is_other else old


def _names_kind(unwanted: str, old: Slots) -> bool:
    """Whether an unwanted word names the kind that was wanted. Who hates lemonade may want drinks."""
    sort = SORTS.first(unwanted)
    return CATEGORIES.first(unwanted) == old.category and (
        sort is None or sort == SORTS.first(old.kind or unwanted)
    )


def _without(query: str, table: Table) -> str:
    return re.sub(r"\s+", " ", table.replace(query, " ")).strip()
