"""The figures that the offline model gives staff, against SQL of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot import testing
from motabot.db.engine import make_engine
from motabot.demo.seed import seed
from motabot.maintenance.duplicate import duplicate
from motabot.settings import load_settings
from tests.integration.offline_staff.questions import DAY, FIGURES, TODAY
from tests.integration.offline_staff.shop import OfflineShop
from tests.support.staff_door import rows


@pytest.fixture(scope="module")
def seeded(
    server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, OfflineShop]]:
    """A demo shop, and the offline model that answers out of it."""
    url = server.clone()
    settings = load_settings(
        database_url=url,
        data_dir=Path(tmp_path_factory.mktemp("offline")),
        staff_questions_per_minute=100_000,
        requests_per_minute=1_000_000,
        database_pool_size=2,
    )
    engine = make_engine(url, settings)
    seed(engine, scale=0.01, seed=7, timezone=settings.zone)
    shop = OfflineShop(settings)
    yield engine, shop
    shop.service.close()
    engine.dispose()
    server.drop(url)


@pytest.mark.parametrize(("question", "columns", "query"), FIGURES, ids=[each[0] for each in FIGURES])
def test_the_figures_are_right(
    seeded: tuple[Engine, OfflineShop], question: str, columns: str, query: str
) -> None:
    engine, shop = seeded
    answer = shop.ask(question)
    assert answer["problems"] == []
    table = answer["tables"][-1]
    at = [[column["name"] for column in table["columns"]].index(name) for name in columns.split()]
    told = [tuple(plain(row[place]) for place in at) for row in table["rows"]]
    wanted = [tuple(plain(cell) for cell in row) for row in rows(engine, query)]
    assert wanted, "the test's own query finds nothing to compare"
    assert told == wanted


def test_a_copy_changes_no_figure_offline_or_in_a_model_s_own_sql(
    server: testing.PostgresServer, tmp_path: Path
) -> None:
    url = server.clone()
    settings = load_settings(
        database_url=url, data_dir=tmp_path, staff_questions_per_minute=100_000, requests_per_minute=1_000_000
    )
    engine = make_engine(url, settings)
    seed(engine, scale=0.01, seed=7, timezone=settings.zone)
    shop = OfflineShop(settings)

    def offline(question: str, columns: str) -> list[tuple[Any, ...]]:
        table = shop.ask(question)["tables"][-1]
        at = [[column["name"] for column in table["columns"]].index(name) for name in columns.split()]
        return [tuple(plain(row[place]) for place in at) for row in table["rows"]]

    before = [offline(question, columns) for question, columns, _query in FIGURES]
    ((member,),) = rows(engine, "select member_id from customers order by lifetime_value desc nulls last limit 1")
    duplicate(engine, member, name="Keanu Klare", phone="+14155550199", settings=settings, actor="Kim")
    for (question, columns, query), then in zip(FIGURES, before, strict=True):
        assert offline(question, columns) == then, question
        own = [tuple(map(plain, row)) for row in shop.service.sandbox.run(query).rows]
        assert own == then, question
    shop.service.close()
    engine.dispose()
    server.drop(url)


def plain(cell: Any) -> Any:
    """Numbers by their value, everything else as it is written."""
    try:
        return Decimal(str(cell)).normalize()
    except InvalidOperation:
        return str(cell)


def test_a_comparison_has_both_spans(seeded: tuple[Engine, OfflineShop]) -> None:
    engine, shop = seeded
    table = shop.ask("compare last month with the month before last")["tables"][0]
    own = rows(
        engine,
        "select sum(total_amount) from transactions t where total_amount >= 0 and"
        f" date_trunc('month', {DAY}) in (date_trunc('month', {TODAY}) - interval '1 month',"
        f" date_trunc('month', {TODAY}) - interval '2 months') group by date_trunc('month', {DAY}) order by min(date) desc",
    )
    sales = [column["name"] for column in table["columns"]].index("sales")
    assert [Decimal(row[sales]) for row in table["rows"]] == [row[0] for row in own]


def test_the_tables_are_told_by_name(seeded: tuple[Engine, OfflineShop]) -> None:
    _engine, shop = seeded
    told = shop.ask("what tables are there")["text"]
    assert "customers, leads" in told
    assert "columns" not in told


def test_a_customer_by_name_by_part_of_it_and_misspelt(seeded: tuple[Engine, OfflineShop]) -> None:
    engine, shop = seeded
    ((member, name, visits),) = rows(
        engine, "select member_id, name, total_visits from customers order by total_visits desc, member_id limit 1"
    )
    answer = shop.ask(f"when was {name} last in?")
    assert name in answer["text"]
    columns = [column["name"] for column in answer["tables"][-1]["columns"]]
    assert answer["tables"][-1]["rows"][0][columns.index("visits")] == visits
    again = shop.ask(f"show me {name}", "what did she buy in the last 365 days?")
    bought = rows(
        engine,
        f"select count(*) from transactions t where customer_id = '{member}' and {DAY} > {TODAY} - 365 and date <= now()",
    )
    assert len(again["tables"][-1]["rows"]) == min(50, bought[0][0])
    first, last = name.split()[0], name.split()[-1]
    wrong = f"{first[:-1]}{first[-1] * 2} {last}"
    assert name in shop.ask(f"pull up {wrong}")["text"]


def test_every_example_of_the_help_runs(seeded: tuple[Engine, OfflineShop]) -> None:
    engine, shop = seeded
    ((name,),) = rows(engine, "select name from customers where total_visits > 5 order by member_id limit 1")
    book = shop.service.conversations._models[-1]._book  # type: ignore[union-attr]
    assert len(book.examples) >= 60
    for each in book.examples:
        for example in (each.ask, each.es):
            answer = shop.ask(example.replace("Ana Ruiz", name))
            assert answer["problems"] == [], example
            assert "query for this failed" not in answer["text"], (example, answer["text"])
            assert answer["tables"] or each.ask == "what data do you have?", example


def test_a_conversation_goes_on(seeded: tuple[Engine, OfflineShop]) -> None:
    _engine, shop = seeded
    answer = shop.ask(
        "sales by week last 90 days", "only flower", "by location", "and last month?", "top 2", "as csv"
    )
    (table,) = answer["tables"]
    assert table["title"].startswith("Sales by location, the first 2, Flower, last month (")
    assert len(table["rows"]) == 2
    assert "CSV" in answer["text"]


def test_what_it_cannot_answer_it_says_with_what_it_can(seeded: tuple[Engine, OfflineShop]) -> None:
    _engine, shop = seeded
    answer = shop.ask("sing me a song about the moon")
    assert answer["tables"] == []
    assert "What I can answer" in answer["text"]
