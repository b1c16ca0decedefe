"""What a shop can set, read once from the environment into one frozen object.

Every name is an environment variable with the prefix ``MOTABOT_`` (``MOTABOT_DATABASE_URL`` ...); only the
API key keeps the name that every tool of its kind uses, ``OPENAI_API_KEY``.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from motabot.errors import SettingsError
from motabot.settings.models import ModelSettings
from motabot.settings.odd_values import find_odd
from motabot.settings.shop import ShopSettings
from motabot.settings.sms import SmsSettings
from motabot.settings.staff import StaffSettings
from motabot.settings.tidy import explain, tidy

_PREFIX = "MOTABOT_"
#: Who asks in `motabot chat`. It belongs to a person, not to the shop, so it is not a field of `Settings`.
STAFF_TOKEN = "MOTABOT_STAFF_TOKEN"  # noqa: S105 - the name of a variable


class Settings(StaffSettings, ModelSettings, SmsSettings, ShopSettings):
    """All settings. They are frozen, so a running service never changes its mind half way."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore", allow_inf_nan=False)

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
        3, ge=1, le=30, description="How often lost jobs and unseen texts are looked for, in seconds."
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

    @field_validator("*", mode="before")
    @classmethod
    def _as_meant(cls, value: object, info: ValidationInfo) -> object:
        """Blanks around a value and a word's capitals do not matter; an empty variable is an unset one."""
        if not isinstance(value, str):
            return value
        name = info.field_name or ""
        field = cls.model_fields[name]
        if value.strip():
            return tidy(field.annotation, value)
        return None if name == "model_daily_limit" else field.get_default(call_default_factory=True)

    @field_validator("host")
    @classmethod
    def _address_alone(cls, value: str) -> str:
        is_v6 = value.count(":") > 1 and "[" not in value and "/" not in value
        if value == "*":
            raise ValueError("must be an address; 0.0.0.0 stands for every address of this machine")
        if not is_v6 and (re.search(r"[:/\[\]]", value) or " " in value):
            raise ValueError("must be an address alone, such as 0.0.0.0; its port belongs in MOTABOT_PORT")
        return value

    def for_worker(self) -> Settings:
        """The settings of a worker's process, which may have its own database URL."""
        url = self.worker_database_url
        return self if url is None else self.model_copy(update={"database_url": url})


def load_settings(**overrides: object) -> Settings:
    """Read the environment.

    Args:
        overrides: Field values that win over the environment.

    Raises:
        SettingsError: A value is wrong, or a variable that starts with ``MOTABOT_`` is not a setting. The message
            names every variable and what is wrong with it.
    """
    refuse_unknown(os.environ)
    if problems := find_odd(os.environ, variable_names() | {"OPENAI_API_KEY"}):
        raise SettingsError("; ".join(problems))
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_url=False):
            field = str(problem["loc"][0]) if problem["loc"] else "settings"
            name = field if field.isupper() else f"MOTABOT_{field.upper()}"
            lines.append(f"{name}: {explain(problem)}")
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
        if not _is_meant_for_us(name, known):
            continue
        if name.startswith("\ufeff"):
            problems.append(
                f"{name[1:]}: its line begins with an invisible mark (a BOM); save the file as plain UTF-8."
            )
            continue
        near = difflib.get_close_matches(name.upper().removeprefix(_PREFIX), names, n=1, cutoff=0.6)
        hint = f"did you mean {_PREFIX}{near[0]}?" if near else "docs/operating.md lists the settings."
        problems.append(f"{name}: not a setting of MotaBot; {hint}")
    if problems:
        raise SettingsError(" ".join(problems))


def _is_meant_for_us(name: str, known: Collection[str]) -> bool:
    """Whether a variable is not one of ours and seems to be meant as one, its prefix misspelled perhaps."""
    capitals = name.upper().lstrip("\ufeff")
    if capitals in known:
        return name.startswith("\ufeff")
    if capitals.startswith(_PREFIX):
        return True
    return "BOT" in capitals and bool(difflib.get_close_matches(capitals, known, n=1, cutoff=0.92))
