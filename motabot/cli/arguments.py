"""What the commands of several parts share: who types, and which moment is meant."""

from __future__ import annotations

import getpass
from datetime import datetime

import click

from motabot.settings import Settings

NAMELESS = "command line"


def login() -> str:
    """The name of whoever types, for the audit; a container's user need not have one."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return NAMELESS


def read_moment(words: str | None, settings: Settings, *, option: str) -> datetime | None:
    """A moment as a person writes it: in the shop's zone unless it names one; None for None.

    Args:
        words: ISO 8601.
        settings: The shop's zone.
        option: The option that it was given for, to be named when it is none.

    Raises:
        click.BadParameter: It is no moment.
    """
    if words is None:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise click.BadParameter(f"{words!r} is no moment; 2026-01-31T18:00 is one", param_hint=option) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)
