"""Finds texts that wait for an answer but have no job, and gives them one.

This is how an SMS layer that writes `messages` itself is served, and what makes a lost job harmless.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text

from motabot.customers.phones import lock_phone
from motabot.jobs import Jobs
from motabot.logs import log
from motabot.sms.inbox import Inbox, close
from motabot.text.phone_numbers import phone_key, to_e164

_FIND = text((Path(__file__).parent / "sql" / "open_without_job.sql").read_text(encoding="utf-8"))
#: The floor stays this many rows behind the newest, for transactions that commit late with an older id.
_FLOOR_LAG = 10_000
_RAISE_FLOOR = text(
    """
    update motabot.meta f set value = greatest(f.value::bigint, least(
        (select max(m.id) from public.messages m) - :lag,
        (select min(m.id) - 1 from public.messages m
         where m.direction = 'inbound' and m.id > f.value::bigint and not exists (
             select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number))
    ))::text
    where f.key = 'sweep_floor'
    """
)


def sweep(engine: Engine, inbox: Inbox, jobs: Jobs, *, region: str) -> int:
    """Enqueue a turn for every phone with open texts and no job; returns how many phones that were.

    Texts that no webhook recorded have their consent decided here, in the order they came.
    """
    enqueued: set[str] = set()
    with engine.begin() as connection:
        for row in connection.execute(_FIND).all():
            phone = phone_key(row.phone_number, region)
            if to_e164(row.phone_number, region) is None:
                close(connection, phone, [row.id], "no number to reply to")
                continue
            opted_out = lock_phone(connection, phone).consent == "out"
            if (row.recorded and not opted_out) or inbox.heed_consent(
                connection, phone, row.id, row.content, opted_out=opted_out
            ):
                enqueued.add(phone)
        for phone in sorted(enqueued):
            jobs.enqueue_turn(connection, phone)
        connection.execute(_RAISE_FLOOR, {"lag": _FLOOR_LAG})
        connection.execute(text("delete from motabot.turn_identity where until < now()"))
    if enqueued:
        log.info("texts without a job found", phones=len(enqueued))
    return len(enqueued)
