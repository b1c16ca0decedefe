"""A lead moves forward by what happens in its turn, and a turn's hand-offs count as one."""

from __future__ import annotations

from typing import Any

import pytest

from motabot.agent.loop import CallRecord
from motabot.agent.registry import ToolResult
from motabot.agent.tools import HandOff, LeadUpdate
from motabot.conversation.commit import merge
from motabot.conversation.drafting import DraftedTurn
from motabot.conversation.progress import lead_progress
from motabot.customers.phones import Age
from motabot.customers.records import Lead
from tests.support.turns import turn

SHOWN = [CallRecord(1, "search_products", ToolResult(True, {"products": [{"name": "Gelato"}]}, "", 0.1, {}))]
NOTHING = [CallRecord(1, "search_products", ToolResult(True, {"products": []}, "", 0.1, {}))]


@pytest.mark.parametrize(
    ("text", "lead", "draft", "update"),
    [
        ("hi", None, {}, None),
        ("hi again", ("new", "greeting"), {}, (None, "contacted")),
        ("got gelato?", None, {"age": Age.ASKED}, ("discovery", None)),
        ("got gelato?", ("new", "greeting"), {"calls": SHOWN}, ("recommendation", "qualified")),
        ("got moon rocks?", ("contacted", "greeting"), {"calls": NOTHING}, None),
        ("what else", ("qualified", "follow_up"), {"calls": SHOWN}, None),
        ("what else", ("qualified", "recommendation"), {"calls": SHOWN}, None),
        ("cool ill come by later", ("qualified", "recommendation"), {}, ("follow_up", None)),
        ("omw", None, {}, ("follow_up", "qualified")),
        ("paso mañana", ("contacted", "discovery"), {}, ("follow_up", "qualified")),
        ("is it ready", ("new", "greeting"), {"intents": [HandOff("order", "x")]}, ("follow_up", "qualified")),
        ("no thanks, not interested", ("contacted", "discovery"), {}, ("closed", "lost")),
        ("not interested in sativa", ("contacted", "discovery"), {}, None),
        ("do your pens come in 1g?", ("contacted", "discovery"), {}, None),
        ("got gelato?", ("lost", "closed"), {"calls": SHOWN}, ("recommendation", "qualified")),
        ("got gelato?", None, {"calls": SHOWN, "intents": [LeadUpdate("discovery", "contacted")]}, None),
        ("im 19", ("new", "discovery"), {"pause_by": "age"}, None),
    ],
)
def test_a_lead_moves_forward_by_its_turn(
    text: str, lead: tuple[str, str] | None, draft: dict[str, Any], update: tuple[str | None, str | None] | None
) -> None:
    context = turn(text, lead=Lead(*lead, None) if lead else None)
    found = lead_progress(context, DraftedTurn(**draft))
    assert (found and (found.stage, found.status)) == update


def test_a_customer_is_no_lead() -> None:
    assert lead_progress(turn("omw", customers=1), DraftedTurn()) is None
    assert lead_progress(turn("omw", customers=2), DraftedTurn()) is None


def test_the_gravest_reason_of_several_hand_offs_counts_and_no_summary_is_lost() -> None:
    merged = merge([HandOff("asked", "Wants a person."), HandOff("medical", "Rash."), HandOff("asked", "Rash.")])
    assert (merged.reason, merged.summary) == ("medical", "Rash. / Wants a person.")
