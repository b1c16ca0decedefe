"""People in a conversation: age, hand-offs and who is told, pause, a number that changed hands, limits."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from motabot.agent.models.base import ModelAnswer, ModelRequest, ToolCall, Usage
from motabot.app import Service, create_app
from motabot.cli.main import main
from motabot.customers import phones
from motabot.errors import SettingsError
from motabot.offline.customer.model import OfflineModel
from motabot.settings import Settings
from motabot.sms.notify import Notifier
from motabot.testing import post_text
from motabot.web import console
from tests.scenarios.conftest import PEOPLE
from tests.support.turns import REPLIES

SHOP = Path(__file__).parents[2] / "motabot" / "demo" / "data" / "shop.toml"
STRANGER, CUSTOMER = "+14155550177", "+14155550101"


class Talk:
    """A conversation that is answered on the spot, in this process."""

    def __init__(self, service: Service, secret: str) -> None:
        self.service = service
        self.client = create_app(service).test_client()
        self.secret = secret

    def text(self, words: str, phone: str = STRANGER) -> str:
        """Text the shop, have the turn run, and return the newest reply; empty where none was due."""
        before = self.value("select coalesce(max(id), 0) from public.messages")
        post_text(self.client, self.secret, {"sender": phone, "text": words})
        self.service.turns.run(phone)
        return str(
            self.value(
                "select coalesce(string_agg(content, ' ' order by id), '') from public.messages"
                " where phone_number = :phone and direction = 'outbound' and id > :before",
                phone=phone,
                before=before,
            )
        )

    def value(self, query: str, **parameters: object) -> Any:
        with self.service.engine.connect() as connection:
            return connection.execute(text(query), parameters).scalar()

    def do(self, act: Callable[..., object], phone: str = STRANGER, **options: object) -> object:
        with self.service.engine.begin() as connection:
            return act(connection, phone, "Sam", **options)


@pytest.fixture
def with_service(settings: Settings, engine: Engine, webhook_secret: str) -> Iterator[Callable[..., Talk]]:
    with engine.begin() as connection:
        connection.exec_driver_sql(PEOPLE)
    services: list[Service] = []

    def make(models: Any = None, **changes: object) -> Talk:
        services.append(Service(settings.model_copy(update={"shop_file": SHOP, **changes}), models))
        return Talk(services[-1], webhook_secret)

    yield make
    for service in services:
        service.close()


@pytest.fixture
def talk(with_service: Callable[..., Talk]) -> Talk:
    return with_service()


def test_a_stranger_is_asked_for_the_age_once_and_then_gets_the_answer(talk: Talk) -> None:
    assert "21 or older" in talk.text("how much is gelato?")
    assert "$36" in talk.text("YES")
    assert talk.value("select age from motabot.phones where phone = :p", p=STRANGER) == "affirmed"
    assert "$28" in talk.text("and blue dream?")


def test_an_answer_that_carries_more_is_answered_whole(talk: Talk) -> None:
    talk.text("how much is gelato?")
    reply = talk.text("yes im 34. and when do you open?")
    assert "$36" in reply
    assert "open" in reply.lower().replace("$36", "")


def test_a_stranger_may_ask_for_anything_but_products_without_being_asked_for_the_age(talk: Talk) -> None:
    assert "21 or older" not in talk.text("where are you?")
    assert talk.value("select age from motabot.phones where phone = :p", p=STRANGER) == "unknown"


def test_a_customer_is_never_asked_for_the_age(talk: Talk) -> None:
    assert "$36" in talk.text("how much is gelato?", CUSTOMER)


def test_who_is_too_young_gets_a_person_and_the_bot_is_silent(talk: Talk) -> None:
    talk.text("got any gummies?")
    assert "21 or older" in talk.text("no im 19")
    assert talk.value("select reason from motabot.handoffs where phone = :p", p=STRANGER) == "under_21"
    assert talk.text("come on, how much are they?") == ""
    talk.do(phones.resume)
    assert "$" not in talk.text("how much are the gummies?")
    assert "$" not in talk.text("ok im 25. how much are the gummies?")
    talk.do(phones.set_age, is_adult=True)
    assert "$18" in talk.text("how much are the lemon gummies?")


def test_a_model_that_talks_of_products_first_is_held_to_the_question(with_service: Callable[..., Talk]) -> None:
    class Eager:
        name = "eager"

        def answer(self, request: ModelRequest) -> ModelAnswer:
            if request.messages[-1].role != "tool":
                call = ToolCall("c1", "search_products", json.dumps({"words": "gelato"}))
                return ModelAnswer("", (call,), "tool_calls")
            return ModelAnswer("Gelato 3.5g by Emerald is $36.")

    talk = with_service([Eager(), OfflineModel(REPLIES)])
    assert "21 or older" in talk.text("how much is gelato?")


def test_while_a_person_writes_the_bot_is_silent_and_hand_back_closes_what_came_in(talk: Talk) -> None:
    talk.text("hi", CUSTOMER)
    assert talk.do(phones.pause, CUSTOMER)
    assert not talk.do(phones.pause, CUSTOMER)
    assert talk.text("when do you open?", CUSTOMER) == ""
    assert talk.value("select count(*) from public.messages where status = 'unread'") == 1
    assert talk.do(phones.resume, CUSTOMER)
    assert not talk.do(phones.resume, CUSTOMER)
    assert talk.value("select count(*) from public.messages where status = 'unread'") == 0
    assert talk.service.turns.run(CUSTOMER) is None
    assert talk.text("where are you?", CUSTOMER) != ""
    audited = "select array_agg(action order by id) from motabot.audit where actor = 'Sam'"
    assert talk.value(audited) == ["phone.pause", "phone.resume"]


def test_after_hours_the_customer_is_told_when_somebody_will_write(
    with_service: Callable[..., Talk], tmp_path: Path
) -> None:
    closed = tmp_path / "shop.toml"
    weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    today = datetime.now(UTC).astimezone(with_service().service.settings.zone).weekday()
    hours = "\n".join(
        f'{day} = "{"09:00-10:00" if (number - today) % 7 == 3 else "closed"}"'
        for number, day in enumerate(weekdays)
    )
    closed.write_text(f'name = "Green Door"\n[hours]\n{hours}\n', encoding="utf-8")
    reply = with_service(shop_file=closed).text("can i talk to a person", CUSTOMER)
    assert "closed right now" in reply
    assert "9 AM" in reply


def test_a_number_that_changed_hands_knows_nothing_of_who_had_it(talk: Talk) -> None:
    assert "120" in talk.text("how many points do i have?", CUSTOMER)
    talk.do(phones.unlink, CUSTOMER)
    reply = talk.text("how many points do i have?", CUSTOMER)
    assert "120" not in reply
    assert "bot" in reply
    assert "Blue Dream" not in talk.text("my usual please", CUSTOMER)
    assert "Ana" not in talk.text("hi", CUSTOMER)
    assert talk.value("select customer_id from public.leads where phone_number = :p", p=CUSTOMER) is None
    talk.do(phones.link, CUSTOMER)
    assert "120" in talk.text("how many points do i have?", CUSTOMER)


def test_two_machines_do_not_talk_for_ever(with_service: Callable[..., Talk]) -> None:
    talk = with_service(replies_per_hour=3)
    replies = [talk.text(f"hi number {number}") for number in range(6)]
    assert [bool(reply) for reply in replies] == [True] * 4 + [False] * 2
    assert "staff" in replies[3]
    assert talk.value("select paused_by from motabot.phones where phone = :p", p=STRANGER) == "reply limit"
    talk.do(phones.resume)
    assert talk.text("hi again") != ""


class Dear:
    """A model whose every answer costs a million tokens."""

    name = "dear"

    def answer(self, _request: ModelRequest) -> ModelAnswer:
        return ModelAnswer("We are glad to hear from you.", usage=Usage(1_000, 1_000_000))


def test_a_day_s_spending_ends_at_its_limit(
    with_service: Callable[..., Talk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motabot.agent.budget._KEPT_SECONDS", 0.0)
    offline = OfflineModel(REPLIES)
    talk = with_service([Dear(), offline], model_daily_limit=2, max_turn_tokens=10_000_000)
    talk.text("hello there", CUSTOMER)
    talk.text("hello again", CUSTOMER)
    with talk.service.engine.connect() as connection:
        turns = connection.execute(text("select model, troubles from motabot.turns order by id")).all()
    assert [turn.model for turn in turns] == ["dear", "offline"]
    assert turns[1].troubles == [{"model": "dear", "reason": "the daily spending limit is reached"}]


def test_a_turn_records_how_long_both_parts_of_its_prompt_were(talk: Talk) -> None:
    talk.text("hi", CUSTOMER)
    talk.text("hi")
    with talk.service.engine.connect() as connection:
        first, second = connection.execute(
            text("select stable_tokens, facts_tokens from motabot.turns order by id")
        )
    assert first.stable_tokens == second.stable_tokens > 500
    assert 0 < second.facts_tokens < first.facts_tokens


def test_an_emergency_is_answered_at_once_whatever_the_age_and_stands_first_in_the_inbox(
    with_service: Callable[..., Talk], inbox_of_staff: tuple[str, list[dict[str, Any]], list[int]]
) -> None:
    url, got, _ = inbox_of_staff
    talk = with_service(notify_webhook_url=url)
    talk.text("i want to talk to a person", CUSTOMER)
    reply = talk.text("my dog ate a gummy!! do you have any flower?")
    assert "888-426-4435" in reply
    assert "21 or older" not in reply
    assert Notifier(talk.service.engine, talk.service.outbox, talk.service.settings).run() == 2
    assert [(each["phone"], each["urgent"]) for each in got] == [(STRANGER, True), (CUSTOMER, False)]
    assert got[0]["text"].startswith("URGENT: Emergency: ")
    talk.text("hello?", CUSTOMER)
    inbox = (Path(console.__file__).parent / "sql" / "inbox.sql").read_text(encoding="utf-8")
    with talk.service.engine.connect() as connection:
        shown = connection.execute(text(inbox), {"before": None}).all()
    assert [(row.phone, row.is_urgent, row.waits) for row in shown[:2]] == [
        (STRANGER, True, True),
        (CUSTOMER, False, True),
    ]


def test_what_else_is_asked_beside_a_safety_question_is_answered(talk: Talk) -> None:
    reply = talk.text("can i take gummies on the plane to texas? how many points do i have?", CUSTOMER)
    assert "can't leave the state" in reply
    assert "120" in reply


def test_an_emergency_stays_the_topic_until_it_is_over_and_products_wait_for_staff(talk: Talk) -> None:
    talk.text("my dog ate a gummy!!", CUSTOMER)
    assert "888-426-4435" in talk.text("what are your strongest gummies", CUSTOMER)
    assert "open" in talk.text("the vet says he is fine now. what time do you close?", CUSTOMER)
    assert "$" not in talk.text("ok got any flower", CUSTOMER)
    with talk.service.engine.connect() as connection:
        (summary,) = connection.execute(text("select summary from motabot.handoffs")).scalars()
    assert summary == "pet: my dog ate a gummy!! / pet: what are your strongest gummies"


def test_a_beginner_is_offered_no_extract_in_any_turn(talk: Talk) -> None:
    for words in ("first time EVER, friend says get a dab", "ok a vape then", "shatter?"):
        assert "are not for a first time" in talk.text(words, CUSTOMER)


@pytest.fixture
def inbox_of_staff() -> Iterator[tuple[str, list[dict[str, Any]], list[int]]]:
    """A webhook of the shop's: its address, what came in, and the statuses it answers with, the last for ever."""
    got: list[dict[str, Any]] = []
    statuses = [200]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", got, statuses
    server.shutdown()
    server.server_close()


