"""A draft made into a frame: what is asked, of whom, and how it is grouped."""

from __future__ import annotations

import re

from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, OF_GOODS, TIMES, Placed
from motabot.offline.staff.frames.frame import Frame, Share, Spread
from motabot.offline.staff.frames.rows import ROWS, Rows

_NONE: Spread = ""
#: "Returned an item" is a refund; "returned in October" is another visit.
_GIVEN_BACK = re.compile(r"\breturn(?:s|ed)? (?:anything|something|it|items?|an?|products?|stuff|goods|the)\b")


class Finish(Rows):
    """Makes one frame."""

    def frame(self) -> Frame | None:
        """The frame; None where the question asks for nothing that is known, or `unclear` has words."""
        draft = self._draft
        self._settle_subject()
        self._settle_figures()
        self._settle_deeds()
        is_part = draft.share_at >= 0 and not draft.of
        bounds, worths = ((), ()) if is_part else self._bounds()
        measures, of, by = self._asked(has_bounds=bool(bounds))
        measures += [each.measure for each in bounds if each.measure not in measures]
        split = self._split() if draft.splits or draft.compares else []
        self._has_split = bool(split)
        share, filters, conditions = self._parts(measures)
        spans = tuple(span for span, _at in draft.spans)
        change, spans, by = self._change(spans, by, measures)
        row, rank = self._rows(measures, by)
        per, spread = ("", _NONE) if row else self._spread(measures, by)
        if share is not None and split and len(share.filters) == 1 and not by:
            filters = [*filters, *(Placed(each, 0) for each in share.filters)]
            share = Share()
        if (
            split
            and not (share and share.filters)
            and not change
            and (len(spans) < 2 or not draft.compares)
            and split[0] not in by
        ):
            by = [*by, *split]
        if not measures and by and of and by != [of]:
            measures = [f"count {of}"]
        if row:
            measures, of = [], row
        if not measures and not row and not (of and (draft.lists or draft.order)):
            self.unclear += [] if self.unclear else ["?"]
        self._refuse(measures, of, by)
        if self.unclear:
            return None
        counts_groups = draft.counts and bool(bounds) and of not in ("customer",)
        return Frame(
            measures=tuple(dict.fromkeys(measures)),
            of=of,
            by=tuple(dict.fromkeys(by)),
            per=per,
            spread=spread,
            spreads=tuple(dict.fromkeys(each for each in ("average", "median") if each in draft.spreads))
            if len(set(draft.spreads)) > 1
            else (),
            filters=(*(each.filter for each in filters), *worths),
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
            counts_groups=counts_groups,
            who=draft.who,
            lag=draft.lag,
            relative=draft.relative,
            both_ends=draft.both_ends and not row,
            each=draft.each and len(set(by)) == 2,
        )

    def _refuse(self, measures: list[str], of: str, by: list[str]) -> None:
        """Leave what asks for the page of one customer or product, or for the future, to the questions of the book."""
        draft = self._draft
        first = measures[0] if measures else ""
        if draft.recent and of not in ROWS.values():
            self.unclear.append("last")
        of_one = draft.who and (not measures or (first in ("transactions", "texts") and not draft.is_count))
        ahead = any(span.first and span.first > self._today for span, _at in draft.spans)
        ahead = ahead or any(
            span.first and span.first > self._today for deed in draft.deeds for span in deed.spans
        )
        if draft.relative and not draft.change and not draft.compares:
            self.unclear.append("percent")
        if draft.share_at >= 0 and draft.change:
            self.unclear.append("percent")
        if any(deed.verb in ("first", "return") for deed in draft.deeds) and re.search(r"\bwithin\b", self._text):
            self.unclear.append("within")
        given_back = _GIVEN_BACK.search(self._text)
        if given_back and any(deed.verb == "return" for deed in draft.deeds):
            self.unclear.append(given_back[0].rpartition(" ")[2])
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
            self.unclear.append("without buying")  # only those who bought are in the data
        if of_one or ahead or (draft.change and of == "customer" and not measures):
            self.unclear += [] if self.unclear else ["?"]

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
        if draft.share_at >= 0 and of and not measures:
            if of in GOODS and not draft.deeds and draft.order:
                return self._usual(of), of, [of, *by]
            return [f"count {of}"], of, by
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
            and not draft.bounds
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

    def _usual(self, of: str) -> list[str]:
        """What things are ranked by where the question does not say."""
        draft = self._draft
        if of == "customer":
            if draft.verbs & {"visit"}:
                return ["visits"]
            if draft.verbs & {"buy"}:
                goods = any(each.filter.kind in OF_GOODS for each in draft.filters)
                return ["units", "sales"] if goods else ["transactions", "sales"]
            located = any(each.filter.kind not in OF_CUSTOMERS for each in draft.filters)
            return ["sales"] if draft.spans or located else ["lifetime_value"]
        if of in OF_CUSTOMERS:
            return ["count customer"]
        if of == "product":
            return ["units", "sales"]
        if of in GOODS:
            return ["sales", "units"]
        if of in TIMES or of == "payment":
            return (
                ["transactions", "sales"]
                if of in ("hour", "weekday") or of == "payment"
                else ["sales", "transactions"]
            )
        return ["sales"]

    def _is_single(self, words: str) -> bool:
        """Whether the largest of single rows is asked for: "the biggest refund", not "the most refunds"."""
        at = self._draft.order_at
        items = self._numbered.items
        sizes = ("biggest", "largest", "highest", "smallest", "lowest")
        return 0 <= at < len(items) - 1 and items[at].words in sizes and items[at + 1].words == words

    def _spread(self, measures: list[str], by: list[str]) -> tuple[str, Spread]:
        draft = self._draft
        spread: Spread = "average" if draft.spread == "average" else "median" if draft.spread == "median" else ""
        per = next((each for each in draft.per), "")
        if len(draft.per) > 1:
            by += draft.per[1:]
        first = self._lexicon.measures.get(measures[0]) if measures else None
        is_total = first is not None and first.agg in ("sum", "count")
        if measures[:1] == ["spend"] and not spread and "customer" not in by:
            spread = "average"
        is_late = draft.spread_at > draft.by_at >= 0 and by in (["hour"], ["day"], ["week"], ["month"])
        if spread and not per and is_late and is_total:  # "transactions by hour on average"
            per = by.pop()
        if per and not spread and draft.order and self._numbered.limit and per in GOODS | {"location", "person"}:
            by.append(per)  # "margin per brand, bottom 3"
            return "", ""
        if (
            not spread
            and draft.order
            and not draft.compares
            and not draft.change
            and not by
            and first is not None
            and not draft.of
        ):
            spread = "highest" if draft.order == "top" else "lowest"
            if per in TIMES:
                by.append(per)
                return "", ""
        if measures[:1] == ["refunds"] and by and draft.order in ("top", "worst") and self._is_single("refund"):
            measures[0] = "refunded_amount"  # "who handled the biggest refund"
            return "", "highest" if draft.order == "top" else "lowest"
        if first is not None and first.agg == "ratio":
            by += [per] if per else []
            return "", ""
        if per and not spread:
            if per in TIMES or per not in ("customer", "transaction", "visit") or draft.share_at >= 0:
                by.append(per)
                return "", ""
            spread = "average"
        is_usual = spread or re.search(r"\b(?:average|avg|mean|typical|usually|promedio)\b", self._text)
        if measures[:1] == ["days_between"] and draft.order and not is_usual and "customer" in by:
            return "", "highest" if draft.order == "top" else "lowest"  # the longest single gap of each
        if first is not None and first.agg == "row" and per not in ("customer",) and per:
            by.append(per)
            return "", spread or "average"
        if first is not None and first.agg == "row" and spread == "" and not (draft.order and by):
            spread = "average"
        if (
            spread
            and not per
            and measures
            and (measures[0].startswith("count ") or (first is not None and first.agg == "count"))
        ):
            if measures[0] in ("transactions", "refunds") and spread in ("highest", "lowest"):
                measures[0] = "sales" if measures[0] == "transactions" else "refunded_amount"
                return "", spread
            if "customer" in (draft.of, *draft.per) or measures[0] == "visits":
                per = "customer"
            else:
                self.unclear.append(draft.spread or draft.order)
        is_sum = spread in ("average", "median") and not per and first is not None and first.agg == "sum"
        if is_sum and first and (first.per or draft.of == "customer" or "spend" in draft.verbs):
            per = "customer"
        return per, spread
