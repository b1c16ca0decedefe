"""The query of a question: the book's template with what was understood put in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from motabot.db.literal import literal
from motabot.offline.dates import parse
from motabot.offline.dates.ranges import Span, around
from motabot.offline.staff.entities import GOODS, Found
from motabot.offline.staff.match import can_filter, set_against, usable_by
from motabot.offline.staff.parse import Reading
from motabot.offline.staff.periods import periods_of
from motabot.offline.staff.questions import Book, Grouping, Question

#: Rows of an audience are not limited here: who is too many is said when the action is previewed.
_UNLIMITED = ""


@dataclass(frozen=True)
class Filled:
    """A question with its slots filled.

    Attributes:
        sql: The query; empty for a question that a tool answers.
        title: The table's title: question, grouping, span, and what it is narrowed down to.
        by: How it is grouped.
        rank: The column by which it is ranked, or "".
        left_out: Words that were understood and that this question cannot use.
        is_ranked: A number of rows was asked for, so that they stand in the order of their rank.
    """

    sql: str
    title: str
    by: tuple[Grouping, ...]
    rank: str
    left_out: tuple[str, ...]
    is_ranked: bool


def fill(
    book: Book, question: Question, reading: Reading, today: date, zone: str, member: str = "", name: str = ""
) -> Filled:
    """Fill a question's query.

    Args:
        book: The book it stands in.
        question: What is asked.
        reading: How it was asked.
        today: The day in the shop's zone.
        zone: The shop's zone.
        member: The member id of the one customer who is meant, or its handle.
        name: What the title calls that customer.
    """
    spanish = reading.language == "es"
    by = tuple(book.groupings[name] for name in _groupings(book, question, reading))
    span = span_of(question, reading, today)
    beside = [each.until(today) for each in reading.spans] if set_against(reading, question) else []
    periods = periods_of(reading, today, spanish) if "{periods}" in question.sql else []
    usable = [
        each for each in reading.found if can_filter(question, each.kind) and each.kind not in question.every
    ]
    goods = _all(_condition(question, kind, values) for kind, values in _by_kind(usable) if kind in GOODS)
    others = [_condition(question, kind, values) for kind, values in _by_kind(usable) if kind not in GOODS]
    kinds = {each.kind for each in reading.found}
    others += [f"lower({_column(question, kind)}) = {literal(value.lower())}"
               for kind, value in question.usual.items() if kind not in kinds]  # fmt: skip
    if member:
        others.append(_of_member(question, member))
    timed = [*_span_conditions(question, span, today, zone)]
    if beside:
        timed = [_any(_all(_span_conditions(question, each, today, zone)) for each in beside)]
    order_column = next(
        (column for idea, column in question.order_by.items() if idea in reading.ideas), question.order
    )
    falls = "worst" not in reading.ideas
    local = question.day or f"({question.moment} at time zone '{zone}')"
    dims = [(each.sold if "i" in question.aliases else each.sql).replace("{moment}", local) for each in by]
    rank = order_column.rpartition(".")[2]
    bounded = reading.bound.column(question.sql, rank) if reading.bound and not by else None
    limit = reading.limit if reading.audience or reading.limit or bounded else question.limit
    if len(by) > 1 and not reading.limit:
        limit = None  # it would cut off the groups that come last
    parts = {
        "where": _all([*timed, *others, goods]),
        "when": _all([*timed, *[each for each in others if re.match(r"\(?t\.", each)]]),
        "filters": _all([*others, goods]),
        "goods": goods or "true",
        "shelf": goods or "true",
        "by": "".join(f'{sql} as {each.en}, ' for sql, each in zip(dims, by, strict=True)),
        "group": _group(by, local, order_column, falls=falls, ranked=bool(reading.limit))
        + (f" limit {limit}" if by and reading.limit and "{limit}" not in question.sql else ""),
        "within": f"partition by {dims[0]}" if len(dims) > 1 else "",
        "order": "desc" if falls else "asc",
        "price_order": "desc" if {"expensive", "top"} & reading.ideas.keys() and falls else "asc",
        "order_column": f"p.{order_column}" if order_column.endswith("_content") else order_column,
        "limit": f"limit {limit}" if limit and not bounded else _UNLIMITED,
        "zone": zone,
        "first": literal(str(span.first)) if span and span.first else "current_date",
        "periods": ", ".join(f"({n}, {literal(label)}, date '{each.first}', date '{each.last}')"
                             for n, (label, each) in enumerate(periods, 1)),
    }  # fmt: skip
    if "shelf" in question.sql:
        parts["shelf"] = _shelf(usable)
    sql = re.sub(r"\{(\w+)\}", lambda found: parts.get(found[1], found[0]), question.sql)
    if bounded and reading.bound:
        direction = parts["price_order"] if "{price_order}" in question.sql else parts["order"]
        order = f" order by {rank} {direction} nulls last" if rank in question.sql else ""
        sql = f"select * from ({sql}) as found where {bounded} {reading.bound.sign} {reading.bound.number}{order}"
        sql += f" limit {limit or 1000}" if not reading.audience or limit else ""
    label = span.label(today, reading.language) if span and not periods else ""
    if beside:
        labels = (each.label(today, reading.language) for each in beside)
        label = (" y " if spanish else " and ").join(labels)
    title = _title(question, by, label, usable, limit if reading.limit else None, name, spanish=spanish)
    if bounded and reading.bound:
        title += f", {reading.bound.words}"
    left_out = tuple(
        each.words for each in reading.found if each not in usable and each.kind not in question.every
    )
    if reading.bound and not bounded:
        left_out += (reading.bound.words,)
    left_out += tuple(each.said for each in reading.spans if not question.takes_span and not question.tool)
    return Filled(" ".join(sql.split()), title, by, rank, left_out, bool(reading.limit))


def span_of(question: Question, reading: Reading, today: date) -> Span | None:
    """The span that a question is asked of: its own words', or the usual one."""
    if not question.takes_span:
        return None
    asked = reading.spans
    if not asked:
        usual = _usual_span(question, reading, today)
        return replace(usual, said="") if usual and reading.language == "es" else usual
    span = asked[-1] if len(asked) == 1 or "{periods}" in question.sql else Span(
        min((each.first for each in asked if each.first), default=None), max(each.last for each in asked)
    )  # fmt: skip
    return span if question.ahead else span.until(today)


