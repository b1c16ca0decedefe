"""An action that staff ordered, who it is about, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from motabot.boundary import JsonMapping
from motabot.offline.staff.command import Command
from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames import reader
from motabot.offline.staff.frames.frame import FigureFrame


@dataclass(frozen=True)
class Audience:
    """The recipients of a text to many.

    Attributes:
        frame: The question that lists them; None: it is not clear who is meant.
        unclear: Unknown words.
    """

    frame: FigureFrame | None
    unclear: tuple[str, ...] = ()


def audience_of(words: str, today: date, shop: ShopWords) -> Audience | None:
    """The audience that words such as "our VIPs" describe; None if they describe nobody.

    Args:
        words: In plain form, with corrected spelling.
        today: The day in the shop's zone.
        shop: The shop's own words.
    """
    read = reader.read(f"list {words}", today, shop)
    frame = read.frame
    if frame is None:
        return Audience(None, read.unclear) if read.unclear else None
    lists = frame.of == "customer" and not frame.measures
    ranks = frame.by == ("customer",) and bool(frame.limit) and frame.share is None and not frame.change
    return Audience(frame if lists or ranks else None)


@dataclass(frozen=True)
class Order:
    """An action to propose.

    Attributes:
        command: Which action, and what it needs.
        who: The customer or number it is about: a placeholder, or words.
        values: The rest: name, phone, email, messages, text, status, stage, probability.
        audience: The recipients of a text to many.
    """

    command: Command
    who: str = ""
    values: JsonMapping = field(default_factory=dict)
    audience: Audience | None = None

    @property
    def action(self) -> str:
        """The action's name."""
        return self.command.action

    @property
    def missing(self) -> str | None:
        """The first thing that is missing."""
        return next((need for need in self.command.needs if not self._has(need)), None)

    def _has(self, need: str) -> bool:
        if need == "who":
            return bool(self.who)
        if need == "audience":
            return self.audience is not None and self.audience.frame is not None
        if need == "change":
            return any(self.values.get(name) is not None for name in ("status", "stage", "probability"))
        return bool(self.values.get(need))
