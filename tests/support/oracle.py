"""What every derived column must hold, worked out in plain Python from its definition (docs/aggregates.md).

Nothing here knows the SQL: rows are dictionaries, quotients are fractions, and days come from `zoneinfo`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

Row = dict[str, Any]

CUSTOMER = [
    "total_visits",
    "total_sales",
    "total_refunds",
    "gross_sales",
    "gross_refunds",
    "avg_sale_value",
    "lifetime_value",
    "date_joined",
    "last_visited",
    "days_since_last_visit",
    "vip_status",
    "churn_risk",
]
PATTERN = [
    "avg_days_between_visits",
    "visit_consistency_score",
    "predicted_next_visit",
    "last_visit_deviation_days",
    "longest_gap_days",
    "shortest_gap_days",
    "total_visits",
]
AFFINITY = [
    "product_name",
    "category",
    "brand",
    "purchase_count",
    "total_spent",
    "last_purchased",
    "avg_price_paid",
    "repurchase_rate",
]
STAFF = ["shop_location", "total_transactions", "total_sales", "avg_transaction_value"]


@dataclass(frozen=True)
class Figures:
    """Derived columns by key: what a refresh should leave, or what a database holds."""

    customers: dict[str, Row]
    patterns: dict[str, Row]
    affinity: dict[tuple[str, str], Row]
    staff: list[tuple[str, str, Row]]  # (name as repr, location before as repr, columns), in order


def read_table(connection: Connection, table: str) -> list[Row]:
    """Every row of one of the nine tables, oldest id first where it has ids."""
    rows = [dict(row) for row in connection.exec_driver_sql(f"select * from public.{table}").mappings()]
    return sorted(rows, key=lambda row: row.get("id", 0))


def read_figures(connection: Connection) -> Figures:
    """The derived columns in the database."""
    return Figures(
        customers={row["member_id"]: _only(row, CUSTOMER) for row in read_table(connection, "customers")},
        patterns={
            row["customer_id"]: _only(row, PATTERN) for row in read_table(connection, "customer_visit_patterns")
        },
        affinity={
            (row["customer_id"], row["product_sku"]): _only(row, AFFINITY)
            for row in read_table(connection, "customer_product_affinity")
        },
        staff=_in_order(read_table(connection, "staff")),
    )


def expected_figures(
    connection: Connection,
    now: datetime,
    zone: str = "America/Los_Angeles",
    *,
    vip: tuple[int, int, int] = (2, 6, 16),
    skus_are_products: bool = True,
) -> Figures:
    """What a full refresh at `now` should leave, computed from the rows in the database."""
    shop = Shop(
        now,
        ZoneInfo(zone),
        read_table(connection, "transactions"),
        read_table(connection, "transaction_items"),
        {row["sku"]: row for row in reversed(read_table(connection, "products")) if row["sku"] is not None},
    )
    customers, patterns, affinity = {}, {}, {}
    for before in read_table(connection, "customers"):
        member = before["member_id"]
        customers[member] = shop.customer(before, vip)
        if visits := shop.visits(member):
            patterns[member] = pattern(visits)
        affinity.update(shop.affinity(member, skus_are_products=skus_are_products))
    return Figures(customers, patterns, affinity, shop.staff(read_table(connection, "staff")))


class Shop:
    """The shop's rows, seen from one moment."""

    def __init__(
        self,
        now: datetime,
        zone: ZoneInfo,
        transactions: Iterable[Row],
        items: Iterable[Row],
        products: Mapping[str, Row],
    ) -> None:
        self.zone = zone
        self.today = now.astimezone(zone).date()
        self.products = products
        self.of_customer: dict[str, list[Row]] = defaultdict(list)
        for row in transactions:
            if row["date"] <= now:
                self.of_customer[row["customer_id"]].append(row)
        self.lines: dict[str, list[Row]] = defaultdict(list)
        for item in items:
            self.lines[item["transaction_id"]].append(item)

    def day(self, transaction: Row) -> date:
        moment: datetime = transaction["date"]
        return moment.astimezone(self.zone).date()

    def sales(self, member: str) -> list[Row]:
        return [row for row in self.of_customer[member] if (row["total_amount"] or 0) >= 0]

    def visits(self, member: str) -> list[date]:
        return sorted({self.day(sale) for sale in self.sales(member)})

    def customer(self, before: Row, vip: tuple[int, int, int]) -> Row:
        member = before["member_id"]
        sales, visits = self.sales(member), self.visits(member)
        refunds = [row["total_amount"] for row in self.of_customer[member] if (row["total_amount"] or 0) < 0]
        gross = sum((sale["total_amount"] or Decimal(0) for sale in sales), Decimal(0))
        away = (self.today - visits[-1]).days if visits else None
        steps = ["New", "Casual", "Regular", "VIP"]
        return {
            "total_visits": len(visits),
            "total_sales": len(sales),
            "total_refunds": len(refunds),
            "gross_sales": gross,
            "gross_refunds": -sum(refunds, Decimal(0)),
            "avg_sale_value": rounded(Fraction(gross) / len(sales), 2) if sales else None,
            "lifetime_value": gross + sum(refunds, Decimal(0)),
            "date_joined": before["date_joined"] or (visits[0] if visits else None),
            "last_visited": visits[-1] if visits else None,
            "days_since_last_visit": away,
            "vip_status": steps[sum(len(visits) >= threshold for threshold in vip)],
            "churn_risk": None if away is None else churn_risk(visits, away),
        }

    def affinity(self, member: str, *, skus_are_products: bool) -> dict[tuple[str, str], Row]:
        visits = self.visits(member)
        bought: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
        for sale in self.sales(member):
            for line in self.lines[sale["transaction_id"]]:
                sku = line["product_sku"]
                if sku is not None and (sku in self.products or not skus_are_products):
                    bought[sku].append((sale, line))
        figures = {}
        for sku, pairs in bought.items():
            days = sorted({self.day(sale) for sale, _ in pairs})
            later = sum(day > days[0] for day in visits)
            spent = sum((line["total_price"] or Decimal(0) for _, line in pairs), Decimal(0))
            quantity = sum(1 if line["quantity"] is None else line["quantity"] for _, line in pairs)
            figures[member, sku] = {
                **self.names(sku, pairs),
                "purchase_count": len({sale["transaction_id"] for sale, _ in pairs}),
                "total_spent": spent,
                "last_purchased": days[-1],
                "avg_price_paid": rounded(Fraction(spent) / quantity, 2) if quantity else None,
                "repurchase_rate": rounded(Fraction(len(days) - 1, later), 4) if later else Decimal(0),
            }
        return figures

    def names(self, sku: str, pairs: list[tuple[Row, Row]]) -> Row:
        if sku in self.products:
            product = self.products[sku]
            return {"product_name": product["name"], "category": product["category"], "brand": product["brand"]}
        _, line = max(pairs, key=lambda p: (p[0]["date"], p[0]["transaction_id"].encode(), p[1]["id"]))
        return {"product_name": line["product_name"], "category": line["category"], "brand": line["brand"]}

    def staff(self, before: list[Row]) -> list[tuple[str, str, Row]]:
        amounts: dict[str, list[Decimal]] = defaultdict(list)
        places: dict[str, Counter[str]] = defaultdict(Counter)
        for member in list(self.of_customer):
            for sale in self.sales(member):
                if (name := sale["staff_name"]) is not None:
                    amounts[name].append(sale["total_amount"] or Decimal(0))
                    if sale["shop_location"] is not None:
                        places[name][sale["shop_location"]] += 1
        known = {row["staff_name"] for row in before}
        rows = [*before, *({"staff_name": name, "shop_location": None} for name in amounts if name not in known)]
        after = []
        for row in rows:
            sold = amounts.get(row["staff_name"], [])
            common = min(
                places[row["staff_name"]].items(), key=lambda p: (-p[1], p[0].encode()), default=(None, 0)
            )[0]
            after.append(
                {
                    "staff_name": row["staff_name"],
                    "shop_location": common if row["shop_location"] is None else row["shop_location"],
                    "total_transactions": len(sold),
                    "total_sales": sum(sold, Decimal(0)),
                    "avg_transaction_value": rounded(Fraction(sum(sold)) / len(sold), 2) if sold else None,
                }
            )
        return _in_order(after)


