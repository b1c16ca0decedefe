"""Reads the statements that stand in .sql files beside their modules. Their parameters are ``:name``."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from sqlalchemy import TextClause, text

_FOLDER = Path(__file__).parents[1] / "maintenance" / "sql"


def read_sql(package: str | None, name: str) -> str:
    """The SQL in ``sql/<name>.sql`` of a package, to be completed or passed on as a string.

    Args:
        package: The caller's `__package__`.
        name: The file's name without its ending.
    """
    assert package is not None, "a script has no package"
    return resources.files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def load_sql(package: str | None, name: str) -> TextClause:
    """The statement in ``sql/<name>.sql`` of a package, ready to be executed."""
    return text(read_sql(package, name))


def statements(folder: str) -> dict[str, str]:
    """The statements in a folder under ``sql``, by file name without its ending."""
    return {path.stem: path.read_text(encoding="utf-8") for path in (_FOLDER / folder).glob("*.sql")}
