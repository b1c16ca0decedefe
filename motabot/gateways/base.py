"""What every SMS layer comes down to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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
    """

    gateway: str
    external_id: str
    sender: str
    text: str
    received_at: datetime
    modem_index: str | None = None
    modem_timestamp: datetime | None = None

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of what must be the same in a redelivery: sender, words, modem index and timestamp."""
        stamp = self.modem_timestamp.isoformat() if self.modem_timestamp else ""
        parts = "\x1f".join((self.sender, self.modem_index or "", stamp, self.text))
        return hashlib.sha256(parts.encode()).digest()


class Gateway(Protocol):
    """An SMS layer's inbound side. Headers come with lower-case names."""

    name: str

    def verify(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Check the signature over the raw body, before anything of it is read.

        Raises:
            Unauthorized: Missing, wrong or stale.
        """
        ...

    def parse(self, body: bytes, headers: Mapping[str, str]) -> InboundText:
        """Read a verified body.

        Raises:
            MalformedRequest: It is not in the gateway's format at all.
            InvalidRequest: A field is wrong; `fields` says which and why.
        """
        ...
