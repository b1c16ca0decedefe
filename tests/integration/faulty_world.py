"""The customer, the layer and the carrier of a conversation, and what must be true at its end."""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import text

from motabot.app import Service, create_app
from motabot.errors import ClaimRefused
from motabot.settings import Settings
from motabot.sms.claim import Claims, Lease, LeasedText
from motabot.sms.consent import Decision, decide
from motabot.sms.machine import recognize
from motabot.sms.settle import Status
from motabot.sms.sweep import sweep
from motabot.testing import post_text

ANA = "+14155550101"
TABLES = ["motabot.parts", "motabot.receipts", "motabot.answered", "motabot.consents", "motabot.handoffs",
          "motabot.deliveries", "motabot.scheduled", "motabot.tool_calls", "motabot.turns", "motabot.phones",
          "motabot.procrastinate_jobs", "public.leads", "public.messages"]  # fmt: skip
RECEIPTS: list[Status] = ["delivered", "undelivered", "sent", "failed"]


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
    receipts: dict[int, list[str]] = field(default_factory=dict)
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
        self.receipts.clear()
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
        self.receipts.setdefault(each.id, [])
        if what == "dies":
            self.died.add(each.id)
            return
        if what == "early receipt":
            self.report(each.id, "undelivered")
        if what == "sends and says it failed":
            self.claims.settle(each.id, "failed", lease=lease.id, reason="no answer in time")
            self.report(each.id, "sent")
            return
        self.claims.settle(each.id, "sent", lease=lease.id)

    def report(self, message_id: int, status: Status) -> None:
        """Tell what the carrier says of a text that it was given; a text is delivered once and for all."""
        with contextlib.suppress(ClaimRefused):
            self.claims.settle(message_id, status, reason="lost")
            self.receipts[message_id].append(status)

    def queue(self, many: int) -> None:
        """Queue texts that go out whatever the number's consent."""
        with self.service.engine.begin() as connection:
            for number in range(many):
                self.service.outbox.queue(connection, ANA, f"{number}", kind="consent")

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
        found = self.rows(
            "select m.id, m.status, d.delivered_at is not null, d.dead from public.messages m"
            " join motabot.deliveries d on d.message_id = m.id where m.direction = 'outbound' order by m.id"
        )
        # of a text whose sender died, and that nobody spoke of since, nothing is known
        heard = {message: told for message, told in self.receipts.items() if told or message not in self.died}
        assert [row for row in found if row[0] in heard] == [
            (
                message,
                "sent",
                "delivered" in told,
                "delivered" not in told and bool({"undelivered", "failed"} & set(told)),
            )
            for message, told in sorted(heard.items())
        ]
