"""Patterns of words, kept as data in TOML files beside the code that uses them.

A file has up to three tables. `[words]` names lists of words and phrases (an underscore stands for a space),
`[parts]` names pieces of patterns, and `[patterns]` names lists of regular expressions, any of which may match.
In all of them ``<name>`` stands for a list or a piece. A line break and the indentation after it
belong to no pattern.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_REFERENCE = re.compile(r"<([a-z_]+)>")
_WRAP = re.compile(r"\n\s*")
_EDGE = r"\b"
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_INNERMOST = re.compile(r"\([^()]*\)")
_LOOK_BEHIND = re.compile(r"\(\?<!.*?\)")


class Lexicon:
    """The patterns of one file."""

    def __init__(self, path: Path) -> None:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        self._parts: dict[str, str] = {
            name: "|".join(
                word if _REFERENCE.fullmatch(word) else word.replace("_", " ") for word in words.split()
            )
            for name, words in data.get("words", {}).items()
        }
        self._parts |= data.get("parts", {})
        self._patterns: dict[str, list[str]] = data["patterns"]

    def pattern(self, name: str) -> re.Pattern[str]:
        """A list of patterns, compiled into one.

        Raises:
            KeyError: The file has no list of this name, or a pattern refers to nothing.
        """
        return re.compile("|".join(f"(?:{self._expand(pattern)})" for pattern in self._patterns[name]))

    def pattern_of_words(self, name: str) -> re.Pattern[str]:
        r"""The same, where each pattern begins at a word: searched for in a tenth of the time.

        Where no word begins, one look rules all patterns out. Where one does, the engine rules out at a glance
        those that begin with another letter; a group to remember, or a ``\b``, would hide the letter from it.

        Raises:
            KeyError: The file has no list of this name, or a pattern refers to nothing.
            ValueError: A pattern, or one side of a ``|`` in it, begins neither with ``\\b`` nor with ``^``.
        """
        patterns = [_GROUP.sub("(?:", self._expand(pattern)) for pattern in self._patterns[name]]
        for pattern in patterns:
            sides = _LOOK_BEHIND.sub("", pattern)
            while (shorter := _INNERMOST.sub("_", sides)) != sides:
                sides = shorter
            if not all(side.startswith((r"\b", "^")) for side in sides.split("|")):
                raise ValueError(f"may begin elsewhere than at a word: {pattern}")
        return re.compile(rf"\b(?=\w)(?:{'|'.join(pattern.removeprefix(_EDGE) for pattern in patterns)})")

    def each(self, name: str) -> list[re.Pattern[str]]:
        """A list of patterns, each compiled by itself.

        Raises:
            KeyError: The file has no list of this name, or a pattern refers to nothing.
        """
        return [re.compile(self._expand(pattern)) for pattern in self._patterns[name]]

    def names(self) -> list[str]:
        """The names of the lists of patterns, in the file's order."""
        return list(self._patterns)

    def _expand(self, pattern: str) -> str:
        return _REFERENCE.sub(lambda found: f"(?:{self._expand(self._parts[found[1]])})", _WRAP.sub("", pattern))
