"""Copy a customer, with everything that belongs to them, under another name and phone number."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import Field

from motabot.boundary import JsonMapping
from motabot.maintenance.duplicate import DuplicateReport, duplicate
from motabot.offline.staff.command import Command
from motabot.staff.actions import wording
from motabot.staff.actions.base import Action, Arguments, Desk, Facts
from motabot.staff.actions.who import Who, resolve_member


class DuplicateCustomer(Arguments):
    """Propose to copy a customer."""

    who: Who
    name: str = Field(description="The copy's name.")
    phone: str = Field(description="Its number.")
    email: str | None = Field(None, description="Its e-mail.")
    messages: bool | None = Field(None, description="Copy texts too.")


def preview(desk: Desk, arguments: DuplicateCustomer) -> Facts:
    report = _duplicate(desk, arguments, "preview", dry_run=True)
    return {
        "before": f"{arguments.who} ({report.source}) is one customer",
        "after": f"a second one, {arguments.name} ({report.copy}, {arguments.phone}), has"
        f" {wording.rows(report.tables)} like theirs, and is not texted",
        **asdict(report),
    }


def execute(desk: Desk, arguments: DuplicateCustomer, _facts: JsonMapping, by: str) -> Facts:
    return asdict(_duplicate(desk, arguments, by, dry_run=False))


def _duplicate(desk: Desk, arguments: DuplicateCustomer, by: str, *, dry_run: bool) -> DuplicateReport:
    return duplicate(
        desk.engine,
        resolve_member(desk, arguments.who),
        name=arguments.name,
        phone=arguments.phone,
        email=arguments.email,
        messages=bool(arguments.messages),
        dry_run=dry_run,
        settings=desk.settings,
        actor=by,
    )


ACTION = Action(
    name="duplicate_customer",
    summary="duplicate a customer",
    role="admin",
    arguments=DuplicateCustomer,
    preview=preview,
    execute=execute,
    must_match=("source", "tables"),
    former_names=("duplicate",),
    command=Command(
        action="duplicate_customer",
        about="member",
        needs=("who", "name", "phone"),
        takes=("name", "phone", "email", "messages"),
        proposal=(
            "to duplicate {who} as {name}, phone {phone}",
            "duplicar a {who} como {name}, teléfono {phone}",
        ),
        patterns=(
            r"^(duplicate|clone|copy|dupe)\b",
            r"\b(make|create|do) (me )?(a |another )?(copy|duplicate|clone) of\b",
            r"^(duplica|duplicar|copia|copiar|clona|clonar)\b",
            r"(haz|hacer|crea|crear) una copia de",
            r"\b(copy|duplicate|clone) (of )?hndl\d+",
            r"\b(want|need|like|make|create|get) (a |an |another |me a )?(exact )?(copy|duplicate|clone)\b",
            r"\b(duplicado|copia|clon) de\b",
        ),
    ),
)
