"""What the loop costs: CPU of a turn of three requests, against a bare loop over the `openai` client and against others.

The model is instant and runs in a separate process. Every loop makes the same two tool calls and gets the same
answer. openai-agents, pydantic-ai and LangGraph are measured where they are installed.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import openai
from pydantic import BaseModel

from benchmarks.turn_cost import model_process
from motabot.agent.loop import Exchange, Limits, converse
from motabot.agent.models.base import Message
from motabot.agent.models.openai import OpenAIModel
from motabot.agent.registry import ToolResult, ToolSpec, to_json

SYSTEM = "You answer the text messages of customers of a shop. " * 60
QUESTION = "got any gelato under 60?"
NAMES = ("show_my_profile", "search_products")
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"query": {"type": ["string", "null"], "description": "Words of the name."}},
    "required": ["query"],
    "additionalProperties": False,
}
RESULT = {"products": [{"name": "Gelato", "price": "35.00", "category": "Flower"}] * 3}


def _bare(url: str) -> Callable[[], str]:
    """The least that a loop can be: ask, call, append, until there are words."""
    client = openai.OpenAI(api_key="k", base_url=url, max_retries=0)
    tools: Any = [
        {"type": "function", "function": {"name": name, "description": "Look it up.", "parameters": SCHEMA}}
        for name in NAMES
    ]

    def turn() -> str:
        messages: list[Any] = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": QUESTION}]
        while True:
            answer = client.chat.completions.create(model="m", messages=messages, tools=tools, max_tokens=500)
            message = answer.choices[0].message
            if not message.tool_calls:
                return message.content or ""
            messages.append(message.model_dump(exclude_none=True))
            for call in message.tool_calls:
                json.loads(call.function.arguments)  # type: ignore[union-attr]
                messages.append({"role": "tool", "tool_call_id": call.id, "content": json.dumps(RESULT)})

    return turn


class _Arguments(BaseModel):
    query: str | None = None


def _ours(url: str) -> Callable[[], str]:
    model = OpenAIModel("m", api_key="k", base_url=url)
    specs = [
        ToolSpec(name, "Look it up.", frozenset({"customer"}), "read", False, SCHEMA, lambda: None, _Arguments)
        for name in NAMES
    ]
    told = to_json(RESULT)

    def call(_name: str, arguments: str) -> ToolResult:
        return ToolResult(True, RESULT, told, 0.0, json.loads(arguments))

    def turn() -> str:
        exchange = Exchange()
        limits = Limits(time.monotonic() + 30, 6, 100_000, 500, 12.0)
        opening = [Message("system", SYSTEM), Message("user", QUESTION)]
        converse(model, opening, specs, call, exchange=exchange, limits=limits, review=lambda _exchange: ())
        return exchange.text

    return turn


def _openai_agents(url: str) -> Callable[[], str]:
    agents = importlib.import_module("agents")
    agents.set_tracing_disabled(True)

    def look_up(query: str | None = None) -> str:
        """Look it up.

        Args:
            query: Words of the name.
        """
        return json.dumps(RESULT)

    client = openai.AsyncOpenAI(api_key="k", base_url=url, max_retries=0)
    agent = agents.Agent(
        name="shop",
        instructions=SYSTEM,
        model=agents.OpenAIChatCompletionsModel(model="m", openai_client=client),
        tools=[agents.function_tool(look_up, name_override=name) for name in NAMES],
    )
    loop = asyncio.new_event_loop()
    return lambda: str(loop.run_until_complete(agents.Runner.run(agent, QUESTION)).final_output)


def _pydantic_ai(url: str) -> Callable[[], str]:
    ai = importlib.import_module("pydantic_ai")
    models = importlib.import_module("pydantic_ai.models.openai")
    providers = importlib.import_module("pydantic_ai.providers.openai")

    def look_up(query: str | None = None) -> dict[str, Any]:
        """Look it up."""
        return RESULT

    client = openai.AsyncOpenAI(api_key="k", base_url=url, max_retries=0)
    model = models.OpenAIChatModel("m", provider=providers.OpenAIProvider(openai_client=client))
    agent = ai.Agent(model, system_prompt=SYSTEM, tools=[ai.Tool(look_up, name=name) for name in NAMES])
    loop = asyncio.new_event_loop()
    return lambda: str(loop.run_until_complete(agent.run(QUESTION)).output)


def _langgraph(url: str) -> Callable[[], str]:
    prebuilt = importlib.import_module("langgraph.prebuilt")
    chat = importlib.import_module("langchain_openai").ChatOpenAI(
        model="m", api_key="k", base_url=url, max_retries=0
    )
    structured = importlib.import_module("langchain_core.tools").StructuredTool

    def look_up(query: str | None = None) -> str:
        """Look it up."""
        return json.dumps(RESULT)

    tools = [structured.from_function(look_up, name=name, description="Look it up.") for name in NAMES]
    agent = prebuilt.create_react_agent(chat, tools, prompt=SYSTEM)
    return lambda: str(agent.invoke({"messages": [("user", QUESTION)]})["messages"][-1].content)


LOOPS: Mapping[str, tuple[str, Callable[[str], Callable[[], str]]]] = {
    "bare": ("openai", _bare),
    "motabot": ("openai", _ours),
    "openai_agents": ("agents", _openai_agents),
    "pydantic_ai": ("pydantic_ai", _pydantic_ai),
    "langgraph": ("langgraph", _langgraph),
}


def measure(turns: int = 300, rounds: int = 6) -> dict[str, float]:
    """CPU milliseconds of a turn, user and system, of each loop in turn; the median of the rounds."""
    spent: dict[str, list[float]] = {}
    with model_process() as url:
        loops = {name: make(url) for name, (needs, make) in LOOPS.items() if importlib.util.find_spec(needs)}
        for turn in loops.values():
            for _ in range(20):
                assert "come by" in turn()
        for _ in range(rounds):
            for name, turn in loops.items():
                started = time.process_time()
                for _ in range(turns // rounds):
                    turn()
                spent.setdefault(name, []).append((time.process_time() - started) * 1000 / (turns // rounds))
    medians = {name: statistics.median(values) for name, values in spent.items()}
    found = {f"{name}_cpu_ms": round(value, 2) for name, value in medians.items()}
    return {**found, "ratio": round(medians["motabot"] / medians["bare"], 2)}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
