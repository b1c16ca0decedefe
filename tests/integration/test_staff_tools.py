"""What the staff's model looks up and proposes, through the chat's own door."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.staff.actions.approval import MINUTES
from motabot.testing import completion
from tests.support.staff_door import SCRIPT, Door, calling, rows, run

OpenDoor = Callable[[SCRIPT], Door]
ANA, BOB = "+14155550101", "+14155550102"


def told(door: Door) -> Any:
    """What the model read of its tool."""
    return json.loads(next(m["content"] for m in door.model.requests[-1]["messages"] if m["role"] == "tool"))


@pytest.mark.parametrize("words", ["M1", ANA, "(415) 555-0101", "ana ruiz", "Ana", "ANA@example.org"])
def test_a_customer_is_shown_on_one_page(shop: Engine, open_door: OpenDoor, words: str) -> None:
    run(
        shop,
        "insert into public.messages (phone_number, content, timestamp, status, direction)"
        f" values ('{ANA}', 'call my boss', now(), 'read', 'inbound')",
    )
    door = open_door(calling("show_customer", {"customer": words}))
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
    door = open_door(calling("show_customer", {"customer": "ana"}))
    (table,) = door.ask(door.token(), "show ana")["tables"]
    assert {row[1] for row in table["rows"]} == {"Ana Ruiz", "Ana Torres"}
    assert "ask which one" in told(door)["note"]


def test_a_name_in_the_question_reaches_the_model_as_a_placeholder_that_tools_take(
    shop: Engine, open_door: OpenDoor
) -> None:
    door = open_door(calling("show_customer", {"customer": "[name1]"}, "[name1] it is."))
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
    door = open_door(calling("read_conversation", {"phone": "Ana Ruiz"}))
    (table,) = door.ask(door.token(), "what did she write?")["tables"]
    assert [row[3] for row in table["rows"]] == ["second", "first"]


def test_figures_of_products_buyers_and_staff(shop: Engine, open_door: OpenDoor) -> None:
    def tables(name: str, arguments: dict[str, Any]) -> list[dict[str, Any]]:
        door = open_door(calling(name, arguments))
        return list(door.ask(door.token(name), "figures?")["tables"])

    product, _weeks, buyers = tables("show_product_figures", {"product": "gelato", "days": 3650})
    figures = dict(zip([column["name"] for column in product["columns"]], product["rows"][0], strict=True))
    assert (figures["units"], figures["sales"], figures["buyers"]) == (3, "105.00", 1)
    assert buyers["rows"][0][:4] == ["M1", "Ana Ruiz", ANA, 3]
    (staff,) = tables("show_staff_figures", {"name": "kim", "days": 3650})
    assert staff["rows"][0][:3] == ["Kim", 2, "105"]


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


LEAD = {"who": BOB, "status": "qualified", "stage": None, "probability": None}


def lead(engine: Engine) -> None:
    run(
        engine,
        "insert into public.leads (phone_number, lead_status, conversation_stage, conversion_probability)"
        f" values ('{BOB}', 'new', 'greeting', 0.1)",
    )


def approve(door: Door, token: str, action: dict[str, Any]) -> Any:
    return door.post(f"/actions/{action['id']}/approve", token, {"hash": action["hash"]})


def test_a_lead_is_moved_on_by_a_person(shop: Engine, open_door: OpenDoor) -> None:
    lead(shop)
    door = open_door(calling("update_lead", LEAD))
    lou = door.token("Lou", "staff")
    (action,) = door.ask(lou, "they are qualified")["actions"]
    assert "status: new" in action["facts"]["before"]
    assert "status: qualified" in action["facts"]["after"]
    assert rows(shop, "select lead_status from public.leads") == [("new",)]
    assert approve(door, lou, action).get_json()["status"] == "done"
    assert rows(shop, "select lead_status, conversation_stage from public.leads") == [("qualified", "greeting")]
    assert rows(shop, "select actor from motabot.audit where action = 'lead.change'") == [("Lou",)]


def test_a_lead_that_moved_meanwhile_is_left_alone(shop: Engine, open_door: OpenDoor) -> None:
    lead(shop)
    door = open_door(calling("update_lead", LEAD))
    kim = door.token()
    (action,) = door.ask(kim, "they are qualified")["actions"]
    run(shop, "update public.leads set lead_status = 'lost'")
    assert approve(door, kim, action).status_code == 409
    assert rows(shop, "select lead_status from public.leads") == [("lost",)]


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"probability": 2}, "between 0 and 1"), ({"status": None}, "Say a status"), ({"who": ANA}, "no lead")],
)
def test_a_lead_cannot_be_anything(shop: Engine, open_door: OpenDoor, changed: dict[str, Any], words: str) -> None:
    lead(shop)
    door = open_door(calling("update_lead", {**LEAD, **changed}))
    answer = door.ask(door.token(), "do it")
    assert answer["actions"] == []
    assert words in answer["problems"][0]


def test_an_export_is_an_admins_and_is_downloaded_once_approved(shop: Engine, open_door: OpenDoor) -> None:
    door = open_door(calling("export_person", {"who": ANA}))
    kim, lou = door.token(), door.token("Lou", "staff")
    (action,) = door.ask(lou, "she wants her data")["actions"]
    assert action["facts"]["rows"]["public.transactions"] == 2
    path = f"/actions/{action['id']}/export.json"
    assert door.client.get(path, headers={"authorization": f"Bearer {kim}"}).status_code == 409
    assert approve(door, lou, action).status_code == 409
    assert approve(door, kim, action).get_json()["status"] == "done"
    assert door.client.get(path, headers={"authorization": f"Bearer {lou}"}).status_code == 403
    given = json.loads(door.client.get(path, headers={"authorization": f"Bearer {kim}"}).data)
    assert given["public.customers"][0]["name"] == "Ana Ruiz"
    assert rows(shop, "select actor from motabot.audit where action = 'privacy.export'") == [("Kim",)]


SEGMENT = {
    "query": "select member_id, lifetime_value from customers",
    "template": "Hi {first_name}, you spent {lifetime_value} with us. Come by!",
}


def opt_in(engine: Engine, *phones: str) -> None:
    for phone in phones:
        run(engine, f"insert into motabot.phones (phone, consent) values ('{phone}', 'in')")


def test_a_segment_is_previewed_whole_and_only_then_scheduled(shop: Engine, open_door: OpenDoor) -> None:
    opt_in(shop, ANA, BOB)
    run(
        shop,
        "insert into public.customers (member_id, name, phone) values ('M3', 'No Phone', null),"
        " ('M4', 'Cy', '+14155550104'), ('M5', 'Di', '+14155550105'), ('M6', 'Ed', '+14155550106'),"
        " ('M7', 'Fay', '+14155550106'), ('M8', 'Gus', '+14155550108');"
        "insert into motabot.phones (phone, consent, paused_at) values"
        " ('+14155550104', 'out', null), ('+14155550106', 'in', null), ('+14155550108', 'in', now())",
    )
    door = open_door(calling("text_segment", SEGMENT))
    kim, lou = door.token(), door.token("Lou", "staff")
    (action,) = door.ask(kim, "text them")["actions"]
    facts = action["facts"]
    assert (facts["customers"], facts["recipients"]) == (8, 2)
    assert facts["left_out"] == {
        "without a phone": 1,
        "opted out": 1,
        "never opted in": 1,
        "share their phone with another customer": 2,
        "are talking with a person": 1,
    }
    assert (
        facts["samples"][0]
        == ("Hi Ana, you spent 500 with us. Come by! Green Door. Lic. C10-0000000-LIC. Reply STOP to opt out.")
        or "Reply STOP to opt out." in facts["samples"][0]
    )
    assert [each["phone"] for each in facts["people"]] == [ANA, BOB]
    assert "Ana" not in json.dumps(told(door))
    assert rows(shop, "select count(*) from motabot.scheduled") == [(0,)]
    assert approve(door, lou, action).status_code == 409  # it needs an admin
    assert approve(door, kim, action).get_json()["result"] == {"scheduled": 2}
    assert approve(door, kim, action).status_code == 409
    assert rows(shop, "select phone, content from motabot.scheduled order by phone") == [
        (each["phone"], each["text"]) for each in facts["people"]
    ]


@pytest.mark.parametrize(
    "change",
    [
        "update motabot.phones set consent = 'out' where phone = '+14155550101'",
        "update public.customers set name = 'Eve Ruiz' where member_id = 'M1'",
        "update public.customers set lifetime_value = 501 where member_id = 'M1'",
        "delete from motabot.phones where phone = '+14155550102'",
        "update motabot.actions set arguments = jsonb_set(arguments, '{template}', '\"Buy!\"')",
        "update motabot.actions set facts = jsonb_set(facts, '{people,0,phone}', '\"+14155550109\"')",
    ],
)
def test_nothing_is_sent_when_anybody_or_any_word_differs_by_then(
    shop: Engine, open_door: OpenDoor, change: str
) -> None:
    opt_in(shop, ANA, BOB)
    door = open_door(calling("text_segment", SEGMENT))
    kim = door.token()
    (action,) = door.ask(kim, "text them")["actions"]
    run(shop, change)
    assert approve(door, kim, action).status_code == 409
    assert rows(shop, "select count(*) from motabot.scheduled") == [(0,)]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"template": "Hi {name}"}, "{name} is not a column of the query; it has: first_name"),
        ({"template": "Hi {first_name"}, "template:"),
        ({"template": "{first_name.__class__}"}, "is not a column"),
        ({"template": "  "}, "is empty"),
        ({"template": "x" * 500}, "segments"),
        ({"query": "select phone from customers"}, "needs a column member_id"),
        ({"query": "delete from customers returning member_id"}, "not allowed"),
        ({"query": "select 'M9' as member_id"}, "nobody of these may be texted: 1 of an unknown member id"),
        ({"query": "select member_id from customers where false"}, "no customers found"),
        ({"query": "select 'M1' as member_id from generate_series(1, 501)"}, "more than 500 rows"),
    ],
)
def test_a_segment_that_cannot_be_is_not_proposed(
    shop: Engine, open_door: OpenDoor, changed: dict[str, str], words: str
) -> None:
    opt_in(shop, ANA, BOB)
    door = open_door(calling("text_segment", {**SEGMENT, **changed}))
    answer = door.ask(door.token(), "text them")
    assert answer["actions"] == []
    assert words in answer["problems"][0]


def test_words_that_the_law_forbids_are_warned_of(shop: Engine, open_door: OpenDoor) -> None:
    opt_in(shop, ANA)
    door = open_door(
        calling("text_customer", {"who": ANA, "text": "Our gummies cure your anxiety, free for you!"})
    )
    (action,) = door.ask(door.token(), "text her")["actions"]
    assert len(action["facts"]["warnings"]) >= 2


def test_a_proposal_lives_for_a_quarter_of_an_hour(shop: Engine, open_door: OpenDoor) -> None:
    opt_in(shop, ANA, BOB)
    door = open_door(calling("text_segment", SEGMENT))
    kim = door.token()
    (action,) = door.ask(kim, "text them")["actions"]
    assert MINUTES == 15
    run(shop, "update motabot.actions set expires_at = now()")
    assert approve(door, kim, action).status_code == 409


@pytest.mark.parametrize("who", ["M1", ANA, "(415) 555-0101", "ana ruiz"])
def test_an_action_finds_its_person_by_member_id_phone_or_name(
    shop: Engine, open_door: OpenDoor, who: str
) -> None:
    door = open_door(calling("pause_bot", {"who": who}))
    kim = door.token()
    (action,) = door.ask(kim, "a person takes over")["actions"]
    facts = action["facts"]
    assert (facts["phone"], facts["customer"], facts["before"]) == (ANA, "Ana Ruiz", "the bot answers")
    assert approve(door, kim, action).get_json()["result"] == {"changed": True}
    (again,) = door.ask(kim, "once more")["actions"]
    assert again["facts"]["notes"] == ["The bot is paused for this number already; nothing would change."]


def test_people_who_were_texted_lately_are_named_in_a_warning(shop: Engine, open_door: OpenDoor) -> None:
    opt_in(shop, ANA, BOB)
    door = open_door(calling("text_segment", SEGMENT))
    kim = door.token()
    (first,) = door.ask(kim, "text them")["actions"]
    (second,) = door.ask(kim, "text them again")["actions"]
    assert first["facts"]["warnings"] == []
    assert f"2 of 2 recipients are also in action {first['id']}" in second["facts"]["warnings"][0]
    assert approve(door, kim, first).status_code == 200
    refused = approve(door, kim, second)
    assert (refused.status_code, "already texted changed" in refused.get_json()["detail"]) == (409, True)
    (third,) = door.ask(kim, "and again")["actions"]
    (warning,) = third["facts"]["warnings"]
    assert "2 of 2 recipients already have a text waiting or got one in the last 7 days" in warning
    assert "Ana Ruiz" in warning
    assert approve(door, kim, third).status_code == 200


def test_who_changed_is_said_by_name(shop: Engine, open_door: OpenDoor) -> None:
    opt_in(shop, ANA, BOB)
    door = open_door(calling("text_segment", SEGMENT))
    kim = door.token()
    (action,) = door.ask(kim, "text them")["actions"]
    run(shop, f"update motabot.phones set consent = 'out' where phone = '{BOB}'")
    assert "Bob Lee (no longer a recipient)" in approve(door, kim, action).get_json()["detail"]


def test_a_refresh_that_would_change_nothing_says_so(shop: Engine, open_door: OpenDoor) -> None:
    door = open_door(calling("refresh_figures", {"who": None}))
    kim = door.token()
    (action,) = door.ask(kim, "refresh")["actions"]
    assert action["facts"]["changes"]["customers"] == 2
    approve(door, kim, action)
    (again,) = door.ask(kim, "refresh")["actions"]
    assert again["facts"]["changes"] == {}
    assert again["facts"]["notes"][0] == "Nothing would change: all figures are up to date."


def test_a_row_of_an_older_version_is_listed_under_the_action_s_name_of_today(
    shop: Engine, open_door: OpenDoor
) -> None:
    run(
        shop,
        "insert into motabot.actions (proposed_by, name, arguments, facts, hash, status, expires_at)"
        " values ('Kim', 'send', '{}', '{}', 'x', 'done', now())",
    )
    door = open_door(calling("refresh_figures", {"who": None}))
    listed = door.client.get("/actions", headers={"authorization": f"Bearer {door.token()}"}).get_json()
    assert [(each["name"], each["needs_role"]) for each in listed["actions"]] == [("text_customer", "staff")]


@pytest.mark.parametrize(
    ("name", "arguments", "before", "after"),
    [
        ("pause_bot", {"who": "Ana Ruiz"}, "the bot answers", "people answer, and the bot is silent"),
        ("resume_bot", {"who": "M1"}, "the bot answers", "the bot answers"),
        (
            "text_customer",
            {"who": "M1", "text": "Hi Ana"},
            "the shop's last text to Ana Ruiz: none in the last week",
            "Ana Ruiz gets one text of 1 SMS segment, from ",
        ),
        (
            "duplicate_customer",
            {"who": "M1", "name": "Keanu Klare", "phone": "+14155550199", "email": None, "messages": None},
            "M1 (M1) is one customer",
            "a second one, Keanu Klare (M3, +14155550199), has 1 row of customers, 2 rows of transactions",
        ),
        (
            "export_person",
            {"who": "M1"},
            "of Ana Ruiz the shop keeps 1 row of ",
            "an admin can download all of it",
        ),
        (
            "refresh_figures",
            {"who": None},
            "out of date: 2 rows of customers, ",
            "they follow from the tickets up to now",
        ),
    ],
)
def test_a_preview_says_what_is_and_what_would_be(
    shop: Engine, open_door: OpenDoor, name: str, arguments: dict[str, Any], before: str, after: str
) -> None:
    door = open_door(calling(name, arguments))
    (action,) = door.ask(door.token(), "please")["actions"]
    assert action["facts"]["before"].startswith(before)
    assert action["facts"]["after"].startswith(after)


@pytest.mark.parametrize("words", ["gelatto", "Gleato"])
def test_a_product_is_found_however_it_is_spelled(shop: Engine, open_door: OpenDoor, words: str) -> None:
    door = open_door(calling("show_product_figures", {"product": words, "days": None}))
    (table,) = door.ask(door.token(), "do we have it?")["tables"]
    assert [row[1] for row in table["rows"]] == ["Gelato"]


def test_proposals_and_scheduled_texts_have_a_status(shop: Engine, open_door: OpenDoor) -> None:
    calls = iter(
        [
            ("text_customer", {"who": "M1", "text": "Your order is ready"}),
            ("show_status", {"of": "actions", "status": "pending"}),
            ("show_status", {"of": "scheduled_texts", "status": None}),
        ]
    )

    def answer(_body: dict[str, Any], _number: int) -> dict[str, Any]:
        call = next(calls, None)
        return completion("Here.") if call is None else completion(None, call)

    door = open_door(answer)
    actions, texts = door.ask(door.token(), "text Ana, and what is pending?")["tables"]
    assert [row[1:3] for row in actions["rows"]] == [["text_customer", "pending"]]
    assert texts["rows"] == []


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
