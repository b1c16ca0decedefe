"""android-sms-gateway by capcom6 (docs.sms-gate.app): a phone as a modem. Its webhooks in, its HTTP API out."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal

import httpx2
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from motabot.boundary import JsonObject
from motabot.db.storable import storable
from motabot.errors import InvalidRequest, Unauthorized
from motabot.gateways.android_errors import fact_of, is_final, is_outage, is_unexplained
from motabot.gateways.base import InboundText, Part, Report, WebhookRequest, require_fresh
from motabot.gateways.sender import OutboundText, SendOutcome, outage
from motabot.json_body import read_json

#: Events that bring a text, and those that say what became of one of ours.
_RECEIVED = ("sms:received", "mms:received", "mms:downloaded")
_REPORTS: dict[str, Literal["sent", "failed", "delivered"]] = {
    "sms:sent": "sent",
    "sms:failed": "failed",
    "sms:cancelled": "failed",
    "sms:delivered": "delivered",
}
#: Seconds after which the phone gives a text up that it could not send: it must not go out a day late.
_TTL = 3_600
_CANCELLED = "it was cancelled on the phone"

Token = Annotated[str, StringConstraints(min_length=1, max_length=255)]


def _sim(given: object) -> int | None:
    """The SIM's number. An invalid one is ignored: a phone without the right to read its SIMs may say 0."""
    return given if isinstance(given, int) and 1 <= given <= 9 else None


class Payload(BaseModel):
    """The part of an event that differs; older versions say `phoneNumber` for `sender`.

    A picture message comes as `mms:received`, with a subject at most, and again as `mms:downloaded` with its
    words.
    """

    model_config = ConfigDict(extra="ignore", strict=True)

    message: str | None = Field(None, description="The words of the text.")
    subject: str | None = Field(None, description="The subject of a picture message.")
    body: str | None = Field(None, description="The words of a picture message that was downloaded.")
    sender: Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)] | None = None
    phone_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)] | None = Field(
        None, alias="phoneNumber", description="What older versions call the sender."
    )
    message_id: Token | None = Field(None, alias="messageId")
    sim_number: Annotated[int | None, BeforeValidator(_sim)] = Field(
        None, alias="simNumber", description="The SIM that the text came to, from 1; replies leave by it."
    )
    received_at: str | None = Field(None, alias="receivedAt", description="When the network received it.")
    reason: str | None = Field(None, description="Of sms:failed: what went wrong.")
    error: str | None = Field(None, description="What other versions call the reason.")

    @property
    def words(self) -> str:
        """The text's words, a picture message's subject included."""
        said = (self.subject, self.message, self.body)
        return "\n".join(dict.fromkeys(part.strip() for part in said if part and part.strip()))


class Capcom6Event(BaseModel):
    """The body of ``POST /sms/capcom6``."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: Token = Field(description="The event's id, the same at a redelivery; messageId is not unique.")
    event: Token = Field(
        description="sms:received, mms:received, mms:downloaded, sms:sent, sms:delivered, sms:failed,"
        " sms:cancelled, or others."
    )
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

    def verify(self, request: WebhookRequest) -> float:
        stamp = request.header("x-timestamp")
        given = request.header("x-signature").lower().encode()
        signed = request.body + stamp.encode()
        good = [
            hmac.compare_digest(hmac.new(key, signed, hashlib.sha256).hexdigest().encode(), given)
            for key in self._keys
        ]
        if not any(good):
            raise Unauthorized("The webhook's signature is missing or wrong.")
        return require_fresh(stamp, time.time())

    def parse(self, request: WebhookRequest) -> InboundText | Report | None:
        event = read_json(Capcom6Event, request.body)
        payload = event.payload
        if event.event in _REPORTS:
            return _report(event)
        if event.event not in _RECEIVED:
            return None
        sender = payload.sender or payload.phone_number
        if not sender:
            raise InvalidRequest("The body has wrong fields.", {"payload.sender": "is missing"})
        words = payload.words
        if len(words) > self._max_text_chars:
            raise InvalidRequest(
                "The body has wrong fields.",
                {"payload.message": f"is longer than {self._max_text_chars} characters"},
            )
        received_at = _moment(payload.received_at)
        return InboundText(
            gateway=self.name,
            external_id=storable(event.id),
            sender=storable(sender.partition("/TYPE=")[0]),  # as picture messages name their senders
            text=storable(words),
            received_at=received_at or datetime.now(UTC),
            modem_timestamp=received_at,
            part=_part(event.event, sender),
            line=str(payload.sim_number) if payload.sim_number else None,
        )


def _part(event: str, sender: str) -> Part | None:
    """`mms:received` announces what `mms:downloaded` brings. Their ids differ; the sender ties them together."""
    if event == "sms:received":
        return None
    is_whole = event == "mms:downloaded"
    return Part(f"mms:{storable(sender)}", 2 if is_whole else 1, None, is_whole=is_whole)


def _report(event: Capcom6Event) -> Report | None:
    """What the phone says of a text of ours; None for texts that others send through it."""
    ours = attempt_of(event.payload.message_id or "")
    if ours is None:
        return None
    status, is_cancelled = _REPORTS[event.event], event.event == "sms:cancelled"
    said = storable(event.payload.reason or event.payload.error or "")[:300]
    reason = said or (_CANCELLED if is_cancelled else None)
    fact = fact_of(said) if status == "failed" else None
    gave_up = event.event == "sms:failed" and (is_outage(said) or is_unexplained(said))
    return Report(ours[0], status, reason, fact, ours[1], is_cancelled or is_final(said), gave_up)


def _moment(given: str | None) -> datetime | None:
    """The network's time of a text, if it has a zone."""
    try:
        moment = datetime.fromisoformat(given or "")
        read = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        read = None
    return read if read is not None and 1970 <= read.year <= 2100 else None


