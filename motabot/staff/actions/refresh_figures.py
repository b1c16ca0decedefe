"""Recompute the derived columns, for everybody or for one customer."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import Field

from motabot.boundary import JsonMapping
from motabot.maintenance.refresh import refresh
from motabot.offline.staff.command import Command
from motabot.staff.actions import wording
from motabot.staff.actions.base import Action, Arguments, Desk, Facts
from motabot.staff.actions.who import resolve_member

#: How many changed values are given in words; the rest are in the lists.
_EXAMPLES = 3


class RefreshFigures(Arguments):
    """Propose to recompute visits, totals, affinity and staff figures."""

    who: str | None = Field(
        None,
        description="Null: all.",
    )


def preview(desk: Desk, arguments: RefreshFigures) -> Facts:
    facts = _refresh(desk, arguments, "preview", dry_run=True)
    changes = facts["changes"]
    examples = [
        f"{column.replace('_', ' ')} of {each['key']}: {old} → {new}"
        for each in facts["examples"]
        for column, (old, new) in each["changes"].items()
    ][:_EXAMPLES]
    stale = f"out of date: {wording.rows(changes)}" if changes else "all figures are up to date"
    return {
        "before": "; ".join([stale, *examples]),
        "after": "they follow from the tickets up to now" if changes else "nothing changes",
        **facts,
    }


def execute(desk: Desk, arguments: RefreshFigures, _facts: JsonMapping, by: str) -> Facts:
    return _refresh(desk, arguments, by, dry_run=False)


def _refresh(desk: Desk, arguments: RefreshFigures, by: str, *, dry_run: bool) -> Facts:
    member = None
    if arguments.who is not None:
        member = resolve_member(desk, arguments.who)
    report = refresh(desk.engine, settings=desk.settings, actor=by, customer=member, dry_run=dry_run)
    changes = {name: counts.written for name, counts in report.tables.items() if counts.written}
    notes = list(report.notes)
    if not changes:
        notes.insert(0, "Nothing would change: all figures are up to date." if dry_run else "Nothing changed.")
    return {**asdict(report), "seconds": round(report.seconds, 1), "changes": changes, "notes": notes}


ACTION = Action(
    name="refresh_figures",
    summary="refresh the figures",
    role="admin",
    arguments=RefreshFigures,
    preview=preview,
    execute=execute,
    must_match=(),
    former_names=("refresh",),
    command=Command(
        action="refresh_figures",
        about="member",
        needs=(),
        proposal=("to refresh the figures{of}", "actualizar las cifras{of}"),
        patterns=(
            r"\b(refresh|recalculate|recompute|recalc)\b",
            r"^update .*\b(figures|stats|statistics|numbers|totals|aggregates|profile)\b",
            r"^(actualiza|actualizar|recalcula|recalcular|refresca)\b",
            (
                r"\b(redo|rebuild|re ?run|rerun|regenerate|resync|re ?compute)\b.*\b(aggregate\w*|figures"
                r"|stats|numbers|totals|everything|all|metrics|calculations)\b"
            ),
            r"\bbring .*\bup to date\b",
            r"^update (the |all |our )?(figures|stats|statistics|numbers|totals|aggregates|metrics)",
            r"(figures|stats|numbers|totals) (look |are |seem )?(stale|out of date|outdated|old)\b",
        ),
    ),
)
