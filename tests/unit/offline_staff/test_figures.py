"""Questions of figures: what is kept of them, and what is refused or named instead of passed over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.offline_staff.talking import follow, title


def test_a_word_that_is_nobodys_name_does_not_hide_the_question(talk: Any) -> None:
    nobody = {"columns": ["member_id", "name", "phone"], "rows": [], "row_count": 0}
    one = {"columns": ["name", "loyalty_points"], "rows": [["[h1]", 20]], "row_count": 1}
    told, called = talk("who flurbs the most points", find_customers=nobody, run_query=one)
    assert told.startswith("I did not understand “flurbs”")
    assert called == []
    assert talk("points of zed", find_customers=nobody)[0] == "No customer matches zed."


def test_what_turns_the_meaning_is_not_passed_over(talk: Any) -> None:
    leads = {"columns": ["created_at"], "rows": [["2026-11-01"], ["2026-11-02"]], "row_count": 2}
    assert "not contacted yet" in talk("leads that havent been contacted", run_query=leads)[0]
    one = {"columns": ["name", "units"], "rows": [["[h1]", 2]], "row_count": 1}
    assert "not bought Flower" in talk("who bought gelato but not flower", run_query=one)[0]
    assert "“holiday”" in talk("refund list but never on sundays and holidays")[0]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (["price list for flower with coupons"], "coupons"),
        (["which customers returned something in october"], "something"),
        (["tickets from customers aged over 60"], "aged"),
        (["sales for blue dream, moonrocks, gelato last month"], "moonrocks"),
        (["list customers in october and beginners"], "beginners"),
        (["which 5 brands grew most as a share of sales from q2 to q3"], "share"),
        (["sales by vendor this year", "and its best product"], "its"),
        (["how many new customers this month", "which are from members"], "which are"),
        (["top 3 brands in october", "how many of those came in this month"], "how many of"),
        (["who is our best customer", "last week?"], "last week"),
        (["how much did kim sell in october", "compare them"], "them"),
        (["kim's flurbed average ticket last month", "last week?"], "last week"),
    ],
)
def test_a_word_without_a_place_is_named_and_no_wider_figure_is_given(
    said: list[str], word: str, talk: Any
) -> None:
    state = follow(*said)
    assert state.kind == "unclear", state
    assert any(word in each for each in state.unclear), state.unclear
    if len(said) == 1:
        told, called = talk(said[0])
        assert called == []
        assert f"“{word}”" in told


@pytest.mark.parametrize(
    "said",
    [
        "products older than 3 months",
        "sales this week and today",
        "vips in oakland or regulars in berkeley",
        "customers who bought edibles and either flower or vapes",
        "leads that are new or qualified",
        "who came in every single month",
        "how many customers came in October or bought edibles in September",
        "which customers bought flower or are VIP",
        "sales in Oakland or paid by cash",
        "who came in once or 5 times",
        "texts that failed or are unread",
        "texts we did not send",
    ],
)
def test_an_either_or_that_has_no_query_is_refused(said: str) -> None:
    assert follow(said).frame is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            "how many customers have no phone or no email on file",
            "Number of customers, without a phone or without an email",
        ),
        ("customers with an email or a phone", "Customers, with an email or with a phone"),
        ("customers without an email or a phone", "Customers, without an email, without a phone"),
        ("how many are VIP or at high risk", "Number of customers, VIP or at high risk of leaving"),
        ("who opted out or has no phone", "Customers, opted out of texts or without a phone"),
        ("how many customers came once or twice", "Number of customers, came in at least once, at most 2 times"),
        ("what sells more, flower or vapes", "Sales by category, Flower, Vapes"),
        ("cash or debit, what do people use more", "Transactions by payment type, Cash, Debit"),
        ("regulars vs vips whos avg ticket is bigger", "Average sale by tier, Regular, VIP"),
        ("avg THC on the flower we carry", "Average thc content, Flower, on the shelf"),
        ("which products on the menu never sold, just the count", "Number of products, on the shelf, not sold"),
        (
            "tickets over 200 bucks last month",
            "Transactions, over 200 dollars, last month (1 to 31 Oct 2026)",
        ),
        ("vips who spent over $2000", "Customers, VIP, spent over $2,000"),
        ("biggest single sale ever? who and when", "Transactions, largest first, ever"),
        ("how many texts failed to send", "Texts, failed"),
        ("how many customers are overdue for a visit", "Number of customers, overdue for a visit"),
        (
            "customers who came in at least 3 different months this year",
            "Customers, came in at least 3 different months, this year (1 Jan to today)",
        ),
        (
            "indica flower share of flower units last month",
            "Share of units: Indica, of Flower, last month (1 to 31 Oct 2026)",
        ),
        (
            "flower's share of indica units last month",
            "Share of units: Flower, of Indica, last month (1 to 31 Oct 2026)",
        ),
        ("longest anyone's gone between visits", "Highest days between visits by customer"),
        (
            "who has the shortest average gap between visits",
            "Days between visits by customer, lowest first",
        ),
        ("who handled the biggest refund", "Highest refunded amount by person"),
        ("who handled the most refunds", "Refunds by person"),
        ("which customers returned in october", "Customers, came back 1 to 31 Oct 2026"),
        (
            "which leads are older than 3 months and still not converted",
            "Leads, newest first, without converted, until 23 Aug 2026",
        ),
        ("leads created more than 60 days ago", "Leads, newest first, until 24 Sep 2026"),
        (
            "who bought in september but nothing since, how many",
            "Number of customers, bought 1 to 30 Sep 2026, not bought 1 Oct to today",
        ),
        ("sales in october this year", "Sales, 1 to 31 Oct 2026"),
        ("leads from this year older than 2 months", "Leads, newest first, 1 Jan to 23 Sep 2026"),
        ("how many leads are new", "Leads, not contacted yet"),
        (
            "tickets with flower and vapes last week",
            "Transactions, with Flower, with Vapes, last week (16 to 22 Nov 2026)",
        ),
        (
            "units on black friday and thanksgiving",
            "Units by day, Fri 28 Nov 2025 and Thu 27 Nov 2025",
        ),
        ("sales from monday to wednesday", "Sales, from monday to wednesday (16 to 18 Nov 2026)"),
        ("what did we sell today and yesterday", "Sales, last 2 days (23 Nov to today)"),
        ("units over 2000 by brand", "Units by brand, over 2,000"),
        (
            "who came in every single day last week",
            "Customers, came in at least 7 different days, last week (16 to 22 Nov 2026)",
        ),
        ("this year in october how many customers came in", "Number of customers, came in, 1 to 31 Oct 2026"),
        (
            "october this year vs october last year, how much did we grow",
            "Sales, 1 to 31 Oct 2026 against 1 to 31 Oct 2025",
        ),
        (
            "largest ticket this month and who rang it up",
            "Transactions, largest first, this month (1 Nov to today)",
        ),
        ("instagram vs google customers, who spends more", "Sales by source, Instagram, Google"),
        (
            "oakland vs berkeley this month vs last month",
            "Sales by location, Oakland, Berkeley, this month (1 Nov to today) against last month (1 to 31 Oct 2026)",
        ),
        (
            "what fraction of q2 newcomers made a second trip",
            "Share of number of customers: came back, joined q2 (1 Apr to 30 Jun 2026)",
        ),
        ("medical patients' cut of revenue in q1", "Share of sales: Medical, q1 (1 Jan to 31 Mar 2026)"),
        ("where do we sell the most flower", "Sales by location, Flower"),
        ("mean lifetime spend, and the middle one", "Average and median lifetime value per customer"),
        (
            "m/m refund dollars, june to october",
            "Refunded amount by month, growth from each to the next, 1 Jun to 31 Oct 2026",
        ),
        ("weakest staffer by avg sale in september", "Average sale by person, lowest first, 1 to 30 Sep 2026"),
        ("five strongest strains by dollars in june", "Sales by strain, the first 5, 1 to 30 Jun 2026"),
        (
            "gross profit per brand, bottom 3, at least 50 units this year",
            "Margin and units by brand, lowest first, the first 3, at least 50 units, this year (1 Jan to today)",
        ),
        (
            "what do OG Kush buyers also go for, top 4 strains",
            "Units and sales by strain, the first 4, without OG Kush, bought OG Kush",
        ),
    ],
)
def test_the_core_of_a_question_of_figures_is_kept(said: str, asked: str) -> None:
    assert title(follow(said)) == asked


@pytest.mark.parametrize(
    "said",
    [
        "will it be hot saturday, should we staff up",
        "how many cars pulled into the lot yesterday",
        "cost to acquire a customer from weedmaps ads",
        "what does the competitor charge for gelato",
        "what was the marketing spend per new customer",
    ],
)
def test_what_the_data_cannot_know_is_refused(said: str, talk: Any) -> None:
    told, called = talk(said)
    assert called == []
    assert "What I can answer" in told
