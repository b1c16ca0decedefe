"""`motabot phone`, `send`, `sending`, `privacy` and `dead-letters`: what a person decides about texting."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

import click
from sqlalchemy import Connection

from motabot.cli.arguments import login, read_moment
from motabot.customers import phones
from motabot.customers import privacy as forget
from motabot.db.audit import record
from motabot.db.readiness import require_ready
from motabot.errors import UnknownPhone
from motabot.service import Service
from motabot.sms import claim
from motabot.sms.outreach import refuse_the_past
from motabot.text.phone_numbers import to_e164

T = TypeVar("T")


@click.group()
def phone() -> None:
    """Show one phone, and decide what the bot may do with it.

    \b
    Example: motabot phone pause +14155550101      staff answer; the bot stays silent
             motabot phone resume +14155550101     hand the conversation back
             motabot phone unlink +14155550101     the number belongs to somebody else now
    """


@phone.command("show")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def show(service: Service, number: str, *, as_json: bool) -> None:
    """Show consent, pause, age and open hand-offs of a phone.

    Example: motabot phone show +14155550101
    """
    found = _in_transaction(service, number, phones.show) or {}
    if not found:
        raise UnknownPhone(f"Nothing is known about {number}: it never texted the shop.")
    if as_json:
        click.echo(json.dumps(found, default=str))
        return
    for key, value in found.items():
        click.echo(f"{key.replace('_', ' '):15} {'-' if value is None else value}")


@phone.command("pause")
@click.argument("number")
@click.pass_obj
def pause(service: Service, number: str) -> None:
    """Pause the bot for a phone. Its texts wait for staff.

    Example: motabot phone pause +14155550101
    """
    done = _in_transaction(service, number, lambda c, p: phones.pause(c, p, login()))
    click.echo("The bot is paused for this phone." if done else "The bot was already paused for this phone.")


@phone.command("resume")
@click.argument("number")
@click.pass_obj
def resume(service: Service, number: str) -> None:
    """Hand a phone back to the bot. What came in since then counts as answered by staff.

    Example: motabot phone resume +14155550101
    """
    done = _in_transaction(service, number, lambda c, p: phones.resume(c, p, login()))
    click.echo("The bot answers this phone again." if done else "The bot was not paused for this phone.")


@phone.command("unlink")
@click.argument("number")
@click.pass_obj
def unlink(service: Service, number: str) -> None:
    """Record that a number changed hands. Nothing from before is used for its new owner.

    Example: motabot phone unlink +14155550101
    """
    refusal = _in_transaction(service, number, lambda c, p: phones.unlink(c, p, login()))
    click.echo("From now on, nothing from before is used for this number. `motabot phone link` undoes this.")
    if refusal:
        click.echo(f"A row stays as it is, because a rule of its table refuses the change: {refusal}")


@phone.command("link")
@click.argument("number")
@click.pass_obj
def link(service: Service, number: str) -> None:
    """Undo `unlink`: the number is its customer's again.

    Example: motabot phone link +14155550101
    """
    _in_transaction(service, number, lambda c, p: phones.link(c, p, login()))
    click.echo("The number is its customer's again.")


@phone.command("opt-in")
@click.argument("numbers", nargs=-1, required=True)
@click.option("--source", required=True, help="Where it was given, for example 'form at the counter, 2026-11'.")
@click.pass_obj
def opt_in(service: Service, numbers: tuple[str, ...], source: str) -> None:
    """Record consent to the shop's own texts that was given elsewhere.

    A number that opted out stays opted out: only its own START changes that.

    \b
    Example: motabot phone opt-in +14155550101 --source "form at the counter"
             xargs motabot phone opt-in --source "sign-up sheet" < numbers.txt
    """
    many = sum(
        _in_transaction(service, number, lambda c, p: phones.opt_in(c, p, login(), source)) for number in numbers
    )
    click.echo(f"Noted for {many} of {len(numbers)} numbers. The others had already opted in.")


@phone.command("age")
@click.argument("number")
@click.argument("age", type=click.Choice(["adult", "minor"]))
@click.pass_obj
def age(service: Service, number: str, age: str) -> None:
    """Record whether somebody is 21 or older, if staff know it.

    Example: motabot phone age +14155550101 adult
    """
    _in_transaction(service, number, lambda c, p: phones.set_age(c, p, login(), is_adult=age == "adult"))
    click.echo("Noted.")


@click.command()
@click.argument("state", type=click.Choice(["on", "off", "status"]))
@click.pass_obj
def sending(service: Service, state: str) -> None:
    """Stop all sending at once, or start it again.

    Texts and replies are kept while sending is off.

    \b
    Example: motabot sending off
    """
    require_ready(service.engine)
    with service.engine.begin() as connection:
        if state != "status":
            claim.switch_sending(connection, on=state == "on", mode=service.settings.outbox_mode)
            record(connection, actor=login(), action=f"sending.{state}", arguments={}, before={}, after={})
        click.echo("Sending is on." if claim.sending_is_on(connection) else "Sending is off: nothing goes out.")


@click.command()
@click.argument("number")
@click.argument("words")
@click.option("--at", "moment", metavar="TIME", help="Earliest time, in the shop's zone: 2026-03-01T10:00.")
@click.pass_obj
def send(service: Service, number: str, words: str, moment: str | None) -> None:
    """Text somebody first.

    The text waits for daytime where the recipient is. A number that opted out gets nothing.

    \b
    Example: motabot send +14155550101 "Your order is ready." --at 2026-03-01T10:00
    """
    at = read_moment(moment, service.settings, option="--at")
    refuse_the_past(at)
    _scheduled, due = _in_transaction(
        service, number, lambda c, p: service.outreach.schedule(c, p, words, by=login(), at=at)
    )
    local = due.astimezone(service.settings.zone)
    click.echo(
        f"The text goes out on {local:%A, %B} {local.day}, {local.year} at {local:%H:%M} ({local:%Z}) or later."
    )


@click.group()
def privacy() -> None:
    """Export or erase what is kept of a phone number.

    \b
    Example: motabot privacy export +14155550101 > ana.json
             motabot privacy erase +14155550101
    """


@privacy.command("export")
@click.argument("number")
@click.pass_obj
def export(service: Service, number: str) -> None:
    """Print everything that is kept of a number, as JSON by table.

    Example: motabot privacy export +14155550101 > ana.json
    """
    found = _in_transaction(service, number, lambda c, p: forget.export(c, p))
    click.echo(json.dumps(found, indent=2, ensure_ascii=False, default=str))


@privacy.command("erase")
@click.argument("number")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def erase(service: Service, number: str, *, dry_run: bool, yes: bool) -> None:
    """Erase a number: its texts, its lead and every trace; its customer's name, phone, e-mail and postal code.

    Transactions stay under a member id that identifies nobody. An opt-out is kept, so that the number is not
    texted again. Shows the counts first. This cannot be undone.

    \b
    Example: motabot privacy erase +14155550101 --dry-run
    """

    def preview(connection: Connection, phone: str) -> dict[str, int]:
        is_kept = bool(forget.export(connection, phone))
        changed = forget.erase(connection, phone, login()) if is_kept else {}
        connection.rollback()
        return changed

    counts = _in_transaction(service, number, preview)
    if not counts:
        click.echo(f"No data is kept about {number}.")
        return
    for table, rows in counts.items():
        click.echo(f"{rows:8} {table}")
    with service.engine.connect() as connection:
        for table, columns in forget.own_columns(connection).items():
            click.echo(f"         {table} also has columns that MotaBot does not know: {', '.join(columns)}")
    if dry_run:
        click.echo("Nothing was erased.")
        return
    if not yes:
        click.confirm(f"Erase this of {number}? This cannot be undone", abort=True)
    _in_transaction(service, number, lambda c, p: forget.erase(c, p, login()))
    click.echo("Erased. Columns that MotaBot does not know were left as they are.")


@click.command("dead-letters")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.option("--requeue", type=int, metavar="ID", help="Queue this text again, with all its attempts.")
@click.pass_obj
def dead_letters(service: Service, *, as_json: bool, requeue: int | None) -> None:
    """List the texts that could not be sent, or queue one again.

    \b
    Example: motabot dead-letters --json
             motabot dead-letters --requeue 812
    """
    require_ready(service.engine)
    if requeue is not None:
        with service.engine.begin() as connection:
            claim.requeue(connection, requeue, login())
        click.echo(f"{requeue} is queued again.")
        return
    with service.engine.connect() as connection:
        found = claim.dead_letters(connection)
    if as_json:
        click.echo(json.dumps(found, default=str))
        return
    for letter in found:
        click.echo(f"{letter['id']}  {letter['phone']}  {letter['attempts']} attempts  {letter['reason']}")
    click.echo(f"{len(found)} texts")


def _in_transaction(service: Service, number: str, act: Callable[[Connection, str], T]) -> T:
    e164 = to_e164(number, service.settings.region)
    if e164 is None:
        raise UnknownPhone(f"{number} is not a valid phone number; use a format like +14155550123.")
    require_ready(service.engine)
    with service.engine.begin() as connection:
        return act(connection, e164)
