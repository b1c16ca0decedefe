"""What a model may propose and only a person may have done.

A proposal is validated and previewed before anybody sees it, frozen under one hash, shown from the frozen facts
alone, and carried out at most once: by a person with the role, at the approval's own address, after it was
previewed again and gave the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, Engine

from motabot.db.audit import record
from motabot.errors import ActionRefused, MotaBotError, UnknownAction
from motabot.staff.accounts import Member, Role

#: Minutes for which a proposal may be approved.
MINUTES = 15
Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of action.

    Attributes:
        role: Who may approve it.
        preview: What it would do, without doing it; shown and frozen.
        carry_out: Does it, given the arguments, the preview as it is at the approval, and who approved.
        must_match: The facts that have to be the same at the approval; the others, like the moment, may move.
    """

    role: Role
    preview: Callable[[Arguments], dict[str, Any]]
    carry_out: Callable[[Arguments, Mapping[str, Any], str], dict[str, Any]]
    must_match: tuple[str, ...]


class Actions:
    """Proposes, decides, carries out."""

    def __init__(self, engine: Engine, kinds: Mapping[str, Kind]) -> None:
        self._engine = engine
        self._kinds = kinds

    def propose(self, name: str, arguments: Arguments, *, by: str, chat_id: int | None) -> dict[str, Any]:
        """Preview an action and keep it for a person to decide.

        Raises:
            ActionRefused: There is no such action.
            MotaBotError: It cannot be done as asked; the message says why. Nothing is kept.
        """
        kind = self._kinds.get(name)
        if kind is None:
            raise ActionRefused(f"There is no action {name}. There are: {', '.join(self._kinds)}.")
        facts = _plain(kind.preview(arguments))
        with self._engine.begin() as connection:
            identity = connection.exec_driver_sql(
                "insert into motabot.actions (chat_id, proposed_by, name, arguments, facts, hash, expires_at)"
                " values (%(chat)s, %(by)s, %(name)s, %(arguments)s, %(facts)s, %(hash)s,"
                " now() + make_interval(mins => %(minutes)s)) returning id",
                {
                    "chat": chat_id,
                    "by": by,
                    "name": name,
                    "arguments": Jsonb(_plain(arguments)),
                    "facts": Jsonb(facts),
                    "hash": _hash(name, arguments, facts),
                    "minutes": MINUTES,
                },
            ).scalar_one()
            return self._show(connection, int(identity))

    def latest(self) -> list[dict[str, Any]]:
        """The latest actions, whatever became of them."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(f"{_SELECT} order by a.id desc limit 100")
            return [self._row(row) for row in rows]

    def show(self, identity: int) -> dict[str, Any]:
        """One action.

        Raises:
            UnknownAction: There is none of this id.
        """
        with self._engine.connect() as connection:
            return self._show(connection, identity)

    def reject(self, identity: int, member: Member) -> dict[str, Any]:
        """Decide that an action is not to be done.

        Raises:
            UnknownAction: There is none of this id.
            ActionRefused: It is decided already.
        """
        with self._engine.begin() as connection:
            self._decide(connection, identity, member, "rejected", None)
            return self._show(connection, identity)

    def approve(self, identity: int, hashed: str, member: Member) -> dict[str, Any]:
        """Carry an action out, once.

        Args:
            identity: The action.
            hashed: The hash of what the person was shown.
            member: Who approves.

        Raises:
            UnknownAction: There is none of this id.
            ActionRefused: It is decided already, has expired, is not what was shown, needs another role, or would
                do something else by now.
        """
        with self._engine.begin() as connection:
            row = self._show(connection, identity)
            kind = self._kinds.get(row["name"])
            if kind is None:
                raise ActionRefused(f"The action {row['name']} is not known any more.")
            if not member.may(kind.role):
                raise ActionRefused(f"This needs the role {kind.role}; yours is {member.role}.")
            self._decide(connection, identity, member, "running", hashed)
        try:
            facts = _plain(kind.preview(row["arguments"]))
            moved = [name for name in kind.must_match if facts.get(name) != row["facts"].get(name)]
            if moved or row["hash"] != _hash(row["name"], row["arguments"], row["facts"]):
                self._finish(identity, "refused", {"changed": moved})
                raise ActionRefused(f"It would do something else by now ({', '.join(moved)} changed). Ask again.")
            result = _plain(kind.carry_out(row["arguments"], facts, member.name))
        except ActionRefused:
            raise
        except MotaBotError as error:
            self._finish(identity, "failed", {"error": str(error)})
            raise
        except Exception:
            self._finish(identity, "failed", {"error": "it crashed; nothing of it was kept"})
            raise
        return self._finish(identity, "done", result)

    def _decide(
        self, connection: Connection, identity: int, member: Member, status: str, hashed: str | None
    ) -> None:
        taken = connection.exec_driver_sql(
            "update motabot.actions set status = %(status)s, decided_by = %(by)s, decided_at = now()"
            " where id = %(id)s and status = 'pending' and expires_at > now()"
            " and (%(hash)s::text is null or hash = %(hash)s)",
            {"status": status, "by": member.name, "id": identity, "hash": hashed},
        ).rowcount
        row = self._show(connection, identity)
        if not taken:
            raise ActionRefused(_why_not(row, hashed))
        record(
            connection,
            actor=member.name,
            action=f"action.{'approve' if status == 'running' else 'reject'}",
            arguments={"action": identity, "name": row["name"], "arguments": row["arguments"]},
            before=row["facts"],
            after={},
        )

    def _finish(self, identity: int, status: str, result: dict[str, Any]) -> dict[str, Any]:
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                "update motabot.actions set status = %(status)s, result = %(result)s where id = %(id)s",
                {"status": status, "result": Jsonb(result), "id": identity},
            )
            return self._show(connection, identity)

    def _show(self, connection: Connection, identity: int) -> dict[str, Any]:
        row = connection.exec_driver_sql(f"{_SELECT} where a.id = %(id)s", {"id": identity}).one_or_none()
        if row is None:
            raise UnknownAction(f"There is no action {identity}.")
        return self._row(row)

    def _row(self, row: Any) -> dict[str, Any]:
        kind = self._kinds.get(row.name)
        return {**_plain(dict(row._mapping)), "needs_role": kind.role if kind else "admin"}


_SELECT = (
    "select a.id, a.chat_id, a.proposed_by, a.name, a.arguments, a.facts, a.hash, a.created_at, a.expires_at,"
    " case when a.status = 'pending' and a.expires_at <= now() then 'expired' else a.status end as status,"
    " a.decided_by, a.decided_at, a.result from motabot.actions a"
)


def _why_not(row: Mapping[str, Any], hashed: str | None) -> str:
    if row["status"] == "expired":
        return f"It has expired: an action may be approved for {MINUTES} minutes. Ask again."
    if row["status"] != "pending":
        return f"It is decided already: {row['status']}, by {row['decided_by']}."
    return f"This is not what was shown: its hash is not {str(hashed)[:12]}..."


def _plain(value: Any) -> Any:
    """The same as JSON can hold it."""
    return json.loads(json.dumps(value, default=str))


def _hash(name: str, arguments: Arguments, facts: Mapping[str, Any]) -> str:
    frozen = json.dumps([name, _plain(arguments), _plain(facts)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(frozen.encode()).hexdigest()
