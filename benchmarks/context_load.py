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

from motabot import logs, testing
from motabot.app import Service
from motabot.customers.context import load_context
from motabot.demo.seed import seed
from motabot.settings import load_settings

_FLOOR = (Path(__file__).parent / "context_floor.sql").read_text(encoding="utf-8")
_PHONES = """
select min(phone) from public.customers where phone is not null and total_visits > 5
group by phone having count(*) = 1 order by md5(min(phone)) limit %(n)s
"""


class _Shop:
    """One shop of a size, and the milliseconds that ours and the floor took for its customers, by turns."""

    def __init__(self, server: testing.PostgresServer, home: Path, scale: float, rounds: int) -> None:
        url = server.clone()
        settings = load_settings(database_url=url, data_dir=home, log_level="WARNING")
        logs.configure(level=settings.log_level)
        self._service = Service(settings)
        self._engine = self._service.engine
        seed(self._engine, scale=scale, timezone=settings.zone)
        self._raw = psycopg.connect(url, autocommit=True, prepare_threshold=1)
        self._phones = [row[0] for row in self._raw.execute(_PHONES, {"n": rounds}).fetchall()]
        self._skipped = rounds // 10  # until plans and caches are warm
        self._ours, self._floor = list[float](), list[float]()

    def take(self, number: int) -> None:
        """Load one customer's facts both ways; the second finds the pages in the cache."""
        phone = self._phones[number]
        for run in (self._load, self._fetch) if number % 2 else (self._fetch, self._load):
            run(phone)

    def _load(self, phone: str) -> None:
        self._ours.append(_time(lambda: load_context(self._engine, phone, token_seconds=40)))

    def _fetch(self, phone: str) -> None:
        self._floor.append(_time(lambda: self._raw.execute(_FLOOR, {"phone": phone}).fetchall()))

    def medians(self) -> tuple[float, float]:
        """Of ours and of the floor: the middle between the median of those that came first and of those that came second.

        One median over both would lie somewhere between two heaps.
        """

        def typical(times: list[float]) -> float:
            return statistics.mean(statistics.median(times[self._skipped + place :: 2]) for place in (0, 1))

        return typical(self._ours), typical(self._floor)

    def close(self) -> None:
        self._raw.close()
        self._service.close()


def _time(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def measure(scale: float = 1.0, large: float | None = None, rounds: int = 600) -> dict[str, float]:
    """`ratio` is ours over the floor (at most 1.3); `growth` ours at `large` over ours at `scale` (at most 1.3).

    Shops of both sizes are loaded by turns, so that a noisy moment hits both.
    """
    scales = [scale] if large is None else [scale, large]
    with testing.server() as server, tempfile.TemporaryDirectory() as home:
        shops = [_Shop(server, Path(home), each, rounds) for each in scales]
        for number in range(rounds):
            for shop in shops:
                shop.take(number)
        for shop in shops:
            shop.close()
    ours, floor = shops[0].medians()
    figures = {"ours_ms": round(ours, 2), "floor_ms": round(floor, 2), "ratio": round(ours / floor, 2)}
    if large is not None:
        ours_large, floor_large = shops[1].medians()
        figures |= {
            "growth": round(ours_large / ours, 2),
            "ratio_large": round(ours_large / floor_large, 2),
            "floors_growth": round(floor_large / floor, 2),
        }
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0), indent=2))
