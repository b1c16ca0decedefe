"""Which product a superlative or a comparison describes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.rank_orders import ORDERS
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.words import product_words
from motabot.text.regex import regex

_IS = regex(
    r"\b(?:is|are|was|has|have|gives?|packs?|carries|tops|has the|es|son|tiene|wins)\b"
    r"|'s\b|,\s*(?:the|our)\s*$|,\s*$|\(\s*$"
)
_NOUN = regex(r"\b(?:the|el|la) (\w+)\s(?:one\s)?(?:(?:is|has|gives|es|sale|tiene)\s[^,.;]*)?$")
_OF_REFERENCE = regex(r"\b(?:than|to|with|as|like|vs\.?|que|a) (?:our|the|your|any|nuestr[oa]s?|las?|los)\s$")
#: "Stronger at 30.9% against 22.2% for X": X is what it is compared with.
_AGAINST_ITS = regex(
    r"\b(?:against|vs\.?|versus|compared (?:to|with)|contra|frente a|comparad[oa] con) (?:the |its |el "
    r"|la |los )?\$?"
    r"[\d.]+(?:%|mg)?(?: thc| cbd| de thc)? (?:for|of|in|at|on|with|del?|para|en)"
    r" (?:the |our |your |el |la |los |tu )?$"
)
_ELIDED = regex(r"\s*\([^)]*\)\s*(?:(?:the|our|also|most \w+|\w+est|best rated|,|and|y)\s*)*")
_ASIDE = regex(r"\s(?:isn'?t|is not|doesn'?t|does not|aren'?t|no)\b[^.;]{0,20}[.;]")
_SO_IT_IS = regex(
    r"[,;:.]\s(?:so |and |which means )?(?:it'?s|it is)\s(?:about |around )?(?:[\d.]+ \w+ |[\d.]+% )?$"
)
#: "X (31% THC, the strongest": the parenthesis is still open.
_OPENED = regex(r"\([^()]*$")
#: "The biggest, a full 28 grams": the product follows in apposition.
_NAMED_NEXT = regex(r"\w+(?: one| size| option)?(?:, (?:(?:the|an?|our|full|whole|la|el|un|una) )*| its )")
#: "It has the most THC", "de los tres es el mas barato": the subject was named before.
_POINTS_BACK = regex(
    r"(?:^|[,;:.]\s|\b(?:and|so|but|since|because|as|y|pero|porque|pues) )\s*(?:it|that|this|that one"
    r"|this one|es|tiene)"
    r"(?:'?s| is| has| comes| works| would be)?\b[^,;.]*$|\b(?:es|tiene)\s(?:el|la|lo)?\s?$"
)
_NEAR = 28
_VERB = regex(r"(?:hits|packs|costs|runs|goes for|wins|cuesta|pega)\b")
#: "The largest is the 28g": the size is the subject.
_PREDICATE = regex(r"\w+(?: one| size| option)?\s(?:is|are|would be|being|es|son)\b|\w+\s?[:=]")


def _called_again(reading: DraftReading, before: Sequence[Mention], place: int) -> Mention | None:
    """The product that a noun refers back to: "X is $5 and Y is $6, so the drink is better value"."""
    found = _NOUN.search(reading.words[before[-1].end : place]) if before else None
    if found is None:
        return None
    noun = product_words(found[1])
    called = [one for one in before if noun and all(noun[0] in product.words for product in one.candidates)]
    return called[0] if len(called) == 1 else None


def subject_at(reading: DraftReading, sentence: Sentence, place: int) -> Mention | None:
    """The product that a superlative describes."""
    before = [one for one in sentence.mentions if one.end <= place and not reading.is_reference(one)]
    after = [
        one
        for one in sentence.mentions
        if one.start >= place
        and not reading.is_reference(one)
        and not _AGAINST_ITS.search(reading.words[place : one.start])
        and not (
            one.is_bare
            and not _NAMED_NEXT.fullmatch(reading.words[place : one.start])
            and one.start - place < _NEAR
            and not _PREDICATE.match(reading.words, place)
        )
    ]
    if _OF_REFERENCE.search(reading.words, sentence.span.start, place):
        return after[0] if after else None  # "$3 more than our cheapest eighths, X and Y"
    if len(before) > 1 and _SO_IT_IS.search(reading.words[before[-1].end : place]):
        return before[0]  # "X has 24.8%, Y 19.8%, so it's stronger"
    if again := _called_again(reading, before, place):
        return again
    if before and _VERB.match(reading.words, place):
        return before[-1]  # "X hits harder: 35.8% against 28.3% for Y" describes X
    if before and _OPENED.search(reading.words[before[-1].end : place]):
        return before[-1]  # "X (31% THC, the strongest), Y (26%) and Z"
    if after and after[0].is_bare and _NAMED_NEXT.fullmatch(reading.words[place : after[0].start]):
        return after[0]
    if before and after and _is_next(reading, sentence, place, before[-1], after[0]):
        return after[0]
    if before and _ELIDED.fullmatch(reading.words, before[-1].end, place):
        return before[-1]  # "A ($20) is strongest, B ($18) mildest and cheapest"
    if before and (not after or _IS.search(reading.words[before[-1].end : place])):
        clause = reading.words[before[-1].end : place]
        is_new = re.search(r"[.;](?=\s)|,\s(?:and|our|the)\b", clause)
        if not (after and is_new) or re.search(r"[;\d]", reading.words[place : after[0].start]):
            return before[-1]
    if after:
        return after[0]
    if before:
        return before[-1]
    if sentence.carried and _POINTS_BACK.search(reading.words[sentence.span.start : place]):
        last = sentence.carried[-1]
        is_aside = _ASIDE.match(reading.words, last.end)  # in "X is sleepy and Y isn't. It's ...", "it" is X
        return sentence.carried[0] if is_aside else last
    return None


def _is_next(reading: DraftReading, sentence: Sentence, place: int, last: Mention, following: Mention) -> bool:
    """Whether a superlative begins a new statement: "the strongest is X ($32), the mildest Y" is about Y."""
    ahead = reading.words[sentence.span.start : last.start]
    is_beside = re.fullmatch(r"[\w-]+(?: \w+)? (?:is |es |the )?", reading.words[place : following.start])
    return bool(is_beside) and any(order.most.search(ahead) for order in ORDERS)
