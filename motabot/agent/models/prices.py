"""What tokens are and what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from motabot.agent.models.base import Usage
from motabot.settings import Settings

#: English prose has about four characters a token; see OpenAI, "What are tokens and how to count them?".
_CHARS_PER_TOKEN = 4
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


def about_tokens(characters: int) -> int:
    """Roughly how many tokens a number of characters makes: only the provider has the tokenizer."""
    return -(-characters // _CHARS_PER_TOKEN)


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
