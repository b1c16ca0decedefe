"""A question of the staff: asked in words, answered from the data, with rows and query beside the answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from psycopg.types.json import Jsonb
from sqlalchemy import Engine

from motabot.agent.budget import Budget
from motabot.agent.loop import Exchange, Limits, converse
from motabot.agent.models.base import Message, Model
from motabot.agent.prompts import Prompts
from motabot.agent.registry import ToolRegistry, ToolResult
from motabot.agent.tools import StaffTools
from motabot.boundary import Cell, JsonMapping, JsonObject
from motabot.db.storable import storable, storable_json
from motabot.errors import DatabaseUnavailable, InvalidRequest, ModelError, TooManyQuestions, UnknownChat
from motabot.logs import log
from motabot.offline.staff.model import OfflineStaffModel
from motabot.settings import Settings
from motabot.staff.accounts import Member
from motabot.staff.actions.approval import Actions
from motabot.staff.card import make_card
from motabot.staff.claims import unfounded_claims
from motabot.staff.figures_check import Evidence
from motabot.staff.people import People
from motabot.staff.redaction import UNFINISHED, Placeholders
from motabot.staff.results import Kept, Results
from motabot.staff.sandbox.run import Sandbox
from motabot.staff.workbench import Emit, Outcome, Workbench

_TABLES = "The figures are in the table below."
_NO_FIGURES = "I could not support my answer with figures from the data. Ask again, perhaps more narrowly."
OnText = Callable[[str], None]

MOST_CHARACTERS = 4_000
#: Messages of a conversation that a model is told again, and seconds for which the schema card is kept.
_REMEMBERED = 12
_CARD_SECONDS = 300.0
_OFFLINE_SECONDS = 10.0
_TOKENS = 60_000
_ACTIONS = (
    "select a.id, a.action, a.status, a.decided_by from reporting.actions a where a.id in"
    " (select id from motabot.actions where chat_id = %(chat)s) order by a.id"
)


@dataclass(frozen=True)
class Answer:
    """What people get: words, tables, actions to decide, and how it came about.

    Attributes:
        text: The words, with people in place of placeholders.
        model: Who answered.
        tables: Results with columns, rows, the query and a chart where their shape asks for one.
        actions: What was proposed.
        problems: What went wrong on the way, in words for people.
    """

    text: str
    model: str
    tables: list[JsonObject]
    actions: list[JsonObject]
    problems: list[str]


@dataclass(frozen=True)
class _Talk:
    """A conversation as a turn finds it.

    Attributes:
        chat_id: Which one it is.
        history: What was said, as models read it.
        memory: What became of results and proposals, by the place in `history` of the answer that made them.
        placeholders: Those of the conversation.
        results: Those of the conversation.
    """

    chat_id: int
    history: Sequence[Message]
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


class _Checked:
    """Checks what a model says before people read it.

    Numbers that the data does not support are sent back once. Then they are left out, and the tables speak alone.

    Attributes:
        words: What people read instead; empty where the model's words stand.
    """

    def __init__(self, talk: _Talk, told: str, outcome: Outcome) -> None:
        self._talk = talk
        self._told = told
        self._outcome = outcome
        self._was_sent_back = False
        self.words = ""

    def review(self, exchange: Exchange) -> Sequence[str]:
        """What is wrong with an answer, in words for the model."""
        self.words = ""
        claims = list(unfounded_claims(exchange))
        tables = [*self._talk.results.tables(), *self._outcome.tables]
        asked = [self._told, *(message.content for message in self._talk.history)]
        asked += [str(table["sql"]) for table in tables]
        asked += [json.dumps(call.result.arguments, default=str) for call in exchange.calls]
        figures = Evidence(tables, [call.result.told for call in exchange.calls], asked).problems(exchange.text)
        if figures and self._was_sent_back and not claims:
            self.words = _TABLES if self._outcome.tables else _NO_FIGURES
            self._outcome.problems.append(f"The model's words are left out. {figures[0].partition('. ')[0]}.")
            return ()
        self._was_sent_back = self._was_sent_back or bool(figures)
        return [*claims, *figures]


class Conversations:
    """Asks the models in order and keeps what was said."""

    def __init__(
        self,
        engine: Engine,
        sandbox: Sandbox,
        actions: Actions,
        registry: ToolRegistry,
        models: Sequence[Model | OfflineStaffModel],
        prompts: Prompts,
        settings: Settings,
        budget: Budget,
    ) -> None:
        self.engine = engine
        self._registry = registry
        self._tools = registry.for_audience("staff")
        self._models = models
        self._prompts = prompts
        self._settings = settings
        self._actions = actions
        self._budget = budget
        self.people = People(engine, zip_codes=settings.staff_zip_codes)
        self.workbench = Workbench(sandbox, actions, self.people, settings)
        self._card = ("", 0.0)

    def ask(self, member: Member, words: str, chat_id: int | None = None, emit: Emit | None = None) -> JsonObject:
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
        self.people.freshen()
        talk = self._open(member, chat_id)
        told = talk.placeholders.hide_in_words(words)
        answer, said, kept = self._answer(member, talk, told, emit)
        self._keep(talk, words, told, answer, said, kept)
        return {"chat": talk.chat_id, **asdict(answer)}

    def instructions(self) -> str:
        """What the staff's model is told, with the schema card of the day."""
        words, until = self._card
        if time.monotonic() > until:
            card = make_card(self.engine, self.people.by_column, self._settings.zone)
            words = self._prompts.staff(card)
            self._card = (words, time.monotonic() + _CARD_SECONDS)
        return words

    def read(self, member: Member, chat_id: int) -> list[JsonObject]:
        """A conversation of this person, oldest first.

        Raises:
            UnknownChat: It is not theirs.
        """
        with self.engine.connect() as connection:
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
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "select c.id, m.content, m.at from motabot.chats c join lateral (select content, at from"
                " motabot.chat_messages where chat_id = c.id order by id limit 1) m on true"
                " where c.staff_id = %(staff)s order by c.id desc limit 20",
                {"staff": member.id},
            )
            return [{"chat": row.id, "question": row.content, "at": row.at} for row in rows]

    def _open(self, member: Member, chat_id: int | None) -> _Talk:
        with self.engine.begin() as connection:
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

    def _talk(self, chat_id: int, rows: Sequence[Cell], actions: Mapping[int, str]) -> _Talk:
        """A conversation out of its rows."""
        latest = rows[-_REMEMBERED:]
        known: Sequence[Cell] = next(
            (row.answer["handles"] for row in reversed(rows) if "handles" in row.answer), []
        )
        placeholders = Placeholders(self.people, self._settings.staff_redaction, self._settings.region, known)
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
        history = [Message(row.role, row.answer["told"]) for row in latest]
        return _Talk(chat_id, history, memory, placeholders, Results(kept, made))

    def _answer(
        self, member: Member, talk: _Talk, told: str, emit: Emit | None
    ) -> tuple[Answer, str, Sequence[Kept]]:
        troubles: list[str] = []
        emitted = emit or (lambda _kind, _data: None)
        placeholders = talk.placeholders
        deadline = time.monotonic() + self._settings.staff_turn_seconds
        for model in self._models:
            is_offline = isinstance(model, OfflineStaffModel)
            if not is_offline and self._budget.is_spent():
                troubles.append(f"{model.name}: the daily spending limit is reached")
                continue
            outcome, exchange = Outcome(problems=list(troubles)), Exchange()
            context = self.workbench.tools(
                member, placeholders, talk.results, outcome, chat_id=talk.chat_id, emit=emitted
            )
            history = talk.history if is_offline else talk.remembered
            opening = [Message("system", self.instructions()), *history, Message("user", told)]

            def call(name: str, arguments: str, context: StaffTools = context) -> ToolResult:
                emitted("tool", {"name": name, "arguments": placeholders.show(arguments)})
                return self._registry.call(name, arguments, context, "staff")

            checked = _Checked(talk, told, outcome)
            try:
                converse(
                    self._in_chat(model, placeholders, context.today),
                    opening,
                    self._tools,
                    call,
                    exchange=exchange,
                    limits=Limits(
                        # the offline model answers at once: it is never refused its time
                        deadline=time.monotonic() + _OFFLINE_SECONDS if is_offline else deadline,
                        steps=self._settings.staff_steps,
                        tokens=_TOKENS,
                        answer_tokens=self._settings.model_max_tokens,
                        answer_seconds=self._settings.model_timeout,
                    ),
                    review=(lambda _exchange: ()) if is_offline else checked.review,
                    on_text=None if emit is None else _word_by_word(placeholders, emit),
                    audience="staff",
                )
            except DatabaseUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - whatever breaks in a model, the next one answers
                if not isinstance(error, ModelError):
                    log.error("model crashed", model=model.name, error=type(error).__name__, exc_info=error)
                reason = str(error) if isinstance(error, ModelError) else f"crashed: {type(error).__name__}"
                troubles.append(f"{model.name}: {reason}")
                self._actions.withdraw([action["id"] for action in outcome.actions])
                if outcome.tables or outcome.actions:
                    emitted("restart", {})  # the next model begins anew: what was shown on the way is void
                continue
            finally:
                self._budget.charge_chat(talk.chat_id, model.name, exchange.usage)
            words = checked.words or placeholders.show(exchange.text)
            answer = Answer(words, model.name, outcome.tables, outcome.actions, outcome.problems)
            return answer, exchange.text, outcome.kept
        words = "No model could answer. Try again, or ask in other words."
        return Answer(words, "none", [], [], troubles), words, []

    def _in_chat(self, model: Model | OfflineStaffModel, placeholders: Placeholders, today: date) -> Model:
        if isinstance(model, OfflineStaffModel):
            return model.for_chat(self.people.by_column, placeholders.tokens, today, self._settings.timezone)
        return model

    def _keep(self, talk: _Talk, words: str, told: str, answer: Answer, said: str, kept: Sequence[Kept]) -> None:
        results = [{"name": each.name, "kinds": each.kinds, "shown": each.shown} for each in kept]
        data = {**asdict(answer), "told": said, "handles": talk.placeholders.dump(), "results": results}
        with self.engine.begin() as connection:
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


def _word_by_word(placeholders: Placeholders, emit: Emit) -> OnText:
    """Emits the words of an answer while it is written, each time those that are new.

    `from` says where they belong: an answer that is begun anew, by the same model or the next, begins at 0 again.
    """
    sent = ""

    def on_text(words: str) -> None:
        nonlocal sent
        told = placeholders.show(UNFINISHED.sub("", words))
        start = len(sent) if told.startswith(sent) else 0
        if len(told) > start:
            emit("words", {"from": start, "text": told[start:]})
            sent = told

    return on_text


def _dumps(value: Cell) -> str:
    return json.dumps(storable_json(value), default=str)


def _for_people(answer: JsonMapping) -> JsonObject:
    return {key: value for key, value in answer.items() if key in ("model", "tables", "actions", "problems")}
