"""What a question means where its words do not say it: the usual figure, each of several namesakes, the worst rate."""

from __future__ import annotations

from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, OF_GOODS, TIMES, Placed
from motabot.offline.staff.frames.frame import Filter
from motabot.offline.staff.frames.spreads import Spreads

#: Figures that are good where they are low, and words that judge instead of measuring.
_BAD = frozenset(("refunds", "refund_rate", "refund_share", "refunded_amount", "days_away", "discount_percent"))
_JUDGED = frozenset("worst best poorest better peor peores mejor mejores".split())


class Defaults(Spreads):
    """Settles what is left unsaid."""

    def _namesakes(self, measures: list[str], by: list[str]) -> list[str]:
        """ "What did Nicole ring up" is of each Nicole."""
        filters = [each.filter for each in self._draft.filters if each.filter.kind == "person"]
        several = [each for each in filters if each.positive and len(each.values) > 1 and ", " not in each.words]
        is_one_figure = measures and not by and self._draft.share_at < 0 and not self._draft.spread
        return ["person"] if several and is_one_figure and not self._draft.change else []

    def _settle_defaults(self) -> None:
        self._settle_worst()
        self._settle_handoffs()

    def _settle_worst(self) -> None:
        """The worst refund rate is the highest."""
        draft = self._draft
        said = self._numbered.items[draft.order_at].words if draft.order_at >= 0 else ""
        if said in _JUDGED and {*draft.measures[:1], draft.rank} & _BAD:
            draft.order = "top" if draft.order == "worst" else "worst"

    def _settle_handoffs(self) -> None:
        """ "Open hand-offs" are the conversations in which a person is asked for."""
        if self._draft.measures[:1] == ["handoffs"] and not self._draft.is_count:
            asked = Filter("flag", ("person_asked",), words="a person is asked for")
            self._draft.filters.append(Placed(asked, -1))

    def _is_counted(self, of: str) -> bool:
        """Whether a share without a figure is one of numbers; "what percent of October was flower" is of money."""
        is_named = any(item.name("noun") == "product" for item in self._numbered.items)
        return of != "product" or is_named or not (self._draft.spans or "sell" in self._draft.verbs)

    def _usual(self, of: str) -> list[str]:
        """The default figure to rank things by."""
        draft = self._draft
        if of == "customer":
            if draft.verbs & {"visit"}:
                return ["visits"]
            if draft.verbs & {"buy"}:
                goods = any(each.filter.kind in OF_GOODS for each in draft.filters)
                return ["units", "sales"] if goods else ["transactions", "sales"]
            located = any(each.filter.kind not in OF_CUSTOMERS for each in draft.filters)
            located = located or bool({*draft.by} - OF_CUSTOMERS - {"customer"})
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
                if (of in ("hour", "weekday") and not draft.verbs & {"sell", "earn"}) or of == "payment"
                else ["sales", "transactions"]
            )
        return ["sales"]
