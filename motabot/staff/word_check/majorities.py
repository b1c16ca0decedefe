"""Claims about groups: "Flower leads in three of the four stores", "vapes outsell edibles in all of them"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.quantities import NOUNS, NUMBER, is_so_many, value_of
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

#: "In three of the four stores": how many groups a claim is about.
COUNTED: Final = regex(
    rf"\b(?:in|at|for) (?P<limit>only |just |at least )?(?P<many>all|every|each|both|most|none"
    rf"|{NUMBER})(?: of)?(?: the| our)?"
    rf"(?: (?P<whole>{NUMBER}))?(?: (?:other))? (?P<noun>{'|'.join(NOUNS)}|store|shop|location|category"
    rf"|month|week|day)\b"
)
_LEADS: Final = regex(
    r"\b(?:leads?|led|tops?|(?:is|are|was|were|comes?|came|ranks?|ranked) (?:the )?(?:first|best|top"
    r"|largest|biggest|number one|ahead)"
    r"|dominat\w+|sells? (?:the )?(?:best|most))\b[^,;.]{0,25}?$"
)
_BEATS: Final = regex(
    r"\b(?:outs(?:ells?|old)|beats?|(?:is|are|was|were|comes?|came) (?:ahead of|above)|sells? (?:more"
    r"|better) than)\s+(?:the )?$"
)


_KIND: Final = regex(
    rf"\b(?P<limit>only |just |at least )?(?P<many>all|most|none|{NUMBER})(?: out)? of (?:the |our "
    rf"|these )?(?P<whole>{NUMBER})"
    r"(?: [a-z]+){0,3}? (?:is|are|was|were|son|eran)(?: an?)?(?= )"
)


def claims_of_groups(standing: Standing) -> Iterator[Verdict]:
    """Each claim of what is first, or above another, in a number of groups, and whether the rows support it."""
    yield from _of_a_kind(standing)
    for match in COUNTED.finditer(standing.flat):
        counts = _leading(standing, match)
        if counts:
            start, end = standing.reading.segment_of(match.start())
            yield Verdict(standing.quoted(start, end), any(is_so_many(match, *each) for each in counts))


def _of_a_kind(standing: Standing) -> Iterator[Verdict]:
    """ "Eight of the ten are VIPs": how many of all rows have a label."""
    grid = standing.grid
    for match in _KIND.finditer(standing.flat):
        named = [each for each in standing.labels if match.end() <= each.start <= match.end() + 2]
        whole = match["whole"]
        size = len(grid.rows)
        if len(named) == 1 and whole and value_of(whole) == grid.size == size and not grid.totals:
            found = len(named[0].rows)
            yield Verdict(standing.quoted(match.start(), named[0].end), is_so_many(match, found, size))


def _leading(standing: Standing, match: re.Match[str]) -> list[tuple[int, int]]:
    """In how many of how many groups a label is first, or above another one, in each column that may be meant."""
    grid = standing.grid
    start, end = standing.reading.segment_of(match.start())
    named = [each for each in standing.labels if start <= each.start < match.start()]
    text = standing.flat[start : match.start()]
    dim = dim_of(standing, match["noun"])
    if dim is None or not named or dim in {each.dim for each in named} or "other" in match[0]:
        return []
    rivals: list[NamedPart] | None = None
    if len(named) > 1 and named[-1].dim == named[-2].dim and _BEATS.search(standing.flat[: named[-1].start]):
        subject, rivals = named[-2], [named[-1]]
    elif _LEADS.search(text):
        subject = named[-1]
    else:
        return []
    groups = standing.by_label(dim, [n for n in range(len(grid.rows)) if grid.competes(n, dim)])
    if len(groups) > 1 and all(len(rows) == 1 for rows in groups):  # each row is the first of its group
        return [(sum(rows[0] in subject.rows for rows in groups), len(groups))] if rivals is None else []
    counts = []
    for place in standing.columns(match.start(), start, end, sorted(subject.rows)):
        won = 0
        for rows in groups:
            own = grid.total(place, [n for n in rows if n in subject.rows])
            others = [n for n in rows if n not in subject.rows and (rivals is None or n in rivals[0].rows)]
            totals = [grid.total(place, each) for each in standing.by_label(subject.dim, others)]
            won += own is not None and all(own > other for other in totals if other is not None)
        counts.append((won, len(groups)))
    return counts if len(groups) > 1 else []


def dim_of(standing: Standing, noun: str) -> int | None:
    """The column of labels that a noun counts, in the plural or not."""
    for nouns, names in NOUNS.items():
        if noun in nouns.split("|") or f"{noun}s" in nouns.split("|") or f"{noun[:-1]}ies" in nouns.split("|"):
            dims = [
                n
                for n in standing.grid.labels
                if re.search(rf"(?:^|\s)(?:{names})", standing.grid.columns[n].name)
            ]
            return dims[0] if dims else None
    return None
