"""What the staff's tools work with: queries whose rows people see, and proposals that wait for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from motabot.agent.tools import ChartWish, Proposal, StaffTools, ToolFailed
from motabot.boundary import Cell, JsonMapping, JsonObject
from motabot.errors import MotaBotError, QueryFailed, QueryRefused
from motabot.settings import Settings
from motabot.staff.accounts import Member
from motabot.staff.actions.approval import Actions
from motabot.staff.people import People
from motabot.staff.redaction import Placeholders
from motabot.staff.results import Kept, Results
from motabot.staff.sandbox.run import Result, Sandbox
from motabot.staff.tables import as_table

Emit = Callable[[str, JsonMapping], None]

#: Rows that a model sees of a result; people see them all.
_SHOWN_TO_MODEL: Final = 50
#: Rows that a tool sees of a result for its own use.
_SHOWN_TO_TOOL: Final = 500

_SPELLS: Final = (
    "All cells are hidden, because the query takes people's data apart or compares it letter by letter. People see"
    " the rows. Compare whole values, or leave that column out."
)


@dataclass
class Outcome:
    """What the tools of one turn came to.

    Attributes:
        tables: Results with columns, rows, the query and a chart where their shape asks for one.
        kept: The same as later turns name them.
        actions: What was proposed.
        problems: What went wrong, in words for people.
    """

    tables: list[JsonObject] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    actions: list[JsonObject] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Workbench:
    """Runs queries and keeps proposals for staff's models, in the chat and over MCP."""

    def __init__(self, sandbox: Sandbox, actions: Actions, people: People, settings: Settings) -> None:
        self._sandbox = sandbox
        self._actions = actions
        self._people = people
        self._settings = settings

    def tools(
        self,
        member: Member,
        placeholders: Placeholders,
        results: Results,
        outcome: Outcome,
        *,
        words: str = "",
        chat_id: int | None = None,
        emit: Emit = lambda _kind, _data: None,
    ) -> StaffTools:
        """What the tools of one turn get.

        Args:
            member: Who asks.
            placeholders: Those of the conversation.
            results: Those of the conversation.
            outcome: Receives tables, proposals and problems.
            words: The question, which may name the measure that a chart shows.
            chat_id: The conversation, for proposals.
            emit: Is told of tables and actions as they come.
        """

        now, zone = datetime.now(UTC), self._settings.zone

        def run(sql: str, title: str | None, wish: ChartWish) -> JsonObject:
            query = sql
            try:
                query = results.expand(placeholders.fill_query(sql))
                result = self._sandbox.run(query)
            except (QueryRefused, QueryFailed) as error:
                raise ToolFailed(placeholders.hide_error(error, is_filled=query != sql)) from None
            trace = self._people.lineage.trace(_statement(sql), len(result.columns), results.relations)
            kinds = trace.kinds
            most = _SHOWN_TO_TOOL if title is None else _SHOWN_TO_MODEL
            shown = placeholders.hide_rows(kinds, result.rows[:most])
            told = _told(result, shown)
            if title is not None:
                day = now.astimezone(zone).date()
                table = as_table(result, placeholders.show(title), words=words, today=day, wish=wish)
                table["sql"] = placeholders.fill_query(sql)
                kept = results.add(table, kinds, shown)
                outcome.tables.append(table)
                outcome.kept.append(kept)
                emit("table", table)
                told = {"result": kept.name, **told}
            if trace.spells and placeholders.level == "full":
                told["note"] = _SPELLS
            return told

        def propose(name: str, arguments: JsonMapping) -> Proposal:
            template = str(arguments.get("template", ""))
            filled = {
                key: _filled(key, value, template, placeholders, results) if isinstance(value, str) else value
                for key, value in arguments.items()
            }
            try:
                action = self._actions.propose(name, filled, by=member.name, chat_id=chat_id)
            except MotaBotError as error:
                outcome.problems.append(str(error))
                raise ToolFailed(
                    f"Nothing is proposed. A person is shown why: {placeholders.hide_error(error)}"
                ) from None
            outcome.actions.append(action)
            emit("action", action)
            return Proposal(action["id"], placeholders.hide_facts(action["facts"]))

        return StaffTools(now=now, zone=zone, staff=member.name, run=run, propose=propose)


def _told(result: Result, shown: list[list[Cell]]) -> JsonObject:
    return {
        "columns": [column.name for column in result.columns],
        "rows": shown,
        "row_count": len(result.rows),
        "more": result.truncated or len(result.rows) > len(shown),
    }


def _statement(query: str) -> str:
    """A query whose origins are looked at; the name of a result alone means all of it."""
    alone = query.strip().rstrip(";")
    return f"select * from {alone}" if alone.isidentifier() else query


def _filled(name: str, value: str, template: str, placeholders: Placeholders, results: Results) -> str:
    """An argument with values in place of placeholders; in a query they are literals, and results are tables."""
    if name != "query":
        return placeholders.show(value)
    return results.expand(placeholders.fill_query(value), f"{value} {template}")
