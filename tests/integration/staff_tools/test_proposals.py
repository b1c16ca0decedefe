"""Proposals: exports, people, previews, status and age."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.staff.actions.approval import MINUTES
from motabot.testing import completion
from tests.integration.staff_tools.proposing import ANA, BOB, SEGMENT, OpenDoor, approve, opt_in, told
from tests.support.staff_door import calling, rows, run


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


def test_a_proposal_that_its_own_preview_refuses_later_does_not_stay_running(
    shop: Engine, open_door: OpenDoor
) -> None:
    opt_in(shop, ANA, BOB)
    door = open_door(calling("text_segment", SEGMENT))
    kim = door.token()
    (action,) = door.ask(kim, "text them")["actions"]
    run(shop, "update motabot.phones set consent = 'out'")
    assert approve(door, kim, action).status_code == 409
    assert rows(shop, "select status from motabot.actions") == [("refused",)]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("pause_bot", {"who": "Anna Ruiz"}),
        ("refresh_figures", {"who": "Anna Ruiz"}),
        ("undo_duplicate", {"who": "Anna Ruiz"}),
        ("duplicate_customer", {"who": "Anna Ruiz", "name": "K", "phone": "+14155550199"}),
        ("read_conversation", {"who": "Anna Ruiz"}),
    ],
)
def test_a_model_is_told_how_to_find_who_was_not_found(
    shop: Engine, open_door: OpenDoor, name: str, arguments: dict[str, Any]
) -> None:
    door = open_door(calling(name, arguments))
    door.ask(door.token(), "please")
    read = next(m["content"] for m in door.model.requests[-1]["messages"] if m["role"] == "tool")
    assert "find_customers searches by part of a name" in read


def test_a_proposal_lives_for_a_quarter_of_an_hour(shop: Engine, open_door: OpenDoor) -> None:
    opt_in(shop, ANA, BOB)
    door = open_door(calling("text_segment", SEGMENT))
    kim = door.token()
    (action,) = door.ask(kim, "text them")["actions"]
    assert MINUTES == 15
    run(shop, "update motabot.actions set expires_at = now()")
    assert approve(door, kim, action).status_code == 409


@pytest.mark.parametrize("who", ["M1", "m1", ANA, "(415) 555-0101", "ana  ruiz"])
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


@pytest.mark.parametrize(
    "who", ["M3", "m3", "+14155550199", "(415) 555-0199", "Keanu Klare", "keanu  klare", "Ana Ruiz", "M1", ANA]
)
def test_a_copy_is_undone_by_whatever_it_or_its_only_source_is_called(
    shop: Engine, open_door: OpenDoor, who: str
) -> None:
    copying = {"who": "M1", "name": "Keanu Klare", "phone": "+14155550199", "email": None, "messages": None}
    door = open_door(calling("duplicate_customer", copying))
    kim = door.token()
    (made,) = door.ask(kim, "copy her")["actions"]
    approve(door, kim, made)
    undoing = open_door(calling("undo_duplicate", {"who": who}))
    (action,) = undoing.ask(kim, "undo it")["actions"]
    assert action["facts"]["before"].startswith("M3 is a copy of M1, with ")
    assert approve(undoing, kim, action).get_json()["result"]["copy"] == "M3"


def test_of_several_copies_one_has_to_be_named(shop: Engine, open_door: OpenDoor) -> None:
    run(
        shop,
        "insert into public.customers (member_id, name) values ('M3', 'Keanu Klare'), ('M4', 'Lou Reyes');"
        "insert into motabot.duplicates (copy, source, phone, consent_id, actor) values"
        " ('M3', 'M1', '+14155550199', 1, 'Kim'), ('M4', 'M1', '+14155550198', 2, 'Kim')",
    )
    door = open_door(calling("undo_duplicate", {"who": "Ana Ruiz"}))
    door.ask(door.token(), "undo the copy")
    assert "Name one by its member id: [member1] [name1]; [member2] [name2]" in told(door)["error"]


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
