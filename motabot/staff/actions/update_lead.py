"""Change a lead's status, stage or probability."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from motabot.boundary import JsonMapping
from motabot.customers import leads
from motabot.offline.staff.command import Command
from motabot.staff.actions.base import Action, Arguments, Desk, Facts
from motabot.staff.actions.who import Who, resolve_phone


class UpdateLead(Arguments):
    """Propose to change a lead; null keeps a field."""

    who: Who
    status: Literal["new", "contacted", "qualified", "converted", "lost"] | None = Field(
        None, description="Its status."
    )
    stage: Literal["greeting", "discovery", "recommendation", "follow_up", "closed"] | None = Field(
        None, description="Its stage."
    )
    probability: float | None = Field(None, description="Of a visit, 0 to 1.")


def preview(desk: Desk, arguments: UpdateLead) -> Facts:
    return _change(desk, arguments, "preview", dry_run=True)


def execute(desk: Desk, arguments: UpdateLead, _facts: JsonMapping, by: str) -> Facts:
    return _change(desk, arguments, by, dry_run=False)


def _change(desk: Desk, arguments: UpdateLead, by: str, *, dry_run: bool) -> Facts:
    phone = resolve_phone(desk, arguments.who).phone
    with desk.engine.connect() as connection:
        before, after = leads.change(
            connection,
            phone,
            by=by,
            status=arguments.status,
            stage=arguments.stage,
            probability=arguments.probability,
        )
        if not dry_run:
            connection.commit()
    notes = ["The lead is like this already; nothing would change."] if before == after and dry_run else []
    return {"phone": phone, "before": _said(before), "after": _said(after), "notes": notes}


def _said(lead: JsonMapping) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')}: {'none' if value is None else value}" for name, value in lead.items()
    )


ACTION = Action(
    name="update_lead",
    summary="move a lead on",
    role="staff",
    arguments=UpdateLead,
    preview=preview,
    execute=execute,
    must_match=("phone", "before", "after"),
    command=Command(
        action="update_lead",
        about="phone",
        needs=("who", "change"),
        takes=("status", "stage", "probability"),
        proposal=("to move the lead {who} to {change}", "mover el prospecto {who} a {change}"),
        patterns=(
            r"^(mark|set|move|change|update|flag|make|put|advance)\b.*\b(lead|prospect)\b",
            r"^(the )?(lead|prospect) hndl\d+ is (now )?\w+",
            r"^(mark|set|move|change|update|flag|put) hndl\d+ (as|to|is)\b",
            r"^(marca|pon|cambia|mueve|actualiza|pasa)\w*\b.*\b(prospecto|lead)\b",
            r"^lead \S+ is\b",
            r"^hndl\d+ (is|as|to|became|has become) .*\b(lead|qualified|contacted|converted|lost|prospect)\b",
            r"\bhndl\d+ .*\b(stage|probability|lead status)\b",
            r"\b(lead|prospect) hndl\d+ (is|to|as|became|has)\b",
            r"^(bump|promote|advance|push|move|set|mark|put|change|update) hndl\d+ (to|as|into|in|is)\b",
            r"\blead status\b.*\b(to|as)\b",
            r"^(mark|set|move|change|update|put) (the )?(stage|status|probability)\b",
        ),
    ),
)
