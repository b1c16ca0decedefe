"""A shop on its worst day: `make soak` runs it. Everything dies again and again; nothing may be lost or said twice.

A thousand texts of a hundred phones come in while workers, the web process and the embedded PostgreSQL are killed with
SIGKILL, and PostgreSQL is restarted in order. Two senders claim and settle; a tenth of their attempts fails, and some
senders die between sending and settling: only those texts may go out twice. Everything runs on the product's default
settings, except for the folder, the port, the settling time, and the mode in which senders claim texts.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import math
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from motabot import secret
from motabot.db import embedded, init
from motabot.db.engine import make_engine
from motabot.gateways.client import ServiceClient, ServiceRefused, ServiceUnreachable
from motabot.settings import load_settings
from motabot.testing import ModelServer, Reply, completion, wait_until
from tests.support.processes import free_port

PAGE = Path(__file__).parents[2] / "docs" / "soak.md"
PHONES, TEXTS = 100, 10


@dataclass(frozen=True)
class Size:
    """How many phones send `TEXTS` texts each, and over how many seconds."""

    phones: int
    seconds: float


#: How often something is killed or restarted in a whole day; a shorter day has its share.
HAVOC = {"worker": 50, "web": 10, "postgres killed": 5, "postgres restarted": 5}
FAILURES, CRASHES = 0.10, 0.03
LEASE = 20
#: Seconds: over how long the texts come, and after how long the run is given up.
DAY, LIMIT = 240.0, 600.0
WORDS = ["when do you open?", "where are you?", "do you deliver?", "what time do you close on sunday?"]


class Fleet:
    """Processes that are started again when they die."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._lock = threading.Lock()
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str) -> None:
        with self._lock:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", "motabot", *command],
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def kill(self, name: str, *command: str) -> None:
        """SIGKILL to the process and its children, then a new one."""
        process = self._running[name]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
        self.start(name, *command)

    def stop(self) -> None:
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._running.values():
            process.wait(60)


class Network:
    """What really went out: every send, in order, whatever its sender said of it later."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.sends: list[tuple[int, str]] = []
        self.crashed: set[int] = set()
        self.failed = 0


def send_all(service: ServiceClient, network: Network, stopping: threading.Event, seed: int) -> None:
    """A sender that fails a tenth of the time and sometimes dies after it has sent."""
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
                if not fails and dice.random() < CRASHES:
                    network.crashed.add(text["id"])
                    continue  # died: nobody settles this one
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


def post_all(service: ServiceClient, began: float, seed: int, phones: range, seconds: float) -> int:
    """An SMS layer: posts each text until it is taken, and some once more. Returns its redeliveries."""
    dice = random.Random(seed)
    plan = sorted((dice.uniform(0, seconds), phone, number) for phone in phones for number in range(TEXTS))
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


def is_started_again(home: Path, url: str) -> bool:
    """As `motabot up` does it: a try a second, since the server's processes outlive it for a moment."""
    try:
        embedded.restart_if_dead(home, url)
    except embedded.EmbeddedDatabaseError:
        time.sleep(1)
        return False
    return True


def havoc(fleet: Fleet, home: Path, url: str, began: float, seed: int, seconds: float) -> Counter[str]:
    """Kill and restart at random moments while the texts come."""
    dice = random.Random(seed)
    events = sorted(
        (dice.uniform(1, seconds), kind)
        for kind, many in HAVOC.items()
        for _each in range(math.ceil(many * seconds / DAY))
    )
    done: Counter[str] = Counter()
    for at, kind in events:
        time.sleep(max(0.0, began + at - time.monotonic()))
        if kind == "worker":
            fleet.kill(f"worker{dice.randrange(3)}", "worker")
        elif kind == "web":
            fleet.kill("web", "serve")
        elif kind == "postgres killed":
            os.kill(int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
            wait_until(lambda: is_started_again(home, url), 60)
        else:
            embedded.stop(home)
            embedded.start(home)
        done[kind] += 1
    return done


def answer(_body: dict[str, Any], number: int) -> Reply:
    """A model that takes a little while, so that there is time to die in."""
    return Reply(completion("We are here every day, and glad to help."), seconds=0.05 + (number % 7) * 0.05)


@contextlib.contextmanager
def temporary_home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="motabot-soak-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def _environment(url: str, home: Path, key: str, port: int, model_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "MOTABOT_DATABASE_URL": url,
        "MOTABOT_DATA_DIR": str(home),
        "MOTABOT_WEBHOOK_SECRETS": key,
        "MOTABOT_PORT": str(port),
        "MOTABOT_OUTBOX_MODE": "claim",
        "MOTABOT_MODEL": "openai",
        "MOTABOT_MODEL_URL": model_url,
        "MOTABOT_SETTLE_SECONDS": "0.2",
    }


def _prepared_database(home: Path) -> str:
    url = embedded.start(home)
    engine = make_engine(url, load_settings(database_url=url, data_dir=home))
    init.prepare(engine)
    engine.dispose()
    return url


