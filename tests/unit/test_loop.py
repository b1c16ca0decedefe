"""The loop between a model and its tools is bounded and survives whatever a model does."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest

from motabot.agent.loop import Exchange, Limits, converse
from motabot.agent.models.base import Message, ModelAnswer, ModelRequest, ToolCall, Usage
from motabot.agent.registry import ToolResult, to_json
from motabot.agent.tools import HandOff, Intent, QueueReply
from motabot.errors import ModelError
from motabot.testing import Line, ScriptedModel

CALLS: list[tuple[str, str]] = []


def call_tool(name: str, arguments: str) -> ToolResult:
    """A toolbox of three: it answers, it writes, and the rest does not exist."""
    CALLS.append((name, arguments))
    intent: Intent | None = None
    value: object = {"points": 120}
    if name == "ask_for_person":
        intent = HandOff("asked", "wants a person")
    elif name == "queue_reply":
        intent = QueueReply("Queued words.")
    elif name != "show_points":
        value = {"error": f"There is no tool {name!r}."}
    return ToolResult("error" not in to_json(value), value, to_json(value), 0.1, {}, intent)


def converse_with(
    *lines: Line, review: Callable[[Exchange], Sequence[str]] = lambda _: [], **limits: float
) -> tuple[Exchange, ScriptedModel]:
    CALLS.clear()
    model, exchange = ScriptedModel(lines), Exchange()
    bounds = {"deadline": time.monotonic() + 30, "steps": 5, "tokens": 10_000, "answer_tokens": 100, **limits}
    try:
        converse(
            model,
            [Message("system", "stable"), Message("user", "hello")],
            [],
            call_tool,
            exchange=exchange,
            limits=Limits(
                deadline=bounds["deadline"],
                steps=int(bounds["steps"]),
                tokens=int(bounds["tokens"]),
                answer_tokens=int(bounds["answer_tokens"]),
                answer_seconds=5.0,
            ),
            review=review,
        )
    except ModelError as error:
        error.add_note(f"{exchange.steps} steps")
        raise
    return exchange, model


def wants(*calls: tuple[str, str], text: str = "") -> ModelAnswer:
    made = tuple(ToolCall(f"call-{number}", name, arguments) for number, (name, arguments) in enumerate(calls))
    return ModelAnswer(text, made, "tool_calls", Usage(100, 10))


def test_a_plain_answer_is_the_reply() -> None:
    exchange, _ = converse_with("  You have 120 points.\n")
    assert exchange.text == "You have 120 points."
    assert exchange.steps == 1


def test_several_calls_in_one_answer_are_each_answered_by_their_id() -> None:
    exchange, model = converse_with(wants(("show_points", "{}"), ("no_such_tool", "{}")), "Done.")
    told = [
        (message.tool_call_id, message.content) for message in model.requests[1].messages if message.role == "tool"
    ]
    assert told == [("call-0", '{"points":120}'), ("call-1", '{"error":"There is no tool \'no_such_tool\'."}')]
    assert [call.result.ok for call in exchange.calls] == [True, False]


def test_the_same_call_twice_runs_once_and_is_answered_twice() -> None:
    exchange, model = converse_with(
        wants(("ask_for_person", "{}"), ("ask_for_person", "{}")), "Staff will follow up."
    )
    assert CALLS == [("ask_for_person", "{}")]
    assert len(exchange.intents) == 1
    assert sum(message.role == "tool" for message in model.requests[1].messages) == 2


def test_queueing_the_reply_ends_the_conversation() -> None:
    exchange, model = converse_with(wants(("queue_reply", "{}")))
    assert exchange.text == "Queued words."
    assert exchange.intents == []
    assert len(model.requests) == 1


def test_a_draft_that_fails_its_review_is_sent_back_once_with_the_reasons() -> None:
    exchange, model = converse_with(
        "It costs $5.", "It costs $35.", review=lambda drafted: ["$5 is invented"] if "$5" in drafted.text else []
    )
    assert exchange.text == "It costs $35."
    assert "$5 is invented" in model.requests[1].messages[-1].content


def test_a_draft_that_fails_three_times_ends_the_conversation_with_the_reasons() -> None:
    with pytest.raises(ModelError, match="invented"):
        converse_with(
            "It costs $5.",
            "It costs $6.",
            "It costs $7.",
            "It costs $35.",
            review=lambda _: ["the price is invented"],
        )


def test_an_empty_answer_gets_two_more_chances() -> None:
    assert converse_with("", "Hello.")[0].text == "Hello."
    with pytest.raises(ModelError, match="nothing"):
        converse_with("", "  ", "", "Hello.")


@pytest.mark.parametrize(("finish", "reason"), [("length", "cut off"), ("refusal", "refused")])
def test_a_truncated_or_refused_answer_is_no_answer(finish: str, reason: str) -> None:
    with pytest.raises(ModelError, match=reason):
        converse_with(ModelAnswer("You have 1", finish=finish))  # type: ignore[arg-type]


def test_the_last_step_offers_no_tools_and_a_model_that_still_calls_them_fails() -> None:
    def again(request: ModelRequest) -> ModelAnswer:
        return wants(("show_points", f'{{"n": {len(request.messages)}}}'))

    with pytest.raises(ModelError, match="no reply within 3 steps") as caught:
        converse_with(*[again] * 9, steps=3)
    assert caught.value.__notes__ == ["3 steps"]


def test_a_conversation_stops_at_its_limit_of_tokens() -> None:
    with pytest.raises(ModelError, match="out of tokens"):
        converse_with(*[wants(("show_points", f'{{"n": {n}}}')) for n in range(9)], tokens=150)


def test_a_conversation_stops_at_its_deadline() -> None:
    with pytest.raises(ModelError, match="out of time"):
        converse_with("Hello.", deadline=time.monotonic() - 1)


def test_what_was_used_is_known_even_when_the_conversation_breaks_off() -> None:
    exchange = Exchange()
    with pytest.raises(ModelError):
        converse(
            ScriptedModel([wants(("show_points", "{}")), ModelError("gone")]),
            [Message("user", "hello")],
            [],
            call_tool,
            exchange=exchange,
            limits=Limits(time.monotonic() + 5, 5, 10_000, 100, 5.0),
            review=lambda _: [],
        )
    assert exchange.usage == Usage(100, 10)
    assert [call.name for call in exchange.calls] == ["show_points"]
