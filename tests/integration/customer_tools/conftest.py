"""Fixtures that this folder's tests share."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Engine

from tests.integration.customer_tools.shelf import ANA, BEN, SHELF
from tests.support.customer import Caller
from tests.support.shops import NOW, customer, insert, line, sale


@pytest.fixture
def ana(engine: Engine, customer_engine: Engine) -> Caller:
    """A customer with three visits, in a shop with a few products."""
    with engine.begin() as connection:
        insert(connection, "products", *SHELF)
        insert(
            connection,
            "customers",
            customer("M1", name="Ana Secretname", phone=ANA, loyalty_points=Decimal("240"), total_visits=3,
                     vip_status="Casual", last_visited=NOW.date(), email="ana@example.com"),
            customer("M2", name="Ben Other", phone=BEN),
        )  # fmt: skip
        insert(
            connection,
            "transactions",
            sale("T1", "M1", 30, "35", shop_location="Mission"),
            sale("T2", "M1", 10, "55"),
            sale("T3", "M1", 9, "-20"),
            # a quarter past midnight in UTC is the day before at the shop
            sale("T4", "M1", 2 - 5.25 / 24, "35"),
            sale("T5", "M2", 1, "99"),
        )
        insert(
            connection,
            "transaction_items",
            line("T1", "F1", "35", product_name="Blue Dream 3.5g", brand="Hill Farm", category="Flower"),
            line("T2", "F1", "35", product_name="Blue Dream 3.5g", brand="Hill Farm", category="Flower"),
            line("T2", "E1", "20", product_name="Midnight Gummies 100mg", brand="Kiva", category="Edibles"),
            line("T3", "E1", "-20", product_name="Midnight Gummies 100mg", brand="Kiva", category="Edibles"),
            line("T4", "F1", "35", product_name="Blue Dream 3.5g", brand="Hill Farm", category="Flower"),
            line("T5", "G1", "99", product_name="Ben's Gelato", category="Flower"),
        )
        insert(
            connection,
            "customer_product_affinity",
            *(
                {
                    "customer_id": "M1",
                    "product_sku": sku,
                    "product_name": name,
                    "category": category,
                    "purchase_count": count,
                    "last_purchased": NOW.date(),
                    "avg_price_paid": Decimal("30"),
                    "repurchase_rate": Decimal("0.5"),
                }
                for sku, name, category, count in (
                    ("E1", "Midnight Gummies 100mg", "Edibles", 1),
                    ("F1", "Blue Dream 3.5g", "Flower", 3),
                    ("G1", "Gelato 7g", "Flower", 2),
                )
            ),
        )
    return Caller(engine, customer_engine, NOW, ANA)
