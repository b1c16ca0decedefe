"""Replaces idioms with plainer words (`data/idioms.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data") / "idioms.toml"


def plainer(text: str) -> str:
    """Replace the idioms of a text in plain form with words that the lexicon knows."""
    for pattern, meant in _idioms():
        text = pattern.sub(meant, text)
    return " ".join(text.split())


@cache
def words() -> frozenset[str]:
    """The words that appear in idioms; the speller leaves them alone."""
    return frozenset(word for pattern, _meant in _idioms() for word in re.findall(r"[a-z]{4,}", pattern.pattern))


@cache
def _idioms() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = tomllib.loads(_DATA.read_text(encoding="utf-8"))["idioms"]
    return tuple((re.compile(rf"(?<!\w)(?:{said})(?:(?!\w)|(?<=\s))"), meant) for said, meant in pairs)
