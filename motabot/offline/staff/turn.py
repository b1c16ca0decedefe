"""Answers one message: decides which tool to call next, or what to say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from motabot.agent.models.base import ModelAnswer, ToolCall
from motabot.boundary import JsonMapping, JsonObject
from motabot.offline.staff import person as people
from motabot.offline.staff import suggestions
from motabot.offline.staff.answers import Asked, tell, tell_change, tell_cut, tell_facts
from motabot.offline.staff.facts import AskedFacts
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.sql import Compiler
from motabot.offline.staff.frames.title import Titles
from motabot.offline.staff.lookup import FilledQuestion, fill
from motabot.offline.staff.mentioned import is_phone
from motabot.offline.staff.person import Person
from motabot.offline.staff.proposals import Proposals
from motabot.offline.staff.questions import Book, Question
from motabot.offline.staff.reading import Reading
from motabot.offline.staff.sentences import own_words, say
from motabot.offline.staff.state import ANSWERED, State


class Turn:
    """The answer to the last message of a conversation."""

    def __init__(
        self, book: Book, state: State, today: date, zone: str, values: Sequence[str], results: JsonMapping
    ) -> None:
        """
        Args:
            book: The questions that are looked up.
            state: The state of the conversation.
            today: The shop's day.
            zone: The name of the shop's zone.
            values: What placeholders stand for.
            results: What this turn's tools gave, by the id of the call.
        """
        self._book = book
        self._state = state
        self._today = today
        self._zone = zone
        self._values = values
        self._results = results
        self._language = state.reading.language if state.reading else "en"

    def answer(self) -> ModelAnswer:
        """What to call next, or what to say."""
        answer, aside = self._answer(), self._state.aside
        if answer.tool_calls or not aside or self._state.kind not in ANSWERED:
            return answer
        said = self._say("aside", words=", ".join(f"“{remark}”" for remark in aside))
        return ModelAnswer(f"{answer.text} {said}")

    def _answer(self) -> ModelAnswer:
        """The same, without the remarks that were set aside."""
        state = self._state
        if state.kind == "order" and state.order:
            proposals = Proposals(self._today, self._zone, self._values, self._results, self._language)
            return proposals.answer(state.order)
        if state.kind == "figures" and state.frame and state.reading:
            return self._all_figures([*state.earlier, state.frame], state.reading)
        if state.kind == "unclear" and state.reading:
            return self._unclear(state.unclear, state.reading)
        if state.kind == "question" and state.question and state.reading:
            return self._lookup(state.question, state.reading)
        if state.kind == "facts" and state.facts and state.reading:
            return self._facts(state.facts, state.reading)
        if state.kind == "help":
            return ModelAnswer(self._say("help", groups=suggestions.groups(self._book, self._language)))
        if state.kind == "cannot":
            return self._cannot()
        return ModelAnswer(self._say(state.kind))

    def _lookup(self, question: Question, reading: Reading) -> ModelAnswer:
        """The answer to a question of the book."""
        if refusal := self._missing(reading):
            return refusal
        wants = question.needs("who")
        who = self._asked_for(reading, wants=wants)
        takes_words = question.tool and "{who}" in str(question.arguments)
        person = Person()
        if who and not (takes_words and (question.name == "customer" or is_phone(who, self._values))):
            if "who" not in self._results:
                return people.look_for(who)
            person = people.found(who, self._results["who"], self._language)
            if person.problem:
                return self._unnamed(reading, who) or ModelAnswer(person.problem)
        filled = fill(question, reading, self._today, self._zone, person.member, person.name)
        unused = () if wants else filled.left_out  # a question about one customer shows all known facts
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

    def _facts(self, asked: AskedFacts, reading: Reading) -> ModelAnswer:
        """The answer to what is asked of one customer, or of those of the same name."""
        who = self._asked_for(reading, wants=True)
        if "who" not in self._results:
            return people.look_for(who)
        members = people.namesakes(self._results["who"])
        if not members:
            return ModelAnswer(people.found(who, self._results["who"], self._language).problem)
        query = asked.query(members, self._today, self._zone)
        who = people.alike(self._results["who"]) or who
        title = f"{who} {asked.span.label(self._today, self._language)}" if asked.span else who
        if "answer" not in self._results:
            arguments = {"query": query, "title": title}
            return ModelAnswer("", (ToolCall("answer", "run_query", json.dumps(arguments)),), "tool_calls")
        result = self._results["answer"]
        if "error" in result:
            return ModelAnswer(self._say("failed", error=result["error"]))
        return ModelAnswer(tell_facts(title, result, self._language))

    def _all_figures(self, frames: Sequence[FigureFrame], reading: Reading) -> ModelAnswer:
        """The answers to all questions of figures in a message."""
        of_words = any(each.kind == "said" for frame in frames for each in frame.filters)
        if not of_words and (refusal := self._missing(reading)):
            return refusal
        answers = []
        for number, frame in enumerate(frames, 1):
            answer = self._figures(frame, reading, "answer" if number == 1 else f"answer{number}")
            if answer.tool_calls:
                return answer
            answers.append(answer.text)
        if self._state.left:
            answers.append(self._say("part_left", words=", ".join(f"“{part}”" for part in self._state.left)))
        return ModelAnswer(" ".join(answers))

    def _figures(self, frame: FigureFrame, reading: Reading, call: str) -> ModelAnswer:
        """The answer to one question of figures; its query is the tool call with this id."""
        person = Person()
        if frame.who:
            if "who" not in self._results:
                return people.look_for(frame.who)
            person = people.found(frame.who, self._results["who"], self._language)
            if person.problem:
                return ModelAnswer(person.problem)
        compiled = Compiler(frame, lexicon(), self._today, self._zone, person.member).compile()
        titles = Titles(frame, lexicon(), self._today, reading.language, person.name)
        title = titles.title()
        if call not in self._results:
            arguments = {"query": compiled.sql, "title": title}
            return ModelAnswer("", (ToolCall(call, "run_query", json.dumps(arguments)),), "tool_calls")
        result = self._results[call]
        if "error" in result:
            return ModelAnswer(self._say("failed", error=result["error"]))
        is_ranked = frame.ranked or frame.share is not None
        asked = Asked(title, compiled.sql, compiled.rank, frame.by, is_ranked=is_ranked)
        words = tell_change(title, result, self._language) if compiled.periods else ""
        parts = [
            words or tell(asked, result, self._language),
            tell_cut(asked, result, frame.limit, self._language),
            titles.basis(compiled),
            self._say(self._state.note) if self._state.note else "",
        ]
        return ModelAnswer(" ".join(filter(None, parts)))

    def _unclear(self, unclear: Sequence[str], reading: Reading) -> ModelAnswer:
        """Refuse a question because some of its words are not understood; only words that it has are quoted."""
        own = own_words(unclear, reading.text)
        words = ", ".join(f"“{word}”" for word in own)
        asks = suggestions.nearest(self._book, reading)
        said = self._say("unclear" if own else "unjoined", words=words, asks=asks)
        return self._missing(reading) or ModelAnswer(said)

    def _missing(self, reading: Reading) -> ModelAnswer | None:
        """Refuse a question that the data cannot answer; None if it may be able to."""
        statement = suggestions.missing(self._book, reading)
        if not statement:
            return None
        return ModelAnswer(self._say("instead", said=statement, asks=suggestions.nearest(self._book, reading)))

    def _cannot(self) -> ModelAnswer:
        reading = self._state.reading
        if reading is None:
            return ModelAnswer(self._say("hello"))
        asks = suggestions.nearest(self._book, reading)
        return self._missing(reading) or ModelAnswer(self._say("cannot", asks=asks))

    def _unnamed(self, reading: Reading, who: str) -> ModelAnswer | None:
        """The answer if an unknown word was taken for a name and no customer has it; else None."""
        is_word = not reading.who and who == reading.name and {"customers", "top"} & reading.ideas.keys()
        if not is_word or not reading.has_idea or self._results["who"].get("rows") != []:
            return None
        return self._unclear((reading.name,), reading)

    def _call(
        self, question: Question, reading: Reading, filled: FilledQuestion, who: str
    ) -> tuple[str, JsonObject]:
        if not question.tool:
            return "run_query", {"query": filled.sql, "title": filled.title}
        named = (each for each in reading.found if each.kind in ("named", "brand", "sku"))
        goods = next((each.values[0] if len(each.values) == 1 else each.words for each in named), "")
        span = reading.spans[0] if reading.spans else None
        days = (self._today - span.first).days + 1 if span and span.first else None
        slots = {"who": who, "goods": goods, "days": days, "limit": reading.limit, "name": reading.name}
        return question.tool, {key: slots[value.strip("{}")] for key, value in question.arguments.items()}

    def _told(self, question: Question, filled: FilledQuestion, result: JsonMapping, who: str) -> str:
        if "error" in result:
            return self._say("failed", error=result["error"])
        if question.tool == "describe_tables":
            return f"{filled.title}: {', '.join(result['tables'])}."
        if question.tool:
            if result.get("note"):
                return people.which(who, result, self._language)
            title = filled.title if who in filled.title else f"{filled.title} {who}".strip()
            return self._say("nothing" if result.get("row_count") == 0 else "below", title=title)
        asked = Asked(filled.title, filled.sql, filled.rank)
        limit = self._state.reading.limit if self._state.reading else None
        cut = tell_cut(asked, result, limit, self._language)
        return " ".join(filter(None, (tell(asked, result, self._language), cut)))

    def _asked_for(self, reading: Reading, *, wants: bool) -> str:
        if reading.who:
            return reading.who[0]
        if not wants:
            return ""
        staff = next((each.words for each in reading.found if each.kind == "staff"), "")
        return reading.name or staff

    def _say(self, name: str, **values: object) -> str:
        return say(name, self._language, **values)
