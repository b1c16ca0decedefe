"""What the staff's side costs: the sandbox around a query, the first event of an answer, the console's inbox."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import text

from motabot import testing
from motabot.agent.models.openai import OpenAIModel
from motabot.app import Service, create_app
from motabot.settings import load_settings
from motabot.staff import accounts
from motabot.testing import ModelServer, completion

QUERY = "select status, direction, count(*) from messages where id between 1000 and 1200 group by 1, 2"


def _p50(work: Callable[[], Any], times: int = 200) -> float:
    """Median milliseconds."""
    taken = []
    for _time in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def _fill(service: Service, messages: int) -> None:
    with service.engine.begin() as connection:
        connection.execute(
            text(
                "insert into public.messages (phone_number, content, timestamp, status, direction)"
                " select '+1999' || lpad((n % 5000)::text, 7, '0'), 'text ' || n, now(), 'read',"
                " case n % 2 when 0 then 'inbound' else 'outbound' end from generate_series(1, :many) n"
            ),
            {"many": messages},
        )
    with service.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze public.messages"))


def measure() -> dict[str, float]:
    def answer(body: dict[str, Any], _number: int) -> dict[str, Any]:
        return (
            completion("So.")
            if body["messages"][-1]["role"] == "tool"
            else completion(None, ("run_query", {"query": QUERY}))
        )

    with testing.server() as server, ModelServer(answer) as model:
        url = server.clone()
        settings = load_settings(
            database_url=url, staff_questions_per_minute=100_000, requests_per_minute=10_000_000
        )
        service = Service(settings, [OpenAIModel("scripted", api_key="k", base_url=model.url, retries=0)])
        client = create_app(service).test_client()
        _fill(service, 50_000)
        with psycopg.connect(url, autocommit=True) as plain:
            bare = _p50(lambda: plain.execute(QUERY.encode()).fetchall())
        sandboxed = _p50(lambda: service.sandbox.run(QUERY))
        with service.engine.begin() as connection:
            token = accounts.add(connection, "Kim", "admin", by="bench")
        headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}

        def first_event() -> None:
            stream = client.post("/chat", json={"question": "how many texts?"}, headers=headers, buffered=False)
            next(iter(stream.response))
            stream.close()

        first = _p50(first_event, 60)
        assert client.post("/console/sign-in", data={"token": token}).status_code == 302
        inbox = _p50(lambda: client.get("/console/inbox"), 60)
        assert re.search("text 5", client.get("/console/inbox").get_data(as_text=True))
        _fill(service, 450_000)
        large = _p50(lambda: client.get("/console/inbox"), 60)
        service.close()
    return {
        "sandbox_over_plain_ms": sandboxed - bare,
        "first_event_p50_ms": first,
        "inbox_p50_ms (50,000 messages)": inbox,
        "inbox_p50_ms (500,000 messages)": large,
        "inbox_growth": large / inbox,
    }
