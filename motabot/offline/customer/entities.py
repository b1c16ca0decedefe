"""Names of the catalog in a customer's text: brands, strains and products, whole, in part or misspelled."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from motabot.catalog.filler import FILLER
from motabot.catalog.index import CatalogColumn, CatalogIndex, singular
from motabot.catalog.sizes import SIZES, without_measures
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES
from motabot.text.language import load_lexicon
from motabot.text.normalize import normal
from motabot.text.regex import regex

Kind = Literal["strain", "brand", "product", "word"]
_LONGEST = 6
#: A word this short, or an everyday word, is not read as a misspelled name.
_SHORTEST = 5
#: A shorter run of letters and digits is not a name written as one word.
_SQUEEZED = 4
#: Words side by side in the names of at most this many products identify one.
_FEW_NAMES = 2
#: A shorter word of a product's name identifies nothing.
_TELLING = 2
#: In longer texts, where every word may be anything, no misspelled name is looked for.
_READ_CLOSELY = 60
_FIRM = regex(
    r"(?: (?:inc|llc|co|corp|company|farms?|gardens?|labs?|edibles|brands?|confections|concentrates|extracts"
    r"|xtracts|cannabis|genetics|strains|bakery|bakes|botanicals|apothecary|catering|elixirs|organics|products|collective"
    r"|supply|vapes?|usa|oregon|california))+$"
)
_SIZE_AT_END = regex(r" (?:\d{1,2} )?\d{1,2} ?m?g$")
#: Words of names that people also say of anything.
_SAYS_LITTLE = frozenset(
    "high low large mini original power star ultimate deluxe anytime standard american cbd thc"
    " the and with of for".split()
)
#: Ingredients are asked for in other ways than goods are.
_INGREDIENT = regex("|".join(load_lexicon()["asks"]["ingredients"]))
_SHOP_TALK = (CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES, SIZES)
#: Words of shop talk, those of phrases too: "pre" is one of "pre roll".
_SHOP_WORDS = frozenset(
    word
    for table in _SHOP_TALK
    for phrases in table.words.values()
    for phrase in phrases
    for word in phrase.split()
)


@dataclass(frozen=True)
class Name:
    """A name in a text.

    Attributes:
        kind: Of what; "word" for words of products' names, such as "earl grey".
        words: As the text has them, in normal form.
        label: As the catalog has it.
    """

    kind: Kind
    words: str
    label: str


def find_names(plain: str, index: CatalogIndex, is_ordinary: Callable[[str], bool]) -> list[Name]:
    """The names in a text, in its order; longer ones win over those inside them.

    Args:
        plain: The text in normal form.
        index: The catalog's words.
        is_ordinary: Whether a word is one that people use every day: such a word alone is a name only in a text of
            a few words ("select"), and it is never a misspelled name.
    """
    words = plain.split()
    taken = [False] * len(words)
    found: dict[int, Name] = {}
    closely = len(words) <= _READ_CLOSELY
    for look in (_wholly, _exact, _begins, _worded, _alike) if closely else (_wholly, _exact, _worded):
        for length in range(min(_LONGEST, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                if any(taken[start : start + length]):
                    continue
                is_strain = _is_strain_of(part, words[start + length : start + length + 1], index)
                if not is_strain and _says_nothing(part, is_ordinary, len(words)):
                    continue
                if name := look(" ".join(part), index, is_ordinary):
                    found[start] = name
                    taken[start : start + length] = [True] * length
    return [found[start] for start in sorted(found)]


def _says_nothing(part: list[str], is_ordinary: Callable[[str], bool], length: int) -> bool:
    if all(word in FILLER or word.isdigit() for word in part):
        return True
    phrase = " ".join(part)
    if any(table.means(phrase) for table in _SHOP_TALK):
        return True
    return len(part) == 1 and length > 4 and is_ordinary(part[0])


def _is_strain_of(part: list[str], after: list[str], index: CatalogIndex) -> bool:
    """Whether a word is a strain before the form that it comes in: a "kush cart". "Kush flower" may be any."""
    form = CATEGORIES.first(after[0]) if after and CATEGORIES.means(after[0]) else None
    return len(part) == 1 and form not in {None, "Flower"} and index.strains.exact(part[0]) is not None


def _wholly(phrase: str, index: CatalogIndex, _is_ordinary: Callable[[str], bool]) -> Name | None:
    """A product that holds the name of a strain: "kush nuts" are no Kush."""
    words = phrase.split()
    if len(words) == 1 or words[0] in FILLER or words[-1] in FILLER or index.strains.exact(phrase):
        return None
    if not any(index.strains.exact(word) for word in words) or CATEGORIES.first(phrase) is not None:
        return None
    named = set.intersection(*(set(index.with_word(word)) for word in words))
    return Name("word", phrase, phrase) if _is_whole(phrase, named) else None


def _exact(phrase: str, index: CatalogIndex, _is_ordinary: Callable[[str], bool]) -> Name | None:
    for kind, column in _columns(index):
        if kind == "product" and _is_sized_strain(phrase, index):
            continue
        if known := column.exact(phrase):
            return Name(kind, phrase, known.label)
        if phrase.endswith("s") and (known := column.exact(phrase[:-1])):
            return Name(kind, phrase, known.label)
    return None


def _is_sized_strain(phrase: str, index: CatalogIndex) -> bool:
    """Whether a phrase is a strain and a size: "blue dream 3 5g" is the eighth of it, and no other name."""
    found = _SIZE_AT_END.search(phrase)
    return found is not None and index.strains.exact(phrase[: found.start()]) is not None


def _begins(phrase: str, index: CatalogIndex, _is_ordinary: Callable[[str], bool]) -> Name | None:
    """A strain whose first words these are ("gorilla glue"), or a brand without the legal suffixes of companies.

    "Ak47" is AK-47.
    """
    if len(phrase) >= _SQUEEZED and any(character.isdigit() for character in phrase):
        for plain, labels in index.strains.spellings.items():
            if plain.replace(" ", "") == phrase.replace(" ", ""):
                return Name("strain", phrase, labels[0])
    if " " in phrase:
        for plain, labels in index.strains.spellings.items():
            if plain.startswith(f"{phrase} ") or _has_initial(phrase, plain):
                return Name("strain", phrase, labels[0])
    for plain, labels in index.brands.spellings.items():
        if plain.startswith(phrase) and len(phrase) >= _SHORTEST and _FIRM.fullmatch(plain[len(phrase) :]):
            return Name("brand", phrase, labels[0])
    return None


def _has_initial(phrase: str, name: str) -> bool:
    """Whether a phrase is a name with its last word cut short: "sour d", "granddaddy purp"."""
    return name.startswith(phrase) and len(name.split()) == len(phrase.split())


def _worded(phrase: str, index: CatalogIndex, is_ordinary: Callable[[str], bool]) -> Name | None:
    """Words that stand together in a product's name, at least one of them not an everyday word."""
    words = phrase.split()
    if words[0] in FILLER or words[-1] in FILLER or any(word.isdigit() for word in words):
        return None
    named = set.intersection(*(set(index.with_word(word)) for word in words))
    if len(words) > 1 and CATEGORIES.first(phrase) is None and _is_whole(phrase, named):  # "kush nuts"
        return Name("word", phrase, phrase)
    if _INGREDIENT.search(phrase):
        return None
    tells = any(_tells(word, is_ordinary) for word in words) or (len(words) > 1 and _is_part(phrase, named))
    return Name("word", phrase, phrase) if named and tells else None


