"""A staff question: asked in words, answered from the data, with the rows and the query."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import Engine

from motabot.agent.budget import Budget
from motabot.agent.loop import Exchange, Limits, converse
from motabot.agent.models.base import Message, Model
from motabot.agent.prompts import Prompts
from motabot.agent.registry import ToolRegistry, ToolResult
from motabot.agent.tools import StaffTools
from motabot.boundary import JsonObject
from motabot.db.storable import storable
from motabot.errors import DatabaseUnavailable, InvalidRequest, ModelError
from motabot.logs import log
from motabot.memo import Memo
from motabot.offline.staff.model import OfflineStaffModel
from motabot.settings import Settings
from motabot.staff.accounts import Member
from motabot.staff.actions.approval import Actions
from motabot.staff.card import Card, make_card
from motabot.staff.people import People
from motabot.staff.redaction import UNFINISHED, Placeholders
from motabot.staff.results import Kept
from motabot.staff.review import Review
from motabot.staff.sandbox.run import Sandbox
from motabot.staff.stated import Stated
from motabot.staff.talks import Answer, Talk, Talks
from motabot.staff.workbench import Emit, TurnOutcome, Workbench

OnText = Callable[[str], None]

MOST_CHARACTERS = 4_000
#: Seconds for which the schema card is kept.
_CARD_SECONDS = 300.0
_OFFLINE_SECONDS = 10.0
_TOKENS = 60_000


class Conversations:
    """Asks the models in order and stores the conversation."""

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
        self.talks = Talks(engine, self.people, settings)
        self.workbench = Workbench(sandbox, actions, self.people, settings)
        self._kept = Memo(_CARD_SECONDS)
        self._first: date | None = None

    def ask(self, member: Member, words: str, chat_id: int | None = None, emit: Emit | None = None) -> JsonObject:
        """Answer a question, in a conversation of this person.

        Args:
            member: Who asks.
            words: The question.
            chat_id: The conversation to continue; None: a new one.
            emit: Gets tool calls, tables, actions and words as they come; None: nobody waits for them.

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
                "The question is empty or too long.", {"question": f"must have 1 to {MOST_CHARACTERS} characters"}
            )
        self.people.freshen()
        talk = self.talks.open(member, chat_id)
        told = talk.placeholders.hide_in_words(words)
        answer, said, kept = self._answer(member, talk, told, emit)
        self.talks.keep(talk, words, told, answer, said, kept)
        return {"chat": talk.chat_id, **asdict(answer)}

    def instructions(self, *, is_chat: bool = True) -> str:
        """The instructions of the staff's model, with the schema card of the day.

        Args:
            is_chat: It answers in the chat, and not in somebody's own assistant.
        """
        card = self._kept.get("card", self._make_card)
        return self._prompts.staff(card, is_chat=is_chat)

    def _make_card(self) -> Card:
        card = make_card(
            self.engine,
            self.people.by_column,
            self._settings.zone,
            has_texts=self._settings.staff_redaction != "full",
        )
        self._first = card.first
        return card

    def _answer(
        self, member: Member, talk: Talk, told: str, emit: Emit | None
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
            outcome, exchange = TurnOutcome(problems=list(troubles)), Exchange()
            context = self.workbench.tools(
                member, placeholders, talk.results, outcome, words=told, chat_id=talk.chat_id, emit=emitted
            )
            history = talk.followed if is_offline else talk.remembered
            opening = [Message("system", self.instructions()), *history, Message("user", told)]

            def call(name: str, arguments: str, context: StaffTools = context) -> ToolResult:
                emitted("tool", {"name": name, "arguments": placeholders.show(arguments)})
                return self._registry.call(name, arguments, context, "staff")

            review = Review(talk, told, outcome, context.today, Stated(self._first, self._prompts.stated()))
            try:
                converse(
                    self._in_chat(model, placeholders, context.today),
                    opening,
                    self._tools,
                    call,
                    exchange=exchange,
                    # the offline model answers at once and needs no time limit
                    limits=self._limits(time.monotonic() + _OFFLINE_SECONDS if is_offline else deadline),
                    review=(lambda _exchange: ()) if is_offline else review.problems,
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
                    emitted("restart", {})  # the next model begins again: what was shown so far is void
                continue
            finally:
                self._budget.charge_chat(talk.chat_id, model.name, exchange.usage)
            words = review.words or placeholders.show(exchange.text)
            answer = Answer(words, model.name, outcome.tables, outcome.actions, outcome.problems)
            return answer, exchange.text, outcome.kept
        words = "No model could answer. Try again, or ask in other words."
        return Answer(words, "none", [], [], troubles), words, []

    def _limits(self, deadline: float) -> Limits:
        return Limits(
            deadline=deadline,
            steps=self._settings.staff_steps,
            tokens=_TOKENS,
            answer_tokens=self._settings.model_max_tokens,
            answer_seconds=self._settings.model_timeout,
        )

    def _in_chat(self, model: Model | OfflineStaffModel, placeholders: Placeholders, today: date) -> Model:
        if isinstance(model, OfflineStaffModel):
            return model.for_chat(self.people.by_column, placeholders.tokens, today, self._settings.timezone)
        return model


def _word_by_word(placeholders: Placeholders, emit: Emit) -> OnText:
    """Emits the words of an answer while it is written, each time the new ones.

    `from` is their position: an answer that starts over, with the same model or the next, starts at 0.
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
