"""Finds the tools in their folders and calls them with checked arguments."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ValidationError

from motabot.agent.signature import JsonSchema, read_signature
from motabot.agent.tools import (
    MARK,
    AgeNotAffirmed,
    AnyTools,
    Audience,
    CustomerTools,
    Effect,
    Intent,
    Proposal,
    StaffTools,
    ToolMark,
)
from motabot.boundary import JsonObject
from motabot.db.storable import storable, storable_json
from motabot.errors import DatabaseUnavailable, RegistryError, ToolFailed
from motabot.logs import log

PACKAGE = "motabot_tools"
#: What the first parameter of a tool must be, by audience; a tool for both gets `AnyTools`.
_CONTEXTS: dict[frozenset[Audience], type[AnyTools]] = {
    frozenset({"customer"}): CustomerTools,
    frozenset({"staff"}): StaffTools,
}


@dataclass(frozen=True)
class ToolSpec:
    """One tool: what a model reads about it, and how to call it."""

    name: str
    description: str
    audience: frozenset[Audience]
    effect: Effect
    adults_only: bool
    parameters: JsonSchema
    function: Callable[..., object]
    arguments: type[BaseModel]


@dataclass(frozen=True)
class ToolResult:
    """The result of a call.

    Attributes:
        ok: False when `value` says what went wrong.
        value: What the tool returned.
        told: The same as the JSON that the model reads.
        ms: How long the call took.
        arguments: The checked arguments, as JSON has them.
        intent: What the tool wants done.
    """

    ok: bool
    value: object
    told: str
    ms: float
    arguments: JsonObject
    intent: Intent | None = None


class ToolRegistry:
    """All tools, by name."""

    def __init__(self, specs: Sequence[ToolSpec]) -> None:
        self._specs: dict[str, ToolSpec] = {}
        for spec in specs:
            if spec.name in self._specs:
                raise RegistryError(f"Two tools are named {spec.name}.")
            self._specs[spec.name] = spec

    @classmethod
    def load(cls, *folders: Path) -> ToolRegistry:
        """Import the modules of some folders as the package ``motabot_tools`` and collect their tools.

        Args:
            folders: Where modules are looked for. Of two modules with the same file name, the one in the earlier
                folder is used.

        Raises:
            RegistryError: A tool lacks a description, a type or an ``Args:`` line, has an unsupported type,
                or shares its name; all problems are reported at once.
        """
        package = types.ModuleType(PACKAGE)
        package.__path__ = [str(folder) for folder in folders]
        sys.modules[PACKAGE] = package
        paths = {path.name: path for folder in reversed(folders) for path in folder.glob("[!_]*.py")}
        specs: list[ToolSpec] = []
        problems: list[str] = []
        for name in sorted(paths):
            for function in _tools_in(_import(paths[name])):
                try:
                    specs.append(_spec(function))
                except RegistryError as problem:
                    problems.append(f"{name}: {problem}")
        if problems:
            raise RegistryError("\n".join(problems))
        return cls(specs)

    def for_audience(self, audience: Audience) -> list[ToolSpec]:
        """The tools of one audience, in the order of their names, so that prompts stay byte-identical."""
        return sorted(
            (spec for spec in self._specs.values() if audience in spec.audience), key=lambda spec: spec.name
        )

    def call(self, name: str, raw_arguments: str, tools: AnyTools, audience: Audience) -> ToolResult:
        """Call a tool as a model asked for it. Whatever the model got wrong comes back as a result in words.

        Args:
            name: The tool, as the model wrote it.
            raw_arguments: Its arguments as JSON, unchecked.
            tools: The context that the tool gets.
            audience: Whose tools there are.

        Raises:
            AgeNotAffirmed: The tool is for adults, and this person has not said to be one.
            DatabaseUnavailable: The database does not answer, so no tool can.
        """
        call = _Call()
        spec = self._specs.get(name)
        if spec is None or audience not in spec.audience:
            offered = ", ".join(spec.name for spec in self.for_audience(audience))
            return call.failed(f"There is no tool {name!r}. The tools are: {offered}.")
        try:
            arguments = _parse(spec, raw_arguments)
        except ToolFailed as problem:
            call.arguments = {"unparsed": storable(raw_arguments[:2_000])}
            return call.failed(str(problem))
        call.arguments = json.loads(to_json(arguments))
        if spec.adults_only and isinstance(tools, CustomerTools) and not tools.is_adult:
            raise AgeNotAffirmed
        try:
            value = spec.function(tools, **arguments)
            _check_effect(spec, value)
        except ToolFailed as problem:
            return call.failed(str(problem))
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - a tool is a shop's own code: its failure must not end the turn
            log.error("tool crashed", tool=name, error=type(error).__name__, exc_info=error)
            return call.failed("The tool failed. Answer without it.")
        return call.done(value)


@lru_cache(maxsize=4)
def shared_tools(folders: tuple[Path, ...]) -> ToolRegistry:
    """The tools of some folders, loaded once for all services of a process.

    Args:
        folders: As of `ToolRegistry.load`.

    Raises:
        RegistryError: As `ToolRegistry.load` raises it.
    """
    return ToolRegistry.load(*folders)


@dataclass
class _Call:
    """One call on its way to a result."""

    started: float = field(default_factory=time.perf_counter)
    arguments: JsonObject = field(default_factory=dict)

    def failed(self, error: str) -> ToolResult:
        return self._result({"error": error}, ok=False, intent=None)

    def done(self, value: object) -> ToolResult:
        if isinstance(value, Intent):
            return self._result(value.told, ok=True, intent=value)
        return self._result(value, ok=True, intent=None)

    def _result(self, value: object, *, ok: bool, intent: Intent | None) -> ToolResult:
        elapsed = round((time.perf_counter() - self.started) * 1000, 2)
        return ToolResult(ok, value, to_json(value), elapsed, self.arguments, intent)


def _check_effect(spec: ToolSpec, value: object) -> None:
    """Hold a tool to its declared effect: what only reads may want nothing done, and an approval needs a person.

    Raises:
        TypeError: It returned something else.
    """
    if spec.effect == "read" and isinstance(value, Intent):
        raise TypeError(f'{spec.name} is declared effect="read" and returned an intent')
    if spec.effect == "write" and (not isinstance(value, Intent) or isinstance(value, Proposal)):
        raise TypeError(f'{spec.name} is declared effect="write" and must return an intent other than Proposal')
    if spec.effect == "approve" and not isinstance(value, Proposal):
        raise TypeError(f'{spec.name} is declared effect="approve" and must return a Proposal')


def to_json(value: object) -> str:
    """JSON for a model: compact, money and dates as the strings people write."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, BaseModel):
        return value.model_dump()
    raise TypeError(f"a tool returned {type(value).__name__}, which cannot be written as JSON")


