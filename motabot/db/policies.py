"""Row-level security on the shop's tables: whether it hides rows from a role of ours, and how to fix that.

A hidden row looks like a row that is not there: every figure would silently be too small. So a role that may not
see everything it is meant to see answers nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine, text

from motabot.db.queries import load_sql
from motabot.db.steps import Step
from motabot.db.tables import crm
from motabot.errors import DatabaseNotReady

_SQL = load_sql(__package__, "hidden_rows")
_TABLES: Final = [table.name for table in crm.sorted_tables]
#: Commands as `pg_policy` has them: r reads, a adds, w writes, d deletes.
READS, EVERYTHING = "r", "rawd"
_COMMANDS: Final = {"r": "read", "a": "insert", "w": "update", "d": "delete"}


@dataclass(frozen=True)
class Hidden:
    """A table whose rows row-level security may keep from a role.

    Attributes:
        role: The role's name on this server.
        table: One of the nine.
        commands: What is affected: letters of `EVERYTHING`.
        may_mend: This login may add a policy.
        narrowed_by: A restrictive policy, which no other policy can outweigh.
    """

    role: str
    table: str
    commands: str
    may_mend: bool
    narrowed_by: str | None

    @property
    def policy(self) -> str:
        """The statement that shows the role all rows."""
        if self.commands == READS:
            name, rule = f"{self.role}_reads", "using (true)"
        else:
            name, rule = f"motabot_serves_{self.role}", "using (true) with check (true)"
        command = " for select" if self.commands == READS else ""
        return f"create policy {_quoted(name)} on public.{self.table}{command} to {_quoted(self.role)} {rule}"

    @property
    def words(self) -> str:
        """What is wrong, in words."""
        affected = ", ".join(_COMMANDS[command] for command in EVERYTHING if command in self.commands)
        return f"row-level security of public.{self.table} hides rows from the role {self.role} ({affected})"

    @property
    def cure(self) -> str:
        """What a person must do."""
        if self.narrowed_by:
            return f"ask the table's owner to leave {self.role} out of the restrictive policy {self.narrowed_by}"
        return f"run `motabot db init`, or ask the table's owner to run: {self.policy}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def hidden_rows(connection: Connection, roles: Mapping[str, str]) -> list[Hidden]:
    """Tables of which a role may not see or change every row.

    Args:
        connection: A transaction.
        roles: The names of roles, each with the commands it needs: letters of `EVERYTHING`.
    """
    rows = connection.execute(
        _SQL, {"names": list(roles), "commands": list(roles.values()), "tables": _TABLES}
    ).all()
    return [Hidden(row.role, row.table_name, row.commands, row.may_mend, row.narrowed_by) for row in rows]


def hidden_from_login(connection: Connection) -> frozenset[str]:
    """Tables of which this login may not see or change every row; to read one may even raise an error."""
    login = str(connection.execute(text("select current_user")).scalar_one())
    return frozenset(hidden.table for hidden in hidden_rows(connection, {login: EVERYTHING}))


def steps(connection: Connection, roles: Mapping[str, str]) -> list[Step]:
    """The policies that are missing, and the problems that no policy of ours can solve."""
    found = []
    for hidden in hidden_rows(connection, roles):
        if hidden.narrowed_by or not hidden.may_mend:
            found.append(Step.impossible(hidden.words, cure=hidden.cure))
        else:
            found.append(Step.of(hidden.policy))
    return found


def require_own_rows(engine: Engine) -> None:
    """Check that row-level security hides nothing from the role that an engine logs in as.

    Raises:
        DatabaseNotReady: It does; the message names the cure.
    """
    with engine.connect() as connection:
        login = str(connection.execute(text("select current_user")).scalar_one())
        require_all_rows(connection, {login: READS})


def require_all_rows(connection: Connection, roles: Mapping[str, str]) -> None:
    """Check that row-level security hides nothing from roles.

    Raises:
        DatabaseNotReady: It does; the message names the cure.
    """
    for hidden in hidden_rows(connection, roles):
        raise DatabaseNotReady(f"{hidden.words[0].upper()}{hidden.words[1:]}: {hidden.cure}")
