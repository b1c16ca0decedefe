"""One conversation over a layer that repeats, delays, reorders and loses texts, gives them new ids, reports in any order,
goes down, and dies between sending and settling, while the service itself goes down and comes back."""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import hypothesis.strategies as st
import pytest
from flask.testing import FlaskClient
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import text

from motabot.app import Service, create_app
from motabot.errors import ClaimRefused
from motabot.settings import Settings
from motabot.sms.claim import Claims, Lease, LeasedText
from motabot.sms.consent import Decision, decide
from motabot.sms.machine import recognize
from motabot.sms.sweep import sweep
from motabot.testing import post_text
from tests.support.machines import play, tries

ANA = "+14155550101"
SPELLINGS = [ANA, "(415) 555-0101", "001 415 555 0101"]
WORDS = ["STOP", "STOP", "START", "START", "yes", "when do you open?", "please stop texting me", "cancel my order", "HELP",
         "Loved “Reply STOP to opt out”", "I'm driving with Focus turned on. I'll see your message later."]  # fmt: skip
TABLES = ["motabot.parts", "motabot.receipts", "motabot.answered", "motabot.consents", "motabot.handoffs",
          "motabot.deliveries", "motabot.scheduled", "motabot.tool_calls", "motabot.turns", "motabot.phones",
          "motabot.procrastinate_jobs", "public.leads", "public.messages"]  # fmt: skip
SHOP = Path(__file__).parents[2] / "motabot" / "demo" / "data" / "shop.toml"


@dataclass
class Sent:
    """A text as its customer sent it."""

    words: str
    at: datetime
    arrived: bool = False
    lost: bool = False


@dataclass
class World:
    """The customer, the layer, and what the network knows."""

    settings: Settings
    secret: str
    service: Service
    sent: list[Sent] = field(default_factory=list)
    went_out: Counter[int] = field(default_factory=Counter)
    died: set[int] = field(default_factory=set)
    reports: list[int] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=itertools.count)
    is_up: bool = True

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.service.close()
        self.service = Service(self.settings)
        self.claims = Claims(self.service.engine, self.settings)
        self._client: FlaskClient | None = None
        self.is_up = True

    @property
    def client(self) -> FlaskClient:
        """Made when it is needed: an application takes longer to make than a service."""
        self._client = self._client or create_app(self.service).test_client()
        return self._client

    def reset(self) -> None:
        with self.service.engine.begin() as connection:
            for table in TABLES:  # deleting a few rows takes a tenth of the time of truncating
                connection.exec_driver_sql(f"delete from {table}")
        self.sent.clear()
        self.went_out.clear()
        self.died.clear()
        self.reports.clear()
        self.is_up = True

    def write(self, words: str) -> None:
        at = (
            datetime.now(UTC).replace(microsecond=0)
            - timedelta(minutes=40)
            + timedelta(seconds=len(self.sent) * 7)
        )
        self.sent.append(Sent(words, at))

    def post(self, each: Sent, spelling: str, *, is_answer_lost: bool = False) -> None:
        """Post a text; where the answer is lost on its way, the layer posts it again under the same id."""
        if not self.is_up:
            return  # the layer gets no answer, and posts it again some time
        body = {"sender": spelling, "text": each.words, "modem_timestamp": each.at.isoformat()}
        body["message_id"] = f"id-{next(self.ids)}"
        for _time in range(2 if is_answer_lost else 1):
            answer = post_text(self.client, self.secret, body)
            assert answer.status_code in (200, 202)
        each.arrived = True

    def put_in_table(self, each: Sent, spelling: str) -> None:
        with self.service.engine.begin() as connection:
            connection.execute(
                text(
                    'insert into public.messages (phone_number, content, "timestamp", modem_timestamp, status, direction)'
                    " values (:phone, :words, now(), :at, 'unread', 'inbound')"
                ),
                {"phone": spelling, "words": each.words, "at": each.at},
            )
        each.arrived = True

    def look(self) -> None:
        sweep(self.service.engine, self.service.inbox, self.service.jobs, region="US")

    def answer(self) -> None:
        self.service.turns.run(ANA)
        with self.service.engine.begin() as connection:
            connection.exec_driver_sql("delete from motabot.procrastinate_jobs")

    def hand_over(self, lease: Lease, each: LeasedText, what: str) -> None:
        if what == "down":
            self.claims.settle(each.id, "returned", lease=lease.id, reason="it answered 503")
            return
        if what == "fails":
            self.claims.settle(each.id, "failed", lease=lease.id, reason="no signal")
            return
        self.went_out[each.id] += 1
        self.reports.append(each.id)
        if what == "dies":
            self.died.add(each.id)
        elif what == "early receipt":
            self.claims.settle(each.id, "undelivered", reason="lost")
            self.claims.settle(each.id, "sent", lease=lease.id)
        else:
            self.claims.settle(each.id, "sent", lease=lease.id)

    def end_leases(self) -> None:
        with self.service.engine.begin() as connection:
            connection.exec_driver_sql(
                "update motabot.deliveries set leased_until = now(), next_attempt_at ="
                " case when next_attempt_at is null then null else now() end"
            )

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with self.service.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def expected_consent(self) -> str:
        """What the texts that arrived mean in the order in which they were sent."""
        consent = "unknown"
        for each in self.sent:
            if each.arrived and recognize(each.words) is None:
                decision = decide(each.words, opted_out=consent == "out")
                consent = {Decision.STOP: "out", Decision.START: "in"}.get(decision, consent)
        return consent

    def check(self) -> None:
        arrived = [each for each in self.sent if each.arrived]
        outcomes = Counter(dict.fromkeys([(each.words, each.at) for each in arrived], 0))
        for words, at, reason in self.rows(
            "select m.content, m.modem_timestamp, a.reason from public.messages m"
            " left join motabot.answered a on a.message_id = m.id and a.phone_number = m.phone_number"
            " where m.direction = 'inbound'"
        ):
            assert reason is not None, f"{words} stays open"
            if reason != "delivered before":
                outcomes[(str(words), at)] += 1  # type: ignore[index]
        assert all(many == 1 for many in outcomes.values()), outcomes
        known = self.rows("select consent from motabot.phones")
        assert (known[0][0] if known else "unknown") == self.expected_consent(), [
            (each.words, each.at.time()) for each in arrived
        ]
        twice = {message for message, many in self.went_out.items() if many > 1}
        assert twice <= self.died


