"""A shop whose every secret is a word that appears nowhere else, and a model that does what an attacker wants."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import text

from motabot.agent.models.base import ModelAnswer, ModelRequest, ToolCall, Usage
from motabot.app import Service, create_app
from motabot.testing import post_text

#: member id, name, phone, e-mail, loyalty points, what they once texted: nothing of it is anybody else's.
PEOPLE = [
    ("MQZA1", "Ana Sandovalqx", "+14155550101", "anaqx@example.com", 8_100_417, "quokkaword"),
    ("MQZB2", "Bobquill Bobsonqx", "+14155550102", "bobqx@example.com", 8_200_529, "numbatword"),
    ("MQZC3", "Cyquill Youngqx", "+14155550103", "cyqx@example.com", 8_300_631, "bilbyword"),
    ("MQZD4", "Diquill Youngqx", "+14155550103", "diqx@example.com", 8_400_743, "potorooword"),
]
STRANGER = "+14155550188"
PHONES = ["+14155550101", "+14155550102", "+14155550103", STRANGER]
COST, VENDOR = "77713.31", "VENDORQX"

_SHOP = """
insert into public.products (product_id, sku, name, brand, category, strain, flower_type, retail_price, cost, vendor,
    is_active, thc_content, effects, helps_with, flavors)
values ('P1', 'S1', 'Blue Dream 3.5g', 'Best Coast', 'Flower', 'Blue Dream', 'Hybrid', 28, 77713.31, 'VENDORQX', true, 21,
        '{Happy,Relaxed}', '{Stress}', '{Berry}'),
       ('P2', 'S2', 'Gelato 3.5g', 'Emerald', 'Flower', 'Gelato', 'Hybrid', 36, 77713.31, 'VENDORQX', true, 24,
        '{Relaxed,Euphoric}', '{Pain}', '{Sweet}');
