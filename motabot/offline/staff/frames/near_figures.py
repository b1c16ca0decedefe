"""Picks the exact figure that is meant: "sales before tax", "THC of what was sold", "biggest fans"."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.frames.draft import GOODS, OF_GOODS, TIMES, Placed
from motabot.offline.staff.frames.subject import Subjects
from motabot.text.regex import regex

#: What each kind of word turns a figure into.
TURNED: dict[str, dict[str, str]] = {
    "net": {"sales": "net_sales", "sales_less_refunds": "net_sales_less_refunds"},
    "less_refunds": {"sales": "sales_less_refunds", "tax": "net_tax", "net_sales": "net_sales_less_refunds"},
    "undiscounted": {"sales": "list_sales", "margin": "list_margin"},
    "tax_included": {"net_sales": "sales_less_refunds", "net_sales_less_refunds": "sales_less_refunds"},
    "refunds_aside": {},
}
_TURN_WORDS = {
    "net": "before tax", "less_refunds": "less refunds", "undiscounted": "before discounts",
    "tax_included": "tax included", "refunds_aside": "without refunds",
}  # fmt: skip

#: A margin in percent, not in dollars.
_BEST_MARGIN = regex(
    r"\b(?:best|worst|highest|lowest|better|higher|lower|top|bottom|high|low|thin|mejor|peor)(?: (?:gross|profit|average|avg|overall))* (?:margins?|margen)\b"
    r"|\b(?:margins?|margen)\b.* (?:is|are) (?:the )?(?:best|worst|highest|lowest|better|higher|lower)\b"
)
_SIZE = regex(r"\d+(?:\.\d+)?m?g\b")
_LIST_PRICE = regex(r"\b(?:list|shelf|menu|sticker|full|retail) prices?\b")
#: What a product costs the shop, not its customers.
OUR_COST = regex(r"\b(?:costs? us|our costs?|wholesale|unit cost|product cost|we (?:pay|paid))\b")


class NearFigures(Subjects):
    """Settles which figure is meant."""

    def _settle_figures(self) -> None:
        self._settle_turns()
        self._settle_margins()
        self._settle_averages()
        self._settle_prices()
        self._settle_limits()
        self._settle_newness()
        self._settle_fans()
        draft = self._draft
        timeless = not {*draft.by, *draft.per, draft.of} & TIMES and not draft.change and not draft.spans
        if timeless and any(deed.verb == "join" and not deed.spans for deed in draft.deeds):
            self.unclear.append("new")

    def _settle_margins(self) -> None:
        """ "The best margin" is in percent, "the most profit" in dollars; at list price it is the catalog's."""
        draft = self._draft
        if draft.measures[:2] == ["product_cost", "margin"]:
            draft.measures.reverse()  # "cost and margin on the Gelato 3.5g"
        if not draft.measures or draft.measures[0] not in ("margin", "list_margin", "margin_percent"):
            return
        on_shelf = any(each.filter.values[0] in ("active", "inactive") for each in draft.filters)
        is_sold = draft.spans or draft.deeds or draft.verbs & {"sell", "buy"}
        at_list = draft.measures[0] == "list_margin" and _LIST_PRICE.search(self._text)
        if self._is_one_product() and not is_sold:
            others = [each for each in draft.measures[1:] if each in ("price", "product_cost", "markup")]
            draft.measures[:] = ["shelf_margin", "markup", *others]
            draft.of = "product"
        elif (on_shelf or at_list) and not is_sold and self._of_catalog():
            draft.measures[0] = "shelf_margin"
        elif draft.measures[0] == "margin" and _BEST_MARGIN.search(self._text):
            draft.measures[0] = "margin_percent"

    def _is_one_product(self) -> bool:
        """Whether the question is about the catalog's margin of a product of one size: "Gelato 28g"."""
        draft = self._draft
        named = [
            each.filter for each in draft.filters if each.filter.kind in ("named", "sku") and each.filter.positive
        ]
        bare = not (draft.by or draft.per or draft.order or draft.of not in ("", "product"))
        return (
            bare
            and len(named) == 1 == len(draft.filters)
            and (named[0].kind == "sku" or bool(_SIZE.search(named[0].words)))
        )

    def _of_catalog(self) -> bool:
        """Whether everything that is asked about is in the catalog."""
        draft = self._draft
        kinds = {each.filter.kind for each in draft.filters} - {"flag"}
        groups = {*draft.by, *draft.per, draft.of} - {""}
        return kinds <= OF_GOODS and groups <= GOODS and bool(groups or kinds)

    def _settle_averages(self) -> None:
        """ "The average transaction" averages amounts; "brands a customer tries, on average" averages counts."""
        draft = self._draft
        if draft.measures[:1] == ["transactions"] and draft.spread and not draft.per and not draft.is_count:
            draft.measures[0] = "average_sale"
        if draft.rank == "transactions" and draft.spread == "average":  # "by average sale"
            draft.rank, draft.spread, draft.spreads = "average_sale", "", []
        mean = draft.spread == "average" or draft.measures[:1] == ["average_value"]
        if mean and draft.rank == "lifetime_value" and draft.of != "customer":
            draft.measures, draft.rank = ["average_value"], ""  # "brings the most valuable customers on average"
        if draft.spread and draft.of in GOODS and "customer" in draft.per and not draft.measures:
            draft.counts = False
            draft.measures, draft.of = [f"count {draft.of}"], ""
            draft.deeds = [deed for deed in draft.deeds if deed.filters or deed.spans or deed.limits]

    def _settle_prices(self) -> None:
        """Take figures of products that were sold from the sales, not from the catalog."""
        draft = self._draft
        is_ours = OUR_COST.search(self._text) is not None
        if (
            draft.measures == ["product_cost"]
            and not is_ours
            and (draft.much or (draft.of == "product" and draft.bounds))
        ):
            draft.measures[:] = ["price"]
        is_sold = bool(draft.verbs & {"sell", "buy"})
        if draft.measures == ["thc"] and is_sold and draft.spread == "average":
            draft.measures, draft.spread, draft.spreads, draft.of = ["thc_sold"], "", [], ""
            draft.per = [each for each in draft.per if each != "customer"]
        if draft.measures == ["price"] and is_sold and (draft.spread or draft.spans):
            draft.measures, draft.spread, draft.spreads = ["unit_price"], "", []

    def _settle_limits(self) -> None:
        """Apply limits such as "brands that sold at least 20 units" to the same period as the ranking."""
        draft = self._draft
        for deed in list(draft.deeds):
            bare = deed.positive and (deed.limits or deed.spans) and not (deed.filters or deed.only)
            ranks = draft.order and deed.of == draft.of != "customer" and not (deed.spans and draft.spans)
            if bare and ranks and deed.verb in ("sell", "buy"):
                draft.bounds += [(limit, "") for limit in deed.limits]
                draft.spans += [(span, deed.at) for span in deed.spans]
                draft.deeds.remove(deed)

    def _settle_newness(self) -> None:
        """Treat new and returning customers as two groups, not as two conditions at once."""
        draft = self._draft
        verbs = [deed.verb for deed in draft.deeds if deed.positive and not deed.limits]
        counts = draft.of == "customer" and draft.compares
        asks_figure = counts or (draft.measures and not draft.measures[0].startswith("count "))
        if (
            sorted(verbs) not in (["first", "return"], ["join", "return"])
            or len(draft.deeds) != 2
            or not asks_figure
            or draft.share_at >= 0
        ):
            return
        spans = [span for deed in draft.deeds for span in deed.spans]
        draft.spans += [(span, 0) for span in spans if span not in [each for each, _at in draft.spans]]
        draft.deeds = []
        if counts and not draft.measures:
            draft.of, draft.counts, draft.measures = "", False, ["visitors"]
        draft.by.append("newness")

    def _settle_turns(self) -> None:
        """Apply words such as "before tax" to the figures."""
        draft = self._draft
        for turn in draft.turns:
            known = TURNED[turn]
            if known and set(draft.measures) & set(known):
                draft.measures[:] = [known.get(each, each) for each in draft.measures]
                continue
            goods = draft.of in GOODS or any(each.filter.kind in OF_GOODS for each in draft.filters)
            goods = goods or bool(set(draft.by) & GOODS)
            first = draft.measures[0] if draft.measures else ""
            is_so = {
                "net": first in ("margin", "list_sales", "net_sales", "net_sales_less_refunds")
                or (first in ("sales", "units") and goods),
                "undiscounted": first in ("list_sales", "units", "discounts"),
                "tax_included": first in ("sales", "sales_less_refunds", "average_sale") and not goods,
                "refunds_aside": first
                not in ("refunds", "refunded_amount", "sales_less_refunds", "net_sales_less_refunds"),
                "less_refunds": first in ("sales_less_refunds", "net_tax", "net_sales_less_refunds"),
            }[turn]
            self.unclear += [] if is_so else [_TURN_WORDS[turn]]

    def _settle_fans(self) -> None:
        """Read "the biggest fans of Gelato" and "what do buyers of Gelato also buy"."""
        draft = self._draft
        simple = [
            deed
            for deed in draft.deeds
            if deed.positive and deed.verb == "buy" and not deed.limits and not deed.only
        ]
        if (
            draft.of == "customer"
            and draft.order
            and not draft.measures
            and len(draft.deeds) == 1
            and simple
            and simple[0].filters
        ):
            (deed,) = draft.deeds
            draft.filters += [Placed(each, deed.at) for each in deed.filters]
            draft.spans += [(span, deed.at) for span in deed.spans]
            draft.deeds, draft.measures = [], ["units", "sales"]
        if (
            draft.of in GOODS
            and len(simple) == 2
            and not simple[1].filters
            and simple[0].filters
            and not draft.measures
        ):
            draft.filters += [Placed(replace(each, positive=False), simple[0].at) for each in simple[0].filters]
            draft.spans += [(span, simple[1].at) for span in simple[1].spans]
            draft.deeds.remove(simple[1])
            draft.measures, draft.order = ["units", "sales"], draft.order or "top"
