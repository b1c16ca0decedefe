"""What a sentence calls the most, the least, or the second of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from motabot.staff.word_check.derived import Numbers
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.meaning import meant
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.staff.word_check.ranks import has_rank, holder_of, lines_of, moments_of
from motabot.staff.word_check.remark import BREAK, Beside, Fault, Remark
from motabot.text.regex import regex

_HIGH: Final = "most|highest|largest|biggest|greatest|top|busiest|strongest|mas alto|mas alta|mayor"
_LOW: Final = "least|lowest|fewest|smallest|weakest|slowest|quietest|cheapest|menor|mas bajo|mas baja"
_EITHER: Final = "best|worst|longest|shortest|mejor|peor"
_EXTREME: Final = regex(rf"\b(?:(?P<high>{_HIGH})|(?P<low>{_LOW})|(?P<either>{_EITHER}))\b")
_RANK: Final = regex(
    r"\b(?P<rank>second|third|fourth|fifth|segund[oa]|tercer[oa]?)(?:[- ](?:most|largest|biggest|highest|best"
    r"|lowest"
    r"|smallest|worst|busiest|least|fewest)\b| place\b(?! to)|(?= with\b| at\b| in\b| behind\b|,))"
)
_RANKS: Final = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "segundo": 2, "segunda": 2, "tercer": 3, "tercero": 3,
    "tercera": 3,
}  # fmt: skip
#: It is said of a part of the rows, of several, of a bound, or denied.
_NARROWED: Final = regex(
    r"\b(?:among|amongst|except|apart|besides|other than|excluding|without|within|after|next|second|third"
    r"|fourth|not"
    r"|n['’]t|never|nor|one of|some of|two|three|four|five|six|ten|at (?:the )?(?:most|least)|most of|almost"
    r"|both|if"
    r"|which|whether|would|could|cannot|since|of the|ever|until|each|every|per|recent\w*|likely|full"
    r"|complete\w*|entre|salvo)\b"
    r"|n['’]t\b"
)
#: "Most likely", "most customers", "top five", "at least".
_NO_CLAIM: Final = regex(
    r"\s(?:likely|at risk|of|recent\w*|importan\w*|customers|people|tickets (?:are|were|come)|useful|probabl\w*|\d"
    r"|ten|five"
    r"|three|seller\w*|shelf)\b"
)
#: "Most at Berkeley", "the best month was May".
_TO_SUBJECT: Final = regex(r"(?: [a-z-]+){0,4}[:,]? (?:the )?")
#: A figure of so many digits is of one row.
_EXACT: Final = 4
#: How many letters after a superlative may say of what it is.
_NEAR: Final = 28
#: It is of what follows from two columns.
_RELATIVE: Final = regex(
    r"\b(?:share|rate|percent\w*|per|average|gap|difference|distance|spread|gain\w*|gr[eo]w\w*|growth|rise|rose|drop\w*"
    r"|fell|fall|change\w*|lost|loss|jump\w*|increas\w*|decreas\w*|decline\w*|improve\w*|relative|ratio"
    r"|moved|swing)\b"
)
#: A share that is told after: "the weakest: 10 of 22".
_OF_MANY: Final = regex(r"\d of (?:the |all )?\d|\bshare\b")
#: The most that something fell is the lowest of a change.
_FELL: Final = regex(r"\b(?:fell|lost|dropped|declined|shrank|down|fall|drop|decline|loss)\b")
_GREW: Final = regex(r"\b(?:grew|grown|gr[eo]wth|gained|gains?|rose|risen|increased?|improved|jumped)\b")
#: What lies between two figures of a label.
_APART: Final = regex(r"\b(?:difference|gap|spread|distance|swing)\b")
#: "The quietest day of the week": of all rows.
_OF_ALL: Final = regex(
    r"\bof (?:the |this |our )?(?:week|month|year|quarter|day|period|list"
    r"|(?:stores|categories|months|brands|groups|tiers))\b|\bof them all\b|\bof all\b"
    r"|\bamong (?:the |our |all )?(?:known |named )[a-z]+\b"
)
_LEADS: Final = regex(r"\b(?:leads|led)(?= (?:with|at|the|this|by|in)\b|[,.;]|$)(?<!the leads)(?<!our leads)")
_LAST: Final = regex(r"\b(?:comes|came|is|are|was|were) last(?= (?:with|at)\b)")
#: More of these is better.
_GOOD: Final = frozenset({"sales", "tickets", "margin", "earned", "units", "customers", "visits", "spend"})
_GOODNESS: Final = {"best": [1], "worst": [-1]}
_LENGTHS: Final = {"longest": [1], "shortest": [-1]}
#: Since when something is so: the earliest moment is the longest ago.
_AGO: Final = regex(r"\b(?:away|gone|waiting|waited|waits?|absent|inactive|overdue|unanswered)\b")
_SPAN: Final = regex(r"\b(?:days?|hours?|minutes?|weeks?|wait\w*|away|age|gap|since)\b")
_CHANGE: Final = regex(r"[^;.]{0,40}\b(?:from|de)\b [^;.]{0,20}\d[\d,.]*%? (?:to|a)\b")
_PRONOUN: Final = regex(r"\b(?:it|its|they|their|he|she|that|this|which|who)\b")
#: "Most restrained": of no column.
_ADJECTIVE: Final = regex(r"most [a-z]+(?:ed|ing|able|ive|ous|ful|ant|ent|al|ic)\b")
_BEFORE_NO_CLAIM: Final = regex(r"\b(?:at|at the|second|third|fourth|fifth|next|al)[ -]$")


def misjudged(remark: Remark) -> Iterator[Fault]:
    """The claims of a highest, a lowest or a rank of one named row that no column supports."""
    flat = remark.flat
    for match in _EXTREME.finditer(flat):
        is_before_name = any(label.start == match.end() + 1 for each in remark.beside for label in each.labels)
        if (
            _NO_CLAIM.match(flat, match.end())
            or (_ADJECTIVE.match(flat, match.start()) and not is_before_name)
            or (match[0] == "most" and not flat[: match.start()].strip() and is_before_name)
            or _BEFORE_NO_CLAIM.search(flat[: match.start()])
        ):
            continue
        start, end = remark.clause(match.start(), match.end())
        rest = _without_labels(remark, start, end)
        if not _NARROWED.search(rest[: match.start() - start] + " | " + rest[match.end() - start :]):
            yield from _judged(
                remark, match, (start, end), [1] if match["high"] else [-1] if match["low"] else [1, -1]
            )
    for match in _LEADS.finditer(flat):
        yield from _judged(remark, match, remark.clause(match.start(), match.end()), [1])
    for match in _LAST.finditer(flat):
        yield from _judged(remark, match, remark.clause(match.start(), match.end()), [-1])
    for match in _RANK.finditer(flat):
        start, end = remark.clause(match.start(), match.end())
        rank = _RANKS[match["rank"]]
        if not _BEFORE_NO_CLAIM.search(flat[: match.start()]):
            yield from _judged(remark, match, (start, end), [rank, -rank])


def _judged(remark: Remark, match: re.Match[str], place: tuple[int, int], ranks: Sequence[int]) -> Iterator[Fault]:
    subjects = _subjects(remark, match, place) or _holders(remark, match)
    if not subjects:
        return
    about = remark.about(*place)
    ranks = [1, -1] if ranks == [1] and _FELL.search(remark.flat, *place) else ranks
    found = ""
    for each, label in subjects:
        grid = each.grid
        if len(grid.rows) < 2 or grid.size != len(grid.rows) or label.is_range:
            return
        if len(label.rows) > 1 and _APART.search(remark.flat, *place):
            return
        columns = _columns(remark, each, label, match, about)
        good = [n for n in columns if grid.columns[n].about & _GOOD and "refund" not in grid.columns[n].about]
        if good and match[0] in _GOODNESS:
            columns, ranks = good, _GOODNESS[match[0]]
        if columns and match[0] in _LENGTHS and all(_SPAN.search(grid.columns[n].name) for n in columns):
            ranks = _LENGTHS[match[0]]
        beside = [one for one in each.labels if one.dim != label.dim and place[0] <= one.start < place[1]]
        is_change = all("change" in grid.columns[n].about for n in columns)
        is_relative = not is_change and bool(
            _RELATIVE.search(remark.flat, *place) or _OF_MANY.search(remark.flat, place[1])
        )
        lines = [*lines_of(each, columns, is_relative=is_relative)]
        if match[0] in ("longest", "shortest") and _AGO.search(remark.flat, *place):
            ago = [n for n in columns if _SPAN.search(grid.columns[n].name)]
            lines = [*moments_of(grid), *lines_of(each, ago, is_relative=False)] or lines
        if not columns or any(has_rank(each, label, beside, line, ranks) for line in lines):
            return
        found = found or holder_of(each, columns[0], ranks[0])
    words = remark.text[place[0] : place[1]].strip()
    yield Fault(*place, f"“{words[:80]}” ({match[0]}): {found}")


def _without_labels(remark: Remark, start: int, end: int) -> str:
    """A part of the sentence with blanks in place of names of rows and of all rows together."""
    words = remark.flat
    for label in (label for each in remark.beside for label in each.labels):
        words = words[: label.start] + "|" * (label.end - label.start) + words[label.end :]
    return _OF_ALL.sub(lambda found: " " * len(found[0]), words[start:end])


def _subjects(remark: Remark, match: re.Match[str], place: tuple[int, int]) -> list[tuple[Beside, NamedPart]]:
    """The one name in a clause, beside each result that has it; none if there are several."""
    found = []
    for each, labels in remark.subjects(*place):
        own = [label for label in labels if label.dim in each.grid.labels]
        own = [label for label in own if label.end <= match.start()] or [
            label for label in own if _TO_SUBJECT.fullmatch(remark.flat, match.end(), label.start)
        ]
        if len({(label.start, label.end) for label in own}) > 1 or _PRONOUN.search(
            remark.flat[place[0] : match.start()]
        ):
            return []
        found += [(each, label) for label in own[:1]]
    return found


def _told(remark: Remark, match: re.Match[str]) -> list[Written]:
    """The figure that a claim gives; none if it gives two, as of a change."""
    flat = remark.flat
    if _CHANGE.match(flat, match.end()):
        return []
    after = [(each.start - match.end(), each) for each in remark.figures if each.start >= match.end()]
    before = [
        (match.start() - each.end, each)
        for each in remark.figures
        if each.end <= match.start() and not BREAK.search(flat, each.end, match.start())
    ]
    near = [(gap, each) for gap, each in after if gap <= 40] + [(gap, each) for gap, each in before if gap <= 20]
    return [each for _gap, each in sorted(near, key=lambda pair: pair[0])[:1]]


def _columns(
    remark: Remark, each: Beside, label: NamedPart, match: re.Match[str], about: frozenset[str]
) -> list[int]:
    """The columns that a claim may be about: that of the figure after it, those of its words, or all."""
    grid = each.grid
    places = [*grid.measures, *grid.averages, *grid.changes]
    for figure in _told(remark, match):
        scales = (1, 100) if figure.is_percent else (1,)
        return [
            n
            for n in grid.measures
            if (figure.digits > 1 or grid.columns[n].unit == "count")
            and any(
                Numbers(x * k for x in grid.readings(row, n) for k in scales).has(figure) for row in label.rows
            )
        ]
    _start, end = remark.clause(match.start(), match.end())
    near = remark.flat[match.start() : min(end, match.end() + _NEAR)]
    said = about - {"customers", "change"}
    named = meant(grid, grid.measures, near)
    if len(named) == len(grid.measures):
        named = [n for n in places if grid.columns[n].about & said]
    dated = {n for part in each.mentions if part.dim == COLUMNS for n in part.rows}
    moved = [n for n in places if "change" in grid.columns[n].about]
    if moved and _GREW.search(remark.flat, _start, end):
        return moved
    return [n for n in named or places if not dated or n in dated] or named or places


def _holders(remark: Remark, match: re.Match[str]) -> list[tuple[Beside, NamedPart]]:
    """The row of a claim's figure, where no row is named: "they are worth the least, $1,114.80"."""
    found = []
    begin, _end = remark.clause(match.start(), match.end())
    is_named = any(True for _each in remark.subjects(begin, match.start()))
    for figure in (each for each in _told(remark, match) if each.digits >= _EXACT):
        if figure.start < match.start() and (figure.start < begin or is_named):
            continue
        for each in remark.beside:
            rows = [
                n
                for n, row in enumerate(each.grid.numbers)
                if Numbers(x for x in row if x is not None).has(figure)
            ]
            if len(rows) == 1 and each.grid.labels:
                found.append((each, NamedPart(figure.start, figure.end, each.grid.labels[0], frozenset(rows))))
    return found
