"""Reads what customers do mostly, and how soon they came back."""

from __future__ import annotations

from motabot.offline.staff.frames.draft import Deed, Placed, is_of_customer
from motabot.offline.staff.frames.frame import Filter
from motabot.offline.staff.frames.progress import Progress

#: Kinds of which a customer may have one mostly.
_USUAL = frozenset(("location", "person", "payment", "category", "brand", "flower_type"))


class Habits(Progress):
    """Reads habits and returns of customers."""

    def _habit(self, given: Filter, at: int) -> bool:
        """Take what customers do mostly, or that they came back soon; False if a filter says nothing of the kind."""
        draft = self.draft
        if given.kind == "within":
            self._again(given, at)
            return True
        whose = draft.of in ("customer", "who") or (not draft.of and self._has_customers() and not draft.measures)
        if not (self._is_usual and given.kind in _USUAL and whose):
            return False
        self._usually(given, at)
        return True

    def _again(self, given: Filter, at: int) -> None:
        """Read "came back within 30 days of their first visit"."""
        draft = self.draft
        draft.of = draft.of if draft.of not in ("", "who") or draft.measures else "customer"
        second = Filter("flag", ("second_visit",), words=given.words)
        soon = Filter("worth", ("days_between", "<=", given.values[0]), words=given.words)
        fresh = Deed("again", at, not self._negative, clause=self._is_clause, filters=[second, soon])
        self._negative, self._joint, self._is_clause, self._open = "", "", False, False
        draft.deeds.append(fresh)

    def _has_customers(self) -> bool:
        """Whether a filter says whose doings are meant: "VIPs that ..."."""
        return any(is_of_customer(each.filter, self._lexicon) for each in self.draft.filters)

    def _usually(self, given: Filter, at: int) -> None:
        """Read what customers do mostly: "who mostly shop in Oakland", "who usually pay cash"."""
        draft = self.draft
        if draft.deed is not None and self._open and not draft.deed.filters and not draft.deed.limits:
            draft.deeds.pop()  # "shop" only leads up to the store
        if not draft.of:
            draft.of, draft.counts, draft.lists = "customer", draft.is_count, not draft.is_count
        self._is_usual = self._open = False
        positive = not self._negative
        self._negative = self._joint = ""
        draft.filters.append(Placed(Filter("usual", (given.kind, *given.values), positive, given.words), at))