def test_staff_are_told_once_by_webhook_and_text(
    with_service: Callable[..., Talk], inbox_of_staff: tuple[str, list[dict[str, Any]], list[int]]
) -> None:
    url, got, statuses = inbox_of_staff
    statuses[:] = [503, 200]
    talk = with_service(notify_webhook_url=url, notify_phone="(415) 555-0199")
    notifier = Notifier(talk.service.engine, talk.service.outbox, talk.service.settings)
    assert notifier.run() == 0
    talk.text("can i talk to a person please", CUSTOMER)
    assert notifier.run() == 0  # the webhook was down
    with talk.service.engine.begin() as connection:
        connection.execute(text("update motabot.handoffs set next_attempt_at = now()"))
    assert notifier.run() == 1
    assert notifier.run() == 0
    assert got[-1]["phone"] == CUSTOMER
    assert got[-1]["texts"] == ["can i talk to a person please"]
    told = "select count(*) from public.messages where phone_number = '+14155550199' and status = 'queued'"
    assert talk.value(told) == 2  # the text went out with the attempt whose webhook failed, too: never not at all


def test_a_staff_phone_that_opted_out_gets_no_text(with_service: Callable[..., Talk]) -> None:
    talk = with_service(notify_phone="+14155550199")
    talk.text("STOP", "+14155550199")
    talk.text("can i talk to a person please", CUSTOMER)
    assert Notifier(talk.service.engine, talk.service.outbox, talk.service.settings).run() == 1
    assert talk.value("select count(*) from public.messages where phone_number = '+14155550199'") == 2


