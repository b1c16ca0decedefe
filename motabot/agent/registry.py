"""Finds the tools in their folder, makes a schema of each signature, and calls them with checked arguments."""

from __future__ import annotations

import importlib.util
import inspect
import json
import re
import sys
import time
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from motabot.agent.tools import (
    MARK,
    AgeNotAffirmed,
    AnyTools,
    Audience,
    CustomerTools,
    Effect,
    Intent,
    StaffTools,
    ToolMark,
)
from motabot.db.storable import storable, storable_json
from motabot.errors import CatalogError, ToolFailed
from motabot.logs import log

PACKAGE = "motabot_tools"
#: What the first parameter of a tool must be, by audience; a tool for both gets `AnyTools`.
_CONTEXTS: dict[frozenset[Audience], type[AnyTools]] = {
    frozenset({"customer"}): CustomerTools,
    frozenset({"staff"}): StaffTools,
}
_SCALARS: dict[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean", Decimal: "number"}


@dataclass(frozen=True)
class ToolSpec:
    """One tool: what a model is told of it, and how to call it."""

    name: str
    description: str
    audience: frozenset[Audience]
    effect: Effect
    adults_only: bool
    parameters: dict[str, Any]
    function: Callable[..., Any]
    arguments: type[BaseModel]


@dataclass(frozen=True)
class ToolResult:
    """What a call came to: `told` is the JSON that the model reads."""

    ok: bool
    value: object
    told: str
    ms: float
    arguments: dict[str, Any]
    intent: Intent | None = None


class Catalog:
    """All tools of a folder, by name."""

    def __init__(self, specs: list[ToolSpec]) -> None:
        self._specs: dict[str, ToolSpec] = {}
        for spec in specs:
            if spec.name in self._specs:
                raise CatalogError(f"Two tools are named {spec.name}.")
            self._specs[spec.name] = spec

    @classmethod
    def load(cls, folder: Path) -> Catalog:
        """Import every module of the folder as part of the package ``motabot_tools`` and collect its tools.

        Raises:
            CatalogError: A tool lacks a description, a type or an ``Args:`` line, has an unsupported type,
                or shares its name; all problems are reported at once.
        """
        if not folder.is_dir():
            raise CatalogError(f"MOTABOT_TOOLS_DIR: {folder} is no folder.")
        package = types.ModuleType(PACKAGE)
        package.__path__ = [str(folder)]
        sys.modules[PACKAGE] = package
        specs: list[ToolSpec] = []
        problems: list[str] = []
        for path in sorted(folder.glob("*.py")):
            if path.name.startswith("_"):
                continue
            for function in _tools_in(_import(path)):
                try:
                    specs.append(_spec(function))
                except CatalogError as problem:
                    problems.append(f"{path.name}: {problem}")
        if problems:
            raise CatalogError("\n".join(problems))
        return cls(specs)

    def for_audience(self, audience: Audience) -> list[ToolSpec]:
        """The tools of one audience, in the order of their names, so that prompts stay byte-identical."""
        return sorted(
            (spec for spec in self._specs.values() if audience in spec.audience), key=lambda spec: spec.name
        )

    def call(self, name: str, raw_arguments: str, context: AnyTools, audience: Audience) -> ToolResult:
        """Call a tool as a model asked for it. Whatever the model got wrong comes back as a result in words.

        Raises:
            AgeNotAffirmed: The tool is for adults, and this person has not said to be one.
        """
        started = time.perf_counter()

        def result(
            value: object, *, ok: bool, arguments: dict[str, Any], intent: Intent | None = None
        ) -> ToolResult:
            elapsed = (time.perf_counter() - started) * 1000
            return ToolResult(ok, value, to_json(value), round(elapsed, 2), arguments, intent)

        spec = self._specs.get(name)
        if spec is None or audience not in spec.audience:
            offered = ", ".join(spec.name for spec in self.for_audience(audience))
            return result(
                {"error": f"There is no tool {name!r}. The tools are: {offered}."}, ok=False, arguments={}
            )
        try:
            arguments = _parse(spec, raw_arguments)
        except ToolFailed as problem:
            return result(
                {"error": str(problem)}, ok=False, arguments={"unparsed": storable(raw_arguments[:2_000])}
            )
        shown = json.loads(to_json(arguments))
        if spec.adults_only and isinstance(context, CustomerTools) and not context.is_adult:
            raise AgeNotAffirmed
        try:
            value = spec.function(context, **arguments)
        except ToolFailed as problem:
            return result({"error": str(problem)}, ok=False, arguments=shown)
        except Exception as error:  # noqa: BLE001 - a tool is a shop's own code: its failure must not end the turn
            log.error("tool crashed", tool=name, error=type(error).__name__, exc_info=error)
            return result({"error": "The tool failed. Answer without it."}, ok=False, arguments=shown)
        if isinstance(value, Intent):
            return result(value.told, ok=True, arguments=shown, intent=value)
        return result(value, ok=True, arguments=shown)


def to_json(value: object) -> str:
    """JSON for a model: compact, money and dates as the strings people write."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"a tool returned {type(value).__name__}, which JSON cannot hold")


def _import(path: Path) -> types.ModuleType:
    name = f"{PACKAGE}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise CatalogError(f"{path} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _tools_in(module: types.ModuleType) -> list[Callable[..., Any]]:
    return [
        value
        for value in vars(module).values()
        if isinstance(getattr(value, MARK, None), ToolMark) and value.__module__ == module.__name__
    ]


def _spec(function: Callable[..., Any]) -> ToolSpec:
    name = function.__name__
    description, described = _docstring(function)
    if not description:
        raise CatalogError(f"{name} has no docstring.")
    hints = typing.get_type_hints(function)
    parameters = list(inspect.signature(function).parameters.values())
    mark: ToolMark = getattr(function, MARK)
    wanted = _CONTEXTS.get(mark.audience, AnyTools)
    if not parameters or hints.get(parameters[0].name) is not wanted:
        raise CatalogError(f"{name}: the first parameter must be ctx: {wanted.__name__}.")
    properties: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for parameter in parameters[1:]:
        where = f"{name}({parameter.name})"
        if parameter.name not in hints:
            raise CatalogError(f"{where} has no type.")
        if parameter.name not in described:
            raise CatalogError(f"{where} has no line in Args.")
        hint = hints[parameter.name]
        optional = parameter.default is not inspect.Parameter.empty
        schema = _schema(hint, where)
        if optional and not _allows_none(schema):
            raise CatalogError(f"{where} has a default, so its type must include None: strict schemas require it.")
        properties[parameter.name] = {**schema, "description": described[parameter.name]}
        fields[parameter.name] = (hint, parameter.default if optional else ...)
    unknown = set(described) - set(properties)
    if unknown:
        raise CatalogError(f"{name}: Args names {', '.join(sorted(unknown))}, which the signature lacks.")
    arguments = create_model(f"{name}_arguments", __config__=ConfigDict(extra="forbid"), **fields)
    strict = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return ToolSpec(name, description, mark.audience, mark.effect, mark.adults_only, strict, function, arguments)


def _schema(hint: object, where: str) -> dict[str, Any]:
    """The JSON schema of a parameter's type, in the subset that strict tool schemas allow."""
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal and all(isinstance(value, str) for value in arguments):
        return {"type": "string", "enum": list(arguments)}
    if origin is list and len(arguments) == 1:
        return {"type": "array", "items": _schema(arguments[0], where)}
    if origin in (Union, types.UnionType):
        kept = [argument for argument in arguments if argument is not type(None)]
        if len(kept) == 1 and len(arguments) == 2:
            schema = _schema(kept[0], where)
            schema["type"] = [schema["type"], "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
            return schema
    raise CatalogError(f"{where} has a type that tools do not support: {hint}.")


def _allows_none(schema: dict[str, Any]) -> bool:
    return isinstance(schema["type"], list)


def _docstring(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """A docstring's prose, and its ``Args:`` lines by name."""
    head, _, rest = (inspect.getdoc(function) or "").partition("\nArgs:\n")
    section = re.split(r"\n(?=\S)", rest, maxsplit=1)[0]
    described: dict[str, str] = {}
    for entry in re.split(r"\n(?= {4}\S)", "\n" + section):
        found = re.match(r"\s*(\w+)(?: \([^)]*\))?:\s+(.+)", entry, flags=re.DOTALL)
        if found:
            described[found[1]] = " ".join(found[2].split())
    prose = re.split(r"\n(?:Returns|Raises):\n", head)[0]
    return " ".join(prose.split()), described


def _parse(spec: ToolSpec, raw: str) -> dict[str, Any]:
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
