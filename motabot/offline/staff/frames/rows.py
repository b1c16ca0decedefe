"""Questions that ask for single rows: the largest transactions, the newest leads, unread texts."""

from __future__ import annotations

from motabot.offline.staff.frames.changes import ChangePeriods

#: The kind of row that each measure counts.
ROWS = {
    "transactions": "transaction",
    "refunds": "refund",
    "texts": "text",
    "leads": "lead",
    "scheduled_texts": "scheduled",
}
_AMOUNTS = {
    "sales": "transaction",
    "refunded_amount": "refund",
    "transactions": "transaction",
    "refunds": "refund",
}


class SingleRows(ChangePeriods):
    """Finds out whether single rows are asked for."""

    def _rows(self, measures: list[str], by: list[str]) -> tuple[str, str]:
        """The kind of row asked for and its order ("time", "amount", "probability"); "" if no rows are asked for.

        Args:
            measures: Figures that the question names.
            by: Its groupings.
        """
        draft = self._draft
        first = measures[0] if measures else ""
        counts = draft.is_count or draft.much or draft.counts or draft.share_at >= 0 or draft.change
        if (
            counts
            or draft.both_ends
            or by
            or draft.per
            or draft.spread
            or draft.compares
            or draft.rank
            or len(measures) > 1
        ):
            return "", ""
        if draft.recent and first in ROWS:
            return ROWS[first], "time"
        told = {each.filter.values[0] for each in draft.filters if each.filter.kind == "flag"}
        if first == "handoffs" or (first == "text_numbers" and told & {"unanswered", "person_asked"}):
            return "thread", "time"
        if first in ("texts", "leads", "scheduled_texts"):
            return ROWS[first], "probability" if draft.order and first == "leads" else "time"
        if draft.order and first in _AMOUNTS and not draft.of:
            return _AMOUNTS[first], "amount"
        if first in ("transactions", "refunds") and (draft.lists or draft.order):
            return ROWS[first], "amount" if draft.order or draft.bounds else "time"
        return "", ""
