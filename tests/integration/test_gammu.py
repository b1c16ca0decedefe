"""A whole loop with the real gammu-smsd on its dummy device, and what its folders must survive."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from motabot.gateways import gammu
from motabot.gateways.client import ServiceClient, ServiceRefused, ServiceUnreachable
from motabot.gateways.sender import OutboundText, SendOutcome
from motabot.settings import Settings
from motabot.testing import wait_until
from tests.support.processes import environment_of, free_port, terminated

ANA = "+14155550101"


@pytest.fixture
def folders(tmp_path: Path) -> gammu.Folders:
    gammu.install(tmp_path / "sms")
    return gammu.Folders((tmp_path / "sms").resolve())


def receive(folders: gammu.Folders, *arguments: str, **env: str) -> None:
    """Run the program as the daemon does."""
    subprocess.run([str(folders.receiver), *arguments], env=env, check=True, timeout=60)


def spooled(folders: gammu.Folders) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folders.spool.glob("*.json"))]


def test_one_part_is_spooled_as_it_came(folders: gammu.Folders) -> None:
    receive(
        folders, "IN1.txt", SMS_MESSAGES="1", SMS_1_NUMBER=ANA, SMS_1_TEXT="what's good? ñ 😀", DECODED_PARTS="0"
    )
    (body,) = spooled(folders)
    assert (body["sender"], body["text"], body["message_id"]) == (ANA, "what's good? ñ 😀", "gammu:IN1.txt")


def test_a_long_text_is_spooled_as_the_daemon_put_it_together(folders: gammu.Folders) -> None:
    env = {"SMS_MESSAGES": "2", "SMS_1_NUMBER": ANA, "SMS_1_TEXT": "one ", "SMS_2_TEXT": "two"}
    receive(folders, **env, DECODED_PARTS="1", DECODED_1_TEXT="one two")
    receive(folders, **env)
    first, second = spooled(folders)
    assert first["text"] == second["text"] == "one two"
    assert first["message_id"] != second["message_id"]


def test_the_networks_time_comes_from_the_name_of_the_daemons_file(folders: gammu.Folders) -> None:
    at = datetime.now(UTC).astimezone().replace(microsecond=0) - timedelta(hours=3)
    receive(folders, f"IN{at:%Y%m%d_%H%M%S}_00_{ANA}_00.txt", SMS_MESSAGES="1", SMS_1_NUMBER=ANA, SMS_1_TEXT="hi")
    receive(folders, "IN99999999_999999_00_x_00.txt", SMS_MESSAGES="1", SMS_1_NUMBER=ANA, SMS_1_TEXT="hi")
    first, second = spooled(folders)
    assert datetime.fromisoformat(first["modem_timestamp"]) == at
    assert "modem_timestamp" not in second


def test_the_notice_of_a_picture_message_is_a_text_of_its_sender(folders: gammu.Folders) -> None:
    mms = {"DECODED_1_MMS_ADDRESS": "http://mms/1", "DECODED_1_MMS_SENDER": f"{ANA}/TYPE=PLMN"}
    receive(folders, SMS_MESSAGES="1", SMS_1_NUMBER="3310", DECODED_PARTS="1", **mms, DECODED_1_MMS_TITLE="STOP")
    (body,) = spooled(folders)
    assert (body["sender"], body["text"]) == (ANA, "STOP")


class Service:
    """Stands for the service's client: says what it was told to."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)
        self.posted: list[dict[str, Any]] = []

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        assert path == "/sms/inbound"
        self.posted.append(body)
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        return {"id": 1}


def deliver(folders: gammu.Folders, service: Service) -> int:
    return gammu.deliver_spool(folders, service)  # type: ignore[arg-type]


def test_what_the_service_could_not_take_stays_in_the_spool_in_order(folders: gammu.Folders) -> None:
    for words in ("one", "two"):
        receive(folders, SMS_MESSAGES="1", SMS_1_NUMBER=ANA, SMS_1_TEXT=words)
    with pytest.raises(ServiceUnreachable):
        deliver(folders, Service(ServiceUnreachable()))
    assert len(spooled(folders)) == 2
    service = Service()
    assert deliver(folders, service) == 2
    assert [body["text"] for body in service.posted] == ["one", "two"]
    assert spooled(folders) == []


def test_what_the_service_refuses_is_kept_for_people_and_holds_up_nothing(folders: gammu.Folders) -> None:
    receive(folders, SMS_MESSAGES="1", SMS_1_TEXT="nobody sent this")
    (folders.spool / "0-broken.json").write_text("{", encoding="utf-8")
    receive(folders, SMS_MESSAGES="1", SMS_1_NUMBER=ANA, SMS_1_TEXT="hello")
    assert deliver(folders, Service(ServiceRefused("no sender", 422))) == 1
    assert len(list(folders.refused.iterdir())) == 2


def test_a_file_name_that_came_before_for_another_text_loses_no_text(folders: gammu.Folders) -> None:
    receive(folders, "IN1.txt", SMS_MESSAGES="1", SMS_1_NUMBER=ANA, SMS_1_TEXT="a later text")
    service = Service(ServiceRefused("used before", 409))
    assert deliver(folders, service) == 1
    assert service.posted[0]["message_id"] == "gammu:IN1.txt" != service.posted[1]["message_id"]


