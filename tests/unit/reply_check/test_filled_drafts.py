"""Drafts with references: true ones are sent at once, and false ones are refused or asked for their source."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

from motabot.conversation.reply_check import (
    Draft,
    DraftReading,
    Facts,
    Keys,
    Problem,
    Vocabulary,
    check,
    check_sources,
    fill,
)
from motabot.text.language import detect_language
from tests.drafts import ZONE, shop
from tests.unit.reply_check.turns import DATA

WRITTEN: dict[str, Any] = tomllib.loads((DATA / "drafts_filled.toml").read_text(encoding="utf-8"))
FRIDAY = date(2026, 11, 27)


def problems(turn: str, draft: str) -> list[Problem]:
    told = WRITTEN["turns"][turn]
    result = {"products": told["products"]} if "products" in told else {}
    keys = Keys(ZONE)
    keys.annotate(result)
    facts = Facts.collect(
        {"texts": [told["asked"]]},
        result,
        shop=shop(FRIDAY),
        knowledge=told.get("entries", ()),
        zone=ZONE,
        today=FRIDAY,
        person_asked=told.get("is_person_asked", False),
        vocabulary=Vocabulary.build(one["name"] for one in told.get("products", ())),
    )
    text, filled, unread = fill(draft, keys, facts, detect_language(draft))
    found = [*unread, *check(text, facts, filled)]
    return [*found, *check_sources(DraftReading(Draft(text), facts, filled), found)]


def test_true_drafts_are_sent_at_once() -> None:
    alarms = {draft: found for turn, draft in WRITTEN["drafts"]["good"] if (found := problems(turn, draft))}
    assert alarms == {}


def test_false_drafts_are_noticed() -> None:
    missed = [draft for turn, draft in WRITTEN["drafts"]["bad"] if not problems(turn, draft)]
    assert missed == []
