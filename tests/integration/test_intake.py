"""What a text is, decided as it comes in: machines, late texts, parts, texts that come twice, numbers with a new owner."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service, create_app
from motabot.customers import phones
from motabot.db.queries import read_sql
from motabot.settings import Settings
from motabot.sms.sweep import sweep
from motabot.testing import post_text

ANA = "+14155550101"
NOW = datetime.now(UTC).replace(microsecond=0)


class Layer:
    """Posts texts, writes rows, and reads what became of them."""

    def __init__(self, service: Service, client: FlaskClient, secret: str) -> None:
        self.service, self._client, self._secret = service, client, secret

    def post(self, words: str, *, ago: float = 0.0, sender: str = ANA, **fields: Any) -> int:
        sent_at = (NOW - timedelta(seconds=ago)).isoformat()
        body = {"sender": sender, "text": words, "modem_timestamp": sent_at, **fields}
        answer = post_text(self._client, self._secret, body)
        assert answer.status_code in (200, 202), answer.get_json()
        return int(answer.get_json()["id"])

    def write(self, words: str, *, sender: str = ANA, stamped: datetime | None = None, many: int = 1) -> None:
        with self.service.engine.begin() as connection:
            connection.execute(
                text(
                    'insert into public.messages (phone_number, content, "timestamp", modem_timestamp, status, direction)'
                    " select :phone, :words, now(), :stamped, 'unread', 'inbound' from generate_series(1, :many)"
                ),
                {"phone": sender, "words": words, "stamped": stamped, "many": many},
            )

    def send(self, words: str) -> None:
        with self.service.engine.begin() as connection:
            self.service.outbox.queue(connection, ANA, words)

    def sweep(self) -> int:
        return sweep(self.service.engine, self.service.inbox, self.service.jobs, region="US")

    def rows(self, query: str, **parameters: Any) -> list[Any]:
        with self.service.engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(text(query), parameters)]
        return [row[0] if len(row) == 1 else row for row in found]

    def reasons(self) -> list[str]:
        return self.rows("select reason from motabot.answered order by message_id")

    def consent(self, phone: str = ANA) -> str:
        return str(self.rows("select consent from motabot.phones where phone = :p", p=phone)[0])

    def jobs(self) -> int:
        return int(self.rows("select count(distinct lock) from motabot.procrastinate_jobs")[0])

    def queued(self) -> list[str]:
        return self.rows("select content from public.messages where direction = 'outbound' and status = 'queued'")

    def sent(self) -> list[str]:
        return self.rows("select content from public.messages where direction = 'outbound' order by id")

    def age_sent(self, *, hours: int) -> None:
        """Make everything that was sent older."""
        with self.service.engine.begin() as connection:
            connection.execute(
                text(
                    'update public.messages set "timestamp" = "timestamp" - make_interval(hours => :hours)'
                    " where direction = 'outbound'"
                ),
                {"hours": hours},
            )

    def handoffs(self) -> list[str]:
        return self.rows("select reason from motabot.handoffs order by id")


@pytest.fixture
def layer(settings: Settings, webhook_secret: str) -> Iterator[Layer]:
    service = Service(settings)
    yield Layer(service, create_app(service).test_client(), webhook_secret)
    service.close()


# --- machines


def test_a_machines_text_is_recorded_and_changes_nothing(layer: Layer) -> None:
    layer.send("MoTa: welcome. Reply STOP to opt out.")
    for words in (
        "Questioned “MoTa: welcome. Reply STOP to opt out.”",
        "I’m driving with Do Not Disturb While Driving turned on. I’ll see your message when I get where I’m going.",
        "Your verification code is 482913. Do not share it.",
    ):
        layer.post(words)
        layer.write(words)
    layer.sweep()
    kinds = ["reaction", "automatic reply", "notice"]
    assert sorted(layer.reasons()) == sorted(f"machine text: {kind}" for kind in kinds * 2)
    assert (layer.consent(), layer.jobs(), len(layer.queued())) == ("unknown", 0, 1)


def test_an_opt_out_beside_a_quotation_of_ours_counts(layer: Layer) -> None:
    layer.send("MoTa: welcome. Reply STOP to opt out.")
    layer.post("“MoTa: welcome. Reply STOP to opt out.” please stop texting me")
    assert layer.consent() == "out"


def test_a_question_about_our_stop_line_is_a_question(layer: Layer) -> None:
    layer.send("MoTa: welcome. Reply STOP to opt out.")
    layer.post("what does “Reply STOP to opt out.” mean?")
    assert (layer.consent(), layer.jobs()) == ("unknown", 1)


# --- twice, late, out of order


def test_one_sms_under_two_ids_is_one_text_and_an_honest_repeat_is_two(layer: Layer) -> None:
    first = layer.post("ok", message_id="a")
    assert layer.post("ok", message_id="b") == first
    assert layer.post("ok", message_id="c", ago=3) != first
    layer.write("ok", stamped=NOW)
    layer.sweep()
    assert layer.reasons() == ["delivered before"]


def test_a_text_of_long_ago_goes_to_staff_and_its_stop_counts(layer: Layer) -> None:
    layer.post("do you have gelato?", ago=3 * 3600)
    layer.write("is anybody there?", stamped=NOW - timedelta(days=90))
    layer.sweep()
    assert (layer.reasons(), layer.jobs(), layer.handoffs()) == (["sent long ago"] * 2, 0, ["late"])
    layer.post("STOP", ago=5 * 3600)
    assert layer.consent() == "out"


@pytest.mark.parametrize(
    ("arriving", "consent"),
    [
        ([("STOP", 10), ("START", 20)], "out"),
        ([("START", 10), ("STOP", 20)], "in"),
        ([("yes", 10), ("STOP", 20)], "in"),
        ([("STOP", 10), ("yes", 20)], "out"),
        ([("START", 30), ("STOP", 10), ("START", 20)], "out"),
        ([("please stop texting me", 5), ("START", 50), ("yes", 40)], "out"),
    ],
)
def test_consent_follows_the_order_of_sending(layer: Layer, arriving: list[tuple[str, int]], consent: str) -> None:
    for words, ago in arriving:
        layer.post(words, ago=ago)
    assert layer.consent() == consent


def test_a_clock_that_is_not_set_or_is_ahead_decides_nothing(layer: Layer) -> None:
    layer.post("START", modem_timestamp=(NOW + timedelta(days=400)).isoformat())
    layer.post("STOP", modem_timestamp="1970-01-01T00:00:00Z")
    assert layer.consent() == "out"


# --- parts


def test_announced_parts_are_read_as_one_text_in_their_order(layer: Layer) -> None:
    layer.post(" the second item from it", part=2, parts=2, part_reference="r1")
    first = layer.post("could you please remove", part=1, parts=2, part_reference="r1")
    assert (layer.consent(), layer.jobs()) == ("unknown", 1)
    assert layer.rows("select content from public.messages where id = :id", id=first) == [
        "could you please remove the second item from it"
    ]
    assert layer.reasons() == ["part of a longer text"]


def test_a_stop_over_two_parts_is_a_stop(layer: Layer) -> None:
    layer.post("please stop tex", part=1, parts=2, part_reference="r1")
    assert layer.consent() == "unknown"
    layer.post("ting me", part=2, parts=2, part_reference="r1")
    assert layer.consent() == "out"


def test_without_its_missing_part_a_text_goes_ahead_and_changes_no_consent(layer: Layer) -> None:
    layer.post("could you please remove", part=1, parts=2, part_reference="r1")
    assert (layer.sweep(), layer.jobs()) == (0, 0)
    with layer.service.engine.begin() as connection:
        connection.exec_driver_sql("update motabot.parts set due_at = now()")
    assert (layer.sweep(), layer.consent()) == (1, "unknown")


def test_a_text_as_long_as_a_part_waits_for_the_rest(layer: Layer) -> None:
    words = "i ordered two things for tonight and one of them is wrong, " * 3
    start = words[: 153 - len("could you please remove")] + "could you please remove"
    layer.post(start)
    layer.post(" the second item from it")
    assert (layer.consent(), layer.jobs()) == ("unknown", 1)
    assert layer.rows("select content from public.messages order by id limit 1") == [
        f"{start} the second item from it"
    ]


@pytest.mark.parametrize(
    "words",
    [
        "¿Está lista mi orden? Salí temprano del trabajo y ya voy pa allá.",  # as long as a part of UCS-2
        "¡Qué rápidos! Llegó todo bien, la próxima semana pido más, gracias",
    ],
)
def test_only_a_text_that_may_be_cut_off_waits_for_the_rest(layer: Layer, words: str) -> None:
    whole = f"{words[:-1].ljust(66, 'á')}."
    layer.post(whole)
    assert layer.jobs() == 1
    layer.post(whole[:-1])
    assert layer.rows("select count(*) from motabot.parts") == [1]


def test_staff_are_told_of_an_emergency_of_a_number_that_is_opted_out(layer: Layer) -> None:
    layer.post("STOP", ago=9)
    layer.post("when do you open?", ago=8)
    layer.post("my 3 year old ate a gummy and wont wake up", ago=7)
    assert layer.reasons() == ["stop", "opted out", "opted out"]
    told = layer.rows("select reason || ' ' || is_urgent || ' ' || summary from motabot.handoffs")
    assert len(told) == 1
    assert told[0].startswith("emergency true Opted out of texts, so the bot sends nothing. child: my 3 year old")
    assert len(layer.sent()) == 1, "nothing but the confirmation"


def test_staff_are_told_of_an_emergency_beside_an_opt_out(layer: Layer) -> None:
    known = layer.post("i took way too many edibles and cant breathe", ago=9)
    layer.post("stop texting me", ago=8)
    layer.post("STOP. i want to kill myself", sender="+14155550177")
    with layer.service.engine.begin() as connection:
        connection.exec_driver_sql("delete from motabot.procrastinate_jobs")  # the turn ran, and found the opt-out
    layer.sweep()
    assert layer.consent("+14155550177") == "out"
    assert layer.rows("select reason from motabot.answered where message_id = :id", id=known) == ["opted out"]
    assert layer.handoffs() == ["emergency", "emergency"]


def test_a_short_opt_out_that_ends_in_mid_sentence_waits_for_the_rest(layer: Layer) -> None:
    layer.post("could you please remove")
    assert layer.consent() == "unknown"
    layer.post(" the second item from it")
    assert (layer.consent(), layer.jobs()) == ("unknown", 1)


@pytest.mark.parametrize("then", [None, "when do you open?"])
def test_an_opt_out_that_only_seemed_to_go_on_counts(layer: Layer, then: str | None) -> None:
    layer.post("could you please remove", ago=5)
    if then:
        layer.post(then)
    else:
        with layer.service.engine.begin() as connection:
            connection.exec_driver_sql("update motabot.parts set due_at = now()")
        layer.sweep()
    assert layer.consent() == "out"
    assert layer.reasons() == ["stop", "opted out"][: 2 if then else 1]


# --- a backlog


def test_a_turn_notices_a_newer_text_in_another_spelling_of_the_number(layer: Layer) -> None:
    known = layer.post("when do you open?")
    layer.write("and do you have gummies?", sender="(415) 555-0101")
    newer = layer.rows(read_sql("motabot.conversation", "newer_text"), phone=ANA, known=known)
    assert newer == [True]


def test_in_a_backlog_consent_is_decided_first_and_a_flood_delays_nobody(layer: Layer) -> None:
    layer.write("hello?", many=1100)
    layer.write("STOP", sender="+14155550102")
    layer.write("when do you open?", sender="+14155550103")
    layer.sweep()
    assert layer.consent("+14155550102") == "out"
    assert layer.jobs() == 2


def test_a_stop_in_the_table_does_not_wait_for_a_turn(layer: Layer) -> None:
    layer.post("when do you open?")
    layer.write("STOP")
    layer.sweep()
    assert layer.consent() == "out"


# --- numbers with a new owner, and senders that cannot be answered


@pytest.mark.parametrize(
    ("words", "consent"),
    [
        ("This number is mine now", "unknown"),
        ("hey i just got this number last week", "unknown"),
        ("my number changed hands, erase it", "unknown"),
        ("wrong person, stop", "out"),
        ("este numero ya no es de Maria", "unknown"),
    ],
)
def test_a_number_that_changed_hands_ends_all_use_of_the_former_owners_data(
    layer: Layer, words: str, consent: str
) -> None:
    layer.post(words)
    assert layer.rows("select unlinked_at is not null from motabot.phones") == [True]
    assert (layer.consent(), layer.handoffs(), layer.jobs()) == (consent, ["changed hands"], 0)
    assert len(layer.queued()) == 1


def test_a_sender_that_cannot_be_answered_and_asks_to_stop_is_shown_to_staff(layer: Layer) -> None:
    layer.post("STOP", sender="72345")
    layer.post("hi there", sender="72346")
    assert layer.handoffs() == ["asks to stop"]


# --- next to staff, and bounds


def test_staff_are_told_when_a_customer_writes_again_while_a_person_has_taken_over(
    layer: Layer, engine: Engine
) -> None:
    with engine.begin() as connection:
        phones.pause(connection, ANA, "Sam")
    layer.post("are you still there?")
    layer.post("hello??", ago=1)
    assert layer.handoffs() == ["waiting"]
    layer.write("STOP")
    layer.sweep()
    assert layer.consent() == "out"


@pytest.mark.parametrize(
    "answers", [["HELP"], ["STOP", "START"], ["STOP", "UNSTOP", "HELP"], ["this number is mine now"]]
)
def test_two_machines_that_confirm_each_other_end_after_a_few_texts(layer: Layer, answers: list[str]) -> None:
    sent = 0
    for number in range(20):  # the other machine answers each text of ours with its next one
        layer.post(answers[number % len(answers)], ago=100 - number)
        if len(layer.sent()) == sent:
            break
        sent = len(layer.sent())
    assert 1 <= sent <= 4
    assert "loop" in layer.handoffs()
    layer.post("START", ago=9)
    layer.post("STOP")
    assert layer.consent() == "out"  # a person's STOP counts at once, whether it is confirmed or not
    assert len(layer.sent()) <= 4


def test_a_stop_is_confirmed_after_all_the_help_that_may_be_given(layer: Layer) -> None:
    for number in range(12):
        layer.post("HELP", ago=20 - number)
    assert len(layer.sent()) == 3
    layer.post("STOP")
    assert "unsubscribed" in layer.sent()[-1]


def test_a_slow_loop_of_machines_ends_within_the_day(layer: Layer) -> None:
    for hour in range(24):
        layer.post("HELP", ago=24 - hour)
        layer.age_sent(hours=1)
    assert len(layer.sent()) == 6


@pytest.mark.parametrize(
    ("texts", "ends"),
    [(["ALTO"], "START"), (["hola, tienen flores?", "STOP"], "START"), (["no me manden mensajes"], "START")],
)
def test_the_confirmation_is_in_the_customers_language(layer: Layer, texts: list[str], ends: str) -> None:
    for words in texts:
        layer.post(words, ago=len(words))
    assert "ya no te llegan mensajes" in layer.queued()[-1]
    assert ends in layer.queued()[-1]


def written_by_a_colleague(layer: Layer, words: str) -> None:
    with layer.service.engine.begin() as connection:
        connection.execute(
            text(
                'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                " values (:phone, :words, now(), 'sent', 'outbound')"
            ),
            {"phone": ANA, "words": words},
        )


def test_the_bot_does_not_answer_over_a_colleague_who_wrote_in_the_layer(layer: Layer) -> None:
    layer.post("can you hold two eighths for me?")
    written_by_a_colleague(layer, "Sure, Ana, they are at the counter.")
    assert layer.service.turns.run(ANA) is None
    assert layer.reasons() == ["a colleague"]
    layer.post("thanks! which door?", ago=1)
    layer.service.turns.run(ANA)
    assert (layer.queued(), layer.handoffs()) == ([], ["waiting"])


def test_a_campaign_of_another_program_silences_nobody(layer: Layer) -> None:
    written_by_a_colleague(layer, "20 % off all flower this weekend!")
    layer.post("when do you open?")
    assert layer.service.turns.run(ANA) is not None


def test_every_text_of_a_flood_ends_in_a_reply(layer: Layer) -> None:
    for number in range(70):
        layer.post(f"hello? {number}", ago=number)
    layer.service.turns.run(ANA)
    assert layer.reasons() == ["reply"] * 70
    assert len(layer.queued()) == 1


def test_a_turn_answers_no_opt_out_that_the_sweep_did_not_read_yet(layer: Layer) -> None:
    layer.post("when do you open?")
    layer.write("please stop texting me")
    layer.service.turns.run(ANA)
    assert layer.consent() == "out"


SEQUENCES = tomllib.loads((Path(__file__).parents[1] / "unit" / "data" / "sms_sequences.toml").read_text("utf-8"))


def test_a_conversation_ends_as_the_table_says(layer: Layer) -> None:
    for number, sequence in enumerate(SEQUENCES["sequence"]):
        phone = f"+1415555{1000 + number}"
        ids = [layer.post(words, ago=ago, sender=phone) for words, ago in sequence["texts"]]
        reasons = dict(layer.rows("select message_id, reason from motabot.answered"))
        sent = layer.rows(
            "select count(*) from public.messages where direction = 'outbound' and phone_number = :p", p=phone
        )
        found = (layer.consent(phone), [reasons.get(each, "turn") for each in ids], sent[0])
        assert found == (sequence["consent"], sequence["reasons"], sequence["sent"]), sequence["name"]
