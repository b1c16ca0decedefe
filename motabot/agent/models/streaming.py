"""Puts an answer together that comes in pieces: events of any dialect, lines of JSON, or one body after all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from motabot.agent.models.base import ModelAnswer
from motabot.agent.models.events import DONE, Lines, events, is_json
from motabot.agent.models.failures import Failure
from motabot.agent.models.reading import (
    Raw,
    add_content,
    add_message,
    as_answer,
    calls_of,
    raise_error_in,
    raw_of,
)
from motabot.agent.models.usage import usage_of
from motabot.boundary import JsonMapping, JsonObject

OnText = Callable[[str], None]
_ENDS_SENTENCE = re.compile(r"[.!?…。！？)\]\"'”»*`|]\s*\Z")


def read_answer(
    parts: Iterable[bytes], on_text: OnText | None = None, on_finish: Callable[[], None] | None = None
) -> ModelAnswer:
    """An answer out of the bytes of a response, streamed or not, whatever was asked for.

    Args:
        parts: The body's bytes as they come; it raises `Failure` where they end too early.
        on_text: Receives the words so far whenever there are more.
        on_finish: Called when the answer is whole and only its usage and the end of the stream may still come.

    Raises:
        Failure: The body is an error, a web page, broken, or breaks off.
    """
    lines = Lines(parts)
    head = lines.head()
    if head.startswith(b"<"):
        raise Failure("malformed", "the provider's answer is a web page (it is unusable)", words="web page")
    if head[:1] in (b"{", b"["):
        return _in_one_piece(lines.rest(), on_text)
    if not head:
        raise Failure("temporary", "the provider's answer broke off (it is malformed: empty)")
    assembly = Assembly(on_text)
    try:
        for event in events(lines):
            if event == DONE:
                assembly.is_done = True
            else:
                assembly.add(_parsed(event))
            if assembly.has_ended and on_finish is not None:
                on_finish()
    except Failure:
        if not assembly.is_finished:
            raise
    return assembly.answer()


def _parsed(event: str) -> JsonMapping:
    try:
        found = json.loads(event, strict=False)
    except (ValueError, RecursionError) as error:
        raise Failure("malformed", f"the provider's answer is malformed ({type(error).__name__})") from error
    if isinstance(found, list):
        found = found[0] if found else {}
    if not isinstance(found, dict):
        if found is None:
            return {}
        raise Failure("malformed", f"the provider's answer is malformed ({type(found).__name__})")
    return found


def _in_one_piece(body: bytes, on_text: OnText | None) -> ModelAnswer:
    """One JSON body, though a stream may have been asked for; or a line of JSON for each piece."""
    text = body.decode("utf-8", "replace").strip()
    try:
        whole = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        pieces = [line for line in text.splitlines() if line.strip()]
        if len(pieces) < 2 or not all(is_json(piece) for piece in pieces if piece != DONE):
            try:
                whole, end = json.JSONDecoder(strict=False).raw_decode(text)
            except (ValueError, RecursionError):
                raise Failure(
                    "malformed", f"the provider's answer is malformed ({type(error).__name__})"
                ) from error
            if not isinstance(whole, dict) or text[end:].strip()[:1] == "{":
                raise Failure("malformed", "the provider's answer is malformed (several bodies)") from error
        else:
            assembly = Assembly(on_text)
            for piece in pieces:
                if piece.strip() == DONE:
                    assembly.is_done = True
                else:
                    assembly.add(_parsed(piece))
            return assembly.answer()
    if isinstance(whole, list) and len(whole) > 1 and all(isinstance(each, dict) for each in whole):
        assembly = Assembly(on_text)
        for each in whole:
            assembly.add(each)
        assembly.is_done = True
        return assembly.answer()
    if isinstance(whole, dict) and str(whole.get("object", "")).endswith(".chunk"):
        assembly = Assembly(on_text)
        assembly.add(whole)
        return assembly.answer()
    answer = as_answer(raw_of(whole))
    if on_text is not None and answer.text:
        on_text(answer.text)
    return answer


@dataclass
class _Slot:
    """One call while its pieces come in."""

    identity: str = ""
    index: Any = None
    name: str = ""
    arguments: list[str] = field(default_factory=list)
    extra: JsonObject = field(default_factory=dict)
    inner: JsonObject = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether its arguments are whole JSON already."""
        joined = "".join(self.arguments).strip()
        return bool(joined) and joined[0] in "{[" and is_json(joined)

    def as_call(self) -> JsonObject:
        return {
            "id": self.identity,
            "function": {"name": self.name, "arguments": _not_repeated(self.arguments), **self.inner},
            **self.extra,
        }


