"""A refresh against an oracle that counts in Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from sqlalchemy import Engine

from motabot.demo.seed import seed
from motabot.settings import Settings, load_settings
from tests.support.oracle import CUSTOMER
from tests.support.refreshing import check, figures, run
from tests.support.shops import NOW, customer, insert, line, product, sale, small_shop


def test_a_small_shop_is_as_the_oracle_says(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    check(engine, settings)


def test_edge_cases_are_as_the_oracle_says(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        insert(
            connection, "products", product("A"), product("B", name=None, brand=None), product(""), product(None)
        )
        insert(
            connection,
            "customers",
            customer(
                "none", total_visits=9, gross_sales=Decimal(5), last_visited=date(2020, 1, 1), churn_risk="High"
            ),
            *map(customer, ["refunds", "once", "often", "nulls", "ties", "later", "steady", "free", "zürich"]),
            customer("joined", date_joined=date(2019, 5, 5)),
        )
        insert(connection, "customer_product_affinity", {"customer_id": "none", "product_sku": "A"})
        insert(
            connection,
            "transactions",
            sale("1", "refunds", 3, "-5"),
            sale("2", "once", 10, "19.995"),
            *(sale(f"o{n}", "often", n / 4, "3.335") for n in range(70)),
            sale("o-back", "often", 2.5, "-1.01"),
            sale("n1", "nulls", 40, None, staff_name=None),
            sale("n2", "nulls", 20, None, staff_name="", shop_location=""),
            sale("n3", "nulls", 0, "0", staff_name="Ann"),
            *(sale(f"t{n}", "ties", n % 5, "1", staff_name="Tia", shop_location="yx"[n % 2]) for n in range(20)),
            sale("l1", "later", -1, "5", staff_name="Future"),
            sale("l2", "later", 0, "5", staff_name="Ann", shop_location="North"),
            *(sale(f"s{n}", "steady", 7 * n + 30, "12.345", staff_name="Ann") for n in range(30)),
            sale("f1", "free", 90, "0"),
            sale("f2", "free", 46, "1e-12"),
            sale("z", "zürich", 91, "1234567890123.45"),
            sale("j", "joined", 45),
        )
        insert(
            connection,
            "transaction_items",
            line("1", "A", "99"),
            line("2", "A", None, None),
            line("2", "A", "3", 2),
            line("2", "", "1", 0),
            line("2", None, "8"),
            *(line(f"o{n}", "AB"[n % 3 == 0], "0.335", 3) for n in range(70)),
            line("o-back", "B", "50"),
            line("n1", "B", None, None),
            line("n2", "B", "-2", -3),
            line("n3", "B", "1", 3),
            line("l1", "A"),
            *(line(f"s{n}", "A", "1.005", 1) for n in range(0, 30, 4)),
        )
        insert(
            connection,
            "staff",
            {"staff_name": "Ann", "shop_location": None, "total_sales": Decimal(1)},
            {"staff_name": "Ann", "shop_location": "South"},
            {"staff_name": "Gone", "total_transactions": 4, "avg_transaction_value": Decimal(2)},
            {"staff_name": None, "shop_location": "Void"},
        )
    check(engine, settings)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/St_Johns", "Pacific/Apia"])
def test_days_are_the_shops_own_around_midnight_and_clock_changes(engine: Engine, zone: str) -> None:
    settings = load_settings(timezone=zone)
    midnight = datetime(2026, 3, 8, tzinfo=settings.zone)
    with engine.begin() as connection:
        insert(connection, "products", product("A"))
        insert(connection, "customers", customer("M1"))
        for number, minutes in enumerate([-1, 0, 1, 119, 120, 180, 23 * 60 - 1, 23 * 60, 24 * 60 - 1, 24 * 60]):
            moment = (midnight.astimezone(UTC) + timedelta(minutes=minutes)).isoformat()
            insert(
                connection, "transactions", sale(f"{number}", "M1", 0) | {"date": datetime.fromisoformat(moment)}
            )
            insert(connection, "transaction_items", line(f"{number}", "A"))
    for now in (midnight + timedelta(minutes=150), midnight + timedelta(days=1), midnight + timedelta(days=3)):
        check(engine, settings, now)


def test_without_foreign_keys_names_come_from_the_latest_line(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
        connection.exec_driver_sql(
            "alter table customer_product_affinity drop constraint customer_product_affinity_product_sku_fkey;"
            "alter table transaction_items drop constraint transaction_items_product_sku_fkey;"
            "alter table transactions drop constraint transactions_customer_id_fkey"
        )
        insert(connection, "transactions", sale("x1", "M003", 5), sale("x2", "M003", 5), sale("x0", "M003", 5))
        insert(connection, "transactions", sale("orphan", "nobody", 5, staff_name="S1"), sale("xf", "M003", -1))
        insert(
            connection,
            "transaction_items",
            line("x2", "gone", product_name="older line"),
            line("x2", "gone", product_name="latest", brand="New", category=None),
            line("x1", "gone", product_name="smaller transaction id", category="C"),
            line("x0", "A", product_name="in the catalog under another name"),
            line("xf", "gone", product_name="not yet"),
            line("orphan", "A"),
        )
    check(engine, settings, skus_are_products=False)
    assert figures(engine).affinity["M003", "gone"]["product_name"] == "latest"


def test_the_demo_shop_is_as_the_oracle_says(engine: Engine, settings: Settings) -> None:
    seed(engine, scale=0.02, timezone=settings.timezone, today=NOW.date())
    before = figures(engine)
    evening = datetime(2026, 3, 20, 23, 59, tzinfo=settings.zone)
    with engine.begin() as connection:
        connection.exec_driver_sql("truncate customer_visit_patterns, customer_product_affinity")
        connection.exec_driver_sql(
            f"update customers set {', '.join(f'{name} = null' for name in CUSTOMER if name != 'date_joined')}"
        )
        connection.exec_driver_sql("update staff set total_sales = null, total_transactions = 0")
    check(engine, settings, evening)
    assert figures(engine) == before  # the demo shop comes with the figures that a refresh makes


amounts = st.one_of(
    st.none(), st.decimals(-50, 200, places=2), st.decimals(-1, 1, places=12), st.sampled_from([Decimal(0)])
)


@st.composite
def shops(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    skus = draw(st.lists(st.sampled_from(["A", "a", "Ä", "", "B"]), min_size=1, unique=True))
    members = draw(st.lists(st.sampled_from(["M1", "M2", "m1"]), min_size=1, unique=True))
    days = st.one_of(st.integers(-2, 400).map(float), st.floats(-1, 30, allow_nan=False))
    sales = [
        sale(f"{draw(st.sampled_from('Tt'))}{number}", draw(st.sampled_from(members)), draw(days))
        | {"total_amount": draw(amounts)}
        | {"staff_name": draw(st.sampled_from([None, "", "Bo", "bo"]))}
        | {"shop_location": draw(st.sampled_from([None, "x", "X", ""]))}
        for number in range(draw(st.integers(0, 14)))
    ]
    lines = [
        line(
            of["transaction_id"],
            draw(st.sampled_from([None, *skus])),
            product_name=draw(st.sampled_from([None, "one", "two"])),
            quantity=draw(st.sampled_from([None, 0, 1, 2, -1])),
        )
        | {"total_price": draw(amounts)}
        for of in sales
        for _ in range(draw(st.integers(0, 3)))
    ]
    joined = st.sampled_from([None, date(2024, 2, 29)])
    return {
        "products": [product(sku, brand=draw(st.sampled_from([None, "Hill"]))) for sku in skus],
        "customers": [customer(member, date_joined=draw(joined)) for member in members],
        "transactions": sales,
        "transaction_items": lines,
        "staff": [
            {"staff_name": name} for name in draw(st.lists(st.sampled_from([None, "Bo", "Cy"]), max_size=3))
        ],
    }


@pytest.mark.parametrize("skus_are_products", [True, False])
@tuned(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(shop=shops(), hours=st.integers(-30, 30))
def test_shops_made_at_random_are_as_the_oracle_says(
    engine: Engine,
    settings: Settings,
    shop: dict[str, list[dict[str, Any]]],
    hours: int,
    *,
    skus_are_products: bool,
) -> None:
    now = NOW + timedelta(hours=hours)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "truncate public.customers, public.products, public.staff, public.transactions, public.transaction_items,"
            " public.customer_product_affinity cascade"
        )
        if not skus_are_products:
            for table in ("customer_product_affinity", "transaction_items"):
                connection.exec_driver_sql(
                    f"alter table public.{table} drop constraint if exists {table}_product_sku_fkey"
                )
            del shop["products"][1:]
        for table, rows in shop.items():
            insert(connection, table, *rows)
    check(engine, settings, now, skus_are_products=skus_are_products)
    for row in shop["customers"]:  # the way of one customer comes to the same
        assert run(engine, settings, now, customer=row["member_id"]).written == 0
