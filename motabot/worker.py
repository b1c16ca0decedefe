"""The worker: which jobs it runs, and how often."""

from __future__ import annotations

from datetime import datetime

from motabot import logs
from motabot.customers.privacy import retain
from motabot.db.engine import require_session
from motabot.db.readiness import require_ready
from motabot.jobs import Jobs, every
from motabot.maintenance import schedule
from motabot.maintenance.refresh import refresh
from motabot.service import Service
from motabot.sms.claim import keep_held
from motabot.sms.notify import Notifier
from motabot.sms.sweep import sweep

#: Local hour of the daily full refresh. Every other hour refreshes what is new.
REFRESH_HOUR = 4


def refresh_by_the_clock(service: Service) -> None:
    """Called every hour: what is new, and in the shop's small hours everything; nothing while that is off."""
    with service.engine.connect() as connection:
        if not schedule.is_on(connection):
            logs.log.info("scheduled refresh is off", cure=schedule.CURE)
            return
    is_night = datetime.now(service.settings.zone).hour == REFRESH_HOUR
    refresh(service.engine, settings=service.settings, actor="worker", incremental=not is_night)


def create_worker(service: Service) -> Jobs:
    """The queue with everything a worker runs; `Jobs.work` runs it.

    Raises:
        DatabaseNotReady: `motabot db init` has not been run.
        SettingsError: A setting is missing or wrong.
    """
    require_ready(service.engine)
    require_session(service.engine)
    jobs, engine, region = service.jobs, service.engine, service.settings.region
    jobs.register_turn(service.turns.run)
    often = every(service.settings.upkeep_seconds)
    jobs.register_upkeep("motabot.rescue", often, lambda: jobs.rescue(engine))
    jobs.register_upkeep("motabot.sweep", often, lambda: sweep(engine, service.inbox, jobs, region=region))
    jobs.register_upkeep("motabot.notify", often, Notifier(engine, service.outbox, service.settings).run)
    jobs.register_upkeep("motabot.outreach", often, service.outreach.run)
    jobs.register_upkeep("motabot.hold", often, lambda: keep_held(engine, service.settings.outbox_mode))
    jobs.register_upkeep("motabot.tidy", "20 * * * *", lambda: jobs.tidy(engine))
    jobs.register_upkeep(
        "motabot.retain",
        "50 * * * *",
        lambda: retain(engine, trace_days=service.settings.trace_days, message_days=service.settings.message_days),
    )
    jobs.register_upkeep("motabot.refresh", "40 * * * *", lambda: refresh_by_the_clock(service))
    return jobs
