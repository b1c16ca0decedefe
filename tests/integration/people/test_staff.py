"""Staff who answer in place of the bot, and how they are notified."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from motabot.cli.main import main
from motabot.customers import phones
from motabot.errors import SettingsError
from motabot.sms.notify import Notifier
from tests.integration.people.talk import CUSTOMER, STRANGER, Talk


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