class Assembly:
    """Adds pieces up to an answer."""

    def __init__(self, on_text: OnText | None = None) -> None:
        self.is_done = False
        self._on_text = on_text
        self._raw = Raw()
        self._words: list[str] = []
        self._slots: list[_Slot] = []
        self._thinking: list[str] = []
        self._size_before = -1
        self._index: Any = None

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
        return len(self._words) + sum(1 + len(slot.arguments) for slot in self._slots)

    def _is_first(self, index: Any) -> bool:
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
            and not self._slots
        ):
            self._raw = raw_of(chunk["response"])
            self.is_done = True
        elif kind in ("message_stop", "response.completed", "response.done"):
            self.is_done = True
        elif kind == "content_block_start" and isinstance(chunk.get("content_block"), dict):
            block = chunk["content_block"]
            if block.get("type") == "tool_use":
                self._add_call({"id": block.get("id"), "function": {"name": block.get("name"), "arguments": ""}})
        elif isinstance(delta, dict) and isinstance(delta.get("partial_json"), str):
            self._add_call({"function": {"arguments": delta["partial_json"]}})
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
        if part.calls and not self._slots:
            for call in part.calls:
                self._add_call(call, is_new=True)
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
            self._add_call(call, is_new=True)
        for call in calls_of(delta.get("tool_calls")):
            self._add_call(call)
        legacy = delta.get("function_call")
        if isinstance(legacy, dict):
            self._add_call({"index": 0, "function": legacy})

    def _add_words(self, words: str | None) -> None:
        if not words:
            return
        self._words.append(words)
        if self._on_text is not None:
            self._on_text("".join(self._words))

    def _add_call(self, call: JsonMapping, *, is_new: bool = False) -> None:
        function = call.get("function")
        if not isinstance(function, dict):
            function = {
                "name": call.get("name"),
                "arguments": next(
                    (call[key] for key in ("arguments", "input", "parameters") if key in call), None
                ),
            }
        name = function.get("name") if isinstance(function.get("name"), str) else ""
        identity, arguments = str(call.get("id") or ""), function.get("arguments")
        slot = None if is_new else self._slot_for(call.get("index"), identity, name or "", arguments)
        if slot is None:
            slot = _Slot(index=call.get("index"))
            self._slots.append(slot)
        slot.identity = slot.identity or identity
        if name and name != slot.name:
            slot.name = name if not slot.name or name.startswith(slot.name) else slot.name + name
        if isinstance(arguments, dict | list):
            slot.arguments = [json.dumps(arguments, ensure_ascii=False)]
        elif isinstance(arguments, str) and arguments:
            slot.arguments.append(arguments)
        known = ("id", "type", "function", "index", "name", "arguments", "input", "parameters")
        slot.extra |= {key: value for key, value in call.items() if key not in known and value is not None}
        slot.inner |= {key: value for key, value in function.items() if key not in known and value is not None}

    def _slot_for(self, index: Any, identity: str, name: str, arguments: Any) -> _Slot | None:
        """The call that a piece belongs to; None where it begins another. Servers leave out, repeat and reuse
        each of index, id and name."""
        if not self._slots:
            return None
        if identity and (known := next((slot for slot in self._slots if slot.identity == identity), None)):
            is_again = (
                name
                and known.is_complete
                and isinstance(arguments, str)
                and arguments.startswith("{")
                and index not in (None, known.index)
            )
            return None if is_again else known
        same = [slot for slot in self._slots if index is not None and slot.index == index]
        slot = same[-1] if same else (self._slots[-1] if index is None else None)
        if slot is None:
            return None
        if identity and slot.identity and identity != slot.identity and (name or slot.is_complete):
            return None
        starts = isinstance(arguments, dict) or (isinstance(arguments, str) and arguments.lstrip()[:1] == "{")
        if name and slot.name and slot.is_complete and (starts or name != slot.name):
            return None
        if name and slot.name and name != slot.name and slot.arguments and index is None:
            return None
        return slot

    def answer(self) -> ModelAnswer:
        """What the pieces came to.

        Raises:
            Failure: They break off.
        """
        raw = self._raw
        if self._words:
            raw.text = _not_repeated(self._words)
        raw.thinking = raw.thinking or "".join(self._thinking)
        if self._slots:
            raw.calls = [slot.as_call() for slot in self._slots]
        if not (raw.text or raw.calls or raw.finish or raw.refusal):
            raise Failure("malformed", "the provider's answer broke off (it is malformed: nothing is in it)")
        if not (raw.finish or self.is_done or raw.usage) and not self._seems_whole():
            raise Failure("malformed", "the provider's answer broke off")
        return as_answer(raw)

    def _seems_whole(self) -> bool:
        """Whether an answer without any sign of its end can be taken for one."""
        if self._slots:
            return all(slot.name and (slot.is_complete or not slot.arguments) for slot in self._slots)
        return bool(_ENDS_SENTENCE.search(self._raw.text))


def _not_repeated(pieces: list[str]) -> str:
    """The pieces joined; of a server that sends all there is so far in every piece, the last one."""
    is_growing = all(later.startswith(earlier) for earlier, later in pairwise(pieces))
    if len(pieces) > 2 and is_growing and len(pieces[-1]) > len(pieces[0]):
        return pieces[-1]
    if len(pieces) == 2 and len(pieces[0]) >= 12 and pieces[1].startswith(pieces[0]):
        return pieces[1]
    return "".join(pieces)