def _import(path: Path) -> types.ModuleType:
    name = f"{PACKAGE}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise RegistryError(f"{path} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _tools_in(module: types.ModuleType) -> Iterator[Callable[..., object]]:
    for value in vars(module).values():
        if isinstance(getattr(value, MARK, None), ToolMark) and value.__module__ == module.__name__:
            yield value


def _spec(function: Callable[..., object]) -> ToolSpec:
    mark: ToolMark = getattr(function, MARK)
    read = read_signature(function, _CONTEXTS.get(mark.audience, AnyTools))
    return ToolSpec(
        name=function.__name__,
        description=read.description,
        audience=mark.audience,
        effect=mark.effect,
        adults_only=mark.adults_only,
        parameters=read.parameters,
        function=function,
        arguments=read.arguments,
    )


def _parse(spec: ToolSpec, raw: str) -> JsonObject:
    """The arguments of a call, checked.

    Raises:
        ToolFailed: They are not what the schema asks for; the message tells the model how to fix them.
    """
    try:
        given = storable_json(json.loads(raw or "{}"))
    except ValueError as error:
        raise ToolFailed(
            f"The arguments of {spec.name} are not valid JSON ({error}). Send one JSON object."
        ) from None
    if not isinstance(given, dict):
        raise ToolFailed(f"The arguments of {spec.name} must be one JSON object.")
    try:
        checked = spec.arguments.model_validate(given)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False)
        )
        raise ToolFailed(f"Wrong arguments for {spec.name}: {problems}.") from None
    return {name: getattr(checked, name) for name in type(checked).model_fields}