def _usual_span(question: Question, reading: Reading, today: date) -> Span | None:
    """The span without one in the question: wide enough for what it is grouped by."""
    many = {"week": 12, "month": 12}.get(reading.by[0] if reading.by else "")
    if question.groups and question.span != "all time" and many:
        unit = reading.by[0]
        asked = parse.find(f"last {many} {unit}s", today)[0][0]
        assert asked.first is not None
        return Span(around(asked.first, unit).last + timedelta(days=1), today, asked.said)
    if question.groups and {"quarter", "year"} & set(reading.by):
        return parse.find("all time", today)[0][0]
    found = parse.find(question.span, today)[0]
    return found[0] if found else None


def _groupings(book: Book, question: Question, reading: Reading) -> tuple[str, ...]:
    asked = usable_by(reading, question, {name: each.needs for name, each in book.groupings.items()})
    unit = set_against(reading, question)
    if unit and unit not in asked:
        usual = (question.usual_by,) if question.usual_by and question.usual_by != "day" else ()
        return (*(asked or usual), unit)
    if asked and question.also_by and question.usual_by not in asked:
        return (*asked[:1], question.usual_by)
    if asked or not question.groups:
        return asked
    if question.usual_by_top and {"top", "worst"} & reading.ideas.keys():
        return (question.usual_by_top,)
    if not question.usual_by or ("count" in reading.ideas and not question.keep_by and question.usual_by == "day"):
        return ()
    return (question.usual_by,)


def _group(by: Sequence[Grouping], local: str, column: str, *, falls: bool, ranked: bool) -> str:
    if not by:
        return ""
    places = ", ".join(str(n) for n in range(1, len(by) + 1))
    first = by[0]
    if first.order and not ranked:
        return f"group by {places} order by {first.order.replace('{moment}', local)}, {places}"
    if not ranked and len(by) > 1 and by[-1].name == "product":
        return f"group by {places} order by 1, {column} desc nulls last, 2"
    if not ranked and (first.is_time or len(by) > 1):
        return f"group by {places} order by {places}"
    return f"group by {places} order by {column} {'desc' if falls else 'asc'} nulls last, 1"


def _by_kind(found: Sequence[Found]) -> list[tuple[str, list[str]]]:
    kinds: dict[str, list[str]] = {}
    for each in found:
        kinds.setdefault(each.kind, []).extend(each.values)
    return list(kinds.items())


_OF_CUSTOMER = {"tier": "vip_status", "risk": "churn_risk", "type": "customer_type", "group": "member_group",
                "source": "marketing_source", "zip": "zip_code"}  # fmt: skip


