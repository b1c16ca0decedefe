"""The embedded PostgreSQL starts by itself, joins what runs, and survives what was left behind."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import psutil
import psycopg
import pytest

from motabot import testing
from motabot.db import embedded
from motabot.errors import SettingsError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder near the root: as root the server runs as another user, who must reach it."""
    folder = Path(tempfile.mkdtemp(prefix="motabot-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    embedded.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def answer(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("select 41 + 1").fetchone()
        assert row is not None
        return int(row[0])


def postmaster(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def test_it_starts_in_a_folder_that_is_not_there_yet_and_is_joined_by_the_next(home: Path) -> None:
    url = embedded.start(home / "deep" / "down")
    assert answer(url) == 42
    assert embedded.start(home / "deep" / "down") == url
    embedded.stop(home / "deep" / "down")


KILLED = """
import os, signal, sys; from pathlib import Path; from motabot.db import embedded; import psycopg
with psycopg.connect(embedded.start(Path(sys.argv[1]))) as connection:
    connection.execute("create table if not exists kept as select 7 as n")
print(flush=True)
sys.stdin.readline()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_server_ends_with_the_last_process_that_used_it_even_if_killed_and_keeps_its_data(home: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", KILLED]
    killed = [
        subprocess.Popen([*command, str(home)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in killed:
        assert process.stdout is not None
        process.stdout.readline()
    pid = postmaster(home)
    killed[0].communicate(b"\n")
    assert killed[0].returncode == -signal.SIGKILL
    time.sleep(0.3)
    assert psutil.pid_exists(pid)  # the second uses it still
    killed[1].communicate(b"\n")
    testing.wait_until(lambda: not psutil.pid_exists(pid))
    with psycopg.connect(embedded.start(home)) as connection:
        assert connection.execute("select n from kept").fetchone() == (7,)
    assert postmaster(home) != pid
    assert "interrupted" not in (home / "postgres" / "log").read_text(encoding="utf-8")  # it ended in order


def test_a_stale_record_that_names_another_living_process_is_seen_through(home: Path) -> None:
    embedded.start(home)
    record = (home / "postgres" / "postmaster.pid").read_text().splitlines()
    embedded.stop(home)
    testing.wait_until(lambda: not (home / "postgres" / "postmaster.pid").exists())
    (home / "postgres" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *record[1:]]) + "\n")
    assert answer(embedded.start(home)) == 42


def test_a_path_with_spaces_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"MOTABOT_DATA_DIR.*without spaces"):
        embedded.start(tmp_path / "my shop")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become an ordinary user")
def test_it_works_for_an_ordinary_user(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    try:
        subprocess.run([sys.executable, "-c", "import motabot"], cwd="/", user=nobody.pw_uid, check=True)
    except (PermissionError, subprocess.CalledProcessError):
        pytest.skip("an ordinary user cannot read this environment")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    done = subprocess.run(
        [sys.executable, "-m", "motabot", "db", "init"],
        cwd="/",
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        extra_groups=[],
        env={"PATH": os.environ["PATH"], "MOTABOT_DATA_DIR": str(home / "data"), "HOME": str(home)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "the database is ready" in done.stdout
    assert (home / "data" / "postgres" / "PG_VERSION").stat().st_uid == nobody.pw_uid


def test_two_processes_do_not_make_the_system_user_at_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = [0], [0]

    def ensure_user_exists(_name: str) -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.02)
        inside[0] -= 1

    package = ModuleType("package")
    monkeypatch.setattr(package, "ensure_user_exists", ensure_user_exists, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    makers = [threading.Thread(target=embedded._make_system_user, args=(package,)) for _ in range(5)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert most == [1]
