"""The state of a pass over a question: pending operators and the last condition."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from motabot.offline.staff.frames.draft import GOODS, TIMES, Deed, FigureDraft
from motabot.offline.staff.frames.frame import Bound, Filter
from motabot.offline.staff.frames.lexer import Piece
from motabot.offline.staff.frames.lexicon import FigureLexicon
from motabot.offline.staff.frames.numbers import Numbered


class Progress:
    """A pass over a question's items, and the deeds it has found."""

    def __init__(self, numbered: Numbered, lexicon: FigureLexicon) -> None:
        self._items: Sequence[Piece] = numbered.items
        self._limits = numbered.bounds
        self._lexicon = lexicon
        self.draft = FigureDraft()
        self._pending = ""  # per, by, spread
        self._negative = ""  # not, without
        self._is_only = False
        self._is_usual = False  # "mostly" waits for a thing
        self._both_at = -1  # the place of "both"
        self._joint = ""  # and, or, but since the last thing
        self._also = False
        self._is_clause = False  # a word like "who" has opened a clause about `of`
        self._subject = ""  # whose deeds follow
        self._open = False  # the last deed still accepts things
        self._texts = any(
            item.name("measure") in ("texts", "text_numbers", "scheduled_texts") for item in self._items
        )
        self._leads = any(
            item.name("measure") in ("leads", "conversion", "probability", "lead_spend") for item in self._items
        )

    def _about(self, noun: str) -> bool:
        return self.draft.of in (noun, "who")

    def _asks_what(self, at: int) -> bool:
        """Whether "what" (but not "what customers") stands before a position."""
        before = [each for each in self._items[:at] if each.found is None]
        if before and before[-1].words == "what did":
            return True
        return len(before) > 1 and before[-1].is_op("be") and before[-2].words in ("what", "whats", "que")

    def _of_tickets(self) -> bool:
        draft = self.draft
        return draft.measures[:1] in (["transactions"], ["average_sale"]) and draft.of != "customer"

    def _deed(self, verb: str, at: int) -> None:
        if self._joint == "or" and (self.draft.deeds or self.draft.filters):
            self.draft.unclear.append("or")  # "who came in October or bought flower"
        deed = Deed(verb, at, positive=not self._negative, ever=self._negative == "never", also=self._also)
        deed.only = self._is_only
        of = draft_of if (draft_of := self.draft.of) not in ("", "who") and draft_of not in TIMES else "customer"
        deed.of = "customer" if verb in ("visit", "spend") and of in GOODS else self._subject or of
        deed.clause = self._is_clause or (
            self._joint in ("and", "but") and bool(self.draft.deeds) and self.draft.deeds[-1].clause
        )
        self._negative, self._is_only, self._joint, self._is_clause = "", False, "", False
        self._also = False
        self.draft.deeds.append(deed)
        self._open = True

    def _contain(self, item: Piece, at: int) -> None:
        """Read what tickets contain: "transactions that included flower"."""
        if not self._of_tickets():
            self.draft.unclear.append(item.words)
            return
        self._deed("contain", at)
        self.draft.deeds[-1].of = "transaction"

    def _first(self, item: Piece, at: int) -> None:
        draft = self.draft
        if item.words == "first" and draft.order:
            return
        if item.words in ("for the first time", "por primera vez") and draft.deed and draft.deed.filters:
            draft.unclear.append(item.words)  # "bought vapes for the first time": their first vapes
            return
        name = "first_visit" if item.is_op("first") else "return_visit"
        flag = Filter("flag", (name,), words=item.words)
        if (
            name == "return_visit"
            and item.words in ("return", "returned", "came back", "come back", "volvieron", "regresaron")
            and self._negative
        ):
            deed = Deed("visit", at, True)
            deed.bounds.append(Bound("visits", "=", Decimal(1), "never came back"))
            self._negative = ""
        else:
            deed = Deed("first" if name == "first_visit" else "return", at, not self._negative)
            deed.filters.append(flag)
            self._negative = ""
        draft.deeds.append(deed)
        self._open = True
