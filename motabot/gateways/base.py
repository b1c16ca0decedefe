"""What every SMS layer comes down to."""

from __future__ import annotations

import hashlib
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
        of: How many parts there are.
    """

    reference: str
    number: int
    of: int


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
        part: Which part of a longer text it is, where the layer hands parts over one by one.
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
        """SHA-256 of what must be the same in a redelivery: sender, words, modem index and timestamp."""
        stamp = self.modem_timestamp.isoformat() if self.modem_timestamp else ""
        parts = "\x1f".join((self.sender, self.modem_index or "", stamp, self.text))
        return hashlib.sha256(parts.encode()).digest()


@dataclass(frozen=True)
class Report:
    """What a carrier says later of a text that was handed to it.

    Attributes:
        message_id: The row in `messages`.
        status: "delivered", or "undelivered" when it was taken and then lost.
        reason: Why it was not delivered.
    """

    message_id: int
    status: Literal["delivered", "undelivered"]
    reason: str | None = None


class Gateway(Protocol):
    """An SMS layer's inbound side."""

    name: str

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature over the raw body, before anything of it is read.

        Raises:
            Unauthorized: Missing, wrong or, where the scheme carries a time, stale.
        """
        ...

    def parse(self, request: WebhookRequest) -> InboundText | Report | None:
        """Read a verified request: a text, a report on one of ours, or something that is neither.

        Raises:
            MalformedRequest: It is not in the gateway's format at all.
            InvalidRequest: A field is wrong; `fields` says which and why.
        """
        ...


def require_fresh(stamp: str, now: float) -> None:
    """Refuse a signed moment that is too far from now.

    Args:
        stamp: Seconds since 1970, as the header has it.
        now: The same, of now.

    Raises:
        Unauthorized: It is no number, or more than five minutes away.
    """
    try:
        is_fresh = abs(now - float(stamp)) <= TOLERANCE  # false for nan, too
    except ValueError:
        is_fresh = False
    if not is_fresh:
        raise Unauthorized("The webhook's timestamp is missing, wrong or more than five minutes away.")
