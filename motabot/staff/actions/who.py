"""Who an action is about: one resolver for member ids, phone numbers and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from motabot.customers.find import AmbiguousCustomer, UnknownCustomer, find_customer, find_customers
from motabot.errors import ActionRefused
from motabot.staff.actions.base import Desk
from motabot.text.phone_numbers import to_e164

#: An argument that names one person.
Who = Annotated[str, Field(description="Who.")]
#: What to give instead; an example of a phone number would be hidden from the model as if it were somebody's.
NOBODY: Final = (
    "Give a member id, a phone number with its country code, or a full name; find_customers searches by part of a"
    " name."
)


@dataclass(frozen=True)
class Reached:
    """A phone number and the customer it belongs to.

    Attributes:
        phone: E.164.
        customer: The customer's name; None if the number belongs to no customer, or to several.
    """

    phone: str
    customer: str | None


def resolve_phone(desk: Desk, who: str) -> Reached:
    """The phone number that a member id, a phone number or a name means.

    Raises:
        ActionRefused: Nobody matches, or the customer has no usable phone number.
        AmbiguousCustomer: Several customers have this name; the error lists them.
    """
    with desk.engine.connect() as connection:
        found = find_customers(connection, who, desk.settings.region)
    number = to_e164(who, desk.settings.region)
    if len(found) == 1:
        phone = to_e164(found[0].phone or "", desk.settings.region)
        if phone is None:
            raise ActionRefused(f"who: the customer {who} has no phone number.")
        return Reached(phone, found[0].name)
    if number is not None:
        return Reached(number, None)
    if found:
        raise AmbiguousCustomer(who, found)
    raise ActionRefused(f"who: nobody matches {who}. {NOBODY}")


def resolve_member(desk: Desk, who: str) -> str:
    """The member id of the customer that a member id, a phone number or a name means.

    Raises:
        ActionRefused: Nobody matches.
        AmbiguousCustomer: Several customers do; the error lists them.
    """
    try:
        with desk.engine.connect() as connection:
            return find_customer(connection, who, desk.settings.region).member_id
    except UnknownCustomer:
        raise ActionRefused(f"who: nobody matches {who}. {NOBODY}") from None
