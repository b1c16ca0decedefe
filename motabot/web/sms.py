"""The SMS layer's door."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from motabot.errors import BodyTooLarge
from motabot.gateways.base import Gateway
from motabot.texting.inbox import Inbox


def blueprint(gateway: Gateway, inbox: Inbox) -> Blueprint:
    """Routes under ``/sms``."""
    routes = Blueprint("sms", __name__, url_prefix="/sms")

    @routes.post("/inbound")
    def inbound() -> tuple[Response, int]:
        """Record one text: 202 with its row's id, or 200 with the first delivery's for a redelivery."""
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            raise BodyTooLarge(f"The body is larger than {request.max_content_length} bytes.") from None
        headers = {name.lower(): value for name, value in request.headers.items()}
        gateway.verify(body, headers)
        receipt = inbox.receive(gateway.parse(body, headers))
        return jsonify(id=receipt.message_id), 202 if receipt.is_new else 200

    return routes
