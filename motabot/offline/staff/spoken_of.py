"""Whom a conversation is about: the customer that "she" or "they" refers to."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff import phrases
from motabot.offline.staff.facts import AskedFacts
from motabot.offline.staff.reading import Reading
from motabot.offline.staff.state import ANSWERED, State

#: Facts that the question about the last visit does not tell.
_NOT_OF_VISITS = frozenset(("last_ticket", "usual_store", "usual_person", "last_text"))
#: The most words of a message that names nobody and still is about the customer of the last answer.
_SHORT = 6


def spoken_of(before: State) -> str:
    """The customer the earlier messages were about."""
    if before.order:
        return before.order.who
    if before.reading is None:
        return ""
    return next(iter(before.reading.who), "") or before.reading.name


def with_person(before: State, member: str) -> State | None:
    """The last question, about one of the several customers that its answer offered; None if it was about none.

    Args:
        before: Where the conversation stands.
        member: The member id that was picked.
    """
    frame = before.frame if before.frame and before.frame.who else None
    if before.reading is None or not (before.question or before.facts or frame):
        return None
    asked = replace(before.reading, who=(member,), name="")
    kind = before.kind if before.kind in ANSWERED else "question"
    return replace(
        before, kind=kind, reading=asked, frame=replace(frame, who=member) if frame else before.frame, note=""
    )


def still_about(before: State, reading: Reading) -> Reading | None:
    """A short message as one about the customer that the last answer was about: "last visit", "and last year".

    Args:
        before: Where the conversation stood.
        reading: The message.

    Returns:
        None if it names somebody, or if the last answer was about nobody.
    """
    was_told = before.kind == "facts" or bool(before.frame and before.frame.who)
    was_told = was_told or (before.question is not None and before.question.needs("who", "name"))
    told = before.reading is not None and bool(before.reading.who or before.reading.name)
    if reading.who or reading.name or len(reading.text.split()) > _SHORT or not (was_told and told):
        return None
    return about(reading, before)


def about(reading: Reading, before: State) -> Reading:
    """Replace "she" or "they" in a reading with the customer it refers to."""
    if before.reading and before.reading.who:
        return replace(reading, who=before.reading.who, name="")
    if before.order and before.order.who:
        return replace(reading, who=(before.order.who,), name="")
    if before.reading and before.reading.name and not reading.name:
        return replace(reading, name=before.reading.name)
    return reading


def answers(state: State, reading: Reading, words: str, asked: AskedFacts) -> bool:
    """Whether a state answers what is asked of one customer, and better than a customer's whole page."""
    if state.kind == "figures":
        is_of_one = state.frame is not None and state.frame.measures[:1] != ("count customer",)
        return is_of_one and not phrases.SHE.search(words)
    question = state.question
    if state.kind != "question" or question is None or question.name == "customer":
        return False
    is_told = question.name != "last_visit" or not {*asked.names} & _NOT_OF_VISITS
    return is_told and (question.takes_span or not reading.spans)
