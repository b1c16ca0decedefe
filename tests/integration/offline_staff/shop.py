"""The web application with no model but the offline one."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.staff import accounts

ANA, BOB = "+14155550101", "+14155550102"


class OfflineShop:
    """The web application with no model but the offline one."""

    def __init__(self, settings: Settings) -> None:
        self.service = Service(settings, [])
        self.client: FlaskClient = create_app(self.service).test_client()
        with self.service.engine.begin() as connection:
            self.token = accounts.add(connection, "Kim", "admin", by="test")

    def post(self, path: str, body: Any) -> Any:
        answer = self.client.post(path, data=json.dumps(body), headers={"authorization": f"Bearer {self.token}"})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def ask(self, *questions: str) -> dict[str, Any]:
        """The answer to the last of several messages of one conversation."""
        answer: dict[str, Any] = {}
        for question in questions:
            answer = self.post("/chat", {"question": question, **({"chat": answer["chat"]} if answer else {})})
            assert answer["model"] == "offline"
        return answer

    def order(self, *messages: str) -> dict[str, Any]:
        """Have done what the last of the messages orders; returns the action as it was done."""
        answer = self.ask(*messages)
        assert "waits for a person's approval" in answer["text"], answer
        (action,) = answer["actions"]
        done = self.post(f"/actions/{action['id']}/approve", {"hash": action["hash"]})
        assert done["status"] == "done"
        return dict(done)
