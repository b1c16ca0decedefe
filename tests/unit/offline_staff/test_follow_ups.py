"""A message that changes or adds to the question before it."""

from __future__ import annotations

import pytest

from tests.unit.offline_staff.talking import follow, slot, title


def test_a_follow_up_changes_what_it_names_and_keeps_the_rest() -> None:
    said = ["sales by week since september in oakland"]
    wanted = {
        "and last month?": ("span", "2026-10-01..2026-10-31"),
        "by location?": ("by", "location"),
        "only san jose": ("location", "San Jose"),
        "only flower": ("category", "Flower"),
    }
    for words, (name, value) in wanted.items():
        said.append(words)
        assert slot(follow(*said), name) == value, words
    assert title(follow(*said)) == "Sales, San Jose, Flower, last month (1 to 31 Oct 2026)"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            ["sales for each day last week", "and how does that stack up against the week before?"],
            "Sales, last week (16 to 22 Nov 2026) against 9 to 15 Nov 2026",
        ),
        (
            ["sales last week", "how does that compare to september?", "only oakland"],
            "Sales, Oakland, last week (16 to 22 Nov 2026) against 1 to 30 Sep 2026",
        ),
        (
            ["new customers this month", "compared to last month?"],
            "Number of customers, joined, this month (1 Nov to today) against last month (1 to 31 Oct 2026)",
        ),
        (
            ["compare yesterday's sales with the week before"],
            "Sales, yesterday (Mon 23 Nov 2026) against Mon 16 Nov 2026",
        ),
        (
            ["sales last week compared to the previous week"],
            "Sales, last week (16 to 22 Nov 2026) against 9 to 15 Nov 2026",
        ),
        (
            ["compare sales in march and october by store"],
            "Sales by location, 1 to 31 Oct 2026 against 1 to 31 Mar 2026",
        ),
        (["whos our best budtender in oakland this year", "and the worst?"], "Sales by person, lowest first, Oakland, this year (1 Jan to today)"),
        (["sales in september", "and october 2025"], "Sales, 1 to 31 Oct 2025"),
        (["average ticket this year", "and last year, same stretch?"], "Average sale, 1 Jan to 24 Nov 2025"),
        (["average ticket this year", "and last year, same stretch jan 1 to nov 20?"], "Average sale, 1 Jan to 20 Nov 2025"),
        (["sales this year", "and the same period last year"], "Sales, 1 Jan to 24 Nov 2025"),
        (["sales on thursday nov 12"], "Sales, Thu 12 Nov 2026"),
        (["sales in oakland last month", "who are our top customers?"], "Lifetime value by customer"),
    ],
)  # fmt: skip
def test_a_time_is_set_against_the_one_that_was_meant(said: list[str], asked: str) -> None:
    assert title(follow(*said)) == asked


def test_the_worst_of_them_is_asked_after_the_best() -> None:
    frame = follow("whos our best budtender in oakland this year", "and the worst?").frame
    assert frame
    assert not frame.falls


