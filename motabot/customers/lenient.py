"""Values as a database may hold them: what does not fit is replaced, not refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True)
class _Lenient:
    """Lets a value that does not fit be replaced instead of refused.

    PostgreSQL holds what Python cannot ('infinity', the year 10000, NaN), and arrays hold nulls and other arrays.
    This runs in pydantic's core: a validator in Python would double the cost of reading a context.

    Attributes:
        otherwise: What is in its place.
        is_omitted: The item is left out of its list instead.
    """

    otherwise: object = None
    is_omitted: bool = False

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        if self.is_omitted:
            return core_schema.with_default_schema(handler(source), on_error="omit")
        return core_schema.with_default_schema(handler(source), default=self.otherwise, on_error="default")


Amount = Annotated[Decimal | None, _Lenient()]
#: The first and the last year are not shown in every zone.
Day = Annotated[Annotated[date, Field(ge=date(2, 1, 1), le=date(9998, 12, 31))] | None, _Lenient()]
Moment = Annotated[
    Annotated[datetime, Field(ge=datetime(2, 1, 1, tzinfo=UTC), lt=datetime(9999, 1, 1, tzinfo=UTC))] | None,
    _Lenient(),
]
Texts = Annotated[tuple[Annotated[str, _Lenient(is_omitted=True)], ...], _Lenient(())]
