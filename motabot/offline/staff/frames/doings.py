"""Settles the conditions of a draft: their periods, subjects and limits."""

from __future__ import annotations

from datetime import timedelta

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.draft import GOODS, OF_GOODS, TIMES, Deed, Placed
from motabot.offline.staff.frames.frame import Bound
from motabot.offline.staff.frames.near_figures import NearFigures
from motabot.offline.staff.frames.numbers import Limit

_COUNTED_BY = {
    "visit": "visits",
    "buy": "transactions",
    "sell": "units",
    "spend": "sales",
    "pay": "transactions",
    "first": "visits",
    "return": "visits",
}
#: Units in which no condition can be counted.
_UNCOUNTED = frozenset(("%", "week", "month", "year", "hour"))

#: What is true of single tickets.
_OF_TICKETS = frozenset(("payment", "location", "person", "hours", "weekday"))


class Doings(NearFigures):
    """Settles conditions."""

    def _settle_deeds(self) -> None:
        draft = self._draft
        joins = [deed for deed in draft.deeds if deed.verb == "join" and not deed.spans]
        if joins and draft.share_at >= 0 and len(draft.spans) == 1 and not draft.by and len(draft.deeds) == 2:
            joins[0].spans.append(draft.spans.pop()[0])  # "what fraction of Q2's newcomers came back": whenever
        self._take_period()
        untimed = [deed for deed in draft.deeds if deed.verb == "join" and not deed.spans]
        if untimed and draft.spans and draft.by and not {*draft.by} & TIMES and not draft.change:
            untimed[0].spans += [span for span, _at in draft.spans]
        asks_figure = draft.measures and not draft.measures[0].startswith("count ")
        for deed in list(draft.deeds):
            if deed.verb in ("first", "return") and asks_figure and not deed.spans and not draft.spans:
                draft.filters += [Placed(each, deed.at) for each in deed.filters]  # "on their first visit"
                draft.deeds.remove(deed)
        for deed in draft.deeds:
            self._share_period(deed)
        self._lend_period()
        if (draft.compares or draft.change or draft.before) and draft.counts:
            self._in_each_period()
        self._settle_absence()
        for deed in draft.deeds:
            if deed.limits and not deed.filters:  # "only came once"
                deed.only = False
            for limit in deed.limits:
                self._bind(limit, deed)
        self._pay_then()

    def _settle_absence(self) -> None:
        """ "Came in yesterday but had not been in for two months": the months before that day."""
        came = [d for d in self._draft.deeds if d.positive and d.verb in ("visit", "buy") and d.spans]
        for gone in [d for d in self._draft.deeds if not d.positive and not d.filters and len(d.spans) == 1]:
            away = gone.spans[0]
            back = next((d.spans[0] for d in came if d.spans[0].last <= away.last), None)
            if back is not None and back.first and away.first and away.first <= back.first:
                gone.spans = [Span(back.first - (away.last - away.first), back.first - timedelta(days=1))]

    def _in_each_period(self) -> None:
        """ "How many bought flower in October vs September": those who did it in the period itself."""
        draft = self._draft
        done = [deed for deed in draft.deeds if deed.verb != "join"]
        goods = [deed for deed in done if any(each.kind in OF_GOODS for each in deed.filters)]
        for deed in draft.deeds:
            draft.spans += [(span, deed.at) for span in deed.spans]
            deed.spans = []
        if any(not deed.positive or deed.limits or deed.only for deed in done) or len(goods) > 1:
            self.unclear.append("compare")
        for deed in done:
            draft.filters += [Placed(each, deed.at) for each in deed.filters]
            draft.deeds.remove(deed)

    def _pay_then(self) -> None:
        """ "How many people paid cash in October": with cash, in October, on the same tickets."""
        draft = self._draft
        plain = [d for d in draft.deeds if d.positive and d.verb in ("visit", "buy") and d.spans and not d.filters]
        if draft.of != "customer" or draft.measures or draft.compares or draft.splits or draft.by:
            return
        if len(draft.deeds) != 1 or not plain or draft.share_at >= 0:
            return
        for each in [each for each in draft.filters if each.filter.kind in _OF_TICKETS and each.filter.positive]:
            draft.filters.remove(each)
            plain[0].filters.append(each.filter)

    def _take_period(self) -> None:
        """Give a period to what customers did: "who bought vapes, in October"."""
        draft = self._draft
        is_set = draft.of == "customer" and (draft.counts or not draft.measures)
        is_set = is_set and not draft.order and draft.share_at < 0 and not draft.bounds
        if not is_set or draft.by or len(draft.spans) != 1:
            return
        spans = [span for span, _at in draft.spans]
        free = [deed for deed in draft.deeds if not deed.spans and not deed.ever]
        if draft.deeds and free:
            for deed in free:
                deed.spans += spans
            draft.spans = []
        elif any(each.filter.values[0] in ("consent_in", "consent_out") for each in draft.filters):
            self.unclear += [span.said for span in spans]  # "opt outs this month": the data does not say when
        elif all(deed.ever for deed in draft.deeds if not deed.spans):
            draft.deeds.append(Deed("visit", draft.spans[0][1], spans=spans, of="customer"))
            draft.spans = []

    def _lend_period(self) -> None:
        """Sales without a period take that of their buyers: "top brands among Gelato buyers this year"."""
        draft = self._draft
        known = self._lexicon.measures.get(draft.measures[0]) if draft.measures else None
        is_sold = known is not None and {"tickets", "lines"} & set(known.relations)
        ranks_goods = not draft.measures and draft.of in GOODS and draft.order
        if draft.spans or draft.share_at >= 0 or draft.change or draft.compares or not (is_sold or ranks_goods):
            return
        buyers = [deed for deed in draft.deeds if deed.verb in ("buy", "visit", "spend") and deed.of == "customer"]
        timed = [deed for deed in buyers if deed.positive and deed.spans]
        if len(timed) == 1 and len(draft.deeds) == 1:
            draft.spans += [(span, timed[0].at) for span in timed[0].spans]

    def _share_period(self, deed: Deed) -> None:
        """Give a condition without a period the period of another condition or of the question."""
        draft = self._draft
        if deed.verb == "return" and any(each.verb == "first" and each.spans for each in draft.deeds):
            return  # "first timers in Q2 who came back": whenever
        others = (
            each for each in reversed(draft.deeds) if each.spans and each is not deed and each.verb != "join"
        )
        giver = next((each for each in others if each.filters != deed.filters), None)
        timed = deed.verb in ("join", "first", "return") and draft.share_at >= 0 and not draft.spans
        if timed and draft.measures:
            draft.spans += [(span, deed.at) for span in deed.spans]
        if deed.verb in ("first", "return") and not deed.spans and len(draft.spans) == 1 and not draft.change:
            deed.spans.append(draft.spans[0][0])
        if giver is not None and not deed.spans and not deed.ever and deed.verb != "join":
            deed.spans += giver.spans

    def _bind(self, limit: Limit, deed: Deed) -> None:
        """Work out which figure a condition's limit is about."""
        unit = limit.unit
        if unit in TIMES and "different" in limit.words.split():
            deed.bounds.append(Bound(f"count {unit}", limit.sign, limit.number, limit.words))
            return
        is_of_itself = unit == "customer" and (deed.of or "customer") == "customer"
        measure = "" if is_of_itself or unit in _UNCOUNTED else self._counted_in(unit, deed)
        if measure:
            deed.bounds.append(Bound(measure, limit.sign, limit.number, limit.words))
        else:
            self.unclear.append(limit.words)

    def _counted_in(self, unit: str, deed: Deed) -> str:
        """The figure that a unit means in a condition; "" if there is none."""
        goods = any(each.kind in OF_GOODS for each in deed.filters)
        if unit in ("", "$"):
            return "sales" if unit == "$" or deed.verb == "spend" else "units" if goods else ""
        if unit == "customer":
            return "count customer"
        if unit == "times":
            return "transactions" if goods or deed.verb == "buy" else _COUNTED_BY.get(deed.verb, "visits")
        if unit == "day":
            return "visits"
        if unit in self._lexicon.measures:
            return unit
        return f"count {unit}" if unit in self._lexicon.columns else ""
