"""Health, readiness, and settings that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from motabot.cli.main import main
from motabot.db.engine import Statement, in_one_round_trip, make_engine
from motabot.errors import SettingsError
from motabot.gateways.native import NativeGateway
from motabot.secret import kept
from motabot.settings import Settings, load_settings
from tests.support.processes import free_port


def test_health_and_readiness_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert b"motabot_texts_open 0.0" in client.get("/metrics").data


def test_without_a_database_a_statement_fails_as_one_that_may_be_sent_again() -> None:
    engine = make_engine("postgresql://nobody@127.0.0.1:1/none", load_settings())
    with pytest.raises(DBAPIError) as raised:
        in_one_round_trip(engine, Statement("select 1"), {})
    assert raised.value.connection_invalidated  # which the webhook answers with 503


@pytest.mark.parametrize(
    "secret", ["whsec_", "whsec_!!!!", "abc", "whsec_abc", "my shop password", "whsec_c2hvcnQ="]
)
def test_what_is_no_secret_is_refused_by_name(secret: str) -> None:
    with pytest.raises(SettingsError, match="MOTABOT_WEBHOOK_SECRETS"):
        NativeGateway([secret], 1_000)


def test_wrong_places_are_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="MOTABOT_DATABASE_URL"):
        make_engine("postgresql://user:pass@localhost:abc/shop", load_settings())
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(SettingsError, match="MOTABOT_DATA_DIR"):
        kept(file / "secret", lambda: "x")


@pytest.mark.parametrize("command", ["serve", "up"])
@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MOTABOT_SHOP_FILE", "/nowhere.toml", "MOTABOT_SHOP_FILE: cannot read"),
        ("MOTABOT_WEBHOOK_SECRETS", "whsec_", "MOTABOT_WEBHOOK_SECRETS: each must be"),
        (
            "MOTABOT_DATABASE_URL",
            "postgresql://a:b@127.0.0.1:1/x",
            "MOTABOT_DATABASE_URL: no PostgreSQL listens there",
        ),
    ],
)
def test_what_is_wrong_is_said_once_before_anything_is_started(
    command: str, name: str, value: str, says: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.database_url is not None
    monkeypatch.setenv("MOTABOT_DATABASE_URL", settings.database_url.get_secret_value())
    monkeypatch.setenv("MOTABOT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("MOTABOT_DATABASE_WAIT_SECONDS", "0.2")
    monkeypatch.setenv("MOTABOT_PORT", str(free_port()))
    monkeypatch.setenv(name, value)
    answer = CliRunner().invoke(main, [command])
    assert (answer.exit_code, says in answer.output) == (1, True), answer.output
