"""One SMS story a test: texts go in through the signed webhook, turns answer them, rows are asserted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.testing import post_text

pytest.register_assert_rewrite("tests.scenarios.story")

SHOP = Path(__file__).parents[2] / "motabot" / "demo" / "data" / "shop.toml"

PEOPLE = """
insert into public.customers (member_id, name, phone, email, loyalty_points, vip_status, total_visits, last_visited)
values ('M1', 'Ana Sandoval', '+14155550101', 'ana@example.com', 120, 'Regular', 2, (now() at time zone 'America/Los_Angeles')::date - 9),
       ('M2', 'Bob Bobson', '+14155550102', 'bob@example.com', 7, 'New', 0, null),
       ('M3', 'Cy Young', '+14155550103', null, 1, 'New', 0, null),
       ('M4', 'Di Young', '+14155550103', null, 2, 'New', 0, null);
insert into public.products (product_id, sku, name, brand, category, strain, flower_type, retail_price, cost, vendor, is_active,
    thc_content, effects, helps_with, flavors)
values ('P1', 'S1', 'Blue Dream 3.5g', 'Best Coast', 'Flower', 'Blue Dream', 'Hybrid', 28, 11, 'ACME', true, 21,
        '{Happy,Relaxed}', '{Stress}', '{Berry}'),
       ('P2', 'S2', 'Gelato 3.5g', 'Emerald', 'Flower', 'Gelato', 'Hybrid', 36, 14, 'ACME', true, 24,
        '{Relaxed,Euphoric}', '{Pain}', '{Sweet}'),
       ('P3', 'S3', 'Granddaddy Purple 3.5g', 'Emerald', 'Flower', 'Granddaddy Purple', 'Indica', 33, 14, 'ACME', true, 19,
        '{Sleepy,Relaxed}', '{Insomnia}', '{Grape}'),
       ('P4', 'S4', 'Lemon Gummies 100mg', 'Kiva', 'Edibles', null, null, 18, 7, 'ACME', true, 100, '{Happy}', null, '{Lemon}');
insert into public.transactions (transaction_id, customer_id, date, shop_location, total_amount)
values ('T1', 'M1', now() - interval '30 days', 'Main', 28), ('T2', 'M1', now() - interval '9 days', 'Main', 56);
insert into public.transaction_items (transaction_id, product_sku, product_name, brand, category, quantity, unit_price, total_price)
values ('T1', 'S1', 'Blue Dream 3.5g', 'Best Coast', 'Flower', 1, 28, 28), ('T2', 'S1', 'Blue Dream 3.5g', 'Best Coast', 'Flower', 2, 28, 56);
insert into public.customer_product_affinity (customer_id, product_sku, product_name, category, brand, purchase_count, total_spent,
    last_purchased, avg_price_paid, repurchase_rate)
values ('M1', 'S1', 'Blue Dream 3.5g', 'Flower', 'Best Coast', 2, 84, (now() at time zone 'America/Los_Angeles')::date - 9, 28, 1);
"""
#: What was queued for a phone since one of its texts.
QUEUED_SINCE = (
    "select coalesce(string_agg(content, ' ' order by id), '') from public.messages"
    " where phone_number = :phone and direction = 'outbound' and status = 'queued' and id > :id"
)


@dataclass
class Story:
    """A conversation with the shop."""

    engine: Engine
    client: FlaskClient
    secret: str
    service: Service
    said: int = field(default=0)

    def text(self, words: str, phone: str = "+14155550101") -> str:
        """Text the shop, run the turn, and return the reply; empty if none was due."""
        self.said += 1
        answer = post_text(
            self.client, self.secret, {"sender": phone, "text": words, "message_id": f"s-{self.said}"}
        )
        assert answer.status_code == 202
        message_id = answer.get_json()["id"]
        self.service.turns.run(phone)
        assert self.value("select count(*) from motabot.answered where message_id = :id", id=message_id)
        return str(self.value(QUEUED_SINCE, phone=phone, id=message_id))

    def value(self, query: str, **parameters: object) -> object:
        with self.engine.connect() as connection:
            return connection.execute(text(query), parameters).scalar()


@pytest.fixture
def story(settings: Settings, engine: Engine, webhook_secret: str) -> Iterator[Story]:
    with engine.begin() as connection:
        connection.exec_driver_sql(PEOPLE)
    service = Service(settings.model_copy(update={"shop_file": SHOP}))
    try:
        yield Story(engine, create_app(service).test_client(), webhook_secret, service)
    finally:
        service.close()
