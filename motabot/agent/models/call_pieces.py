"""Assembles streamed pieces into whole tool calls."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import pairwise

from motabot.agent.models.events import is_json
from motabot.boundary import Json, JsonMapping, JsonObject


@dataclass
class PartialCall:
    """One call while its pieces come in."""

    identity: str = ""
    index: Json = None
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
            "function": {"name": self.name, "arguments": not_repeated(self.arguments), **self.inner},
            **self.extra,
        }


class CallPieces:
    """The calls of one streamed answer, while their pieces come in."""

    def __init__(self) -> None:
        self._calls: list[PartialCall] = []

    def __bool__(self) -> bool:
        return bool(self._calls)

    @property
    def size(self) -> int:
        """How many pieces came: the calls, and the parts of their arguments."""
        return sum(1 + len(call.arguments) for call in self._calls)

    @property
    def are_whole(self) -> bool:
        """Whether each call has a name, and arguments that are whole JSON or none."""
        return all(call.name and (call.is_complete or not call.arguments) for call in self._calls)

    def as_calls(self) -> list[JsonObject]:
        return [call.as_call() for call in self._calls]

    def add(self, call: JsonMapping, *, is_new: bool = False) -> None:
        """Add a piece to the call that it belongs to; `is_new` says that it begins another."""
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
        partial = None if is_new else self._call_for(call.get("index"), identity, name or "", arguments)
        if partial is None:
            partial = PartialCall(index=call.get("index"))
            self._calls.append(partial)
        partial.identity = partial.identity or identity
        if name and name != partial.name:
            partial.name = name if not partial.name or name.startswith(partial.name) else partial.name + name
        if isinstance(arguments, dict | list):
            partial.arguments = [json.dumps(arguments, ensure_ascii=False)]
        elif isinstance(arguments, str) and arguments:
            partial.arguments.append(arguments)
        known = ("id", "type", "function", "index", "name", "arguments", "input", "parameters")
        partial.extra |= {key: value for key, value in call.items() if key not in known and value is not None}
        partial.inner |= {key: value for key, value in function.items() if key not in known and value is not None}

    def _call_for(self, index: Json, identity: str, name: str, arguments: Json) -> PartialCall | None:
        """The call that a piece belongs to; None if it begins another. Servers leave out, repeat and reuse
        each of index, id and name."""
        if not self._calls:
            return None
        if identity and (
            known := next((partial for partial in self._calls if partial.identity == identity), None)
        ):
            is_again = (
                name
                and known.is_complete
                and isinstance(arguments, str)
                and arguments.startswith("{")
                and index not in (None, known.index)
            )
            return None if is_again else known
        same = [partial for partial in self._calls if index is not None and partial.index == index]
        partial = same[-1] if same else (self._calls[-1] if index is None else None)
        if partial is None:
            return None
        if identity and partial.identity and identity != partial.identity and (name or partial.is_complete):
            return None
        starts = isinstance(arguments, dict) or (isinstance(arguments, str) and arguments.lstrip()[:1] == "{")
        if name and partial.name and partial.is_complete and (starts or name != partial.name):
            return None
        if name and partial.name and name != partial.name and partial.arguments and index is None:
            return None
        return partial


def not_repeated(pieces: list[str]) -> str:
    """The pieces joined; of a server that sends all there is so far in every piece, the last one."""
    is_growing = all(later.startswith(earlier) for earlier, later in pairwise(pieces))
    if len(pieces) > 2 and is_growing and len(pieces[-1]) > len(pieces[0]):
        return pieces[-1]
    if len(pieces) == 2 and len(pieces[0]) >= 12 and pieces[1].startswith(pieces[0]):
        return pieces[1]
    return "".join(pieces)
