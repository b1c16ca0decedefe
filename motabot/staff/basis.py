"""The basis of a query's figures, in one clause: tax, refunds, discounts, period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

import pgparse

from motabot.boundary import Json, JsonMapping
from motabot.staff.origins import names_of
from motabot.staff.query_days import Moment, moment_of
from motabot.text.regex import regex

#: What a column of money means, by the views that have it.
_MONEY: Final = {
    "amount": {
        "sales": "paid with tax, refunds not taken off",
        "refunds": "refunded with tax",
        "visits": "paid with tax, refunds not taken off",
    },
    "net_amount": {
        "sales": "without tax, refunds not taken off",
        "sale_lines": "after discounts, without tax, refunds not taken off",
        "refunds": "refunded without tax",
    },
    "list_amount": {"sale_lines": "before discounts, without tax, refunds not taken off"},
    "margin_today": {"sale_lines": "margin at today's costs"},
    "cost_today": {"sale_lines": "at today's costs"},
    "total_amount": {"transactions": "paid with tax, refunds taken off"},
    "total_price": {"transaction_items": "before discounts, without tax, refunds taken off"},
    "lifetime_value": {"customers": "paid less refunds, with tax"},
}
_MOMENTS: Final = frozenset({"day", "sold_at", "refunded_at", "date", "timestamp"})
_DAY: Final = regex(r"\d{4}-\d{2}-\d{2}")
#: Signs that a query is about some time.
_TIME: Final = regex(
    r"\b(?:now|current_date|current_timestamp|interval|date_trunc|extract|date_part|to_char|age|make_date|day"
    r"|sold_at|refunded_at|timestamp|day_of_week|result\d+)\b|'\d{4}-|\.date\b",
    re.IGNORECASE,
)
#: The hour of a sale says nothing about its day.
_HOUR_OF: Final = regex(
    r"\bextract\s*\(\s*hour\s+from\s+[\w.]+(?:\s+at\s+time\s+zone\s+'[^']*')?\s*\)", re.IGNORECASE
)
_LOWER, _UPPER, _EQUAL = frozenset({">", ">="}), frozenset({"<", "<="}), frozenset({"="})
#: Arithmetic in a parsed expression, and the current day in it.
_RECKONED: Final = regex(r"'A_Expr'|'FuncCall'|'SQLValueFunction'")
_CURRENT: Final = regex(r"'SVFOP_\w+'|'now'")


class _UnknownDayError(Exception):
    """A query computes days in a way that is not understood."""


def basis_of(query: str, today: date) -> str:
    """The basis of a query's figures; empty if it reads no money and no time.

    Args:
        query: The SELECT.
        today: The shop's day: a period that reaches it is not over.
    """
    try:
        tree = pgparse.parse(query)
    except (pgparse.PGQueryError, ValueError, RecursionError):
        return ""
    relations = {str(node["relname"]) for node in _nodes(tree, "RangeVar")}
    columns = {names[-1] for node in _nodes(tree, "ColumnRef") if (names := names_of(node["fields"]))}
    parts = [
        words
        for column, meanings in _MONEY.items()
        if column in columns
        for view, words in meanings.items()
        if view in relations
    ]
    if "kind" in columns:  # the query itself separates refunds from sales
        parts = [words.replace(", refunds taken off", "") for words in parts]
    if {"sales", "refunds"} <= relations:
        parts = [words.replace(", refunds not taken off", "") for words in parts]
    return "; ".join([*dict.fromkeys(parts), *_period(tree, today)])


def days_of_query(query: str, today: date | None) -> tuple[tuple[date, date] | None, bool]:
    """The first and last day that a query is about, and whether it names no time at all.

    Args:
        query: The SELECT.
        today: The shop's day, on which an open period ends; None: unknown.
    """
    if today is None or not query:
        return None, False
    try:
        begin, end = _bounds(pgparse.parse(query), today)
    except (pgparse.PGQueryError, ValueError, RecursionError):
        return None, False
    if not begin:
        return None, not end and _TIME.search(_HOUR_OF.sub(" ", query)) is None
    last, is_included = max(end) if end else (today.isoformat(), True)
    try:
        first_day, last_day = date.fromisoformat(min(begin)), date.fromisoformat(last)
    except ValueError:
        return None, False
    return (first_day, last_day if is_included else last_day - timedelta(days=1)), False


def _bounds(tree: Json, today: date) -> tuple[list[str], list[tuple[str, bool]]]:
    """The days that all the moments of a query are compared with: lower ones, and upper ones with "included".

    A choice of two periods, one of them open, has no end. If one of the days is unknown, there are none.
    """
    try:
        begin, end = _compared(tree, today)
    except _UnknownDayError:
        return [], []
    for node in _nodes(tree, "BoolExpr"):
        args = node.get("args", ()) if node.get("boolop") == "OR_EXPR" else ()
        each = [_compared(arg, today) for arg in args]
        if any(first and not last for first, last in each) and any(last for _first, last in each):
            return begin, []
    return begin, end


def _compared(tree: Json, today: date) -> tuple[list[str], list[tuple[str, bool]]]:
    """The days that the moments of a part of a query are compared with."""
    begin, end = [], []
    for node in _nodes(tree, "A_Expr"):
        column = next(iter(names_of(node.get("lexpr", {}).get("ColumnRef", {}).get("fields", ()))[-1:]), "")
        sign = (names_of(node.get("name", ())) or [""])[-1]
        is_between = node.get("kind") == "AEXPR_BETWEEN"
        if column not in _MOMENTS or not (is_between or sign in _LOWER | _UPPER | _EQUAL):
            continue
        moments = _moments(node.get("rexpr", {}), today)
        days = [each.day.isoformat() for each in moments]
        if is_between and days:
            begin.append(days[0])
            end.append((days[-1], True))
        elif days and sign in _LOWER | _EQUAL:
            is_after = sign == ">" and column == "day"
            begin.append((moments[0].day + timedelta(days=is_after)).isoformat())
        if days and sign in _UPPER | _EQUAL:
            end.append((days[-1], sign != "<" or moments[-1].is_within))
    return begin, end


def _moments(node: Json, today: date) -> list[Moment]:
    """The days that one side of a comparison names, in their order; none if it names no day.

    Raises:
        _UnknownDayError: It computes days in a way that is not understood.
    """
    sides = node["List"].get("items", ()) if isinstance(node, Mapping) and "List" in node else [node]
    found = [moment_of(each, today) for each in sides]
    moments = [each for each in found if each is not None]
    if len(moments) < len(found):
        text = str(node)
        days = set(_DAY.findall(text))
        if _RECKONED.search(text) and (days or moments or _CURRENT.search(text)):
            raise _UnknownDayError
        try:
            moments = [Moment(date.fromisoformat(each)) for each in days]
        except ValueError as error:
            raise _UnknownDayError from error
    return sorted(moments, key=lambda each: each.day)


def _period(tree: Json, today: date) -> Iterator[str]:
    """The days of a query in words."""
    begin, end = _bounds(tree, today)
    if not begin and not end:
        return
    first = min(begin) if begin else ""
    last, is_included = max(end) if end else (today.isoformat(), True)
    is_running = (last, is_included) >= (today.isoformat(), True)
    told = f"{'up to' if is_included else 'before'} {last}"
    yield f"from {first} {told}" if first else told
    if is_running:
        yield "not over yet"


def _nodes(tree: Json, kind: str) -> Iterator[JsonMapping]:
    if isinstance(tree, Mapping):
        for name, each in tree.items():
            if name == kind:
                yield each
            yield from _nodes(each, kind)
    elif isinstance(tree, list | tuple):
        for each in tree:
            yield from _nodes(each, kind)
