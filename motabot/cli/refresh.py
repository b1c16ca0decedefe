"""`motabot refresh`: the derived figures, when they are refreshed, and how that is undone."""

from __future__ import annotations

import click
from rich.console import Console

from motabot.cli.arguments import login, read_moment, show
from motabot.db.readiness import require_ready
from motabot.maintenance import schedule
from motabot.maintenance.computation import Counts, RefreshReport
from motabot.maintenance.figures_before import RestoreReport, restore
from motabot.maintenance.refresh import refresh as run_refresh
from motabot.service import Service
from motabot.settings import Settings


@click.group(invoke_without_command=True)
@click.option("--customer", metavar="ID", help="Only the customer with this member id.")
@click.option("--phone", metavar="N", help="Only the customer with this phone.")
@click.option("--incremental", is_flag=True, help="Only what was inserted, or came due, since the last refresh.")
@click.option(
    "--as-of", metavar="T", help="The moment that counts as now; in the past, a dry run without --force."
)
@click.option("--force", is_flag=True, help="Write the figures of a past moment.")
@click.option("--keep-imported", is_flag=True, help="Leave customers without any transaction as they are.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def refresh(
    context: click.Context,
    *,
    customer: str | None,
    phone: str | None,
    incremental: bool,
    as_of: str | None,
    force: bool,
    keep_imported: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Recompute visits, totals, affinity and staff figures.

    Edited and deleted transactions need the full refresh, which is what runs without options.

    \b
    Examples: motabot refresh
              motabot refresh --incremental
              motabot refresh --customer M000123 --dry-run
              motabot refresh --as-of 2026-01-31T18:00
              motabot refresh undo
    """
    if context.invoked_subcommand is not None:
        return
    service: Service = context.obj
    require_ready(service.engine)
    with Console(stderr=True).status("starting") as status:
        report = run_refresh(
            service.engine,
            settings=service.settings,
            actor=login(),
            customer=customer,
            phone=phone,
            as_of=read_moment(as_of, service.settings, option="--as-of"),
            dry_run=dry_run,
            force=force,
            incremental=incremental,
            keep_imported=keep_imported,
            progress=status.update,
        )
    if dry_run and report.mode == "full":
        with service.engine.begin() as connection:
            schedule.note_seen(connection, login())
    show(report, _refresh_lines(report, service.settings), as_json=as_json)


@refresh.command("undo")
@click.option("--dry-run", is_flag=True, help="Count what would be put back, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def undo(service: Service, *, dry_run: bool, as_json: bool) -> None:
    """Put back the figures from before the first refresh.

    This is for tables that held data before MotaBot was installed. The scheduled refresh is switched off as well.

    \b
    Example: motabot refresh undo --dry-run
    """
    require_ready(service.engine)
    report = restore(service.engine, actor=login(), dry_run=dry_run)
    show(report, _restore_lines(report), as_json=as_json)


@refresh.command("schedule")
@click.argument("state", type=click.Choice(["on", "off", "status"]))
@click.pass_obj
def switch_schedule(service: Service, state: str) -> None:
    """Switch the scheduled refresh on or off.

    On tables that held data before MotaBot was installed, it stays off until somebody has looked at
    `motabot refresh --dry-run` and switched it on.

    \b
    Example: motabot refresh schedule on
    """
    require_ready(service.engine)
    with service.engine.begin() as connection:
        if state != "status":
            schedule.switch(connection, on=state == "on", by=login())
        is_on = schedule.is_on(connection)
    click.echo("The worker refreshes the figures every hour." if is_on else f"Off: {schedule.CURE}.")


def _refresh_lines(report: RefreshReport, settings: Settings) -> list[str]:
    moment = report.as_of.astimezone(settings.zone)
    did = "Would write" if report.dry_run else "Wrote"
    return [
        f"{did} {report.written:,} rows ({report.mode} refresh, {report.seconds:.2f} s)",
        f"  as of {moment:%Y-%m-%d %H:%M %Z}",
        *([f"  full, because {report.why}"] if report.why else []),
        *(_counts_line(table, counts) for table, counts in report.tables.items()),
        *(f"  {note}" for note in report.notes),
        *_preview_lines(report),
    ]


def _preview_lines(report: RefreshReport) -> list[str]:
    lines = [f"  {change.table}.{change.column:<26} {change.rows:>10,} rows change" for change in report.columns]
    for example in report.examples:
        changes = ", ".join(f"{column} {old} -> {new}" for column, (old, new) in example.changes.items())
        lines.append(f"  {example.table} {example.key}: {changes}")
    return lines


def _counts_line(table: str, counts: Counts) -> str:
    line = f"  {table:<26} {counts.looked_at:>10,} looked at"
    if counts.written:
        line += f", {counts.inserted:,} inserted, {counts.updated:,} updated, {counts.deleted:,} deleted"
    return line


def _restore_lines(report: RestoreReport) -> list[str]:
    head = "Would put back" if report.dry_run else "Put back"
    return [
        f"{head} the figures of before the first refresh",
        *(f"  {table:<26} {count:>10,} rows" for table, count in report.tables.items()),
    ]
