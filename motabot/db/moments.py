"""Values that PostgreSQL holds and a sentence does not: infinity, NaN, the years before 1 and after 9999."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

import psycopg
from psycopg.abc import Buffer
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader
from psycopg.types.numeric import FloatLoader, NumericLoader
from sqlalchemy import Engine, event

from motabot.boundary import DriverConnection

#: What becomes of such a value: nothing is known, or PostgreSQL's own words for it.
Odd = Literal["unknown", "text"]
_MOMENTS = {"date": DateLoader, "timestamp": TimestampLoader, "timestamptz": TimestamptzLoader}
_NUMBERS = {"numeric": NumericLoader, "float4": FloatLoader, "float8": FloatLoader}


def is_usable(value: object) -> bool:
    """Whether a number is finite, and a date or moment can be reckoned with and shown in every zone."""
    if isinstance(value, Decimal | float):
        return math.isfinite(value)
    if isinstance(value, date):  # which a datetime is, too
        return date.min.year < value.year < date.max.year
    return value is not None


def register(connection: DriverConnection, odd: Odd) -> None:
    """Let a connection read every date, moment and number.

    Args:
        connection: Its results are affected from now on.
        odd: "unknown" for values that are computed with or told to customers: every moment is one of UTC then, and
            a timestamp without a zone counts as one of the session's; "text" where people read tables.
    """
    for name, loader in {**_MOMENTS, **_NUMBERS}.items():
        connection.adapters.register_loader(name, _tolerant(loader, odd))


def install(engine: Engine, odd: Odd) -> None:
    """Let all connections of an engine read every date, moment and number."""

    @event.listens_for(engine, "connect")
    def _register(connection: DriverConnection, _record: object) -> None:
        register(connection, odd)


def _tolerant(loader: type[Any], odd: Odd) -> type[Any]:
    class Tolerant(loader):  # type: ignore[misc]
        """Loads a value, and what Python has no such value for as the caller wants it."""

        def load(self, data: Buffer) -> Any:
            try:
                value = super().load(data)
            except psycopg.DataError:
                value = None
            if is_usable(value):
                if odd == "unknown" and isinstance(value, datetime) and value.tzinfo is not UTC:
                    zone = self.connection.info.timezone if self.connection else UTC
                    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
                return value
            return None if odd == "unknown" else bytes(data).decode()

    return Tolerant
