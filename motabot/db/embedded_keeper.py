"""Stops the embedded PostgreSQL when the last process that uses it is gone, even by SIGKILL.

Each process that uses the server holds a shared lock on a file, and so do the children that it passes the lock to.
The keeper is a separate process that waits for the exclusive lock, which the system gives it when nobody holds the
file any more. It imports nothing of ours, so that it starts at once and stays small.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

#: Seconds for an orderly end; then the server is told to end at once, and recovers at its next start.
_GRACE = 30.0


def hold(home: Path) -> int:
    """Hold the server of a data folder for this process; waits while a keeper stops it.

    Args:
        home: The data folder; the server's files are in ``home/postgres``.

    Returns:
        A file descriptor. The server is held until it is closed here and in each child that it was passed to.
    """
    held = os.open(home / "postgres.held", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(held, fcntl.LOCK_SH)
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-I", "-S", __file__, str(home)]
    subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, cwd="/", check=False)
    return held


def keep(home: Path) -> None:
    """Leave a process behind that waits until nobody holds the server, and stops it; none if one waits already."""
    with (home / "postgres.kept").open("a") as kept, (home / "postgres.held").open("r+") as held:
        try:
            fcntl.flock(kept, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if os.fork():
            return
        os.setsid()  # so that neither Ctrl-C nor a closed terminal ends it before its time
        fcntl.flock(held, fcntl.LOCK_EX)
        files = (home / "postgres").resolve()
        _stop(files)
        (files / ".handle_pids.json").unlink(missing_ok=True)  # pids of the dead, which the package never forgets
        fcntl.flock(kept, fcntl.LOCK_UN)  # before `held`: whoever gets that next starts a keeper that must stay


def _stop(files: Path) -> None:
    began = time.monotonic()
    asked: signal.Signals | None = None
    while (pid := _postmaster(files)) is not None:
        is_late = time.monotonic() - began > _GRACE
        number = signal.SIGQUIT if is_late else signal.SIGINT  # SIGINT: end the sessions, write everything, end
        if number != asked:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            asked = number
        if time.monotonic() - began > 2 * _GRACE:
            return
        time.sleep(0.05)


def _postmaster(files: Path) -> int | None:
    """The running server's process id. The recorded one may be another program's by now, which must not end."""
    try:
        pid = int((files / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    if not Path("/proc/self/cmdline").exists():
        return pid
    with contextlib.suppress(OSError):
        if os.fsencode(files) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
            return pid
    return None


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
