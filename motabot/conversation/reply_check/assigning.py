"""What a figure or a word may describe besides the nearest name: the other side, "it", the one without a figure.

A name next to a figure settles it. Elsewhere a reader takes the reading that makes sense, and so does the check: a
statement is false only if no reading that the grammar allows makes it true.
"""

from __future__ import annotations

from collections.abc import Iterable

from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.text.regex import regex

#: Between a name and its own figure: "X, $10", "X (21%)", "X is about $10", "X at just $10".
_AT_NAME = regex(
    r"(?:\s?(?:,|\(|:|-|=))?\s?(?:(?:is|are|'s|at|for|costs?|runs?|has|with|only|just|about|es|son|a|por|cuestan?"
    r"|tienen?|con|solo|como|thc)\s){0,3}"
)
#: Between a figure and the name that it belongs to: "$10 for the X", "$10 X".
_FOR_NAME = regex(
    r"(?: thc)?\s(?:(?:for|on|in|por|para|en|de) )?(?:(?:the|an?|your|our|el|la|los|las|un|una|tu) )?"
)
#: Words that turn to the other side of a comparison.
_TURNS = regex(
    r"\b(?:vs\.?|versus|against|next to|compared (?:to|with)|while|whereas|but|instead of|rather than|not|up from"
    r"|down from|the other(?: one)?|the latter|the former|yours|mientras|pero|contra|frente a|en vez de"
    r"|en lugar de|el otro|la otra|tuy[oa])\b"
)
#: A second predicate of the sentence's subject: "X costs less than Y, and milder: 20%".
_GOES_ON = regex(
    r",\s(?:and|but|y|pero) (?!(?:the|an?|our|your|el|la|los|las|un|una|tu|with|con|for|or|at|then)\b)[a-z]+\b"
)
_PRONOUN = regex(
    r"\b(?:it|it'?s|its|that|that'?s|this|they|they'?re|those|these|them|one|ones"
    r"|eso|esa|ese|esas|esos|esta|este|estas|estos|ell[ao]s?)\b"
)

#: What is said of every one of them has no other reading.
_EVERY = regex(
    r"\b(?:both(?! \w+ and\b)|(?<!is )(?<!'s )all|each|either|neither|the two|share|in common|the others|ambos"
    r"|ambas|todos|todas"
    r"|comparten|cada|l[oa]s (?:dos|tres|cuatro))\b"
)


def may_describe(reading: DraftReading, start: int, end: int, *, has_own: bool = True) -> tuple[Product, ...]:
    """The products that a statement at a place may be about besides the nearest; none beside a name of its own.

    Args:
        reading: The draft.
        start: The place of the figure or the word; `end` is exclusive.
        has_own: A product has only one such figure, so that a second one after its name is another's.
    """
    sentence = reading.sentence_at(start)
    before = [one for one in sentence.mentions if one.end <= start]
    after = next((one for one in sentence.mentions if one.start >= end), None)
    if after and _FOR_NAME.fullmatch(reading.words, end, after.start):
        return ()
    if _EVERY.search(reading.words, reading.draft.clause_at(start).start, start):
        return ()
    clause = reading.words[reading.draft.clause_at(start).start : start]
    if not sentence.mentions:
        return products_of(_in_sight(reading, sentence, is_pronoun=bool(_PRONOUN.search(clause))))
    together = [one for one in before if one.start == before[-1].start]
    if has_own and len(together) > 1:
        return products_of(together)  # "the other two have 26% and 24%"
    since = before[-1].end if before else reading.draft.clause_at(start).start
    between = reading.words[since:start]
    is_reference = bool(before) and reading.is_reference(before[-1])
    if before and _AT_NAME.fullmatch(between) and not (is_reference and between.startswith(",")):
        return ()
    pool: list[Mention] = []
    if is_reference or (before and _TURNS.search(between)):
        pool += [one for one in sentence.mentions if one is not before[-1]]
    elif before and has_own and _has_figure_like(reading, start, end, before[-1]):
        pool += [one for one in sentence.mentions if one.start > start]
    if before and not is_reference and _GOES_ON.search(between):
        pool.append(sentence.mentions[0])
    is_all_references = bool(before) and all(reading.is_reference(one) for one in before)
    if is_all_references or _PRONOUN.search(clause if is_reference else between):
        pool += [one for one in sentence.mentions if not reading.is_reference(one)]
        pool += _in_sight(reading, sentence, is_pronoun=True)
    return products_of(pool)


def _in_sight(reading: DraftReading, sentence: Sentence, *, is_pronoun: bool) -> Iterable[Mention]:
    """The topics that a sentence may go on with: what the last one with any is about, or the customer's."""
    earlier = [one.mentions for one in reading.sentences if one.span.end <= sentence.span.start]
    topics = ([one for one in named if not reading.is_reference(one)] for named in reversed(earlier))
    named = next(filter(None, topics), [])
    if named and is_pronoun:
        return named
    return [*named, *reading.asked, *([] if named else [*reading.looked_up, *reading.spoken_of])]


def _has_figure_like(reading: DraftReading, start: int, end: int, name: Mention) -> bool:
    """Whether the name before a figure already has one of the same sort: "X is at 28% and $14, next to 35%"."""
    signs = {sign for sign in "$%" if sign in reading.words[start:end]}
    return any(
        name.end <= one.start < one.end <= start and signs & set(reading.words[one.start : one.end])
        for one in reading.figures
    )
