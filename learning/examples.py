"""What the learners are shown of the texts. It needs no library for learning, so that tests can check it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from learning.texts import ORDINARY, SAFETY, Text
from motabot.conversation import safety_words
from motabot.offline.customer.delexicalize import mask
from motabot.offline.customer.intents import marks
from motabot.offline.customer.slots import SLANG
from motabot.sms import authorship, consent_words, spelling
from motabot.text.normalize import normal

#: The share of texts that are shown once more as if the shop had just named products.
_AFTER_A_LIST = 0.35


@dataclass(frozen=True)
class Example:
    """One text: its words, its marks, and the labels that are right."""

    words: list[str]
    marks: list[str]
    labels: frozenset[str]


def examples_of_intents(texts: Sequence[Text], seed: int = 1) -> list[Example]:
    """What the learner of intents is shown.

    Some texts appear once more as if the shop had just named products: people ask for opening hours after a list,
    too, and a list must not mean that it is asked about.
    """
    rng = random.Random(seed)
    return [example for text in texts for example in _shown(text, rng)]


def _shown(text: Text, rng: random.Random) -> Iterator[Example]:
    words = mask(text.words, SLANG, map(normal, text.names))
    yield Example(words, marks(text.words, listed=text.listed), text.intents)
    if not text.listed and rng.random() < _AFTER_A_LIST:
        yield Example(words, marks(text.words, listed=True), text.intents)


def examples_of_consent(texts: Sequence[Text]) -> list[Example]:
    """What the learner of consent is shown."""
    read = [(spelling.sentences_of(text.words), text.intents) for text in texts]
    return [Example(consent_words.words_of(said), consent_words.marks_of(said), labels) for said, labels in read]


def examples_of_authors(texts: Sequence[Text]) -> list[Example]:
    """What the learner of authorship is shown."""
    return [
        Example(authorship.words_of(text.words), authorship.marks_of(text.words), text.intents) for text in texts
    ]


#: Ordinary texts that ask for these may speak of a danger, although nobody labelled them for it.
_MAY_BE_DANGERS = frozenset({"medical", "rules", "under_21"})


def examples_of_safety(texts: Sequence[Text]) -> list[Example]:
    """What the learner of dangers is shown: its own texts, and ordinary ones, which speak of none."""
    shown = [(text, text.intents - {"none"}) for text in texts if text.source == SAFETY.parent.name]
    shown += [
        (text, frozenset()) for text in texts if text.source in ORDINARY and not text.intents & _MAY_BE_DANGERS
    ]
    return [
        Example(safety_words.words_of(text.words), safety_words.marks_of(text.words), kinds)
        for text, kinds in shown
    ]


def digest(examples: Iterable[Example]) -> str:
    """A hash of what a learner is shown. It changes with the texts and the code that makes features of them."""
    found = hashlib.sha256()
    for each in examples:
        found.update(repr((each.words, each.marks, sorted(each.labels))).encode())
    return found.hexdigest()[:16]
