"""A question of the staff: asked in words, answered from the data, with rows and query beside the answer."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Engine

from motabot.agent.loop import Exchange, Limits, converse
from motabot.agent.models.base import Message, Model
from motabot.agent.registry import ToolRegistry, ToolResult
from motabot.agent.tools import Proposal, StaffTools, ToolFailed
from motabot.db.storable import storable, storable_json
from motabot.errors import (
    InvalidRequest,
    ModelError,
    MotaBotError,
    QueryFailed,
    QueryRefused,
    TooManyQuestions,
    UnknownChat,
)
from motabot.offline.staff.model import StaffHouse
from motabot.settings import Settings
from motabot.staff.accounts import Member
from motabot.staff.actions.approval import Actions
from motabot.staff.charts import chart_of
from motabot.staff.formats import format_of
from motabot.staff.redaction import Handles, Vocabulary
from motabot.staff.sandbox.run import Result, Sandbox

Emit = Callable[[str, Mapping[str, Any]], None]
OnText = Callable[[str], None]

MOST_CHARACTERS = 4_000
#: Rows that a model sees of a result; people see them all.
_SHOWN_TO_MODEL = 50
#: Rows that a tool sees of a result for its own use.
_SHOWN_TO_TOOL = 500
_REMEMBERED = 12
_OFFLINE_SECONDS = 10.0
_TOKENS = 60_000
_QUOTED = re.compile(r'"([^"]*)"')
#: The beginning of a handle whose end has not come yet.
_UNFINISHED = re.compile(r"\[(h\d*)?$")


@dataclass
class Answer:
    """What people get: words, tables, actions to decide, and how it came about.

    Attributes:
        text: The words, with people in place of handles.
        model: Who answered.
        tables: Results with columns, rows, the query and a chart where their shape asks for one.
        actions: What was proposed.
        problems: What went wrong on the way, in words for people.
    """

    text: str = ""
    model: str = ""
    tables: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Conversations:
    """Asks the models in order and keeps what was said."""

    def __init__(
        self,
        engine: Engine,
        sandbox: Sandbox,
        actions: Actions,
        registry: ToolRegistry,
        models: Sequence[Model | StaffHouse],
        instructions: str,
        settings: Settings,
    ) -> None:
        self._engine = engine
        self._sandbox = sandbox
        self._actions = actions
        self._registry = registry
        self._tools = registry.for_audience("staff")
        self._models = models
        self._instructions = instructions
        self._settings = settings
        self._vocabulary = Vocabulary(engine)

    def ask(
        self, member: Member, words: str, chat_id: int | None = None, emit: Emit | None = None
    ) -> dict[str, Any]:
        """Answer a question, in a conversation of this person.

        Args:
            member: Who asks.
            words: The question.
            chat_id: The conversation to go on with; None: a new one.
            emit: Is told of tool calls, tables, actions and words as they come; None: nobody waits for them.

        Returns:
            `chat`, and the fields of `Answer`.

        Raises:
            InvalidRequest: No words, or too many.
            UnknownChat: The conversation is not this person's.
            TooManyQuestions: More in a minute than the shop allows.
        """
        words = storable(words).strip()
        if not 1 <= len(words) <= MOST_CHARACTERS:
            raise InvalidRequest(
                "The question cannot be taken.", {"question": f"must have 1 to {MOST_CHARACTERS} characters"}
            )
        self._vocabulary.freshen()
        chat_id, history, values = self._open(member, chat_id)
        handles = Handles(self._vocabulary if self._settings.staff_handles else None, values)
        told = handles.hide_in_words(words)
        on_text = None if emit is None else _word_by_word(handles, emit)
        answer, said = self._answer(
            member, chat_id, told, history, handles, emit or (lambda _kind, _data: None), on_text
        )
        self._keep(chat_id, words, told, answer, said, handles)
        return {"chat": chat_id, **asdict(answer)}

    def read(self, member: Member, chat_id: int) -> list[dict[str, Any]]:
        """A conversation of this person, oldest first.

        Raises:
            UnknownChat: It is not theirs.
        """
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "select m.role, m.content, m.answer, m.at from motabot.chat_messages m"
                " join motabot.chats c on c.id = m.chat_id where c.id = %(chat)s and c.staff_id = %(staff)s"
                " order by m.id",
                {"chat": chat_id, "staff": member.id},
            ).all()
        if not rows:
            raise UnknownChat
        return [
            {"role": row.role, "text": row.content, "at": row.at.isoformat(), **_for_people(row.answer)}
            for row in rows
        ]

    def recent(self, member: Member) -> list[dict[str, Any]]:
        """This person's latest conversations, newest first: `chat`, its first `question`, and `at`, its start."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "select c.id, m.content, m.at from motabot.chats c join lateral (select content, at from"
                " motabot.chat_messages where chat_id = c.id order by id limit 1) m on true"
                " where c.staff_id = %(staff)s order by c.id desc limit 20",
                {"staff": member.id},
            )
            return [{"chat": row.id, "question": row.content, "at": row.at} for row in rows]

    def _open(self, member: Member, chat_id: int | None) -> tuple[int, list[Message], list[str]]:
        with self._engine.begin() as connection:
            recent = connection.exec_driver_sql(
                "select count(*) from motabot.chat_messages m join motabot.chats c on c.id = m.chat_id"
                " where c.staff_id = %(staff)s and m.role = 'user' and m.at > now() - interval '1 minute'",
                {"staff": member.id},
            ).scalar_one()
            if recent >= self._settings.staff_questions_per_minute:
                raise TooManyQuestions
            if chat_id is None:
                made = connection.exec_driver_sql(
                    "insert into motabot.chats (staff_id) values (%(staff)s) returning id", {"staff": member.id}
                )
                return int(made.scalar_one()), [], []
            owner = connection.exec_driver_sql(
                "select staff_id from motabot.chats where id = %(chat)s", {"chat": chat_id}
            ).scalar()
            if owner != member.id:
                raise UnknownChat
            rows = connection.exec_driver_sql(
                "select role, answer from motabot.chat_messages where chat_id = %(chat)s order by id",
                {"chat": chat_id},
            ).all()
        values = next((list(row.answer["handles"]) for row in reversed(rows) if "handles" in row.answer), [])
        return chat_id, [Message(row.role, row.answer["told"]) for row in rows[-_REMEMBERED:]], values

    def _answer(
        self,
        member: Member,
        chat_id: int,
        told: str,
        history: Sequence[Message],
        handles: Handles,
        emit: Emit,
        on_text: OnText | None,
    ) -> tuple[Answer, str]:
        troubles: list[str] = []
        now = datetime.now(UTC)
        opening = [Message("system", self._instructions), *history, Message("user", told)]
        deadline = time.monotonic() + self._settings.staff_turn_seconds
        for model in self._models:
            answer, exchange = Answer(model=model.name, problems=list(troubles)), Exchange()
            context = self._context(member, chat_id, now, handles, answer, emit)

            def call(name: str, arguments: str, context: StaffTools = context) -> ToolResult:
                emit("tool", {"name": name, "arguments": handles.show(arguments)})
                return self._registry.call(name, arguments, context, "staff")

            try:
                converse(
                    self._in_chat(model, handles, context.today),
                    opening,
                    self._tools,
                    call,
                    exchange=exchange,
                    limits=Limits(
                        # the offline model answers at once: it is never refused its time
                        deadline=deadline
                        if model is not self._models[-1]
                        else time.monotonic() + _OFFLINE_SECONDS,
                        steps=self._settings.staff_steps,
                        tokens=_TOKENS,
                        answer_tokens=self._settings.model_max_tokens,
                        answer_seconds=self._settings.model_timeout,
                    ),
                    review=lambda _exchange: (),
                    on_text=on_text,
                    audience="staff",
                )
            except ModelError as error:
                troubles.append(f"{model.name}: {error}")
                continue
            answer.text = handles.show(exchange.text)
            return answer, exchange.text
        words = "No model could answer. Try again, or ask in other words."
        return Answer(text=words, model="none", problems=troubles), words

    def _in_chat(self, model: Model | StaffHouse, handles: Handles, today: date) -> Model:
        if isinstance(model, StaffHouse):
            return model.for_chat(self._vocabulary.by_column, handles.values, today, self._settings.timezone)
        return model

    def _context(
        self, member: Member, chat_id: int, now: datetime, handles: Handles, answer: Answer, emit: Emit
    ) -> StaffTools:
        def run(sql: str, title: str | None, chart: bool) -> dict[str, Any]:
            filled = handles.fill_query(sql)
            try:
                result = self._sandbox.run(filled)
            except (QueryRefused, QueryFailed) as error:
                raise ToolFailed(_hide_quoted(str(error), sql)) from None
            if title is not None:
                table = as_table(result, handles.show(title), chart=chart)
                answer.tables.append(table)
                emit("table", table)
            most = _SHOWN_TO_TOOL if title is None else _SHOWN_TO_MODEL
            shown = [[handles.hide(cell) for cell in row] for row in result.rows[:most]]
            return {
                "columns": [column.name for column in result.columns],
                "rows": shown,
                "row_count": len(result.rows),
                "more": result.truncated or len(result.rows) > len(shown),
            }

        def propose(name: str, arguments: Mapping[str, Any]) -> Proposal:
            filled = {
                key: _filled(key, value, handles) if isinstance(value, str) else value
                for key, value in arguments.items()
            }
            try:
                action = self._actions.propose(name, filled, by=member.name, chat_id=chat_id)
            except MotaBotError as error:
                answer.problems.append(str(error))
                # its words may name people, whom the model is not to know
                raise ToolFailed("It cannot be done as asked; a person is shown why. Say so.") from None
            answer.actions.append(action)
            emit("action", action)
            seen = {key: value for key, value in action["facts"].items() if key != "people"}
            return Proposal(action["id"], _hidden(seen, handles))

        return StaffTools(now=now, zone=self._settings.zone, staff=member.name, run=run, propose=propose)

    def _keep(self, chat_id: int, words: str, told: str, answer: Answer, said: str, handles: Handles) -> None:
        kept = {**asdict(answer), "told": said, "handles": handles.values}
        with self._engine.begin() as connection:
            for role, content, data in (("user", words, {"told": told}), ("assistant", answer.text, kept)):
                connection.exec_driver_sql(
                    "insert into motabot.chat_messages (chat_id, role, content, answer)"
                    " values (%(chat)s, %(role)s, %(content)s, %(answer)s)",
                    {"chat": chat_id, "role": role, "content": content, "answer": Jsonb(data, dumps=_dumps)},
                )


