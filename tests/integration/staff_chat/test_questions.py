"""Questions through POST /chat: rows for people, placeholders for the model."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.settings import Settings
from motabot.testing import Reply, completion
from tests.integration.staff_chat.asking import QUERY
from tests.support.staff_door import SCRIPT, Door, calling, run


def test_people_see_rows_and_the_model_sees_placeholders(
    shop: Engine, open_door: Callable[[SCRIPT], Door]
) -> None:
    door = open_door(calling("run_query", {"query": QUERY}, "The best is [name1], reached at [phone2]."))
    answer = door.ask(door.token(), "who is our best customer? mine is +14155550102")
    assert answer["text"] == "The best is Ana Ruiz, reached at +14155550101."  # [phone1] stood in the question
    (table,) = answer["tables"]
    assert table["rows"][0][:2] == ["Ana Ruiz", "+14155550101"]
    assert table["sql"] == QUERY
    wire = b"".join(door.model.raw_requests).decode()
    for secret in ("Ana", "Ruiz", "4155550101", "4155550102", "Bob"):
        assert secret not in wire, secret
    assert '\\"lifetime_value\\"' in wire


def test_a_conversation_goes_on_and_belongs_to_who_began_it(
    shop: Engine, open_door: Callable[[SCRIPT], Door]
) -> None:
    door = open_door(calling("run_query", {"query": QUERY}, "It is [name1]."))
    kim, lou = door.token("Kim"), door.token("Lou", "staff")
    first = door.ask(kim, "who is our best customer?")
    assert first["text"] == "It is Ana Ruiz."
    again = door.ask(kim, "and again?", first["chat"])
    assert again["text"] == "It is Ana Ruiz."
    told = [message["content"] for message in door.model.requests[-2]["messages"]]
    assert (told[1], told[3]) == ("who is our best customer?", "and again?")
    assert told[2].startswith(
        'It is [name1].\n[result1 “”: 2 rows; name, phone, lifetime_value; first [["[name1]"'
    )
    shown = door.client.get(f"/chat/{first['chat']}", headers={"authorization": f"Bearer {kim}"}).get_json()
    assert [message["text"] for message in shown["messages"]][:2] == [
        "who is our best customer?",
        "It is Ana Ruiz.",
    ]
    assert door.post("/chat", lou, {"question": "hi", "chat": first["chat"]}).status_code == 404
    theirs = door.client.get(f"/chat/{first['chat']}", headers={"authorization": f"Bearer {lou}"})
    assert theirs.status_code == 404


def test_a_placeholder_may_stand_in_a_query(shop: Engine, open_door: Callable[[SCRIPT], Door]) -> None:
    queries = iter([QUERY, "select sum(total_amount) as spent from transactions t join customers c"
                    " on c.member_id = t.customer_id where c.phone = '[phone1]'"])  # fmt: skip

    def answer(body: dict[str, Any], number: int) -> dict[str, Any]:
        return (
            completion("That much.") if number == 2 else completion(None, ("run_query", {"query": next(queries)}))
        )

    door = open_door(answer)
    assert door.ask(door.token(), "what did our best customer spend?")["tables"][1]["rows"] == [["105"]]


def test_a_model_reads_what_was_wrong_with_its_query_and_repairs_it(
    shop: Engine, open_door: Callable[[SCRIPT], Door]
) -> None:
    queries = iter(
        [
            "select nam from customers",
            "delete from customers",
            "select 1/0",
            "select count(*) as customers from customers",
        ]
    )

    def answer(body: dict[str, Any], number: int) -> dict[str, Any]:
        return completion("Two.") if number == 4 else completion(None, ("run_query", {"query": next(queries)}))

    door = open_door(answer)
    answered = door.ask(door.token(), "how many customers?")
    assert [table["rows"] for table in answered["tables"]] == [[[2]]]
    told = [m["content"] for m in door.model.requests[-1]["messages"] if m["role"] == "tool"]
    assert "does not exist" in told[0]
    assert "DELETE is not allowed" in told[1]
    assert "division by zero" in told[2]


def test_events_come_as_they_happen(shop: Engine, open_door: Callable[[SCRIPT], Door]) -> None:
    door = open_door(calling("run_query", {"query": QUERY}, "It is [name1]."))
    answer = door.post("/chat", door.token(), {"question": "who is best?"}, accept="text/event-stream")
    assert answer.content_type == "text/event-stream"
    events = [block.split("\n") for block in answer.get_data(as_text=True).strip().split("\n\n")]
    kinds = [lines[0].removeprefix("event: ") for lines in events]
    assert kinds == ["tool", "table", *["words"] * 3, "text", "done"]
    told = [json.loads(lines[1].removeprefix("data: ")) for lines in events]
    # a placeholder is shown as a name, and only once all of it is there
    assert told[2:5] == [{"from": 0, "text": "It "}, {"from": 3, "text": "is "}, {"from": 6, "text": "Ana Ruiz."}]
    assert told[5]["text"] == "It is Ana Ruiz."
    wrong = door.post("/chat", door.token("Lou"), {"question": "hi", "chat": 4711}, accept="text/event-stream")
    assert '"status": 404' in wrong.get_data(as_text=True)


def test_a_model_that_is_down_leaves_the_offline_model_which_says_so(
    shop: Engine, open_door: Callable[[SCRIPT], Door]
) -> None:
    door = open_door(lambda _body, _number: Reply({}, status=500))
    kim = door.token()
    answer = door.ask(kim, "sales by month please")
    assert answer["model"] == "offline"
    assert "answered 500" in answer["problems"][0]
    assert (
        answer["tables"][0]["chart"] == {"kind": "line", "x": 0, "y": [1, 2], "unit": "month"}
        or not answer["tables"][0]["rows"]
    )
    assert "What I can answer" in door.ask(kim, "sing me a song")["text"]


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/chat", {"question": ""}, 422),
        ("/chat", {"question": "x" * 4_001}, 422),
        ("/chat", {"question": 7}, 422),
        ("/chat", {"words": "hi"}, 422),
        ("/chat", {"question": "hi", "chat": 99}, 404),
        ("/query.csv", {"sql": "delete from customers"}, 422),
        ("/actions/7/approve", {"hash": "0" * 64}, 404),
        ("/actions/7/approve", {"hash": "short"}, 422),
    ],
)
def test_what_is_wrong_is_named(door: Door, path: str, body: Any, code: int) -> None:
    answer = door.post(path, door.token(), body)
    assert (answer.status_code, answer.content_type) == (code, "application/problem+json")


@pytest.mark.parametrize("path", ["/chat", "/query.csv", "/actions/1/approve", "/actions/1/reject"])
def test_nobody_asks_without_a_token(door: Door, path: str) -> None:
    for token in ("", "mbs_wrong"):
        answer = door.post(path, token, {"question": "hi"})
        assert answer.status_code == 401
        assert "motabot staff add" in answer.get_json()["detail"]


def test_words_that_no_database_holds_are_made_storable(door: Door) -> None:
    answer = door.post("/chat", door.token(), {"question": "sales\x00 by \ud800 month"})
    assert answer.status_code == 200
    assert door.post("/query.csv", door.token("Lou"), {"sql": "select '\x00\ud800'"}).status_code == 200


def test_a_person_who_asks_too_much_waits(shop: Engine, settings: Settings) -> None:
    limited = Door(
        settings.model_copy(update={"staff_questions_per_minute": 2}), lambda _body, _number: completion("Hello.")
    )
    kim = limited.token()
    codes = [limited.post("/chat", kim, {"question": "hi"}).status_code for _question in range(3)]
    assert codes == [200, 200, 429]
    limited.close()


def test_rows_come_as_csv_that_a_spreadsheet_takes_for_words(shop: Engine, door: Door) -> None:
    run(shop, "update public.customers set name = '=1+1' where member_id = 'M2'")
    answer = door.post(
        "/query.csv", door.token(), {"sql": "select name, lifetime_value from customers order by 2 desc"}
    )
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.get_data(as_text=True) == "name,lifetime_value\r\nAna Ruiz,500\r\n'=1+1,20\r\n"


def test_a_result_is_named_in_a_later_question_and_means_the_same_rows(
    shop: Engine, open_door: Callable[[SCRIPT], Door]
) -> None:
    run(shop, "insert into motabot.phones (phone, consent) values ('+14155550101', 'in'), ('+14155550102', 'in')")
    best = {"query": "select member_id, lifetime_value from customers where lifetime_value > 100", "title": "Best"}
    these = {"query": "result1", "template": "Hi {first_name}, come by!"}
    calls = iter([("run_query", best), None, ("text_segment", these), None])

    def answer(_body: dict[str, Any], _number: int) -> dict[str, Any]:
        call = next(calls)
        return completion("Here.") if call is None else completion(None, call)

    door = open_door(answer)
    kim = door.token()
    chat = door.ask(kim, "who are our best customers?")["chat"]
    run(shop, "update public.customers set lifetime_value = 900")
    (action,) = door.ask(kim, "text these", chat)["actions"]
    assert [each["name"] for each in action["facts"]["people"]] == ["Ana Ruiz"]
    told = door.model.requests[-1]["messages"][2]["content"]
    assert told == 'Here.\n[result1 “Best”: 1 rows; member_id, lifetime_value; first [["[member1]", "500"]]]'
