"""What customers may know about the shop: its file ``shop.toml``, checked once and described for a moment in time.

Whatever the file leaves out is None in the facts, which means "not known": the bot then says so and offers a
person rather than guess. ``docs/shop.example.toml`` shows everything that can be stated.
"""

from motabot.shop.file import load_shop
from motabot.shop.model import Location, Shop, ShopNow

__all__ = ["Location", "Shop", "ShopNow", "load_shop"]
