"""`motabot text`: text the running service as a customer would."""

from __future__ import annotations

import json

import click
from rich.console import Console

from motabot import secret
from motabot.customers import phones
from motabot.demo.show import show_trace
from motabot.service import Service
from motabot.sms.trace import send_text, wait_for_trace
from motabot.text.phone_numbers import to_e164


@click.command()
@click.option("--from", "sender", required=True, metavar="NUMBER", help="Who texts, for example +14155550100.")
@click.option("--url", help="Where the service runs. Default: this machine and MOTABOT_PORT.")
@click.option("--wait", "seconds", default=60.0, show_default=True, help="Seconds to wait for the reply.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole trace as JSON.")
@click.argument("words")
@click.pass_obj
def text(service: Service, sender: str, url: str | None, seconds: float, words: str, *, as_json: bool) -> None:
    """Text the running service as a customer would.

    The text goes in through the signed webhook. The reply shown is the row in `messages`.

    \b
    Example: motabot text --from +14155550100 "got anything new for sleep?"
    """
    phone = to_e164(sender, service.settings.region)
    if phone is None:
        raise click.BadParameter(
            f"{sender} is not a valid phone number; use a format like +14155550100", param_hint="--from"
        )
    address = url or f"http://{service.settings.host}:{service.settings.port}"
    message_id = send_text(address, secret.webhook_secrets(service.settings)[0], phone, words)
    with service.engine.connect() as connection:
        noted = phones.show(connection, phone)
    if noted and noted["paused_at"]:
        click.echo(
            f"Recorded as row {message_id}. The bot is paused for this phone (by {noted['paused_by']}), so nobody"
            " answers but staff; `motabot phone resume` hands it back."
        )
        return
    trace = wait_for_trace(service.engine, message_id, seconds)
    if as_json:
        click.echo(json.dumps(trace.as_json(), default=str, ensure_ascii=False, indent=2))
    else:
        show_trace(Console(highlight=False, soft_wrap=True), trace)
