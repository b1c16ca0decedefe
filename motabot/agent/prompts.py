"""Renders prompts/: the stable part once, the customer's part each turn."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from motabot.agent.models.base import Message

_PHONE = re.compile(r"(?<!\w)[+(]?\d[\d\s().\-]{6,}\d(?!\w)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def withhold(value: str) -> str:
    """Take phone numbers and e-mail addresses out of words that go to a model."""
    return _EMAIL.sub("[e-mail]", _PHONE.sub(_mask_long, value))


def _mask_long(found: re.Match[str]) -> str:
    return "[number]" if sum(character.isdigit() for character in found[0]) >= 7 else found[0]


class Prompts:
    """The words around a turn.

    The system prompt is rendered once, from nothing that differs between customers or turns, so that a
    provider's prompt cache can serve it.
    """

    def __init__(self, folder: Path, shop: Mapping[str, Any], max_segments: int) -> None:
        """
        Args:
            folder: The prompts.
            shop: What the shop states about itself, without anything that changes with the clock (`Shop.lasting`).
            max_segments: The longest reply, in SMS segments.
        """
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - plain text for a model, not a page
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["withhold"] = withhold
        self._turn = self._environment.get_template("turn.md.j2")
        self.staff = self._environment.get_template("staff.md.j2").render(shop=shop)
        self.customer = self._environment.get_template("customer.md.j2").render(
            shop=shop, max_segments=max_segments
        )

    def open_turn(self, facts: Mapping[str, Any], today: str) -> tuple[list[Message], str]:
        """The prompt of a customer's turn: the stable part first, this customer last.

        Whatever a customer or the database wrote stands between delimiters that carry a random id, which
        no text can know beforehand.

        Returns:
            The messages, and that id, which must not come back in a reply.
        """
        fence = secrets.token_hex(8)
        turn = self._turn.render(facts=facts, today=today, fence=fence)
        return [Message("system", self.customer), Message("user", turn)], fence
