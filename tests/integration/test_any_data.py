"""The nine tables may contain whatever their types allow: no page, question, text or command breaks on it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import ARRAY, Boolean, Column, Date, DateTime, Engine, Integer, Numeric, Table, text
from sqlalchemy.types import BigInteger

from motabot.app import Service
from motabot.customers import privacy
from motabot.db.tables import crm
from motabot.errors import MotaBotError
from motabot.maintenance.computation import Unusable
from motabot.maintenance.duplicate import duplicate
from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import undo
from motabot.sms.sweep import sweep
from motabot.staff import accounts
from motabot.testing import post_text
from tests.integration.test_console import sign_in
from tests.support.machines import tries

ANA, BOB = "+14155550101", "(415) 555-0102"
NUMBERS: list[str | None] = [
    "NaN",
    "Infinity",
    "-Infinity",
    "0",
    "-0.01",
    "-45.95",
    "12.5",
    "1e25",
    "0.000000001",
    None,
]
INTEGERS: list[str | None] = ["0", "-5", "1", "3", "2147483647", "-2147483648", None]
DAYS: list[str | None] = [
    "infinity",
    "-infinity",
    "0001-01-01",
    "4713-01-01 BC",
    "9999-12-31",
    "5874897-12-31",
    "2026-01-05",
    None,
]
MOMENTS: list[str | None] = [
    "infinity",
    "-infinity",
    "0001-01-01 00:00Z",
    "4713-01-02 BC",
    "294276-12-31 23:59:59Z",
    "9999-12-31 23:59Z",
]
MOMENTS += ["2026-01-05 12:00Z", "2025-11-01 01:30Z"]
WORDS: list[str | None] = [
    "",
    " ",
    "Gelato",
    'O\'Neil "Bo" \\ %s {x} {{ y }}',
    "ANA RUIZ",
    "ünïcode \u200e🌿",
    "<script>alert(1)</script>",
]
WORDS += ["NaN", "null", "x" * 3_000, "a\nb\tc", "Flower", "Indica", "VIP", None]
LISTS: list[str | None] = ["{}", "{NULL}", '{""}', "{Relaxed,Sleepy}", "{{a,b},{c,d}}", '{"O\'Neil","\\\\"}', None]
#: Columns whose values say which row is meant; they are set below.
KEYS = {
    "id",
    "member_id",
    "customer_id",
    "transaction_id",
    "product_id",
    "product_sku",
    "sku",
    "phone",
    "phone_number",
}


def values(column: Column[Any]) -> st.SearchStrategy[str | None]:
    """Anything that a column may hold, as PostgreSQL reads it."""
    kind = column.type
    if isinstance(kind, ARRAY):
        pool = list(LISTS)
    elif isinstance(kind, Boolean):
        pool = ["true", "false", None]
    elif isinstance(kind, Integer | BigInteger):
        pool = list(INTEGERS)
    elif isinstance(kind, Numeric):
        pool = list(NUMBERS)
    elif isinstance(kind, DateTime):
        pool = [*MOMENTS, None]
    elif isinstance(kind, Date):
        pool = list(DAYS)
    else:
        pool = list(WORDS)
    return st.sampled_from([value for value in pool if value is not None or column.nullable])


def row(table: Table) -> st.SearchStrategy[dict[str, str | None]]:
    return st.fixed_dictionaries(
        {column.name: values(column) for column in table.columns if column.name not in KEYS}
    )


@dataclass
class Shop:
    """Rows by table."""

    rows: list[tuple[str, dict[str, str | None]]] = field(repr=False)


@st.composite
def shops(draw: st.DrawFn) -> Shop:
    def rows(table: str, *keys: Mapping[str, str | None]) -> list[tuple[str, dict[str, str | None]]]:
        return [(table, {**draw(row(crm.tables[f"public.{table}"])), **key}) for key in keys]

    skus: list[str | None] = ["S1", "", None]
    lines = [{"transaction_id": f"T{n}", "product_sku": sku} for n in (1, 2) for sku in [*skus, "GONE"]]
    return Shop(
        [
            *rows("products", *({"product_id": f"P{n}", "sku": sku} for n, sku in enumerate(skus))),
            *rows("customers", {"member_id": "M'1", "phone": ANA}, {"member_id": "M2", "phone": BOB}, {"member_id": "", "phone": ""}),
            *rows("transactions", *({"transaction_id": f"T{n}", "customer_id": "M'1" if n < 4 else "M2"} for n in range(6))),
            *rows("transaction_items", *lines),
            *rows("staff", {}, {}, {}),
            *rows("customer_visit_patterns", {"customer_id": "M'1"}),
            *rows("customer_product_affinity", {"customer_id": "M'1", "product_sku": "S1"}, {"customer_id": "M2", "product_sku": ""}),
            *rows("leads", {"phone_number": BOB, "customer_id": None}, {"phone_number": "+14155550155", "customer_id": "M'1"}),
            *rows("messages", {"phone_number": ANA}, {"phone_number": BOB}, {"phone_number": "call mom"}),
        ]
    )  # fmt: skip


def fill(engine: Engine, shop: Shop) -> None:
    with engine.begin() as connection:
        names = ", ".join(f"public.{table.name}" for table in crm.sorted_tables)
        connection.execute(text(f"truncate {names} restart identity cascade"))
        connection.execute(
            text(
                "truncate motabot.phones, motabot.answered, motabot.turns, motabot.receipts, motabot.handoffs,"
                " motabot.duplicates, motabot.deliveries, motabot.scheduled, motabot.consents, motabot.audit,"
                " motabot.refresh_state, motabot.procrastinate_jobs cascade"
            )
        )
        connection.execute(text("update motabot.meta set value = '0' where key in ('watermark', 'sweep_floor')"))
        for table in ("transaction_items", "customer_product_affinity"):
            connection.execute(
                text(f"alter table public.{table} drop constraint if exists {table}_product_sku_fkey")
            )
        for table, columns in shop.rows:
            types = {
                column.name: column.type.compile(engine.dialect)
                for column in crm.tables[f"public.{table}"].columns
            }
            names = ", ".join(f'"{name}"' for name in columns)
            places = ", ".join(f"cast(:{name} as {types[name]})" for name in columns)
            connection.execute(text(f"insert into public.{table} ({names}) values ({places})"), columns)


def strict(raw: str) -> Any:
    """JSON as every reader takes it: without NaN and Infinity."""

    def refuse(constant: str) -> Any:
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(raw, parse_constant=refuse)


@settings(
    max_examples=tries(4, soak=80),
    phases=(Phase.generate,),
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(shop=shops())
def test_every_door_opens_on_whatever_the_types_allow(
    shop: Shop, engine: Engine, service: Service, client: FlaskClient, webhook_secret: str
) -> None:
    fill(engine, shop)
    texts(engine, service, client, webhook_secret)
    staff(engine, client)
    upkeep(engine, service)


def texts(engine: Engine, service: Service, client: FlaskClient, webhook_secret: str) -> None:
    asked = [
        "how many points do I have?",
        "what did I buy last time?",
        "got anything for sleep under $40?",
        "when are you open?",
    ]
    for number, words in enumerate(asked):
        for sender in (ANA, "+14155550102", "+14155550188"):
            body = {"sender": sender, "text": words, "message_id": f"{sender}-{number}"}
            with post_text(client, webhook_secret, body) as recorded:
                assert recorded.status_code == 202
        for phone in (ANA, "+14155550102", "+14155550188"):
            service.turns.run(phone)
    sweep(engine, service.inbox, service.jobs, region="US")
    with engine.connect() as connection:
        open_texts, crashed = connection.execute(
            text(
                "select (select count(*) from public.messages m where m.direction = 'inbound' and m.content = any(:asked)"
                " and not exists (select from motabot.answered a where a.message_id = m.id)),"
                " (select count(*) from motabot.turns where cast(troubles as text) like '%crashed%')"
            ),
            {"asked": asked},
        ).one()
        replies = connection.execute(
            text(
                "select m.content from public.messages m join motabot.turns t on t.reply_id = m.id"
                " where t.outcome = 'answered'"
            )
        ).scalars()
        for reply in replies:
            assert not any(word in reply for word in ("Infinity", "infinity", "None", "$-", "$nan")), reply
    assert (open_texts, crashed) == (0, 0)


def staff(engine: Engine, client: FlaskClient) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "delete from motabot.chat_messages; delete from motabot.chats; delete from motabot.actions; delete from motabot.staff_tokens"
            )
        )
        token = accounts.add(connection, "Kim", "admin", by="test")
    headers = {"authorization": f"Bearer {token}"}
    for question in (
        "how much did we sell last month?",
        "who are our ten best customers?",
        "which products sell best?",
        "show me Ana Ruiz",
        "sales by staff",
        "refresh the figures",
    ):
        with client.post("/chat", data=json.dumps({"question": question}), headers=headers) as answer:
            assert answer.status_code == 200, answer.get_data(as_text=True)
            said = strict(answer.get_data(as_text=True))
        assert "tool failed" not in json.dumps(said).lower(), said
    sign_in(client, token)
    pages = [
        "/console/",
        "/console/inbox",
        "/console/customers?q=a",
        "/console/customers/M'1",
        "/console/customers/M2",
    ]
    pages += [
        f"/console/inbox/{ANA}",
        f"/console/inbox/{BOB}",
        "/console/inbox/call%20mom",
        "/console/actions",
        "/console/audit",
    ]
    for page in (*pages, "/console/health", "/metrics", "/readyz"):
        with client.get(page) as answer:
            assert answer.status_code == 200, (page, answer.get_data(as_text=True)[:2000])


def upkeep(engine: Engine, service: Service) -> None:
    config = service.settings
    with contextlib.suppress(Unusable):
        refresh(engine, settings=config, actor="test", dry_run=True)
        refresh(engine, settings=config, actor="test")
    for source, name, phone in (("M'1", "Keanu", "+14155550177"), ("M2", "Klare", "+14155550178")):
        with contextlib.suppress(MotaBotError):
            duplicate(engine, source, name=name, phone=phone, settings=config, actor="test", dry_run=True)
            copy = duplicate(engine, source, name=name, phone=phone, messages=True, settings=config, actor="test")
            undo(engine, copy.copy, settings=config, actor="test")
    with engine.begin() as connection:
        for phone in (ANA, "+14155550102"):
            strict(json.dumps(privacy.export(connection, phone), default=str))
            privacy.erase(connection, phone, "test")
