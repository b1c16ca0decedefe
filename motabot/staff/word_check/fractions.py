"""Parts in words next to their figures: "nearly a quarter (483 of 2,598)", "most of the others (23 of 107)"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_PART: Final = regex(
    r"\b(?:(?P<hedge>nearly|almost|about|around|roughly|just over|over|more than|just under|under|less than|casi"
    r"|mas de) )?(?:(?:an? |one |la |un )?(?P<part>half|two[ -]thirds|three[ -]quarters|third|quarter|fifth|tenth"
    r"|mitad|tercio|cuarto)|(?P<many>most|hardly any\w*|hardly any one|few|nearly all|almost all|la mayoria))\b"
    r"(?= (?:of|de|used|have|has|had|were|was|are|came|bought)\b| \()"
)
_PARTS: Final = {
    "half": "0.5", "mitad": "0.5", "third": "0.33333", "tercio": "0.33333", "quarter": "0.25", "cuarto": "0.25",
    "fifth": "0.2", "tenth": "0.1", "two thirds": "0.66667", "three quarters": "0.75",
}  # fmt: skip
#: What "most", "hardly anyone" and the like may mean, as parts of a whole.
_MANY: Final = (
    (regex(r"^all"), Decimal(1), Decimal(1)),
    (regex(r"most|mayoria"), Decimal("0.5"), Decimal(1)),
    (regex(r"hardly|few"), Decimal(0), Decimal("0.25")),
    (regex(r"all"), Decimal("0.85"), Decimal(1)),
)
_BOUNDS: Final = (
    (regex(r"nearly|almost|casi|under|less|fewer"), Decimal("0.85"), Decimal("1.005")),
    (regex(r"over|more|mas"), Decimal("0.995"), Decimal("1.2")),
    (regex(r"about|around|roughly"), Decimal("0.88"), Decimal("1.12")),
    (regex(r""), Decimal("0.92"), Decimal("1.08")),
)
_SHARE: Final = regex(
    r"\b(?:(?P<hedge>nearly|almost|about|around|roughly|just over|over|more than|just under|under|less than"
    r"|fewer than) )?"
    r"(?:(?:an? |one )?(?P<part>half|two[ -]thirds|three[ -]quarters|third|quarter|fifth|tenth) of"
    r"|(?P<many>(?<!the )most(?: of)?|all(?: of)?|nearly all(?: of)?|almost all(?: of)?|hardly any(?: of)?))"
    r" (?:all |our |the |its |their |these )*(?P<noun>[a-z]+)(?P<rest>(?: [^,.;:(]*)?)"
)
_HALF_BELOW: Final = regex(
    r"\bhalf (?:of )?(?:the |our |all )*[a-z]+ (?:is|are|was|were|cost|costs) (?:below|under|above|over|less than"
    r"|more than)\s+$"
)
#: "Most sales happen in the evening": more than at any other time.
_HAPPENS: Final = regex(r" (?:happen|fall|come in|are made)\b")
#: The part that ends what a sentence says of two figures.
_PART_AFTER: Final = regex(
    r"[^.;,()\d]{0,40}, (?:(?P<hedge>nearly|almost|about|around|roughly|just over|over|more than|just under|under"
    r"|less than|well over) )?(?:an? |one )?(?P<part>half|two[ -]thirds|three[ -]quarters|third|quarter|fifth"
    r"|tenth)(?= *(?:[.,;)]|$))"
)
#: Denials, and claims about several labels together.
_DENIED: Final = regex(r"\b(?:not|never|no|or|and)\b|n['’]t\b")
#: The figures of a part follow it in brackets.
_OPENS: Final = regex(r"[^().;]{0,50}\(\s*$")
_OF: Final = regex(r"\s*(?:out )?of (?:the |our |all )?|\s*de (?:l[oa]s )?")
_CLOSES: Final = regex(r"[^().;]{0,30}\)")


def claims_of_fraction(standing: Standing) -> Iterator[Verdict]:
    """Each part in words that is followed by its figures in brackets, and whether they agree."""
    yield from _after_figures(standing)
    for match in _PART.finditer(standing.flat):
        share = _share_in_brackets(standing, match.end())
        if share is not None and not standing.is_denied(0, match.start()):
            yield Verdict(standing.quoted(*match.span()), _is_such(match, share))


def _after_figures(standing: Standing) -> Iterator[Verdict]:
    """ "49 of 78 are unanswered, nearly two thirds": the part in words of the figures before it."""
    for one, other in itertools.pairwise(standing.figures):
        match = _PART_AFTER.match(standing.flat, other.end)
        if match and _OF.fullmatch(standing.flat[one.end : other.start]) and 0 < one.value <= other.value:
            yield Verdict(standing.quoted(one.start, match.end()), _is_such(match, one.value / other.value))


def claims_of_share(standing: Standing) -> Iterator[Verdict]:
    """Each claim such as "half of our tickets had a discount", and whether the rows support it."""
    yield from _of_median(standing)
    for match in _SHARE.finditer(standing.flat):
        said = standing.flat[match.start("rest") : match.end("rest")]
        shares = list(_shares_of_columns(standing, match["noun"], said))
        if match["many"] not in ("all", "all of"):
            shares += _shares_of_labels(standing, match)
        if shares and not standing.is_denied(0, match.start()) and not _DENIED.search(said):
            yield Verdict(standing.quoted(*match.span()), any(_is_such(match, share) for share in shares))


def _of_median(standing: Standing) -> Iterator[Verdict]:
    """ "Half of the tickets are below $83.90": that figure is a median."""
    grid = standing.grid
    for figure in standing.figures:
        match = _HALF_BELOW.search(standing.flat[: figure.start])
        cells = standing.reading.cells(figure) if match else []
        if match and cells and not standing.is_denied(0, match.start()):
            is_true = any("median" in grid.columns[column].about for _row, column in cells)
            yield Verdict(standing.quoted(match.start(), figure.end), is_true, "it is no median")


def _shares_of_labels(standing: Standing, match: re.Match[str]) -> Iterator[Decimal]:
    """The share that the label of a claim has of each column: of all, or of those with the same other label."""
    grid = standing.grid
    named = [each for each in standing.labels if match.start("rest") <= each.start < match.end("rest")]
    if len(named) != 1 or len(grid.rows) < 2 or any(each.end <= match.start() for each in standing.labels):
        return
    about = [
        n for n in grid.measures if grid.columns[n].adds_up and grid.columns[n].about & concepts_in(match["noun"])
    ]
    counted = [n for n in range(len(grid.rows)) if n not in grid.totals]
    groups = [counted]
    for dim in grid.labels:
        if dim != named[0].dim:
            groups += standing.by_label(dim, counted)
    for column in about or [n for n in grid.measures if grid.columns[n].adds_up]:
        for rows in groups:
            part = grid.total(column, [n for n in rows if n in named[0].rows])
            whole = grid.total(column, [n for n in rows if n not in grid.totals])
            if part is not None and whole:
                yield part / whole
            totals = [grid.total(column, each) for each in standing.by_label(named[0].dim, rows)]
            is_of_time = match["many"] == "most" and _HAPPENS.match(match["rest"])
            if is_of_time and part is not None and all(part >= each for each in totals if each is not None):
                yield Decimal(1)


def _shares_of_columns(standing: Standing, noun: str, said: str) -> Iterator[Decimal]:
    """The share that a column named by the words has of the one that counts the noun."""
    grid = standing.grid
    counts = [n for n in grid.measures if grid.columns[n].unit == "count"]
    whole = [n for n in counts if grid.columns[n].name in (noun, f"all {noun}", f"total {noun}")]
    if not whole and len(grid.rows) == 1:  # "of the flower buyers": a column of two words
        phrase = f"{noun}{said}".split()[:2]
        whole = [n for n in counts if grid.columns[n].name.split() == phrase]
        said, noun = f"{noun}{said}", ""
    parts = [
        n
        for n in counts
        if n not in whole
        and (words := {word[:5] for word in grid.columns[n].name.split() if len(word) > 3 and word != noun})
        and all(re.search(rf"\b{word.removesuffix('ed')}", said) for word in words)
    ]
    if len(whole) == 1 and len(parts) == 1 and grid.sums[whole[0]]:
        yield grid.sums[parts[0]] / grid.sums[whole[0]]


def _share_in_brackets(standing: Standing, place: int) -> Decimal | None:
    """The share that the figures in the next brackets give: "(483 of 2,598)", "(18.6%)"; None without brackets."""
    flat = standing.flat
    inside = [
        each for each in standing.figures if each.start >= place and _OPENS.fullmatch(flat[place : each.start])
    ]
    first: Written | None = inside[0] if inside else None
    if first is None:
        return None
    if first.is_percent:
        return first.value / 100
    second = next((each for each in standing.figures if each.start >= first.end), None)
    if second is None or not second.value or not _OF.fullmatch(flat[first.end : second.start]):
        return None
    return first.value / second.value if _CLOSES.match(flat[second.end :]) else None


def _is_such(match: re.Match[str], share: Decimal) -> bool:
    """Whether a share fits the words."""
    if match.groupdict().get("many"):
        return next(low <= share <= high for pattern, low, high in _MANY if pattern.search(match["many"]))
    factor = Decimal(_PARTS[match["part"].replace("-", " ")])
    low, high = next((low, high) for pattern, low, high in _BOUNDS if pattern.search(match["hedge"] or ""))
    return low <= share / factor <= high
