"""Claims that no result can bear: reasons, significance, changes of something that was not asked for, a basis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.standing import Standing, Verdict

_SIGNIFICANT: Final = re.compile(
    r"\bstatistical(?:ly)? (?:in)?significan\w+|\bestadisticamente significativ\w+|\bp[- ]values?\b"
)
_TESTED: Final = re.compile(r"\b(?:stddev\w*|var_\w+|variance|regr_\w+|corr)\b", re.IGNORECASE)
#: A gap that moved needs figures of two periods.
_GAP_MOVED: Final = re.compile(
    r"\b(?:gap|difference|distance|spread|brecha)s? (?:\w+ (?:and \w+ )?)?(?:between [^,;.]{1,40} )?"
    r"(?:has|have|had|is|are)? ?(?:\w+ly )?(?:widen\w*|narrow\w*|grown|grew"
    r"|growing|shrunk|shrank|shrinking|closed|closing)\b"
)
#: What people think and do outside of the shop stands in no column.
_REASON: Final = re.compile(
    r"\b(?:because(?: of)?|due to|thanks to|driven by|caused by|owing to|porque|gracias a|debido a)\b[^.;]{0,80}?"
    r"\b(?:aware\w*|likes|liked|(?:customers|people|members|they) like|prefer\w*|lov(?:e|es|ed)"
    r"|enjoy\w*|pick(?:y|ier)|interest\w*|weather"
    r"|rain\w*|holiday"
    r"|promotion\w*|campaign\w*|advertis\w*|marketing|competit\w*|season\w*|popular\w*"
    r"|trust\w*|loyal\b"
    r"|excit\w*|habit\w*|convenien\w*|foot traffic|payday\w*|tourist\w*|neighborhood|students?"
    r"|word of mouth|friendl\w+"
    r"|skill\w*|motivat\w*|experienced|clima|promocion\w*|publicidad|competencia|temporada)\b"
)
#: So many letters tell a word.
_STEM: Final = 6
_REFUNDS_OFF: Final = re.compile(
    r"\b(?:after|net of) (?:the |all )?refunds\b|\brefunds (?:are |were )?(?:already )?"
    r"(?:taken off|deducted|subtracted|excluded)\b|\bdespues de (?:los )?(?:reembolsos|devoluciones)\b"
)
_REFUND: Final = re.compile(r"refund|return|lifetime|spen[dt]|amount\s*<\s*0", re.IGNORECASE)
_UNTAXED: Final = re.compile(
    r"^\s*(?:\w+ ){0,3}?(?:without|before|excluding|sin) (?:any |the )?(?:tax(?:es)?|impuestos)\b"
)
_TAXED: Final = re.compile(
    r"^\s*(?:\w+ ){0,3}?(?:with|including|con) (?:the )?(?:tax(?:es)?|impuestos)\b"
    r"|^\s*(?:\w+ ){0,2}?tax included\b"
)
_WITH: Final = re.compile(r"\bwith tax\b|\bincl\w* tax\b")
_WITHOUT: Final = re.compile(r"\bwithout tax\b|\bbefore tax\b|\bex\w* tax\b")
_ALL: Final = re.compile(
    r"\b(?:all|every one of|todos|todas)\b[^,;.]{0,60}"
    r"\b(?:lack|lacks|have no|has no|without|also|too|as well|neither)\b"
)


def claims_without_ground(standing: Standing) -> Iterator[Verdict]:
    """Each claim of a kind that only a result of its own could support, with whether this one does."""
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
        is_asked = match[0].split()[-1][:_STEM] in grid.sql.lower()  # a query of campaigns may speak of them
        if not is_asked and not standing.is_denied(0, match.start()):
            yield Verdict(standing.quoted(*match.span()), is_true=False, found="no column holds such a reason")
    for match in _REFUNDS_OFF.finditer(flat):
        if not standing.is_denied(max(0, match.start() - 20), match.start()) and " not " not in match[0]:
            said = [grid.sql, *(column.name for column in grid.columns)]
            yield Verdict(standing.quoted(*match.span()), any(_REFUND.search(each) for each in said))
    yield from _claims_of_tax(standing)
    yield from _claims_of_all(standing)


def _has_changes(standing: Standing) -> bool:
    return any("change" in column.about for column in standing.grid.columns)


def _claims_of_tax(standing: Standing) -> Iterator[Verdict]:
    """Whether a figure that is said to be with or without tax stands in no column of the other kind alone."""
    grid, flat = standing.grid, standing.flat
    ends = [*(each.start for each in standing.figures[1:]), len(flat)]
    for figure, end in zip(standing.figures, ends, strict=False):
        for said, other in ((_UNTAXED, _WITH), (_TAXED, _WITHOUT)):
            match = said.search(flat[figure.end : end])
            cells = standing.reading.cells(figure) if match and figure.is_money else []
            if match and cells:
                is_true = any(other.search(grid.columns[column].name) is None for _row, column in cells)
                yield Verdict(standing.quoted(figure.start, figure.end + match.end()), is_true)


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
