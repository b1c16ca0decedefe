"""Drains the outbox into an SMS layer: claims texts over HTTP, hands them over, settles what became of each.

The same contract that any other program may use (docs/outbox.md); so a sender may run beside the service or on the
machine that the modem is plugged into.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Literal, Protocol

import httpx2

from motabot.gateways.client import ServiceClient, ServiceRefused, ServiceUnreachable
from motabot.logs import log

#: Seconds for which a text is held: longer than any layer should take, for what is over is given to somebody else.
LEASE_SECONDS = 900
#: Seconds between two looks when there is nothing to do, and after trouble.
_IDLE, _TROUBLE = 1.0, 5.0


@dataclass(frozen=True)
class OutboundText:
    """A text to hand over; `attempt` counts from 1."""

    id: int
    to: str
    text: str
    attempt: int


@dataclass(frozen=True)
class Outcome:
    """What became of a text. `permanent`: another attempt would fail as well."""

    status: Literal["sent", "failed"]
    reason: str | None = None
    permanent: bool = False


class Transport(Protocol):
    """An SMS layer's outbound side. Whatever httpx2 or the file system raises is tried again later."""

    def __enter__(self) -> Transport: ...

    def __exit__(self, *_: object) -> None: ...

    def hand_over(self, text: OutboundText) -> Outcome | None:
        """Give a text to the layer; None when its outcome comes later.

        Called again with the next `attempt` when a sender died, so the layer is asked first where it can be.
        """
        ...

    def outcome(self, text: OutboundText) -> Outcome | None:
        """What became of a text that was handed over; None while the layer still has it."""
        ...


@dataclass(frozen=True)
class _Held:
    text: OutboundText
    lease: str
    until: float


class Sender:
    """Claims, hands over, settles, until it is told to stop."""

    def __init__(self, service: ServiceClient, transport: Transport, *, limit: int = 20) -> None:
        self._service = service
        self._transport = transport
        self._limit = limit
        self._held: dict[int, _Held] = {}

    def run(self, stopping: threading.Event) -> None:
        """Go on until the event is set. Whatever does not answer is waited for."""
        while not stopping.is_set():
            try:
                pause = 0.0 if self.step() else _IDLE
            except (ServiceUnreachable, httpx2.HTTPError, OSError) as error:
                log.warning("sender waits", error=type(error).__name__)
                pause = _TROUBLE
            stopping.wait(pause)

    def step(self) -> bool:
        """Settle what is done, claim what is due and hand it over; says whether anything was.

        Raises:
            ServiceUnreachable: The service does not answer; what was handed over is settled in a later step.
        """
        settled = sum(self._look_after(held) for held in list(self._held.values()))
        answer = self._service.post("/sms/outbox/claim", {"limit": self._limit, "lease_seconds": LEASE_SECONDS})
        until = time.monotonic() + LEASE_SECONDS
        for given in answer["messages"]:
            text = OutboundText(given["id"], given["to"], given["text"], given["attempt"])
            held = _Held(text, answer["lease"], until)
            try:
                outcome = self._transport.hand_over(text)
            except (httpx2.HTTPError, OSError) as error:
                outcome = Outcome("failed", f"{type(error).__name__}: the SMS layer did not take it")
            self._held[text.id] = held
            if outcome is not None:
                self._settle(held, outcome)
        return bool(settled or answer["messages"])

    def _look_after(self, held: _Held) -> bool:
        if time.monotonic() > held.until:
            del self._held[held.text.id]  # it was given back, and comes again with the next attempt
            return False
        outcome = self._transport.outcome(held.text)
        if outcome is not None:
            self._settle(held, outcome)
        return outcome is not None

    def _settle(self, held: _Held, outcome: Outcome) -> None:
        body = {
            "id": held.text.id,
            "status": outcome.status,
            "lease": held.lease,
            "reason": outcome.reason,
            "permanent": outcome.permanent,
        }
        try:
            self._service.post("/sms/status", body)
        except ServiceRefused as error:  # the lease was over, and somebody else has the text
            log.warning("settling refused", message_id=held.text.id, status=error.answered)
        self._held.pop(held.text.id, None)
