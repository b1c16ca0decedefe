"""Finds the products that a text names in full or in part, and those that it means by size alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from motabot.conversation.reply_check.everyday import EVERYDAY, TRADE
from motabot.conversation.reply_check.figures import read_number
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.words import GENERIC, KINDS, Word, is_size, product_words, words_in
from motabot.text.normalize import fold_in_place
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

_GAP = regex(r"[\s\-/&.'#()]{0,3}")
_LINK_WORDS = frozenset({"of", "de", "the", "in", "del"})
_ARTICLE = regex(r"\b(?:the|your|our|that|this|la|el|las|los|tu|tus|nuestr[oa]s?|esa|ese|esta|este)\s(?:\w+\s)?$")
_THE = regex(r"\b(?:the|your|la|el|las|los|tu|tus)\s(?:\$[\d.]+\s)?$")
_A_KIND = regex(r"\b(?:is|are|as|an?|es|son|una?)\s(?:an?\s)?$(?<!one\s)")
_PRICED = regex(r"\s(?:\(|for |at |por |a )?\$\d")
_DESCRIBED = regex(r"\b(?:of|like|sweet|taste|flavor|sabor|de|a|como|with|con|in|en)\s$")
_QUANTITY = regex(
    rf"(?<![\w.$#-])(?P<number>\d{{1,2}}|{SPOKEN_NUMBER})\s(?:x\s|packs? of |paquetes? de |of the |of "
    rf"|de las |de los |de )?(?:\$[\d.]+ )?$"
)
_ONE = regex(r"\b(?:an?|un[oa]?|one)\s$")


@dataclass
class Mention:
    """A place of a text that means one or more products.

    Attributes:
        start: Its place; `end` is exclusive.
        words: What it says, in the form of `words_in`.
        candidates: The products that it can mean. Figures next to it narrow them down.
        quantity: How many of it, if the text says so.
        is_bare: It names a size alone ("the ounce") and takes the product from its surroundings.
        is_kind: It names a kind alone ("the gummies"), likewise.
        wrong_size: A size right after the name that no product of this name has.
    """

    start: int
    end: int
    words: tuple[str, ...]
    candidates: tuple[Product, ...]
    quantity: Decimal | None = None
    is_bare: bool = False
    is_kind: bool = False
    wrong_size: str | None = None

    def narrow(self, kept: Iterable[Product]) -> None:
        """Keep only these candidates."""
        self.candidates = tuple(kept)


def either(mentions: Sequence[Mention]) -> Mention:
    """What "it" can mean after "X is stronger than Y": one or the other."""
    both = [*mentions[:1], *mentions[-1:]]
    return Mention(-1, -1, (), tuple(dict.fromkeys(one for mention in both for one in mention.candidates)))


@dataclass(frozen=True)
class ProductNames:
    """The products of a turn, ready to be found in a text."""

    products: tuple[Product, ...]
    _by_word: dict[str, frozenset[int]] = field(default_factory=dict, repr=False)
    _brands: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, products: Sequence[Product]) -> ProductNames:
        """Prepare the index."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for index, product in enumerate(products):
            for word in product.words:
                found[word].add(index)
        brands = {product_words(fold_in_place(one.brand)) for one in products if one.brand}
        longest_first = sorted(
            (one for one in brands if len(one) > 1 and found.keys() & one), key=len, reverse=True
        )
        by_word = {word: frozenset(indexes) for word, indexes in found.items()}
        return cls(tuple(products), by_word, tuple(longest_first))

    def mentions(self, folded: str, start: int, end: int) -> list[Mention]:
        """The products named in a stretch of a folded text, in order."""
        found = ((word, start + first, start + last) for word, first, last in words_in(folded[start:end]))
        words = [(self._known_as(word, folded[first:last]), first, last) for word, first, last in found]
        mentions: list[Mention] = []
        index = 0
        while index < len(words):
            length = self._run(folded, words, index)
            if (brand := self._brand(words, index)) > length:
                index += brand  # the "Kush" of "Kush Kakery" is not a product
                continue
            mention = self._mention(folded, words[index : index + length]) if length else None
            if mention:
                mentions.append(mention)
            index += length if mention else 1
        return mentions

    def _known_as(self, word: str, written: str) -> str:
        """A word as the names have it: "tangies" is of "Tangie"."""
        singular = f"{word[:-1]}ie"
        is_plural = written.endswith("ies") and word not in self._by_word
        return singular if is_plural and singular in self._by_word else word

    def _brand(self, words: list[Word], index: int) -> int:
        """How many words from here are a brand's name."""
        ahead = tuple(word for word, _, _ in words[index : index + 6])
        return next((len(brand) for brand in self._brands if ahead[: len(brand)] == brand), 0)

    def _run(self, folded: str, words: list[Word], index: int) -> int:
        """How many words from here are words of one product."""
        kept: frozenset[int] | None = None
        length = 0
        position = index
        while position < len(words):
            word, first, _ = words[position]
            if (
                position > index
                and not _GAP.fullmatch(folded[words[position - 1][2] : first])
                and first != words[position - 1][1]
            ):
                break
            found = self._by_word.get(word)
            together = found if kept is None else kept & found if found else None
            if together:
                kept, length = together, position - index + 1
            elif kept is None or word not in _LINK_WORDS:
                break
            position += 1
        return length

    def _mention(self, folded: str, run: list[Word]) -> Mention | None:
        said = tuple(word for word, _, _ in run if word in self._by_word)
        start, end = run[0][1], run[-1][2]
        kept = frozenset.intersection(*(self._by_word[word] for word in said))
        candidates = [self.products[index] for index in sorted(kept)]
        exact = [product for product in candidates if set(words_of_name(product)) <= set(said)]
        candidates = exact or candidates
        families = {product.family for product in candidates}
        is_bare = all(is_size(word) for word in said)
        is_kind = not is_bare and not self._is_telling(folded, start, end, said, len(families))
        if is_kind and not _is_kind_named(folded, start, end, said):
            return None
        quantity = quantity_before(folded, start)
        wrong_size = None if is_bare or is_kind else _size_after(folded, end, said)
        return Mention(start, end, said, tuple(candidates), quantity, is_bare, is_kind, wrong_size)

    @staticmethod
    def _is_telling(folded: str, start: int, end: int, said: tuple[str, ...], families: int) -> bool:
        """Whether these words name a product here, rather than describe many or mean something else."""
        own = [word for word in said if word not in GENERIC and not is_size(word) and not word.isdigit()]
        if any(word not in TRADE and word not in EVERYDAY for word in own):
            return True
        if len(own) > 1 or (own and len(said) > 1 and families <= 2):
            return True
        if own and len(own[0]) > 3 and families == 1:
            is_listed = _PRICED.match(folded, end) and not _DESCRIBED.search(folded, max(0, start - 12), start)
            return bool(is_listed or _ARTICLE.search(folded[max(0, start - 24) : start]))
        return len([word for word in said if word in GENERIC or is_size(word)]) > 1 and families == 1


