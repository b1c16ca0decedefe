"""What the day left behind, counted, and the page that says so."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import platform
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.soak.day import HAVOC, TEXTS, Size
from tests.soak.traffic import Network

PAGE = Path(__file__).parents[2] / "docs" / "soak.md"


def _ask(url: str, query: str) -> Any:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def is_quiet(url: str) -> bool:
    """Every text has its answer, and every reply is sent."""
    time.sleep(0.5)
    with contextlib.suppress(psycopg.OperationalError):
        return bool(
            _ask(
                url,
                "select (select count(*) from motabot.answered) >= (select count(*) from public.messages where"
                " direction = 'inbound') and not exists (select from public.messages where direction = 'outbound'"
                " and status <> 'sent')",
            )
        )
    return False


#: Counts that must be 0, of each part and of the whole day.
FAULTS: Final = ("lost", "doubled", "replies_without_turn", "replies_unsent", "out_of_order")


def parts_of(url: str, network: Network, counts: Counter[str], size: Size) -> dict[str, Counter[str]]:
    """What became of the texts, by what died while they came."""
    parts = {kind: Counter(killed=counts[kind], sent=size.phones * TEXTS) for kind in HAVOC}
    with psycopg.connect(url) as connection:
        answered = connection.execute(_ANSWERED.encode()).fetchall()
    for phone, many in answered:
        parts[size.part_of(phone)]["answered"] += many
    for part in parts.values():
        part["lost"] = part["sent"] - part["answered"]
    times = Counter(network.sends)
    for (message, phone), many in times.items():
        if many > 1:
            parts[size.part_of(phone)]["again" if message in network.crashed else "doubled"] += many - 1
    return parts


#: Texts that one sent reply answers, by phone.
_ANSWERED: Final = """
    select m.phone_number, count(*) from public.messages m
    join motabot.answered a on a.message_id = m.id and a.reason = 'reply'
    join motabot.turns t on t.id = a.turn_id
    join public.messages r on r.id = t.reply_id and r.status = 'sent'
    where m.direction = 'inbound' group by 1
"""


def whole_of(url: str, network: Network, counts: Counter[str]) -> dict[str, int]:
    """What cannot be told apart by parts."""
    times = Counter(message for message, _phone in network.sends)
    out_of_order = 0
    latest: dict[str, int] = {}
    for message, phone in network.sends:
        if message < latest.get(phone, 0) and times[message] == 1:
            out_of_order += 1
        latest[phone] = max(message, latest.get(phone, 0))
    return {
        "redeliveries": counts["redeliveries"],
        "texts": _ask(url, "select count(*) from public.messages where direction = 'inbound'"),
        "replies": _ask(url, "select count(*) from public.messages where direction = 'outbound'"),
        "turns": _ask(url, "select count(*) from motabot.turns where reply_id is not null"),
        "attempts_failed": network.failed,
        "processes_that_ended_by_themselves": counts["ended by themselves"],
        "replies_without_turn": _ask(
            url,
            "select count(*) from public.messages m where m.direction = 'outbound'"
            " and (select count(*) from motabot.turns t where t.reply_id = m.id) <> 1",
        ),
        "replies_unsent": _ask(
            url, "select count(*) from public.messages where direction = 'outbound' and status <> 'sent'"
        ),
        "out_of_order": out_of_order,
    }


def describe(parts: Mapping[str, Counter[str]], whole: Mapping[str, int], seed: int, seconds: float) -> str:
    """The page of the documentation."""
    columns = ("killed", "sent", "answered", "lost", "doubled", "again")
    total = sum(parts.values(), Counter[str]())
    rows = [
        f"| {name} | {' | '.join(str(counts[column]) for column in columns)} |"
        for name, counts in [*parts.items(), ("**all**", total)]
    ]
    listed = [f"| {name.replace('_', ' ')} | {value} |" for name, value in whole.items()]
    return (
        "# A shop on its worst day\n\n"
        "`make soak` posts a thousand texts of a hundred phones. The day has five parts, and in each one kind of process"
        " is killed\nwith SIGKILL again and again: three workers, the web process, two senders, PgBouncer in session mode,"
        " through which all\nconnections lead, and the embedded PostgreSQL, which is also restarted in order. The senders"
        " claim and settle; a tenth of\ntheir attempts fails. A sender dies between sending a text and saying so: only such"
        " a text may go out again, when the lease\nhas run out. Settings are the defaults, but for folder, port, settling"
        " time and the mode in which senders claim.\n\n"
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores,"
        f" load average {os.getloadavg()[1]:.0f},"
        f" `python -m tests.soak.outage --seed {seed}`, {seconds:.0f} s.\n\n"
        "| what dies | times | texts sent | answered | lost | doubled | sent again by a sender that died |\n"
        "|---|---|---|---|---|---|---|\n" + "\n".join(rows) + "\n\n"
        "Lost and doubled must be 0, and so must the last three rows of this table. A reply may answer several texts of"
        " one phone\nthat came close together.\n\n"
        "| | |\n|---|---|\n" + "\n".join(listed) + "\n"
    )
