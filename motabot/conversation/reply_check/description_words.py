"""Words that describe products: effects, flavors and terpenes, in English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from motabot.conversation.reply_check.product import Product
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

#: "I left out the ones that people call anxious": what was not chosen, up to the word for it.
_LEFT_OUT = regex(
    r"\b(?:(?:i|we)(?:'ve| have)? (?:also |already )?(?:left|kept|filtered|ruled|sorted|weeded|took)"
    r" (?:[\w' ]{0,12})?out"
    r"|(?:i|we)(?:'ve| have)? (?:also |already )?(?:skipped|excluded|avoided|dropped|removed|passed over"
    r"|stayed away from|steered clear of)|(?:leaving|keeping|filtering) out|skipping|excluding|avoiding"
    r"|(?:deje|dejamos|dejando) (?:por )?fuera|quite|quitamos|quitando|evite|evitamos|evitando|descarte"
    r"|descartamos|descartando|excluy\w+|exclui|saque|omiti|(?:me )?salte|filtre)"
    r"\b[^.;!?\n]*\b(?:any|anything|ones?|those|everything|products?|strains?|what|whatever"
    r"|l[oa]s? (?:que|de)|todo lo que|cualquier\w*|product[oa]s|cepas)\b[^.;!?\n]*$"
)


def is_left_out(before: str) -> bool:
    """Whether the words before a description say that the products of which it is true were not chosen."""
    return bool(_LEFT_OUT.search(before))


@dataclass(frozen=True)
class DescriptionKind:
    """A kind of description: its words, the product's values of it, and its name in a correction."""

    rule: str
    patterns: dict[str, re.Pattern[str]]
    of: Callable[[Product], frozenset[str]]
    called: str


def _patterns(name: str) -> dict[str, re.Pattern[str]]:
    lexicon = Lexicon(Path(__file__).parent / f"{name}.toml")
    return {name: re.compile(rf"(?<![\w-])(?:{lexicon.pattern(name).pattern})(?!\w)") for name in lexicon.names()}


KINDS = (
    DescriptionKind("effect", _patterns("effects"), lambda one: one.effects | one.negatives, "effects"),
    DescriptionKind("flavor", _patterns("flavors"), lambda one: one.flavors, "flavors"),
    DescriptionKind("terpene", _patterns("terpenes"), lambda one: one.terpenes, "terpenes"),
)


def descriptions_in(text: str) -> Iterator[tuple[DescriptionKind, re.Pattern[str]]]:
    """The effects, flavors and terpenes that a text names."""
    for kind in KINDS:
        yield from ((kind, pattern) for pattern in kind.patterns.values() if pattern.search(text))


@lru_cache(maxsize=8_192)
def is_description(word: str) -> bool:
    """Whether a word names an effect, a flavor, a terpene or the like, which the check of descriptions judges."""
    return any(pattern.fullmatch(word) for kind in KINDS for pattern in kind.patterns.values())
