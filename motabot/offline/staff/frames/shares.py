"""Separates the part of a share from its whole."""

from __future__ import annotations

from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, OF_GOODS, Deed, Placed
from motabot.offline.staff.frames.frame import Filter, SetCondition, Share
from motabot.offline.staff.frames.limits import SortedLimits
from motabot.text.regex import regex

_DOLLARS = regex(r"\b(?:how much|revenue|money|dollars?|ingresos|dinero)\b")
#: "What percent of revenue comes from tickets over $150": of the money, not of the tickets.
_INCOME = regex(
    r"\b(?:revenue|income|money|ingresos|dinero|sales (?:dollars|revenue|come|comes|came|is from|are from|from))\b"
)
_PLACES = frozenset(
    ("location", "person", "terminal", "hour", "weekday", "month", "quarter", "week", "day", "year")
)
_WHERE = frozenset(("location", "person", "weekday", "hours", "flag"))


def _is_bare(deed: Deed) -> bool:
    """Whether a condition is true of every sale: it says neither what was bought, nor when, nor how much."""
    says = deed.filters or deed.spans or deed.limits or deed.bounds or deed.only
    return deed.positive and not says and deed.verb in ("visit", "buy", "spend", "sell")


class Shares(SortedLimits):
    """Splits filters and conditions into those of the part and those of the whole."""

    def _parts(self, measures: list[str]) -> tuple[Share | None, list[Placed], list[SetCondition]]:
        draft = self._draft
        filters, deeds = list(draft.filters), list(draft.deeds)
        if draft.share_at >= 0 and self._numbered.limit:  # "the top 10% of customers who have bought"
            deeds = [each for each in deeds if each.filters or each.spans or each.limits or not each.positive]
        if draft.share_at < 0:
            return None, filters, [deed.closed() for deed in deeds]
        if not measures:
            customers = any(each.filter.kind in OF_CUSTOMERS for each in filters)
            measures.append("count customer" if customers and not draft.verbs else "sales")
        limits = [each for each, _previous in draft.bounds if each.unit in ("$", "")]
        if limits and measures[:1] in (["sales"], ["transactions"]) and not draft.of:
            draft.bounds = []
            measures[:] = ["sales" if _INCOME.search(self._text) else "transactions"]
            worth = tuple(
                Filter("worth", ("sales", each.sign, str(each.number)), words=each.words) for each in limits
            )
            return Share(worth), filters, [deed.closed() for deed in deeds]
        if draft.share_ratio and len(measures) == 1 and not deeds:
            if measures[0] not in ("margin", "discounts"):
                self.unclear.append("share")
            measures[0] = {"margin": "margin_percent", "discounts": "discount_percent"}.get(
                measures[0], measures[0]
            )
            return None, filters, []
        counts = not _DOLLARS.search(self._text)
        flags = (each.filter.values[0] for each in filters if each.filter.kind == "flag")
        if (
            counts
            and measures[:1] == ["sales"]
            and any("tickets" in self._lexicon.flags[each].rows for each in flags)
        ):
            measures[0] = "transactions"  # "the share of sales with a discount" counts them
        if len(measures) == 2 and not draft.share_ratio and not draft.of and draft.be_at > draft.share_at:
            measures.reverse()  # "what share of revenue is tax"
            draft.share_ratio = True
        if len(measures) == 2 and draft.share_ratio:
            return Share(of_measure=True), filters, [deed.closed() for deed in deeds]
        outer = [deed for deed in deeds if not deed.clause or deed.also]
        if len(outer) > 1 and outer[0].verb in ("join", "first"):
            outer = outer[1:]  # "what percent of new customers came back"
        part_deeds = outer if outer else deeds
        if measures[:1] != ["count customer"] and not draft.of:
            self.unclear += [self._numbered.items[each.at].words for each in part_deeds if _is_bare(each)]
        for deed in part_deeds:  # "what percent of October's customers were new": new in October
            if deed.verb in ("join", "first") and not deed.spans:
                deed.spans += [span for span, _at in draft.spans]
        whole_deeds = [deed for deed in deeds if deed not in part_deeds]
        part = self._part_filters(filters, has_deeds=bool(part_deeds))
        whole = [each for each in filters if each not in part]
        failed = any(each.filter.values == ("failed",) for each in part)
        if failed and not any(each.filter.values[0] in ("inbound", "outbound") for each in filters):
            whole.append(Placed(Filter("flag", ("outbound",), words="sent"), -1))  # only what is sent can fail
        share = Share(tuple(each.filter for each in part), tuple(deed.closed() for deed in part_deeds))
        return share, whole, [deed.closed() for deed in whole_deeds]

    def _part_filters(self, filters: list[Placed], *, has_deeds: bool) -> list[Placed]:
        draft = self._draft
        turn = max(draft.be_at, draft.verb_at)
        after = (
            [each for each in filters if each.at > turn]
            if turn > draft.share_at and turn > max(draft.measure_at, draft.of_at)
            else []
        )
        beside = self._beside(filters)
        flags = [each for each in filters if each.filter.kind == "flag"]
        if has_deeds:
            return []
        if after:
            where = [each for each in after if each.filter.kind in ("location", "person", "weekday", "hours")]
            what = [each for each in after if each not in where]
            return what or where  # "paid by debit at Berkeley": of what Berkeley sold
        if beside:
            return beside
        head = [each for each in filters if each.at <= draft.share_at + 2 and each.at > draft.share_at]
        if head and draft.measure_at < 0 and draft.of_at < 0:
            return head
        groups = {*draft.by, *draft.per, draft.of} - {""}
        if head and groups and groups <= _PLACES and not draft.counts and head[0].filter.kind not in _PLACES:
            return head  # "the store with the highest share of cash sales": of what each store sold
        late = [
            each
            for each in filters
            if 0 <= draft.measure_at < each.at < draft.by_at and each.filter.kind not in _WHERE
        ]
        if late and not draft.order:
            return late  # "percentage of sales in cash by store": of what each store sold
        if (
            draft.by
            or draft.per
            or (draft.of in GOODS | {"location", "person", "payment"} and not draft.counts and draft.lists)
        ):
            return flags
        noun = max(draft.measure_at, draft.of_at)
        following = [each for each in filters if each.at > noun]
        if following:
            flagged = [each for each in following if each.filter.kind == "flag"]
            return flagged or following[-1:]
        return filters[-1:] if len(filters) == 1 or not flags else flags

    def _beside(self, filters: list[Placed]) -> list[Placed]:
        """The things before "share": "indica flower share of flower units" is Indica's share, of flower."""
        at = self._draft.share_at - 1
        beside = [each for each in filters if each.at == at]
        while beside and beside[-1].filter.kind in OF_GOODS:
            at -= 1
            before = [each for each in filters if each.at == at and each.filter.kind in OF_GOODS]
            if not before:
                break
            beside += before
        return [each for each in beside if each.again < 0] or beside

    def _split(self) -> list[str]:
        """The kind of things that are compared with each other."""
        for each in self._draft.filters:
            kind = each.filter.kind
            if len(each.filter.values) > 1 and each.filter.words.count(", ") and kind in self._lexicon.columns:
                return [kind]
            if kind == "hours" and len(each.filter.values) > 2:
                pairs = zip(each.filter.values[::2], each.filter.values[1::2], strict=True)
                return ["hours:" + "|".join(f"{first}-{end}" for first, end in pairs)]
            if kind == "weekday" and len(each.filter.values) > 1 and each.filter.words.count(", "):
                if len(each.filter.values) == 7:
                    self._draft.filters.remove(each)
                    return ["weekend"]
                return ["weekday"]
            if kind == "named" and each.filter.words.count(", "):
                said = each.filter.words.split(", ")
                said = said if len(said) == len(each.filter.values) else list(each.filter.values)
                pairs = zip(each.filter.values, said, strict=True)
                return ["named:" + "|".join(f"{part}={word}" for part, word in pairs)]
        return []