def test_she_is_who_was_spoken_of() -> None:
    for said in ("what did she buy?", "when was she last in", "text her: we miss you", "pause the bot for her"):
        assert slot(follow("show me [h1]", said), "who") == "[h1]", said


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            ["which vendor brought in the most margin this year", "and its best product"],
            "Units and sales by product, this year (1 Jan to today), of the first by “Margin by vendor, this year (1 Jan to today)”",
        ),
        (
            ["tickets over $500 last month", "who rang them"],
            "Transactions by person, over $500, last month (1 to 31 Oct 2026)",
        ),
        (
            ["new customers last month", "how many are vips"],
            "Number of customers, VIP, joined last month (1 to 31 Oct 2026)",
        ),
        (
            ["sales last month by category", "drop accessories"],
            "Sales by category, without Accessories, last month (1 to 31 Oct 2026)",
        ),
        (["cheapest flower", "only sativa"], "Retail price by product, lowest first, Flower, Sativa"),
        (
            ["flower units last month", "vs august?"],
            "Units, Flower, last month (1 to 31 Oct 2026) against 1 to 31 Aug 2026",
        ),
        (
            ["customers at risk", "only those who spent over 1000", "how many is that"],
            "Number of customers, at high risk of leaving, spent over 1000",
        ),
        (["new customers in october", "by source"], "Number of customers by source, joined 1 to 31 Oct 2026"),
        (
            ["new customers in october", "by source", "how many bought edibles"],
            "Number of customers, joined 1 to 31 Oct 2026, bought Edibles",
        ),
        (["sales yesterday", "the day before"], "Sales, yesterday (Mon 23 Nov 2026) against Sun 22 Nov 2026"),
        (
            ["sales by month this year", "growth"],
            "Sales by month, growth from each to the next, this year (1 Jan to today)",
        ),
        (
            ["unread texts", "from this week", "oldest first"],
            "Texts, oldest first, unread, from this week (23 Nov to today)",
        ),
        (["unread texts", "which are from members"], "Texts, newest first, unread, from numbers of customers"),
        (
            ["what did we sell in october", "which store did the most", "who sold the most there"],
            "Sales by person, 1 to 31 Oct 2026, of the first by “Sales by location, 1 to 31 Oct 2026”",
        ),
        (
            ["refunds this year", "which store has the most", "and who rang them up there"],
            "Refunds by person, this year (1 Jan to today), of the first by “Refunds by location, this year (1 Jan to today)”",
        ),
        (
            ["how many customers are sitting on more than 1000 points", "who are they"],
            "Customers, more than 1000 points",
        ),
        (
            ["refunds last month", "by store", "which one had the most", "who rang them up"],
            "Refunds by person, last month (1 to 31 Oct 2026)",
        ),
        (
            ["whats our margin on vapes this year", "top 5 brands in there by profit"],
            "Margin by brand, the first 5, Vapes, this year (1 Jan to today)",
        ),
        (
            ["san jose sales last month per person", "avg ticket each?", "what was it in oct last year"],
            "Average sale by person, San Jose, 1 to 31 Oct 2025",
        ),
        (
            ["whos the best budtender in san jose this month", "avg ticket of each for last month"],
            "Average sale by person, San Jose, last month (1 to 31 Oct 2026)",
        ),
        (
            ["average basket in october", "split it by member group", "which group brings the most total $"],
            "Sales by group, 1 to 31 Oct 2026",
        ),
        (
            ["how many customers bought concentrates this year", "who are the top 5 by spend", "now tinctures"],
            "Sales by customer, the first 5, Tinctures, this year (1 Jan to today)",
        ),
        (
            [
                "new members who joined in september",
                "how many of them never bought a thing",
                "ok and the others, what did they spend on average",
            ],
            "Average sales per customer, joined 1 to 30 Sep 2026, bought",
        ),
        (
            [
                "how many people bought gelato this year",
                "how many of em bought it more than 3 times",
                "list em w phone",
            ],
            "Customers, bought Gelato, this year (1 Jan to today), bought Gelato, more than 3 times, this year (1 Jan to today)",
        ),
        (
            ["how many customers bought at more than one of our stores this year", "and at three or more?"],
            "Number of customers, bought three or more locations, this year (1 Jan to today)",
        ),
        (
            ["how many new customers joined in q3", "how did they find us"],
            "Number of customers by source, joined q3 (1 Jul to 30 Sep 2026)",
        ),
        (
            ["customers from instagram", "how many are vip", "avg spend", "vs google"],
            "Average sales per customer by source, Instagram, Google, VIP",
        ),
        (
            ["discounts in october", "by store?", "and as a % of sales"],
            "Discounts as a share of sales by location, 1 to 31 Oct 2026",
        ),
        (
            ["flower sales this month by brand", "as a % of all flower"],
            "Share of sales by brand, Flower, this month (1 Nov to today)",
        ),
        (["unread texts", "whats the oldest one and who is it from"], "Texts, oldest first, the first 1, unread"),
        (["converted leads", "the lost ones"], "Leads, newest first, lost"),
        (
            ["gross margin by category for october", "and which single product made us the most margin"],
            "Margin by product, 1 to 31 Oct 2026",
        ),
        (
            ["strongest edibles in stock", "under 20 dollars", "cheapest first"],
            "Retail price by product, lowest first, Edibles, on the shelf, under 20 dollars",
        ),
        (
            ["products we stopped selling", "flower only", "price over 40"],
            "Products, not on the shelf, Flower, over 40",
        ),
        (
            ["show me the refunds in october", "biggest one", "who did it"],
            "Refunds, largest first, the first 1, 1 to 31 Oct 2026",
        ),
        (
            ["all transactions over $200 yesterday", "last week", "whose were they"],
            "Transactions, newest first, over $200, last week (16 to 22 Nov 2026)",
        ),
        (["how many conversations are unread", "list them"], "Texts, newest first, unread"),
        (
            ["who is our best customer", "what does she buy"],
            "Units and sales by product, of the first by “Lifetime value by customer”",
        ),
        (
            ["how many texts about returns or broken stuff this month", "and in october"],
            "Texts, that say “return / refund / exchang / bring back / broken / broke / stopped work / not work / defect”, 1 to 31 Oct 2026",
        ),
        (["sales in october", "and last year?"], "Sales, 1 to 31 Oct 2025"),
        (["sales by category in october", "as a percentage"], "Share of sales by category, 1 to 31 Oct 2026"),
        (
            ["top brand last month", "top product of that brand"],
            "Units and sales by product, last month (1 to 31 Oct 2026), of the first by “Sales and units by brand, last month (1 to 31 Oct 2026)”",
        ),
        (
            ["who are our top 5 customers", "what's their average basket"],
            "Average sale, of the first 5 by “Lifetime value by customer”",
        ),
        (["margin by category", "before discounts"], "Margin before discounts by category"),
        (["how many texts failed to send", "which numbers"], "Texts, newest first, failed"),
        (
            ["list the VIPs with high churn risk", "give me their phones"],
            "Customers, VIP, at high risk of leaving",
        ),
        (["how many refunds this month", "which ones"], "Refunds, newest first, this month (1 Nov to today)"),
        (
            ["how did we do last friday", "compare it to the friday before"],
            "Sales, last friday (Fri 20 Nov 2026) against Fri 13 Nov 2026",
        ),
        (
            ["how many vips do we have", "how much did they spend vs regulars last month"],
            "Sales by tier, VIP, Regular, last month (1 to 31 Oct 2026)",
        ),
        (
            ["how many customers came in every single month this year", "how many of those are locals"],
            "Number of customers, Locals, came in at least 11 different months, this year (1 Jan to today)",
        ),
        (["products that never sold", "how many", "by brand"], "Number of products by brand, not sold"),
        (
            ["cuantos clientes vip tenemos", "cuantos vinieron este mes"],
            "Número de clientes, VIP, vinieron este mes (1 nov a hoy)",
        ),
    ],
)
def test_a_follow_up_keeps_the_filters_of_before(said: list[str], asked: str) -> None:
    assert title(follow(*said)) == asked


@pytest.mark.parametrize("said", ["and in units?", "what about flower", "y por tienda"])
def test_what_adds_to_a_question_without_an_answer_has_none(said: str) -> None:
    state = follow("sales in october", "is the zorbo deal working", said)
    assert state.kind == "unclear"
    assert title(follow("sales in october", "is the zorbo deal working", said, "sales today"))


@pytest.mark.parametrize(
    "said",
    [
        ["is the zorbo deal working", "who are they"],
        ["who redeemed the most points this month", "how many did he use"],
        ["who has waited longest"],
        ["top 3 products in oakland this year", "who bought the first one"],
        ["points redeemed in october", "by store", "how many customers"],
        ["customers who zorbo", "who were the customers"],
        ["how many customers bought gelato", "how many of them zorbo", "who are they"],
    ],
)
def test_words_that_point_at_nothing_are_refused(said: list[str]) -> None:
    assert follow(*said).kind == "unclear"
