"""The hidden purchase: each customer's last purchase is taken away; is what they bought among the recommendations?

Against four lists that a shop could make without us: what sells most, what the customer bought most often before,
that filled up with what sells most, and what the customer bought last. Every list holds products that are available, ten at most. Only products
that are still available are looked for, and each product of the hidden purchase counts for itself.

Run it with ``python -m benchmarks.hidden_purchase``; ``--scale 0.2`` takes half a minute.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from motabot import testing
from motabot.agent.tools import CustomerTools
from motabot.catalog.conditions import ProductQuery
from motabot.catalog.index import get_index
from motabot.catalog.recommend import recommend
from motabot.customers.context import load_context
from motabot.db import roles
from motabot.db.customer_reader import CustomerReader
from motabot.db.engine import CUSTOMER_PATH, make_engine
from motabot.demo.seed import seed
from motabot.maintenance.refresh import refresh
from motabot.memo import Memo
from motabot.settings import Settings, load_settings
from motabot.shop import load_shop

#: Customers with at least two sales; the last sale is hidden, and whatever came after it.
_HIDE = """
create temporary table hidden on commit drop as
select s.customer_id, s.transaction_id, s."date"
from (
    select t.*, row_number() over (partition by t.customer_id order by t."date" desc, t.transaction_id) as place,
           count(*) over (partition by t.customer_id) as sales
    from public.transactions t where t.total_amount >= 0
) s
where s.place = 1 and s.sales > 1;

create table public.hidden_items as
select distinct h.customer_id, h."date", c.phone, p.sku, p.category
from hidden h
join public.customers c on c.member_id = h.customer_id
join public.transaction_items i on i.transaction_id = h.transaction_id
join public.products p on p.sku = i.product_sku and p.is_active;

create temporary table gone on commit drop as
select t.transaction_id from public.transactions t
join hidden h on h.customer_id = t.customer_id and t."date" >= h."date";
delete from public.transaction_items i using gone g where g.transaction_id = i.transaction_id;
delete from public.transactions t using gone g where g.transaction_id = t.transaction_id;
"""
_POPULAR = """
select p.sku, p.category from public.transaction_items i join public.products p on p.sku = i.product_sku
where p.is_active and i.quantity > 0 group by 1, 2 order by count(*) desc, p.sku limit 20
"""
_OFTEN = """
select a.customer_id, p.sku, p.category from public.customer_product_affinity a
join public.products p on p.sku = a.product_sku and p.is_active
order by a.customer_id, a.purchase_count desc, a.last_purchased desc, p.sku
"""
_LAST = _OFTEN.replace(
    "a.purchase_count desc, a.last_purchased desc", "a.last_purchased desc, a.purchase_count desc"
)
_ASKED_FOR = """
select h.customer_id, h."date", h.phone, array_agg(h.sku order by h.sku) as skus,
       array_agg(h.category order by h.sku) as categories