def run(seed: int, size: Size) -> dict[str, int]:
    """One bad day; returns its counts. Whatever must be 0 is named so by `FAULTS`."""
    with temporary_home() as home, ModelServer(answer) as model:
        url = _prepared_database(home)
        key, port = secret.new_webhook_secret(), free_port()
        fleet = Fleet(_environment(url, home, key, port, model.url))
        fleet.start("web", "serve")
        for number in range(3):
            fleet.start(f"worker{number}", "worker")
        network, stopping, counts = Network(), threading.Event(), Counter[str]()
        base = f"http://127.0.0.1:{port}"
        with contextlib.ExitStack() as stack:
            clients = [stack.enter_context(ServiceClient(base, key)) for _each in range(6)]
            began = time.monotonic() + 3
            threads = [
                threading.Thread(target=send_all, args=(clients[number], network, stopping, seed + number))
                for number in range(2)
            ]

            def note(name: str, work: Callable[[], Any]) -> None:
                result = work()
                counts.update(result if isinstance(result, Counter) else {name: result})

            quarter = size.phones // 4
            workers = [
                threading.Thread(
                    target=note,
                    args=(
                        "redeliveries",
                        lambda n=number: post_all(
                            clients[2 + n],
                            began,
                            seed + 10 + n,
                            range(n * quarter, (n + 1) * quarter),
                            size.seconds,
                        ),
                    ),
                )
                for number in range(4)
            ]
            workers.append(
                threading.Thread(
                    target=note, args=("", lambda: havoc(fleet, home, url, began, seed + 99, size.seconds))
                )
            )
            for thread in [*threads, *workers]:
                thread.start()
            for thread in workers:
                thread.join(LIMIT)
            with contextlib.suppress(TimeoutError):
                wait_until(lambda: _is_quiet(url), LIMIT - size.seconds)
            stopping.set()
            for thread in threads:
                thread.join(60)
            fleet.stop()
        found = _count(url, network, counts, 4 * quarter * TEXTS)
        embedded.stop(home)
        return found


def _ask(url: str, query: str) -> Any:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _is_quiet(url: str) -> bool:
    """Every text has its answer, and every reply is sent."""
    time.sleep(0.5)
    with contextlib.suppress(psycopg.OperationalError):
        return bool(
            _ask(
                url,
                "select (select count(*) from motabot.answered) >= (select count(*) from public.messages where"
                " direction = 'inbound') and not exists (select from public.messages where direction = 'outbound'"
                " and status <> 'sent')",
            )
        )
    return False


#: Counts that must be 0.
FAULTS = (
    "texts_missing",
    "texts_without_reply",
    "replies_without_turn",
    "replies_unsent",
    "sent_twice_otherwise",
    "out_of_order",
)


def _count(url: str, network: Network, counts: Counter[str], expected: int) -> dict[str, int]:
    times = Counter(message for message, _phone in network.sends)
    twice = {message for message, many in times.items() if many > 1}
    out_of_order = 0
    latest: dict[str, int] = {}
    for message, phone in network.sends:
        if message < latest.get(phone, 0) and times[message] == 1:
            out_of_order += 1
        latest[phone] = max(message, latest.get(phone, 0))
    inbound = _ask(url, "select count(*) from public.messages where direction = 'inbound'")
    return {
        "texts": inbound,
        "redeliveries": counts["redeliveries"],
        "workers_killed": counts["worker"],
        "web_killed": counts["web"],
        "postgres_killed": counts["postgres killed"],
        "postgres_restarted": counts["postgres restarted"],
        "replies": _ask(url, "select count(*) from public.messages where direction = 'outbound'"),
        "turns": _ask(url, "select count(*) from motabot.turns where reply_id is not null"),
        "attempts_failed": network.failed,
        "senders_died_before_settling": len(network.crashed),
        "sent_twice_by_those": len(twice & network.crashed),
        "texts_missing": expected - inbound,
        "texts_without_reply": _ask(
            url,
            "select count(*) from public.messages m where m.direction = 'inbound' and not exists ("
            " select from motabot.answered a join motabot.turns t on t.id = a.turn_id join public.messages r"
            " on r.id = t.reply_id where a.message_id = m.id and a.reason = 'reply' and r.status = 'sent')",
        ),
        "replies_without_turn": _ask(
            url,
            "select count(*) from public.messages m where m.direction = 'outbound'"
            " and (select count(*) from motabot.turns t where t.reply_id = m.id) <> 1",
        ),
        "replies_unsent": _ask(
            url, "select count(*) from public.messages where direction = 'outbound' and status <> 'sent'"
        ),
        "sent_twice_otherwise": len(twice - network.crashed),
        "out_of_order": out_of_order,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=dt.datetime.now(dt.UTC).toordinal())
    parser.add_argument("--phones", type=int, default=PHONES, help="Fewer phones publish nothing.")
    parser.add_argument("--seconds", type=float, default=DAY)
    arguments = parser.parse_args()
    size = Size(arguments.phones, arguments.seconds)
    began = time.monotonic()
    counts = run(arguments.seed, size)
    seconds = time.monotonic() - began
    faults = sum(counts[name] for name in FAULTS)
    if size == Size(PHONES, DAY):
        publish(counts, arguments.seed, seconds)
    for name, value in counts.items():
        sys.stdout.write(f"{name:30} {value}\n")
    sys.stdout.write(f"{'faults':30} {faults}\n")
    return 1 if faults else 0


def publish(counts: dict[str, int], seed: int, seconds: float) -> None:
    """Write the page of the documentation."""
    lines = [f"| {name.replace('_', ' ')} | {value} |" for name, value in counts.items()]
    PAGE.write_text(
        "# A shop on its worst day\n\n"
        "`make soak` posts a thousand texts of a hundred phones while workers, the web process and the embedded"
        " PostgreSQL are killed\nwith SIGKILL, and PostgreSQL is restarted; two senders claim and settle, of whose"
        " attempts a tenth fails, and which sometimes\ndie between sending and settling. Settings are the defaults,"
        " but for folder, port, settling time and the mode in which senders\nclaim. A reply may answer several"
        " texts of one phone that came close together. The last six rows must be 0.\n\n"
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores,"
        f" load average {os.getloadavg()[1]:.0f},"
        f" `python -m tests.soak.outage --seed {seed}`, {seconds:.0f} s.\n\n"
        "| | |\n|---|---|\n" + "\n".join(lines) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    sys.exit(main())
