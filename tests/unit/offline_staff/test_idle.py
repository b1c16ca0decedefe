"""Questions as people talk: with words that name no data, several at once, and pointing at the last answer."""

from __future__ import annotations

import pytest

from tests.unit.offline_staff.talking import all_asked, asked, follow


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        (["hey can someone pull q3 this yr vs q3 last yr for each store w the % growth? owner call at 2"],
         ["Sales by location, by percent, 1 Jul to 30 Sep 2026 against 1 Jul to 30 Sep 2025", "aside: owner call at 2"]),
        (["for my vendor meetings next week i need gross margin by category for october, dollars and percent"],
         ["Margin and margin percent by category, 1 to 31 Oct 2026"]),
        (["avg items per basket this year by store, who upsells best"],
         ["Units per sale by location, this year (1 Jan to today)", "left: who upsells best"]),
        (["i want to text a win-back to our old regulars. who has 10+ visits but hasnt been in since before september"],
         ["Visits by customer, not came in 1 Sep to today, 10+ visits",
          "aside: i want to text a win-back to our old regulars"]),
        (["any refunds this month? how much n who"],
         ["Refunds, this month (1 Nov to today)", "Refunds, newest first, this month (1 Nov to today)"]),
        (["how many loyalty pts got redeemed in oct, whats that in $"],
         ["Points spent, 1 to 31 Oct 2026", "left: whats that in dollars"]),
        (["how many new ppl signed up this month + where did they hear about us"],
         ["Number of customers, joined this month (1 Nov to today)",
          "Number of customers by source, joined this month (1 Nov to today)"]),
        (["how many vips do we have on file and what have they spent this year"],
         ["Number of customers, VIP", "Sales, VIP, this year (1 Jan to today)"]),
        (["how many vips do we have on file and what have they spent this year", "and regulars?"],
         ["Number of customers, Regular", "Sales, Regular, this year (1 Jan to today)"]),
        (["what pct of tickets this yr are over 150 and how much of the $ is that"],
         ["Share of transactions: over 150, this year (1 Jan to today)", "Share of sales: over 150, this year (1 Jan to today)"]),
        (["of everybody who texted us in november how many are actual customers, and how many of those bought a dog"],
         ["Phone numbers, from customers, from numbers of customers, 1 Nov to today", "left: how many of those bought a dog"]),
        (["how dependent are we on our top 10 customers? share of sales in october"],
         ["Share of sales of the top 10 by customer, 1 to 31 Oct 2026"]),
        (["are weekends really better than weekdays? avg sales per day this year"],
         ["Average sales per day by weekend, this year (1 Jan to today)"]),
    ],
)  # fmt: skip
def test_what_names_no_data_is_set_aside_and_named(said: list[str], titles: list[str]) -> None:
    assert all_asked(*said) == titles


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (["which budtender discounts the most relative to their sales in october"],
         "Discounts as a share of sales by person, 1 to 31 Oct 2026"),
        (["which brand gets refunded the most, as a percent of what we sold?"], "Refund percent by brand"),
        (["how many vips do we have", "how many of them came in last week", "who"],
         "Customers, VIP, came in last week (16 to 22 Nov 2026)"),
        (["whos never bought anything but flower"], "Customers, bought only Flower"),
        (["refunds last quarter", "how much was that", "who did the most"],
         "Refunded amount by person, last quarter (1 Jul to 30 Sep 2026)"),
        (["avg days between visits for vips", "regulars?"], "Average days between visits, Regular"),
        (["edibles in oct"], "Sales, Edibles, 1 to 31 Oct 2026"),
        (["what time do vips usually show up"], "Transactions by hour, VIP"),
        (["which zip brings in the most $ this year", "how many ppl is that"],
         "Number of customers, bought this year (1 Jan to today), of the first by “Sales by zip, this year (1 Jan to today)”"),
        (["who hasnt been in for 60 days", "sort those by what they spent this year"],
         "Sales by customer, not came in 60 days (26 Sep to today), this year (1 Jan to today)"),
        (["texts last month", "how many of those are already customers"],
         "Phone numbers, from numbers of customers, last month (1 to 31 Oct 2026)"),
        (["when does berkeley get slammed? like what hour, since sept"], "Transactions and sales by hour, Berkeley, 1 Sep to today"),
    ],
)  # fmt: skip
def test_a_question_in_talk_has_its_frame(said: list[str], title: str) -> None:
    assert asked(*said) == title


def test_a_last_name_picks_one_of_several_customers() -> None:
    offered = ">Several customers match ana. Which one is meant? 1) Ana Ruiz (M000001); 2) Ana Vega (M000002)."
    picked = follow("how much has ana spent with us", offered, "the vega one")
    assert picked.reading
    assert picked.reading.who == ("M000002",)


def test_a_lookup_of_the_book_is_narrowed_down() -> None:
    state = follow("who is predicted to come in this weekend", "only the vips")
    assert state.question
    assert state.question.name == "due_back"
    assert state.reading
    assert "tier" in state.reading.slots
