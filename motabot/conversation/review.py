"""Holds a draft against what this turn knows: the bridge from a turn to the reply check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import Engine, text

from motabot.agent.loop import Exchange
from motabot.agent.tools import CustomerTools, HandOff
from motabot.conversation.notice import opening_for
from motabot.conversation.reply_check import (
    Draft,
    DraftReading,
    Facts,
    Keys,
    Problem,
    Product,
    Sentence,
    Vocabulary,
    check_reading,
    check_sources,
    check_template,
    fill,
    salvage,
    tidy,
    without_repeated_opener,
)
from motabot.conversation.sources import TOOL, DraftedSentence, SourceQuestion
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
        question: SourceQuestion,
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
            question: What the turn may ask, once, about a draft in which code only misses the sources.
            is_template: The reply was put together from templates and looked-up figures by the offline model.
        """
        facts = self._facts_of(exchange, context, tools, {fence, *self._tool_names})
        text = tidy(exchange.text, opening=facts.opening, max_segments=self._max_segments)
        if is_template:
            exchange.text = text
            return [f'"{problem.excerpt}": {problem.reason}' for problem in check_template(text, facts)]
        text = without_repeated_opener(text, context.replies[-_SAME_OPENER:])

        def judged(part: str) -> _Judged:
            whole, filled, unread = fill(part, keys, facts, context.language)
            reading = DraftReading(Draft(whole), facts, filled)
            found = check_reading(reading)  # braces that could not be read are left over, and named already
            found = [*unread, *(one for one in found if not (unread and one.rule == "leftover"))]
            found += check_sources(reading, found)
            return _Judged(whole, reading, [one for one in found if not _is_shown(one, reading, question)])

        draft, found = exchange.text, judged(text)
        exchange.text = found.text
        if not found.problems:
            return []
        exchange.fallback = _rest_of(text, judged) or exchange.fallback
        refused = [one for one in found.problems if one.kind == "refuse"]
        if not refused and not question.was_asked:
            asked = _sentences_of(found)
            exchange.question = question.ask(draft, asked, (one.folded for one in found.reading.products))
            return []
        named = [one for one in found.problems if question.was_asked or one.rule != "source"]
        return [f'"{problem.excerpt}": {problem.reason}' for problem in named]

    def _facts_of(
        self, exchange: Exchange, context: TurnContext, tools: CustomerTools, never_say: Set[str]
    ) -> Facts:
        """What the turn may say."""
        return Facts.collect(
            context.as_data(tools.zone),
            *(call.result.value for call in exchange.calls if call.result.ok and call.name != TOOL),
            shop=tools.shop.as_data(),
            knowledge=_answers(exchange, context),
            zone=tools.zone,
            today=tools.today,
            person_asked=any(isinstance(intent, HandOff) for intent in exchange.intents),
            max_segments=self._max_segments,
            opening=opening_for(self._words, context, tools.shop),
            never_say=never_say,
            vocabulary=self._names(),
        )

    def _names(self) -> Vocabulary:
        return self._memo.get("names", self._read_names)

    def _read_names(self) -> Vocabulary:
        with self._engine.connect() as connection:
            return Vocabulary.build(connection.execute(_NAMES).scalars())


@dataclass(frozen=True)
class _Judged:
    """A draft whose references are filled, read, with what is wrong with it."""

    text: str
    reading: DraftReading
    problems: Sequence[Problem]


def _rest_of(text: str, judged: Callable[[str], _Judged]) -> str:
    """A draft without its bad sentences, filled; empty if the rest does not answer."""
    rest = salvage(text, lambda part: judged(part).problems)
    return judged(rest).text if rest else ""


def _sentence_with(problem: Problem, reading: DraftReading) -> Sentence | None:
    """The sentence that a problem is in."""
    start = reading.draft.text.find(problem.excerpt)
    return reading.sentence_at(start) if start >= 0 else None


def _is_shown(problem: Problem, reading: DraftReading, question: SourceQuestion) -> bool:
    """Whether the model showed the source of the words that code found no ground for."""
    sentence = _sentence_with(problem, reading) if problem.kind == "ask" else None
    return sentence is not None and question.is_shown(_words_of(sentence, reading))


def _sentences_of(found: _Judged) -> list[DraftedSentence]:
    """The sentences that problems are in, each once, with the products that they name, or that the draft does."""
    named = {one.folded for other in found.reading.sentences for one in _named_in(other)}
    asked: dict[str, DraftedSentence] = {}
    for problem in found.problems:
        sentence = _sentence_with(problem, found.reading)
        if sentence is None:
            asked.setdefault(problem.excerpt, DraftedSentence(problem.excerpt, frozenset(named)))
            continue
        words = _words_of(sentence, found.reading)
        own = {one.folded for one in _named_in(sentence)}
        asked.setdefault(words, DraftedSentence(words, frozenset(own or named)))
    return list(asked.values())


def _words_of(sentence: Sentence, reading: DraftReading) -> str:
    return reading.draft.excerpt(sentence.span.start, sentence.span.end)


def _named_in(sentence: Sentence) -> list[Product]:
    return [one for mention in sentence.mentions for one in mention.candidates]


def _answers(exchange: Exchange, context: TurnContext) -> list[str]:
    """What entries of the knowledge base said in this turn and the last; general statements come from them."""
    results = [call.result.value for call in exchange.calls if call.result.ok]
    results += [lookup.result for lookup in context.last_shown]
    entries = [entry for found in results if isinstance(found, Mapping) for entry in found.get("entries") or ()]
    return [str(entry["answer"]) for entry in entries if isinstance(entry, Mapping) and entry.get("answer")]
