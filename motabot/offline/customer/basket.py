"""Several of something, and what they cost together: "3 of those and papers, total?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from motabot.boundary import JsonMapping, JsonObject
from motabot.catalog.index import singular
from motabot.catalog.sizes import find_size, without_measures
from motabot.catalog.vocabulary import CATEGORIES
from motabot.customers.records import Lookup
from motabot.offline.customer import terms
from motabot.offline.customer.alternatives import alternatives
from motabot.offline.customer.last_sum import BASKET, changed, last_sum
from motabot.offline.customer.references import point, pointed_at
from motabot.offline.customer.requests import BasketItem, Request
from motabot.offline.customer.results import products_of
from motabot.offline.customer.run_on import counted_apart
from motabot.offline.customer.slots import Slots, plain_words
from motabot.text.normalize import normal
from motabot.text.number_words import number_words
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_SUM, _ADDS, _POINTS = (_LEXICON.pattern(name) for name in ("sum", "adds", "points"))
_COUNT, _TIMES = _LEXICON.pattern("count"), _LEXICON.pattern("times")
_EACH, _LEAVES, _MOST, _WITH_POINTS, _PRICE_ALONE = map(
    _LEXICON.pattern, "each leaves most points_used price_alone".split()
)
_OF_THOSE, _CHEAP, _INSTEAD, _JOINS, _TAX = map(_LEXICON.pattern, "of_those cheap instead joins with_tax".split())
_EVERYTHING, _SAME_NAME, _NAMES_SUM, _MAKES = (
    _LEXICON.pattern(name) for name in ("everything", "same_name", "names_sum", "makes")
)
_BETWEEN = _LEXICON.pattern("between")
_LEAD = regex(r"^(?:(?:and|add|plus|with|also|y|mas|con|agrega|ok|okay)\s+)+", re.IGNORECASE)
_PART, _UNCOUNTED = (regex(_LEXICON.pattern(name).pattern, re.IGNORECASE) for name in ("part", "uncounted"))
_WORDS = {
    **dict.fromkeys(("couple", "par"), 2),
    **dict.fromkeys(("dozen", "docena"), 12),
    **number_words(1, 10),
    "un": 1,
    "una": 1,
}
#: "14 of it" is half an ounce.
_GRAMS = (7, 14, 28)
#: "One sativa one indica".
_OF_TYPE = regex(r"\b(?:an?|one|1|un[oa]?) (sativa|indica|hybrid|h[ií]brid[oa])\b", re.IGNORECASE)
_SEVERAL = 2
#: Means two of those shown.
_BOTH = regex(r"\b(?:both|(?:the|those|these|them|first|last) (?:two|2)|amb[oa]s|l[oa]s (?:dos|primer[oa]s))\b")
_OF_IT = regex(r"\b(?:of|g|grams?|de) (?:it|that|those|them|es[oa]s?)\b")
_MOST_ITEMS, MOST_OF_ONE = 6, 99

#: Reads the wish in a part of a text.
ReadWish = Callable[[str], Slots]


@dataclass(frozen=True)
class NamedBasket:
    """What a text says of several things.

    Attributes:
        items: The things, each with how many.
        asks: Whether the text asks for a sum.
        budget: The dollars to spend, if the text asks what they buy.
        counted: How many of the products shown the text wants without saying of which; 0 if it does not.
        most: The dollars that all of it may cost: "2 eighths and gummies under 80".
        names_sum: Whether it speaks of a total, of tax or of points, so that a price alone does not answer it.
    """

    items: tuple[BasketItem, ...]
    asks: bool
    budget: Decimal | None = None
    counted: int = 0
    names_sum: bool = False
    most: Decimal | None = None

    @property
    def is_meant(self) -> bool:
        """Whether the reply is a sum: it is asked for, or a number of known things is named."""
        several = any(item.quantity > 1 and (item.product or item.wish.knows_names) for item in self.items)
        is_price = self.budget is None and not self.names_sum and all(item.product is None for item in self.items)
        is_price = is_price and sum(item.quantity for item in self.items) == 1  # "what does a brownie cost"
        count = sum(item.quantity for item in self.items)
        is_bounded = self.most is not None and 1 < len(self.items) < count
        return bool(self.items) and ((self.asks and not is_price) or several or is_bounded)

    def request(self, plain: str) -> Request:
        """The request for the sum."""
        items = self.items
        if self.budget is None:
            items = tuple(item.cheapest(within_all=self.most is not None) for item in items)
        return Request("basket", plain, items=items[:_MOST_ITEMS], budget=self.budget, most=self.most)


def may_be_basket(plain: str, before: Sequence[Lookup]) -> bool:
    """Whether a text in normal form may speak of several things, at a glance."""
    if _BETWEEN.search(plain) or len(alternatives(plain)) > 1:  # "two 14s or one 28" compares and adds nothing up
        return False
    changes = any(form.search(plain) for form in (_ADDS, _LEAVES, _WITH_POINTS, _PRICE_ALONE))
    goes_on = bool(changes or terms.asks_for_now(plain)) and any(each.tool == BASKET for each in before)
    return (
        goes_on
        or terms.differ(plain)
        or terms.budget(plain) is not None
        or any(form.search(plain) for form in (_SUM, _COUNT, _TIMES, _OF_THOSE, _JOINS))
    )


def read_basket(
    text: str, shown: Sequence[JsonMapping], before: Sequence[Lookup], old: Slots | None, read_wish: ReadWish
) -> NamedBasket:
    """The things that a text names, each with how many are meant.

    Args:
        text: As the customer sent it.
        shown: The products that the shop named last.
        before: The last turn's tool calls, which may include a sum.
        old: What was wanted before; its name also applies to "8 eighths instead".
        read_wish: Reads the wish in a part of the text.
    """
    plain = plain_words(text)
    if kept := _all_but_some(plain, shown):
        return NamedBasket(kept, asks=True, names_sum=True)
    differs = terms.differ(plain)
    asks = (
        differs
        or terms.asks_for_now(plain)
        or any(form.search(plain) for form in (_SUM, _MAKES, _WITH_POINTS, _PRICE_ALONE, _JOINS))
    )
    budget = terms.budget(plain)
    bound = re.search(r"\d+", found[0]) if (found := _MOST.search(plain)) else None
    counted_in = text.replace(bound[0], " ", 1) if bound else text  # "is 50 enough for an eighth" counts nothing
    is_sum = bound is not None or bool(_SUM.search(plain))
    items = _counted_later(_items(_UNCOUNTED.sub(" ", counted_in), shown, old, read_wish, counts=is_sum))
    if differs and not _SUM.search(plain):  # what all gummies cost on a Tuesday is no sum
        is_kind = len(items) == 1 and items[0].quantity == 1
        items = [item for item in items if not is_kind or item.product or item.wish.knows_names]
    earlier = last_sum(before)
    asks = asks or bool(earlier and _TAX.fullmatch(plain))
    if new := changed(earlier, items, plain):
        return NamedBasket(new, asks=True, budget=budget, names_sum=True)
    if earlier and (asks or items) and (not items or _ADDS.search(plain)) and not _INSTEAD.search(plain):
        items = [*earlier, *items]
        asks = True
    if budget is not None and not items and shown:
        items = [BasketItem(1, product=shown[0])]
    if asks and not items:
        two = pointed_at(plain, shown) if len(shown) > 1 and _BOTH.search(plain) else []
        listed: Sequence[JsonMapping] = _one_of_each_list(before) or two
        is_all = not listed and (_EVERYTHING.search(plain) or len(shown) == 1)
        number = (_quantity(plain) or 1) if len(shown) == 1 else 1  # "si compro dos cuanto seria"
        items = [BasketItem(number, product=product) for product in (shown if is_all else listed)]
    elif not earlier and len(shown) == 1 and _JOINS.search(plain) and all(item.product is None for item in items):
        items = [BasketItem(1, product=shown[0]), *items]
    is_open = _UNSAID in items
    items = [item for item in items if item != _UNSAID]
    counted = (_quantity(plain) or 1) if (is_open or not items) and _OF_THOSE.search(plain) else 0
    counted = 1 if is_open and items else counted
    counted = 1 if counted in _GRAMS and _OF_IT.search(plain) else counted
    return NamedBasket(
        tuple(items),
        asks or budget is not None,
        budget,
        counted,
        names_sum=differs or bool(_NAMES_SUM.search(plain)),
        most=Decimal(bound[0]) if bound else None,
    )


def _all_but_some(plain: str, shown: Sequence[JsonMapping]) -> tuple[BasketItem, ...]:
    """All that was shown but what a text leaves out of its sum: "add that up without the bath soak"."""
    found = _LEAVES.search(plain)
    if found is None or not _SUM.search(plain) or _COUNT.search(plain) or len(shown) < _SEVERAL:
        return ()
    out = point(plain[found.end() :], shown)
    kept = tuple(BasketItem(1, product=each) for each in shown if each not in out)
    return kept if out else ()


def _one_of_each_list(before: Sequence[Lookup]) -> list[JsonObject]:
    """The first product of each of several lists in the last reply."""
    lists = [products_of(each.result) for each in before if each.tool == "search_products"]
    return [found[0] for found in lists if found] if len(lists) > 1 else []


def _items(
    text: str, shown: Sequence[JsonMapping], old: Slots | None, read_wish: ReadWish, *, counts: bool
) -> Iterator[BasketItem]:
    """The things that a text names; where it `counts` them, also those of a size alone."""
    for part in _parts(_EACH.sub(" ", _types_apart(text)), read_wish):
        plain = plain_words(part)
        wish = read_wish(part).without_single_pack
        wish = replace(wish, is_mild=wish.is_mild and not wish.knows_names)  # "im 67, 2 grams of wedding cake"
        quantity = _quantity(_without(plain, wish.names if wish.knows_names else ()))
        strain = _strain(shown, old)
        grams = f"{quantity}g" if quantity in _GRAMS and _OF_IT.search(plain) else None
        if strain and (wish.size or wish.pack or grams) and not wish.knows_names:
            query = f"{strain} {grams or wish.query}"
            wish = replace(wish, names=(strain,), knows_names=True, query=query, size=grams or wish.size)
            quantity = 1 if grams else quantity
        is_other_kind = wish.category is not None and all(p.get("category") != wish.category for p in shown)
        if strain and is_other_kind and not wish.knows_names and _SAME_NAME.search(plain):  # "a preroll of it"
            wish = replace(wish, names=(strain,), knows_names=True, query=f"{strain} {wish.query}")
        if _CHEAP.search(plain):
            wish = replace(wish, sort="price_low")
        is_aside = wish.category == "Accessories"  # "a lighter" is no lighter product
        meant = point(_COUNT.sub(" ", plain), shown) if shown and not is_aside else []
        points = bool(_POINTS.search(plain)) or 0 < len(meant) < len(shown) or _is_it(wish, shown)
        counted = counts and wish.query and (quantity or wish.size)
        named = wish.knows_names or wish.category is not None or bool(counted)
        if named and not (points and not wish.knows_names and len(meant) == 1):
            yield BasketItem(quantity or 1, wish)
        elif len(meant) == 1 and (named or _OF_THOSE.search(plain) or _LEAVES.search(plain)):
            yield BasketItem(quantity or 1, product=meant[0])
        elif quantity and not meant and _OF_THOSE.search(plain):
            yield BasketItem(quantity)
        elif meant and _OF_THOSE.search(plain) and (len(meant) < len(shown) or _is_each(plain)):
            yield from (BasketItem(quantity or 1, product=product) for product in meant)
        elif meant and _OF_THOSE.search(plain):
            yield _UNSAID


#: A number of one of the products shown, without saying of which.
_UNSAID = BasketItem(0)


def _counted_later(items: Iterable[BasketItem]) -> list[BasketItem]:
    """The things, each with how many, where a later clause tells it: "is sherbert still 8, what if i buy 3"."""
    kept: list[BasketItem] = []
    for item in items:
        if item == _UNSAID or item != BasketItem(item.quantity):
            kept.append(item)
        elif kept and kept[-1].quantity == 1:
            kept[-1] = replace(kept[-1], quantity=item.quantity)
    return kept


def _types_apart(text: str) -> str:
    """A text with "1 sativa 1g flower, 1 indica 1g flower" for "2 1g flowers, one sativa one indica"."""
    types, kinds = _OF_TYPE.findall(text), CATEGORIES.matches(text)
    if len(types) < _SEVERAL or len({kind.name for kind in kinds}) != 1:
        return text
    what = " ".join(filter(None, (str(find_size(text) or ""), kinds[0].words)))
    cheap = "cheapest " if _CHEAP.search(plain_words(text)) else ""
    return ", ".join(f"1 {cheap}{each} {what}" for each in types) + "; total" * bool(
        _SUM.search(plain_words(text))
    )


def _without(plain: str, names: Sequence[str]) -> str:
    """A text without the names in it: "do si dos" counts nothing."""
    for name in names:
        plain = re.sub(rf"\b{re.escape(name)}\b", "goods", plain)
    return plain


def _strain(shown: Sequence[JsonMapping], old: Slots | None) -> str | None:
    """The name that "8 eighths" leaves out: what was wanted before, or what all shown products have in common."""
    if old is not None and old.knows_names:  # "pineapple express 28g" is a name, too
        return without_measures(old.names[0]).strip()
    strains = {normal(str(product.get("strain") or "")) for product in shown}
    return strains.pop() or None if len(strains) == 1 else None


def _parts(text: str, read_wish: ReadWish) -> list[str]:
    """The parts of a text that name one thing each; words that name none belong to the part before."""
    parts: list[str] = []
    for words in filter(None, (_LEAD.sub("", part.strip()) for part in _PART.split(counted_apart(text)))):
        wish = read_wish(words)
        begins = wish.names_goods or wish.pack or _quantity(plain_words(words))
        if parts and not begins and not _POINTS.search(plain_words(words)):
            parts[-1] = f"{parts[-1]}, {words}"
        else:
            parts.append(words)
    return parts


def _is_it(wish: Slots, shown: Sequence[JsonMapping]) -> bool:
    """Whether a kind is that of the one thing shown: "3 drinks", after a blueberry drink."""
    words = {singular(word) for word in normal(str(shown[0].get("name"))).split()} if len(shown) == 1 else set()
    return bool(wish.kind) and {singular(word) for word in (wish.kind or "").split()} <= words


def _is_each(plain: str) -> bool:
    return bool(re.search(r"\b(?:each|both|all|cada|amb[oa]s)\b", plain))


def _quantity(plain: str) -> int | None:
    """How many a text in normal form speaks of; None if it names no number."""
    found = _TIMES.search(plain) or _COUNT.search(plain)
    said = next(filter(None, found.groups()), None) if found else None
    return None if said is None else int(said) if said.isdigit() else _WORDS[said]
