"""Which product a size or a kind alone means: "the eighth", "the gummies", "two $33 eighths"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.words import is_size
from motabot.text.regex import regex

_SCOPE = regex(
    r"\b(?:cheapest|strongest|best|only|priciest|mildest|lowest|mas barat[oa]s?|mas fuertes?|our"
    r"|any)\s(?:\w+\s)?$"
    r"|\b(?:lowest|best|cheapest|highest|top) (?:price|deal|value|one)s? (?:on|for|of|in) (?:an?|the|our|one)\s$"
)
#: "Two $33 eighths".
_PRICE_AHEAD = regex(r"\$[\d.]+\s$")
_YOURS = regex(r"\b(?:your|tus?) $")
_IN_LIST = regex(r",?\s(?:and |or |y |o |& )?")


def settle(words: str, mention: Mention, before: Sequence[Mention], around: Sequence[Mention]) -> Mention | None:
    """A size alone takes its product from what came before; a short name means what a longer one meant.

    Args:
        words: The draft, folded.
        mention: A product, a kind or a size that it names.
        before: What it names before.
        around: What the customer asked about, and what the conversation named last.

    Returns:
        The mention with the products that it can mean here; None if it means no certain product.
    """
    if mention.is_bare and _SCOPE.search(words[max(0, mention.start - 24) : mention.start]):
        return None  # "our cheapest eighth" says where to look, not what is meant
    written = words[mention.start : mention.end]
    is_plural = mention.is_bare and written.endswith("s") and not written[0].isdigit()
    if is_plural and mention.quantity is None and not _PRICE_AHEAD.search(words, 0, mention.start):
        return None  # "eighths" are many
    if mention.is_kind:
        return _settle_kind(words, mention, before, around)
    if not mention.is_bare:
        for other in reversed(before):
            if set(mention.words) < set(other.words) and set(other.candidates) <= set(mention.candidates):
                mention.narrow(other.candidates)
                break
        return mention
    is_listed = bool(before) and _is_in_list(words, before[-1], mention)
    for other in before[-1:] if is_listed else [*reversed(before), *around]:
        families = {product.family for product in other.candidates}
        fitting = [product for product in mention.candidates if product.family in families]
        if fitting:
            mention.narrow(fitting)
            return mention
    if is_listed:
        mention.wrong_size = written
        return mention
    lead = words[max(0, mention.start - 16) : mention.start]
    is_meant = _PRICE_AHEAD.search(lead) or (not before and re.search(r"\b(?:the|el|la)\s$", lead))
    return mention if is_meant else None


def _is_in_list(words: str, last: Mention, mention: Mention) -> bool:
    """Whether a size goes on a list of sizes: the "14g" of "in 1g, 3.5g and 14g"."""
    units = [
        one.words[-1].lstrip("0123456789.") for one in (last, mention) if one.words and is_size(one.words[-1])
    ]
    between = words[last.end : mention.start]
    return units == ["g", "g"] and bool(_IN_LIST.fullmatch(between))


def _settle_kind(
    words: str, mention: Mention, before: Sequence[Mention], around: Sequence[Mention]
) -> Mention | None:
    """A kind alone means the products of that kind that were named, or all that the turn has."""
    if _SCOPE.search(words[max(0, mention.start - 24) : mention.start]):
        return None
    bought = [one for one in mention.candidates if one.bought]
    if bought and _YOURS.search(words, 0, mention.start):
        mention.narrow(bought)
    for other in [*reversed(before), *around]:
        common = [one for one in other.candidates if one in mention.candidates]
        if common:
            mention.narrow(common)
            break
    return mention
