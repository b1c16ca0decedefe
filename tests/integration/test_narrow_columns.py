"""Columns of the shop's that hold less than MotaBot writes: no text is lost, and each is named before the first one."""

from __future__ import annotations

import contextlib
import re

import pytest
from sqlalchemy import Engine

from motabot.app import Service, create_app
from motabot.customers import privacy
from motabot.db import init, trial
from motabot.db.plan import make_plan
from motabot.db.widths import width
from motabot.settings import Settings
from motabot.sms.sweep import sweep
from motabot.staff import accounts
from motabot.testing import post_text
from tests.integration.test_console import sign_in
from tests.integration.test_refused_writes import VIEWS_AWAY, run

ANA = "+14155550101"
#: A question whose point, and an opt-out whose verb, come after the 160th character.
LONG = "Hi there, it is me again from last week. " * 6 + "What are your hours on Sunday?"
LONG_STOP = "I have asked you people so many times already and I do not know why. " * 3 + "Please stop texting me."
NARROW = {
    "varchar": "alter table public.messages alter content type varchar(160)",
    "char": "alter table public.messages alter content type char(160)",
    "a domain": "create domain public.sms as varchar(160); alter table public.messages alter content type public.sms",
    "a rule": "alter table public.messages add constraint short check (char_length(content) between 1 and 160)",
    "a domain's rule": (
        "create domain public.sms as text check (length(value) <= 160);"
        "alter table public.messages alter content type public.sms"
    ),
}
TRIGGER = (
    "create function public.short() returns trigger language plpgsql as"
    " $$ begin if length(new.content) > 100 then raise exception 'too long for us'; end if; return new; end $$;"
    "create trigger short before insert on public.messages for each row execute function public.short()"
)


def admin(engine: Engine) -> str:
    with engine.begin() as connection:
        return accounts.add(connection, "Kim", "admin", by="test")


def contents(engine: Engine, direction: str) -> list[str]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            f"select content::text from public.messages where direction = '{direction}' order by id"
        )
        return list(rows.scalars())


@pytest.mark.parametrize("kind", NARROW)
def test_the_width_of_a_column_is_read_from_the_catalog(engine: Engine, kind: str) -> None:
    run(engine, VIEWS_AWAY + NARROW[kind])
    with engine.connect() as connection:
        assert width(connection, "messages", "content") == 160
        assert width(connection, "messages", "phone_number") is None
        notes = make_plan(connection).notes
    assert any("content holds 160 characters" in note for note in notes)
    assert trial.refused_writes(engine) == []


@pytest.mark.parametrize("kind", ["varchar", "a rule"])
def test_a_text_longer_than_the_column_is_kept_whole_and_answered(
    engine: Engine, settings: Settings, kind: str
) -> None:
    run(engine, VIEWS_AWAY + NARROW[kind])
    assert init.prepare(engine).problems == []
    whsec = settings.webhook_secrets[0].get_secret_value()
    with contextlib.closing(Service(settings)) as service:
        client = create_app(service).test_client()
        body = {"sender": ANA, "text": LONG, "message_id": "m1", "modem_index": "1" * 40}
        assert post_text(client, whsec, body).status_code == 202
        assert post_text(client, whsec, body).status_code == 200
        assert [
            len(each) <= 160 and each.endswith("(the rest is in MotaBot)") for each in contents(engine, "inbound")
        ] == [True]
        service.turns.run(ANA)
        replies = contents(engine, "outbound")
        assert any("hours" in reply for reply in replies), replies
        assert all(len(reply) <= 160 for reply in replies)
        run(engine, "update public.messages set status = 'sent' where direction = 'outbound'")
        assert post_text(client, whsec, {"sender": ANA, "text": "and on monday?"}).status_code == 202
        assert service.turns.run(ANA) is not None  # no piece of a long reply is taken for a colleague's
        sign_in(client, admin(engine))
        with client.get(f"/console/inbox/{ANA}") as page:
            assert "What are your hours on Sunday?" in page.get_data(as_text=True)
        assert post_text(client, whsec, {"sender": ANA, "text": LONG_STOP, "message_id": "m2"}).status_code == 202
        with engine.begin() as connection:
            stop = connection.exec_driver_sql("select consent from motabot.phones").scalar_one()
            assert stop == "out"
            assert LONG in str(privacy.export(connection, ANA)["motabot.long_texts"])
            privacy.erase(connection, ANA, "test")
            assert connection.exec_driver_sql("select count(*) from motabot.long_texts").scalar_one() == 0


