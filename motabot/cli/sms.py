"""`motabot phone`, `motabot sending`, `motabot dead-letters`: what a person decides about phones and sending."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

import click
from sqlalchemy import Connection, Engine

from motabot.cli.arguments import login, read_moment
from motabot.customers import phones
from motabot.customers import privacy as forget
from motabot.db.audit import record
from motabot.db.init import require_ready
from motabot.errors import UnknownPhone
from motabot.settings import Settings
from motabot.sms import claim
from motabot.sms.outreach import Outreach
from motabot.text.phone_numbers import to_e164


class Service(Protocol):
    """What these commands need of the service."""

    @property
    def engine(self) -> Engine: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def outreach(self) -> Outreach: ...


@click.group()
def phone() -> None:
    """Show one phone, and decide what the bot may do with it.

    \b
    Example: motabot phone pause +14155550101      staff write themselves; the bot is silent
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
        raise UnknownPhone(f"Nothing is noted of {number}: it never texted the shop.")
    if as_json:
        click.echo(json.dumps(found, default=str))
        return
    for key, value in found.items():
        click.echo(f"{key.replace('_', ' '):15} {'-' if value is None else value}")


@phone.command("pause")
@click.argument("number")
@click.pass_obj
def pause(service: Service, number: str) -> None:
    """Silence the bot for a phone; its texts wait for staff.

    Example: motabot phone pause +14155550101
    """
    done = _in_transaction(service, number, lambda c, p: phones.pause(c, p, login()))
    click.echo("The bot is silent for this phone." if done else "The bot was silent for this phone already.")


@phone.command("resume")
@click.argument("number")
@click.pass_obj
def resume(service: Service, number: str) -> None:
    """Hand a phone back to the bot; what came in meanwhile counts as answered by staff.

    Example: motabot phone resume +14155550101
    """
    done = _in_transaction(service, number, lambda c, p: phones.resume(c, p, login()))
    click.echo("The bot answers this phone again." if done else "The bot answered this phone all along.")


@phone.command("unlink")
@click.argument("number")
@click.pass_obj
def unlink(service: Service, number: str) -> None:
    """The number changed hands: nothing known from before is used for who has it now.

    Example: motabot phone unlink +14155550101
    """
    _in_transaction(service, number, lambda c, p: phones.unlink(c, p, login()))
    click.echo("Nothing from before today is used for this number any more; `motabot phone link` takes it back.")


@phone.command("link")
@click.argument("number")
@click.pass_obj
def link(service: Service, number: str) -> None:
    """Take `unlink` back: the number is its customer's again.

    Example: motabot phone link +14155550101
    """
    _in_transaction(service, number, lambda c, p: phones.link(c, p, login()))
    click.echo("The number is its customer's again.")


@phone.command("opt-in")
@click.argument("numbers", nargs=-1, required=True)
@click.option("--source", required=True, help="Where the consent was given, like 'form at the counter, 2026-11'.")
@click.pass_obj
def opt_in(service: Service, numbers: tuple[str, ...], source: str) -> None:
    """Note consents to the shop's own texts that were given elsewhere.

    A number that opted out stays so: only its own START changes that.

    
    Example: motabot phone opt-in +14155550101 --source "form at the counter"
             xargs motabot phone opt-in --source "sign-up sheet" < numbers.txt
    """
    many = sum(
        _in_transaction(service, number, lambda c, p: phones.opt_in(c, p, login(), source)) for number in numbers
    )
    click.echo(f"Noted for {many} of {len(numbers)} numbers; the others had opted in already.")


@phone.command("age")
@click.argument("number")
@click.argument("age", type=click.Choice(["adult", "minor"]))
@click.pass_obj
def age(service: Service, number: str, age: str) -> None:
    """Note that staff know somebody to be 21 or older, or not.

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
@click.option("--at", "moment", metavar="TIME", help="Not before then: 2026-03-01T10:00, in the shop's zone.")
@click.pass_obj
def send(service: Service, number: str, words: str, moment: str | None) -> None:
    """Text somebody first.

    The text waits for daytime where the recipient is. A number that opted out gets nothing.

    \b
    Example: motabot send +14155550101 "Your order is ready." --at 2026-03-01T10:00
    """
    at = read_moment(moment, service.settings, option="--at")
    _scheduled, due = _in_transaction(
        service, number, lambda c, p: service.outreach.schedule(c, p, words, by=login(), at=at)
    )
    click.echo(f"It goes out from {due.astimezone(service.settings.zone):%A %d %B, %H:%M} on, the shop's time.")


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
    """Forget a number: its texts, its lead, every trace; its customer's name, phone, e-mail and postal code.

    Transactions stay, under a member id that leads to nobody. Of a number that opted out, that stays too.
    This cannot be undone.

    \b
    Example: motabot privacy erase +14155550101 --dry-run
    """
    if not (dry_run or yes):
        click.confirm(f"Forget {number} for good?", abort=True)

    def act(connection: Connection, phone: str) -> dict[str, int]:
        changed = forget.erase(connection, phone, login())
        if dry_run:
            connection.rollback()
        return changed

    for table, rows in _in_transaction(service, number, act).items():
        click.echo(f"{rows:8} {table}")
    click.echo("Nothing was erased." if dry_run else "Erased.")


@click.command("dead-letters")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def dead_letters(service: Service, *, as_json: bool) -> None:
    """List the texts that could not be sent.

    Example: motabot dead-letters --json
    """
    require_ready(service.engine)
    with service.engine.connect() as connection:
        found = claim.dead_letters(connection)
    if as_json:
        click.echo(json.dumps(found, default=str))
        return
    for letter in found:
        click.echo(f"{letter['id']}  {letter['phone']}  {letter['attempts']} attempts  {letter['reason']}")
    click.echo(f"{len(found)} texts")


def _in_transaction(service: Service, number: str, act: Callable[[Connection, str], Any]) -> Any:
    e164 = to_e164(number, service.settings.region)
    if e164 is None:
        raise UnknownPhone(f"{number} is no phone number; +14155550123 is one.")
    require_ready(service.engine)
    with service.engine.begin() as connection:
        return act(connection, e164)
