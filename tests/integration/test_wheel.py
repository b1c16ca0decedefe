"""The wheel carries its tools and prompts: installed elsewhere it runs a shop and answers a text."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from motabot import testing

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the built wheel and nothing of the checkout."""
    home = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(home / "dist"), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    [wheel] = (home / "dist").glob("motabot-*.whl")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(home / "site"),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True, text=True)
    return home / "site"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_an_installed_wheel_prepares_a_database_serves_and_answers_a_text(
    installed: Path, server: testing.PostgresServer, tmp_path: Path
) -> None:
    url = server.empty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "MOTABOT_DATABASE_URL": url,
        "MOTABOT_DATA_DIR": str(tmp_path / "data"),
        "MOTABOT_PORT": str(free_port()),
        "MOTABOT_SETTLE_SECONDS": "0",
    }

    def motabot(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "motabot", *arguments],
            cwd=tmp_path,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    where = subprocess.run(
        [sys.executable, "-c", "import motabot; print(motabot.__file__)"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert Path(where.strip()).is_relative_to(installed)
    assert "create table public.customers" in motabot("db", "init")
    service = subprocess.Popen([sys.executable, "-m", "motabot", "up"], cwd=tmp_path, env=environment)
    try:
        testing.wait_until(lambda: listens(int(environment["MOTABOT_PORT"])), 30)
        trace = json.loads(motabot("text", "--from", "+14155550101", "--json", "what time do you open?"))
        assert (trace["closed"], trace["model"], trace["outcome"]) == ("reply", "offline", "answered")
        assert len(trace["replies"]) == 1
    finally:
        service.terminate()
        assert service.wait(40) == 0
        server.drop(url)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
