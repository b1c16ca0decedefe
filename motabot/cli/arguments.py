"""What several commands share: the name of the operator, and how times are read."""

from __future__ import annotations

import dataclasses
import getpass
import json
from datetime import datetime
from typing import TYPE_CHECKING

import click

from motabot.settings import Settings

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def login() -> str:
    """Who types, as the audit has it: "command line: kim". A container's user need not have a name."""
    try:
        return f"command line: {getpass.getuser()}"
    except (KeyError, OSError):
        return "command line"


def read_moment(words: str | None, settings: Settings, *, option: str) -> datetime | None:
    """A time as a person writes it, in the shop's zone unless it names one. None stays None.

    Args:
        words: ISO 8601.
        settings: The shop's zone.
        option: The option that it was given for, named in the error.

    Raises:
        click.BadParameter: It is not a time.
    """
    if words is None:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise click.BadParameter(
            f"{words!r} is not a time; use a format like 2026-01-31T18:00", param_hint=option
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)


def show(report: DataclassInstance, lines: list[str], *, as_json: bool) -> None:
    """Print a report, which is a dataclass, as JSON or as these lines."""
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report), default=str))
    else:
        click.echo("\n".join(lines))
