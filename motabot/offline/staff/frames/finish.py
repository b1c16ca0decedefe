"""A draft made into a frame: what is asked, of whom, how it is grouped, and which part of it is a share."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from motabot.offline.dates import parse
from motabot.offline.dates.pairs import paired, unit_of
from motabot.offline.dates.ranges import Span, add_months, around
from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, OF_GOODS, TIMES, Deed, Draft, Placed
from motabot.offline.staff.frames.frame import Bound, Change, Condition, Filter, Frame, Share, Spread
from motabot.offline.staff.frames.lexicon import Lexicon
from motabot.offline.staff.frames.numbers import Limit, Numbered

_STAFF_FIGURES = frozenset(
    (
        "discounts",
        "discount_percent",
        "refunds",
        "refunded_amount",
        "refund_rate",
        "average_sale",
        "units_per_sale",
        "margin",
        "margin_percent",
        "sales_less_refunds",
        "net_sales",
        "tax",
    )
)
_COUNTED_BY = {
    "visit": "visits",
    "buy": "transactions",
    "sell": "units",
    "spend": "sales",
    "first": "visits",
    "return": "visits",
}


_FROM_TO = re.compile(r"\b(?:to|through|thru|a|al|and|y)\b")


class Finish:
    """Makes one frame."""

    def __init__(self, draft: Draft, numbered: Numbered, lexicon: Lexicon, today: date, text: str) -> None:
        self._text = text
        self._draft = draft
        self._numbered = numbered
        self._lexicon = lexicon
        self._today = today
        self._has_split = False
        self.unclear = list(draft.unclear)

    def frame(self) -> Frame | None:
        """The frame; None where the question asks for nothing that is known, or `unclear` has words."""
        draft = self._draft
        self._settle_of()
        self._settle_deeds()
        is_part = draft.share_at >= 0 and not draft.of
        bounds, worths = ((), ()) if is_part else self._bounds()
        measures, of, by = self._asked(has_bounds=bool(bounds))
        measures += [each.measure for each in bounds if each.measure not in measures]
        split = self._split() if draft.splits or draft.compares else []
        self._has_split = bool(split)
        share, filters, conditions = self._parts(measures)
        spans = tuple(span for span, _at in draft.spans)
        change, spans, by = self._change(spans, by, measures)
        per, spread = self._spread(measures, by)
        if share is not None and split and len(share.filters) == 1 and not by:
            filters = [*filters, *(Placed(each, 0) for each in share.filters)]
            share = Share()
        if (
            split
            and not (share and share.filters)
            and not change
            and (len(spans) < 2 or not draft.compares)
            and split[0] not in by
        ):
            by = [*by, *split]
        if not measures and by and of and by != [of]:
            measures = [f"count {of}"]
        if not measures and not (of and (draft.lists or draft.order)):
            self.unclear += [] if self.unclear else ["?"]
        self._refuse(measures, of, by, spread)
        if self.unclear:
            return None
        counts_groups = draft.counts and bool(bounds) and of not in ("customer",)
        return Frame(
            measures=tuple(dict.fromkeys(measures)),
            of=of,
            by=tuple(dict.fromkeys(by)),
            per=per,
            spread=spread,
            spreads=tuple(dict.fromkeys(each for each in ("average", "median") if each in draft.spreads))
            if len(set(draft.spreads)) > 1
            else (),
            filters=(*(each.filter for each in filters), *worths),
            conditions=tuple(conditions),
            bounds=bounds,
            share=share,
            spans=spans,
            change=change,
            falls=draft.order != "worst" and draft.change != "shrink",
            ranked=bool(draft.order or draft.rank or self._numbered.limit),
            rank=draft.rank,
            limit=self._numbered.limit,
            percent_limit=self._numbered.is_percent,
            counts_groups=counts_groups,
            who=draft.who,
            lag=draft.lag,
            each=draft.each and len(set(by)) == 2,
        )

    def _refuse(self, measures: list[str], of: str, by: list[str], spread: str) -> None:
        """Leave what asks for single rows, or for the future, to the questions that list them."""
        draft = self._draft
        first = measures[0] if measures else ""
        plain = not (
            draft.is_count or draft.much or by or draft.per or spread or draft.share_at >= 0 or draft.change
        )
        lists_rows = first in ("texts", "leads") or (first in ("refunds", "transactions") and draft.lists)
        one_by_one = spread in ("highest", "lowest") and (
            self._numbered.limit is not None or draft.measures[:1] == ["sales"]
        )
        of_one = draft.who and (not measures or (first in ("transactions", "texts") and not draft.is_count))
        ahead = any(span.first and span.first > self._today for span, _at in draft.spans)
        ahead = ahead or any(
            span.first and span.first > self._today for deed in draft.deeds for span in deed.spans
        )
        vague = (
            any(each.filter.kind == "effect" for each in draft.filters) and not draft.measures and not draft.counts
        )
        if any(deed.verb in ("first", "return") for deed in draft.deeds) and re.search(r"\bwithin\b", self._text):
            self.unclear.append("within")
        if "customer" in by and set(by) & TIMES and measures == ["lifetime_value"]:
            self.unclear.append(" ".join(set(by) & TIMES))
        visits = [deed for deed in draft.deeds if deed.positive and deed.verb == "visit" and not deed.filters]
        refuses = [deed for deed in draft.deeds if not deed.positive and deed.verb == "buy" and not deed.filters]
        if visits and refuses and (not visits[0].spans or visits[0].spans == refuses[0].spans):
            self.unclear.append("without buying")  # only those who bought are in the data
        if (
            (plain and lists_rows)
            or one_by_one
            or of_one
            or ahead
            or vague
            or (draft.change and of == "customer" and not measures)
        ):
            self.unclear += [] if self.unclear else ["?"]

    # -- what is asked

    def _settle_of(self) -> None:
        draft = self._draft
        if draft.of == "who":
            staff = _STAFF_FIGURES & set(draft.measures) and not draft.verbs & {"buy", "visit", "spend"}
            draft.of = "person" if staff else "customer"
        if draft.is_count and not draft.counts and not draft.measures and not draft.of and draft.filters:
            goods = any(each.filter.kind in OF_GOODS for each in draft.filters)
            if goods and draft.verbs & {"sell", "buy"}:
                draft.measures.append("units")
            elif goods:
                draft.of, draft.counts = "product", True
        named = bool(draft.measures or draft.counts)
        if draft.much and not named and draft.verbs & {"sell", "buy", "earn", "spend", "pay"}:
            goods = any(each.filter.kind in OF_GOODS for each in draft.filters)
            draft.measures += ["sales", "units"] if goods else ["sales"]
        if (
            not draft.measures
            and not draft.of
            and draft.verbs & {"sell", "earn"}
            and (draft.by or draft.lists or draft.change or draft.compares)
        ):
            draft.measures.append("sales")
        if draft.joined and draft.of in ("", "customer") and not draft.measures and not draft.lists:
            draft.of, draft.counts, draft.lists = "customer", draft.is_count, not draft.is_count
        named = bool(draft.of or draft.measures or draft.counts)
        if not named and (draft.splits or draft.compares) and draft.filters:
            draft.measures.append("sales")
        if (
            not draft.of
            and not draft.measures
            and draft.order
            and (draft.lists or draft.filters)
            and draft.verbs & {"sell"}
        ):
            draft.of = "product"
        if (
            draft.order
            and draft.measures
            and not draft.of
            and not draft.by
            and not draft.per
            and any(each.filter.kind in OF_GOODS for each in draft.filters)
        ) and self._lexicon.measures[draft.measures[0]].agg == "sum":
            draft.of = "product"
        bare = not draft.verbs & {"sell", "buy"} and draft.measures in ([], ["units"])
        if bare and any(each.filter.values == ("below_cost",) for each in draft.filters):
            draft.measures, draft.of, draft.lists = [], draft.of or "product", True  # "items under cost"
        if draft.net:
            draft.measures[:] = ["net_sales" if each == "sales" else each for each in draft.measures]
            self.unclear += [] if "net_sales" in draft.measures else ["tax"]
        if draft.measures[:1] == ["transactions"] and draft.spread and not draft.per and not draft.is_count:
            draft.measures[0] = "average_sale"
        if draft.measures == ["product_cost"] and (draft.much or (draft.of == "product" and draft.bounds)):
            draft.measures[:] = ["price"]
        nothing = not (draft.of or draft.measures or draft.counts or draft.deeds)
        if nothing and draft.bounds and any(each.filter.kind in OF_GOODS for each in draft.filters):
            draft.of, draft.lists = "product", True  # "flower under $20"
        self._settle_fans()

    def _settle_fans(self) -> None:
        """ "The biggest fans of Gelato" are ranked by what they bought of it; "what do buyers of Gelato also buy"."""
        draft = self._draft
        simple = [
            deed
            for deed in draft.deeds
            if deed.positive and deed.verb == "buy" and not deed.limits and not deed.only
        ]
        if (
            draft.of == "customer"
            and draft.order
            and not draft.measures
            and len(draft.deeds) == 1
            and simple
            and simple[0].filters
        ):
            (deed,) = draft.deeds
            draft.filters += [Placed(each, deed.at) for each in deed.filters]
            draft.spans += [(span, deed.at) for span in deed.spans]
            draft.deeds, draft.measures = [], ["units", "sales"]
        if (
            draft.of == "product"
            and len(simple) == 2
            and not simple[1].filters
            and simple[0].filters
            and not draft.measures
        ):
            draft.filters += [Placed(replace(each, positive=False), simple[0].at) for each in simple[0].filters]
            draft.deeds.remove(simple[1])
            draft.measures, draft.order = ["units", "sales"], draft.order or "top"

    def _asked(self, *, has_bounds: bool) -> tuple[list[str], str, list[str]]:
        """The measures, what the question is about, and the groupings."""
        draft = self._draft
        measures, of, by = list(draft.measures), draft.of, list(draft.by)
        if draft.counts:
            if of in TIMES or (has_bounds and of != "customer"):
                return (measures or ["sales"]), of, [of, *by]
            if of == "product" and draft.verbs & {"sell", "buy"} and not draft.different and not draft.deeds:
                measures = ["units", *measures]
            return [f"count {of}", *measures] if "units" not in measures else [*measures, f"count {of}"], of, by
        if draft.share_at >= 0 and of and not measures:
            if of in GOODS and not draft.deeds and draft.order:
                return self._usual(of), of, [of, *by]
            return [f"count {of}"], of, by
        if (
            of
            and (draft.order or draft.rank)
            and not (of == "customer" and draft.deeds and not measures and not draft.order and not draft.rank)
        ):
            grouped = by if of in by else [of, *by]
            if draft.rank and not measures:
                measures = [draft.rank]
            return (measures or self._usual(of)), of, grouped
        if of and of != "customer" and measures:
            return measures, of, by if of in by else [of, *by]
        if of and has_bounds:
            return measures, of, [of, *by]
        if of and by and not measures:
            return [f"count {of}"], of, by
        if of in TIMES and not measures:
            return self._usual(of), of, [of, *by]
        if (
            measures
            and measures[0] in ("price", "product_cost", "thc", "cbd", "rating", "markup")
            and not draft.spread
            and not by
            and draft.share_at < 0
            and not draft.bounds
        ):
            return measures, "product", ["product"]
        if (
            of in ("location", "person", "payment")
            and draft.lists
            and not draft.deeds
            and not measures
            and (draft.verbs & {"sell", "earn"} or draft.change)
        ):
            return ["sales"], of, [of, *by]
        if of and not measures and draft.change:
            return self._usual(of), of, [of, *by]
        return measures, of, by

    def _usual(self, of: str) -> list[str]:
        """What things are ranked by where the question does not say."""
        draft = self._draft
        if of == "customer":
            if draft.verbs & {"visit"}:
                return ["visits"]
            if draft.verbs & {"buy"}:
                goods = any(each.filter.kind in OF_GOODS for each in draft.filters)
                return ["units", "sales"] if goods else ["transactions", "sales"]
            located = any(each.filter.kind not in OF_CUSTOMERS for each in draft.filters)
            return ["sales"] if draft.spans or located else ["lifetime_value"]
        if of in OF_CUSTOMERS:
            return ["count customer"]
        if of == "product":
            return ["units", "sales"]
        if of in GOODS:
            return ["sales", "units"]
        if of in TIMES or of == "payment":
            return (
                ["transactions", "sales"]
                if of in ("hour", "weekday") or of == "payment"
                else ["sales", "transactions"]
            )
        return ["sales"]

    # -- conditions

    def _settle_deeds(self) -> None:
        draft = self._draft
        about_set = (
            draft.of == "customer"
            and (draft.counts or not draft.measures)
            and not draft.order
            and draft.share_at < 0
        )
        if about_set and draft.spans and not draft.by:
            free = [deed for deed in draft.deeds if not deed.spans and not deed.ever]
            spans = [span for span, _at in draft.spans]
            if not draft.deeds and len(spans) == 1:
                draft.deeds.append(Deed("visit", draft.spans[0][1], spans=spans, of="customer"))
                draft.spans = []
            elif free and len(spans) == 1:
                for deed in free:
                    deed.spans += spans
                draft.spans = []
            elif len(spans) == 1 and all(deed.ever for deed in draft.deeds if not deed.spans):
                draft.deeds.append(Deed("visit", draft.spans[0][1], spans=spans, of="customer"))
                draft.spans = []
        for deed in draft.deeds:
            giver = next(
                (
                    each
                    for each in reversed(draft.deeds)
                    if each.spans and each is not deed and each.verb != "join" and each.filters != deed.filters
                ),
                None,
            )
            timed = deed.verb in ("join", "first", "return") and draft.share_at >= 0 and not draft.spans
            if timed and draft.measures:
                draft.spans += [(span, deed.at) for span in deed.spans]
            if deed.verb in ("first", "return") and not deed.spans and len(draft.spans) == 1 and not draft.change:
                deed.spans.append(draft.spans[0][0])
            if (
                not deed.spans
                and not deed.ever
                and giver is not None
                and deed.verb != "join"
                and len(draft.deeds) > 1
            ):
                deed.spans += giver.spans
        if (draft.compares or draft.change or draft.before) and draft.counts:
            for deed in draft.deeds:
                draft.spans += [(span, deed.at) for span in deed.spans]
                deed.spans = []
        for deed in draft.deeds:
            if deed.limits and not deed.filters:  # "only came once"
                deed.only = False
            for limit in deed.limits:
                self._bind(limit, deed)

    def _bind(self, limit: Limit, deed: Deed) -> None:
        verb, unit = deed.verb, limit.unit
        goods = any(each.kind in OF_GOODS for each in deed.filters)
        if (unit == "customer" and (deed.of or "customer") == "customer") or unit in (
            "%",
            "week",
            "month",
            "year",
            "hour",
        ):
            self.unclear.append(limit.words)
            return
        if unit in ("", "$"):
            measure = "sales" if unit == "$" or verb == "spend" else "units" if goods else ""
        elif unit == "customer":
            measure = "count customer"
        elif unit == "times":
            measure = "transactions" if goods or verb == "buy" else _COUNTED_BY.get(verb, "visits")
        elif unit == "day":
            measure = "visits"
        elif unit in self._lexicon.measures:
            measure = unit
        elif unit in self._lexicon.columns:
            measure = f"count {unit}"
        else:
            measure = ""
        if not measure:
            self.unclear.append(limit.words)
            return
        deed.bounds.append(Bound(measure, limit.sign, limit.number, limit.words))

    def _bounds(self) -> tuple[tuple[Bound, ...], tuple[Filter, ...]]:
        """Limits on the figure of groups, and limits on the worth of single rows."""
        draft = self._draft
        groups: list[Bound] = []
        rows: list[Filter] = []
        for limit, previous in draft.bounds:
            measure = self._limited(limit, previous)
            known = self._lexicon.measures.get(measure)
            is_row = known is not None and (
                (known.agg == "row" and {"products", "leads"} & {*known.relations})
                or "customers" in known.relations
            )
            if measure == "probability" and limit.unit == "%":
                limit = replace(limit, number=limit.number / 100)
            if measure == "transactions" and limit.unit == "$":
                measure, is_row = "sales", True
            if not measure:
                self.unclear.append(limit.words)
            elif is_row and draft.of in ("product", "customer", ""):
                rows.append(Filter("worth", (measure, limit.sign, str(limit.number)), words=limit.words))
                if measure in draft.measures and (len(draft.measures) > 1 or draft.of):
                    draft.measures.remove(measure)
            elif draft.of or draft.by:
                groups.append(Bound(measure, limit.sign, limit.number, limit.words))
            else:
                self.unclear.append(limit.words)
        return tuple(groups), tuple(rows)

    def _limited(self, limit: Limit, previous: str) -> str:
        """The measure that a limit is about."""
        of = self._draft.of
        if limit.unit in ("", "%") and previous:
            return "price" if previous == "product_cost" and of == "product" else previous
        if limit.unit in self._lexicon.columns and limit.unit != of:
            return f"count {limit.unit}"
        if limit.unit == "customer" and of != "customer":
            return "count customer"
        if limit.unit in self._lexicon.measures:
            return limit.unit
        if previous == "product_cost" and of == "product":
            return "price"
        if previous:
            return previous
        return ("price" if of == "product" else "sales") if limit.unit == "$" else ""

    # -- shares

    def _parts(self, measures: list[str]) -> tuple[Share | None, list[Placed], list[Condition]]:
        draft = self._draft
        filters, deeds = list(draft.filters), list(draft.deeds)
        if draft.share_at < 0:
            return None, filters, [deed.closed() for deed in deeds]
        if not measures:
            customers = any(each.filter.kind in OF_CUSTOMERS for each in filters)
            measures.append("count customer" if customers and not draft.verbs else "sales")
        limits = [each for each, _previous in draft.bounds if each.unit == "$"]
        if limits and measures[:1] in (["sales"], ["transactions"]) and not draft.of:
            draft.bounds = []
            measures[0] = "transactions"
            worth = tuple(
                Filter("worth", ("sales", each.sign, str(each.number)), words=each.words) for each in limits
            )
            return Share(worth), filters, [deed.closed() for deed in deeds]
        if draft.share_ratio and len(measures) == 1 and not deeds:
            if measures[0] not in ("margin", "discounts"):
                self.unclear.append("share")
            measures[0] = {"margin": "margin_percent", "discounts": "discount_percent"}.get(
                measures[0], measures[0]
            )
            return None, filters, []
        if measures[:1] == ["sales"] and any(each.filter.kind == "flag" for each in filters):
            measures[0] = "transactions"  # "the share of sales with a discount" counts them
        if len(measures) == 2 and not draft.share_ratio and not draft.of and draft.be_at > draft.share_at:
            measures.reverse()  # "what share of revenue is tax"
            draft.share_ratio = True
        if len(measures) == 2 and draft.share_ratio and not draft.by:
            return Share(of_measure=True), filters, [deed.closed() for deed in deeds]
        outer = [deed for deed in deeds if not deed.clause or deed.also]
        part_deeds = outer if outer else deeds
        whole_deeds = [deed for deed in deeds if deed not in part_deeds]
        part = self._part_filters(filters, has_deeds=bool(part_deeds))
        whole = [each for each in filters if each not in part]
        share = Share(tuple(each.filter for each in part), tuple(deed.closed() for deed in part_deeds))
        return share, whole, [deed.closed() for deed in whole_deeds]

    def _part_filters(self, filters: list[Placed], *, has_deeds: bool) -> list[Placed]:
        draft = self._draft
        turn = max(draft.be_at, draft.verb_at)
        after = (
            [each for each in filters if each.at > turn]
            if turn > draft.share_at and turn > max(draft.measure_at, draft.of_at)
            else []
        )
        beside = [each for each in filters if each.at == draft.share_at - 1]
        flags = [each for each in filters if each.filter.kind == "flag"]
        if has_deeds:
            return []
        if after:
            return after
        if beside:
            return beside
        head = [each for each in filters if each.at <= draft.share_at + 2 and each.at > draft.share_at]
        if head and draft.measure_at < 0 and draft.of_at < 0:
            return head
        if (
            draft.by
            or draft.per
            or (draft.of in GOODS | {"location", "person", "payment"} and not draft.counts and draft.lists)
        ):
            return flags
        noun = max(draft.measure_at, draft.of_at)
        following = [each for each in filters if each.at > noun]
        if following:
            flagged = [each for each in following if each.filter.kind == "flag"]
            return flagged or following[-1:]
        return filters[-1:] if len(filters) == 1 or not flags else flags

    # -- periods

    def _change(
        self, spans: tuple[Span, ...], by: list[str], measures: list[str]
    ) -> tuple[Change, tuple[Span, ...], list[str]]:
        draft = self._draft
        unit = unit_of(spans)
        wants = bool(draft.change) or draft.before or (draft.compares and self._sets_times_against(spans))
        if draft.compares and not wants and not self._has_split and not by and draft.share_at < 0:
            self.unclear.append("compare")
        if not wants:
            if len(spans) > 1 and unit and not set(by) & TIMES:
                return "", spans, [*by, unit]
            return "", spans, by
        if not measures:
            measures += ["sales"] if draft.compares or draft.before or draft.step or draft.much else []
            self.unclear += [] if measures or self.unclear else ["?"]
        if draft.per and set(draft.per) & TIMES and not draft.spread:
            by = [*by, *draft.per]
            draft.per = []
        spans = paired(self._text, self._ends(spans))
        times = [each for each in by if each in TIMES]
        step = draft.step or (times[0] if times and len(spans) < 2 else "")
        single = len(spans) == 1 and unit_of((spans[0], spans[0])) == step if step and spans else False
        if step == "year" and times and times[0] in ("month", "quarter") and len(spans) < 2:
            draft.lag, step = (12 if times[0] == "month" else 4), times[0]
        elif step and times and times[0] != step and len(spans) < 2:
            self.unclear.append(times[0])
        if step == "year" and len(spans) == 1 and not single and not times and spans[0].first:
            earlier = Span(add_months(spans[0].first, -12), add_months(spans[0].last, -12))
            return "between", (spans[0], earlier), by
        if step and len(spans) < 2 and not single:
            return "steps", spans, [*(each for each in by if each not in TIMES), step]
        by = [each for each in by if each not in TIMES]
        if not spans:
            spans = (parse.find("this month", self._today)[0][0],)
        if len(spans) == 1:
            if spans[0].first is None:
                self.unclear.append(spans[0].said)
                return "between", spans, by
            after = draft.compares and draft.compare_at < draft.spans[0][1] if draft.spans else False
            then = spans[0]
            spans = (
                (following(then, self._today), then)
                if after and then.last < self._today
                else (then, then.before())
            )
        ordered = sorted(spans[:2], key=lambda span: (span.last, span.first or self._today), reverse=True)
        return "between", tuple(ordered), by

    def _sets_times_against(self, spans: tuple[Span, ...]) -> bool:
        """Whether periods are compared, and not things in one period."""
        draft = self._draft
        if len(spans) != 1 or draft.splits or draft.share_at >= 0:
            return len(spans) > 1
        at = draft.spans[0][1]
        return draft.compare_at == 0 or at - 2 <= draft.compare_at < at

    @staticmethod
    def _ends(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """ "From September to October" names two periods where a change between them is asked for."""
        if len(spans) != 1 or spans[0].first is None or not _FROM_TO.search(spans[0].said):
            return spans
        for unit in ("month", "quarter", "year"):
            first, last = around(spans[0].first, unit), around(spans[0].last, unit)
            if first.first == spans[0].first and last.last == spans[0].last and first != last:
                return last, first
        return spans

    def _spread(self, measures: list[str], by: list[str]) -> tuple[str, Spread]:
        draft = self._draft
        spread: Spread = "average" if draft.spread == "average" else "median" if draft.spread == "median" else ""
        per = next((each for each in draft.per), "")
        if len(draft.per) > 1:
            by += draft.per[1:]
        first = self._lexicon.measures.get(measures[0]) if measures else None
        is_total = first is not None and first.agg in ("sum", "count")
        is_late = draft.spread_at > draft.by_at >= 0 and by in (["hour"], ["day"], ["week"], ["month"])
        if spread and not per and is_late and is_total:  # "transactions by hour on average"
            per = by.pop()
        if (
            not spread
            and draft.order
            and not draft.compares
            and not draft.change
            and not by
            and first is not None
            and not draft.of
        ):
            spread = "highest" if draft.order == "top" else "lowest"
            if per in TIMES:
                by.append(per)
                return "", ""
        if first is not None and first.agg == "ratio":
            by += [per] if per else []
            return "", ""
        if per and not spread:
            if per in TIMES or per not in ("customer", "transaction", "visit") or draft.share_at >= 0:
                by.append(per)
                return "", ""
            spread = "average"
        if first is not None and first.agg == "row" and per not in ("customer",) and per:
            by.append(per)
            return "", spread or "average"
        if first is not None and first.agg == "row" and spread == "" and not (draft.order and by):
            spread = "average"
        if (
            spread
            and not per
            and measures
            and (measures[0].startswith("count ") or (first is not None and first.agg == "count"))
        ):
            if measures[0] == "transactions" and spread in ("highest", "lowest"):
                measures[0] = "sales"
                return "", spread
            if "customer" in (draft.of, *draft.per) or measures[0] == "visits":
                per = "customer"
            else:
                self.unclear.append(draft.spread or draft.order)
        is_sum = spread in ("average", "median") and not per and first is not None and first.agg == "sum"
        if is_sum and first and (first.per or draft.of == "customer" or "spend" in draft.verbs):
            per = "customer"
        return per, spread

    def _split(self) -> list[str]:
        """The kind of which several things are set against each other."""
        for each in self._draft.filters:
            kind = each.filter.kind
            if len(each.filter.values) > 1 and each.filter.words.count(", ") and kind in self._lexicon.columns:
                return [kind]
            if kind == "weekday" and len(each.filter.values) > 1 and each.filter.words.count(", "):
                if len(each.filter.values) == 7:
                    self._draft.filters.remove(each)
                    return ["weekend"]
                return ["weekday"]
            if kind == "named" and each.filter.words.count(", "):
                return ["named:" + "|".join(each.filter.values)]
        return []


def following(span: Span, today: date) -> Span:
    """The span that follows one: this month after the last month, this year after the last year."""
    assert span.first is not None
    first = span.last + timedelta(days=1)
    for unit in ("week", "month", "quarter", "year"):
        if unit_of((span, span)) == unit:
            return around(first, unit)
    return Span(first, min(today, first + (span.last - span.first)))
