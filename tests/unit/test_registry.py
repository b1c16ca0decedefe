"""The catalog of tools: what a tool must declare, and how a call is checked before it is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from motabot.agent.registry import ToolRegistry, ToolResult
from motabot.agent.tools import Audience, CustomerTools, HandOff
from motabot.errors import RegistryError
from motabot.memo import Memo
from tests.support.turns import NOW, shop_now

TOOLS = Path(__file__).parents[2] / "tools"
HEAD = """
from decimal import Decimal
from typing import Literal
from motabot.agent.tools import AnyTools, CustomerTools, HandOff, Proposal, StaffTools, ToolFailed, tool
"""


def no_rows(_sql: str, _parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    return []


CONTEXT = CustomerTools(
    NOW,
    ZoneInfo("America/Los_Angeles"),
    shop_now(),
    is_customer=False,
    is_adult=False,
    memo=Memo(60),
    run_query=no_rows,
)


def registry(folder: Path, *sources: str) -> ToolRegistry:
    for number, source in enumerate(sources):
        (folder / f"module{number}.py").write_text(HEAD + dedent(source), encoding="utf-8")
    return ToolRegistry.load(folder)


def problem(folder: Path, *sources: str) -> str:
    with pytest.raises(RegistryError) as caught:
        registry(folder, *sources)
    return str(caught.value)


ADD = '''
@tool(audience="customer", effect="read")
def add(ctx: CustomerTools, one: int, other: int | None = None) -> dict[str, object]:
    """Add two numbers.

    Args:
        one: A number.
        other: Another,
            on two lines.
    """
    if one == 13:
        raise ToolFailed("13 is not added here.")
    if one == 14:
        raise ZeroDivisionError
    return {"sum": Decimal(one + (other or 0))}

@tool(audience="staff", effect="write")
def drop(ctx: StaffTools) -> HandOff:
    """Drop something."""
    return HandOff("other", "dropped")
'''


def call(folder: Path, name: str, arguments: object, audience: Audience = "customer") -> ToolResult:
    raw = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return registry(folder, ADD).call(name, raw, CONTEXT, audience)


def error(result: ToolResult) -> str:
    assert not result.ok
    told = json.loads(result.told)
    assert set(told) == {"error"}
    return str(told["error"])


def test_the_tools_of_each_audience_are_exactly_these() -> None:
    loaded = ToolRegistry.load(TOOLS)
    assert {spec.name: spec.effect for spec in loaded.for_audience("staff")} == {
        "describe_tables": "read",
        "duplicate_customer": "approve",
        "export_person": "approve",
        "find_customers": "read",
        "pause_bot": "approve",
        "read_conversation": "read",
        "refresh_figures": "approve",
        "resume_bot": "approve",
        "run_query": "read",
        "show_customer": "read",
        "show_product_figures": "read",
        "show_staff_figures": "read",
        "show_status": "read",
        "text_customer": "approve",
        "text_segment": "approve",
        "undo_duplicate": "approve",
        "update_lead": "approve",
    }
    assert {spec.name: spec.effect for spec in loaded.for_audience("customer")} == {
        "ask_for_person": "write",
        "compare_value": "read",
        "list_my_favorites": "read",
        "list_my_purchases": "read",
        "look_up_answer": "read",
        "price_my_basket": "read",
        "queue_reply": "write",
        "recommend_products": "read",
        "search_products": "read",
        "show_my_profile": "read",
        "show_product": "read",
        "show_shop_info": "read",
        "sum_my_purchases": "read",
        "update_my_lead": "write",
    }


def test_no_customer_tool_takes_anything_that_says_who_is_asking() -> None:
    names = {
        name
        for spec in ToolRegistry.load(TOOLS).for_audience("customer")
        for name in spec.parameters["properties"]
    }
    assert names.isdisjoint(
        {"ctx", "_ctx", "phone", "customer", "customer_id", "member_id", "sql", "number", "email"}
    )


def test_a_schema_comes_from_signature_and_docstring(tmp_path: Path) -> None:
    [spec] = registry(tmp_path, ADD).for_audience("customer")
    assert (spec.name, spec.description, spec.effect) == ("add", "Add two numbers.", "read")
    assert spec.parameters == {
        "type": "object",
        "properties": {
            "one": {"type": "integer", "description": "A number."},
            "other": {"type": ["integer", "null"], "description": "Another, on two lines."},
        },
        "required": ["one", "other"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            '@tool(audience="customer", effect="read")\ndef bare(ctx: CustomerTools) -> int:\n    return 1\n',
            "bare has no docstring",
        ),
        (
            '@tool(audience="customer", effect="read")\ndef f(ctx: CustomerTools, x: int) -> int:\n    """Do."""\n    return x\n',
            r"f(x) has no line in Args.",
        ),
        (
            '@tool(audience="customer", effect="read")\ndef f(ctx: CustomerTools, x) -> int:\n    """Do.\n\n    Args:\n        x: It.\n    """\n    return x\n',
            "f(x) has no type.",
        ),
        (
            '@tool(audience="customer", effect="read")\ndef f(ctx: CustomerTools, x: dict) -> int:\n    """Do.\n\n    Args:\n        x: It.\n    """\n    return 1\n',
            "f(x) has a type that tools do not support",
        ),
        (
            '@tool(audience="customer", effect="read")\ndef f(ctx: CustomerTools, x: int = 1) -> int:\n    """Do.\n\n    Args:\n        x: It.\n    """\n    return 1\n',
            "f(x) has a default, so its type must include None",
        ),
        (
            '@tool(audience="customer", effect="read")\ndef f(ctx: CustomerTools) -> int:\n    """Do.\n\n    Args:\n        y: It.\n    """\n    return 1\n',
            "f: Args names y, which the signature lacks.",
        ),
        (
            '@tool(audience="customer", effect="read")\ndef f(x: int) -> int:\n    """Do.\n\n    Args:\n        x: It.\n    """\n    return 1\n',
            "f: the first parameter must be ctx: CustomerTools.",
        ),
    ],
)
def test_a_tool_that_is_not_declared_as_it_must_be_stops_the_start(
    tmp_path: Path, source: str, message: str
) -> None:
    assert message in problem(tmp_path, source)


def test_all_problems_are_reported_at_once_with_their_files(tmp_path: Path) -> None:
    bare = '@tool(audience="customer", effect="read")\ndef bare{}(ctx: CustomerTools) -> int:\n    return 1\n'
    assert problem(tmp_path, bare.format(1), bare.format(2)).splitlines() == [
        "module0.py: bare1 has no docstring.",
        "module1.py: bare2 has no docstring.",
    ]


def test_two_tools_of_one_name_stop_the_start(tmp_path: Path) -> None:
    assert problem(tmp_path, ADD, ADD) == "Two tools are named add."


def test_types_become_the_strict_subset_of_json_schema(tmp_path: Path) -> None:
    source = '''
from datetime import date
from pydantic import BaseModel, Field

class Item(BaseModel):
    name: str
    quantity: int | None = None

@tool(audience=("customer", "staff"), effect="read")
def f(ctx: AnyTools, a: Decimal | None, b: Literal["x", "y"] | None, c: list[str], d: date, e: list[Item], g: bool) -> int:
    """Do.

    Args:
        a: A.
        b: B.
        c: C.
        d: D.
        e: E.
        g: G.
    """
    return e[0].quantity or 0
'''
    tools = registry(tmp_path, source)
    [spec] = tools.for_audience("staff")
    assert spec.parameters["properties"] == {
        "a": {"type": ["number", "null"], "description": "A."},
        "b": {"type": ["string", "null"], "enum": ["x", "y", None], "description": "B."},
        "c": {"type": "array", "items": {"type": "string"}, "description": "C."},
        "d": {"type": "string", "format": "date", "description": "D."},
        "e": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "quantity": {"type": ["integer", "null"]}},
                "required": ["name", "quantity"],
                "additionalProperties": False,
            },
            "description": "E.",
        },
        "g": {"type": "boolean", "description": "G."},
    }
    raw = '{"a": 1.10, "b": null, "c": [], "d": "2026-03-20", "e": [{"name": "x", "quantity": 2}], "g": true}'
    assert tools.call("f", raw, CONTEXT, "customer").told == "2"


@pytest.mark.parametrize(
    ("effect", "returned"),
    [
        ("read", 'HandOff("other", "x")'),
        ("write", "1"),
        ("write", "Proposal(1, {})"),
        ("approve", 'HandOff("other", "x")'),
        ("approve", "1"),
    ],
)
def test_a_tool_that_breaks_its_declared_effect_is_refused(tmp_path: Path, effect: str, returned: str) -> None:
    source = f'@tool(audience="customer", effect="{effect}")\ndef f(ctx: CustomerTools) -> object:\n    """Do."""\n    return {returned}\n'
    result = registry(tmp_path, source).call("f", "{}", CONTEXT, "customer")
    assert error(result) == "The tool failed. Answer without it."
    assert result.intent is None


def test_a_shops_folder_replaces_one_module_and_adds_another(tmp_path: Path) -> None:
    ours, shops = tmp_path / "ours", tmp_path / "shops"
    ours.mkdir()
    shops.mkdir()
    tool = '@tool(audience="customer", effect="read")\ndef {}(ctx: CustomerTools) -> str:\n    """Say where it is from."""\n    return "{}"\n'
    for path, name, origin in [
        (ours / "kept.py", "kept", "ours"),
        (ours / "replaced.py", "replaced", "ours"),
        (shops / "replaced.py", "replaced", "the shop's"),
        (shops / "added.py", "added", "the shop's"),
    ]:
        path.write_text(HEAD + tool.format(name, origin), encoding="utf-8")
    loaded = ToolRegistry.load(shops, ours)
    told = {
        spec.name: loaded.call(spec.name, "{}", CONTEXT, "customer").value
        for spec in loaded.for_audience("customer")
    }
    assert told == {"added": "the shop's", "kept": "ours", "replaced": "the shop's"}


def test_a_tool_that_imports_the_former_names_still_loads(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text(
        "from motabot.tooling import StaffContext, ToolContext, ToolFailed, tool\n\n"
        '@tool(audience="customer", effect="read")\ndef old(ctx: ToolContext) -> list[dict[str, object]]:\n'
        '    """Look."""\n    return ctx.rows("select 1")\n',
        encoding="utf-8",
    )
    assert ToolRegistry.load(tmp_path).call("old", "{}", CONTEXT, "customer").told == "[]"


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
