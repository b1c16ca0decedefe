"""Claims of a figure's basis: with or without tax, net or gross, refunds deducted or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

#: What the shop's columns of money contain.
_GROSS: Final = regex(
    r"\b(?:amount|total_amount|gross_sales|lifetime_value|avg_sale_value|refunded_amount)\b", re.IGNORECASE
)
_NET: Final = regex(
    r"\b(?:net_amount|list_amount|margin_today|cost_today|total_price|unit_price|retail_price|total_spent|tax|total_tax)\b",
    re.IGNORECASE,
)
_TAXES: Final = r"(?:(?:the |any |sales |all )*tax(?:es)?|impuestos)"
_UNTAXED: Final = regex(
    rf"\b(?:without|before|excluding|excludes?|excl\.?|net of|less|sin|antes de) {_TAXES}\b|\bpre-?tax\b"
    rf"|\buntaxed\b"
    r"|\btax(?:es)? (?:is |are )?(?:not included|excluded)\b"
)
_TAXED: Final = regex(
    rf"\b(?:with|including|includes?|incl\.?|con) {_TAXES}\b|\btax(?:es)?[- ](?:is |are )?included\b|\bafter-tax\b"
)
_NET_SALES: Final = regex(r"\bnet (?:sales|revenue|amount|figure|total)\b|\bventas netas\b")
_REFUNDS_OFF: Final = regex(
    r"\b(?:after|net of) (?:the |all )?refunds\b|\brefunds (?:are |were |have been |has been )?(?:already )?"
    r"(?:taken off|deducted|subtracted|netted)\b|\bless refunds\b|\bdespues de (?:los )?(?:reembolsos"
    r"|devoluciones)\b"
)
_REFUND: Final = regex(r"refund|return|lifetime|total_amount|total_price|amount\s*<\s*0", re.IGNORECASE)
_NOT: Final = regex(r"(?:\bnot\b|n['’]t\b|\bno\b|\bneither\b|\bbefore\b)[^,;.]{0,16}$")


def claims_of_basis(standing: Standing) -> Iterator[Verdict]:
    """Each claim of tax or refunds, and whether the query's columns agree, if the query shows it."""
    flat, grid = standing.flat, standing.grid
    for pattern, is_taxed in ((_UNTAXED, False), (_TAXED, True), (_NET_SALES, False)):
        for match in pattern.finditer(flat):
            if not _NOT.search(flat[: match.start()]):
                kinds = _kinds_beside(standing, *match.span())
                if kinds:
                    yield Verdict(standing.quoted(*match.span()), is_taxed in kinds)
    for match in _REFUNDS_OFF.finditer(flat):
        if not _NOT.search(flat[: match.start()]) and " not " not in match[0]:
            said = [grid.sql, *(column.name for column in grid.columns)]
            yield Verdict(standing.quoted(*match.span()), any(_REFUND.search(each) for each in said))


def _kinds_beside(standing: Standing, start: int, end: int) -> set[bool]:
    """Whether the figure next to a claim includes tax: the one before it, or after it, or those of the query."""
    first, last = standing.reading.segment_of(start)
    money = [each for each in standing.figures if each.is_money and first <= each.start < last]
    before = [each for each in money if each.end <= start][-1:]
    after = [each for each in money if each.start >= end][:1]
    beside = after + before if _NET_SALES.match(standing.flat[start:end]) else before or after
    for figure in beside[:1]:
        columns = {column for _row, column in standing.reading.cells(figure)}
        kinds = [_taxed(expression_of(standing.grid, column)) for column in columns]
        return set() if not columns or None in kinds else {kind for kind in kinds if kind is not None}
    return {kind for n in standing.grid.measures if (kind := _taxed(expression_of(standing.grid, n))) is not None}


def _taxed(expression: str) -> bool | None:
    """Whether an expression is money with tax; None if that is unknown."""
    is_gross, is_net = _GROSS.search(expression) is not None, _NET.search(expression) is not None
    return is_gross if is_gross != is_net else None


def expression_of(grid: Grid, column: int) -> str:
    """What a query computes under a column's name; empty if it cannot be parsed."""
    name = grid.columns[column].name.replace(" ", "_")
    found = [match.start() for match in re.finditer(rf'\s+as\s+"?{re.escape(name)}"?\b', grid.sql, re.IGNORECASE)]
    if not found:
        return name
    depth, start = 0, found[-1]
    while start > 0:
        letter = grid.sql[start - 1]
        depth += (letter == ")") - (letter == "(")
        if depth < 0 or (depth == 0 and letter == ","):
            break
        start -= 1
    return grid.sql[start : found[-1]].rpartition("select ")[2]
