"""What tests and benchmarks need, shipped so that a shop can test its own tools and words the same way.

A database is a clone of a template that was prepared once: real PostgreSQL, a few milliseconds a test.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from flask.testing import FlaskClient
from sqlalchemy import make_url
from standardwebhooks import Webhook
from werkzeug.test import TestResponse

from motabot.agent.models.base import ModelAnswer, ModelRequest
from motabot.boundary import Json, JsonObject
from motabot.db import embedded, init
from motabot.db.engine import make_engine
from motabot.errors import ModelError
from motabot.settings import load_settings

T = TypeVar("T")
#: A file system in memory, as Linux has it, and the bytes that the databases of a test run may take there.
_MEMORY, _ROOM = "/dev/shm", 4 * 1024**3  # noqa: S108


class PostgresServer:
    """A throw-away PostgreSQL that holds a prepared template and hands out clones of it.

    It trades durability for speed (no fsync): no test relies on it, and a client that is killed loses nothing.
    """

    def __init__(self, url: str, log: Path | None = None) -> None:
        """
        Args:
            url: A superuser's.
            log: The server's log, if it has one.
        """
        self.url = url
        self.log = log
        self._template: str | None = None

    def clone(self) -> str:
        """A new database with everything `motabot db init` makes, as a URL."""
        if self._template is None:
            self._template = self.empty()
            engine = make_engine(self._template, load_settings())
            init.prepare(engine)
            engine.dispose()
        return self._create(f"template {make_url(self._template).database}")

    def empty(self) -> str:
        """A new database with nothing in it, as a URL."""
        return self._create("template template0")

    def drop(self, url: str) -> None:
        """Drop a database, even if somebody is connected to it."""
        self._run(f"drop database if exists {make_url(url).database} with (force)")

    def _create(self, options: str) -> str:
        name = f"motabot_{uuid.uuid4().hex[:16]}"
        self._run(f"create database {name} {options} strategy file_copy")
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextlib.contextmanager
def server() -> Iterator[PostgresServer]:
    """A separate embedded server for the length of a block, in a temporary folder that is deleted afterwards.

    With TEST_DATABASE_URL set, to a superuser of a server that may be thrown away, that one is used instead.
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield PostgresServer(url)
        return
    home = Path(tempfile.mkdtemp(prefix="motabot-", dir=fastest_folder()))
    home.chmod(0o755)  # as root the server runs as another user, which must reach it
    try:
        with embedded.running(home) as url:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("alter system set fsync = off")
                connection.execute("alter system set synchronous_commit = off")
                connection.execute("alter system set full_page_writes = off")
                connection.execute("select pg_reload_conf()")
            yield PostgresServer(url)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def fastest_folder() -> str | None:
    """Where a server's files are copied soonest: in memory, if there is room. Paths of sockets must be short."""
    with contextlib.suppress(OSError):
        room = os.statvfs(_MEMORY)
        if room.f_bavail * room.f_frsize >= _ROOM and os.access(_MEMORY, os.W_OK):
            return _MEMORY
    return "/tmp" if os.name == "posix" else None  # noqa: S108


