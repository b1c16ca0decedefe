"""What the outermost SELECT of a query says about its result: which column the rows are sorted by, and totals."""

from __future__ import annotations

from typing import Final

import pgparse

from motabot.boundary import Json, JsonMapping

_TOTALS: Final = frozenset({"GROUPING_SET_ROLLUP", "GROUPING_SET_CUBE", "GROUPING_SET_SETS"})


def sorted_by(query: str) -> list[int | str]:
    """The columns of ORDER BY in order, as names or places from 0; what is neither is left out."""
    tree = _select(query)
    targets = [each["ResTarget"] for each in tree.get("targetList", ())]
    found: list[int | str] = []
    for each in tree.get("sortClause", ()):
        node = each["SortBy"]["node"]
        if "A_Const" in node and "ival" in node["A_Const"]:
            found.append(int(node["A_Const"]["ival"].get("ival", 0)) - 1)
            continue
        same = [place for place, target in enumerate(targets) if _bare(target.get("val")) == _bare(node)]
        if same:
            found.append(same[0])
        elif "ColumnRef" in node and "String" in node["ColumnRef"]["fields"][-1]:
            found.append(str(node["ColumnRef"]["fields"][-1]["String"]["sval"]))
    return found


def has_totals(query: str) -> bool:
    """Whether ROLLUP, CUBE or GROUPING SETS add rows of totals."""
    return _has(_select(query), "GroupingSet")


def _select(query: str) -> JsonMapping:
    try:
        statement = pgparse.parse(query)[0]["stmt"]
    except (pgparse.PGQueryError, ValueError, IndexError, RecursionError):
        return {}
    found: JsonMapping = statement.get("SelectStmt", {})
    return found


def _has(node: Json, kind: str) -> bool:
    if isinstance(node, dict):
        return any(
            (name == kind and each.get("kind") in _TOTALS) or _has(each, kind) for name, each in node.items()
        )
    return isinstance(node, list) and any(_has(each, kind) for each in node)


def _bare(node: Json) -> Json:
    """A node without the places of its words."""
    if isinstance(node, dict):
        return {name: _bare(each) for name, each in node.items() if name != "location"}
    return [_bare(each) for each in node] if isinstance(node, list) else node
