"""What can be killed, and how it is started again."""

from __future__ import annotations

import contextlib
import math
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from motabot.db import embedded
from motabot.testing import wait_until
from tests.soak.day import DAY, HAVOC, Size
from tests.soak.traffic import Network
from tests.support.postgres import PgBouncer


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
