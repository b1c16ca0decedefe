"""`motabot doctor` tries what the settings point at, and says what to change."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.cli.doctor import examine
from motabot.db.engine import parse_url, render_url
from motabot.errors import SettingsError
from motabot.settings import Settings
from motabot.sms.layers import Clocks
from motabot.testing import ModelServer, completion


def findings(settings: Settings, **changes: object) -> dict[str, tuple[str, str]]:
    service = Service(settings.model_copy(update=changes))
    try:
        return {finding.subject: (finding.verdict, finding.words) for finding in examine(service)}
    finally:
        service.close()


@pytest.fixture
def web() -> Iterator[str]:
    """Any server: its answer to what it does not know still shows that somebody is there."""
    with ModelServer(lambda _body, _number: completion("hi")) as server:
        yield server.url.removesuffix("/v1")


class _Mail(socketserver.StreamRequestHandler):
    """As much SMTP as a login takes."""

    def handle(self) -> None:
        self.wfile.write(b"220 mail\r\n")
        for line in self.rfile:
            verb = line.split()[0].upper()
            if verb == b"EHLO":
                self.wfile.write(b"250-mail\r\n250 AUTH PLAIN\r\n")
            elif verb == b"AUTH":
                good = b"AHVzZXIAcmlnaHQ=" in line  # user, right
                self.wfile.write(b"235 welcome\r\n" if good else b"535 no\r\n")
            else:
                self.wfile.write(b"250 ok\r\n" if verb != b"QUIT" else b"221 bye\r\n")


@pytest.fixture
def mail() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_what_works_is_ok_and_a_missing_shop_file_is_a_note(settings: Settings, web: str, mail: int) -> None:
    found = findings(
        settings,
        notify_webhook_url=f"{web}/hook",
        notify_email="staff@example.com",
        smtp_url=settings.webhook_secrets[0].__class__(f"smtp://user:right@127.0.0.1:{mail}"),
    )
    assert found["MOTABOT_NOTIFY_WEBHOOK_URL"][0] == "ok"
    assert found["MOTABOT_SMTP_URL"] == ("ok", "127.0.0.1 lets this user in")
    assert found["MOTABOT_SHOP_FILE"][0] == "note"
    assert "wrong" not in {verdict for verdict, _words in found.values()}


@pytest.mark.parametrize(
    ("subject", "changes", "said"),
    [
        ("MOTABOT_REGION", {"region": "UK"}, "UK is not a region that has phone numbers"),
        ("MOTABOT_NOTIFY_PHONE", {"notify_phone": "call mom"}, "is not a valid phone number"),
        ("MOTABOT_NOTIFY_WEBHOOK_URL", {"notify_webhook_url": "http://127.0.0.1:9/x"}, "does not answer"),
        ("MOTABOT_NOTIFY_WEBHOOK_URL", {"notify_webhook_url": "hooks.example.com"}, "is not a web address"),
        ("MOTABOT_PUBLIC_URL", {"public_url": "http://127.0.0.1:9"}, "does not answer"),
        ("MOTABOT_CAPCOM6_URL", {"capcom6_url": "http://127.0.0.1:9"}, "does not answer"),
        ("MOTABOT_NOTIFY_EMAIL", {"notify_email": "staff"}, "is not an e-mail address"),
        ("MOTABOT_SMTP_URL", {"notify_email": "staff@example.com"}, "is needed for MOTABOT_NOTIFY_EMAIL"),
        ("webhook", {"data_dir": Path("/proc"), "webhook_secrets": ()}, "MOTABOT_DATA_DIR: cannot write to /proc"),
    ],
)
def test_what_does_not_work_is_wrong(
    settings: Settings, subject: str, changes: dict[str, object], said: str
) -> None:
    verdict, words = findings(settings, **changes)[subject]
    assert verdict == "wrong"
    assert said in words


def test_a_mail_server_that_refuses_the_login_is_wrong(settings: Settings, mail: int) -> None:
    secret = settings.webhook_secrets[0].__class__(f"smtp://user:wrong@127.0.0.1:{mail}")
    found = findings(settings, notify_email="staff@example.com", smtp_url=secret)
    assert found["MOTABOT_SMTP_URL"] == ("wrong", "127.0.0.1 refuses this user and password")


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(3, "ok"), (-200, "wrong"), (200, "wrong")], ids=["right", "behind", "ahead"]
)
def test_a_layers_clock_that_is_off_is_wrong(
    settings: Settings, engine: Engine, seconds: float, verdict: str
) -> None:
    Clocks(engine).note("capcom6", seconds)
    found, words = findings(settings)["SMS layer"]
    assert found == verdict
    assert f"{abs(seconds)} s" in words


@pytest.mark.parametrize(
    ("queues", "said"), [(0, "none is running"), (1, "1 running"), (2, "1 running"), (4, "2 running")]
)
def test_one_worker_counts_as_one(settings: Settings, engine: Engine, queues: int, said: str) -> None:
    with engine.begin() as connection:
        for _ in range(queues):
            connection.execute(text("insert into motabot.procrastinate_workers (last_heartbeat) values (now())"))
    assert findings(settings)["worker"][1].startswith(said)


@pytest.mark.parametrize(
    ("url", "cure"),
    [
        ("postgresql://u:p@ss@host:5432/db", "contains @, which has a meaning in a URL; write it as %40"),
        ("postgresql://u:p/ss@host/db", "contains /, which has a meaning in a URL; write it as %2F"),
        ("postgresql://u:p@s/w@host/db", "contains @, which has a meaning in a URL; write it as %40"),
        ("postgresql://u:p?s@host/db", "contains ?, which has a meaning in a URL; write it as %3F"),
        ("postgresql://u:p#s@host/db", "contains #, which has a meaning in a URL; write it as %23"),
        ("postgresql://u:50%off@host/db", "contains %; write it as %25"),
    ],
)
def test_an_unescaped_password_is_refused_with_the_cure_and_never_shown(url: str, cure: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_url(url)
    assert f"MOTABOT_DATABASE_URL: the password {cure}" == str(refused.value)


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("postgresql://u:p%40ss%2F%25@host/db", "p@ss/%"),
        ("postgresql://u:pw@[::1]:5432/db", "pw"),
        ("postgresql://u:a:b@host/db", "a:b"),
        ("postgresql://u:pw@host/db?options=-c%20a=b@c", "pw"),
        ("postgresql:///db?host=/tmp/a@b&user=postgres", None),
        ("postgresql://u@host/db?x=a@b", None),
    ],
)
def test_a_well_formed_url_is_taken_as_it_is(url: str, password: str | None) -> None:
    assert parse_url(url).password == password


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p%20%2F%3F%2B+@host/My%20Shop%20%2F2",
        "postgresql://u:p@host:5/p%2541q?sslmode=require",
        "postgresql://u@host/%C3%A9?host=/tmp/a%20b%2Bc",
        "postgresql://u:p@host/Verde-Prod",
        "postgresql://postgres:@/postgres?host=%2Fdev%2Fshm",
        "postgresql://[::1]:3/db",
        "postgresql://host",
    ],
)
def test_a_url_that_is_taken_apart_and_written_again_leads_to_the_same_database(url: str) -> None:
    again = psycopg.conninfo.conninfo_to_dict(render_url(parse_url(url)))
    assert {key: value for key, value in again.items() if value} == {
        key: value for key, value in psycopg.conninfo.conninfo_to_dict(url).items() if value
    }
