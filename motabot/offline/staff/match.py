"""Which question of the book explains most of a reading."""

from __future__ import annotations

from collections.abc import Iterable

from motabot.offline.staff import phrases
from motabot.offline.staff.entities import GOODS
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.questions import Book, Question
from motabot.offline.staff.reading import Reading
from motabot.text.normalize import plain as folded

#: Words that change the meaning: a question of the book must name them in its conditions to use them.
_OPERATORS = frozenset(
    "share percentage percent proportion fraction median never without only both except excluding different"
    " distinct unique growth per each every average alone versus compare compared porcentaje proporcion mediana"
    " nunca sin solo solamente ambos ambas excepto promedio cada distintos distintas crecimiento where"
    " donde when cuando".split()
)
#: Filler words that still narrow a question down, and negations.
TURNING = frozenset(
    "not no never dont didnt doesnt isnt arent wasnt werent havent hasnt hadnt cant wont nobody none nothing"
    " neither nor aint couldnt nadie ningun ninguna ninguno tampoco jamas nada until inactive".split()
)
#: Words that may accompany a period: "the same day last week".
_TIME_WORDS = frozenset("same day days time dia semana".split())
_KINDS_OF_ALIASES = {
    **dict.fromkeys(("location", "staff"), frozenset("ts")),
    "payment": frozenset("t"),
    "status": frozenset("l"),
    "stage": frozenset("l"),
}


def choose(reading: Reading, questions: Iterable[Question]) -> tuple[Question | None, float]:
    """The question that explains most of a reading, and how well."""
    best: tuple[Question | None, float] = (None, 0.0)
    for question in questions:
        score = rate(reading, question)
        if score is not None and score > best[1] + 1e-9:
            best = (question, score)
    return best


def rate(reading: Reading, question: Question) -> float | None:
    """Score how much of a reading a question explains; None if the reading lacks what the question needs."""
    slots, ideas = reading.slots, reading.ideas

    def holds(item: str) -> bool:
        return item[1:] in slots if item.startswith(":") else item in ideas

    if not all(any(map(holds, item)) for item in question.when) or any(map(holds, question.without)):
        return None
    explained = _places(reading, {name for item in question.when for name in item} | {*question.also})
    covered = sum(weight for place, weight in reading.weight.items() if place in explained)
    missed = sum(weight for place, weight in reading.weight.items() if place not in explained)
    used = sum(_slot_worth(reading, question, slot) for slot in slots)
    used += 0.4 * sum(name[1:] in slots for item in question.when for name in item if name.startswith(":"))
    return 0.5 * len(question.when) + covered - missed + used + (0.6 if question.tool else 0)


def unplaced(reading: Reading, question: Question, book: Book) -> tuple[str, ...]:
    """The words of a reading that a question does not use; a question with such words is not answered.

    Words of the question's own example count as used.

    Args:
        reading: What was said.
        question: What would be answered.
        book: The book that contains it.
    """
    needed = _places(reading, {name for item in question.when for name in item})
    spoken = _places(reading, question.also) | _places(reading, book.weak - {"top"})
    asked = set(folded(f"{question.ask} {question.es}").split())
    plain = {*book.idle, *lexicon().idle, *asked}
    plain |= {word for each in reading.found for word in each.words.split()}
    plain |= _TIME_WORDS if reading.spans else set()
    plain |= set(reading.name.split()) if question.needs("name") else set()
    lost = []
    for place, word in enumerate(reading.words):
        if place in needed or len(word) < 2 or not any(map(str.isalpha, word)):
            continue
        is_plain = not plain.isdisjoint((word, word.removesuffix("s")))
        turns = (word in _OPERATORS or word in TURNING) and word not in asked
        if turns or (place not in spoken and not is_plain):
            lost.append(word)
    return tuple(dict.fromkeys((*reading.name.split(), *lost))) if lost else ()


def can_filter(question: Question, kind: str) -> bool:
    """Whether a question can be narrowed down to a thing of this kind."""
    if kind in GOODS:
        return bool({"i", "p"} & question.aliases) or bool(question.tool and "{goods}" in str(question.arguments))
    if kind == "location" and "c" in question.aliases:
        return True
    return bool(_KINDS_OF_ALIASES.get(kind, frozenset("ct")) & question.aliases)


def _places(reading: Reading, ideas: Iterable[str]) -> frozenset[int]:
    """The positions of the words of some ideas."""
    return frozenset(place for name in ideas if name in reading.ideas for place in reading.ideas[name])


def _slot_worth(reading: Reading, question: Question, slot: str) -> float:
    if slot == "span":
        past = question.tool and "{days}" in str(question.arguments)
        return 0.6 if question.takes_span or past else -1.5
    if slot == "who":
        if question.needs("who"):
            return 1.5
        return 0.3 if {"t", "c"} & question.aliases else -2.0
    if slot == "name":
        return 0.0 if question.needs("name") else -0.8
    if slot == "limit":
        return 0.3 if "{limit}" in question.sql + str(question.arguments) else -1.0
    kind = {"place": "location"}.get(slot, slot)
    if any(each.kind == kind for each in reading.found):
        return 0.8 if can_filter(question, kind) else -1.2
    return 0.0


def continues(words: str, reading: Reading, question: Question | None, score: float) -> bool:
    """Whether a message continues the last question of the book."""
    narrows = bool(reading.slots - {"name"})
    adds = bool(phrases.GOES_ON.search(words))
    if not reading.has_idea and narrows:
        return question is None or score < 3 or adds
    return adds and len(words.split()) <= 6 and (narrows or question is not None)


def is_off(reading: Reading, question: Question) -> bool:
    """Whether so many words are unknown that the message probably meant a different question."""
    return not question.needs("name") and len(reading.name.split()) > 1
