"""Words of order: "best", "the cheapest", "latest"."""

from __future__ import annotations

from itertools import pairwise

from motabot.offline.staff.frames.draft import GOODS
from motabot.offline.staff.frames.lexer import Piece
from motabot.offline.staff.frames.nouns import Nouns


class Ranks(Nouns):
    """Reads words of order."""

    def _order(self, item: Piece, at: int) -> None:
        if self.draft.order and self.draft.order != item.name("op"):
            before = self._items[at - 1]
            if not before.is_op("and", "or", "compare"):
                self.draft.unclear.append(item.words)
            self.draft.both_ends = True  # "the cheapest and the most expensive"
            self._joint = ""
            return
        self.draft.order = self.draft.order or item.name("op")
        self.draft.order_at = at
        self._open = False
        if (item.name("measure") or item.name("noun")) and not self._is_figure_of_speech(item, at):
            self._told_by_order(item, at)

    def _newest(self, item: Piece, at: int) -> None:
        """ "The last 10 transactions", "latest texts"."""
        after = self._items[at + 1] if at + 1 < len(self._items) else None
        counted = after is not None and (after.name("measure") or after.name("noun") or after.name("flag"))
        if not counted or self.draft.order:
            self.draft.unclear.append(item.words)
            return
        self.draft.recent = self.draft.lists = True
        self.draft.order = "worst" if item.is_op("oldest") else ""

    def _is_figure_of_speech(self, item: Piece, at: int) -> bool:
        """Whether "the strongest" means sales and not THC: of staff, days ..., or "by dollars"."""
        after = next((each for each in self._items[at + 1 :] if not each.is_op("of", "in")), None)
        if item.name("measure") == "price" and after is not None:
            return after.name("measure") in ("transactions", "refunds")  # "the most expensive ticket"
        if item.words not in ("strongest", "weakest"):
            return False
        noun = next((each.name("noun") for each in self._items[at + 1 : at + 2]), "")
        ranks = any(
            each.is_op("by") and after.name("measure") in ("sales", "units", "margin", "transactions")
            for each, after in pairwise(self._items)
        )
        noun = noun or (self.draft.of if self.draft.of != "who" else "")  # "which day of the week is strongest"
        return ranks or bool(noun and noun not in GOODS)

    def _told_by_order(self, item: Piece, at: int) -> None:
        if item.name("measure"):
            self.draft.measures.append(item.name("measure"))
            self.draft.measure_at = at
        self.draft.of = self.draft.of or "product"
