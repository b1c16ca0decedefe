"""What staff's queries can do: read the nine tables. Whatever the query, and even with the parser switched off."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.db.init import prepare
from motabot.errors import DatabaseNotReady, QueryFailed, QueryRefused
from motabot.settings import Settings
from motabot.staff.sandbox.check import check
from motabot.staff.sandbox.run import MOST_ROWS, Sandbox
from motabot.staff.sandbox.surface import FUNCTIONS, is_hidden_call
from tests.hostile import casts
from tests.hostile.attacks import ATTACKS
from tests.hostile.novel import NOVEL
from tests.hostile.questions import QUESTIONS
from tests.hostile.relatives import REFUSED, RELATIVES, SHOP_CANARY, SLOW, shops_own
from tests.hostile.sandbox import CANARY, fingerprint
from tests.support.either import server  # noqa: F401 - a fixture


def test_there_are_enough_of_both() -> None:
    assert len(set(ATTACKS)) >= 250
    assert len(set(RELATIVES)) >= 150
    assert len(set(REFUSED)) >= 340
    assert len(set(SLOW)) >= 100
    assert len(set(QUESTIONS)) >= 180


def test_what_no_query_may_say_is_refused_before_it_reaches_the_database() -> None:
    for statement in [*REFUSED, *NOVEL]:
        with pytest.raises(QueryRefused):
            pytest.fail(f"{statement} may run as {check(statement)}")


@pytest.mark.slow
def test_every_attack_is_refused_or_stopped(sandbox: Sandbox, engine: Engine) -> None:
    before = fingerprint(engine)
    for attack in ATTACKS:
        with pytest.raises((QueryRefused, QueryFailed)):
            pytest.fail(f"{attack[:200]} gave {sandbox.run(attack).rows[:3]}")
    assert fingerprint(engine) == before


@pytest.mark.slow
def test_with_the_parser_off_role_and_transaction_still_stop_them(sandbox: Sandbox, engine: Engine) -> None:
    before = fingerprint(engine)
    passwords = [value for name, value in os.environ.items() if "PASSWORD" in name and len(value) > 8]
    for attack in [*ATTACKS, *NOVEL]:
        try:
            result = sandbox.run_unchecked(attack)
        except (QueryFailed, UnicodeError, ValueError):
            continue
        shown = str(result.rows)
        assert CANARY not in shown, attack[:200]
        assert "root:" not in shown, attack[:200]
        assert len(result.rows) <= MOST_ROWS
        assert not any(password in shown for password in passwords)
    assert fingerprint(engine) == before
    assert not list(Path("/tmp").glob("customers"))
    assert sandbox.run("select count(*) from customers").rows == [(2001,)]  # sessions are clean and usable


@pytest.fixture
def shop(engine: Engine) -> None:
    """A shop that has its own tables, functions, operators and types."""
    with engine.begin() as connection:
        connection.exec_driver_sql(shops_own())


@pytest.mark.usefixtures("shop")
def test_a_name_never_means_more_than_where_it_stands(sandbox: Sandbox, engine: Engine) -> None:
    before = fingerprint(engine)
    for attack in RELATIVES:
        with pytest.raises((QueryRefused, QueryFailed)):
            pytest.fail(f"{attack} gave {sandbox.run(attack).rows[:3]}")
    assert fingerprint(engine) == before


@pytest.mark.usefixtures("shop")
def test_with_the_parser_off_names_still_mean_those_of_postgresql(sandbox: Sandbox, engine: Engine) -> None:
    before = fingerprint(engine)
    for attack in RELATIVES:
        if "public." in attack:
            continue  # the role may call what the shop lets everybody call: the parser's to stop
        try:
            shown = str(sandbox.run_unchecked(attack).rows)
        except QueryFailed:
            continue
        assert SHOP_CANARY not in shown, attack
        assert CANARY not in shown, attack
    assert fingerprint(engine) == before


@pytest.mark.usefixtures("shop")
def test_the_shops_own_columns_and_types_do_not_stand_in_the_way(sandbox: Sandbox, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "alter table public.customers add column favorite text, add column mood public.mood;"
            " update public.customers set favorite = 'Gelato', mood = 'good'"
        )
    prepare(engine)  # the view of this name gets the new columns
    asked = "select c.favorite, c.mood, customers.opted_out from customers c, (select 1 as opted_out) customers limit 1"
    assert sandbox.run(asked).rows == [("Gelato", "good", 1)]
    assert sandbox.run("select max(c.mood), min(mood) from public.customers c").rows == [("good", "good")]
    for whole in (
        "select c from public.customers c limit 1",
        "select null::text, (select c from public.customers c limit 1)",
    ):
        shown = str(sandbox.run(whole).rows)  # a cast of the shop's is not what shows a value
        assert ("Gelato" in shown, SHOP_CANARY in shown) == (True, False)
    assert sandbox.run(
        "select case when false then c.mood end, case when false then c end from customers c limit 1"
    ).rows == [(None, None)]


@pytest.mark.usefixtures("shop")
def test_no_cast_and_no_order_of_the_shops_is_called(sandbox: Sandbox, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(casts.SHOPS_OWN)
    prepare(engine)
    before = fingerprint(engine)
    for attack in casts.CALLING:
        with pytest.raises((QueryRefused, QueryFailed)) as refused:
            pytest.fail(f"{attack} gave {sandbox.run(attack).rows[:3]}")
        assert SHOP_CANARY not in str(refused.value), attack
    for query in [*casts.HONEST, *casts.BY_JSON]:
        assert SHOP_CANARY not in str(sandbox.run(query).rows), query
    with engine.begin() as connection:
        connection.exec_driver_sql(casts.TO_JSON)
    for attack in casts.BY_JSON:
        with pytest.raises(QueryRefused):
            pytest.fail(f"{attack} gave {sandbox.run(attack).rows[:3]}")
    with engine.begin() as connection:
        connection.exec_driver_sql("drop cast (public.mood as json); drop function public.mood_json(public.mood)")
    assert fingerprint(engine) == before


def test_whatever_the_server_can_call_as_an_attribute_is_known(engine: Engine) -> None:
    harmless = set(
        "cash_in cash_out date_in date_out interval_out timestamp_out timestamptz_out system bernoulli".split()
    )
    with engine.connect() as connection:
        functions = connection.execute(
            text(
                "select distinct proname from pg_proc where pronamespace = 'pg_catalog'::regnamespace"
                " and provolatile <> 'i' and pronargs - pronargdefaults <= 1 and pronargs >= 1"
                " and not 'internal'::regtype = any(proargtypes)"
                " union select typname from pg_type where typname like 'reg%'"
            )
        ).scalars()
        assert [name for name in functions if name not in FUNCTIONS | harmless and not is_hidden_call(name)] == []


@settings(max_examples=150, deadline=None, database=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from("select ( ) * from customers , pg_read_file ' ; -- /* */ with as union".split())).map(" ".join))  # fmt: skip
def test_whatever_is_written_is_read_or_refused(query: str) -> None:
    try:
        check(query)
    except QueryRefused:
        return
    is_called = re.search(r"\bpg_read_file\s*\(", query)
    assert not is_called or "'" in query or "--" in query or "/*" in query or " as " in query


def test_without_the_role_it_is_off_and_not_open(settings: Settings, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("delete from motabot.meta where key = 'motabot_analyst_password'"))
    service = Service(settings)
    with pytest.raises(DatabaseNotReady, match="motabot db init"):
        _ = service.sandbox
    service.close()
