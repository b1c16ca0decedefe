"""The providers that the settings name, first choice first."""

from __future__ import annotations

import json

from pydantic import SecretStr

from motabot.agent.models.openai import OpenAIModel, Options
from motabot.errors import SettingsError
from motabot.settings import Settings


def remote_models(settings: Settings) -> list[OpenAIModel]:
    """The providers' models, first choice first; none if the offline model is to answer alone.

    Raises:
        SettingsError: The remote model is chosen but has neither a key nor its own server.
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


def _plain(key: SecretStr | None) -> str:
    """A key; servers without one take any word."""
    return key.get_secret_value() if key else "none"


def _headers(given: SecretStr | None) -> dict[str, str]:
    return {str(name): str(value) for name, value in json.loads(given.get_secret_value()).items()} if given else {}
