"""Decides how figures are combined: summed by customer, day or ticket and then averaged, or the largest one."""

from __future__ import annotations

from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, TIMES
from motabot.offline.staff.frames.frame import Spread
from motabot.offline.staff.frames.lexicon import Measure
from motabot.offline.staff.frames.rows import SingleRows
from motabot.text.regex import regex

_USUAL = regex(r"\b(?:average|avg|mean|typical|usually|promedio)\b")
#: Figures whose largest single value may be asked for, with its word: "the biggest refund".
_SINGLE = {
    "refunds": (frozenset(("refund",)), "refunded_amount"),
    "discounts": (frozenset(("discount",)), "discounts"),
    "transactions": (frozenset(("ticket", "transaction", "sale", "order", "receipt", "purchase")), "sales"),
}
_SIZES = frozenset(("biggest", "largest", "highest", "smallest", "lowest"))


class Spreads(SingleRows):
    """Finds out over what figures are averaged."""

    def _spread(self, measures: list[str], by: list[str]) -> tuple[str, Spread]:
        """What figures are summed by, and how the sums are combined."""
        draft = self._draft
        spread: Spread = "average" if draft.spread == "average" else "median" if draft.spread == "median" else ""
        per = next(iter(draft.per), "")
        if per in ("weekday", "hour") and spread and not set(by) & TIMES:
            by.append(per)
            per = "day"  # "average tickets per weekday": of such a day
        if spread and per == "hour" and "day" in draft.per:
            self.unclear.append("hour")  # "per hour on a typical Friday"
        by += draft.per[1:]
        first = self._lexicon.measures.get(measures[0]) if measures else None
        is_total = first is not None and first.agg in ("sum", "count")
        if measures[:1] == ["spend"] and not spread and "customer" not in by:
            spread = "average"
        is_late = draft.spread_at > draft.by_at >= 0 and by in (["hour"], ["day"], ["week"], ["month"])
        if spread and not per and is_late and is_total:  # "transactions by hour on average"
            per = by.pop()
        if per and not spread and draft.order and self._numbered.limit and per in GOODS | {"location", "person"}:
            by.append(per)  # "margin per brand, bottom 3"
            return "", ""
        plain = not (spread or draft.compares or draft.change or by or draft.of or self._has_split)
        if (
            draft.order
            and plain
            and per in GOODS | {"location", "person", "payment"}
            and measures == ["average_sale"]
        ):
            by.append(per)  # "the worst average ticket for each budtender"
            return "", ""
        if draft.order and plain and first is not None:
            spread = self._end
            if per in TIMES | GOODS | {"location", "person", "payment"}:
                by.append(per)
                return "", ""
        said, worth = _SINGLE.get(measures[0] if measures else "", (frozenset(), ""))
        if by and draft.order and self._is_single(said):
            measures[0] = worth  # "who handled the biggest refund"
            return "", self._end
        if first is not None and first.agg == "ratio":
            if spread == "median" and measures == ["units_per_sale"]:
                measures[:] = ["units"]
                return "transaction", "median"
            self.unclear += ["median"] if "median" in draft.spreads else []
            by += [per] if per else []
            return "", ""
        if per == "day" and not spread and self._has_split:
            spread = "average"  # "weekends vs weekdays, tickets per day"
        if per and not spread:
            if per in TIMES or per not in ("customer", "transaction", "visit") or draft.share_at >= 0:
                by.append(per)
                return "", ""
            spread = "average"
        return self._averaged(measures, by, per, spread, first)

    def _averaged(
        self, measures: list[str], by: list[str], per: str, spread: Spread, first: Measure | None
    ) -> tuple[str, Spread]:
        """The same, if an average is asked for or nothing but an average makes sense."""
        draft = self._draft
        is_row = first is not None and first.agg == "row"
        is_gap = measures[:1] == ["days_between"] and draft.order and "customer" in by
        if is_gap and not spread and not _USUAL.search(self._text):
            return "", self._end  # the longest single gap of each
        if is_row and per and per != "customer":
            by.append(per)
            return "", spread or "average"
        if is_row and not spread and not (draft.order and by):
            spread = "average"
        counts = bool(measures) and (
            measures[0].startswith("count ") or (first is not None and first.agg == "count")
        )
        if spread and not per and counts:
            if measures[0] in ("transactions", "refunds") and spread in ("highest", "lowest"):
                measures[0] = "sales" if measures[0] == "transactions" else "refunded_amount"
                return "", spread
            if "customer" in (draft.of, *draft.per) or measures[0] == "visits":
                per = "customer"
            else:
                self.unclear.append(draft.spread or draft.order)
        if spread and per and per in by and first is not None and first.agg == "sum":
            per = "customer" if per in OF_CUSTOMERS else per  # "how much each source has spent on average"
            self.unclear += [per] if per in by else []
        is_sum = spread in ("average", "median") and not per and first is not None and first.agg == "sum"
        if is_sum and first and (first.per or draft.of == "customer" or "spend" in draft.verbs):
            per = "customer"
        return per, spread

    @property
    def _end(self) -> Spread:
        """Whether the highest or the lowest is asked for."""
        return "highest" if self._draft.order == "top" else "lowest"

    def _is_single(self, words: frozenset[str]) -> bool:
        """Whether the largest of single rows is asked for: "the biggest refund", not "the most refunds"."""
        at = self._draft.order_at
        items = self._numbered.items
        return 0 <= at < len(items) - 1 and items[at].words in _SIZES and items[at + 1].words in words
