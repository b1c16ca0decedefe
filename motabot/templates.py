"""The one Jinja environment: prompts for models and replies for customers are templates of the same folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

_PHONE = re.compile(r"(?<!\w)[+(]?\d[\d\s().\-]{6,}\d(?!\w)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def make_environment(folders: Sequence[Path]) -> Environment:
    """The environment over some folders: a template is taken from the first folder that has it.

    Its filters are `dollars` and `withhold`.
    """
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text for phones and models, not a page
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["dollars"] = dollars
    environment.filters["withhold"] = withhold
    return environment


def dollars(amount: object) -> str:
    """Money as people write it: $35, $35.50."""
    whole = f"{amount:.2f}" if not isinstance(amount, str) else f"{float(amount):.2f}"
    return f"${whole.removesuffix('.00')}"


def withhold(value: str) -> str:
    """Take phone numbers and e-mail addresses out of words that go to a model."""
    return _EMAIL.sub("[e-mail]", _PHONE.sub(_mask_long, value))


def _mask_long(found: re.Match[str]) -> str:
    return "[number]" if sum(character.isdigit() for character in found[0]) >= 7 else found[0]
