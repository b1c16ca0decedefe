"""What every SMS layer has in common."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from motabot.errors import Unauthorized

#: Seconds by which a signed moment may differ from now, either way (Standard Webhooks asks for five minutes).
TOLERANCE = 300.0


@dataclass(frozen=True)
class WebhookRequest:
    """A request as it came in.

    Attributes:
        body: The raw bytes, which signatures are made over.
        look_up: Says a header's value by its name in any case; a copy of all headers would take its time.
        locate: Says the URL; not every scheme asks, and putting it together takes its time.
    """

    body: bytes
    look_up: Callable[[str], str | None]
    locate: Callable[[], str]

    @property
    def url(self) -> str:
        """As the sender wrote it: the public address, path and query."""
        return self.locate()

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        return self.look_up(name) or ""


@dataclass(frozen=True)
class Part:
    """Which part of a longer text a message is.

    Attributes:
        reference: The layer's name of the whole text, the same for each of its parts.
        number: Counts from 1.
        of: How many parts there are; None if this is the announcement of a text whose words come later.
        is_whole: This message has all the words; what came before it was its announcement.
    """

    reference: str
    number: int
    of: int | None
    is_whole: bool = False


@dataclass(frozen=True)
class InboundText:
    """One text as a gateway delivered it.

    Attributes:
        gateway: The gateway's name; ids of different gateways never meet.
        external_id: What makes a redelivery recognisable within the gateway.
        sender: The number, short code or name as it came.
        text: The words; characters that PostgreSQL cannot hold are replaced already.
        received_at: When the layer received it, in UTC.
        modem_index: The modem's storage index.
        modem_timestamp: The time that the network stamped on it.
        part: Which part of a longer text it is, if the layer hands parts over one by one.
        line: Which of the layer's SIMs or numbers it came to.
        heard: What the carrier took it for and confirmed to the customer itself.
    """

    gateway: str
    external_id: str
    sender: str
    text: str
    received_at: datetime
    modem_index: str | None = None
    modem_timestamp: datetime | None = None
    part: Part | None = None
    line: str | None = None
    heard: Literal["stop", "start", "help"] | None = None

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of what must be the same in a redelivery: sender, words, part, modem index and timestamp."""
        stamp = self.modem_timestamp.isoformat() if self.modem_timestamp else ""
        place = [f"{self.part.number}/{self.part.of}"] if self.part else []
        parts = "\x1f".join((self.sender, self.modem_index or "", stamp, *place, self.text))
        return hashlib.sha256(parts.encode()).digest()


#: What a carrier knows of a number: the customer opted out there; or why nothing can be delivered to it.
Fact = Literal["opted out", "unreachable", "blocked", "unknown number", "landline"]


@dataclass(frozen=True)
class Report:
    """What a layer or a carrier says later of a text that was handed to it.

    Attributes:
        message_id: The row in `messages`.
        status: "sent" or "failed" when the layer says what became of it; "delivered", or "undelivered" when the
            carrier took it and lost it.
        reason: Why it was not delivered.
        fact: What the carrier says of the number itself.
        attempt: Which attempt it is about; None if that is not known.
        permanent: Another attempt would fail as well.
        gave_up: Whether the layer had taken the text and gave it up because of its own fault or without a reason.
    """

    message_id: int
    status: Literal["sent", "failed", "delivered", "undelivered", "returned"]
    reason: str | None = None
    fact: Fact | None = None
    attempt: int | None = None
    permanent: bool = False
    gave_up: bool = False


class Gateway(Protocol):
    """An SMS layer's inbound side."""

    name: str

    def verify(self, request: WebhookRequest) -> float | None:
        """Check the signature over the raw body, before anything of it is read.

        Returns:
            Seconds by which the sender's clock is ahead of ours; None if the scheme carries no time.

        Raises:
            Unauthorized: Missing or wrong.
            StaleClock: Signed well, but too long ago or too far ahead.
        """
        ...

    def parse(self, request: WebhookRequest) -> InboundText | Report | None:
        """Read a verified request: a text, a report on one of ours, or something that is neither.

        Raises:
            MalformedRequest: It is not in the gateway's format at all.
            InvalidRequest: A field is wrong; `fields` says which and why.
        """
        ...


class StaleClock(Unauthorized):
    """A request is signed well, and its time is too far from ours.

    Attributes:
        skew: Seconds by which the sender's clock is ahead.
    """

    def __init__(self, message: str, skew: float) -> None:
        super().__init__(message)
        self.skew = skew


def require_fresh(stamp: str, now: float) -> float:
    """Refuse a signed moment that is too far from now.

    Args:
        stamp: Seconds since 1970, as the header has it.
        now: The same, of now.

    Returns:
        Seconds by which the sender's clock is ahead of ours.

    Raises:
        Unauthorized: It is not a number.
        StaleClock: It is more than five minutes away.
    """
    message = "The webhook's timestamp is missing, wrong or more than five minutes away."
    try:
        skew = float(stamp) - now
    except ValueError:
        raise Unauthorized(message) from None
    if not math.isfinite(skew):
        raise Unauthorized(message)
    if abs(skew) > TOLERANCE:
        raise StaleClock(message, skew)
    return skew
