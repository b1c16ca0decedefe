"""Assembles the pieces of a streamed answer."""

from __future__ import annotations

from collections.abc import Callable

from motabot.agent.models.base import ModelAnswer
from motabot.agent.models.call_pieces import CallPieces, not_repeated
from motabot.agent.models.failures import Failure
from motabot.agent.models.meaning import as_answer
from motabot.agent.models.raw import Raw, add_content, add_message, calls_of
from motabot.agent.models.reading import raise_error_in, raw_of
from motabot.agent.models.usage import usage_of
from motabot.boundary import Json, JsonMapping
from motabot.text.regex import regex

OnText = Callable[[str], None]
_ENDS_SENTENCE = regex(r"[.!?…。！？)\]\"'”»*`|]\s*\Z")


class Assembly:
    """Adds pieces up to an answer."""

    def __init__(self, on_text: OnText | None = None) -> None:
        self.is_done = False
        self._on_text = on_text
        self._raw = Raw()
        self._words: list[str] = []
        self._calls = CallPieces()
        self._thinking: list[str] = []
        self._size_before = -1
        self._index: Json = None

    def add(self, chunk: JsonMapping) -> None:
        """Add one piece.

        Raises:
            Failure: It reports an error.
        """
        self._size_before = self._size
        if chunk.get("error") or not any(key in chunk for key in ("choices", "id", "object", "usage")):
            raise_error_in(chunk)
        usage = usage_of(chunk)
        if usage is not None:
            self._raw.usage = usage
        choices = chunk.get("choices")
        if isinstance(choices, dict):
            choices = [choices]
        if isinstance(choices, list):
            for choice in choices:
                if isinstance(choice, dict) and self._is_first(choice.get("index")):
                    self._add_choice(choice)
        elif isinstance(chunk.get("message"), dict):  # Ollama's own
            self._add_delta(chunk["message"])
            if chunk.get("done"):
                self.is_done = True
                self._raw.finish = str(chunk.get("done_reason") or "stop")
        else:
            self._add_foreign(chunk)

    @property
    def is_finished(self) -> bool:
        """Whether the server said that the answer is whole."""
        return self.is_done or bool(self._raw.finish)

    @property
    def has_ended(self) -> bool:
        """Whether nothing of the answer can follow. Some servers give a reason to finish with every piece, so it
        counts only in a piece that brings nothing else."""
        return self.is_done or (bool(self._raw.finish) and self._size == self._size_before)

    @property
    def _size(self) -> int:
        return len(self._words) + self._calls.size

    def _is_first(self, index: Json) -> bool:
        """Whether a choice is the one that counts: that of the first index that came."""
        if self._index is None:
            self._index = index
        return index is None or index == self._index

    def _add_foreign(self, chunk: JsonMapping) -> None:
        """Events of other APIs that a gateway passed through."""
        kind = str(chunk.get("type", ""))
        delta = chunk.get("delta")
        if (
            kind == "response.completed"
            and isinstance(chunk.get("response"), dict)
            and not self._words
            and not self._calls
        ):
            self._raw = raw_of(chunk["response"])
            self.is_done = True
        elif kind in ("message_stop", "response.completed", "response.done"):
            self.is_done = True
        elif kind == "content_block_start" and isinstance(chunk.get("content_block"), dict):
            block = chunk["content_block"]
            if block.get("type") == "tool_use":
                self._calls.add({"id": block.get("id"), "function": {"name": block.get("name"), "arguments": ""}})
        elif isinstance(delta, dict) and isinstance(delta.get("partial_json"), str):
            self._calls.add({"function": {"arguments": delta["partial_json"]}})
        elif isinstance(delta, dict) and delta.get("type") != "thinking_delta":
            if delta.get("stop_reason"):
                self._raw.finish = str(delta["stop_reason"])
            self._add_words(delta.get("text") if isinstance(delta.get("text"), str) else None)
        elif isinstance(delta, str) and ("output_text" in kind or not kind):
            self._add_words(delta)
        elif isinstance(chunk.get("token"), dict) and not chunk["token"].get("special"):  # TGI's own
            self._add_words(chunk["token"].get("text"))
            self.is_done = self.is_done or bool(chunk.get("generated_text"))
        elif isinstance(chunk.get("response"), str):
            self._add_words(chunk["response"])
            self.is_done = self.is_done or bool(chunk.get("done"))

    def _add_choice(self, choice: JsonMapping) -> None:
        raise_error_in({"error": choice.get("error")})
        delta = choice.get("delta")
        message = choice.get("message")
        if isinstance(delta, dict):
            self._add_delta(delta)
        elif isinstance(delta, str):
            self._add_words(delta)
        elif isinstance(message, dict):
            self._add_whole(message)
        elif isinstance(choice.get("text"), str):
            self._add_words(choice["text"])
        if isinstance(delta, dict) and isinstance(message, dict) and message.get("content") and not self._words:
            self._add_whole(message)
        if isinstance(choice.get("usage"), dict):
            self._raw.usage = usage_of(choice) or self._raw.usage
        finish = choice.get("finish_reason")
        if isinstance(finish, str) and finish and finish.casefold() != "null":
            self._raw.finish = finish

    def _add_whole(self, message: JsonMapping) -> None:
        """A whole message inside a stream: it repeats what came before, or is all there is."""
        part = Raw()
        add_message(part, message)
        if part.text.startswith("".join(self._words)) and part.text:
            self._words = []
            self._add_words(part.text)
        elif part.text:
            self._add_words(part.text)
        if part.calls and not self._calls:
            for call in part.calls:
                self._calls.add(call, is_new=True)
        self._raw.extra |= part.extra

    def _add_delta(self, delta: JsonMapping) -> None:
        part = Raw()
        add_content(part, delta.get("content"))
        thinking = next(
            (
                delta[key]
                for key in ("reasoning_content", "reasoning", "thinking")
                if isinstance(delta.get(key), str)
            ),
            "",
        )
        self._thinking.append(thinking + part.thinking)
        if thinking and isinstance(delta.get("reasoning_content"), str):
            self._raw.extra["reasoning_content"] = self._raw.extra.get("reasoning_content", "") + thinking
        details = delta.get("reasoning_details")
        if isinstance(details, list) and details:
            self._raw.extra.setdefault("reasoning_details", []).extend(details)
        for key in ("extra_content", "thought_signature"):
            if delta.get(key):
                self._raw.extra[key] = delta[key]
        if isinstance(delta.get("refusal"), str):
            self._raw.refusal += delta["refusal"]
        self._add_words(part.text)
        for call in part.calls:
            self._calls.add(call, is_new=True)
        for call in calls_of(delta.get("tool_calls")):
            self._calls.add(call)
        legacy = delta.get("function_call")
        if isinstance(legacy, dict):
            self._calls.add({"index": 0, "function": legacy})

    def _add_words(self, words: str | None) -> None:
        if not words:
            return
        self._words.append(words)
        if self._on_text is not None:
            self._on_text("".join(self._words))

    def answer(self) -> ModelAnswer:
        """What the pieces came to.

        Raises:
            Failure: They break off.
        """
        raw = self._raw
        if self._words:
            raw.text = not_repeated(self._words)
        raw.thinking = raw.thinking or "".join(self._thinking)
        if self._calls:
            raw.calls = self._calls.as_calls()
        if not (raw.text or raw.calls or raw.finish or raw.refusal):
            raise Failure("malformed", "the provider's answer broke off (it is malformed: nothing is in it)")
        if not (raw.finish or self.is_done or raw.usage) and not self._seems_whole():
            raise Failure("malformed", "the provider's answer broke off")
        return as_answer(raw)

    def _seems_whole(self) -> bool:
        """Whether an answer without any sign of its end can be taken for one."""
        if self._calls:
            return self._calls.are_whole
        return bool(_ENDS_SENTENCE.search(self._raw.text))
