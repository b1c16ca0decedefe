"""`motabot up` on default settings: what dies is started again, and nothing outlives it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from motabot.testing import wait_until
from tests.support.processes import free_port

pytestmark = pytest.mark.slow


class Shop:
    """A small shop as its owner starts it: a folder, a port, and defaults for everything else."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.up: subprocess.Popen[bytes] | None = None
        self.environment = {**os.environ, "MOTABOT_DATA_DIR": str(home), "MOTABOT_PORT": str(self.port)}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "motabot", *arguments]

    def run(self, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, **changes}
        return subprocess.run(
            self.command(*arguments), env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    def start(self) -> subprocess.Popen[bytes]:
        with (self.home / "up.log").open("ab") as log:
            self.up = subprocess.Popen(self.command("up"), env=self.environment, stderr=log)
        return self.up

    def log(self) -> str:
        return (self.home / "up.log").read_text(encoding="utf-8")

    def reply_to(self, words: str) -> str:
        return self.run("text", "--from", "+14155550100", "--wait", "90", words).stdout

    def answers(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def postmaster(self) -> int:
        return int((self.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])


@pytest.fixture
def shop() -> Iterator[Shop]:
    with tempfile.TemporaryDirectory(prefix="motabot-up-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)
        shop = Shop(home)
        assert shop.run("db", "init").returncode == 0
        yield shop
        if shop.up is not None and shop.up.poll() is None:
            shop.up.terminate()
            shop.up.wait(60)


def test_a_killed_database_comes_back_and_a_killed_supervisor_takes_its_children_along(shop: Shop) -> None:
    up = shop.start()
    wait_until(shop.answers, 60)

    second = shop.run("up", MOTABOT_PORT=str(free_port()))
    assert second.returncode == 1
    assert "MOTABOT_DATA_DIR: another `motabot up` runs on" in second.stderr

    assert "hours" in shop.reply_to("when do you open?")
    os.kill(shop.postmaster, signal.SIGKILL)
    reply = wait_until(lambda: shop.reply_to("what are your hours?"), 60)
    assert "hours" in reply
    assert "staff" not in reply  # an outage is not a reason for a hand-off
    assert "Traceback" not in shop.log()

    children = psutil.Process(up.pid).children(recursive=True)
    ours = [child for child in children if "motabot" in " ".join(child.cmdline())]
    assert len(ours) >= 2
    ours.append(psutil.Process(shop.postmaster))
    up.kill()
    up.wait(10)
    _gone, alive = psutil.wait_procs(ours, timeout=30)
    assert alive == []


def test_a_busy_port_is_refused_in_one_line(shop: Shop) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", shop.port))
        other.listen()
        for command in ("up", "serve"):
            done = shop.run(command)
            assert done.returncode == 1
            assert done.stderr.strip().splitlines()[-1] == (
                f"Error: MOTABOT_PORT: another program listens on 127.0.0.1:{shop.port};"
                " stop it or choose another port"
            )
