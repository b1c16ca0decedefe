"""Values that no setting means: what an environment file, a container or a shell left in them by mistake."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlsplit

#: `${NAME}` or `$(command)`, which files for systemd and containers do not replace.
_UNREPLACED: Final = re.compile(r"\$\{[^}]*\}|\$\([^)]*\)")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_QUOTES: Final = ("'", '"')
#: An empty one would be the folder that the process happens to be in, every address, or the embedded database.
_NEVER_EMPTY: Final = ("_DIR", "_HOST", "_FILE", "DATABASE_URL")
_SCHEMES: Final = {"DATABASE_URL": (), "SMTP_URL": ("smtp", "smtps"), "URL": ("http", "https")}


def find_odd(environment: Mapping[str, str], names: Collection[str]) -> list[str]:
    """What is wrong with the settings among these variables, each by its name and with its cure.

    Args:
        environment: The environment.
        names: The settings.
    """
    ours = [name for name in sorted(environment) if name.upper() in names]
    return [f"{name}: {said}" for name in ours if (said := _problem(name.upper(), environment[name]))]


def _problem(name: str, value: str) -> str | None:
    if found := _UNREPLACED.search(value):
        return f"contains {found[0]}, which nothing has replaced; write the value itself"
    if _CONTROL.search(value.strip("\r\n")):  # Windows and some editors end lines with them
        return "contains a control character; type it again"
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in _QUOTES:
        return f"stands in {bare[0]}, which is part of the value here; leave the quotation marks out"
    if not bare:
        return "is empty; give it a value or leave the variable out" if name.endswith(_NEVER_EMPTY) else None
    return _url_problem(name, bare) if name.endswith("_URL") else None


def _url_problem(name: str, value: str) -> str | None:
    schemes = next(schemes for ending, schemes in _SCHEMES.items() if name.endswith(ending))
    if not schemes:
        return None  # `motabot.db.engine.parse_url` reads it, and its password may hold any character
    example = "smtp://user:password@host:587" if "smtp" in schemes else "https://example.com"
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    return None if is_good else f"is not a URL such as {example}"
