"""Three doors in one process, all with the same imitated provider behind them."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from motabot.agent.models.base import ModelAnswer, ModelRequest
from motabot.agent.models.openai import OpenAIModel, Options
from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.staff import accounts
from tests.providers.imitation import Answer, Door, Server

NAME = "imitated"


@dataclass
class Outcome:
    """What came out at a door: the words, who found them, everything that was shown, and why the model failed."""

    text: str
    model: str
    shown: str
    troubles: list[str] = field(default_factory=list)


class Fresh:
    """A provider that has learned nothing yet: each behavior meets a new one."""

    name = NAME

    def __init__(self, url: str) -> None:
        self._url = url
        self.begin()

    def begin(self, url: str | None = None, options: Options | None = None, key: str = "k") -> None:
        """Forget what was learned."""
        self.model = OpenAIModel(
            NAME, api_key=key, base_url=url or self._url, retries=2, sleep=lambda _seconds: None, options=options
        )

    @property
    def is_live(self) -> bool:
        return self.model.is_live

    def answer(self, request: ModelRequest) -> ModelAnswer:
        return self.model.answer(request)


class Doors:
    """The customers' door and both of the staff's."""

    def __init__(self, settings: Settings) -> None:
        self.server = Server()
        self.server.__enter__()
        self.provider = Fresh(self.server.url)
        self.service = Service(settings, [self.provider])
        self._client = create_app(self.service).test_client()
        self._numbers = itertools.count(1)
        with self.service.engine.begin() as connection:
            self._token = accounts.add(connection, "Kim", "admin", by="test")

    def close(self) -> None:
        self.service.close()
        self.server.__exit__()

    def try_at(self, door: Door, answer: Answer, **provider: Any) -> Outcome:
        """Ask at a door while the server behaves in this way."""
        self.server.begin(answer)
        self.provider.begin(**provider)
        return {"customer": self._customer, "staff": self._staff, "staff stream": self._stream}[door]()

    def _customer(self) -> Outcome:
        phone = f"+1415555{next(self._numbers):04d}"
        with self.service.engine.begin() as connection:
            connection.execute(
                text(
                    'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                    " values (:phone, 'when do you open?', now(), 'unread', 'inbound')"
                ),
                {"phone": phone},
            )
        turn = self.service.turns.run(phone)
        with self.service.engine.connect() as connection:
            row = connection.execute(
                text(
                    "select m.content, t.model, t.troubles from motabot.turns t"
                    " join public.messages m on m.id = t.reply_id where t.id = :turn"
                ),
                {"turn": turn},
            ).one()
        return Outcome(row.content, row.model, row.content, [trouble["reason"] for trouble in row.troubles])

    def _post(self, **headers: str) -> str:
        response = self._client.post(
            "/chat",
            data=json.dumps({"question": "When do we open?"}),
            headers={"authorization": f"Bearer {self._token}", **headers},
        )
        assert response.status_code == 200, response.get_data(as_text=True)
        return response.get_data(as_text=True)

    def _staff(self) -> Outcome:
        shown = self._post()
        answer = json.loads(shown)
        return Outcome(answer["text"], answer["model"], answer["text"], answer["problems"])

    def _stream(self) -> Outcome:
        words: list[str] = []
        last: dict[str, Any] = {}
        for block in self._post(accept="text/event-stream").strip().split("\n\n"):
            lines = dict(line.partition(": ")[::2] for line in block.split("\n"))
            if "event" not in lines:
                continue
            data = json.loads(lines["data"])
            assert lines["event"] != "error", data
            if lines["event"] in ("words", "text"):
                words.append(data["text"])
            if lines["event"] == "text":
                last = data
        return Outcome(last["text"], last["model"], "\n".join([*words, _joined(words)]), last["problems"])


def _joined(words: list[str]) -> str:
    return "".join(words[:-1])
