"""Parts of SQL for one relation: columns to group by, predicates of filters and conditions, and aggregates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from motabot.db.literal import literal
from motabot.errors import MotaBotError
from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.draft import GOODS, OF_GOODS
from motabot.offline.staff.frames.frame import Bound, Condition, Filter, Spread
from motabot.offline.staff.frames.lexicon import Lexicon, Relation

_CUSTOMER_COLUMNS = frozenset(
    ("vip_status", "churn_risk", "member_group", "customer_type", "marketing_source", "zip_code", "state")
)
_PRODUCT_COLUMNS = frozenset(("brand", "category", "strain", "flower_type", "vendor", "product"))
_TIMES = {
    "hour": "extract(hour from {moment})::int",
    "weekday": "to_char({day}, 'FMDay')",
    "weekend": "case when extract(isodow from {day}) in (6, 7) then 'weekend' else 'weekday' end",
    "day": "{day}",
    "week": "date_trunc('week', {day})::date",
    "month": "date_trunc('month', {day})::date",
    "quarter": "date_trunc('quarter', {day})::date",
    "year": "extract(year from {day})::int",
}
SPREADS = {
    "average": "round(avg({0})::numeric, 2)",
    "median": "round(percentile_cont(0.5) within group (order by {0})::numeric, 2)",
    "highest": "max({0})",
    "lowest": "min({0})",
}


class CannotCombine(MotaBotError):
    """The data has no figure for these together."""

    status = 422


@dataclass
class Source:
    """A relation with what is joined to it.

    Attributes:
        name: The relation's name.
        zone: The shop's zone.
        joins: What had to be joined so far.
    """

    name: str
    lexicon: Lexicon
    zone: str
    joins: set[str] = field(default_factory=set)

    @property
    def relation(self) -> Relation:
        """The relation itself."""
        return self.lexicon.relations[self.name]

    @property
    def day(self) -> str:
        """The day of a row."""
        if not self.relation.day:
            raise CannotCombine("time")
        return self.relation.day.replace("{zone}", self.zone)

    @property
    def sql(self) -> str:
        """The FROM clause."""
        text = self.relation.sql
        if "c" in self.joins:
            text += f" join customers c on c.member_id = {self.relation.member}"
        if "p" in self.joins:
            text += f" join products p on p.sku = {self.relation.sku}"
        return text

    def column(self, name: str) -> str:
        """The expression of a grouping.

        Raises:
            CannotCombine: The relation does not have it.
        """
        if name in _TIMES:
            moment = self.relation.moment
            if name == "hour" and not moment:
                raise CannotCombine(name)
            local = f"({moment} at time zone '{self.zone}')" if name == "hour" else ""
            return _TIMES[name].replace("{moment}", local).replace("{day}", self.day)
        if name.startswith("named:"):
            return self._which(name.removeprefix("named:").split("|"))
        if name == "customer":
            if not self.relation.member:
                raise CannotCombine(name)
            return self.relation.member
        column = self.lexicon.columns.get(name, "")
        if column in self.relation.columns:
            return f"f.{column}"
        if column == "product" and self.name == "products":
            return "f.name"
        if column in _CUSTOMER_COLUMNS and self.relation.member:
            self.joins.add("c")
            return f"c.{column}"
        if column in _PRODUCT_COLUMNS and self.relation.sku:
            self.joins.add("p")
            return f"p.{column}"
        raise CannotCombine(name)

    def _which(self, names: Sequence[str]) -> str:
        """Which of several names a product has."""
        if not self.relation.sku:
            raise CannotCombine(names[0])
        cases = (f"when {self._holds(Filter('named', (name,)))} then {literal(name)}" for name in names)
        return f"case {' '.join(cases)} end"

    def can(self, name: str) -> bool:
        """Whether the relation has a grouping."""
        try:
            Source(self.name, self.lexicon, self.zone).column(name)
        except CannotCombine:
            return False
        return True

    # -- figures

    def row(self, measure: str) -> str:
        """What one row is worth."""
        if measure.startswith("count "):
            return self.counted(measure.removeprefix("count "))
        known = self.lexicon.measures[measure]
        if self.name not in known.rows:
            raise CannotCombine(measure)
        return known.rows[self.name]

    def counted(self, noun: str) -> str:
        """What is counted where the number of different things is asked for."""
        if noun == "transaction":
            return self.relation.key
        if noun == "product":
            if not self.relation.sku:
                raise CannotCombine(noun)
            return self.relation.sku
        return self.column(noun)

    def figure(self, measure: str, spread: Spread = "", where: str = "") -> str:
        """The aggregate of a measure over rows, or over those rows only where a predicate holds."""
        part = f" filter (where {where})" if where else ""
        if measure.startswith("count "):
            return f"count(distinct {self.row(measure)}){part}"
        known = self.lexicon.measures[measure]
        if known.agg == "ratio":
            if where or self.name not in known.sql:
                raise CannotCombine(measure)
            return known.sql[self.name]
        row = self.row(measure)
        if known.agg == "count":
            return f"count(distinct {row}){part}"
        if spread:
            if where:
                raise CannotCombine(measure)
            return SPREADS[spread].format(row)
        if known.agg == "row":
            return SPREADS["average"].format(row)
        total = f"coalesce(sum({row}){part}, 0)"
        return f"round({total}, 2)" if known.money else total

    # -- predicates

    def holds(self, given: Filter) -> str:
        """The predicate of a filter."""
        inner = self._holds(given)
        return inner if given.positive else f"({inner}) is not true"

    def _holds(self, given: Filter) -> str:
        kind, values = given.kind, given.values
        listed = ", ".join(map(literal, values))
        if kind == "flag":
            return self._elsewhere(dict(self.lexicon.flags[values[0]].rows), values[0])
        if kind == "worth":
            rows = self.lexicon.measures[values[0]].rows
            return self._elsewhere(
                {name: f"{sql} {values[1]} {values[2]}" for name, sql in rows.items()}, values[0]
            )
        if kind == "weekday":
            return f"extract(isodow from {self.day}) in ({', '.join(values)})"
        if kind == "hours":
            if not self.relation.moment:
                raise CannotCombine(given.words)
            hour = f"extract(hour from {self.relation.moment} at time zone '{self.zone}')"
            return f"({hour} >= {values[0]} and {hour} < {values[1]})"
        if kind == "member":
            return f"{self.column('customer')} = {literal(values[0])}"
        if kind in OF_GOODS and not self.relation.sku:
            if "transaction_id" not in self.relation.key or self.name not in ("tickets", "movements"):
                raise CannotCombine(given.words)
            lines = Source("lines", self.lexicon, self.zone)
            return within(
                "f.transaction_id", f"select f.transaction_id from {lines.sql} where {lines._holds(given)}"
            )
        if kind in ("effect", "flavor"):
            return self._of_product(f"f.{kind}s && array[{listed}]")
        if kind == "sku":
            return f"{self.relation.sku} in ({listed})"
        if kind == "named":
            name = "f.name" if self.name == "products" else "f.product"
            fields = (name, "f.brand", "f.strain")
            return any_of(
                f"strpos(lower({each}), {literal(value.lower())}) > 0" for value in values for each in fields
            )
        if kind == "location" and self.name == "customers":
            raise CannotCombine(given.words)
        if kind in ("tier", "risk", "group", "type", "source", "zip", "state") and self.name != "customers":
            if not self.relation.member:
                raise CannotCombine(given.words)
            return within(
                self.relation.member,
                f"select f.member_id from customers f where f.{self.lexicon.columns[kind]} in ({listed})",
            )
        return f"{self.column(kind)} in ({listed})"

    def _of_product(self, predicate: str) -> str:
        if self.name == "products":
            return predicate
        return within(self.relation.sku, f"select f.sku from products f where {predicate}")

    def _elsewhere(self, rows: dict[str, str], words: str) -> str:
        """A predicate that holds of a row, of its customer, its product, its ticket or its visit."""
        if self.name in rows:
            return rows[self.name]
        relation = self.relation
        if "customers" in rows and relation.member:
            return within(relation.member, f"select f.member_id from customers f where {rows['customers']}")
        if "products" in rows and relation.sku:
            return within(relation.sku, f"select f.sku from products f where {rows['products']}")
        if "tickets" in rows and self.name == "lines":
            return within("f.transaction_id", f"select f.transaction_id from sales f where {rows['tickets']}")
        if "lines" in rows and self.name == "tickets":
            return within("f.transaction_id", f"select f.transaction_id from sale_lines f where {rows['lines']}")
        if "visits" in rows and self.name in ("tickets", "lines"):
            return within(
                "(f.member_id, f.day)", f"select f.member_id, f.day from visits f where {rows['visits']}"
            )
        raise CannotCombine(words)

    def within(self, spans: Sequence[Span]) -> str:
        """The predicate of the periods, any of them."""
        return any_of(self._span(each) for each in spans) if spans else ""

    def _span(self, span: Span) -> str:
        if span.hours is not None and self.relation.moment:
            return f"{self.relation.moment} > now() - interval '{span.hours} hours'"
        first = [f"{self.day} >= date '{span.first}'"] if span.first else []
        return all_of([*first, f"{self.day} < date '{span.last + timedelta(days=1)}'"])

    def belongs(self, condition: Condition) -> str:
        """The predicate that a row's customer (or product, brand ...) belongs to a set."""
        of = condition.of
        key = self.counted(of)
        customer_rows = [each for each in condition.bounds if self._is_customer_figure(each)]
        if condition.verb == "join":
            if condition.filters or condition.bounds:
                raise CannotCombine("joined")
            joined = Source("customers", self.lexicon, self.zone)
            when = joined.within(condition.spans) or "f.date_joined is not null"
            inner = within(key, f"select f.member_id from customers f where {when}")
            return inner if condition.positive else f"({inner}) is not true"
        if customer_rows and len(customer_rows) == len(condition.bounds) and not condition.filters:
            rows = all_of(
                self._holds(Filter("worth", (each.measure, each.sign, str(each.number)))) for each in customer_rows
            )
            return rows if condition.positive else f"({rows}) is not true"
        source = Source(_relation_of(of, condition), self.lexicon, self.zone)
        inner_key = source.counted(of)
        where = all_of([source.within(condition.spans), *map(source.holds, condition.filters)])
        having = all_of(f"{source.figure(each.measure)} {each.sign} {each.number}" for each in condition.bounds)
        grouped = f" group by {inner_key} having {having}" if having else ""
        inside = (
            f"select {inner_key} from {source.sql} where {all_of([where, f'{inner_key} is not null'])}{grouped}"
        )
        predicate = within(key, inside)
        if condition.only and not condition.filters:
            if not condition.spans:
                raise CannotCombine("only")
            outside = f"not ({source.within(condition.spans)}) and {inner_key} is not null"
            predicate += f" and not ({within(key, f'select {inner_key} from {source.sql} where {outside}')})"
        if condition.only and condition.filters:
            other = all_of(
                [
                    source.within(condition.spans),
                    f"({all_of(map(source.holds, condition.filters[-1:]))}) is not true",
                    f"{inner_key} is not null",
                ]
            )
            predicate += f" and not ({within(key, f'select {inner_key} from {source.sql} where {other}')})"
        return predicate if condition.positive else f"({predicate}) is not true"

    def deeds(self, condition: Condition) -> tuple[str, tuple[str, ...]]:
        """A query of the customers who did something, and the figures that it has of what they did."""
        source = Source(_relation_of("customer", condition), self.lexicon, self.zone)
        figures = {
            "lines": ("units", "sales"),
            "tickets": ("transactions", "sales"),
            "visits": ("visits",),
            "refunds": ("refunds", "refunded_amount"),
        }[source.name]
        if condition.bounds and condition.bounds[0].measure in figures:
            figures = (
                condition.bounds[0].measure,
                *(each for each in figures if each != condition.bounds[0].measure),
            )
        names = tuple({"sales": "spent"}.get(each, self.lexicon.measures[each].en) for each in figures)
        columns = ", ".join(f"{source.figure(each)} as {name}" for each, name in zip(figures, names, strict=True))
        where = all_of(
            [source.within(condition.spans), *map(source.holds, condition.filters), "f.member_id is not null"]
        )
        having = all_of(f"{source.figure(each.measure)} {each.sign} {each.number}" for each in condition.bounds)
        grouped = f" group by f.member_id{f' having {having}' if having else ''}"
        return f"select f.member_id, {columns} from {source.sql} where {where}{grouped}", names

    def _is_customer_figure(self, bound: Bound) -> bool:
        known = self.lexicon.measures.get(bound.measure)
        return known is not None and known.relations == ("customers",)


def _relation_of(of: str, condition: Condition) -> str:
    """The relation in which a condition is checked."""
    counted = {bound.measure for bound in condition.bounds}
    goods = any(each.kind in OF_GOODS for each in condition.filters)
    if (
        of in GOODS
        or of == "transaction"
        or goods
        or counted & ({f"count {each}" for each in GOODS} | {"units", "margin"})
    ):
        return "lines"
    if any(
        each.kind == "flag" and each.values[0] in ("first_visit", "return_visit") for each in condition.filters
    ):
        return "visits" if len(condition.filters) == 1 and not counted - {"visits"} else "tickets"
    if counted & {"visits", "days_between"} and not condition.filters:
        return "visits"
    if counted & {"refunds", "refunded_amount"}:
        return "refunds"
    return "tickets"


def within(key: str, query: str) -> str:
    """The predicate that a query yields a key; "is true" keeps it a set that is made once, whatever the planner guesses."""
    return f"({key} in ({query})) is true"


def all_of(predicates: Iterable[str]) -> str:
    """All of these, empty ones left out; "" where there is none."""
    return " and ".join(each for each in predicates if each)


def any_of(predicates: Iterable[str]) -> str:
    """Any of these."""
    return f"({' or '.join(predicates)})"
