"""The offline model for staff: it answers the book's questions and proposes actions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz

from motabot.agent.models.base import Message, Model, ModelAnswer, ModelRequest, ToolCall
from motabot.boundary import Cell, JsonMapping, JsonObject
from motabot.offline.staff.answers import listed, say, tell, tell_change, tell_cut
from motabot.offline.staff.command import Command
from motabot.offline.staff.commands import Order, is_phone
from motabot.offline.staff.compile import Filled, fill
from motabot.offline.staff.dialogue import State, Talk
from motabot.offline.staff.frames.frame import Frame
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.sql import Compiler
from motabot.offline.staff.frames.title import Titles
from motabot.offline.staff.match import choose, unplaced
from motabot.offline.staff.parse import Reader, Reading
from motabot.offline.staff.questions import Book, Question

_NEAREST = 4
_TOKEN = re.compile(r"\[[a-z]+\d+\]")


@dataclass(frozen=True)
class _Person:
    """The one customer who is meant, as tools take them; or what to say where nobody is."""

    member: str = ""
    phone: str = ""
    name: str = ""
    problem: str = ""


class OfflineStaffModel:
    """Reads the conversation anew for each answer; it keeps nothing but the shop's words."""

    name = "offline"

    def __init__(self, commands: Sequence[Command], own_questions: Sequence[Path] = ()) -> None:
        """
        Args:
            commands: The words that order each action.
            own_questions: Folders of a shop's own questions.
        """
        self._book = Book(own_questions)
        self._commands = commands
        self._words: JsonMapping = {}
        self._reader = Reader(self._book, {})

    def for_chat(self, words: JsonMapping, placeholders: Mapping[str, str], today: date, zone: str) -> Model:
        """The model that answers in one conversation.

        Args:
            words: The shop's own words by column.
            placeholders: What each placeholder of the conversation stands for, in their order. More come with
                each result.
            today: The shop's day.
            zone: The name of the shop's zone.
        """
        if words is not self._words:
            self._words, self._reader = words, Reader(self._book, words)
        return _Chat(self._book, Talk(self._book, self._reader, self._commands), placeholders, today, zone)


@dataclass(frozen=True)
class _Chat:
    book: Book
    talk: Talk
    placeholders: Mapping[str, str]
    today: date
    zone: str
    name: str = OfflineStaffModel.name

    def answer(self, request: ModelRequest) -> ModelAnswer:
        # inside, the first placeholder of all is [h1], whatever kind it is of
        numbers = {token: f"[h{number}]" for number, token in enumerate(self.placeholders, 1)}
        tokens = {number: token for token, number in numbers.items()}
        said = [
            replace(message, content=_translated(message.content, numbers))
            for message in request.messages
            if message.role != "system"
        ]
        values = list(self.placeholders.values())
        state = self.talk.follow(said, self.today, values)
        answer = _Turn(self.book, state, self.today, self.zone, values, _results(said)).answer()
        calls = tuple(replace(call, arguments=_translated(call.arguments, tokens)) for call in answer.tool_calls)
        return replace(answer, text=_translated(answer.text, tokens), tool_calls=calls)


def _translated(words: str, tokens: Mapping[str, str]) -> str:
    """Words with other names for placeholders."""
    return _TOKEN.sub(lambda found: tokens.get(found[0], found[0]), words)


