"""POST /sms/inbound records each text once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service, create_app
from motabot.db import group_commit
from motabot.secret import new_webhook_secret
from motabot.settings import Settings
from motabot.sms.inbox import _ELSEWHERE
from motabot.testing import post_text, signed_headers, wait_until
from tests.integration.webhook.posting import BODY, rows

NOW = datetime.now(UTC)


def test_a_signed_text_is_recorded_with_its_job_and_its_row_is_named(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    response = post_text(
        client,
        webhook_secret,
        {
            **BODY,
            "sender": "(415) 555-0101",
            "received_at": NOW.astimezone(ZoneInfo("America/Los_Angeles")).isoformat(),
            "modem_index": "7",
            "modem_timestamp": (NOW - timedelta(seconds=2)).isoformat(),
        },
    )
    assert response.status_code == 202
    [row] = rows(engine)
    assert response.get_json() == {"id": row["id"]}
    assert (row["phone_number"], row["content"], row["direction"], row["status"]) == (
        "+14155550101",
        "hi there",
        "inbound",
        "unread",
    )
    assert (datetime.fromisoformat(row["timestamp"]), row["modem_index"]) == (NOW, "7")
    assert datetime.fromisoformat(row["modem_timestamp"]) == NOW - timedelta(seconds=2)
    assert len(row["message_hash"]) == 64
    [job] = rows(engine, "motabot.procrastinate_jobs")
    assert (job["lock"], job["args"]) == ("+14155550101", {"phone": "+14155550101"})


def test_an_address_that_asks_too_often_waits_and_each_request_counts_once(
    settings: Settings, webhook_secret: str
) -> None:
    service = Service(settings.model_copy(update={"requests_per_minute": 3, "trusted_proxies": 1}))
    client = create_app(service).test_client()

    def statuses(address: str) -> list[int]:
        made = [
            client.post(
                "/sms/inbound",
                data=raw,
                headers={**signed_headers(secret, raw), "x-forwarded-for": address},
            )
            for secret, raw in (
                (new_webhook_secret(), b"{}"),
                (webhook_secret, b"{}"),
                (webhook_secret, json.dumps(BODY).encode()),
                (webhook_secret, json.dumps(BODY).encode()),
            )
        ]
        assert 1 <= int(made[-1].headers["Retry-After"]) <= 60
        return [each.status_code for each in made]

    assert statuses("198.51.100.1") == [401, 422, 202, 429]
    assert statuses("198.51.100.2") == [401, 422, 200, 429]
    service.close()


def test_a_redelivery_gets_the_first_rows_id_and_writes_nothing(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    first = post_text(client, webhook_secret, BODY)
    again = post_text(client, webhook_secret, {**BODY, "received_at": "2026-03-01T10:00:00Z"})
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.get_json() == again.get_json()
    assert len(rows(engine)) == len(rows(engine, "motabot.procrastinate_jobs")) == 1


def test_two_identical_requests_at_the_same_moment_make_one_row(
    service: Service, engine: Engine, webhook_secret: str
) -> None:
    app = create_app(service)
    for attempt in range(10):
        body = {**BODY, "message_id": f"twin-{attempt}"}
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _, b=body: post_text(app.test_client(), webhook_secret, b), range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 202]
        assert len({answer.get_json()["id"] for answer in answers}) == 1
    assert len(rows(engine)) == len(rows(engine, "motabot.procrastinate_jobs")) == 10


@pytest.mark.parametrize("spoils", [False, True])
def test_texts_that_come_together_are_recorded_in_one_transaction_and_each_gets_its_own_answer(
    service: Service, engine: Engine, webhook_secret: str, monkeypatch: pytest.MonkeyPatch, spoils: bool
) -> None:
    monkeypatch.setattr(group_commit, "_PATIENCE", 30)
    app = create_app(service)
    texts = [
        {**BODY, "sender": f"+1415555{9000 - n:04d}", "text": f"hi {n}", "message_id": f"g-{n}"} for n in range(6)
    ]
    texts[4] |= {"sender": texts[3]["sender"]}  # two of one phone keep their order
    texts[5] = texts[2]  # the same text once more
    if spoils:
        with engine.begin() as connection:
            connection.exec_driver_sql("alter table public.messages add check (content <> 'hi 1')")

    def post(text: dict[str, str]) -> int:
        return post_text(app.test_client(), webhook_secret, text).status_code

    with ThreadPoolExecutor(8) as pool:
        with engine.connect() as holding, holding.begin():
            holding.exec_driver_sql("lock table public.messages in share mode")
            made = [pool.submit(post, {**BODY, "text": "the first", "message_id": "g-first"})]
            wait_until(lambda: service.inbox._record_plain._leader is not None)
            for number, each in enumerate(texts):
                made.append(pool.submit(post, each))
                wait_until(lambda n=number: len(service.inbox._record_plain._queue) == n + 1)  # type: ignore[misc]
        answers = [each.result(30) for each in made]
    assert sorted(answers) == [200, *[202] * 6]
    with engine.connect() as connection:
        found = connection.execute(
            text("select xmin::text, phone_number, content from public.messages order by id")
        ).all()
    contents = [row.content for row in found]
    assert sorted(contents) == sorted(
        ["the first", "hi 0", "hi 1" if not spoils else _ELSEWHERE, "hi 2", "hi 3", "hi 4"]
    )
    assert len({row.xmin for row in found}) == (2 if not spoils else 6)
    if not spoils:
        assert contents.index("hi 3") < contents.index("hi 4")
    assert len(rows(engine, "motabot.procrastinate_jobs")) == 6


def test_the_same_id_with_other_words_is_a_conflict(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    post_text(client, webhook_secret, BODY)
    response = post_text(client, webhook_secret, {**BODY, "text": "something else"})
    assert response.status_code == 409
    assert len(rows(engine)) == 1


def test_without_an_id_the_modems_marks_tell_a_redelivery_from_an_honest_repeat(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    said = {"sender": "+14155550101", "text": "ok", "modem_timestamp": "2026-03-01T10:00:00Z"}
    assert post_text(client, webhook_secret, said).status_code == 202
    assert post_text(client, webhook_secret, said).status_code == 200
    assert (
        post_text(client, webhook_secret, {**said, "modem_timestamp": "2026-03-01T10:00:09Z"}).status_code == 202
    )


def test_without_id_and_marks_the_deliverys_own_id_counts(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    said = {"sender": "+14155550101", "text": "ok"}
    assert post_text(client, webhook_secret, said, webhook_id="d1").status_code == 202
    assert post_text(client, webhook_secret, said, webhook_id="d1").status_code == 200
    assert post_text(client, webhook_secret, said, webhook_id="d2").status_code == 202


@pytest.mark.parametrize("sender", ["72345", "MOTA", "911", "5550101", "+1", "☎" * 10])
def test_who_cannot_be_replied_to_is_recorded_and_never_answered(
    client: FlaskClient, engine: Engine, webhook_secret: str, sender: str
) -> None:
    assert post_text(client, webhook_secret, {**BODY, "sender": sender}).status_code == 202
    assert [row["phone_number"] for row in rows(engine)] == [sender]
    assert [row["reason"] for row in rows(engine, "motabot.answered")] == ["no number to reply to"]
    assert rows(engine, "motabot.procrastinate_jobs") == []


def test_a_database_that_came_back_is_used_again_without_losing_the_text(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    post_text(client, webhook_secret, BODY)
    with engine.connect() as connection:
        connection.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            )
        )
    assert post_text(client, webhook_secret, {**BODY, "message_id": "m-2"}).status_code == 202
    assert len(rows(engine)) == 2


def test_none_of_the_connections_that_were_lost_together_costs_another_text(
    client: FlaskClient, service: Service, engine: Engine, webhook_secret: str
) -> None:
    several = [service.engine.connect() for _ in range(4)]
    for connection in several:
        connection.close()
    with engine.connect() as connection:
        connection.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            )
        )
    for number in range(6):
        assert post_text(client, webhook_secret, {**BODY, "message_id": f"m-{number}"}).status_code == 202


@pytest.mark.parametrize("words", ["do you have gummies?", "STOP"])
def test_a_text_comes_in_through_a_transaction_pooler(
    settings: Settings, engine: Engine, webhook_secret: str, words: str
) -> None:
    behind = Service(settings.model_copy(update={"database_pooler": "transaction"}))
    client = create_app(behind).test_client()
    assert post_text(client, webhook_secret, {**BODY, "text": words}).status_code == 202
    assert rows(engine)[0]["content"] == words
    behind.close()


def test_a_database_that_refuses_the_text_is_told_apart_from_a_bad_request(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("alter table public.messages add check (direction <> 'inbound')")
    response = post_text(client, webhook_secret, {**BODY, "text": "the one"})
    assert response.status_code == 503
    with engine.begin() as connection:
        connection.exec_driver_sql("alter table public.messages drop constraint messages_direction_check")
    assert post_text(client, webhook_secret, {**BODY, "text": "the one"}).status_code == 202


def test_texts_reach_a_table_that_makes_no_ids(
    client: FlaskClient, engine: Engine, settings: Any, webhook_secret: str
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("alter table public.messages alter id drop identity")
    plain = Service(settings)
    client = create_app(plain).test_client()
    ids = [post_text(client, webhook_secret, {**BODY, "message_id": f"n{n}"}).get_json()["id"] for n in range(3)]
    assert ids == [1, 2, 3]
    plain.close()
