"""How strong is mild: the one place that decides what may be offered to beginners and to those who want less.

A customer who asks for something milder gets products among the weakest third of their category. Where no category
is asked for, they are also among the weakest third of all products that are measured alike, in percent or in
milligrams. Concentrates are never mild, and neither is anything above 35 % THC, about the strongest that flower
gets. So infused pre-rolls, vapes and concentrates are no answer to "something mild", and "a lower dose" is never
100 mg while there is less. Nothing relaxes this.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from motabot.catalog.view import content_unit
from motabot.catalog.vocabulary import find_category
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.persons import are_others, person_in, speaks_of_writer
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_MILD, _NOT_MEANT, _BEGINNER, _EXPERIENCED = map(_LEXICON.pattern, "mild not_meant beginner experienced".split())
#: Where a part of a text ends that may be for another person.
_PART_END = regex(
    r"[,.;!?\n]+|\b(?:(?<!\bme )(?<!\byo )and|but|also|plus|(?<!\byo )y|pero|tambien)\b", re.IGNORECASE
)
_GAPS = regex(r"\s+")
#: The weakest third, as a share of products.
_THIRD = 3
#: Above this many percent a product is an extract, or contains one.
_MOST_PERCENT = Decimal(35)
#: What is not a kind of goods for a first time, whatever a single product of it holds.
EXTRACTS = frozenset({"Concentrates", "Vapes"})


@dataclass(frozen=True)
class Strengths:
    """The strongest THC that still counts as mild.

    Attributes:
        in_category: For somebody who asks for the category: that of its weakest third.
        anywhere: For somebody who names no category: also within the weakest third of everything measured alike.
            Categories without any such product are left out.
    """

    in_category: Mapping[str, Decimal] = field(default_factory=dict)
    anywhere: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Iterable[tuple[str, Decimal, int]]) -> Strengths:
        """Learn from the available products.

        Args:
            counts: Category, THC content, and how many available products have it.
        """
        categories: dict[str, dict[Decimal, int]] = defaultdict(dict)
        for category, thc, count in counts:
            categories[category][thc] = categories[category].get(thc, 0) + count
        alike: dict[str, dict[Decimal, int]] = defaultdict(dict)
        for category, contents in categories.items():
            unit = content_unit(category, *contents)
            for thc, count in contents.items():
                alike[unit][thc] = alike[unit].get(thc, 0) + count
        third = {category: _mildest(category, contents) for category, contents in categories.items()}
        of_unit = {unit: _weakest_third(contents) for unit, contents in alike.items()}
        anywhere = {
            category: min(third[category], of_unit[content_unit(category, *contents)])
            for category, contents in categories.items()
        }
        return cls(_met(third, categories), _met(anywhere, categories))


def _weakest_third(contents: Mapping[Decimal, int]) -> Decimal:
    """The largest content up to which at most a third of the products come; the smallest if more have that."""
    total, below = sum(contents.values()), 0
    best = min(contents)
    for thc in sorted(contents):
        below += contents[thc]
        if _THIRD * below > total:
            break
        best = thc
    return best


def _mildest(category: str, contents: Mapping[Decimal, int]) -> Decimal:
    """Up to which THC a category is mild; less than nothing for concentrates."""
    if find_category(category) == "Concentrates":
        return Decimal(-1)
    most = _weakest_third(contents)
    return most if content_unit(category, *contents) == "mg" else min(most, _MOST_PERCENT)


def _met(limits: Mapping[str, Decimal], categories: Mapping[str, Mapping[Decimal, int]]) -> dict[str, Decimal]:
    """The limits that some product of the category meets."""
    return {category: most for category, most in limits.items() if min(categories[category]) <= most}


def is_beginner(text: str) -> bool:
    """Whether the person it is for is new to it, has not had any in years, gets anxious, or is old."""
    return bool(_BEGINNER.search(_NOT_MEANT.sub(" ", normal(text))))


def is_for_experienced(text: str) -> bool:
    """Whether a text is for somebody else who is used to it: "and my husband? he has smoked since the seventies".

    A text that speaks of its writer as well is not: nobody knows then for whom it asks.
    """
    plain = normal(text)
    is_for_other = person_in(plain) is not None and not speaks_of_writer(plain)
    return is_for_other and bool(_EXPERIENCED.search(plain)) and not is_beginner(text)


def is_for_beginner(text: str) -> bool:
    """Whether a beginner gets all that a text asks for, and not somebody else a part of it.

    "A first edible for my mom, and a strong cart for me" asks for two persons. What each of them gets is told by
    what is searched for them.
    """
    if not is_beginner(text):
        return False
    parts = [normal(part) for part in _PART_END.split(text) if normal(part)]
    new = [person_in(part) for part in parts if is_beginner(part)]
    others = (person_in(part) for part in parts if not is_beginner(part))
    return not new or not any(all(are_others(other, each) for each in new) for other in others)


def wants_mild(text: str) -> bool:
    """Whether a text asks for something weak, for less, or for a beginner, in English or Spanish.

    "Not too strong", "less strong", "too strong for me", "low dose" and "first time" do; "strong", "not mild" and
    "a lighter" do not.
    """
    plain = _NOT_MEANT.sub(" ", normal(text))
    return bool(_MILD.search(plain) or _BEGINNER.search(plain))


def without_mild(text: str) -> str:
    """A text in normal form without the words that ask for something mild."""
    return _GAPS.sub(" ", _MILD.sub(" ", normal(text))).strip()
