"""Whatever happens to a worker, and whenever: exactly one reply to each text."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.settings import Settings
from motabot.testing import ModelServer, completion, post_text, wait_until
from tests.support.processes import Workers

PHONE = "+14155550101"
#: The lock that a test holds to stop a worker at a certain statement.
GATE = 4711
#: Seconds for which what must come is waited for. A dead worker's turn is given back after ten seconds.
WAIT = 120


def stage(body: dict[str, Any]) -> int:
    """How many tool results the request carries."""
    return sum(message["role"] == "tool" for message in body["messages"])


def two_lookups_then_a_reply(body: dict[str, Any]) -> dict[str, Any]:
    calls = [("show_my_profile", {}), ("show_shop_info", {"topic": "hours"})]
    step = stage(body)
    return completion(None, calls[step]) if step < len(calls) else completion("Hi, we open at nine.")


@contextlib.contextmanager
def workers_with(settings: Settings, at_request: Callable[[dict[str, Any], int], None]) -> Iterator[Workers]:
    def script(body: dict[str, Any], number: int) -> dict[str, Any]:
        at_request(body, number)
        return two_lookups_then_a_reply(body)

    with ModelServer(script) as server:
        workers = Workers(settings, model_url=server.url)
        try:
            yield workers
        finally:
            workers.stop()


def count(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


def replies(engine: Engine) -> int:
    return count(engine, "select count(*) from public.messages where direction = 'outbound'")


def assert_answered_once(engine: Engine) -> None:
    assert replies(engine) == 1
    assert count(engine, "select count(*) from motabot.answered where reason = 'reply'") == 1
    assert count(engine, "select count(*) from motabot.turns") == 1
    assert (
        count(engine, "select count(*) from public.messages where direction = 'inbound' and status = 'read'") == 1
    )


def no_job_is_left(engine: Engine) -> bool:
    return count(engine, "select count(*) from motabot.procrastinate_jobs where queue_name = 'turns'") == 0


@pytest.mark.parametrize("point", [0, 1, 2], ids=["before", "between", "after"])
def test_a_worker_killed_around_its_tool_calls_leaves_one_reply_to_the_next(
    settings: Settings, engine: Engine, client: FlaskClient, webhook_secret: str, point: int
) -> None:
    doomed: list[subprocess.Popen[bytes]] = []

    def kill(body: dict[str, Any], _number: int) -> None:
        if doomed and stage(body) == point:
            doomed.pop().kill()

    with workers_with(settings, kill) as workers:
        first = workers.start()
        doomed.append(first)
        post_text(client, webhook_secret, {"sender": PHONE, "text": "when do you open?"})
        assert first.wait(WAIT) == -signal.SIGKILL
        assert replies(engine) == 0
        workers.start()
        wait_until(lambda: replies(engine), WAIT)
        wait_until(lambda: no_job_is_left(engine), WAIT)
        assert_answered_once(engine)


@contextlib.contextmanager
def gate(url: str, table: str, event: str) -> Iterator[None]:
    """Make every such statement wait, inside its transaction, until the block ends."""
    with psycopg.connect(url, autocommit=True) as holder:
        holder.execute(f"select pg_advisory_lock({GATE})")
        holder.execute(
            f"create function public.wait_at_gate() returns trigger language plpgsql as $$ begin"
            f" perform pg_advisory_xact_lock_shared({GATE}); return coalesce(new, old); end $$"
        )
        holder.execute(
            f"create trigger gate before {event} on {table} for each row execute function public.wait_at_gate()"
        )
        try:
            yield
        finally:
            holder.execute(f"select pg_advisory_unlock({GATE})")


def somebody_waits_at_the_gate(engine: Engine) -> bool:
    return bool(count(engine, "select count(*) from pg_locks where locktype = 'advisory' and not granted"))


@pytest.mark.parametrize(
    ("table", "event", "replies_then"),
    [("motabot.answered", "insert", 0), ("motabot.procrastinate_jobs", "delete", 1)],
    ids=["just before the commit", "just after the commit"],
)
def test_a_worker_killed_at_the_commit_leaves_one_reply(
    settings: Settings,
    engine: Engine,
    client: FlaskClient,
    webhook_secret: str,
    table: str,
    event: str,
    replies_then: int,
) -> None:
    assert settings.database_url is not None
    with workers_with(settings, lambda _body, _number: None) as workers:
        with gate(settings.database_url.get_secret_value(), table, event):
            first = workers.start()
            post_text(client, webhook_secret, {"sender": PHONE, "text": "when do you open?"})
            wait_until(lambda: replies(engine) == replies_then and somebody_waits_at_the_gate(engine), WAIT)
            first.kill()
            first.wait(WAIT)
        workers.start()
        wait_until(lambda: replies(engine), WAIT)
        wait_until(lambda: no_job_is_left(engine), WAIT)
        assert_answered_once(engine)


def test_a_worker_that_hung_until_another_answered_leaves_no_trace_when_it_wakes(
    settings: Settings, engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    frozen: list[subprocess.Popen[bytes]] = []

    def freeze(body: dict[str, Any], _number: int) -> None:
        if frozen and stage(body) == 2:
            frozen.pop().send_signal(signal.SIGSTOP)

    with workers_with(settings, freeze) as workers:
        first = workers.start()
        frozen.append(first)
        post_text(client, webhook_secret, {"sender": PHONE, "text": "when do you open?"})
        wait_until(lambda: not frozen, WAIT)
        workers.start()
        wait_until(lambda: replies(engine), WAIT)
        first.send_signal(signal.SIGCONT)
        first.terminate()  # which lets it finish the turn it had in hand
        assert first.wait(WAIT) == 0
        wait_until(lambda: no_job_is_left(engine), WAIT)
        assert_answered_once(engine)


@pytest.mark.parametrize(
    ("table", "event"),
    [("motabot.answered", "insert"), ("motabot.procrastinate_jobs", "update")],
    ids=["inside its commit", "while it takes a job"],
)
def test_a_frozen_worker_loses_its_locks_and_its_turn(
    settings: Settings, engine: Engine, client: FlaskClient, webhook_secret: str, table: str, event: str
) -> None:
    assert settings.database_url is not None
    with workers_with(settings, lambda _body, _number: None) as workers:
        with gate(settings.database_url.get_secret_value(), table, event):
            first = workers.start()
            post_text(client, webhook_secret, {"sender": PHONE, "text": "when do you open?"})
            wait_until(lambda: somebody_waits_at_the_gate(engine), WAIT)
            first.send_signal(signal.SIGSTOP)
        workers.start()
        wait_until(lambda: replies(engine), WAIT)
        first.send_signal(signal.SIGCONT)
        first.terminate()
        first.wait(WAIT)
        wait_until(lambda: no_job_is_left(engine), WAIT)
        assert_answered_once(engine)


def test_sigterm_finishes_the_turn_in_hand(
    settings: Settings, engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    running: list[subprocess.Popen[bytes]] = []

    def ask_to_stop(body: dict[str, Any], _number: int) -> None:
        if stage(body) == 1:
            running[0].terminate()

    with workers_with(settings, ask_to_stop) as workers:
        running.append(workers.start())
        post_text(client, webhook_secret, {"sender": PHONE, "text": "when do you open?"})
        assert running[0].wait(WAIT) == 0
        assert no_job_is_left(engine)
        assert_answered_once(engine)
