"""What a text is about, of the products that were shown: one of them, another, or a form that none of them has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from motabot.catalog.index import singular
from motabot.catalog.sort_words import SORTS
from motabot.catalog.vocabulary import CATEGORIES
from motabot.customers.context import TurnContext
from motabot.offline.customer import follow_ups, referents, singled, state
from motabot.offline.customer.lookups import GOODS
from motabot.offline.customer.moves import asks_which
from motabot.offline.customer.references import named_by_price, points_by_number
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product, products_of
from motabot.offline.customer.slots import Slots, plain_words
from motabot.text.normalize import normal

_SEVERAL = 2
#: Which of several requests for the same thing is meant.
_BEST = ("search", "recommend")


def shown_to(context: TurnContext) -> Sequence[Product]:
    """The products that a turn's texts speak of: those named last, or in several replies, or an earlier list."""
    if state.begins_anew(context.questions):
        return ()
    shown = referents.last_products(context)
    plain = plain_words(" ".join(context.questions))
    if several := referents.spoken_of(context, plain):
        return several
    if again := singled.compared_again(context, plain):
        return again
    if one := singled.chosen(context, shown, plain):
        return [one]
    before = referents.last_list(context) if len(shown) == 1 and not _is_narrowed(context) else []
    if not follow_ups.means_a_list(plain) and not named_by_price(plain, before):
        return shown
    return before if any(product.get("sku") == shown[0].get("sku") for product in before) else shown


def _is_narrowed(context: TurnContext) -> bool:
    """Whether the last reply named the only product that a search found: the list before it no longer matters."""
    found = [products_of(each.result) for each in context.last_shown if each.tool in state.SEARCHES]
    asked = normal(" ".join(str(each.arguments.get("query") or "") for each in context.last_shown))
    alone = [products[0] for products in found if len(products) == 1]
    return any(normal(str(each.get("strain"))) not in asked for each in alone)  # a name narrows no list


def pointed_into(shown: Sequence[Product], context: TurnContext, plain: str) -> Sequence[Product]:
    """The list that a text points into: the one before, if one of it was described and a number means another."""
    if len(shown) != 1 or _is_narrowed(context) or not points_by_number(plain):
        return shown
    return referents.last_list(context) or shown


def others_than_told(shown: Sequence[Product], context: TurnContext, plain: str) -> list[Product]:
    """The others of the list before, if one was described and the text wants "the other one"."""
    if len(shown) != 1 or not follow_ups.wants_the_other(plain):
        return []
    told = shown[0].get("sku")
    return [product for product in referents.last_list(context) if product.get("sku") != told]


def told_by_it(told: Sequence[Product], context: TurnContext, plain: str) -> Sequence[Product]:
    """What "it" means of some products: what is bought most often, if they are what the writer usually buys."""
    is_usual = {each.tool for each in context.last_shown} == {"list_my_favorites"}
    return told[:1] if is_usual and follow_ups.says_it(plain) else told


def is_other_form(shown: Sequence[Product], requests: Sequence[Request], plain: str) -> bool:
    """Whether a text wants a pack, a size, a kind or a flavor that none of the products shown has."""
    names = " ".join(str(product["name"]).casefold() for product in shown)
    kinds = {product.get("category") for product in shown}
    flavors = {flavor for product in shown for flavor in product.get("flavors") or ()}
    for wish in (each.slots for each in requests):
        if wish.pack is not None and f"{wish.pack or ''}-pack" not in names:
            return True
        if wish.size and wish.size not in names:
            return True
        if wish.category and wish.category not in kinds:
            return True
        if wish.flavor and wish.flavor not in flavors and not follow_ups.asks_for_attribute(plain):
            return True
    return False


def of_kind_shown(requests: Sequence[Request], shown: Sequence[Product], plain: str) -> Sequence[Request]:
    """The requests without the kind that a superlative implies by itself: "the strongest", after wax."""
    if not shown or CATEGORIES.first(plain):
        return requests
    return [
        replace(each, slots=replace(each.slots, category=None))
        if each.slots.sort == "thc_high" and each.slots.kind is None
        else each
        for each in requests
    ]


def tells_apart(wish: Slots, shown: Sequence[Product], context: TurnContext, plain: str) -> bool:
    """Whether several products were just compared and the text says the purpose: "for gaming"."""
    is_compared = len(shown) > 1 and {each.tool for each in context.last_shown} == {"show_product"}
    is_compared |= len(shown) > 1 and asks_which(plain)
    bare = replace(wish, effect=None, occasion=None, query="", unexplained=())
    return is_compared and wish.effect is not None and bare == Slots()


def one_of_each(requests: Sequence[Request]) -> Sequence[Request]:
    """The requests, with one for one wish: "how much for a half" is a search and nothing else."""
    goods = [each for each in requests if each.intent in GOODS and not (each.meant and each.intent == "follow_up")]
    if len(goods) < _SEVERAL or any(each.slots != goods[0].slots for each in goods):
        return requests
    best = next((each for name in _BEST for each in goods if each.intent == name), goods[0])
    return [each for each in requests if each not in goods or each is best]


def rival(told: Product, wish: Slots, shown: Sequence[Product], wish_of: Callable[[str], Slots]) -> Slots | None:
    """What a product is compared with: another name in the same form, or another form of the same name.

    Args:
        told: The product.
        wish: What the text wants; an everyday word in it may be the name of something of the same kind.
        shown: The products that were shown.
        wish_of: Reads the wish in some words.
    """
    if wish.unexplained and not wish.names:  # "the anytime" is the Anytime Tincture
        form = SORTS.first(normal(str(told.get("name")))) or singular(normal(str(told.get("category"))))
        wish = wish_of(f"{' '.join(wish.unexplained)} {form}")
    known = {normal(str(product.get("strain"))) for product in shown} | {normal(str(p["name"])) for p in shown}
    category, strain = told.get("category"), normal(str(told.get("strain") or ""))
    others = [name for name in wish.names if wish.knows_names and not any(name in each for each in known)]
    if others:
        kind = wish.category or category
        return Slots(query=f"{others[0]} {kind}", names=(others[0],), knows_names=True, category=kind)
    if wish.flavor and not wish.category and not wish.names:  # "why so much more than the blueberry"
        sort = SORTS.first(normal(str(told.get("name")))) or category
        return Slots(query=f"{wish.flavor.casefold()} {sort}", category=str(category), sort="price_low")
    sort = SORTS.first(wish.kind or "")
    if sort and not strain and sort != SORTS.first(normal(str(told.get("name")))):  # "is the balm cheaper"
        return Slots(query=wish.kind or "", category=wish.category, kind=wish.kind, sort="price_low")
    if wish.category and strain and all(product.get("category") != wish.category for product in shown):
        return Slots(query=f"{strain} {wish.kind}", names=(strain,), knows_names=True, category=wish.category)
    return None


def forms_of_it(told: Sequence[Product], plain: str) -> Slots | None:
    """The wish for all forms of the last product, if a text asks which is cheaper: "the pen or the cart"."""
    strains = {normal(str(product.get("strain") or "")) for product in told}
    kinds = {str(product.get("category")) for product in told}
    is_of_kinds = set(CATEGORIES.all(plain)) == kinds and len(CATEGORIES.matches(plain)) >= _SEVERAL
    if len(strains) != 1 or len(kinds) != 1 or not is_of_kinds or not all(strains):
        return None
    [strain], [kind] = strains, kinds
    return Slots(query=strain, names=(strain,), knows_names=True, category=kind, sort="price_low")
