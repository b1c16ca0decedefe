"""Reads a question's items from left to right into a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from motabot.offline.staff.entities import Found
from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, OF_GOODS, TIMES, Deed, Draft, Placed
from motabot.offline.staff.frames.frame import Bound, Filter
from motabot.offline.staff.frames.lexer import Item
from motabot.offline.staff.frames.lexicon import Lexicon
from motabot.offline.staff.frames.numbers import Limit, Numbered

_VAGUE = frozenset("best better worst top mejor mejores peor peores".split())
_EVERY = frozenset("a every each per average typical an".split())
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annual": "year", "diario": "day",
            "diaria": "day", "diarias": "day", "semanal": "week", "semanales": "week", "mensual": "month", "mensuales": "month", "anual": "year", "anuales": "year", "annually": "year"}  # fmt: skip


class Scan:
    """One pass over a question's items."""

    def __init__(self, numbered: Numbered, lexicon: Lexicon) -> None:
        self._items: Sequence[Item] = numbered.items
        self._limits = numbered.bounds
        self._lexicon = lexicon
        self.draft = Draft()
        self._pending = ""  # per, by, spread
        self._negative = ""  # not, without
        self._is_only = False
        self._joint = ""  # and, or, but since the last thing
        self._also = False
        self._is_clause = False  # a word like "who" has opened a clause about `of`
        self._subject = ""  # whose deeds follow
        self._open = False  # the last deed still takes things
        self._texts = any(item.name("measure") in ("texts", "text_numbers") for item in self._items)
        self._leads = any(item.name("measure") in ("leads", "conversion", "probability") for item in self._items)

    def run(self) -> Draft:
        """Read all items."""
        for at, item in enumerate(self._items):
            if at in self._limits:
                self._limit(self._limits[at], at)
            elif item.span is not None:
                self._span(item, at)
            elif item.values:
                if item.words.split()[0] in _EVERY and (self.draft.measures or self.draft.spread):
                    self.draft.per.append("day")
                self._filter(Filter(item.values[0], item.values[1:], words=item.words), at)
            elif item.found is not None and not self._prefers_sense(item):
                self._thing(item.found, at)
            elif item.senses:
                self._sense(item, at)
            else:
                self.draft.unclear.append(item.words)
        self._leftovers()
        return self.draft

    def _leftovers(self) -> None:
        """Name the operators that nothing took."""
        draft = self.draft
        if self._negative:
            draft.unclear.append(self._negative)
        if self._is_only and (draft.deeds or not draft.filters):
            draft.unclear.append("only")
        if draft.when and not ({draft.of, *draft.by} & TIMES):
            draft.unclear.append(draft.when)
        if draft.how and not (draft.compares or draft.change):
            draft.unclear.append("how")

    def _prefers_sense(self, item: Item) -> bool:
        if not item.senses or item.found is None:
            return False
        kinds = {kind for kind, _name in item.senses}
        if item.found.kind in (
            "tier",
            "payment",
            "category",
            "flower_type",
            "type",
            "group",
            "location",
            "status",
            "stage",
        ) and not kinds & {"op", "verb", "noun", "flag"}:
            return False
        return item.found.kind not in ("status", "stage") or not self._leads

    def _sense(self, item: Item, at: int) -> None:
        name = item.name
        if name("who"):
            self.draft.who = name("who")
        elif item.is_op("top", "worst") and (name("measure") or name("noun")):
            self._op(item, at)
        elif (
            name("flag")
            and (not name("verb") or self._texts or self._leads)
            and self._flag(name("flag"), item, at)
        ):
            pass
        elif name("verb"):
            self._verb(name("verb"), item, at)
        elif name("measure") and self._is_measure(item):
            self._measure(name("measure"), at)
        elif name("noun"):
            self._noun(name("noun"), item, at)
        elif name("measure"):
            self._measure(name("measure"), at)
        elif name("op"):
            self._op(item, at)
        elif name("compare") and at + 1 < len(self._items) and self._items[at + 1].span is not None:
            self.draft.compares, self.draft.compare_at = True, at  # "October over September"
        else:
            self.draft.unclear.append(item.words)

    def _is_measure(self, item: Item) -> bool:
        return not item.name("noun") or not self._pending

    # -- operators

    def _op(self, item: Item, at: int) -> None:
        draft = self.draft
        if item.words == "count" and at and self._items[at - 1].name("noun") == draft.of != "":
            draft.counts = draft.is_count = True  # "customers count by month"
            draft.lists = False
        elif item.is_op("count"):
            draft.is_count = draft.is_count or not (draft.measures or self._pending)
            self._pending = self._pending if self._pending in ("by", "per") else "count"
        elif item.is_op("much"):
            self._pending = ""
            draft.much = draft.much or item.words not in ("what did", "how did", "how was", "how were")
            draft.lists = draft.lists or item.words == "what did"
        elif item.is_op("share"):
            draft.share_ratio = bool(draft.measures) and draft.share_at < 0
            draft.share_at = at
            self._pending = ""
        elif item.is_op("average", "median"):
            self._spread(item, at)
        elif item.is_op("per"):
            self._pending = "per"
        elif item.is_op("by"):
            self._pending = "by"
        elif item.is_op("top", "worst"):
            self._order("top" if item.is_op("top") else "worst", at)
            if item.name("measure") or item.name("noun"):  # "cheapest", "best sellers"
                self._told_by_order(item, at)
        elif item.is_op("not", "without"):
            self._negate(item)
        elif item.is_op("only"):
            self._is_only = True
        elif item.is_op("both"):
            if not self._open and self._of_tickets():
                self._contain(item, at)
        elif item.is_op("and", "or", "but"):
            self._joint = next(name for name in ("and", "or", "but") if item.is_op(name))
            self._negative = "" if self._negative == "without" and self._joint == "but" else self._negative
        elif item.is_op("also"):
            self._also = True
            if self._open and draft.deed and not draft.deed.filters:
                draft.deed.also = True
        elif item.is_op("growth", "shrink"):
            draft.change = draft.change or ("grow" if item.is_op("growth") else "shrink")
        elif item.is_op("lag"):
            draft.change = draft.change or "grow"
            draft.step = _unit_of(item.words)
        elif item.is_op("before"):
            draft.before = True
        elif item.is_op("compare"):
            draft.compares, draft.compare_at = True, at
        elif item.is_op("different"):
            draft.different = True
        elif item.is_op("list"):
            draft.lists = True
        elif item.is_op("rank"):
            draft.lists, draft.order = True, draft.order or "top"
        elif item.is_op("who"):
            self._who()
        elif item.is_op("that"):
            self._is_clause = True
        elif item.is_op("among"):
            self._is_clause = bool(draft.of) or self._is_clause
        elif item.is_op("first", "repeat"):
            self._first(item, at)
        elif item.is_op("be"):
            draft.be_at = at if draft.be_at < draft.share_at or draft.be_at < 0 else draft.be_at
            if draft.share_at >= 0 and draft.measure_at >= 0:
                draft.be_at = at
        elif item.is_op("when"):
            if "hora" in item.words or "time" in item.words:
                draft.by.append("hour")
            else:
                draft.when = item.words
        elif item.is_op("how"):
            draft.how = True
        elif item.is_op("breakdown"):
            self._break_down()
        elif item.is_op("net"):
            draft.net = True
        elif item.is_op("of", "in", "filler"):
            pass
        elif item.is_op("times"):
            draft.unclear.extend([item.words] if item.words not in ("time", "vez") else [])
        else:
            draft.unclear.append(item.words)

    def _order(self, order: str, at: int) -> None:
        self.draft.order = self.draft.order or order
        self.draft.order_at = at
        self._open = False

    def _spread(self, item: Item, at: int) -> None:
        draft = self.draft
        spread = "average" if item.is_op("average") else "median"
        if draft.spread and draft.spread != spread and at - draft.spread_at > 2:
            draft.unclear.append(item.words)  # "the average ... at the median customer"
        draft.spread, draft.spread_at = draft.spread or spread, at
        draft.spreads.append(spread)

    def _break_down(self) -> None:
        """ "The churn risk breakdown of VIPs", and "breakdown of sales"."""
        draft = self.draft
        if draft.of and draft.of != "customer" and not draft.measures:
            draft.by.append(draft.of)
            draft.counts = draft.of in OF_CUSTOMERS
            draft.of = "customer" if draft.counts else ""
            draft.verbs |= set() if draft.counts else {"earn"}
        else:
            self._pending = "by"

    def _told_by_order(self, item: Item, at: int) -> None:
        if item.name("measure"):
            self.draft.measures.append(item.name("measure"))
            self.draft.measure_at = at
        self.draft.of = self.draft.of or "product"

    def _negate(self, item: Item) -> None:
        self._negative = "not" if item.is_op("not") else "without"
        if item.is_op("not") and item.words in (
            "never",
            "nunca",
            "jamas",
            "have never",
            "has never",
            "never ever",
            "never once",
        ):
            self._negative = "never"
        if item.words in ("but not", "pero no", "but never"):
            self._joint = "but"

    def _who(self) -> None:
        draft = self.draft
        if not draft.of and not draft.measures and not draft.is_count:
            draft.of, draft.lists = "who", True
            draft.of_at = -1
        elif not draft.of:
            draft.of = "customer"
        self._subject = self._subject or "customer"
        self._is_clause = True
        self._open = False

    def _first(self, item: Item, at: int) -> None:
        draft = self.draft
        if item.words == "first" and draft.order:
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

    # -- verbs

    def _verb(self, verb: str, item: Item, at: int) -> None:
        draft = self.draft
        after = next(
            (n for n in range(at + 1, len(self._items)) if not self._items[n].is_op("in", "of", "be")), None
        )
        is_ranked = after is not None and self._items[after].is_op("top", "worst") and after not in self._limits
        if verb == "contain" or (
            item.words in ("had", "have", "has") and self._of_tickets() and at + 1 in self._limits
        ):
            self._contain(item, at)
            return
        if verb in ("pay", "carry", "earn") and not (
            verb == "pay" and self._about("customer") and self._is_clause
        ):
            draft.verbs.add(verb)
            if item.words == "earned" and "points_spent" in draft.measures:
                draft.measures.append("points_earned")
            if draft.share_at >= 0 and (draft.measure_at >= 0 or draft.of):
                draft.verb_at = at
            if verb == "earn" and self._negative:
                self.draft.unclear.append("not")
            return
        if verb == "join":
            self._join(item, at)
            return
        if self._texts and item.words in ("get", "got", "gets"):
            self._flag("inbound", item, at)
            return
        if verb == "text":
            draft.measures.append("text_numbers") if self._about("customer") else draft.measures.append("texts")
            return
        if item.words.endswith((" of", " de")) or item.words in ("buyers", "purchasers", "compradores"):
            draft.of = draft.of or ("" if draft.measures or draft.by else "customer")
            self._subject = "customer"
            draft.lists = draft.lists or draft.of == "customer"
            self._deed(verb, at)
            draft.verbs.add("of")
            return
        draft.verbs.add(verb)
        if draft.share_at >= 0 and (draft.measure_at >= 0 or draft.of):
            draft.verb_at = draft.verb_at if draft.verb_at >= 0 and self._is_clause else at
        if draft.of == "who" and verb == "sell":
            draft.of = "person"
            return
        if draft.of == "who":
            draft.of = "customer"
            draft.of_at = 0
        if verb == "spend":
            self._spend(at, is_ranked=is_ranked)
            return
        if is_ranked or (
            draft.order and not self._is_clause and draft.of != "customer" and draft.order_at >= at - 1
        ):
            self._open = False
            return
        goods = any(each.filter.kind in OF_GOODS for each in draft.filters)
        if not draft.of and goods and self._negative and verb in ("sell", "buy") and not draft.measures:
            draft.of, draft.counts, draft.lists = "product", draft.is_count, not draft.is_count
            self._pending = ""  # "which vapes never sold"
        if self._narrows(verb):
            self._deed(verb, at)
        elif self._negative:
            draft.unclear.append("not")

    def _of_tickets(self) -> bool:
        draft = self.draft
        return draft.measures[:1] in (["transactions"], ["average_sale"]) and draft.of != "customer"

    def _contain(self, item: Item, at: int) -> None:
        """What tickets hold: "transactions that included flower"."""
        if not self._of_tickets():
            self.draft.unclear.append(item.words)
            return
        self._deed("contain", at)
        self.draft.deeds[-1].of = "transaction"

    def _narrows(self, verb: str) -> bool:
        """Whether a verb says who or what is meant, rather than what is asked of them."""
        draft = self.draft
        if self._is_clause:
            return True
        if draft.of == "customer" and verb in ("buy", "visit", "spend"):
            return (
                not draft.measures
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

    def _deed(self, verb: str, at: int) -> None:
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

    def _spend(self, at: int, *, is_ranked: bool) -> None:
        draft = self.draft
        if at + 1 in self._limits and (self._is_clause or draft.of == "customer"):
            self._deed("spend", at)
            return
        if draft.of == "customer" and self._is_clause and not draft.order and not is_ranked and draft.measures:
            self._deed("buy", at)
            return
        if "sales" not in draft.measures:
            draft.measures.append("sales")
        draft.measure_at = at
        self._open = False
        self._is_clause = False

    def _join(self, item: Item, at: int) -> None:
        draft = self.draft
        if self._leads:
            if item.found is not None:
                self._thing(item.found, at)
            return
        draft.joined = True
        draft.of = draft.of if draft.of and draft.of != "who" else "customer"
        if self._negative:
            draft.unclear.append("not")
        deed = Deed("join", at)
        draft.deeds.append(deed)
        self._is_clause = False
        self._open = True

    def _about(self, noun: str) -> bool:
        return self.draft.of in (noun, "who")

    # -- nouns and figures

    def _noun(self, noun: str, item: Item, at: int) -> None:
        draft = self.draft
        pending, self._pending = self._pending, ""
        noun = (
            "person"
            if pending in ("by", "per") and item.words == "person" and "customer" not in (draft.of, self._subject)
            else noun
        )
        self._subject = noun if noun == "customer" or not draft.measures else self._subject
        if item.words in _ADVERBS:
            (draft.per if draft.spread or draft.order else draft.by).append(noun)
            return
        if pending == "by" and noun == "customer" and self._is_subject(at):
            return
        if pending == "per":
            draft.per.append(noun)
            draft.each = draft.each or bool(draft.order and draft.of)
            if self._open and draft.lists and draft.of == "customer" and not draft.measures:
                draft.unclear.append(f"{self._items[at - 1].words} {item.words}")  # "who came every month"
        elif pending == "by" or self._is_next_grouping(at):
            self._group(noun, at)
        elif self._is_beside_its_thing(noun, at):
            return
        elif pending == "count":
            self._counted(noun, at)
        elif self._open and self._is_only and noun == "customer":
            draft.unclear.append(item.words)
        elif (
            noun == "customer"
            and at
            and self._items[at - 1].is_op("average", "median")
            and (draft.of or draft.measures or draft.much)
        ):
            draft.per.append(noun)  # "how many categories does the average customer buy"
        elif draft.of == "who" and noun in ("customer", "person") and not draft.measures:
            draft.of, draft.of_at = noun, at
        elif noun == "customer" and draft.lists and self._asks_what(at) and draft.of in ("", "who"):
            draft.of = "product"  # "what do people buy"
        elif (
            noun == "customer"
            and draft.order_at == at - 1
            and draft.of not in ("", "who", "customer")
            and self._items[at - 1].words in _VAGUE
        ):
            draft.unclear.append(f"{self._items[at - 1].words} {item.words}")
        elif draft.different and not draft.lists and self._per_follows(at):
            draft.measures.append(f"count {noun}")
            draft.measure_at, draft.different = at, False
        elif (
            not draft.of
            and not draft.measures
            and (draft.lists or draft.order or draft.share_at >= 0 or draft.different)
        ):
            draft.of, draft.of_at = noun, at
        elif draft.of and draft.order_at == at - 1 and noun != draft.of and not draft.measures:
            draft.measures.append(f"count {noun}")
            draft.measure_at = at
        elif draft.different and not draft.measures:
            self._counted(noun, at)
        elif noun == "customer" and (not draft.of or draft.of == "who"):
            draft.of = noun
            draft.of_at = at
            if not draft.measures and not draft.much and draft.order_at < 0 and not draft.spread:
                draft.lists = True
        elif noun == "direction":
            draft.by.append(noun)
        elif (
            (noun == "product" and draft.of in GOODS)
            or noun in ("customer", draft.of)
            or (draft.of == "customer" and noun == "product" and self._open)
        ):
            pass
        elif not draft.of and not draft.measures and (noun not in TIMES or draft.order):
            draft.of, draft.of_at, draft.lists = noun, at, True
        elif not draft.of and draft.measures and draft.order:
            draft.by.append(noun)
        else:
            draft.unclear.append(item.words)

    def _group(self, noun: str, at: int) -> None:
        draft, word = self.draft, self._items[at - 1].words
        is_per = bool(draft.spread) and word == "por" and noun in ("customer", "day", "week", "month")
        (draft.per if is_per else draft.by).append(noun)
        draft.by_at = at
        draft.each = draft.each or bool(draft.order and draft.of and "each" in word)

    def _per_follows(self, at: int) -> bool:
        return at + 1 < len(self._items) and self._items[at + 1].is_op("per")

    def _is_next_grouping(self, at: int) -> bool:
        """Whether a noun is the second of "by month and store"."""
        draft = self.draft
        if self._joint != "and" or not draft.by or draft.deeds or at < 2:
            return False
        return self._items[at - 2].name("noun") in draft.by

    def _is_subject(self, at: int) -> bool:
        """Whether "by customers who ..." and "by new customers" say whose, not by what."""
        after = self._items[at + 1] if at + 1 < len(self._items) else None
        before = self._items[at - 1]
        said = before.found is not None or bool(before.name("verb")) or before.is_op("first", "repeat")
        return said or (after is not None and after.is_op("who", "that"))

    def _asks_what(self, at: int) -> bool:
        """Whether "what" (and no "what customers") stands before a place."""
        before = [each for each in self._items[:at] if each.found is None]
        return len(before) > 1 and before[-1].is_op("be") and before[-2].words in ("what", "whats", "que")

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
        if pending == "by":
            draft.rank = measure
            return
        if pending == "count" and measure == "sales":
            measure = "transactions"
        if pending == "per" and measure in ("transactions", "visits", "text_numbers"):
            draft.per.append(
                {"transactions": "transaction", "visits": "visit", "text_numbers": "conversation"}[measure]
            )
            return
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
        if draft.order and draft.order_at < at and draft.of == "who":
            draft.of = "customer"
        if pending != "count" and draft.of not in ("customer", "who"):
            self._open = False

    def _without(self, measure: str, at: int) -> None:
        """ "Products with no sales": who or what has nothing of a figure."""
        verb = {"sales": "sell", "units": "sell", "transactions": "buy", "visits": "visit"}.get(measure, "")
        draft = self.draft
        if verb and draft.of and draft.of not in TIMES:
            self._deed("buy" if draft.of == "customer" and verb == "sell" else verb, at)
            return
        draft.unclear.append(self._negative)
        self._negative = ""

    def _flag(self, name: str, item: Item, at: int) -> bool:
        flag = self._lexicon.flags[name]
        positive = not self._negative
        if item.name("verb") and not (
            (self._texts and "texts" in flag.rows) or (self._leads and "leads" in flag.rows)
        ):
            return False
        if item.name("measure") == "discounts" and not positive:
            positive = False
        self._negative = ""
        self.draft.filters.append(Placed(Filter("flag", (name,), positive, item.words), at))
        return True

    # -- things, periods, bounds

    def _thing(self, found: Found, at: int) -> None:
        if found.kind in OF_CUSTOMERS:
            if self._pending == "per":  # "per VIP"
                self.draft.per.append("customer")
                self._pending = ""
            self._filter(Filter(found.kind, found.values, words=found.words), at, of_customer=True)
            if (
                not self.draft.of
                and not self.draft.measures
                and not self.draft.much
                and (self.draft.share_at >= 0 or self.draft.is_count or self.draft.lists)
            ):
                self.draft.of, self.draft.of_at = "customer", at
                self.draft.counts = self.draft.is_count
                self._pending = ""
            return
        self._filter(Filter(found.kind, found.values, words=found.words), at)

    def _filter(self, given: Filter, at: int, *, of_customer: bool = False) -> None:
        draft = self.draft
        negative, joint = self._negative, self._joint
        self._negative, self._joint = "", ""
        deed = draft.deed if self._open and not of_customer else None
        if deed is None or deed.verb == "join":
            if self._is_only and draft.of and not draft.measures:
                draft.unclear.append("only")
            self._main_filter(replace(given, positive=not negative), joint, at)
            self._is_only = False
            return
        if negative:  # "flower but not edibles"
            fresh = Deed(deed.verb, at, positive=False, ever=negative == "never", clause=deed.clause, of=deed.of)
            fresh.filters.append(given)
            draft.deeds.append(fresh)
            return
        if self._is_only:
            deed.only, self._is_only = True, False
        same = _place(deed, given.kind)
        if joint == "and" and same is not None and not deed.only and deed.filters[same].words.count(", "):
            self._each_alone(deed, same)  # "flower, vapes and edibles": all three
            deed = draft.deeds[-1]
            same = _place(deed, given.kind)
        goods = given.kind in OF_GOODS and any(each.kind in OF_GOODS for each in deed.filters)
        if joint in ("and", "but") and (same is not None or goods) and not deed.only:
            fresh = Deed(deed.verb, at, deed.positive, deed.ever, clause=deed.clause, of=deed.of)
            fresh.filters += [
                each for each in deed.filters if each.kind not in OF_GOODS and each.kind != given.kind
            ]
            fresh.filters.append(given)
            draft.deeds.append(fresh)
            return
        if same is not None and (joint == "or" or deed.only or joint == "and"):
            old = deed.filters[same]
            deed.filters[same] = Filter(
                old.kind, (*old.values, *given.values), old.positive, f"{old.words}, {given.words}"
            )
            return
        if same is not None and given.kind != "named":
            old = deed.filters[same]
            deed.filters[same] = Filter(
                old.kind, (*old.values, *given.values), old.positive, f"{old.words}, {given.words}"
            )
            return
        if goods and joint == "or":
            draft.unclear.append(f"{given.words} (or)")
            return
        deed.filters.append(given)

    def _each_alone(self, deed: Deed, place: int) -> None:
        """Part a condition with several values into one for each."""
        given = deed.filters[place]
        for value in given.values:
            fresh = Deed(deed.verb, deed.at, deed.positive, deed.ever, clause=deed.clause, of=deed.of)
            fresh.spans += deed.spans
            fresh.filters += [
                replace(each, values=(value,), words=value) if each is given else each for each in deed.filters
            ]
            self.draft.deeds.append(fresh)
        self.draft.deeds.remove(deed)

    def _main_filter(self, given: Filter, joint: str, at: int) -> None:
        draft = self.draft
        same = next((each for each in draft.filters if each.filter.kind == given.kind), None)
        if same is not None and same.filter.positive == given.positive and given.kind not in ("hours",):
            draft.splits = draft.splits or joint in ("or", "") or draft.compares
            values = (*same.filter.values, *given.values)
            same.filter = Filter(
                given.kind, tuple(dict.fromkeys(values)), given.positive, f"{same.filter.words}, {given.words}"
            )
            same.at = max(same.at, at) if draft.share_at < 0 else same.at
            return
        if same is not None and same.filter.positive != given.positive:
            draft.filters.append(Placed(given, at))
            return
        if (
            joint in ("and", "or")
            and given.kind in OF_GOODS
            and any(each.filter.kind in OF_GOODS and each.at >= at - 3 for each in draft.filters)
        ):
            draft.unclear.append(f"{given.words} ({joint})")
            return
        draft.filters.append(Placed(given, at))

    def _span(self, item: Item, at: int) -> None:
        assert item.span is not None
        draft, deed = self.draft, self.draft.deed
        negative, self._negative = self._negative, ""
        if self._open and deed is not None and (not draft.measures or draft.of == "customer"):
            if negative or (self._joint == "but" and deed.spans):  # "in September but not in October"
                fresh = Deed(deed.verb, at, positive=not negative, clause=deed.clause, of=deed.of)
                fresh.filters += deed.filters
                fresh.spans.append(item.span)
                draft.deeds.append(fresh)
            elif self._joint == "and" and deed.spans:
                for span in deed.spans[1:]:  # "in August, September and October": in each of them
                    other = Deed(deed.verb, at, deed.positive, clause=deed.clause, of=deed.of)
                    other.filters += deed.filters
                    other.spans.append(span)
                    draft.deeds.append(other)
                del deed.spans[1:]
                fresh = Deed(deed.verb, at, deed.positive, clause=deed.clause, of=deed.of)
                fresh.filters += deed.filters
                fresh.spans.append(item.span)
                draft.deeds.append(fresh)
            else:
                deed.spans.append(item.span)
            self._joint = ""
            return
        if negative:
            draft.unclear.append("not")
        draft.spans.append((item.span, at))
        self._joint = ""

    def _limit(self, limit: Limit, at: int) -> None:
        draft = self.draft
        deed = draft.deed if self._open else None
        if limit.sign in (">", ">=") and self._negative == "not" and limit.unit:
            self._negative = ""
            limit = replace(limit, sign={">": "<=", ">=": "<"}[limit.sign])
        if deed is not None and deed.verb != "join":
            deed.limits.append(limit)
            return
        if self._of_tickets() and limit.unit in ("units", "product", "category", "brand", "strain"):
            self._contain(self._items[at], at)
            draft.deeds[-1].limits.append(limit)
            return
        if draft.of == "customer" and limit.unit in (
            "times",
            "visits",
            "transactions",
            "$",
            "units",
            "location",
            "brand",
            "category",
            "product",
            "strain",
            "person",
            "payment",
            "vendor",
            "day",
            "sales",
        ):
            self._deed(
                "visit"
                if limit.unit in ("visits", "times")
                else "spend"
                if limit.unit in ("$", "sales")
                else "buy",
                at,
            )
            assert draft.deed is not None
            draft.deed.limits.append(limit)
            return
        previous = next(
            (
                self._items[n].name("measure")
                for n in range(at - 1, max(-1, at - 5), -1)
                if self._items[n].name("measure")
            ),
            "",
        )
        draft.bounds.append((limit, previous))


def _place(deed: Deed, kind: str) -> int | None:
    """The place of a condition's filter of a kind."""
    return next((n for n, each in enumerate(deed.filters) if each.kind == kind), None)


def _unit_of(words: str) -> str:
    for unit, pieces in {
        "month": ("month", "mom", "mes"), "week": ("week", "wow", "semana"), "quarter": ("quarter", "qoq"), "day": ("day",), "year": ("year", "yoy"),
    }.items():  # fmt: skip
        if any(piece in words for piece in pieces):
            return unit
    return ""
