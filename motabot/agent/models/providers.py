"""The providers that the settings name, first choice first, and what their models cost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

from pydantic import SecretStr

from motabot.agent.models.base import Usage
from motabot.agent.models.openai import OpenAIModel, Options
from motabot.errors import SettingsError
from motabot.settings import Settings

_MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Prices:
    """US dollars a million tokens: read, read from the provider's cache, and written."""

    read: Decimal
    cached: Decimal
    written: Decimal

    def of(self, usage: Usage) -> Decimal:
        """US dollars for these tokens."""
        fresh = usage.input_tokens - usage.cached_tokens
        return (
            fresh * self.read + usage.cached_tokens * self.cached + usage.output_tokens * self.written
        ) / _MILLION


def remote_models(settings: Settings) -> list[OpenAIModel]:
    """The providers' models, first choice first; none where the offline model is to answer alone.

    Raises:
        SettingsError: The remote model is chosen but has neither a key nor a server of its own.
    """
    if settings.speaks_with != "openai":
        return []
    key = settings.model_key or settings.openai_api_key
    if key is None and settings.provider_url is None:
        raise SettingsError("OPENAI_API_KEY: is needed for MOTABOT_MODEL=openai, unless MOTABOT_MODEL_URL is set")
    first = OpenAIModel(
        settings.model_name,
        api_key=_plain(key),
        base_url=settings.provider_url,
        retries=settings.model_retries,
        options=Options(
            timeout=settings.model_timeout,
            staff_timeout=settings.model_staff_timeout,
            cold_timeout=settings.model_cold_timeout,
            effort=settings.model_effort,
            temperature=settings.model_temperature,
            headers=_headers(settings.model_headers),
            body=settings.model_body or {},
            api_version=settings.model_api_version,
            live_words=settings.model_live_words,
        ),
    )
    return [first, *_second(settings, key)]


def _second(settings: Settings, key: SecretStr | None) -> list[OpenAIModel]:
    if settings.fallback_model_name is None:
        return []
    shares = settings.fallback_model_url is None
    return [
        OpenAIModel(
            settings.fallback_model_name,
            api_key=_plain(settings.fallback_model_key or (key if shares else None)),
            base_url=settings.provider_url if shares else settings.fallback_model_url,
            retries=settings.model_retries,
            options=Options(
                timeout=settings.fallback_model_timeout or settings.model_timeout,
                staff_timeout=settings.fallback_model_staff_timeout or settings.model_staff_timeout,
                cold_timeout=settings.model_cold_timeout,
                effort=settings.fallback_model_effort,
                temperature=settings.fallback_model_temperature,
                headers=_headers(settings.fallback_model_headers or (settings.model_headers if shares else None)),
                body=settings.fallback_model_body or (settings.model_body if shares else None) or {},
                api_version=settings.fallback_model_api_version
                or (settings.model_api_version if shares else None),
                live_words=settings.model_live_words,
            ),
        )
    ]


def prices_of(settings: Settings, model: str) -> Prices:
    """The prices of a model by its name: the second choice's own, else the first's."""
    first = Prices(settings.model_price_input, settings.model_price_cached, settings.model_price_output)
    if model != settings.fallback_model_name or model == settings.model_name:
        return first
    own = (
        settings.fallback_model_price_input,
        settings.fallback_model_price_cached,
        settings.fallback_model_price_output,
    )
    read, cached, written = own
    return Prices(
        first.read if read is None else read,
        (first.cached if read is None else read) if cached is None else cached,
        first.written if written is None else written,
    )


def _plain(key: SecretStr | None) -> str:
    """A key; servers without one take any word."""
    return key.get_secret_value() if key else "none"


def _headers(given: SecretStr | None) -> dict[str, str]:
    return {str(name): str(value) for name, value in json.loads(given.get_secret_value()).items()} if given else {}
