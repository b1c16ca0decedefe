"""The staff's tools for the staff's own assistants, over the Model Context Protocol.

The same tools, redaction and approvals as in the chat. A staff token says who asks: that of the process over
stdio, that of each request over HTTP. A proposal is a pending action; a person approves it at the address given.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import anyio.to_thread
from cachetools import TTLCache
from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from motabot.agent.registry import ToolRegistry, ToolSpec
from motabot.agent.tools import Proposal
from motabot.boundary import JsonMapping, JsonObject
from motabot.db import reporting
from motabot.db.audit import record
from motabot.errors import MotaBotError, TooManyQuestions, Unauthorized
from motabot.settings import Settings
from motabot.staff.accounts import Member, identify
from motabot.staff.chat import Conversations
from motabot.staff.redaction import Placeholders
from motabot.staff.results import Results
from motabot.staff.workbench import TurnOutcome

CARD: Final = "motabot://schema"
_VIEW: Final = "motabot://views/"
#: Seconds for which a person's placeholders and results are remembered after the first call.
_REMEMBERED: Final = 12 * 3600.0
_NOTE: Final = (
    "Placeholders such as [name1] stand for people, whom neither you nor the person you write for sees here;"
    " MotaBot's console shows them. Results are kept as result1, result2 ... for later queries."
)

Context = ServerRequestContext[Any, Any]


@dataclass
class _Desk:
    """What is remembered of one person's assistant."""

    placeholders: Placeholders
    results: Results = field(default_factory=Results)
    calls: deque[float] = field(default_factory=deque)
    lock: threading.Lock = field(default_factory=threading.Lock)


