"""What a text wants of the shelves: kind, effect, flavor, type, price, strength, names; and what not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from motabot.catalog.sizes import find_size
from motabot.catalog.strength import wants_mild, without_mild
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FILLER, FLAVORS, FLOWER_TYPES, NEGATIVES
from motabot.catalog.word_table import Match, Table
from motabot.offline.customer.entities import Name
from motabot.offline.customer.questions import wants_no_anxiety
from motabot.text.language import load_lexicon
from motabot.text.normalize import normal

_LEXICON = load_lexicon()
_CUES = {name: re.compile("|".join(patterns)) for name, patterns in _LEXICON["cues"].items()}
_NUMBERS: dict[str, int] = _LEXICON["numbers"]
_NAMELESS = frozenset(_LEXICON["nameless"].split())
SLANG: dict[str, str] = _LEXICON["slang"]
#: Stands for the letters of a name, so that everything keeps its place.
_BLANK = "q"
#: How many words before a word a "no" may stand that is meant for it.
_NO_REACHES = 4
#: A text of so few words is a name, even one that is an everyday word.
_BARE = 2


@dataclass(frozen=True)
class Slots:
    """What is wanted, as far as it was said.

    Attributes:
        query: The words that name goods, to be searched for.
        names: Brands, strains and products, as the customer wrote them; failing these, words that nobody knows.
        knows_names: Whether the names stand in the catalog.
        category, effect, flavor, flower_type: As the vocabulary has them.
        avoid: Effects, side effects, flavors and kinds that are not wanted.
        max_price, min_thc, max_thc: Bounds; THC in percent, or in mg for edibles.
        sort: "price_low" or "thc_high".
        is_mild: Something weak, or for a beginner: only the weakest third of the catalog will do.
        wants_new: Something that the customer did not have before.
        alike: The names stand for what it should be like.
    """

    query: str = ""
    names: tuple[str, ...] = ()
    knows_names: bool = False
    category: str | None = None
    effect: str | None = None
    flavor: str | None = None
    flower_type: str | None = None
    avoid: tuple[str, ...] = ()
    max_price: Decimal | None = None
    min_thc: Decimal | None = None
    max_thc: Decimal | None = None
    sort: str | None = None
    is_mild: bool = False
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
            )
        ) or (self.max_price, self.sort, self.min_thc, self.max_thc) != (None, None, None, None)

    @property
    def names_goods(self) -> bool:
        """Whether it names something that the shop surely sells."""
        return self.knows_names or any(
            (self.category, self.effect, self.flavor, self.flower_type, self.sort, self.min_thc)
        )


NOTHING = Slots()


def plain_words(text: str) -> str:
    """A text in normal form, with short forms written out."""
    plain = " ".join(SLANG.get(word, word) for word in normal(text).split())
    return re.sub(r"\b(something|good|algo) 2 (\w+)", r"\1 to \2", plain)


def read_slots(text: str, names: Sequence[Name] | None, is_ordinary: Callable[[str], bool]) -> Slots:
    """Read what a text says of what it wants.

    Args:
        text: The words that speak of goods.
        names: The catalog's names in them; None where no catalog is at hand, and unknown words are the names.
        is_ordinary: Whether a word is one that people use every day.
    """
    plain = plain_words(text)
    fears = wants_no_anxiety(plain)  # whoever fears one of anxious and paranoid fears the other, and strong things
    is_mild = wants_mild(text) or fears
    spoken = without_mild(plain) if is_mild else plain
    for name in names or ():  # "Ice Cream Cake" is no edible, and "Lemon Haze" does not ask for lemon
        spoken = re.sub(rf"\b{re.escape(name.words)}\b", lambda found: _BLANK * len(found[0]), spoken)
    found = {kind: _split(spoken, table) for kind, table in _TABLES.items()}
    wanted = {kind: (matches[0][0].name if matches[0] else None) for kind, matches in found.items()}
    unwanted = [match.words for _, no in found.values() for match in no]
    avoid = [*unwanted, *(match.words for match in NEGATIVES.matches(spoken))]
    if fears:
        avoid = [*avoid, "anxious", "paranoid"]
    kept = _goods_words(spoken, [match for yes, _ in found.values() for match in yes], is_ordinary)
    unknown = tuple(" ".join(run) for run in kept.unknown)
    said = tuple(name.words for name in names or ())
    size = find_size(text)
    return Slots(
        query=" ".join([_restore(kept.words, without_mild(plain) if is_mild else plain), str(size or "")]).strip(),
        names=said or unknown,
        knows_names=bool(said),
        category=wanted["category"],
        effect=wanted["effect"],
        flavor=wanted["flavor"],
        flower_type=wanted["flower_type"],
        avoid=tuple(dict.fromkeys(avoid)),
        max_price=_price(text, plain),
        min_thc=_min_thc(plain),
        max_thc=_max_thc(text),
        sort=_order(plain, is_mild=is_mild),
        is_mild=is_mild,
        wants_new=bool(_CUES["new"].search(plain)),
        alike=bool(said and _CUES["alike"].search(plain)),
    )


_TABLES: dict[str, Table] = {
    "category": CATEGORIES,
    "effect": EFFECTS,
    "flavor": FLAVORS,
    "flower_type": FLOWER_TYPES,
}


def _order(plain: str, *, is_mild: bool) -> str | None:
    """How to sort what is found. Whoever wants it mild never gets the strongest first."""
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


def _goods_words(plain: str, matches: Sequence[Match], is_ordinary: Callable[[str], bool]) -> _Kept:
    """The words that name goods, with where they begin, and runs of unknown words, which may be names."""
    spans = [(match.start, match.end) for match in matches]
    words = [(word.start(), word[0]) for word in re.finditer(r"\S+", plain)]
    kept, unknown, run = list[tuple[int, str]](), list[list[str]](), list[str]()
    for start, word in words:
        is_goods = any(first <= start < last for first, last in spans) or word.startswith(_BLANK * 2)
        is_name = not is_goods and not word.isdigit() and word not in _NAMELESS and word not in FILLER
        is_name = is_name and (not is_ordinary(word) or len(words) <= _BARE)
        if is_goods or is_name:
            kept.append((start, word))
        if is_name:
            run.append(word)
        elif run:
            unknown.append(run)
            run = []
    return _Kept(kept, [*unknown, run] if run else unknown)


def _restore(kept: Sequence[tuple[int, str]], plain: str) -> str:
    """The kept words as they were before names were blanked out."""
    return " ".join(plain[start : start + len(word)] for start, word in kept)


def _price(text: str, plain: str) -> Decimal | None:
    """The most that one may cost, in dollars."""
    counted = " ".join(str(_NUMBERS.get(word, word)) for word in plain.split())
    found = _CUES["max_price"].search(counted)
    if found:
        return Decimal(next(filter(None, found.groups())))
    signed = re.search(r"\$\s?(\d{1,4})\b(?! ?(off|back))", text)
    return Decimal(signed[1]) if signed and not _CUES["price_is_told"].search(plain) else None


#: "Under 20% THC", "menos de 5 mg".
_MAX_THC = re.compile(
    r"\b(?:under|below|less than|no more than|at most|max(?:imum)?|up to|menos de|debajo de|hasta|m[aá]ximo)\s+"
    r"(\d{1,3}(?:\.\d+)?)\s*(?:%|percent|por ciento|mgs?\b|milligrams?|miligramos?)",
    re.IGNORECASE,
)


def _max_thc(text: str) -> Decimal | None:
    """The most THC that one may have, where a text bounds it in percent or milligrams."""
    found = _MAX_THC.search(text)
    return Decimal(found[1]) if found else None


def _min_thc(plain: str) -> Decimal | None:
    found = _CUES["min_thc"].search(plain)
    return Decimal(next(filter(None, found.groups()))) if found else None
