"""Reads nouns and figures: what is asked for, its groupings, and who it is about."""

from __future__ import annotations

from motabot.offline.staff.frames.draft import GOODS, OF_GOODS, TIMES, Placed
from motabot.offline.staff.frames.frame import Filter
from motabot.offline.staff.frames.lexer import Piece
from motabot.offline.staff.frames.verbs import Verbs

_VAGUE = frozenset("best better worst top mejor mejores peor peores".split())
_WHO = frozenset(("", "who", "customer"))
#: Columns that may be blank: "customers with no marketing source", "products without a brand".
_BLANK_OF_CUSTOMERS = frozenset(("source", "group", "zip", "state", "tier", "risk", "type"))
_BLANK_OF_GOODS = frozenset(("brand", "strain", "vendor", "flower_type", "category"))
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annual": "year", "diario": "day",
            "diaria": "day", "diarias": "day", "semanal": "week", "semanales": "week", "mensual": "month", "mensuales": "month", "anual": "year", "anuales": "year", "annually": "year"}  # fmt: skip


def _is_of_goods(item: Piece) -> bool:
    """Whether a piece says which products are meant."""
    return item.name("flag") in ("active", "inactive") or (item.found is not None and item.found.kind in OF_GOODS)


class Nouns(Verbs):
    """Reads nouns and figures."""

    def _noun(self, noun: str, item: Piece, at: int) -> None:
        draft = self.draft
        if self._is_known_texter(noun, at) or self._is_blank(noun, item, at):
            return
        pending, self._pending = self._pending, ""
        whose = "customer" in (draft.of, self._subject)
        if pending in ("by", "per") and item.words == "person" and not whose:
            noun = "person"
        self._subject = noun if noun == "customer" or not draft.measures else self._subject
        if item.words in _ADVERBS and self._open and draft.of in ("who", "customer") and not draft.measures:
            draft.unclear.append(item.words)  # "who come in weekly"
        elif item.words in _ADVERBS:
            (draft.per if draft.spread or draft.order else draft.by).append(noun)
        elif pending == "by" and noun == "customer" and self._is_subject(at):
            return
        elif pending == "per":
            self._each(noun, item, at)
        elif pending == "by" or self._is_next_grouping(at):
            self._group(noun, at)
        elif self._is_beside_its_thing(noun, at):
            return
        elif pending == "count":
            self._counted(noun, at)
        elif noun != "customer" or not self._customers(item, at):
            self._named(noun, item, at)

    def _is_known_texter(self, noun: str, at: int) -> bool:
        """Take "texters who are (not) customers"."""
        told = self._negative or (at and (self._items[at - 1].is_op("be") or self._items[at - 1].words == "from"))
        if noun != "customer" or not self._texts or not self.draft.measures or not told:
            return False
        known = Filter("flag", ("known",), positive=not self._negative, words="customers")
        self.draft.filters.append(Placed(known, at))
        self._negative, self._is_clause = "", False
        return True

    def _is_blank(self, noun: str, item: Piece, at: int) -> bool:
        """Take "with no marketing source"."""
        draft = self.draft
        of_customers = noun in _BLANK_OF_CUSTOMERS and draft.of in ("", "who", "customer")
        of_goods = noun in _BLANK_OF_GOODS and draft.of == "product" and not draft.deeds
        if not self._negative or not (of_customers or of_goods):
            return False
        draft.filters.append(Placed(Filter("blank", (noun,), words=item.words), at))
        self._negative = ""
        return True

    def _each(self, noun: str, item: Piece, at: int) -> None:
        draft = self.draft
        draft.per.append(noun)
        draft.each = draft.each or bool(draft.order and draft.of)
        every = self._items[at - 1].words in ("every", "every single") and draft.counts and not draft.measures
        if self._open and (draft.lists or every) and draft.of in {"customer", *GOODS} and not draft.measures:
            draft.unclear.append(f"{self._items[at - 1].words} {item.words}")  # "who came every month"

    def _customers(self, item: Piece, at: int) -> bool:
        """Take a word for customers that says who the question is about; False if it says what is asked."""
        draft, before = self.draft, self._items[at - 1] if at else None
        if self._open and self._is_only:
            draft.unclear.append(item.words)
        elif self._is_each_customer(item, before):
            draft.per.append("customer")
        elif draft.lists and self._asks_what(at) and draft.of in ("", "who"):
            draft.of = "product"  # "what do people buy"
        elif before and draft.order_at == at - 1 and draft.of not in _WHO and before.words in _VAGUE:
            draft.unclear.append(f"{before.words} {item.words}")
        else:
            return False
        return True

    def _is_each_customer(self, item: Piece, before: Piece | None) -> bool:
        """Whether one customer is meant: "how many categories does the average customer buy"."""
        draft = self.draft
        if item.words.endswith(("s", "people")) or not (draft.of or draft.measures or draft.much):
            return False
        if before is not None and before.is_op("average", "median"):
            return True
        is_mean = any(each.is_op("average", "median") for each in self._items)
        return is_mean and (draft.of in GOODS or draft.different or draft.is_count) and not draft.order

    def _named(self, noun: str, item: Piece, at: int) -> None:
        """Read a noun that no earlier operator has claimed."""
        draft = self.draft
        blank = not draft.of and not draft.measures
        if self._joint == "and" and noun == "customer" and draft.measures and not self._is_subject(at):
            draft.measures.append("count customer")  # "tickets and customers in October"
            draft.measure_at, self._joint = at, ""
            return
        if self._joint == "and" and noun == "customer" and set(draft.measures) & {"texts", "leads"}:
            draft.unclear.append(item.words)  # "texts, leads and new customers"
            return
        if self._joint == "and" and draft.counts and draft.of in GOODS and noun in GOODS and not draft.measures:
            draft.measures, draft.of, draft.counts = [f"count {draft.of}", f"count {noun}"], "", False
            draft.measure_at = at  # "how many categories and brands does the average customer buy"
        elif draft.of == "who" and (noun == "person" or (noun == "customer" and not draft.measures)):
            draft.of, draft.of_at = noun, at
        elif draft.different and not draft.lists and self._per_follows(at):
            draft.measures.append(f"count {noun}")
            draft.measure_at, draft.different = at, False
        elif blank and (draft.lists or draft.order or draft.share_at >= 0 or draft.different):
            draft.of, draft.of_at = noun, at
        elif (
            draft.of == "product" and noun in GOODS and draft.lists and not draft.measures and self._is_ordered(at)
        ):
            draft.of, draft.of_at = noun, at  # "what do buyers of Gelato also buy, top 4 strains"
        elif draft.of and noun != draft.of and not draft.measures and self._is_ordered(at):
            draft.measures.append(f"count {noun}")
            draft.measure_at = at
        elif draft.different and not draft.measures:
            self._counted(noun, at)
        elif noun == "customer" and draft.of in ("", "who"):
            draft.of, draft.of_at = noun, at
            asks = draft.measures or draft.much or draft.order_at >= 0 or draft.spread
            draft.lists = draft.lists or not asks
        elif noun == "direction":
            draft.by.append(noun)
        elif noun in ("customer", draft.of) or (noun == "product" and (draft.of in GOODS or self._open)):
            return
        elif noun == "product" and draft.measures and any(_is_of_goods(each) for each in self._items):
            return  # "sales of products from Pacific Crest Trading"
        elif noun == "product" and draft.measures and self._is_of_products(draft.measures[0]):
            return  # "the average price of our products"
        elif blank and (noun not in TIMES or draft.order):
            draft.of, draft.of_at, draft.lists = noun, at, True
        elif not draft.of and draft.measures and draft.order:
            draft.by.append(noun)
        else:
            draft.unclear.append(item.words)

    def _is_of_products(self, measure: str) -> bool:
        known = self._lexicon.measures.get(measure)
        return known is not None and known.relations[:1] == ("products",)

    def _group(self, noun: str, at: int) -> None:
        draft, word = self.draft, self._items[at - 1].words
        is_per = bool(draft.spread) and word == "por" and noun in ("customer", "day", "week", "month")
        (draft.per if is_per else draft.by).append(noun)
        draft.by_at = at
        draft.each = draft.each or bool(draft.order and draft.of and "each" in word)

    def _is_ordered(self, at: int) -> bool:
        """Whether "the most" comes before a noun, or before "new" or "first-time" and the noun."""
        before = self._items[at - 1] if at else None
        shelf = before is not None and before.name("flag") in ("active", "inactive")
        qualified = before is not None and (
            before.name("verb") == "join" or before.is_op("first", "repeat") or shelf
        )
        return self.draft.order_at == at - 1 or (qualified and self.draft.order_at == at - 2)

    def _per_follows(self, at: int) -> bool:
        return at + 1 < len(self._items) and self._items[at + 1].is_op("per")

    def _is_next_grouping(self, at: int) -> bool:
        """Whether a noun is the second of "by month and store"."""
        draft = self.draft
        if self._joint != "and" or not draft.by or draft.deeds or at < 2:
            return False
        return self._items[at - 2].name("noun") in draft.by

    def _is_subject(self, at: int) -> bool:
        """Whether "by customers who ..." says whose figures are meant, rather than a grouping."""
        after = self._items[at + 1] if at + 1 < len(self._items) else None
        before = self._items[at - 1]
        said = before.found is not None or bool(before.name("verb")) or before.is_op("first", "repeat")
        return said or (after is not None and after.is_op("who", "that"))

    def _counted(self, noun: str, at: int) -> None:
        draft = self.draft
        draft.different = False
        if (
            (draft.of and draft.of != noun and draft.of != "who")
            or draft.spread
            or (draft.measures and not draft.is_count)
        ):
            draft.measures.append(f"count {noun}")
            draft.measure_at = at
        else:
            draft.of, draft.of_at, draft.counts = noun, at, True

    def _is_beside_its_thing(self, noun: str, at: int) -> bool:
        """ "The Oakland store", "flower products", "VIP customers"."""
        near = [self._items[n].found for n in (at - 1, at + 1) if 0 <= n < len(self._items)]
        kinds = {found.kind for found in near if found}
        if noun == "product" and kinds & OF_GOODS:
            draft = self.draft
            if not (draft.of or draft.measures) and (draft.lists or draft.order or draft.is_count):
                draft.of, draft.of_at, draft.counts = "product", at, draft.is_count
            return True
        return noun in kinds

    def _measure(self, measure: str, at: int) -> None:
        draft = self.draft
        pending, self._pending = self._pending, ""
        if self._negative:
            self._without(measure, at)
            return
        before = self._items[at - 1].words if at else ""
        if measure == "points" and draft.of == "customer" and draft.lists and before in ("with", "con"):
            draft.filters.append(Placed(Filter("worth", ("points", ">", "0"), words="with points"), at))
            return
        per = {"transactions": "transaction", "visits": "visit", "text_numbers": "conversation"}.get(measure, "")
        if per and (
            pending == "per" or (pending == "by" and self._items[at - 1].words == "por" and not draft.order)
        ):
            draft.per.append(per)
            return
        if pending == "by":
            draft.rank = measure
            draft.ranks.append(measure)
            return
        if pending == "per" and measure in ("units", "sales", "texts", "leads", "points"):
            draft.unclear.append(f"per {self._items[at].words}")  # "the most profit per unit"
            return
        if (
            measure == "discounts"
            and draft.is_count
            and draft.measures == ["transactions"]
            and self._joint != "and"
        ):
            draft.filters.append(Placed(Filter("flag", ("discounted",), words="discount"), at))
            return
        if pending == "count" and measure == "sales":
            measure = "transactions"
        if (
            self._open
            and draft.deed
            and draft.of == "customer"
            and measure == "transactions"
            and not draft.deed.filters
            and draft.deed.verb == "buy"
        ):
            return
        if measure not in draft.measures:
            draft.measures.append(measure)
        draft.measure_at = draft.measure_at if draft.measure_at >= 0 and draft.share_at >= 0 and self._open else at
        of_one = measure in ("points", "lifetime_value", "visits", "spend")
        if of_one and draft.order and draft.order_at < at and draft.of == "who":
            draft.of = "customer"
        if pending != "count" and draft.of not in ("customer", "who"):
            self._open = False

    def _without(self, measure: str, at: int) -> None:
        """Read a negated figure: "products with no sales"."""
        draft = self.draft
        if measure == "discounts" and draft.measures[:1] in (["transactions"], ["average_sale"]):
            draft.filters.append(Placed(Filter("flag", ("discounted",), positive=False, words="discount"), at))
            self._negative = ""  # "tickets without a discount"
            return
        verb = {"sales": "sell", "units": "sell", "transactions": "buy", "visits": "visit"}.get(measure, "")
        if measure == "points" and draft.of == "customer":
            nothing = Filter("worth", ("points", "=", "0"), words="no points")
            draft.filters.append(Placed(nothing, at))
            self._negative = ""
            return
        if verb and draft.of and draft.of not in TIMES:
            self._deed("buy" if draft.of == "customer" and verb == "sell" else verb, at)
            return
        draft.unclear.append(self._negative)
        self._negative = ""
