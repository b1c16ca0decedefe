"""After an emergency: the conversation stays with it while its hand-off is open.

The next texts get the vetted text again, whatever they say, and what they tell is added to the hand-off. Once the
customer says that all is well, or that nothing was, other questions are answered, but no
products are offered. See `safety`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from motabot.customers.context import TurnContext
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_CLEAR, _NOT_CLEAR, _WORSE, _MISHEARD, _JOKING, _NOT_ROUSABLE, _OWN_WISH, _GROWN_ATE = (
    _LEXICON.pattern(name)
    for name in (
        "all_clear",
        "not_clear",
        "worse",
        "misheard",
        "joking",
        "not_rousable",
        "own_wish",
        "grown_ate",
    )
)
#: Where a text continues with something else.
_PIECE_END = regex(r"[.!?;,\n]+|\b(?:and|but|so|also|y|pero|tambien)\b", re.IGNORECASE)
#: A piece of fewer words asks for nothing.
_FEWEST_WORDS = 3
#: Tools that give a model products to offer.
PRODUCT_TOOLS = frozenset({"search_products", "recommend_products", "show_product", "list_my_favorites"})


def needs_ambulance(text: str, *, of_death: bool) -> bool:
    """Whether somebody cannot be woken, does not breathe well, has a seizure or collapsed.

    Args:
        text: What the customer told.
        of_death: The customer speaks of death. "I hope I don't wake up" is then a wish, and no collapse.
    """
    plain = normal(text)
    return bool(_NOT_ROUSABLE.search(plain)) and not (of_death and _OWN_WISH.search(plain))


def is_of_grown_person(plain: str) -> bool:
    """Whether a text, as `normal` gives it, tells what a grown person took: "my roommate ate a whole bar"."""
    return bool(_GROWN_ATE.search(plain))


def is_all_clear(text: str) -> bool:
    """Whether a text says that the danger is over: "he's fine now", but not "is he fine" or "he's not ok"."""
    plain = normal(text)
    return bool(_CLEAR.search(plain)) and not _NOT_CLEAR.search(plain) and not _WORSE.search(plain)


def is_misheard(text: str, *, of_death: bool) -> bool:
    """Whether a text says that there never was an emergency. A joke about death is taken seriously."""
    plain = normal(text)
    is_denied = _MISHEARD.search(plain) or (_JOKING.search(plain) and not of_death)
    return bool(is_denied) and not _WORSE.search(plain)


def is_over(context: TurnContext, *, of_death: bool) -> bool:
    """Whether the customer said, now or since the latest alarm, that all is well, and nothing worse since."""
    began = context.emergency.at if context.emergency else None
    said = [line for line in context.history if line.author == "customer"]
    since = [line.text for line in said if began and line.at and line.at > began]
    is_over = False
    for text in (*since, *(text.text for text in context.texts)):
        is_over = (is_over or is_all_clear(text) or is_misheard(text, of_death=of_death)) and not _WORSE.search(
            normal(text)
        )
    return is_over


def questions_beside(texts: Sequence[str]) -> tuple[str, ...]:
    """What texts say apart from "all is well"."""
    pieces = [piece.strip() for text in texts for piece in _PIECE_END.split(text)]
    return tuple(piece for piece in pieces if len(piece.split()) >= _FEWEST_WORDS and not is_all_clear(piece))
