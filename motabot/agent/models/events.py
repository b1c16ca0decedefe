"""Takes a streamed body apart: lines in any ending, events in any dialect of server-sent events."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from motabot.agent.models.failures import Failure

DONE = "[DONE]"


class Lines:
    """The lines of a body, decoded, in whichever way they end."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._buffer = b""

    def head(self) -> bytes:
        """The first bytes that are not blank, or nothing."""
        while not (stripped := self._buffer.removeprefix(b"\xef\xbb\xbf").lstrip()):
            part = next(self._parts, None)
            if part is None:
                return b""
            self._buffer += part
        self._buffer = stripped
        return stripped[:16]

    def rest(self) -> bytes:
        return self._buffer + b"".join(self._parts)

    def __iter__(self) -> Iterator[str]:
        while True:
            *whole, self._buffer = re.split(rb"\r\n|\n|\r(?!\Z)", self._buffer)
            for line in whole:
                yield line.decode("utf-8", "replace")
            part = next(self._parts, None)
            if part is None:
                break
            self._buffer += part
        if self._buffer:
            yield self._buffer.rstrip(b"\r").decode("utf-8", "replace")


def events(lines: Iterable[str]) -> Iterator[str]:
    """The data of each event. A blank line ends one; where a server leaves it out, whole JSON on a line does."""
    pending: list[str] = []
    is_error = False
    for line in lines:
        stripped = line.strip()
        if not stripped:
            if pending:
                yield _joined(pending, is_error)
            pending, is_error = [], False
            continue
        name, _, value = stripped.partition(":")
        if name == "data":
            value = value.strip()
            while value.startswith("data:"):  # a gateway that wraps another's events
                value = value[5:].strip()
            if pending and is_json("".join(pending)):
                yield _joined(pending, is_error)
                pending = []
            pending.append(value)
            if value == DONE:
                yield value
                pending = []
        elif name == "event":
            is_error = value.strip().casefold() in ("error", "exception")
        elif (stripped[0] in "{[" and stripped != DONE) or stripped == DONE:
            yield stripped
        elif stripped.startswith("<"):
            raise Failure("malformed", "the provider's answer is a web page (it is unusable)")
    if pending:
        yield _joined(pending, is_error)


def _joined(pending: list[str], is_error: bool) -> str:
    data = "".join(pending) if len(pending) == 1 or is_json("".join(pending)) else "\n".join(pending)
    if is_error and '"error"' not in data:
        return json.dumps({"error": {"message": data}})
    return data


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
