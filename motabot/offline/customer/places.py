"""Which cities a text speaks of, by name, neighborhood or postal code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from motabot.text.regex import regex

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_CITY_OF: dict[str, str] = {name: city for city, names in _DATA["cities"].items() for name in names}
_NAMES = regex(rf"\b(?:{'|'.join(sorted(map(re.escape, _CITY_OF), key=len, reverse=True))})\b")
_CODE = regex(r"\b9\d{4}\b")
_CODES: dict[str, str] = {code: city for city, codes in _DATA["codes"].items() for code in codes}


def cities_of(plain: str) -> list[str]:
    """The cities that a text in normal form speaks of, each once, in its order."""
    found = [(each.start(), _CITY_OF[each[0]]) for each in _NAMES.finditer(plain)]
    found += [(each.start(), _CODES[each[0][:3]]) for each in _CODE.finditer(plain) if each[0][:3] in _CODES]
    return list(dict.fromkeys(city for _, city in sorted(found)))
