"""What a conversation has come to: each message read in the light of those before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from motabot.agent.models.base import Message
from motabot.offline.staff.command import Command
from motabot.offline.staff.commands import Order, Orders
from motabot.offline.staff.frames import reader as figures
from motabot.offline.staff.frames.followups import follow
from motabot.offline.staff.frames.frame import Frame
from motabot.offline.staff.match import choose, rate, unplaced
from motabot.offline.staff.parse import Reader, Reading
from motabot.offline.staff.questions import Book, Question
from motabot.text.language import Language
from motabot.text.normalize import plain

_GO_ON = re.compile(
    r"^(?:drop|remove|exclude|take out|leave out"
    r"|and|what about|how about|now|only|just|same|also|but|ok|then|instead|y|solo|solamente|ahora|que tal"
    r"|tambien|pero"
    r"|make (?:it|that)|show (?:it|that|me that)|break (?:it|that)|split (?:it|that)|for|in|by|per|without)\b"
)
_CSV = re.compile(r"\b(?:csv|excel|spreadsheet|download|xlsx?|descargar?)\b")
_CHART = re.compile(r"\b(?:chart|graph|plot|diagram|visuali[sz]e|grafica|grafico)\b")
_YES = re.compile(
    r"^(?:yes|yep|yeah|do it|approve|approved|confirm|go ahead|si|dale|hazlo|aprobar|apruebo|ok do it"
    r"|yes please)( it| that)?( please)?$"
)
_NO = re.compile(
    r"^(?:no|nope|never ?mind|cancel|forget it|stop|dont|olvidalo|cancela|cancelar|nada)( it| that)?( please"
    r"| thanks)?$"
)
_THANKS = re.compile(
    r"^(?:thanks?|thank you|thx|ty|gracias|great|perfect|cool|awesome|nice)( you| so much| a lot)?$"
)
_HELLO = re.compile(
    r"^(?:hi|hello|hey|hola|good (?:morning|afternoon|evening)|buenos dias|buenas)( there| motabot)?$"
)
#: A follow-up changes the question itself only where another one explains so much more.
_CHANGES = 1.0
_IT = re.compile(r"\b(?:it|that|this|again|eso|esto|otra vez)\b")
_THAT = re.compile(r"\b(?:that|it|those|eso|esto)\b")
_BACK = re.compile(r"\b(?:how|does|do|did|is|was|compare|split|break|show|group) (?:that|it|this|those|them)\b")
_AGAINST = re.compile(r"^(?:compare(?:d|s)?|vs|versus|against|comparad[oa]s?|contra|frente a)\b")
#: What speaks of the last answer; "that" and "those" that open a clause do not.
_POINTS = re.compile(
    r"\b(?:he|she|him|her|it|its|them|these|they|their|theirs|ella|ellos|ellas|eso|esa|esos|esas)\b"
    r"|\b(?:that|those)$"
    r"|\b(?:of|among|from|for|about|is|are|does|did|was|were) (?:that|those)\b"
    r"|^(?:and )?(?:the )?same\b|^(?:and )?(?:which|how many) (?:is|are|were|was|of|ones?)\b|^(?:lo )?mismo\b"
)
#: "Customers and their first visit" speaks of its own.
_OWN = re.compile(
    r"\b(?:customers?|people|shoppers?|members?|buyers?|vips?|clientes|patients?|products?|brands?)\b"
    r".*\b(?:they|their|its)\b"
)
#: An order to a supplier, which is no question.
_SUPPLY = re.compile(r"^(?:please )?(?:order|reorder|restock|buy) (?:more|some|us|another)\b")
#: One person who was spoken of.
_SHE = re.compile(r"\b(?:he|she|him|her|his|hers|ella)\b")
#: Most words of a follow-up that only edits what was asked.
_SHORT = 12
_CANDIDATE = re.compile(r"(\d+)\) (.+?) \(([^()]+)\)(?=[;.])")
_ORDINALS = (
    "first|1st|primer\\w*",
    "second|2nd|segund\\w*",
    "third|3rd|tercer\\w*",
    "fourth|4th|cuart\\w*",
    "fifth|5th|quint\\w*",
)


@dataclass(frozen=True)
class State:
    """Where a conversation stands after a message.

    Attributes:
        kind: "question", "figures", "order", or the name of a sentence where that is all there is to say.
        reading: The message, with what held from before.
        question: What was asked last; None: nothing that the book has.
        frame: What was asked last, where it was a question of figures.
        unclear: Words that nothing explains, where that is why there is no answer.
        order: What is to be proposed.
        note: A sentence's name to add to the answer.
    """

    kind: str = "cannot"
    reading: Reading | None = None
    question: Question | None = None
    order: Order | None = None
    note: str = ""
    frame: Frame | None = None
    unclear: tuple[str, ...] = ()


class Talk:
    """Reads a conversation, message by message."""

    def __init__(self, book: Book, reader: Reader, commands: Sequence[Command]) -> None:
        self._book = book
        self._reader = reader
        self._orders = Orders(book, reader, commands)

    def follow(self, messages: Iterable[Message], today: date, values: Sequence[str]) -> State:
        """What the last of the messages wants.

        Args:
            messages: What people and the model said, oldest first.
            today: The day in the shop's zone.
            values: What handles stand for.
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
        if before.order and said.rstrip().endswith((".", "?")) and (chosen := _chosen(message, words, said)):
            return replace(before, kind="order", order=replace(before.order, who=chosen))
        if before.question and (chosen := _chosen(message, words, said)) and before.reading:
            return replace(
                before, kind="question", reading=replace(before.reading, who=(chosen,), name=""), note=""
            )
        for name, pattern in (("thanks", _THANKS), ("hello", _HELLO)):
            if pattern.search(words):
                return replace(before, kind=name, reading=reading)
        if before.order and _YES.search(words):
            return replace(before, kind="approve", reading=reading)
        if before.order and _NO.search(words):
            return State("dropped", reading)
        order = self._orders.read(message, today, values)
        if order is not None and not (before.question and _CSV.search(words)):
            return State("order", reading, before.question, self._whom(order, reading, before))
        if before.kind == "order" and before.order and before.order.missing:
            completed = self._orders.complete(before.order, message, today, values)
            if completed is not None:
                return replace(before, order=completed)
        return self._figures(before, words, reading, today) or self._question(before, words, reading, today)

    def _figures(self, before: State, words: str, reading: Reading, today: date) -> State | None:
        """A question of figures, or a follow-up to one; None where it is neither."""
        if before.frame is not None:
            if _CSV.search(words):
                return replace(before, kind="figures", note="csv")
            goes_on = bool(_goes_back(words) or _points(words))
            if len(words.split()) <= _SHORT and (
                goes_on or figures.read(words, today, self._reader.shop).frame is None
            ):
                edited = follow(words, before.frame, today, self._reader.shop)
                if edited is not None:
                    return State("figures", replace(reading, language=_language(before, reading)), frame=edited)
        if before.frame is not None and (lost := self._unplaced(before, words, reading, today)):
            return State("unclear", reading, frame=before.frame, unclear=lost)
        if (reading.who and not all(each.startswith("[h") for each in reading.who)) or _SHE.search(words):
            return None
        if _SUPPLY.search(words):
            return None
        asked = figures.read(words, today, self._reader.shop)
        return State("figures", reading, frame=asked.frame) if asked.frame is not None else None

    def _unplaced(self, before: State, words: str, reading: Reading, today: date) -> tuple[str, ...]:
        """Words of a follow-up that could not be placed on the last frame, so that its filters would be lost."""
        if len(words.split()) > _SHORT or reading.who or before.frame is None or _SUPPLY.search(words):
            return ()
        spoken = before.frame.who or (before.reading and before.reading.who)
        pointing = _points(words)
        if pointing and not (spoken and _SHE.search(words)):
            return (pointing,)
        stands_alone = figures.read(words, today, self._reader.shop).frame is not None
        if stands_alone or "help" in reading.ideas or _CHART.search(words):
            return ()
        is_rest = bool(reading.slots - {"name"}) and not reading.has_idea
        return (words,) if is_rest or (_goes_back(words) and len(words.split()) <= 6) else ()

    def _question(self, before: State, words: str, reading: Reading, today: date) -> State:
        if before.question and before.reading:
            if _CSV.search(words):
                return replace(before, kind="question", note="csv")
            if _CHART.search(words) and not reading.has_idea:
                by = () if before.reading.by else ("day",)
                asked = replace(before.reading, by=reading.by or before.reading.by or by)
                return replace(before, kind="question", reading=asked, note="")
        if "help" in reading.ideas and len(words.split()) <= 8 and not reading.slots:
            return State("help", reading)
        if self._reader.points_back(reading):
            reading = self._about(reading, before)
        refused = before.reading is not None and before.kind in ("unclear", "cannot")
        if refused and "default" in reading.slots and len(words.split()) <= 4:
            return State("unclear", reading, frame=before.frame, unclear=(words,))  # it goes on from no answer
        question, score = choose(reading, self._book.questions)
        if before.question and before.reading and self._goes_on(words, reading, question, score):
            merged, question = self._continued(reading, before.reading, before.question)
            lost = unplaced(reading, question, self._book, merged)
            return State("unclear", reading, unclear=lost) if lost else State("question", merged, question)
        if question is None or _is_off(reading, question):
            lost = figures.read(words, today, self._reader.shop).unclear
            return State("unclear" if lost else "cannot", reading, frame=before.frame, unclear=lost)
        lost = unplaced(reading, question, self._book) or self._unused(words, reading, question, today)
        return (
            State("unclear", reading, frame=before.frame, unclear=lost)
            if lost
            else State("question", reading, question)
        )

    def _continued(self, reading: Reading, before: Reading, question: Question) -> tuple[Reading, Question]:
        """A follow-up with what held from before, and the question that it makes of it."""
        if reading.only_compares:
            merged = reading.compared(before)
            return merged, choose(merged, self._book.questions)[0] or question
        merged = reading.following(before)
        if reading.has_idea and (again := choose(merged, self._book.questions)[0]):
            return merged, again
        ideas = replace(merged, ideas={**before.ideas, **reading.ideas}, weight=before.weight)
        better, much = choose(ideas, self._book.questions)
        still = rate(ideas, question)
        stays = better is None or (still is not None and much < still + _CHANGES)
        return ideas, question if stays or better is None else better

    def _unused(self, words: str, reading: Reading, question: Question, today: date) -> tuple[str, ...]:
        """Operators of a question of figures that the book's question does not use either."""
        asked = figures.read(words, today, self._reader.shop)
        if not asked.operators:
            return ()
        named = {name for item in question.when for name in item}
        explained = {
            reading.words[place] for name in named if name in reading.ideas for place in reading.ideas[name]
        }
        known = explained | set(reading.grouped)
        lost = tuple(word for word in asked.operators if not set(word.split()) & known)
        return (asked.unclear or lost) if lost else ()

    def _goes_on(self, words: str, reading: Reading, question: Question | None, score: float) -> bool:
        narrows = bool(reading.slots - {"name"})
        if not reading.has_idea and narrows:
            return question is None or score < 3 or bool(_GO_ON.search(words))
        goes_on, long = bool(_GO_ON.search(words)), len(words.split())
        if reading.only_compares and long <= 12:
            is_rest = len(reading.spans) < 2 and _AGAINST.search(words)
            if goes_on or is_rest or _THAT.search(words):
                return True
        is_turned = bool({"top", "worst"} & reading.ideas.keys()) and not reading.name  # "and the worst?"
        return goes_on and long <= 6 and (narrows or is_turned or question is not None)

    def _whom(self, order: Order, reading: Reading, before: State) -> Order:
        """An order with whom it is about, where "her" or "that" says so."""
        if order.who and not re.fullmatch(
            r"(?:he|she|him|her|them|it|that|this|el|ella|eso|esa)", plain(order.who)
        ):
            return order
        is_copy = before.order is not None and before.order.action == "duplicate_customer"
        if order.action == "undo_duplicate" and before.order and is_copy:
            return replace(order, who=str(before.order.values.get("name", "")))
        is_back = bool(order.who) or self._reader.points_back(reading) or bool(_IT.search(reading.text))
        known = before.order.who if before.order else next(iter(before.reading.who), "") if before.reading else ""
        known = known or (before.reading.name if before.reading and not before.order else "")
        return replace(order, who=known if is_back else "")

    @staticmethod
    def _about(reading: Reading, before: State) -> Reading:
        if before.reading and before.reading.who:
            return replace(reading, who=before.reading.who, name="")
        if before.order and before.order.who:
            return replace(reading, who=(before.order.who,), name="")
        if before.reading and before.reading.name and not reading.name:
            return replace(reading, name=before.reading.name)
        return reading


