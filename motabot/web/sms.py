"""The SMS layer's door."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import RequestEntityTooLarge

from motabot.errors import BodyTooLarge, ClaimRefused, UnknownMessage
from motabot.gateways.base import Fact, Gateway, InboundText, Report, StaleClock, WebhookRequest
from motabot.gateways.capcom6 import Capcom6Event
from motabot.gateways.native import NativeText
from motabot.json_body import read_json
from motabot.sms.claim import Claims
from motabot.sms.inbox import Inbox
from motabot.sms.layers import Clocks
from motabot.sms.settle import Status
from motabot.text.gsm7 import count
from motabot.web.openapi import Operation, describe


class ClaimBody(BaseModel):
    """What a claim asks for."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=100, strict=True)] = 10
    lease_seconds: Annotated[int, Field(ge=5, le=3_600, strict=True)] = 60
    layer: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        None, description="The SMS layer that sends them; receipts from another one are not believed."
    )


class StatusBody(BaseModel):
    """What became of a text."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[int, Field(ge=1, le=2**63 - 1, strict=True)]
    status: Status = Field(description="returned: the layer took nothing, which costs the text no attempt.")
    lease: Annotated[str, Field(max_length=100)] | None = None
    reason: Annotated[str, Field(max_length=2_000)] | None = None
    permanent: bool = Field(False, description="Another attempt would fail as well.")
    fact: Fact | None = Field(None, description="What the carrier says of the number itself.")


class LayerBody(BaseModel):
    """Whether an SMS layer takes texts."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=60)]
    down: bool
    reason: Annotated[str, Field(max_length=2_000)] | None = None


class Recorded(BaseModel):
    """The row of `messages` that holds the text; null for an event that is none."""

    id: int | None


class ClaimedText(BaseModel):
    """A text to send."""

    id: int
    to: str = Field(description="E.164.")
    text: str
    segments: int = Field(description="How many SMS it takes.")
    attempt: int = Field(description="Counts from 1; an outage of the layer costs none.")
    again: bool = Field(description="It was claimed before, and may have been handed over then.")
    line: str | None = Field(description="The SIM or number of ours that the customer wrote to; null: any.")


class Claimed(BaseModel):
    """What may be sent until a moment; `lease` is needed to settle it."""

    lease: str | None
    until: str | None
    messages: list[ClaimedText]


class Settled(BaseModel):
    """What `messages` says of the text now."""

    id: int
    status: str


class LayerState(BaseModel):
    """What is noted of the layer now."""

    name: str
    down: bool


class TwilioForm(BaseModel):
    """What Twilio posts; other fields are ignored."""

    MessageSid: str = Field(pattern=r"^[A-Z]{2}[0-9a-fA-F]{1,64}$")
    From: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$")
    Body: str = Field("", description="Missing from a picture without words.")
    NumMedia: str = Field("0", pattern=r"^[0-9]{1,3}$")
    OptOutType: str | None = Field(
        None, pattern=r"^[A-Z]{1,10}$", description="STOP, START or HELP that Twilio heard and confirmed itself."
    )
    MessageStatus: str | None = Field(
        None, pattern=r"^[a-z_-]{1,20}$", description="Of the status callback, which has no Body."
    )
    ErrorCode: str | None = Field(None, pattern=r"^[0-9]{1,6}$")


