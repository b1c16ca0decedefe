"""`motabot demo seed`: fills an empty, prepared database with a demo shop.

Real strains, products and brands (`motabot.demo.kushy`), invented people. The same seed, scale and day make
the same rows. All is made in batches, each while the one before is copied, in one transaction: memory stays
flat, and a shop is either whole or not there.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from psycopg import Connection as DriverConnection
from sqlalchemy import Connection, Engine, text

from motabot.db import init, readiness
from motabot.db.tables import crm
from motabot.demo.batch import Sizes, make_batches
from motabot.demo.calendar import Calendar
from motabot.demo.catalog import SMALLEST
from motabot.demo.names import staff_names
from motabot.demo.rows import Rows
from motabot.demo.store import Store
from motabot.errors import InvalidRequest, MotaBotError

_Item = TypeVar("_Item")

#: A shop of this many customers has scale 1.
CUSTOMERS = 10_000
_FEWEST_STAFF = 12
#: The order in which a batch is copied: referenced tables come first.
_ORDER = tuple(field.name for field in fields(Rows))


class NotEmpty(MotaBotError):
    """The database already holds a shop's data; the demo goes only into an empty one."""

    status = 409


@dataclass(frozen=True)
class SeedReport:
    """What was made.

    Attributes:
        rows: Rows by table.
        seconds: Elapsed time, including the analysis of the tables and the commit.
    """

    rows: dict[str, int]
    seconds: float


def seed(
    engine: Engine,
    *,
    scale: float = 0.02,
    seed: int = 7,
    today: dt.date | None = None,
    timezone: ZoneInfo | str,
    progress: Callable[[str, int, int], None] | None = None,
) -> SeedReport:
    """Make a demo shop. All derived columns are fresh as of `today`.

    Args:
        engine: A database that `motabot.db.init.prepare` has prepared, with nothing in the nine tables.
        scale: 1 is 10,000 customers with 200,000 transactions; a catalog has at least 300 products.
        seed: The same number makes the same shop, given the same scale and day.
        today: The day after the last one with sales; by default the current day in the shop's zone.
        timezone: The shop's zone, which decides what a day is.
        progress: Receives a table's name, its rows so far, and the number of rows expected.

    Raises:
        InvalidRequest: The scale is not a positive number.
        DatabaseNotReady: The database is not prepared.
        NotEmpty: One of the nine tables holds rows. Nothing was changed.
    """
    if not 0 < scale < 1_000:
        raise InvalidRequest(f"scale: must be above 0 and below 1000, not {scale}; 1 is {CUSTOMERS:,} customers")
    began = time.perf_counter()
    readiness.require_ready(engine)
    zone = ZoneInfo(timezone) if isinstance(timezone, str) else timezone
    calendar = Calendar(today or dt.datetime.now(zone).date(), zone)
    sizes = _sizes(scale)
    store = Store(staff_names(sizes.staff, Random(f"{seed}:staff")))
    with engine.begin() as connection:
        _require_empty(connection)
        loader = _Loader(connection, _totals(sizes), progress or (lambda _table, _done, _total: None))
        for rows in _one_ahead(make_batches(sizes, store, calendar, f"{seed}")):
            for table in _ORDER:
                loader.copy(table, getattr(rows, table))
        clerks = enumerate(store.staff(), start=1)
        loader.copy("staff", [f"{number}\t{clerk.row}\t{calendar.midnight}\n" for number, clerk in clerks])
        _finish(connection)
    return SeedReport(loader.done, time.perf_counter() - began)


def _sizes(scale: float) -> Sizes:
    """The counts of docs/schema.md, times the scale."""
    return Sizes(
        customers=max(1, round(CUSTOMERS * scale)),
        transactions=max(1, round(200_000 * scale)),
        products=max(SMALLEST, round(5_000 * scale)),
        staff=max(_FEWEST_STAFF, round(100 * scale)),
        messages=max(1, round(50_000 * scale)),
        leads=max(1, round(1_000 * scale)),
    )


def _totals(sizes: Sizes) -> dict[str, int]:
    """The expected number of rows; those of the last three tables depend on chance."""
    return {
        "products": sizes.products,
        "customers": sizes.customers,
        "transactions": sizes.transactions,
        "messages": sizes.messages,
        "leads": sizes.leads,
        "staff": sizes.staff,
        "transaction_items": round(sizes.transactions * 2.5),
        "customer_visit_patterns": sizes.customers,
        "customer_product_affinity": sizes.customers * 5,
    }


#: Two in three customers opted in to the shop's own texts.
_OPT_INS = (
    "insert into motabot.phones (phone, consent, consent_at) select distinct phone, 'in', now()"
    " from public.customers where phone is not null and mod(id, 3) <> 0 on conflict do nothing"
)


def _require_empty(connection: Connection) -> None:
    """Lock the nine tables against other writers, and check that they are empty."""
    names = ", ".join(table.fullname for table in crm.sorted_tables)
    connection.exec_driver_sql(f"lock table {names} in share row exclusive mode")
    for table in crm.sorted_tables:
        if connection.exec_driver_sql(f"select exists (select from {table.fullname})").scalar_one():
            raise NotEmpty(
                f"{table.fullname} already holds rows; the demo shop goes only into a database"
                " whose nine tables are empty"
            )


def _finish(connection: Connection) -> None:
    """Bring statistics, sequences and the inbox up to date after COPY: the texts count as history."""
    for table in crm.sorted_tables:
        connection.exec_driver_sql(f"analyze {table.fullname}")
        if "id" in table.columns:
            connection.execute(
                text(
                    "select setval(pg_get_serial_sequence(:name, 'id'), last.id)"
                    f" from (select max(id) as id from {table.fullname}) last"
                    " where last.id is not null and pg_get_serial_sequence(:name, 'id') is not null"
                ),
                {"name": table.fullname},
            )
    connection.exec_driver_sql(_OPT_INS)
    init.mark_history(connection)


class _Loader:
    """Copies rows into tables, and counts them."""

    def __init__(
        self, connection: Connection, totals: dict[str, int], progress: Callable[[str, int, int], None]
    ) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, DriverConnection)
        self._cursor = driver.cursor()
        self._totals, self._progress = totals, progress
        self.done = dict.fromkeys(totals, 0)

    def copy(self, table: str, rows: list[str]) -> None:
        """Copy a batch of rows, each a line of tab-separated columns in the table's order."""
        if not rows:
            return
        columns = ", ".join(f'"{column.name}"' for column in crm.tables[f"public.{table}"].columns)
        with self._cursor.copy(f"copy public.{table} ({columns}) from stdin".encode()) as copy:
            copy.write("".join(rows))
        self.done[table] += len(rows)
        self._progress(table, self.done[table], max(self._totals[table], self.done[table]))


def _one_ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """The same items; the next one is made in another thread while the current one is used.

    The server checks foreign keys at the end of each COPY; in the meantime the client makes the next batch.
    """
    with ThreadPoolExecutor(max_workers=1) as executor:
        coming = executor.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = executor.submit(next, items, None)
            yield item
