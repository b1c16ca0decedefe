"""What a shop can set, read once from the environment into one frozen object.

Every name is an environment variable with the prefix ``MOTABOT_`` (``MOTABOT_DATABASE_URL`` ...); only the
API key keeps the name that every tool of its kind uses, ``OPENAI_API_KEY``.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import platformdirs
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from motabot.errors import SettingsError
from motabot.model_settings import ModelSettings


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


class Settings(ModelSettings):
    """All settings. Frozen: a running service never changes its mind half way."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore")

    # --- database
    database_url: SecretStr | None = Field(
        None,
        description=(
            "PostgreSQL 15 or newer, as postgresql://user:password@host:5432/name. If unset, an "
            "embedded server starts."
        ),
    )
    worker_database_url: SecretStr | None = Field(
        None,
        description=(
            "A direct or session URL for the worker, where MOTABOT_DATABASE_URL leads through a "
            "transaction pooler."
        ),
    )
    database_pooler: Literal["auto", "none", "transaction"] = Field(
        "auto", description="Whether MOTABOT_DATABASE_URL leads through a transaction pooler. 'auto' finds out."
    )
    database_pool_size: int = Field(
        10, ge=1, le=200, description="Connections that a process keeps open. It opens at most twice as many."
    )
    database_wait_seconds: float = Field(
        60, ge=0, le=600, description="Seconds that a start waits for a database that does not answer yet."
    )
    data_dir: Path = Field(
        default_factory=default_data_dir, description="Folder of the embedded database and of generated secrets."
    )

    # --- the shop
    shop_name: str = Field("the shop", description="The shop's name, where no shop file gives one.")
    timezone: str = Field(
        "America/Los_Angeles",
        description="IANA time zone that decides what a day is, for example America/Los_Angeles.",
    )
    region: str = Field(
        "US",
        min_length=2,
        max_length=2,
        description="Two-letter region of phone numbers that are written without a country code.",
    )
    shop_file: Path | None = Field(
        None,
        description="The shop's shop.toml with address, hours and rules. docs/shop.example.toml is an example.",
    )

    # --- the figures
    vip_casual_from: int = Field(2, ge=1, description="Visits from which a customer is 'Casual'.")
    vip_regular_from: int = Field(6, ge=1, description="Visits from which a customer is 'Regular'.")
    vip_vip_from: int = Field(16, ge=1, description="Visits from which a customer is 'VIP'.")
    keep_imported: bool = Field(
        False, description="Leave the imported figures of customers without any transaction as they are."
    )
    refresh_work_mem_mb: int = Field(
        64,
        ge=4,
        le=2_048,
        description="work_mem of a full refresh, in MB. A lower value is slower but still correct.",
    )

    # --- the SMS layer
    webhook_secrets: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (),
        description=(
            "Standard Webhooks secrets (whsec_...), separated by commas. Several work while one is being rotated."
        ),
    )
    capcom6_signing_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (), description="Signing keys of the android-sms-gateway webhooks. They enable POST /sms/capcom6."
    )
    capcom6_url: str | None = Field(None, description="The Android app's API, for example http://192.0.2.10:8080.")
    capcom6_username: str | None = Field(None, description="User name of the Android app's API.")
    capcom6_password: SecretStr | None = Field(None, description="Password of the Android app's API.")
    twilio_auth_tokens: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (),
        description="Twilio auth tokens, separated by commas. The first one sends. They enable POST /sms/twilio.",
    )
    twilio_account_sid: str | None = Field(None, description="Twilio account SID (AC...).")
    twilio_sender: str | None = Field(
        None, description="The Twilio number to send from, or a messaging service (MG...)."
    )
    twilio_url: str = Field(
        "https://api.twilio.com", description="Base URL of Twilio's API, or of a regional one."
    )
    public_url: str | None = Field(
        None,
        description="The address that SMS layers and staff use, where a proxy stands in front of the service.",
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=10,
        description="Number of proxies in front of the service whose X-Forwarded-... headers are trusted.",
    )
    requests_per_minute: int = Field(
        6_000, ge=10, description="Requests per minute from one address to each web process. More get status 429."
    )
    max_body_bytes: int = Field(65_536, ge=1_024, description="Largest body of a webhook request, in bytes.")
    max_text_chars: int = Field(
        39_015,
        description="Longest inbound text, in characters: 255 parts of 153 septets (3GPP TS 23.040, 9.2.3.24.1).",
    )
    max_segments: int = Field(3, ge=1, le=10, description="Longest reply, in SMS segments.")

    late_after_minutes: int = Field(
        90, ge=5, description="A text that was sent longer ago goes to staff and is not answered as new."
    )
    outbox_mode: Literal["direct", "claim"] = Field(
        "direct",
        description=(
            "'direct': the SMS layer reads `messages` itself. 'claim': it claims texts over HTTP, with leases."
        ),
    )
    retry_limit: int = Field(5, ge=1, le=50, description="Attempts to send a text in the mode 'claim'.")
    retry_base_seconds: float = Field(
        20.0, gt=0, description="Wait after the first failed attempt, in seconds. It doubles each time."
    )

    # --- what the shop starts itself
    outreach_from: time = Field(
        time(9), description="Earliest time for texts that the shop starts, in the recipient's time zone."
    )
    outreach_until: time = Field(
        time(20), description="No texts that the shop starts from this time on, in the recipient's time zone."
    )

    segment_most: int = Field(500, ge=1, le=1_000, description="Most customers that one action may text.")
    segment_needs_opt_in: bool = Field(
        True, description="Text many customers only if they opted in. If off, everybody who did not opt out."
    )

    # --- the turn
    settle_seconds: float = Field(
        2.0, ge=0, le=60, description="Wait for the rest of a burst of texts, in seconds."
    )
    turn_seconds: float = Field(
        25.0, gt=0, le=300, description="Wall clock of one customer's turn, in seconds, over all models."
    )
    max_steps: int = Field(6, ge=1, le=20, description="Model answers in one turn.")
    max_turn_tokens: int = Field(30_000, ge=1_000, description="Tokens in one turn, read and written.")

    replies_per_hour: int = Field(
        20,
        ge=2,
        description=(
            "Replies to a phone in an hour. Then a person takes over, because machines may answer each "
            "other forever."
        ),
    )

    # --- staff who are told that a person is asked for
    notify_webhook_url: str | None = Field(
        None,
        description=(
            "Gets a JSON body with `text` when a person is asked for, as Slack, Mattermost and Google "
            "Chat take it."
        ),
    )
    notify_phone: str | None = Field(
        None, description="Gets a text through the shop's own SMS layer when a person is asked for."
    )
    notify_email: str | None = Field(
        None, description="Gets an e-mail through MOTABOT_SMTP_URL when a person is asked for."
    )
    smtp_url: SecretStr | None = Field(
        None, description="smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465."
    )

    # --- staff
    staff_redaction: Literal["full", "masked", "off"] = Field(
        "full",
        description="What is hidden from the staff's model: full (all that is personal); masked (texts are shown,"
        " with names, numbers and addresses masked); off (nothing, for a model of your own).",
    )
    mcp_calls_per_minute: int = Field(60, ge=1, description="Tool calls of one staff member in a minute over MCP.")
    staff_zip_codes: bool = Field(True, description="Whether the staff's model sees customers' zip codes.")
    staff_steps: int = Field(10, ge=2, le=40, description="Model answers to one question of staff.")
    staff_turn_seconds: float = Field(
        60.0, gt=0, le=600, description="Wall clock of one question of staff, in seconds."
    )
    staff_questions_per_minute: int = Field(20, ge=1, description="Questions of one staff member in a minute.")
    staff_query_seconds: float = Field(
        5.0, gt=0, le=60, description="Longest that one query of staff may run, in seconds."
    )
    staff_at_once: int = Field(
        2, ge=1, le=50, description="Most questions, and most CSV queries, of one person under way at once."
    )
    staff_queries_at_once: int = Field(
        6, ge=1, le=100, description="Most queries of staff that run at once in one web process; more wait."
    )

    # --- privacy
    trace_days: int = Field(400, ge=1, description="Days for which turns, their tool calls and receipts are kept.")
    message_days: int | None = Field(
        None, ge=1, description="Days after which rows of `messages` are deleted. If unset, never."
    )

    # --- the worker
    worker_concurrency: int = Field(32, ge=1, le=256, description="Turns that one worker runs side by side.")
    poll_seconds: float = Field(
        0.5,
        gt=0,
        le=1,
        description=(
            "How often a worker looks for released jobs, in seconds: a released lock sends no notification."
        ),
    )
    heartbeat_seconds: float = Field(2.0, gt=0, description="Seconds between a worker's heartbeats.")
    stalled_seconds: float = Field(
        10.0,
        gt=0,
        description="Seconds of silence after which a worker, or a session inside a transaction, counts as dead.",
    )
    upkeep_seconds: int = Field(
        5, ge=1, le=30, description="How often lost jobs and unseen texts are looked for, in seconds."
    )

    # --- folders and processes
    tools_dir: Path | None = Field(
        None, description="A folder of the shop's own tools. Its files come before ours."
    )
    prompts_dir: Path | None = Field(
        None, description="A folder of the shop's own prompts and replies. Its files come before ours."
    )
    host: str = Field("127.0.0.1", description="Address on which the web service listens.")
    port: int = Field(8080, ge=1, le=65_535, description="Port on which the web service listens.")
    web_workers: int = Field(2, ge=1, le=64, description="Processes of the web service.")
    log_format: Literal["console", "json"] = Field(
        "console", description="'console' for people, 'json' for machines."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Lowest level that is logged."
    )

    @field_validator("webhook_secrets", "capcom6_signing_keys", "twilio_auth_tokens", mode="before")
    @classmethod
    def _split_secrets(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

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
