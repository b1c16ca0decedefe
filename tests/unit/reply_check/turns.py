"""Turns with what their tools returned, and the rules that a draft breaks."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from motabot.conversation.reply_check import Facts, Vocabulary, check

DATA = Path(__file__).parents[1] / "data"


TURNS: dict[str, Any] = json.loads((DATA / "turn_facts.json").read_text(encoding="utf-8"))


DRAFTS: dict[str, list[list[str]]] = tomllib.loads((DATA / "drafts.toml").read_text(encoding="utf-8"))


VOCABULARY = Vocabulary.build(TURNS["catalog"])


def facts_of(turn: str) -> Facts:
    return Facts.collect(
        *TURNS[turn]["sources"],
        shop={**TURNS["shop"], **TURNS[turn].get("shop", {})},
        knowledge=TURNS[turn].get("knowledge", ()),
        zone=ZoneInfo("America/Los_Angeles"),
        today=date.fromisoformat(TURNS[turn]["today"]),
        person_asked=TURNS[turn].get("person_asked", False),
        never_say=["k7x2q9"],
        vocabulary=VOCABULARY,
    )


FACTS = {turn: facts_of(turn) for turn in ("regular", "stranger", "handed_over", "asker", "broken_lighter")}


def rules_broken(draft: str, facts: Facts) -> set[str]:
    return {problem.rule for problem in check(draft, facts)}
