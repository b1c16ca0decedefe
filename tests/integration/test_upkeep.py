"""What a worker does by the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from motabot import worker
from motabot.app import Service
from motabot.jobs import PATIENCE
from motabot.sms.sweep import sweep
from motabot.worker import create_worker, refresh_by_the_clock

PHONE = "+14155550101"


def run(engine: Engine, statement: str, **parameters: object) -> Any:
    with engine.begin() as connection:
        result = connection.execute(text(statement), parameters)
        return result.scalar() if result.returns_rows else None


def test_a_worker_knows_all_its_tasks(service: Service) -> None:
    create_worker(service)
    ours = {name for name in service.jobs.app.tasks if name.startswith("motabot.")}
    assert ours == {
        f"motabot.{name}"
        for name in ("turn", "rescue", "sweep", "tidy", "refresh", "notify", "outreach", "hold", "retain")
    }


def test_figures_are_refreshed_by_the_clock_in_full_by_night(
    service: Service, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(engine, "insert into public.customers (member_id, name) values ('M1', 'Ana')")
    run(
        engine,
        "insert into public.transactions (transaction_id, customer_id, date, total_amount)"
        " values ('T1', 'M1', now() - interval '1 day', 35)",
    )
    monkeypatch.setattr(worker, "REFRESH_HOUR", datetime.now(service.settings.zone).hour)
    refresh_by_the_clock(service)
    assert run(engine, "select gross_sales from public.customers") == 35
    run(
        engine,
        "insert into public.transactions (transaction_id, customer_id, date, total_amount)"
        " values ('T2', 'M1', now() - interval '1 hour', 15)",
    )
    monkeypatch.setattr(worker, "REFRESH_HOUR", -1)
    refresh_by_the_clock(service)
    assert run(engine, "select gross_sales from public.customers") == 50


def enqueue_as_running(service: Service, engine: Engine, *, heartbeat_age: float, started_age: float) -> int:
    """A job that a worker took some seconds ago and whose heart beat some seconds ago."""
    worker = run(
        engine,
        "insert into motabot.procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => :age)) returning id",
        age=heartbeat_age,
    )
    with engine.begin() as connection:
        service.jobs.enqueue_turn(connection, PHONE)
    job = run(
        engine,
        "update motabot.procrastinate_jobs set status = 'doing', worker_id = :worker returning id",
        worker=worker,
    )
    run(
        engine, "update motabot.procrastinate_events set at = now() - make_interval(secs => :age)", age=started_age
    )
    return int(job)


@pytest.mark.parametrize(
    ("heartbeat_age", "started_age", "given_back"),
    [(1, 5, False), (60, 5, True), (1, 24, False), (1, 3600, True)],
    ids=["at work", "worker dead", "slow", "hung in a worker that lives"],
)
def test_jobs_that_nobody_works_on_any_more_are_given_back(
    service: Service, engine: Engine, heartbeat_age: float, started_age: float, given_back: bool
) -> None:
    assert service.settings.turn_seconds + PATIENCE < 3600
    enqueue_as_running(service, engine, heartbeat_age=heartbeat_age, started_age=started_age)
    assert service.jobs.rescue(engine) == int(given_back)
    status = run(engine, "select status::text from motabot.procrastinate_jobs")
    assert status == ("todo" if given_back else "doing")


def test_upkeep_that_died_does_not_hold_up_the_rescue_of_turns(service: Service, engine: Engine) -> None:
    enqueue_as_running(service, engine, heartbeat_age=60, started_age=60)
    for status in ("doing", "todo"):
        run(
            engine,
            "insert into motabot.procrastinate_jobs (queue_name, task_name, queueing_lock, args, status)"
            " values ('upkeep', 'motabot.sweep', 'motabot.sweep', '{}', cast(:status as motabot.procrastinate_job_status))",
            status=status,
        )
    assert service.jobs.rescue(engine) == 2
    with engine.connect() as connection:
        left = connection.execute(
            text("select task_name, status::text from motabot.procrastinate_jobs order by task_name")
        )
        assert [tuple(row) for row in left] == [("motabot.sweep", "todo"), ("motabot.turn", "todo")]


def test_old_failed_jobs_are_tidied_away_and_fresh_ones_kept(service: Service, engine: Engine) -> None:
    for _ in range(2):
        with engine.begin() as connection:
            service.jobs.enqueue_turn(connection, PHONE)
    run(engine, "update motabot.procrastinate_jobs set status = 'failed'")
    run(
        engine,
        "update motabot.procrastinate_events set at = now() - interval '15 days'"
        " where job_id = (select min(id) from motabot.procrastinate_jobs)",
    )
    assert service.jobs.tidy(engine) == 1
    assert run(engine, "select count(*) from motabot.procrastinate_jobs") == 1


def test_the_sweeps_floor_rises_behind_what_is_answered_and_stops_at_what_is_open(
    service: Service, engine: Engine
) -> None:
    run(
        engine,
        'insert into public.messages (phone_number, content, "timestamp", status, direction)'
        " select :phone, 'text ' || n, now(), 'read', 'inbound' from generate_series(1, 12000) n",
        phone=PHONE,
    )
    run(
        engine,
        "insert into motabot.answered (message_id, phone_number, reason)"
        " select id, phone_number, 'reply' from public.messages where id <> 1500",
    )
    assert sweep(engine, service.inbox, service.jobs, region="US") == 1
    assert run(engine, "select value::int from motabot.meta where key = 'sweep_floor'") == 1499
    run(
        engine,
        "insert into motabot.answered (message_id, phone_number, reason) values (1500, :phone, 'reply')",
        phone=PHONE,
    )
    sweep(engine, service.inbox, service.jobs, region="US")
    assert run(engine, "select value::int from motabot.meta where key = 'sweep_floor'") == 2000


def test_expired_tokens_are_forgotten(service: Service, engine: Engine) -> None:
    for token, minutes in (("old", -1), ("fresh", 1)):
        run(
            engine,
            "insert into motabot.turn_identity (token, phone, until)"
            " values (:token, :phone, now() + make_interval(mins => :minutes))",
            token=token,
            phone=PHONE,
            minutes=minutes,
        )
    sweep(engine, service.inbox, service.jobs, region="US")
    assert run(engine, "select string_agg(token, ',') from motabot.turn_identity") == "fresh"
