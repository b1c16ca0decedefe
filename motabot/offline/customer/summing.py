"""What several things cost together, as a text asks for it beside other things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from motabot.customers.context import TurnContext
from motabot.customers.records import Lookup
from motabot.offline.customer import clauses, follow_ups, terms
from motabot.offline.customer.basket import NamedBasket, ReadWish, may_be_basket, read_basket
from motabot.offline.customer.editing import PRODUCTS
from motabot.offline.customer.focus import pointed_into
from motabot.offline.customer.intents import PATTERNS
from motabot.offline.customer.last_sum import BASKET
from motabot.offline.customer.questions import asks_for_last_time
from motabot.offline.customer.requests import BasketItem, Request
from motabot.offline.customer.results import PURCHASES, SHOWN, WHOLE, Product
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.topics import supported
from motabot.offline.customer.usual import bought, own_of_kind
from motabot.text.normalize import normal
from motabot.text.number_words import number_words
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

#: Requests about what the customer bought: their sums are not prices.
_PAST = frozenset(("spent", "last_visit", "history"))
#: What a sum also says, or what is easily predicted for one.
_TOLD = frozenset((*PRODUCTS, "points", "loyalty", "usual", "order", "tax", "thanks", "greeting"))

#: Calls of a turn that only tells more of the sum in the turn before it.
#: Calls whose answers are about purchases.
_OF_PAST = frozenset((PURCHASES, "sum_my_purchases"))
#: Asks how many points there are, which no sum says.
_BALANCE = regex(
    r"\b(?:points?|pts) (?:balance|total)\b|\bhow many (?:points|pts) (?:do i|have i|i) (?:have|got)\b"
    r"|\bcuantos puntos (?:tengo|llevo)\b"
)
#: Of what was shown, and not of one's purchases.
_BARE_TOTAL = regex(
    r"(?:(?:and|so|ok|what|is|the|whats|y|el|cual|es) )*totals?(?: then| please| for (?:both|all|it all))?"
)
_ASKS_SUM = Lexicon(Path(__file__).with_name("basket.toml")).pattern("sum")
_TELLS_MORE = frozenset(("show_product", "show_shop_info"))
_SUM_AGO = 2
#: No pupil: "im a senior tho".
_SENIOR = regex(r"(?:(?:and|but|what|if|oh|wait|well) )*(?:im|i am|shes|hes) a senior(?: (?:tho|though|too|btw))*")
#: Asks for a price, and not how one may pay.
_OWES = regex(r"\bi (?:pay|owe)\b(?! (?:by|with|in|cash|card|debit))")
#: Several usual things: "my usual stuff all together".
_STUFF = regex(r"\b(?:stuff|things|usuals|everything|all|together|order|haul|lo de siempre|cosas|todo)\b")
_COUNTS = number_words(2, 10)
_SAID_COUNTS = frozenset((*_COUNTS, *map(str, range(2, 100))))
#: "Than 8 eighths".
_THAN_SEVERAL = regex(
    r"\b(?:cheaper|less|better|more|same|as|worth|barat[oa]|menos|mas|mejor) (?:\w+ ){0,2}?(?:than|as|to|que) "
    r"(?:\w+ ){0,2}?(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|dos|tres|cuatro|cinco|seis|siete|ocho)"
    r" ((?:\w+ )?(?:eighths?|8ths?|quarters?|halves|grams?|gs|ounces?|oz|zips|octavos?|gramos?|onzas?|cuartos?))\b"
)


def summed(
    text: str,
    requests: Sequence[Request],
    shown: Sequence[Product],
    context: TurnContext,
    old: Slots | None,
    wish_of: ReadWish,
) -> tuple[Request, ...]:
    """The request for a sum and what else a text asks for; none if it asks for no sum.

    Args:
        text: The text.
        requests: What it asks for by itself.
        shown: The products that the shop named last.
        context: The turn.
        old: What was wanted before.
        wish_of: Reads the wish in a part of the text.
    """
    plain = plain_words(text)
    shown = pointed_into(shown, context, plain.lstrip("0123456789 "))  # "3 of those" is not the third
    if any(each.intent == "complaint" for each in requests):
        return ()
    before = _before(context)
    if not may_be_basket(plain, before) or _speaks_of_past(plain, requests, before):
        return ()
    part, named = _of_clause(text, wish_of)
    basket = _of_own(read_basket(part, shown, before, named or old, wish_of), plain, context)
    if shown and basket.counted == 1:
        return (Request("follow_up", plain),)
    if shown and basket.counted:  # of each, so that either meaning is answered
        counted = (BasketItem(basket.counted, product=each) for each in shown[:SHOWN])
        return tuple(Request("basket", plain, items=(item,), number=n) for n, item in enumerate(counted))
    if not basket.items and 1 < len(shown) <= WHOLE and terms.with_deal(plain) and not _names_goods(requests):
        each = (BasketItem(1, product=product) for product in shown)
        return tuple(Request("basket", plain, items=(item,), number=n) for n, item in enumerate(each))
    if not basket.is_meant:
        is_open = shown and _BARE_TOTAL.fullmatch(plain) and not {each.tool for each in before} & _OF_PAST
        return (Request("basket", plain),) if is_open else ()
    past = _PAST if basket.items else frozenset()
    told = {*_TOLD, *past} - ({"order"} if follow_ups.places_order(plain) else set())
    if not PATTERNS["medical"].search(plain):  # "how much would 3 of them be" is easily taken for a dose
        told |= {"medical"}
    told |= {"hours"} if terms.asks_only_when(plain) else set()
    told |= {"deals"} if terms.differ(plain) else set()
    told |= {"under_21"} if _SENIOR.fullmatch(plain) else set()
    told |= {"address"} if terms.asks_earned(plain) else set()
    told |= {"payment"} if _OWES.search(plain) else set()
    others = (
        each
        for each in requests
        if each.intent not in told
        or subject_of(each.query)
        or (each.intent in past and _is_past(each))
        or (each.intent == "points" and _BALANCE.search(each.query))
    )
    return (basket.request(plain), *others)


def _of_clause(text: str, wish_of: ReadWish) -> tuple[str, Slots | None]:
    """The clause of a text that asks for a sum of sizes alone, and the name that another clause gives them.

    "Got any blue dream? how much for an eighth and a gram cart" adds up two kinds of blue dream.
    """
    parts = clauses.clauses(text)
    sums = [part for part in parts if _ASKS_SUM.search(plain_words(part))]
    wishes = [wish_of(part) for part in parts if part not in sums]
    names = [wish for wish in wishes if wish.knows_names and not (wish.is_part or wish.is_brand)]
    if len(sums) != 1 or len(names) != 1 or len(names[0].names) != 1:
        return text, None
    counted = wish_of(sums[0])
    return (sums[0], names[0]) if counted.size and not counted.knows_names else (text, None)


def _of_own(basket: NamedBasket, plain: str, context: TurnContext) -> NamedBasket:
    """A basket with what the customer buys for a mere kind, and for "my usual stuff" what they buy most."""
    products = bought(context)
    if not basket.items and basket.asks and supported(["usual"], plain) and _STUFF.search(plain):
        usual = [BasketItem(1, product=each) for each in products if each["available"]]
        return replace(basket, items=tuple(usual[:SHOWN]))
    own = (item.product or own_of_kind(item.wish, products) for item in basket.items)
    items = tuple(replace(item, product=each) for item, each in zip(basket.items, own, strict=True))
    return replace(basket, items=items)


def _before(context: TurnContext) -> Sequence[Lookup]:
    """The last turn's tool calls, or those of the sum before it, if it only told more of that: "with tax?"."""
    told = {each.tool for each in context.last_shown}
    earlier = [each for each in context.earlier if each.turns_ago == _SUM_AGO and each.tool == BASKET]
    return earlier if earlier and told <= _TELLS_MORE else context.last_shown


