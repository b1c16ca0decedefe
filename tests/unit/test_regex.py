"""Patterns that are compiled at their first use: every one of the product's compiles."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import motabot
from motabot.text.regex import regex


def written() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that stand by themselves in a module, by their place."""
    for module in pkgutil.walk_packages(motabot.__path__, "motabot."):
        if module.name.endswith("__main__") or ".migrations." in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if type(value) is type(regex("")):
                yield f"{module.name}.{name}", value


def test_every_pattern_compiles() -> None:
    found = dict(written())
    assert len(found) > 500
    for place, pattern in found.items():
        assert isinstance(pattern.flags, int), place


def test_a_pattern_has_the_methods_of_a_compiled_one() -> None:
    pattern = regex(r"(\d)(?P<unit>g|mg)", re.IGNORECASE)
    assert pattern.pattern == r"(\d)(?P<unit>g|mg)"
    assert pattern.groups == 2
    assert [found["unit"] for found in pattern.finditer("1G, 5mg")] == ["G", "mg"]
    assert pattern.sub("x", "1g or 2g") == "x or x"
    assert pattern.fullmatch("1g")
    assert not pattern.match("g1")


def test_a_wrong_pattern_is_refused_when_it_is_used() -> None:
    pattern = regex("(")
    with pytest.raises(re.error):
        pattern.search("")
