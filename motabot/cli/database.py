"""`motabot db`: prepare the database."""

from __future__ import annotations

import click

from motabot.app import Service
from motabot.db import init as database


@click.group()
def db() -> None:
    """Prepare the database."""


@db.command("init")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.pass_obj
def db_init(service: Service, *, dry_run: bool) -> None:
    """Create what is missing; change nothing that exists.

    Creates those of the nine CRM tables that the database lacks, MotaBot's own tables in the schema
    "motabot", the login role for customers' tools, and a few indexes. Run it again at any time, and
    after every upgrade.

    \b
    Example: MOTABOT_DATABASE_URL=postgresql://user:secret@host/shop motabot db init
    """
    if dry_run:
        with service.engine.connect() as connection:
            plan = database.make_plan(connection)
        lines = [*plan.lines(), *(f"note: {note}" for note in plan.notes)]
    else:
        lines = []
        database.prepare(service.engine, click.echo)
    for line in lines:
        click.echo(line)
    click.echo("nothing would be changed" if dry_run else "the database is ready")
