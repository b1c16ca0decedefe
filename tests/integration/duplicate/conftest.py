"""Fixtures that this folder's tests share."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from motabot.maintenance.refresh import refresh
from motabot.settings import Settings
from tests.integration.duplicate.copies import lead, text
from tests.support.shops import NOW, insert, line, sale, small_shop


@pytest.fixture
def shop(engine: Engine, settings: Settings) -> Engine:
    """A fresh small shop whose M002 has everything that a customer can have."""
    with engine.begin() as connection:
        small_shop(connection)
        connection.exec_driver_sql(
            "update customers set name = 'Aaron Amado', phone = '+14155550102', email = 'a@example.com',"
            " loyalty_points = 12.50, zip_code = '94110' where member_id = 'M002'"
        )
        insert(
            connection, "transactions", sale("Z", "M002", 4), sale("Y", "M002", 4), sale("T10", "M002", 4, "-3")
        )
        insert(
            connection,
            "transaction_items",
            line("Z", "C"),
            line("Y", "C", product_name="Old name"),
            line("Y", None),
        )
        insert(
            connection,
            "leads",
            lead("+14155550102", None, last_message="first"),
            lead("+14155550199", "M002", last_message="latest"),
            lead("+14155550777", "M001"),
        )
        insert(
            connection,
            "messages",
            text("+14155550102", "inbound", "unread", message_hash="abc"),
            text("+14155550102", "outbound", "queued"),
            text("+14155550102", "outbound", "sent"),
            text("+14155550777", "inbound", "unread"),
        )
    refresh(engine, settings=settings, actor="test", as_of=NOW, force=True)
    return engine
