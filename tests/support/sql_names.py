"""The names that MotaBot's statements use for tables, results and columns, which a shop's own columns may have too."""

from __future__ import annotations

import re
from pathlib import Path

import motabot
from motabot.db.tables import crm

_STRING = re.compile(r'"""(.*?)"""|"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ASIDE = re.compile(r"--.*|'(?:[^']|'')*'")
_NAMES = (
    re.compile(r"\b([a-z_]\w*) as (?:materialized )?\("),
    re.compile(r"\bas (?:materialized )?([a-z_]\w*)"),
    re.compile(r"(?:from|join|update|into|using|,) +[a-z_]+\.[a-z_]+ ([a-z]\w*)"),
    re.compile(r"\) ([a-z]\w*)\b"),
)
_SYSTEM = frozenset({"tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"})


def names_in_our_statements() -> set[str]:
    """Aliases of tables and columns and names of parts, and words that only look like one, which do no harm."""
    package = Path(motabot.__file__).parent
    statements = [path.read_text(encoding="utf-8") for path in package.rglob("*.sql")]
    for path in package.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "select" in source:
            statements += [first or second for first, second in _STRING.findall(source)]
    return {
        name
        for statement in (_ASIDE.sub("", each) for each in statements)
        for pattern in _NAMES
        for name in pattern.findall(statement)
    } - _SYSTEM


def columns_under_these_names() -> str:
    """The statements that give each of the nine tables a column under every such name."""
    names = sorted(names_in_our_statements())
    return ";".join(
        f"alter table public.{table.name} "
        + ", ".join(f'add column if not exists "{name}" text' for name in names if name not in table.columns)
        for table in crm.sorted_tables
    )
