"""Which question of the book explains most of a reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from motabot.offline.dates.pairs import unit_of
from motabot.offline.staff.entities import GOODS
from motabot.offline.staff.parse import Reading
from motabot.offline.staff.questions import Question

#: Words that change what is asked.
_OPERATORS = frozenset(
    "share percentage percent proportion fraction median never without only both except excluding different"
    " distinct unique growth per each every average alone porcentaje proporcion mediana nunca sin solo solamente"
    " ambos ambas excepto promedio cada distintos distintas crecimiento".split()
)
_GROUPS = frozenset("per each every cada por".split())


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


def missed(reading: Reading, question: Question, telling: Collection[str]) -> list[str]:
    """Words of ideas that would change the answer and that a question does not answer to.

    Args:
        reading: What was asked.
        question: What is answered.
        telling: Ideas that are worth a word when they are left out.
    """
    named = {name for item in question.when for name in item} | {*question.also, *question.order_by}
    explained = {place for name in named if name in reading.ideas for place in reading.ideas[name]}
    told = {"compare"} if reading.is_split or set_against(reading, question) else set()
    places = {
        place for name in set(telling) - told if name in reading.ideas for place in reading.ideas[name]
    } - explained
    return [reading.words[place] for place in sorted(places) if reading.words[place] not in reading.grouped]


def dropped(reading: Reading, question: Question) -> tuple[str, ...]:
    """Operators of a reading ("never", "share", "per") that a question makes nothing of.

    What only speaks for a question explains no operator: "average" beside discounts does not make them an average.
    """
    named = {name for item in question.when for name in item}
    explained = {place for name in named if name in reading.ideas for place in reading.ideas[name]}
    return tuple(
        word
        for place, word in enumerate(reading.words)
        if word in _OPERATORS and place not in explained and not (reading.by and word in _GROUPS)
    )


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
