"""Holds a draft against what this turn knows: the bridge from a turn to the reply check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Engine, text

from motabot.agent.loop import Exchange
from motabot.agent.tools import CustomerTools, HandOff
from motabot.conversation.notice import opening_for
from motabot.conversation.reply_check import (
    Facts,
    Keys,
    Problem,
    Vocabulary,
    check,
    check_template,
    fill,
    salvage,
    tidy,
    without_repeated_opener,
)
from motabot.customers.context import TurnContext
from motabot.memo import Memo
from motabot.replies import Replies

#: For how long the catalog's names are taken as they were.
_KEPT_SECONDS = 600.0
#: How many of the latest replies must not begin with a draft's first words.
_SAME_OPENER = 3
_NAMES = text(
    "select name from public.products union select brand from public.products"
    " union select strain from public.products"
)


class Reviewer:
    """Fills the references of a draft, repairs its form, and says what is wrong with it in words for the model."""

    def __init__(self, engine: Engine, tool_names: Iterable[str], words: Replies, max_segments: int) -> None:
        """
        Args:
            engine: Reads the catalog's names.
            tool_names: Words of the machinery, which no reply may hold.
            words: The reply templates, for the notice that a bot writes.
            max_segments: The longest text, in SMS segments.
        """
        self._engine = engine
        self._tool_names = frozenset(tool_names)
        self._words = words
        self._max_segments = max_segments
        self._memo = Memo(_KEPT_SECONDS)

    def __call__(
        self,
        exchange: Exchange,
        context: TurnContext,
        tools: CustomerTools,
        fence: str,
        keys: Keys,
        *,
        is_template: bool = False,
    ) -> Sequence[str]:
        """Review ``exchange.text``. What passes is left there, ready to be sent.

        Args:
            exchange: The draft, and what was looked up for it. Receives a `fallback` where the draft without its
                bad sentences may be sent.
            context: The facts that the turn started from.
            tools: The shop and the clock.
            fence: The turn's delimiter, which must not leave it.
            keys: The meaning of this turn's references.
            is_template: The reply was put together from templates and looked-up figures by the offline model.
        """
        opening = opening_for(self._words, context, tools.shop)
        facts = Facts.collect(
            context.as_data(tools.zone),
            *(call.result.value for call in exchange.calls if call.result.ok),
            shop=tools.shop.as_data(),
            knowledge=_answers(exchange, context),
            zone=tools.zone,
            today=tools.today,
            person_asked=any(isinstance(intent, HandOff) for intent in exchange.intents),
            max_segments=self._max_segments,
            opening=opening,
            never_say={fence, *self._tool_names},
            vocabulary=self._names(),
        )
        text = tidy(exchange.text, opening=opening, max_segments=self._max_segments)
        if is_template:
            exchange.text = text
            return [f'"{problem.excerpt}": {problem.reason}' for problem in check_template(text, facts)]
        replies = [line.text for line in context.history if line.author == "shop"]
        text = without_repeated_opener(text, replies[-_SAME_OPENER:])

        def judged(part: str) -> tuple[str, Sequence[Problem]]:
            whole, filled, unread = fill(part, keys, facts, context.language)
            found = check(whole, facts, filled)  # braces that could not be read are left over, and named already
            return whole, [*unread, *(one for one in found if not (unread and one.rule == "leftover"))]

        exchange.text, problems = judged(text)
        if problems and (rest := salvage(text, lambda part: judged(part)[1])):
            exchange.fallback = judged(rest)[0]
        return [f'"{problem.excerpt}": {problem.reason}' for problem in problems]

    def _names(self) -> Vocabulary:
        return self._memo.get("names", self._read_names)

    def _read_names(self) -> Vocabulary:
        with self._engine.connect() as connection:
            return Vocabulary.build(connection.execute(_NAMES).scalars())


def _answers(exchange: Exchange, context: TurnContext) -> list[str]:
    """What entries of the knowledge base said in this turn and the last; general statements come from them."""
    results = [call.result.value for call in exchange.calls if call.result.ok]
    results += [lookup.result for lookup in context.last_shown]
    entries = [entry for found in results if isinstance(found, Mapping) for entry in found.get("entries") or ()]
    return [str(entry["answer"]) for entry in entries if isinstance(entry, Mapping) and entry.get("answer")]
