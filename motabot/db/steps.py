"""The steps of `db init`: what each does, in words for its dry run, and what to do where a login may not do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

#: Not allowed; no such role, which an earlier step was not allowed to make; no such schema, likewise.
_NOT_ALLOWED = frozenset({"42501", "42704", "3F000"})


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes:
        words: What it does; for most steps the statement itself.
        run: Does it, in the caller's transaction. None: nobody can do it by a statement of ours.
        cure: What a person must do where this login may not.
    """

    words: str
    run: Callable[[Connection], None] | None
    cure: str

    def __init__(self, words: str, run: Callable[[Connection], None] | None, *, cure: str = "") -> None:
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "run", run)
        object.__setattr__(self, "cure", cure or f"ask the owner to run: {words}")

    @classmethod
    def of(cls, statement: str) -> Step:
        """A step that runs one statement, whose text is also its words."""

        def run(connection: Connection) -> None:
            connection.exec_driver_sql(statement.replace("%", "%%"))

        return cls(statement, run)

    @classmethod
    def impossible(cls, problem: str, *, cure: str) -> Step:
        """A problem that only a person can solve."""
        return cls(problem, None, cure=cure)

    def carry_out(self, connection: Connection) -> str | None:
        """Do it in a savepoint; returns what is wrong where this login may not."""
        if self.run is None:
            return f"{self.words}: {self.cure}"
        try:
            with connection.begin_nested():
                self.run(connection)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _NOT_ALLOWED:
                raise
            return f"this login may not {self.words}: {self.cure}"
        return None
