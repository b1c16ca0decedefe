"""Texts of another system that are copied into `messages` after `db init` are history: nobody waits for an answer."""

from __future__ import annotations

import contextlib

from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.settings import Settings
from motabot.sms.sweep import sweep

#: Phone, days ago, words, whether a reply is owed, and what is known of its consent afterwards.
IMPORTED = [
    ("+14155550101", 400, "when do you open?", False, "unknown"),
    ("+14155550102", 400, "STOP", False, "out"),
    ("+14155550103", 40, "start", False, "in"),
    ("+14155550104", 30, "how do I stop eating these", False, "unknown"),
    ("+14155550105", 15, "baja", False, "out"),
    ("+14155550106", 20_000, "when do you open?", True, "unknown"),  # 1970: a clock that was not set
    ("+14155550107", 0, "when do you open?", True, "unknown"),
]
#: Each has a reply of the other system.
INBOUND = (
    "insert into public.messages (phone_number, content, timestamp, status, direction)"
    " values (:phone, :words, now() - make_interval(days => :days), 'read', 'inbound')"
)
OUTBOUND = INBOUND.replace(":words", "'Re: ' || :words").replace("'read', 'inbound'", "'sent', 'outbound'")
AFTERWARDS = """
    select m.phone_number, p.consent,
           exists (select from public.messages r where r.phone_number = m.phone_number and r.status = 'queued') as is_owed
    from public.messages m left join motabot.phones p on p.phone = m.phone_number where m.direction = 'inbound'
"""
LEFT = """
    select (select count(*) from motabot.handoffs),
           (select count(*) from public.messages m where m.direction = 'inbound'
            and not exists (select from motabot.answered a where a.message_id = m.id))
"""


def test_an_import_after_the_first_run_is_history_and_new_texts_are_answered(
    engine: Engine, settings: Settings
) -> None:
    with contextlib.closing(Service(settings)) as service:
        with engine.begin() as connection:
            for phone, days, words, _owed, _consent in IMPORTED:
                values = {"phone": phone, "days": days, "words": words}
                connection.execute(text(INBOUND), values)
                connection.execute(text(OUTBOUND), values | {"days": days + 1})
        for _again in range(2):
            sweep(engine, service.inbox, service.jobs, region="US")
        for phone, *_rest in IMPORTED:
            service.turns.run(phone)
    with engine.connect() as connection:
        found = {
            row.phone_number: (row.is_owed, row.consent or "unknown")
            for row in connection.execute(text(AFTERWARDS))
        }
        asked, open_texts = connection.execute(text(LEFT)).one()
    assert found == {phone: (owed, consent) for phone, _days, _words, owed, consent in IMPORTED}
    assert (asked, open_texts) == (0, 0)
