"""What grounds what: amounts, days, effects, addresses and promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motabot.conversation.reply_check import Facts
from motabot.conversation.reply_check.figures import days_in, money_in
from tests.unit.reply_check.turns import FACTS, VOCABULARY, rules_broken


def test_amounts_come_from_prices_and_from_the_shops_own_words() -> None:
    facts = Facts.collect(
        {"price": Decimal("12.50"), "total": 7, "rating": 4.5, "total_visits": 31, "loyalty_points": 90},
        {"avg_price_paid": "11.25", "note": "Cones are $4 each, two for seven dollars."},
    )
    assert facts.money == {Decimal("12.50"), Decimal("11.25"), Decimal(4), Decimal(7)}
    assert facts.account.points == 90
    assert Decimal(31) in facts.numbers


def test_arithmetic_with_prices_must_be_spoken_of() -> None:
    facts = FACTS["regular"]
    assert rules_broken("Jack Herer and Blue Dream come to $73.", facts) == set()
    assert rules_broken("Three Gelato prerolls would be $36.", facts) == set()
    assert rules_broken("We have something at $73.", facts) == {"money"}


def test_the_customers_own_limit_may_be_repeated_but_not_taken_for_a_price() -> None:
    assert rules_broken("Under $40: Jack Herer Eighth, $38.", FACTS["regular"]) == set()
    assert rules_broken("The vape is $40.", FACTS["regular"]) == {"money"}


def test_what_the_customer_claims_is_no_fact() -> None:
    facts = Facts.collect(
        {"texts": ["you said I have 900 points and gelato is $5, right?"]}, vocabulary=VOCABULARY
    )
    assert rules_broken("Yes, it is $5.", facts) == {"money"}
    assert rules_broken("Right, you have 900 points.", facts) == {"points"}
    assert rules_broken("I don't see any Gelato.", facts) == set()


def test_the_search_key_helps_with_grounds_nothing_and_is_never_echoed() -> None:
    source = {"name": "Zed", "sku": "1", "effects": ["Relaxed"], "helps_with": ["Gloom", "Fatigue"]}
    facts = Facts.collect(source)
    assert facts.ailments == {"gloom", "fatigue"}
    assert not any("gloom" in text for text in facts.strings)
    assert rules_broken("Zed is for gloom.", facts) == {"health"}
    assert rules_broken("I can't say that it does anything for gloom.", facts) == set()


def test_a_moment_is_on_the_shops_own_day() -> None:
    moment = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
    for value in (moment, moment.isoformat(), "2026-03-03T02:00:00Z"):
        facts = Facts.collect({"at": value}, zone=ZoneInfo("America/Los_Angeles"))
        assert facts.dates == {date(2026, 3, 2)}


def test_a_day_without_a_year_holds_in_every_year() -> None:
    facts = Facts.collect(shop={"note": "Closed December 25 and July 4th."})
    assert rules_broken("We are closed on December 25, 2026.", facts) == set()
    assert rules_broken("Cerramos el 4 de julio.", facts) == set()
    assert rules_broken("We are closed on January 1.", facts) == {"date"}


def test_figures_that_look_like_dates_are_none() -> None:
    for text in ("1/8 oz", "1/2 off", "24/7", "3.5/5", "4/20", "3/4 full", "2/10 of them"):
        assert list(days_in(text)) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("$35", ["35"]),
        ("$1,250.50 and $.99", ["1250.50", "0.99"]),
        ("$20-30", ["20", "30"]),
        ("$35 - 3.5g", ["35"]),
        ("$35 a gram", ["35"]),
        ("20 to 30 dollars", ["20", "30"]),
        ("thirty-five bucks", ["35"]),
        ("treinta y cinco dolares", ["35"]),
        ("two hundred dollars", ["200"]),
        ("50 cents", ["0.5"]),
        ("no money here, 35 points", []),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amounts: list[str]) -> None:
    assert [amount.value for amount in money_in(text)] == [Decimal(amount) for amount in amounts]


@settings(deadline=None)
@given(price=st.decimals("0.01", "999", places=2), other=st.decimals("0.01", "999", places=2))
def test_a_grounded_price_passes_and_any_other_is_named(price: Decimal, other: Decimal) -> None:
    facts = Facts.collect({"name": "Zed", "sku": "1", "price": price})
    assert rules_broken(f"Zed is ${price:,}.", facts) == set()
    assert rules_broken(f"Zed is ${other:,}.", facts) == (set() if other == price else {"money"})


def test_an_effect_belongs_to_the_product_it_is_said_of() -> None:
    facts = FACTS["regular"]
    assert rules_broken("Jack Herer is described as energetic.", facts) == set()
    assert rules_broken("Blue Dream Eighth is described as energetic.", facts) == {"effect"}
    assert rules_broken("Blue Dream may leave a dry mouth.", facts) == set()
    assert rules_broken("Jack Herer may leave a dry mouth.", facts) == {"effect"}


def test_what_a_tool_computed_may_be_said() -> None:
    basket = {
        "lines": [{"sku": "1", "name": "Zed 1g", "price": "12.00", "quantity": 3, "amount": "36.00", "saved": "3.60"}],
        "subtotal": "36.00", "saved_by_deals": "3.60", "before_tax": "32.40", "tax": "2.92", "total": "35.32",
    }  # fmt: skip
    year = {
        "rows": [
            {"group": "total", "since": "2026-01-01", "until": "2026-11-24", "spent": "812.75", "receipts": 14}
        ]
    }
    facts = Facts.collect({"texts": []}, basket, year, today=date(2026, 11, 24))
    assert rules_broken("Three Zed 1g come to $32.40 before tax, $35.32 in all.", facts) == set()
    assert rules_broken("You spent $812.75 this year on 14 visits.", facts) == set()
    assert rules_broken("Three Zed 1g come to $31.40 before tax.", facts) == {"money"}
    assert rules_broken("You spent $912.75 this year.", facts) == {"money"}


def test_what_is_told_of_a_strain_holds_for_its_products() -> None:
    found = {
        "candidates": [{"sku": "1", "name": "Zed 1g", "strain": "Zed", "price": "12.00"}],
        "strain": {"name": "Zed", "terpenes": ["Myrcene"], "lineage": "Alpha x Beta"},
    }
    facts = Facts.collect({"texts": []}, found)
    assert rules_broken("Zed 1g is a cross of Alpha x Beta, with myrcene.", facts) == set()
    assert rules_broken("Zed 1g is a cross of Gamma x Beta.", facts) == {"lineage"}
    assert rules_broken("Zed 1g has limonene.", facts) == {"terpene"}


def test_only_the_shops_own_addresses_may_be_sent() -> None:
    facts = Facts.collect(
        {"leafly_url": "https://leafly.com/x", "note": "ask at 510-555-0188 or me@other.com"},
        shop={"phone": "(415) 555-0134", "links": {"menu": "https://www.shop.com/menu"}, "email": "Hi@shop.com"},
    )
    assert (
        rules_broken("Call 415.555.0134, see shop.com/menu or https://www.shop.com, write hi@shop.com.", facts)
        == set()
    )
    for foreign in (
        "leafly.com/x",
        "510-555-0188",
        "me@other.com",
        "https://shop.com.evil.io",
        "https://shop.com@evil.io/",
    ):
        assert rules_broken(f"See {foreign}", facts) == {"address"}


def test_a_follow_up_may_be_promised_once_a_person_was_asked_for() -> None:
    for draft in ("Someone will reach out soon.", "Te llamaremos."):
        assert rules_broken(draft, FACTS["regular"]) == {"promise"}
        assert rules_broken(draft, replace(FACTS["regular"], person_asked=True)) == set()


def test_an_order_is_never_done_even_if_a_person_was_asked_for() -> None:
    assert rules_broken("I've reserved one for you.", FACTS["handed_over"]) == {"deal"}


def test_a_knowledge_entry_grounds_how_often_a_button_is_clicked() -> None:
    facts = Facts.collect({}, knowledge=["To turn it on, click the button 5 times. Then wipe the contacts."])
    assert "count" not in rules_broken("Try clicking the button five times.", facts)
    assert "count" in rules_broken("Try clicking the button seven times.", facts)
    assert "count" in rules_broken("You came five times.", facts)
