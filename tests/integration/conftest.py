"""Fixtures that several integration tests share."""

from tests.support.customer import customer_engine
from tests.support.servers import (
    embedded_foreign,
    embedded_harbor,
    foreign,
    foreign_shop,
    installed,
    installed_harbor,
    shop_url,
)
from tests.support.staff_door import open_door, shop

__all__ = [
    "customer_engine",
    "embedded_foreign",
    "embedded_harbor",
    "foreign",
    "foreign_shop",
    "installed",
    "installed_harbor",
    "open_door",
    "shop",
    "shop_url",
]
