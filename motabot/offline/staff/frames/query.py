"""The figures of a frame, by its groupings."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.columns import SPREADS, CannotCombine, all_of, in_set
from motabot.offline.staff.frames.day_query import days_of, is_over_all_days
from motabot.offline.staff.frames.draft import GOODS, TIMES
from motabot.offline.staff.frames.expressions import Source
from motabot.offline.staff.frames.frame import FigureFrame, Spread
from motabot.offline.staff.frames.sources import Sources

#: The most rows of a query if the question names no number.
MOST = 1000
#: Column names of groupings, if they differ from the grouping's name.
ALIASES = {
    "group": "member_group", "type": "customer_type", "status": "lead_status", "payment": "payment_type", "risk": "churn_risk",
    "source": "marketing_source", "zip": "zip_code", "newness": "visit",
}  # fmt: skip
#: Rows that name a customer by the phone number.
_BY_PHONE = frozenset(("text", "thread"))


class Query(Sources):
    """What all queries of a frame have in common."""

    def _where(self, source: Source, spans: tuple[Span, ...] | None = None) -> str:
        frame = self._frame
        predicates = [source.within(frame.spans if spans is None else spans)]
        predicates += [source.holds(each) for each in frame.filters]
        predicates += [source.belongs(each) for each in frame.conditions]
        if frame.top_of is not None:
            predicates.append(self._is_top(source, frame.top_of))
        if frame.ranked:
            predicates += [
                f"{source.column(name)} is not null" for name in frame.by if name in GOODS and frame.measures
            ]
        return all_of(predicates) or "true"

    def _is_top(self, source: Source, ranking: FigureFrame) -> str:
        """The predicate of the rows of another frame: the first of its ranking, or those that it lists."""
        query = type(self)(ranking, self._lexicon, self._today, self._zone).compile().sql
        if len(ranking.by) == 1:
            of = ranking.by[0]
            key = "member_id" if of == "customer" else ALIASES.get(of, of)
            return in_set(source.column(of), f"select {key} from ({query}) as first_ones")
        if ranking.by or ranking.measures:
            raise CannotCombine("that")
        if ranking.of == "product":
            key = "sku" if "sku" in query.partition(" from ")[0] else "product"
            return in_set(
                source.counted("product") if key == "sku" else source.column("product"),
                f"select {key} from ({query}) as listed",
            )
        member = source.column("customer")
        if ranking.of in _BY_PHONE:
            query = f"select c.member_id from customers c join ({query}) q on q.phone_number = c.phone"
        return in_set(member, f"select member_id from ({query}) as listed")

    def _columns(self, source: Source) -> tuple[list[str], list[str], list[str]]:
        """The groupings as columns, as expressions, and by their names."""
        shown, grouped, names = list[str](), list[str](), list[str]()
        for name in self._frame.by:
            if name == "customer":
                if source.name != "customers":
                    source.joins.add("c")
                alias = "f" if source.name == "customers" else "c"
                told = tuple(dict.fromkeys(("name", "member_id", *self._frame.shows)))
                shown += [f"{alias}.{each}" for each in told]
                grouped += [f"{alias}.{each}" for each in told]
                names += told
            else:
                alias = column_name(name)
                expression = source.column(name)
                shown.append(f"{expression} as {alias}")
                grouped.append(expression)
                names.append(alias)
        return shown, grouped, names

    def _name(self, measure: str, spread: Spread = "") -> str:
        frame = replace(self._frame, spread=spread) if spread else self._frame
        if measure.startswith("count "):
            noun = measure.removeprefix("count ")
            name = {"person": "staff", "category": "categories", "day": "days"}.get(noun, f"{noun}s")
            if noun == "customer" and any(each.verb == "join" for each in frame.conditions):
                name = "new_customers"
        else:
            name = "spent" if measure == "sales" and "customer" in frame.by else self._lexicon.measures[measure].en
        if frame.spread and measure == frame.measures[0]:
            prefix = "" if name.startswith(frame.spread) else f"{frame.spread}_"
            suffix = f"_per_{frame.per}" if frame.per else ""
            if not frame.per and measure in ("sales", "average_sale"):
                return {
                    "average": "average_sale",
                    "median": "median_sale",
                    "highest": "highest_sale",
                    "lowest": "lowest_sale",
                }[frame.spread]
            return f"{prefix}{name}{suffix}"
        return name

    def _figures(self, source: Source) -> list[str]:
        """The figures as columns."""
        frame = self._frame
        measures = [*frame.measures, *([frame.rank] if frame.rank and frame.rank not in frame.measures else [])]
        return [
            *(
                f"{source.figure(measures[0], spread)} as {self._name(measures[0], spread)}"
                for spread in frame.spreads or (frame.spread,)
            ),
            *(f"{source.figure(each)} as {self._name(each)}" for each in measures[1:]),
        ]

    def _grouped(self, source: Source, *, ordered: bool, spans: tuple[Span, ...] | None = None) -> str:
        frame = self._frame
        per = self._per(source)
        shown, grouped, names = self._columns(source)
        where = self._where(source, spans)
        bounds = all_of(f"{source.figure(each.measure)} {each.sign} {each.number}" for each in frame.bounds)
        having = f" having {bounds}" if bounds else ""
        group = f" group by {', '.join(grouped)}" if grouped else ""
        if per:
            sql = self._spread_over(source, per, shown, grouped, names, where)
        else:
            figures = self._figures(source)
            extra = self._beside(source)
            sql = f"select {', '.join([*shown, *figures, *extra])} from {source.sql} where {where}{group}{having}"
        return sql + (self._order(source, names, is_nested=bool(per)) if ordered and names else "")

    def _spread_over(
        self, source: Source, per: str, shown: list[str], grouped: list[str], names: list[str], where: str
    ) -> str:
        """Figures added up by customer, day, ticket ..., and then averaged."""
        frame = self._frame
        if frame.bounds or frame.rank:
            raise CannotCombine(frame.bounds[0].words if frame.bounds else frame.rank)
        spreads = frame.spreads or (frame.spread,)
        values = [f"{source.figure(each)} as figure_{n}" for n, each in enumerate(frame.measures)]
        grouping = ", ".join([*grouped, per])
        inner = f"select {', '.join([*shown, *values])} from {source.sql} where {where} group by {grouping}"
        figures = [
            f"{SPREADS[spread].format(f'figure_{n}')} as {self._spread_name(measure, spread)}"
            for n, measure in enumerate(frame.measures)
            for spread in spreads
        ]
        many = "count(*)"
        if is_over_all_days(frame):
            many = days_of(frame, source)
            figures = [
                f"round(sum(figure_{n})::numeric / nullif({many}, 0), 2) as {self._spread_name(measure, frame.spread)}"
                for n, measure in enumerate(frame.measures)
            ]
        outer = [*names, *figures, f"{many} as {plural(frame.per)}"]
        group = f" group by {', '.join(names)}" if names else ""
        return f"select {', '.join(outer)} from ({inner}) as found{group}"

    def _spread_name(self, measure: str, spread: Spread) -> str:
        """The column of a figure that was added up first."""
        frame = self._frame
        if measure == frame.measures[0]:
            return self._name(measure, spread)
        return f"{spread}_{self._name(measure)}_per_{frame.per}"

    def _beside(self, source: Source) -> list[str]:
        """How many cases a figure is based on."""
        frame = self._frame
        first = frame.measures[0]
        is_mean = frame.spread in ("average", "median") or first in (
            "average_sale",
            "margin_percent",
            "units_per_sale",
        )
        beside: list[str] = []
        if source.name == "lines" and first == "sales" and not frame.spread:
            beside += ["units", "list_sales"]
        if first == "margin" and not frame.spread:
            beside += ["margin_percent", "sales"]
        if source.name in ("tickets", "lines") and (is_mean or first in ("sales", "net_sales")):
            beside.append("transactions")
        if source.name == "refunds" and first in ("refunds", "refunded_amount") and not frame.spread:
            beside += ["refunds", "refunded_amount"]
        if source.name == "movements" and first == "refund_rate":
            return ["count(*) filter (where f.kind = 'refund') as refunds, count(*) as transactions"]
        if source.name == "leads" and first == "conversion":
            beside.append("leads")
        return [
            f"{source.figure(each)} as {self._name(each)}"
            for each in beside
            if each not in (*frame.measures, frame.rank)
        ]

    def _per(self, source: Source) -> str:
        frame = self._frame
        if not frame.spread:
            return ""
        if frame.per == "transaction":
            return source.relation.key
        if frame.per == "conversation":
            if source.name != "texts":
                raise CannotCombine("conversation")
            return "f.phone_number"
        if frame.per == "hour":
            return f"{source.day}, {source.column('hour')}"
        if frame.per == "visit":
            return f"{source.column('customer')}, {source.day}"
        if frame.per:
            return source.column(frame.per)
        first = self._lexicon.measures.get(frame.measures[0])
        if (
            source.name == "lines"
            and first is not None
            and first.agg == "sum"
            and frame.measures[0] in ("sales", "net_sales", "units", "discounts", "margin")
        ):
            self._frame = replace(frame, per="transaction")
            return source.relation.key
        return ""

    def _rank_column(self) -> str:
        frame = self._frame
        return self._name(frame.rank) if frame.rank else self._name(frame.measures[0])

    def _order(self, source: Source, names: list[str], *, is_nested: bool) -> str:
        frame = self._frame
        falls = "desc" if frame.falls else "asc"
        limit = f" limit {frame.limit}" if frame.limit else "" if set(frame.by) & TIMES else f" limit {MOST}"
        if frame.percent_limit:
            raise CannotCombine(f"{frame.limit} %")
        if frame.by[0] in TIMES and not frame.ranked:
            if frame.by == ("weekday",) and not is_nested:
                return f" order by min(extract(isodow from {source.day}))"
            return f" order by {', '.join(names)}{limit}"
        if len(frame.by) > 1 and not frame.ranked:
            return f" order by {', '.join(names)}{limit}"
        return f" order by {self._rank_column()} {falls} nulls last, {', '.join(reversed(names))}{limit}"


def column_name(grouping: str) -> str:
    """What the column of a grouping is called."""
    if grouping.startswith(("named:", "hours:")):
        return "which" if grouping.startswith("named:") else "time_of_day"
    return ALIASES.get(grouping, grouping)


def plural(name: str) -> str:
    return {"person": "staff", "category": "categories"}.get(name, f"{name}s")
