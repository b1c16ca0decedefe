"""Fixtures that several integration tests share."""

from tests.support.servers import embedded_foreign, foreign, foreign_shop, installed, shop_url
from tests.support.staff_door import open_door, shop

__all__ = ["embedded_foreign", "foreign", "foreign_shop", "installed", "open_door", "shop", "shop_url"]
