"""What the staff's tools use: queries whose rows people see, and proposals that wait for a person."""

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
from motabot.staff.formats import formats_of, short
from motabot.staff.people import People
from motabot.staff.redaction import Placeholders
from motabot.staff.results import Kept, Results
from motabot.staff.sandbox.run import Result, Sandbox
from motabot.staff.tables import as_table

Emit = Callable[[str, JsonMapping], None]

#: How many rows of a result a model sees; people see them all.
_SHOWN_TO_MODEL: Final = 50
#: How many rows of a result a tool sees.
_SHOWN_TO_TOOL: Final = 500

_SPELLS: Final = (
    "All cells are hidden, because the query takes people's data apart or compares it letter by letter."
    " Compare whole values, or leave that column out."
)


@dataclass
class TurnOutcome:
    """The outcome of one turn's tools.

    Attributes:
        tables: Results with columns, rows, the query and, if it fits, a chart.
        kept: The same under the names for later turns.
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
        self.sandbox = sandbox
        self.actions = actions
        self.people = people
        self.settings = settings

    def tools(
        self,
        member: Member,
        placeholders: Placeholders,
        results: Results,
        outcome: TurnOutcome,
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
            emit: Gets tables and actions as they come.
        """
        turn = _Turn(self, member, placeholders, results, outcome, words, chat_id, emit)
        return StaffTools(
            now=turn.now, zone=self.settings.zone, staff=member.name, run=turn.run, propose=turn.propose
        )


@dataclass(frozen=True)
class _Turn:
    """What the tools of one turn share. The fields are those of `Workbench.tools`."""

    workbench: Workbench
    member: Member
    placeholders: Placeholders
    results: Results
    outcome: TurnOutcome
    words: str
    chat_id: int | None
    emit: Emit
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def run(self, sql: str, title: str | None, wish: ChartWish) -> JsonObject:
        """Run a query. With a title its table is shown to the person and kept for later turns.

        Raises:
            ToolFailed: The query is refused or fails; the message hides what is hidden from the model.
        """
        placeholders, query = self.placeholders, sql
        try:
            query = self.results.expand(placeholders.fill_query(sql))
            result = self.workbench.sandbox.run(query)
        except (QueryRefused, QueryFailed) as error:
            raise ToolFailed(placeholders.hide_error(error, is_filled=query != sql)) from None
        traced = self.workbench.people.lineage.trace(_statement(sql), len(result.columns), self.results.relations)
        most = _SHOWN_TO_TOOL if title is None else _SHOWN_TO_MODEL
        shown = placeholders.hide_rows(traced.kinds, result.rows[:most])
        told: JsonObject = {}
        if title is not None:
            kinds = formats_of(result.columns)
            shown = [[short(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in shown]
            day = self.now.astimezone(self.workbench.settings.zone).date()
            table = as_table(result, placeholders.show(title), words=self.words, today=day, wish=wish)
            table["sql"] = placeholders.fill_query(sql)
            kept = self.results.add(table, traced.kinds, shown)
            self.outcome.tables.append(table)
            self.outcome.kept.append(kept)
            self.emit("table", table)
            told["result"] = kept.name
        told |= _told(result, shown)
        if traced.spells and placeholders.level == "full":
            told["note"] = _SPELLS
        return told

    def propose(self, name: str, arguments: JsonMapping) -> Proposal:
        """Keep a proposal that waits for a person's approval.

        Raises:
            ToolFailed: The arguments are not valid; the person is shown why.
        """
        template = str(arguments.get("template", ""))
        filled = {
            key: _filled(key, value, template, self.placeholders, self.results)
            if isinstance(value, str)
            else value
            for key, value in arguments.items()
        }
        try:
            action = self.workbench.actions.propose(name, filled, by=self.member.name, chat_id=self.chat_id)
        except MotaBotError as error:
            self.outcome.problems.append(str(error))
            hidden = self.placeholders.hide_error(error)
            raise ToolFailed(f"Nothing is proposed: {hidden}") from None
        self.outcome.actions.append(action)
        self.emit("action", action)
        shown = self.placeholders.hide_facts(action["facts"])
        if "text" in shown and action["facts"]["text"] == filled.get("text"):
            shown["text"] = arguments["text"]  # the model's own words
        return Proposal(action["id"], shown)


def _told(result: Result, shown: list[list[Cell]]) -> JsonObject:
    return {
        "columns": [column.name for column in result.columns],
        "rows": shown,
        "row_count": len(result.rows),
        "more": result.truncated or len(result.rows) > len(shown),
    }


def _statement(query: str) -> str:
    """A query to trace; the name of a result alone means all of it."""
    alone = query.strip().rstrip(";")
    return f"select * from {alone}" if alone.isidentifier() else query


def _filled(name: str, value: str, template: str, placeholders: Placeholders, results: Results) -> str:
    """An argument with values in place of placeholders; in a query they are literals, and results are tables."""
    if name != "query":
        return placeholders.show(value)
    return results.expand(placeholders.fill_query(value), f"{value} {template}")
