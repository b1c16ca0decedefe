"""The steps of `db init`: what each does, in words for its dry run, and what to do if a login may not do it."""

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
        cure: What a person must do if this login may not.
        prepare_cure: Says it where the database must be prepared for it; `cure` is then what a dry run says.
    """

    words: str
    run: Callable[[Connection], None] | None
    cure: str
    prepare_cure: Callable[[Connection], str] | None

    def __init__(
        self,
        words: str,
        run: Callable[[Connection], None] | None,
        *,
        cure: str = "",
        prepare_cure: Callable[[Connection], str] | None = None,
    ) -> None:
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "run", run)
        object.__setattr__(self, "cure", cure or f"ask the owner to run: {words}")
        object.__setattr__(self, "prepare_cure", prepare_cure)

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
        """Do it in a savepoint; returns what is wrong if this login may not."""
        if self.run is None:
            return f"{self.words}: {self.cure}"
        try:
            with connection.begin_nested():
                self.run(connection)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _NOT_ALLOWED:
                raise
            cure = self.prepare_cure(connection) if self.prepare_cure else self.cure
            return f"this login may not {self.words}: {cure}"
        return None
