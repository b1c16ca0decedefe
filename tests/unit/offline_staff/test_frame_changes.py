"""Questions of figures that are not answered, that follow another one, or that name holidays and costs."""

from __future__ import annotations

import pytest

from motabot.agent.models.base import Message
from motabot.offline.dates.named import dated
from tests.unit.offline_staff.talking import DATA, TALK, TODAY, asked


@pytest.mark.parametrize(
    "question",
    [
        "customers who came every month this year",
        "products bought only by vips",
        "how many people walked in without buying in october",
        "how many customers came back within 30 days",
        "oldest customers by join date",
        "top 3 among buyers of stiiizy",
        "what is the second best selling category",
        "both stores oakland and berkeley in october, how many customers",
        "count of customers by visits",
        "average of the top 10 tickets",
        "products sold in every store",
        "customers who moved from oakland to berkeley",
        "brands we added this year",
        "refunds within a day of purchase",
        "price range of flower",
        "cash versus debit, number of sales, dollars and percent of the dollars",
        "which brands are sold in all stores",
        "which store has lost the most sales since last year",
        "flower sales this year by",
        "revenue without discounts",
        "average age of leads",
        "sales per labor hour",
        "avg days between visits at the median customer",
        "how many grams did we sell",
        "visits next week",
        "sales by day last week compared to the week before",
        "new customers per store",
        "how many customers are active",
    ],
)
def test_a_word_without_a_place_is_not_passed_over(question: str) -> None:
    assert asked(question) == ""


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (("how many customers bought edibles this year", "how many of them bought flower too"),
         "Number of customers, bought Edibles, this year (1 Jan to today), bought Flower, this year (1 Jan to today)"),
        (("new customers in october", "how many of them came back"),
         "Number of customers, joined 1 to 31 Oct 2026, came back"),
        (("avg basket oakland oct", "same for berkeley"), "Average sale, Berkeley, 1 to 31 Oct 2026"),
        (("who is our best customer", "what does he buy most"),
         "Units and sales by product, of the first by “Lifetime value by customer”"),
        (("top brand in oct", "how much of that at San Jose"),
         "Sales and units, San Jose, 1 to 31 Oct 2026, of the first by “Sales and units by brand, 1 to 31 Oct 2026”"),
        (("flower sales this month", "by store"), "Sales by location, Flower, this month (1 Nov to today)"),
        (("sales last month", "and the month before?"), "Sales, 1 to 30 Sep 2026"),
        (("top 5 brands last month", "by units"), "Units by brand, the first 5, last month (1 to 31 Oct 2026)"),
        (("customers who bought flower last month", "but not edibles", "how many is that"),
         "Number of customers, bought Flower, last month (1 to 31 Oct 2026), not bought Edibles, last month (1 to 31 Oct 2026)"),
        (("share of cash last month", "and debit?"), "Share of sales: Debit, last month (1 to 31 Oct 2026)"),
        (("new customers by month this year", "how many of them came back"),
         "Number of customers, joined this year (1 Jan to today), came back"),
        (("customers who shopped at both oakland and berkeley", "how much did they spend last month"),
         "Sales, came in Oakland, came in Berkeley, last month (1 to 31 Oct 2026)"),
        (("sales by store", "how many of them are medical"), ""),
        (("median basket per store", "and the average?"), "Average sale by location"),
    ],
)  # fmt: skip
def test_a_follow_up_edits_the_frame(said: tuple[str, ...], title: str) -> None:
    assert asked(*said) == title


@pytest.mark.parametrize(
    ("said", "dated_as"),
    [
        ("sales on halloween", "sales on 2026-10-31"),
        ("since labor day", "since 2026-09-07"),
        ("labor day weekend 2025", "2025-08-30 to 2025-09-01"),
        ("thanksgiving last year", "2025-11-27"),
        ("thanksgiving week last year", "week of 2025-11-27"),
        ("black friday", "2025-11-28"),
        ("easter 2026", "2026-04-05"),
        ("sales on 420", "sales on 2026-04-20"),
        ("420 units", "420 units"),
        ("this summer vs last summer", "2026-06-01 to 2026-08-31 vs 2025-06-01 to 2025-08-31"),
        ("last fall", "2025-09-01 to 2025-11-30"),
        ("sales fall in october", "sales fall in october"),
        ("winter 2026", "2025-12-01 to 2026-02-28"),
        ("first half of 2026", "2026-01-01 to 2026-06-30"),
        ("second half of october", "2026-10-16 to 2026-10-31"),
        ("october sales this year vs last year", "october 2026 sales vs october 2025"),
        ("navidad del ano pasado", "2025-12-25"),
    ],
)
def test_holidays_seasons_and_halves_become_dates(said: str, dated_as: str) -> None:
    assert dated(said, TODAY) == dated_as


@pytest.mark.parametrize(
    ("question", "worth"),
    [
        ("how many products cost us more than $20", ("product_cost", ">", "20")),
        ("products that cost over $20", ("price", ">", "20")),
    ],
)
def test_what_a_product_costs_us_is_not_what_it_costs_customers(question: str, worth: tuple[str, ...]) -> None:
    frame = TALK.follow([Message("user", question)], TODAY, DATA["handles"]).frame
    assert frame is not None
    assert [each.values for each in frame.filters] == [worth]
