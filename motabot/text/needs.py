r"""What a regular expression cannot match without: pieces of words, one of each set of which is in every match.

``\b(?:stop|quit) (?:text|messag)ing\b`` needs "stop" or "quit", each at a word's beginning and end, and a word
that ends in "texting" or "messaging". So most patterns are ruled out by a look at a text's words, and need not
even be compiled. It never claims too much: a construct with unknown needs needs nothing.

Patterns are those of `motabot.text.patterns`: no flags, and ``<name>`` means a list.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from motabot.text.pieces import (
    ANYTHING,
    AT_EDGE,
    DIGIT,
    MOST_NEEDS,
    NOTHING,
    Found,
    Need,
    either,
    one_after_another,
    tells,
)
from motabot.text.regex import regex

#: Characters of a set that are listed, at most.
_MOST_CHARACTERS = 8
_REFERENCE = regex(r"<([a-z_]+)>")
_COUNT = regex(r"\{(\d*)(,?)(\d*)\}")
#: Literal characters that are not repeated, up to the next space.
_PLAIN = regex(r"[^\\\[\](){}|.^$*+?<\s]+(?![*+?{])")
_PLAIN_SET = regex(r"[^\\\]^[-][^\\\][-]*")
_DIGITS_SET = regex(r"(?:\d-\d|\\d|\d)+")
#: A list of whole words: each of them is a side.
_WHOLE_WORDS = regex(r"\\b\((?:\?:)?(.*)\)\\b")
#: How often a piece is repeated, at least and at most; two means many.
_TIMES = {"?": (0, 1), "*": (0, 2), "+": (1, 2)}
#: Lengths of escapes that name a character by its number.
_NUMBERED = {"x": 2, "u": 4, "U": 8}


class Side(NamedTuple):
    """One side of a pattern: what stands between two ``|`` that are in no group.

    Attributes:
        source: Its part of the pattern, as written.
        needs: What every match of it has, the most telling first.
    """

    source: str
    needs: tuple[Need, ...]


def sides_of(pattern: str, look_up: Callable[[str], Found]) -> list[Side]:
    """The sides of a pattern.

    Args:
        pattern: A regular expression.
        look_up: What is known of the list of a name, as `read` says it.
    """
    before, after = "", ""
    alternatives = None
    if whole := _WHOLE_WORDS.fullmatch(pattern):
        alternatives = _Reader(whole[1], look_up).all_alternatives()
    if whole and alternatives:
        pattern, before, after = whole[1], r"\b(?:", r")\b"
    else:
        reader = _Reader(pattern, look_up)
        alternatives = reader.alternatives()
        reader.expect_end()
    edges = [AT_EDGE] if before else []
    sides = []
    for start, end, found in alternatives:
        needs = one_after_another([*edges, found, *edges]).all_needs()
        telling = sorted(set(needs), key=lambda need: (-tells(need), sorted(need)))
        sides.append(Side(f"{before}{pattern[start:end]}{after}", tuple(telling[:MOST_NEEDS])))
    return sides


def read(pattern: str, look_up: Callable[[str], Found]) -> Found:
    """What is known of a pattern as a whole."""
    reader = _Reader(pattern, look_up)
    found = either([side for _start, _end, side in reader.alternatives()])
    reader.expect_end()
    return found


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, look_up: Callable[[str], Found]) -> None:
        self._pattern = pattern
        self._look_up = look_up
        self._at = 0

    def all_alternatives(self) -> list[tuple[int, int, Found]] | None:
        """The sides of the whole pattern; None if a group is open at its end, or one is closed too many."""
        try:
            sides = self.alternatives()
            self.expect_end()
        except ValueError:
            return None
        return sides

    def expect_end(self) -> None:
        if self._at < len(self._pattern):
            raise ValueError(f"a group is closed that was never opened: {self._pattern}")

    def alternatives(self) -> list[tuple[int, int, Found]]:
        """The sides up to the group's end, each with where it begins and ends."""
        sides = []
        while True:
            start = self._at
            found = self._sequence()
            sides.append((start, self._at, found))
            if not self._takes("|"):
                return sides

    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _takes(self, words: str) -> bool:
        is_there = self._pattern.startswith(words, self._at)
        if is_there:
            self._at += len(words)
        return is_there

    def _sequence(self) -> Found:
        items = []
        while (mark := self._next()) not in ("", "|", ")"):
            if plain := _PLAIN.match(self._pattern, self._at):
                self._at = plain.end()
                items.append(Found(frozenset({plain[0]})))
            else:
                items.append(self._repeated(self._item(mark)))
        return items[0] if len(items) == 1 else one_after_another(items)

    def _item(self, mark: str) -> Found:
        if mark == "<" and (reference := _REFERENCE.match(self._pattern, self._at)):
            self._at = reference.end()
            return self._look_up(reference[1])
        self._at += 1
        if mark == "(":
            return self._group()
        if mark == "[":
            return self._set()
        if mark == "\\":
            return self._escape()
        if mark in "^$":
            return AT_EDGE
        return ANYTHING if mark == "." else Found(frozenset({mark}))

    def _repeated(self, found: Found) -> Found:
        if simple := _TIMES.get(self._next()):
            least, most = simple
            self._at += 1
        elif count := _COUNT.match(self._pattern, self._at):
            self._at = count.end()
            least = int(count[1] or 0)
            most = int(count[3] or 2) if count[2] else least
        else:
            return found
        if not self._takes("?"):
            self._takes("+")
        if least == most == 1:
            return found
        if least:
            return Found(None, tuple(found.all_needs()))
        is_short = most == 1 and found.strings is not None and not any(" " in each for each in found.strings)
        return Found(found.strings | {""}) if is_short and found.strings is not None else ANYTHING

    def _group(self) -> Found:
        kind = next(
            (kind for kind in ("?:", "?=", "?!", "?<=", "?<!", "?>") if self._takes(kind)),
            "" if self._next() != "?" else None,
        )
        if kind is None:
            raise ValueError(f"a kind of group that is not known: {self._pattern}")
        found = either([side for _start, _end, side in self.alternatives()])
        if not self._takes(")"):
            raise ValueError(f"a group is never closed: {self._pattern}")
        if kind in ("?!", "?<!"):
            return NOTHING
        return Found(NOTHING.strings, tuple(found.all_needs())) if kind in ("?=", "?<=") else found

    def _set(self) -> Found:
        start = self._at
        self._takes("^")
        self._takes("]")
        while self._next() != "]":
            self._at += 2 if self._next() == "\\" else 1
            if self._at >= len(self._pattern):
                raise ValueError(f"a set is never closed: {self._pattern}")
        marks = self._pattern[start : self._at]
        self._at += 1
        if _DIGITS_SET.fullmatch(marks):
            return Found(None, (frozenset({DIGIT}),))
        is_listed = len(marks) <= _MOST_CHARACTERS and _PLAIN_SET.fullmatch(marks)
        return Found(frozenset(marks)) if is_listed else ANYTHING

    def _escape(self) -> Found:
        mark = self._next()
        self._at += 1
        if mark in _NUMBERED:
            self._at += _NUMBERED[mark]
            return ANYTHING
        if mark in "bAZ":
            return AT_EDGE
        if mark == "d":
            return Found(None, (frozenset({DIGIT}),))
        return ANYTHING if mark.isalnum() else Found(frozenset({mark}))
