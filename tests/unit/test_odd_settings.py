"""A value that no setting means stops the start, and the message names the variable."""

from __future__ import annotations

import pytest

from motabot.errors import SettingsError
from motabot.settings import load_settings, variable_names


@pytest.mark.parametrize("value", ["${SOME_SECRET}", "$(cat /run/secret)", "\x01", "'in quotes'", '"8080"'])
def test_what_an_environment_file_leaves_behind_is_refused_for_every_setting(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    for name in sorted(variable_names() | {"OPENAI_API_KEY"}):
        with monkeypatch.context() as environment:
            environment.setenv(name, value)
            with pytest.raises(SettingsError, match=f"{name}: (contains|stands in)"):
                load_settings()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MOTABOT_DATA_DIR", "", "is empty"),
        ("MOTABOT_HOST", " ", "is empty"),
        ("MOTABOT_SHOP_FILE", "", "is empty"),
        ("MOTABOT_PUBLIC_URL", "sms.example.com", "is not a URL such as https://example.com"),
        ("MOTABOT_MODEL_URL", "localhost:11434", "is not a URL"),
        ("MOTABOT_FALLBACK_MODEL_URL", "https://", "is not a URL"),
        ("MOTABOT_NOTIFY_WEBHOOK_URL", "http://host:99999", "is not a URL"),
        ("MOTABOT_SMTP_URL", "https://example.com", "is not a URL such as smtps://example.com"),
        ("MOTABOT_HEARTBEAT_SECONDS", "inf", "finite"),
        ("MOTABOT_MODEL_TIMEOUT", "1e400", "finite"),
        ("MOTABOT_STALLED_SECONDS", "nan", "greater than|finite"),
        ("MOTABOT_MAX_TEXT_CHARS", "0", "greater than or equal to 160"),
        ("MOTABOT_REGION", "-1", "pattern"),
        ("MOTABOT_PORT", "eighty", "integer"),
    ],
)
def test_a_value_that_cannot_work_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}: .*({said})"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENAI_API_KEY", ""),
        ("MOTABOT_WEBHOOK_SECRETS", ""),
        ("MOTABOT_PUBLIC_URL", "https://sms.example.com/motabot"),
        ("MOTABOT_MODEL_URL", "http://[::1]:11434/v1"),
        ("MOTABOT_SMTP_URL", "smtp://user:p%40ss@mail.example.com:587"),
        ("MOTABOT_SHOP_NAME", "Green 'n' Good"),
        ("MOTABOT_DATABASE_URL", "postgresql://user:pa$$word@host/shop"),
    ],
)
def test_what_looks_odd_and_is_right_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    load_settings()
