"""The rules of CONTRIBUTING.md that can be counted: short files and functions, one name for one thing, and little `Any`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("motabot", "tools", "tests", "benchmarks", "learning", "scripts")

#: Where a value has no type: JSON, rows of a driver, callbacks of a framework, and generic parameters of libraries
#: that are not ours to choose.
BOUNDARIES = {
    "motabot/agent/models/lessons.py",
    "motabot/agent/models/openai.py",
    "motabot/agent/signature.py",
    "motabot/agent/tools.py",
    "motabot/boundary.py",
    "motabot/cli/main.py",
    "motabot/db/moments.py",
    "motabot/db/sessions.py",
    "motabot/db/shape.py",
    "motabot/db/tables.py",
    "motabot/jobs.py",
    "motabot/staff/actions/approval.py",
    "motabot/staff/actions/registry.py",
    "motabot/testing.py",
    "motabot/web/mcp.py",
    "motabot/web/openapi.py",
    "motabot/web/server.py",
}


@cache
def sources() -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "tests/data" not in path.as_posix()
    }


@cache
def nodes(name: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(sources()[name])))


def functions(name: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes(name) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_every_file_is_shorter_than_300_lines() -> None:
    long = {name: len(text.splitlines()) for name, text in sources().items()}
    assert len(long) > 900
    assert {name: count for name, count in long.items() if count >= 300} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = {f"{name}:{each.name}": lines(each) for name in sources() for each in functions(name)}
    assert {place: count for place, count in long.items() if count > 60} == {}


def test_any_stands_at_boundaries_alone_and_on_few_lines() -> None:
    found: dict[str, set[int]] = {}
    for name in sources():
        if name.startswith(("motabot/", "tools/")):
            for node in nodes(name):
                if isinstance(node, ast.Name) and node.id == "Any":
                    found.setdefault(name, set()).add(node.lineno)
    assert set(found) == BOUNDARIES
    assert sum(map(len, found.values())) < 35


def test_no_two_public_classes_share_a_name() -> None:
    homes: dict[str, list[str]] = {}
    for name, text in sources().items():
        if name.startswith("motabot/") and "/versions/" not in name:
            for node in ast.parse(text).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    homes.setdefault(node.name, []).append(name)
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}
