"""Works out what a question is about if its words only imply it: customers, products, staff or a figure."""

from __future__ import annotations

from datetime import date

from motabot.offline.staff.frames.draft import OF_GOODS, FigureDraft, is_of_customer
from motabot.offline.staff.frames.lexicon import FigureLexicon
from motabot.offline.staff.frames.numbers import Numbered
from motabot.text.regex import regex

_STAFF_FIGURES = frozenset(
    (
        "discounts",
        "discount_percent",
        "refunds",
        "refunded_amount",
        "refund_rate",
        "average_sale",
        "units_per_sale",
        "margin",
        "margin_percent",
        "sales_less_refunds",
        "net_sales",
        "tax",
    )
)
#: Those that compare people's work whatever they had to do.
_RATES = frozenset(("refund_rate", "units_per_sale", "discount_percent", "average_sale", "margin_percent"))
_SERVES = regex(
    r"\bwho (?:has |have )?(?:handled|handles|processed|processes|rang|rung|rings|served|serves|issued|approved)\b"
)
_MORE = frozenset(("more", "bigger", "higher", "larger", "less", "lower", "smaller", "better"))
_SHELF = (("active",), ("inactive",))


class Subjects:
    """Settles the subject of a draft."""

    def __init__(
        self, draft: FigureDraft, numbered: Numbered, lexicon: FigureLexicon, today: date, text: str
    ) -> None:
        self._text = text
        self._draft = draft
        self._numbered = numbered
        self._lexicon = lexicon
        self._today = today
        self._has_split = False
        self.unclear = list(draft.unclear)

    @property
    def _has_goods(self) -> bool:
        """Whether rows are narrowed down to products."""
        return any(each.filter.kind in OF_GOODS for each in self._draft.filters)

    @property
    def _is_open(self) -> bool:
        """Whether neither a thing nor a figure is named."""
        return not (self._draft.of or self._draft.measures)

    def _settle_subject(self) -> None:
        self._settle_who()
        self._settle_sales()
        self._settle_products()
        self._settle_customers()
        self._settle_listed()

    def _lists_or_counts(self, of: str) -> None:
        """Count things if a count is asked for, else list them."""
        draft = self._draft
        draft.of, draft.counts, draft.lists = of, draft.is_count, not draft.is_count

    def _settle_who(self) -> None:
        """ "Who" is a staff member if figures of staff are asked for, otherwise a customer."""
        draft = self._draft
        if draft.of == "who":
            staff = bool(_SERVES.search(self._text) or _STAFF_FIGURES & set(draft.measures))
            rates = bool(_RATES & set(draft.measures)) and bool(draft.order)  # "who has the lowest refund rate"
            staff = staff and not draft.verbs & (
                {"buy", "visit", "spend"} if rates else {"buy", "visit", "spend", "carry"}
            )
            draft.of = "person" if staff else "customer"
        groups = (each.filter for each in draft.filters if is_of_customer(each.filter, self._lexicon))
        is_split = (draft.compares or draft.splits) and any(len(each.values) > 1 for each in groups)
        more = any(item.words in _MORE for item in self._numbered.items)
        if is_split and more and draft.of in ("customer", "person") and draft.measures:
            draft.of = ""  # "Regulars vs VIPs, whose average ticket is bigger"

    def _settle_sales(self) -> None:
        """ "How many gummies", "how much did we sell" and "which store earns most" ask for units and sales."""
        draft = self._draft
        if draft.is_count and not draft.counts and self._is_open and self._has_goods:
            if draft.verbs & {"sell", "buy"} or draft.spans:
                draft.measures.append("units")
            else:
                draft.of, draft.counts = "product", True
        is_bare = not (draft.counts or draft.deeds or draft.lists or draft.order or draft.is_count or draft.much)
        if self._is_open and self._has_goods and "sell" in draft.verbs and is_bare:
            draft.measures += ["units", "sales"]  # "gummies sold in November"
        trades = draft.verbs & {"sell", "buy", "earn", "spend", "pay"}
        if draft.much and trades and not (draft.measures or draft.counts):
            draft.measures += ["sales", "units"] if self._has_goods else ["sales"]
        asks = draft.by or draft.lists or draft.change or draft.compares
        if (
            draft.much
            and draft.is_count
            and trades
            and draft.measures in (["transactions"], ["units"])
            and not draft.deeds
        ):
            draft.measures.insert(0, "sales")  # "how much did we sell, and how many sales was that"
        if self._is_open and draft.verbs & {"sell", "earn"} and asks:
            draft.measures.append("sales")
        if self._is_open and draft.spans and draft.by and not (draft.deeds or draft.counts or draft.filters):
            draft.measures.append("sales")  # "between September 15 and October 15, by week"
        if draft.joined and draft.of in ("", "customer") and not draft.measures and not draft.lists:
            self._lists_or_counts("customer")
        of_customers = all(is_of_customer(each.filter, self._lexicon) for each in draft.filters)
        weighs = draft.compares or draft.order or draft.spans or not of_customers
        splits = draft.compares or (draft.splits and weighs)  # "VIPs or regulars at risk" are customers
        if self._is_open and not draft.counts and splits and draft.filters:
            draft.measures.append("sales")

    def _settle_products(self) -> None:
        """ "Best selling", "most units of vapes", "items under cost" and "top indica flower" are about products."""
        draft = self._draft
        splits = draft.splits or draft.compares  # "is flower or vapes bigger"
        if (
            self._is_open
            and draft.order
            and (draft.lists or draft.filters)
            and draft.verbs & {"sell"}
            and not splits
        ):
            draft.of = "product"
        alone = draft.measures and not (draft.of or draft.by or draft.per)
        if draft.order and alone and self._has_goods and not splits:
            known = self._lexicon.measures.get(draft.measures[0])
            ranks = known is not None and (known.agg == "sum" or (known.agg == "ratio" and draft.lists))
            draft.of = "product" if ranks else draft.of
        bare = not draft.verbs & {"sell", "buy"} and draft.measures in ([], ["units"])
        below_cost = any(each.filter.values == ("below_cost",) for each in draft.filters)
        if below_cost and (bare or self._is_open):
            draft.measures, draft.of, draft.lists = [], draft.of or "product", True
        returns = any(deed.verb in ("first", "return") for deed in draft.deeds)
        if self._is_open and returns:
            self._lists_or_counts("customer")
        ranked = self._lexicon.measures.get(draft.rank)
        of_shelf = ranked is not None and ranked.relations[:1] == ("products",)  # "edibles sorted by price"
        if self._is_open and (draft.order or of_shelf) and self._has_goods and not splits:
            draft.of = "product"

    def _settle_customers(self) -> None:
        """ "5 lowest point balances" are of customers."""
        draft = self._draft
        if draft.is_count and draft.of == "customer" and not (draft.counts or draft.measures or draft.order):
            draft.counts, draft.lists = True, False  # "of the customers who joined this year, how many ..."
        grows = draft.change and not draft.order and not draft.measures and draft.of == "customer"
        if grows and any(deed.verb == "join" for deed in draft.deeds):
            draft.counts, draft.lists = True, False  # "growth of new customers"
        known = self._lexicon.measures.get(draft.measures[0]) if draft.measures else None
        if known is not None and known.relations == ("customers",) and draft.order and not (draft.of or draft.by):
            draft.of = "customer"

    def _settle_listed(self) -> None:
        """ "VIPs at risk", "which indica flower do we have" and "flower under $20" list what they name."""
        draft = self._draft
        if not self._is_open or draft.counts or draft.deeds:
            return
        if any(is_of_customer(each.filter, self._lexicon) for each in draft.filters):
            self._lists_or_counts("customer")
            draft.counts, draft.lists = (
                draft.counts or bool(draft.by),
                draft.lists and not draft.by,
            )  # "VIPs by store"
            return
        says_product = any(item.name("noun") == "product" for item in self._numbered.items)
        is_gone = any(each.filter.values == ("inactive",) for each in draft.filters)  # "discontinued vapes"
        if self._has_goods and (draft.lists or says_product or draft.bounds or is_gone):
            draft.of, draft.lists = "product", True
        if draft.lists and any(each.filter.values in _SHELF for each in draft.filters):
            draft.of = "product"
