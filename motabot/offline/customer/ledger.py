"""What a reply tells of the customer's own purchases: the calls that find it, and what the template says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from motabot.boundary import JsonMapping, JsonObject
from motabot.offline.customer.owned import Bought
from motabot.offline.customer.periods import written
from motabot.offline.customer.purchases import SUMS, PurchaseQuestion
from motabot.offline.customer.results import PURCHASES
from motabot.offline.dates.ranges import Span

#: Measures of what was bought most, and of what was bought once.
_BY_PRODUCT = frozenset(("top", "once", "bought"))
#: Measures whose reply also tells of visits.
_LISTED_TOO = frozenset(("when", "ever", "bought"))
MOST_VISITS, _MOST_MONTHS, _LISTED, _MOST_DATES = 20, 3, 3, 6
#: Figures that the receipts have, and a sum of one kind of goods has not.
OF_RECEIPTS = frozenset("refunds largest smallest store weekday saved used earned tax payment".split())

Call = tuple[str, str, JsonObject]


@dataclass(frozen=True)
class Ledger:
    """The purchases that a request asks about.

    Attributes:
        key: The request's key.
        asked: What it asks.
        today: The shop's day.
        store: The one store that it is about; no sum is of one store, but visits are counted.
    """

    key: str
    asked: PurchaseQuestion
    today: date
    store: str | None = None

    def plan(self, results: JsonMapping) -> Iterator[Call]:
        """The calls that find the figures, and then those that look at single visits."""
        if self.asked.measure in _LISTED_TOO:
            limit = MOST_VISITS if self.asked.measure == "bought" else _LISTED
            for n, (bought, span) in enumerate(self._cells()):
                yield f"{self.key}/visits{n}", PURCHASES, {"limit": limit, **_narrowed(bought, span)}
        for n, (bought, span) in enumerate(self._cells()):
            yield self._key(n), SUMS, {"by": self._by, **_narrowed(bought, span)}
        of = None if self.asked.measure in OF_RECEIPTS else next(iter(self.asked.of), None)
        for n, days in enumerate(self._looked_at(results)):
            yield f"{self.key}/day{n}", PURCHASES, {"limit": MOST_VISITS, **_narrowed(of, None), **days}

    def told(self, results: JsonMapping) -> JsonObject:
        """What the template says of it."""
        cells = list(self._cells())
        sums = [results.get(self._key(n)) or {} for n in range(len(cells))]
        rows = [self._row(bought, span, found) for (bought, span), found in zip(cells, sums, strict=True)]
        visits = [visit for n in range(len(cells)) for visit in _visits(results.get(f"{self.key}/visits{n}"))]
        days = [visit for n in range(_MOST_MONTHS) for visit in _visits(results.get(f"{self.key}/day{n}"))]
        return {
            "known": any(found.get("known") for found in sums),
            "measure": self.asked.measure,
            "per": self.asked.per,
            "by_money": self.asked.by_money,
            "rows": rows,
            "groups": self._groups(sums),
            "visits": [visit for visit in visits if not visit.get("refund")],
            "refunds": [visit for visit in days if visit.get("refund")],
            "first": next((visit for visit in reversed(days) if not visit.get("refund")), None),
            "is_of_kind": bool(self.asked.of),
            "is_dated": len(visits) <= _MOST_DATES,
            "whether": self.asked.whether,
            "store": self.store if self.asked.measure != "store" and "stores" in rows[0] else None,
            **self._more(rows),
        }

    @property
    def _by(self) -> str | None:
        if self.asked.measure in {"refunds", "month"}:
            return "month"
        is_one = len(list(self._cells())) == 1
        return "product" if is_one and self.asked.measure in _BY_PRODUCT and not self._names_product else None

    @property
    def _names_product(self) -> bool:
        return any(each.product for each in self.asked.of)

    def _cells(self) -> Iterator[tuple[Bought | None, Span | None]]:
        """Each of the things in each of the times."""
        is_whole = self.asked.measure in OF_RECEIPTS
        for bought in (None,) if is_whole else self.asked.of or (None,):
            for span in self.asked.spans or (None,):
                yield bought, span

    def _key(self, n: int) -> str:
        return f"{self.key}/{n}" if n else self.key

    def _looked_at(self, results: JsonMapping) -> Iterator[JsonObject]:
        """The days or months to look at: of the first purchase, or with refunds."""
        rows = (results.get(self.key) or {}).get("rows") or []
        if self.asked.measure == "first" and rows and rows[0].get("first"):
            yield {"since": rows[0]["first"], "until": rows[0]["first"]}
        if self.asked.measure == "refunds":
            for row in [row for row in rows if Decimal(str(row["refund_total"]))][:_MOST_MONTHS]:
                month = date.fromisoformat(f"{row['group']}-01")
                yield {"since": month.isoformat(), "until": (month + relativedelta(day=31)).isoformat()}

    def _row(self, bought: Bought | None, span: Span | None, found: JsonMapping) -> JsonObject:
        """The figures of one thing in one time."""
        rows = found.get("rows") or []
        spent = sum((Decimal(str(row["spent"])) for row in rows), Decimal())
        total = rows[0] if len(rows) == 1 else {}
        visits = total.get("visit_days") or 0
        first = date.fromisoformat(total["first"]) if total.get("first") else None
        last = date.fromisoformat(total["last"]) if total.get("last") else None
        begin = span.first if span and span.first and first and span.first > first else first
        end = min(span.last, self.today) if span else self.today
        days = (end - begin).days + 1 if begin else 0
        return {
            **total,
            "what": bought.label if bought else "",
            "is_product": bool(bought and bought.is_one),
            "period": written(span.said) if span else "",
            "now": bought.price if bought and self.asked.beside_now else None,
            "spent": spent,
            "visit_days": visits,
            "first": first,
            "last": last,
            "each": spent / visits if visits else None,
            "interval": round((last - first).days / (visits - 1)) if first and last and visits > 1 else None,
            "a_month": spent * 365 / 12 / days if days else None,
            "a_week": spent * 7 / days if days else None,
            "visits_a_month": Decimal(visits) * 365 / 12 / days if days else None,
            "visits_a_week": Decimal(visits) * 7 / days if days else None,
        }

    def _groups(self, sums: Sequence[JsonMapping]) -> list[JsonObject]:
        """What was bought, as a measure orders it: the most, or only what was bought once."""
        groups = [dict(row) for found in sums[:1] for row in found.get("rows") or [] if row["group"] != "total"]
        if self.asked.measure == "once":
            return [row for row in groups if row["visit_days"] == 1]
        if self.asked.measure == "month":
            return sorted(groups, key=lambda row: -Decimal(str(row["spent"])))
        if self.asked.measure == "top" and self.asked.by_money:
            return groups
        return sorted(groups, key=lambda row: -int(row["items"]))

    def _more(self, rows: Sequence[JsonObject]) -> JsonObject:
        """Which of two is more, and by how much, in the figure that is asked."""
        if len(rows) == 1:
            return {"winner": None, "difference": None}
        figure = {"visits": "visit_days", "units": "items", "average": "each"}.get(self.asked.measure, "spent")
        values = [Decimal(str(row.get(figure) or 0)) for row in rows]
        most = max(range(len(rows)), key=lambda n: values[n])
        others = [value for n, value in enumerate(values) if n != most]
        return {"winner": rows[most], "difference": values[most] - max(others), "figure": figure}


def _narrowed(bought: Bought | None, span: Span | None) -> JsonObject:
    """The arguments for some of the goods in some time."""
    days = (
        {"since": span.first.isoformat() if span.first else None, "until": span.last.isoformat()} if span else {}
    )
    return {"product": bought.product if bought else None, "category": bought.category if bought else None, **days}


def _visits(result: object) -> list[JsonObject]:
    return list(result.get("visits") or []) if isinstance(result, dict) else []
