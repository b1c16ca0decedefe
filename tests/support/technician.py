"""A technician who brings MotaBot up on a shop's own database, with default settings."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psycopg
from sqlalchemy import make_url

from motabot.db.engine import render_url
from motabot.testing import wait_until
from tests.support.foreign import ForeignServer
from tests.support.processes import free_port

#: Seconds within which a text in the table takes effect with default settings, on a machine that other tests share.
SOON = 60.0


class Technician:
    """Runs commands on a shop's database, and looks into it as an administrator."""

    def __init__(self, url: str, direct: str, admin: str, home: Path) -> None:
        self.port = free_port()
        self.admin = admin
        own = {"MOTABOT_DATABASE_URL": url, "MOTABOT_DATA_DIR": str(home), "MOTABOT_PORT": str(self.port)}
        self.environment = {
            **os.environ,
            **own,
            **({} if url == direct else {"MOTABOT_WORKER_DATABASE_URL": direct}),
        }
        self.log = home / "up.log"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "motabot", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def says(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextlib.contextmanager
    def up(self) -> Iterator[None]:
        with self.log.open("ab") as log:
            running = subprocess.Popen([sys.executable, "-m", "motabot", "up"], env=self.environment, stderr=log)
        try:
            wait_until(self.answers, 60)
            yield
        finally:
            running.terminate()
            assert running.wait(60) == 0

    def answers(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def ask(self, query: str, *values: str) -> object:
        with psycopg.connect(self.admin) as connection:
            row = connection.execute(query.encode(), values).fetchone()
            return row[0] if row else None

    def write_row(self, phone: str, words: str) -> None:
        """As an SMS layer does that writes to the table itself."""
        with psycopg.connect(self.admin) as connection:
            connection.execute(
                "insert into public.messages (phone_number, content, timestamp, status, direction)"
                " values (%s, %s, now(), 'unread', 'inbound')",
                [phone, words],
            )

    def replies(self, phone: str) -> object:
        return self.ask(
            "select count(*) from public.messages where phone_number = %s and direction = 'outbound'"
            " and status = 'queued' and id > (select value::bigint from motabot.meta where key = 'watermark')",
            phone,
        )

    def knows(self, consent_of: str) -> object:
        return self.ask("select consent from motabot.phones where phone = %s", consent_of)

    def staff_is_told(self, token: str, question: str) -> str:
        answer = httpx2.post(
            f"http://127.0.0.1:{self.port}/chat",
            json={"question": question},
            headers={"authorization": f"Bearer {token}"},
            timeout=60,
        )
        return answer.text


def admin_url(foreign: ForeignServer, direct: str) -> str:
    """A database's URL as the server's superuser."""
    return render_url(make_url(foreign.server.url).set(database=make_url(direct).database))
