"""Which question of the book explains most of a reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from motabot.offline.dates.pairs import unit_of
from motabot.offline.staff.entities import GOODS
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.parse import Reading
from motabot.offline.staff.questions import Book, Question
from motabot.text.normalize import plain as folded

#: Words that change what is asked.
_OPERATORS = frozenset(
    "share percentage percent proportion fraction median never without only both except excluding different"
    " distinct unique growth per each every average alone porcentaje proporcion mediana nunca sin solo solamente"
    " ambos ambas excepto promedio cada distintos distintas crecimiento".split()
)
_GROUPS = frozenset("per each every cada por".split())
#: Idle words of the book that still narrow a question down, and negations.
_TURNING = frozenset(
    "not no never dont didnt doesnt isnt arent wasnt werent havent hasnt hadnt cant wont nobody none nothing"
    " neither nor aint couldnt nadie ningun ninguna ninguno tampoco jamas nada"
    " until inactive".split()
)
_SAYS_WHERE = frozenset(("zip", "source", "place", "staff", "works"))
_ORDERS = frozenset(("top", "worst"))
#: What may stand beside a period or a grouping: "the same day last week".
_TIME_WORDS = frozenset("same day days time dia semana".split())


def choose(reading: Reading, questions: Iterable[Question]) -> tuple[Question | None, float]:
    """The question that explains most of a reading, and how well."""
    best: tuple[Question | None, float] = (None, 0.0)
    for question in questions:
        score = rate(reading, question)
        if score is not None and score > best[1] + 1e-9:
            best = (question, score)
    return best


def rate(reading: Reading, question: Question) -> float | None:
    """How much of a reading a question explains; None where it lacks what the question needs."""
    slots, ideas = reading.slots, reading.ideas

    def holds(item: str) -> bool:
        if item == ":ungrouped":
            return not reading.by
        return item[1:] in slots if item.startswith(":") else item in ideas

    if not all(any(map(holds, item)) for item in question.when) or any(map(holds, question.without)):
        return None
    if reading.audience and not question.lists_customers:
        return None
    named = {name for item in question.when for name in item} | {*question.also, *question.order_by}
    explained = {place for name in named if name in ideas for place in ideas[name]}
    if set_against(reading, question):
        explained |= ideas["compare"]
    covered = sum(weight for place, weight in reading.weight.items() if place in explained)
    missed = sum(weight for place, weight in reading.weight.items() if place not in explained)
    used = sum(_slot_worth(reading, question, slot) for slot in slots)
    used += 0.4 * sum(name[1:] in slots for item in question.when for name in item if name.startswith(":"))
    return 0.5 * len(question.when) + covered - missed + used + (0.6 if question.tool else 0)


def unplaced(reading: Reading, question: Question, book: Book, asked: Reading | None = None) -> tuple[str, ...]:
    """The words of a reading that a question of the book makes nothing of; one that has any is not answered.

    Words of the question's own example count as used. An operator ("never", "share", "per") is used only where the
    question asks for it: "average" beside discounts does not make them an average.

    Args:
        reading: What was said.
        question: What would be answered.
        book: The book it stands in.
        asked: What would be answered, with what held from before; None: what was said.
    """
    asked = asked or reading
    needed = _places(reading, {name for item in question.when for name in item})
    spoken = _places(reading, {*question.also, *question.order_by}) | _places(reading, book.weak - _ORDERS)
    if set_against(asked, question) or "{periods}" in question.sql or asked.is_split:
        spoken |= reading.ideas.get("compare", frozenset())
    plain = {*book.idle, *lexicon().idle, *folded(f"{question.ask} {question.es}").split()}
    plain |= {word for each in reading.found for word in each.words.split()}
    plain |= _TIME_WORDS if asked.spans or asked.by else set()
    plain |= set(reading.name.split()) if any(":name" in item for item in question.when) else set()
    lost = []
    for place, word in enumerate(reading.words):
        if place in needed or len(word) < 2 or not any(map(str.isalpha, word)) or word in reading.grouped:
            continue
        if word in ("where", "donde"):
            lost += [] if asked.by or _SAYS_WHERE & {name for item in question.when for name in item} else [word]
        elif word in _OPERATORS:
            lost += [] if reading.by and word in _GROUPS else [word]
        elif word in _TURNING or (place not in spoken and plain.isdisjoint((word, word.removesuffix("s")))):
            lost.append(word)
    top, worst = _places(reading, {"top", "expensive"}), _places(reading, {"worst"})
    if top - worst:  # "the priciest and the cheapest", but "least expensive" and "mas flojo"
        near = {place + step for place in top for step in (-1, 0, 1)}
        lost += [reading.words[place] for place in sorted(worst - near)]
    return tuple(dict.fromkeys((*reading.name.split(), *lost))) if lost else ()


def _places(reading: Reading, ideas: Iterable[str]) -> frozenset[int]:
    """Where the words of some ideas stand."""
    return frozenset(place for name in ideas if name in reading.ideas for place in reading.ideas[name])


def set_against(reading: Reading, question: Question) -> str:
    """The unit by which a question's figures of several spans stand beside each other, or ""."""
    is_open = question.groups and not question.also_by and len(reading.by) < 2
    return unit_of(reading.spans) if reading.compares and is_open and (question.moment or question.day) else ""


def usable_by(reading: Reading, question: Question, needs: Mapping[str, str]) -> tuple[str, ...]:
    """The groupings that a question can give."""
    if not question.groups:
        return ()
    return tuple(
        name
        for name in reading.by
        if (not needs[name] and (question.moment or question.day)) or needs[name] in question.aliases
    )


def can_filter(question: Question, kind: str) -> bool:
    """Whether a question can be narrowed down to a thing of this kind."""
    if kind in GOODS:
        return bool({"i", "p"} & question.aliases) or bool(question.tool and "{goods}" in str(question.arguments))
    if kind in ("location", "staff"):
        return bool({"t", "s"} & question.aliases) or (kind == "location" and "c" in question.aliases)
    if kind == "payment":
        return "t" in question.aliases
    if kind in ("status", "stage"):
        return "l" in question.aliases
    return bool({"c", "t"} & question.aliases)


def _slot_worth(reading: Reading, question: Question, slot: str) -> float:
    if slot == "span":
        past = question.tool and "{days}" in str(question.arguments)
        return 0.6 if question.takes_span or past else -1.5
    if slot == "two_spans":
        if any(":two_spans" in item for item in question.when):
            return 1.0
        return 0.5 if set_against(reading, question) else -1.0
    if slot in question.every:
        return 1.0
    if slot == "bound":
        fits = reading.bound and reading.bound.column(question.sql, question.order.rpartition(".")[2])
        return 0.6 if fits and not question.groups else -1.5
    if slot == "by":
        return 1.0 if question.groups else -1.5
    if slot == "who":
        takes = any(":who" in item for item in question.when) or {"t", "c"} & question.aliases
        return (1.5 if any(":who" in item for item in question.when) else 0.3) if takes else -2.0
    if slot == "name":
        return 0.0 if any(":name" in item for item in question.when) else -0.8
    if slot == "limit":
        is_cut = "{limit}" in question.sql + str(question.arguments) or (question.groups and bool(reading.by))
        return 0.3 if is_cut else -1.0
    kinds = {"place": "location"}
    kind = kinds.get(slot, slot)
    if any(each.kind == kind for each in reading.found):
        return 0.8 if can_filter(question, kind) else -1.2
    return 0.0
