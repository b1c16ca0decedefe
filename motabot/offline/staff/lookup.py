"""Fills in the query template of a question from the book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from motabot.db.literal import literal
from motabot.offline.dates import parse
from motabot.offline.dates.ranges import Span
from motabot.offline.staff.entities import ShopThing
from motabot.offline.staff.match import can_filter
from motabot.offline.staff.questions import Question
from motabot.offline.staff.reading import Reading

_OF_CUSTOMER = {
    "tier": "vip_status",
    "risk": "churn_risk",
    "type": "customer_type",
    "group": "member_group",
    "source": "marketing_source",
    "zip": "zip_code",
}


@dataclass(frozen=True)
class FilledQuestion:
    """A question of the book with its slots filled.

    Attributes:
        sql: The query; empty for a question that a tool answers.
        title: The table's title: question, who, period, and what it is narrowed down to.
        rank: The column by which its rows are ranked, or "".
        left_out: Words that were understood and that this question cannot use.
    """

    sql: str
    title: str
    rank: str
    left_out: tuple[str, ...]


def fill(
    question: Question, reading: Reading, today: date, zone: str, member: str = "", name: str = ""
) -> FilledQuestion:
    """Fill a question's query.

    Args:
        question: What is asked.
        reading: How it was asked.
        today: The day in the shop's zone.
        zone: The shop's zone.
        member: The member id of the one customer who is meant, or its placeholder.
        name: What the title calls that customer.
    """
    span = span_of(question, reading, today)
    usable = [each for each in reading.found if can_filter(question, each.kind)]
    conditions = [_condition(question, kind, values) for kind, values in _by_kind(usable)]
    if member:
        conditions.append(_of_member(question, member))
    limit = reading.limit or question.limit
    parts = {
        "where": _all([*_span_conditions(question, span, today, zone), *conditions]),
        "limit": f"limit {limit}" if limit else "",
        "zone": zone,
    }
    sql = re.sub(r"\{(\w+)\}", lambda found: parts.get(found[1], found[0]), question.sql)
    left_out = [each.words for each in reading.found if each not in usable]
    left_out += [each.said for each in reading.spans if not question.takes_span and not question.tool]
    rank = question.order.rpartition(".")[2]
    return FilledQuestion(
        " ".join(sql.split()), _title(question, reading, span, usable, today, name), rank, tuple(left_out)
    )


def span_of(question: Question, reading: Reading, today: date) -> Span | None:
    """The period of a question: the one it names, or the default."""
    if not question.takes_span:
        return None
    asked = reading.spans
    if not asked:
        found = parse.find(question.span, today)[0]
        return replace(found[0], said="") if found and reading.language == "es" else next(iter(found), None)
    first = min((each.first for each in asked if each.first), default=None)
    span = asked[0] if len(asked) == 1 else Span(first, max(each.last for each in asked))
    return span if question.ahead else span.until(today)


def _title(
    question: Question, reading: Reading, span: Span | None, usable: Sequence[ShopThing], today: date, name: str
) -> str:
    spanish = reading.language == "es"
    words = question.title_es if spanish else question.title
    if reading.limit:
        words += f", {'los primeros' if spanish else 'the first'} {reading.limit}"
    things = [", ".join(each.values) if len(each.values) < 4 else each.words for each in usable]
    label = span.label(today, reading.language) if span else ""
    return ", ".join(filter(None, [words, name, label, *dict.fromkeys(things)]))


def _by_kind(found: Sequence[ShopThing]) -> list[tuple[str, list[str]]]:
    kinds: dict[str, list[str]] = {}
    for each in found:
        kinds.setdefault(each.kind, []).extend(each.values)
    return list(kinds.items())


def _column(question: Question, kind: str) -> str:
    sold = "i" in question.aliases
    if kind in ("category", "brand", "flower_type"):
        return f"i.{kind}" if sold else f"p.{kind}"
    if kind == "vendor":
        return "p.vendor"
    if kind == "sku":
        return "i.sku" if sold else "p.sku"
    if kind in ("location", "staff"):
        column = "shop_location" if kind == "location" else "staff_name"
        return f"{'t' if 't' in question.aliases else 's'}.{column}"
    others = {"payment": "t.payment_type", "status": "l.lead_status", "stage": "l.conversation_stage"}
    return others.get(kind) or f"c.{_OF_CUSTOMER[kind]}"


def _condition(question: Question, kind: str, values: Sequence[str]) -> str:
    listed = ", ".join(map(literal, values))
    if kind in ("effect", "flavor"):
        return f"p.{kind}s && array[{listed}]"
    if kind == "named":
        sold = "i" in question.aliases
        fields = ["i.brand", "i.strain", "i.product"] if sold else ["p.brand", "p.strain", "p.name"]
        named = (f"strpos(lower({field}), {literal(value.lower())}) > 0" for value in values for field in fields)
        return f"({' or '.join(named)})"
    if kind in _OF_CUSTOMER and "c" not in question.aliases:
        return f"t.member_id in (select member_id from customers where {_OF_CUSTOMER[kind]} in ({listed}))"
    if kind == "location" and not {"t", "s"} & question.aliases:
        return f"c.member_id in (select member_id from transactions where shop_location in ({listed}))"
    return f"{_column(question, kind)} in ({listed})"


def _of_member(question: Question, member: str) -> str:
    keys = {"t": "t.member_id", "c": "c.member_id", "a": "a.customer_id"}
    column = next((key for alias, key in keys.items() if alias in question.aliases), "c.member_id")
    return f"{column} = {literal(member)}"


def _span_conditions(question: Question, span: Span | None, today: date, zone: str) -> list[str]:
    if span is None:
        return []
    is_over = span.last < today
    if question.day:
        low = [f"{question.day} >= '{span.first}'"] if span.first else []
        high = [f"{question.day} <= '{span.last}'"] if question.ahead or is_over else []
        return low + high
    conditions = []
    if span.hours is not None:
        conditions.append(f"{question.moment} > now() - interval '{span.hours} hours'")
    elif span.first:
        conditions.append(f"{question.moment} >= timestamp '{span.first}' at time zone '{zone}'")
    end = f"< timestamp '{span.last + timedelta(days=1)}' at time zone '{zone}'" if is_over else "<= now()"
    return [*conditions, f"{question.moment} {end}"]


def _all(conditions: Iterable[str]) -> str:
    kept = [each for each in conditions if each]
    return " and ".join(f"({each})" if " or " in each else each for each in kept) or "true"
