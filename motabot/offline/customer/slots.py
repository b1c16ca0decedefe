"""What a text wants of the shelves: kind, effect, flavor, type, price, strength, names; and what not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from motabot.catalog.sizes import find_size
from motabot.catalog.strength import wants_mild, without_mild
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FILLER, FLAVORS, FLOWER_TYPES, NEGATIVES
from motabot.catalog.word_table import Match, Table
from motabot.offline.customer import bounds
from motabot.offline.customer.entities import Name
from motabot.offline.customer.questions import wants_no_anxiety
from motabot.text.language import load_lexicon
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon

_LEXICON = load_lexicon()
_FORMS = Lexicon(Path(__file__).with_suffix(".toml"))
_TRAIT, _OBJECT, _ORIGIN, _SAYS_NOTHING = (
    _FORMS.pattern(name) for name in ("trait", "object", "origin", "says_nothing")
)
_NO_SMOKE, _NO_VAPE, _AGREES_BADLY, _NO_MELT, _NO_TRAIT, _TRAIT_WORD = (
    _FORMS.pattern(name) for name in ("no_smoke", "no_vape", "agrees_badly", "no_melt", "no_trait", "trait_word")
)
_MANNERS = {
    name.removeprefix("manner_"): _FORMS.pattern(name) for name in _FORMS.names() if name.startswith("manner_")
}
_OCCASIONS = {
    name.removeprefix("occasion_"): _FORMS.pattern(name) for name in _FORMS.names() if name.startswith("occasion_")
}
_CUES = {name: re.compile("|".join(patterns)) for name, patterns in _LEXICON["cues"].items()}
_NAMELESS = frozenset(_LEXICON["nameless"].split())
SLANG: dict[str, str] = _LEXICON["slang"]
#: "A battery for my cart" asks for no cart.
_FOR_IT = re.compile(
    r"\b(?:for|to|on|with|para) (?:my|a|the|our|this|mi|un|una|el|la) (?:\w+ )?"
    r"(?:carts?|pens?|vapes?|bongs?|pipes?|joints?|cartucho|pluma|vapeador|pipa)\b",
    re.IGNORECASE,
)
#: "No, rather indica" wants indica.
_NO_BUT = re.compile(
    r"\b(?:no|nah|nope)\b (?=(?:mejor|better|rather|instead|make it|i want|quiero|lets do|actually|i meant?|wait"
    r"|sorry)\b)"
)
#: "A dab rig" is a rig, and "blunt wraps" are wraps.
_COMPOUND = re.compile(r"\bdab (rigs?)\b|\bblunt (wraps?)\b", re.IGNORECASE)
#: "Something half that" asks for no half ounce.
_HALF_THAT = re.compile(r"\bhalf (?:that|of that|as|of it|the (?:strength|dose|mg))\b", re.IGNORECASE)
#: "In 3.5" is in eighths: no other package has that figure.
_BARE_EIGHTH = re.compile(
    r"(?<![\d$.])3\.5s?\b(?![.\d]|\s*(?:g|mg|%|percent|miles|stars|dollars|bucks|oz)\b|%)", re.IGNORECASE
)
#: Stands for the letters of a name, so that everything keeps its place.
_BLANK = "q"
#: How many words before a word a "no" may stand that is meant for it.
_NO_REACHES = 4
#: A text of so few words is a name, even one that is an everyday word.
_BARE = 2
#: Longer words name nothing.
_LONGEST = 24
#: In a text of so few words an unknown word names what is wanted.
_SHORT = 4


@dataclass(frozen=True)
class Slots:
    """What is wanted, as far as it was said.

    Attributes:
        query: The words that name goods, to be searched for.
        names: Brands, strains and products, as the customer wrote them; failing these, words that nobody knows.
        knows_names: Whether the names stand in the catalog.
        unknown: Words that seem to name goods and that nobody knows.
        category, effect, flavor, flower_type: As the vocabulary has them.
        avoid: Effects, side effects, flavors and kinds that are not wanted.
        min_price, max_price, min_thc, max_thc: Bounds; THC in percent, or in mg for edibles.
        sort: "price_low", "price_high" or "thc_high".
        is_mild: Something weak, or for a beginner: only the weakest third of the catalog will do.
        is_new_to_it: The writer said to be new to it.
        refused: The kind that they asked for and that is not for a first time.
        kind: The words that name the kind: "gummies" are not all edibles.
        size: The size of the package: "3.5g".
        instead_of: The effect that was wanted, where the catalog has only one near it.
        occasion: What it is for, where that stands for an effect: "hiking".
        more_cbd: It must hold more CBD than THC.
        pack: So many in a pack.
        wants_others: Others than those that were just shown.
        wants_new: Something that the customer did not have before.
        alike: The names stand for what it should be like.
    """

    query: str = ""
    names: tuple[str, ...] = ()
    knows_names: bool = False
    unknown: tuple[str, ...] = ()
    category: str | None = None
    effect: str | None = None
    flavor: str | None = None
    flower_type: str | None = None
    avoid: tuple[str, ...] = ()
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    min_thc: Decimal | None = None
    max_thc: Decimal | None = None
    sort: str | None = None
    is_mild: bool = False
    is_new_to_it: bool = False
    refused: str | None = None
    kind: str | None = None
    size: str | None = None
    occasion: str | None = None
    instead_of: str | None = None
    more_cbd: bool = False
    pack: int | None = None
    wants_others: bool = False
    wants_new: bool = False
    alike: bool = False

    @property
    def says_something(self) -> bool:
        """Whether anything narrows the shelves down."""
        return any(
            (
                self.names,
                self.query,
                self.category,
                self.effect,
                self.flavor,
                self.flower_type,
                self.avoid,
                self.is_mild,
                self.more_cbd,
                self.pack,
            )
        ) or (self.max_price, self.sort, self.min_thc, self.max_thc) != (None, None, None, None)

    @property
    def narrows(self) -> bool:
        """Whether it says what is wanted, and not only what is not."""
        return replace(self, avoid=(), is_mild=False).says_something

    @property
    def names_goods(self) -> bool:
        """Whether it names something that the shop surely sells."""
        return self.knows_names or any(
            (
                *(self.category, self.effect, self.flavor, self.flower_type),
                *(self.sort, self.min_thc, self.more_cbd, self.size),
            )
        )


NOTHING = Slots()


def plain_words(text: str) -> str:
    """A text in normal form, with short forms written out."""
    plain = " ".join(SLANG.get(word, word) for word in normal(text).split())
    return re.sub(r"\b(something|good|algo) 2 (\w+)", r"\1 to \2", plain)


def read_slots(text: str, names: Sequence[Name] | None, is_ordinary: Callable[[str], bool]) -> Slots:
    """Read a wish.

    Args:
        text: The words that speak of goods.
        names: The catalog's names in them; None where no catalog is at hand, and unknown words are the names.
        is_ordinary: Whether a word is one that people use every day.
    """
    text = _HALF_THAT.sub(" ", text)
    text = _BARE_EIGHTH.sub("3.5g", text)
    text = _COMPOUND.sub(r"\1\2", text)
    text = _FOR_IT.sub(" ", text) if len(CATEGORIES.matches(text)) > 1 else text
    plain = _AGREES_BADLY.sub(_refused, _NO_BUT.sub("", plain_words(text)))
    fears = wants_no_anxiety(plain)  # whoever fears one of anxious and paranoid fears the other, and strong things
    is_mild = wants_mild(text) or fears
    spoken = without_mild(plain) if is_mild else plain
    for name in names or ():  # "Ice Cream Cake" is no edible, and "Lemon Haze" no wish for lemon
        spoken = re.sub(rf"\b{re.escape(name.words)}\b", lambda found: _BLANK * len(found[0]), spoken)
    refused_traits = [found[1] for found in _NO_TRAIT.finditer(spoken)]
    spoken = _NO_TRAIT.sub(lambda found: " " * len(found[0]), spoken)
    found = {kind: _split(spoken, table) for kind, table in _TABLES.items()}
    wanted = {kind: (matches[0][0].name if matches[0] else None) for kind, matches in found.items()}
    unwanted = [match.words for _, no in found.values() for match in no]
    avoid = [*unwanted, *(match.words for match in NEGATIVES.matches(spoken))]
    if fears:
        avoid = [*avoid, "anxious", "paranoid"]
    avoid += [*(("flower", "pre rolls", "concentrates") if _NO_SMOKE.search(plain) else ())]
    if _NO_VAPE.search(plain):
        avoid, wanted = [*avoid, "vapes"], {**wanted, "category": None}
        found["category"] = ([], found["category"][1])
        spoken = _NO_VAPE.sub(lambda said: " " * len(said[0]), spoken)
    refused = [match for _, no in found.values() for match in no]
    matches = [match for yes, _ in found.values() for match in yes]
    kept = _goods_words(spoken, matches, refused, is_ordinary)
    unknown = tuple(" ".join(run) for run in kept.unknown)
    said = tuple(name.words for name in names or ())
    size, pack = find_size(text), bounds.pack(_NO_TRAIT.sub(" ", plain))
    query = _restore(kept.words, without_mild(plain) if is_mild else plain)
    for name in names or ():  # "apple farms" is Apple Farms INC in the catalog
        query = query.replace(name.words, normal(name.label)) if name.kind == "brand" else query
    prices, contents = bounds.price_range(plain), bounds.thc_range(plain)
    avoid = [*avoid, *refused_traits]
    if _NO_MELT.search(plain):
        avoid = [*avoid, "chocolate"]
    effect, occasion = (wanted["effect"], None) if wanted["effect"] else _occasion(spoken)
    return Slots(
        query=" ".join(f"{query} {size or ''} {'pack' if pack and 'pack' not in query else ''}".split()),
        names=said or unknown,
        knows_names=bool(said),
        unknown=unknown,
        category=wanted["category"] or _manner(plain),
        effect=effect,
        flavor=wanted["flavor"],
        flower_type=wanted["flower_type"],
        avoid=tuple(dict.fromkeys(avoid)),
        min_price=prices[0] if prices else None,
        max_price=prices[1] if prices else bounds.most_price(text, plain),
        min_thc=contents[0] if contents else bounds.least_thc(plain),
        max_thc=contents[1] if contents else bounds.most_thc(text),
        sort=_order(plain, is_mild=is_mild),
        is_mild=is_mild,
        kind=next((match.words.removesuffix(" for") for match in found["category"][0]), None),
        size=str(size) if size else None,
        occasion=occasion,
        more_cbd=bounds.wants_more_cbd(text, plain),
        pack=pack,
        wants_new=bool(_CUES["new"].search(plain)),
        alike=bool(said and _CUES["alike"].search(plain)),
    )


def is_trait(unwanted: str) -> bool:
    """Whether an unwanted word stands in products' names without being a kind: "infused", "packs"."""
    return bool(_TRAIT_WORD.fullmatch(unwanted))


