"""Reads what a text wants: the slots of a wish."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from motabot.catalog.sizes import Size
from motabot.catalog.strength import wants_mild, without_mild
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES
from motabot.catalog.word_table import Match, Table
from motabot.offline.customer import bounds, refusals
from motabot.offline.customer.entities import Name
from motabot.offline.customer.figures import WishFigures
from motabot.offline.customer.goods_words import BLANK, HIDDEN, GoodsWords, find_goods_words
from motabot.offline.customer.places import cities_of
from motabot.offline.customer.prepared import prepared
from motabot.offline.customer.questions import gets_anxious, wants_no_anxiety
from motabot.offline.customer.relative import directions
from motabot.offline.customer.slots import VALUE, Slots, plain_words
from motabot.offline.customer.whether import asks_if_so
from motabot.offline.customer.yardsticks import find_yardstick
from motabot.text.language import load_lexicon
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_FORMS = Lexicon(Path(__file__).with_name("slots.toml"))
_CUES = {name: regex("|".join(patterns)) for name, patterns in load_lexicon()["cues"].items()}
_MANNERS, _OCCASIONS = (
    {name.removeprefix(kind): _FORMS.pattern(name) for name in _FORMS.names() if name.startswith(kind)}
    for kind in ("manner_", "occasion_")
)
_VALUE = _FORMS.pattern("value")
#: "If not, something like it" wants the thing itself first.
_FAILING_THAT = regex(r"\b(?:if not|if (?:you|u) dont|or|si no|o) (?:\w+ ){0,2}$")
#: "A como" asks for the price, not for something similar.
_AT_WHAT_PRICE = regex(r"\ba como\b")
#: "Is it indica or sativa" asks for the type of what is named.
_WHICH_TYPE = regex(
    r"\b(?:indica|sativa|hybrid|hibrid[oa]) (?:or|o|vs) (?:an? |una? )?(?:indica|sativa|hybrid|hibrid[oa])\b"
)
_LONE_GRAM = regex(r"\b(?:an?|one|un|1) g\b(?![.\d])", re.IGNORECASE)
_AND_SLEEP = regex(r"\b(?:and|then|y)\b(?: \w+){0,3} (?:sleep|asleep|knock\w*|pass out|dormir\w*)\b")
#: Flower with at least this much THC, in percent, counts as strong.
_STRONG_FLOWER = Decimal(22)
#: Whoever fears anxiety gets no extract, unless they ask for that kind.
_EXTRACTS = ("concentrates", "vapes", "infused")
#: Kinds of goods that have no effect for an occasion.
_UNFELT = frozenset(("Topicals", "Accessories"))
_TABLES: dict[str, Table] = {
    "category": CATEGORIES,
    "effect": EFFECTS,
    "flavor": FLAVORS,
    "flower_type": FLOWER_TYPES,
}


def read_slots(text: str, names: Sequence[Name] | None, is_ordinary: Callable[[str], bool]) -> Slots:
    """Read a wish.

    Args:
        text: The words that speak of goods.
        names: The catalog's names in them; None if there is no catalog, so that unknown words are the names.
        is_ordinary: Whether a word is one that people use every day.
    """
    found = find_yardstick(text, [name.words for name in names or ()])
    if found is None:
        return _read(text, names, is_ordinary)
    rest = f" {plain_words(found.rest)} "
    kept = None if names is None else [name for name in names if f" {name.words} " in rest]
    return replace(_read(found.rest, kept, is_ordinary), relative=found.way, yardstick=found.product)


def _read(text: str, names: Sequence[Name] | None, is_ordinary: Callable[[str], bool]) -> Slots:
    """A wish that is not measured by a product."""
    text = prepared(_with_lone_grams(text, names or ()))
    refused = refusals.Refusals.of(plain_words(refusals.sentences_apart(text)))
    plain = refused.plain
    is_mild = wants_mild(text) or gets_anxious(plain)
    weak, kept, barred = _without_unwanted(without_mild(plain) if is_mild else plain, plain, names or ())
    names = None if names is None else kept
    weak = _without_asked(weak, plain) if names else weak
    spoken = _without_cities(refusals.without_refused(_blanked(weak, names)))
    wanted, unwanted = _matches(spoken, no_vapes=refused.no_vapes)
    kinds = [match for matches in wanted.values() for match in matches]
    spoken, avoid = refused.avoided(kinds, unwanted, spoken)
    first = {kind: _first(matches, spoken) for kind, matches in wanted.items()}
    effect, occasion = _effect(first["effect"], first["category"], spoken)
    goods = _goods(spoken, occasion, wanted, unwanted, is_ordinary)
    said = tuple(normal(name.label) if name.kind == "strain" else name.words for name in names or ())
    figures = WishFigures.of(text, plain)
    order = _order(plain, is_mild=is_mild)
    is_small = bounds.is_dose(figures.size) and not names and first["category"] in {None, "Edibles"}
    is_narrow = bool(names or first["effect"] or first["flavor"] or figures.size)
    category = _category(first["category"], plain, "" if is_narrow else order, refused.words)
    is_unfelt = category == "Topicals" and bounds.wants_no_high(plain)  # no cream makes anybody high
    unmeant = () if category else _unmeant(figures, plain, names or ())
    return Slots(
        query=_query(goods.query(weak), names, str(figures.size or ""), figures.pack),
        names=said or goods.names,
        knows_names=bool(said),
        is_brand={name.kind for name in names or ()} == {"brand"},
        is_part={name.kind for name in names or ()} == {"word"},
        unknown=goods.names,
        category=category,
        effect=effect,
        flavor=first["flavor"],
        flower_type=first["flower_type"],
        avoid=(
            *avoid,
            *(refusals.without_kind(name.words, kinds) for name in barred),
            *unmeant,
        ),
        min_price=figures.price.least,
        max_price=figures.price.most,
        is_under=figures.price.is_under,
        min_thc=figures.thc.least or (None if names else _least_of_strong(plain, figures.size, is_mild=is_mild)),
        max_thc=None if is_unfelt else figures.thc.most,
        sort=order,
        is_mild=((is_mild and not is_unfelt) or is_small) and category != "Accessories",  # "a lighter"
        kind=next((match.words.removesuffix(" for") for match in wanted["category"]), None),
        size=str(figures.size) if figures.size else None,
        occasion=occasion,
        more_cbd=bounds.wants_more_cbd(text, plain),
        no_high=bounds.wants_no_high(plain) and not bounds.wants_no_thc(text),
        is_balanced=bounds.wants_balance(text),
        no_cbd=bounds.wants_no_cbd(plain),
        pack=figures.pack,
        relative=_beside_named(plain) if names else None,
        wants_new=bool(_CUES["new"].search(plain)),
        alike=_is_alike(_AT_WHAT_PRICE.sub(" ", plain_words(text)), names or ()),
        unexplained=goods.unexplained,
    )


def _unmeant(figures: WishFigures, plain: str, names: Sequence[Name]) -> tuple[str, ...]:
    """The kinds and traits of goods that a wish without a kind does not mean."""
    extracts = _EXTRACTS if wants_no_anxiety(plain) and not names else ()
    return (*figures.unmeant_kinds(are_any=not names), *extracts)


def _without_asked(weak: str, plain: str) -> str:
    """A text that names goods without the type that it asks about: "is the tangie pen indica" wants no indica."""
    weak = _WHICH_TYPE.sub(lambda found: HIDDEN * len(found[0]), weak)
    for match in (*FLOWER_TYPES.matches(weak), *EFFECTS.matches(weak)) if asks_if_so(plain) else ():
        weak = weak[: match.start] + HIDDEN * (match.end - match.start) + weak[match.end :]
    return weak


def _without_cities(spoken: str) -> str:
    """A text without the places in it: "purple punch in san jose"."""
    for city in cities_of(spoken):
        name = normal(city)
        spoken = re.sub(rf"\b{re.escape(name)}\b", HIDDEN * len(name), spoken)
    return spoken


def _first(matches: Sequence[Match], spoken: str) -> str | None:
    """The name that is meant of several: the first, or sleep in "wind down and actually sleep"."""
    if any(match.name == "Sleepy" for match in matches) and _AND_SLEEP.search(spoken):
        return "Sleepy"
    return matches[0].name if matches else None


def _category(named: str | None, plain: str, order: str | None, refused: Sequence[str]) -> str | None:
    """The kind that is named or implied. Percent and milligrams do not compare: the strongest is flower."""
    category = named or _manner(refusals.without_refused(plain))
    if category is None and order == "thc_high":
        return "Edibles" if "flower" in refused else "Flower"
    return category


def _with_lone_grams(text: str, names: Sequence[Name]) -> str:
    """A text with "sherbert 1g" for "sherbert g", behind the names in it, and "how much is 1g" for "is a g"."""
    text = _LONE_GRAM.sub("1g", text)
    for name in names:
        pattern = re.compile(rf"(\b{re.escape(name.words)}) gs?\b(?! ?\d)", re.IGNORECASE)
        text = pattern.sub(r"\1 1g", text)
    return text


def _blanked(plain: str, names: Sequence[Name] | None, blank: str = BLANK) -> str:
    """The text with blanks for names: "Ice Cream Cake" is not an edible, and "Lemon Haze" not a wish for lemon."""
    for name in names or ():
        plain = re.sub(rf"\b{re.escape(name.words)}\b", lambda found: blank * len(found[0]), plain)
    return plain


def _goods(
    spoken: str,
    occasion: str | None,
    wanted: dict[str, list[Match]],
    unwanted: list[Match],
    is_ordinary: Callable[[str], bool],
) -> GoodsWords:
    """The words that seem to name goods, other than those of the vocabulary and the occasion."""
    return find_goods_words(
        spoken.replace(occasion, HIDDEN * len(occasion)) if occasion else spoken,
        [(match.start, match.end) for matches in wanted.values() for match in matches],
        [(match.start, match.end) for match in unwanted],
        is_ordinary,
    )


def _without_unwanted(weak: str, plain: str, names: Sequence[Name]) -> tuple[str, list[Name], list[Name]]:
    """The text without the names that it refuses, the names that are wanted, and those that are not."""
    unwanted = [name for name in names if refusals.refuses_name(plain, name.words)]
    return _blanked(weak, unwanted, HIDDEN), [name for name in names if name not in unwanted], unwanted


def _matches(spoken: str, *, no_vapes: bool) -> tuple[dict[str, list[Match]], list[Match]]:
    """The vocabulary's words for what is wanted, by slot, and all those for what is not."""
    parted = {kind: refusals.part(spoken, table) for kind, table in _TABLES.items()}
    sure = {m.start for both in parted.values() for matches in both for m in matches if m.exact}

    def is_meant(match: Match) -> bool:  # "concentrate" is a kind of goods, not a typo of "concentration"
        return match.exact or match.start not in sure

    wanted = {kind: list(filter(is_meant, yes)) for kind, (yes, _) in parted.items()}
    refused = {match.name for match in parted["effect"][1]}
    wanted["effect"] = [match for match in wanted["effect"] if match.name not in refused]
    if no_vapes:
        wanted["category"] = [match for match in wanted["category"] if match.name != "Vapes"]
    return wanted, [match for _, no in parted.values() for match in filter(is_meant, no)]


