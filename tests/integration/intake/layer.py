"""An SMS layer that posts texts with the moments at which they were sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import text

from motabot.app import Service
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

    def end_waiting(self) -> None:
        """Let the time end for which the missing parts of a text are waited for."""
        with self.service.engine.begin() as connection:
            connection.exec_driver_sql("update motabot.parts set due_at = now()")
        self.sweep()

    def open(self) -> int:
        """How many texts have neither a reply nor a recorded reason."""
        query = (
            "select count(*) from public.messages m where direction = 'inbound'"
            " and not exists (select from motabot.answered a where a.message_id = m.id)"
        )
        return int(self.rows(query)[0])

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
