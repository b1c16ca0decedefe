"""Customer duplication: a copy with its own keys, recorded so that all of it can be removed again."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, Engine

from motabot.boundary import JsonMapping, JsonObject
from motabot.customers.find import Customer, find_customer
from motabot.db import audit
from motabot.db.queries import driver_sql_folder
from motabot.db.widths import width
from motabot.errors import MotaBotError
from motabot.maintenance.copying import CopyPlan, plan_copy
from motabot.maintenance.exclusive import exclusively
from motabot.maintenance.links import linked_tables
from motabot.settings import Settings
from motabot.text.phone_numbers import to_e164
from motabot.text.regex import regex

_SQL = driver_sql_folder(__package__, "duplicate")
#: Digits of a copied transaction's number, if the column has room for them.
_DIGITS: Final = 6
_EMAIL: Final = regex(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class DuplicateRefused(MotaBotError):
    """The copy cannot be made as asked; nothing was changed."""

    status = 409


@dataclass(frozen=True)
class DuplicateReport:
    """A copy that was made, or would be.

    Attributes:
        copy: Its member id; in a dry run the one it would get now.
        source: The source's member id.
        dry_run: Nothing was written.
        tables: Rows copied, by table.
        notes: What a person should know before approving: effects elsewhere, and what is not copied.
        seconds: Wall clock.
    """

    copy: str
    source: str
    dry_run: bool
    tables: dict[str, int]
    notes: tuple[str, ...]
    seconds: float = 0.0


def duplicate(
    engine: Engine,
    source: str,
    *,
    name: str,
    phone: str,
    email: str | None = None,
    messages: bool = False,
    dry_run: bool = False,
    settings: Settings,
    actor: str,
) -> DuplicateReport:
    """Copy a customer with everything that belongs to them, under another name and phone.

    The number of statements does not depend on how much there is to copy.

    Args:
        engine: The service's own engine.
        source: The customer's member id, phone or name.
        name: The copy's own name.
        phone: The copy's own number, which nobody else may have.
        email: The copy's own address; none by default.
        messages: Copy the texts as well, none of them queued or waiting for an answer.
        dry_run: Count what would be copied and change nothing.
        settings: Region of numbers that lack a +.
        actor: Who asked, for the audit.

    Raises:
        UnknownCustomer: Nobody matches `source`.
        AmbiguousCustomer: Several do; the message lists them.
        DuplicateRefused: Name, phone or e-mail is not the copy's own, or not one at all.
        Interfered: Others kept changing the same rows. Nothing was written.
    """
    began = time.perf_counter()
    name, email = name.strip(), (email.strip() or None) if email else None
    number = to_e164(phone, settings.region)
    if not name:
        raise DuplicateRefused("name: the copy needs its own name")
    if number is None:
        raise DuplicateRefused(f"phone: {phone!r} is not a valid phone number; use a format like +14155550123")
    if email is not None and not _EMAIL.fullmatch(email):
        raise DuplicateRefused(f"email: {email!r} is not an e-mail address; use a format like ana@example.com")
    with engine.connect() as connection:
        plans = [plan_copy(table) for table in linked_tables(connection)]
    impossible = [plan for plan in plans if plan.problem and plan.table.is_known]
    if impossible:
        raise DuplicateRefused(f"{impossible[0].table.label} cannot be copied: {impossible[0].problem}")
    copier = _Copier(plans, settings, actor, name, number, email, messages)

    def work(connection: Connection) -> DuplicateReport:
        return copier.copy(connection, find_customer(connection, source, settings.region), dry_run=dry_run)

    lock = [f'"{plan.table.schema}"."{plan.table.name}"' for plan in plans if plan.lock and not dry_run]
    report = exclusively(engine, work, keep=not dry_run, lock=lock)
    return replace(report, seconds=time.perf_counter() - began)


@dataclass(frozen=True)
class _Copier:
    plans: list[CopyPlan]
    settings: Settings
    actor: str
    name: str
    phone: str
    email: str | None
    messages: bool

    def copy(self, connection: Connection, source: Customer, *, dry_run: bool) -> DuplicateReport:
        self._check(connection, source)
        parameters = self._parameters(connection, source)
        plans = [
            plan for plan in self.plans if not plan.problem and (self.messages or plan.table.name != "messages")
        ]
        connection.exec_driver_sql(_SQL["map_transactions"], parameters)
        if dry_run:
            connection.exec_driver_sql(
                "create temp table copied_leads on commit drop as"
                " select l.id as old_id, l.id as new_id from public.leads l"
                " where l.id = any(%(old_leads)s)",
                parameters,
            )
            tables = {plan.table.label: self._run(connection, plan.count, parameters) for plan in plans}
        else:
            parameters["duplicate"] = self._open(connection, source, parameters)
            tables = {}
            for plan in plans:
                tables[plan.table.label] = self._run(connection, plan.insert, parameters)
                if plan.table.is_known and plan.table.name == "leads" and self._leads_are_pointed_at:
                    connection.exec_driver_sql(_SQL["map_leads"], parameters)
            if self.messages:
                connection.exec_driver_sql(_SQL["close_messages"], parameters)
            self._audit(connection, source, parameters["copy"], tables)
        return DuplicateReport(
            parameters["copy"], source.member_id, dry_run, tables, tuple(self._notes(tables, parameters))
        )

    def _check(self, connection: Connection, source: Customer) -> None:
        if source.name is not None and source.name.strip().casefold() == self.name.casefold():
            raise DuplicateRefused("name: this is the source's own name; the copy needs another one")
        if self._number_of(source) == self.phone:
            raise DuplicateRefused("phone: this is the source's own number; the copy needs another one")
        holder = connection.exec_driver_sql(_SQL["phone_taken"], {"phone": self.phone}).scalar()
        if holder:
            raise DuplicateRefused(f"phone: {holder} has {self.phone} already")

    def _parameters(self, connection: Connection, source: Customer) -> JsonObject:
        number = self._number_of(source)
        found = connection.exec_driver_sql(
            _SQL["source"], {"source": source.member_id, "source_phone": number}
        ).one()
        if self.email is not None and (found.email or "").strip().casefold() == self.email.casefold():
            raise DuplicateRefused("email: this is the source's own address; the copy needs another one, or none")
        if self.messages and found.is_shared:
            raise DuplicateRefused(
                "messages: another customer has the source's number too, so they are not the source's alone"
            )
        leads = list(found.leads)
        copy = connection.exec_driver_sql(_SQL["new_member_id"], {"source": source.member_id}).scalar_one()
        room = width(connection, "transactions", "transaction_id")
        return {
            "source": source.member_id,
            "copy": copy,
            "digits": _DIGITS if room is None else max(0, min(_DIGITS, room - len(copy) - 1)),
            "source_phone": None if found.is_shared else number,
            "old_leads": leads[-1:] if self._one_lead_a_phone else leads,
            "all_leads": len(leads),
            "name": self.name,
            "phone": self.phone,
            "email": self.email,
        }

    def _number_of(self, source: Customer) -> str | None:
        return to_e164(source.phone or "", self.settings.region)

    @property
    def _leads_are_pointed_at(self) -> bool:
        return any(link.table == "leads" for plan in self.plans for link in plan.table.links)

    @property
    def _one_lead_a_phone(self) -> bool:
        leads = next(plan.table for plan in self.plans if plan.table.name == "leads" and plan.table.is_known)
        return ("phone_number",) in leads.keys

    def _open(self, connection: Connection, source: Customer, parameters: JsonMapping) -> int:
        """Record the copy and have its number start as *do not text*."""
        opened = connection.exec_driver_sql(
            _SQL["open"], {**parameters, "actor": self.actor, "source": source.member_id}
        ).scalar()
        if opened is None:  # a text came in from this number since it was found to be free
            raise DuplicateRefused(f"phone: a conversation has {self.phone} already")
        return int(opened)

    def _run(self, connection: Connection, sql: str, parameters: JsonObject) -> int:
        return int(connection.exec_driver_sql(sql, parameters).scalar_one())

    def _notes(self, tables: dict[str, int], parameters: JsonObject) -> list[str]:
        notes = [note for plan in self.plans for note in plan.notes]
        notes += [
            f"the copy shares the values of the shop's own columns of {plan.table.label}:"
            f" {', '.join(plan.own_columns)}"
            for plan in self.plans
            if plan.own_columns and tables.get(plan.table.label)
        ]
        if tables.get("transactions"):
            notes.insert(0, "the copy's sales count in the figures of staff until it is undone")
        left = parameters["all_leads"] - len(parameters["old_leads"])
        if left:
            notes.append(f"{left} older lead(s) of the source are not copied: a phone has one lead")
        notes += [f"{plan.table.label} is not copied: {plan.problem}" for plan in self.plans if plan.problem]
        return notes

    def _audit(self, connection: Connection, source: Customer, copy: str, tables: dict[str, int]) -> None:
        audit.record(
            connection,
            actor=self.actor,
            action="duplicate",
            arguments={
                "source": source.member_id,
                "copy": copy,
                "name": self.name,
                "phone": self.phone,
                "email": self.email,
                "messages": self.messages,
            },
            before=dict.fromkeys(tables, 0),
            after=tables,
        )
