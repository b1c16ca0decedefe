"""Reads a request's JSON body into a model, and says what is wrong with it field by field."""

from __future__ import annotations

import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from motabot.boundary import Json
from motabot.errors import InvalidRequest, MalformedRequest, field_problems

Body = TypeVar("Body", bound=BaseModel)


def read_json(model: type[Body], body: bytes) -> Body:
    """Read a body that must be one JSON object.

    Raises:
        MalformedRequest: It is not JSON, or not an object.
        InvalidRequest: A field is wrong; `fields` says which and why.
    """
    try:
        given: Json = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedRequest(f"The body is not valid JSON: {error}.") from None
    if not isinstance(given, dict):
        raise MalformedRequest("The body must be one JSON object.")
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise InvalidRequest("The body has wrong fields.", field_problems(error)) from None