class _Turn:
    """One question or order on its way: what to call next, or what to say."""

    def __init__(
        self, book: Book, state: State, today: date, zone: str, values: Sequence[str], results: JsonMapping
    ) -> None:
        self._book = book
        self._state = state
        self._today = today
        self._zone = zone
        self._values = values
        self._results = results
        self._language = state.reading.language if state.reading else "en"

    def answer(self) -> ModelAnswer:
        state = self._state
        if state.kind == "order" and state.order:
            return self._order(state.order)
        if state.kind == "figures" and state.frame and state.reading:
            return self._figures(state.frame, state.reading)
        if state.kind == "unclear" and state.reading:
            return self._unclear(state.unclear, state.reading)
        if state.kind == "question" and state.question and state.reading:
            return self._lookup(state.question, state.reading)
        if state.kind == "help":
            return ModelAnswer(self._say("help", groups=self._groups()))
        if state.kind == "cannot":
            return ModelAnswer(self._cannot())
        return ModelAnswer(self._say(state.kind))

    def _lookup(self, question: Question, reading: Reading) -> ModelAnswer:
        statement = self._statement(reading)
        if statement:
            return ModelAnswer(self._say("instead", said=statement, asks=self._nearest(reading)))
        wants = any(":who" in item for item in question.when)
        who = self._asked_for(reading, wants=wants)
        person = _Person()
        if who and not (
            question.tool
            and "{who}" in str(question.arguments)
            and (question.name == "customer" or is_phone(who, self._values))
        ):
            call = ToolCall("who", "find_customers", json.dumps({"words": who}))
            if "who" not in self._results:
                return ModelAnswer("", (call,), "tool_calls")
            person = self._person(who)
            if person.problem:
                return self._unnamed(reading, who) or ModelAnswer(person.problem)
        filled = fill(self._book, question, reading, self._today, self._zone, person.member, person.name)
        unused = () if wants else filled.left_out  # what is asked of one customer shows all that is known
        if unknown := tuple(filter(None, (reading.unclear, *unused))):
            return self._unclear(unknown, reading)
        if "answer" not in self._results:
            name, arguments = self._call(question, reading, filled, person.phone or person.member or who)
            return ModelAnswer("", (ToolCall("answer", name, json.dumps(arguments)),), "tool_calls")
        told = [self._told(question, filled, self._results["answer"], who)]
        if filled.left_out:
            told.append(self._say("left_out", words=", ".join(f"“{words}”" for words in filled.left_out)))
        if self._state.note:
            told.append(self._say(self._state.note))
        return ModelAnswer(" ".join(told))

    def _unclear(self, unclear: Sequence[str], reading: Reading) -> ModelAnswer:
        """The refusal of a question some of whose words have no place in an answer."""
        asks = self._nearest(reading)
        if statement := self._statement(reading):
            return ModelAnswer(self._say("instead", said=statement, asks=asks))
        words = ", ".join(f"“{word}”" for word in unclear)
        return ModelAnswer(self._say("unclear", words=words, asks=asks))

    def _figures(self, frame: Frame, reading: Reading) -> ModelAnswer:
        """The answer to a question of figures."""
        person = _Person()
        if frame.who:
            if "who" not in self._results:
                return ModelAnswer(
                    "", (ToolCall("who", "find_customers", json.dumps({"words": frame.who})),), "tool_calls"
                )
            person = self._person(frame.who)
            if person.problem:
                return ModelAnswer(person.problem)
        compiled = Compiler(frame, lexicon(), self._today, self._zone, person.member).compile()
        titles = Titles(frame, lexicon(), self._today, reading.language, person.name)
        title = titles.title()
        if "answer" not in self._results:
            arguments = {"query": compiled.sql, "title": title}
            return ModelAnswer("", (ToolCall("answer", "run_query", json.dumps(arguments)),), "tool_calls")
        result = self._results["answer"]
        if "error" in result:
            return ModelAnswer(self._say("failed", error=result["error"]))
        by = tuple(self._book.groupings[name] for name in frame.by if name in self._book.groupings)
        filled = Filled(compiled.sql, title, by, compiled.rank, (), frame.ranked or frame.share is not None)
        words = tell_change(title, result, self._language) if compiled.periods else ""
        told = [
            words or tell(filled, result, self._language),
            tell_cut(filled, result, frame.limit, self._language),
        ]
        told.append(titles.basis(compiled))
        told += [self._say(self._state.note)] if self._state.note else []
        return ModelAnswer(" ".join(filter(None, told)))

    def _unnamed(self, reading: Reading, who: str) -> ModelAnswer | None:
        """The answer to a question after several customers, whose unknown word nobody is called by; else None."""
        is_word = not reading.who and who == reading.name and {"customers", "top"} & reading.ideas.keys()
        if not is_word or not reading.has_idea or self._results["who"].get("rows") != []:
            return None
        return self._unclear((reading.name,), reading)

    def _call(self, question: Question, reading: Reading, filled: Filled, who: str) -> tuple[str, JsonObject]:
        if not question.tool:
            return "run_query", {"query": filled.sql, "title": filled.title}
        goods = next((each.values[0] if len(each.values) == 1 else each.words for each in reading.found
                      if each.kind in ("named", "brand", "sku")), "")  # fmt: skip
        span = reading.spans[0] if reading.spans else None
        days = (self._today - span.first).days + 1 if span and span.first else None
        slots = {"who": who, "goods": goods, "days": days, "limit": reading.limit, "name": reading.name}
        return question.tool, {key: slots[value.strip("{}")] for key, value in question.arguments.items()}

    def _told(self, question: Question, filled: Filled, result: JsonMapping, who: str) -> str:
        if "error" in result:
            return self._say("failed", error=result["error"])
        if question.tool == "describe_tables":
            names = ", ".join(f"{name} ({len(columns)} columns)" for name, columns in result["tables"].items())
            return f"{filled.title}: {names}."
        if question.tool:
            if result.get("note"):
                return self._which(who, result)
            title = filled.title if who in filled.title else f"{filled.title} {who}".strip()
            return self._say("nothing" if result.get("row_count") == 0 else "below", title=title)
        asked = self._state.reading.limit if self._state.reading else None
        cut = tell_cut(filled, result, asked, self._language)
        return " ".join(filter(None, (tell(filled, result, self._language), cut)))

    def _order(self, order: Order) -> ModelAnswer:
        missing = order.missing
        if missing == "audience" and order.audience and order.audience.name:
            return ModelAnswer(self._say("unknown_audience", words=f"“{order.audience.name}”"))
        if missing:
            name = "source" if (order.action, missing) == ("duplicate_customer", "who") else missing
            return ModelAnswer(self._say(f"ask_{name}"))
        if order.action == "text_segment":
            return self._segment(order)
        person = _Person(phone=order.who if is_phone(order.who, self._values) else "")
        needs_member = order.command.about == "member" and order.who
        if order.who and (needs_member or not person.phone):
            if "who" not in self._results:
                call = ToolCall("who", "find_customers", json.dumps({"words": order.who}))
                return ModelAnswer("", (call,), "tool_calls")
            person = self._person(order.who)
            if person.problem:
                return ModelAnswer(person.problem)
            if order.command.about == "phone" and not person.phone:
                return ModelAnswer(self._say("no_phone", who=order.who))
        arguments = {"who": (person.member if order.command.about == "member" else person.phone) or None}
        arguments |= {name: order.values.get(name) for name in order.command.takes}
        return self._propose(replace(order, who=person.name or order.who), arguments)

    def _segment(self, order: Order) -> ModelAnswer:
        assert order.audience is not None
        question, _score = choose(order.audience, self._book.questions)
        if question is None:
            return ModelAnswer(self._say("ask_audience"))
        filled = fill(self._book, question, order.audience, self._today, self._zone)
        left_out = [
            *filled.left_out,
            *unplaced(order.audience, question, self._book),
            *filter(None, [order.audience.unclear]),
        ]
        if left_out:  # without that filter, people would be texted who are not meant
            return ModelAnswer(self._say("unknown_audience", words=", ".join(left_out)))
        arguments = {"query": filled.sql, "template": str(order.values["text"])}
        shown = replace(order, values={**order.values, "audience": filled.title})
        return self._propose(shown, arguments)

    def _propose(self, order: Order, arguments: JsonMapping) -> ModelAnswer:
        if "proposal" not in self._results:
            return ModelAnswer("", (ToolCall("proposal", order.action, json.dumps(arguments)),), "tool_calls")
        result = self._results["proposal"]
        if "error" in result:
            return ModelAnswer(self._say("refused"))
        change = ", ".join(f"{value:.0%}" if name == "probability" else str(value).replace("_", " ")
                           for name, value in order.values.items() if value is not None)  # fmt: skip
        of = f" {'de' if self._language == 'es' else 'of'} {order.who}" if order.who else ""
        values = {"who": order.who, "of": of, "change": change, **order.values}
        what = order.command.proposal[self._language == "es"].format_map(
            {"name": "", "phone": "", "text": "", "audience": "", **values}
        )
        return ModelAnswer(self._say("proposed", what=what + _counts(result.get("preview", {}), self._language)))

    def _asked_for(self, reading: Reading, *, wants: bool) -> str:
        if reading.who:
            return reading.who[0]
        if not wants:
            return ""
        staff = next((each.words for each in reading.found if each.kind == "staff"), "")
        return reading.name or staff

    def _person(self, who: str) -> _Person:
        """The customer whom find_customers found."""
        result = self._results["who"]
        if "error" in result:
            return _Person(problem=self._say("failed", error=result["error"]))
        columns, rows = result["columns"], result["rows"]
        if len(rows) != 1 or result.get("note"):
            return _Person(problem=self._which(who, result))
        row = dict(zip(columns, rows[0], strict=True))
        return _Person(str(row["member_id"]), str(row["phone"] or ""), str(row["name"] or who))

    def _which(self, who: str, result: JsonMapping) -> str:
        rows = result.get("rows") or []
        if not rows:
            return self._say("nobody", who=who)
        is_alike = "alike" in str(result.get("note", ""))
        return self._say("alike" if is_alike else "several", who=who, listed=listed(result["columns"], rows))

    def _cannot(self) -> str:
        reading = self._state.reading
        if reading is None:
            return self._say("hello")
        statement = self._statement(reading)
        asks = self._nearest(reading)
        return self._say("instead", said=statement, asks=asks) if statement else self._say("cannot", asks=asks)

    def _statement(self, reading: Reading) -> str:
        """What the book says of things that the data does not hold."""
        named = {each.words for each in reading.found}
        for words, en, es in self._book.cannot:
            found = words.search(reading.text)
            if found and found[0] not in named:
                return str(es if self._language == "es" else en)
        return ""

    def _nearest(self, reading: Reading) -> str:
        def likeness(question: Question) -> float:
            shared = sum(
                any(name in reading.ideas or name[1:] in reading.slots for name in item) for item in question.when
            )
            return 40 * shared / len(question.when) + fuzz.token_set_ratio(reading.text, question.ask.lower()) / 2

        nearest = sorted(self._book.questions, key=likeness, reverse=True)[:_NEAREST]
        if not reading.weight and not reading.slots - {"name"}:  # nothing was understood: one of each group
            nearest = list({each.group: each for each in reversed(self._book.questions)}.values())[:_NEAREST]
        return "; ".join(each.es if self._language == "es" else each.ask for each in nearest).replace("?", "")

    def _groups(self) -> str:
        groups: dict[str, list[str]] = {}
        for question in self._book.questions:
            groups.setdefault(question.group, []).append(question.es if self._language == "es" else question.ask)
        return "\n".join(f"{name}: {'; '.join(asks)}" for name, asks in groups.items())

    def _say(self, name: str, **values: object) -> str:
        return say(name, self._language, **values)


def _counts(preview: JsonMapping, language: str) -> str:
    """The counts of a preview that say most."""
    if "recipients" in preview:
        left_out = preview.get("left_out") or {}
        out = ", ".join(f"{many} {reason}" for reason, many in left_out.items())
        recipients = "destinatarios" if language == "es" else "recipients"
        return f"; {preview['recipients']} {recipients}" + (f" ({out})" if out else "")
    tables = preview.get("tables")
    if isinstance(tables, Mapping):
        rows = ", ".join(f"{_changed(many)} {table}" for table, many in tables.items() if _changed(many))
        return f"; {rows}" if rows else ""
    return ""


def _changed(many: Cell) -> int:
    """Rows that would change in one table."""
    if isinstance(many, Mapping):
        return sum(int(many.get(name) or 0) for name in ("inserted", "updated", "deleted"))
    return int(many)


def _results(messages: Sequence[Message]) -> JsonObject:
    """What this turn's tools gave, by the id of the call."""
    results: JsonObject = {}
    for message in messages:
        if message.role == "user":
            results = {}
        elif message.role == "tool":
            results[str(message.tool_call_id)] = json.loads(message.content)
    return results
