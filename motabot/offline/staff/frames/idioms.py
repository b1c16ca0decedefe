"""Ways of saying what other words say more plainly (`data/idioms.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data") / "idioms.toml"


def plainer(text: str) -> str:
    """A text in plain form with its idioms replaced by the words that questions of figures are read in."""
    for pattern, meant in _idioms():
        text = pattern.sub(meant, text)
    return " ".join(text.split())


@cache
def words() -> frozenset[str]:
    """The words that idioms are made of, which are spelled right."""
    return frozenset(word for pattern, _meant in _idioms() for word in re.findall(r"[a-z]{4,}", pattern.pattern))


@cache
def _idioms() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = tomllib.loads(_DATA.read_text(encoding="utf-8"))["idioms"]
    return tuple((re.compile(rf"(?<!\w)(?:{said})(?:(?!\w)|(?<=\s))"), meant) for said, meant in pairs)
