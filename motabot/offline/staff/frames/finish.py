"""Turns a draft into a frame: what is asked, about which customers, and how it is grouped."""

from __future__ import annotations

import re
from dataclasses import replace

from motabot.offline.dates.pairs import unit_of
from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.defaults import Defaults
from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, TIMES, narrowest
from motabot.offline.staff.frames.frame import FigureFrame, Filter, Share, Spread
from motabot.offline.staff.frames.rows import ROWS
from motabot.text.regex import regex

_AND = regex(r"\b(?:and|y)\b")
_NONE: Spread = ""
_MEANS: tuple[Spread, ...] = ("average", "median")
#: Kinds of which a row has one value.
_SINGLE_VALUED = frozenset(("location", "person", "payment"))
#: A time from one event to another.
_WITHIN = regex(r"\bwithin (?!the (?:last|past))\S+ \w+ (?:of|after|from)\b")
#: "How many customers spent more this year than last": each one's own figures.
_EACH_THAN = regex(
    r"\b(?:spent|spend|bought|buy|visited|visit|came|come|shopped)(?: \w+)? (more|less"
    r"|fewer)\b.* than\b"
)
#: "How many bought edibles and how much did they spend on them": of the goods alone.
_ON_THEM = regex(r"\b(?:spent|spend) on (?:them|it|those|these)\b")
_POINTS = frozenset(("points", "points_earned", "points_spent"))
_IN_DOLLARS = regex(r"\b(?:in|as|worth|how many|how much in) (?:dollars?|money|cash|bucks)\b")
_COST_OF_THAT = regex(r"\b(?:that|it|this|they|those|these|them all) (?:cost|costs|be worth)\b")
_WHO_DID = regex(r"\bwho (?:gave|gives|handled|processed|issued|did|made|had|has|rang|took)\b")
_WE_PAY = regex(
    r"\b(?:do|did|have|had|does) (?:we|i|the shop|the store) (?:ever )?(?P<verb>pay|paid|spend|spent)\b(?! for| back)"
)
#: "Returned an item" is a refund; "returned in October" is another visit.
_GIVEN_BACK = regex(r"\breturn(?:s|ed)? (?:anything|something|it|items?|an?|products?|stuff|goods|the)\b")


