"""Drains the outbox into an SMS layer: claims texts over HTTP, hands them over, settles what became of each.

The same contract that any other program may use (docs/outbox.md); so a sender may run next to the service or on
the machine that the modem is plugged into.

A layer that does not answer, or answers 401 to 404, 429 or 5xx, is down: the texts go back without having lost an
attempt, staff are told, and one text at a time tries whether the layer is back. The same holds where the layer
takes texts and gives them up for want of a network, a SIM or a radio, or without a reason while it has sent none
lately.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import httpx2

from motabot.boundary import JsonObject
from motabot.gateways.base import Fact
from motabot.gateways.client import ServiceClient, ServiceRefused, ServiceUnreachable
from motabot.logs import log

#: Seconds for which a text is held: longer than any layer should take, for what is over is given to somebody else.
LEASE_SECONDS = 900
#: Seconds before the end of a lease at which a text that an unreachable layer has goes back.
_SPARE = 30.0
#: Seconds between two looks when there is nothing to do, and after trouble with the service.
_IDLE, _TROUBLE = 1.0, 5.0
#: Seconds before a layer that is down is tried again: doubles from the first to the last.
_FIRST_PAUSE, _LAST_PAUSE = 2.0, 60.0
_DOWN = (401, 402, 403, 404, 408, 425, 429)
#: Seconds for which one text that was sent shows that a failure without a reason is not the layer's.
_PROOF = 600.0


@dataclass(frozen=True)
class OutboundText:
    """A text to hand over.

    Attributes:
        id: The row in `messages`.
        to: The number.
        text: The words.
        attempt: Counts from 1; an outage of the layer does not count.
        again: It was claimed before, and may have been handed over then.
        line: The SIM or number of ours to send it from; None: any.
        attempts_before: How many more were made before a person queued it again; those count no longer.
    """

    id: int
    to: str
    text: str
    attempt: int
    again: bool = False
    line: str | None = None
    attempts_before: int = 0

    @property
    def number(self) -> int:
        """Distinguishes this attempt from every other one, even if the text was queued again meanwhile."""
        return self.attempts_before + self.attempt


@dataclass(frozen=True)
class SendOutcome:
    """What became of a text.

    Attributes:
        status: "sent", or "failed".
        reason: Why it failed.
        permanent: Another attempt would fail as well.
        fact: What the carrier says about the number itself.
        is_outage: The layer is at fault, whatever the text: it costs no attempt.
        gave_up: With an outage: the layer had taken the text and has given it up.
        is_unexplained: The layer does not say whether it or the text is at fault.
        retry_after: Seconds after which a layer that is down asks to be tried again.
    """

    status: Literal["sent", "failed"]
    reason: str | None = None
    permanent: bool = False
    fact: Fact | None = None
    is_outage: bool = False
    gave_up: bool = False
    is_unexplained: bool = False
    retry_after: float | None = None


class Transport(Protocol):
    """An SMS layer's outbound side. Whatever httpx2 or the file system raises is an outage as well."""

    @property
    def name(self) -> str:
        """The layer, as staff know it."""
        ...

    def __enter__(self) -> Transport: ...

    def __exit__(self, *_: object) -> None: ...

    def hand_over(self, text: OutboundText) -> SendOutcome | None:
        """Give a text to the layer; None when its outcome comes later.

        A text that was claimed before may be with the layer already, so the layer is asked first.
        """
        ...

    def outcome(self, text: OutboundText) -> SendOutcome | None:
        """What became of a text that was handed over; None while the layer still has it."""
        ...