from public.hidden_items h
where h.phone is not null and not exists (
    select from public.customers c where c.phone = h.phone and c.member_id <> h.customer_id
)
group by 1, 2, 3 order by md5(h.customer_id) limit :limit
"""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Hidden:
    """What one customer bought last, as pairs of sku and category."""

    customer: str
    phone: str
    at: datetime
    items: list[Pair]


def measure(scale: float = 1.0, customers: int = 10_000, shop: int = 7) -> dict[str, float]:
    """Shares of hidden products, and of their categories, that stand among the first five and ten.

    Args:
        scale: Of the demo shop; 1 is 10,000 customers.
        customers: How many of them to ask for, at most.
        shop: The seed that the demo shop is made from.
    """
    memo = Memo(3600)
    with testing.server() as server, _shop(server, scale, shop) as (engine, customer_engine, settings):
        with engine.begin() as connection:
            connection.exec_driver_sql(_HIDE)
        refresh(engine, settings=settings, actor="benchmark")
        with engine.begin() as connection:
            connection.exec_driver_sql("analyze")
            popular = [(row.sku, row.category) for row in connection.execute(text(_POPULAR))]
            often, last = (_by_customer(connection, query) for query in (_OFTEN, _LAST))
            asked = [
                Hidden(row.customer_id, row.phone, row.date, list(zip(row.skus, row.categories, strict=True)))
                for row in connection.execute(text(_ASKED_FOR), {"limit": customers})
            ]
        lists: dict[str, Callable[[Hidden], list[Pair]]] = {
            "recommended": lambda hidden: _recommended(engine, customer_engine, settings, memo, hidden),
            "most_often": lambda hidden: often.get(hidden.customer, []),
            "most_often_then_most_popular": lambda hidden: _filled(often.get(hidden.customer, []), popular),
            "last_bought_first": lambda hidden: last.get(hidden.customer, []),
            "most_popular": lambda _hidden: popular,
        }
        return {
            "customers": len(asked),
            "hidden_products": sum(len(hidden.items) for hidden in asked),
            "bought_before": _bought_before(asked, often),
            **{
                f"{what}_{name}": share
                for name, make in lists.items()
                for what, share in _shares(asked, make).items()
            },
        }


@contextmanager
def _shop(server: testing.PostgresServer, scale: float, shop: int) -> Iterator[tuple[Engine, Engine, Settings]]:
    url = server.clone()
    settings = load_settings(database_url=url)
    engine = make_engine(url, settings)
    seed(engine, scale=scale, seed=shop, timezone=settings.zone)
    with engine.connect() as connection:
        customer_url = roles.role_url(connection, url, roles.CUSTOMER)
    assert customer_url is not None
    customer_engine = make_engine(customer_url, settings, search_path=CUSTOMER_PATH)
    yield engine, customer_engine, settings
    customer_engine.dispose()
    engine.dispose()


def _recommended(
    engine: Engine, customer_engine: Engine, settings: Settings, memo: Memo, hidden: Hidden
) -> list[Pair]:
    context = load_context(engine, hidden.phone, token_seconds=60)
    reader = CustomerReader(customer_engine, context.token)
    shop = load_shop(settings).at(hidden.at)
    ctx = CustomerTools(
        hidden.at, settings.zone, shop, is_customer=True, is_adult=True, memo=memo, run_query=reader
    )
    scored, _ = recommend(ctx, get_index(ctx), ProductQuery(), novelty="any", limit=10)
    return [(one.row["sku"], one.row["category"]) for one in scored]


def _by_customer(connection: Connection, query: str) -> dict[str, list[Pair]]:
    lists: dict[str, list[Pair]] = {}
    for row in connection.execute(text(query)):
        lists.setdefault(row.customer_id, []).append((row.sku, row.category))
    return lists


def _filled(first: list[Pair], then: list[Pair]) -> list[Pair]:
    return list(dict.fromkeys([*first, *then]))


def _bought_before(asked: list[Hidden], often: dict[str, list[Pair]]) -> float:
    pairs = [(hidden, item) for hidden in asked for item in hidden.items]
    return round(sum(item in often.get(hidden.customer, []) for hidden, item in pairs) / len(pairs), 3)


def _shares(asked: list[Hidden], make: Callable[[Hidden], list[Pair]]) -> dict[str, float]:
    hits: Counter[str] = Counter()
    for hidden in asked:
        offered = make(hidden)
        for sku, category in hidden.items:
            for first in (5, 10):
                hits[f"product_top_{first}"] += sku in {known for known, _ in offered[:first]}
                hits[f"category_top_{first}"] += category in {known for _, known in offered[:first]}
    total = sum(len(hidden.items) for hidden in asked)
    names = [f"{what}_top_{first}" for what in ("product", "category") for first in (5, 10)]
    return {name: round(hits[name] / total, 3) for name in names}


def as_table(result: dict[str, Any]) -> str:
    """The result as the Markdown table of docs/recommendations.md."""
    rows = [
        "| list | product in top 5 | product in top 10 | category in top 5 | category in top 10 |",
        "|---|---|---|---|---|",
    ]
    for name in (
        "recommended",
        "most_often_then_most_popular",
        "most_often",
        "last_bought_first",
        "most_popular",
    ):
        shares = [result[f"{what}_top_{first}_{name}"] for what in ("product", "category") for first in (5, 10)]
        rows.append(f"| {name.replace('_', ' ')} | " + " | ".join(f"{share:.1%}" for share in shares) + " |")
    return "\n".join(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--shop", type=int, default=7, help="The seed that the demo shop is made from.")
    given = parser.parse_args()
    measured = measure(given.scale, given.customers, given.shop)
    print({name: measured[name] for name in ("customers", "hidden_products", "bought_before")})
    print(as_table(measured))