def wait_until(condition: Callable[[], T], seconds: float = 60.0) -> T:
    """Ask again and again until the condition holds, and return what it said.

    Raises:
        TimeoutError: It did not hold in time.
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"timed out after {seconds:g} s")
        time.sleep(0.02)
    return value


def completion(text: str | None = None, *calls: tuple[str, Json], **choice: Json) -> JsonObject:
    """A Chat Completions body that says `text` or calls tools, each as (name, arguments).

    Arguments other than strings are turned into JSON; `choice` overrides fields of the only choice.
    """
    message: JsonObject = {"role": "assistant", "content": text, "refusal": None}
    if calls:
        message["tool_calls"] = [
            {
                "id": f"call_{uuid.uuid4().hex[:8]}",
                "type": "function",
                "function": {"name": name, "arguments": given if isinstance(given, str) else json.dumps(given)},
            }
            for name, given in calls
        ]
    return {
        "id": "chatcmpl-test",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "scripted",
        "choices": [
            {"index": 0, "finish_reason": "tool_calls" if calls else "stop", "message": message, **choice}
        ],
        "usage": {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940},
    }


@dataclass
class Reply:
    """What the model server sends back: a JSON body or raw bytes, with a status, after a while."""

    body: JsonObject | bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


def _pieces(body: JsonObject) -> bytes:
    """A completion as a stream of server-sent events has it: word by word, call by call, then the usage."""
    choice = body["choices"][0]
    message = choice["message"]
    calls = [{"index": n, **call} for n, call in enumerate(message.get("tool_calls") or ())]
    words = [part for part in re.split(r"(?<=\s)", message["content"] or "") if part]
    deltas = [
        {"role": "assistant"},
        *({"content": word} for word in words),
        *({"tool_calls": [call]} for call in calls),
    ]
    shared = {**{key: body[key] for key in ("id", "created", "model")}, "object": "chat.completion.chunk"}
    chunks = [{**shared, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    chunks.append({**shared, "choices": [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}]})
    chunks.append({**shared, "choices": [], "usage": body["usage"]})
    return b"".join(b"data: %s\n\n" % json.dumps(chunk).encode() for chunk in chunks) + b"data: [DONE]\n\n"


Script = Callable[[JsonObject, int], "Reply | JsonObject"]


class ModelServer:
    """A server on this machine that speaks Chat Completions, for the real `openai` client to talk to.

    Args:
        script: Makes the answer from the request's body and the number of requests before it. It runs in
            the request's own thread and may wait, count or kill.
    """

    def __init__(self, script: Script) -> None:
        self.requests: list[JsonObject] = []
        self.raw_requests: list[bytes] = []
        self._lock = threading.Lock()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # or head and body, sent apart, cost 40 ms of waiting

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["content-length"]))
                body = json.loads(raw)
                with owner._lock:
                    number = len(owner.requests)
                    owner.requests.append(body)
                    owner.raw_requests.append(raw)
                made = script(body, number)
                reply = made if isinstance(made, Reply) else Reply(made)
                if body.get("stream") and reply.status == 200 and isinstance(reply.body, dict):
                    reply = replace(reply, body=_pieces(reply.body), headers={"content-type": "text/event-stream"})
                if reply.seconds:
                    time.sleep(reply.seconds)
                content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
                with contextlib.suppress(OSError):  # the client gave up, which is often the point of a test
                    self.send_response(reply.status)
                    for name, value in {"content-type": "application/json", **reply.headers}.items():
                        self.send_header(name, value)
                    self.send_header("content-length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
                """Say nothing: the test looks at `requests`."""

        class QuietServer(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """Say nothing: clients that are killed in the middle are often the point of a test."""

        self._server = QuietServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> ModelServer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def post_text(
    client: FlaskClient, webhook_secret: str, body: JsonObject | bytes, *, webhook_id: str | None = None
) -> TestResponse:
    """Post a text to the app's webhook, signed as an SMS layer signs it."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/sms/inbound", data=raw, headers=signed_headers(webhook_secret, raw, webhook_id))


def signed_headers(
    webhook_secret: str, raw: bytes, webhook_id: str | None = None, at: datetime | None = None
) -> dict[str, str]:
    """The headers of a Standard Webhooks delivery of these bytes, made by the reference library."""
    webhook_id = webhook_id or f"msg_{uuid.uuid4().hex}"
    at = at or datetime.now(UTC)
    return {
        "content-type": "application/json",
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(webhook_secret).sign(webhook_id, at, raw.decode("utf-8", "surrogatepass")),
    }


#: What a scripted model says: an answer, the text of one, an exception to raise, or a function of the request.
Line = ModelAnswer | str | Exception | Callable[[ModelRequest], ModelAnswer]


@dataclass
class ScriptedModel:
    """Says its lines in order and remembers what it was asked.

    A line is an answer, the text of one, an exception to raise, or a function of the request. After the
    last line it fails, as a provider does that is gone.
    """

    lines: Iterable[Line]
    name: str = "scripted"
    requests: list[ModelRequest] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._remaining = iter(self.lines)

    def answer(self, request: ModelRequest) -> ModelAnswer:
        self.requests.append(request)
        line = next(self._remaining, ModelError("the script is over"))
        if isinstance(line, Exception):
            raise line
        if isinstance(line, str):
            return ModelAnswer(line)
        if isinstance(line, ModelAnswer):
            return line
        return line(request)