def outage(answer: httpx2.Response) -> SendOutcome | None:
    """The outage that an answer reports; None if the layer is up, whatever it says about the text."""
    if answer.status_code not in _DOWN and answer.status_code < 500:
        return None
    given = answer.headers.get("retry-after", "")
    after = float(given) if given.isdecimal() else None
    return SendOutcome("failed", f"it answered {answer.status_code}", is_outage=True, retry_after=after)


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
        self._failures = 0
        self._pause_until = 0.0
        #: Whether only a text that is sent shows that the layer is back; its taking one shows nothing then.
        self._needs_proof = False
        self._last_sent: float | None = None
        self._is_noted = False

    def run(self, stopping: threading.Event) -> None:
        """Go on until the event is set. Whatever does not answer is waited for."""
        while not stopping.is_set():
            try:
                pause = 0.0 if self.step() else _IDLE
            except (ServiceUnreachable, OSError) as error:
                log.warning("sender waits", error=type(error).__name__)
                pause = _TROUBLE
            stopping.wait(max(pause, self._pause_until - time.monotonic()))

    def step(self) -> bool:
        """Settle what is done, claim what is due and hand it over; says whether anything was.

        While the layer is down, one text is claimed to try it.

        Raises:
            ServiceUnreachable: The service does not answer; what was handed over is settled in a later step.
        """
        self._is_noted = False
        settled = sum(self._look_after(held) for held in list(self._held.values()))
        if self._is_noted or (self._needs_proof and self._held):
            return False
        limit = 1 if self._failures else self._limit
        asked = {"limit": limit, "lease_seconds": LEASE_SECONDS, "layer": self._transport.name}
        answer = self._service.post("/sms/outbox/claim", asked)
        until = time.monotonic() + LEASE_SECONDS
        claimed = [_Held(_text_of(given), answer["lease"], until) for given in answer["messages"]]
        self._hand_over(claimed)
        return bool(settled or claimed) and not self._failures

    def _hand_over(self, claimed: Iterable[_Held]) -> None:
        waiting = list(claimed)
        while waiting:
            held = waiting[0]
            outcome = self._judged(_asked(self._transport.hand_over, held.text))
            if outcome is not None and outcome.is_outage:
                self._note_down(outcome)
                for each in waiting:
                    self._hand_back(each, outcome)
                return
            if not self._needs_proof:
                self._note_up()
            self._held[held.text.id] = waiting.pop(0)
            if outcome is not None:
                self._settle(held, outcome)

    def _look_after(self, held: _Held) -> bool:
        outcome = self._judged(_asked(self._transport.outcome, held.text))
        if outcome is not None and outcome.is_outage:
            self._note_down(outcome)
            if outcome.gave_up or time.monotonic() > held.until - _SPARE:
                self._hand_back(held, outcome)
                del self._held[held.text.id]
            return False
        if outcome is not None:
            self._settle(held, outcome)
        elif time.monotonic() > held.until:
            del self._held[held.text.id]  # it was given back, and comes again with the next attempt
        return outcome is not None

    def _judged(self, outcome: SendOutcome | None) -> SendOutcome | None:
        """Whose fault it is if the layer does not say: the text's, if others were sent lately."""
        if outcome is None:
            return None
        now = time.monotonic()
        if outcome.status == "sent":
            self._last_sent = now
            if self._needs_proof:
                self._note_up()
        elif outcome.is_unexplained and (self._last_sent is None or now - self._last_sent > _PROOF):
            return replace(outcome, is_outage=True, gave_up=True)
        return outcome

    def _hand_back(self, held: _Held, outcome: SendOutcome) -> None:
        self._post(held, {"status": "returned", "reason": outcome.reason, "gave_up": outcome.gave_up})

    def _settle(self, held: _Held, outcome: SendOutcome) -> None:
        self._post(
            held,
            {
                "status": outcome.status,
                "reason": outcome.reason,
                "permanent": outcome.permanent,
                "fact": outcome.fact,
            },
        )
        self._held.pop(held.text.id, None)

    def _post(self, held: _Held, news: JsonObject) -> None:
        try:
            self._service.post("/sms/status", {"id": held.text.id, "lease": held.lease, **news})
        except ServiceRefused as error:  # the lease was over, and somebody else has the text
            log.warning("settling refused", message_id=held.text.id, status=error.answered)

    def _note_down(self, outcome: SendOutcome) -> None:
        self._needs_proof = self._needs_proof or outcome.gave_up
        if self._is_noted:
            return  # many texts that fail at once are one outage
        self._is_noted = True
        pause = outcome.retry_after or min(_LAST_PAUSE, _FIRST_PAUSE * 2 ** min(self._failures, 10))
        self._pause_until = time.monotonic() + min(pause, 10 * _LAST_PAUSE)
        self._failures += 1
        log.warning(
            "the SMS layer takes no texts", layer=self._transport.name, reason=outcome.reason, seconds=pause
        )
        self._service.post("/sms/layer", {"name": self._transport.name, "down": True, "reason": outcome.reason})

    def _note_up(self) -> None:
        if self._failures:
            self._failures, self._pause_until, self._needs_proof = 0, 0.0, False
            self._service.post("/sms/layer", {"name": self._transport.name, "down": False})


def _asked(ask: Callable[[OutboundText], SendOutcome | None], text: OutboundText) -> SendOutcome | None:
    """Ask a layer; whatever breaks on the way to it is the layer's outage."""
    try:
        return ask(text)
    except (httpx2.HTTPError, OSError) as error:
        return SendOutcome("failed", f"it does not answer ({type(error).__name__})", is_outage=True)


def _text_of(given: JsonObject) -> OutboundText:
    return OutboundText(
        given["id"],
        given["to"],
        given["text"],
        given["attempt"],
        given.get("again", False),
        given.get("line"),
        given.get("attempts_before", 0),
    )
