"""Patterns that are compiled at their first use: every one of the product's compiles."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re

import pytest

import motabot
from motabot.text.regex import regex


def written() -> list[re.Pattern[str]]:
    """All patterns of the package: those in tables and in classes, too."""
    for module in pkgutil.walk_packages(motabot.__path__, "motabot."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
    return [each for each in gc.get_objects() if type(each) is type(regex(""))]


def test_every_pattern_compiles() -> None:
    found = written()
    assert len(found) > 1200
    assert all(isinstance(pattern.flags, int) for pattern in found)


def test_a_pattern_is_compiled_once_however_many_others_are_used_since(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    compiler = re.compile

    def compiling(source: str, flags: int) -> re.Pattern[str]:
        made.append(source)
        return compiler(source, flags)

    monkeypatch.setattr(re, "compile", compiling)
    pattern = regex(r"\d+g")
    assert pattern.search("3g")
    assert pattern.sub("x", "3g") == "x"
    assert pattern.groups == 0
    assert made == [r"\d+g"]


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
