"""What staff order from the offline model is proposed, approved and done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from motabot.app import Service
from motabot.settings import Settings
from motabot.staff import accounts
from tests.integration.offline_staff.shop import ANA, BOB, OfflineShop
from tests.support.staff_door import rows, run


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
