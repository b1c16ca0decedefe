"""What a text wants: kind, effect, flavor, type, price, strength and names; and what it does not want."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from motabot.text.language import load_lexicon
from motabot.text.normalize import normal

#: What is wanted beside another product: about as much THC.
AS_STRONG = "as strong"
#: The order in which what gives the most for the money comes first.
VALUE = "value"
#: Kinds of goods that are sold under the name of a strain.
OF_STRAINS = frozenset(("Flower", "Pre-Rolls", "Vapes", "Concentrates"))
SLANG: dict[str, str] = load_lexicon()["slang"]


@dataclass(frozen=True)
class Slots:
    """What is wanted, as far as the text says.

    Attributes:
        query: The words that name goods, to be searched for.
        names: Brands, strains and products, as the customer wrote them; otherwise unknown words.
        knows_names: Whether the names are in the catalog.
        is_brand: The names are brands, of which there are many products.
        is_part: The names are words of the names of several products: "og".
        unknown: Unknown words that seem to name goods.
        category, effect, flavor, flower_type: As the vocabulary has them.
        avoid: Effects, side effects, flavors, kinds and names that are not wanted.
        min_price, max_price, min_thc, max_thc: Bounds; THC in percent, or in mg for edibles.
        is_under: It must cost less than the highest price: "under 30".
        sort: "price_low", "price_high", "thc_high" or `VALUE`.
        is_mild: Something weak, or for a beginner: only the weakest third of the catalog fits.
        is_new_to_it: The writer said to be new to it.
        is_for_other: It is for another person than the one who wants something mild.
        refused: The kind that they asked for and that is not suitable for a first time.
        kind: The words that name the kind: "gummies" are not all edibles.
        size: The size of the package: "3.5g".
        instead_of: The effect that was wanted, if the catalog has only a similar one.
        occasion: What it is for, if that implies an effect: "hiking".
        no_high: It must not make anybody high.
        more_cbd: It must have more CBD than THC.
        is_balanced: It must have about as much CBD as THC: "1:1".
        no_cbd: It must not be one of those.
        pack: How many in a pack.
        wants_others: Others than those that were just shown.
        wants_new: Something that the customer did not have before.
        alike: Whether the names say what it should be like.
        unexplained: Words that may matter and that no other slot covers.
        less_than, more_than: The size of the package must be below or above this, in its own unit.
        relative: What it must be, compared with what was shown: "cheaper", "stronger".
        yardstick: The words for another product that it must be so compared with, until that was looked up.
    """

    query: str = ""
    names: tuple[str, ...] = ()
    knows_names: bool = False
    is_brand: bool = False
    is_part: bool = False
    unknown: tuple[str, ...] = ()
    category: str | None = None
    effect: str | None = None
    flavor: str | None = None
    flower_type: str | None = None
    avoid: tuple[str, ...] = ()
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    is_under: bool = False
    min_thc: Decimal | None = None
    max_thc: Decimal | None = None
    sort: str | None = None
    is_mild: bool = False
    is_new_to_it: bool = False
    is_for_other: bool = False
    refused: str | None = None
    kind: str | None = None
    size: str | None = None
    occasion: str | None = None
    instead_of: str | None = None
    more_cbd: bool = False
    no_high: bool = False
    is_balanced: bool = False
    no_cbd: bool = False
    pack: int | None = None
    wants_others: bool = False
    wants_new: bool = False
    alike: bool = False
    unexplained: tuple[str, ...] = ()
    less_than: Decimal | None = None
    more_than: Decimal | None = None
    relative: str | None = None
    yardstick: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything narrows the catalog down."""
        return (
            any(
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
                    self.no_cbd,
                    self.pack is not None,
                )
            )
            or self.narrows_much
        )

    @property
    def is_open(self) -> bool:
        """Whether the text says nothing at all about what is wanted."""
        return not self.says_something and self.size is None and not self.wants_others

    @property
    def narrows(self) -> bool:
        """Whether it says what is wanted, and not only what is not."""
        return replace(self, avoid=(), is_mild=False).says_something

    @property
    def without_single_pack(self) -> Slots:
        """The same, where "1 pack of gummies" is one of them."""
        return replace(self, pack=None, query=self.query.replace(" pack", "")) if self.pack == 1 else self

    @property
    def narrows_much(self) -> bool:
        """Whether it bounds or orders what is wanted: "the strongest", "under 30"."""
        return (self.max_price, self.sort, self.min_thc, self.max_thc) != (None, None, None, None)

    @property
    def may_have_thc(self) -> bool:
        """Whether CBD that makes nobody high is wanted: where all has THC, what has more CBD is close."""
        return self.no_high and self.more_cbd and self.max_thc == 0

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