def _refused(found: re.Match[str]) -> str:
    return f" no {found[1] or found[2]} "


def _manner(plain: str) -> str | None:
    """The kind of goods by the way that it is used: "something to vape"."""
    return next((kind for kind, pattern in _MANNERS.items() if pattern.search(plain)), None)


def _occasion(plain: str) -> tuple[str | None, str | None]:
    """The effect that fits what something is wanted for, and the words for that."""
    for effect, pattern in _OCCASIONS.items():
        if found := pattern.search(plain):
            return effect, found[0]
    return None, None


_TABLES: dict[str, Table] = {
    "category": CATEGORIES,
    "effect": EFFECTS,
    "flavor": FLAVORS,
    "flower_type": FLOWER_TYPES,
}


def _order(plain: str, *, is_mild: bool) -> str | None:
    """How to sort what is found. Whoever wants it mild never gets the strongest first."""
    if _CUES["price_high"].search(plain):
        return "price_high"
    if _CUES["price_low"].search(plain):
        return "price_low"
    return "thc_high" if _CUES["thc_high"].search(plain) and not is_mild else None


def _split(plain: str, table: Table) -> tuple[list[Match], list[Match]]:
    """What a text speaks of, parted into what is wanted and what is not."""
    yes, no = list[Match](), list[Match]()
    for match in table.matches(plain):
        before = plain[: match.start].split()[-_NO_REACHES:]
        (no if _CUES["not"].search(" ".join(before)) else yes).append(match)
    return yes, no


