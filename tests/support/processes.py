"""Worker processes for tests."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping

from motabot.settings import Settings


def environment_of(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of a command that shares a test's database and secrets."""
    assert settings.database_url is not None
    return {
        **os.environ,
        "MOTABOT_DATABASE_URL": settings.database_url.get_secret_value(),
        "MOTABOT_DATA_DIR": str(settings.data_dir),
        "MOTABOT_WEBHOOK_SECRETS": ",".join(each.get_secret_value() for each in settings.webhook_secrets),
        "MOTABOT_SETTLE_SECONDS": "0",
        **more,
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def terminated(process: subprocess.Popen[bytes]) -> int:
    """End a process as a supervisor does, and wait for it."""
    process.terminate()
    return process.wait(60)


class Workers:
    """Worker processes on a test's database, on the product's default settings; `stop` ends all of them.

    Only the settling time differs, and what a test is about: a default that no test runs with is a default that
    nobody has tried.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        model_url: str | None = None,
        settle_seconds: float = 0.0,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._environment = {
            **environment_of(settings),
            **({"MOTABOT_MODEL": "openai", "MOTABOT_MODEL_URL": model_url} if model_url else {}),
            "MOTABOT_SETTLE_SECONDS": str(settle_seconds),
            **(environment or {}),
        }
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", "motabot", "worker"], env=self._environment)
        self._processes.append(process)
        return process

    def stop(self) -> None:
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self._processes:
            process.wait(60)
