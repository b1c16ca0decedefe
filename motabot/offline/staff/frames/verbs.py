"""Verbs: who did what, or what is asked of them."""

from __future__ import annotations

from motabot.offline.staff.frames.draft import OF_CUSTOMERS, OF_GOODS, TIMES, Deed
from motabot.offline.staff.frames.lexer import Piece
from motabot.offline.staff.frames.things import Things


class Verbs(Things):
    """Reads verbs."""

    def _verb(self, verb: str, item: Piece, at: int) -> None:
        draft = self.draft
        if (
            self._pending == "count"
            and verb in ("pay", "buy", "visit")
            and not (draft.of or draft.measures or self._texts)
        ):
            draft.of, draft.counts, self._pending = (
                "customer",
                True,
                "",
            )  # "how many have paid both in cash and by debit"
            self._is_clause = True
        holds = item.words in ("had", "have", "has") and self._of_tickets() and at + 1 in self._limits
        says_how = verb == "pay" and self._about("customer") and (self._is_clause or self._is_only)
        if verb == "contain" or holds:
            self._contain(item, at)
        elif (verb in ("pay", "carry", "earn") and not says_how) or self._goes_to(item, at):
            self._serve(verb, item, at)
        elif verb == "join":
            self._join(item, at)
        elif self._texts and item.words in ("get", "got", "gets"):
            self._flag("inbound", item, at)
        elif verb == "text":
            draft.measures.append("text_numbers" if self._about("customer") else "texts")
        elif item.words.endswith((" of", " de")) or item.words in ("buyers", "purchasers", "compradores"):
            asked = "product" if draft.lists and self._asks_what(at) else "customer"
            draft.of = draft.of or ("" if draft.measures or draft.by else asked)
            self._subject = "customer"
            draft.lists = draft.lists or draft.of == "customer"
            self._deed(verb, at)
            if draft.filters and draft.filters[-1].at == at - 1 and draft.filters[-1].filter.kind in OF_GOODS:
                draft.deeds[-1].filters.append(draft.filters.pop().filter)  # "flower buyers"
            draft.verbs.add("of")
        else:
            self._do(verb, at)

    def _goes_to(self, item: Piece, at: int) -> bool:
        """Whether a figure goes to customers: "the discounts that went to seniors"."""
        after = self._items[at + 1] if at + 1 < len(self._items) else None
        to_whom = after is not None and after.found is not None and after.found.kind in OF_CUSTOMERS
        return item.words in ("went to", "go to") and to_whom and bool(self.draft.measures)

    def _serve(self, verb: str, item: Piece, at: int) -> None:
        """Read a verb that only connects other words: "made up", "have", "paid in"."""
        draft = self.draft
        draft.verbs.add(verb)
        if item.words == "earned" and "points_spent" in draft.measures:
            draft.measures.append("points_earned")
        if draft.share_at >= 0 and (draft.measure_at >= 0 or draft.of):
            draft.verb_at = at
        if verb == "earn" and self._negative:
            draft.unclear.append("not")

    def _do(self, verb: str, at: int) -> None:
        """A verb of buying, visiting, spending or selling."""
        draft = self.draft
        draft.verbs.add(verb)
        if draft.share_at >= 0 and (draft.measure_at >= 0 or draft.of):
            draft.verb_at = draft.verb_at if draft.verb_at >= 0 and self._is_clause else at
        if draft.of == "who" and verb == "sell":
            draft.of = "person"
            return
        if draft.of == "who":
            draft.of, draft.of_at = "customer", 0
        customers = any(each.filter.kind in OF_CUSTOMERS for each in draft.filters)
        if not draft.of and not draft.measures and customers and verb in ("buy", "visit") and self._negative:
            draft.of, draft.counts, draft.lists = "customer", draft.is_count, not draft.is_count
        is_ranked = self._is_ranked(at) and not self._also  # "what do they also buy, top 4"
        if verb == "spend":
            self._spend(at, is_ranked=is_ranked)
            return
        leads = bool(draft.order) and draft.of != "customer" and draft.order_at >= at - 1
        if is_ranked or (leads and not self._is_clause):
            self._open = False
            return
        if verb == "sell" and draft.of == "customer":
            draft.unclear.append(self._items[at].words)  # "customers who moved from Oakland to Berkeley"
            return
        goods = any(each.filter.kind in OF_GOODS for each in draft.filters)
        if not draft.of and goods and self._negative and verb in ("sell", "buy") and not draft.measures:
            draft.of, draft.counts, draft.lists = "product", draft.is_count, not draft.is_count
            self._pending = ""  # "which vapes never sold"
        if self._narrows(verb):
            self._deed(verb, at)
        elif self._negative:
            draft.unclear.append("not")

    def _is_ranked(self, at: int) -> bool:
        """Whether "the most" or "the least" follows."""
        rest = range(at + 1, len(self._items))
        after = next((n for n in rest if not self._items[n].is_op("in", "of", "be")), None)
        return after is not None and self._items[after].is_op("top", "worst") and after not in self._limits

    def _narrows(self, verb: str) -> bool:
        """Whether a verb says who or what is meant, rather than what is asked of them."""
        draft = self.draft
        if self._is_clause:
            return True
        if draft.of == "customer" and verb in ("buy", "visit", "spend", "pay"):
            return (
                not draft.measures
                or draft.counts
                or draft.measures == ["count customer"]
                or bool(draft.deeds)
                or draft.share_at >= 0
            )
        return bool(
            draft.of
            and draft.of not in TIMES
            and verb in ("sell", "buy")
            and (draft.lists or draft.is_count or draft.share_at >= 0)
        )

    def _spend(self, at: int, *, is_ranked: bool) -> None:
        draft = self.draft
        if at + 1 in self._limits and (self._is_clause or draft.of == "customer"):
            self._deed("spend", at)
            return
        if draft.of == "customer" and self._is_clause and not draft.order and not is_ranked and draft.measures:
            self._deed("buy", at)
            return
        if draft.of == "product" and draft.lists and not draft.order:
            draft.of = ""  # "what do vape buyers spend on edibles"
        if "sales" not in draft.measures:
            draft.measures.append("sales")
        draft.measure_at = at
        self._open = False
        self._is_clause = False

    def _join(self, item: Piece, at: int) -> None:
        draft = self.draft
        if self._leads:
            beside = self._items[max(0, at - 1) : at + 2]
            if item.found is not None:
                self._thing(item.found, at)
            elif any(each.is_op("or") for each in beside):
                draft.unclear.append(item.words)  # "leads that are new or qualified"
            elif item.words == "new" and at and self._items[at - 1].is_op("be"):
                self._flag("uncontacted", item, at)  # "how many leads are new"
            return
        draft.joined = True
        draft.of = draft.of if draft.of and draft.of != "who" else "customer"
        if self._negative:
            draft.unclear.append("not")
        if not (draft.deed and draft.deed.verb == "join" and not draft.deed.spans):  # "new customers who joined"
            draft.deeds.append(Deed("join", at, clause=self._is_clause))
        self._is_clause = False
        self._open = True
