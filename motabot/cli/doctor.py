"""`motabot doctor`: what is set, missing or wrong, after trying it."""

from __future__ import annotations

import contextlib
import json
import platform
import sys
from collections.abc import Callable, Iterator

import click
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from motabot import secret
from motabot.cli.findings import Finding
from motabot.cli.reach import try_everything
from motabot.db import connecting
from motabot.db.customer_reader import CustomerReader
from motabot.db.engine import OWN_URL, WORKER_URL, require_session, wait_until_it_answers
from motabot.db.plan import make_plan
from motabot.db.readiness import find_problems, find_problems_of_shop, require_ready
from motabot.errors import DatabaseUnavailable, MotaBotError
from motabot.gateways.native import NativeGateway
from motabot.maintenance import schedule
from motabot.service import Service
from motabot.settings import Settings
from motabot.sms.layers import SKEW_TO_WARN_OF, all_layers

#: No such table, no such schema.
_UNPREPARED = frozenset({"42P01", "3F000"})


def examine(service: Service) -> list[Finding]:
    """Look at everything that a running service needs. Changes nothing."""
    findings = [Finding("ok", "python", platform.python_version()), *_guarded("database", _connection, service)]
    is_away = any(each.verdict == "wrong" for each in findings)
    for subject, look, needs_database in (
        ("database", _database, True),
        ("customers' role", _customer_role, True),
        ("webhook", _webhook, False),
        ("model", _model, False),
        ("tools", _tools, False),
        ("shop", _shop, False),
        ("worker", _worker, True),
        ("SMS layer", _layers, True),
        ("settings", lambda service: try_everything(service.settings), False),
    ):
        if not (needs_database and is_away):
            known = {each.words for each in findings}
            findings.extend(each for each in _guarded(subject, look, service) if each.words not in known)
    return findings


def _guarded(subject: str, look: Callable[[Service], Iterator[Finding]], service: Service) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(look(service))
    except MotaBotError as error:
        found.append(Finding("wrong", subject, str(error)))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _UNPREPARED:
            found.append(Finding("note", subject, "nothing is prepared yet: run `motabot db init`"))
        else:
            is_refusal = connecting.is_refusal(error)
            words = connecting.explain(error).words if is_refusal else str(error.orig).strip().splitlines()[0]
            found.append(Finding("wrong", subject, words))
    return found


def _connection(service: Service) -> Iterator[Finding]:
    """Whether the databases can be reached at all; says nothing if they can."""
    _ = service.engine
    for name, settings in _databases(service):
        try:
            with contextlib.closing(Service(settings)) as other:
                wait_until_it_answers(other.engine, 0, name)
        except DatabaseUnavailable as error:
            yield Finding("wrong", name, str(error).removeprefix(f"{name}: "))


def _databases(service: Service) -> Iterator[tuple[str, Settings]]:
    """The settings that name databases, and services' settings with them."""
    settings = service.settings
    if settings.database_url is not None:
        yield OWN_URL, settings
    if settings.worker_database_url is not None:
        yield WORKER_URL, settings.for_worker()


def _database(service: Service) -> Iterator[Finding]:
    where = "embedded" if service.settings.database_url is None else "MOTABOT_DATABASE_URL"
    with service.engine.connect() as connection:
        version = int(connection.execute(text("select current_setting('server_version_num')::int")).scalar_one())
        yield Finding(
            "ok" if version >= 150000 else "wrong",
            "database",
            f"PostgreSQL {version // 10000} ({where}); 15 or newer is needed",
        )
        plan = make_plan(connection, service.settings.region)
        is_prepared = "0001" not in plan.migrations
        for line in plan.lines() if is_prepared else ():  # otherwise its dry run lists them all
            yield Finding("note", "database", f"`motabot db init` would {line}")
        for note in plan.notes:
            yield Finding("note", "database", note)
        if is_prepared and not schedule.is_on(connection):
            yield Finding("note", "database", f"the scheduled refresh is off: {schedule.CURE}")
    found = find_problems(service.engine) if is_prepared else find_problems_of_shop(service.engine)
    for problem in dict.fromkeys([*plan.problems, *found]):
        yield Finding("wrong", "database", problem)
    require_ready(service.engine)
    with contextlib.closing(Service(service.settings.for_worker())) as worker:
        require_session(worker.engine)


def _customer_role(service: Service) -> Iterator[Finding]:
    rows = CustomerReader(service.customer_engine, "doctor")("select count(*) as n from profile", {})
    yield Finding(
        "ok" if rows[0]["n"] == 0 else "wrong",
        "customers' role",
        "logs in, and sees nobody without a turn's token",
    )


def _webhook(service: Service) -> Iterator[Finding]:
    secrets = secret.webhook_secrets(service.settings)
    NativeGateway(secrets, service.settings.max_text_chars)
    where = (
        "MOTABOT_WEBHOOK_SECRETS"
        if service.settings.webhook_secrets
        else service.settings.data_dir / "webhook-secret"
    )
    yield Finding("ok", "webhook", f"{len(secrets)} secret(s) from {where}")


def _model(service: Service) -> Iterator[Finding]:
    from motabot.cli.try_models import try_models

    yield from try_models(service.settings, service.tools.for_audience("customer"))


def _tools(service: Service) -> Iterator[Finding]:
    count = len(service.tools.for_audience("customer"))
    yield Finding("ok" if count else "wrong", "tools", f"{count} for customers")


def _shop(service: Service) -> Iterator[Finding]:
    yield Finding("ok", "shop", f"{service.shop.name}, {service.settings.timezone}")


def _worker(service: Service) -> Iterator[Finding]:
    with service.engine.connect() as connection:
        alive = connection.execute(
            text(
                # a worker process has a row for each of its two queues
                "select (count(*) + 1) / 2 from motabot.procrastinate_workers"
                " where last_heartbeat > now() - interval '1 minute'"
            )
        ).scalar_one()
    words = f"{alive} running" if alive else "none is running: texts are recorded but not answered"
    yield Finding("ok" if alive else "note", "worker", words)


def _layers(service: Service) -> Iterator[Finding]:
    with service.engine.connect() as connection:
        found = all_layers(connection)
    for layer in found:
        if layer.down_since is not None:
            since = f"{layer.down_since:%Y-%m-%d %H:%M} UTC"
            yield Finding(
                "wrong", "SMS layer", f"{layer.name} has taken no texts since {since}: {layer.down_reason}"
            )
        skew = layer.skew_seconds
        if skew is not None and abs(skew) > SKEW_TO_WARN_OF:
            way = "ahead" if skew > 0 else "behind"
            cure = "set it, or its requests are refused from five minutes on"
            yield Finding("wrong", "SMS layer", f"{layer.name}'s clock is {abs(skew):.0f} s {way}; {cure}")
        elif skew is not None:
            yield Finding("ok", "SMS layer", f"{layer.name}'s clock differs by {abs(skew):.0f} s")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor(service: Service, *, as_json: bool) -> None:
    """Check the settings and everything they point to.

    Reports what is set, missing or wrong. Exits with status 1 if something is wrong.

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
