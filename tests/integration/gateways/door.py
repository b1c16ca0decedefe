"""What layers post and what the database then contains."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode

from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from twilio.request_validator import RequestValidator

from motabot.app import Service
from motabot.sms.claim import Claims

ANA = "+14155550101"


TOKENS, KEYS = ("12345", "next-token"), ("phone-key", "new-phone-key")


PUBLIC = "https://shop.example.org"


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def inbound(engine: Engine) -> list[tuple[Any, ...]]:
    return rows(
        engine, "select phone_number, content from public.messages where direction = 'inbound' order by id"
    )


FORM = {"MessageSid": "SM1", "From": ANA, "To": "+14155550199", "Body": "when do you open? ñ&=", "NumMedia": "0"}


def twilio(
    door: FlaskClient, form: dict[str, str], *, token: str = TOKENS[0], path: str = "/sms/twilio", **change: Any
) -> Any:
    signature = RequestValidator(token).compute_signature(PUBLIC + path, form)
    raw = change.get("raw", urlencode(form))
    headers = {"x-twilio-signature": change.get("signature", signature)}
    return door.post(path, data=raw, headers=headers, content_type="application/x-www-form-urlencoded")


def queue(shop: Service, *words: str) -> list[int]:
    with shop.engine.begin() as connection:
        return [shop.outbox.queue(connection, ANA, each) for each in words]


def give(shop: Service, layer: str) -> None:
    """Have a sender of a layer take what is queued."""
    Claims(shop.engine, shop.settings).claim(10, layer=layer)


def event(**payload: Any) -> dict[str, Any]:
    said = {"messageId": "m1", "message": "when do you open?", "sender": ANA, "simNumber": 1, **payload}
    return {"deviceId": "d", "event": "sms:received", "id": "e1", "payload": said, "webhookId": "w"}


def capcom6(
    door: FlaskClient,
    body: Any,
    *,
    key: str = KEYS[0],
    at: float | None = None,
    path: str = "/sms/capcom6",
    **change: Any,
) -> Any:
    """Signed as docs.sms-gate.app has it; its makers publish no library that signs."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = change.get("stamp", str(int(time.time() if at is None else at)))
    signature = hmac.new(key.encode(), raw + stamp.encode(), hashlib.sha256).hexdigest()
    headers = {"x-signature": change.get("signature", signature), "x-timestamp": stamp}
    return door.post(path, data=change.get("raw", raw), headers=headers)


Answer = Callable[[str, str, dict[str, Any]], tuple[int, dict[str, Any]]]


class Layer:
    """A stand-in for an SMS layer's HTTP API, on this machine."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                raw = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
                is_form = "form" in (self.headers["content-type"] or "")
                body = {k: v[0] for k, v in parse_qs(raw).items()} if is_form else json.loads(raw or "{}")
                path = self.path.split("?")[0]
                owner.asked.append((self.command, path, body))
                code, said = answer(self.command, path, body)
                content = json.dumps(said).encode()
                self.send_response(code)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = _answer  # noqa: N815 - the base class looks for these names
            do_POST = _answer  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Layer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
