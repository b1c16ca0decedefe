"""The SMS layer's door."""

from __future__ import annotations

import json
from typing import Annotated, Literal, TypeVar

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from motabot.errors import BodyTooLarge, InvalidRequest, MalformedRequest
from motabot.gateways.base import Gateway
from motabot.texting.claim import Claims
from motabot.texting.inbox import Inbox
from motabot.texting.segments import count


class ClaimBody(BaseModel):
    """What a claim asks for."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=100, strict=True)] = 10
    lease_seconds: Annotated[int, Field(ge=5, le=3_600, strict=True)] = 60


class StatusBody(BaseModel):
    """What became of a text."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[int, Field(ge=1, le=2**63 - 1, strict=True)]
    status: Literal["sent", "delivered", "failed"]
    lease: Annotated[str, Field(max_length=100)] | None = None
    reason: Annotated[str, Field(max_length=2_000)] | None = None
    permanent: bool = False


Body = TypeVar("Body", bound=BaseModel)


def blueprint(gateway: Gateway, inbox: Inbox, claims: Claims) -> Blueprint:
    """Routes under ``/sms``."""
    routes = Blueprint("sms", __name__, url_prefix="/sms")

    def verified() -> tuple[bytes, dict[str, str]]:
        """The raw body and the headers of a request that is signed."""
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            raise BodyTooLarge(f"The body is larger than {request.max_content_length} bytes.") from None
        headers = {name.lower(): value for name, value in request.headers.items()}
        gateway.verify(body, headers)
        return body, headers

    @routes.post("/inbound")
    def inbound() -> tuple[Response, int]:
        """Record one text: 202 with its row's id, or 200 with the first delivery's for a redelivery."""
        receipt = inbox.receive(gateway.parse(*verified()))
        return jsonify(id=receipt.message_id), 202 if receipt.is_new else 200

    @routes.post("/outbox/claim")
    def claim() -> Response:
        """Lease texts to be sent, one a phone."""
        asked = _read(ClaimBody, verified()[0])
        lease = claims.claim(asked.limit, asked.lease_seconds)
        return jsonify(
            lease=lease.id or None,
            until=lease.until.isoformat() if lease.until else None,
            messages=[
                {
                    "id": text.id,
                    "to": text.phone,
                    "text": text.text,
                    "segments": count(text.text),
                    "attempt": text.attempt,
                }
                for text in lease.messages
            ],
        )

    @routes.post("/status")
    def status() -> Response:
        """Note what became of a text."""
        told = _read(StatusBody, verified()[0])
        now = claims.settle(told.id, told.status, lease=told.lease, reason=told.reason, permanent=told.permanent)
        return jsonify(id=told.id, status=now)

    return routes


def _read(model: type[Body], body: bytes) -> Body:
    try:
        given = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise MalformedRequest(f"The body is not valid JSON: {error}.") from None
    if not isinstance(given, dict):
        raise MalformedRequest("The body must be one JSON object.")
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise InvalidRequest(
            "The body has wrong fields.",
            {
                ".".join(str(part) for part in problem["loc"]): problem["msg"]
                for problem in error.errors(include_url=False, include_input=False)
            },
        ) from None
