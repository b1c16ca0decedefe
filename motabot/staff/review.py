"""Checks what a staff model says before people read it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from motabot.agent.loop import Exchange
from motabot.logs import log
from motabot.staff.claims import unfounded_claims
from motabot.staff.figures_check import Evidence
from motabot.staff.stated import NOTHING_STATED, Stated
from motabot.staff.talks import Talk
from motabot.staff.workbench import TurnOutcome
from motabot.text.regex import regex

#: Words that refer to a table of this answer, and words for any table.
_BELOW: Final = regex(
    r"\b(?:table|rows|list|chart)s? below\b|\b(?:tabla|lista|gr[aá]fica) de abajo\b", re.IGNORECASE
)
_TO_TABLE: Final = regex(r"\b(?:in|see) the (?:table|chart)s?\b|\ben la (?:tabla|gr[aá]fica)\b", re.IGNORECASE)
_NO_TABLE: Final = (
    "People see no table with this answer, because no query of this turn made one. Say it without one."
)
_TABLES: Final = "The figures are in the table below."
_REST: Final = "The rest is in the table below."
_NO_FIGURES: Final = "I could not support my answer with figures from the data. Ask again, perhaps more narrowly."


class Review:
    """Checks what a model says before people read it.

    Sentences that the data does not support are sent back once. Then they are left out, and tables speak instead.

    Attributes:
        words: What people read instead; empty if the model's words are kept.
    """

    def __init__(
        self, talk: Talk, told: str, outcome: TurnOutcome, today: date, stated: Stated = NOTHING_STATED
    ) -> None:
        """
        Args:
            talk: The conversation.
            told: The question as the model read it.
            outcome: The outcome of the turn's tools.
            today: The shop's day.
            stated: What the instructions state in addition to the data.
        """
        self._talk = talk
        self._stated = stated
        self._today = today
        self._told = told
        self._outcome = outcome
        self._was_sent_back = False
        self.words = ""

    def problems(self, exchange: Exchange) -> Sequence[str]:
        """What is wrong with an answer, in words for the model."""
        self.words = ""
        claims = list(unfounded_claims(exchange))
        is_alone = not self._outcome.tables and not self._talk.results.tables()
        if (is_alone and _TO_TABLE.search(exchange.text)) or (
            not self._outcome.tables and _BELOW.search(exchange.text)
        ):
            claims.append(_NO_TABLE)
        tables = [*self._talk.results.tables(), *self._outcome.tables]
        ran = [str(table["sql"]) for table in tables]
        ran += [json.dumps(call.result.arguments, default=str) for call in exchange.calls]
        figures, holding = self._checked(exchange, ran)
        if figures and self._was_sent_back and not claims:
            self._leave_out(holding, exchange, figures)
            return ()
        self._was_sent_back = self._was_sent_back or bool(figures)
        return [*claims, *figures]

    def _checked(self, exchange: Exchange, ran: Sequence[str]) -> tuple[list[str], str]:
        """What is wrong with the words, and the words that are supported: all if the check itself fails."""
        try:
            evidence = self._evidence(exchange, ran)
            problems = evidence.problems(exchange.text)
            return problems, evidence.holding(exchange.text) if problems else exchange.text
        except Exception:  # noqa: BLE001 - a sentence that the check fails on must not cost the answer
            log.exception("word check failed")
            return [], exchange.text

    def _leave_out(self, holding: str, exchange: Exchange, figures: Sequence[str]) -> None:
        """Keep the supported sentences; if there are none, only the tables remain."""
        has_rows = any(table["rows"] for table in self._outcome.tables)
        if holding:
            exchange.text = f"{holding} {_REST}" if has_rows else holding
        else:
            self.words = _TABLES if has_rows else _NO_FIGURES
        left = "Some of the model's words" if holding else "The model's words"
        self._outcome.problems.append(f"{left} are left out. {figures[0].partition('. ')[0]}.")

    def _evidence(self, exchange: Exchange, ran: Sequence[str]) -> Evidence:
        asked = [self._told, *(message.content for message in self._talk.history)]
        seen = [call.result.told for call in exchange.calls]
        tokens = self._talk.placeholders.tokens
        own, earlier = self._outcome.tables, self._talk.results.tables()
        return Evidence(own, seen, asked, tokens, self._today, self._stated, ran=ran, earlier=earlier)
