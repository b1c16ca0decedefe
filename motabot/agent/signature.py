"""Reads a tool's signature and docstring: the JSON schema that a model sees, and the check of its arguments."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import griffe
from pydantic import (
    BaseModel,
    ConfigDict,
    PydanticSchemaGenerationError,
    PydanticUserError,
    TypeAdapter,
    create_model,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DecimalSchema

from motabot.boundary import JsonMapping, JsonObject
from motabot.errors import RegistryError

JsonSchema = JsonObject

#: What a strict tool schema may say of a value; anything else that pydantic writes says nothing to a model.
_KEPT = frozenset(
    "type enum description items format pattern minimum maximum exclusiveMinimum exclusiveMaximum minItems"
    " maxItems".split()
)
_SCALARS = frozenset(("string", "integer", "number", "boolean"))


@dataclass(frozen=True)
class Signature:
    """What a model reads about a function, and the pydantic model that checks its arguments.

    Attributes:
        description: The docstring without its sections.
        parameters: A strict JSON schema: every property is required, and no other is allowed.
        arguments: Validates the arguments as a model sent them.
    """

    description: str
    parameters: JsonSchema
    arguments: type[BaseModel]


def read_signature(function: Callable[..., object], context: type[object]) -> Signature:
    """Read a tool's signature.

    Args:
        function: The tool. Its first parameter is the context, which is not part of the schema.
        context: The type that this first parameter must have.

    Raises:
        RegistryError: A description, a type or an ``Args:`` line is missing, or a type is not supported.
    """
    name = function.__name__
    description, described = _read_docstring(function)
    if not description:
        raise RegistryError(f"{name} has no docstring.")
    hints = typing.get_type_hints(function, include_extras=True)
    parameters = [*inspect.signature(function).parameters.values()]
    if not parameters or hints.get(parameters[0].name) is not context:
        raise RegistryError(f"{name}: the first parameter must be ctx: {context.__name__}.")
    properties: dict[str, JsonSchema] = {}
    fields: JsonObject = {}
    for parameter in parameters[1:]:
        where = f"{name}({parameter.name})"
        if parameter.name not in hints:
            raise RegistryError(f"{where} has no type.")
        if parameter.name not in described:
            raise RegistryError(f"{where} has no line in Args.")
        hint = hints[parameter.name]
        schema = _schema_of(hint, where)
        is_optional = parameter.default is not inspect.Parameter.empty
        if is_optional and "null" not in schema["type"]:
            raise RegistryError(
                f"{where} has a default, so its type must include None: strict schemas require every argument."
            )
        properties[parameter.name] = {**schema, "description": described[parameter.name]}
        fields[parameter.name] = (hint, parameter.default if is_optional else ...)
    if unknown := sorted(set(described) - set(properties)):
        raise RegistryError(f"{name}: Args names {', '.join(unknown)}, which the signature lacks.")
    arguments = create_model(f"{name}_arguments", __config__=ConfigDict(extra="forbid"), **fields)
    return Signature(description, _strict_object(properties), arguments)


class _Schema(GenerateJsonSchema):
    def decimal_schema(self, _schema: DecimalSchema) -> JsonSchemaValue:
        """Money is a number to a model; pydantic would also offer a string with a long pattern."""
        return {"type": "number"}


def _schema_of(hint: Any, where: str) -> JsonSchema:
    """The schema of a parameter's type, in the subset that strict tool schemas allow."""
    try:
        found = TypeAdapter(hint).json_schema(schema_generator=_Schema)
        return _strict(found, found.get("$defs", {}))
    except (_NotSupported, PydanticSchemaGenerationError, PydanticUserError):
        shown = hint.__name__ if isinstance(hint, type) else hint
        raise RegistryError(
            f"{where} has a type that tools do not support: {shown}. Use str, int, float, bool, Decimal, date,"
            " Literal, a pydantic model, a list of these, or one of them | None."
        ) from None


class _NotSupported(Exception):
    """A schema that strict tool schemas cannot express."""


def _strict(schema: JsonMapping, definitions: JsonMapping) -> JsonSchema:
    """A schema without references, titles and defaults, in which every object is closed."""
    if "$ref" in schema:
        return _strict(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in schema:
        return _nullable(schema["anyOf"], definitions)
    if "const" in schema:
        schema = {**schema, "enum": [schema["const"]]}
    kind = schema.get("type")
    if kind == "array" and "items" in schema:
        return {**_kept(schema), "items": _strict(schema["items"], definitions)}
    if kind == "object" and "properties" in schema:
        return _strict_object({name: _strict(each, definitions) for name, each in schema["properties"].items()})
    if kind not in _SCALARS:
        raise _NotSupported
    return _kept(schema)


def _strict_object(properties: Mapping[str, JsonSchema]) -> JsonSchema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _nullable(options: list[JsonMapping], definitions: JsonMapping) -> JsonSchema:
    """One type or null; servers differ in what else of `anyOf` they read."""
    kept = [option for option in options if option.get("type") != "null"]
    if len(kept) != 1 or len(options) != 2:
        raise _NotSupported
    schema = _strict(kept[0], definitions)
    schema["type"] = [schema["type"], "null"]
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema


def _kept(schema: JsonMapping) -> JsonSchema:
    return {key: value for key, value in schema.items() if key in _KEPT}


def _read_docstring(function: Callable[..., object]) -> tuple[str, dict[str, str]]:
    """A docstring's prose, and its ``Args:`` lines by name."""
    prose: list[str] = []
    described: dict[str, str] = {}
    # warnings off: types are in the signature, where griffe does not look
    for section in griffe.Docstring(inspect.getdoc(function) or "").parse("google", warnings=False):
        if isinstance(section, griffe.DocstringSectionText):
            prose.append(section.value)
        elif isinstance(section, griffe.DocstringSectionParameters):
            described |= {each.name: " ".join(each.description.split()) for each in section.value}
    return " ".join(" ".join(prose).split()), described
