"""What a draft leaves open and its other words settle: of whom it speaks, and when they did it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from motabot.offline.staff.frames.draft import GOODS, OF_GOODS, TIMES, Deed, Draft, Placed
from motabot.offline.staff.frames.frame import Bound
from motabot.offline.staff.frames.lexicon import Lexicon
from motabot.offline.staff.frames.numbers import Limit, Numbered

_COUNTED_BY = {
    "visit": "visits",
    "buy": "transactions",
    "sell": "units",
    "spend": "sales",
    "first": "visits",
    "return": "visits",
}
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


class Settle:
    """A draft on its way to a frame."""

    def __init__(self, draft: Draft, numbered: Numbered, lexicon: Lexicon, today: date, text: str) -> None:
        self._text = text
        self._draft = draft
        self._numbered = numbered
        self._lexicon = lexicon
        self._today = today
        self._has_split = False
        self.unclear = list(draft.unclear)

    def _settle_of(self) -> None:
        draft = self._draft
        if draft.of == "who":
            staff = _STAFF_FIGURES & set(draft.measures) and not draft.verbs & {"buy", "visit", "spend", "carry"}
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
        if not draft.of and not draft.measures and any(deed.verb in ("first", "return") for deed in draft.deeds):
            draft.of, draft.counts, draft.lists = "customer", draft.is_count, not draft.is_count
        goods = any(each.filter.kind in OF_GOODS for each in draft.filters)
        if not draft.of and not draft.measures and draft.order and goods:
            draft.of = "product"  # "top indica flower"
        known = self._lexicon.measures.get(draft.measures[0]) if draft.measures else None
        if known is not None and known.relations == ("customers",) and draft.order and not (draft.of or draft.by):
            draft.of = "customer"  # "5 lowest point balances"
        if any(deed.verb == "join" and not deed.spans for deed in draft.deeds) and not draft.spans:
            timeless = not {*draft.by, *draft.per} & TIMES
            self.unclear += ["new"] if timeless and not draft.change else []
        if draft.net:
            draft.measures[:] = ["net_sales" if each == "sales" else each for each in draft.measures]
            self.unclear += [] if "net_sales" in draft.measures else ["tax"]
        if draft.measures[:1] == ["transactions"] and draft.spread and not draft.per and not draft.is_count:
            draft.measures[0] = "average_sale"
        if draft.rank == "transactions" and draft.spread == "average":  # "by average sale"
            draft.rank, draft.spread, draft.spreads = "average_sale", "", []
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
            draft.of in GOODS
            and len(simple) == 2
            and not simple[1].filters
            and simple[0].filters
            and not draft.measures
        ):
            draft.filters += [Placed(replace(each, positive=False), simple[0].at) for each in simple[0].filters]
            draft.deeds.remove(simple[1])
            draft.measures, draft.order = ["units", "sales"], draft.order or "top"

    def _settle_deeds(self) -> None:
        draft = self._draft
        joins = [deed for deed in draft.deeds if deed.verb == "join" and not deed.spans]
        if joins and draft.share_at >= 0 and len(draft.spans) == 1 and not draft.by and len(draft.deeds) == 2:
            joins[0].spans.append(draft.spans.pop()[0])  # "what fraction of Q2's newcomers came back": whenever
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
        untimed = [deed for deed in draft.deeds if deed.verb == "join" and not deed.spans]
        if untimed and draft.spans and draft.by and not {*draft.by} & TIMES and not draft.change:
            untimed[0].spans += [span for span, _at in draft.spans]
        asks_figure = draft.measures and not draft.measures[0].startswith("count ")
        for deed in list(draft.deeds):
            if deed.verb in ("first", "return") and asks_figure and not deed.spans and not draft.spans:
                draft.filters += [Placed(each, deed.at) for each in deed.filters]  # "on their first visit"
                draft.deeds.remove(deed)
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
