"""Fixtures of the staff's doors."""

from tests.support.staff_door import open_door, shop

__all__ = ["open_door", "shop"]
