"""The SQL files of the maintenance, read once."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "maintenance" / "sql"


def statements(folder: str) -> dict[str, str]:
    """The statements in a folder under ``sql``, by file name without its ending."""
    return {path.stem: path.read_text(encoding="utf-8") for path in (_FOLDER / folder).glob("*.sql")}
