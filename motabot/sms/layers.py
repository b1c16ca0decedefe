"""The state of the SMS layers: whether they take texts, and how far their clocks are off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from motabot.db.queries import driver_sql
from motabot.logs import log

#: How many seconds a clock must change before its row is updated.
_WORTH_NOTING = 1.0
#: Signed requests are refused beyond this many seconds, so half of it is worth a warning.
SKEW_TO_WARN_OF = 150.0

_REPORT = driver_sql(__package__, "report_layer")
_SKEW = driver_sql(__package__, "note_skew")
_LIST = "select name, skew_seconds, down_since, down_reason from motabot.layers order by name"


@dataclass(frozen=True)
class Layer:
    """One SMS layer.

    Attributes:
        name: The gateway's name.
        skew_seconds: How far its clock is ahead of ours; None if its requests carry no time.
        down_since: Since when it has taken no texts; None while it takes them.
        down_reason: What it answers.
    """

    name: str
    skew_seconds: float | None
    down_since: datetime | None
    down_reason: str | None


def report(connection: Connection, name: str, *, is_down: bool, reason: str | None = None) -> None:
    """Record that a layer takes no texts, or takes them again, in the caller's transaction."""
    connection.exec_driver_sql(
        _REPORT,
        {"name": name, "down": is_down, "reason": (reason or "no reason given")[:300] if is_down else None},
    )


def all_layers(connection: Connection) -> list[Layer]:
    """All known layers."""
    return [Layer(*row) for row in connection.exec_driver_sql(_LIST)]


class Clocks:
    """Records how far layers' clocks are off, and writes only changes. Several threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, float] = {}

    def note(self, name: str, seconds: float) -> None:
        """Record a layer's skew.

        Args:
            name: The gateway's name.
            seconds: How far its clock is ahead of ours.
        """
        known = self._known.get(name)
        if known is not None and abs(known - seconds) < max(_WORTH_NOTING, abs(known) / 10):
            return
        try:
            with self._engine.begin() as connection:
                connection.exec_driver_sql(_SKEW, {"name": name, "seconds": seconds})
        except DBAPIError as error:  # a diagnostic figure must not fail a text; the next request records it
            log.warning("clock skew not noted", gateway=name, error=type(error.orig).__name__)
        else:
            self._known[name] = seconds
