"""Reads a conversation message by message, each in the context of the ones before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from motabot.agent.models.base import Message
from motabot.offline.staff import facts, phrases
from motabot.offline.staff.command import Command
from motabot.offline.staff.frames import reader as figures
from motabot.offline.staff.frames.context import along, is_about_people, is_figure, people_of, resolved, within
from motabot.offline.staff.frames.followups import follow
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.parts import has_several, read_parts
from motabot.offline.staff.idle import read_bare, without_reason
from motabot.offline.staff.match import choose, continues, is_off, unplaced
from motabot.offline.staff.order import Order
from motabot.offline.staff.orders import Orders
from motabot.offline.staff.questions import Book
from motabot.offline.staff.reader import Reader
from motabot.offline.staff.reading import Reading
from motabot.offline.staff.remarks import planned, set_aside
from motabot.offline.staff.spoken_of import about, answers, spoken_of, still_about, with_person
from motabot.offline.staff.state import ANSWERED, State
from motabot.offline.staff.suggestions import missing
from motabot.text.language import Language
from motabot.text.normalize import plain
from motabot.text.regex import regex

#: The most words of a follow-up that only edits the last question.
_SHORT = 12
#: Words for several customers: they rule out the page of a single one.
_MANY = regex(r"\b(?:customers|people|members|shoppers|clients|vips|regulars|buyers|everyone|clientes|gente)\b")
#: Figures that a single customer has.
_OF_ONE = frozenset(("points", "lifetime_value", "visits"))
_SPENDS = regex(r"\b(?:spend|spent|spends|spending|gast\w+)\b")
#: Patterns around a customer's name.
_WHOSE = r"\b(?:of|does|has|did|for|de|tiene|ha)\s+{0}\b|\b{0}s?\s+(?:has|have|points|spent|tiene)\b"
_COUNTS = regex(r"^(?:how many|number of|cuant[oa]s)\b")
_HIM = regex(r"(?:he|she|him|her|them|it|that|this|el|ella|eso|esa)")


class StaffTalk:
    """Reads a conversation, message by message."""

    def __init__(self, book: Book, reader: Reader, commands: Sequence[Command]) -> None:
        self._book = book
        self._reader = reader
        self._orders = Orders(reader, commands)

    def follow(self, messages: Iterable[Message], today: date, values: Sequence[str]) -> State:
        """Work out what the last message asks for.

        Args:
            messages: What people and the model said, oldest first.
            today: The day in the shop's zone.
            values: What placeholders stand for.
        """
        state, said = State(), ""
        for message in messages:
            if message.role == "user":
                state = self._next(state, message.content, said, today, values)
            elif message.role == "assistant" and message.content:
                said = message.content
        return state

    def _next(self, before: State, message: str, said: str, today: date, values: Sequence[str]) -> State:
        words = self._reader.spell(message)
        reading = self._reader.read(message, today)
        if picked := phrases.chosen(message, words, said, values):
            if before.order and said.rstrip().endswith((".", "?")):
                return replace(before, kind="order", order=replace(before.order, who=picked))
            if chosen := with_person(before, picked):
                return chosen
        for name, pattern in (("thanks", phrases.THANKS), ("hello", phrases.HELLO)):
            if pattern.search(words):
                return replace(before, kind=name, reading=reading)
        if before.order and phrases.YES.search(words):
            return replace(before, kind="approve", reading=reading)
        if before.order and phrases.NO.search(words):
            return State("dropped", reading)
        bare, aside = set_aside(message, lambda clause: self._reader.pieces(clause, today))
        order = self._orders.read(message, today, values)
        plan, asks = planned(message)
        if order is not None and order.missing and plan and self._asked(before, asks, today).kind in ANSWERED:
            order, bare, aside = None, asks, (plan,)
        if order is not None and not (before.question and phrases.CSV.search(words)):
            return State("order", reading, before.question, self._whom(order, reading, before), frame=before.frame)
        if before.kind == "order" and before.order and before.order.missing:
            completed = self._orders.complete(before.order, message, today, values)
            if completed is not None:
                return replace(before, order=completed)
        state = self._asked(before, bare, today)
        if state.kind in ("unclear", "cannot") and not (state.reading and missing(self._book, state.reading)):
            state = (
                read_bare(
                    bare,
                    lambda clause: self._reader.pieces(clause, today),
                    lambda plainer: self._asked(before, plainer, today),
                )
                or state
            )
        return replace(state, aside=(*aside, *state.aside))

    def _asked(self, before: State, message: str, today: date) -> State:
        """Read a question, or a follow-up to one."""
        words = self._reader.spell(message)
        reading = self._reader.read(message, today)
        if has_several(message, self._reader.spell) and (
            several := self._several(before, message, reading, today)
        ):
            return several
        of_book = before.kind == "question" and phrases.narrows(words) and len(words.split()) <= _SHORT
        if of_book:  # "only the VIPs", after those who are due back
            bare = phrases.ONLY.sub("and ", words)
            edited = self._question(before, bare, self._reader.read(bare, today), today)
            if edited.question == before.question:
                return edited
        figured = self._figures(before, words, reading, today)
        if figured is None or figured.kind == "unclear" or figured.earlier:
            figured = self._several(before, message, reading, today) or figured
        figured = figured or without_reason(words, reading, today, self._reader.shop)
        state = figured or self._question(before, words, reading, today)
        state = self._facts(before, state, words, reading, today) or state
        if state.kind in ("unclear", "cannot") and before.reading and before.reading.who and not reading.who:
            return replace(state, reading=about(reading, before))  # "she" is still who was spoken of
        return state

    def _several(self, before: State, message: str, reading: Reading, today: date) -> State | None:
        """Read a message that asks several things; None if it does not."""
        if phrases.SHE.search(reading.text):
            return None
        parts = read_parts(message, before.frame, today, self._reader.shop, self._reader.spell)
        if parts is None:
            return None
        *earlier, last = parts.frames
        return State("figures", reading, frame=last, earlier=tuple(earlier), left=parts.left)

    def _facts(self, before: State, state: State, words: str, reading: Reading, today: date) -> State | None:
        """Read what is asked about one customer, named in the message or the one before it.

        Returns None if it is no such thing, or if the state that the message has without it answers all of it.
        """
        is_of_one = state.kind == "figures" and state.frame is not None and bool(state.frame.who)
        still = None
        if self._reader.points_back(reading):
            reading = about(reading, before)
        elif not is_of_one and (facts.sums_up(words) or not phrases.IT.search(words)):
            still = still_about(before, reading)
        reading = still or reading
        if len(reading.who) > 1 or not (reading.who or reading.name):
            return None
        is_name = bool(reading.who) or " " in reading.name
        asked = facts.read(reading, today) if is_name else None
        if asked is None and still is not None:
            asked = facts.again(before.facts, before.reading, reading, today)
            looked_up = self._question(before, words, still, today)
            is_of_one = looked_up.question is not None and looked_up.question.needs("who", "name")
            if asked is None and looked_up.kind == "question" and is_of_one:
                return looked_up
        answered = (
            still is None and asked is not None and len(asked.names) == 1 and answers(state, reading, words, asked)
        )
        return None if asked is None or answered else State("facts", reading, facts=asked)

    def _figures(self, before: State, words: str, reading: Reading, today: date) -> State | None:
        """Read a question about figures or a follow-up to one; None if it is neither."""
        shop = self._reader.shop
        if lost := self._without_answer(before, words, reading):
            return State("unclear", reading, frame=before.frame, unclear=lost)
        if before.frame is not None:
            if phrases.CSV.search(words):
                return replace(before, kind="figures", note="csv")
            if phrases.CHART.search(words) and not reading.has_idea and not reading.slots:
                return replace(before, kind="figures", note="")
            told, words = words, resolved(words, before.frame)
            goes_on = bool(phrases.goes_back(words) or phrases.points(words) or phrases.limits(words))
            alone = figures.read(words, today, shop)
            goes_on = goes_on or phrases.swaps(alone.frame, before.frame, words)
            if alone.frame and is_figure(alone.frame, words) and not goes_on:
                goes_on = before.frame.measures != alone.frame.measures  # "units", after sales of flower
            edited = None
            if (before.kind == "figures" or alone.is_bare) and phrases.is_whole(
                alone.frame, before.frame, words, goes_on=goes_on
            ):
                edited = within(alone, before.frame, words, today, points=told != words)
            if edited is not None or (len(words.split()) <= _SHORT and (goes_on or alone.frame is None)):
                edited = edited or follow(words, before.frame, today, shop)
                if edited is not None:
                    beside = along(words, before.earlier, lambda each: follow(words, each, today, shop))
                    reading = replace(reading, language=_language(before, reading))
                    return State("figures", reading, frame=edited, earlier=beside)
            if edited := within(alone, before.frame, words, today) if phrases.goes_along(words) else None:
                return State("figures", reading, frame=edited)
            if is_about_people(alone.frame, words) and before.kind == "figures":
                counted = people_of(before.frame, today)
                kind, lost = ("figures", ()) if counted else ("unclear", (words,))
                return State(kind, reading, frame=counted or before.frame, unclear=lost)
            if lost := self._unplaced(before, words, reading, today):
                return State("unclear", reading, frame=before.frame, unclear=lost)
        if (reading.who and not all(each.startswith("[h") for each in reading.who)) or phrases.SHE.search(words):
            return None
        if phrases.SUPPLY.search(words):
            return None
        asked = figures.read(words, today, shop)
        pointing = phrases.points(words) if before.kind in ("facts", "question") else ""
        if asked.frame is not None and pointing:
            return State("unclear", reading, unclear=(pointing,))  # "how many is that", after a list of the book
        frame = asked.frame or self._of_named(words, reading, today)
        return State("figures", reading, frame=frame, earlier=asked.earlier) if frame is not None else None

    def _without_answer(self, before: State, words: str, reading: Reading) -> tuple[str, ...]:
        """The words of a message that continue a question which had no answer; empty if it does not."""
        if before.reading is None:
            return tuple(found[0] for found in phrases.OF_THOSE.finditer(words))
        of_order = before.kind == "order" and before.frame is None
        if not (of_order or before.kind in ("unclear", "cannot")):
            return ()
        if not of_order and phrases.only_continues(words):
            return (words,)
        spoken = phrases.SHE.search(words) and (before.reading.who or before.reading.name)
        pointing = "" if spoken or reading.who else phrases.points(words)
        return (pointing,) if pointing and (before.frame is None or phrases.lists(words)) else ()

    def _of_named(self, words: str, reading: Reading, today: date) -> FigureFrame | None:
        """Read a question about figures of a customer mentioned by name: "how many points does Ana have"."""
        name = re.escape(reading.name)
        if reading.who or not name or _MANY.search(words) or not re.search(_WHOSE.format(name), words):
            return None
        shop = self._reader.shop
        if set(figures.read(words, today, shop).unclear) != set(reading.name.split()):
            return None
        asked = figures.read_one(words.replace(reading.name, "hndl0"), today, shop)
        is_of_one = asked is not None and (set(asked.measures) <= _OF_ONE or _SPENDS.search(words))
        return replace(asked, who=reading.name) if asked is not None and is_of_one else None

    def _unplaced(self, before: State, words: str, reading: Reading, today: date) -> tuple[str, ...]:
        """The words of a follow-up that cannot be applied to the last frame without losing its filters."""
        if len(words.split()) > _SHORT or reading.who or before.frame is None or phrases.SUPPLY.search(words):
            return ()
        spoken = before.frame.who or (before.reading and before.reading.who)
        pointing = phrases.points(words)
        if pointing and not (spoken and phrases.SHE.search(words)):
            return (pointing,)
        stands_alone = figures.read(words, today, self._reader.shop).frame is not None
        if stands_alone and phrases.narrows(words):
            return (words,)
        if stands_alone or "help" in reading.ideas or phrases.CHART.search(words):
            return ()
        is_rest = bool(reading.slots - {"name"}) and not reading.has_idea
        return (words,) if is_rest or (phrases.goes_back(words) and len(words.split()) <= 6) else ()

    def _question(self, before: State, words: str, reading: Reading, today: date) -> State:
        """Choose a question from the book, or say why there is no answer."""
        if before.question and before.reading and phrases.CSV.search(words):
            return replace(before, kind="question", note="csv")
        if "help" in reading.ideas and len(words.split()) <= 8 and not reading.slots:
            return State("help", reading)
        if self._reader.points_back(reading):
            reading = about(reading, before)
        refused = before.reading is not None and before.kind in ("unclear", "cannot")
        if refused and reading.slots and not reading.has_idea and len(words.split()) <= 4:
            return State(
                "unclear", reading, frame=before.frame, unclear=(words,)
            )  # there is no answer to continue
        question, score = choose(reading, self._book.questions)
        asked = reading
        if before.question and before.reading and continues(words, reading, question, score):
            asked = reading.following(before.reading)
            question = (choose(asked, self._book.questions)[0] if reading.has_idea else None) or before.question
        unclear = figures.read(words, today, self._reader.shop).unclear
        by_name = question is not None and question.needs("name") and not asked.who
        counts = _COUNTS.search(words) and not re.search(_WHOSE.format(re.escape(reading.name)), words)
        is_of_many = by_name and (_MANY.search(words) or counts)
        if question is None or is_off(asked, question) or (is_of_many and unclear):
            return State("unclear" if unclear else "cannot", reading, frame=before.frame, unclear=unclear)
        lost = unplaced(reading, question, self._book)
        if lost:
            fewest = min(filter(None, (unclear, lost)), key=len)
            return State("unclear", reading, frame=before.frame, unclear=fewest)
        return State("question", asked, question)

    def _whom(self, order: Order, reading: Reading, before: State) -> Order:
        """Fill in who an order is about if it only says "her" or "that"."""
        if order.who and not _HIM.fullmatch(plain(order.who)):
            return order
        is_copy = before.order is not None and before.order.action == "duplicate_customer"
        if order.action == "undo_duplicate" and before.order and is_copy:
            return replace(order, who=str(before.order.values.get("name", "")))
        is_back = bool(order.who) or self._reader.points_back(reading) or bool(phrases.IT.search(reading.text))
        return replace(order, who=spoken_of(before) if is_back else "")


def _language(before: State, reading: Reading) -> Language:
    """The language of a follow-up: its own, or that of the question before it if it is very short."""
    return before.reading.language if before.reading and len(reading.text.split()) < 3 else reading.language
