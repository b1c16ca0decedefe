"""Puts query results into words, with figures formatted for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from motabot.boundary import Cell, JsonMapping
from motabot.offline.staff.facts import facts
from motabot.offline.staff.frames.draft import TIMES
from motabot.offline.staff.sentences import say
from motabot.text.regex import regex

_MONEY = regex(
    r"(^|_)(sales|price|amount|value|spent|margin|discounts|refunds|refunded|cost|tax|sale|average_sale)(_|$)"
)
_NO_MONEY = regex(
    r"percent|_per_sale|transactions|points|discounted_sales|tax_rate|days|thc|cbd|rating|minutes|hours|probability"
)
_LABELS = ("name", "product_name", "product", "staff_name", "phone_number")
#: The column next to a label: the other product of a pair.
_WITH = ("with_product",)
_TOLD, _BEST = 8, 3
#: Numbers that are not counted.
_CODES = frozenset(("phone", "zip_code", "member_id", "email", "last_ticket"))
_LIMIT = regex(r" limit (\d+)$")


@dataclass(frozen=True)
class Asked:
    """The parts of a question that shape the wording of its answer.

    Attributes:
        title: The table's title.
        sql: The query.
        rank: The column by which rows are ranked, or "".
        by: The groupings.
        is_ranked: Whether an order was asked for.
    """

    title: str
    sql: str
    rank: str = ""
    by: tuple[str, ...] = ()
    is_ranked: bool = False


def tell(asked_for: Asked, result: JsonMapping, language: str) -> str:
    """Describe a result: the figures of one row, the top of a ranking, or the number of rows."""
    columns, rows = result["columns"], result["rows"]
    many = int(result["row_count"])
    if not rows or (many == 1 and not any(cell is not None for cell in rows[0])):
        return say("nothing", language, title=asked_for.title)
    if "items" in columns and "date" in columns and not asked_for.rank:
        newest = f"{str(rows[0][0])[:10]}, {rows[0][columns.index('items')]}"
        return say("latest", language, title=asked_for.title, newest=newest, rows=_counted(result, language))
    if many == 1 and len(columns) <= _TOLD:
        shown = [f"{column.replace('_', ' ')} {figure(column, cell)}"
                 for column, cell in zip(columns, rows[0], strict=True) if cell is not None]  # fmt: skip
        return f"{asked_for.title}: {', '.join(shown)}."
    rank = columns.index(asked_for.rank) if asked_for.rank in columns else None
    label = next((columns.index(name) for name in _LABELS if name in columns), 0)
    if asked_for.by and rank is not None:
        label = 0
        if asked_for.by[0] in TIMES and not asked_for.is_ranked:
            return f"{asked_for.title}: {_extremes(columns, rows, rank, asked_for, language)}"
    counted = _counted(result, language)
    if rank is None or not isinstance(_number(rows[0][rank]), Decimal) or columns[label] == "timestamp":
        return say("rows", language, title=asked_for.title, rows=counted)
    named = [row for row in rows if row[label] is not None]
    labels = (
        [columns.index("name")]
        if columns[0] == "sku"
        else range(len(asked_for.by))
        if asked_for.by
        else [label, *(columns.index(name) for name in _WITH if name in columns)]
    )
    firsts = [
        f"{n}) {', '.join(_plain(row[at]) for at in labels)} ({_measure(columns[rank], row[rank])})"
        for n, row in enumerate(named[:_BEST], 1)
    ]
    return say("rows", language, title=asked_for.title, rows=f"{', '.join(firsts)}; {counted}")


def tell_facts(title: str, result: JsonMapping, language: str) -> str:
    """Describe what is known of a customer, or of several of the same name one after the other."""
    columns, rows = result["columns"], result["rows"]
    missing = "no consta" if language == "es" else "not on file"
    told = []
    for row in rows:
        pairs = list(zip(columns, row, strict=True))[1 if len(rows) > 1 else 2 :]
        shown = {
            name: missing if cell is None else _plain(cell) if name in _CODES else figure(name, cell)
            for name, cell in pairs
        }
        told.append(", ".join(f"{_fact_name(name, language)} {value}" for name, value in shown.items()))
    if not told:
        return say("nothing", language, title=title)
    if len(told) == 1:
        return f"{title}: {told[0]}."
    return say("namesakes", language, title=title, many=len(told), listed="; ".join(told))


def _fact_name(name: str, language: str) -> str:
    known = facts().get(name)
    return known.es if known is not None and language == "es" else name.replace("_", " ")


def tell_cut(asked_for: Asked, result: JsonMapping, asked: int | None, language: str) -> str:
    """Say that a list was cut at a limit nobody asked for; "" if the list is complete."""
    limit = _LIMIT.search(asked_for.sql)
    many = int(result.get("row_count", 0))
    held_back = bool(result.get("more")) and many == len(
        result.get("rows", ())
    )  # otherwise only the model sees fewer rows
    is_cut = held_back or (limit is not None and many == int(limit[1]))
    if asked or not is_cut or many < 2:
        return ""
    return say("cut", language, many=many, more=min(many * 2, 999))


def tell_change(title: str, result: JsonMapping, language: str) -> str:
    """Describe a figure over several periods, newest first; "" if the rows are not periods."""
    columns, rows = result["columns"], result["rows"]
    if "change_since" not in columns or len(rows) < 2:
        return ""
    name = columns[2]
    parts = [figure(name, rows[0][2])]
    for row in rows[1:]:
        first, last, then, change, percent = row
        by = (
            ""
            if percent is None
            else f", {percent:+}%"
            if isinstance(percent, int)
            else f", {Decimal(str(percent)):+}%"
        )
        until = "a" if language == "es" else "to"
        changed = f"{'+' if Decimal(str(change)) >= 0 else ''}{figure(name, change)}"
        parts.append(f"{figure(name, then)} ({first} {until} {last}): {changed}{by}")
    against = "frente a" if language == "es" else "against"
    return f"{title}: {name.replace('_', ' ')} {parts[0]} {against} {'; '.join(parts[1:])}."


def figure(column: str, value: Cell) -> str:
    """Format a value for people."""
    number = _number(value)
    if number is None:
        return _plain(value)
    if column.endswith("_percent"):
        return f"{number:.1f}%"
    if isinstance(value, str) and _MONEY.search(column) and not _NO_MONEY.search(column):
        return f"-${-number:,.2f}" if number < 0 else f"${number:,.2f}"
    whole = number == number.to_integral_value()
    return f"{int(number):,}" if whole else f"{number.normalize():,f}"


def _measure(column: str, value: Cell) -> str:
    """Format a figure with its unit, unless it is money or a percentage."""
    shown = figure(column, value)
    return shown if shown.lstrip("-").startswith("$") or "%" in shown else f"{shown} {column.replace('_', ' ')}"


def _counted(result: JsonMapping, language: str) -> str:
    many = int(result["row_count"])
    if language == "es":
        return f"{many} {'fila' if many == 1 else 'filas'}"
    return f"{many} {'row' if many == 1 else 'rows'}"


def listed(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A numbered list of customers to choose from: "1) [h3] ([h2])"."""
    at = {name: columns.index(name) for name in ("name", "member_id")}
    return (
        "; ".join(f"{n}) {_plain(row[at['name']])} ({row[at['member_id']]})" for n, row in enumerate(rows[:10], 1))
        + "."
    )


def _extremes(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], rank: int, asked_for: Asked, language: str
) -> str:
    """The highest and the lowest of a series."""
    known = [row for row in rows if _number(row[rank]) is not None] or list(rows)
    ordered = sorted(known, key=lambda row: _number(row[rank]) or Decimal(0))
    high, low = ("lo más alto", "lo más bajo") if language == "es" else ("highest", "lowest")
    unit = asked_for.by[0]

    def told(row: Sequence[Cell]) -> str:
        label = f"{row[0]}:00" if unit == "hour" else _plain(row[0])
        return f"{label} ({figure(columns[rank], row[rank])})"

    see = "vea la tabla" if language == "es" else "see the table"
    return f"{columns[rank].replace('_', ' ')} {high} {told(ordered[-1])}, {low} {told(ordered[0])}; {see}."


def _number(value: Cell) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _plain(value: Cell) -> str:
    return "-" if value is None else str(value)