"""
#: One digest a table, of the rows that a phone's turn must leave alone.
_UNTOUCHED = {
    **dict.fromkeys(("public.customers", "public.transactions", "public.transaction_items", "public.products", "public.staff", "public.customer_product_affinity", "public.customer_visit_patterns", "motabot.audit", "motabot.meta"), "true"),
    "public.messages": "r.phone_number <> :phone",
    "public.leads": "r.phone_number <> :phone",
    "motabot.phones": "r.phone <> :phone",
    "motabot.turns": "r.phone <> :phone",
    "motabot.handoffs": "r.phone <> :phone",
    "motabot.consents": "r.phone <> :phone",
    "motabot.answered": "r.phone_number <> :phone",
}  # fmt: skip
_DIGEST = text(
    " union all ".join(
        f"select '{table}' as name, md5(coalesce(string_agg(r::text, '|' order by r::text), '')) as digest"
        f" from {table} r where {condition}"
        for table, condition in _UNTOUCHED.items()
    )
)

ToolRequest = tuple[str, str]  # a tool's name and raw arguments


@dataclass
class Puppet:
    """A model that does as it was told beforehand: calls these tools, then says this."""

    requests: list[list[ToolRequest]] = field(default_factory=list)
    says: Callable[[ModelRequest], str] = lambda _request: "ok"
    read: list[str] = field(default_factory=list)
    name: str = "puppet"

    def answer(self, request: ModelRequest) -> ModelAnswer:
        """What it was told is kept to be looked through; its own words, also where they are sent back, are not."""
        self.read.extend(
            message.content
            for message in request.messages
            if message.role != "assistant" and not message.content.startswith("Your reply was not sent")
        )
        if self.requests and request.tools:
            calls = tuple(ToolCall(f"c{number}", *wish) for number, wish in enumerate(self.requests.pop(0)))
            return ModelAnswer("", calls, "tool_calls", Usage(10, 10))
        return ModelAnswer(self.says(request), usage=Usage(10, 10))


class World:
    """The shop, its webhook and its puppet."""

    def __init__(self, service: Service, puppet: Puppet, secret: str) -> None:
        self.service = service
        self.puppet = puppet
        self.client: FlaskClient = create_app(service).test_client()
        self.secret = secret
        self.tools = service.tools.for_audience("customer")

    def reset(self) -> None:
        """The shop as it was on its first day."""
        with self.service.engine.begin() as connection:
            connection.exec_driver_sql(
                "truncate public.messages, public.leads, public.transaction_items, public.transactions, public.products,"
                " public.customer_product_affinity, public.customers, motabot.phones, motabot.turns, motabot.handoffs,"
                " motabot.consents, motabot.answered, motabot.receipts, motabot.turn_identity,"
                " motabot.procrastinate_jobs cascade"
            )
            connection.exec_driver_sql(_SHOP)
            for member, name, phone, email, points, word in PEOPLE:
                connection.execute(
                    text(
                        "insert into public.customers (member_id, name, phone, email, loyalty_points, vip_status,"
                        " total_visits) values (:m, :n, :p, :e, :l, 'VIP', 4)"
                    ),
                    {"m": member, "n": name, "p": phone, "e": email, "l": points},
                )
                connection.execute(
                    text(
                        "insert into public.messages (phone_number, content, timestamp, status, direction)"
                        " values (:p, :w, now() - interval '1 day', 'read', 'inbound')"
                    ),
                    {"p": phone, "w": f"my dog is called {word}"},
                )
                connection.execute(
                    text(
                        "insert into public.transactions (transaction_id, customer_id, date, shop_location, total_amount)"
                        " values (:t, :m, now() - interval '9 days', :where, 28)"
                    ),
                    {"t": f"T{member}", "m": member, "where": f"branch{word}"},
                )
            connection.exec_driver_sql(
                "insert into motabot.answered (message_id, phone_number, reason)"
                " select id, phone_number, 'history' from public.messages"
            )
            connection.exec_driver_sql(
                "insert into motabot.phones (phone, age, age_at, greeted_at)"
                f" values ('{STRANGER}', 'affirmed', now(), now())"
            )

    def turn(
        self, phone: str, words: str, requests: list[list[ToolRequest]], says: Callable[[ModelRequest], str] | str
    ) -> str:
        """One text, one turn with an obedient model; checks everything that must hold, and returns the reply."""
        self.puppet.requests = [list(step) for step in requests]
        self.puppet.says = says if callable(says) else lambda _request: says
        self.puppet.read.clear()
        before, count = self._digests(phone), self._replies()
        posted = post_text(self.client, self.secret, {"sender": phone, "text": words})
        assert posted.status_code == 202
        turn_id = self.service.turns.run(phone)
        assert self._digests(phone) == before, "a turn changed rows that are not its phone's"
        replies = self._replies()[len(count) :]
        assert len(replies) <= 1, "more than one reply in a turn"
        assert all(reply.phone_number == phone for reply in replies)
        reply = replies[0].content if replies else ""
        calls = self._calls(turn_id) if turn_id else ""
        self._look_through(phone, " ".join(self.puppet.read), "what the model read")
        self._look_through(phone, calls, "what the tools returned")
        self._look_through(phone, reply, "the reply")
        for other in PHONES:
            assert other not in reply
            assert other[2:] not in reply.replace("-", "").replace(" ", "")
        return reply

    def _look_through(self, phone: str, said: str, where: str) -> None:
        shared = sum(person[2] == phone for person in PEOPLE) > 1
        assert COST not in said, f"the cost is in {where}"
        assert VENDOR not in said, f"the vendor is in {where}"
        for member, name, owner, email, points, word in PEOPLE:
            first, surname = name.split()
            secrets = [member, surname, email]
            if owner != phone or shared:
                secrets += [first] if first != "Ana" else []
                secrets += [str(points), f"{points:,}", f"branch{word}"]
            if owner != phone:
                secrets.append(word)
            for secret in secrets:
                assert secret not in said, f"{secret} of {name} is in {where} of {phone}"

    def _digests(self, phone: str) -> dict[str, str]:
        with self.service.engine.connect() as connection:
            return {row.name: row.digest for row in connection.execute(_DIGEST, {"phone": phone})}

    def _replies(self) -> list[Any]:
        with self.service.engine.connect() as connection:
            query = "select phone_number, content from public.messages where direction = 'outbound' order by id"
            return list(connection.execute(text(query)))

    def _calls(self, turn_id: int) -> str:
        with self.service.engine.connect() as connection:
            query = text("select result from motabot.tool_calls where turn_id = :id")
            return " ".join(json.dumps(row.result) for row in connection.execute(query, {"id": turn_id}))
