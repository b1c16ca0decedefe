"""The house's own words: the templates in prompts/replies, one folder a language."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from motabot.text.language import Language


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
