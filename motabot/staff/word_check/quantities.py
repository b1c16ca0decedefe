"""Claims of how many rows meet a condition: "three of the four stores are below $90", "six of the eight fell"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.courses import DOWN, UP
from motabot.staff.word_check.exceptions import EXCEPTION
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.movements import MORE_IN, courses_of, turned
from motabot.staff.word_check.since import limited
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.number_words import number_words
from motabot.text.regex import regex

#: The names of columns whose rows a noun counts.
NOUNS: Final = {
    "stores|shops|locations|tiendas|sucursales": "location|store|shop",
    "categories|categorias": "category",
    "products|items|productos": "product|name|item",
    "people|budtenders|employees|staff members|sellers|members of the staff": "staff|name|person|budtender",
    "customers|clients|members|buyers|shoppers|vips|clientes": "customer|name|member",
    "brands|marcas": "brand", "vendors": "vendor", "strains": "strain",
    "months|meses": "month", "weeks|semanas": "week", "days|weekdays|dias": "day|weekday|date|dow",
    "hours": "hour", "quarters": "quarter", "years": "year",
    "tiers|groups|segments": "tier|group|status|segment", "sources": "source", "payment types": "payment",
}  # fmt: skip
_SMALL: Final = number_words(2, 20)
NUMBER: Final = rf"\d{{1,2}}|one|{'|'.join(sorted(_SMALL, key=len, reverse=True))}"
#: One of them: "every store".
_SINGULAR: Final = {
    re.sub(r"ies$", "y", word) if word.endswith("ies") else re.sub(r"s$", "", word): word
    for nouns in NOUNS
    for word in nouns.split("|")
    if word != "people"
}
_CLAIM: Final = regex(
    rf"\b(?:every|each|no) (?:(?:single|full|complete|finished) )?(?P<one>{'|'.join(_SINGULAR)})\b"
    r"|\b(?P<any>every(?:one|body|where)|nobody|no one|nowhere|(?:all|none|each|every one) of them"
    r"|they (?:all|both))\b"
    rf"|\b(?P<limit>only |just |at least |solo |al menos )?(?P<many>all|every|each|both|none|no|most|half"
    rf"|{NUMBER}|todas?|todos|ningun[oa]?)"
    rf"(?: (?:out )?(?:of|de) (?:the |our |these |those |all |l[oa]s )*(?P<whole>{NUMBER})?)?"
    rf"(?: (?:the |our |these |those |of |l[oa]s )*(?P<all>{NUMBER})?)?\s?(?:(?P<full>full|complete"
    rf"|finished|whole) )?"
    rf"(?P<noun>{'|'.join(NOUNS)}|people)?\b"
)
_ABOVE: Final = (
    r"(?:above|over|more than|greater than|higher than|exceed(?:ed|s)?|topp?(?:ed|s)?|pass(?:ed|es)?"
    r"|surpass(?:ed|es)?|beat"
    r"|mas de|por encima de|superan|superaron)"
)
_BELOW: Final = r"(?:below|under|less than|fewer than|lower than|short of|menos de|por debajo de)"
_AT_LEAST: Final = r"(?:at least|reach(?:ed|es)?|al menos)"
_LIMIT: Final = regex(
    rf"\b(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW})|(?P<least>{_AT_LEAST})|(?P<between>between"
    rf"|entre))\s+(?:the\s+|roughly\s+|about\s+|around\s+)?$"
)
#: A limit of time applies to a column of times: "more than 100 days".
_SPAN: Final = regex(r" (day|week|month|hour|minute)s?\b")
_OVERALL: Final = regex(r"\b(?:across|over|among|between|for|entre)(?: all)?(?: of)?(?: the| our)? ?$")
_WITHIN: Final = regex(r"\bwithin (?:about )?$")
#: "The top two categories" names rows instead of counting them.
_GROUP: Final = regex(r"\b(?:top|bottom|first|last|best|worst|these|those|biggest|smallest)\s$")
_AND: Final = regex(r"\s*(?:and|y)\s*")
#: "Less than $30 each": a mean, and no limit of each row.
_APIECE: Final = regex(r" (?:each|apiece|on average|per [a-z]+)\b")
#: "4 to 6 percent"; what goes from one to another moved.
_TO: Final = regex(r"\s?[–-]\s?|%?\s+(?:to|a)\s+")
_ENDS: Final = regex(r"[;.]\s|,\s(?:and|but|while|y|pero)\s|\s(?:but|while|whereas|pero)\s")


def claims_of_number(standing: Standing) -> Iterator[Verdict]:
    """Each claim of how many rows pass a limit or moved one way, and whether it is true."""
    for match in _CLAIM.finditer(standing.flat):
        rest = _ENDS.search(standing.flat, match.end())
        end = rest.start() if rest else len(standing.flat)
        following = _CLAIM.search(standing.flat, match.end(), end)
        if following and following["noun"]:
            end = following.start()
        dim = _dim(standing, match)
        if dim is None or EXCEPTION.search(standing.flat[standing.reading.segment_of(match.start())[0] : end]):
            continue
        counts = _passing(standing, dim, match, end) or _moving(standing, dim, match, end)
        if counts:
            yield Verdict(standing.quoted(match.start(), end), any(is_so_many(match, *each) for each in counts))


def bounds_that_hold(standing: Standing) -> Iterator[Written]:
    """The limits of true claims of how many rows pass them, and the two ends of a column: "between 5 and 11"."""
    for match in _CLAIM.finditer(standing.flat):
        rest = _ENDS.search(standing.flat, match.end())
        end = rest.start() if rest else len(standing.flat)
        dim = _dim(standing, match)
        if dim is not None and any(is_so_many(match, *each) for each in _passing(standing, dim, match, end)):
            yield from _limits(standing, match.end(), end)[1]
    for figure in standing.figures:
        if _WITHIN.search(standing.flat[: figure.start]) and _are_within(standing, figure):
            yield figure
    for one, other in itertools.pairwise(standing.figures):
        told = _LIMIT.search(standing.flat[: one.start])
        between = standing.flat[one.end : other.start]
        if (told and told["between"] and _AND.fullmatch(between)) or _TO.fullmatch(between):
            for place in standing.grid.measures:
                column = standing.grid.labeled_column(place) or standing.grid.column(place)
                if len(column) > 1 and _is_edge(one, min(column)) and _is_edge(other, max(column)):
                    yield from (one, other)
            if one.value < other.value and {at for _row, at in standing.reading.cells(one)} & {
                at for _row, at in standing.reading.cells(other)
            }:
                yield from (one, other)


def _are_within(standing: Standing, figure: Written) -> bool:
    """Whether two things that a sentence names are no further apart than a figure: "within $200 of Berkeley"."""
    named = [each for each in standing.labels if len(each.rows) == 1]
    for one, other in itertools.pairwise(named):
        pairs = standing.totals(sorted(one.rows), sorted(other.rows), standing.grid.measures)
        if any(figure.value / 2 <= abs(first - second) <= figure.value for first, second in pairs):
            return True
    return False


def _is_edge(figure: Written, number: Decimal) -> bool:
    """Whether a figure is a number, rounded up or down."""
    return abs(figure.value - number * (100 if figure.is_percent and abs(number) < 1 else 1)) < figure.step


def _dim(standing: Standing, match: re.Match[str]) -> int | None:
    """The column whose labels a claim counts; None if it counts something else."""
    grid = standing.grid
    if match["any"]:
        plain = [n for n in grid.labels if not grid.is_axis(n)]
        return plain[0] if len(plain) == 1 else None
    if match["many"] and value_of(match["many"]) and _GROUP.search(standing.flat[: match.start()]):
        return None
    noun, many = match["noun"] or _SINGULAR.get(match["one"] or ""), match["many"] or "each"
    if not noun and not (match["whole"] or match["all"]):
        return None
    if many in ("no", "one") and not (noun and match["whole"]):
        return None
    names = next((columns for nouns, columns in NOUNS.items() if noun in nouns.split("|")), "") if noun else "."
    for dim in grid.labels:
        rows = [n for n in range(len(grid.rows)) if grid.competes(n, dim)]
        labels = {str(grid.rows[n][dim]) for n in rows}
        whole = match["whole"] or match["all"] or (many if many not in _WORDS else None)
        is_whole = (
            whole is None or value_of(whole) == len(labels) or (match["whole"] is None and match["all"] is None)
        )
        is_named = not noun or re.search(rf"(?:^|\s)(?:{names})", grid.columns[dim].name)
        if names and is_named and is_whole and len(labels) > 1 and (noun or value_of(whole or "") == len(labels)):
            return dim
    return None


#: The formats of columns that a figure with a given sign may be compared with.
_UNITS: Final = {
    "%": frozenset({"percent", "number", ""}),
    "$": frozenset({"money", "number", ""}),
    "": frozenset({"count", "money", "number", "percent", ""}),
}
_WORDS: Final = frozenset(
    "all every each both none no most half todos todas toda todo ningun ninguna ninguno".split()
)


#: Words for all or none of them.
_ALONE: Final = {
    "everyone": "all", "everybody": "all", "everywhere": "all", "nobody": "none", "nowhere": "none",
}  # fmt: skip


def value_of(word: str) -> int:
    """A small number in digits or in words."""
    return int(word) if word.isdigit() else _SMALL.get(word, 1 if word == "one" else 0)


def is_so_many(match: re.Match[str], found: int, whole: int) -> bool:
    """Whether a count of a whole fits a claim."""
    given = match.groupdict()
    said = match[0] if given.get("any") or given.get("one") else match["many"]
    many, limit = said.removeprefix("they ").split()[0], (match["limit"] or "").strip()
    many = _ALONE.get(many, many)
    if many in ("all", "every", "each", "both") or many.startswith("tod"):
        return found == whole
    if many in ("none", "no") or many.startswith("ningun"):
        return found == 0
    if many == "most":
        return found * 2 > whole
    if many == "half":
        return abs(found * 2 - whole) <= 1
    return found >= value_of(many) if limit in ("at least", "al menos") else found == value_of(many)


# -- limits


def _limits(standing: Standing, start: int, end: int) -> tuple[str, list[Written]]:
    """What a clause compares with, and the figures: one, or two after "between"."""
    inside = [each for each in standing.figures if start <= each.start < end]
    for n, figure in enumerate(inside):
        told = _LIMIT.search(standing.flat[start : figure.start])
        if told is None:
            continue
        if not told["between"]:
            return next(name for name, words in told.groupdict().items() if words), [figure]
        if len(inside) > n + 1 and _AND.fullmatch(standing.flat[figure.end : inside[n + 1].start]):
            return "between", inside[n : n + 2]
    return "", []


def _passing(standing: Standing, dim: int, match: re.Match[str], end: int) -> list[tuple[int, int]]:
    """How many labels of how many pass a limit, in each column that may be meant."""
    sign, figures = _limits(standing, match.end(), end)
    if not figures:
        return []
    grid = standing.grid
    beside = standing.rows_beside(dim, match.start(), end)
    rows = [n for n in beside if grid.competes(n, dim) and n not in grid.totals]
    rows = limited(standing, dim, rows, match.start(), end)
    if len({str(grid.rows[n][dim]) for n in rows}) != len(rows) or _APIECE.match(standing.flat, figures[0].end):
        return []
    kinds = (
        ("percent", "number", "")
        if figures[0].is_percent
        else (("money", "number", "") if figures[0].is_money else ("count", "money", "number", "percent", ""))
    )
    fitting = [n for n in grid.measures if grid.columns[n].unit in kinds]
    if spent := _SPAN.match(standing.flat[figures[0].end :]):
        fitting = [n for n in grid.measures if re.search(rf"\b{spent[1]}", grid.columns[n].name)]
    said = concepts_in(standing.flat[match.end() : end])
    most = max((len(grid.columns[n].about & said) for n in fitting), default=0)
    counts = []
    for place in fitting:
        if len(grid.columns[place].about & said) < most:
            continue
        for used in _running_or_not(standing, dim, rows):
            numbers = [number for n in used if (number := grid.numbers[n][place]) is not None]
            counts.append((sum(_passes(number, sign, figures) for number in numbers), len(used)))
    return counts


def _running_or_not(standing: Standing, dim: int, rows: Sequence[int]) -> list[list[int]]:
    """All rows, and those of periods that are over."""
    running = standing.grid.running(dim)
    over = [n for n in rows if n not in running]
    return [list(rows), over] if len(over) < len(rows) else [list(rows)]


def _passes(number: Decimal, sign: str, figures: Sequence[Written]) -> bool:
    limit = figures[0].value
    if sign == "above":
        return number > limit
    if sign == "below":
        return number < limit
    if sign == "least":
        return number >= limit
    return limit - figures[0].step < number < figures[1].value + figures[1].step


# -- trends


def _moving(standing: Standing, dim: int, match: re.Match[str], end: int) -> list[tuple[int, int]]:
    """How many labels of how many moved the way that a clause says, in each column that may be meant."""
    text = standing.flat[match.end() : end]
    up, down = UP.search(text), DOWN.search(text)
    if not up and not down and (compared := MORE_IN.search(text)):
        up, down = turned(standing, match.end() + compared.end(), compared)
    if _OVERALL.search(standing.flat[: match.start()]):
        return []  # "across the four stores sales fell"
    if bool(up) == bool(down) or standing.grid.is_axis(dim):
        return []
    counts = []
    for _labels, changes in courses_of(standing, dim):
        moved = [late > early if up else late < early for early, late in changes]
        counts.append((sum(moved), len(moved)))
    return counts