def _goes_back(words: str) -> bool:
    """Whether a message begins like a follow-up."""
    return any(pattern.search(words) for pattern in (_GO_ON, _AGAINST, _BACK))


def _points(words: str) -> str:
    """The word that speaks of the last answer, or ""."""
    found = None if _OWN.search(words) else _POINTS.search(words)
    return found[0] if found else ""


def _language(before: State, reading: Reading) -> Language:
    """The language of a follow-up: its own where it has one, else that of before."""
    return before.reading.language if before.reading and len(reading.text.split()) < 3 else reading.language


def _chosen(message: str, words: str, said: str) -> str:
    """The candidate of the model's list that a message picks, by its member id."""
    listed = _CANDIDATE.findall(said)
    if not listed or "?" not in said:
        return ""
    number = re.fullmatch(r"(?:the |number |no |#|el |la |numero )?\s*(\d{1,2})(?:st|nd|rd|th)?(?: one)?", words)
    if number and int(number[1]) <= len(listed):
        return str(listed[int(number[1]) - 1][2])
    for n, ordinal in enumerate(_ORDINALS[: len(listed)]):
        if re.fullmatch(rf"(?:the |el |la )?(?:{ordinal})(?: one)?(?: please)?", words):
            return str(listed[n][2])
    for _n, name, member in listed:
        if message.strip().strip(".") in (name, member):
            return str(member)
    return ""


def _is_off(reading: Reading, question: Question) -> bool:
    """Whether most of the words are unknown, so that the question is likely another one."""
    unknown = len(reading.name.split())
    wants_name = any(":name" in item for item in question.when)
    return not wants_name and unknown > 1
