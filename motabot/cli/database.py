"""`motabot db`: prepare the database."""

from __future__ import annotations

import click

from motabot.db import init as database
from motabot.db.detach import detach
from motabot.db.plan import make_plan
from motabot.db.readiness import find_problems_of_shop
from motabot.errors import DatabaseNotReady
from motabot.service import Service


@click.group()
def db() -> None:
    """Prepare the database."""


@db.command("init")
@click.option("--dry-run", is_flag=True, help="List every statement, and run none.")
@click.pass_obj
def db_init(service: Service, *, dry_run: bool) -> None:
    """Create what is missing; change nothing that exists.

    Creates those of the nine CRM tables that the database lacks, MotaBot's own tables in the schema
    "motabot", two login roles that only read, the views, rights and policies that they need, and a few
    indexes. Run it again at any time, and after every upgrade. Exits with 1 if something does not work yet.

    \b
    Examples: MOTABOT_DATABASE_URL=postgresql://user:secret@host/shop motabot db init --dry-run
              MOTABOT_DATABASE_URL=postgresql://user:secret@host/shop motabot db init
    """
    if dry_run:
        _show_plan(service)
        return
    if database.prepare(service.engine, click.echo, region=service.settings.region).problems:
        raise DatabaseNotReady("The database is prepared, but not everything works: see the problems above.")
    click.echo("the database is ready")


@db.command("detach")
@click.pass_obj
def db_detach(service: Service) -> None:
    """Drop MotaBot's views, so that the owner of the tables can change them.

    PostgreSQL refuses to retype or drop a column that a view shows. This drops MotaBot's views; `motabot db init`
    makes them again, with the rights that others had on them. Texts are recorded in the meantime and answered
    afterwards.

    \b
    Example: motabot db detach && psql -f your-migration.sql && motabot db init
    """
    for statement in detach(service.engine):
        click.echo(statement)
    click.echo("The tables can be changed now. Afterwards run `motabot db init`, and restart MotaBot.")


def _show_plan(service: Service) -> None:
    with service.engine.connect() as connection:
        plan = make_plan(connection, service.settings.region)
    for line in plan.lines():
        click.echo(line)
    for note in plan.notes:
        click.echo(f"note: {note}")
    for problem in plan.problems + find_problems_of_shop(service.engine):
        click.echo(f"problem: {problem}")
    click.echo("This is what would be done." if plan.lines() else "Nothing is to be done.")
