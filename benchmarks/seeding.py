"""Seeding the demo shop, against a bare COPY of the same rows into another prepared database."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import psycopg

from motabot import testing
from motabot.db.engine import make_engine
from motabot.demo.seed import seed
from motabot.settings import load_settings

#: What is referred to comes first.
TABLES = (
    "products",
    "customers",
    "transactions",
    "transaction_items",
    "customer_visit_patterns",
    "customer_product_affinity",
    "messages",
    "leads",
    "staff",
)
BLOCK = 1 << 20


def measure(scale: float = 1.0, rounds: int = 3) -> dict[str, float]:
    """Rows a second, seeded and bare, by turns; the round with the median ratio counts.

    Seeding is timed from the first product invented to the commit, statistics included. The floor reads files
    that COPY TO wrote and has nothing else to do: one COPY a table and a commit, with the same keys and indexes.
    """
    with testing.server() as server, tempfile.TemporaryDirectory() as folder:
        server.drop(server.clone())  # prepares the template, which is not part of the first round
        measured = sorted((_round(server, Path(folder), scale) for _ in range(rounds)), key=_ratio)
    seeding, floor, rows = measured[len(measured) // 2]
    return {
        "scale": scale,
        "rows": rows,
        "seconds": round(seeding, 2),
        "bare_copy_seconds": round(floor, 2),
        "rows_per_second": round(rows / seeding),
        "ratio": round(floor / seeding, 2),
    }


def _round(server: testing.PostgresServer, folder: Path, scale: float) -> tuple[float, float, int]:
    """Seconds of seeding, seconds of the floor, and the rows of each."""
    seeded, bare = server.clone(), server.clone()
    settings = load_settings(database_url=seeded)
    engine = make_engine(seeded, settings)
    report = seed(engine, scale=scale, timezone=settings.zone)
    engine.dispose()
    rows = sum(report.rows.values())
    _export(seeded, folder)
    floor = _load(bare, folder)
    with psycopg.connect(bare) as connection:
        assert sum(_count(connection, table) for table in TABLES) == rows, (
            "the floor must have loaded the same rows"
        )
    server.drop(seeded)
    server.drop(bare)
    return report.seconds, floor, rows


def _ratio(measured: tuple[float, float, int]) -> float:
    seeding, floor, _ = measured
    return floor / seeding


def _export(url: str, folder: Path) -> None:
    with psycopg.connect(url) as connection:
        for table in TABLES:
            with (
                (folder / table).open("wb") as file,
                connection.cursor().copy(f"copy public.{table} to stdout".encode()) as copy,
            ):
                for block in copy:
                    file.write(block)


def _load(url: str, folder: Path) -> float:
    began = time.perf_counter()
    with psycopg.connect(url) as connection:
        for table in TABLES:
            with (
                (folder / table).open("rb") as file,
                connection.cursor().copy(f"copy public.{table} from stdin".encode()) as copy,
            ):
                while block := file.read(BLOCK):
                    copy.write(block)
    return time.perf_counter() - began


def _count(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(f"select count(*) from public.{table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.2)
    print(json.dumps(measure(parser.parse_args().scale), indent=2))