def reference(message_id: int, attempt: int) -> str:
    """What the phone knows a text by. An attempt has its own, for the phone refuses one that it had before."""
    return f"motabot-{message_id}-{attempt}"


def attempt_of(given: str) -> tuple[int, int] | None:
    """The row and the attempt that a `reference` means; None for texts that are not ours."""
    parts = given.split("-")
    is_ours = len(parts) == 3 and parts[0] == "motabot" and all(part.isdecimal() for part in parts[1:])
    return (int(parts[1]), int(parts[2])) if is_ours and len(parts[1]) < 19 and len(parts[2]) < 9 else None


class Capcom6Transport:
    """Hands texts to the phone and asks what became of them."""

    name = "capcom6"

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

    def hand_over(self, text: OutboundText) -> SendOutcome | None:
        """Give a text to the phone, unless the phone has one of its attempts in hand still, or sent it."""
        if text.again or text.attempt > 1:
            known = self._last(text)
            if isinstance(known, SendOutcome):
                return known
            if known is not None and known.state != "Failed":
                return known.outcome()
        body: JsonObject = {
            "id": reference(text.id, text.number),
            "textMessage": {"text": text.text},
            "phoneNumbers": [text.to],
            "withDeliveryReport": True,
            "ttl": _TTL,
        }
        if text.line and text.line.isdecimal():
            body["simNumber"] = int(text.line)
        answer = self._http.post("/messages", json=body)
        if down := outage(answer):
            return down
        if answer.status_code == 409:  # a text of this name is there already
            return None
        if not answer.is_success:
            return SendOutcome("failed", f"the phone refused it: {answer.text[:200]}", permanent=True)
        return None

    def outcome(self, text: OutboundText) -> SendOutcome | None:
        known = self._last(text)
        return known.outcome() if isinstance(known, _Known) else known

    def _last(self, text: OutboundText) -> _Known | SendOutcome | None:
        """What the phone knows of the newest attempt that it has, or its outage.

        Attempts from before a person queued the text again count no longer.
        """
        for attempt in range(text.number, text.attempts_before, -1):
            answer = self._http.get(f"/messages/{reference(text.id, attempt)}")
            if answer.status_code == 404:
                continue
            if down := outage(answer):
                return down
            if answer.is_success:
                return _Known.read(answer)
        return None


@dataclass(frozen=True)
class _Known:
    """A text as the phone has it. `Pending` and `Processed` come before the end of a text's way."""

    state: str
    error: str

    @classmethod
    def read(cls, answer: httpx2.Response) -> _Known:
        try:
            body = dict(answer.json())
        except ValueError:
            return cls("", "")
        recipients = body.get("recipients") or [{}]
        return cls(str(body.get("state", "")), str(recipients[0].get("error") or ""))

    def outcome(self) -> SendOutcome | None:
        if self.state in ("Sent", "Delivered"):
            return SendOutcome("sent")
        if self.state in ("Cancelled", "Canceled"):
            return SendOutcome("failed", _CANCELLED, permanent=True)
        if self.state != "Failed":
            return None
        reason = f"the phone could not send it: {self.error or 'no reason given'}"[:300]
        gave_up = is_outage(self.error)
        return SendOutcome(
            "failed",
            reason,
            is_final(self.error) and not gave_up,
            fact_of(self.error),
            is_outage=gave_up,
            gave_up=gave_up,
            is_unexplained=is_unexplained(self.error),
        )
