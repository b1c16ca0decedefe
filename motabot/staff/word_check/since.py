"""Which periods a clause is limited to: "since May", "before August"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from motabot.staff.word_check.standing import Standing
from motabot.text.regex import regex

_LIMIT: Final = regex(
    r"\b(?:(?P<since>since)|(?P<after>after)|(?P<before>before)|(?P<until>until|through))\s+(?:the )?$"
)
#: A mention of a period may begin with such a word.
_OWN: Final = regex(r"(?:since|after|before|until|through)\s+(?:the )?")


def limited(standing: Standing, dim: int, rows: Sequence[int], start: int, end: int) -> list[int]:
    """The rows of the periods that a part of a sentence is limited to; all of them if it names no limit."""
    grid = standing.grid
    order = grid.order(dim)
    chosen = list(rows)
    for each in standing.labels:
        own = _OWN.match(standing.flat, each.start)
        limit = _LIMIT.search(standing.flat[: own.end() if own else each.start])
        places = [order.index(label) for n in each.rows if (label := str(grid.rows[n][dim])) in order]
        if each.dim != dim or limit is None or not places or not start <= each.start < end:
            continue
        if each.is_range:  # it holds all of them
            chosen = [n for n in chosen if n in each.rows]
            continue
        first, last = min(places), max(places)
        inside = {
            "since": order[first:],
            "after": order[last + 1 :],
            "before": order[:first],
            "until": order[: last + 1],
        }[limit.lastgroup or "since"]
        chosen = [n for n in chosen if str(grid.rows[n][dim]) in inside]
    return chosen
