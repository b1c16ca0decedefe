"""What a capable model writes is sent at the first try: turns through the real loop, tools and check."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from motabot import demo, testing
from motabot.agent.models.base import ModelAnswer, ModelRequest, ToolCall
from motabot.app import Service
from motabot.gateways.base import InboundText
from motabot.settings import load_settings
from motabot.text.normalize import normal
from tests.scenarios.capable.calls import Turn
from tests.scenarios.capable.planted import PLANTED
from tests.scenarios.capable.turns import TURNS

WORLD = Path(__file__).parent / "capable" / "world.sql"
SHOP = Path(demo.__file__).parent / "data" / "shop.toml"
PHONES = {"ana": "+14155550101", "marcus": "+14155550102", "lucia": "+14155550103", "stranger": "+14155550109"}

_NAMED_KEY = re.compile(r"<([^<>]+)>")


@dataclass
class Player:
    """A model that plays one turn at a time: its tool calls, then its reply; what is sent back is noted."""

    name: str = "capable"
    turn: Turn = ("", "", [], "")
    requests: list[ModelRequest] = field(default_factory=list)
    has_called: bool = False
    asked: int = 0

    def answer(self, request: ModelRequest) -> ModelAnswer:
        self.requests.append(request)
        _, _, calls, reply = self.turn
        if len(self.requests) == 1:
            seen = request.messages[-1].content
            wished = [(name, given) for name, given in calls if not is_looked_up(seen, name, given)]
            self.has_called = bool(wished)
            if wished:
                listed = [ToolCall(f"c{n}", name, json.dumps(given)) for n, (name, given) in enumerate(wished)]
                return ModelAnswer("", tuple(listed))
        told = "\n".join(message.content for message in request.messages if message.content)
        if asked := re.findall(r'^(\d+)\. "(.*)"$', request.messages[-1].content, re.MULTILINE):
            self.asked += 1
            sources = [{"sentence": int(number), "quotes": quotes_for(words, told)} for number, words in asked]
            return ModelAnswer("", (ToolCall("kept", "keep_reply", json.dumps({"sources": sources})),))
        return ModelAnswer(_NAMED_KEY.sub(lambda found: key_of(found[1], told), reply))

    @property
    def sent_back(self) -> list[str]:
        """What the check said of the first draft."""
        told = [message.content for request in self.requests for message in request.messages[-1:]]
        return [words for words in told if words.startswith("Your reply was not sent")][:1]


def quotes_for(sentence: str, told: str) -> list[str]:
    """The words that a sentence shares with a line that a model was told, the longest run of them."""
    words = normal(sentence).split()
    runs = [" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    lines = f" {normal(told)} "
    found = [run for run in runs if len(run) >= 8 and f" {run} " in lines.replace(f" {normal(sentence)} ", " ")]
    return [max(found, key=len)] if found else []


def is_looked_up(seen: str, name: str, given: Mapping[str, object]) -> bool:
    """Whether a request holds already what a call would bring, so that a capable model does not make it."""
    if name == "show_shop_info":
        return given["topic"] == "hours" and not given["location"]
    if name == "show_product":
        named = re.findall(r'^show_product \{"name":"([^"]+)"\}', seen, re.MULTILINE)
        return any(one in normal(str(given["name"])) for one in named)
    return name == "look_up_answer" and "\nlook_up_answer {" in seen


def key_of(name: str, told: str) -> str:
    """The key that a product has in a prompt or in a tool's result."""
    escaped = re.escape(name)
    found = re.search(rf'\[(p\d+)\] {escaped}|"key":"(p\d+)"[^{{}}]*?"name":"{escaped}"', told)
    assert found, f"{name} has no key"
    return found[1] or found[2]


@dataclass
class Played:
    """The turns that were played: what came back, how many answers each took, and the shares of the prompt."""

    sent_back: dict[str, Sequence[str]] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    answers: int = 0


@dataclass
class Everything(Played):
    """The true turns, and those with an error that was planted."""

    planted: Played = field(default_factory=Played)


@pytest.fixture(scope="module")
def played(
    server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Everything, Service]]:
    url = server.clone()
    settings = load_settings(
        database_url=url, data_dir=tmp_path_factory.mktemp("capable"), shop_file=SHOP, replies_per_hour=1000
    )
    player = Player()
    service = Service(settings, models=[player])
    with service.engine.begin() as connection:
        connection.exec_driver_sql(WORLD.read_text(encoding="utf-8"))
    result = Everything()
    for number, turn in enumerate(TURNS):
        play(service, player, result, number, turn)
    for number, turn in enumerate(PLANTED, start=len(TURNS)):
        play(service, player, result.planted, number, turn)
    yield result, service
    service.close()
    server.drop(url)


def play(service: Service, player: Player, result: Played, number: int, turn: Turn) -> None:
    who, words, _, _ = turn
    player.turn, player.requests = turn, []
    service.inbox.receive(InboundText("native", f"turn-{number}", PHONES[who], words, datetime.now(UTC)))
    service.turns.run(PHONES[who])
    result.answers += len(player.requests)
    name = f"{who}: {words} -> {turn[3]}"
    if player.sent_back:
        result.sent_back[name] = [turn[3], *player.sent_back]
    with service.engine.begin() as connection:  # the next turn begins a new conversation
        reply = "select content from public.messages where phone_number = :phone and direction = 'outbound' order by id desc limit 1"
        result.sent[name] = str(connection.execute(text(reply), {"phone": PHONES[who]}).scalar())
        connection.execute(text("delete from public.messages where phone_number = :phone"), {"phone": PHONES[who]})


def test_what_a_capable_model_writes_is_sent_at_the_first_try(played: tuple[Everything, Service]) -> None:
    result, _ = played
    assert len(result.sent) == len({(who, words, reply) for who, words, _, reply in TURNS})
    assert len(result.sent_back) <= 0.04 * len(TURNS), result.sent_back
    assert not [reply for reply in result.sent.values() if "{" in reply or "<" in reply]


def test_an_error_of_a_capable_model_is_sent_back(played: tuple[Everything, Service]) -> None:
    result, _ = played
    assert len(result.planted.sent) == len(PLANTED)
    missed = result.planted.sent.keys() - result.planted.sent_back.keys()
    assert len(missed) <= 0.04 * len(PLANTED), missed


def test_a_turn_takes_few_answers_of_a_model_and_most_of_its_prompt_is_the_same_for_everybody(
    played: tuple[Everything, Service],
) -> None:
    result, service = played
    assert result.answers / len(TURNS) <= 1.8
    share = "select avg(stable_tokens::numeric / nullif(stable_tokens + facts_tokens, 0)) from motabot.turns"
    with service.engine.connect() as connection:
        assert connection.execute(text(share)).scalar_one() >= 0.8
