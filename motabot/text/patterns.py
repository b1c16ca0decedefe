"""Patterns of words, kept as data in TOML files next to the code that uses them.

A file has up to three tables. `[words]` names lists of words and phrases (an underscore means a space), `[parts]`
names pieces of patterns, and `[patterns]` names lists of regular expressions, any of which may match. In all of
them ``<name>`` means a list or a piece. A line break and the indentation after it belong to no pattern.

Thousands of patterns are asked about every text, and nearly none of them matches. So each is compiled when a text
first has the words that it needs (`motabot.text.needs`), and tried on texts that have them.
"""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from motabot.text.candidates import Candidates
from motabot.text.needs import read, sides_of
from motabot.text.pieces import Found, Need
from motabot.text.regex import regex

_REFERENCE = regex(r"<([a-z_]+)>")
_WRAP = regex(r"\n\s*")
_EDGE = r"\b"
_GROUP = regex(r"(?<!\\)\((?!\?)")
_INNERMOST = regex(r"\([^()]*\)")
_LOOK_BEHIND = regex(r"\(\?<!.*?\)")


class Pattern:
    """A list of patterns, any of which may match: what `re.Pattern` is, for texts that need not be tried."""

    def __init__(self, lexicon: Lexicon, sources: Sequence[str], *, begins_words: bool = False) -> None:
        """
        Args:
            lexicon: The file's lists and patterns.
            sources: The list, as the file has it.
            begins_words: Each of them begins at a word.
        """
        self._lexicon = lexicon
        self.sources = sources
        self._begins_words = begins_words
        self._sides: Sequence[str] = ()
        self._first = 0
        self._own = 0
        self._among = self._read_first
        self._compiled: dict[int, re.Pattern[str]] = {}

    @cached_property
    def pattern(self) -> str:
        """All of the list as one regular expression."""
        patterns = list(map(self._lexicon.expand, self.sources))
        return _of_words(patterns) if self._begins_words else "|".join(f"(?:{pattern})" for pattern in patterns)

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def note_sides(self, candidates: Candidates, sides: Sequence[str], first: int) -> None:
        """Take down the list's sides and the first one's number among the candidates; the others follow."""
        self._sides, self._first = sides, first
        self._own = (1 << (first + len(sides))) - (1 << first)
        self._among = candidates.among  # last, for other threads may be here

    def _read_first(self, words: str) -> int:
        self._lexicon.read()
        return self._among(words)

    def matches(self, words: str) -> bool:
        """Whether the list matches anywhere. Where it matters how, `search` says it, and takes longer."""
        left = self._among(words) & self._own
        while left:
            number = left.bit_length() - 1
            side = self._compiled.get(number)
            if side is None:
                source = self._lexicon.expand(self._sides[number - self._first])
                side = self._compiled[number] = re.compile(source)
            if side.search(words):
                return True
            left ^= 1 << number
        return False

    def search(self, words: str) -> re.Match[str] | None:
        """The first match."""
        return self._expression.search(words) if self._among(words) & self._own else None

    def match(self, words: str) -> re.Match[str] | None:
        """The match at the beginning."""
        return self._expression.match(words) if self._among(words) & self._own else None

    def fullmatch(self, words: str) -> re.Match[str] | None:
        """The match of all the words."""
        return self._expression.fullmatch(words) if self._among(words) & self._own else None

    def finditer(self, words: str) -> Iterator[re.Match[str]]:
        """All matches that do not overlap."""
        return self._expression.finditer(words) if self._among(words) & self._own else iter(())

    def sub(self, other: str | Callable[[re.Match[str]], str], words: str) -> str:
        """The words with `other` in place of each match."""
        return self._expression.sub(other, words) if self._among(words) & self._own else words


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
        self._parts |= {name: _WRAP.sub("", part) for name, part in data.get("parts", {}).items()}
        self._patterns: dict[str, list[str]] = {
            name: [_WRAP.sub("", pattern) for pattern in patterns] for name, patterns in data["patterns"].items()
        }
        self._made: list[Pattern] = []
        self._found: dict[str, Found] = {}
        self._lock = threading.Lock()

    def pattern(self, *names: str) -> Pattern:
        """The patterns of some lists as one.

        Raises:
            KeyError: The file has no list of that name.
        """
        return self._make([pattern for name in names for pattern in self._patterns[name]])

    def pattern_of_words(self, name: str) -> Pattern:
        r"""The same for one list whose patterns all begin at a word: it matches in a tenth of the time.

        Where no word begins, one look rules all patterns out. Where one does, the engine rules out at a glance
        those that begin with another letter; a group to remember, or a ``\b``, would hide the letter from it.
        When it is first compiled, a pattern, or one side of a ``|`` in it, that begins neither with ``\\b`` nor
        with ``^`` is a ValueError.

        Raises:
            KeyError: The file has no list of this name.
        """
        return self._make(self._patterns[name], begins_words=True)

    def each(self, name: str) -> list[Pattern]:
        """The patterns of a list, each by itself.

        Raises:
            KeyError: The file has no list of this name.
        """
        return [self._make([pattern]) for pattern in self._patterns[name]]

    def pattern_of_list(self, name: str) -> Pattern:
        """A list of `[words]`, or a piece of `[parts]`, as a pattern of whole words.

        Raises:
            KeyError: The file has no such list.
        """
        return self._make([rf"\b(?:{self._parts[name]})\b"])

    def names(self) -> list[str]:
        """The names of the lists of patterns, in the file's order."""
        return list(self._patterns)

    def expand(self, pattern: str) -> str:
        """A pattern with lists in the place of their names.

        Raises:
            KeyError: It refers to nothing.
        """
        return _REFERENCE.sub(lambda found: f"(?:{self.expand(self._parts[found[1]])})", pattern)

    def read(self) -> None:
        """Find out what every pattern that was made needs. It takes its time, so the first text has it done."""
        with self._lock:
            needs: list[tuple[Need, ...]] = []
            read = []
            for made in self._made:
                sides = [side for source in made.sources for side in sides_of(source, self._look_up)]
                read.append((made, [side.source for side in sides], len(needs)))
                needs += [side.needs for side in sides]
            candidates = Candidates(needs)
            for made, sources, first in read:
                made.note_sides(candidates, sources, first)

    def _make(self, sources: Sequence[str], *, begins_words: bool = False) -> Pattern:
        made = Pattern(self, sources, begins_words=begins_words)
        self._made.append(made)
        return made

    def _look_up(self, name: str) -> Found:
        if name not in self._found:
            self._found[name] = read(self._parts[name], self._look_up)
        return self._found[name]


def _of_words(patterns: Sequence[str]) -> str:
    patterns = [_GROUP.sub("(?:", pattern) for pattern in patterns]
    for pattern in patterns:
        sides = _LOOK_BEHIND.sub("", pattern)
        while (shorter := _INNERMOST.sub("_", sides)) != sides:
            sides = shorter
        if not all(side.startswith((r"\b", "^")) for side in sides.split("|")):
            raise ValueError(f"may begin in the middle of a word: {pattern}")
    return rf"\b(?=\w)(?:{'|'.join(pattern.removeprefix(_EDGE) for pattern in patterns)})"
