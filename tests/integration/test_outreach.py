"""What the shop starts itself: by day, to who may be texted, and taken back when the day is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.cli.main import main
from motabot.errors import OutreachRefused
from motabot.sms.claim import Claims
from motabot.testing import post_text

ANA = "+14155550101"
NOON = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)  # in Los Angeles
NIGHT = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)  # ten in the evening there


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def schedule(service: Service, words: str = "Your order is ready.", at: datetime = NOON) -> datetime:
    with service.engine.begin() as connection:
        return service.outreach.schedule(connection, ANA, words, by="kim", at=at)[1]


MESSAGES = "select content, status from public.messages where direction = 'outbound' order by id"


def test_a_text_waits_for_day_and_then_goes_out(service: Service, engine: Engine) -> None:
    due = schedule(service, at=NIGHT)
    assert due == datetime(2026, 3, 3, 17, 0, tzinfo=UTC)  # nine in the morning
    assert service.outreach.run(due - timedelta(seconds=1)) == 0
    assert rows(engine, MESSAGES) == []
    assert service.outreach.run(due) == 1
    assert service.outreach.run(due) == 0
    assert rows(engine, MESSAGES) == [("Your order is ready.", "queued")]
    assert rows(engine, "select actor, action from motabot.audit") == [("kim", "text.schedule")]
    assert rows(engine, "select kind, not_after from motabot.deliveries") == [
        ("outreach", datetime(2026, 3, 4, 4, 0, tzinfo=UTC))
    ]


def test_a_worker_that_comes_late_waits_for_the_next_day(service: Service, engine: Engine) -> None:
    schedule(service)
    service.outreach.run(NIGHT)
    assert rows(engine, MESSAGES) == []
    assert rows(engine, "select due_at from motabot.scheduled") == [(datetime(2026, 3, 3, 17, tzinfo=UTC),)]


def test_the_address_counts_as_well_as_the_number(service: Service, engine: Engine) -> None:
    run(
        engine,
        f"insert into public.customers (member_id, name, phone, state) values ('M1', 'Ana', '{ANA}', 'NY')",
    )
    evening_there = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)  # half past five in Los Angeles
    assert schedule(service, at=evening_there) == datetime(2026, 3, 3, 17, 0, tzinfo=UTC)


def test_a_text_that_nobody_sent_by_day_is_taken_back_and_waits(service: Service, engine: Engine) -> None:
    schedule(service)
    service.outreach.run(NOON)
    assert rows(engine, MESSAGES) == [("Your order is ready.", "queued")]
    service.outreach.run(NIGHT)
    assert rows(engine, MESSAGES) == [("Your order is ready.", "failed")]
    service.outreach.run(datetime(2026, 3, 3, 18, 0, tzinfo=UTC))
    assert rows(engine, MESSAGES) == [("Your order is ready.", "failed"), ("Your order is ready.", "queued")]


def test_a_late_text_is_not_handed_out_even_before_it_is_taken_back(service: Service, engine: Engine) -> None:
    claims = Claims(engine, service.settings.model_copy(update={"outbox_mode": "claim"}))
    schedule(service)
    service.outreach.run(NOON)  # long ago, so that its day is over by now
    assert claims.claim().messages == ()


def test_a_number_that_opted_out_is_refused_and_one_that_does_so_meanwhile_is_dropped(
    service: Service, engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    due = schedule(service)
    post_text(client, webhook_secret, {"sender": ANA, "text": "STOP"})
    service.outreach.run(due)
    assert rows(engine, "select dropped from motabot.scheduled") == [("the number opted out",)]
    assert len(rows(engine, MESSAGES)) == 1  # the confirmation
    with pytest.raises(OutreachRefused, match="opted out"):
        schedule(service)


@pytest.mark.parametrize(("words", "said"), [("  ", "0 segments"), ("x" * 2_000, "must have 1 to 3")])
def test_words_that_cannot_be_sent_are_refused(service: Service, words: str, said: str) -> None:
    with pytest.raises(OutreachRefused, match=said):
        schedule(service, words)


def test_typographic_forms_are_made_plain(service: Service, engine: Engine) -> None:
    schedule(service, "It\u2019s ready \u2014 come by")
    assert rows(engine, "select content from motabot.scheduled") == [("It's ready - come by",)]


def test_the_command(service: Service, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert service.settings.database_url is not None
    monkeypatch.setenv("MOTABOT_DATABASE_URL", service.settings.database_url.get_secret_value())
    monkeypatch.setenv("MOTABOT_DATA_DIR", str(service.settings.data_dir))

    def say(*words: str) -> str:
        return CliRunner().invoke(main, words).output

    assert "Monday, March 1, 2027 at 10:00 (PST)" in say(
        "send", ANA, "Your order is ready.", "--at", "2027-03-01T10:00"
    )
    assert "Monday, March 1, 2027 at 09:00 (PST)" in say(
        "send", ANA, "Your order is ready.", "--at", "2027-03-01T03:00"
    )
    assert "is not a time" in say("send", ANA, "Hi", "--at", "noon")
    assert "is not a valid phone number" in say("send", "Ana", "Hi")
    assert "2020-03-01 10:00 is in the past" in say("send", ANA, "Hi", "--at", "2020-03-01T10:00")
    assert rows(engine, "select count(*) from motabot.scheduled") == [(2,)]
