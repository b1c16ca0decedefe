"""The queue: procrastinate's app, its tasks, and the worker that runs them.

Its tables live in the schema ``motabot``. A job's lock is its phone, so that conversations are worked on
one turn at a time and in order; the lock is a scheduling aid and not mutual exclusion, which is the
commit's business (see `motabot.conversation.commit`).
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import procrastinate
import psycopg
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from motabot.db.engine import is_away, psycopg_url
from motabot.db.queries import load_sql, read_sql
from motabot.db.refusals import is_refused, rule_of
from motabot.db.sessions import set_up
from motabot.logs import log
from motabot.settings import Settings

TURN = "motabot.turn"
#: Each queue has its own workers, so that upkeep continues when every turn's thread waits for a model.
TURNS, UPKEEP = "turns", "upkeep"
#: Seconds on top of a turn's own limit after which its job counts as hung although its worker's heart beats.
PATIENCE = 30.0
#: Threads for upkeep in addition to those for turns.
_UPKEEP_THREADS = 4

#: SQL that enqueues a turn for each row, with the place `phone` for the column that holds the row's phone, and the
#: parameter `settle`. It calls the function that procrastinate's own `defer` calls, whose name carries its
#: version: so texts can be recorded and enqueued in one statement, which `defer`, a separate round trip, would not
#: allow.
ENQUEUE_TURNS = read_sql("motabot.db", "enqueue_turns")


def every(seconds: int) -> str:
    """The cron expression that fires every given number of seconds, in every minute of the hour.

    croniter reads the sixth field as the second *within the minutes that match the first*, so the step belongs
    there: ``*/5 * * * * *`` would fire in each second of every fifth minute and rest for the other four.

    Args:
        seconds: 1 to 59. Where it does not divide 60, the last interval of each minute is shorter.
    """
    return f"* * * * * */{seconds}"


_ENQUEUE_TURN = text(f"select {ENQUEUE_TURNS.format(phone='cast(:phone as text)')}")
_RESCUE = load_sql("motabot.db", "rescue")

_TIDY = load_sql("motabot.db", "tidy_jobs")


class Jobs:
    """Enqueues work and runs it."""

    def __init__(self, url: str, settings: Settings) -> None:
        """
        Args:
            url: The database. A worker needs a direct or session connection, because it listens for new jobs.
            settings: Settling time, concurrency, heartbeat.
        """
        self._settings = settings
        self.app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(
                conninfo=psycopg_url(url),
                kwargs={"application_name": "motabot-worker"},
                configure=self._configure,
                min_size=2,
                max_size=8,
            )
        )

    async def _configure(self, connection: psycopg.AsyncConnection[Any]) -> None:
        await set_up(connection, self._settings)

    @property
    def settle_seconds(self) -> float:
        """How long a turn waits for the rest of a burst: the parameter `settle` of `ENQUEUE_TURNS`."""
        return self._settings.settle_seconds

    def enqueue_turn(self, connection: Connection, phone: str) -> None:
        """Enqueue a turn in the caller's transaction, to start when the settling time is over."""
        connection.execute(_ENQUEUE_TURN, {"phone": phone, "settle": self.settle_seconds})

    def register_turn(self, run: Callable[[str], object]) -> None:
        """Say what a turn is: a function of the phone. It is retried when it raises, a few times and soon."""

        @self.app.task(name=TURN, queue=TURNS, retry=procrastinate.RetryStrategy(max_attempts=3, wait=1))
        def turn(phone: str) -> None:
            run(phone)

    def register_upkeep(self, name: str, cron: str, run: Callable[[], object]) -> None:
        """Have a function run by the clock; `cron` has a sixth field for seconds.

        At most one run waits. Two may overlap, which every upkeep must bear: a lock would stay with a killed
        worker, and the rescue that gives locks back could then never run.
        """

        @self.app.periodic(cron=cron)
        @self.app.task(name=name, queue=UPKEEP, queueing_lock=name)
        def upkeep(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the scheduled moment
            try:
                run()
            except DBAPIError as error:
                if is_away(error):
                    log.warning("skipped: the database is away", task=name)
                elif is_refused(error):
                    log.error("skipped: a rule of the shop's tables refuses it", task=name, rule=rule_of(error))
                else:
                    raise

    def rescue(self, engine: Engine) -> int:
        """Give back the turns of dead workers and hung ones, drop their upkeep; returns how many jobs."""
        with engine.begin() as connection:
            rescued = connection.execute(
                _RESCUE,
                {
                    "stalled_seconds": self._settings.stalled_seconds,
                    "turn": TURN,
                    "turns": TURNS,
                    "turn_seconds": self._settings.turn_seconds + PATIENCE,
                },
            ).rowcount
        if rescued:
            log.warning("stalled jobs rescued", jobs=rescued)
        return rescued

    def tidy(self, engine: Engine, days: int = 14) -> int:
        """Delete failed jobs that are older than this; those that succeed are deleted at once."""
        with engine.begin() as connection:
            return connection.execute(_TIDY, {"days": days}).rowcount

    def work(self) -> None:
        """Run a worker until SIGTERM or SIGINT; then finish the turns in progress and return.

        A database that goes away is waited for.
        """
        asyncio.run(self._work())

    async def _work(self) -> None:
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopping.set)
        threads = self._settings.worker_concurrency + _UPKEEP_THREADS
        # the default pool would cap sync jobs at a handful, whatever the concurrency says
        loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="turn"))
        pause = 0.5
        while not stopping.is_set():
            began = loop.time()
            try:
                async with self.app.open_async():
                    await self._run_until(stopping)
            except (procrastinate.exceptions.ConnectorException, OSError) as error:
                log.error("worker lost the database", error=type(error).__name__)
            if not stopping.is_set():
                pause = 0.5 if loop.time() - began > 30 else min(pause * 2, 10.0)
                log.warning("worker starts again", seconds=pause)
                await asyncio.wait([asyncio.create_task(stopping.wait())], timeout=pause)
        log.info("worker stopped")

    async def _run_until(self, stopping: asyncio.Event) -> None:
        """Run both queues' workers until told to stop or until one of them fails; then let both finish."""
        workers = [
            asyncio.create_task(self._run_queue(TURNS, self._settings.worker_concurrency)),
            asyncio.create_task(self._run_queue(UPKEEP, _UPKEEP_THREADS)),
        ]
        log.info("worker started", concurrency=self._settings.worker_concurrency)
        stop = asyncio.create_task(stopping.wait())
        await asyncio.wait([stop, *workers], return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        for worker in workers:
            worker.cancel()  # which procrastinate takes as a request to finish the jobs in progress
        for outcome in await asyncio.gather(*workers, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome

    async def _run_queue(self, queue: str, concurrency: int) -> None:
        await self.app.run_worker_async(
            queues=[queue],
            name=queue,
            concurrency=concurrency,
            fetch_job_polling_interval=self._settings.poll_seconds,
            update_heartbeat_interval=self._settings.heartbeat_seconds,
            stalled_worker_timeout=self._settings.stalled_seconds,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