class Finish(Defaults):
    """Makes one frame."""

    def frame(self) -> FigureFrame | None:
        """Build the frame; None if nothing known is asked for, or if `unclear` has words."""
        draft = self._draft
        self._settle_defaults()
        self._settle_compared()
        self._settle_percent()
        self._settle_subject()
        self._settle_figures()
        self._settle_deeds()
        bounds, worths = ((), ()) if draft.share_at >= 0 and not draft.of else self._bounds()
        measures, of, by = self._asked(has_bounds=bool(bounds))
        measures += [each.measure for each in bounds if each.measure not in measures]
        split = self._split() if draft.splits or draft.compares else []
        self._has_split = bool(split)
        share, filters, conditions = self._parts(measures)
        spans = self._narrowed(tuple(span for span, _at in draft.spans)) or self._of_new(measures)
        change, spans, by = self._change(spans, by, measures)
        by = [*by, *self._namesakes(measures, by)]
        row, rank = ("", "") if split else self._rows(measures, by)
        per, spread = ("", _NONE) if row else self._spread(measures, by)
        if share is not None and split and len(share.filters) == 1 and len(by) < 2:
            share = Share()  # "cash vs debit share by store": of each
        sets_periods = change or (len(spans) > 1 and draft.compares)
        both = change == "between" and draft.splits and not by  # "Oakland vs Berkeley, this month vs last"
        if split and not (share and share.filters) and (both or not sets_periods) and split[0] not in by:
            by = [*by, *split]
        if not measures and by and of and by != [of]:
            measures = [f"count {of}"]
        measures, of = ([], row) if row else (measures, of)
        if not measures and not row and not (of and (draft.lists or draft.order)):
            self.unclear += [] if self.unclear else ["?"]
        self._refuse(measures, of, by)
        if self.unclear:
            return None
        many = dict.fromkeys(each for each in _MEANS if each in draft.spreads)
        return FigureFrame(
            measures=tuple(dict.fromkeys(measures)),
            of=of,
            by=tuple(dict.fromkeys(by)),
            per=per,
            spread=spread,
            spreads=tuple(many) if len(many) > 1 else (),
            filters=(*(self._out_of_stock(each.filter, of, measures) for each in filters), *worths),
            conditions=tuple(conditions),
            bounds=bounds,
            share=share,
            spans=spans,
            change=change,
            falls=draft.order != "worst" and draft.change != "shrink",
            ranked=bool(draft.order or draft.rank or self._numbered.limit),
            rank=rank if row else draft.rank,
            limit=self._numbered.limit,
            percent_limit=self._numbered.is_percent,
            counts_groups=draft.counts and bool(bounds) and of != "customer",
            who=draft.who,
            lag=draft.lag,
            relative=draft.relative,
            both_ends=draft.both_ends and not row,
            each=draft.each and len(set(by)) == 2,
        )

    def _settle_compared(self) -> None:
        """ "Gross sales vs net sales last quarter" are two figures of one period."""
        draft, items = self._draft, self._numbered.items
        at = draft.compare_at
        if not (draft.compares and len(draft.measures) > 1 and 0 < at < len(items) - 1):
            return
        if items[at - 1].name("measure") and items[at + 1].name("measure"):
            draft.compares = False

    def _settle_percent(self) -> None:
        """A change is also given in percent: "by what percent", "compared to last year, percent"."""
        draft, items = self._draft, self._numbered.items
        changes = bool(draft.change or draft.before) or (draft.compares and len(draft.spans) > 1)
        if draft.share_at < 0 or not changes or draft.splits:
            return
        beside = any(each.at == draft.share_at - 1 for each in draft.filters)  # "cash share last month vs ..."
        if (draft.be_at > draft.share_at and draft.filters) or beside:
            return  # "what percent of this year's sales is edibles, against last year"
        after = items[draft.share_at + 1] if draft.share_at + 1 < len(items) else None
        if after is None or after.is_op("growth", "shrink") or after.span is not None:
            draft.share_at = -1

    def _narrowed(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The periods that are meant: "this year, in October" is October, but "today and this week" is both."""
        if self._draft.compares or self._draft.change or self._draft.before:
            return spans
        narrow = narrowest(spans)
        if len(spans) > 1 and narrow == spans and not unit_of(spans) and not _AND.search(self._text):
            self.unclear += [span.said for span in spans]  # "last year for October": neither is in the other
        if narrow != spans and _AND.search(self._text):
            self.unclear += [span.said or "and" for span in spans if span not in narrow]
        return narrow

    def _of_new(self, measures: list[str]) -> tuple[Span, ...]:
        """When "new customers" did what they did: "what new customers spent in October", in October."""
        draft = self._draft
        new = [deed for deed in draft.deeds if deed.verb == "join" and not deed.clause and deed.spans]
        is_figure = bool(measures) and not draft.counts and draft.of in ("", "customer") and not draft.lists
        return tuple(new[0].spans) if len(new) == 1 == len(draft.deeds) and is_figure else ()

    @staticmethod
    def _out_of_stock(given: Filter, of: str, measures: list[str]) -> Filter:
        """A filter as it is, or, for "brands out of stock", that of brands without stock."""
        is_group = of in GOODS and of != "product" and measures in ([], [f"count {of}"])
        is_out = given.kind == "flag" and given.values == ("inactive",) and given.positive
        return replace(given, values=(f"{of}_out",)) if is_group and is_out else given

    def _refuse(self, measures: list[str], of: str, by: list[str]) -> None:
        """Refuse what no query can express, what is about the future, and what is looked up elsewhere."""
        draft = self._draft
        first = measures[0] if measures else ""
        self.unclear += [f"by {each}" for each in by if f"count {each}" in measures]  # each store is one store
        if of == "text" and draft.order and not draft.recent:
            self.unclear.append(self._numbered.items[draft.order_at].words)  # "who texted us the most"
        if draft.recent and of not in ROWS.values():
            self.unclear.append("last")
        if self._numbered.limit and measures and not by and draft.share_at < 0 and of not in ROWS.values():
            self.unclear.append(str(self._numbered.limit))  # "the average of the top 10 tickets"
        one_day = [
            each.filter for each in draft.filters if each.filter.kind == "weekday" and len(each.filter.values) == 1
        ]
        if one_day and "weekday" in by:
            self.unclear.append(one_day[0].words)  # "better on Tuesdays, by weekday"
        if draft.rank and not by and of not in ROWS.values():
            self.unclear.append(f"by {draft.rank}".replace("_", " "))
        of_one = draft.who and (not measures or (first in ("transactions", "texts") and not draft.is_count))
        spans = [*(span for span, _at in draft.spans), *(span for deed in draft.deeds for span in deed.spans)]
        ahead = any(span.first and span.first > self._today for span in spans)
        if draft.relative and not draft.change and not draft.compares:
            self.unclear.append("percent")
        if draft.share_at >= 0 and draft.change and (by or (len(draft.spans) < 2 and not draft.step)):
            self.unclear.append(self._numbered.items[draft.share_at].words)
        self._refuse_deeds(of, first)
        filters = [each.filter for each in draft.filters]
        self.unclear += [
            each.words
            for each in filters
            if not each.positive
            and any(other.positive and (other.kind, other.values) == (each.kind, each.values) for other in filters)
        ]
        if "customer" in by and set(by) & TIMES and measures == ["lifetime_value"]:
            self.unclear.append(" ".join(set(by) & TIMES))
        visits = [deed for deed in draft.deeds if deed.positive and deed.verb == "visit" and not deed.filters]
        refuses = [deed for deed in draft.deeds if not deed.positive and deed.verb == "buy" and not deed.filters]
        if visits and refuses and (not visits[0].spans or visits[0].spans == refuses[0].spans):
            self.unclear.append("without buying")  # the data has only those who bought
        ahead = ahead and first != "scheduled_texts" and of != "scheduled"
        if of_one or ahead or (draft.change and of == "customer" and not measures):
            self.unclear += [] if self.unclear else ["?"]

    def _refuse_deeds(self, of: str, first: str) -> None:
        """Refuse what no condition can express.

        Args:
            of: What the question is about.
            first: Its first figure, or "".
        """
        draft = self._draft
        if any(deed.verb in ("first", "return") for deed in draft.deeds) and re.search(r"\bwithin\b", self._text):
            self.unclear.append("within")
        known = self._lexicon.measures.get(first)
        bare = not (of or draft.by or draft.per or self._has_split or draft.share_at >= 0)
        if known is not None and known.agg == "ratio" and draft.order and bare and not draft.change:
            self.unclear.append(
                self._numbered.items[draft.order_at].words
            )  # "the largest discount rate of a ticket"
        kinds = {each.filter.kind for each in draft.filters if each.filter.positive} & _SINGLE_VALUED
        for placed in draft.filters:
            if not placed.filter.positive and placed.filter.kind in kinds:
                self.unclear.append(placed.filter.words)  # "what sells in Oakland but not in Berkeley"
        on_shelf = [each.filter for each in draft.filters if each.filter.values in (("active",), ("inactive",))]
        if of == "customer" and first in ("", "count customer"):
            self.unclear += [each.words for each in on_shelf]  # "active customers"
        if first in ("product_cost", "price") and not self._has_goods and _COST_OF_THAT.search(self._text):
            self.unclear.append("cost")  # "how many points are there, and what would that cost us"
        if _POINTS & {*draft.measures} and (said := _IN_DOLLARS.search(self._text)):
            self.unclear.append(said[0].rpartition(" ")[2])  # the data does not say what a point is worth
        if _ON_THEM.search(self._text):
            self.unclear.append("on them")
        if _WITHIN.search(self._text) and not (
            any(deed.verb == "again" for deed in draft.deeds)
            or any(each.filter.kind == "soon" for each in draft.filters)
        ):
            self.unclear.append("within")
        each_than = _EACH_THAN.search(self._text)
        if each_than and of == "customer" and (draft.counts or draft.lists) and len(draft.spans) > 1:
            self.unclear.append(each_than[1])  # whose own figures are compared
        vague = (
            of == "customer" and draft.order and "earn" in draft.verbs and not draft.measures and not draft.deeds
        )
        if vague and _WHO_DID.search(self._text):
            self.unclear.append("most")  # "who gave the most": of what
        paid_out = _WE_PAY.search(self._text)
        if paid_out and first in ("sales", "spend"):
            self.unclear.append(paid_out["verb"])  # the data does not say what the shop pays
        given_back = _GIVEN_BACK.search(self._text)
        if given_back and any(deed.verb == "return" for deed in draft.deeds):
            self.unclear.append(given_back[0].rpartition(" ")[2])

    def _asked(self, *, has_bounds: bool) -> tuple[list[str], str, list[str]]:
        """The measures, what the question is about, and the groupings."""
        draft = self._draft
        measures, of, by = list(draft.measures), draft.of, list(draft.by)
        if draft.counts:
            if of in TIMES or (has_bounds and of != "customer"):
                return (measures or ["sales"]), of, [of, *by]
            if of == "product" and draft.verbs & {"sell", "buy"} and not draft.different and not draft.deeds:
                measures = ["units", *measures]
            return [f"count {of}", *measures] if "units" not in measures else [*measures, f"count {of}"], of, by
        if draft.share_at >= 0 and of in OF_CUSTOMERS and draft.deeds and not measures:
            return ["count customer"], "customer", [of, *by]  # "which source has the best retention"
        if draft.share_at >= 0 and of and not measures:
            if of in GOODS | {"location", "person", "terminal"} and not draft.deeds and draft.order:
                return self._usual(of), of, [of, *by]  # "the store with the highest share of cash"
            return ([f"count {of}"], of, by) if self._is_counted(of) else (["sales"], "", by)
        if (
            of
            and (draft.order or draft.rank)
            and not (of == "customer" and draft.deeds and not measures and not draft.order and not draft.rank)
        ):
            grouped = by if of in by else [of, *by]
            if draft.rank and not measures:
                measures = [draft.rank]
            return (measures or self._usual(of)), of, grouped
        if of and of != "customer" and measures:
            return measures, of, by if of in by else [of, *by]
        if of and has_bounds:
            return measures, of, [of, *by]
        if of in OF_CUSTOMERS and by and not measures:
            return ["count customer"], "customer", [of, *by]  # "churn risk by tier"
        if of and by and not measures:
            return [f"count {of}"], of, by
        if of in TIMES and not measures:
            return self._usual(of), of, [of, *by]
        if (
            measures
            and measures[0] in ("price", "product_cost", "thc", "cbd", "rating", "markup")
            and not draft.spread
            and not by
            and draft.share_at < 0
            and (not draft.bounds or (draft.filters and not has_bounds))
        ):
            return measures, "product", ["product"]
        if (
            of in ("location", "person", "payment")
            and draft.lists
            and not draft.deeds
            and not measures
            and (draft.verbs & {"sell", "earn"} or draft.change)
        ):
            return ["sales"], of, [of, *by]
        if of and not measures and draft.change:
            return self._usual(of), of, [of, *by]
        return measures, of, by
