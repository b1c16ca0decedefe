"""What became of a text: the reply, and what was looked up for it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine

from motabot.boundary import JsonObject
from motabot.db.queries import load_sql
from motabot.errors import MotaBotError
from motabot.gateways.client import ServiceClient

_SQL = load_sql(__package__, "trace")


class NoReply(MotaBotError):
    """No reply came in time."""

    status = 504


@dataclass(frozen=True)
class Trace:
    """One exchange.

    Attributes:
        message_id: The text's row in `messages`.
        closed: Why the text needs no further answer: 'reply', 'stop', 'opted out' ...
        replies: The later texts in `messages` for the phone, oldest first.
        outcome: The turn's outcome; None if no turn was needed.
        model: Who answered.
        troubles: Why others did not.
        calls: Tools that were called: name, arguments, result, ok, ms.
        total_ms, model_ms, input_tokens, output_tokens: What the turn took.
    """

    message_id: int
    closed: str
    replies: list[str]
    outcome: str | None = None
    model: str | None = None
    troubles: list[dict[str, str]] = field(default_factory=list)
    calls: list[JsonObject] = field(default_factory=list)
    total_ms: int = 0
    model_ms: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def as_json(self) -> JsonObject:
        return asdict(self)


def send_text(url: str, webhook_secret: str, phone: str, words: str) -> int:
    """Post a signed text to a running service, as an SMS layer does, and return its row's id.

    Raises:
        ServiceUnreachable: No service answers at the address.
        ServiceRefused: It refuses; the message says what it said.
    """
    body = {
        "sender": phone,
        "text": words,
        "message_id": f"cli-{uuid.uuid4()}",
        "received_at": datetime.now(UTC).isoformat(),
    }
    with ServiceClient(url, webhook_secret) as service:
        return int(service.post("/sms/inbound", body)["id"])


def find_trace(engine: Engine, message_id: int) -> Trace | None:
    """What became of a text so far; None while it is open."""
    with engine.connect() as connection:
        row = connection.execute(_SQL, {"id": message_id}).mappings().one_or_none()
    return Trace(**row) if row else None


def wait_for_trace(
    engine: Engine, message_id: int, seconds: float, *, on_wait: Callable[[], None] = lambda: None
) -> Trace:
    """Wait until a text is answered.

    Raises:
        NoReply: It is still open after that many seconds.
    """
    deadline = time.monotonic() + seconds
    while (trace := find_trace(engine, message_id)) is None:
        if time.monotonic() > deadline:
            raise NoReply(
                f"Row {message_id} is open after {seconds:g} s: is a worker running, or has someone taken over?"
            )
        on_wait()
        time.sleep(0.05)
    return trace
