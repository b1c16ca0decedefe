"""The command line. Each command reads the settings, makes the service and calls one thing."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click
from rich.console import Console
from sqlalchemy.exc import OperationalError

from motabot import __version__, logs, secret
from motabot.app import Service, create_app, create_worker
from motabot.cli import supervisor
from motabot.cli.demo import demo
from motabot.cli.doctor import examine
from motabot.cli.gateway import gateway
from motabot.cli.maintenance import duplicate, refresh
from motabot.cli.sms import dead_letters, phone, privacy, send, sending
from motabot.cli.staff import chat, staff
from motabot.db import init as database
from motabot.demo.show import show_trace
from motabot.errors import MotaBotError
from motabot.settings import load_settings
from motabot.sms.trace import send_text, wait_for_trace
from motabot.text.phone_numbers import to_e164
from motabot.web.server import Server


class Commands(click.Group):
    """Shows every error of ours as one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MotaBotError as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            said = str(error.orig).splitlines()[0]
            raise click.ClickException(f"MOTABOT_DATABASE_URL: the database does not answer ({said})") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="motabot")
@click.pass_context
def main(ctx: click.Context) -> None:
    """MotaBot answers a dispensary's texts out of the shop's own CRM database.

    Settings are environment variables; `motabot doctor` says what is set, missing or wrong.
    Without MOTABOT_DATABASE_URL an embedded PostgreSQL starts by itself.

    \b
    Try it:           motabot demo
    Run a small shop: motabot db init && motabot up
    """
    settings = load_settings()
    logs.configure(style=settings.log_format, level=settings.log_level)
    ctx.obj = Service(settings)
    ctx.call_on_close(ctx.obj.close)


@main.group()
def db() -> None:
    """Prepare the database."""


@db.command("init")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.pass_obj
def db_init(service: Service, *, dry_run: bool) -> None:
    """Make what is missing; change nothing that is there.

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


@main.command()
@click.pass_obj
def serve(service: Service) -> None:
    """Run the web service: webhook, health, metrics.

    \b
    Example: MOTABOT_PORT=8080 motabot serve
    """
    _share_database(service)
    create_app(service)  # what is wrong is said here, once, and not by processes that are started again and again
    service.close()
    click.echo(f"motabot serves http://{service.settings.host}:{service.settings.port}", err=True)
    Server(lambda: create_app(Service(load_settings())), service.settings).run()


@main.command()
@click.pass_obj
def worker(service: Service) -> None:
    """Run a worker: it answers texts. Start as many as you like, on any machine.

    SIGTERM lets it finish the turns in hand.

    \b
    Example: MOTABOT_WORKER_CONCURRENCY=64 motabot worker
    """
    try:
        create_worker(service).work()
    finally:
        service.close()


@main.command()
@click.pass_obj
def up(service: Service) -> None:
    """Run web service and worker, and the embedded database if no other is set: all a small shop needs.

    A process that dies is started again. Ctrl-C or SIGTERM ends all of them in order.

    \b
    Example: OPENAI_API_KEY=sk-... motabot up
    """
    _share_database(service)
    create_app(service)  # what is wrong is said here, once, and not by processes that are started again and again
    service.close()
    supervisor.run([["serve"], ["worker"]], {})


@main.command()
@click.option("--from", "sender", required=True, metavar="NUMBER", help="Who texts, for example +14155550100.")
@click.option("--url", help="Where the service runs; this machine and MOTABOT_PORT, if left out.")
@click.option("--wait", "seconds", default=60.0, show_default=True, help="Seconds to wait for the reply.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole trace as JSON.")
@click.argument("words")
@click.pass_obj
def text(service: Service, sender: str, url: str | None, seconds: float, words: str, *, as_json: bool) -> None:
    """Text the running service as a customer would, and show the reply and what was looked up for it.

    The text goes in through the signed webhook; the reply is the one that stands in `messages`.

    \b
    Example: motabot text --from +14155550100 "got anything new for sleep?"
    """
    phone = to_e164(sender, service.settings.region)
    if phone is None:
        raise click.BadParameter(f"{sender} is no phone number; write it like +14155550100", param_hint="--from")
    address = url or f"http://{service.settings.host}:{service.settings.port}"
    message_id = send_text(address, secret.webhook_secrets(service.settings)[0], phone, words)
    trace = wait_for_trace(service.engine, message_id, seconds)
    if as_json:
        click.echo(json.dumps(trace.as_json(), default=str, ensure_ascii=False, indent=2))
    else:
        show_trace(Console(highlight=False, soft_wrap=True), trace)


@main.command("secret")
def make_secret() -> None:
    """Make a webhook secret for MOTABOT_WEBHOOK_SECRETS and for the SMS layer.

    \b
    Example: export MOTABOT_WEBHOOK_SECRETS=$(motabot secret)
    """
    click.echo(secret.new_webhook_secret())


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor(service: Service, *, as_json: bool) -> None:
    """Say what is set, what is missing and what is wrong. Exits with 1 if something is wrong.

    \b
    Example: motabot doctor
    """
    findings = examine(service)
    if as_json:
        click.echo(json.dumps([vars(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            click.echo(f"{finding.verdict:<6} {finding.subject}: {finding.words}")
    if any(finding.verdict == "wrong" for finding in findings):
        sys.exit(1)


def _share_database(service: Service) -> None:
    """Hold the embedded server in this process and let the children join it by its URL."""
    os.environ["MOTABOT_DATABASE_URL"] = service.url


for command in (chat, dead_letters, demo, duplicate, gateway, phone, privacy, refresh, send, sending, staff):
    main.add_command(command)

if __name__ == "__main__":
    main()
