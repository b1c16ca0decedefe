"""The routes of SMS layers: texts in, claims, and reports."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, jsonify, request

from motabot.gateways.base import Gateway
from motabot.gateways.capcom6 import Capcom6Event
from motabot.gateways.native import NativeText
from motabot.json_body import read_json
from motabot.text.gsm7 import count
from motabot.web.openapi import Operation, describe
from motabot.web.sms_bodies import (
    ClaimBody,
    Claimed,
    LayerBody,
    LayerState,
    Recorded,
    Settled,
    StatusBody,
    TwilioForm,
)
from motabot.web.sms_door import SmsDoor, door, place

routes = Blueprint("sms", __name__, url_prefix="/sms")


def install(app: Flask, made: SmsDoor) -> None:
    """Add the routes under ``/sms``, with an address for each gateway that has secrets."""
    place(app, made)
    app.register_blueprint(routes)
    for gateway in made.others:
        _add(app, gateway)


def _signed() -> bytes:
    """The body of a request that the native gateway's secrets signed; an empty object if there is none."""
    return door().verified(door().native).body or b"{}"


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
    message_id, is_new = door().take(door().native)
    return jsonify(id=message_id), 202 if is_new else 200


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
    asked = read_json(ClaimBody, _signed())
    used = request.headers.get("webhook-id")
    lease = door().claims.claim(asked.limit, asked.lease_seconds, layer=asked.layer, request=used)
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
                "attempts_before": text.attempts_before,
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
    told = read_json(StatusBody, _signed())
    now = door().claims.settle(
        told.id,
        told.status,
        lease=told.lease,
        reason=told.reason,
        permanent=told.permanent,
        fact=told.fact,
        gave_up=told.gave_up,
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
    told = read_json(LayerBody, _signed())
    door().claims.note_layer(told.name, is_down=told.down, reason=told.reason)
    return jsonify(name=told.name, down=told.down)


def _add(app: Flask, gateway: Gateway) -> None:
    """Give a gateway the address under its own name."""
    is_form = gateway.name == "twilio"

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
    def view() -> Response:
        """Record a text or note a report; these layers only need to know that it arrived."""
        message_id, _is_new = door().take(gateway)
        if is_form:
            return Response("<Response/>", content_type="text/xml")
        return jsonify(id=message_id)

    app.add_url_rule(f"/sms/{gateway.name}", f"sms_{gateway.name}", view, methods=["POST"])
