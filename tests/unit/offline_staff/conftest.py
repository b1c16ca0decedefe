"""A conversation with the offline staff model, whose tools answer as a test says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from motabot.agent.models.base import Message, ModelRequest
from motabot.agent.registry import ToolRegistry
from motabot.offline.staff.model import OfflineStaffModel
from motabot.staff.actions.registry import COMMANDS
from tests.unit.offline_staff.talking import ROOT, in_chat


@pytest.fixture(scope="session")
def talk() -> Callable[..., tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """Ask the model; what its tools answer is given by name. Returns its words, and the calls with arguments."""
    tools = ToolRegistry.load(ROOT / "tools").for_audience("staff")
    model = OfflineStaffModel(COMMANDS)

    def ask(said: str, **results: Any) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        messages = [Message("system", ""), Message("user", said)]
        called: list[tuple[str, dict[str, Any]]] = []
        for _ in range(4):
            answer = in_chat(model).answer(ModelRequest(messages, tools))
            if not answer.tool_calls:
                return answer.text, called
            messages.append(Message("assistant", "", answer.tool_calls))
            for call in answer.tool_calls:
                called.append((call.name, json.loads(call.arguments)))
                messages.append(Message("tool", json.dumps(results[call.name]), tool_call_id=call.id))
        raise AssertionError("the model does not come to an end")

    return ask
