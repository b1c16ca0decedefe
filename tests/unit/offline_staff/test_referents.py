"""What "those", "they", "that day" and "after that" mean in a follow-up."""

from __future__ import annotations

import pytest

from tests.unit.offline_staff.talking import asked

_TOP_FLOWER = ["top 5 flower in q3 by dollars", "only oakland"]
_BIG_SPENDERS = ["who spent over 400 in october"]
_FAILED = ["did any of our texts fail to send since june"]
_OF_SPENDERS = "of those by “Customers, spent over 400, 1 to 31 Oct 2026”"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            [*_TOP_FLOWER, "whats the margin on those"],
            "Margin by product, Flower, Oakland, q3 (1 Jul to 30 Sep 2026),"
            " of the first 5 by “Sales by product, Flower, Oakland, q3 (1 Jul to 30 Sep 2026)”",
        ),
        (
            ["top 10 products last month", "who buys those"],
            "Sales and units by customer, last month (1 to 31 Oct 2026),"
            " of the first 10 by “Units and sales by product, last month (1 to 31 Oct 2026)”",
        ),
        (
            ["top 10 customers this year", "how many points do they have"],
            "Loyalty points by customer, of the first 10 by “Sales by customer, this year (1 Jan to today)”",
        ),
        (
            ["top 3 stores in october", "how many refunds did they have"],
            "Refunds by location, 1 to 31 Oct 2026, of the first 3 by “Sales by location, 1 to 31 Oct 2026”",
        ),
        (
            ["best day last week", "what sold the most that day"],
            "Sales by product, last week (16 to 22 Nov 2026),"
            " of the first by “Sales and transactions by day, last week (16 to 22 Nov 2026)”",
        ),
        ([*_BIG_SPENDERS, "and which store do they go to"], f"Transactions by location, {_OF_SPENDERS}"),
        ([*_BIG_SPENDERS, "did they come in after that"], f"Customers, came in 1 Nov to today, {_OF_SPENDERS}"),
        (
            ["list the refunds of october", "how much have those customers spent this year"],
            "Sales by customer, this year (1 Jan to today), of those by “Refunds, newest first, 1 to 31 Oct 2026”",
        ),
        ([*_FAILED, "who were they for"], "Texts, newest first, failed, 1 Jun to today"),
        ([*_FAILED, "did they come in after that"], "Texts, newest first, failed, a purchase after it, 1 Jun to today"),
        (
            ["how many refunds did we have in october", "who rang them up", "and what came back"],
            "Refunded units by product, 1 to 31 Oct 2026",
        ),
        (
            ["how many vips came in last month", "who are they? names and numbers"],
            "Customers, VIP, came in last month (1 to 31 Oct 2026)",
        ),
        (
            ["sales of omar howard in october", "what about avg ticket for the whole san jose team"],
            "Average sale, San Jose, 1 to 31 Oct 2026",
        ),
        (
            ["top 5 vapes in october by units", "who sold the most of those"],
            "Units by person, Vapes, 1 to 31 Oct 2026, of the first 5 by “Units by product, Vapes, 1 to 31 Oct 2026”",
        ),
        (
            ["top 5 vapes in october by units", "who sold the most of those", "and whats our margin on em"],
            "Margin by product, Vapes, 1 to 31 Oct 2026, of the first 5 by “Units by product, Vapes, 1 to 31 Oct 2026”",
        ),
        (
            ["products under 10 dollars", "how many of those did we sell last month"],
            "Units by product, last month (1 to 31 Oct 2026), of those by “Products, under 10 dollars”",
        ),
        ([*_BIG_SPENDERS, "what do they usually buy"], f"Units and sales by product, {_OF_SPENDERS}"),
        ([*_BIG_SPENDERS, "how many have been back since"], f"Number of customers, came back 1 Nov to today, {_OF_SPENDERS}"),
        (
            ["who redeemed the most points in october", "how much have they spent with us overall"],
            "Sales, of the first by “Points spent by customer, 1 to 31 Oct 2026”",
        ),
        (["best month this year", "top 3 products that month", "and the worst month"], "Sales by month, lowest first, this year (1 Jan to today)"),
        (["biggest ticket this month", "whats on it"], "Transactions, largest first, this month (1 Nov to today)"),
        ([*_BIG_SPENDERS, "which store"], f"Transactions by location, {_OF_SPENDERS}"),
        ([*_BIG_SPENDERS, "what would they usually get"], f"Units and sales by product, {_OF_SPENDERS}"),
        (
            ["top 3 stores in october", "how many refunds did each have"],
            "Refunds by location, 1 to 31 Oct 2026, of the first 3 by “Sales by location, 1 to 31 Oct 2026”",
        ),
        (["refunds over 40 dollars since august", "what products were they"], ""),
        (["list every sale over 250 this month"], "Transactions, largest first, over 250, this month (1 Nov to today)"),
        (["who are our most valuable medical patients", "phone numbers?"], ""),
        (
            ["top 3 budtenders by sales in october", "how many refunds did each have", "whats their average discount"],
            "Average discounts, 1 to 31 Oct 2026, of the first 3 by “Sales by person, 1 to 31 Oct 2026”",
        ),
        (["sales by store", "how many of them are medical"], ""),
        (["top 10 products last month", "did they come in after that"], ""),
    ],
)  # fmt: skip
def test_words_that_point_back_mean_the_rows_of_the_last_answer(said: list[str], meant: str) -> None:
    assert asked(*said) == meant