def test_a_text_is_written_once_whatever_dies_between(folders: gammu.Folders) -> None:
    modem = gammu.GammuTransport(folders)
    outbox, sent, error = (folders.of_daemon(name) for name in ("outbox", "sent", "error"))
    assert modem.hand_over(OutboundText(7, ANA, "one", 1)) is None
    assert modem.hand_over(OutboundText(7, ANA, "one", 2)) is None
    (file,) = outbox.iterdir()
    assert modem.outcome(OutboundText(7, ANA, "one", 2)) is None
    file.rename(sent / file.name)
    assert modem.hand_over(OutboundText(7, ANA, "one", 3)) == SendOutcome("sent")
    assert modem.outcome(OutboundText(7, ANA, "one", 3)) == SendOutcome("sent")
    assert modem.outcome(OutboundText(7, ANA, "one", 3)) is None  # settled: it counts no longer
    modem.hand_over(OutboundText(8, ANA, "two", 1))
    (file,) = outbox.iterdir()
    file.rename(error / file.name)
    outcome = modem.outcome(OutboundText(8, ANA, "two", 1))
    assert outcome is not None
    assert (outcome.status, outcome.permanent) == ("failed", False)
    assert modem.hand_over(OutboundText(8, ANA, "two", 2)) is None
    assert len(list(outbox.iterdir())) == 1


def require_daemon() -> str:
    found = shutil.which("gammu-smsd")
    if found is None:
        assert os.environ.get("CI") != "true", "gammu-smsd is missing, and CI must try it"
        pytest.skip("gammu-smsd is not installed (Debian: apt install gammu-smsd)")
    return found


@pytest.fixture
def daemon(folders: gammu.Folders, tmp_path: Path) -> Iterator[Path]:
    """The daemon on its dummy device; gives the folder in which the device finds its texts."""
    program, device = require_daemon(), tmp_path / "device"
    (device / "sms" / "1").mkdir(parents=True)
    config = tmp_path / "gammu-smsdrc"
    config.write_text(
        f"[gammu]\ndevice = {device}\nconnection = none\nmodel = dummy\n\n{gammu.install(folders.root)}\n"
        "loopsleep = 1\ncommtimeout = 1\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([program, "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield device / "sms" / "1"
    terminated(process)


def text_of(words: str, *, ago: float = 0.0) -> str:
    """A text in the dummy device's own format (gammu-smsbackup(5))."""
    at = datetime.now(UTC).astimezone() - timedelta(seconds=ago)  # the network's time, in the zone of this machine
    return (
        f'[SMSBackup000]\nNumber = "{ANA}"\nState = UnRead\nFolder = 1\nCoding = Default_No_Compression\n'
        f"Sent = {at:%Y%m%dT%H%M%S}\nLength = {len(words)}\nText00 = {words.encode('utf-16-be').hex().upper()}\n"
    )


@pytest.mark.slow
def test_a_text_goes_through_the_modem_and_its_reply_goes_out_by_it(
    settings: Settings, engine: Engine, folders: gammu.Folders, daemon: Path
) -> None:
    port = free_port()
    env = environment_of(settings, MOTABOT_OUTBOX_MODE="claim", MOTABOT_PORT=str(port), MOTABOT_WEB_WORKERS="1")
    motabot = [sys.executable, "-m", "motabot"]
    gateway = subprocess.Popen([*motabot, "gateway", "gammu", "run", str(folders.root)], env=env)
    try:
        (daemon / "1").write_text(text_of("when do you open?"), encoding="ascii")
        wait_until(lambda: spooled(folders), 120)  # the service is down: it waits here
        (daemon / "2").write_text(text_of("do you have gelato?", ago=26 * 3600), encoding="ascii")
        wait_until(lambda: len(spooled(folders)) == 2, 120)
        services = [subprocess.Popen([*motabot, name], env=env) for name in ("serve", "worker")]
        try:
            wait_until(lambda: list(folders.of_daemon("sent").glob("*_settled*")), 120)
        finally:
            for process in services:
                terminated(process)
    finally:
        terminated(gateway)
    with engine.connect() as connection:
        rows = connection.execute(
            text("select direction, phone_number, content, status from public.messages order by id")
        ).all()
    (asked, late, reply) = [tuple(row) for row in rows]
    assert asked == ("inbound", ANA, "when do you open?", "read")
    assert late == ("inbound", ANA, "do you have gelato?", "unread")
    (sent,) = folders.of_daemon("sent").iterdir()
    assert reply == ("outbound", ANA, sent.read_bytes().decode("utf-16"), "sent")
    assert spooled(folders) == []


def test_a_folder_that_is_not_prepared_is_named(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "motabot", "gateway", "gammu", "run", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert f"motabot gateway gammu install {tmp_path}" in ran.stderr


def test_the_client_says_who_does_not_answer(webhook_secret: str) -> None:
    with (
        ServiceClient("http://127.0.0.1:9", webhook_secret) as client,
        pytest.raises(ServiceUnreachable, match=r"127\.0\.0\.1:9"),
    ):
        client.post("/sms/inbound", {})


def test_a_daemon_that_takes_nothing_is_an_outage_and_costs_no_attempt(folders: gammu.Folders) -> None:
    modem = gammu.GammuTransport(folders)
    waiting, later = OutboundText(7, ANA, "one", 1), OutboundText(8, ANA, "two", 1)
    assert modem.hand_over(waiting) is None
    (file,) = folders.of_daemon("outbox").iterdir()
    os.utime(file, (0, 0))
    assert modem.outcome(waiting) is None  # it may be busy with others: it took one just now
    for name in ("sent", "error"):
        os.utime(folders.of_daemon(name), (0, 0))
    for outcome in (modem.outcome(waiting), modem.hand_over(later), modem.hand_over(replace(waiting, again=True))):
        assert outcome is not None
        assert outcome.is_outage
    file.rename(folders.of_daemon("sent") / file.name)
    assert modem.outcome(waiting) == SendOutcome("sent")
    assert modem.hand_over(later) is None
