"""The command `motabot`: a table of commands, each imported when it is called for.

Importing everything takes two seconds on a slow machine, and `motabot --help` needs none of it.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import click


@dataclass(frozen=True)
class CommandEntry:
    """Where a command lives.

    Attributes:
        module: The module under `motabot.cli`.
        attribute: The command in it.
        summary: The first line of its help, as the list of commands shows it.
    """

    module: str
    attribute: str
    summary: str

    def load(self) -> click.Command:
        """Import the command."""
        command = getattr(importlib.import_module(f"motabot.cli.{self.module}"), self.attribute)
        assert isinstance(command, click.Command)
        return command


COMMANDS = {
    "chat": CommandEntry("staff", "chat", "Ask a question as a staff member."),
    "db": CommandEntry("database", "db", "Prepare the database."),
    "dead-letters": CommandEntry(
        "sms", "dead_letters", "List the texts that could not be sent, or queue one again."
    ),
    "demo": CommandEntry("demo", "demo", "Set up a demo shop, start the service, and text it."),
    "doctor": CommandEntry("doctor", "doctor", "Check the settings and everything they point to."),
    "duplicate": CommandEntry("maintenance", "duplicate", "Copy a customer with all their rows, or undo a copy."),
    "gateway": CommandEntry("gateway", "gateway", "Connect a modem, a phone or a provider."),
    "knowledge": CommandEntry("knowledge", "knowledge", "Show and answer what customers ask in general."),
    "mcp": CommandEntry("mcp", "mcp", "Serve the staff's tools to an assistant that speaks MCP."),
    "phone": CommandEntry("sms", "phone", "Show one phone, and decide what the bot may do with it."),
    "privacy": CommandEntry("sms", "privacy", "Export or erase what is kept of a phone number."),
    "refresh": CommandEntry("refresh", "refresh", "Recompute visits, totals, affinity and staff figures."),
    "secret": CommandEntry("service", "make_secret", "Make a webhook secret."),
    "send": CommandEntry("sms", "send", "Text somebody first."),
    "sending": CommandEntry("sms", "sending", "Stop all sending at once, or start it again."),
    "serve": CommandEntry("service", "serve", "Run the web service."),
    "staff": CommandEntry("staff", "staff", "Manage who may ask and approve."),
    "text": CommandEntry("text", "text", "Text the running service as a customer would."),
    "up": CommandEntry("service", "up", "Run the web service and a worker together."),
    "worker": CommandEntry("service", "worker", "Run a worker, which answers texts."),
}


class Commands(click.Group):
    """Finds commands in the table, and shows every error of ours as one line, without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click passes it
        cmd_name: str,
    ) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        return None if entry is None else entry.load()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].summary) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        from motabot.errors import MotaBotError

        try:
            return super().invoke(ctx)
        except MotaBotError as error:
            raise click.ClickException(str(error)) from error
        except Exception as error:
            if (rule := _rule_of_table(error)) is not None:
                raise click.ClickException(rule) from error
            from motabot.db import connecting

            if not connecting.is_refusal(error):
                raise
            raise click.ClickException(f"MOTABOT_DATABASE_URL: {connecting.explain(error).words}") from error


def _rule_of_table(error: Exception) -> str | None:
    """What a rule of the shop's tables refuses, in words; None for any other error."""
    from sqlalchemy.exc import DBAPIError

    from motabot.db.refusals import ruled_out

    rule = ruled_out(error) if isinstance(error, DBAPIError) else None
    return None if rule is None else str(rule)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="motabot", prog_name="motabot")
@click.pass_context
def main(ctx: click.Context) -> None:
    """MotaBot answers a dispensary's texts from the shop's own CRM database.

    Settings are environment variables; `motabot doctor` says what is set, missing or wrong.
    Without MOTABOT_DATABASE_URL an embedded PostgreSQL starts on its own.

    \b
    Try it:           motabot demo
    Run a small shop: motabot db init && motabot up
    """
    from motabot import logs
    from motabot.cli import supervisor
    from motabot.service import Service
    from motabot.settings import load_settings

    supervisor.follow_supervisor()
    settings = load_settings()
    logs.configure(style=settings.log_format, level=settings.log_level)
    ctx.obj = Service(settings)
    ctx.call_on_close(ctx.obj.close)
