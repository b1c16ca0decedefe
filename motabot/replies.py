"""The house's own words: the templates in prompts/replies, one folder a language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

Language = Literal["en", "es"]


def load_lexicon() -> dict[str, Any]:
    """The tables that the house's reading rests on: see lexicon.toml."""
    return tomllib.loads((Path(__file__).parent / "text" / "lexicon.toml").read_text(encoding="utf-8"))


_LEXICON = load_lexicon()
_SPANISH, _ENGLISH = frozenset(_LEXICON["spanish"].split()), frozenset(_LEXICON["english"].split())


def detect_language(text: str) -> Language:
    """English unless Spanish words are clearly in the majority."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    words = re.findall(r"[a-z']+", bare)
    spanish = sum(word in _SPANISH for word in words) + 2 * sum(mark in text for mark in "¿¡ñ")
    return "es" if spanish > sum(word in _ENGLISH for word in words) else "en"


class Words:
    """Says what the templates say."""

    def __init__(self, prompts_dir: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(prompts_dir / "replies"),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - plain text for a phone, not a page
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["dollars"] = dollars

    def say(self, name: str, language: Language, **values: object) -> str:
        """Render a template as one line of text.

        Args:
            name: The template's name without folder and ending.
            language: Its folder.
            values: What it may mention.
        """
        template = self._environment.get_template(f"{language}/{name}.j2")
        return " ".join(template.render(**values).split())


def dollars(amount: object) -> str:
    """Money as people write it: $35, $35.50."""
    whole = f"{amount:.2f}" if not isinstance(amount, str) else f"{float(amount):.2f}"
    return f"${whole.removesuffix('.00')}"
