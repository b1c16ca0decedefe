"""A scripted model behind the chat, and what it proposes."""

from __future__ import annotations

from typing import Any

from motabot.testing import completion
from tests.support.staff_door import SCRIPT

QUERY = "select name, phone, lifetime_value from customers order by lifetime_value desc"


SUM = {"query": "select sum(amount) as sales from sales", "title": "Sales"}


def saying(*answers: str) -> SCRIPT:
    """A model that runs one query and then answers, in other words each time it is sent back."""

    def answer(body: dict[str, Any], number: int) -> dict[str, Any]:
        return (
            completion(None, ("run_query", SUM))
            if number == 0
            else completion(answers[min(number, len(answers)) - 1])
        )

    return answer
