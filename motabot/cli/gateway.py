"""`motabot gateway`: connects a modem, a phone or a provider."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import click

from motabot import secret
from motabot.errors import SettingsError
from motabot.gateways import gammu
from motabot.gateways.capcom6 import Capcom6Transport
from motabot.gateways.client import ServiceClient, ServiceUnreachable
from motabot.gateways.sender import Sender, Transport
from motabot.gateways.twilio import TwilioTransport
from motabot.logs import log
from motabot.service import Service
from motabot.settings import Settings

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
URL = click.option("--url", help="Where the service runs. Default: this machine and MOTABOT_PORT.")


@click.group()
def gateway() -> None:
    """Connect a modem, a phone or a provider.

    docs/gateways has a guide for each.

    \b
    Example: motabot gateway gammu install /var/spool/motabot
             motabot gateway gammu run /var/spool/motabot
             motabot gateway capcom6
    """


@gateway.group("gammu")
def gammu_group() -> None:
    """A GSM modem, through the daemon gammu-smsd."""


@gammu_group.command("install")
@FOLDER
def install(folder: Path) -> None:
    """Make the folders and the program that the daemon runs, and print what goes into gammu-smsdrc.

    Run it again after an upgrade of Python; nothing is lost.

    \b
    Example: motabot gateway gammu install /var/spool/motabot >> /etc/gammu-smsdrc
    """
    click.echo(gammu.install(folder))


@gammu_group.command("run")
@FOLDER
@URL
@click.pass_obj
def run_gammu(service: Service, folder: Path, url: str | None) -> None:
    """Deliver received texts to the service and hand its replies to the modem, until SIGTERM.

    While the service is down, texts wait in the spool.

    \b
    Example: motabot gateway gammu run /var/spool/motabot --url http://127.0.0.1:8080
    """
    folders = gammu.Folders(folder.resolve())
    folders.require()
    stopping = _until_told()

    def deliver() -> None:
        while not stopping.is_set():
            try:
                gammu.deliver_spool(folders, client)
                pause = 0.2
            except (ServiceUnreachable, OSError) as error:
                log.warning("spool waits", error=type(error).__name__)
                pause = 5.0
            stopping.wait(pause)

    with _client(service.settings, url) as client, gammu.GammuTransport(folders) as modem:
        spool = threading.Thread(target=deliver, name="spool")
        spool.start()
        Sender(client, modem).run(stopping)
        spool.join()


@gateway.command("capcom6")
@URL
@click.pass_obj
def run_capcom6(service: Service, url: str | None) -> None:
    """Send replies through an Android phone that runs android-sms-gateway, until SIGTERM.

    \b
    Example: MOTABOT_CAPCOM6_URL=http://192.168.1.20:8080 MOTABOT_CAPCOM6_USERNAME=sms \\
             MOTABOT_CAPCOM6_PASSWORD=... motabot gateway capcom6
    """
    _send(service.settings, url, _capcom6(service.settings))


@gateway.command("twilio")
@URL
@click.pass_obj
def run_twilio(service: Service, url: str | None) -> None:
    """Send replies through Twilio, until SIGTERM. Twilio bars cannabis businesses in the US and Canada.

    \b
    Example: MOTABOT_TWILIO_ACCOUNT_SID=AC... MOTABOT_TWILIO_AUTH_TOKENS=... \\
             MOTABOT_TWILIO_SENDER=+14155550100 motabot gateway twilio
    """
    _send(service.settings, url, _twilio(service.settings))


def _send(settings: Settings, url: str | None, transport: Transport) -> None:
    stopping = _until_told()
    with _client(settings, url) as client, transport:
        Sender(client, transport).run(stopping)


def _client(settings: Settings, url: str | None) -> ServiceClient:
    address = url or f"http://{settings.host}:{settings.port}"
    return ServiceClient(address, secret.webhook_secrets(settings)[0])


def _until_told() -> threading.Event:
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def _capcom6(settings: Settings) -> Capcom6Transport:
    if not (settings.capcom6_url and settings.capcom6_username and settings.capcom6_password):
        raise SettingsError(
            "MOTABOT_CAPCOM6_URL, MOTABOT_CAPCOM6_USERNAME and MOTABOT_CAPCOM6_PASSWORD are needed, as the app"
            " shows them"
        )
    return Capcom6Transport(
        settings.capcom6_url, settings.capcom6_username, settings.capcom6_password.get_secret_value()
    )


def _twilio(settings: Settings) -> TwilioTransport:
    if not (settings.twilio_account_sid and settings.twilio_auth_tokens and settings.twilio_sender):
        raise SettingsError(
            "MOTABOT_TWILIO_ACCOUNT_SID, MOTABOT_TWILIO_AUTH_TOKENS and MOTABOT_TWILIO_SENDER are needed"
        )
    callback = f"{settings.public_url.rstrip('/')}/sms/twilio" if settings.public_url else None
    return TwilioTransport(
        settings.twilio_account_sid,
        settings.twilio_auth_tokens[0].get_secret_value(),
        settings.twilio_sender,
        callback_url=callback,
        url=settings.twilio_url,
    )
