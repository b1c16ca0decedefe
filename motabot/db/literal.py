"""Values as literals of SQL, for queries that are shown to people and therefore have no parameters."""

from __future__ import annotations


def literal(words: str) -> str:
    """Words as a literal. `standard_conforming_strings` is on, so a backslash is an ordinary character."""
    return "'" + words.replace("'", "''") + "'"
