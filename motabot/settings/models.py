"""What a shop can set about its models: two providers, their limits and their prices."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from motabot.boundary import JsonObject

Effort = Literal["none", "minimal", "low", "medium", "high"]
_HEADERS = '{"X-Team": "shop"}'
Body = Annotated[JsonObject | None, NoDecode]


class ModelSettings(BaseSettings):
    """The settings of models. `MOTABOT_FALLBACK_MODEL_...` are those of the second choice."""

    model_config = SettingsConfigDict(env_prefix="MOTABOT_", frozen=True, extra="ignore")

    model: Literal["auto", "openai", "offline"] = Field(
        "auto", description="'auto': openai where a key or a URL is set, the offline model otherwise."
    )
    model_name: str = Field("gpt-5-mini", description="Name of the first model; with Azure the deployment.")
    model_url: str | None = Field(
        None, description="Base URL of any OpenAI-compatible server; see docs/models.md."
    )
    openai_base_url: str | None = Field(
        None,
        validation_alias=AliasChoices("OPENAI_BASE_URL", "openai_base_url"),
        description="The same as MOTABOT_MODEL_URL, which wins over it.",
    )
    openai_api_key: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("OPENAI_API_KEY", "MOTABOT_OPENAI_API_KEY", "openai_api_key"),
        description="The provider's key. If neither it nor a URL is set, the offline model answers.",
    )
    model_key: SecretStr | None = Field(None, description="The first provider's key, if not OPENAI_API_KEY.")
    model_api_version: str | None = Field(None, description="Azure's api-version, such as 2024-10-21.")
    model_effort: Effort | None = Field(
        None, description="How much the model thinks. If unset: low, where it is known to have the setting."
    )
    model_temperature: float | None = Field(None, ge=0, le=2, description="If unset, the provider's default.")
    model_headers: SecretStr | None = Field(None, description="Extra headers, as a JSON object.")
    model_body: Body = Field(None, description="Extra fields of each request's body, as a JSON object.")
    model_timeout: float = Field(12.0, gt=0, description="Seconds for one answer to a customer, retries included.")
    model_staff_timeout: float = Field(
        30.0, gt=0, description="Seconds for one answer to staff, retries included."
    )
    model_cold_timeout: float | None = Field(
        None, gt=0, description="Seconds for the first answer of a model in your own network, while it loads."
    )
    model_retries: int = Field(2, ge=0, le=5, description="Retries of a request after a temporary failure.")
    model_max_tokens: int = Field(1_500, ge=64, description="Most tokens of an answer; thinking is extra.")
    model_live_words: bool | None = Field(
        None,
        description="Whether staff see words while the model writes them. If unset: where thinking is never among"
        " them (OpenAI, Azure, Gemini).",
    )
    model_price_input: Decimal = Field(Decimal("0.25"), ge=0, description="US dollars per million tokens read.")
    model_price_cached: Decimal = Field(Decimal("0.025"), ge=0, description="... read from the provider's cache.")
    model_price_output: Decimal = Field(Decimal("2.00"), ge=0, description="... written, thinking included.")
    model_daily_limit: Decimal | None = Field(
        Decimal(20), ge=0, description="US dollars per day; then the offline model answers. Empty: no limit."
    )

    fallback_model_name: str | None = Field(None, description="A second model, tried when the first fails.")
    fallback_model_url: str | None = Field(None, description="Its server; if unset, that of the first.")
    fallback_model_key: SecretStr | None = Field(
        None, description="Its key; if unset and on the same server, that of the first."
    )
    fallback_model_api_version: str | None = Field(None, description="Azure's api-version.")
    fallback_model_effort: Effort | None = Field(None, description="How much the second model thinks.")
    fallback_model_temperature: float | None = Field(
        None, ge=0, le=2, description="The second model's temperature."
    )
    fallback_model_headers: SecretStr | None = Field(None, description="Extra headers, as a JSON object.")
    fallback_model_body: Body = Field(None, description="Extra fields of the body, as a JSON object.")
    fallback_model_timeout: float | None = Field(None, gt=0, description="Seconds for an answer to a customer.")
    fallback_model_staff_timeout: float | None = Field(None, gt=0, description="Seconds for an answer to staff.")
    fallback_model_price_input: Decimal | None = Field(
        None, ge=0, description="Prices of the second model; if unset, those of the first."
    )
    fallback_model_price_cached: Decimal | None = Field(None, ge=0, description="... read from its cache.")
    fallback_model_price_output: Decimal | None = Field(None, ge=0, description="... written.")

    @field_validator("model", mode="before")
    @classmethod
    def _former_name(cls, value: object) -> object:
        return "offline" if value == "house" else value  # what 0.1 called it

    @field_validator("openai_api_key", "model_key", "fallback_model_key")
    @classmethod
    def _one_line(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        key = value.get_secret_value().strip().strip("\"'")
        if not re.fullmatch(r"[\x21-\x7e]+", key):
            raise ValueError(
                "must be one word of letters, digits and punctuation; it holds a blank or a line break"
            )
        return SecretStr(key)

    @field_validator("model_body", "fallback_model_body", mode="before")
    @classmethod
    def _json_object(cls, value: object) -> object:
        return _object(value) if isinstance(value, str) else value

    @field_validator("model_headers", "fallback_model_headers")
    @classmethod
    def _headers(cls, value: SecretStr | None) -> SecretStr | None:
        found = _object(value.get_secret_value(), _HEADERS) if value is not None else {}
        if not all(isinstance(each, str) and re.fullmatch(r"[\x20-\x7e]*", each) for each in found.values()):
            raise ValueError(f"must be a JSON object of names and texts, like {_HEADERS}")
        return value

    @property
    def provider_url(self) -> str | None:
        """The first provider's URL; None: OpenAI's own."""
        return self.model_url or self.openai_base_url

    @property
    def speaks_with(self) -> Literal["openai", "offline"]:
        """The model that 'auto' means."""
        if self.model != "auto":
            return self.model
        return "openai" if self.openai_api_key or self.model_key or self.provider_url else "offline"


def _object(text: str, example: str = '{"top_p": 0.9}') -> JsonObject:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ValueError(f"must be a JSON object, like {example}")
    return found
