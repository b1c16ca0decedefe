"""Brands: a product that a reply says is "by" or "from" a brand is of that brand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_BY = regex(
    r"\s?(?:\([^)]{1,24}\)\s?)?,?\s?\(?(?:made |grown |is |it'?s |comes |es |son |viene )?"
    r"(?:by|from|de|hech[oa] por)\s(?:the (?:folks|people|team|growers|makers) (?:at|over at|of|behind) )?"
)
_MADE_BY = regex(r"\b(?:made|grown|produced|hech[oa]|cultivad[oa]) (?:by|from|por)\s")


def check_brands(reading: DraftReading) -> Iterator[Problem]:
    """The brand that follows a product with "by" is the product's own."""
    brands = {fold_in_place(one.brand): one.brand for one in reading.products if one.brand}
    for sentence in reading.sentences:
        for mention in sentence.mentions:
            named = _brand_after(reading, mention, brands)
            if named is None or mention.is_bare or mention.is_kind:
                continue
            own = [one for one in mention.candidates if fold_in_place(one.brand or "") == named]
            if own:
                mention.narrow(own)
            elif all(one.brand for one in mention.candidates):
                excerpt = brands[named]
                right = mention.candidates[0]
                yield Problem("brand", excerpt, f"{right.name} is by {right.brand}, not by {excerpt}. Correct it.")


def _brand_after(reading: DraftReading, mention: Mention, brands: Mapping[str, str]) -> str | None:
    """The brand right after a product's name."""
    sentence = reading.sentence_at(mention.start)
    following = next((one.start for one in sentence.mentions if one.start > mention.start), sentence.span.end)
    found = _BY.match(reading.words, mention.end) or _MADE_BY.search(reading.words, mention.end, following)
    if found is None:
        return None
    rest = reading.words[found.end() :]
    fitting = [brand for brand in brands if re.match(rf"{re.escape(brand)}(?!\w)", rest)]
    return max(fitting, key=len, default=None)
