"""An inbound text, and when it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from motabot.gateways.base import Part
from motabot.sms.consent import Decision

#: Nobody sends texts from before this; a phone without a clock, or Go's zero time, says so.
_FIRST = datetime(2010, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Arrival:
    """A recorded text.

    Attributes:
        phone: The number as `messages` has it.
        message_id: The row.
        words: Its words.
        sent_at: Its own time, from `time_of`.
        heard: What the carrier took it for and confirmed to the customer; None if it says nothing.
        part: Which part of a longer text it is; None if the layer does not say.
    """

    phone: str
    message_id: int
    words: str
    sent_at: datetime
    heard: Decision | None = None
    part: Part | None = None


def time_of(own: datetime | None) -> datetime:
    """When a text was sent: its own time, unless it comes from a clock that is not set or ahead of ours."""
    now = datetime.now(UTC)
    return own if own is not None and _FIRST <= own <= now else now
