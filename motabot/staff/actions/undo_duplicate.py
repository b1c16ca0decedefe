"""Remove all of a customer's copy again."""

from __future__ import annotations

from dataclasses import asdict

from motabot.boundary import JsonMapping
from motabot.maintenance.undo import UndoReport, undo
from motabot.offline.staff.command import Command
from motabot.staff.actions import wording
from motabot.staff.actions.base import Action, Arguments, Desk, Facts
from motabot.staff.actions.who import Who, resolve_member


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
    member = resolve_member(desk, arguments.who)
    return undo(desk.engine, member, settings=desk.settings, actor=by, dry_run=dry_run)


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
