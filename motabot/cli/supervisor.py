"""Runs several commands as one, for a small shop that starts web, worker and database with `motabot up`.

Nothing outlives the supervisor: each child holds the reading end of a pipe, and when the supervisor dies, even by
SIGKILL, the pipe closes and the child ends itself as on SIGTERM. The embedded database stops after the last of
them.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from motabot.db import embedded
from motabot.errors import MotaBotError, SettingsError
from motabot.logs import log

#: Tells a child which file descriptor closes when its supervisor dies. It is ours, not a setting.
_LIFELINE = "_SUPERVISOR_LIFELINE"
#: Seconds between looks at what is kept besides the children.
_KEEP_SECONDS = 1.0


@dataclass
class Child:
    """One command, started again when it ends by itself, a little later each time."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    lifeline: int
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = field(default=0.0)

    @property
    def has_ended(self) -> bool:
        """Whether it was started and runs no more."""
        return self.process is not None and self.process.poll() is not None

    def tend(self) -> None:
        """Start the command if it does not run and its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.has_ended:
            self.pause = 0.5 if now - self.started > 30 else min(max(0.5, self.pause * 2), 15.0)
            log.error("process ended by itself", command=self.arguments[0], code=self.process.returncode)
            self.process, self.due = None, now + self.pause
        if self.process is None and now >= self.due:
            # A separate session, so that Ctrl-C reaches only the supervisor, which then ends them in order.
            self.process = subprocess.Popen(
                [sys.executable, "-m", "motabot", *self.arguments],
                env={**os.environ, **self.environment, _LIFELINE: str(self.lifeline)},
                pass_fds=[self.lifeline, *embedded.held()],
                start_new_session=True,
            )
            self.started = now


def run(
    commands: Sequence[Sequence[str]],
    environment: Mapping[str, str],
    *,
    keep: Callable[[], object] | None = None,
    until: Callable[[], bool] = lambda: False,
    grace: float = 60.0,
) -> None:
    """Run motabot commands side by side until SIGTERM, SIGINT or `until`; then end them and return.

    Args:
        commands: Arguments of each, as on the command line.
        environment: Variables on top of this process's own.
        keep: Called every second, for example to start a killed database again. Its errors are logged.
        until: Asked several times a second.
        grace: Seconds for the turn in hand before a child is killed.
    """
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    previous = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    next_look = time.monotonic() + _KEEP_SECONDS
    try:
        with running(commands, environment, grace=grace) as children:
            while not stopping and not until():
                for child in children:
                    child.tend()
                if keep is not None and time.monotonic() >= next_look:
                    _look(keep)
                    next_look = time.monotonic() + _KEEP_SECONDS
                time.sleep(0.1)
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def running(
    commands: Sequence[Sequence[str]], environment: Mapping[str, str], *, grace: float = 60.0
) -> Iterator[list[Child]]:
    """Run motabot commands for the length of a block, and end them after it, or when this process dies.

    Args:
        commands: Arguments of each, as on the command line.
        environment: Variables on top of this process's own.
        grace: Seconds for the turn in hand before a child is killed.
    """
    reading, writing = os.pipe()
    children = [Child(arguments, environment, reading) for arguments in commands]
    try:
        for child in children:
            child.tend()
        yield children
    finally:
        end([child.process for child in children if child.process is not None], grace)
        os.close(reading)
        os.close(writing)


def _look(keep: Callable[[], object]) -> None:
    try:
        if keep():
            log.warning("started the embedded database again")
    except MotaBotError as error:
        log.error("the embedded database cannot be started", error=str(error))


def follow_supervisor() -> None:
    """In a child: end as on SIGTERM when the supervisor is gone. Does nothing in a process that has none."""
    lifeline = os.environ.pop(_LIFELINE, None)
    if lifeline is None:
        return

    def watch(descriptor: int) -> None:
        os.read(descriptor, 1)  # nobody writes: it returns when the last writing end is closed
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, args=(int(lifeline),), daemon=True, name="lifeline").start()


@contextlib.contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the data folder's lock for the length of a block.

    Raises:
        SettingsError: Another `motabot up` holds it, or the folder cannot be written to.
    """
    path = data_dir.expanduser() / "up.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a")
    except OSError as error:
        raise SettingsError(f"MOTABOT_DATA_DIR: cannot write to {path.parent} ({error.strerror})") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(
                f"MOTABOT_DATA_DIR: another `motabot up` runs on {path.parent}; stop it or choose another folder"
            ) from None
        yield


def refuse_a_busy_port(host: str, port: int) -> None:
    """Try the address before anything is started.

    Raises:
        SettingsError: Another program listens there, or the address is not this machine's.
    """
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"MOTABOT_PORT: another program listens on {host}:{port}; stop it or choose another port"
            ) from None
        if error.errno == errno.EACCES:
            raise SettingsError(
                f"MOTABOT_PORT: this user may not listen on port {port}; use 1024 or higher"
            ) from None
        raise SettingsError(f"MOTABOT_HOST: cannot listen on {host} ({error.strerror or error})") from None


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
