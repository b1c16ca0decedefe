"""What loading a turn's facts costs: against a hand-written psycopg query for the same facts, and as the shop grows."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy import text

from motabot import logs, testing
from motabot.app import Service
from motabot.crm.context import load_context
from motabot.demo.seed import seed
from motabot.settings import load_settings

_FLOOR = (Path(__file__).parent / "context_floor.sql").read_text(encoding="utf-8")


def _both(scale: float, rounds: int) -> tuple[float, float]:
    """Median milliseconds of ours and of the floor, taken by turns over the same phones."""
    with testing.server() as server, tempfile.TemporaryDirectory() as home:
        url = server.clone()
        settings = load_settings(database_url=url, data_dir=Path(home), log_level="WARNING")
        logs.configure(level=settings.log_level)
        service = Service(settings)
        seed(service.engine, scale=scale, timezone=settings.zone)
        with service.engine.connect() as connection:
            phones = list(
                connection.execute(
                    text(
                        "select min(phone) from public.customers where phone is not null and total_visits > 5"
                        " group by phone having count(*) = 1 order by md5(min(phone)) limit :n"
                    ),
                    {"n": rounds},
                ).scalars()
            )
        ours, floor = list[float](), list[float]()
        with psycopg.connect(url, autocommit=True, prepare_threshold=1) as raw:

            def load(phone: str) -> None:
                ours.append(_time(lambda: load_context(service.engine, phone, phone, token_seconds=40)))

            def fetch(phone: str) -> None:
                floor.append(_time(lambda: raw.execute(_FLOOR, {"phone": phone}).fetchall()))

            for number, phone in enumerate(phones):  # whoever comes second finds the pages in the cache
                for run in (load, fetch) if number % 2 else (fetch, load):
                    run(phone)
        service.close()
    skipped = rounds // 10  # until plans and caches are warm
    return statistics.median(ours[skipped:]), statistics.median(floor[skipped:])


def _time(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def measure(scale: float = 1.0, large: float | None = None, rounds: int = 600) -> dict[str, float]:
    """`ratio` is ours over the floor (at most 1.3); `growth` ours at `large` over ours at `scale` (at most 1.3)."""
    ours, floor = _both(scale, rounds)
    figures = {"ours_ms": round(ours, 2), "floor_ms": round(floor, 2), "ratio": round(ours / floor, 2)}
    if large is not None:
        ours_large, floor_large = _both(large, rounds)
        figures |= {
            "growth": round(ours_large / ours, 2),
            "ratio_large": round(ours_large / floor_large, 2),
            "floors_growth": round(floor_large / floor, 2),
        }
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0), indent=2))
