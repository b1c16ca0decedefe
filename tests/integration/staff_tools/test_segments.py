"""Texting a segment: previewed whole, and sent to nobody else in no other words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.testing import completion
from tests.integration.staff_tools.proposing import ANA, BOB, SEGMENT, OpenDoor, approve, opt_in, told
from tests.support.staff_door import calling, rows, run


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
        ({"query": "select 'M9' as member_id"}, "none of these people may be texted: 1 of an unknown member id"),
        ({"query": "select member_id from customers where false"}, "returns no customers"),
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


@pytest.mark.parametrize(
    ("name", "arguments", "is_warned"),
    [
        ("text_customer", {"who": ANA, "text": "Bob Lee is waiting for you"}, True),
        ("text_customer", {"who": ANA, "text": "Call (415) 555-0102 now"}, True),
        ("text_customer", {"who": ANA, "text": "Hi Ana Ruiz, Bob says hello"}, False),
        ("text_segment", {**SEGMENT, "template": "Hi {first_name}, Bob Lee has more points than you!"}, True),
        ("text_segment", SEGMENT, False),
    ],
)
def test_a_text_that_tells_of_another_customer_is_warned_of(
    shop: Engine, open_door: OpenDoor, name: str, arguments: dict[str, str], is_warned: bool
) -> None:
    opt_in(shop, ANA, BOB)
    door = open_door(calling(name, arguments))
    (action,) = door.ask(door.token(), "text her")["actions"]
    warned = [each for each in action["facts"]["warnings"] if each.endswith("address: Bob Lee.")]
    assert len(warned) == is_warned


def test_the_model_reads_its_own_words_in_a_preview(shop: Engine, open_door: OpenDoor) -> None:
    calls = iter(
        [
            ("run_query", {"query": "select name from customers order by 1", "title": None}),
            ("text_customer", {"who": "[name1]", "text": "[name2] waits for [name1]"}),
        ]
    )

    def answer(_body: dict[str, Any], _number: int) -> dict[str, Any]:
        call = next(calls, None)
        return completion("Proposed.") if call is None else completion(None, call)

    door = open_door(answer)
    (action,) = door.ask(door.token(), "text Ana")["actions"]
    assert action["facts"]["text"] == "Bob Lee waits for Ana Ruiz"
    tools = [json.loads(m["content"]) for m in door.model.requests[-1]["messages"] if m["role"] == "tool"]
    assert tools[-1]["preview"]["text"] == "[name2] waits for [name1]"
    assert "Lee" not in json.dumps(tools)


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
