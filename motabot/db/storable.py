"""Text as PostgreSQL can hold it, wherever it came from: a network, a model."""

from __future__ import annotations

from motabot.boundary import Json


def storable(text: str) -> str:
    """The string with U+FFFD in place of NUL and of unpaired surrogates."""
    if text.isascii() and "\x00" not in text:
        return text
    return text.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_json(value: Json) -> Json:
    """The same for every string inside what JSON can hold, keys included."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_json(item) for item in value]
    if isinstance(value, dict):
        return {storable(str(key)): storable_json(item) for key, item in value.items()}
    return value
