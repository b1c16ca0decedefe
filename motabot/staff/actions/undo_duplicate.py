"""Remove all of a customer's copy again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from sqlalchemy import text

from motabot.boundary import JsonMapping
from motabot.customers.find import AmbiguousCustomer, find_customer
from motabot.maintenance.undo import UndoReport, undo
from motabot.offline.staff.command import Command
from motabot.staff.actions import wording
from motabot.staff.actions.base import Action, Arguments, Desk, Facts
from motabot.staff.actions.who import Who, resolve_member

#: The copies of a customer, and whether it is a copy itself.
_COPIES: Final = text(
    "select coalesce(array_agg(c.member_id order by c.made_at) filter (where c.source_member_id = :member), '{}'),"
    " coalesce(bool_or(c.member_id = :member), false) from reporting.copies c"
)


class UndoDuplicate(Arguments):
    """Propose to remove a copy of a customer."""

    who: Who


def preview(desk: Desk, arguments: UndoDuplicate) -> Facts:
    report = _undo(desk, arguments, "preview", dry_run=True)
    left = f"the customer {report.copy} stays, with {wording.rows(report.own_rows)} of its own"
    return {
        "before": f"{report.copy} is a copy of {report.source}, with {wording.rows(report.deleted)}",
        "after": f"{left if report.kept else 'the copy is gone'}; {report.source} stays as it is",
        **asdict(report),
    }


def execute(desk: Desk, arguments: UndoDuplicate, _facts: JsonMapping, by: str) -> Facts:
    return asdict(_undo(desk, arguments, by, dry_run=False))


def _undo(desk: Desk, arguments: UndoDuplicate, by: str, *, dry_run: bool) -> UndoReport:
    member = _copy_meant(desk, resolve_member(desk, arguments.who))
    return undo(desk.engine, member, settings=desk.settings, actor=by, dry_run=dry_run)


def _copy_meant(desk: Desk, member: str) -> str:
    """The copy that a member id means: its own, or the only one of that customer.

    Raises:
        AmbiguousCustomer: The customer has several copies; the error lists them.
    """
    with desk.engine.connect() as connection:
        copies, is_copy = connection.execute(_COPIES, {"member": member}).one()
        if is_copy or not copies:
            return member
        if len(copies) > 1:
            raise AmbiguousCustomer(
                member, [find_customer(connection, copy, desk.settings.region) for copy in copies]
            )
        return str(copies[0])


ACTION = Action(
    name="undo_duplicate",
    summary="undo a copy",
    role="admin",
    arguments=UndoDuplicate,
    preview=preview,
    execute=execute,
    must_match=("copy", "deleted"),
    command=Command(
        action="undo_duplicate",
        about="member",
        needs=("who",),
        proposal=("to remove the copy {who}", "quitar la copia {who}"),
        patterns=(
            r"\b(undo|revert|reverse|roll back)\b",
            r"(remove|delete|get rid of|drop) (the |that |this )?(copy|duplicate|clone)",
            r"(deshacer?|deshaz|quita|elimina|borra)\w* (el |la |esa? )?(copia|duplicado)",
        ),
    ),
)