def _is_part(phrase: str, names: Collection[str]) -> bool:
    """Whether words, not all of them shop talk, stand side by side in the names of very few products."""
    said = " ".join(map(singular, phrase.split()))
    wholly = [name for name in names if f" {said} " in f" {' '.join(map(singular, normal(name).split()))} "]
    is_special = any(
        word not in FILLER and word not in _SAYS_LITTLE and not _is_shop_talk(word) for word in phrase.split()
    )
    return is_special and 0 < len(wholly) <= _FEW_NAMES


def _is_whole(phrase: str, names: Collection[str]) -> bool:
    """Whether words are all of a product's name but its measure."""
    return any(normal(without_measures(name)) == phrase for name in names)


def _tells(word: str, is_ordinary: Callable[[str], bool]) -> bool:
    """Whether a word can tell one product from others."""
    return (
        len(word) >= _TELLING
        and word.isalpha()
        and singular(word) not in _SAYS_LITTLE
        and word not in FILLER
        and not is_ordinary(word)
        and not is_ordinary(singular(word))
        and word not in _SHOP_WORDS
        and singular(word) not in _SHOP_WORDS
    )


def _is_shop_talk(word: str) -> bool:
    return any(match.exact for table in _SHOP_TALK for match in table.matches(word))


def _alike(phrase: str, index: CatalogIndex, is_ordinary: Callable[[str], bool]) -> Name | None:
    words = phrase.split()
    if len(words) > 3 or len(phrase) < _SHORTEST or all(is_ordinary(word) for word in words):
        return None
    if words[0] in FILLER or words[-1] in FILLER or any(map(_is_shop_talk, words)):
        return None
    for kind, column in _columns(index)[:2]:
        known = column.alike(phrase)
        # "gorila glue" is Gorilla Glue #4: a number at the end of a name is left out
        if known and len(normal(known.label).rstrip(" 0123456789").split()) == len(words):
            return Name(kind, phrase, known.label)
    return None


def _columns(index: CatalogIndex) -> tuple[tuple[Kind, CatalogColumn], ...]:
    return ("strain", index.strains), ("brand", index.brands), ("product", index.names)
