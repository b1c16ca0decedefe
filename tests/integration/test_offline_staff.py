"""The offline model alone behind POST /chat: its figures against SQL of the test's own, and each action from words to effect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from motabot import testing
from motabot.app import Service, create_app
from motabot.db.engine import make_engine
from motabot.demo.seed import seed
from motabot.maintenance.duplicate import duplicate
from motabot.settings import Settings, load_settings
from motabot.staff import accounts
from tests.integration.staff_questions import DAY, FIGURES, TODAY
from tests.support.staff_door import rows, run

ANA, BOB = "+14155550101", "+14155550102"


class OfflineShop:
    """The web application with no model but the offline one."""

    def __init__(self, settings: Settings) -> None:
        self.service = Service(settings, [])
        self.client: FlaskClient = create_app(self.service).test_client()
        with self.service.engine.begin() as connection:
            self.token = accounts.add(connection, "Kim", "admin", by="test")

    def post(self, path: str, body: Any) -> Any:
        answer = self.client.post(path, data=json.dumps(body), headers={"authorization": f"Bearer {self.token}"})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def ask(self, *questions: str) -> dict[str, Any]:
        """The answer to the last of several messages of one conversation."""
        answer: dict[str, Any] = {}
        for question in questions:
            answer = self.post("/chat", {"question": question, **({"chat": answer["chat"]} if answer else {})})
            assert answer["model"] == "offline"
        return answer

    def order(self, *messages: str) -> dict[str, Any]:
        """Have done what the last of the messages orders; returns the action as it was done."""
        answer = self.ask(*messages)
        assert "waits for a person's approval" in answer["text"], answer
        (action,) = answer["actions"]
        done = self.post(f"/actions/{action['id']}/approve", {"hash": action["hash"]})
        assert done["status"] == "done"
        return dict(done)


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


@pytest.fixture
def shop(settings: Settings, engine: Engine) -> Iterator[OfflineShop]:
    """The offline model in a shop of two customers."""
    run(
        engine,
        "insert into public.customers (member_id, name, phone, email, vip_status, lifetime_value) values"
        f" ('M1', 'Ana Ruiz', '{ANA}', 'ana@example.org', 'VIP', 500), ('M2', 'Bob Lee', '{BOB}', null, 'New', 20);"
        "insert into public.products (product_id, sku, name, category, is_active) values ('P1', 'S1', 'Gelato', 'Flower', true);"
        "insert into public.transactions (transaction_id, customer_id, date, total_amount, staff_name) values"
        " ('T1', 'M1', now() - interval '2 days', 35, 'Kim'), ('T2', 'M1', now() - interval '3 days', 70, 'Kim'),"
        " ('T3', 'M2', now() - interval '1 day', 20, 'Lou');"
        "insert into public.transaction_items (transaction_id, product_sku, product_name, category, quantity, total_price)"
        " values ('T1', 'S1', 'Gelato', 'Flower', 1, 35);"
        f"insert into motabot.phones (phone, consent) values ('{ANA}', 'in'), ('{BOB}', 'in')",
    )
    shop = OfflineShop(settings.model_copy(update={"staff_questions_per_minute": 1_000}))
    yield shop
    shop.service.close()


def test_figures_are_refreshed(shop: OfflineShop, engine: Engine) -> None:
    shop.order("refresh the figures please")
    assert rows(engine, "select total_visits, gross_sales from public.customers where member_id = 'M1'") == [
        (2, 105)
    ]
    shop.order("update the stats for Bob Lee")


@pytest.mark.parametrize("source", ["Ana Ruiz", "M1", ANA, "ana"])
def test_a_customer_is_duplicated_and_the_copy_is_removed_again(
    shop: OfflineShop, engine: Engine, source: str
) -> None:
    shop.order(f"duplicate {source} as Keanu Klare, phone +1 415 555 0199")
    copied = "select c.name, c.phone, count(*) from public.customers c join public.transactions t on t.customer_id = c.member_id where c.name = 'Keanu Klare' group by 1, 2"
    assert rows(engine, copied) == [("Keanu Klare", "+14155550199", 2)]
    shop.order("undo the duplicate Keanu Klare")
    assert rows(engine, copied) == []


def test_a_phone_that_is_missing_is_asked_for(shop: OfflineShop, engine: Engine) -> None:
    asked = shop.ask("make a copy of Ana Ruiz for Keanu Klare")
    assert asked["actions"] == []
    assert asked["text"].startswith("Which phone number")
    shop.order("make a copy of Ana Ruiz for Keanu Klare", "415 555 0199")
    assert rows(engine, "select phone from public.customers where name = 'Keanu Klare'") == [("+14155550199",)]


def test_which_of_several_is_asked_and_the_number_of_one_is_an_answer(shop: OfflineShop, engine: Engine) -> None:
    run(
        engine, "insert into public.customers (member_id, name, phone) values ('M3', 'Ana Torres', '+14155550103')"
    )
    asked = shop.ask("stop answering ana")
    assert asked["actions"] == []
    assert "1) Ana Ruiz (M1); 2) Ana Torres (M3)" in asked["text"]
    shop.order("stop answering ana", "the second one")
    assert rows(engine, "select phone from motabot.phones where paused_at is not null") == [("+14155550103",)]


def test_the_bot_is_paused_and_resumed(shop: OfflineShop, engine: Engine) -> None:
    paused = "select phone from motabot.phones where paused_at is not null"
    shop.order(f"pause the bot for {ANA}")
    assert rows(engine, paused) == [(ANA,)]
    shop.order("let the bot answer Ana Ruiz again")
    assert rows(engine, paused) == []
    shop.order("show me Ana Ruiz", "I'll take over, stop answering her")
    assert rows(engine, paused) == [(ANA,)]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("text Ana Ruiz: your order is ready", "your order is ready"),
        ("tell ana that her order is ready", "Your order is ready"),
        (f'send a message to {ANA} saying "we close at 8"', "we close at 8"),
        ("mandale un mensaje a Ana Ruiz: su pedido esta listo", "Su pedido esta listo"),
    ],
)
def test_a_customer_is_texted(shop: OfflineShop, engine: Engine, words: str, text: str) -> None:
    if words.startswith("mandale"):
        (action,) = shop.ask(words)["actions"]
        shop.post(f"/actions/{action['id']}/approve", {"hash": action["hash"]})
    else:
        shop.order(words)
    assert rows(engine, "select phone, content, created_by from motabot.scheduled") == [(ANA, text, "Kim")]


@pytest.mark.parametrize(
    ("words", "phones"),
    [
        ("text everybody who bought gelato this year: Gelato is back", [ANA]),
        ("text our VIPs: double points today", [ANA]),
        ("send all customers a text saying we open at 9", [ANA, BOB]),
        ("text the top 1 customers: thank you", [ANA]),
    ],
)
def test_many_are_texted(shop: OfflineShop, engine: Engine, words: str, phones: list[str]) -> None:
    shop.order(words)
    assert rows(engine, "select phone from motabot.scheduled order by 1") == [(phone,) for phone in phones]


def test_nobody_is_texted_when_the_audience_is_not_understood(shop: OfflineShop) -> None:
    answer = shop.ask("text everybody who bought unobtainium: hi")
    assert answer["actions"] == []
    assert "nobody is texted" in answer["text"]


def test_a_lead_is_moved_on(shop: OfflineShop, engine: Engine) -> None:
    run(
        engine,
        "insert into public.leads (phone_number, lead_status, conversation_stage, conversion_probability)"
        " values ('+14155550177', 'new', 'greeting', 0.1)",
    )
    shop.order("mark lead +14155550177 as qualified")
    shop.order("set the lead (415) 555-0177 to follow up")
    shop.order("change the probability of lead +14155550177 to 60%")
    assert rows(
        engine, "select lead_status, conversation_stage, conversion_probability::float from public.leads"
    ) == [("qualified", "follow_up", 0.6)]


def test_what_is_kept_of_a_number_is_exported(shop: OfflineShop, engine: Engine) -> None:
    done = shop.order("export everything we have on Ana Ruiz")
    assert done["facts"]["rows"]["public.transactions"] == 2


def test_what_cannot_be_done_is_told_with_its_reason(shop: OfflineShop) -> None:
    answer = shop.ask(f"duplicate Ana Ruiz as Keanu Klare, phone {BOB}")
    assert answer["actions"] == []
    assert "cannot be done" in answer["text"]
    assert answer["problems"]


def test_plain_words_do_as_well_as_handles(settings: Settings, shop: OfflineShop, engine: Engine) -> None:
    open_house = Service(settings.model_copy(update={"staff_redaction": "off"}), [])
    with open_house.engine.connect() as connection:
        member = accounts.identify(connection, shop.token)
    for words, name in (
        ("stop answering Ana Ruiz", "pause_bot"),
        (f"text {BOB}: hello", "text_customer"),
        ("duplicate Ana Ruiz as Keanu Klare, phone +1 415 555 0199", "duplicate_customer"),
    ):
        answer = open_house.conversations.ask(member, words)
        assert [action["name"] for action in answer["actions"]] == [name], answer["text"]
    shown = open_house.conversations.ask(member, "what did ana ruiz buy?")
    assert len(shown["tables"][-1]["rows"]) == 2
    open_house.close()
