"""Reads a question's items from left to right into a draft."""

from __future__ import annotations

from collections.abc import Callable

from motabot.offline.staff.frames.draft import OF_CUSTOMERS, TIMES, FigureDraft
from motabot.offline.staff.frames.frame import Filter
from motabot.offline.staff.frames.lexer import Piece
from motabot.offline.staff.frames.ranks import Ranks

#: Operators that are only recorded.
_STATES = frozenset(
    "per by only usual that among growth shrink lag compare rank before different list how relative".split()
)
#: Operators that turn a figure into a related one: "before tax", "less refunds".
_TURNS = frozenset("net less_refunds refunds_aside tax_included undiscounted".split())
_EVERY = frozenset("a every each per average typical an".split())


class Scan(Ranks):
    """One pass over a question's items."""

    def run(self) -> FigureDraft:
        """Read all items."""
        for at, item in enumerate(self._items):
            if at in self._limits:
                self._limit(self._limits[at], at)
            elif item.span is not None:
                self._span(item, at)
            elif item.values:
                self._each_weekday(item, at)
                self._filter(Filter(item.values[0], item.values[1:], words=item.words), at)
            elif item.found is not None and not self._prefers_sense(item):
                self._thing(item.found, at)
            elif item.senses:
                self._sense(item, at)
            else:
                self.draft.unclear.append(item.words)
        self._leftovers()
        return self.draft

    def _each_weekday(self, item: Piece, at: int) -> None:
        """ "Sales each Monday", "an average Monday"."""
        words = item.words.split()
        draft = self.draft
        is_usual = bool({"average", "typical"} & set(words))
        if item.values[0] != "weekday" or not (_EVERY & set(words[:1]) or is_usual):
            return
        if is_usual:
            draft.spread, draft.spread_at = draft.spread or "average", at
            draft.spreads.append("average")
        if draft.measures or draft.spread:
            draft.per.append("day")

    def _leftovers(self) -> None:
        """Report unused operators."""
        draft = self.draft
        if self._negative:
            draft.unclear.append(self._negative)
        if self._pending in ("by", "per"):
            draft.unclear.append(self._pending)
        if self._is_only and (draft.deeds or not draft.filters or draft.of in ("customer", "who")):
            draft.unclear.append("only")
        if self._both_at >= 0 and draft.of == "customer" and len(draft.deeds) < 2:
            draft.unclear.append(self._items[self._both_at].words)
        if draft.when and not ({draft.of, *draft.by} & TIMES):
            draft.unclear.append(draft.when)
        if draft.how and not (draft.compares or draft.change):
            draft.unclear.append("how")

    def _prefers_sense(self, item: Piece) -> bool:
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

    def _sense(self, item: Piece, at: int) -> None:
        name = item.name
        if name("who"):
            self.draft.who = name("who")
        elif item.is_op("top", "worst") and (name("measure") or name("noun")):
            self._op(item, at)
        elif (
            name("flag")
            and not (name("measure") and not (self.draft.of or self.draft.measures))
            and (not name("verb") or self._texts or self._leads)
            and self._flag(name("flag"), item, at)
        ):
            pass
        elif name("verb") and not (self._pending == "per" and name("measure")):
            self._verb(name("verb"), item, at)
            self._pending = "" if self._pending == "by" else self._pending  # "top customers by spend"
        elif name("measure") and self._is_measure(item):
            self._measure(name("measure"), at)
        elif name("noun"):
            self._noun(name("noun"), item, at)
        elif name("measure"):
            self._measure(name("measure"), at)
        elif name("op"):
            self._op(item, at)
        elif name("compare") and at + 1 < len(self._items) and self._items[at + 1].span is not None:
            if item.words != "over" or self.draft.spans or self.draft.change:  # not "over the summer"
                self.draft.compares, self.draft.compare_at = True, at  # "October over September"
        else:
            self.draft.unclear.append(item.words)

    def _is_measure(self, item: Piece) -> bool:
        return not item.name("noun") or not self._pending

    def _op(self, item: Piece, at: int) -> None:
        name = item.name("op")
        if name in _STATES:
            self._state(name, item, at)
            return
        if name in _TURNS:
            self.draft.turns.append(name)
            return
        handlers: dict[str, Callable[[Piece, int], None]] = {
            "count": self._count,
            "much": self._much,
            "share": self._share,
            "average": self._spread,
            "median": self._spread,
            "top": self._order,
            "worst": self._order,
            "not": self._negate,
            "without": self._negate,
            "both": self._both,
            "and": self._join_things,
            "or": self._join_things,
            "but": self._join_things,
            "also": self._add,
            "who": self._who,
            "first": self._first,
            "repeat": self._first,
            "be": self._be,
            "when": self._when,
            "recent": self._newest,
            "oldest": self._newest,
            "breakdown": self._break_down,
        }
        if name in handlers:
            handlers[name](item, at)
        elif name not in ("of", "in", "filler") and item.words not in ("time", "vez"):
            self.draft.unclear.append(item.words)

    def _state(self, name: str, item: Piece, at: int) -> None:
        """Record an operator that needs no other word."""
        draft = self.draft
        if name in ("per", "by"):
            self._pending = name
        elif name == "only":
            self._is_only = True
        elif name == "usual":
            self._is_usual = True
        elif name == "that" or (name == "among" and draft.of):
            self._is_clause = True
        elif name in ("growth", "shrink", "lag"):
            draft.change = draft.change or ("shrink" if name == "shrink" else "grow")
            draft.step = _unit_of(item.words) if name == "lag" else draft.step
        elif name == "compare":
            draft.compares, draft.compare_at = True, at
        elif name == "rank":
            draft.lists, draft.order = True, draft.order or "top"
        else:
            draft.before = draft.before or name == "before"
            draft.different = draft.different or name == "different"
            draft.lists = draft.lists or name == "list"
            draft.how = draft.how or name == "how"
            draft.relative = draft.relative or name == "relative"

    def _count(self, item: Piece, at: int) -> None:
        draft = self.draft
        if item.words == "count" and at and self._items[at - 1].name("noun") == draft.of != "":
            draft.counts = draft.is_count = True  # "customers count by month"
            draft.lists = False
            return
        among = at > 0 and self._items[at - 1].is_op("among")  # "out of how many buyers"
        if draft.is_count and (draft.measures or draft.counts or among) and (among or not self._names(at + 1)):
            draft.unclear.append(item.words)  # "... and how many of them converted"
        if self._joint == "and" and (draft.lists or draft.joined) and draft.of and not self._names(at + 1):
            draft.unclear.append(item.words)  # "signups and how many bought"
        draft.is_count = draft.is_count or not (draft.measures or self._pending)
        self._pending = self._pending if self._pending in ("by", "per") else "count"

    def _names(self, at: int) -> bool:
        """Whether a noun or a figure is at a place, after words that only qualify it."""
        rest = range(at, len(self._items))
        after = next((n for n in rest if not self._items[n].is_op("in", "of", "be", "different")), None)
        return after is not None and bool(self._items[after].name("noun") or self._items[after].name("measure"))

    def _much(self, item: Piece, _at: int) -> None:
        self._pending = ""
        self.draft.much = self.draft.much or item.words not in ("what did", "how did", "how was", "how were")
        self.draft.lists = self.draft.lists or item.words == "what did"

    def _share(self, _item: Piece, at: int) -> None:
        self.draft.share_ratio = bool(self.draft.measures) and self.draft.share_at < 0
        self.draft.share_at = at
        self._pending = ""

    def _both(self, item: Piece, at: int) -> None:
        self._both_at = at
        if not self._open and self._of_tickets():
            self._contain(item, at)

    def _join_things(self, item: Piece, _at: int) -> None:
        if item.words == "either" and self._joint in ("and", "but"):
            self.draft.unclear.append(item.words)  # "bought edibles and either flower or vapes"
        self._joint = item.name("op")
        self._negative = "" if self._negative == "without" and self._joint == "but" else self._negative

    def _add(self, _item: Piece, _at: int) -> None:
        self._also = True
        if self._open and self.draft.deed and not self.draft.deed.filters:
            self.draft.deed.also = True

    def _be(self, _item: Piece, at: int) -> None:
        draft = self.draft
        is_first = draft.be_at < 0 or draft.be_at < draft.share_at
        if is_first or (draft.share_at >= 0 and draft.measure_at >= 0):
            draft.be_at = at

    def _when(self, item: Piece, _at: int) -> None:
        if "hora" in item.words or "time" in item.words:
            self.draft.by.append("hour")
        else:
            self.draft.when = item.words

    def _spread(self, item: Piece, at: int) -> None:
        draft = self.draft
        spread = "average" if item.is_op("average") else "median"
        if draft.spread and draft.spread != spread and at - draft.spread_at > 2 and self._joint != "and":
            draft.unclear.append(item.words)  # "the average ... at the median customer"
        draft.spread, draft.spread_at = draft.spread or spread, at
        draft.spreads.append(spread)

    def _break_down(self, _item: Piece, _at: int) -> None:
        """ "The churn risk breakdown of VIPs", and "breakdown of sales"."""
        draft = self.draft
        if draft.of and draft.of != "customer" and not draft.measures:
            draft.by.append(draft.of)
            draft.counts = draft.of in OF_CUSTOMERS
            draft.of = "customer" if draft.counts else ""
            draft.verbs |= set() if draft.counts else {"earn"}
        else:
            self._pending = "by"

    def _negate(self, item: Piece, _at: int) -> None:
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

    def _who(self, _item: Piece, _at: int) -> None:
        draft = self.draft
        if "person" in (*draft.by, *draft.per, *((draft.of,) if draft.measures else ())):
            return  # "discounts per budtender, who gives the most"
        if not draft.of and not draft.measures and not draft.is_count:
            draft.of, draft.lists = "who", True
            draft.of_at = -1
        elif not draft.of:
            draft.of = "customer"
        self._subject = self._subject or "customer"
        self._is_clause = True
        self._open = False


def _unit_of(words: str) -> str:
    for unit, pieces in {
        "month": ("month", "mom", "mes", "m m"), "week": ("week", "wow", "semana", "w w"), "quarter": ("quarter", "qoq"), "day": ("day",), "year": ("year", "yoy"),
    }.items():  # fmt: skip
        if any(piece in words for piece in pieces):
            return unit
    return ""
