"""The reply templates in prompts/replies, one folder a language."""

from __future__ import annotations

from jinja2 import Environment

from motabot.text.language import Language


class Replies:
    """Says what the templates say."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def say(self, name: str, language: Language, **values: object) -> str:
        """Render a template as one line of text.

        Args:
            name: The template's name without folder and ending.
            language: Its folder.
            values: What it may mention.
        """
        template = self._environment.get_template(f"replies/{language}/{name}.j2")
        return " ".join(template.render(**values).split())
