"""Proposals: a model may make them, and only a person may have them executed.

A proposal is validated and previewed before anybody sees it, frozen under one hash, shown from the frozen facts
alone, and executed at most once: by a person with the role, at the approval's own address, after a second preview
gave the same result.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg.types.json import Jsonb
from pydantic import ValidationError
from sqlalchemy import Connection

from motabot.boundary import Cell, JsonMapping, JsonObject
from motabot.db.audit import record
from motabot.db.refusals import in_words
from motabot.errors import ActionRefused, MotaBotError, UnknownAction, field_problems
from motabot.staff.accounts import Member
from motabot.staff.actions.base import Action, Desk, Facts
from motabot.staff.actions.registry import current_name
from motabot.staff.actions.wording import explain

#: Minutes for which a proposal may be approved.
MINUTES = 15


class Actions:
    """Proposes, decides, executes."""

    def __init__(self, desk: Desk, actions: Sequence[Action[Any]]) -> None:
        self._desk = desk
        self._engine = desk.engine
        self._actions = {action.name: action for action in actions}

    def _facts(self, value: Facts) -> Cell:
        """Facts as JSON can hold them, moments as the shop's people read them."""
        zone = self._desk.settings.zone
        return json.loads(json.dumps(value, default=lambda each: _written(each, zone)))

    def propose(self, name: str, arguments: JsonMapping, *, by: str, chat_id: int | None) -> JsonObject:
        """Preview an action and keep it for a person to decide.

        Raises:
            ActionRefused: There is no such action.
            MotaBotError: It cannot be done as asked; the message says why. Nothing is kept.
        """
        action = self._actions.get(name)
        if action is None:
            raise ActionRefused(f"There is no action {name}. The actions are: {', '.join(self._actions)}.")
        with in_words():
            facts = self._facts(action.preview(self._desk, _checked(action, arguments)))
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

    def latest(self, member: Member) -> list[JsonObject]:
        """The latest actions that a person's role allows, whatever became of them."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(f"{_SELECT} order by a.id desc limit 500")
            actions = (self._row(row) for row in rows)
            return [action for action in actions if member.may(action["needs_role"])][:100]

    def show(self, identity: int) -> JsonObject:
        """One action.

        Raises:
            UnknownAction: There is none of this id.
        """
        with self._engine.connect() as connection:
            return self._show(connection, identity)

    def reject(self, identity: int, member: Member) -> JsonObject:
        """Decide that an action is not done.

        Raises:
            UnknownAction: There is none of this id.
            ActionRefused: It is already decided, or needs another role.
        """
        with self._engine.begin() as connection:
            row = self._show(connection, identity)
            if not member.may(row["needs_role"]):
                raise ActionRefused(f"This needs the role {row['needs_role']}; yours is {member.role}.")
            self._decide(connection, identity, member, "rejected", None)
            return self._show(connection, identity)

    def withdraw(self, identities: Sequence[int]) -> None:
        """Withdraw the proposals of a model that then failed: the next one proposes again what is still wanted."""
        if not identities:
            return
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                "update motabot.actions set status = 'withdrawn', decided_at = now()"
                " where id = any(%(ids)s) and status = 'pending'",
                {"ids": list(identities)},
            )

    def approve(self, identity: int, hashed: str, member: Member) -> JsonObject:
        """Execute an action, once.

        Args:
            identity: The action.
            hashed: The hash of what the person was shown.
            member: Who approves.

        Raises:
            UnknownAction: There is none of this id.
            ActionRefused: It is already decided, has expired, is not what was shown, needs another role, or would
                now do something else.
        """
        with self._engine.begin() as connection:
            row = self._show(connection, identity)
            action = self._actions.get(row["name"])
            if action is None:
                raise ActionRefused(f"This version of MotaBot has no action {row['name']}.")
            if not member.may(action.role):
                raise ActionRefused(f"This needs the role {action.role}; yours is {member.role}.")
            self._decide(connection, identity, member, "running", hashed)
        try:
            arguments = _checked(action, row["arguments"])
            with in_words():
                facts = self._facts(action.preview(self._desk, arguments))
            moved = [name for name in action.must_match if facts.get(name) != row["facts"].get(name)]
            if moved or row["hash"] != _hash(row["name"], row["arguments"], row["facts"]):
                self._finish(identity, "refused", {"changed": moved})
                what = "; ".join(explain(name, row["facts"].get(name), facts.get(name)) for name in moved)
                raise ActionRefused(f"It would no longer do the same: {what or 'it was altered'}. Ask again.")
            with in_words():
                result = self._facts(action.execute(self._desk, arguments, facts, member.name))
        except ActionRefused as error:
            if self.show(identity)["status"] == "running":  # its preview refuses it by now
                self._finish(identity, "refused", {"error": str(error)})
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

    def _finish(self, identity: int, status: str, result: JsonObject) -> JsonObject:
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                "update motabot.actions set status = %(status)s, result = %(result)s where id = %(id)s",
                {"status": status, "result": Jsonb(result), "id": identity},
            )
            return self._show(connection, identity)

    def _show(self, connection: Connection, identity: int) -> JsonObject:
        row = connection.exec_driver_sql(f"{_SELECT} where a.id = %(id)s", {"id": identity}).one_or_none()
        if row is None:
            raise UnknownAction(f"There is no action {identity}.")
        return self._row(row)

    def _row(self, row: Cell) -> JsonObject:
        name = current_name(row.name)
        action = self._actions.get(name)
        return {
            **_plain(dict(row._mapping)),
            "name": name,
            "needs_role": action.role if action else "admin",
        }


_SELECT = (
    "select a.id, a.chat_id, a.proposed_by, a.name, a.arguments, a.facts, a.hash, a.created_at, a.expires_at,"
    " case when a.status = 'pending' and a.expires_at <= now() then 'expired' else a.status end as status,"
    " a.decided_by, a.decided_at, a.result from motabot.actions a"
)


def _checked(action: Action[Any], arguments: JsonMapping) -> Cell:
    try:
        return action.arguments.model_validate(arguments)
    except ValidationError as error:
        problems = "; ".join(f"{name}: {problem}" for name, problem in field_problems(error).items())
        raise ActionRefused(f"{action.name} cannot take these arguments: {problems}.") from None


def _why_not(row: JsonMapping, hashed: str | None) -> str:
    if row["status"] == "expired":
        return f"It has expired: an action may be approved for {MINUTES} minutes. Ask again."
    if row["status"] != "pending":
        return f"It is decided already: {row['status']}, by {row['decided_by']}."
    return f"This is not what was shown: its hash is not {str(hashed)[:12]}..."


def _plain(value: Cell) -> Cell:
    """The same as JSON can hold it."""
    return json.loads(json.dumps(value, default=str))


def _written(value: Cell, zone: ZoneInfo) -> str:
    return f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def _hash(name: str, arguments: JsonMapping, facts: JsonMapping) -> str:
    frozen = json.dumps([name, _plain(arguments), _plain(facts)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(frozen.encode()).hexdigest()
