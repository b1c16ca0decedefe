"""What a turn starts from is typed and frozen, whatever the shop's own rows hold."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from motabot.customers.context import TurnContext, load_context
from motabot.customers.phones import Age, Consent

ANA = "+14155550101"
PACIFIC = ZoneInfo("America/Los_Angeles")
ROWS = """
insert into public.customers (member_id, name, phone, loyalty_points, last_visited, date_joined, avg_sale_value)
  values ('M1', 'Ana Sandoval', '+14155550101', 120.50, 'infinity', '-infinity', 'NaN');
insert into public.products (product_id, sku, name, retail_price, effects, flavors, is_active)
  values ('P1', 'S1', 'Gelato 3.5g', 35.50, array['Happy', null], array[['Sweet'], ['Citrus']], true);
insert into public.customer_product_affinity (customer_id, product_sku, product_name, purchase_count,
  last_purchased) values ('M1', 'S1', 'Gelato 3.5g', 2, '10000-01-01');
insert into public.transactions (transaction_id, customer_id, date, total_amount)
  values ('T1', 'M1', '2026-03-02 05:30:00+00', 35.50), ('T2', 'M1', '-infinity', null);
insert into public.messages (phone_number, content, "timestamp", status, direction)
  values ('+14155550101', 'hi', '2026-03-03 05:30:00+00', 'unread', 'inbound');
"""


@pytest.fixture
def ana(engine: Engine) -> TurnContext:
    with engine.begin() as connection:
        connection.exec_driver_sql(ROWS)
    return load_context(engine, ANA, token_seconds=30)


def test_a_context_is_typed_and_frozen(ana: TurnContext) -> None:
    assert (ana.phone.consent, ana.phone.age) == (Consent.UNKNOWN, Age.AFFIRMED)
    assert ana.profile is not None
    assert (ana.profile.first_name, str(ana.profile.loyalty_points)) == ("Ana", "120.5")
    assert (str(ana.affinity[0].price), ana.affinity[0].purchase_count) == ("35.50", 2)
    assert ana.purchases[0].total == Decimal("35.50")
    with pytest.raises(FrozenInstanceError):
        ana.customers = 2  # type: ignore[misc]


def test_values_that_python_cannot_hold_count_as_not_known(ana: TurnContext) -> None:
    assert ana.profile is not None
    assert (ana.profile.last_visited, ana.profile.date_joined, ana.profile.avg_sale_value) == (None, None, None)
    assert ana.affinity[0].last_purchased is None
    assert (ana.affinity[0].effects, ana.affinity[0].flavors) == (("Happy",), ())
    assert [purchase.total for purchase in ana.purchases] == [Decimal("35.50")]


def test_data_for_templates_has_the_shops_days_and_neither_number_nor_token(ana: TurnContext) -> None:
    data = ana.as_data(PACIFIC)
    assert data["purchases"][0]["at"].date().isoformat() == "2026-03-01"
    assert ANA not in str(data)
    assert ana.token not in str(data)
    assert ana.token not in repr(ana)
