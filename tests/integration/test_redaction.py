"""What reaches the staff's model: nothing personal in any disguise, and everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from motabot import testing
from motabot.app import Service
from motabot.db.engine import make_engine
from motabot.demo.seed import seed
from motabot.errors import ActionRefused, QueryFailed, QueryRefused
from motabot.settings import load_settings
from motabot.staff.actions.who import NOBODY
from motabot.staff.people import People, kinds_of
from motabot.staff.redaction import Placeholders
from tests.support.staff_door import run

DATA = Path(__file__).parent / "data"
TOKEN = re.compile(r"\[(name|phone|email|member|text)\d+\]")


def queries(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("--")]


@pytest.fixture(scope="module")
def shop(server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    url = server.clone()
    settings = load_settings(database_url=url, data_dir=Path(tmp_path_factory.mktemp("redaction")))
    engine = make_engine(url, settings)
    seed(engine, scale=0.01, seed=7, timezone=settings.zone)
    service = Service(settings, [])
    yield service
    service.close()
    engine.dispose()
    server.drop(url)


@pytest.fixture(scope="module")
def people(shop: Service) -> People:
    return People(shop.engine, zip_codes=True)


def test_nothing_personal_reaches_the_model_in_any_disguise(shop: Service, people: People) -> None:
    asked = queries("personal_queries.sql")
    assert len(asked) >= 200
    told: list[str] = []
    refused = 0
    for query in asked:
        try:
            result = shop.sandbox.run(query)
        except (QueryRefused, QueryFailed):
            refused += 1
            continue
        names = [column.name for column in result.columns]
        kinds = people.lineage.kinds(query, len(names))
        shown = Placeholders(people, "full", "US").hide_rows(kinds, result.rows)
        at = names.index("x")
        told += [
            f"{query}: {row[at]!r}"
            for row in shown
            if row[at] not in (None, "") and not TOKEN.fullmatch(str(row[at]))
        ]
    assert told == []
    assert refused <= len(asked) // 20, refused


def test_everything_else_is_shown(shop: Service, people: People) -> None:
    asked = queries("open_queries.sql")
    assert len(asked) >= 200
    hidden: list[str] = []
    for query in asked:
        try:
            result = shop.sandbox.run(query)
        except (QueryRefused, QueryFailed) as error:
            hidden.append(f"{query}: {error}")
            continue
        kinds = people.lineage.kinds(query, len(result.columns))
        shown = Placeholders(people, "full", "US").hide_rows(kinds, result.rows)
        if [list(row) for row in result.rows] != shown:
            hidden.append(query)
    assert hidden == []


def test_what_a_shop_has_added_about_people_counts_as_personal() -> None:
    assert kinds_of("public", "customers", "birthday") == {"text"}
    assert kinds_of("reporting", "customers", "notes") == {"text"}
    assert kinds_of("public", "staff", "email") == {"text"}
    assert kinds_of("public", "products", "shelf") == frozenset()
    assert kinds_of("public", "customers", "zip_code", zip_codes=False) == {"text"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("sales from 2026-10-01 to 2026-10-15", "sales from 2026-10-01 to 2026-10-15"),
        ("between 10/01/2026 and 10/15/2026, 9:00-17:30", "between 10/01/2026 and 10/15/2026, 9:00-17:30"),
        ("who is +1 415 555 0123?", "who is [phone1]?"),
        ("call (415) 555-0123 or 415.555.0124", "call [phone2] or [phone1]"),
        ("mail ana@example.org today", "mail [email1] today"),
        ("top 10 products over $1,000 in 2026", "top 10 products over $1,000 in 2026"),
    ],
)
def test_dates_in_a_question_are_not_people_and_numbers_to_call_are(people: People, words: str, told: str) -> None:
    assert Placeholders(people, "full", "US").hide_in_words(words) == told


def test_texts_can_be_shown_with_people_masked(server: testing.PostgresServer, tmp_path: Path) -> None:
    url = server.clone()
    settings = load_settings(database_url=url, data_dir=tmp_path)
    service = Service(settings, [])
    run(service.engine, "insert into public.customers (member_id, name) values ('M1', 'Ana Ruiz')")
    words = "hi its ana, Ana Ruiz. call +14155550123 or ana@example.org about the gelato"
    masked = Placeholders(People(service.engine, zip_codes=True), "masked", "US")
    shown = masked.hide_rows([frozenset({"text"}), frozenset({"name"})], [(words, "Ana Ruiz")])
    assert shown == [["hi its [name], [name1]. call [phone1] or [email1] about the gelato", "[name1]"]]
    for words, told in (
        ("deliver to 412 Elm Street, apt 5b please", "deliver to [address] please"),
        ("my order is 48576, paid $12500 on 2026-10-01", "my order is [number], paid $12500 on 2026-10-01"),
        ("2 eighths of gelato for $45, at 5 pm", "2 eighths of gelato for $45, at 5 pm"),
    ):
        assert masked.hide_rows([frozenset({"text"})], [(words,)]) == [[told]]
    service.close()
    server.drop(url)


def test_a_placeholder_fills_plain_literals_only(people: People) -> None:
    placeholders = Placeholders(people, "full", "US", [("name", 'Ana "Nina" O\'Hara'), ("phone", "+14155550123")])
    fill = placeholders.fill_query
    assert fill("select 1 where name = '[name1]'") == "select 1 where name = 'Ana \"Nina\" O''Hara'"
    assert fill("select 1 where name ilike '%[name1]%'").endswith("'%Ana \"Nina\" O''Hara%'")
    assert fill("select '[name9]'") == "select '[name9]'"
    assert fill("select $$[name1]$$") == "select $$[name1]$$"
    for query in ("select E'[name1]'", "select U&'[name1]'", "select 1 -- it's\n, [name1]', 2"):
        with pytest.raises(QueryRefused):
            fill(query)
    assert placeholders.hide_known('at or near "Nina" of Ana "Nina" O\'Hara') == 'at or near "Nina" of [name1]'


def test_words_of_texts_stay_in_sentences_that_are_not_about_them(people: People) -> None:
    hidden = Placeholders(people, "full", "US")
    rows = [("you",), ("the",), ("is",), ("12",), ("of the",), ("see you at noon",)]
    hidden.hide_rows([frozenset({"text"})], rows)
    for words in (
        'Perhaps you meant to reference the column "customers.name".',
        "EXPLAIN is not allowed. Only SELECT is.",
        "nothing is changed in 12 of the texts",
    ):
        assert hidden.hide_in_words(words) == words
    assert hidden.hide_known('relation "the" does not exist: see you at noon') == (
        'relation "[text2]" does not exist: [text6]'
    )


def test_the_number_of_a_customers_row_is_a_member_id(people: People) -> None:
    for query in (
        "select id from public.customers",
        "select 'M' || lpad(id::text, 6, '0') from public.customers",
        "select id + 1 from public.customers",
    ):
        assert people.lineage.kinds(query, 1) == [{"member"}], query
    assert people.lineage.kinds("select count(id) from public.customers", 1) == [frozenset()]


def test_an_error_keeps_its_advice(people: People) -> None:
    error = ActionRefused("who: nobody matches +14155550123. " + NOBODY)
    assert Placeholders(people, "full", "US").hide_error(error) == "who: nobody matches [phone1]. " + NOBODY


def test_an_error_tells_the_model_no_value(shop: Service, people: People) -> None:
    for query, words in (
        ("select name::int from customers where name is not null", "invalid input syntax for type integer"),
        ("select nam from customers", 'column "nam" does not exist'),
        ("select (name || '-01')::date from customers where name is not null", "The value itself is not shown"),
        ("select to_tsquery(name || ' & | ') from customers where name is not null", "syntax error in tsquery"),
        ("select chr(right(phone, 9)::int) from customers where phone is not null", "too large for encoding. The"),
        ("select date_trunc(name, now()) from customers where name is not null", 'unit "..." not recognized'),
        ("select jsonb_path_query('{}', name::jsonpath) from customers where name is not null", "syntax error"),
    ):
        with pytest.raises(QueryFailed) as raised:
            shop.sandbox.run(query)
        told = Placeholders(people, "full", "US").hide_error(raised.value)
        assert words in told
        assert not any(name in told for name in people_of(shop.engine))
        assert not re.search(r"\d{4}", told)


def people_of(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(
            connection.exec_driver_sql("select name from public.customers where name is not null").scalars()
        )
