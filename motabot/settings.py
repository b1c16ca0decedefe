"""What a shop can set, read once from the environment into one frozen object.

Every name is an environment variable with the prefix ``MOTABOT_`` (``MOTABOT_DATABASE_URL`` ...); only the
API key keeps the name that every tool of its kind uses, ``OPENAI_API_KEY``.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import platformdirs
from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from motabot.errors import SettingsError


def default_data_dir() -> Path:
    """Where the embedded database and generated secrets live when nothing else is set.

    As root this is never the home directory: the embedded server drops to a system user, which would
    need every parent directory opened to it.
    """
    if os.name == "posix" and os.geteuid() == 0:
        return Path("/var/lib/motabot")
    return Path(platformdirs.user_data_dir("motabot", appauthor=False))


_PREFIX = "MOTABOT_"
#: Who asks in `motabot chat`. It belongs to a person and not to the shop, so it is no field of `Settings`.
STAFF_TOKEN = "MOTABOT_STAFF_TOKEN"  # noqa: S105 - the name of a variable


class Settings(BaseSettings):
    """All settings. Frozen: a running service never changes its mind half way."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore")

    # --- database
    database_url: SecretStr | None = Field(
        None, description="PostgreSQL 15+ as postgresql://...; unset: an embedded server starts by itself."
    )
    worker_database_url: SecretStr | None = Field(
        None, description="A direct or session URL for the worker, where database_url is a transaction pooler's."
    )
    database_pooler: Literal["auto", "none", "transaction"] = Field(
        "auto", description="Whether the URL leads through a transaction pooler; 'auto' finds out."
    )
    database_pool_size: int = Field(10, ge=1, le=200)
    data_dir: Path = Field(default_factory=default_data_dir)

    # --- the shop
    shop_name: str = "the shop"
    timezone: str = Field("America/Los_Angeles", description="The zone that decides what a day is.")
    region: str = Field("US", min_length=2, max_length=2, description="Region of numbers without +.")
    shop_file: Path | None = Field(
        None, description="The shop's shop.toml: hours, address, rules; docs/shop.example.toml shows one."
    )

    # --- the figures
    vip_casual_from: int = Field(2, ge=1, description="Visits from which a customer is 'Casual'.")
    vip_regular_from: int = Field(6, ge=1, description="Visits from which a customer is 'Regular'.")
    vip_vip_from: int = Field(16, ge=1, description="Visits from which a customer is 'VIP'.")
    keep_imported: bool = Field(
        False, description="Leave the imported figures of customers who have no transaction as they are."
    )
    refresh_work_mem_mb: int = Field(
        64, ge=4, le=2_048, description="Memory of one sort in a full refresh; less is slower, and right."
    )

    # --- the SMS layer
    webhook_secrets: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (), description="Standard Webhooks secrets (whsec_...), comma separated; several while one is rotated."
    )
    capcom6_signing_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (), description="Signing keys of android-sms-gateway's webhooks; they open POST /sms/capcom6."
    )
    capcom6_url: str | None = Field(None, description="The app's API: http://PHONE:8080.")
    capcom6_username: str | None = None
    capcom6_password: SecretStr | None = None
    twilio_auth_tokens: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (), description="Twilio's auth tokens, the first of which sends; they open POST /sms/twilio."
    )
    twilio_account_sid: str | None = None
    twilio_sender: str | None = Field(None, description="The number to send from, or a messaging service (MG...).")
    twilio_url: str = Field("https://api.twilio.com", description="Twilio's API, or that of a region of it.")
    public_url: str | None = Field(
        None, description="The address that SMS layers use, where a proxy stands before the service."
    )
    trusted_proxies: int = Field(
        0, ge=0, le=10, description="Proxies before the service whose X-Forwarded-... headers tell the truth."
    )
    requests_per_minute: int = Field(
        6_000, ge=10, description="Most requests from one address to each web process; more get 429."
    )
    max_body_bytes: int = Field(65_536, ge=1_024)
    max_text_chars: int = Field(
        39_015,
        description="Longest inbound text: 255 concatenated parts of 153 septets (3GPP TS 23.040, 9.2.3.24.1).",
    )
    max_segments: int = Field(3, ge=1, le=10, description="Longest reply, in SMS segments.")

    outbox_mode: Literal["direct", "claim"] = Field(
        "direct",
        description="'direct': the SMS layer reads `messages` itself; 'claim': it claims over HTTP, with leases.",
    )
    retry_limit: int = Field(5, ge=1, le=50, description="Attempts to send a text, in the mode 'claim'.")
    retry_base_seconds: float = Field(20.0, gt=0, description="Wait after the first failure; doubles each time.")

    # --- what the shop starts itself
    outreach_from: time = Field(time(9), description="Earliest hour, where the recipient is.")
    outreach_until: time = Field(time(20), description="Hour from which the recipient has peace.")

    segment_most: int = Field(500, ge=1, le=1_000, description="Most customers that one go may text.")
    segment_needs_opt_in: bool = Field(
        True, description="Text many only those who opted in; off: everybody who did not opt out."
    )

    # --- the turn
    settle_seconds: float = Field(2.0, ge=0, le=60, description="Wait for the rest of a burst of texts.")
    turn_seconds: float = Field(25.0, gt=0, le=300, description="Wall clock that a turn's models may use in all.")
    max_steps: int = Field(6, ge=1, le=20, description="Most model answers in one turn.")
    max_turn_tokens: int = Field(30_000, ge=1_000, description="Most tokens, in and out, in one turn.")

    replies_per_hour: int = Field(
        20, ge=2, description="Most replies to a phone in an hour; then a person: machines may text back for ever."
    )

    # --- staff who are told that a person is asked for
    notify_webhook_url: str | None = Field(
        None, description="Gets a JSON body with `text`, as Slack, Mattermost and Google Chat take it."
    )
    notify_phone: str | None = Field(None, description="Gets a text through the shop's own SMS layer.")
    notify_email: str | None = Field(None, description="Gets an e-mail through MOTABOT_SMTP_URL.")
    smtp_url: SecretStr | None = Field(
        None, description="smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465."
    )

    # --- the model
    model: Literal["auto", "openai", "house"] = Field(
        "auto", description="'auto': openai where a key is set, the house model otherwise."
    )
    model_name: str = "gpt-5-mini"
    fallback_model_name: str | None = Field(None, description="A second model, tried when the first fails.")
    model_url: str | None = Field(None, description="Base URL of any OpenAI-compatible server.")
    model_timeout: float = Field(12.0, gt=0, description="Seconds for one request to the model.")
    model_retries: int = Field(2, ge=0, le=5)
    model_max_tokens: int = Field(1_500, ge=64, description="Most tokens in one answer, thinking included.")
    model_daily_limit: Decimal | None = Field(
        Decimal(20), ge=0, description="US dollars a day; then the house model answers. Empty: no limit."
    )
    model_price_input: Decimal = Field(Decimal("0.25"), ge=0, description="US dollars a million tokens read.")
    model_price_cached: Decimal = Field(Decimal("0.025"), ge=0, description="... read from the provider's cache.")
    model_price_output: Decimal = Field(Decimal("2.00"), ge=0, description="... written, thinking included.")
    openai_api_key: SecretStr | None = Field(
        None, validation_alias=AliasChoices("OPENAI_API_KEY", "MOTABOT_OPENAI_API_KEY", "openai_api_key")
    )

    # --- staff
    staff_handles: bool = Field(
        True,
        description="Whether people stand as handles in what the staff's model sees; off for a model of yours.",
    )
    staff_steps: int = Field(10, ge=2, le=40, description="Most model answers to one question of staff.")
    staff_turn_seconds: float = Field(60.0, gt=0, le=600, description="Longest that one question may take.")
    staff_questions_per_minute: int = Field(20, ge=1, description="Most questions of one person in a minute.")
    staff_query_seconds: float = Field(5.0, gt=0, le=60, description="Longest that a query of staff may run.")
    staff_queries_at_once: int = Field(
        6, ge=1, le=100, description="Most queries of staff that run at once in one web process; more wait."
    )

    # --- privacy
    trace_days: int = Field(400, ge=1, description="Days for which turns, their lookups and receipts are kept.")
    message_days: int | None = Field(
        None, ge=1, description="Days after which rows of `messages` are deleted; unset: never."
    )

    # --- the worker
    worker_concurrency: int = Field(32, ge=1, le=256, description="Turns side by side in one worker.")
    poll_seconds: float = Field(0.5, gt=0, le=1, description="A released lock sends no notification.")
    heartbeat_seconds: float = Field(5.0, gt=0)
    stalled_seconds: float = Field(
        20.0, gt=0, description="Silence after which a worker, or a session inside a transaction, counts as dead."
    )
    upkeep_seconds: int = Field(5, ge=1, le=30, description="How often lost jobs and unseen texts are looked for.")

    # --- folders and processes
    tools_dir: Path | None = None
    prompts_dir: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65_535)
    web_workers: int = Field(2, ge=1, le=64)
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("webhook_secrets", "capcom6_signing_keys", "twilio_auth_tokens", mode="before")
    @classmethod
    def _split_secrets(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("model_daily_limit", mode="before")
    @classmethod
    def _no_limit(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is no IANA time zone; America/Los_Angeles is one")
        return value

    @field_validator("outreach_until")
    @classmethod
    def _after_the_beginning(cls, value: time, info: ValidationInfo) -> time:
        if value <= info.data.get("outreach_from", time(0)):
            raise ValueError("must be later than MOTABOT_OUTREACH_FROM, like 20:00")
        return value

    @field_validator("vip_regular_from", "vip_vip_from")
    @classmethod
    def _above_the_one_before(cls, value: int, info: ValidationInfo) -> int:
        lower = "vip_casual_from" if info.field_name == "vip_regular_from" else "vip_regular_from"
        if value <= info.data.get(lower, 0):
            raise ValueError(f"must be above MOTABOT_{lower.upper()}")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def speaks_with(self) -> Literal["openai", "house"]:
        """The model that 'auto' stands for."""
        if self.model != "auto":
            return self.model
        return "openai" if self.openai_api_key else "house"


def load_settings(**overrides: object) -> Settings:
    """Read the environment.

    Args:
        overrides: Field values that win over the environment.

    Raises:
        SettingsError: A value is wrong, or a variable that starts with ``MOTABOT_`` is not a setting. The message
            names every variable and what is wrong with it.
    """
    refuse_unknown(os.environ)
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_input=False, include_url=False):
            field = str(problem["loc"][0]) if problem["loc"] else "settings"
            name = field if field.isupper() else f"MOTABOT_{field.upper()}"
            lines.append(f"{name}: {problem['msg'].removeprefix('Value error, ')}")
        raise SettingsError("; ".join(lines)) from None


def variable_names() -> frozenset[str]:
    """Every environment variable with our prefix that means something."""
    return frozenset(f"{_PREFIX}{field.upper()}" for field in Settings.model_fields) | {STAFF_TOKEN}


def refuse_unknown(environment: Mapping[str, str]) -> None:
    """Refuse a misspelled variable: a wrong MOTABOT_DATABSE_URL must not mean the embedded database.

    Raises:
        SettingsError: A variable has our prefix and is not a setting; the message names the nearest setting.
    """
    known = variable_names()
    names = [name.removeprefix(_PREFIX) for name in known]
    problems = []
    for name in sorted(environment):
        if not name.upper().startswith(_PREFIX) or name.upper() in known:
            continue
        near = difflib.get_close_matches(name.upper().removeprefix(_PREFIX), names, n=1, cutoff=0.6)
        hint = f"did you mean {_PREFIX}{near[0]}?" if near else "docs/operating.md lists the settings."
        problems.append(f"{name}: not a setting of MotaBot; {hint}")
    if problems:
        raise SettingsError(" ".join(problems))
