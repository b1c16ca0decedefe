"""A running shop for many stories: one database and one worker, and other people in every story."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot import secret, testing
from motabot.app import Service, create_app
from motabot.settings import load_settings
from motabot.testing import post_text, wait_until
from tests.scenarios.conftest import PEOPLE, QUEUED_SINCE, SHOP
from tests.support.processes import Workers


class RunningShop:
    """Texts go in through the signed webhook, a worker process answers, rows are looked at."""

    def __init__(self, engine: Engine, client: FlaskClient, webhook_secret: str) -> None:
        self.engine = engine
        self.client = client
        self.secret = webhook_secret
        self._numbers = itertools.count(200)
        self._texts = itertools.count(1)

    def stranger(self) -> str:
        """A number that nobody has."""
        return f"+1415555{next(self._numbers):04d}"

    def customer(self, *, name: str = "Ana Sandoval", usual: str = "S1", points: int = 120) -> str:
        """A new customer who bought one product twice, and their number."""
        phone = self.stranger()
        member = f"C{phone[-4:]}"
        with self.engine.begin() as connection:
            connection.execute(
                text(
                    "insert into public.customers (member_id, name, phone, loyalty_points, vip_status, total_visits,"
                    " last_visited) values (:m, :n, :p, :points, 'Regular', 2, (now() at time zone 'America/Los_Angeles')::date - 9)"
                ),
                {"m": member, "n": name, "p": phone, "points": points},
            )
            for number, days in ((1, 30), (2, 9)):
                connection.execute(
                    text(
                        "insert into public.transactions (transaction_id, customer_id, date, shop_location, total_amount)"
                        " values (:t, :m, now() - make_interval(days => :days), 'Main', 28)"
                    ),
                    {"t": f"T{member}-{number}", "m": member, "days": days},
                )
                connection.execute(
                    text(
                        "insert into public.transaction_items (transaction_id, product_sku, product_name, brand, category,"
                        " quantity, unit_price, total_price) select :t, sku, name, brand, category, 1, retail_price,"
                        " retail_price from public.products where sku = :s"
                    ),
                    {"t": f"T{member}-{number}", "s": usual},
                )
            connection.execute(
                text(
                    "insert into public.customer_product_affinity (customer_id, product_sku, product_name, category, brand,"
                    " purchase_count, total_spent, last_purchased, avg_price_paid, repurchase_rate) select :m, sku, name,"
                    " category, brand, 2, 2 * retail_price, (now() at time zone 'America/Los_Angeles')::date - 9, retail_price, 1 from public.products"
                    " where sku = :s"
                ),
                {"m": member, "s": usual},
            )
        return phone

    def text(self, phone: str, words: str) -> str:
        """Text the shop, wait until the text is closed, and return what was queued for it; empty if nothing was."""
        return self.reply_to(phone, self.post(phone, words))

    def post(self, phone: str, words: str) -> int:
        """Text the shop and return the text's row without waiting for anything."""
        answer = post_text(
            self.client, self.secret, {"sender": phone, "text": words, "message_id": f"f-{next(self._texts)}"}
        )
        assert answer.status_code == 202
        return int(answer.get_json()["id"])

    def reply_to(self, phone: str, message_id: int) -> str:
        """Wait until a text is closed, and return what was queued since; empty if nothing was."""
        wait_until(
            lambda: self.value("select count(*) from motabot.answered where message_id = :id", id=message_id)
        )
        return str(self.value(QUEUED_SINCE, phone=phone, id=message_id))

    def value(self, query: str, **parameters: object) -> Any:
        """The first column of the first row."""
        with self.engine.connect() as connection:
            return connection.execute(text(query), parameters).scalar()

    def facts(self, phone: str) -> dict[str, Any]:
        """What the database says of a phone when a story is over."""
        query = (Path(__file__).parent / "facts.sql").read_text(encoding="utf-8")
        with self.engine.connect() as connection:
            return dict(connection.execute(text(query), {"phone": phone}).one()._mapping)


@contextmanager
def open_shop(
    server: testing.PostgresServer,
    folder: Path,
    *,
    model_url: str | None = None,
    environment: Mapping[str, str] | None = None,
    **settings: object,
) -> Iterator[RunningShop]:
    """A prepared database, the web application, and a worker process, for which `environment` is meant."""
    url = server.clone()
    chosen = load_settings(
        database_url=url,
        data_dir=folder,
        webhook_secrets=(secret.new_webhook_secret(),),
        settle_seconds=0.0,
        database_pool_size=4,
        shop_file=SHOP,
        **settings,
    )
    service = Service(chosen)
    with service.engine.begin() as connection:
        connection.exec_driver_sql(PEOPLE)
    workers = Workers(
        chosen,
        model_url=model_url,
        environment={"MOTABOT_SHOP_FILE": str(SHOP), "MOTABOT_MODEL_RETRIES": "0", **(environment or {})},
    )
    workers.start()
    try:
        with service.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            ready = text("select count(*) from motabot.procrastinate_workers")
            wait_until(lambda: connection.execute(ready).scalar(), 60)  # a busy machine starts a process slowly
        yield RunningShop(
            service.engine, create_app(service).test_client(), chosen.webhook_secrets[0].get_secret_value()
        )
    finally:
        workers.stop()
        service.close()
        server.drop(url)
