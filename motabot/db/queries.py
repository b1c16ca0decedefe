"""Reads the statements in .sql files next to their modules. Their parameters are ``:name``, everywhere."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

from sqlalchemy import TextClause, text

from motabot.text.regex import regex

#: A parameter: neither a cast nor part of a word or a time. A file writes cast(:x as text) and not :x::text, which
#: SQLAlchemy would read as a parameter of another name.
_PARAMETER = regex(r"(?<![:\w\\]):(\w+)")


def read_sql(package: str | None, name: str) -> str:
    """The SQL in ``sql/<name>.sql`` of a package, to be completed or passed on as a string.

    Args:
        package: The caller's `__package__`.
        name: The file's name without its ending; with a folder where it is in one.
    """
    return _folder(package).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def load_sql(package: str | None, name: str) -> TextClause:
    """The statement in ``sql/<name>.sql`` of a package, for `Connection.execute`."""
    return text(read_sql(package, name))


def driver_sql(package: str | None, name: str) -> str:
    """The same for `Connection.exec_driver_sql`, in the parameter style of psycopg."""
    return _in_driver_style(read_sql(package, name))


def driver_sql_folder(package: str | None, folder: str) -> dict[str, str]:
    """`driver_sql` of every file in ``sql/<folder>`` of a package, by file name without its ending."""
    return {
        file.name.removesuffix(".sql"): _in_driver_style(file.read_text(encoding="utf-8"))
        for file in _folder(package).joinpath(folder).iterdir()
        if file.name.endswith(".sql")
    }


def _folder(package: str | None) -> Traversable:
    assert package is not None, "a script has no package"
    return resources.files(package).joinpath("sql")


def _in_driver_style(sql: str) -> str:
    return _PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))