def _names_goods(requests: Sequence[Request]) -> bool:
    return any(each.slots.names_goods for each in requests)


def _is_past(request: Request) -> bool:
    """Whether a request surely is about a purchase: "what did i pay last time"."""
    return asks_for_last_time(request.query) and bool(supported([request.intent], request.query))


def beside_several(
    plain: str, told: Sequence[Product], requests: Sequence[Request], wish_of: ReadWish
) -> tuple[Request, ...]:
    """What was shown beside several smaller packages of it: "does that come out cheaper than 8 eighths".

    Args:
        plain: The text in normal form.
        told: The products that it means.
        requests: What it asks for by itself.
        wish_of: Reads the wish in a part of the text.
    """
    found = _THAN_SEVERAL.search(plain)
    strains = {normal(str(product.get("strain") or "")) for product in told}
    count = _COUNTS.get(found[1]) or int(found[1]) if found and found[1] in _SAID_COUNTS else 0
    if found is None or not count or len(strains) != 1 or not all(strains):
        return ()
    if not {each.intent for each in requests} <= {*PRODUCTS, "order"}:
        return ()
    [strain] = strains
    package = wish_of(found[2])
    if package.size is None:
        return ()
    item = BasketItem(count, _of_strain(strain, package))
    left = wish_of(plain[: found.start()])
    if left.size:  # "is the half cheaper than 4 eighths"
        return (Request("search", plain, _of_strain(strain, left)), Request("basket", plain, items=(item,)))
    return (
        Request("follow_up", plain, meant=tuple(told[:1]), asks=frozenset({"price"})),
        Request("basket", plain, items=(item,)),
    )


def _of_strain(strain: str, wish: Slots) -> Slots:
    """A size of a strain's flower."""
    return Slots(
        query=f"{strain} {wish.size}", names=(strain,), knows_names=True, category="Flower", size=wish.size
    )


def _speaks_of_past(plain: str, requests: Sequence[Request], before: Sequence[Lookup]) -> bool:
    """Whether a sum is that of a purchase, or the counted things should be held."""
    if _BARE_TOTAL.fullmatch(plain) and not {each.tool for each in before} & _OF_PAST:
        return False
    past = [each for each in requests if each.intent in _PAST and supported([each.intent], each.query)]
    if past and not follow_ups.supposes(plain):
        return True
    return any(each.intent == "order" for each in requests) and follow_ups.asks_to_hold(plain)
