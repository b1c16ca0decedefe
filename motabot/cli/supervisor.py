"""Runs several commands as one: for a small shop that starts web, worker and database with `motabot up`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from motabot.logs import log


@dataclass
class Child:
    """One command, started again when it ends by itself, a little later each time."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = field(default=0.0)

    def tend(self) -> None:
        """Start the command if it does not run and its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.pause = 0.5 if now - self.started > 30 else min(max(0.5, self.pause * 2), 15.0)
            log.error("process ended by itself", command=self.arguments[0], code=self.process.returncode)
            self.process, self.due = None, now + self.pause
        if self.process is None and now >= self.due:
            # A session of its own, so that Ctrl-C reaches only the supervisor, which then ends them in order.
            self.process = subprocess.Popen(
                [sys.executable, "-m", "motabot", *self.arguments],
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
            self.started = now


def run(
    commands: Sequence[Sequence[str]],
    environment: Mapping[str, str],
    *,
    until: Callable[[], bool] = lambda: False,
    grace: float = 60.0,
) -> None:
    """Run motabot commands side by side until SIGTERM, SIGINT or `until`; then end them and return.

    Args:
        commands: Arguments of each, as on the command line.
        environment: Variables on top of this process's own.
        until: Asked several times a second.
        grace: Seconds for the turn in hand before a child is killed.
    """
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    previous = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    children = [Child(arguments, environment) for arguments in commands]
    try:
        while not stopping and not until():
            for child in children:
                child.tend()
            time.sleep(0.1)
    finally:
        end([child.process for child in children if child.process is not None], grace)
        for number, handler in previous.items():
            signal.signal(number, handler)


def end(processes: Sequence[subprocess.Popen[bytes]], grace: float) -> None:
    """Ask processes to end, wait for them, and kill what is left after the grace."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + grace
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
