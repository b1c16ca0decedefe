"""Which customer somebody means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection

from motabot.db.queries import load_sql
from motabot.errors import MotaBotError
from motabot.text.phone_numbers import to_e164

_SQL = load_sql(__package__, "find_customers")


class UnknownCustomer(MotaBotError):
    """There is no such customer."""

    status = 404


class AmbiguousCustomer(MotaBotError):
    """Several customers are meant.

    Attributes:
        candidates: Those that match, at most twenty.
    """

    status = 409

    def __init__(self, words: str, candidates: list[Customer]) -> None:
        listed = "; ".join(candidate.line() for candidate in candidates)
        super().__init__(f"Several customers match {words!r}; name one by its member id: {listed}")
        self.candidates = candidates


@dataclass(frozen=True)
class Customer:
    """Enough of a customer for a person to recognize."""

    member_id: str
    name: str | None
    phone: str | None
    last_visited: date | None

    def line(self) -> str:
        """One line for a list of candidates."""
        seen = f"last visit {self.last_visited}" if self.last_visited else "no visit"
        return f"{self.member_id} {self.name or '(no name)'}, {self.phone or 'no phone'}, {seen}"


def find_customers(
    connection: Connection, words: str, region: str, *, by: Literal["anything", "phone"] = "anything"
) -> list[Customer]:
    """Customers with a member id, a phone or a name; a member id wins over a phone, and a phone over a name.

    Args:
        connection: A transaction.
        words: What somebody wrote.
        region: ISO region of numbers that lack a +.
        by: "phone" when the words are a phone and nothing else.
    """
    parameters = {"words": " ".join(words.split()), "phone": to_e164(words, region), "only_phone": by == "phone"}
    return [Customer(*row) for row in connection.execute(_SQL, parameters)]


def find_customer(connection: Connection, words: str, region: str) -> Customer:
    """The one customer with a member id, a phone or a name.

    Raises:
        UnknownCustomer: Nobody matches.
        AmbiguousCustomer: Several do; the message lists them.
    """
    found = find_customers(connection, words, region)
    if not found:
        raise UnknownCustomer(f"No customer has the member id, phone or name {words!r}")
    if len(found) > 1:
        raise AmbiguousCustomer(words, found)
    return found[0]
