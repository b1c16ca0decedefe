"""Questions of figures: what each is read as, what is not answered, and how a follow-up edits the one before.

The figures themselves are compared with SQL of the test's own in tests/integration/test_offline_staff.py.
"""

from __future__ import annotations

import pytest

from motabot.agent.models.base import Message
from motabot.offline.dates.named import dated
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.title import Titles
from tests.unit.test_offline_staff import DATA, TALK, TODAY


def asked(*said: str) -> str:
    """The title of what the last message asks; "" where it is no question of figures."""
    state = TALK.follow([Message("user", words) for words in said], TODAY, DATA["handles"])
    if state.kind != "figures" or state.frame is None or state.reading is None:
        return ""
    return Titles(state.frame, lexicon(), TODAY, state.reading.language).title()


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("which vapes never sold", "Products, Vapes, not sold"),
        ("items under cost", "Products, below the cost of today"),
        ("share of edibles in oct", "Share of sales: Edibles, 1 to 31 Oct 2026"),
        ("what % of revenue is tax", "Tax as a share of sales"),
        ("share of non-cash sales", "Share of sales: without Cash"),
        ("different products per customer, avg and median", "Average and median number of products per customer"),
        ("how many categories does the average customer buy", "Average number of categories per customer"),
        ("pre-roll growth oct over sept", "Sales, Pre-Rolls, 1 to 31 Oct 2026 against 1 to 30 Sep 2026"),
        ("yoy growth october", "Sales, 1 to 31 Oct 2026 against 1 to 31 Oct 2025"),
        (
            "which category grew the most from september to october",
            "Sales and units by category, 1 to 31 Oct 2026 against 1 to 30 Sep 2026",
        ),
        ("how much more did we sell in october than september", "Sales, 1 to 31 Oct 2026 against 1 to 30 Sep 2026"),
        (
            "best margin brand this year, min 1000 in sales",
            "Margin and sales by brand, min 1000 in sales, this year (1 Jan to today)",
        ),
        ("buyers who never touched pre-rolls", "Customers, bought, not bought Pre-Rolls"),
        ("how many customers came in august, september and october",
         "Number of customers, came in 1 to 31 Aug 2026, came in 1 to 30 Sep 2026, came in 1 to 31 Oct 2026"),
        ("transactions with both flower and edibles", "Transactions, with Flower, with Edibles"),
        ("weekend vs weekday avg basket", "Average sale by weekend"),
        ("best seller at each location last month", "Units and sales by product and location, last month (1 to 31 Oct 2026)"),
        ("top 10% of customers share of revenue", "Share of sales of the top 10 % by customer"),
        ("what do flower buyers also buy", "Units and sales by product, without Flower, bought Flower"),
        ("which tier spends the most per visit", "Average sales per visit by tier"),
        ("discounts by budtender as % of sales", "Discounts as a share of sales by person"),
        ("tickets with only pre-rolls", "Transactions, with only Pre-Rolls"),
        ("how many recreational customers have never redeemed points",
         "Number of customers, Recreational, not bought with points redeemed"),
        ("what percent of new customers in september came back",
         "Share of number of customers: came back, joined 1 to 30 Sep 2026"),
        ("which month this year had the most new customers",
         "Number of customers by month, joined, this year (1 Jan to today)"),
        ("products priced between 20 and 30", "Products, between 20 and 30"),
        ("customers w/o phone", "Customers, without a phone"),
        ("vips not seen in 30 days", "Customers, VIP, not came in 30 days (26 Oct to today)"),
        ("busiest hour on fridays", "Transactions and sales by hour, Friday"),
        ("what % of tickets are under 50", "Share of transactions: under 50"),
        ("how many of our vips live in 94607", "Number of customers, VIP, 94607"),
        ("when was our best day", "Sales and transactions by day"),
        ("non-vip customers count", "Number of customers, without VIP"),
        ("month over month customers count this year",
         "Number of customers by month, growth from each to the next, came in, this year (1 Jan to today)"),
        ('how many tickets did we ring up before noon vs after 5pm last month', 'Transactions by time of day, 0:00 - 12:00, 17:00 - 24:00, last month (1 to 31 Oct 2026)'),
        ('sales this morning', 'Sales, 0:00 - 12:00, today (Tue 24 Nov 2026)'),
        ('halloween sales this year against last year', 'Sales, Sat 31 Oct 2026 against Fri 31 Oct 2025'),
        ('spring revenue by store', 'Sales by location, 1 Mar to 31 May 2026'),
        ('takings since labor day', 'Sales, 7 Sep to today'),
        ('how did memorial day weekend do', 'Sales, 23 to 25 May 2026'),
        ('members who only pay in cash', 'Customers, paid only Cash'),
        ('cash only customers', 'Customers, paid only Cash'),
        ('how many have paid both ways, cash and debit', 'Number of customers, paid Cash, paid Debit'),
        ('customers with no marketing source', 'Customers, without source'),
        ('leads nobody has contacted', 'Leads, newest first, not contacted yet'),
        ("how many texters aren't customers", 'Phone numbers, not from numbers of customers'),
        ('tickets without a discount in october', 'Transactions, without a discount, 1 to 31 Oct 2026'),
        ('priciest active product and the cheapest', 'Retail price by product, the highest and the lowest, on the shelf'),
        ('strongest flower under $40', 'Thc content by product, Flower, under $40'),
        ('cheapest edible in stock', 'Retail price by product, lowest first, Edibles, on the shelf'),
        ('shoppers from august who skipped september but returned in october', 'Customers, came in 1 to 31 Aug 2026, not came in 1 to 30 Sep 2026, came back 1 to 31 Oct 2026'),
        ('discontinued stuff that still sold since september', 'Products, not on the shelf, sold 1 Sep to today'),
        ('signups this year and how many bought', 'Share of number of customers: bought, joined this year (1 Jan to today)'),
        ('how much of october sales came from first-time customers and how much from returning ones', 'Sales by first or later visit, 1 to 31 Oct 2026'),
        ('avg thc of the flower people actually bought this year', 'Average thc of units, Flower, this year (1 Jan to today)'),
        ('average price of flower sold this month', 'Net price per unit, Flower, this month (1 Nov to today)'),
        ('which 5 brands grew most in percent from q2 to q3', 'Sales and units by brand, by percent, the first 5, q3 (1 Jul to 30 Sep 2026) against from q2 (1 Apr to 30 Jun 2026)'),
        ('which 5 brands sold worst this year among those that sold at least 20 units', 'Sales and units by brand, lowest first, the first 5, at least 20 units, this year (1 Jan to today)'),
        ('gross margin by category, before discounts', 'Margin before discounts by category'),
        ("what percent of each store's sales tickets was paid in cash", 'Share of transactions: Cash by location'),
        ('how does the average basket differ by member group', 'Average sale by group'),
        ('how many customers bought at more than one of our stores', 'Number of customers, bought more than one stores'),
        ('how many categories and brands does the average customer buy', 'Average number of categories per customer and number of brands'),
        ('average spend and visits per customer this year', 'Average sales per customer and visits, this year (1 Jan to today)'),
        ('which customers bought discontinued products', 'Customers, bought not on the shelf'),
        ('last 5 refunds', 'Refunds, newest first, the first 5'),
        ('most expensive single ticket ever', 'Transactions, largest first, ever'),
        ('unread texts from this week', 'Texts, newest first, unread, from this week (23 Nov to today)'),
        ('hottest leads', 'Leads, open, likeliest first'),
        ('blu dreem sales last month', 'Sales, Blue Dream, last month (1 to 31 Oct 2026)'),
        ('omar howrd refunds', 'Refunds, Omar Howard'),
        ('churn risk by tier', 'Number of customers by churn risk and tier'),
        ('price of flower by brand', 'Average retail price by brand, Flower'),
        ("how much of our revenue is tax", "Tax as a share of sales"),
        ("what percentage of leads ended up lost", "Share of leads: lost"),
        ("customers without an email or phone", "Customers, without an email, without a phone"),
        ("flower buyers who skipped pre-rolls", "Customers, bought Flower, not bought Pre-Rolls"),
        ("tickets with flower but no pre-rolls", "Transactions, Flower, not with Pre-Rolls"),
        ("products with margin under 40 percent", "Margin and margin percent by product, under 40 percent"),
        ("median units per ticket", "Median units per transaction"),
        ("growth of new customers september to october",
         "Number of customers, joined, 1 to 31 Oct 2026 against 1 to 30 Sep 2026"),
        ("sales compared to the previous month", "Sales, this month (1 Nov to today) against 1 to 31 Oct 2026"),
        ("among gelato buyers, top 3 brands", "Sales and units by brand, the first 3, bought Gelato"),
        ("what do medical customers buy most", "Units and sales by product, Medical"),
        ("weekends vs weekdays tickets per day", "Average transactions per day by weekend"),
        ("saturday vs sunday sales this year", "Sales by weekday, Saturday, Sunday, this year (1 Jan to today)"),
        ("mornings or evenings, which sells more in october",
         "Sales by time of day, 0:00 - 12:00, 17:00 - 24:00, 1 to 31 Oct 2026"),
        ("h1 vs h2 2025", "Sales, 1 Jul to 31 Dec 2025 against 1 Jan to 30 Jun 2025"),
        ("at least 2 refunds this year, which customers",
         "Refunds by customer, at least 2 refunds, this year (1 Jan to today)"),
        ("customers we gained in q3", "Customers, joined q3 (1 Jul to 30 Sep 2026)"),
        ("top and bottom 3 brands by units in october",
         "Units by brand, the highest and the lowest, the first 3, 1 to 31 Oct 2026"),
        ("which store has the most vips", "Number of customers by location, VIP"),
        ("vips by store", "Number of customers by location, VIP"),
        ("points earned vs redeemed this year", "Points earned and points spent, this year (1 Jan to today)"),
        ("customers with points but no visit in 90 days", "Customers, with points, not came in 90 days (27 Aug to today)"),
        ("products over 30% thc under $50", "Products, over 30% thc, under $50"),
        ("first sale of the day yesterday", "Transactions, oldest first, yesterday (Mon 23 Nov 2026)"),
        ("staff ranked by number of customers in october", "Number of customers by person, 1 to 31 Oct 2026"),
        ("top 3 brands among gelato buyers this year",
         "Sales and units by brand, the first 3, bought Gelato, this year (1 Jan to today), this year (1 Jan to today)"),
        ("what do gelato buyers also buy this year",
         "Units and sales by product, without Gelato, bought Gelato, this year (1 Jan to today)"),
        ("how many customers have only ever paid in cash", "Number of customers, paid only Cash"),
        ("customers who came in september but not in october, how many",
         "Number of customers, came in 1 to 30 Sep 2026, not came in 1 to 31 Oct 2026"),
        ("biggest ticket at each store this year", "Highest sales by location, this year (1 Jan to today)"),
        ("tickets and customers in october", "Transactions and number of customers, 1 to 31 Oct 2026"),
        ("sales, tickets and avg ticket by store last month",
         "Sales and transactions and average sale by location, last month (1 to 31 Oct 2026)"),
        ("which months were over 20000 in sales this year",
         "Sales by month, over 20000 in sales, this year (1 Jan to today)"),
        ("did october beat september", "Sales, 1 to 31 Oct 2026 against 1 to 30 Sep 2026"),
    ],
)  # fmt: skip
def test_every_operator_has_its_place_in_the_frame(question: str, title: str) -> None:
    assert asked(question) == title


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
        "which customers visited all four stores",
        "price range of flower",
        "cash versus debit, number of sales, dollars and percent of the dollars",
        "which brands are sold in all stores",
        "revenue without discounts",
        "average age of leads",
        "sales per labor hour",
        "avg days between visits at the median customer",
        "new vs returning customers in october",
        "how many grams did we sell",
        "visits next week",
        "sales by day last week compared to the week before",
        "new customers per store",
        "how many leads came in each month and how many converted",
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
        (("sales last month", "and the month before?"), "Sales, last month (1 to 31 Oct 2026) against 1 to 30 Sep 2026"),
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
