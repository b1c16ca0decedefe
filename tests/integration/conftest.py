"""Fixtures that several integration tests share."""

from tests.support.customer import customer_engine
from tests.support.servers import (
    embedded_foreign,
    embedded_harbor,
    embedded_verde,
    foreign,
    foreign_shop,
    installed,
    installed_harbor,
    installed_verde,
    shop_url,
)
from tests.support.staff_door import open_door, shop

__all__ = [
    "customer_engine",
    "embedded_foreign",
    "embedded_harbor",
    "embedded_verde",
    "foreign",
    "foreign_shop",
    "installed",
    "installed_harbor",
    "installed_verde",
    "open_door",
    "shop",
    "shop_url",
]
