"""Predicates of filters and conditions over one relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from motabot.db.literal import literal
from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.columns import CannotCombine, Columns, all_of, any_of, in_set
from motabot.offline.staff.frames.draft import GOODS, OF_GOODS
from motabot.offline.staff.frames.frame import Bound, Filter, SetCondition

#: The column of what was written, by relation.
_WORDS = {"texts": "f.content", "conversations": "f.last_text", "leads": "f.last_message"}


@dataclass
class Source(Columns):
    """A relation whose rows can be narrowed down."""

    def holds(self, given: Filter) -> str:
        """The predicate of a filter."""
        inner = self._holds(given)
        own = inner if given.positive else f"({inner}) is not true"
        return any_of([own, *map(self.holds, given.others)]) if given.others else own

    def _holds(self, given: Filter) -> str:
        kind, values = given.kind, given.values
        listed = ", ".join(map(literal, values))
        if kind == "flag":
            rows = self.lexicon.flags[values[0]].rows
            return self._elsewhere(
                {name: sql.replace("{zone}", self.zone) for name, sql in rows.items()}, values[0]
            )
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
            return any_of(self.in_hours(*window) for window in zip(values[::2], values[1::2], strict=True))
        if kind == "said":
            column = _WORDS.get(self.name)
            if column is None:
                raise CannotCombine(given.words)
            return all_of(f"{column} ~* {literal(f'{chr(92)}m({value})')}" for value in values)
        if kind == "soon":
            return self._bought_soon(values[0])
        if kind == "usual":
            return self._usual(values[0], values[1:])
        if kind == "blank":
            return f"coalesce(btrim({self.column(values[0])}::text), '') = ''"
        if kind == "member":
            return f"{self.column('customer')} = {literal(values[0])}"
        if kind in OF_GOODS and not self.relation.sku:
            if "transaction_id" not in self.relation.key or self.name not in ("tickets", "movements"):
                raise CannotCombine(given.words)
            lines = Source("lines", self.lexicon, self.zone)
            return in_set(
                "f.transaction_id", f"select f.transaction_id from {lines.sql} where {lines._holds(given)}"
            )
        if kind in ("effect", "flavor"):
            return self._of_product(f"f.{kind}s && array[{listed}]")
        if kind == "sku":
            return f"{self.relation.sku} in ({listed})"
        if kind == "named":
            return self._named(values)
        if kind == "location" and self.name == "customers":
            raise CannotCombine(given.words)
        if kind in ("tier", "risk", "group", "type", "source", "zip", "state") and self.name != "customers":
            if not self.relation.member:
                raise CannotCombine(given.words)
            return in_set(
                self.relation.member,
                f"select f.member_id from customers f where f.{self.lexicon.columns[kind]} in ({listed})",
            )
        return f"{self.column(kind)} in ({listed})"

    def _bought_soon(self, days: str) -> str:
        """The predicate that a text's customer bought something within a number of days after it."""
        if self.name != "texts":
            raise CannotCombine("within")
        bought = "select from customers c join sales q on q.member_id = c.member_id where c.phone = f.phone_number"
        until = f"q.day = {self.day}" if days == "0" else f"q.sold_at <= f.timestamp + interval '{days} days'"
        return f"exists ({bought} and q.sold_at > f.timestamp and {until})"

    def _usual(self, kind: str, values: Sequence[str]) -> str:
        """The predicate that a row's customer most often has one of these: "mostly shop in Oakland"."""
        if not self.relation.member:
            raise CannotCombine(kind)
        source = Source("lines" if kind in OF_GOODS else "tickets", self.lexicon, self.zone)
        column = source.column(kind)
        often = "sum(f.units)" if kind in OF_GOODS else "count(*)"
        rank = f"row_number() over (partition by f.member_id order by {often} desc, {column})"
        each = f"select f.member_id, {column} as usual, {rank} as place from {source.sql} where {column} is not null group by 1, 2"
        listed = ", ".join(map(literal, values))
        return in_set(
            self.relation.member, f"select u.member_id from ({each}) u where u.place = 1 and u.usual in ({listed})"
        )

    def _of_product(self, predicate: str) -> str:
        if self.name == "products":
            return predicate
        return in_set(self.relation.sku, f"select f.sku from products f where {predicate}")

    def _elsewhere(self, rows: dict[str, str], words: str) -> str:
        """A predicate about a row, its customer, its product, its ticket or its visit."""
        if self.name in rows:
            return rows[self.name]
        relation = self.relation
        if "customers" in rows and relation.member:
            return in_set(relation.member, f"select f.member_id from customers f where {rows['customers']}")
        if "products" in rows and relation.sku:
            return in_set(relation.sku, f"select f.sku from products f where {rows['products']}")
        if "tickets" in rows and self.name == "lines":
            return in_set("f.transaction_id", f"select f.transaction_id from sales f where {rows['tickets']}")
        if "lines" in rows and self.name == "tickets":
            return in_set("f.transaction_id", f"select f.transaction_id from sale_lines f where {rows['lines']}")
        if "visits" in rows and self.name in ("tickets", "lines"):
            return in_set(
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

    def belongs(self, condition: SetCondition) -> str:
        """The predicate that a row's customer (or product, brand ...) belongs to a set."""
        of = condition.of
        key = self.counted(of)
        customer_rows = [each for each in condition.bounds if self._is_customer_figure(each)]
        if condition.verb == "join":
            if condition.filters or condition.bounds:
                raise CannotCombine("joined")
            joined = Source("customers", self.lexicon, self.zone)
            when = joined.within(condition.spans) or "f.date_joined is not null"
            inner = in_set(key, f"select f.member_id from customers f where {when}")
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
        predicate = in_set(key, inside)
        if condition.only and not condition.filters:
            if not condition.spans:
                raise CannotCombine("only")
            outside = f"not ({source.within(condition.spans)}) and {inner_key} is not null"
            predicate += f" and not ({in_set(key, f'select {inner_key} from {source.sql} where {outside}')})"
        if condition.only and condition.filters:
            other = all_of(
                [
                    source.within(condition.spans),
                    f"({all_of(map(source.holds, condition.filters[-1:]))}) is not true",
                    f"{inner_key} is not null",
                ]
            )
            predicate += f" and not ({in_set(key, f'select {inner_key} from {source.sql} where {other}')})"
        return predicate if condition.positive else f"({predicate}) is not true"

    def deeds(self, condition: SetCondition) -> tuple[str, tuple[str, ...]]:
        """A query for the customers who did something, and the figures about it that the query returns."""
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


def _relation_of(of: str, condition: SetCondition) -> str:
    """The relation in which a condition is checked."""
    if condition.verb == "again":
        return "visits"
    counted = {bound.measure for bound in condition.bounds}
    goods = any(
        each.kind in OF_GOODS or (each.kind == "flag" and each.values[0] in ("active", "inactive"))
        for each in condition.filters
    )
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