class StaffServer:
    """Serves the staff's tools over MCP."""

    def __init__(
        self, conversations: Conversations, registry: ToolRegistry, settings: Settings, token: str | None = None
    ) -> None:
        """
        Args:
            conversations: The chat, whose tools and redaction these are.
            registry: All tools.
            settings: Rate limit, redaction, and the address of the console.
            token: The staff token of the person who runs this process; None: each HTTP request brings its own.
        """
        self._conversations = conversations
        self._registry = registry
        self._settings = settings
        self._token = token
        self._specs = {spec.name: spec for spec in registry.for_audience("staff")}
        self._desks: TTLCache[int, _Desk] = TTLCache(1_000, _REMEMBERED)
        self._lock = threading.Lock()
        self.server: Server[Any] = Server(
            "motabot",
            title="MotaBot: the shop's data",
            instructions=f"{conversations.instructions(is_chat=False)}\n\n{_NOTE}",
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=self._list_resources,
            on_read_resource=self._read_resource,
        )

    def http(self, host: str) -> ASGIApp:
        """The server as an ASGI application at ``/mcp``, which wants a staff token with every request."""
        app: Starlette = self.server.streamable_http_app(stateless_http=True, json_response=True, host=host)
        return _Doorkeeper(app, self._identify)

    async def _list_tools(
        self, _context: Context, _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_as_tool(spec) for spec in self._specs.values()])

    async def _call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        return await anyio.to_thread.run_sync(self._call, context, params.name, params.arguments or {})

    async def _list_resources(
        self, _context: Context, _params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        card = types.Resource(
            uri=CARD, name="schema", description="Views, values and definitions.", mime_type="text/markdown"
        )
        views = [
            types.Resource(
                uri=f"{_VIEW}{name}",
                name=name,
                description=f"The columns of the view {name}.",
                mime_type="text/markdown",
            )
            for name in reporting.VIEWS
        ]
        return types.ListResourcesResult(resources=[card, *views])

    async def _read_resource(
        self, _context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        words = await anyio.to_thread.run_sync(self._resource, str(params.uri))
        content = types.TextResourceContents(uri=params.uri, text=words, mime_type="text/markdown")
        return types.ReadResourceResult(contents=[content])

    def _resource(self, uri: str) -> str:
        if uri == CARD:
            return self._conversations.instructions(is_chat=False)
        name = uri.removeprefix(_VIEW)
        if name not in reporting.VIEWS:
            raise ValueError(f"There is no resource {uri}.")
        with self._conversations.engine.connect() as connection:
            (view,) = (each for each in reporting.views(connection) if each.name == name)
        lines = [f"- `{each.name}` ({each.type}): {each.comment}" for each in view.columns]
        return "\n".join([f"# {name}", "", view.comment, "", *lines, ""])

    def _identify(self, token: str) -> Member:
        with self._conversations.engine.connect() as connection:
            return identify(connection, token)

    def _call(self, context: Context, name: str, arguments: JsonObject) -> types.CallToolResult:
        """Call a tool for the person who asks; every error is returned in words."""
        try:
            member = self._identify(self._token or _bearer(context.request))
            desk = self._desk(member)
            with desk.lock:  # placeholders and results are numbered in the order of the calls
                self._count(desk)
                told, is_ok = self._run(member, desk, name, arguments)
        except MotaBotError as error:
            told, is_ok = json.dumps({"error": str(error)}), False
        return types.CallToolResult(content=[types.TextContent(type="text", text=told)], is_error=not is_ok)

    def _run(self, member: Member, desk: _Desk, name: str, arguments: JsonObject) -> tuple[str, bool]:
        outcome = TurnOutcome()
        tools = self._conversations.workbench.tools(member, desk.placeholders, desk.results, outcome)
        called = self._registry.call(name, json.dumps(arguments), tools, "staff")
        told = json.loads(called.told)
        if isinstance(called.intent, Proposal):
            told["approve_at"] = f"{self._console()}/actions#a{called.intent.action}"
        with self._conversations.engine.begin() as connection:
            record(
                connection,
                actor=member.name,
                action=f"mcp.{name}"[:100],
                arguments=called.arguments,
                before={},
                after={"ok": called.ok, "actions": [action["id"] for action in outcome.actions]},
            )
        return json.dumps(told, ensure_ascii=False, default=str), called.ok

    def _console(self) -> str:
        settings = self._settings
        base = settings.public_url or f"http://{settings.host}:{settings.port}"
        return f"{base.rstrip('/')}/console"

    def _desk(self, member: Member) -> _Desk:
        with self._lock:
            desk = self._desks.get(member.id)
            if desk is None:
                settings = self._settings
                people = self._conversations.people
                desk = _Desk(Placeholders(people, settings.staff_redaction, settings.region))
                self._desks[member.id] = desk
        self._conversations.people.freshen()
        return desk

    def _count(self, desk: _Desk) -> None:
        """
        Raises:
            TooManyQuestions: More calls in a minute than the shop allows.
        """
        now = time.monotonic()
        while desk.calls and desk.calls[0] < now - 60:
            desk.calls.popleft()
        if len(desk.calls) >= self._settings.mcp_calls_per_minute:
            raise TooManyQuestions
        desk.calls.append(now)


class _Doorkeeper:
    """Refuses requests without a valid staff token before anything else is looked at."""

    def __init__(self, app: ASGIApp, identify_token: Callable[[str], Member]) -> None:
        self._app = app
        self._identify = identify_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._check(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _check(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await anyio.to_thread.run_sync(self._identify, _bearer(Request(scope)))
        except Unauthorized as error:
            headers = {"WWW-Authenticate": "Bearer"}
            await JSONResponse({"detail": str(error)}, 401, headers)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _bearer(request: Request | None) -> str:
    """The token that a request brings; '' if there is none."""
    scheme, _, token = (request.headers.get("authorization", "") if request else "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _as_tool(spec: ToolSpec) -> types.Tool:
    reads = spec.effect == "read"
    hints = types.ToolAnnotations(
        read_only_hint=reads, destructive_hint=False, idempotent_hint=reads, open_world_hint=False
    )
    return types.Tool(
        name=spec.name, description=spec.description, input_schema=_portable(spec.parameters), annotations=hints
    )


def _portable(schema: JsonMapping) -> JsonObject:
    """A tool's schema with one type a property, as every client reads it: what may be null may be left out."""
    properties, required = {}, []
    for name, told in schema["properties"].items():
        kinds = told["type"] if isinstance(told["type"], list) else [told["type"]]
        (kind,) = (each for each in kinds if each != "null")
        properties[name] = {**told, "type": kind}
        if "enum" in told:
            properties[name]["enum"] = [each for each in told["enum"] if each is not None]
        if "null" not in kinds:
            required.append(name)
    return {**schema, "properties": properties, "required": required}
