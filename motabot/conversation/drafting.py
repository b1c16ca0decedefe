"""Finds a reply: the first model that gives a usable one, else the holding text and a person."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Literal, Protocol, runtime_checkable

from motabot.agent.budget import Budget
from motabot.agent.loop import CallRecord, Exchange, Limits, converse
from motabot.agent.models.base import Message, Model, Usage
from motabot.agent.models.prices import about_tokens
from motabot.agent.prompts import Prompts
from motabot.agent.registry import ToolRegistry, ToolResult, to_json
from motabot.agent.tools import AgeNotAffirmed, CustomerTools, HandOff, Intent
from motabot.boundary import JsonObject
from motabot.conversation.lookahead import look_ahead
from motabot.conversation.notice import opening_for
from motabot.conversation.reply_check import Keys
from motabot.conversation.review import Reviewer
from motabot.conversation.sources import SourceQuestion
from motabot.conversation.told import own_words
from motabot.customers.context import TurnContext
from motabot.customers.phones import Age
from motabot.errors import DatabaseUnavailable, ModelError
from motabot.logs import log
from motabot.replies import Replies
from motabot.shop import ShopNow

#: Of the turn's time, what is kept for a second provider while the first is asked.
_SHARE_OF_THE_SECOND = 0.3
#: Seconds that the last resort has, even in a turn whose time is over.
_FOR_THE_LAST_RESORT = 5.0


@runtime_checkable
class ModelInProcess(Protocol):
    """A model that needs no prompt: for each turn there is one that is made with what the turn knows."""

    @property
    def name(self) -> str:
        """The name that a turn's record shows."""
        ...

    def for_turn(self, context: TurnContext, tools: CustomerTools) -> Model:
        """The model that answers this turn."""
        ...


@dataclass
class DraftedTurn:
    """What a turn wants to say and do, and how it came to that.

    Attributes:
        outcome: 'answered', or 'held' when no model gave a usable reply.
        model: Who found the words; 'rules' when no model was asked.
        age: The phone's age from now on, if the turn learned or asked it.
        pause_by: Why the bot is silent from now on and the texts wait for a person.
        stable_tokens: About how many tokens the prompt's part for everybody has.
        facts_tokens: The same of the part about this customer.
        cost: US dollars, at each model's own prices.
    """

    text: str = ""
    outcome: Literal["answered", "held"] = "held"
    model: str = "none"
    intents: list[Intent] = field(default_factory=list)
    calls: list[CallRecord] = field(default_factory=list)
    troubles: list[dict[str, str]] = field(default_factory=list)
    age: Age | None = None
    pause_by: str | None = None
    stable_tokens: int = 0
    facts_tokens: int = 0
    steps: int = 0
    usage: Usage = field(default_factory=Usage)
    model_seconds: float = 0.0
    cost: Decimal = Decimal(0)

    def add_costs(self, other: DraftedTurn) -> None:
        """Count what another draft of the same turn cost, too."""
        self.steps += other.steps
        self.usage += other.usage
        self.model_seconds += other.model_seconds
        self.troubles = [*other.troubles, *self.troubles]


def ask_age(draft: DraftedTurn, words: Replies, context: TurnContext, shop: ShopNow, model: str) -> DraftedTurn:
    """Ask for the age instead of talking of products; who is too young was told already, and gets a person."""
    is_minor = context.phone.age is Age.UNDER
    draft.text = words.say("under_21" if is_minor else "age_question", context.language, shop=shop.as_data())
    draft.outcome, draft.model = "answered", model
    if is_minor:
        draft.intents = [HandOff("under_21", "Asked about products and has said to be under 21.")]
    else:
        draft.age = Age.ASKED
    return draft


