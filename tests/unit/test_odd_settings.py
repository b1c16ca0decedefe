"""A value that no setting means stops the start, and the message names the variable."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from motabot.errors import SettingsError
from motabot.settings import load_settings, refuse_unknown, variable_names


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
        ("MOTABOT_DATABASE_URL", "", "is empty"),
        ("MOTABOT_SMTP_URL", "https://example.com", "is not a URL such as smtp://user:password@host:587"),
        ("MOTABOT_PUBLIC_URL", "https://sms.example.com/sms/inbound", "address, without /sms/inbound"),
        ("MOTABOT_PUBLIC_URL", "https://sms.example.com?x=1", r"address, without \?x=1"),
        ("MOTABOT_HEARTBEAT_SECONDS", "inf", "finite"),
        ("MOTABOT_MODEL_TIMEOUT", "1e400", "finite"),
        ("MOTABOT_MODEL_TIMEOUT", "12s", "must be a number, without unit .*, not '12s'"),
        ("MOTABOT_MODEL_TEMPERATURE", "0,7", "must be a number, .* with a point"),
        ("MOTABOT_MODEL_DAILY_LIMIT", "$20", "must be a number, without unit or currency"),
        ("MOTABOT_STALLED_SECONDS", "nan", "above 0|finite"),
        ("MOTABOT_MAX_TEXT_CHARS", "0", "must be at least 160, not '0'"),
        ("MOTABOT_SETTLE_SECONDS", "2000", "must be at most 60"),
        ("MOTABOT_MAX_BODY_BYTES", "64k", "must be a whole number, without unit, not '64k'"),
        ("MOTABOT_PORT", "eighty", "must be a whole number"),
        ("MOTABOT_TRUSTED_PROXIES", "127.0.0.1", "must be a whole number"),
        ("MOTABOT_SEGMENT_NEEDS_OPT_IN", "enabled", "must be true or false, not 'enabled'"),
        ("MOTABOT_MODEL", "gpt-4", "must be 'auto', 'openai' or 'offline', not 'gpt-4'"),
        ("MOTABOT_DATABASE_POOLER", "session", "must be 'auto', 'none' or 'transaction'"),
        ("MOTABOT_OUTREACH_FROM", "9am", "must be a time such as 09:00, not '9am'"),
        ("MOTABOT_OUTREACH_UNTIL", "24:00", "must be a time such as 09:00"),
        ("MOTABOT_OUTREACH_FROM", "09:00+02:00", "must be a time without a zone"),
        ("MOTABOT_REGION", "-1", "must be a region's two letters, such as US or MX"),
        ("MOTABOT_REGION", "USA", "use US"),
        ("MOTABOT_REGION", "UK", "use GB"),
        ("MOTABOT_TIMEZONE", "PST", "PST is an abbreviation; use America/Los_Angeles"),
        ("MOTABOT_TIMEZONE", "EST", "use America/New_York"),
        ("MOTABOT_TIMEZONE", "chicago", "'chicago' is not an IANA time zone; use one like America/Chicago"),
        ("MOTABOT_HOST", "*", "0.0.0.0 stands for every address"),
        ("MOTABOT_HOST", "http://0.0.0.0", "its port belongs in MOTABOT_PORT"),
        ("MOTABOT_HOST", "0.0.0.0:8080", "its port belongs in MOTABOT_PORT"),
        ("MOTABOT_TWILIO_ACCOUNT_SID", "SK0123", "begins with AC"),
        ("MOTABOT_MODEL_HEADERS", "X-A: b", "must be a JSON object, like"),
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
        ("MOTABOT_HOST", "::1"),
        ("MOTABOT_MODEL_DAILY_LIMIT", ""),
    ],
)
def test_what_looks_odd_and_is_right_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    load_settings()


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("REGION", "us\r", "US"),
        ("TIMEZONE", "america/los_angeles ", "America/Los_Angeles"),
        ("HOST", " 0.0.0.0\r\n", "0.0.0.0"),
        ("LOG_LEVEL", "warning", "WARNING"),
        ("MODEL", "OpenAI", "openai"),
        ("MODEL_EFFORT", "Low", "low"),
        ("SEGMENT_NEEDS_OPT_IN", "False ", False),
        ("OUTREACH_FROM", "9:30", time(9, 30)),
        ("OUTREACH_UNTIL", "19", time(19)),
        ("SHOP_FILE", "~/shop.toml", Path.home() / "shop.toml"),
        ("PORT", "", 8080),
        ("MESSAGE_DAYS", "", None),
        ("MODEL_DAILY_LIMIT", "", None),
        ("PUBLIC_URL", "https://sms.example.com/\r", "https://sms.example.com"),
    ],
)
def test_a_value_is_taken_as_it_is_surely_meant(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, meant: object
) -> None:
    monkeypatch.setenv(f"MOTABOT_{name}", value)
    assert getattr(load_settings(), name.lower()) == meant


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("MOTOBOT_DATABASE_URL", "did you mean MOTABOT_DATABASE_URL"),
        ("MOTABOTDATABASE_URL", "did you mean MOTABOT_DATABASE_URL"),
        ("\ufeffMOTABOT_DATABASE_URL", "begins with an invisible mark"),
    ],
)
def test_a_misspelled_prefix_is_no_other_programs_variable(name: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        refuse_unknown({name: "postgresql://host/shop"})


def test_other_programs_variables_are_left_alone() -> None:
    refuse_unknown({"ROBOT_PORT": "1", "BOT_DATABASE_URL": "x", "DATABASE_URL": "x"})
