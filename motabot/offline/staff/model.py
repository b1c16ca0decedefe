"""The offline model for staff: it answers the book's questions and proposes actions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from motabot.agent.models.base import Message, Model, ModelAnswer, ModelRequest
from motabot.boundary import JsonMapping, JsonObject
from motabot.offline.staff.command import Command
from motabot.offline.staff.dialogue import StaffTalk
from motabot.offline.staff.questions import Book
from motabot.offline.staff.reader import Reader
from motabot.offline.staff.turn import Turn
from motabot.text.regex import regex

_TOKEN = regex(r"\[[a-z]+\d+\]")


class OfflineStaffModel:
    """Reads the conversation again for each answer; it keeps only the shop's words."""

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
            placeholders: The values of the conversation's placeholders, in order. Each result adds more.
            today: The shop's day.
            zone: The name of the shop's zone.
        """
        if words is not self._words:
            self._words, self._reader = words, Reader(self._book, words)
        return _Chat(self._book, StaffTalk(self._book, self._reader, self._commands), placeholders, today, zone)


@dataclass(frozen=True)
class _Chat:
    book: Book
    talk: StaffTalk
    placeholders: Mapping[str, str]
    today: date
    zone: str
    name: str = OfflineStaffModel.name

    def answer(self, request: ModelRequest) -> ModelAnswer:
        # internally the first placeholder is [h1], whatever its kind
        numbers = {token: f"[h{number}]" for number, token in enumerate(self.placeholders, 1)}
        tokens = {number: token for token, number in numbers.items()}
        said = [
            replace(message, content=_translated(message.content, numbers))
            for message in request.messages
            if message.role != "system"
        ]
        values = list(self.placeholders.values())
        state = self.talk.follow(said, self.today, values)
        answer = Turn(self.book, state, self.today, self.zone, values, _results(said)).answer()
        calls = tuple(replace(call, arguments=_translated(call.arguments, tokens)) for call in answer.tool_calls)
        return replace(answer, text=_translated(answer.text, tokens), tool_calls=calls)


def _translated(words: str, tokens: Mapping[str, str]) -> str:
    """Rename the placeholders in a text."""
    return _TOKEN.sub(lambda found: tokens.get(found[0], found[0]), words)


def _results(messages: Sequence[Message]) -> JsonObject:
    """The results of this turn's tool calls, by call id."""
    results: JsonObject = {}
    for message in messages:
        if message.role == "user":
            results = {}
        elif message.role == "tool":
            results[str(message.tool_call_id)] = json.loads(message.content)
    return results
