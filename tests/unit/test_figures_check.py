"""Every number in an answer of the staff's model is a cell, or follows from cells that its sentence names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from motabot.agent.loop import CallRecord, Exchange
from motabot.agent.prompts import Prompts
from motabot.agent.registry import ToolResult
from motabot.agent.tools import Proposal
from motabot.staff.claims import unfounded_claims
from motabot.staff.figures_check import Evidence
from tests.support.turns import TEMPLATES

MONTHS: dict[str, Any] = {
    "columns": [{"format": "date"}, {"format": "money"}, {"format": "count"}],
    "rows": [["2026-09-01", "40000.00", 812], ["2026-10-01", "45916.32", 930], ["2026-11-01", "21000.50", 401]],
}
STORES: dict[str, Any] = {
    "rows": [["Oakland", "30000", "0.254"], ["Mission", "20000", "0.3"], ["Downtown", "50000", None]]
}
PEOPLE: dict[str, Any] = {"rows": [["Ana Ruiz", "500"], ["Bob Lee", "2000"]]}
EVIDENCE = Evidence(
    [MONTHS, STORES, PEOPLE],
    ['{"row_count":3,"preview":{"recipients":15}}'],
    ["top 5 last 30 days"],
    {"[name1]": "Ana Ruiz"},
)


@pytest.mark.parametrize(
    "words",
    [
        "October made $45,916.32.",
        "October made $45,916 with tax, from 930 sales.",
        "About 45.9k in October, on 1 Oct to 31 Oct 2026.",
        "Roughly $46,000 in October.",
        "October ($45,916.32) beat September ($40,000.00) by $5,916.32, or 14.8%.",
        "Oakland has 30% of the sales.",
        "Oakland and Mission made $50,000 together.",
        "The three stores made $100,000 in all, $33,333 on average.",
        "Oakland's discount rate is 25.4%.",
        "The text goes to 15 people; nothing is sent yet.",
        "In the last 30 days the top 5 products did best, at 9:30 am on the 3rd.",
        "2 of the 3 stores are up.",
        "[name1] spent least; see result1 and action 12.",
        "The mean of the months is $35,638.94.",
        "There is no data for this.",
        "Sales were 2,143 in all.",
        "That is $49.89 per sale, and in September $49.26.",
        "September and October differ by 14.8%.",
        "The best and the worst store are $30,000 apart.",
        "Sales are 54% below October so far.",
        "October made $1,481.17 a day over its 31 days.",
        "[name1] alone paid 20% of it.",
        "The text goes to fifteen people.",
    ],
)
def test_what_the_data_supports_may_be_said(words: str) -> None:
    assert EVIDENCE.problems(words) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("October made $45,961.32.", "$45,961.32"),
        ("October made $48,000.", "$48,000"),
        ("October beat September by 12.1%.", "12.1%"),
        ("The text goes to 17 people.", "17"),
        ("November will reach $63,000.75 by its end.", "$63,000.75"),
        ("We had 999 visitors.", "999"),
        ("Profit was 1.3 million.", "1.3 million"),
        ("Sales fell 2% from September to October.", "2%"),
        ("The text goes to seventeen people.", "seventeen"),
    ],
)
def test_what_it_does_not_is_named(words: str, wrong: str) -> None:
    problem, *_others = EVIDENCE.problems(words)
    assert f"in no result: {wrong}" in problem


def test_what_the_instructions_state_may_be_said() -> None:
    shop = {"name": "Green Door", "address": None, "phone": None, "license": None}
    loyalty = {"en": "100 points are $5 off.", "es": None, "reward_points": 100, "reward_dollars": 5}
    stated = Prompts(TEMPLATES, {**shop, "loyalty": loyalty}, 3).stated()
    assert Prompts(TEMPLATES, shop, 3).stated() == []
    evidence = Evidence([], [json.dumps(stated, default=str)], ["what are points worth?"])
    assert evidence.problems("100 points are worth $5.") == []
    assert evidence.problems("100 points are worth $6.")


@pytest.mark.parametrize(
    ("words", "looked", "is_claim"),
    [
        ("I have proposed to pause the bot for [name1]; it waits for approval.", False, True),
        ("I have proposed to pause the bot for [name1].", True, True),
        ("I've submitted the text to [name1] for approval.", True, True),
        ("I proposed to pause the bot; nothing is done before a person approves.", False, True),
        ("I have not proposed it.", False, False),
        ("The pause is proposed and waits for your approval.", False, True),
        ("He propuesto pausar el bot.", False, True),
        ("Action 12, which I proposed, waits for approval.", False, False),
        ("The earlier pause still waits for approval.", False, False),
        ("Nothing is proposed: [name1] has no phone number.", False, False),
        ("Two actions are waiting for approval.", True, False),
        ("I can propose to pause the bot; a person then approves it.", False, False),
    ],
)
def test_a_proposal_that_no_tool_made_is_a_claim(words: str, looked: bool, is_claim: bool) -> None:
    call = CallRecord(1, "run_query", ToolResult(True, {}, "{}", 1.0, {}))
    assert bool(unfounded_claims(Exchange(text=words, calls=[call] if looked else []))) == is_claim
    assert not unfounded_claims(Exchange(text=words, intents=[Proposal(1, {})]))


@pytest.mark.parametrize(
    ("words", "is_claim"),
    [
        ("8 of 410 texts that we sent failed.", False),
        ("Customers we text come back more often.", False),
        ("We texted them all.", True),
        ("We sent the text to all 12 customers.", True),
        ("I've just refreshed everything.", True),
        (
            "The data cannot tell: only sales and refunds are recorded, and nobody counts people at the door.",
            False,
        ),
        ("Visits of people who buy nothing are recorded nowhere.", False),
        ("No reason is recorded with a refund.", False),
        ("What a customer says at the till is never recorded.", False),
        ("Only the day of a visit is recorded.", False),
        ("Sales are recorded by ticket, and refunds are tracked apart from them.", False),
        ("Customers are marked as VIP by what they spent.", False),
        ("Your note is recorded.", True),
        ("The note is recorded.", True),
        ("It is recorded.", True),
        ("[name1] is marked as VIP.", True),
        ("The lead was marked as lost.", True),
        ("All 12 are booked.", True),
        ("Sales are recorded by ticket, and the texts were sent.", True),
        ("Recorded sales only: the segment was created.", True),
    ],
)
def test_what_the_shop_does_or_did_is_no_deed_of_the_model(words: str, is_claim: bool) -> None:
    assert bool(unfounded_claims(Exchange(text=words))) == is_claim


@pytest.mark.parametrize(
    ("words", "is_claim"),
    [
        ("We sent 50 texts last week.", False),
        ("We sent 1,250 messages in October, and 64 people replied.", False),
        ("I sent 50 texts.", True),
        ("We texted 12 customers.", True),
        ("We sent the text to all 12 customers.", True),
        ("We have now sent 50 texts.", True),
    ],
)
def test_a_count_of_what_was_sent_is_an_answer_of_data(words: str, is_claim: bool) -> None:
    call = CallRecord(1, "run_query", ToolResult(True, {}, "{}", 1.0, {}))
    assert bool(unfounded_claims(Exchange(text=words, calls=[call]))) == is_claim
    assert unfounded_claims(Exchange(text="We sent 50 texts."))


def test_who_gets_no_text_is_left_out_for_the_reason_of_the_preview() -> None:
    preview = json.dumps({"preview": {"recipients": 5, "left_out": {"never opted in": 1}}})
    held = Evidence([], [preview], ["text them"])
    assert held.problems("5 would get it and 1 is left out because they never agreed to texts.") == []
    assert held.problems("5 would get it and 1 is left out because that number had a text this week already.")
