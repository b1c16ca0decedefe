"""Rules of the shop's tables that exclude what MotaBot writes: they are named with their cure, and cost no text."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from motabot.app import Service, create_app
from motabot.customers import privacy
from motabot.db import init, readiness, trial
from motabot.errors import DatabaseNotReady, RuledOut
from motabot.maintenance.refresh import refresh
from motabot.settings import Settings
from motabot.testing import post_text
from tests.support.foreign import ForeignServer
from tests.support.servers import settings_of
from tests.support.shops import picture

ANA = "+14155550101"
#: As a person does it who changes a column that MotaBot's views show.
VIEWS_AWAY = "drop schema motabot_customer, reporting cascade;"
DATA = """
insert into public.products (product_id, sku, name) values ('P1', 'S1', 'Blue Dream');
insert into public.customers (member_id, name, phone, vip_status) values ('M1', 'Ana Ruiz', '(415) 555-0101', 'New');
insert into public.transactions (transaction_id, customer_id, date, total_amount, staff_name)
    select 'T' || n, 'M1', now() - n * interval '3 days', 35, 'KIM' from generate_series(1, 3) n;
insert into public.transaction_items (transaction_id, product_sku, quantity, total_price) values ('T1', 'S1', 1, 35);
insert into public.leads (phone_number, lead_status, conversation_stage) values ('+14155550155', 'new', 'greeting');
"""
RAISE = (
    "create function public.refuse() returns trigger language plpgsql as"
    " $$ begin raise exception 'only the till may write here'; end $$;"
    "create trigger guard before {event} on public.{table} for each row execute function public.refuse()"
)


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement.replace("%", "%%"))


@pytest.fixture
def stocked(engine: Engine) -> Engine:
    run(engine, DATA)
    return engine


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            "alter table public.messages add column sim text; update public.messages set sim = 'x';"
            "alter table public.messages alter sim set not null",
            r'messages refuses an inbound text: .* "sim" .*alter column "sim" set default',
        ),
        (
            "alter table public.messages add constraint vocabulary check (status in ('sent', 'queued', 'unread'))",
            r"messages refuses the status read of an inbound text: .*let the rule vocabulary allow it",
        ),
        (
                        VIEWS_AWAY + "create type public.stand as enum ('new', 'lost');"
            "alter table public.leads alter lead_status type public.stand using lead_status::public.stand",
            r'leads refuses lead_status contacted: .*"contacted".*alter type',
        ),
        (
            VIEWS_AWAY + "alter table public.messages alter status type varchar(5)",
            r"messages refuses an inbound text: value too long .*make the column larger",
        ),
        (
            "create table public.contacts (phone text primary key);"
            "alter table public.messages add constraint known foreign key (phone_number) references public.contacts",
            r"messages refuses an inbound text: .*drop the foreign key known",
        ),
        (
            "alter table public.messages add constraint whole check (phone_number ~ '^[0-9]+$')",
            r"messages refuses an inbound text: .*rule whole",
        ),
        (
            RAISE.format(event="insert", table="messages"),
            r"messages refuses an inbound text: only the till may write here .*refuse\(\).*let MotaBot's login",
        ),
        (
            RAISE.format(event="delete", table="messages"),
            r"messages refuses the deletion of a text \(privacy erase\)",
        ),
        (
            "alter table public.leads add constraint stages check (conversation_stage in ('greeting', 'closed'))",
            r"leads refuses conversation_stage discovery: .*rule stages",
        ),
        ("alter table public.leads add column owner int; alter table public.leads add check (owner > 0) not valid; update public.leads set owner = 1; alter table public.leads alter owner set not null", r"leads refuses a new lead"),
        (
            VIEWS_AWAY + "create type public.tier as enum ('New', 'VIP');"
            "alter table public.customers alter vip_status type public.tier using vip_status::public.tier",
            r"customers refuses vip_status Casual \(refresh\): .*alter type",
        ),
        (
            "alter table public.customers add constraint reachable check (phone is not null)",
            r"customers refuses a customer without a person's data \(privacy erase\): .*rule reachable",
        ),
        (
            "alter table public.customer_visit_patterns add check (total_visits > 1)",
            r"customer_visit_patterns refuses the pattern of a customer with one visit",
        ),
        (
            "alter table public.customer_visit_patterns alter predicted_next_visit set not null",
            r"refuses the pattern of a customer with one visit .*\"predicted_next_visit\"",
        ),
        (
            "create function public.hold() returns trigger language plpgsql as"
            " $$ begin if new.direction = 'outbound' then new.status = 'failed'; end if; return new; end $$;"
            "create trigger hold before insert on public.messages for each row execute function public.hold()",
            r"messages does not keep a reply that is queued: a trigger or rule drops or changes it",
        ),
        (
            "create function public.brief() returns trigger language plpgsql as"
            " $$ begin if length(new.content) > 480 then raise exception 'too long'; end if; return new; end $$;"
            "create trigger brief before insert on public.messages for each row execute function public.brief()",
            r"messages refuses a text of 1,600 characters: too long .*brief\(\)",
        ),
        (
            "create unique index words_uq on public.messages (phone_number, content)",
            r"messages refuses the same words a second time: .*drop the unique index words_uq",
        ),
        (
            "create rule keep as on delete to public.leads do instead nothing",
            r"leads does not keep the deletion of a lead \(privacy erase\)",
        ),
        (
            "create function public.lost() returns trigger language plpgsql as"
            " $$ begin perform from public.of_an_older_shop; return new; end $$;"
            "create trigger lost before insert on public.leads for each row execute function public.lost()",
            r'leads refuses a new lead: .*"public.of_an_older_shop" does not exist',
        ),
        (
            "alter table public.leads add column tenant int; update public.leads set tenant = 1;"
            "alter table public.leads alter tenant set default current_setting('shop.tenant')::int",
            r'leads refuses a new lead: .*"shop.tenant"',
        ),
        (
            "alter table public.transactions replica identity nothing;"
            "create publication everything for table public.transactions",
            r"transactions refuses the deletion of a copy .*: alter table public.transactions replica identity full",
        ),
        (RAISE.format(event="insert", table="staff"), r"staff refuses a seller who is not in the table yet"),
    ],
)  # fmt: skip
def test_a_rule_that_refuses_a_write_is_named_with_its_cure_and_the_trial_leaves_nothing(
    stocked: Engine, rule: str, said: str
) -> None:
    run(stocked, rule)
    before = picture(stocked)
    problems = trial.refused_writes(stocked)
    assert len(problems) == 1, problems
    assert re.search(said, problems[0]), problems[0]
    assert picture(stocked) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "create rule copy as on insert to public.messages do also notify texts",
            r"rule copy on public.messages .*put a trigger in its place: drop rule copy on public.messages$",
        ),
        (
            "alter table public.messages alter id set cache 20",
            r"in blocks.*: alter sequence public.messages_id_seq cache 1",
        ),
        (
            "alter sequence public.messages_id_seq cycle",
            r"a newer text a smaller id.*: alter sequence .* no cycle",
        ),
    ],
)
def test_what_the_catalog_shows_to_be_in_the_way_is_named_with_its_cure(
    stocked: Engine, change: str, said: str
) -> None:
    assert readiness.find_problems_of_shop(stocked) == []
    run(stocked, change)
    (problem,) = readiness.find_problems_of_shop(stocked)
    assert re.search(said, problem), problem


def test_a_lead_that_cannot_be_written_costs_no_reply(
    stocked: Engine, service: Service, client: FlaskClient, webhook_secret: str
) -> None:
    run(stocked, RAISE.format(event="insert or update", table="leads"))
    body = {"sender": "+14155550188", "text": "when do you open?", "message_id": "m1"}
    assert post_text(client, webhook_secret, body).status_code == 202
    service.turns.run("+14155550188")
    with stocked.connect() as connection:
        replies = connection.exec_driver_sql(
            "select count(*) from public.messages where status = 'queued'"
        ).scalar()
    assert replies == 1


def test_a_refresh_that_cannot_write_says_which_rule_and_changes_nothing(
    stocked: Engine, settings: Settings
) -> None:
    run(stocked, "alter table public.customers add constraint tiers check (vip_status in ('New', 'Gold'))")
    before = picture(stocked)
    with pytest.raises(RuledOut, match=r"nothing was changed: .*table customers, rule tiers"):
        refresh(stocked, settings=settings, actor="test")
    assert picture(stocked) == before


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("alter table public.customers add constraint named check (name is not null)", "rule named"),
        (RAISE.format(event="delete", table="leads"), "only the till may write here"),
        ("create rule keep as on delete to public.leads do instead nothing", r"keeps 1 row\(s\) of this number"),
    ],
)
def test_an_erasure_that_a_rule_stops_says_so_and_erases_nothing(stocked: Engine, rule: str, said: str) -> None:
    run(
        stocked,
        f"insert into public.leads (phone_number, lead_status, conversation_stage) values ('{ANA}', 'new', 'x')",
    )
    run(stocked, rule)
    before = picture(stocked)
    with (
        contextlib.suppress(RuntimeError),
        pytest.raises(privacy.EraseRefused, match=said),
        stocked.begin() as connection,
    ):
        privacy.erase(connection, ANA, "test")
    assert picture(stocked) == before


def test_columns_that_must_have_a_value_are_erased_too(stocked: Engine) -> None:
    run(
        stocked,
        VIEWS_AWAY + "alter table public.customers alter name set not null, alter phone set not null;"
        "alter table public.customers alter phone type varchar(16), add unique (phone)",
    )
    assert trial.refused_writes(stocked) == []
    with stocked.begin() as connection:
        assert privacy.erase(connection, ANA, "test")["public.customers"] == 1
        row = connection.exec_driver_sql("select name, phone from public.customers").one()
    assert tuple(row) == ("erased M1", "erased M1")


def test_row_level_security_that_is_switched_on_later_stops_turns_until_it_is_mended(
    embedded_harbor: ForeignServer, tmp_path: Path
) -> None:
    url = embedded_harbor.shop()
    settings = settings_of(url, tmp_path)
    with contextlib.closing(Service(settings)) as service:
        init.prepare(service.engine)
        client = create_app(service).test_client()
        whsec = settings.webhook_secrets[0].get_secret_value()
        body = {"sender": ANA, "text": "how many points do I have?", "message_id": "m1"}
        assert post_text(client, whsec, body).status_code == 202
        run(service.engine, "alter table public.customer_visit_patterns enable row level security")
        run(service.engine, "alter table public.customer_visit_patterns force row level security")
        with pytest.raises(DatabaseNotReady, match=r"customer_visit_patterns hides rows .* run `motabot db init`"):
            service.turns.run(ANA)
        assert init.prepare(service.engine).problems == []
        service.turns.run(ANA)
        with service.engine.connect() as connection:
            reply = connection.exec_driver_sql(
                "select content from public.messages order by id desc limit 1"
            ).scalar()
    assert "10 points" in str(reply)
    embedded_harbor.server.drop(url)
