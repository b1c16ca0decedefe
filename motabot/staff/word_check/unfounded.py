"""Claims that no result can prove: reasons, significance, changes of something that was not queried, a basis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_SIGNIFICANT: Final = regex(
    r"\bstatistical(?:ly)? (?:in)?significan\w+|\bestadisticamente significativ\w+|\bp[- ]values?\b"
)
_TESTED: Final = regex(r"\b(?:stddev\w*|var_\w+|variance|regr_\w+|corr)\b", re.IGNORECASE)
#: A change of a gap needs figures of two periods.
_GAP_MOVED: Final = regex(
    r"\b(?:gap|difference|distance|spread|brecha)s? (?:\w+ (?:and \w+ )?)?(?:between [^,;.]{1,40} )?"
    r"(?:has|have|had|is|are)? ?(?:\w+ly )?(?:widen\w*|narrow\w*|grown|grew"
    r"|growing|shrunk|shrank|shrinking|closed|closing)\b"
)
#: What is first of all needs the others, or a query that ranks them.
_RECORD: Final = regex(
    r"\b(?:(?:a|our|the|new) record(?= (?:for|day|week|month|this|of|high|low)\b|[.,;]|$)"
    r"|all-time (?:high|low|best)"
    r"|(?:best|worst|strongest|weakest|busiest|highest|lowest|slowest) (?:[a-z]+ )?"
    r"(?:of the (?:week|month|quarter|year)"
    r"|so far this (?:week|month|quarter|year)|ever|in (?:weeks|months|years)|since))\b"
)
_RANKED: Final = regex(r"\b(?:max|min|rank|dense_rank|row_number|limit|over|percentile\w*)\b", re.IGNORECASE)
#: What comes before a reason.
_WHY: Final = (
    r"(?:(?:increase|growth|rise|drop|decline|jump|dip|gain|difference|gap|change|fall|lift|spike|surge|improvement)s?"
    r"(?: [a-z]+)? (?:comes?|came|stems?|stemmed|results?|resulted|is explained|was caused)"
    r" (?:mostly |mainly |largely )?(?:from|by)|as a result of|explained by"
    r"|because(?: of)?|due to|thanks to|driven by|caused by|owing to"
    r"|on account of|(?:that|which) explains|porque|gracias a|debido a)"
)
#: What people think and do outside of the shop is in no column.
_REASON: Final = regex(
    rf"\b{_WHY}\b[^.;]{{0,80}}?"
    r"\b(?:aware\w*|likes|liked|(?:customers|people|members|they) like|prefer\w*|lov(?:e|es|ed)"
    r"|enjoy\w*|pick(?:y|ier)|interest\w*|weather"
    r"|rain\w*|holiday"
    r"|promotion\w*|campaign\w*|advertis\w*|marketing|competit\w*|season\w*|popular\w*"
    r"|trust\w*|loyal\b"
    r"|excit\w*|habit\w*|convenien\w*|foot traffic|payday\w*|tourist\w*|neighborhood|students?"
    r"|word of mouth|friendl\w+"
    r"|skill\w*|motivat\w*|experienced|clima|promocion\w*|publicidad|competencia|temporada)\b"
)
_CAUSE: Final = regex(rf"\b{_WHY}\b")
_REST: Final = regex(r"[,;.]")
#: Reasons in the data, or in how it is counted.
_GROUND: Final = regex(
    r"\b(?:not|no|over|running|still|only|few|so far|data|records?|quer(?:y|ies)|period|days?|weeks?"
    r"|months?|year|tax"
    r"|refunds?|discounts?|costs?|counted|missing|unknown|without|consent|cop(?:y|ies)|size|volume"
    r"|number of|mix|datos|mes"
    r"|dia|solo)\b"
)
#: A change over time; growth with something else, or composition, is not one.
_TREND: Final = regex(
    r"\b(?:(?:is|are|has been|have been|was|were|keeps?|kept|been) (?:steadily |slowly |clearly |still )?"
    r"(?:growing|rising|climbing|increasing|improving|falling|dropping|declining|shrinking|slipping|trending)"
    r"|(?:has|have) (?:steadily |clearly |slowly )?(?:grown|risen|climbed|increased|improved|fallen|dropped"
    r"|declined"
    r"|doubled|tripled|halved)"
    r"|(?:rose|grew|climbed|increased|improved|jumped|fell|dropped|declined|decreased|slipped|shrank|recovered)"
    r"(?! (?:with|into|under|before|within|short|between|outside|off|on|below|behind|as)\b)"
    r"|(?:is|are|was|were|'s) (?:up|down) (?:\d|by|on|from|sharply|slightly|compared|against|versus|vs)"
    r"|(?:better|worse|higher|lower|more|less) than (?:last|the previous|the prior) (?:week|month|quarter|year)"
    r"|(?:subio|subieron|bajo|bajaron|crecio|crecieron|aument(?:o|aron)))\b"
)
#: Columns of an earlier and a later time.
_EARLIER: Final = regex(r"\b(?:first|second|before|after|previous|prior|early|late|earlier|later|then|now)\b")
_UNSURE: Final = regex(r"\b(?:cannot|can't|whether|if|would|unknown|tell|no data|need)\b")
#: A query about two periods.
_TWO_TIMES: Final = regex(
    r"\b(?:lag|lead|previous|prior|before|change|growth|diff\w*|last_\w+|this_\w+)\b", re.IGNORECASE
)
#: How many letters identify a word.
_STEM: Final = 6
_ALL: Final = regex(
    r"\b(?:all|every one of|todos|todas)\b[^,;.]{0,60}"
    r"\b(?:lack|lacks|have no|has no|without|also|too|as well|neither)\b"
)


def claims_without_ground(standing: Standing) -> Iterator[Verdict]:
    """Each claim of a kind that only a special result could support, and whether this one does."""
    flat, grid = standing.flat, standing.grid
    for match in _SIGNIFICANT.finditer(flat):
        yield Verdict(standing.quoted(*match.span()), _TESTED.search(grid.sql) is not None)
    for match in _GAP_MOVED.finditer(flat):
        has_times = bool(grid.periods) or sum(column.days is not None for column in grid.columns) > 1
        is_before = grid.days is not None and any(
            span.first is not None and span.first < grid.days[0] for span in standing.reading.spans
        )
        is_true = (has_times and not is_before) or _has_changes(standing)
        yield Verdict(standing.quoted(*match.span()), is_true)
    for match in _REASON.finditer(flat):
        is_asked = match[0].split()[-1][:_STEM] in grid.sql.lower()  # a query about it may name it
        if not is_asked and not standing.is_denied(0, match.start()):
            yield Verdict(standing.quoted(*match.span()), is_true=False, found="no column holds such a reason")
    for match in _RECORD.finditer(flat):
        if len(grid.rows) < 2 and not _RANKED.search(grid.sql) and not standing.is_denied(0, match.start()):
            yield Verdict(standing.quoted(*match.span()), is_true=False, found="it holds nothing to compare with")
    yield from _claims_of_cause(standing)
    yield from _claims_of_trend(standing)
    yield from _claims_of_all(standing)


def _has_changes(standing: Standing) -> bool:
    return any("change" in column.about for column in standing.grid.columns)


def _claims_of_cause(standing: Standing) -> Iterator[Verdict]:
    """Whether a reason is in the result: a label, a figure, a measure, a basis."""
    for match in _CAUSE.finditer(standing.flat):
        rest = _REST.search(standing.flat, match.end())
        end = rest.start() if rest else len(standing.flat)
        said = standing.flat[match.end() : end]
        places = [*(each.start for each in standing.labels), *(each.start for each in standing.figures)]
        about = frozenset[str]().union(*(column.about for column in standing.grid.columns))
        if _REASON.match(standing.flat, match.start()):
            continue  # judged already
        is_held = (
            any(match.end() <= place < end for place in places)
            or concepts_in(said) & about
            or _GROUND.search(said)
        )
        if not standing.is_denied(0, match.start()):
            yield Verdict(standing.quoted(match.start(), end), bool(is_held), "no column holds such a reason")


def _claims_of_trend(standing: Standing) -> Iterator[Verdict]:
    """Whether what moved, as claimed, has figures of more than one period."""
    grid = standing.grid
    has_times = (
        (len(grid.rows) > 1 and any(len(grid.order(dim)) > 1 for dim in grid.labels))
        or len({column.days for column in grid.columns if column.days}) > 1
        or _has_changes(standing)
        or _TWO_TIMES.search(grid.sql) is not None
        or sum(_EARLIER.search(grid.columns[n].name) is not None for n in grid.measures) > 1
    )
    for match in _TREND.finditer(standing.flat):
        if not standing.is_denied(0, match.start()) and not _UNSURE.search(standing.flat):
            yield Verdict(standing.quoted(*match.span()), has_times, "it holds no second period to compare with")


def _claims_of_all(standing: Standing) -> Iterator[Verdict]:
    """Whether "all six without a phone lack an e-mail" has the six in the only row's column of both."""
    grid = standing.grid
    both = [n for n in grid.measures if re.search(r"\b(?:both|neither)\b", grid.columns[n].name)]
    match = _ALL.search(standing.flat)
    if len(grid.rows) != 1 or len(both) != 1 or match is None or standing.is_denied(0, match.start()):
        return
    if re.search(r"\b(?:have|has) an?\b|\bcan be\b", standing.flat[match.start() :]):
        return
    many = grid.numbers[0][both[0]]
    parts = [number for n in grid.measures if n != both[0] and (number := grid.numbers[0][n]) is not None]
    yield Verdict(standing.quoted(*match.span()), bool(many) and many in parts, grid.named_cell(0, both[0]))
