"""What the offline model says of the rows that a tool returned."""

from __future__ import annotations

from typing import Any


def test_a_list_that_is_cut_says_so(talk: Any) -> None:
    rows = [[f"[h{n % 5 + 1}]", n] for n in range(1000)]
    prices = {"columns": ["name", "retail_price"], "rows": rows, "row_count": 1000, "more": False}
    assert "The list is cut: these are the first 1000" in talk("price list for flower", run_query=prices)[0]
    assert "cut" not in talk("price list for flower", run_query={**prices, "rows": rows[:9], "row_count": 9})[0]


def test_a_refusal_and_a_failure_are_told(talk: Any) -> None:
    refused, _ = talk("refresh the figures", refresh_figures={"error": "no"})
    assert refused.startswith("It cannot be done as asked")
    failed, _ = talk("sales yesterday", run_query={"error": "it took too long"})
    assert "it took too long" in failed


def test_figures_are_told_as_people_write_them(talk: Any) -> None:
    one = {"columns": ["sales", "transactions"], "rows": [["1234.5", 20]], "row_count": 1}
    words, [(name, arguments)] = talk("sales yesterday", run_query=one)
    assert name == "run_query"
    assert words == (
        "Sales, yesterday (Mon 23 Nov 2026): sales $1,234.50, transactions 20. Basis: with tax; sales, without refunds."
    )
    assert arguments["title"] == "Sales, yesterday (Mon 23 Nov 2026)"
    empty = {"columns": ["sales"], "rows": [], "row_count": 0}
    assert "nothing of it in the data" in talk("unread texts", run_query=empty)[0]


def test_words_that_are_not_understood_are_named(talk: Any) -> None:
    one = {"columns": ["sales", "transactions"], "rows": [["1", 2]], "row_count": 1}
    assert talk("sales of unobtainium yesterday", run_query=one)[0].startswith(
        "I did not understand “unobtainium”"
    )
