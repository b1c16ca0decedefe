"""Which tools there are, and which stop the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from motabot.agent.registry import ToolRegistry
from motabot.errors import RegistryError
from tests.unit.registry.tools import ADD, CONTEXT, HEAD, error, registry

TOOLS = Path(__file__).parents[3] / "tools"


def problem(folder: Path, *sources: str) -> str:
    with pytest.raises(RegistryError) as caught:
        registry(folder, *sources)
    return str(caught.value)


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
        "show_status": "read",
        "text_customer": "approve",
        "text_segment": "approve",
        "undo_duplicate": "approve",
        "update_lead": "approve",
    }
    assert {spec.name: spec.effect for spec in loaded.for_audience("customer")} == {
        "ask_for_person": "write",
        "compare_value": "read",
        "keep_reply": "write",
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
