"""`motabot duplicate`."""

from __future__ import annotations

import click

from motabot.cli.arguments import login, show
from motabot.db.readiness import require_ready
from motabot.maintenance.duplicate import DuplicateReport
from motabot.maintenance.duplicate import duplicate as make_duplicate
from motabot.maintenance.undo import OwnRows, UndoReport
from motabot.maintenance.undo import undo as undo_duplicate
from motabot.service import Service


class _CopyUnlessNamed(click.Group):
    """`duplicate SOURCE` means `duplicate copy SOURCE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["copy", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_CopyUnlessNamed, subcommand_metavar="SOURCE --name NAME --phone N [OPTIONS] | undo COPY [OPTIONS]"
)
def duplicate() -> None:
    """Copy a customer with all their rows, or undo a copy.

    \b
    Examples: motabot duplicate M000123 --name "Keanu Klare" --phone "+1 415 555 0123" --dry-run
              motabot duplicate "Aaron Amado" --name "Keanu Klare" --phone "+1 415 555 0123"
              motabot duplicate undo M010001
    """


@duplicate.command("copy")
@click.argument("source")
@click.option("--name", required=True, help="The copy's own name.")
@click.option("--phone", required=True, metavar="N", help="The copy's own number, which nobody else has.")
@click.option("--email", help="The copy's own e-mail address.")
@click.option("--messages", is_flag=True, help="Copy the texts too; none of them is sent again or answered.")
@click.option("--dry-run", is_flag=True, help="Count what would be copied, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def copy(
    service: Service,
    *,
    source: str,
    name: str,
    phone: str,
    email: str | None,
    messages: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Copy the customer SOURCE: a member id, a phone or a name.

    \b
    Example: motabot duplicate M000123 --name "Keanu Klare" --phone "+1 415 555 0123"
    """
    require_ready(service.engine)
    report = make_duplicate(
        service.engine,
        source,
        name=name,
        phone=phone,
        email=email,
        messages=messages,
        dry_run=dry_run,
        settings=service.settings,
        actor=login(),
    )
    show(report, _duplicate_lines(report), as_json=as_json)


@duplicate.command("undo")
@click.argument("member_id", metavar="COPY")
@click.option(
    "--keep", "own_rows", flag_value="keep", help="Keep rows that the copy has gained since, and the customer."
)
@click.option("--drop", "own_rows", flag_value="drop", help="Also remove rows that the copy has gained since.")
@click.option("--dry-run", is_flag=True, help="Count what would be removed, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def undo(service: Service, *, member_id: str, own_rows: OwnRows | None, dry_run: bool, as_json: bool) -> None:
    """Remove the copy with the member id COPY, with all its rows.

    A copy that has since bought or texted something is left alone, unless --keep or --drop says what becomes of
    that.

    \b
    Example: motabot duplicate undo M010001
    """
    require_ready(service.engine)
    report = undo_duplicate(
        service.engine,
        member_id,
        own_rows=own_rows or "refuse",
        dry_run=dry_run,
        settings=service.settings,
        actor=login(),
    )
    show(report, _undo_lines(report), as_json=as_json)


def _duplicate_lines(report: DuplicateReport) -> list[str]:
    head = f"Would copy {report.source}" if report.dry_run else f"Copied {report.source} to {report.copy}"
    return [
        f"{head} ({report.seconds:.2f} s)",
        *(f"  {table:<26} {count:>10,} rows" for table, count in report.tables.items()),
        *(f"  note: {note}" for note in report.notes),
        *([] if report.dry_run else [f"  to remove it again: motabot duplicate undo {report.copy}"]),
    ]


def _undo_lines(report: UndoReport) -> list[str]:
    head = f"{'Would undo' if report.dry_run else 'Undid'} {report.copy}, the copy of {report.source}"
    return [
        f"{head} ({report.seconds:.2f} s)",
        *(f"  {table:<26} {count:>10,} rows removed" for table, count in report.deleted.items()),
        *(
            [f"  the customer stays, with {sum(report.own_rows.values()):,} rows of their own"]
            if report.kept
            else []
        ),
    ]