def _query(words: str, names: Sequence[Name] | None, size: str, pack: int | None) -> str:
    """The words to search for."""
    for name in names or ():  # "apple farms" is Apple Farms INC in the catalog, and "ak47" AK-47
        words = words.replace(name.words, normal(name.label)) if name.kind in {"brand", "strain"} else words
    return " ".join(f"{words} {size} {'pack' if pack is not None and 'pack' not in words else ''}".split())


def _manner(plain: str) -> str | None:
    """The kind of goods by its use: "something to vape"."""
    return next((kind for kind, pattern in _MANNERS.items() if pattern.search(plain)), None)


def _effect(named: str | None, category: str | None, spoken: str) -> tuple[str | None, str | None]:
    """The effect that is named or that the occasion implies, and the words for the occasion."""
    return (named, None) if named or category in _UNFELT else _occasion(spoken)


def _occasion(plain: str) -> tuple[str | None, str | None]:
    """The effect that fits the occasion, and the words for it."""
    for effect, pattern in _OCCASIONS.items():
        if found := pattern.search(plain):
            return effect, found[0]
    return None, None


def _beside_named(plain: str) -> str | None:
    """What it must be compared with the product that the text names: "like gelato but stronger"."""
    ways = directions(plain)
    both = _CUES["alike"].search(plain) is not None
    return next((way for way in ("stronger", "milder", "cheaper") if both and way in ways), None)


