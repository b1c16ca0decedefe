"""The query of a frame over the reporting views."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, OF_GOODS, TIMES
from motabot.offline.staff.frames.expressions import SPREADS, CannotCombine, Source, all_of, within
from motabot.offline.staff.frames.frame import Filter, Frame, Spread
from motabot.offline.staff.frames.lexicon import Lexicon

_MOST = 1000
#: What columns of groupings are called, where that is another word.
_ALIASES = {
    "group": "member_group", "type": "customer_type", "status": "lead_status", "payment": "payment_type", "risk": "churn_risk",
    "source": "marketing_source", "zip": "zip_code",
}  # fmt: skip
_LISTED = {
    "customer": "f.name, f.member_id, f.phone, f.vip_status, f.total_visits as visits, f.lifetime_value, f.last_visited",
    "product": "f.sku, f.name, f.brand, f.category, f.retail_price, f.cost, f.thc_content, f.is_active",
}


@dataclass(frozen=True)
class Compiled:
    """A query, and what it rests on.

    Attributes:
        sql: The query.
        relation: The relation whose rows are counted.
        rank: The column by which its rows are ranked, or "".
        periods: The periods that are set against each other, the newest first.
    """

    sql: str
    relation: str
    rank: str = ""
    periods: tuple[tuple[str, Span], ...] = ()


class Compiler:
    """Writes the query of one frame."""

    def __init__(self, frame: Frame, lexicon: Lexicon, today: date, zone: str, member: str = "") -> None:
        """
        Args:
            frame: What is asked.
            lexicon: The words of figures.
            today: The day in the shop's zone.
            zone: The shop's zone.
            member: The member id of the one customer who is meant, or its handle.
        """
        self._frame = _lifted(frame)
        if member:
            self._frame = replace(self._frame, filters=(*self._frame.filters, Filter("member", (member,))))
        self._lexicon = lexicon
        self._today = today
        self._zone = zone

    def compile(self) -> Compiled:
        """The query.

        Raises:
            CannotCombine: The data has no such figure.
        """
        frame = self._frame
        if not frame.measures:
            return self._listing()
        source = self._source()
        if (
            source.name == "products"
            and frame.by == ("product",)
            and not frame.change
            and frame.share is None
            and not frame.per
        ):
            return self._products(source)
        if frame.share is not None:
            return self._share(source)
        if frame.change == "between":
            return self._between(source)
        if frame.change == "steps":
            return self._steps(source)
        if frame.counts_groups:
            inner = self._grouped(source, ordered=False)
            return Compiled(f"select count(*) as {frame.of}s from ({inner}) as found", source.name)
        if frame.each:
            return self._of_each(source)
        return Compiled(self._grouped(source, ordered=True), source.name, self._rank_column())

    # -- sources

    def _source(self) -> Source:
        """The relation that has all that is asked."""
        frame = self._frame
        wanted = [*frame.measures, *([frame.rank] if frame.rank else []), *(each.measure for each in frame.bounds)]
        usual = self._relations(wanted[0])
        candidates = [name for name in usual if all(name in self._relations(other) for other in wanted)]
        reasons: list[str] = []
        for strict in (True, False):
            for name in candidates:
                source = Source(name, self._lexicon, self._zone)
                try:
                    if (
                        strict
                        and not source.relation.sku
                        and any(each.kind in OF_GOODS for each in self._every_filter())
                    ):
                        continue
                    self._try(source)
                except CannotCombine as error:
                    reasons.append(str(error))
                    continue
                return Source(name, self._lexicon, self._zone)
        raise CannotCombine(reasons[-1] if reasons else " / ".join(wanted))

    def _every_filter(self) -> tuple[Filter, ...]:
        share = self._frame.share
        return (*self._frame.filters, *(share.filters if share else ()))

    def _relations(self, measure: str) -> tuple[str, ...]:
        frame = self._frame
        if not measure.startswith("count "):
            return self._lexicon.measures[measure].relations
        noun = measure.removeprefix("count ")
        is_fact = bool(frame.spans) or len(frame.measures) > 1 or bool(frame.per)
        if noun == "customer":
            facts = ("tickets", "lines", "visits", "refunds", "customers")
            if any(each.verb == "join" for each in frame.conditions):
                return ("customers", *facts[:-1])
            return facts if (is_fact and frame.of != "customer") or frame.spans else ("customers", *facts[:-1])
        if noun in GOODS:
            return ("lines",) if is_fact or frame.per or (frame.by and frame.of != noun) else ("products", "lines")
        if noun == "person":
            return ("tickets", "lines", "refunds") if is_fact else ("staff", "tickets", "lines", "refunds")
        return ("tickets", "lines", "refunds", "customers", "products", "leads", "texts")

    def _try(self, source: Source) -> None:
        """Raise CannotCombine where the relation lacks something."""
        frame = self._frame
        timed = bool(frame.spans) or bool(set(frame.by) & TIMES)
        if source.name == "customers" and timed and not any(each.verb == "join" for each in frame.conditions):
            raise CannotCombine(frame.spans[0].said if frame.spans else frame.by[0])
        for name in frame.by:
            source.column(name)
        if frame.per and frame.per not in ("transaction", "visit", "conversation"):
            source.column(frame.per)
        for each in self._every_filter():
            source.holds(each)
        for measure in (*frame.measures, *([frame.rank] if frame.rank else [])):
            source.figure(measure)
        if frame.spans:
            source.within(frame.spans)
        for condition in (*frame.conditions, *(frame.share.conditions if frame.share else ())):
            source.belongs(condition)

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

    # -- grouped figures

    def _is_top(self, source: Source, ranking: Frame) -> str:
        """The predicate of the first of another frame's ranking."""
        if len(ranking.by) != 1 or ranking.by[0] in TIMES:
            raise CannotCombine("that")
        of = ranking.by[0]
        first = replace(ranking, limit=1, ranked=True)
        query = Compiler(first, self._lexicon, self._today, self._zone).compile().sql
        key = "member_id" if of == "customer" else _ALIASES.get(of, of)
        return within(source.column(of), f"select {key} from ({query}) as first_one")

    def _columns(self, source: Source) -> tuple[list[str], list[str], list[str]]:
        """The groupings as columns, as expressions, and by their names."""
        shown, grouped, names = [], [], []
        for name in self._frame.by:
            if name == "customer":
                if source.name != "customers":
                    source.joins.add("c")
                alias = "f" if source.name == "customers" else "c"
                shown += [f"{alias}.name", f"{alias}.member_id"]
                grouped += [f"{alias}.name", f"{alias}.member_id"]
                names += ["name", "member_id"]
            else:
                alias = "which" if name.startswith("named:") else _ALIASES.get(name, name)
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
            value = source.figure(frame.measures[0])
            inner = f"select {', '.join([*shown, f'{value} as figure'])} from {source.sql} where {where} group by {', '.join([*grouped, per])}"
            spreads = frame.spreads or (frame.spread,)
            first = frame.measures[0]
            figures = [f"{SPREADS[each].format('figure')} as {self._name(first, each)}" for each in spreads]
            outer = [*names, *figures, f"count(*) as {_plural(frame.per)}"]
            sql = f"select {', '.join(outer)} from ({inner}) as found" + (
                f" group by {', '.join(names)}" if names else ""
            )
        else:
            figures = self._figures(source)
            extra = self._beside(source)
            sql = f"select {', '.join([*shown, *figures, *extra])} from {source.sql} where {where}{group}{having}"
        return sql + (self._order(source, names, is_nested=bool(per)) if ordered and names else "")

    def _of_each(self, source: Source) -> Compiled:
        """The largest of each group: "the best seller in each store"."""
        frame = self._frame
        thing, group = (_ALIASES.get(each, each) for each in frame.by)
        rank, falls = self._rank_column(), "desc" if frame.falls else "asc"
        inner = self._grouped(source, ordered=False)
        window = f"(partition by {group} order by {rank} {falls} nulls last)"
        placed = f"select found.*, rank() over {window} as place from ({inner}) as found"
        sql = f"select * from ({placed}) as each_one where place <= {frame.limit or 1} order by {group}, place, {thing}"
        return Compiled(sql, source.name, rank)

    def _beside(self, source: Source) -> list[str]:
        """How many cases a figure rests on."""
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
        limit = f" limit {frame.limit}" if frame.limit else "" if set(frame.by) & TIMES else f" limit {_MOST}"
        if frame.percent_limit:
            raise CannotCombine(f"{frame.limit} %")
        if frame.by[0] in TIMES and not frame.ranked:
            if frame.by == ("weekday",) and not is_nested:
                return f" order by min(extract(isodow from {source.day}))"
            return f" order by {', '.join(names)}{limit}"
        if len(frame.by) > 1 and not frame.ranked:
            return f" order by {', '.join(names)}{limit}"
        return f" order by {self._rank_column()} {falls} nulls last, {', '.join(reversed(names))}{limit}"

    # -- shares

    def _share(self, source: Source) -> Compiled:
        frame = self._frame
        assert frame.share is not None
        measure = frame.measures[0]
        name = self._name(measure)
        if frame.spread or frame.per:
            raise CannotCombine(frame.spread or frame.per)
        shown, grouped, names = self._columns(source)
        where = self._where(source)
        whole = source.figure(measure)
        if frame.share.of_measure:
            other = source.figure(frame.measures[1])
            percent = f"round(100.0 * {whole} / nullif({other}, 0), 1) as share_percent"
            shares = f"{percent}, {whole} as {name}, {other} as {self._name(frame.measures[1])}"
            return Compiled(f"select {shares} from {source.sql} where {where}", source.name, "share_percent")
        if frame.share.filters or frame.share.conditions:
            part = all_of(
                [
                    *map(source.holds, frame.share.filters),
                    *(source.belongs(each) for each in frame.share.conditions),
                ]
            )
            partly = source.figure(measure, where=part)
            share = f"round(100.0 * {partly} / nullif({whole}, 0), 1) as share_percent"
            group = f" group by {', '.join(grouped)}" if grouped else ""
            listed = [*shown, share, f"{partly} as {name}", f"{whole} as {name}_in_all"]
            order = self._order_share(names)
            return Compiled(
                f"select {', '.join(listed)} from {source.sql} where {where}{group}{order}",
                source.name,
                "share_percent",
            )
        if not grouped:
            raise CannotCombine("share")
        total = f"(select {whole} from {source.sql} where {where})"
        inner = f"select {', '.join([*shown, f'{whole} as {name}'])} from {source.sql} where {where} group by {', '.join(grouped)}"
        if frame.limit and frame.ranked:
            rank = f"row_number() over (order by {name} {'desc' if frame.falls else 'asc'} nulls last)"
            most = f"ceil({frame.limit} * count(*) over () / 100.0)" if frame.percent_limit else str(frame.limit)
            ranked = f"select {name}, {rank} <= {most} as is_top from ({inner}) as each_one"
            columns_ = f"round(100.0 * sum({name}) filter (where is_top) / nullif(sum({name}), 0), 1) as share_percent, sum({name}) filter (where is_top) as {name}, sum({name}) as {name}_in_all"
            return Compiled(f"select {columns_} from ({ranked}) as found", source.name, "share_percent")
        base = f"sum({name}) over (partition by {names[0]})" if len(frame.by) > 1 else total
        columns = f"{', '.join(names)}, round(100.0 * {name} / nullif({base}, 0), 1) as share_percent, {name}"
        return Compiled(
            f"select {columns} from ({inner}) as found{self._order_share(names)}", source.name, "share_percent"
        )

    def _order_share(self, names: list[str]) -> str:
        if not names:
            return ""
        if self._frame.by[0] in TIMES:
            return f" order by {names[0]}"
        return f" order by share_percent {'desc' if self._frame.falls else 'asc'} nulls last, {names[0]}"

    # -- changes

    def _between(self, source: Source) -> Compiled:
        frame = self._frame
        now, then = (each.until(self._today) for each in frame.spans[:2])
        name = self._name(frame.measures[0])
        if not frame.by:
            return self._periods(source, now, then, name)
        _shown, _grouped, names = self._columns(source)
        single = replace(frame, measures=frame.measures[:1], rank="", bounds=())
        self._frame = single
        one = self._grouped(source, ordered=False, spans=(now,))
        two = self._grouped(source, ordered=False, spans=(then,))
        change = f"coalesce(a.{name}, 0) - coalesce(b.{name}, 0)"
        percent = f"round(100.0 * ({change}) / nullif(b.{name}, 0), 1) as change_percent"
        keys = [f"coalesce(a.{each}, b.{each}) as {each}" for each in names]
        joined = " and ".join(f"a.{each} is not distinct from b.{each}" for each in names)
        columns = [
            *keys,
            f"coalesce(a.{name}, 0) as {name}",
            f"coalesce(b.{name}, 0) as {name}_before",
            f"{change} as change",
            percent,
        ]
        order = f" order by {'change' if frame.ranked or len(names) == 1 else ', '.join(names)} {'desc' if frame.falls else 'asc'}"
        limit = f" limit {frame.limit}" if frame.limit else ""
        grown = f" where change {'>' if frame.falls else '<'} 0" if "customer" in frame.by else ""
        # a full join needs a hashable condition, which "is not distinct from" is not
        sql = f"select {', '.join(columns)} from ({one}) a left join ({two}) b on {joined}"
        lost = f"select {', '.join(columns)} from ({two}) b left join ({one}) a on {joined} where a.{names[0]} is null"
        return Compiled(
            f"select * from ({sql} union {lost}) as found{grown}{order}{limit}",
            source.name,
            "change",
            (("", now), ("", then)),
        )

    def _periods(self, source: Source, now: Span, then: Span, name: str) -> Compiled:
        frame = self._frame
        rows = [now]
        unfinished = frame.spans[0].last >= self._today and now.first and then.first and then.last < self._today
        if unfinished and now.first and then.first:
            same = Span(then.first, min(then.last, then.first + (now.last - now.first)), then.said)
            rows += [same] if same.last < then.last else []
        rows.append(then)
        self._frame = replace(frame, by=())
        selects = []
        for n, span in enumerate(rows):
            inner = self._grouped(source, ordered=False, spans=(span,))
            selects.append(
                f"select {n} as place, date '{span.first}' as first_day, date '{span.last}' as last_day, found.* from ({inner}) as found"
            )
        base = f"first_value({name}) over (order by place)"
        change = f"case when place > 0 then {base} - {name} end as change_since"
        percent = f"case when place > 0 then round(100.0 * ({base} - {name}) / nullif({name}, 0), 1) end as change_percent"
        sql = f"select first_day, last_day, {name}, {change}, {percent} from ({' union all '.join(selects)}) as periods order by place"
        return Compiled(sql, source.name, name, tuple(("", each) for each in rows))

    def _steps(self, source: Source) -> Compiled:
        frame = self._frame
        name = self._name(frame.measures[0])
        _shown, _grouped, names = self._columns(source)
        self._frame = replace(frame, measures=frame.measures[:1])
        inner = self._grouped(source, ordered=False)
        time = _ALIASES.get(frame.by[-1], frame.by[-1])
        others = [each for each in names if each != time]
        window = f"(partition by {', '.join(others)} order by {time})" if others else f"(order by {time})"
        before = f"lag({name}, {frame.lag}) over {window}"
        columns = [
            *names,
            name,
            f"{before} as {name}_before",
            f"round(100.0 * ({name} - {before}) / nullif({before}, 0), 1) as growth_percent",
        ]
        order = (
            f"growth_percent {'desc' if frame.falls else 'asc'} nulls last"
            if frame.ranked
            else ", ".join([*others, time])
        )
        limit = f" limit {frame.limit}" if frame.limit else ""
        return Compiled(
            f"select {', '.join(columns)} from ({inner}) as found order by {order}{limit}",
            source.name,
            "growth_percent",
        )

    # -- lists

    def _listing(self) -> Compiled:
        frame = self._frame
        if frame.percent_limit or frame.bounds:
            raise CannotCombine("limit")
        limit = f" limit {frame.limit or _MOST}"
        if frame.of == "customer":
            source = Source("customers", self._lexicon, self._zone)
            return Compiled(self._customers(source, limit), "customers")
        if frame.of in GOODS:
            sold = bool(frame.spans) or any(
                each.kind not in OF_GOODS and each.kind not in ("flag", "worth") for each in frame.filters
            )
            source = Source("lines" if sold else "products", self._lexicon, self._zone)
            if frame.of == "product" and not sold:
                worth = next((each.values for each in frame.filters if each.kind == "worth"), None)
                falls = " desc" if worth and worth[1].startswith(">") else ""
                order = f"{source.row(worth[0])}{falls} nulls last, f.name, f.sku" if worth else "f.name, f.sku"
                listed = f"select {_LISTED['product']} from products f where {self._where(source)}"
                return Compiled(f"{listed} order by {order}{limit}", "products")
        elif frame.of in ("location", "person", "payment", "terminal"):
            plain = frame.of == "person" and not frame.spans and not frame.conditions
            source = Source("staff" if plain else "tickets", self._lexicon, self._zone)
        else:
            raise CannotCombine(frame.of)
        column = source.column(frame.of)
        where = self._where(source)
        return Compiled(
            f"select distinct {column} as {frame.of} from {source.sql} where {column} is not null and {where} order by 1{limit}",
            source.name,
        )

    def _products(self, source: Source) -> Compiled:
        """The list of products with a figure of each."""
        frame = self._frame
        columns = [
            f"{source.row(each)} as {self._lexicon.measures[each].en}"
            for each in frame.measures
            if each in self._lexicon.measures
        ]
        rank = self._lexicon.measures[frame.measures[0]].en
        others = [
            each for each in ("f.retail_price", "f.thc_content", "f.is_active") if each not in " ".join(columns)
        ]
        order = f"{rank} {'desc' if frame.falls else 'asc'} nulls last, f.name, f.sku"
        listed = ", ".join(["f.sku", "f.name", "f.brand", "f.category", *columns, *others])
        sql = f"select {listed} from {source.sql} where {self._where(source)} order by {order} limit {frame.limit or _MOST}"
        return Compiled(sql, source.name, rank)

    def _customers(self, source: Source, limit: str) -> str:
        """The list of customers, with what they did where one deed says who is meant."""
        frame = self._frame
        done = [
            each
            for each in frame.conditions
            if each.positive and each.of == "customer" and each.verb in ("buy", "visit", "spend")
        ]
        if len(done) != 1 or done[0].only:
            order = "f.lifetime_value desc nulls last, f.member_id"
            return f"select {_LISTED['customer']} from customers f where {self._where(source)} order by {order}{limit}"
        inner, columns = source.deeds(done[0])
        self._frame = replace(frame, conditions=tuple(each for each in frame.conditions if each is not done[0]))
        shown = ", ".join(f"found.{each}" for each in columns)
        order = f"found.{columns[0]} desc nulls last, found.{columns[-1]} desc nulls last, f.member_id"
        listed = f"f.name, f.member_id, f.phone, {shown}, f.vip_status, f.last_visited"
        return f"select {listed} from customers f join ({inner}) found on found.member_id = f.member_id where {self._where(source)} order by {order}{limit}"


def _lifted(frame: Frame) -> Frame:
    """Customers counted by what they bought, where, or when: the condition becomes what is true of the sales."""
    if frame.measures[:1] != ("count customer",) or frame.share is not None:
        return frame
    facts = [name for name in frame.by if name not in OF_CUSTOMERS]
    if not facts and not frame.spread:
        return frame
    simple = [
        each
        for each in frame.conditions
        if each.positive and not each.bounds and not each.only and each.verb != "join"
    ]
    if len(simple) != 1 or (frame.spans and simple[0].spans):
        return replace(frame, of="") if not frame.conditions else frame
    rest = tuple(each for each in frame.conditions if each is not simple[0])
    return replace(
        frame,
        filters=(*frame.filters, *simple[0].filters),
        spans=frame.spans or simple[0].spans,
        conditions=rest,
        of="" if not rest else frame.of,
    )


def _plural(name: str) -> str:
    return {"person": "staff", "category": "categories"}.get(name, f"{name}s")
