"""Looking up customers, conversations, figures and tables."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.testing import completion
from tests.integration.staff_tools.proposing import ANA, BOB, SEGMENT, OpenDoor, approve, opt_in, told
from tests.support.staff_door import calling, run


@pytest.mark.parametrize("words", ["M1", ANA, "(415) 555-0101", "ana ruiz", "Ana", "ANA@example.org"])
def test_a_customer_is_shown_on_one_page(shop: Engine, open_door: OpenDoor, words: str) -> None:
    run(
        shop,
        "insert into public.messages (phone_number, content, timestamp, status, direction)"
        f" values ('{ANA}', 'call my boss', now(), 'read', 'inbound')",
    )
    door = open_door(calling("show_customer", {"who": words}))
    tables = {table["title"]: table for table in door.ask(door.token(), "who is that?")["tables"]}
    assert list(tables) == ["Customer", "Visits", "Favorites", "Purchases", "Lead", "Texts"]
    assert [row[1] for row in tables["Purchases"]["rows"]] == ["70", "35"]
    assert tables["Texts"]["rows"][0][3] == "call my boss"
    formats = {column["name"]: column["format"] for column in tables["Customer"]["columns"]}
    assert formats["member_id"] == "customer"
    assert formats["phone"] == "phone"
    assert formats["lifetime_value"] == "money"
    read = json.dumps(told(door))
    assert not any(secret in read for secret in ("Ruiz", "415555", "example.org", "call my boss", "M1"))


def test_several_who_match_are_listed(shop: Engine, open_door: OpenDoor) -> None:
    run(shop, "insert into public.customers (member_id, name) values ('M3', 'Ana Torres')")
    door = open_door(calling("show_customer", {"who": "ana"}))
    (table,) = door.ask(door.token(), "show ana")["tables"]
    assert {row[1] for row in table["rows"]} == {"Ana Ruiz", "Ana Torres"}
    assert "ask which one" in told(door)["note"]


def test_a_name_in_the_question_reaches_the_model_as_a_placeholder_that_tools_take(
    shop: Engine, open_door: OpenDoor
) -> None:
    door = open_door(calling("show_customer", {"who": "[name1]"}, "[name1] it is."))
    answer = door.ask(door.token(), "what did ana  RUIZ's friend buy, M2?")
    assert door.model.requests[0]["messages"][-1]["content"] == "what did [name1]'s friend buy, [member1]?"
    assert answer["text"] == "Ana Ruiz it is."
    assert answer["tables"][0]["rows"][0][1] == "M1"


@pytest.mark.parametrize(("words", "listed"), [("Anna Ruis", [["[member1]", "[name1]"]]), ("Xyzzy", [])])
def test_names_that_look_alike_reach_the_model_as_people(
    shop: Engine, open_door: OpenDoor, words: str, listed: list[list[str]]
) -> None:
    door = open_door(calling("find_customers", {"words": words}))
    door.ask(door.token(), "who is that?")
    answer = told(door)
    assert [row[:2] for row in answer.get("rows", [])] == listed
    assert answer["note"].startswith("Nobody matches")


def test_a_conversation_is_read_by_name(shop: Engine, open_door: OpenDoor) -> None:
    run(
        shop,
        "insert into public.messages (phone_number, content, timestamp, status, direction) values"
        f" ('{ANA}', 'first', now() - interval '1 hour', 'read', 'inbound'), ('{ANA}', 'second', now(), 'sent', 'outbound'),"
        f" ('{BOB}', 'not this', now(), 'read', 'inbound')",
    )
    door = open_door(calling("read_conversation", {"who": "Ana Ruiz"}))
    (table,) = door.ask(door.token(), "what did she write?")["tables"]
    assert [row[3] for row in table["rows"]] == ["second", "first"]


def test_figures_of_products_and_buyers(shop: Engine, open_door: OpenDoor) -> None:
    door = open_door(calling("show_product_figures", {"product": "gelato", "days": 3650}))
    product, _weeks, buyers = door.ask(door.token(), "figures?")["tables"]
    figures = dict(zip([column["name"] for column in product["columns"]], product["rows"][0], strict=True))
    assert (figures["units"], figures["sales"], figures["buyers"]) == (3, "105.00", 1)
    assert buyers["rows"][0][:4] == ["M1", "Ana Ruiz", ANA, 3]


def test_a_table_is_described_with_sizes_meanings_and_samples(shop: Engine, open_door: OpenDoor) -> None:
    door = open_door(calling("describe_tables", {"table": "customers"}))
    answer = door.ask(door.token(), "what is in customers?")
    assert answer["tables"] == []  # looked up for the model, and no answer to anybody
    read = told(door)
    assert read["rows"] == 2
    assert (
        read["columns"]["vip_status"] == "New, Casual, Regular or VIP, by number of visits. Such as 'New', 'VIP'."
    )
    assert "Ruiz" not in json.dumps(read)


def test_who_changed_is_said_by_name(shop: Engine, open_door: OpenDoor) -> None:
    opt_in(shop, ANA, BOB)
    door = open_door(calling("text_segment", SEGMENT))
    kim = door.token()
    (action,) = door.ask(kim, "text them")["actions"]
    run(shop, f"update motabot.phones set consent = 'out' where phone = '{BOB}'")
    assert "Bob Lee (no longer a recipient)" in approve(door, kim, action).get_json()["detail"]


def test_an_error_quotes_no_piece_of_a_value_that_a_placeholder_stands_for(
    shop: Engine, open_door: OpenDoor
) -> None:
    queries = iter(
        [
            "select name from customers where member_id = 'M1'",
            "select 1 from customers where name = '[name1]' and nam = ''",
        ]
    )

    def answer(_body: dict[str, Any], _number: int) -> dict[str, Any]:
        query = next(queries, None)
        return completion("Here.") if query is None else completion(None, ("run_query", {"query": query}))

    door = open_door(answer)
    door.ask(door.token(), "what is wrong?")
    told = door.model.requests[-1]["messages"][-1]["content"]
    assert 'column \\"nam\\" does not exist' in told
    assert "Ruiz" not in told


def test_a_query_can_order_by_likeness(shop: Engine, open_door: OpenDoor) -> None:
    query = "select name, similarity(name, 'gelatto') > 0.3 as x from products order by 2 desc"
    door = open_door(calling("run_query", {"query": query, "title": "Like"}))
    assert door.ask(door.token(), "gelatto?")["tables"][0]["rows"] == [["Gelato", True]]
    assert "order by similarity(name, 'words') desc" in door.model.requests[0]["messages"][0]["content"]
