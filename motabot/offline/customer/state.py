"""The state of a conversation: what was wanted last, and how a short text changes it.

The last turn's tool calls are kept with the turn, so the last slots are read back from their arguments. "How about
in a pre-roll", "under 30" and "no sorry, I meant chocolates" then change it: what they name is replaced, and the
rest stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from motabot.catalog.sizes import find_size
from motabot.catalog.vocabulary import CATEGORIES, FLOWER_TYPES
from motabot.customers.context import TurnContext
from motabot.customers.records import Lookup
from motabot.offline.customer import follow_ups
from motabot.offline.customer.arguments import EVERYTHING_ELSE
from motabot.offline.customer.refusals import is_trait
from motabot.offline.customer.relative import JUST
from motabot.offline.customer.results import PURCHASES, Note
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.topics import supported
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_EDIT, _CORRECTION, _FRESH, _DISMISSAL = map(_LEXICON.pattern, "edit correction fresh dismissal".split())
#: Orders that a customer asks for, and that stay when they change the kind: "in flower".
_SUPERLATIVES = frozenset(("thc_high", "price_low", "price_high"))
_BOUGHT = frozenset((PURCHASES, "sum_my_purchases"))
SEARCHES = frozenset(("search_products", "recommend_products"))
_CHEAPEST, _LESS, _POINTING = (_LEXICON.pattern(name) for name in ("cheapest", "less", "pointing"))
_CHEAP, _MAKE_IT, _REFUSES = (_LEXICON.pattern(name) for name in ("cheap", "make_it", "refuses"))
#: "No, carts" wants carts, and "no carts" refuses them.
_NO_COMMA = regex(
    r"\s*(?:no|nah|nope|dang|damn)\s?[,.;!?-]+\s*(?:(?:ok|okay|well|then|so|alright|fine|and|maybe)[\s,]+)*",
    re.IGNORECASE,
)
_AND_SIZE = regex(r"(?:and|y)\s+(a half)\W*", re.IGNORECASE)
#: "Sativa is fine".
_IS_FINE = regex(
    r"\s*(?:(?:yea|yeah|yes|ok|okay|sure|si)[\s,]+)*(.+?) (?:(?:is|are|would be|sounds|esta) (?:just |totally )?"
    r"(?:fine|ok|okay|good|great|cool|perfect|bien)|works)(?: (?:yea|yeah|yes|thanks|too|with me|by me|for me))*"
    r"[^?\w]*$"
)
_MEANT_LAST = regex(r"\s*(?:(?:no|nah|oops|sorry|wait|perd[oó]n)[\s,]+)*(.+?),? (?:i meant?|quise decir|digo)\W*$")
#: Intents that a short refusal ("not edibles tho") does not have.
_CONTINUED = frozenset(("search", "recommend", "follow_up", "details", "medical", "stop", "under_21", "order"))
#: A text of at most this many words continues what was wanted before.
_SHORT = 6
#: The same, if it does not start over.
_FEW = 8
#: A text of at most this many words that names no goods narrows down what was wanted before.
_RATHER_SHORT = 12
#: How many of the writer's last texts may say what this one is about.
_RECENT = 2
#: For how many turns a wish is remembered.
REMEMBERED = 4


def last_slots(lookups: Sequence[Lookup], read_wish: Callable[[str], Slots]) -> Slots | None:
    """What the previous turn looked for; None if it looked for nothing.

    Args:
        lookups: The previous turn's tool calls.
        read_wish: Reads the wish in some words.
    """
    bought = bought_wish(lookups)
    return last_wish(lookups, read_wish) or _of_product(lookups) or (bought if bought.names else None)


def last_wish(lookups: Sequence[Lookup], read_wish: Callable[[str], Slots]) -> Slots | None:
    """What the latest of some searches looked for; None if there is none.

    Args:
        lookups: Tool calls, those of the latest turn first.
        read_wish: Reads the wish in some words.
    """
    lookup = next((each for each in lookups if each.tool in SEARCHES), None)
    if lookup is None:
        return None
    arguments = lookup.arguments
    query = str(arguments.get("query") or "")
    read = read_wish(query)
    missing = Note.of([lookup.result]).unknown if isinstance(lookup.result, dict) else ()
    unknown = tuple(words for words in read.unknown if {*words.split()} & {*" ".join(missing).split()})
    most, is_under = _highest_price(arguments)
    wish = replace(
        read,
        query=query,
        names=read.names if read.knows_names else unknown,
        unknown=unknown,
        category=CATEGORIES.first(_text(arguments, "category") or "") or read.category,
        effect=_text(arguments, "effect") or read.effect,
        flavor=_text(arguments, "flavor") or read.flavor,
        flower_type=_text(arguments, "flower_type") or read.flower_type,
        avoid=tuple(str(each) for each in _list(arguments.get("avoid")) if each not in EVERYTHING_ELSE),
        min_price=None if arguments.get("min_price") is None else Decimal(str(arguments["min_price"])),
        max_price=most,
        is_under=is_under,
        min_thc=None if arguments.get("min_thc") is None else Decimal(str(arguments["min_thc"])),
        max_thc=None if arguments.get("max_thc") is None else Decimal(str(arguments["max_thc"])),
        is_mild=bool(arguments.get("beginner")),
        sort=order if (order := _text(arguments, "sort")) in _SUPERLATIVES else None,
        # only a wish for CBD, or for something mild, shows the weakest first
        more_cbd=read.more_cbd or (arguments.get("sort") == "thc_low" and not arguments.get("beginner")),
        kind=read.kind or _kind(arguments),
        wants_new=arguments.get("novelty") == "new",
    )
    like = _text(arguments, "similar_to")
    return replace(wish, names=(like,), knows_names=True, alike=True) if like else wish


def _highest_price(arguments: Mapping[str, object]) -> tuple[Decimal | None, bool]:
    """The highest price as the customer named it, and whether it must cost less: $39.99 is "under 40"."""
    if arguments.get("max_price") is None:
        return None, False
    most = Decimal(str(arguments["max_price"]))
    is_beside = arguments.get("sort") == "price_high"  # just below what was shown
    is_under = not is_beside and (most + JUST) % 1 == 0
    return (most + JUST, True) if is_under else (most, False)


def bought_wish(lookups: Sequence[Lookup]) -> Slots:
    """What the purchases in the last reply had to match; nothing if any would do."""
    arguments = next((each.arguments for each in lookups if each.tool in _BOUGHT), {})
    product = _text(arguments, "product")
    names = (product,) if product else ()
    category = _text(arguments, "category")
    return Slots(query=product or "", category=category, names=names, knows_names=bool(names))


def _of_product(lookups: Sequence[Lookup]) -> Slots | None:
    """The strain of the one product in the last reply: "got it as a cart" asks for it."""
    results = [each.result for each in lookups if each.tool == "show_product" and isinstance(each.result, dict)]
    told = [result.get("product") or next(iter(result.get("candidates") or ()), None) for result in results]
    strains = {str(product["strain"]) for product in told if product and product.get("strain")}
    if len(strains) != 1:
        return None
    strain = normal(strains.pop())
    return Slots(query=strain, names=(strain,), knows_names=True)


def asked_before(context: TurnContext, read_wish: Callable[[str], Slots]) -> Slots | None:
    """What the text before named, if nothing was looked for: "any deals on edibles", "what is rosin"."""
    said = [line.text for line in context.history if line.author == "customer"][: -_RECENT - 1 : -1]
    is_handed = any(each.tool == "ask_for_person" for each in context.last_shown)
    wishes = (read_wish(text) for text in said)
    clear = [each for each in wishes if not each.unexplained]
    named = (each for each in clear if each.category or each.names or (is_handed and each.effect))
    wish = next(named, None)
    if wish is None:
        return None
    return Slots(
        query=wish.query,
        names=wish.names,
        knows_names=wish.knows_names,
        category=wish.category,
        kind=wish.kind,
        effect=wish.effect if is_handed else None,
        unknown=wish.unknown,
    )


def is_edit(plain: str, wish: Slots) -> bool:
    """Whether a text in normal form changes what was wanted before instead of wanting something new."""
    is_brand = wish.is_brand and not wish.category and not _FRESH.search(plain)  # "wyld ones", after gummies
    if wish.category == "Accessories" or (wish.knows_names and not refuses(plain) and not is_brand):
        return False
    if _EDIT.search(plain) or len(plain.split()) <= (_SHORT if _FRESH.search(plain) else _FEW):
        return True
    is_open = wish.category is None and not wish.names and not _FRESH.search(plain)
    return is_open and len(plain.split()) <= _RATHER_SHORT


def refuses(plain: str) -> bool:
    """Whether a text in normal form says what is not wanted: "and not one that gives me anxiety"."""
    return bool(_REFUSES.search(plain))


def after_correction(text: str) -> str:
    """What follows "no sorry, I meant", if a text begins that way; otherwise the text itself."""
    if (found := _AND_SIZE.fullmatch(text)) and find_size(found[1]):  # "and a half" is not "three and a half"
        return found[1]
    if found := _MEANT_LAST.match(text.lower()):
        return text[slice(*found.span(1))]
    if (found := _IS_FINE.match(text.lower())) and _is_kind(found[1]):
        return found[1]
    if (found := _NO_COMMA.match(text)) and _begins_with_kind(text[found.end() :]):
        return text[found.end() :]
    found = _CORRECTION.match(text.lower())
    return text[found.end() :].strip() or text if found else text


def begins_anew(texts: Sequence[str]) -> str:
    """What a text asks after giving up what was spoken of: "forget it, what is ur cheapest gram"; or nothing."""
    text = " ".join(texts)
    found = _DISMISSAL.match(text.lower())
    rest = text[found.end() :] if found else ""
    return rest if _FRESH.search(plain_words(rest)) else ""


def _is_kind(text: str) -> bool:
    """Whether a text names a kind or a type of goods and nothing else: "sativa", of which "is fine" was said."""
    return any(table.means(normal(text)) for table in (CATEGORIES, FLOWER_TYPES))


def _begins_with_kind(text: str) -> bool:
    """Whether a text begins with a kind or a type of goods: "carts", after "no,"."""
    plain = normal(text)
    return any(match.start == 0 for table in (CATEGORIES, FLOWER_TYPES) for match in table.matches(plain))


def continued(intent: str, plain: str, wish: Slots, *, points: bool) -> str:
    """The intent of a short text, given that products were looked for in the turn before.

    Args:
        intent: What the text says by itself.
        plain: The text in normal form.
        wish: What it wants.
        points: Whether it points at one of the products that were shown.
    """
    if intent == "cheaper" and (_CHEAPEST.search(plain) or (wish.max_price and not _LESS.search(plain))):
        return "search"
    if intent == "cheaper" and wish.size and not _LESS.search(plain):  # "what is the price on 7g"
        return "search"
    if intent == "cheaper" and (wish.is_mild or wish.max_thc or wish.size) and not _CHEAP.search(plain):
        return "search"
    if wish.avoid and not wish.narrows and intent not in _CONTINUED and len(plain.split()) <= _SHORT:
        return "search"
    if intent == "follow_up" and wish.avoid and not wish.narrows:
        return "search"
    if intent == "follow_up" and wish.sort and not follow_ups.asks_among_shown(plain):
        return "search"
    if intent in {"order", "returns"} and wish.category and _MAKE_IT.search(plain):
        return "search"
    if intent == "returns" and wish.category and not supported(["returns"], plain):
        return "search"
    if intent == "complaint" and wish.says_something and not supported(["complaint"], plain):
        return "search"
    if intent == "follow_up" and (refuses(plain) or (not points and (wish.size or wish.pack))):
        return "search"
    if intent == "follow_up" and not points and (wish.max_price or wish.max_thc is not None or wish.min_thc):
        return "search"
    if intent == "follow_up" and not points and any(map(is_trait, wish.query.split())):  # "infused ones"
        return "search"
    narrows = bool(wish.category or wish.effect or wish.flavor or wish.flower_type or wish.avoid or wish.more_cbd)
    if intent == "follow_up" and narrows and not points and not _POINTING.search(plain):
        return "search"
    return intent


def _kind(arguments: Mapping[str, object]) -> str | None:
    """The words for the kind of goods, if the category came from a customer's words."""
    said = _text(arguments, "category")
    return said if said and CATEGORIES.first(said) and said not in CATEGORIES.words else None


def _text(arguments: Mapping[str, object], name: str) -> str | None:
    value = arguments.get(name)
    return value if isinstance(value, str) and value else None


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
