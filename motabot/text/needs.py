r"""What a regular expression cannot match without: pieces of words, one of each set of which is in every match.

``\b(?:stop|quit) (?:text|messag)ing\b`` needs "stop" or "quit", each at a word's beginning and end, and a word
that ends in "texting" or "messaging". So most patterns are ruled out by a look at a text's words, and need not
even be compiled. What is said here is never too much: a construct whose needs are not known needs nothing.

Patterns are those of `motabot.text.patterns`: no flags, and ``<name>`` stands for a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, reduce
from typing import NamedTuple

#: Stands in a piece for the edge of a word; and what stands for any digit.
EDGE, DIGIT = "\0", "\x01"
#: Alternatives of which at least one is in every match.
Need = frozenset[str]

#: Strings that are kept apart, at most; and characters of a set.
_MOST_STRINGS, _MOST_CHARACTERS = 48, 8
#: A row of needs holds so many, the most telling first.
MOST_NEEDS = 3
_SIGNS = re.compile(r"[^\w\0]+")
_REFERENCE = re.compile(r"<([a-z_]+)>")
_COUNT = re.compile(r"\{(\d*)(,?)(\d*)\}")
#: Letters and other characters that stand for themselves and are not repeated, up to the next space.
_PLAIN = re.compile(r"[^\\\[\](){}|.^$*+?<\s]+(?![*+?{])")
_PLAIN_SET = re.compile(r"[^\\\]^[-][^\\\][-]*")
_DIGITS_SET = re.compile(r"(?:\d-\d|\\d|\d)+")
#: A list of whole words: each of them is a side.
_WHOLE_WORDS = re.compile(r"\\b\((?:\?:)?(.*)\)\\b")
#: How often a piece is repeated, at least and at most; two stands for many.
_TIMES = {"?": (0, 1), "*": (0, 2), "+": (1, 2)}
#: Lengths of escapes that name a character by its number.
_NUMBERED = {"x": 2, "u": 4, "U": 8}
#: Words that are in so many texts that they tell little.
_COMMON = frozenset("you the have this that with from your please for and are what when".split())


class Found(NamedTuple):
    """What is known of a piece of a pattern.

    Attributes:
        strings: Everything that it can match, with edges of words; None where that is too much to list.
        needs: What every match of it has besides.
    """

    strings: frozenset[str] | None
    needs: tuple[Need, ...] = ()

    def all_needs(self) -> list[Need]:
        """What every match has, the strings included."""
        own = _need(self.strings) if self.strings is not None else None
        return [*self.needs, *([own] if own else [])]


_NOTHING = Found(frozenset({""}))
_ANYTHING = Found(None)
_AT_EDGE = Found(frozenset({EDGE}))
_SPACE = frozenset({" "})


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
    edges = [_AT_EDGE] if before else []
    sides = []
    for start, end, found in alternatives:
        needs = _one_after_another([*edges, found, *edges]).all_needs()
        telling = sorted(set(needs), key=lambda need: (-_tells(need), sorted(need)))
        sides.append(Side(f"{before}{pattern[start:end]}{after}", tuple(telling[:MOST_NEEDS])))
    return sides


def read(pattern: str, look_up: Callable[[str], Found]) -> Found:
    """What is known of a pattern as a whole."""
    reader = _Reader(pattern, look_up)
    found = _either([side for _start, _end, side in reader.alternatives()])
    reader.expect_end()
    return found


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, look_up: Callable[[str], Found]) -> None:
        self._pattern = pattern
        self._look_up = look_up
        self._at = 0

    def all_alternatives(self) -> list[tuple[int, int, Found]] | None:
        """The sides of the whole pattern; None where a group is open at its end, or one is closed too many."""
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
        return items[0] if len(items) == 1 else _one_after_another(items)

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
            return _AT_EDGE
        return _ANYTHING if mark == "." else Found(frozenset({mark}))

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
        return Found(found.strings | {""}) if is_short and found.strings is not None else _ANYTHING

    def _group(self) -> Found:
        kind = next(
            (kind for kind in ("?:", "?=", "?!", "?<=", "?<!", "?>") if self._takes(kind)),
            "" if self._next() != "?" else None,
        )
        if kind is None:
            raise ValueError(f"a kind of group that is not known: {self._pattern}")
        found = _either([side for _start, _end, side in self.alternatives()])
        if not self._takes(")"):
            raise ValueError(f"a group is never closed: {self._pattern}")
        if kind in ("?!", "?<!"):
            return _NOTHING
        return Found(_NOTHING.strings, tuple(found.all_needs())) if kind in ("?=", "?<=") else found

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
        return Found(frozenset(marks)) if is_listed else _ANYTHING

    def _escape(self) -> Found:
        mark = self._next()
        self._at += 1
        if mark in _NUMBERED:
            self._at += _NUMBERED[mark]
            return _ANYTHING
        if mark in "bAZ":
            return _AT_EDGE
        if mark == "d":
            return Found(None, (frozenset({DIGIT}),))
        return _ANYTHING if mark.isalnum() else Found(frozenset({mark}))


def _one_after_another(items: Iterable[Found]) -> Found:
    """What is known of pieces that follow each other."""
    run: frozenset[str] = frozenset({""})
    needs: list[Need] = []
    is_listed = True
    for strings, of_item in items:
        needs += of_item
        if (
            strings is not None
            and len(run) * len(strings) <= _MOST_STRINGS
            and (strings != _SPACE or len(run) == 1)
        ):
            run = frozenset([one + other for one in run for other in strings])
            continue
        is_listed = False
        before = frozenset(each + EDGE for each in run) if strings == _SPACE else run
        needs += [need] if (need := _need(before)) else []
        run = frozenset({EDGE}) if strings == _SPACE else strings if strings is not None else frozenset({""})
    if is_listed:
        return Found(run, tuple(needs))
    return Found(None, tuple([*needs, need] if (need := _need(run)) else needs))


def _either(sides: list[Found]) -> Found:
    """What is known where one of several pieces matches."""
    if len(sides) == 1:
        return sides[0]
    if all(side.strings is not None and not side.needs for side in sides):
        strings = reduce(frozenset.union, (side.strings or frozenset() for side in sides))
        if len(strings) <= _MOST_STRINGS:
            return Found(strings)
    each = [max(side.all_needs(), key=_tells, default=None) for side in sides]
    if any(need is None for need in each):
        return _ANYTHING
    return Found(None, (frozenset[str]().union(*(need for need in each if need)),))


@lru_cache(maxsize=1024)
def _need(strings: frozenset[str]) -> Need | None:
    """One piece of a word, or else a sign, of each string; None if a string has neither."""
    needed = set()
    for string in strings:
        cut = _SIGNS.sub(EDGE, string).split(EDGE)
        last = len(cut) - 1
        pieces = [
            f"{EDGE if place else ''}{piece}{EDGE if place < last else ''}"
            for place, piece in enumerate(cut)
            if piece
        ]
        signs = [sign for sign in string if sign != EDGE and not sign.isspace()]
        if not pieces and not signs:
            return None
        needed.add(max(pieces, key=_telling) if pieces else signs[0])
    return frozenset(needed)


@lru_cache(maxsize=4096)
def _telling(piece: str) -> float:
    """How much the presence of a piece says: long ones are rarer, and so are whole words."""
    word = piece.strip(EDGE)
    return len(word) + 0.5 * (len(piece) - len(word)) - (3 if word in _COMMON else 0)


def _tells(need: Need) -> float:
    return min(map(_telling, need)) - 0.15 * len(need)
