"""`motabot serve`, `worker`, `up` and `secret`: run the service."""

from __future__ import annotations

import contextlib
import os

import click

from motabot import secret
from motabot.app import Service, create_app, create_worker, require_session, worker_settings
from motabot.cli import supervisor
from motabot.settings import load_settings
from motabot.web.server import Server


@click.command()
@click.pass_obj
def serve(service: Service) -> None:
    """Run the web service.

    \b
    Example: MOTABOT_PORT=8080 motabot serve
    """
    _share_database(service)
    create_app(service)  # what is wrong is said here, once, and not by processes that are started again and again
    service.close()
    click.echo(f"motabot serves http://{service.settings.host}:{service.settings.port}", err=True)
    Server(lambda: create_app(Service(load_settings())), service.settings).run()


@click.command()
@click.pass_obj
def worker(service: Service) -> None:
    """Run a worker, which answers texts.

    Start as many workers as you like, on any machine.

    SIGTERM lets a worker finish the turns in hand.

    \b
    Example: MOTABOT_WORKER_CONCURRENCY=64 motabot worker
    """
    service = Service(worker_settings(service.settings))
    try:
        create_worker(service).work()
    finally:
        service.close()


@click.command()
@click.pass_obj
def up(service: Service) -> None:
    """Run the web service and a worker together.

    This is all that a small shop needs. The embedded database starts as well if no other database is set.

    A process that dies is started again. Ctrl-C or SIGTERM ends all of them in order.

    \b
    Example: OPENAI_API_KEY=sk-... motabot up
    """
    _share_database(service)
    create_app(service)  # what is wrong is said here, once, and not by processes that are started again and again
    service.close()
    with contextlib.closing(Service(worker_settings(load_settings()))) as worker_service:
        require_session(worker_service)
    supervisor.run([["serve"], ["worker"]], {})


@click.command("secret")
def make_secret() -> None:
    """Make a webhook secret.

    \b
    Example: export MOTABOT_WEBHOOK_SECRETS=$(motabot secret)
    """
    click.echo(secret.new_webhook_secret())


def _share_database(service: Service) -> None:
    """Hold the embedded server in this process and let the children join it by its URL."""
    os.environ["MOTABOT_DATABASE_URL"] = service.url
