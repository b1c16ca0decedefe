"""Tools as a scripted model calls them, and what staff are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from tests.support.staff_door import SCRIPT, Door, run

OpenDoor = Callable[[SCRIPT], Door]


ANA, BOB = "+14155550101", "+14155550102"


def told(door: Door) -> Any:
    """What the model read of its tool."""
    return json.loads(next(m["content"] for m in door.model.requests[-1]["messages"] if m["role"] == "tool"))


def approve(door: Door, token: str, action: dict[str, Any]) -> Any:
    return door.post(f"/actions/{action['id']}/approve", token, {"hash": action["hash"]})


SEGMENT = {
    "query": "select member_id, lifetime_value from customers",
    "template": "Hi {first_name}, you spent {lifetime_value} with us. Come by!",
}


def opt_in(engine: Engine, *phones: str) -> None:
    for phone in phones:
        run(engine, f"insert into motabot.phones (phone, consent) values ('{phone}', 'in')")
