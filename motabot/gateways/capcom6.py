"""android-sms-gateway by capcom6 (docs.sms-gate.app): a phone as a modem. Its webhooks in, its HTTP API out."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import httpx2
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from motabot.db.storable import storable
from motabot.errors import InvalidRequest, Unauthorized
from motabot.gateways.base import InboundText, Report, WebhookRequest, require_fresh
from motabot.gateways.sender import OutboundText, Outcome
from motabot.json_body import read_json

Token = Annotated[str, StringConstraints(min_length=1, max_length=255)]


class Payload(BaseModel):
    """The part of an event that differs; older versions say `phoneNumber` for `sender`."""

    model_config = ConfigDict(extra="ignore", strict=True)

    message: str = Field("", description="The words of the text.")
    sender: Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)] | None = None
    phone_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)] | None = Field(
        None, alias="phoneNumber", description="What older versions call the sender."
    )
    message_id: Token | None = Field(None, alias="messageId")
    received_at: str | None = Field(None, alias="receivedAt")


class Capcom6Event(BaseModel):
    """The body of ``POST /sms/capcom6``."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: Token = Field(description="The event's id, the same at a redelivery; messageId is not unique.")
    event: Token = Field(description="sms:received, sms:delivered; anything else is accepted and ignored.")
    payload: Payload


class Capcom6Gateway:
    """Verifies and reads the phone's webhooks."""

    name = "capcom6"

    def __init__(self, signing_keys: Sequence[str], max_text_chars: int) -> None:
        """
        Args:
            signing_keys: The app's webhook signing keys; each of them is accepted, so that one can be rotated.
            max_text_chars: Longest text taken.
        """
        self._keys = [key.encode() for key in signing_keys]
        self._max_text_chars = max_text_chars

    def verify(self, request: WebhookRequest) -> None:
        stamp = request.header("x-timestamp")
        given = request.header("x-signature").lower().encode()
        signed = request.body + stamp.encode()
        good = [
            hmac.compare_digest(hmac.new(key, signed, hashlib.sha256).hexdigest().encode(), given)
            for key in self._keys
        ]
        if not any(good):
            raise Unauthorized("The webhook's signature is missing or wrong.")
        require_fresh(stamp, time.time())

    def parse(self, request: WebhookRequest) -> InboundText | Report | None:
        event = read_json(Capcom6Event, request.body)
        payload = event.payload
        if event.event == "sms:delivered":
            message_id = message_of(payload.message_id or "")
            return Report(message_id, "delivered") if message_id else None
        if event.event != "sms:received":
            return None
        sender = payload.sender or payload.phone_number
        if not sender:
            raise InvalidRequest("The body has wrong fields.", {"payload.sender": "is missing"})
        if len(payload.message) > self._max_text_chars:
            raise InvalidRequest(
                "The body has wrong fields.",
                {"payload.message": f"is longer than {self._max_text_chars} characters"},
            )
        return InboundText(
            gateway=self.name,
            external_id=storable(event.id),
            sender=storable(sender),
            text=storable(payload.message),
            received_at=_moment(payload.received_at),
        )


def _moment(given: str | None) -> datetime:
    """The phone's clock, where it says a zone; now otherwise."""
    try:
        moment = datetime.fromisoformat(given or "")
        return moment.astimezone(UTC) if moment.tzinfo else datetime.now(UTC)
    except (ValueError, OverflowError):
        return datetime.now(UTC)


def reference(message_id: int, attempt: int) -> str:
    """What the phone knows a text by. An attempt has its own, for the phone refuses one that it had before."""
    return f"motabot-{message_id}-{attempt}"


def message_of(given: str) -> int | None:
    """The row that a `reference` stands for; None for texts that are not ours."""
    parts = given.split("-")
    is_ours = len(parts) == 3 and parts[0] == "motabot" and parts[1].isdecimal() and len(parts[1]) < 19
    return int(parts[1]) if is_ours else None


class Capcom6Transport:
    """Hands texts to the phone and asks what became of them."""

    def __init__(self, url: str, username: str, password: str) -> None:
        """
        Args:
            url: The app's API: http://PHONE:8080, or https://api.sms-gate.app/3rdparty/v1.
            username: As the app shows it.
            password: As the app shows it.
        """
        self._http = httpx2.Client(base_url=url.rstrip("/"), auth=(username, password), timeout=15.0)

    def __enter__(self) -> Capcom6Transport:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def hand_over(self, text: OutboundText) -> Outcome | None:
        """Give a text to the phone, unless the phone has the last attempt in hand still, or sent it."""
        if text.attempt > 1:
            last = self._state(reference(text.id, text.attempt - 1))
            if last and last != "Failed":
                return _outcome(last)
        answer = self._http.post(
            "/messages",
            json={
                "id": reference(text.id, text.attempt),
                "textMessage": {"text": text.text},
                "phoneNumbers": [text.to],
                "withDeliveryReport": True,
            },
        )
        if answer.status_code in (400, 422):
            return Outcome("failed", f"the phone refused it: {answer.text[:200]}", permanent=True)
        if answer.status_code != 409:  # 409: a text of this name is there already
            answer.raise_for_status()
        return None

    def outcome(self, text: OutboundText) -> Outcome | None:
        state = self._state(reference(text.id, text.attempt))
        return _outcome(state or self._state(reference(text.id, text.attempt - 1)))

    def _state(self, name: str) -> str:
        answer = self._http.get(f"/messages/{name}")
        if answer.status_code == 404:
            return ""
        answer.raise_for_status()
        return str(answer.json().get("state", ""))


def _outcome(state: str) -> Outcome | None:
    """`Pending` and `Processed` come before the end of a text's way."""
    if state in ("Sent", "Delivered"):
        return Outcome("sent")
    return Outcome("failed", "the phone could not send it") if state == "Failed" else None
