"""What is known of a piece of a pattern, and of several pieces together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, reduce
from typing import NamedTuple

from motabot.text.regex import regex

#: Marks the edge of a word in a piece; and what represents any digit.
EDGE, DIGIT = "\0", "\x01"
#: Alternatives of which at least one is in every match.
Need = frozenset[str]

#: Strings that are kept apart, at most.
_MOST_STRINGS = 48
#: How many needs a row has, the most selective first.
MOST_NEEDS = 3
_SIGNS = regex(r"[^\w\0]+")
#: Words that are in so many texts that they select little.
_COMMON = frozenset("you the have this that with from your please for and are what when".split())


class Found(NamedTuple):
    """What is known of a piece of a pattern.

    Attributes:
        strings: Everything that it can match, with edges of words; None if that is too much to list.
        needs: What every match of it has besides.
    """

    strings: frozenset[str] | None
    needs: tuple[Need, ...] = ()

    def all_needs(self) -> list[Need]:
        """What every match has, the strings included."""
        own = _need(self.strings) if self.strings is not None else None
        return [*self.needs, *([own] if own else [])]


NOTHING = Found(frozenset({""}))
ANYTHING = Found(None)
AT_EDGE = Found(frozenset({EDGE}))

SPACE = frozenset({" "})


def one_after_another(items: Iterable[Found]) -> Found:
    """What is known of pieces that follow each other."""
    run: frozenset[str] = frozenset({""})
    needs: list[Need] = []
    is_listed = True
    for strings, of_item in items:
        needs += of_item
        if (
            strings is not None
            and len(run) * len(strings) <= _MOST_STRINGS
            and (strings != SPACE or len(run) == 1)
        ):
            run = frozenset([one + other for one in run for other in strings])
            continue
        is_listed = False
        before = frozenset(each + EDGE for each in run) if strings == SPACE else run
        needs += [need] if (need := _need(before)) else []
        run = frozenset({EDGE}) if strings == SPACE else strings if strings is not None else frozenset({""})
    if is_listed:
        return Found(run, tuple(needs))
    return Found(None, tuple([*needs, need] if (need := _need(run)) else needs))


def either(sides: list[Found]) -> Found:
    """What is known if one of several pieces matches."""
    if len(sides) == 1:
        return sides[0]
    if all(side.strings is not None and not side.needs for side in sides):
        strings = reduce(frozenset.union, (side.strings or frozenset() for side in sides))
        if len(strings) <= _MOST_STRINGS:
            return Found(strings)
    each = [max(side.all_needs(), key=tells, default=None) for side in sides]
    if any(need is None for need in each):
        return ANYTHING
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


def tells(need: Need) -> float:
    return min(map(_telling, need)) - 0.15 * len(need)
