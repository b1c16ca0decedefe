"""Indica, sativa and hybrid: each describes only a product that is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.assigning import may_describe
from motabot.conversation.reply_check.describing import EVERY, WISH, mask_mentions, meant
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.regex import regex

_TYPES = {
    "indica": regex(r"\bindicas?\b"),
    "sativa": regex(r"\bsativas?\b"),
    "hybrid": regex(r"\bhybrids?\b|\bhibrid[oa]s?\b"),
}

_IN_GENERAL = regex(
    r"\W{0,2}\s(?:\w+ )?(?:stands?|means?|leans?|tends?|is (?:known|said|used|the (?:name|word))"
    r"|are (?:known|said)|(?:significa|suele|se dice|se asocia)\w*)\b"
)
_SOME_OF = regex(
    r"\b(?:one|two|three|four|some|most|half|un[oa]|dos|tres) (?:of|de) (?:them|these|those|the \w+|ell[ao]s"
    r"|l[ao]s \w+)"
    r"[^.;,]{0,20}$"
)
_ELIDED = regex(r"\s(?:for|as|with|para|con|is for)\b")


def check_types(reading: DraftReading) -> Iterator[Problem]:
    """A reply calls only an indica an indica; sativa and hybrid likewise."""
    words = mask_mentions(reading, reading.words)
    for kind, pattern in _TYPES.items():
        for found in pattern.finditer(words):
            sentence = reading.sentence_at(found.start())
            listed = _announced(reading, sentence, found)
            is_every = bool(listed and EVERY.search(reading.words, sentence.span.start, found.start()))
            if not is_every and any((one.flower_type or "").casefold() == kind for one in listed):
                continue
            if reading.draft.is_denied(found.start()) or "?" in reading.text(sentence)[-3:]:
                continue
            if _SOME_OF.search(words, sentence.span.start, found.start()):
                continue  # "two of them are indicas" counts them
            if _is_of_the_word(reading.text(sentence), words, found.end()):
                continue  # "indica stands for relaxing" explains the word
            each = [Mention(-1, -1, (), (one,)) for one in listed] if is_every else None
            for mention in each or _typed(reading, sentence, found.start()):
                types = {(one.flower_type or "").casefold() for one in mention.candidates}
                if kind in types or not mention.candidates:
                    mention.narrow(
                        [one for one in mention.candidates if (one.flower_type or "").casefold() == kind]
                    )
                    continue
                others = may_describe(reading, *found.span(), has_own=False)
                if any((one.flower_type or "").casefold() == kind for one in others):
                    continue
                excerpt = reading.draft.excerpt(*found.span())
                name = mention.candidates[0].name
                known = types - {""}
                right = f"It is {known.pop()}." if len(known) == 1 else "Look its type up, or leave it out."
                yield Problem("type", excerpt, f'The facts do not call {name} "{excerpt}". {right}')
                break


def _is_of_the_word(text: str, words: str, end: int) -> bool:
    """Whether a type is explained: "indica stands for relaxing, sativa for uplifting"."""
    explained = (_IN_GENERAL.match(text, one.end()) for kind in _TYPES.values() for one in kind.finditer(text))
    return bool(_IN_GENERAL.match(words, end)) or (bool(_ELIDED.match(words, end)) and any(explained))


def _announced(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> list[Product]:
    """The products of a list that "two indicas and a hybrid: ..." announces, in the sentence or below it."""
    if listed := reading.announced(sentence):
        kinds = [kind for kind, pattern in _TYPES.items() if pattern.search(reading.text(sentence))]
        return [one for mention in listed for one in mention.candidates] if len(kinds) > 1 else []
    if ":" not in reading.words[found.end() : found.end() + 40]:
        return []
    return [one for mention in sentence.mentions if mention.start > found.end() for one in mention.candidates]


def _typed(reading: DraftReading, sentence: Sentence, position: int) -> list[Mention]:
    """The products that a type describes; a list or a comparison after it counts only if nothing else does."""
    named = [one for one in meant(reading, sentence, position) if not reading.is_reference(one)]
    after = [one for one in sentence.mentions if one.start > position and not reading.is_reference(one)]
    if not sentence.mentions and WISH.search(reading.text(sentence)) and not reading.announced(sentence):
        return []  # "looking for a sativa?" describes no product
    return named or after
