"""Kinds of questions: what texts say, habits, returns, a customer's two periods, and follow-ups about those
counted."""

from __future__ import annotations

from typing import Any

import pytest

from motabot.offline.staff.sentences import own_words
from tests.unit.offline_staff.talking import asked, follow


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (["how many texts did we get from customers in october", "how many of those asked about hours"],
         "Texts, from customers, that say “hour”, 1 to 31 Oct 2026"),
        (["people who texted that their cart stopped working"], "Phone numbers, from customers, that say “cart … stop … work”"),
        (["VIPs who mostly shop in oakland"], "Customers, VIP, mostly Oakland"),
        (["customers who usually pay cash"], "Customers, mostly Cash"),
        (["of the customers who joined in the first half of 2026, what percent came back within 30 days after their first purchase"],
         "Share of number of customers: came back within 30 days of the first visit, joined 1 Jan to 30 Jun 2026"),
        (["how many customers spent more this year than last year"],
         "Number of customers, > 1 × before, this year (1 Jan to today) against last year (1 Jan to 31 Dec 2025)"),
        (["which customers spent less than half last month of what they spent in september (min $300 before)?"],
         "Sales by customer, < 0.5 × before, min $300 before in the earlier period, last month (1 to 31 Oct 2026) against 1 to 30 Sep 2026"),
        (["what percent of this year's sales is edibles vs last year same months"],
         "Share of sales: Edibles, this years (1 Jan to today) against 1 Jan to 24 Nov 2025"),
        (["who never pays with debit? at least 3 purchases"], "Customers, not paid Debit, bought at least 3 purchases"),
        (["how many active products didnt sell a single unit in the last 60 days"],
         "Number of products, on the shelf, not sold last 60 days (26 Sep to today)"),
        (["how many products did not sell in october", "which vendor has the most of them"],
         "Number of products by vendor, not sold 1 to 31 Oct 2026"),
        (["refunds last month", "how many of them were cash"], "Refunds, Cash, last month (1 to 31 Oct 2026)"),
        (["which vapes came back as refunds in october"], "Refunds by product, Vapes, 1 to 31 Oct 2026"),
        (["which category makes us the most profit this year, not revenue"], "Margin by category, this year (1 Jan to today)"),
        (["who spent over 1000 in october", "which of them did not use any points in that time"],
         "Customers, spent over 1000, 1 to 31 Oct 2026, not bought with points redeemed, 1 to 31 Oct 2026"),
        (["give me the VIPs at high churn risk with phone numbers"], "Customers, VIP, at high risk of leaving"),
        (["edibles under 15 bucks that we sell now"], "Products, Edibles, on the shelf, under 15 dollars"),
        (["is november ahead of october? same days only", "which store is pulling it down"],
         "Sales by location, lowest first, 1 Nov to today against 1 to 24 Oct 2026"),
        (["which budtender gives away the most in discounts compared to what they sell, since September 1?"],
         "Discount percent by person, 1 Sep to today"),
        (["which store has the worst refund rate this year?"], "Refund percent by location, this year (1 Jan to today)"),
        (["which store has the lowest refund rate this year?"],
         "Refund percent by location, lowest first, this year (1 Jan to today)"),
        (["what else is in the basket when someone buys gelato"], "Transactions by product, without Gelato, with Gelato"),
        (["are pre-rolls going down? show me the last 6 months"],
         "Sales by month, growth from each to the next, Pre-Rolls, last 6 months (1 Jun to today)"),
        (["which category has the best margin, going by price and cost"], "Shelf margin percent by category"),
        (["open leads right now?", "which of them look most likely to convert"], "Leads, open, likeliest first, open"),
        (["how many customers buy flower but have never bought a vape", "top 5 of those by what they spent with us"],
         "Sales by customer, the first 5, bought Flower, not bought Vapes"),
        (["sales yesterday", "and the same day the week before?"], "Sales, Mon 16 Nov 2026"),
        (["of the people who texted us in october, how many came in and bought within 3 days of a text?"],
         "Phone numbers, from customers, a purchase within 3 days after, 1 to 31 Oct 2026"),
        (["how much have our converted leads bought since they first texted us? each one"],
         "Spent by customer, converted"),
        (["customers whose spending in october was less than half of august"],
         "Sales by customer, < 0.5 × before, 1 to 31 Oct 2026 against 1 to 31 Aug 2026"),
        (["top 3 customers in each store"], "Sales by customer and location, the first 3"),
        (["how many bought edibles in october", "how much did they spend on them"],
         "Sales, Edibles, bought Edibles, 1 to 31 Oct 2026, 1 to 31 Oct 2026"),
        (["what percent of our texts failed this year"], "Share of texts: failed, to customers, this year (1 Jan to today)"),
        (["halloween last year vs this year"], "Sales, Sat 31 Oct 2026 against Fri 31 Oct 2025"),
        (["which strains sell best to VIPs"], "Sales and units by strain, VIP"),
        (["slowest month of the year in 2026"], "Sales and transactions by month, lowest first, 1 Jan to today"),
        (["leads this year", "by status"], "Leads by status, this year (1 Jan to today)"),
        (["sales by weekday", "only in q3"], "Sales by weekday, q3 (1 Jul to 30 Sep 2026)"),
        (["flower sales this month", "units"], "Units, Flower, this month (1 Nov to today)"),
        (["highest thc flower in stock under 40"], "Thc content by product, Flower, on the shelf, under 40"),
        (["how many customers bought something from gelato but nothing else"],
         "Number of customers, bought only Gelato"),
        (["whats the split between indica sativa hybrid in flower sales"], "Share of sales by flower type, Flower"),
        (["how many people pay with debit only"], "Number of customers, paid only Debit"),
        (["how many points were earned vs redeemed in october"], "Points earned and points spent, 1 to 31 Oct 2026"),
        (["did anyone ask about parking"], "Texts, newest first, from customers, that say “park”"),
        (["what was the best saturday this year"], "Sales and transactions by day, Saturday, this year (1 Jan to today)"),
        (["sales in the first week of november"], "Sales, 1 to 7 Nov 2026"),
        (["how many active customers do we have"], ""),
        (["effective discount rate per month this year"], "Discount percent by month, this year (1 Jan to today)"),
        (["which vendor has the most inactive products"], "Number of products by vendor, not on the shelf"),
        (["which flower has the highest margin percent"], "Margin percent by product, Flower"),
        (["whats selling in san francisco but not in oakland"], ""),
        (["how many customers bought something every week in october"], ""),
        (["which source has the best retention"], "Share of number of customers: came back by source"),
        (["which budtender sells the most expensive baskets"], "Average sale by person"),
        (["largest discount percent on a ticket"], ""),
        (["do we really sell more edibles on tuesdays because of the 10% off?"], "Sales by weekday, Edibles"),
        (["share of all discount dollars this year that went to locals and veterans"],
         "Share of discounts: Locals, Veteran, this year (1 Jan to today)"),
        (["what share of sales came in"], ""),
        (["which marketing source brings the most valuable customers on average"], "Average lifetime value by source"),
        (["which tier has the most valuable customers on average"], "Average lifetime value by tier"),
        (["what gets bought together with pre-rolls the most? by product"],
         "Transactions by product, without Pre-Rolls, with Pre-Rolls"),
        (["what is bought together with flower by category this year"],
         "Transactions by category, without Flower, with Flower, this year (1 Jan to today)"),
        (["how much did we sell yesterday in oakland and how many sales was that"],
         "Sales and transactions, Oakland, yesterday (Mon 23 Nov 2026)"),
        (["how much did flower bring in last month and how many units was that"],
         "Sales and units, Flower, last month (1 to 31 Oct 2026)"),
        (["how many points are customers sitting on all together"], "Loyalty points"),
        (["vapes we dont sell anymore"], "Products, Vapes, not on the shelf"),
        (["which vapes did we stop selling"], "Products, Vapes, not on the shelf"),
        (["customers we cant text (no phone) that came in in october"], "Customers, without a phone, came in 1 to 31 Oct 2026"),
        (["which customers are slipping: spent at least $300 in the 90 days before, and less than half of that in the last 90 days"],
         "Sales by customer, < 0.5 × before, at least $300 in the earlier period, last 90 days (27 Aug to today) against 29 May to 26 Aug 2026"),
        (["who spent the most in october", "whats their usual?"],
         "Units and sales by product, of the first by “Sales by customer, 1 to 31 Oct 2026”"),
        (["how is omar doing this month", "the san jose one"],
         "Sales by person, Omar Howard, Omar Jordan, San Jose, this month (1 Nov to today)"),
        (["how many refunds last month", "who was the last one"],
         "Refunds, newest first, the first 1, last month (1 to 31 Oct 2026)"),
        (["new customers this year by source and how much each source has spent on average"],
         "Average sales per customer by source, joined this year (1 Jan to today), this year (1 Jan to today)"),
    ],
)  # fmt: skip
def test_a_kind_of_question_has_its_frame(said: list[str], title: str) -> None:
    assert asked(*said) == title


def test_a_refusal_quotes_only_words_of_the_question() -> None:
    assert own_words(("by", "flurb (or)", "net sales", "flurb"), "sales of a flurb") == ("flurb",)


def test_why_is_not_in_the_data(talk: Any) -> None:
    told, called = talk("why did sales drop in october")
    assert "not why" in told
    assert called == []


def test_the_most_valuable_on_average_are_ranked_by_the_average() -> None:
    frame = follow("which marketing source brings the most valuable customers on average").frame
    assert frame is not None
    assert (frame.measures, frame.rank) == (("average_value",), "")