def _word_by_word(handles: Handles, emit: Emit) -> OnText:
    """Emits the words of an answer while it is written, each time those that are new.

    `from` says where they belong: an answer that is begun anew, by the same model or the next, begins at 0 again.
    """
    sent = ""

    def on_text(words: str) -> None:
        nonlocal sent
        told = handles.show(_UNFINISHED.sub("", words))
        start = len(sent) if told.startswith(sent) else 0
        if len(told) > start:
            emit("words", {"from": start, "text": told[start:]})
            sent = told

    return on_text


def as_table(result: Result, title: str, *, chart: bool = True) -> dict[str, Any]:
    """A result as JSON has it, with its columns' formats and the chart that its shape asks for."""
    rows = [[_jsonable(cell) for cell in row] for row in result.rows]
    columns = [{**asdict(column), "format": format_of(column)} for column in result.columns]
    return {
        "title": title,
        "columns": columns,
        "rows": rows,
        "truncated": result.truncated,
        "sql": result.sql,
        "ms": result.ms,
        "chart": chart_of(result.columns, result.rows) if chart else None,
    }


def _jsonable(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, bool | int | float | str) else str(cell)


def _dumps(value: Any) -> str:
    return json.dumps(storable_json(value), default=str)


def _for_people(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key in ("model", "tables", "actions", "problems")}


def _hidden(value: Any, handles: Handles) -> Any:
    if isinstance(value, Mapping):
        return {key: _hidden(each, handles) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden(each, handles) for each in value]
    return handles.hide(value)


def _filled(name: str, value: str, handles: Handles) -> str:
    """An argument with people in place of handles; in a query they are literals."""
    return handles.fill_query(value) if name == "query" else handles.show(value)


def _hide_quoted(message: str, query: str) -> str:
    """PostgreSQL quotes values in its messages; only words that the query itself has may pass."""
    return _QUOTED.sub(lambda found: found[0] if found[1] in query else '"..."', message)
