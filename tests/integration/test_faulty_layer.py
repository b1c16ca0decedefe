"""One conversation over a layer that repeats, delays, reorders and loses texts, gives them new ids, reports in any order,
goes down, and dies between sending and settling, while the service itself goes down and comes back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, cast

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from motabot.app import Service
from motabot.settings import Settings
from motabot.sms.settle import Status
from tests.integration.faulty_world import ANA, RECEIPTS, World
from tests.support.machines import play, tries

SPELLINGS = [ANA, "(415) 555-0101", "001 415 555 0101"]
WORDS = ["STOP", "STOP", "START", "START", "yes", "when do you open?", "please stop texting me", "cancel my order", "HELP",
         "Loved “Reply STOP to opt out”", "I'm driving with Focus turned on. I'll see your message later."]  # fmt: skip
SHOP = Path(__file__).parents[2] / "motabot" / "demo" / "data" / "shop.toml"


@pytest.fixture
def world(settings: Settings, webhook_secret: str) -> Iterator[World]:
    changed = settings.model_copy(
        update={"shop_file": SHOP, "outbox_mode": "claim", "replies_per_hour": 1_000, "retry_limit": 50}
    )
    world = World(changed, webhook_secret, Service(changed))
    yield world
    world.service.close()


#: Each order of up to three receipts, before and after the sender says that the text is sent.
ORDERS = [
    (what, *order)
    for many in (1, 2, 3)
    for order in itertools.permutations(RECEIPTS, many)
    for what in ("sends", "early receipt", "sends and says it failed")
]
#: Texts that go out at the end of each example, so that a few examples see each of these orders.
_MORE = 4
#: Steps for which the service stays down.
_DOWN = 2


class Conversation(RuleBasedStateMachine):
    world: ClassVar[World]
    orders: ClassVar[Iterator[tuple[str, ...]]] = itertools.cycle(ORDERS)

    def __init__(self) -> None:
        super().__init__()
        self.down = 0
        self.world.reset()

    @rule(words=st.lists(st.sampled_from(WORDS), min_size=2, max_size=4))
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
        self.world.is_up, self.down = False, 0

    @invariant()
    def it_comes_back(self) -> None:
        """After few steps: nothing is learned from what happens while it is down."""
        self.down += 1
        if not self.world.is_up and self.down > _DOWN:
            self.world.is_up = True

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

    @rule(
        what=st.sampled_from(
            ["sends", "sends", "fails", "down", "dies", "early receipt", "sends and says it failed"]
        ),
        receipts=st.lists(st.sampled_from(RECEIPTS), max_size=3),
    )
    def hand_over(self, what: str, receipts: list[Status]) -> None:
        if not self.world.is_up:
            return
        lease = self.world.claims.claim()
        for each in lease.messages:
            self.world.hand_over(lease, each, what)
            for status in receipts if each.id in self.world.receipts else ():
                self.world.report(each.id, status)

    @rule(which=st.integers(0, 50), status=st.sampled_from(RECEIPTS))
    def report(self, which: int, status: Status) -> None:
        known = list(self.world.receipts)
        if known and self.world.is_up:
            self.world.report(known[which % len(known)], status)

    @rule()
    def time_passes(self) -> None:
        self.world.end_leases()

    @rule()
    def restart(self) -> None:
        self.world.restart()

    def teardown(self) -> None:
        self.world.is_up = True
        for each in reversed([each for each in self.world.sent if not each.lost]):
            self.world.post(each, ANA)  # also those that came before: once more, under another id
        for _turn in range(3):  # a turn sees the newest sixty texts
            self.world.look()
            self.world.answer()
        self.world.look()
        self.world.queue(_MORE)
        for _attempt in range(60):
            self.world.end_leases()
            lease = self.world.claims.claim()
            for outbound in lease.messages:
                what, *receipts = next(self.orders)
                self.world.hand_over(lease, outbound, what)
                for status in receipts:
                    self.world.report(outbound.id, cast("Status", status))
            if not lease.messages:
                break
        self.world.check()


def test_a_conversation_over_a_faulty_layer_ends_in_the_truth(world: World) -> None:
    Conversation.world = world
    play(Conversation, examples=tries(20, soak=400), steps=25)
