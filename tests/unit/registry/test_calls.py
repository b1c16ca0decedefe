"""What a call answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motabot.agent.registry import ToolResult
from motabot.agent.tools import Audience, HandOff
from tests.unit.registry.tools import ADD, CONTEXT, error, registry


def call(folder: Path, name: str, arguments: object, audience: Audience = "customer") -> ToolResult:
    raw = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return registry(folder, ADD).call(name, raw, CONTEXT, audience)


def test_a_call_answers_with_what_the_tool_returned(tmp_path: Path) -> None:
    result = call(tmp_path, "add", {"one": 1, "other": None})
    assert (result.ok, result.told, result.arguments) == (True, '{"sum":"1"}', {"one": 1, "other": None})


def test_an_argument_that_is_left_out_has_its_default(tmp_path: Path) -> None:
    assert call(tmp_path, "add", {"one": 2}).told == '{"sum":"2"}'


def test_an_unknown_tool_is_told_with_those_there_are(tmp_path: Path) -> None:
    assert error(call(tmp_path, "subtract", {})) == "There is no tool 'subtract'. The tools are: add."


def test_a_tool_of_another_audience_does_not_exist(tmp_path: Path) -> None:
    assert error(call(tmp_path, "drop", {})) == "There is no tool 'drop'. The tools are: add."
    staff = call(tmp_path, "drop", {}, "staff")
    assert isinstance(staff.intent, HandOff)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("{not json", "The arguments of add are not valid JSON"),
        ([1], "The arguments of add must be one JSON object."),
        ({}, "Wrong arguments for add: one: Field required."),
        ({"one": "many"}, "Wrong arguments for add: one: Input should be a valid integer"),
        ({"one": 1, "phone": "+14155550101"}, "Wrong arguments for add: phone: Extra inputs are not permitted."),
    ],
)
def test_wrong_arguments_are_explained_and_the_tool_is_not_called(
    tmp_path: Path, arguments: object, message: str
) -> None:
    assert error(call(tmp_path, "add", arguments)).startswith(message)


def test_a_tool_that_refuses_is_heard(tmp_path: Path) -> None:
    assert error(call(tmp_path, "add", {"one": 13})) == "13 is not added here."


def test_a_tool_that_crashes_says_nothing_of_how(tmp_path: Path) -> None:
    assert error(call(tmp_path, "add", {"one": 14})) == "The tool failed. Answer without it."
