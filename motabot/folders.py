"""Where tools/ and prompts/ are: the shop's own folder first, then ours, in the package or beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from motabot.errors import SettingsError
from motabot.settings import Settings

_PACKAGE = Path(__file__).parent


def find_folders(name: Literal["tools", "prompts"], settings: Settings) -> tuple[Path, ...]:
    """The folders to search, first one first: a file in the shop's folder replaces ours of the same name.

    Raises:
        SettingsError: The setting does not name a folder, or the installation lacks its own.
    """
    chosen = settings.tools_dir if name == "tools" else settings.prompts_dir
    if chosen is not None and not chosen.is_dir():
        raise SettingsError(f"MOTABOT_{name.upper()}_DIR: {chosen} is not a folder")
    ours = next(
        (folder for folder in (_PACKAGE / name, _PACKAGE.parent / name) if folder.is_dir()),
        None,
    )
    if ours is None:
        raise SettingsError(f"The installation lacks its folder {name}/. Install MotaBot again.")
    return (ours,) if chosen is None or chosen.resolve() == ours.resolve() else (chosen, ours)