def test_a_trigger_that_refuses_long_texts_costs_none(engine: Engine, settings: Settings) -> None:
    run(engine, TRIGGER)
    assert any("too long for us" in problem for problem in trial.refused_writes(engine))
    whsec = settings.webhook_secrets[0].get_secret_value()
    with contextlib.closing(Service(settings)) as service:
        client = create_app(service).test_client()
        assert post_text(client, whsec, {"sender": ANA, "text": LONG_STOP, "message_id": "m1"}).status_code == 202
        with engine.connect() as connection:
            assert connection.exec_driver_sql("select consent from motabot.phones").scalar_one() == "out"
            whole = connection.exec_driver_sql("select content from motabot.long_texts").scalar_one()
        assert whole == LONG_STOP


def test_a_reply_that_a_rule_refuses_is_left_to_staff_with_the_rules_name(
    engine: Engine, settings: Settings
) -> None:
    run(engine, "alter table public.messages add constraint in_only check (direction = 'inbound')")
    whsec = settings.webhook_secrets[0].get_secret_value()
    with contextlib.closing(Service(settings)) as service:
        client = create_app(service).test_client()
        for number, words in enumerate(("what are your hours?", "STOP")):
            body = {"sender": ANA, "text": words, "message_id": f"m{number}"}
            assert post_text(client, whsec, body).status_code == 202
            service.turns.run(ANA)
        run(
            engine,
            "insert into public.messages (phone_number, content, timestamp, status, direction)"
            " values ('+14155550102', 'STOP', now(), 'unread', 'inbound')",
        )
        sweep(engine, service.inbox, service.jobs, region="US")
    with engine.connect() as connection:
        summary = connection.exec_driver_sql("select summary from motabot.handoffs").scalar_one()
        closed = connection.exec_driver_sql("select count(*) from motabot.answered").scalar_one()
        out = connection.exec_driver_sql("select count(*) from motabot.phones where consent = 'out'").scalar_one()
    assert re.search(r"refuses the bot's reply.*in_only", summary)
    assert (closed, out) == (3, 2)


def test_a_table_that_takes_no_texts_is_named_to_the_layer_which_sends_them_again(
    engine: Engine, settings: Settings
) -> None:
    run(
        engine,
        "create function public.closed() returns trigger language plpgsql as"
        " $$ begin raise exception 'closed for the night'; end $$;"
        "create trigger closed before insert on public.messages for each row execute function public.closed()",
    )
    whsec = settings.webhook_secrets[0].get_secret_value()
    with contextlib.closing(Service(settings)) as service:
        client = create_app(service).test_client()
        answer = post_text(client, whsec, {"sender": ANA, "text": "hi", "message_id": "m1"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert re.search(r"closed for the night.*closed\(\).*motabot doctor", answer.get_json()["detail"])


def test_a_leads_rule_is_named_at_every_door_of_staff(engine: Engine, settings: Settings) -> None:
    run(
        engine,
        f"insert into public.leads (phone_number, lead_status, conversation_stage) values ('{ANA}', 'new', 'greeting');"
        "alter table public.leads add constraint only_new check (lead_status in ('new', 'contacted'));"
        "alter table public.leads add constraint no_forget check (conversion_probability is null)",
    )
    whsec = settings.webhook_secrets[0].get_secret_value()
    with contextlib.closing(Service(settings)) as service:
        client = create_app(service).test_client()
        token = admin(engine)
        csrf = sign_in(client, token)
        with client.post(f"/console/inbox/{ANA}/lead", data={"csrf": csrf, "status": "lost"}) as page:
            assert page.status_code == 409
            assert "only_new" in page.get_data(as_text=True)
        body = {"question": f"mark the lead {ANA} as lost"}
        with client.post("/chat", json=body, headers={"authorization": f"Bearer {token}"}) as answer:
            assert "only_new" in answer.get_data(as_text=True)
        with client.post(f"/console/inbox/{ANA}/unlink", data={"csrf": csrf}) as page:
            assert "no_forget" in page.get_data(as_text=True)
        text = {"sender": ANA, "text": "you have the wrong number, this is my phone now", "message_id": "m1"}
        assert post_text(client, whsec, text).status_code == 202
    with engine.connect() as connection:
        unlinked = connection.exec_driver_sql("select unlinked_at is not null from motabot.phones").scalar_one()
        told = connection.exec_driver_sql("select summary from motabot.handoffs").scalars().all()
    assert unlinked
    assert any("no_forget" in words for words in told)
