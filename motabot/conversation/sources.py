"""The one question of a turn for the sources of a draft's sentences, and the answer to it.

Code finds no ground for a statement in words more often than there is none. So the model may show the ground: it
quotes what it was told, and code looks whether that was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from motabot.agent.loop import CallRecord
from motabot.agent.registry import ToolResult, to_json
from motabot.agent.tools import KeepReply, QueueReply
from motabot.conversation.told import ToldRecord, is_told, records_of
from motabot.text.normalize import normal
from motabot.text.regex import regex

#: The tool that answers the question. What it returns are the model's own words and grounds nothing.
TOOL = "keep_reply"
#: "As I said", "the list I sent you": then the shop's earlier replies are a source, too.
_OF_A_REPLY = regex(
    r"\b(?:i|we)(?:ve| have)? (?:(?:just|already|only) )?(?:said|mentioned|told|listed|named|sent|wrote|quoted"
    r"|recommended|suggested|gave)\b|\b(?:my|our) (?:last|earlier|previous) (?:text|message|reply|list)\b"
    r"|\bte (?:dije|mencione|mande|recomende|sugeri|pase|comente)\b|\bmi (?:ultimo|anterior) mensaje\b"
)


@dataclass(frozen=True)
class DraftedSentence:
    """A sentence of a draft, and the folded names of the products that it is about."""

    text: str
    products: frozenset[str]


@dataclass
class SourceQuestion:
    """Asked at most once in a turn, whichever model answers.

    Attributes:
        lines: The lines of the prompt that the shop's own data fill.
        replies: The shop's earlier replies.
        was_asked: Whether it was.
        draft: The reply that waits for its sources, as the model wrote it.
        sentences: What is asked about, in the order of their numbers.
        products: The folded names of the turn's products.
        shown: The sentences whose sources were shown, as `normal` writes them.
    """

    lines: Sequence[str] = ()
    replies: Sequence[str] = ()
    was_asked: bool = False
    draft: str = ""
    sentences: tuple[DraftedSentence, ...] = ()
    products: tuple[str, ...] = ()
    shown: set[str] = field(default_factory=set)

    def ask(self, draft: str, sentences: Iterable[DraftedSentence], products: Iterable[str]) -> str:
        """Keep a draft, and ask for the sources of some of its sentences, in words for the model."""
        self.was_asked, self.draft = True, draft
        self.sentences, self.products = tuple(sentences), tuple(products)
        listed = "\n".join(f'{number}. "{one.text}"' for number, one in enumerate(self.sentences, start=1))
        return (
            f"Before your reply is sent: on what do these sentences rest?\n{listed}\nCall {TOOL} and give for each"
            " the exact words of the customer's facts, of a tool's result, of the shop's statements or of an entry"
            " that you looked up: your reply is then sent as you wrote it. What a customer wrote is no source. Or"
            " write the reply again without what has no source, and nothing else."
        )

    def answer(self, result: ToolResult, calls: Sequence[CallRecord]) -> ToolResult:
        """What comes of a call of the tool: the draft to be judged again, if it was waiting.

        Args:
            result: The call, with its `KeepReply`.
            calls: What was looked up.
        """
        if not isinstance(result.intent, KeepReply):
            return result
        if not self.draft:
            return replace(result, intent=None)
        found = [call.result for call in calls if call.result.ok and call.name != TOOL]
        told = [one.value for one in found]
        own = [
            str(one.value["note"])
            for one in found
            if one.intent and isinstance(one.value, Mapping) and "note" in one.value
        ]
        records = list(records_of([*self.lines, *own], told, self.products))
        shown = []
        for number, sentence in enumerate(self.sentences, start=1):
            quotes = result.intent.sources.get(number, ())
            is_shown = bool(quotes) and all(self._rests_on(quote, sentence, records) for quote in quotes)
            if is_shown:
                self.shown.add(normal(sentence.text))
            shown.append({"sentence": sentence.text, "quotes": list(quotes), "found": is_shown})
        draft, self.draft = self.draft, ""
        value = {"sources": shown}
        is_kept = all(one["found"] for one in shown)
        return replace(
            result, ok=is_kept, value=value, told=to_json(value), arguments=value, intent=QueueReply(draft)
        )

    def is_shown(self, sentence: str) -> bool:
        """Whether the source of a sentence was shown."""
        return normal(sentence) in self.shown

    def _rests_on(self, quote: str, sentence: DraftedSentence, records: Sequence[ToldRecord]) -> bool:
        if is_told(quote, sentence.products, records):
            return True
        is_of_reply = _OF_A_REPLY.search(normal(sentence.text))
        return bool(is_of_reply) and is_told(quote, sentence.products, records_of(self.replies, (), self.products))