def _size_after(folded: str, end: int, said: tuple[str, ...]) -> str | None:
    """A size that follows a name without belonging to it."""
    following = words_in(folded[end : end + 12])
    if not following or any(is_size(word) for word in said):
        return None
    word, start, last = following[0]
    if not is_size(word) or not re.fullmatch(r"\s", folded[end : end + start]):
        return None
    return None if re.match(r"\s(?:of )?(?:thc|cbd)\b", folded[end + last :]) else folded[end + start : end + last]


def _is_kind_named(folded: str, start: int, end: int, said: tuple[str, ...]) -> bool:
    """Whether words of kind mean certain products: "the gummies", "3 pre-rolls", "Gummies:", "a cart ($30)"."""
    before = folded[max(0, start - 30) : start]
    if _PRICED.match(folded, end) and any(word in KINDS for word in said):
        return True
    is_named = (
        _THE.search(before)
        or quantity_before(folded, start) is not None
        or re.search(r"(?:^|[.!?:\n]\s*)$", before)
    )
    return bool(is_named) and any(word in KINDS for word in said) and not _A_KIND.search(before)


def words_of_name(product: Product) -> tuple[str, ...]:
    """The words of a product's name alone."""
    return tuple(word for word, _, _ in words_in(product.folded))


def quantity_before(folded: str, start: int) -> Decimal | None:
    """The number right before a place: "two", "3 x", "an"."""
    before = folded[max(0, start - 24) : start]
    if found := _QUANTITY.search(before):
        return read_number(found["number"])
    return Decimal(1) if _ONE.search(before) else None
