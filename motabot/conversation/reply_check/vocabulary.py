"""Every product, brand and strain name of the catalog, ready to be found in a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from motabot.conversation.reply_check.draft import Draft, TextSpan
from motabot.conversation.reply_check.everyday import EVERYDAY, GLUE, TRADE
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_TOKEN = regex(r"[a-z0-9]+(?:'[a-z]+)?")
_PART = regex(r"\s[-|–]\s|\s?[(\[|,]|:\s")
Token = tuple[str, int, int]


def tokens_in(folded: str) -> list[Token]:
    """Words and numbers with their places; a plural ending is removed so that "gummies" matches "gummy"."""
    return [(stem(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(folded)]


@lru_cache(maxsize=8192)
def name_tokens(name: str) -> tuple[str, ...]:
    """A name as the words that it is looked up by."""
    return tuple(token for token, _, _ in tokens_in(fold_in_place(name)))


def stem(word: str) -> str:
    """A word without its plural ending."""
    word = word.split("'")[0]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@dataclass(frozen=True)
class NameMention:
    """A catalog name in a draft."""

    tokens: tuple[str, ...]
    span: TextSpan


@dataclass(frozen=True)
class Vocabulary:
    """Finds catalog names in a text, longest first, in one pass over its words.

    In a reply some names are far more often plain words. Single everyday words ("Black", "Anytime") and words of
    the trade ("Indica Vape Cartridge") are left out; a name of one word ("Durban"), or of everyday words only
    ("Early Bird"), counts if the draft capitalizes it.
    """

    _needs_capitals: dict[tuple[str, ...], bool] = field(default_factory=dict, repr=False)
    _lengths: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, names: Iterable[str | None]) -> Vocabulary:
        """Prepare the matcher once for a catalog: product, brand and strain names, in any order.

        The part before the dash of "Blue Dream - Shatter (1 g)" is also a name.
        """
        known: dict[tuple[str, ...], bool] = {}
        for name in filter(None, names):
            for written in {name, _PART.split(name)[0]}:
                tokens = name_tokens(written)
                if _is_telling(tokens):
                    known[tokens] = len(tokens) == 1 or EVERYDAY.issuperset(tokens) or not GLUE.isdisjoint(tokens)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for tokens in known:
            lengths[tokens[0]].add(len(tokens))
        return cls(known, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})

    def mentions(self, draft: Draft) -> Iterator[NameMention]:
        """Names in a draft, the longest at each place, none inside another."""
        tokens = tokens_in(draft.folded)
        index = 0
        while index < len(tokens):
            for length in self._lengths.get(tokens[index][0], ()):
                run = tokens[index : index + length]
                words = tuple(token for token, _, _ in run)
                capitals = self._needs_capitals.get(words)
                if capitals is False or (capitals and all(draft.text[start].isupper() for _, start, _ in run)):
                    yield NameMention(words, TextSpan(run[0][1], run[-1][2]))
                    index += length
                    break
            else:
                index += 1


def _is_telling(tokens: tuple[str, ...]) -> bool:
    """Whether these words in a reply probably mean the name."""
    rare = [token for token in tokens if token not in TRADE and not token.isdigit() and len(token) > 1]
    if len(tokens) == 1:
        return bool(rare) and len(tokens[0]) > 2 and tokens[0] not in EVERYDAY
    return not EVERYDAY.issuperset(rare) or (len(rare) > 1 and GLUE.isdisjoint(tokens))
