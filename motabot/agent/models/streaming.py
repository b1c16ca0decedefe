"""Puts together an answer that arrives in pieces: events of any dialect, lines of JSON, or one body after all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from motabot.agent.models.assembly import Assembly, OnText
from motabot.agent.models.base import ModelAnswer
from motabot.agent.models.events import DONE, Lines, events, is_json
from motabot.agent.models.failures import Failure
from motabot.agent.models.meaning import as_answer
from motabot.agent.models.reading import raw_of
from motabot.boundary import JsonMapping


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