class Drafter:
    """Asks the models in order. A model that fails leaves nothing behind but its trouble and its costs."""

    def __init__(
        self,
        models: Sequence[Model | ModelInProcess],
        registry: ToolRegistry,
        prompts: Prompts,
        words: Replies,
        review: Reviewer,
        limits: Limits,
        turn_seconds: float,
        hash_key: bytes,
        budget: Budget,
    ) -> None:
        """
        Args:
            models: First choice first; the offline model, which needs nobody, last.
            registry: The tools.
            prompts: The prompt.
            words: The reply templates, for the holding text.
            review: Says what is wrong with a draft, in words for a model.
            limits: Of one conversation with a model; each turn sets its own deadline.
            turn_seconds: How long a turn may take, of which a second provider keeps a share.
            hash_key: Makes the phone into the identifier that a provider may see.
            budget: What the models may cost in a day.
        """
        self._models = models
        self._tools = registry.for_audience("customer")
        self._registry = registry
        self._prompts = prompts
        self._words = words
        self._review = review
        self._limits = limits
        self._turn_seconds = turn_seconds
        self._hash_key = hash_key
        self._budget = budget
        # the tools' schemas come before the instructions in what a provider reads, and are as stable
        self._stable_chars = len(prompts.customer) + sum(
            len(spec.name) + len(spec.description) + len(to_json(spec.parameters)) for spec in self._tools
        )

    def draft(self, context: TurnContext, tools: CustomerTools, deadline: float) -> DraftedTurn:
        """Draft a reply to the open texts. Always comes back with one, whatever fails.

        Args:
            context: The turn.
            tools: What the customer's tools work with.
            deadline: Of `time.monotonic`: until then the providers' models may answer.
        """
        keys = Keys(tools.zone)
        facts = keys.annotate(context.as_data(tools.zone))
        ahead = self._look_ahead(context, tools, keys)
        notice, now = opening_for(self._words, context, tools.shop), tools.now.astimezone(tools.zone)
        opening, fence = self._prompts.open_turn(
            facts, now, notice=notice, shop=tools.shop.as_data(), ahead=_told(ahead)
        )
        question = self._question_for(context, opening, fence)
        review = partial(self._review, context=context, tools=tools, fence=fence, keys=keys, question=question)
        draft = DraftedTurn(stable_tokens=about_tokens(self._stable_chars))
        draft.facts_tokens = about_tokens(len(opening[-1].content))
        was_refused = False  # a model answered, and its reply failed the check
        for position, model in enumerate(self._models):
            if model is not self._models[-1] and self._budget.is_spent():
                draft.troubles.append({"model": model.name, "reason": "the daily spending limit is reached"})
                continue
            is_inside = isinstance(model, ModelInProcess)
            exchange = Exchange(calls=[] if is_inside else list(ahead))
            try:
                converse(
                    model.for_turn(context, tools) if isinstance(model, ModelInProcess) else model,
                    opening,
                    self._tools,
                    partial(self._call_in, exchange, question, tools, keys),
                    exchange=exchange,
                    limits=replace(self._limits, deadline=self._deadline(position, deadline)),
                    review=partial(review, is_template=is_inside),
                    safety_identifier=self._identifier(context.phone.number),
                )
            except AgeNotAffirmed:
                draft.calls = exchange.calls
                self._add_costs(draft, exchange, model.name)
                return ask_age(draft, self._words, context, tools.shop, model.name)
            except ModelError as error:
                reason = str(error)
            except DatabaseUnavailable:
                raise  # the turn is tried again: the customer must not notice an outage
            except Exception as error:  # noqa: BLE001 - whatever breaks in here, the customer gets an answer
                log.error("model crashed", model=model.name, error=type(error).__name__, exc_info=error)
                reason = f"crashed: {type(error).__name__}"
            else:
                if not (draft.troubles and was_refused and self._is_unclear(exchange, context)):
                    return self._answered(draft, exchange, model.name)
                reason = "did not understand the question"
            was_refused = was_refused or bool(exchange.text)
            draft.troubles.append({"model": model.name, "reason": reason})
            if exchange.fallback:  # better the part of the reply that is right than a second-best model
                exchange.text = exchange.fallback
                return self._answered(draft, exchange, model.name)
            self._add_costs(draft, exchange, model.name)
            log.warning("model failed", model=model.name, reason=reason)
        return self._hold(draft, context, tools)

    def _look_ahead(self, context: TurnContext, tools: CustomerTools, keys: Keys) -> list[CallRecord]:
        """What the texts clearly ask for, if a model outside of this process will read it."""
        if all(isinstance(model, ModelInProcess) for model in self._models):
            return []
        return look_ahead(context, tools, lambda name, arguments: self._call(name, arguments, tools, keys))

    def _deadline(self, position: int, deadline: float) -> float:
        """When a model has to be done. A second provider keeps its share of the turn.

        The last resort runs inside this process and is never refused its time: it has what is left of the turn,
        and some seconds in any case. On a busy machine the first lookups of a day take a while.
        """
        following = len(self._models) - position - 1
        if following == 0:
            return max(deadline, time.monotonic() + _FOR_THE_LAST_RESORT)
        return deadline - (self._turn_seconds * _SHARE_OF_THE_SECOND if following > 1 else 0.0)

    def _is_unclear(self, exchange: Exchange, context: TurnContext) -> bool:
        """Whether a reply says only that it understood nothing: after a refused draft, a person answers better."""
        return self._words.say("unclear", context.language) in exchange.text

    def _call(self, name: str, arguments: str, tools: CustomerTools, keys: Keys) -> ToolResult:
        """Call a tool; the model reads its result with the keys of products and visits."""
        result = self._registry.call(name, arguments, tools, "customer")
        return replace(result, told=to_json(keys.annotate(result.value))) if result.ok else result

    def _question_for(self, context: TurnContext, opening: Sequence[Message], fence: str) -> SourceQuestion:
        """What a turn may ask about sources, once, whichever of its models answers."""
        own = own_words(self._prompts.shop_statements, opening[-1].content, fence)
        return SourceQuestion(own, context.replies)

    def _call_in(
        self,
        exchange: Exchange,
        question: SourceQuestion,
        tools: CustomerTools,
        keys: Keys,
        name: str,
        arguments: str,
    ) -> ToolResult:
        """Call a tool for a model, which may answer the question for its sources in this way."""
        return question.answer(self._call(name, arguments, tools, keys), exchange.calls)

    def _answered(self, draft: DraftedTurn, exchange: Exchange, model: str) -> DraftedTurn:
        draft.text, draft.outcome, draft.model = exchange.text, "answered", model
        draft.intents, draft.calls = exchange.intents, exchange.calls
        self._add_costs(draft, exchange, model)
        return draft

    def _hold(self, draft: DraftedTurn, context: TurnContext, tools: CustomerTools) -> DraftedTurn:
        """The safe text, and a person who will see to it."""
        draft.text = self._words.say("holding", context.language, shop=tools.shop.as_data())
        draft.intents = [HandOff("other", "The bot could not answer; the customer was told that staff will.")]
        return draft

    def _add_costs(self, draft: DraftedTurn, exchange: Exchange, model: str) -> None:
        draft.steps += exchange.steps
        draft.usage += exchange.usage
        draft.cost += self._budget.cost(model, exchange.usage)
        draft.model_seconds += exchange.model_seconds

    def _identifier(self, phone: str) -> str:
        return hmac.new(self._hash_key, phone.encode(), hashlib.sha256).hexdigest()[:32]


def _told(ahead: Sequence[CallRecord]) -> list[JsonObject]:
    """Lookups that were made ahead of the model, as the prompt shows them."""
    return [
        {"tool": one.name, "arguments": to_json(one.result.arguments), "told": one.result.told} for one in ahead
    ]