def blueprint(
    native: Gateway,
    others: Sequence[Gateway],
    inbox: Inbox,
    claims: Claims,
    clocks: Clocks,
    public_url: str | None,
) -> Blueprint:
    """Routes under ``/sms``. Each gateway has its own address and accepts its own secrets alone.

    Args:
        native: The gateway of ``/sms/inbound``, whose secrets also open the outbox.
        others: Gateways under their own names: ``/sms/twilio``.
        inbox: Takes texts in.
        claims: The outbox's other end.
        clocks: Notes how far the senders' clocks are off.
        public_url: The address that senders use, where it is not the one that reaches us.
    """
    routes = Blueprint("sms", __name__, url_prefix="/sms")

    def located() -> str:
        """The address as its sender wrote it: signatures cover each character, a `?` at the end included."""
        target = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or request.full_path
        if not target.startswith("/"):
            parts = urlsplit(target)
            target = target[len(f"{parts.scheme}://{parts.netloc}") :]
        return f"{(public_url or request.host_url).rstrip('/')}{target}"

    def verified(gateway: Gateway) -> WebhookRequest:
        """A request whose signature is good."""
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            raise BodyTooLarge(f"The body is larger than {request.max_content_length} bytes.") from None
        given = WebhookRequest(body, request.headers.get, located)
        try:
            skew = gateway.verify(given)
        except StaleClock as stale:
            clocks.note(gateway.name, stale.skew)
            raise
        if skew is not None:
            clocks.note(gateway.name, skew)
        return given

    def take(gateway: Gateway) -> tuple[int | None, bool]:
        """Do what a request says; returns the row's id and whether this request made the row."""
        given = gateway.parse(verified(gateway))
        if isinstance(given, InboundText):
            receipt = inbox.receive(given)
            return receipt.message_id, receipt.is_new
        if isinstance(given, Report):
            # of a text that was erased since, or that another layer was given; the sender need not say it again
            with contextlib.suppress(UnknownMessage, ClaimRefused):
                claims.settle(
                    given.message_id,
                    given.status,
                    reason=given.reason,
                    permanent=given.permanent,
                    fact=given.fact,
                    attempt=given.attempt,
                    layer=gateway.name,
                )
        return None, False

    @routes.post("/inbound")
    @describe(
        Operation(
            "Record one text. 202: recorded; 200: it was recorded before.",
            {202: Recorded, 200: Recorded},
            body=NativeText,
            errors=(400, 401, 409, 413, 422, 503),
            security="standardWebhooks",
            example={"sender": "+14155550100", "text": "what do you have for sleep?", "message_id": "m-1"},
        )
    )
    def inbound() -> tuple[Response, int]:
        """Record one text: 202 with its row's id, or 200 with the first delivery's for a redelivery."""
        message_id, is_new = take(native)
        return jsonify(id=message_id), 202 if is_new else 200

    def add(gateway: Gateway) -> None:
        is_form = gateway.name == "twilio"

        @routes.post(f"/{gateway.name}", endpoint=gateway.name)
        @describe(
            Operation(
                f"Record a text or note a report of {gateway.name}.",
                {200: "text/xml" if is_form else Recorded},
                body=TwilioForm if is_form else Capcom6Event,
                media="application/x-www-form-urlencoded" if is_form else "application/json",
                errors=(400, 401, 409, 413, 422, 503),
                security=gateway.name,
            )
        )
        def other() -> Response:
            """Record a text or note a report; these layers only want to hear that it arrived."""
            message_id, _is_new = take(gateway)
            if is_form:
                return Response("<Response/>", content_type="text/xml")
            return jsonify(id=message_id)

    for each in others:
        add(each)

    @routes.post("/outbox/claim")
    @describe(
        Operation(
            "Lease texts to be sent, the oldest of each phone first.",
            {200: Claimed},
            body=ClaimBody,
            errors=(400, 401, 409, 413, 422, 503),
            security="standardWebhooks",
            example={"limit": 10, "lease_seconds": 60},
        )
    )
    def claim() -> Response:
        """Lease texts to be sent, one a phone."""
        asked = read_json(ClaimBody, verified(native).body or b"{}")
        used = request.headers.get("webhook-id")
        lease = claims.claim(asked.limit, asked.lease_seconds, layer=asked.layer, request=used)
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
                    "again": text.again,
                    "line": text.line,
                }
                for text in lease.messages
            ],
        )

    @routes.post("/status")
    @describe(
        Operation(
            "Say what became of a text.",
            {200: Settled},
            body=StatusBody,
            errors=(400, 401, 404, 409, 413, 422, 503),
            security="standardWebhooks",
            example={"id": 812, "status": "sent", "lease": "tLP2w0sYm1c"},
        )
    )
    def status() -> Response:
        """Note what became of a text."""
        told = read_json(StatusBody, verified(native).body or b"{}")
        now = claims.settle(
            told.id, told.status, lease=told.lease, reason=told.reason, permanent=told.permanent, fact=told.fact
        )
        return jsonify(id=told.id, status=now)

    @routes.post("/layer")
    @describe(
        Operation(
            "Say that an SMS layer takes no texts, or takes them again. Staff are told.",
            {200: LayerState},
            body=LayerBody,
            errors=(400, 401, 413, 422, 503),
            security="standardWebhooks",
            example={"name": "modem", "down": True, "reason": "no SIM card"},
        )
    )
    def layer() -> Response:
        """Note whether an SMS layer takes texts."""
        told = read_json(LayerBody, verified(native).body or b"{}")
        claims.note_layer(told.name, is_down=told.down, reason=told.reason)
        return jsonify(name=told.name, down=told.down)

    return routes
