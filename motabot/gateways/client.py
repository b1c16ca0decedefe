"""The other side of MotaBot's own webhook: what an SMS layer sends to the service."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

import httpx2
from standardwebhooks import Webhook

from motabot.boundary import JsonObject
from motabot.errors import MotaBotError


class ServiceUnreachable(MotaBotError):
    """The service does not answer."""

    status = 503


class ServiceRefused(MotaBotError):
    """The service refused a request.

    Attributes:
        answered: The HTTP status it answered.
    """

    status = 502

    def __init__(self, message: str, answered: int) -> None:
        super().__init__(message)
        self.answered = answered


class ServiceClient:
    """Posts signed JSON. Safe to use from several threads."""

    def __init__(self, url: str, webhook_secret: str, *, timeout: float = 10.0) -> None:
        """
        Args:
            url: Where the service runs, for example http://127.0.0.1:8080.
            webhook_secret: One of its MOTABOT_WEBHOOK_SECRETS.
            timeout: Seconds for one request.
        """
        self._webhook = Webhook(webhook_secret)
        self._url = url.rstrip("/")
        self._http = httpx2.Client(timeout=timeout)

    def __enter__(self) -> ServiceClient:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def post(self, path: str, body: JsonObject) -> JsonObject:
        """Post to a path and return what was answered. Each call gets a new signature, with the current time.

        Raises:
            ServiceUnreachable: No answer, or one that says to come again later.
            ServiceRefused: Any other answer that is not a success.
        """
        raw, webhook_id, now = json.dumps(body).encode(), f"msg_{uuid.uuid4().hex}", datetime.now(UTC)
        try:
            answer = self._http.post(
                f"{self._url}{path}",
                content=raw,
                headers={
                    "content-type": "application/json",
                    "webhook-id": webhook_id,
                    "webhook-timestamp": str(int(now.timestamp())),
                    "webhook-signature": self._webhook.sign(webhook_id, now, raw.decode()),
                },
            )
        except httpx2.HTTPError as error:
            raise ServiceUnreachable(
                f"No service answers at {self._url} ({type(error).__name__}); is `motabot up` running?"
            ) from error
        if answer.status_code in (429, 500, 502, 503, 504):
            raise ServiceUnreachable(f"The service at {self._url} answered {answer.status_code}; try again later.")
        if not answer.is_success:
            raise ServiceRefused(
                f"The service answered {answer.status_code}: {answer.text[:500]}", answer.status_code
            )
        return dict(answer.json())
