"""The webhook: signed texts come in once, everything else is refused in words and leaves nothing."""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from standardwebhooks import Webhook

from motabot.app import Service, create_app
from motabot.cli.main import main
from motabot.db.engine import Statement, in_one_round_trip, make_engine
from motabot.errors import SettingsError
from motabot.gateways.native import NativeGateway
from motabot.secret import kept, new_webhook_secret
from motabot.settings import Settings, load_settings
from motabot.testing import post_text, signed_headers

NOW = datetime.now(UTC)
BODY = {"sender": "+14155550101", "text": "hi there", "message_id": "m-1"}


def rows(engine: Engine, table: str = "public.messages") -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return list(connection.execute(text(f"select to_jsonb(t) from {table} t")).scalars())


def nothing_was_written(engine: Engine) -> bool:
    tables = (
        "public.messages",
        "motabot.receipts",
        "motabot.phones",
        "motabot.procrastinate_jobs",
        "motabot.answered",
    )
    return not any(rows(engine, table) for table in tables)


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


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("", ""),
        ("nul \x00 inside", "nul \ufffd inside"),
        ("half a pair \ud83d", "half a pair \ufffd"),
        ("🌿🔥👩‍👩‍👧", "🌿🔥👩‍👩‍👧"),
        ("long " * 7_000, "long " * 7_000),
        ("'; drop table messages; -- %s {x}", "'; drop table messages; -- %s {x}"),
    ],
)
def test_any_words_are_recorded_as_far_as_a_database_can_hold_them(
    client: FlaskClient, engine: Engine, webhook_secret: str, words: str, kept: str
) -> None:
    assert post_text(client, webhook_secret, {**BODY, "text": words}).status_code == 202
    assert [row["content"] for row in rows(engine)] == [kept]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"sender": "+14155550101"}, "text"),
        ({"text": "hi"}, "sender"),
        ({**BODY, "sender": 14155550101}, "sender"),
        ({**BODY, "sender": "   "}, "sender"),
        ({**BODY, "sender": "5" * 65}, "sender"),
        ({**BODY, "text": None}, "text"),
        ({**BODY, "text": ["hi"]}, "text"),
        ({**BODY, "text": "x" * 40_000}, "text"),
        ({**BODY, "received_at": "yesterday"}, "received_at"),
        ({**BODY, "received_at": "2026-03-01T10:00:00"}, "received_at"),
        ({**BODY, "received_at": "99999-01-01T00:00:00Z"}, "received_at"),
        ({**BODY, "received_at": "0001-01-01T00:00:00Z"}, "received_at"),
        ({**BODY, "received_at": "9999-12-31T23:59:59Z"}, "received_at"),
        ({**BODY, "modem_timestamp": "0001-01-01T00:00:00Z"}, "modem_timestamp"),
        ({**BODY, "message_id": ""}, "message_id"),
        ({**BODY, "message_id": "x" * 256}, "message_id"),
        ({**BODY, "modem_timestamp": 12}, "modem_timestamp"),
        ({**BODY, "colour": "green"}, "colour"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(
    client: FlaskClient, engine: Engine, webhook_secret: str, body: dict[str, Any], field: str
) -> None:
    response = post_text(client, webhook_secret, body)
    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    assert list(response.get_json()["fields"]) == [field]
    assert nothing_was_written(engine)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"text"', b"null", b"[" * 60_000, b'{"sender": NaN}'])
def test_what_is_no_json_object_is_malformed(
    client: FlaskClient, engine: Engine, webhook_secret: str, raw: bytes
) -> None:
    response = post_text(client, webhook_secret, raw)
    assert response.status_code in (400, 422)
    assert response.content_type == "application/problem+json"
    assert nothing_was_written(engine)


def test_times_at_the_edge_of_the_calendar_do_not_break_it(client: FlaskClient, webhook_secret: str) -> None:
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        response = post_text(client, webhook_secret, {**BODY, "received_at": moment})
        assert response.status_code == 422
        assert "received_at" in response.get_json()["fields"]


def test_a_huge_body_is_refused_before_it_is_read(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    response = post_text(client, webhook_secret, {**BODY, "text": "x" * 100_000})
    assert response.status_code == 413
    assert nothing_was_written(engine)


def tampered(webhook_secret: str) -> list[tuple[str, bytes, dict[str, str]]]:
    raw = json.dumps(BODY).encode()
    good = signed_headers(webhook_secret, raw)
    other = "whsec_" + base64.b64encode(b"x" * 32).decode()
    stale = datetime.now(UTC) - timedelta(minutes=6)
    early = datetime.now(UTC) + timedelta(minutes=6)
    return [
        ("no headers", raw, {}),
        ("another secret", raw, signed_headers(other, raw)),
        ("another body", raw + b" ", good),
        ("another id", raw, {**good, "webhook-id": "other"}),
        ("stale", raw, signed_headers(webhook_secret, raw, at=stale)),
        ("from the future", raw, signed_headers(webhook_secret, raw, at=early)),
        ("time is no number", raw, {**good, "webhook-timestamp": "now"}),
        ("time is infinite", raw, {**good, "webhook-timestamp": "inf"}),
        ("truncated", raw, {**good, "webhook-signature": good["webhook-signature"][:-4]}),
        ("no base64", raw, {**good, "webhook-signature": "v1,%%%"}),
        ("no comma", raw, {**good, "webhook-signature": "v1"}),
        ("another version", raw, {**good, "webhook-signature": good["webhook-signature"].replace("v1", "v2")}),
        ("not UTF-8", b"\xff\xfe", good),
    ]


def test_what_is_not_signed_by_us_now_is_unauthorized_and_leaves_nothing(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    for name, raw, headers in tampered(webhook_secret):
        response = client.post("/sms/inbound", data=raw, headers=headers)
        assert (name, response.status_code) == (name, 401)
        assert response.content_type == "application/problem+json"
    assert nothing_was_written(engine)


def test_the_signature_is_the_standards_own_vector() -> None:
    webhook = Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    signed = webhook.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_any_of_several_secrets_is_accepted_while_one_is_rotated(service: Service, webhook_secret: str) -> None:
    old = "whsec_" + base64.b64encode(b"o" * 32).decode()
    settings = service.settings.model_copy(update={"webhook_secrets": (*service.settings.webhook_secrets, old)})
    rotating = Service(
        settings.model_validate({**settings.model_dump(), "webhook_secrets": (webhook_secret, old)})
    )
    client = create_app(rotating).test_client()
    assert post_text(client, old, BODY).status_code == 202
    assert post_text(client, webhook_secret, {**BODY, "message_id": "m-2"}).status_code == 202
    rotating.close()


def test_another_path_and_another_method_are_problems_too(client: FlaskClient) -> None:
    for response, status in ((client.get("/nowhere"), 404), (client.get("/sms/inbound"), 405)):
        assert response.status_code == status
        assert response.get_json()["status"] == status


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


def test_health_and_readiness_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert b"motabot_texts_open 0.0" in client.get("/metrics").data


def test_without_a_database_a_statement_fails_as_one_that_may_be_sent_again() -> None:
    engine = make_engine("postgresql://nobody@127.0.0.1:1/none", load_settings())
    with pytest.raises(DBAPIError) as raised:
        in_one_round_trip(engine, Statement("select 1"), {})
    assert raised.value.connection_invalidated  # which the webhook answers with 503


@pytest.mark.parametrize(
    "secret", ["whsec_", "whsec_!!!!", "abc", "whsec_abc", "my shop password", "whsec_c2hvcnQ="]
)
def test_what_is_no_secret_is_refused_by_name(secret: str) -> None:
    with pytest.raises(SettingsError, match="MOTABOT_WEBHOOK_SECRETS"):
        NativeGateway([secret], 1_000)


def test_wrong_places_are_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="MOTABOT_DATABASE_URL"):
        make_engine("postgresql://user:pass@localhost:abc/shop", load_settings())
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(SettingsError, match="MOTABOT_DATA_DIR"):
        kept(file / "secret", lambda: "x")


@pytest.mark.parametrize("command", ["serve", "up"])
@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MOTABOT_SHOP_FILE", "/nowhere.toml", "MOTABOT_SHOP_FILE: cannot read"),
        ("MOTABOT_WEBHOOK_SECRETS", "whsec_", "MOTABOT_WEBHOOK_SECRETS: each must be"),
        (
            "MOTABOT_DATABASE_URL",
            "postgresql://a:b@127.0.0.1:1/x",
            "MOTABOT_DATABASE_URL: the database does not answer",
        ),
    ],
)
def test_what_is_wrong_is_said_once_before_anything_is_started(
    command: str, name: str, value: str, says: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.database_url is not None
    monkeypatch.setenv("MOTABOT_DATABASE_URL", settings.database_url.get_secret_value())
    monkeypatch.setenv("MOTABOT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("MOTABOT_DATABASE_WAIT_SECONDS", "0.2")
    monkeypatch.setenv(name, value)
    answer = CliRunner().invoke(main, [command])
    assert (answer.exit_code, says in answer.output) == (1, True), answer.output
