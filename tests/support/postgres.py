"""Servers for tests other than the embedded one: an installed PostgreSQL 15, and PgBouncer before a server."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from motabot.testing import PostgresServer, fastest_folder, wait_until
from tests.support.processes import free_port

POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")
PGBOUNCER = Path("/usr/sbin/pgbouncer")
#: The superuser of a cluster of ours, with a password that a URL must escape.
ADMIN, PASSWORD = "admin", "open/se same@1"


def need(program: Path) -> None:
    """Skip a test on a machine that lacks a program; on the build server it must be there."""
    if not program.exists():
        assert not os.environ.get("CI"), f"{program} is missing on the build server"
        pytest.skip(f"{program} is not installed")


@contextlib.contextmanager
def cluster(folder: Path = POSTGRES_15, *, is_standby: bool = False) -> Iterator[PostgresServer]:
    """A PostgreSQL of an installed version in a temporary folder, where every login needs its password.

    Args:
        folder: Of its programs.
        is_standby: Whether it takes itself for one that follows another server, and refuses every write.
    """
    need(folder / "initdb")
    home = Path(tempfile.mkdtemp(prefix="motabot-cluster-", dir=fastest_folder()))
    user = _unprivileged()
    if user:
        shutil.chown(home, user)
    password = home / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    password.chmod(0o644)
    port = free_port()
    made = ["-D", home / "data", "-U", ADMIN, "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8"]
    subprocess.run(
        list(map(str, [folder / "initdb", *made, "--locale=C.UTF-8", "-N"])),
        user=user,
        check=True,
        capture_output=True,
        cwd=home,
    )
    if is_standby:
        (home / "data" / "standby.signal").touch()
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={home}", "-p", str(port)]
    options += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    options += ["-c", "log_statement=all", "-c", "max_connections=200"]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [folder / "postgres", "-D", home / "data", *options], user=user, stdout=log, stderr=log, cwd=home
        )
    url = f"postgresql://{ADMIN}:open%2Fse%20same%401@127.0.0.1:{port}/postgres"
    try:
        wait_until(lambda: _answers(url) or server.poll() is not None)
        yield PostgresServer(url, home / "log")
    finally:
        server.send_signal(signal.SIGINT)  # does not wait for clients
        server.wait(30)
        shutil.rmtree(home, ignore_errors=True)


class PgBouncer:
    """PgBouncer before a server, asking the server itself for passwords. It may be killed and started again."""

    def __init__(self, server_url: str, mode: str, *, user: str = "", account: str | None = None) -> None:
        """
        Args:
            server_url: The URL of a superuser.
            mode: "session" or "transaction".
            user: A login that replaces every client's own, as a careless entry may have it.
            account: The system user that it runs as, where that must be a particular one.
        """
        need(PGBOUNCER)
        self.home = Path(tempfile.mkdtemp(prefix="motabot-pgbouncer-", dir="/tmp"))
        self.port = free_port()
        self._url, self._account = server_url, account or _unprivileged()
        self._process: subprocess.Popen[bytes] | None = None
        info = psycopg.conninfo.conninfo_to_dict(server_url)
        forced = f" user={user} password='{info['password']}'" if user else ""
        (self.home / "users").write_text(f'"{info["user"]}" "{info["password"]}"\n', encoding="utf-8")
        (self.home / "ini").write_text(
            f"""[databases]
* = host={info["host"]} port={info["port"]}{forced}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {self.port}
unix_socket_dir =
auth_type = {"any" if user else "scram-sha-256"}
auth_file = {self.home / "users"}
auth_user = {info["user"]}
auth_query = select usename, passwd from pg_shadow where usename = $1
pool_mode = {mode}
max_client_conn = 200
default_pool_size = 40
""",
            encoding="utf-8",
        )
        if self._account:
            for path in (self.home, *self.home.iterdir()):
                shutil.chown(path, self._account)

    def start(self) -> None:
        """Start it, and wait until it leads to the server."""
        with (self.home / "log").open("ab") as log:
            self._process = process = subprocess.Popen(
                [PGBOUNCER, self.home / "ini"], user=self._account, stdout=log, stderr=log, cwd=self.home
            )
        through = psycopg.conninfo.make_conninfo(self._url, host="127.0.0.1", port=self.port)
        wait_until(lambda: _answers(through) or process.poll() is not None)
        assert process.poll() is None, (self.home / "log").read_text(encoding="utf-8")

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it, all connections through it with it."""
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait(30)

    def remove(self) -> None:
        """End it in order, and leave no files."""
        if self._process is not None:
            self.kill(signal.SIGTERM)
        shutil.rmtree(self.home, ignore_errors=True)


@contextlib.contextmanager
def pgbouncer(server_url: str, mode: str, *, user: str = "") -> Iterator[int]:
    """A `PgBouncer` for the length of a block; yields its port."""
    pooler = PgBouncer(server_url, mode, user=user)
    try:
        pooler.start()
        yield pooler.port
    finally:
        pooler.remove()


def _unprivileged() -> str | None:
    """A user for programs that refuse to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _answers(url: str) -> bool:
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=5):
        return True
    return False
