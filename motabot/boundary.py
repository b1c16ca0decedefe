"""Types of what comes from outside and has none of its own: JSON documents and database rows.

Code that knows more reads them into a dataclass or a pydantic model at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:  # every command imports this module, and few need a database
    import psycopg
    from sqlalchemy import Row

Json: TypeAlias = Any
"""A JSON value, whatever it is."""

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object, or a row by its columns' names."""

JsonMapping: TypeAlias = Mapping[str, Any]
"""The same where it is only read."""

Cell: TypeAlias = Any
"""A value of a row, of whatever type its column has."""

DbRow: TypeAlias = "Row[Any]"
"""A row as SQLAlchemy gives it."""

DriverRow: TypeAlias = tuple[Any, ...]
"""A row as psycopg gives it."""

DriverConnection: TypeAlias = "psycopg.Connection[Any]"
"""A connection of the driver, whatever its rows are made into."""
