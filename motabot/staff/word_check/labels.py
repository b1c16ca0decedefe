"""Special labels of rows: of totals, of missing values, of a day with its weekday."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from motabot.boundary import Cell
from motabot.staff.word_check.names import SAID, SIZE
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_TOTAL: Final = regex(
    r"\W*(?:(?:grand )?total|all|overall|all (?:stores|shops|locations)|todos|todas)\W*", re.IGNORECASE
)
#: What a rollup writes for its total: "coalesce(category, 'All categories')".
_FOR_NULL: Final = regex(
    r",\s*'(?P<label>[^']+)'\s*\)\s*(?=as\b|from\b|,)|=\s*1\s+then\s+'(?P<grouped>[^']+)'", re.IGNORECASE
)
#: A day with its weekday: "Tue 2026-11-17", "2026-11-17 (Tue)".
_WITH_WEEKDAY: Final = regex(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+)?(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[,\s]+\(?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\)?)?",
    re.IGNORECASE,
)
#: All rows but the named ones: "All other days", "All the others".
_OTHERS: Final = regex(r"all (?:the |of the )?(?P<others>others?(?: [a-z]+){0,2})")
#: "$20-40", "2-3 visits".
_RANGE: Final = regex(r"\$?(?P<first>\d+)\s?(?:-|–|to)\s?\$?(?P<last>\d+)(?P<rest> [a-z]+)?")
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
#: Labels of rows without a value.
UNLABELED: Final = regex(r"\W*(?:none|null|unknown|n/?a|not set|missing|no \w+|desconocid[oa])?\W*", re.IGNORECASE)


def names_of(labels: Iterable[str], column: str) -> dict[str, set[str]]:
    """What people call each label of a column, in plain letters: in full, without its size, by its first words.

    Args:
        labels: The labels.
        column: The name of their column.
    """
    flats = {label: fold_in_place(label) for label in labels}
    firsts = Counter(flat.split()[0] for flat in flats.values() if flat)
    openings = Counter(" ".join(flat.split()[:2]) for flat in flats.values() if len(flat.split()) > 2)
    found = {}
    for label, flat in flats.items():
        names = {flat, SIZE.sub("", flat), flat.removesuffix("s"), *SAID.get(flat, "").split("|")}
        names |= said_otherwise(flat, column)
        names |= {each for each, many in openings.items() if many > 1 and flat.startswith(f"{each} ")}
        if len(flat.split()) > 1 and firsts[flat.split()[0]] == 1:
            names.add(flat.split()[0])
        found[label] = names
    return found


def said_otherwise(label: str, column: str) -> set[str]:
    """How else people say a label: with numbers as words, or "other days" for "All other days".

    Args:
        label: The label in plain letters.
        column: The name of its column.
    """
    other = _OTHERS.fullmatch(label)
    return _said_with_numbers(label, column) | ({other["others"]} if other else set())


def _said_with_numbers(label: str, column: str) -> set[str]:
    """How people say a label that begins with a number: "two items", "two-item", "once" for a number of visits.

    Args:
        label: The label in plain letters.
        column: The name of its column.
    """
    ends = _RANGE.fullmatch(label)
    if ends:
        first, last, rest = (ends[each] or "" for each in ("first", "last", "rest"))
        signs = ("$", "") if "$" in label else ("",)
        return {
            f"{words[0]}{sign}{first}{words[1]}{sign}{last}{rest}"
            for sign in signs
            for words in (("between ", " and "), ("", " to "), ("from ", " to "), ("", "-"), ("", " or "))
        }
    found = re.fullmatch(r"(?P<many>\d{1,2})(?P<rest>\+| or more| and more)?(?:[ -](?P<noun>[a-z]+))?", label)
    if found is None:
        return set()
    if found["rest"]:
        many = found["many"]
        said = {
            f"{many} times or more",
            f"{many} or more times",
            f"at least {many} times",
            f"{many} visits or more",
        }
        said |= {
            f"{many} or more visits",
            f"at least {many} visits",
            f"{many}+ visits",
            f"{many}+ times",
            f"{many}+",
        }
        if int(many) > len(_NUMBERS):
            return said if re.search(r"visit|times|purchases|orders|tickets", column) else set()
    if int(found["many"]) > len(_NUMBERS):
        return set()
    word, noun = _NUMBERS[int(found["many"]) - 1], found["noun"] or ""
    rest = " or more" if found["rest"] else ""
    one = noun.removesuffix("s")
    said = {f"{word}{rest} {noun}".strip()} if noun or rest else set()
    if noun:
        said |= {f"{word}-{one}", f"{found['many']}-{one}", f"{word} {one}", f"{word} {one}s"}
        said |= {f"single-{one}", f"single {one}", f"a single {one}"} if word == "one" else set()
    if re.search(r"visit|times|number|purchases|orders", column) and not rest:
        said |= {"one": {"once", "one visit", "a single visit"}, "two": {"twice"}}.get(word, {f"{word} times"})
    return said


def without_weekday(cell: Cell) -> Cell:
    """A label that is a day with its weekday as the day alone."""
    found = _WITH_WEEKDAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return found["day"] if found else cell


def is_total(cell: Cell) -> bool:
    """Whether a label says that its row is a total."""
    return isinstance(cell, str) and _TOTAL.fullmatch(cell.strip()) is not None


def labels_for_null(sql: str) -> frozenset[str]:
    """The labels that a query may write for a rollup's null."""
    told = (match["label"] or match["grouped"] for match in _FOR_NULL.finditer(sql))
    return frozenset(label for label in told if not UNLABELED.fullmatch(label.strip()))
