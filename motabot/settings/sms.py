"""What a shop can set about texting: the SMS layer, texts that it starts itself, and the turn."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode


class SmsSettings(BaseSettings):
    """The settings of texting."""

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
        ge=160,
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

    @field_validator("public_url")
    @classmethod
    def _service_alone(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if found := re.search(r"/(sms/(inbound|twilio|capcom6)|console|healthz)/?$|[?#].*$", value):
            raise ValueError(f"must be the service's own address, without {found[0]}")
        return value.rstrip("/")

    @field_validator("twilio_account_sid")
    @classmethod
    def _of_account(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("AC"):
            raise ValueError("must be the account's SID, which begins with AC")
        return value

    @field_validator("webhook_secrets", "capcom6_signing_keys", "twilio_auth_tokens", mode="before")
    @classmethod
    def _split_secrets(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("outreach_from", "outreach_until")
    @classmethod
    def _without_zone(cls, value: time) -> time:
        if value.tzinfo is not None:
            raise ValueError("must be a time without a zone, such as 09:00: the recipient's own zone counts")
        return value

    @field_validator("outreach_until")
    @classmethod
    def _after_the_beginning(cls, value: time, info: ValidationInfo) -> time:
        if value <= info.data.get("outreach_from", time(0)):
            raise ValueError("must be later than MOTABOT_OUTREACH_FROM, like 20:00")
        return value
