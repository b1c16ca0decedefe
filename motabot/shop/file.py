"""Reads ``shop.toml`` and explains its mistakes: the file, the line, the key and what to write instead."""

from __future__ import annotations

import re
import tomllib
import typing
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from motabot.boundary import Json
from motabot.errors import SettingsError
from motabot.settings import Settings
from motabot.shop.model import Shop
from motabot.text.weekdays import WEEKDAYS

#: How alike two keys must be, of 100, for one to be offered for the other.
_NEAR = 60.0


def load_shop(settings: Settings) -> Shop:
    """The shop that ``MOTABOT_SHOP_FILE`` describes; without a file, the name and the zone from the settings.

    Raises:
        SettingsError: The file cannot be read, or something in it is wrong. The message names the file, line and
            key, and what to write instead, for every problem at once.
    """
    given = {"name": settings.shop_name, "timezone": settings.timezone}
    path = settings.shop_file
    if path is None:
        return Shop.model_validate(given)
    try:
        source = path.read_text(encoding="utf-8")
        written = tomllib.loads(source, parse_float=Decimal)
    except OSError as error:
        raise SettingsError(f"MOTABOT_SHOP_FILE: cannot read {path} ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SettingsError(f"MOTABOT_SHOP_FILE: {path} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name}: {error}") from None
    if "timezone" in written:
        line = _line_of(source, ("timezone",))
        raise SettingsError(f"{path.name} line {line}, timezone: belongs to the setting MOTABOT_TIMEZONE")
    try:
        return Shop.model_validate({**given, **written})
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        raise SettingsError("\n".join(_explain(path, source, problem) for problem in problems)) from None


def _explain(path: Path, source: str, problem: Json) -> str:
    place = tuple(part for part in problem["loc"] if part != "[key]")
    name = ".".join(str(part) for part in place)
    if problem["type"] == "missing":
        what = "is missing"
        if place[-1] in WEEKDAYS:
            what += '; a day without hours is "closed"'
    elif problem["type"] == "extra_forbidden":
        what = _unknown_key(place)
    else:
        what = problem["msg"].removeprefix("Value error, ")
    return f"{path.name} line {_line_of(source, place)}, {name or 'the file'}: {what}"


def _unknown_key(place: tuple[str | int, ...]) -> str:
    """What is wrong with a key that its table does not have, with the nearest key that it has."""
    table: type[BaseModel] | None = Shop
    for part in place[:-1]:
        if isinstance(part, str) and table is not None:
            field = table.model_fields.get(part)
            table = next(_models_in(field.annotation), None) if field else None
    keys = [key for key in table.model_fields if key != "timezone"] if table else []
    nearest = process.extractOne(str(place[-1]), keys, scorer=fuzz.ratio, score_cutoff=_NEAR)
    hint = f"; did you mean {nearest[0]}?" if nearest else f"; the keys are: {', '.join(keys)}"
    return f"is not a known key{hint if keys else ''}"


def _models_in(annotation: Json) -> Iterator[type[BaseModel]]:
    """The models that a field's annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)


def _line_of(source: str, place: tuple[str | int, ...]) -> int:
    """The line of a key; for a missing key, the line of the table that lacks it."""
    wanted = ".".join(str(part) for part in place)
    table, best, best_length = "", 1, -1
    seen: dict[str, int] = {}
    for number, line in enumerate(source.splitlines(), start=1):
        here = ""
        if header := re.match(r"\s*(\[\[?)\s*([\w.\"'-]+)\s*\]", line):
            table = re.sub(r"[\"']", "", header[2])
            if header[1] == "[[":
                seen[table] = seen.get(table, -1) + 1
                table = f"{table}.{seen[table]}"
            here = table
        elif key := re.match(r"\s*([\w.\"'-]+)\s*=", line):
            here = f"{table}." * bool(table) + re.sub(r"[\"'\s]", "", key[1])
        if here and f"{wanted}.".startswith(f"{here}.") and len(here) > best_length:
            best, best_length = number, len(here)
    return best
