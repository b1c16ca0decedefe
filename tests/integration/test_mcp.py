"""The staff's tools over MCP, through the SDK's own client: over stdio and over HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx2
import pytest
import uvicorn
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from sqlalchemy import Engine

from motabot.app import Service
from motabot.settings import Settings
from motabot.staff import accounts
from motabot.web.mcp import CARD, StaffServer
from tests.support.staff_door import rows, run

ANA = "+14155550101"


def token(engine: Engine, name: str = "Kim", role: accounts.Role = "admin") -> str:
    with engine.begin() as connection:
        return accounts.add(connection, name, role, by="test")


def told(result: Any) -> Any:
    return json.loads(result.content[0].text)


async def everything(client: Client) -> dict[str, Any]:
    """What a client of a usual kind does, one after the other."""
    listed = await client.list_tools()
    found = told(
        await client.call_tool(
            "run_query", {"query": "select name, lifetime_value from customers order by 2 desc", "title": "Best"}
        )
    )
    again = told(
        await client.call_tool(
            "run_query", {"query": "select count(*) as n from result1 where name = '[name1]'", "title": None}
        )
    )
    wrong = await client.call_tool("run_query", {"query": "delete from customers", "title": None})
    proposed = told(await client.call_tool("pause_bot", {"who": "[name1]"}))
    resources = await client.list_resources()
    card = await client.read_resource(CARD)
    view = await client.read_resource("motabot://views/sales")
    return {
        "tools": {tool.name: tool for tool in listed.tools},
        "found": found,
        "again": again,
        "wrong": wrong,
        "proposed": proposed,
        "resources": [str(each.uri) for each in resources.resources],
        "card": card.contents[0].model_dump()["text"],
        "view": view.contents[0].model_dump()["text"],
    }


def check(done: dict[str, Any], engine: Engine) -> None:
    assert done["tools"]["run_query"].annotations.read_only_hint is True
    assert done["tools"]["text_segment"].annotations.read_only_hint is False
    assert done["found"]["rows"] == [["[name1]", "500"], ["[name2]", "20"]]
    assert done["found"]["result"] == "result1"
    assert done["again"]["rows"] == [[1]]
    assert done["wrong"].is_error
    assert "DELETE is not allowed" in told(done["wrong"])["error"]
    action = done["proposed"]["proposed"]
    assert done["proposed"]["approve_at"].endswith(f"/console/actions#a{action}")
    assert done["proposed"]["preview"]["phone"] == "[phone1]"
    assert rows(engine, "select name, status, proposed_by from motabot.actions") == [
        ("pause_bot", "pending", "Kim")
    ]
    assert rows(engine, "select count(*) from motabot.phones where paused_at is not null") == [(0,)]
    assert CARD in done["resources"]
    assert "sales(transaction_id" in done["card"]
    assert "your reader sees the placeholders, too" in done["card"]
    assert "people see" not in done["card"].lower()
    assert "Paid: after discounts, with tax." in done["view"]
    assert "product_sku" not in done["view"], "a view lists its own columns alone"
    schema = done["tools"]["run_query"].input_schema
    assert schema["required"] == ["query"], "what may be null may be left out"
    assert (schema["properties"]["title"]["type"], schema["properties"]["chart"]["enum"]) == (
        "string", ["line", "bar", "none"]
    )  # fmt: skip
    audited = rows(engine, "select actor, action from motabot.audit where action like 'mcp.%' order by id")
    assert audited == [("Kim", f"mcp.{name}") for name in ("run_query", "run_query", "run_query", "pause_bot")]


def test_an_assistant_reads_and_proposes_over_stdio(shop: Engine, settings: Settings) -> None:
    assert settings.database_url is not None
    environment = {
        "MOTABOT_DATABASE_URL": settings.database_url.get_secret_value(),
        "MOTABOT_DATA_DIR": str(settings.data_dir),
        "MOTABOT_STAFF_TOKEN": token(shop),
    }
    server = StdioServerParameters(command=sys.executable, args=["-m", "motabot", "mcp"], env=environment)

    async def use() -> dict[str, Any]:
        async with Client(server) as client:
            return await everything(client)

    check(asyncio.run(use()), shop)


@pytest.fixture
def serve(shop: Engine, settings: Settings) -> Iterator[Callable[..., str]]:
    """Starts a server over HTTP and returns its address."""
    running: list[tuple[uvicorn.Server, threading.Thread, Service]] = []

    def start(**changed: Any) -> str:
        service = Service(settings.model_copy(update=changed), [])
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        app = StaffServer(service.conversations, service.tools, service.settings).http("127.0.0.1")
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread, service))
        deadline = time.monotonic() + 20
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        return f"http://127.0.0.1:{port}/mcp"

    yield start
    for server, thread, service in running:
        server.should_exit = True
        thread.join(10)
        service.close()


def over_http(url: str, bearer: str, use: Callable[[Client], Awaitable[Any]]) -> Any:
    async def connect() -> Any:
        headers = {"Authorization": f"Bearer {bearer}"}
        async with (
            create_mcp_http_client(headers=headers) as http,
            Client(streamable_http_client(url, http_client=http)) as client,
        ):
            return await use(client)

    return asyncio.run(connect())


def test_an_assistant_reads_and_proposes_over_http(shop: Engine, serve: Callable[..., str]) -> None:
    check(over_http(serve(), token(shop), everything), shop)


def test_without_a_valid_token_there_is_nothing(shop: Engine, serve: Callable[..., str]) -> None:
    url, kim = serve(), token(shop)
    for headers in ({}, {"Authorization": "Bearer mbs_wrong"}, {"Authorization": f"Basic {kim}"}):
        answer = httpx2.post(url, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    run(shop, "update motabot.staff_tokens set revoked_at = now()")
    with pytest.raises(Exception):  # noqa: B017 - whatever the client makes of a 401
        over_http(url, kim, everything)
    assert rows(shop, "select count(*) from motabot.audit where action like 'mcp.%'") == [(0,)]


def test_calls_are_limited_for_each_person(shop: Engine, serve: Callable[..., str]) -> None:
    url = serve(mcp_calls_per_minute=2)

    async def thrice(client: Client) -> list[bool]:
        query = {"query": "select 1 as one", "title": None}
        return [(await client.call_tool("run_query", query)).is_error or False for _call in range(3)]

    assert over_http(url, token(shop), thrice) == [False, False, True]
    assert over_http(url, token(shop, "Lou", "staff"), thrice) == [False, False, True]


def test_what_one_person_s_assistant_saw_is_not_another_s(shop: Engine, serve: Callable[..., str]) -> None:
    url = serve()

    async def ask(client: Client) -> Any:
        return told(
            await client.call_tool(
                "run_query", {"query": "select name from customers where member_id = 'M2'", "title": None}
            )
        )

    async def peek(client: Client) -> Any:
        return told(await client.call_tool("run_query", {"query": "select * from result1", "title": None}))

    assert over_http(url, token(shop), ask)["rows"] == [["[name1]"]]
    assert "error" in over_http(url, token(shop, "Lou", "staff"), peek)
