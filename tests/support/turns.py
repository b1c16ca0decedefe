"""A customer's turn in tests that need no database."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from motabot.customers.context import TurnContext
from motabot.customers.phones import Age, Consent
from motabot.customers.records import OpenText, Phone, Profile
from motabot.replies import Replies
from motabot.shop import Shop, ShopNow
from motabot.templates import make_environment

TEMPLATES = make_environment((Path(__file__).parents[2] / "prompts",))
REPLIES = Replies(TEMPLATES)
NOW = datetime(2026, 3, 20, 19, tzinfo=UTC)
PHONE = Phone("+14155550101", Consent.UNKNOWN, Age.UNKNOWN, paused=False, greeted=False, replies_this_hour=0)


def shop_now(**facts: Any) -> ShopNow:
    """A shop of which nothing is known but what is given."""
    return Shop.model_validate({"name": "Green Door", "timezone": "UTC", **facts}).at(NOW)


def turn(*texts: str, **facts: Any) -> TurnContext:
    """A stranger's turn with these open texts; facts are fields of `TurnContext`, and of `Phone`."""
    noted = {name: facts.pop(name) for name in [field.name for field in fields(Phone)] if name in facts}
    opened = tuple(OpenText(number, text, NOW) for number, text in enumerate(texts, start=1))
    blank = TurnContext(replace(PHONE, **noted), "token", 0, opened, texts)
    return replace(blank, **facts)


def profile(**facts: Any) -> Profile:
    """A customer with only the given facts."""
    return Profile(**{**{field.name: None for field in fields(Profile)}, **facts})
