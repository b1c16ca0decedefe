"""The architecture's contract: layers import only from below, no two files import each other, and it notices breaks."""

from __future__ import annotations

import tomllib
from pathlib import Path

import grimp
import pytest

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
[CONTRACT] = PROJECT["tool"]["importlinter"]["contracts"]
LAYERS = [{name.strip() for name in layer.split("|")} for layer in CONTRACT["layers"]]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("motabot", cache_dir=None)


def broken(graph: grimp.ImportGraph) -> set[tuple[str, str]]:
    """Pairs of layers of which the first is imported by the second, which lies below it."""
    found = graph.find_illegal_dependencies_for_layers(layers=LAYERS)
    return {(dependency.imported, dependency.importer) for dependency in found}


def test_no_module_imports_from_a_layer_above(graph: grimp.ImportGraph) -> None:
    assert broken(graph) == set()


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("motabot.text.fuzzy", "motabot.agent.loop"),
        ("motabot.db.engine", "motabot.customers.phones"),
        ("motabot.sms.inbox", "motabot.conversation.turn"),
        ("motabot.errors", "motabot.settings"),
    ],
)
def test_the_contract_notices_an_import_upward(graph: grimp.ImportGraph, importer: str, imported: str) -> None:
    graph.add_import(importer=importer, imported=imported)
    try:
        assert broken(graph) != set()
    finally:
        graph.remove_import(importer=importer, imported=imported)


def circles(graph: grimp.ImportGraph) -> list[set[str]]:
    """Pairs of files that import each other, directly or through others."""
    below = {name: graph.find_upstream_modules(name) for name in graph.modules}
    return [{one, two} for one in below for two in below[one] if one < two and one in below[two]]


def test_no_files_import_one_another(graph: grimp.ImportGraph) -> None:
    assert circles(graph) == []
    graph.add_import(importer="motabot.text.normalize", imported="motabot.sms.consent")
    try:
        assert {"motabot.text.normalize", "motabot.sms.consent"} in circles(graph)
    finally:
        graph.remove_import(importer="motabot.text.normalize", imported="motabot.sms.consent")
