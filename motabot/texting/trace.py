"""What became of a text: the reply, and what was looked up for it."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import Engine, text
from standardwebhooks import Webhook

from motabot.errors import MotaBotError

_SQL = text((Path(__file__).parent / "sql" / "trace.sql").read_text(encoding="utf-8"))


class ServiceUnreachable(MotaBotError):
    """The service does not answer."""

    status = 503


class NoReply(MotaBotError):
    """No reply came in time."""

    status = 504


@dataclass(frozen=True)
class Trace:
    """One exchange.

    Attributes:
        message_id: The text's row in `messages`.
        closed: Why the text needs no further answer: 'reply', 'stop', 'opted out' ...
        replies: Texts that stand in `messages` for the phone since, oldest first.
        outcome: The turn's outcome; None where no turn was needed.
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
    calls: list[dict[str, Any]] = field(default_factory=list)
    total_ms: int = 0
    model_ms: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def send_text(url: str, webhook_secret: str, phone: str, words: str) -> int:
    """Post a signed text to a running service, as an SMS layer does, and return its row's id.

    Raises:
        ServiceUnreachable: Nobody answers at the address, or it refuses; the message says what it said.
    """
    message_id = f"cli-{uuid.uuid4()}"
    now = datetime.now(UTC)
    body = json.dumps({"sender": phone, "text": words, "message_id": message_id, "received_at": now.isoformat()})
    headers = {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(webhook_secret).sign(message_id, now, body),
    }
    try:
        response = httpx2.post(
            f"{url.rstrip('/')}/sms/inbound", content=body.encode(), headers=headers, timeout=10
        )
    except httpx2.HTTPError as error:
        raise ServiceUnreachable(
            f"Nothing answers at {url} ({type(error).__name__}); is `motabot up` running?"
        ) from error
    if response.status_code not in (200, 202):
        raise ServiceUnreachable(f"{url} refused the text: {response.status_code} {response.text[:300]}")
    return int(response.json()["id"])


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
