"""What the conversation singled out: the things that were compared, or the one that the last reply chose.

A short text after that is about them: "and the cheaper one?" compares the same two once more, and "how much is
that" is about the one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from motabot.customers.context import TurnContext
from motabot.offline.customer import comparing, referents, superlatives
from motabot.offline.customer.moves import asks_which
from motabot.offline.customer.references import pointed_at
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import plain_words
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_BARE, _THE_ONE, _SEVERAL_MEANT, _COMPARED, _EITHER = map(
    _LEXICON.pattern, "bare_comparison the_one several_meant compared either".split()
)
#: For how many turns a comparison goes on.
_REMEMBERED = 3
#: So many things can be compared.
_TWO, _MOST = 2, 3


def compared_again(context: TurnContext, plain: str) -> Sequence[Product]:
    """The things that were compared, if a text in normal form only names another way to: "and cheaper?"."""
    if not _BARE.fullmatch(plain):
        return ()
    said = _said(context)
    for ago, text in zip(range(1, _REMEMBERED + 1), said, strict=False):
        told = referents.told_at(context, ago)
        if len(told) == 1 or _BARE.fullmatch(text):  # one was chosen, or they were compared in another way
            continue
        is_compared = _COMPARED.search(text) or (len(told) == _TWO and _EITHER.search(text))
        return told if is_compared and 1 < len(told) <= _MOST else ()
    return ()


def as_question(text: str, plain: str) -> str:
    """A bare comparison as a question about the things compared: "which one is cheaper"; else the text itself."""
    found = _BARE.fullmatch(plain)
    if found is None:
        return text
    english, spanish = found.groups()
    return f"which one is {english}" if english else f"cual es {spanish}"


def chosen(context: TurnContext, shown: Sequence[Product], plain: str) -> Product | None:
    """The one of those shown that the last reply singled out, if a text in normal form means it: "price on that".

    Args:
        context: The turn.
        shown: The products that the last reply named.
        plain: The text.
    """
    if len(shown) < _TWO or not _THE_ONE.search(plain) or _SEVERAL_MEANT.search(plain):
        return None
    said = next(iter(_said(context)), "")
    if asks_which(said) or comparing.may_compare(said):
        told = pointed_at(said, shown)
        return told[0] if len(told) == 1 else None
    order = superlatives.order(said)
    sorts = [each.arguments.get("sort") for each in context.last_shown]
    return shown[0] if order and sorts == [order] else None


def _said(context: TurnContext) -> list[str]:
    """The customer's texts in normal form, the latest first."""
    return [plain_words(line.text) for line in reversed(context.history) if line.author == "customer"]