def churn_risk(visits: list[date], away: int) -> str:
    if len(visits) < 3:
        return "Low" if away <= 45 else "Medium" if away <= 90 else "High"
    ratio = away / Fraction((visits[-1] - visits[0]).days, len(visits) - 1)
    return "Low" if ratio <= Fraction(3, 2) else "Medium" if ratio <= 3 else "High"


def pattern(visits: list[date]) -> Row:
    gaps = [(later - earlier).days for earlier, later in pairwise(visits)]
    mean = Fraction(sum(gaps), len(gaps)) if gaps else None
    typical = int(rounded(mean, 0)) if mean is not None else 0
    return {
        "avg_days_between_visits": rounded(mean, 2) if mean is not None else None,
        "visit_consistency_score": consistency(gaps) if len(gaps) >= 2 else None,
        "predicted_next_visit": visits[-1] + timedelta(days=typical) if gaps else None,
        "last_visit_deviation_days": gaps[-1] - typical if gaps else None,
        "longest_gap_days": max(gaps, default=None),
        "shortest_gap_days": min(gaps, default=None),
        "total_visits": len(visits),
    }


def consistency(gaps: list[int]) -> Decimal:
    mean = Fraction(sum(gaps), len(gaps))
    variance = sum(((gap - mean) * (gap - mean) for gap in gaps), Fraction(0)) / len(gaps)
    with localcontext(prec=80):
        spread = (Decimal(variance.numerator) / variance.denominator).sqrt() * mean.denominator / mean.numerator
        score = (1 - spread).quantize(Decimal("1e-60"))  # 0.005 is 0.005 again, whatever the root's last digit
        return max(Decimal(0), score.quantize(Decimal("0.01"), ROUND_HALF_UP))


def rounded(value: Fraction, places: int) -> Decimal:
    """Rounded half away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def _only(row: Row, columns: Iterable[str]) -> Row:
    return {column: row[column] for column in columns}


def _in_order(rows: Iterable[Row]) -> list[tuple[str, str, Row]]:
    keyed = [(repr(row["staff_name"]), repr(row["shop_location"]), _only(row, STAFF)) for row in rows]
    return sorted(keyed, key=lambda entry: (entry[0], entry[1], repr(sorted(entry[2].items(), key=repr))))
