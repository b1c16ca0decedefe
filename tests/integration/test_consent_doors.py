"""Nothing is ever queued to a number that opted out, by any door, save what answers STOP, START and HELP."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import text

from motabot.agent.models.base import ModelAnswer, ModelRequest
from motabot.app import Service, create_app
from motabot.customers import phones as people
from motabot.errors import OutreachRefused
from motabot.offline.customer.model import OfflineModel
from motabot.settings import Settings
from motabot.sms.claim import switch_sending
from motabot.sms.notify import Notifier
from motabot.sms.sweep import sweep
from motabot.testing import post_text
from tests.support.machines import play, tries
from tests.support.turns import REPLIES

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
PHONES = ["+14155550101", "+14155550102"]
WORDS = ["when do you open?", "can i talk to a person", "quit texting me", "STOP", "no me escriban", "START", "HELP", "yes", "ok",
         "cancel my order", "", "how much is gelato"]  # fmt: skip
#: What may go to a number that opted out: these words of ours, which no model writes.
_CONSENT_WORDS = ("Reply START", "Responde START", "START para", "Reply STOP", "STOP", "ALTO")


class StopsMeanwhile:
    """A model during whose thinking the customer opts out."""

    name = "slow"

    def __init__(self) -> None:
        self.meanwhile: Any = None

    def answer(self, _request: ModelRequest) -> ModelAnswer:
        if self.meanwhile:
            act, self.meanwhile = self.meanwhile, None
            act()
        return ModelAnswer("We are glad to hear from you.")


class Doors:
    """Every way by which a row comes to be queued."""

    def __init__(self, service: Service, model: StopsMeanwhile, secret: str) -> None:
        self.service, self.model, self.secret = service, model, secret
        self.client = create_app(service).test_client()
        self.notifier = Notifier(service.engine, service.outbox, service.settings)

    def reset(self) -> None:
        with self.service.engine.begin() as connection:
            connection.exec_driver_sql(
                "update motabot.meta set value = 'on' where key = 'sending';"
                " truncate public.messages, public.leads, motabot.scheduled, motabot.deliveries, motabot.phones, motabot.turns, motabot.handoffs,"
                " motabot.consents, motabot.answered, motabot.receipts, motabot.procrastinate_jobs cascade"
            )

    def webhook(self, phone: str, words: str) -> None:
        post_text(self.client, self.secret, {"sender": phone, "text": words})

    def write(self, phone: str, words: str) -> None:
        with self.service.engine.begin() as connection:
            connection.execute(
                text(
                    "insert into public.messages (phone_number, content, timestamp, status, direction)"
                    " values (:p, :w, now(), 'unread', 'inbound')"
                ),
                {"p": phone, "w": words},
            )

    def sweep(self) -> None:
        service = self.service
        sweep(service.engine, service.inbox, service.jobs, region="US")

    def opted_out(self) -> dict[str, Any]:
        """The numbers that opted out, and since which text."""
        with self.service.engine.connect() as connection:
            return {
                row.phone: row.message_id
                for row in connection.execute(
                    text(
                        "select distinct on (c.phone) c.phone, c.message_id from motabot.consents c"
                        " join motabot.phones p on p.phone = c.phone and p.consent = 'out' order by c.phone, c.id desc"
                    )
                )
            }

    def outbound_since(self, phone: str, message_id: int) -> list[Any]:
        with self.service.engine.connect() as connection:
            return list(
                connection.execute(
                    text(
                        "select content, status from public.messages where phone_number = :p and direction = 'outbound'"
                        " and (id > :id or status = 'queued')"
                    ),
                    {"p": phone, "id": message_id},
                )
            )


@pytest.fixture
def doors(settings: Settings, webhook_secret: str) -> Iterator[Doors]:
    model = StopsMeanwhile()
    changed = settings.model_copy(
        update={"shop_file": ROOT / "motabot" / "demo" / "data" / "shop.toml", "notify_phone": PHONES[1]}
    )
    service = Service(changed, [model, OfflineModel(REPLIES)])
    yield Doors(service, model, webhook_secret)
    service.close()


_SOME_PHONE, _SOME_WORDS = st.sampled_from(PHONES), st.sampled_from(WORDS)


class AnyOrder(RuleBasedStateMachine):
    doors: ClassVar[Doors]

    def __init__(self) -> None:
        super().__init__()
        self.doors.reset()

    @rule(phone=_SOME_PHONE, words=_SOME_WORDS)
    def webhook(self, phone: str, words: str) -> None:
        self.doors.webhook(phone, words)

    @rule(phone=_SOME_PHONE, words=_SOME_WORDS)
    def written_by_the_layer(self, phone: str, words: str) -> None:
        self.doors.write(phone, words)

    @rule()
    def sweep(self) -> None:
        self.doors.sweep()

    @rule(phone=_SOME_PHONE)
    def turn(self, phone: str) -> None:
        self.doors.service.turns.run(phone)

    @rule(phone=_SOME_PHONE, words=st.sampled_from(["STOP", "please stop texting me", "START"]))
    def turn_with_a_text_meanwhile(self, phone: str, words: str) -> None:
        self.doors.model.meanwhile = lambda: self.doors.webhook(phone, words)
        self.doors.service.turns.run(phone)
        self.doors.model.meanwhile = None

    @rule(phone=_SOME_PHONE)
    def pause(self, phone: str) -> None:
        with self.doors.service.engine.begin() as connection:
            people.pause(connection, phone, "Sam")

    @rule(phone=_SOME_PHONE)
    def resume(self, phone: str) -> None:
        with self.doors.service.engine.begin() as connection:
            people.resume(connection, phone, "Sam")

    @rule()
    def notify(self) -> None:
        self.doors.notifier.run()

    @rule(phone=_SOME_PHONE)
    def schedule(self, phone: str) -> None:
        with contextlib.suppress(OutreachRefused), self.doors.service.engine.begin() as connection:
            self.doors.service.outreach.schedule(connection, phone, "Your order is ready.", by="Sam", at=NOON)

    @rule()
    def outreach(self) -> None:
        self.doors.service.outreach.run(NOON)

    @rule(on=st.booleans())
    def switch(self, on: bool) -> None:
        with self.doors.service.engine.begin() as connection:
            switch_sending(connection, on=on, mode="direct")

    @invariant()
    def nothing_but_words_about_consent_is_queued(self) -> None:
        for phone, since in self.doors.opted_out().items():
            for row in self.doors.outbound_since(phone, since):
                if row.status == "queued":
                    assert any(words in row.content for words in _CONSENT_WORDS), f"{row.content!r} to {phone}"


def test_no_door_leads_to_a_number_that_opted_out(doors: Doors) -> None:
    AnyOrder.doors = doors
    play(AnyOrder, examples=tries(20, soak=400), steps=15)
