"""Conversations as people of a shop have them: each message with what is left open by the ones before it."""

from __future__ import annotations

import pytest

from tests.unit.offline_staff.talking import asked, follow


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (
            "avg ticket by budtender this week | whos the worst",
            "Average sale by person, lowest first, this week (23 Nov to today)",
        ),
        (
            "sales by store last week | who's the lowest | and the best?",
            "Sales by location, last week (16 to 22 Nov 2026)",
        ),
        ("refunds this year | at which store", "Refunds by location, this year (1 Jan to today)"),
        (
            "this week vs last week by store | which store is down the most",
            "Sales by location, lowest first, this week (23 Nov to today) against last week (16 to 22 Nov 2026)",
        ),
        (
            "sales oct vs sept | which category is up the most",
            "Sales by category, 1 to 31 Oct 2026 against 1 to 30 Sep 2026",
        ),
        (
            "top 5 products in october by revenue | only edibles | and what about oakland",
            "Sales by product, the first 5, Edibles, Oakland, 1 to 31 Oct 2026",
        ),
        (
            "sales last week | same thing for oakland | same but by budtender",
            "Sales by person, Oakland, last week (16 to 22 Nov 2026)",
        ),
        ("how many open leads do we have | list the qualified ones", "Leads, newest first, open, qualified"),
        (
            "how many high churn risk customers do we have | who are they, just the VIP ones",
            "Customers, at high risk of leaving, VIP",
        ),
        ("how many products are inactive | show the flower ones", "Products, not on the shelf, Flower"),
        (
            "how many regulars are about to churn | text me their names",
            "Customers, Regular, at high risk of leaving",
        ),
        ("oakland sales last week | vs the other stores", "Sales by location, last week (16 to 22 Nov 2026)"),
        (
            "how many texts came in yesterday | who from",
            "Texts, newest first, from customers, yesterday (Mon 23 Nov 2026)",
        ),
        (
            "how many leads do we have by stage | which ones are most likely to convert",
            "Leads, open, likeliest first",
        ),
        ("how many carts did we sell last month | vs prerolls", "Units, Pre-Rolls, last month (1 to 31 Oct 2026)"),
        (
            "customers at risk | over 1000 lifetime | how many",
            "Number of customers, at high risk of leaving, over 1000 lifetime value",
        ),
        ("points given out in october | redeemed?", "Points spent, 1 to 31 Oct 2026"),
        ("unread texts | oldest one", "Texts, oldest first, the first 1, unread"),
        ("medical vs rec customers | who spends more", "Average sales per customer by type"),
        (
            "new members this year | how many came back | list the ones who didnt",
            "Customers, joined this year (1 Jan to today), not came back",
        ),
        (
            "how many VIPs came in this month | and the others",
            "Number of customers, VIP, not came in this month (1 Nov to today)",
        ),
        (
            "sales ytd vs last year | which stores are behind",
            "Sales by location, lowest first, ytd (1 Jan to today) against last year (1 Jan to 31 Dec 2025)",
        ),
        (
            "how much did we sell in each category at oakland last month | which ones are down from sept",
            "Sales by category, Oakland, last month (1 to 31 Oct 2026) against 1 to 30 Sep 2026",
        ),
    ],
)
def test_what_is_left_open_is_taken_from_the_answer_before(said: str, title: str) -> None:
    assert asked(*said.split(" | ")) == title


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ("top 10 spenders this year with phone numbers", ("phone",)),
        ("VIPs we havent seen in 60+ days, names and emails", ("name", "email")),
        ("top 5 customers this year | their phone numbers | and their zip codes", ("phone", "zip_code")),
        ("emails of everyone who bought tinctures this year", ("email",)),
        ("quienes son mis 10 mejores clientes con telefono", ("phone",)),
        ("customers with emails", ()),
    ],
)
def test_a_list_shows_what_is_asked_beside_the_names(said: str, columns: tuple[str, ...]) -> None:
    frame = follow(*said.split(" | ")).frame
    assert frame is not None
    assert frame.shows == columns


def test_the_period_at_the_end_of_a_sentence_is_that_of_all_its_figures() -> None:
    state = follow("how many texts did we get and how many did we send in november so far")
    assert state.frame is not None
    assert [each.spans for each in state.earlier] == [state.frame.spans]
    state = follow("how many VIPs do we have and how many came in this month")
    assert not state.earlier[0].spans


def test_they_after_an_order_is_nobody_who_was_counted() -> None:
    assert follow("text our VIPs: hello", "how much have they spent").unclear == ("they",)


def test_what_purchases_came_to_is_of_their_period() -> None:
    state = follow("what did [h1] buy in october", "how much was it total")
    assert state.facts is not None
    assert state.facts.names == ("spent",)
    assert state.facts.span is not None
    assert state.facts.span.said == "october"


@pytest.mark.parametrize(
    ("said", "unclear"),
    [
        ("total points redeemed in october in dollars", "dollars"),
        ("of those how many bought in the last 2 weeks", "of those"),
        ("opt outs this month", "this month"),
    ],
)
def test_what_the_data_does_not_say_is_refused_by_name(said: str, unclear: str) -> None:
    assert unclear in follow(said).unclear