def _is_alike(plain: str, names: Sequence[Name]) -> bool:
    """Whether the names say what it should be like. A product named before "like" is meant itself."""
    found = _CUES["alike"].search(plain)
    before = plain[: found.start()] if found else ""
    if _FAILING_THAT.search(before):
        return False
    return bool(found and names) and not any(name.kind == "word" and name.words in before for name in names)


def _least_of_strong(plain: str, size: Size | None, *, is_mild: bool) -> Decimal | None:
    """The least THC of flower, in percent, for a wish that is both cheap and strong."""
    is_flower = size is not None and size.unit == "g" and CATEGORIES.first(plain) in {None, "Flower"}
    both = _CUES["price_low"].search(plain) and _CUES["thc_high"].search(plain)
    return _STRONG_FLOWER if both and is_flower and not is_mild else None


def _order(plain: str, *, is_mild: bool) -> str | None:
    """How to sort what is found. A wish for something mild never gets the strongest first."""
    if _VALUE.search(plain):
        return VALUE
    dear, cheap = _CUES["price_high"].search(plain), _CUES["price_low"].search(plain)
    if dear and not (cheap and cheap.start() < dear.start()):  # "cheapest to priciest" begins with the cheapest
        return "price_high"
    if cheap:
        return "price_low"
    return "thc_high" if _CUES["thc_high"].search(plain) and not is_mild else None
