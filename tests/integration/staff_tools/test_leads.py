"""Moving a lead on."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from tests.integration.staff_tools.proposing import ANA, BOB, OpenDoor, approve
from tests.support.staff_door import calling, rows, run

LEAD = {"who": BOB, "status": "qualified", "stage": None, "probability": None}


def lead(engine: Engine) -> None:
    run(
        engine,
        "insert into public.leads (phone_number, lead_status, conversation_stage, conversion_probability)"
        f" values ('{BOB}', 'new', 'greeting', 0.1)",
    )


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
