"""Sorts limits into those on the figures of groups and those on single rows."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.frames.doings import Doings
from motabot.offline.staff.frames.draft import TIMES
from motabot.offline.staff.frames.frame import Bound, Filter
from motabot.offline.staff.frames.near_figures import OUR_COST
from motabot.offline.staff.frames.numbers import Limit

#: The percentage that "%" means next to a figure, and the figures that are percentages.
_PERCENTS = {
    "margin": "margin_percent",
    "discounts": "discount_percent",
    "refunds": "refund_rate",
    "leads": "probability",
    "thc": "thc_percent",
    "cbd": "cbd_percent",
}
_IN_PERCENT = frozenset(
    (
        "margin_percent",
        "discount_percent",
        "refund_rate",
        "probability",
        "conversion",
        "refund_share",
    )
)


class SortedLimits(Doings):
    """Sorts limits."""

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
            worths = {"transactions": "sales", "refunds": "refunded_amount"}
            on_tickets = known is not None and "tickets" in known.rows and known.agg == "sum"
            if draft.measures[:1] == ["transactions"] and measure != "transactions" and on_tickets:
                is_row = True
            if measure in worths and limit.unit in ("$", ""):  # "tickets over 300"
                measure, is_row = worths[measure], True
            first = self._lexicon.measures.get(draft.measures[0]) if draft.measures else None
            of_lines = first is not None and first.relations[:1] == ("lines",)
            if is_row and of_lines and measure == "sales" and previous == "transactions":
                self.unclear.append(
                    limit.words
                )  # "units per ticket, for tickets over $200": lines have no such worth
            elif not measure:
                self.unclear.append(limit.words)
            elif is_row and draft.of in ("product", "customer", ""):
                rows.append(Filter("worth", (measure, limit.sign, str(limit.number)), words=limit.words))
                if measure in draft.measures and (len(draft.measures) > 1 or draft.of):
                    draft.measures.remove(measure)
            elif draft.of or draft.by or set(draft.per) - TIMES - {"customer", "transaction", "visit"}:
                groups.append(Bound(measure, limit.sign, limit.number, limit.words))
            else:
                self.unclear.append(limit.words)
        return tuple(groups), tuple(rows)

    def _limited(self, limit: Limit, previous: str) -> str:
        """The measure that a limit is about."""
        of = self._draft.of
        if limit.unit == "%":
            return _PERCENTS.get(previous, previous if previous in _IN_PERCENT else "")
        if limit.unit == "mg":
            return "cbd_dose" if previous == "cbd" else "thc_dose"
        known = self._lexicon.measures.get(previous)
        is_price = previous == "product_cost" and of == "product" and not OUR_COST.search(self._text)
        if limit.unit == "$" and known is not None and not known.money and known.value == "":
            previous = ""  # "the strongest flower under $40"
        if limit.unit == "" and previous in ("thc", "cbd") and self._draft.order:
            return "price"  # "highest THC flower under 40"
        if limit.unit == "" and previous:
            return "price" if is_price else previous
        if limit.unit in self._lexicon.columns and limit.unit != of:
            return f"count {limit.unit}"
        if limit.unit == "customer" and of != "customer":
            return "count customer"
        if limit.unit in self._lexicon.measures:
            return limit.unit
        if limit.unit in ("$", "") and "price" in self._draft.measures and not previous:
            return "price"  # "tinctures under $40 with price"
        if is_price:
            return "price"  # "that cost over $20": customers
        if previous:
            return previous
        return ("price" if of == "product" else "sales") if limit.unit == "$" else ""