def test_a_channel_that_cannot_work_is_named_at_the_start(with_service: Callable[..., Talk]) -> None:
    talk = with_service(notify_email="staff@example.com")
    with pytest.raises(SettingsError, match="MOTABOT_SMTP_URL"):
        Notifier(talk.service.engine, talk.service.outbox, talk.service.settings)


def test_the_phone_commands(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert talk.service.settings.database_url is not None
    monkeypatch.setenv("MOTABOT_DATABASE_URL", talk.service.settings.database_url.get_secret_value())
    monkeypatch.setenv("MOTABOT_DATA_DIR", str(talk.service.settings.data_dir))
    talk.text("hi", CUSTOMER)

    def run(*words: str) -> str:
        return CliRunner().invoke(main, ["phone", *words]).output

    assert "paused for this phone" in run("pause", "(415) 555-0101")
    assert json.loads(run("show", CUSTOMER, "--json"))["paused_at"] is not None
    assert "answers this phone again" in run("resume", CUSTOMER)
    assert "link" in run("unlink", CUSTOMER)
    assert "its customer's again" in run("link", CUSTOMER)
    assert "Noted" in run("age", CUSTOMER, "minor")
    assert "not a valid phone number" in run("pause", "nobody")
    assert "never texted" in run("show", "+14155550188")