@dataclass(frozen=True)
class _Kept:
    words: list[tuple[int, str]]
    unknown: list[list[str]]


def _goods_words(
    plain: str, matches: Sequence[Match], refused: Sequence[Match], is_ordinary: Callable[[str], bool]
) -> _Kept:
    """The words that name goods, with where they begin, and runs of unknown words, which may be names."""
    spans = [(match.start, match.end) for match in matches]
    no = [(match.start, match.end) for match in refused]
    traits = [found.span() for found in _TRAIT.finditer(plain)]
    objects = [found.span(1) for found in _OBJECT.finditer(plain)]
    origins = [found.span(1) for found in _ORIGIN.finditer(plain)]
    words = [(word.start(), word[0]) for word in re.finditer(r"\S+", plain)]
    beside = {words[n - 1][0] for n, (start, _) in enumerate(words) if n and _within(start, spans)}
    kept, unknown, run = list[tuple[int, str]](), list[list[str]](), list[str]()
    for start, word in words:
        is_goods = _within(start, spans) or word.startswith(_BLANK * 2)
        may_be_name = not is_goods and not _within(start, no) and word not in _NAMELESS and word not in FILLER
        may_be_name = may_be_name and len(word) <= _LONGEST
        is_close = _within(start, (*objects, *origins)) or start in beside or len(words) <= _SHORT
        is_name = may_be_name and (
            _within(start, traits)
            or (not word.isdigit() and len(words) <= _BARE and not _says_nothing(word))
            or (not is_ordinary(word) and not word.isdigit() and is_close and not _says_nothing(word))
            or (not matches and _within(start, objects) and not _says_nothing(word))
        )
        if is_goods or is_name:
            kept.append((start, word))
        if is_name:
            run.append(word)
        elif run:
            unknown.append(run)
            run = []
    return _Kept(kept, [*unknown, run] if run else unknown)


def _within(start: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in spans)


def _says_nothing(word: str) -> bool:
    """Whether a word names no goods, whatever it stands beside."""
    return bool(_SAYS_NOTHING.fullmatch(word))


def _restore(kept: Sequence[tuple[int, str]], plain: str) -> str:
    """The kept words as they were before names were blanked out."""
    return " ".join(plain[start : start + len(word)] for start, word in kept)
