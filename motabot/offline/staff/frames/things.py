"""Places names, periods, limits and flags: on the last condition, or on everything that is counted."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.entities import ShopThing
from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, OF_GOODS, Deed, Placed, is_of_customer
from motabot.offline.staff.frames.frame import Filter
from motabot.offline.staff.frames.habits import Habits
from motabot.offline.staff.frames.lexer import Piece
from motabot.offline.staff.frames.numbers import Limit

#: Units of limits on the contents of tickets, and the verbs that limits on customers imply.
_IN_TICKETS = frozenset(("units", "product", "category", "brand", "strain"))
#: Words before the goods on a ticket: "with flower and vapes", "had a vape and a pre-roll".
_HOLDS = frozenset("with con had have has got get bought buy contained".split())
_DONE = {
    **dict.fromkeys(("visits", "times"), "visit"),
    **dict.fromkeys(("$", "sales"), "spend"),
    **dict.fromkeys(("transactions", "units", "location", "brand", "category", "product", "strain"), "buy"),
    **dict.fromkeys(("person", "payment", "vendor", "day"), "buy"),
}


class Things(Habits):
    """Places what narrows a question down."""

    def _thing(self, found: ShopThing, at: int) -> None:
        if found.kind in OF_CUSTOMERS:
            if self._pending == "per":  # "per VIP"
                self.draft.per.append("customer")
                self._pending = ""
            self._filter(Filter(found.kind, found.values, words=found.words), at, of_customer=True)
            named = self.draft.of not in ("", "who", "customer") and not self.draft.measures
            sells = self.draft.verbs & {"sell", "buy"}  # "which strains sell best to VIPs"
            if named and self.draft.order_at == at - 1 >= 0 and not sells:
                self.draft.measures.append("count customer")  # "which store has the most VIPs"
                self.draft.measure_at = at
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
        if self._habit(given, at):
            return
        negative, joint = self._negative, self._joint
        self._negative, self._joint = "", ""
        if negative and self._of_tickets() and given.kind in OF_GOODS:  # "tickets with flower but no pre-rolls"
            draft.deeds.append(Deed("contain", at, positive=False, of="transaction", filters=[given]))
            return
        deed = draft.deed if self._open and not of_customer else None
        if deed is None and self._is_only and self._of_tickets():  # "tickets with only pre-rolls"
            self._deed("contain", at)
            deed = draft.deeds[-1]
            deed.of = "transaction"
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
        """Split a condition with several values into one for each value."""
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
        if same is not None and given.kind == "hours" and same.filter.positive == given.positive:
            _add_hours(same, given)  # "mornings vs afternoons": each next to the other
            draft.splits = draft.splits or len(same.filter.values) > 2
            return
        holds = same is not None and same.at > 0 and self._items[same.at - 1].words in _HOLDS
        if same is not None and holds and joint == "and" and given.kind in OF_GOODS and self._of_tickets():
            draft.filters.remove(same)  # "tickets with flower and vapes": with both
            for each in (same.filter, given):
                draft.deeds.append(Deed("contain", at, of="transaction", filters=[each]))
            return
        between = [each for each in draft.filters if same is not None and each.at > same.at]
        if not joint and any(len(each.filter.values) > 1 for each in between):
            draft.unclear.append(given.words)  # "VIPs in Oakland or regulars in Berkeley"
            return
        if same is not None and same.filter.positive == given.positive:
            draft.splits = draft.splits or joint in ("or", "") or draft.compares
            values = (*same.filter.values, *given.values)
            same.filter = Filter(
                given.kind, tuple(dict.fromkeys(values)), given.positive, f"{same.filter.words}, {given.words}"
            )
            if draft.share_at >= 0 and given.values == same.filter.values:
                same.again = at
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
        self._with_others(given, joint, at)

    def _span(self, item: Piece, at: int) -> None:
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
        if self._joint == "or" and (draft.bounds or any(deed.limits for deed in draft.deeds)):
            draft.unclear.append(f"{limit.words} (or)")  # "who came once or five times"
        if limit.sign in (">", ">=") and self._negative == "not" and limit.unit:
            self._negative = ""
            limit = replace(limit, sign={">": "<=", ">=": "<"}[limit.sign])
        previous = self._figure_before(at)
        known = self._lexicon.measures.get(previous)
        of_customer = known is not None and known.relations == ("customers",) and limit.unit in ("$", "")
        own = self._lexicon.measures.get(limit.unit)
        if own is not None and own.relations == ("customers",) and draft.of == "customer":
            previous, of_customer = limit.unit, True  # "over 200 points"
        deed = draft.deed if self._open else None
        if of_customer:
            draft.bounds.append((limit, previous))
        elif deed is not None and deed.verb != "join" and _is_another(deed, limit):
            draft.deeds.append(Deed(_DONE[limit.unit], at, clause=deed.clause, of=deed.of, limits=[limit]))
        elif deed is not None and deed.verb != "join":
            deed.limits.append(limit)
        elif self._of_tickets() and limit.unit in _IN_TICKETS:
            self._contain(self._items[at], at)
            draft.deeds[-1].limits.append(limit)
        elif draft.of == "customer" and limit.unit in _DONE:
            self._deed(_DONE[limit.unit], at)
            draft.deeds[-1].limits.append(limit)
        else:
            draft.bounds.append((limit, previous))

    def _figure_before(self, at: int) -> str:
        """The figure that a limit without a unit is about."""
        for item in reversed(self._items[max(0, at - 4) : at]):
            if item.name("flag") == "discounted":
                return "discounts"
            if item.name("measure"):
                return item.name("measure")
        return ""

    def _flag(self, name: str, item: Piece, at: int) -> bool:
        flag = self._lexicon.flags[name]
        if set(flag.rows) == {"texts"} and not self._texts and item.words in ("we get", "we got"):
            return True  # "how many new customers did we get"
        positive = not self._negative
        if set(flag.rows) == {"products"} and self.draft.of in ("customer", "who") and not self._open:
            self.draft.unclear.append(item.words)  # "how many customers are active"
            return True
        unsold = self.draft.of in GOODS and self.draft.deed is not None and not self.draft.deed.positive
        if set(flag.rows) == {"products"} and self._open and self.draft.deed and not unsold:
            self.draft.deed.filters.append(Filter("flag", (name,), positive, item.words))
            self._negative = ""
            return True  # "customers who bought discontinued products"
        if name == "below_cost" and self._open and self.draft.deed and self.draft.deed.verb in ("sell", "buy"):
            self.draft.deed.filters.append(Filter("flag", (name,), positive, item.words))
            self._negative = ""
            return True  # "products sold below cost in October": by what they were sold for
        if item.name("verb") and not (
            (self._texts and "texts" in flag.rows) or (self._leads and "leads" in flag.rows)
        ):
            return False
        if self.draft.of in ("customer", "who") and "tickets" in flag.rows and not self.draft.measures:
            self._deed("buy", at)  # "customers who redeemed points"
            self.draft.deeds[-1].filters.append(Filter("flag", (name,), words=item.words))
            return True
        before = self.draft.filters[-1] if self.draft.filters else None
        joint = self._joint
        has = name.startswith("has_") and before is not None and before.filter.values[0].startswith("has_")
        if joint and has and before is not None and positive and not before.filter.positive:
            joint, positive = "and", False  # "without email or phone": without both
        if not positive and name in ("inbound", "outbound"):
            self.draft.unclear.append(self._negative)  # "texts that we did not send"
        self._negative = self._joint = ""
        self._with_others(Filter("flag", (name,), positive, item.words), joint, at)
        return True

    def _with_others(self, given: Filter, joint: str, at: int) -> None:
        """Add a filter; after "or" it is an alternative to the one before."""
        draft = self.draft
        before = draft.filters[-1] if draft.filters and draft.filters[-1].at >= at - 4 else None
        if joint != "or" or not (before or draft.deeds):
            draft.filters.append(Placed(given, at))
        elif before and is_of_customer(given, self._lexicon) and is_of_customer(before.filter, self._lexicon):
            before.filter = replace(before.filter, others=(*before.filter.others, given))
            before.at = at
        else:
            draft.unclear.append(f"{given.words} (or)")


def _is_another(deed: Deed, limit: Limit) -> bool:
    """Whether a limit after what was never done is another condition: "never pays debit, at least 3 purchases"."""
    return (
        not deed.positive and bool(deed.filters) and limit.unit in _DONE and (deed.ever or limit.unit == "visits")
    )


def _add_hours(same: Placed, given: Filter) -> None:
    """Add hours of the day to a filter, unless it has them."""
    old = same.filter.values
    windows = set(zip(old[::2], old[1::2], strict=True))
    if given.values not in windows:
        words = f"{same.filter.words}, {given.words}"
        same.filter = replace(same.filter, values=(*old, *given.values), words=words)


def _place(deed: Deed, kind: str) -> int | None:
    """The place of a condition's filter of a kind."""
    return next((n for n, each in enumerate(deed.filters) if each.kind == kind), None)
