"""What a refresh costs against the least it has to read, and a duplication against a bare INSERT ... SELECT."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from motabot import testing
from motabot.db.engine import make_engine
from motabot.demo.seed import seed
from motabot.maintenance.duplicate import duplicate
from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import undo
from motabot.settings import Settings, load_settings

HERE = Path(__file__).parent
FLOOR = (HERE / "aggregates_floor.sql").read_text(encoding="utf-8")
SHOP = (HERE / "aggregates_shop.sql").read_text(encoding="utf-8")
#: A thousand transactions and their lines again, under other keys, and nothing else.
BARE = (
    "insert into public.transactions (transaction_id, customer_id, date, shop_location, staff_name, total_amount)"
    " select 'bare ' || transaction_id, 'BUSY-2', date, shop_location, staff_name, total_amount"
    " from public.transactions where customer_id = 'BUSY-1'",
    "insert into public.transaction_items (transaction_id, product_sku, product_name, quantity, total_price)"
    " select 'bare ' || i.transaction_id, i.product_sku, i.product_name, i.quantity, i.total_price"
    " from public.transactions t join public.transaction_items i on i.transaction_id = t.transaction_id"
    " where t.customer_id = 'BUSY-1'",
)


def measure(scale: float = 1.0, large: float | None = None) -> dict[str, float]:
    """Ratios at one scale; with a `large` one also, how time grows between both against the floor's own growth."""
    with testing.server() as server:
        small = _at(server, scale)
        if large is None:
            return small
        big = _at(server, large)
    growth = (big["nothing_to_change_s"] / small["nothing_to_change_s"]) / (big["floor_s"] / small["floor_s"])
    return {
        **{f"{name} (scale {scale:g})": value for name, value in small.items()},
        **{f"{name} (scale {large:g})": value for name, value in big.items()},
        "growth_over_floors_growth": round(growth, 2),
    }


def _at(server: testing.PostgresServer, scale: float) -> dict[str, float]:
    settings = load_settings()
    url = server.clone()
    engine = make_engine(url, settings)
    try:
        _fill(engine, settings, scale)
        floor = _median(lambda: _read_floor(engine, settings), 3)

        def full() -> None:
            refresh(engine, settings=settings, actor="benchmark")

        first = _seconds(full)
        _vacuum(engine)
        nothing = _median(full, 3)
        incremental = _median_after(
            lambda number: _sell(engine, number),
            lambda: refresh(engine, settings=settings, actor="benchmark", incremental=True),
        )
        typical, busiest = (_one_customer(engine, settings, which) for which in ("typical", "busiest"))
        bare, copied = _duplication(engine, settings)
        return {
            "floor_s": round(floor, 3),
            "first_full_over_floor": round(first / floor, 2),
            "nothing_to_change_s": round(nothing, 3),
            "nothing_to_change_over_floor": round(nothing / floor, 2),
            "incremental_over_nothing_to_change": round(incremental / nothing, 3),
            "typical_customer_ms": round(1000 * typical, 1),
            "busiest_customer_ms": round(1000 * busiest, 1),
            "duplicate_over_bare_insert": round(copied / bare, 2),
            "python_peak_mb": round(_peak_memory(url)),
        }
    finally:
        engine.dispose()
        server.drop(url)


def _fill(engine: Engine, settings: Settings, scale: float) -> None:
    seed(engine, scale=scale, timezone=settings.timezone)
    with engine.begin() as connection:
        connection.exec_driver_sql(SHOP)
    _vacuum(engine)


def _vacuum(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("vacuum analyze")


def _read_floor(engine: Engine, settings: Settings) -> None:
    """The floor has the refresh's memory and settings."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"set local work_mem = '{settings.refresh_work_mem_mb}MB'; set local jit = off")
        connection.exec_driver_sql(FLOOR).one()


def _sell(engine: Engine, number: int) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into public.transactions (transaction_id, customer_id, date, staff_name, total_amount)"
            f" select '{number} new ' || row_number() over (), member_id, now(), 'Staff 1', 20"
            " from (select member_id from public.customers order by id limit 100) c"
        )
        connection.exec_driver_sql(
            "insert into public.transaction_items (transaction_id, product_sku, quantity, total_price)"
            f" select '{number} new ' || 1 + mod(row_number() over (), 100), sku, 1, 8"
            " from (select sku from public.products order by id limit 250) p"
        )


def _one_customer(engine: Engine, settings: Settings, which: str) -> float:
    """The median of forty customers of middling size, or of forty times the one with most transactions."""
    order, different = ("abs(count(*) - 20), 1", 40) if which == "typical" else ("count(*) desc", 1)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            f"select customer_id from public.transactions group by 1 order by {order} limit {different}"
        )
        members = list(found.scalars())

    def bring_up_to_date(member: str) -> None:
        refresh(engine, settings=settings, actor="benchmark", customer=member)

    return statistics.median(_seconds(partial(bring_up_to_date, member)) for member in members * (40 // different))


def _duplication(engine: Engine, settings: Settings) -> tuple[float, float]:
    """A bare INSERT ... SELECT and a copy of the same 1,000 transactions, by turns; both are removed again."""
    bare, copied = [], []
    for _ in range(7):

        def insert() -> None:
            with engine.begin() as connection:
                for statement in BARE:
                    connection.exec_driver_sql(statement)

        bare.append(_seconds(insert))
        with engine.begin() as connection:
            connection.exec_driver_sql("delete from public.transaction_items where transaction_id like 'bare %%'")
            connection.exec_driver_sql("delete from public.transactions where transaction_id like 'bare %%'")
        began = time.perf_counter()
        report = duplicate(
            engine, "BUSY-1", name="Copy", phone="+16502530000", settings=settings, actor="benchmark"
        )
        copied.append(time.perf_counter() - began)
        undo(engine, report.copy, settings=settings, actor="benchmark")
    return statistics.median(bare), statistics.median(copied)


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _median(act: Callable[[], object], times: int) -> float:
    return statistics.median(_seconds(act) for _ in range(times))


def _median_after(prepare: Callable[[int], None], act: Callable[[], object]) -> float:
    times = []
    for number in range(5):
        prepare(number)
        times.append(_seconds(act))
    return statistics.median(times)


def _peak_memory(url: str) -> float:
    """MB that a separate process needs at most for a full refresh; this must not grow with the shop."""
    with multiprocessing.get_context("spawn").Pool(1) as process:
        return process.apply(_refresh_alone, (url,))


def _refresh_alone(url: str) -> float:
    settings = load_settings()
    engine = make_engine(url, settings)
    refresh(engine, settings=settings, actor="benchmark")
    engine.dispose()
    status = Path("/proc/self/status").read_text(encoding="ascii")  # unlike getrusage, not the parent's peak
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
