"""MotaBot's own webhook: a JSON body, signed as Standard Webhooks (standardwebhooks.com)."""

from __future__ import annotations

import base64
import hmac
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from motabot.db.storable import storable
from motabot.errors import InvalidRequest, SettingsError, Unauthorized
from motabot.gateways.base import InboundText, Part, WebhookRequest, require_fresh
from motabot.json_body import read_json
from motabot.text.regex import regex

Sender = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Token = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]


#: Standard Webhooks asks for 24 bytes and more; below this a key is guessed.
_FEWEST_BYTES = 16
_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
#: Seconds since 1970.
_STAMP = regex("[0-9]{1,12}")


def _is_secret(secret: str) -> bool:
    prefix, _, key = secret.partition("_")
    try:
        return prefix == "whsec" and len(base64.b64decode(key, validate=True)) >= _FEWEST_BYTES
    except ValueError:
        return False


#: A modem that does not know the time yet says 1970 or 1980; outside of these years no clock is right.
_FIRST_YEAR, _LAST_YEAR = 1970, 2100


def _moment(given: object) -> object:
    """Read ISO 8601 with a zone into UTC; numbers are refused, since their unit would be a guess."""
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given) if isinstance(given, str) else None
        moment = moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise ValueError("must be ISO 8601 with a zone, like 2026-03-01T10:00:00Z")
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"must be between the years {_FIRST_YEAR} and {_LAST_YEAR}: the sender's clock is wrong")
    return moment


Moment = Annotated[datetime | None, BeforeValidator(_moment)]


class NativeText(BaseModel):
    """The body of ``POST /sms/inbound``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sender: Sender = Field(
        description="Phone number, best in E.164 (+14155550100); a short code or a name also comes in."
    )
    text: str = Field(description="The words of the text; empty for a picture alone.")
    received_at: Moment = Field(
        None, description="When the layer received it, ISO 8601 with a zone; now, if left out."
    )
    message_id: Token | None = Field(None, description="The layer's own id of the text: the same at a redelivery.")
    modem_index: Token | None = Field(None, description="The modem's storage index.")
    modem_timestamp: Moment = Field(
        None, description="The time that the network stamped on it, ISO 8601 with a zone."
    )
    part: Annotated[int, Field(ge=1, le=255)] | None = Field(
        None,
        description="Which part of a longer text this is, from 1, where the layer hands parts over one by one.",
    )
    parts: Annotated[int, Field(ge=2, le=255)] | None = Field(None, description="How many parts the text has.")
    part_reference: Token | None = Field(
        None, description="The layer's name of the whole text, the same for each of its parts."
    )
    line: Token | None = Field(
        None, description="Which of the layer's SIMs or numbers it came to; replies are handed out with it."
    )

    @model_validator(mode="after")
    def _whole_part(self) -> NativeText:
        given = [self.part, self.parts, self.part_reference]
        if any(given) and not all(given):
            raise ValueError("part, parts and part_reference go together")
        if self.part and self.parts and self.part > self.parts:
            raise ValueError("part is larger than parts")
        return self


class NativeGateway:
    """Verifies and reads MotaBot's own webhook."""

    name = "native"

    def __init__(self, secrets: Sequence[str], max_text_chars: int) -> None:
        """
        Args:
            secrets: ``whsec_`` secrets; each of them is accepted, so that one can be rotated.
            max_text_chars: Longest text taken.

        Raises:
            SettingsError: A secret is malformed or too short.
        """
        if not all(map(_is_secret, secrets)):
            raise SettingsError(
                f"MOTABOT_WEBHOOK_SECRETS: each must be whsec_ and base64 of at least {_FEWEST_BYTES} bytes;"
                " `motabot secret` makes one"
            )
        self._keys = [base64.b64decode(secret.partition("_")[2]) for secret in secrets]
        self._max_text_chars = max_text_chars

    def verify(self, request: WebhookRequest) -> float:
        delivery, stamp, signatures = map(request.header, _HEADERS)
        signed = f"{delivery}.{stamp}.".encode() + request.body
        is_ours = any(_has_signature(signatures, hmac.digest(key, signed, "sha256")) for key in self._keys)
        if not (is_ours and delivery and _STAMP.fullmatch(stamp)):
            raise Unauthorized("The webhook's signature is missing, wrong or older than five minutes.")
        return require_fresh(stamp, time.time())

    def parse(self, request: WebhookRequest) -> InboundText:
        read = read_json(NativeText, request.body)
        if len(read.text) > self._max_text_chars:
            raise InvalidRequest(
                "The body has wrong fields.", {"text": f"is longer than {self._max_text_chars} characters"}
            )
        text = InboundText(
            gateway=self.name,
            external_id=f"id:{storable(read.message_id)}" if read.message_id else "",
            sender=storable(read.sender),
            text=storable(read.text),
            received_at=read.received_at or datetime.now(UTC),
            modem_index=storable(read.modem_index) if read.modem_index else None,
            modem_timestamp=read.modem_timestamp,
            part=_part(read),
            line=storable(read.line) if read.line else None,
        )
        return text if read.message_id else replace(text, external_id=_own_id(text, request.header("webhook-id")))


def _has_signature(signatures: str, digest: bytes) -> bool:
    """Whether a header has this signature among others, which a sender adds while it changes its secret."""
    right = b"v1," + base64.b64encode(digest)
    return any(hmac.compare_digest(right, given.encode()) for given in signatures.split())


def _part(read: NativeText) -> Part | None:
    if read.part is None or read.parts is None or read.part_reference is None:
        return None
    return Part(storable(read.part_reference), read.part, read.parts)


def _own_id(text: InboundText, delivery: str) -> str:
    """For want of the layer's id: what the modem knows; else the delivery's own id.

    The words alone would not do: a customer who says the same thing twice means it twice.
    """
    if text.modem_index or text.modem_timestamp:
        return f"modem:{text.fingerprint.hex()}"
    return f"delivery:{storable(delivery)}"
