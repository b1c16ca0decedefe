"""The one Jinja environment: prompts for models and replies for customers are templates of the same folders."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from motabot.text.language import Language
from motabot.text.withhold import withhold


@lru_cache(maxsize=8)
def make_environment(folders: tuple[Path, ...]) -> Environment:
    """The environment over some folders: a template is taken from the first folder that has it.

    Services of one process share it, and with it the compiled templates. A file that changes is read again.

    Its filters are `day`, `dollars`, `moment` and `withhold`.
    """
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text for phones and models, not a page
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day
    environment.filters["dollars"] = dollars
    environment.filters["moment"] = moment
    environment.filters["withhold"] = withhold
    return environment


def dollars(amount: object) -> str:
    """Money as people write it: $35, $35.50."""
    whole = f"{amount:.2f}" if not isinstance(amount, str) else f"{float(amount):.2f}"
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}${digits.removesuffix('.00')}"


_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}


def day(value: date | str, language: Language = "en") -> str:
    """A day as people write it: Sunday, November 22, 2026; in Spanish: domingo 22 de noviembre de 2026."""
    at = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    name, month = _DAYS[language][at.weekday()], _MONTHS[language][at.month - 1]
    if language == "es":
        return f"{name} {at.day} de {month} de {at.year}"
    return f"{name}, {month} {at.day}, {at.year}"


def moment(at: datetime) -> str:
    """A moment as people write it: Thu 2026-11-26 6:05 PM."""
    return f"{at:%a} {at:%Y-%m-%d} {at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