@pytest.fixture
def world(settings: Settings, webhook_secret: str) -> Iterator[World]:
    changed = settings.model_copy(
        update={"shop_file": SHOP, "outbox_mode": "claim", "replies_per_hour": 1_000, "retry_limit": 50}
    )
    world = World(changed, webhook_secret, Service(changed))
    yield world
    world.service.close()


class Conversation(RuleBasedStateMachine):
    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.world.reset()

    @rule(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
    def write(self, words: list[str]) -> None:
        """Several texts under way at once are what may come in the wrong order."""
        for each in words:
            self.world.write(each)

    @rule(spelling=st.sampled_from(SPELLINGS), way=st.sampled_from(["post", "table"]))
    def deliver_what_is_under_way_backwards(self, spelling: str, way: str) -> None:
        for each in reversed([each for each in self.world.sent if not (each.lost or each.arrived)]):
            (self.world.post if way == "post" else self.world.put_in_table)(each, spelling)

    @rule(
        which=st.integers(0, 50),
        spelling=st.sampled_from(SPELLINGS),
        way=st.sampled_from(["post", "post twice", "table"]),
    )
    def deliver_one_of_those_under_way_or_once_more(self, which: int, spelling: str, way: str) -> None:
        under_way = [each for each in self.world.sent if not each.lost]
        if not under_way:
            return
        each = under_way[which % len(under_way)]
        if way == "table":
            self.world.put_in_table(each, spelling)
        else:
            self.world.post(each, spelling, is_answer_lost=way == "post twice")

    @rule()
    def the_service_goes_down(self) -> None:
        self.world.is_up = False

    @rule(which=st.integers(0, 50))
    def lose(self, which: int) -> None:
        under_way = [each for each in self.world.sent if not each.arrived]
        if under_way:
            under_way[which % len(under_way)].lost = True

    @rule()
    def look(self) -> None:
        if self.world.is_up:
            self.world.look()

    @rule()
    def answer(self) -> None:
        if self.world.is_up:
            self.world.answer()

    @rule(what=st.sampled_from(["sends", "fails", "down", "dies", "early receipt"]))
    def hand_over(self, what: str) -> None:
        if not self.world.is_up:
            return
        lease = self.world.claims.claim()
        for each in lease.messages:
            self.world.hand_over(lease, each, what)

    @rule(which=st.integers(0, 50), status=st.sampled_from(["delivered", "undelivered", "sent", "failed"]))
    def report(self, which: int, status: str) -> None:
        if self.world.reports and self.world.is_up:
            with contextlib.suppress(ClaimRefused):
                self.world.claims.settle(self.world.reports[which % len(self.world.reports)], status)  # type: ignore[arg-type]

    @rule()
    def time_passes(self) -> None:
        self.world.end_leases()

    @rule()
    def restart(self) -> None:
        self.world.restart()

    def teardown(self) -> None:
        self.world.is_up = True
        for each in self.world.sent:
            if not each.lost and not each.arrived:
                self.world.post(each, ANA)
        self.world.look()
        self.world.answer()
        self.world.look()
        for _attempt in range(60):
            self.world.end_leases()
            lease = self.world.claims.claim()
            for outbound in lease.messages:
                self.world.hand_over(lease, outbound, "sends")
            if not lease.messages:
                break
        self.world.check()


def test_a_conversation_over_a_faulty_layer_ends_in_the_truth(world: World) -> None:
    Conversation.world = world
    play(Conversation, examples=tries(20, soak=400), steps=25)
