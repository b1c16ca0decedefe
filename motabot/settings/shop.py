"""What a shop can set about itself: its database, its name and place, its figures, and how long data is kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

from motabot.settings import places


def default_data_dir() -> Path:
    """Where the embedded database and generated secrets live when nothing else is set.

    As root this is never the home directory: the embedded server drops to a system user, which would
    need every parent directory opened to it.
    """
    if os.name == "posix" and os.geteuid() == 0:
        return Path("/var/lib/motabot")
    return Path(platformdirs.user_data_dir("motabot", appauthor=False))


class ShopSettings(BaseSettings):
    """The settings of the shop and its data."""

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

    # --- privacy
    trace_days: int = Field(400, ge=1, description="Days for which turns, their tool calls and receipts are kept.")
    message_days: int | None = Field(
        None, ge=1, description="Days after which rows of `messages` are deleted. If unset, never."
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        return places.zone(value)

    @field_validator("region")
    @classmethod
    def _two_letters(cls, value: str) -> str:
        return places.region(value)

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
