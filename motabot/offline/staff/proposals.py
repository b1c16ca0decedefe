"""Turns orders into proposals, or asks for what is missing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from motabot.agent.models.base import ModelAnswer, ToolCall
from motabot.boundary import Cell, JsonMapping
from motabot.offline.staff import person as people
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.sql import Compiler
from motabot.offline.staff.frames.title import Titles
from motabot.offline.staff.mentioned import is_phone
from motabot.offline.staff.order import Order
from motabot.offline.staff.person import Person
from motabot.offline.staff.sentences import say

#: No limit on recipients: the preview of the action says if they are too many.
_ALL = 1_000_000


class Proposals:
    """Proposes ordered actions."""

    def __init__(self, today: date, zone: str, values: Sequence[str], results: JsonMapping, language: str) -> None:
        """
        Args:
            today: The shop's day.
            zone: The name of the shop's zone.
            values: What placeholders stand for.
            results: What this turn's tools gave, by the id of the call.
            language: "en" or "es".
        """
        self._today = today
        self._zone = zone
        self._values = values
        self._results = results
        self._language = language

    def answer(self, order: Order) -> ModelAnswer:
        """What to call next for an order, or what to say."""
        missing = order.missing
        if missing == "audience" and order.audience and order.audience.unclear:
            return self._unknown(order.audience.unclear)
        if missing:
            name = "source" if (order.action, missing) == ("duplicate_customer", "who") else missing
            return ModelAnswer(self._say(f"ask_{name}"))
        if order.action == "text_segment":
            return self._segment(order)
        person = Person(phone=order.who if is_phone(order.who, self._values) else "")
        needs_member = order.command.about == "member" and order.who
        if order.who and (needs_member or not person.phone):
            if "who" not in self._results:
                return people.look_for(order.who)
            person = people.found(order.who, self._results["who"], self._language)
            if person.problem:
                return ModelAnswer(person.problem)
            if order.command.about == "phone" and not person.phone:
                return ModelAnswer(self._say("no_phone", who=order.who))
        arguments = {"who": (person.member if order.command.about == "member" else person.phone) or None}
        arguments |= {name: order.values.get(name) for name in order.command.takes}
        return self._propose(replace(order, who=person.name or order.who), arguments)

    def _unknown(self, words: Sequence[str]) -> ModelAnswer:
        return ModelAnswer(self._say("unknown_audience", words=", ".join(f"“{word}”" for word in words)))

    def _segment(self, order: Order) -> ModelAnswer:
        """The proposal to text many customers."""
        assert order.audience is not None
        frame = order.audience.frame
        assert frame is not None
        if frame.who:  # an audience is never one customer
            return ModelAnswer(self._say("ask_audience"))
        whole = frame if frame.limit else replace(frame, limit=_ALL)
        query = Compiler(whole, lexicon(), self._today, self._zone).compile().sql
        title = Titles(frame, lexicon(), self._today, self._language).title()
        shown = replace(order, values={**order.values, "audience": title})
        return self._propose(shown, {"query": query, "template": str(order.values["text"])})

    def _propose(self, order: Order, arguments: JsonMapping) -> ModelAnswer:
        if "proposal" not in self._results:
            return ModelAnswer("", (ToolCall("proposal", order.action, json.dumps(arguments)),), "tool_calls")
        result = self._results["proposal"]
        if "error" in result:
            return ModelAnswer(self._say("refused"))
        change = ", ".join(
            f"{value:.0%}" if name == "probability" else str(value).replace("_", " ")
            for name, value in order.values.items()
            if value is not None
        )
        of = f" {'de' if self._language == 'es' else 'of'} {order.who}" if order.who else ""
        values = {"who": order.who, "of": of, "change": change, **order.values}
        what = order.command.proposal[self._language == "es"].format_map(
            {"name": "", "phone": "", "text": "", "audience": "", **values}
        )
        return ModelAnswer(self._say("proposed", what=what + _counts(result.get("preview", {}), self._language)))

    def _say(self, name: str, **values: object) -> str:
        return say(name, self._language, **values)


def _counts(preview: JsonMapping, language: str) -> str:
    """The most informative counts of a preview."""
    if "recipients" in preview:
        left_out = preview.get("left_out") or {}
        out = ", ".join(f"{many} {reason}" for reason, many in left_out.items())
        recipients = "destinatarios" if language == "es" else "recipients"
        return f"; {preview['recipients']} {recipients}" + (f" ({out})" if out else "")
    tables = preview.get("tables")
    if isinstance(tables, Mapping):
        rows = ", ".join(f"{_changed(many)} {table}" for table, many in tables.items() if _changed(many))
        return f"; {rows}" if rows else ""
    return ""


def _changed(many: Cell) -> int:
    """Rows that would change in one table."""
    if isinstance(many, Mapping):
        return sum(int(many.get(name) or 0) for name in ("inserted", "updated", "deleted"))
    return int(many)
