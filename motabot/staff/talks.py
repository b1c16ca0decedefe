"""Stored staff conversations: what was said, the results, and what became of proposals."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from psycopg.types.json import Jsonb
from sqlalchemy import Engine

from motabot.agent.models.base import Message
from motabot.boundary import Cell, JsonMapping, JsonObject
from motabot.db.storable import storable_json
from motabot.errors import TooManyQuestions, UnknownChat
from motabot.settings import Settings
from motabot.staff.accounts import Member
from motabot.staff.people import People
from motabot.staff.redaction import Placeholders
from motabot.staff.results import Kept, Results

#: How many messages of a conversation a model reads again.
_REMEMBERED: Final = 12
#: How many the offline model reads again: a follow-up of a follow-up stands on the first question.
_FOLLOWED: Final = 40
_ACTIONS = (
    "select a.id, a.action, a.status, a.decided_by from reporting.actions a where a.id in"
    " (select id from motabot.actions where chat_id = %(chat)s) order by a.id"
)


@dataclass(frozen=True)
class Answer:
    """What people get: words, tables, actions to decide, and who answered.

    Attributes:
        text: The words, with people in place of placeholders.
        model: Who answered.
        tables: Results with columns, rows, the query and, if it fits, a chart.
        actions: What was proposed.
        problems: What went wrong on the way, in words for people.
    """

    text: str
    model: str
    tables: list[JsonObject]
    actions: list[JsonObject]
    problems: list[str]


@dataclass(frozen=True)
class Talk:
    """A conversation as a turn finds it.

    Attributes:
        chat_id: Which one it is.
        history: What was said, as models read it.
        followed: The same of a longer time, for the offline model, which reads a follow-up by all before it.
        memory: What became of results and proposals, by the place in `history` of the answer that made them.
        placeholders: Those of the conversation.
        results: Those of the conversation.
    """

    chat_id: int
    history: Sequence[Message]
    followed: Sequence[Message]
    memory: Mapping[int, str]
    placeholders: Placeholders
    results: Results

    @property
    def remembered(self) -> list[Message]:
        """The history with what became of results and proposals."""
        return [
            replace(message, content=f"{message.content}\n{self.memory[place]}")
            if place in self.memory
            else message
            for place, message in enumerate(self.history)
        ]


class Talks:
    """Opens, keeps and shows conversations."""

    def __init__(self, engine: Engine, people: People, settings: Settings) -> None:
        self._engine = engine
        self._people = people
        self._settings = settings

    def read(self, member: Member, chat_id: int) -> list[JsonObject]:
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

    def recent(self, member: Member) -> list[JsonObject]:
        """This person's latest conversations, newest first: `chat`, its first `question`, and `at`, its start."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "select c.id, m.content, m.at from motabot.chats c join lateral (select content, at from"
                " motabot.chat_messages where chat_id = c.id order by id limit 1) m on true"
                " where c.staff_id = %(staff)s order by c.id desc limit 20",
                {"staff": member.id},
            )
            return [{"chat": row.id, "question": row.content, "at": row.at} for row in rows]

    def open(self, member: Member, chat_id: int | None) -> Talk:
        """A conversation of this person, or a new one.

        Raises:
            UnknownChat: It is not theirs.
            TooManyQuestions: More in a minute than the shop allows.
        """
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
                return self._talk(int(made.scalar_one()), [], {})
            owner = connection.exec_driver_sql(
                "select staff_id from motabot.chats where id = %(chat)s", {"chat": chat_id}
            ).scalar()
            if owner != member.id:
                raise UnknownChat
            rows = connection.exec_driver_sql(
                "select role, answer from motabot.chat_messages where chat_id = %(chat)s order by id",
                {"chat": chat_id},
            ).all()
            actions = {
                row.id: f"[action {row.id} {row.action}: {row.status}"
                + (f" by {row.decided_by}]" if row.decided_by else "]")
                for row in connection.exec_driver_sql(_ACTIONS, {"chat": chat_id})
            }
        return self._talk(chat_id, rows, actions)

    def _talk(self, chat_id: int, rows: Sequence[Cell], actions: Mapping[int, str]) -> Talk:
        """A conversation from its rows."""
        latest = rows[-_REMEMBERED:]
        known: Sequence[Cell] = next(
            (row.answer["handles"] for row in reversed(rows) if "handles" in row.answer), []
        )
        placeholders = Placeholders(self._people, self._settings.staff_redaction, self._settings.region, known)
        kept: list[Kept] = []
        memory: dict[int, str] = {}
        for place, row in enumerate(latest):
            here = _kept(row.answer)
            kept += here
            memos = [each.memo() for each in here]
            memos += [actions[each["id"]] for each in row.answer.get("actions", ()) if each["id"] in actions]
            if memos:
                memory[place] = "\n".join(memos)
        made = sum(len(row.answer.get("results", ())) for row in rows)
        followed = [Message(row.role, row.answer["told"]) for row in rows[-_FOLLOWED:]]
        return Talk(chat_id, followed[-_REMEMBERED:], followed, memory, placeholders, Results(kept, made))

    def keep(self, talk: Talk, words: str, told: str, answer: Answer, said: str, kept: Sequence[Kept]) -> None:
        """Keep a question and its answer.

        Args:
            talk: The conversation.
            words: The question.
            told: The question as the model read it.
            answer: What people got.
            said: What the model said.
            kept: The results that it may name later.
        """
        results = [{"name": each.name, "kinds": each.kinds, "shown": each.shown} for each in kept]
        data = {**asdict(answer), "told": said, "handles": talk.placeholders.dump(), "results": results}
        with self._engine.begin() as connection:
            for role, content, stored in (("user", words, {"told": told}), ("assistant", answer.text, data)):
                connection.exec_driver_sql(
                    "insert into motabot.chat_messages (chat_id, role, content, answer)"
                    " values (%(chat)s, %(role)s, %(content)s, %(answer)s)",
                    {
                        "chat": talk.chat_id,
                        "role": role,
                        "content": content,
                        "answer": Jsonb(stored, dumps=_dumps),
                    },
                )


def _kept(answer: JsonMapping) -> list[Kept]:
    """The results of an answer as it was stored."""
    pairs = zip(answer.get("results", ()), answer.get("tables", ()), strict=False)
    return [Kept(each["name"], table, each["kinds"], each["shown"]) for each, table in pairs]


def _dumps(value: Cell) -> str:
    return json.dumps(storable_json(value), default=str)


def _for_people(answer: JsonMapping) -> JsonObject:
    return {key: value for key, value in answer.items() if key in ("model", "tables", "actions", "problems")}
