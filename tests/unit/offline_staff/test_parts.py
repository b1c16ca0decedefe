"""Messages that ask several things, and questions that strangers asked: what each is read as."""

from __future__ import annotations

import pytest

from motabot.agent.models.base import Message
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.title import Titles
from tests.unit.offline_staff.talking import DATA, TALK, TODAY, asked


def all_asked(*said: str) -> list[str]:
    """The titles of everything that the last message asks, and in the end what it leaves unanswered."""
    state = TALK.follow([Message("user", words) for words in said], TODAY, DATA["handles"])
    if state.kind != "figures" or state.frame is None or state.reading is None:
        return []
    frames = (*state.earlier, state.frame)
    titles = [Titles(frame, lexicon(), TODAY, state.reading.language).title() for frame in frames]
    return [*titles, *(f"left: {part}" for part in state.left), *(f"aside: {part}" for part in state.aside)]


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        (
            ["how many points got redeemed last month and on how many tickets"],
            ["Points spent, last month (1 to 31 Oct 2026)",
             "Transactions, with points redeemed, last month (1 to 31 Oct 2026)"],
        ),
        (
            ["How many texts came in last week mon-sun, and how many did we send out"],
            ["Texts, from customers, last week (16 to 22 Nov 2026)", "Texts, to customers, last week (16 to 22 Nov 2026)"],
        ),
        (
            ["which category brought in the most money this year, before tax, and what share of the total was it"],
            ["Net sales by category, this year (1 Jan to today)", "Share of net sales by category, this year (1 Jan to today)"],
        ),
        (
            ["Net sales by store for October, tax included",
             "same thing but September, and how much up or down is each store in october vs that"],
            ["Sales less refunds by location, 1 to 30 Sep 2026",
             "Sales less refunds by location, 1 to 31 Oct 2026 against 1 to 30 Sep 2026"],
        ),
        (
            ["compare October to September: sales, number of tickets, avg ticket"],
            ["Sales, 1 to 31 Oct 2026 against 1 to 30 Sep 2026",
             "Transactions, 1 to 31 Oct 2026 against 1 to 30 Sep 2026",
             "Average sale, 1 to 31 Oct 2026 against 1 to 30 Sep 2026"],
        ),
        (
            ["sales and units by brand October vs September"],
            ["Sales by brand, 1 to 31 Oct 2026 against 1 to 30 Sep 2026",
             "Units by brand, 1 to 31 Oct 2026 against 1 to 30 Sep 2026"],
        ),
        (
            ["thursday nov 19 was thanksgiving, how did it do against a normal thursday"],
            ["Sales and transactions, Thu 19 Nov 2026",
             "Average sales per day and transactions, Thursday, 21 Aug to 18 Nov 2026"],
        ),
        (
            ["do edibles sell better on tuesdays than other days? we do the 10% off. this year"],
            ["Average sales per day, Edibles, Tuesday, this year (1 Jan to today)",
             "Average sales per day, Edibles, without Tuesday, this year (1 Jan to today)", "aside: we do the 10% off"],
        ),
        (
            ["how many customers texted us that their cart stopped working, and who was the last one"],
            ["Phone numbers, from customers, that say “cart … stop … work”",
             "Texts, newest first, the first 1, from customers, that say “cart … stop … work”"],
        ),
        (
            ["compare oakland and berkeley this month: sales, tickets, avg ticket"],
            ["Sales and transactions and average sale by location, Oakland, Berkeley, this month (1 Nov to today)"],
        ),
        (
            ["best margin category, by $ and by %, this year"],
            ["Margin by category, this year (1 Jan to today)", "Margin percent by category, this year (1 Jan to today)"],
        ),
        (
            ["staff ranked by sales and by average ticket this month"],
            ["Sales by person, this month (1 Nov to today)", "Average sale by person, this month (1 Nov to today)"],
        ),
        (
            ["of the people whose first purchase was in July or August this year, how many came back within 30 days"],
            ["Customers, first visit 1 to 31 Jul 2026, 1 to 31 Aug 2026",
             "Number of customers, first visit 1 to 31 Jul 2026, 1 to 31 Aug 2026, came back within 30 days of the first visit"],
        ),
        (
            ["did the converted leads actually buy anything after they first texted us? how much"],
            ["Spent by customer, converted"],
        ),
        (
            ["how many points are customers sitting on all together and what would that cost us"],
            ["Loyalty points", "left: what would that cost us"],
        ),
        (
            ["Which budtender has the highest average sale this quarter (no refunds)?"],
            ["Average sale by person, this quarter (1 Oct to today)"],
        ),
        (
            ["how many customers came in in October, and how many of them adopted a dog"],
            ["Number of customers, came in 1 to 31 Oct 2026", "left: how many of them adopted a dog"],
        ),
        (["sales by store in October, except for whatever Zorg did"], []),
        (["what was our gross vs net in october"],
         ["Sales, 1 to 31 Oct 2026", "Sales less refunds, 1 to 31 Oct 2026", "Net sales, 1 to 31 Oct 2026"]),
        (["discounts in september. want to compare w what i budgeted"],
         ["Discounts, 1 to 30 Sep 2026", "aside: want to compare w what i budgeted"]),
        (["need to staff saturdays better. what hours are busiest on saturdays?"],
         ["Transactions and sales by hour, Saturday", "aside: need to staff saturdays better"]),
        (["the accountant wants to know the tax by month in q3 for the books"],
         ["Tax by month, q3 (1 Jul to 30 Sep 2026)"]),
        (["hours by sales in october, trying to sell more vapes"], []),
        (["what % of sales is flower this quarter? and last quarter?"],
         ["Share of sales: Flower, this quarter (1 Oct to today)",
          "Share of sales: Flower, last quarter (1 Jul to 30 Sep 2026)"]),
        (["points redeemed this month, n how many ppl used em"],
         ["Points spent, this month (1 Nov to today)",
          "Number of customers, with points redeemed, this month (1 Nov to today)"]),
        (["texts sent vs received in october, and did any fail"],
         ["Texts by direction, 1 to 31 Oct 2026", "Texts, failed, 1 to 31 Oct 2026"]),
        (["is the edibles deal doing anything?? edibles sales by weekday"],
         ["Sales by weekday, Edibles", "left: is the edibles deal doing anything"]),
        (["what were sales last month, how many tickets and whats the avg"],
         ["Sales, last month (1 to 31 Oct 2026)", "Transactions, last month (1 to 31 Oct 2026)",
          "Average sale, last month (1 to 31 Oct 2026)"]),
        (["this november so far vs november last year. up or down?"],
         ["Sales, 1 Nov to today against 1 to 30 Nov 2025"]),
        (["how much did we do last saturday and the saturday before that"],
         ["Sales by day, last saturday (Sat 21 Nov 2026) and Sat 14 Nov 2026"]),
        (["units aug-oct"], ["Units, 1 Aug to 31 Oct 2026"]),
        (["sales mon-wed last week"], ["Sales, 16 to 18 Nov 2026"]),
        (["sales over the summer (june july aug)"], ["Sales, 1 Jun to 31 Aug 2026"]),
        (["nov 1-20 this year vs nov 1-20 last year"], ["Sales, 1 to 20 Nov 2026 against 1 to 20 Nov 2025"]),
        (["how many tickets had flower and edibles together last month"],
         ["Transactions, with Flower, with Edibles, last month (1 to 31 Oct 2026)"]),
        (["how many customers shop at all our stores"],
         ["Number of customers, came in at least 4 different stores"]),
        (["refund rate by category"], ["Refund percent by category"]),
        (["avg ticket vips vs everyone else"], ["Average sale, VIP", "Average sale, without VIP"]),
        (["do vips have a bigger basket than everyone else"], ["Average sale, VIP", "Average sale, without VIP"]),
        (["flower sales vs everything else last month"],
         ["Sales, Flower, last month (1 to 31 Oct 2026)", "Sales, without Flower, last month (1 to 31 Oct 2026)"]),
        (["sales by store for october, pls include the total"],
         ["Sales by location, 1 to 31 Oct 2026", "Sales, 1 to 31 Oct 2026"]),
        (["where do our best people hear about us, customers by source"],
         ["Number of customers by source", "left: where do our best people hear about us"]),
        (["where do our best flower fans hear about us, customers by source"], []),
        (["sales the first 10 days of november"], ["Sales, 1 to 10 Nov 2026"]),
        (["average sales per day by month in q3"],
         ["Average sales per day by month, q3 (1 Jul to 30 Sep 2026)"]),
        (["how many of the first timers in q2 came back"],
         ["Number of customers, first visit q2 (1 Apr to 30 Jun 2026), came back"]),
        (["ytd by store against the same period last year"],
         ["Sales by location, ytd (1 Jan to today) against 1 Jan to 24 Nov 2025"]),
        (["units indica, sativa and hybrid"], ["Units by flower type"]),
        (["how did 4/20 compare to the friday before"], ["Sales, Mon 20 Apr 2026 against Fri 17 Apr 2026"]),
        (["average number of different items per basket"], ["Lines per sale"]),
        (["how many customers bought gelato more than once"], ["Number of customers, bought Gelato, at least 2 times"]),
        (["average tickets per weekday in october"],
         ["Average transactions per day by weekday, 1 to 31 Oct 2026"]),
        (["what percent of revenue comes from tickets over 150"], ["Share of sales: over 150"]),
        (["units sold on tickets over 200"], []),
        (["what share of each stores sales is discounted tickets"], []),
        (["sales after june"], ["Sales, 1 Jul to today"]),
        (["whats the trend on edibles since june"], ["Sales by week, Edibles, 1 Jun to today"]),
        (["rank budtenders by discount rate, worst first"], ["Discount percent by person"]),
        (["sales, tickets, customers by store"], ["Sales and transactions and number of customers by location"]),
        (["sales of inactive products"], ["Sales, not on the shelf"]),
        (["sales thanksgiving week vs last years"], ["Sales, 23 Nov to today against 24 to 30 Nov 2025"]),
        (
            ["customers who shop at more than one store - how many, out of how many buyers"],
            ["Customers, came in more than one store", "Number of customers, came in more than one store",
             "Number of customers, bought"],
        ),
        (
            ["how many SKUs do we carry per category and what's the average price"],
            ["Number of products by category, on the shelf", "Average retail price by category, on the shelf"],
        ),
        (
            ["compare oakland and berkeley on average ticket, units per ticket and discount rate this year"],
            ["Average sale by location, Oakland, Berkeley, this year (1 Jan to today)",
             "Average units per sale by location, Oakland, Berkeley, this year (1 Jan to today)",
             "Average discount percent by location, Oakland, Berkeley, this year (1 Jan to today)"],
        ),
    ],
)  # fmt: skip
def test_each_part_of_a_message_is_answered_or_named(said: list[str], titles: list[str]) -> None:
    assert all_asked(*said) == titles


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (["how many refunds in 2026", "which budtender handled the most of those refunds"],
         "Refunds by person, 1 Jan to today"),
        (["top 5 brands by revenue last month", "did the first of those grow or shrink against the month before?"],
         "Sales, last month (1 to 31 Oct 2026) against 1 to 30 Sep 2026, of the first by “Sales by brand, last month (1 to 31 Oct 2026)”"),
        (["sales by category this year", "what share of the total was it"], "Share of sales by category, this year (1 Jan to today)"),
        (["New members per month, last 6 full months"], "Number of customers by month, joined 1 May to 31 Oct 2026"),
        (["Revenue so far this month compared to the same days of last November, percent"],
         "Sales, this month (1 Nov to today) against 1 to 24 Nov 2025"),
        (["how many people made their very first purchase in 2026 q3 vs q2"],
         "Number of customers, first visits, 1 Jul to 30 Sep 2026 against q2 (1 Apr to 30 Jun 2026)"),
        (["how many customers bought flower in October vs September"],
         "Number of customers, Flower, 1 to 31 Oct 2026 against 1 to 30 Sep 2026"),
        (["which vendor gives us the best margin at list price on the stuff we have active"],
         "Shelf margin percent by vendor, on the shelf"),
        (["busiest hour by number of sales"], "Transactions by hour"),
        (["how much did we discount in total this year", "who gave the most"], "Discounts by person, this year (1 Jan to today)"),
        (["sales last saturday", "which store was best"], "Sales by location, last saturday (Sat 21 Nov 2026)"),
        (["top 3 customers this year", "when was each of them last in"],
         "Last day by customer, this year (1 Jan to today), of the first 3 by “Sales by customer, this year (1 Jan to today)”"),
        (["top 10 customers by visits", "how much did they spend", "which of them are at risk"],
         "Customers, at high risk of leaving, of the first 10 by “Sales by customer, of the first 10 by “Visits by customer””"),
        (["sales of sour diesel by month since june", "as a percent of all flower"],
         "Share of sales: Sour Diesel by month, of Flower, 1 Jun to today"),
        (["cash vs debit share by store"], "Share of sales by location and payment type"),
        (["which store has the highest percentage of cash sales"], "Share of sales: Cash by location"),
        (["what scheduled texts go out tomorrow"], "Scheduled texts, newest first, to customers, tomorrow (Wed 25 Nov 2026)"),
        (["did customers spend more this year than last year"],
         "Sales, this year (1 Jan to today) against last year (1 Jan to 31 Dec 2025)"),
        (["is oakland doing better than san jose this month"], "Sales by location, Oakland, San Jose, this month (1 Nov to today)"),
        (["what time of day do VIPs usually shop"], "Transactions by hour, VIP"),
        (["how many texts did customers send us per day this month"], "Texts by day, from customers, this month (1 Nov to today)"),
        (["list the 5 biggest refunds this year with who processed them"],
         "Refunds, largest first, the first 5, this year (1 Jan to today)"),
        (["edibles sales in october vs september", "which edible sold best"], "Sales by product, Edibles, 1 to 31 Oct 2026"),
        (["gross sales vs net sales last quarter"], "Sales and net sales, last quarter (1 Jul to 30 Sep 2026)"),
        (["is saturday really our best day? sales by weekday for the last 12 weeks"],
         "Sales by weekday, last 12 weeks (2 Sep to today)"),
        (["who handled the most transactions in october"], "Transactions by person, 1 to 31 Oct 2026"),
        (["what did Elena Hernandez sell the most of this quarter"],
         "Units and sales by product, Elena Hernandez, this quarter (1 Oct to today)"),
        (["compare the first half of october with the second half"], "Sales, 16 to 31 Oct 2026 against 1 to 15 Oct 2026"),
        (["what's the average time between visits for our top 20 customers"],
         "Average days between visits, of the first 20 by “Lifetime value by customer”"),
        (["customers whose last visit was more than 90 days ago"], "Customers, not came in 26 Aug to today"),
        (["how many different people texted us in november"], "Phone numbers, from customers, 1 Nov to today"),
        (["texts sent vs received by week since october"], "Texts by direction and week, 1 Oct to today"),
        (["revnue by stor last mnth"], "Sales by location, last month (1 to 31 Oct 2026)"),
        (["who joined most recently"], ""),
        (["what's the number of texts, leads and new customers in october"], ""),
        (["How many items are in the average basket, and how many different products? sales only, last 12 months thru yesterday"],
         "Units per sale and lines per sale, 24 Nov 2025 to 23 Nov 2026"),
        (["what were net sales by month since july (net of refunds)", "which month was best"],
         "Net sales less refunds by month, 1 Jul to today"),
        (["Refund rate per store, ever: refunds as percent of transactions"], "Refund percent by location, ever"),
        (["any active products nobody has bought since september 1?", "break that count down by category"],
         "Number of products by category, on the shelf, not bought 1 Sep to today"),
        (["which category has the fattest margin at list price, and which the thinnest? active items only"],
         "Shelf margin percent by category, lowest first, on the shelf"),
        (["how many leads came in by month this year", "and what share converted"],
         "Share of leads: converted by month, this year (1 Jan to today)"),
        (["who has the lowest discount rate among budtenders with at least 100 tickets this year"],
         "Discount percent and transactions by person, lowest first, at least 100 tickets, this year (1 Jan to today)"),
        (["total refunds by store as a percent of sales, this year"],
         "Refund share percent by location, this year (1 Jan to today)"),
        (["how much of october's sales came from discounted tickets"],
         "Share of sales and transactions: with a discount, 1 to 31 Oct 2026"),
        (["customers who haven't visited since june but spent over $1000 lifetime"],
         "Customers, over $1000, not came in 1 Jun to today"),
        (["which store had the biggest growth in october vs september", "in percent?"],
         "Sales by location, by percent, 1 to 31 Oct 2026 against 1 to 30 Sep 2026"),
        (["most profitable brand per unit sold this year"], ""),
        (["who hasn't been in for over 60 days but used to come weekly"], ""),
        (["how much did we pay our budtenders last month"], ""),
        (["how much did we spend on ads in october"], ""),
        (["who gave the most"], ""),
        (["how many VIPs have not been in since before october"], "Number of customers, VIP, not came in 1 Oct to today"),
    ],
)  # fmt: skip
def test_questions_of_strangers_have_their_frame(said: list[str], title: str) -> None:
    assert asked(*said) == title
