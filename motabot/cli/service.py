"""`motabot serve`, `worker`, `up` and `secret`: run the service."""

from __future__ import annotations

import contextlib
import os
from functools import partial

import click

from motabot import secret
from motabot.cli import supervisor
from motabot.db import embedded
from motabot.db.engine import OWN_URL, WORKER_URL, require_session, wait_until_it_answers
from motabot.service import Service
from motabot.settings import load_settings


@click.command()
@click.pass_obj
def serve(service: Service) -> None:
    """Run the web service.

    \b
    Example: MOTABOT_PORT=8080 motabot serve
    """
    from motabot.app import create_app
    from motabot.sms.intake import prepare
    from motabot.web.server import Server

    _check_before_start(service)
    prepare()  # once for all processes, which have it from this one
    click.echo(f"motabot serves http://{service.settings.host}:{service.settings.port}", err=True)
    Server(lambda: create_app(Service(load_settings())), service.settings).run()


@click.command()
@click.pass_obj
def worker(service: Service) -> None:
    """Run a worker, which answers texts.

    Start as many workers as you like, on any machine.

    On SIGTERM, a worker finishes its current turns.

    \b
    Example: MOTABOT_WORKER_CONCURRENCY=64 motabot worker
    """
    from motabot.worker import create_worker

    service = Service(service.settings.for_worker())
    try:
        _wait_for_workers_database(service)
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
    settings = service.settings
    with supervisor.only_one(settings.data_dir):
        _check_before_start(service)
        with contextlib.closing(Service(load_settings().for_worker())) as worker_service:
            _wait_for_workers_database(worker_service)
            require_session(worker_service.engine)
            _ = worker_service.customer_engine  # without it no text is answered
        is_embedded = settings.database_url is None
        keep = partial(embedded.restart_if_dead, settings.data_dir, service.url) if is_embedded else None
        supervisor.run([["serve"], ["worker"]], {}, keep=keep)


@click.command("secret")
def make_secret() -> None:
    """Make a webhook secret.

    \b
    Example: export MOTABOT_WEBHOOK_SECRETS=$(motabot secret)
    """
    click.echo(secret.new_webhook_secret())


def _wait_for_workers_database(service: Service) -> None:
    """Wait as `wait_until_it_answers` does.

    Args:
        service: One with the settings of a worker.

    Raises:
        DatabaseUnavailable: It did not answer in time, or it refuses this login.
    """
    settings = service.settings
    setting = OWN_URL if settings.worker_database_url is None else WORKER_URL
    wait_until_it_answers(service.engine, settings.database_wait_seconds, setting)


def _check_before_start(service: Service) -> None:
    """Report what is wrong once, here, and not from processes that are started again and again.

    The embedded server is held in this process; the children join it by its URL.

    Raises:
        SettingsError: The port is taken, or a setting is wrong.
        DatabaseNotReady: `motabot db init` has not been run.
    """
    from motabot.app import create_app

    settings = service.settings
    supervisor.refuse_a_busy_port(settings.host, settings.port)
    is_embedded = settings.database_url is None
    wait_until_it_answers(service.engine, service.settings.database_wait_seconds)
    create_app(service)
    service.close()
    if is_embedded:
        os.environ["MOTABOT_DATABASE_URL"] = service.url
