"""What is asked of one customer: several facts at once, in any order of words, and nothing passed over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.offline_staff.talking import ANA, follow


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (["[h1]s phone number and how many points does she have"], "phone loyalty_points"),
        (["when was [h1] last in and what did she take?"], "last_visit last_ticket"),
        (["I have [h1] at the counter, points and tier please"], "loyalty_points vip_status"),
        (["which store does [h1] usually shop at"], "usual_store"),
        (["how many times did [h1] come in last month"], "visits"),
        (["show me [h1]", "and her email?"], "email"),
        (["[h1] - last visit, total spend, phone"], "last_visit spent phone"),
        (["is [h1] a senior or veteran"], "member_group"),
        (["show me [h1]", "last visit"], "last_visit"),
        (["show me [h1]", "total spend", "refunds?"], "refunds"),
        (["how much has [h1] spent this year", "how many points has she got"], "loyalty_points"),
        (["show me [h1]", "is the zorbo working", "which store does she go to"], "usual_store"),
        (["yo what did [h1] get last time she came in"], "last_ticket"),
        (["points balance for [h1] and whens he usually come in next?"], "loyalty_points next_visit"),
        (["when was [h1] last in and which store does she go to mostly"], "last_visit usual_store"),
    ],
)
def test_facts_of_one_customer_are_read_together(said: list[str], names: str) -> None:
    state = follow(*said)
    assert state.kind == "facts", state
    assert state.facts
    assert " ".join(state.facts.names) == names


@pytest.mark.parametrize("said", ["[h1]s shoe size and points", "which store does [h1] not shop at"])
def test_a_word_without_a_place_is_no_fact(said: str) -> None:
    assert follow(said).kind != "facts"


def test_the_same_fact_is_told_of_another_period() -> None:
    state = follow("[h1]s visits and spend this year", "and last year")
    assert state.facts
    assert state.facts.names == ("visits", "spent")
    assert state.facts.span
    assert str(state.facts.span.first) == "2025-01-01"


@pytest.mark.parametrize(
    "said",
    [["show me [h1]", "how many tickets is that"], ["who is waiting for an answer", "how much did they spend"]],
)
def test_what_points_at_an_answer_is_not_told_of_the_whole_shop(said: list[str]) -> None:
    assert follow(*said).kind != "figures"


def test_customers_of_the_same_name_are_told_side_by_side(talk: Any) -> None:
    two = {**ANA, "rows": [["[h3]", "[h1]", "[h2]"], ["[h5]", "[h1]", "[h4]"]], "row_count": 2}
    facts = {
        "columns": ["name", "member_id", "loyalty_points", "vip_status", "phone"],
        "rows": [["[h1]", "[h3]", 137, "VIP", "[h2]"], ["[h1]", "[h5]", 129, "New", "[h4]"]],
        "row_count": 2,
    }
    told, called = talk("points and tier of [h1]", find_customers=two, run_query=facts)
    assert "2 customers" in told
    assert "137" in told
    assert "129" in told
    assert "in ('[h3]', '[h5]')" in called[-1][1]["query"]
