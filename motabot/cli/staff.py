"""`motabot staff` and `motabot chat`: which staff members may ask, and asking."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from motabot.cli.arguments import login
from motabot.db.readiness import require_ready
from motabot.service import Service
from motabot.settings import STAFF_TOKEN
from motabot.staff import accounts
from motabot.staff.accounts import Member, Role
from motabot.staff.formats import shown


@click.group()
def staff() -> None:
    """Manage who may ask and approve.

    \b
    Example: motabot staff add Kim --role admin
             motabot staff revoke Kim
    """


@staff.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["staff", "admin"]), default="staff", show_default=True)
@click.pass_obj
def add(service: Service, name: str, role: Role) -> None:
    """Make a token for a person. It is shown once.

    Example: motabot staff add Kim --role admin
    """
    require_ready(service.engine)
    with service.engine.begin() as connection:
        click.echo(accounts.add(connection, name, role, by=login()))


@staff.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def list_members(service: Service, *, as_json: bool) -> None:
    """List who has or had a token.

    Example: motabot staff list
    """
    require_ready(service.engine)
    with service.engine.connect() as connection:
        found = accounts.members(connection)
    if as_json:
        click.echo(json.dumps(found, default=str))
        return
    for member in found:
        state = f"revoked {member['revoked_at']:%Y-%m-%d}" if member["revoked_at"] else "valid"
        click.echo(f"{member['name']:20} {member['role']:6} {state}")


@staff.command("revoke")
@click.argument("name")
@click.pass_obj
def revoke(service: Service, name: str) -> None:
    """End a person's token at once.

    Example: motabot staff revoke Kim
    """
    require_ready(service.engine)
    with service.engine.begin() as connection:
        accounts.revoke(connection, name, by=login())
    click.echo("Revoked.")


@click.command()
@click.argument("question")
@click.option("--token", envvar=STAFF_TOKEN, required=True, help=f"Your staff token; or set {STAFF_TOKEN}.")
@click.option("--chat", "chat_id", type=int, help="The conversation to continue.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_obj
def chat(service: Service, question: str, token: str, chat_id: int | None, *, as_json: bool) -> None:
    """Ask a question as a staff member.

    \b
    Example: MOTABOT_STAFF_TOKEN=mbs_... motabot chat "what were our sales by month?"
    """
    require_ready(service.engine)
    with service.engine.connect() as connection:
        member: Member = accounts.identify(connection, token)
    answer = service.conversations.ask(member, question, chat_id)
    if as_json:
        click.echo(json.dumps(answer, default=str, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    console.print(answer["text"], markup=False)
    for each in answer["tables"]:
        table = Table(*(column["name"] for column in each["columns"]))
        kinds = [column["format"] for column in each["columns"]]
        for row in each["rows"][:40]:
            table.add_row(*(escape(shown(cell, kind)) for cell, kind in zip(row, kinds, strict=True)))
        console.print(table)
        console.print(each["sql"], style="dim", markup=False)
    for action in answer["actions"]:
        console.print(f"Proposed: action {action['id']} ({action['name']}); it needs {action['needs_role']}.")
    for problem in answer["problems"]:
        console.print(problem, style="dim", markup=False)
