"""A server on this machine that answers as real ones were seen to, and the register of those behaviors."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Door = Literal["customer", "staff", "staff stream"]
DOORS: tuple[Door, ...] = ("customer", "staff", "staff stream")

#: What the imitated model says in the end. It passes every check, so what becomes of it is the server's doing.
TEXT = "We open at nine."


@dataclass
class Reply:
    """What goes back: JSON, bytes, or pieces of them, each after a while."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] | None = None
    pause: float = 0.0


@dataclass(frozen=True)
class Ask:
    """A request that reached the server.

    Attributes:
        body: Its JSON.
        path: Of its URL.
        headers: In small letters.
        number: Requests before it in this conversation.
    """

    body: dict[str, Any]
    path: str
    headers: dict[str, str]
    number: int

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def messages(self) -> list[dict[str, Any]]:
        return list(self.body["messages"])

    @property
    def has_result(self) -> bool:
        """Whether a tool's result has come back already."""
        return any(
            message["role"] == "tool" or "<tool_response>" in str(message.get("content"))
            for message in self.messages
        )

    @property
    def call(self) -> tuple[str, dict[str, Any]]:
        """A call that the door's tools answer."""
        offered = json.dumps(self.body.get("tools") or self.messages)
        if "run_query" in offered:
            return "run_query", {"query": "select count(*) as customers from customers", "title": "Customers"}
        return "show_shop_info", {"topic": "hours"}

    def says(self, text: str | None = TEXT, **choice: Any) -> Reply:
        """An answer as OpenAI's own server writes it, in pieces where that was asked for."""
        return self.completes(message(text), **choice)

    def calls(self, *calls: dict[str, Any], text: str | None = None, **choice: Any) -> Reply:
        """Calls as OpenAI's own server writes them; without an argument the door's own one."""
        made = list(calls) or [call_of(*self.call)]
        return self.completes({**message(text), "tool_calls": made}, finish_reason="tool_calls", **choice)

    def usual(self) -> Reply:
        """A call first, the answer when its result is there."""
        return self.says() if self.has_result else self.calls()

    def completes(self, said: dict[str, Any], usage: Any = "usual", **choice: Any) -> Reply:
        if not self.streams:
            return Reply(completion(said, usage=usage, **choice))
        finish = choice.pop("finish_reason", "stop")
        deltas: list[dict[str, Any]] = [{"role": "assistant"}]
        deltas += [{"content": word} for word in pieces_of(said.get("content") or "", 4)]
        deltas += [
            {"tool_calls": [{"index": number, **call}]} for number, call in enumerate(said.get("tool_calls") or ())
        ]
        deltas += [
            {key: value} for key, value in said.items() if key not in ("role", "content", "tool_calls") and value
        ]
        chunks = [chunk(delta) for delta in deltas] + [chunk({}, finish_reason=finish, **choice)]
        return stream([*chunks, {**CHUNK, "choices": [], "usage": USAGE if usage == "usual" else usage}])


USAGE = {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940}
CHUNK = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": "imitated"}


def message(text: str | None) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


def call_of(name: str, arguments: Any, identity: str = "call_1") -> dict[str, Any]:
    """A tool call; arguments that are not text become JSON."""
    written = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return {"id": identity, "type": "function", "function": {"name": name, "arguments": written}}


def call_changed(ask: Ask, **changes: Any) -> dict[str, Any]:
    """The door's call, with some of its fields changed; None leaves one out."""
    made = {**call_of(*ask.call), **changes}
    return {key: value for key, value in made.items() if value is not None}


def completion(said: dict[str, Any], usage: Any = "usual", **choice: Any) -> dict[str, Any]:
    """A Chat Completions body with one choice; `choice` overrides fields of it."""
    made: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "imitated",
        "choices": [{"index": 0, "finish_reason": "stop", "message": said, **choice}],
    }
    if usage is not None:
        made["usage"] = USAGE if usage == "usual" else usage
    return made


def chunk(delta: Any, finish_reason: str | None = None, **choice: Any) -> dict[str, Any]:
    return {**CHUNK, "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason, **choice}]}


def stream(events: Iterable[Any], *, done: bool = True, ending: str = "\n\n", head: str = "data: ") -> Reply:
    """Server-sent events; an event that is text goes out as it is."""
    lines = [event if isinstance(event, str) else f"{head}{json.dumps(event)}{ending}" for event in events]
    body = "".join(lines) + ("data: [DONE]\n\n" if done else "")
    return Reply(body.encode(), headers={"content-type": "text/event-stream"})


def pieces_of(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def refuses(status: int, words: str, **fields: Any) -> Reply:
    """An error as OpenAI's own server writes it."""
    return Reply(
        {"error": {"message": words, "type": "invalid_request_error", "param": None, "code": None, **fields}},
        status,
    )


Answer = Callable[[Ask], Reply]


@dataclass(frozen=True)
class Behavior:
    """One thing that servers do.

    Attributes:
        name: In words, as the table has it.
        servers: Where it was seen.
        answer: Does it.
        falls_back: Why the offline model answers, where nothing else can be done; empty: the answer is used.
        doors: Where it is tried.
        checks: Looks at the requests that came, where they must have changed.
    """

    name: str
    servers: str
    answer: Answer
    falls_back: str = ""
    doors: tuple[Door, ...] = DOORS
    checks: Callable[[list[Ask]], bool] | None = None


BEHAVIORS: list[Behavior] = []


def behavior(
    servers: str,
    *,
    falls_back: str = "",
    doors: tuple[Door, ...] = DOORS,
    checks: Callable[[list[Ask]], bool] | None = None,
) -> Callable[[Answer], Answer]:
    """Register a behavior, named by the first line of its docstring."""

    def register(answer: Answer) -> Answer:
        name = (answer.__doc__ or "").strip().splitlines()[0].rstrip(".")
        BEHAVIORS.append(Behavior(name, servers, answer, falls_back, doors, checks))
        return answer

    return register


class Server:
    """Answers with whichever behavior is current."""

    def __init__(self) -> None:
        self.answer: Answer = lambda ask: ask.usual()
        self.asks: list[Ask] = []
        self._lock = threading.Lock()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                with owner._lock:
                    headers = {name.casefold(): value for name, value in self.headers.items()}
                    ask = Ask(body, self.path, headers, len(owner.asks))
                    owner.asks.append(ask)
                try:
                    self._send(owner.answer(ask))
                except OSError:
                    self.close_connection = True

            def do_GET(self) -> None:
                self._send(Reply({"error": "method not allowed"}, 405))

            def _send(self, reply: Reply) -> None:
                content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
                self.send_response(reply.status)
                for name, value in {"content-type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                if reply.pieces is None:
                    self.send_header("content-length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
                    return
                self.send_header("connection", "close")
                self.end_headers()
                self.close_connection = True
                for piece in reply.pieces:
                    self.wfile.write(piece)
                    time.sleep(reply.pause)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
                """Say nothing."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Say nothing: clients that give up are the point of some behaviors."""

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Server:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def begin(self, answer: Answer) -> None:
        """Answer with this behavior from now on."""
        self.answer = answer
        self.asks = []
