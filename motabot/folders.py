"""Where tools/ and prompts/ are: a setting, else inside the installed package, else beside it in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from motabot.errors import SettingsError
from motabot.settings import Settings

_PACKAGE = Path(__file__).parent


def find_folder(name: Literal["tools", "prompts"], settings: Settings) -> Path:
    """The folder to use.

    Raises:
        SettingsError: The setting names no folder, or the installation lacks it.
    """
    chosen = settings.tools_dir if name == "tools" else settings.prompts_dir
    if chosen is not None:
        if not chosen.is_dir():
            raise SettingsError(f"MOTABOT_{name.upper()}_DIR: {chosen} is no folder")
        return chosen
    for candidate in (_PACKAGE / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise SettingsError(f"The installation lacks its folder {name}/; set MOTABOT_{name.upper()}_DIR")
