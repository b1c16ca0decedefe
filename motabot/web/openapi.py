"""The service's own description (OpenAPI 3.1), made from the descriptions next to the routes.

Written here and not taken from a library: those for Flask read a request's body before its route runs, and ours
must not read a body whose signature was not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, TypeVar

from flask import Blueprint, Flask, Response, jsonify
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from motabot.boundary import JsonMapping, JsonObject
from motabot.text.regex import regex

_ATTRIBUTE = "__operation__"
_PARAMETER = regex(r"<(?:(\w+):)?(\w+)>")
_SCHEMES: dict[str, dict[str, str]] = {
    "standardWebhooks": {
        "type": "apiKey",
        "in": "header",
        "name": "webhook-signature",
        "description": "Standard Webhooks: webhook-id, webhook-timestamp and webhook-signature over the raw body.",
    },
    "capcom6": {
        "type": "apiKey",
        "in": "header",
        "name": "x-signature",
        "description": "Hex HMAC-SHA256 over the raw body and X-Timestamp.",
    },
    "twilio": {
        "type": "apiKey",
        "in": "header",
        "name": "x-twilio-signature",
        "description": "Twilio's HMAC-SHA1 over the public URL and the form's fields.",
    },
    "staffToken": {"type": "http", "scheme": "bearer", "description": "A token of `motabot staff add`."},
}
#: Answers that any address may give.
_EVERYWHERE = (429, 500)


class ProblemDetails(BaseModel):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    fields: dict[str, str] | None = None


@dataclass(frozen=True)
class Operation:
    """What a route takes and answers.

    Attributes:
        summary: One line.
        answers: What it says by status: a model, or a media type for other bodies than JSON.
        body: The request's body, if it has one.
        media: The body's media type.
        errors: Statuses of its refusals, which are problem details; 429 and 500 need no mention.
        security: How a request proves where it comes from; None: it need not.
        example: A body.
        query: Parameters of the query: name to description.
    """

    summary: str
    answers: Mapping[int, type[BaseModel] | str]
    body: type[BaseModel] | None = None
    media: str = "application/json"
    errors: tuple[int, ...] = ()
    security: str | None = None
    example: JsonMapping | None = None
    query: Mapping[str, str] = field(default_factory=dict)


View = TypeVar("View", bound=Callable[..., Any])


def describe(operation: Operation) -> Callable[[View], View]:
    """Attach to a view what it takes and answers."""

    def note(view: View) -> View:
        setattr(view, _ATTRIBUTE, operation)
        return view

    return note


def document(app: Flask) -> JsonObject:
    """The description of every route that says what it does."""
    operations = [
        (rule, method.lower(), operation)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        if (operation := getattr(app.view_functions[rule.endpoint], _ATTRIBUTE, None)) is not None
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    models: set[type[BaseModel]] = {ProblemDetails}
    for _rule, _method, operation in operations:
        models |= {model for model in operation.answers.values() if not isinstance(model, str)}
        if operation.body is not None:
            models.add(operation.body)
    found, definitions = models_json_schema(
        [(model, "validation") for model in sorted(models, key=lambda model: model.__name__)],
        ref_template="#/components/schemas/{model}",
    )
    references: dict[type, JsonObject] = {model: reference for (model, _mode), reference in found.items()}
    paths: dict[str, JsonObject] = {}
    for rule, method, operation in operations:
        path = _PARAMETER.sub(r"{\2}", rule.rule)
        paths.setdefault(path, {})[method] = _describe_one(rule.rule, operation, references)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "MotaBot",
            "version": version("motabot"),
            "description": "Texts in, texts out, and the staff's questions. Refusals are problem details.",
        },
        "paths": paths,
        "components": {
            "schemas": definitions.get("$defs", {}),
            "securitySchemes": {
                name: scheme
                for name, scheme in _SCHEMES.items()
                if any(operation.security == name for _rule, _method, operation in operations)
            },
        },
    }


def _describe_one(rule: str, operation: Operation, references: Mapping[type, JsonObject]) -> JsonObject:
    said: JsonObject = {"summary": operation.summary, "responses": {}}
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if kind == "int" else "string"},
        }
        for kind, name in _PARAMETER.findall(rule)
    ]
    parameters += [
        {"name": name, "in": "query", "required": False, "description": words, "schema": {"type": "string"}}
        for name, words in operation.query.items()
    ]
    if parameters:
        said["parameters"] = parameters
    if operation.body is not None:
        content: JsonObject = {"schema": references[operation.body]}
        if operation.example is not None:
            content["example"] = dict(operation.example)
        said["requestBody"] = {"required": True, "content": {operation.media: content}}
    for status, answer in operation.answers.items():
        content = (
            {answer: {"schema": {"type": "string"}}}
            if isinstance(answer, str)
            else {"application/json": {"schema": references[answer]}}
        )
        said["responses"][str(status)] = {"description": HTTPStatus(status).phrase, "content": content}
    for status in sorted({*operation.errors, *_EVERYWHERE}):
        said["responses"][str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {"application/problem+json": {"schema": references[ProblemDetails]}},
        }
        if status in (429, 503):
            said["responses"][str(status)]["headers"] = {
                "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
            }
    if operation.security is not None:
        said["security"] = [{operation.security: []}]
    return said


class Description(BaseModel):
    """This document."""

    openapi: str
    info: JsonObject
    paths: JsonObject


def install(app: Flask) -> None:
    """Serve the description at ``/openapi.json``."""
    routes = Blueprint("openapi", __name__)

    @routes.get("/openapi.json")
    @describe(Operation("This document.", {200: Description}))
    def openapi() -> Response:
        return jsonify(document(app))

    app.register_blueprint(routes)
