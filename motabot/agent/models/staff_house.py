"""The house model for staff: it answers the questions that it has a query for, and says so when it has none."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from motabot.agent.models.base import ModelAnswer, ModelRequest, ToolCall


class StaffHouse:
    """Finds the first of prompts/staff_questions.toml that fits; it proposes no actions."""

    name = "house"

    def __init__(self, prompts_dir: Path) -> None:
        told = tomllib.loads((prompts_dir / "staff_questions.toml").read_text(encoding="utf-8"))
        self._questions: list[dict[str, Any]] = [
            {**each, "when": [re.compile(pattern) for pattern in each["when"]]} for each in told["question"]
        ]

    def answer(self, request: ModelRequest) -> ModelAnswer:
        question = str(request.facts["question"]).lower()
        found = next((q for q in self._questions if all(p.search(question) for p in q["when"])), None)
        if found is None:
            known = "; ".join(sorted(str(each["say"]).rstrip(".") for each in self._questions))
            return ModelAnswer(f"Without a language model I can only answer what I have a query for: {known}.")
        last = request.messages[-1]
        if last.role != "tool":
            query = str(found["sql"]).replace("{zone}", str(request.facts["zone"]))
            return ModelAnswer("", (ToolCall("house", "run_query", json.dumps({"query": query})),), "tool_calls")
        result = json.loads(last.content)
        if "error" in result:
            return ModelAnswer(f"The query for this failed: {result['error']}")
        many = result["row_count"]
        tail = "The table below has it." if many else "There is nothing of it in the data."
        return ModelAnswer(f"{found['say']} {tail}")