def _column(question: Question, kind: str) -> str:
    sold = "i" in question.aliases
    if kind in ("category", "brand", "flower_type"):
        return f"i.{kind}" if sold else f"p.{kind}"
    if kind == "vendor":
        return "p.vendor"
    if kind == "sku":
        return "i.sku" if sold else "p.sku"
    if kind == "location":
        return "t.shop_location" if "t" in question.aliases else "s.shop_location"
    if kind == "staff":
        return "t.staff_name" if "t" in question.aliases else "s.staff_name"
    return {
        "payment": "t.payment_type",
        "status": "l.lead_status",
        "stage": "l.conversation_stage",
        **{name: f"c.{column}" for name, column in _OF_CUSTOMER.items()},
    }[kind]


def _condition(question: Question, kind: str, values: Sequence[str]) -> str:
    listed = ", ".join(map(literal, values))
    if kind in ("effect", "flavor"):
        return f"p.{kind}s && array[{listed}]"
    if kind == "named":
        sold = "i" in question.aliases
        fields = [f"i.{part}" if sold else f"p.{part}" for part in ("brand", "strain")]
        fields.append("i.product" if sold else "p.name")
        return _any(
            f"strpos(lower({field}), {literal(value.lower())}) > 0" for value in values for field in fields
        )
    if kind in _OF_CUSTOMER and "c" not in question.aliases:
        return f"t.member_id in (select member_id from customers where {_OF_CUSTOMER[kind]} in ({listed}))"
    if kind == "location" and not {"t", "s"} & question.aliases:
        return f"c.member_id in (select member_id from transactions where shop_location in ({listed}))"
    return f"{_column(question, kind)} in ({listed})"


def _shelf(usable: Sequence[Found]) -> str:
    """What narrows down products, where they stand without what was sold."""
    conditions = []
    for kind, values in _by_kind(usable):
        listed = ", ".join(map(literal, values))
        if kind in ("effect", "flavor"):
            conditions.append(f"p.{kind}s && array[{listed}]")
        elif kind == "named":
            fields = ("p.name", "p.brand", "p.strain")
            conditions.append(
                _any(
                    f"strpos(lower({field}), {literal(value.lower())}) > 0" for value in values for field in fields
                )
            )
        elif kind in GOODS:
            conditions.append(f"p.{kind} in ({listed})")
    return _all(conditions)


def _of_member(question: Question, member: str) -> str:
    keys = {"t": "t.member_id", "c": "c.member_id", "a": "a.customer_id"}
    column = next((key for alias, key in keys.items() if alias in question.aliases), "c.member_id")
    return f"{column} = {literal(member)}"


def _span_conditions(question: Question, span: Span | None, today: date, zone: str) -> list[str]:
    column = question.day or question.moment
    if not column:
        return []
    if question.day:
        first, last = (
            span.first if span else None,
            span.last if span and (question.ahead or span.last < today) else None,
        )
        low = [f"{column} >= '{first}'"] if first else []
        return [*low, *([f"{column} <= '{last}'"] if last else [])]
    conditions = []
    if span and span.hours is not None:
        conditions.append(f"{column} > now() - interval '{span.hours} hours'")
    elif span and span.first:
        conditions.append(f"{column} >= timestamp '{span.first}' at time zone '{zone}'")
    if span and span.last < today:
        conditions.append(f"{column} < timestamp '{span.last + timedelta(days=1)}' at time zone '{zone}'")
    else:
        conditions.append(f"{column} <= now()")
    return conditions


def _title(
    question: Question,
    by: Sequence[Grouping],
    span: str,
    usable: Sequence[Found],
    limit: int | None,
    name: str,
    *,
    spanish: bool,
) -> str:
    words = question.title_es if spanish else question.title
    if by:
        words += (" por " if spanish else " by ") + (" y " if spanish else " and ").join(
            (each.es if spanish else each.en).replace("_", " ") for each in by
        )
    if limit:
        words += f", {'los primeros' if spanish else 'the first'} {limit}"
    things = [", ".join(each.values) if len(each.values) < 4 else each.words for each in usable]
    return ", ".join(filter(None, [words, name, span, *dict.fromkeys(things)]))


def _all(conditions: Iterable[str]) -> str:
    kept = [each for each in conditions if each and each != "true"]
    return " and ".join(f"({each})" if " or " in each else each for each in kept) or "true"


def _any(conditions: Iterable[str]) -> str:
    return "(" + " or ".join(conditions) + ")"
