"""The day's texts: the layer that posts them, the senders that take the replies, and what really went out."""

from __future__ import annotations

import random
import threading
import time
from typing import Any

from motabot.gateways.client import ServiceClient, ServiceRefused, ServiceUnreachable
from motabot.testing import Reply, completion
from tests.soak.day import FAILURES, LEASE, TEXTS, WORDS, Size


class Network:
    """What really went out: every send, in order, whatever its sender said of it later."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.sends: list[tuple[int, str]] = []
        self.crashed: set[int] = set()
        self.failed = 0
        self.deaths_due = 0

    def dies(self, message_id: int) -> bool:
        """Whether the sender of a text dies now, before it can say that it sent it."""
        with self.lock:
            if not self.deaths_due:
                return False
            self.deaths_due -= 1
            self.crashed.add(message_id)
            return True


def send_all(service: ServiceClient, network: Network, stopping: threading.Event, seed: int) -> None:
    """A sender that fails a tenth of the time. When it dies, the rest of what it has claimed is left, too."""
    dice = random.Random(seed)
    while not stopping.is_set():
        try:
            lease = service.post("/sms/outbox/claim", {"limit": 10, "lease_seconds": LEASE})
        except ServiceUnreachable:
            stopping.wait(0.3)
            continue
        for text in lease["messages"]:
            fails = dice.random() < FAILURES
            with network.lock:
                if fails:
                    network.failed += 1
                else:
                    network.sends.append((text["id"], text["to"]))
            if not fails and network.dies(text["id"]):
                break
            _settle(service, text["id"], lease["lease"], "failed" if fails else "sent", network)
        if not lease["messages"]:
            stopping.wait(0.2)


def _settle(service: ServiceClient, message_id: int, lease: str, status: str, network: Network) -> None:
    deadline = time.monotonic() + LEASE
    while time.monotonic() < deadline:
        try:
            service.post(
                "/sms/status", {"id": message_id, "status": status, "lease": lease, "reason": "no signal"}
            )
            return
        except ServiceUnreachable:
            time.sleep(0.2)
        except ServiceRefused:
            break
    if status == "sent":  # told too late, which is the same window
        with network.lock:
            network.crashed.add(message_id)


def post_all(service: ServiceClient, began: float, seed: int, phones: range, size: Size) -> int:
    """An SMS layer: posts each text until it is taken, and some once more. Returns its redeliveries."""
    dice = random.Random(seed)
    plan = sorted(
        (size.moment(phone, dice.random()), phone, number) for phone in phones for number in range(TEXTS)
    )
    again = 0
    for at, phone, number in plan:
        time.sleep(max(0.0, began + at - time.monotonic()))
        body = {
            "sender": f"+1999555{phone:04d}",
            "text": f"{dice.choice(WORDS)} ({number})",
            "message_id": f"m-{phone}-{number}",
        }
        repeats = 2 if dice.random() < 0.05 else 1
        again += repeats - 1
        for _delivery in range(repeats):
            while True:
                try:
                    service.post("/sms/inbound", body)
                    break
                except ServiceUnreachable:
                    time.sleep(0.2)
    return again


def answer(_body: dict[str, Any], number: int) -> Reply:
    """A model that takes a little while, so that there is time to die in."""
    return Reply(completion("We are here every day, and glad to help."), seconds=0.05 + (number % 7) * 0.05)
