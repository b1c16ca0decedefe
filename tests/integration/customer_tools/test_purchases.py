"""What customers may see of themselves: profile, purchases, sums and favorites."""

from __future__ import annotations

import pytest

from tests.integration.customer_tools.shelf import ANA, STRANGER, with_phone
from tests.support.customer import Caller
from tests.support.shops import customer, insert


def test_a_profile_has_the_first_name_and_nothing_that_identifies(ana: Caller) -> None:
    told = ana.ask("show_my_profile")
    assert (told["known"], told["first_name"], told["loyalty_points"], told["days_since_last_visit"]) == (
        True,
        "Ana",
        "240",
        0,
    )
    assert set(told) == {
        "known",
        "first_name",
        "loyalty_points",
        "vip_status",
        "total_visits",
        "member_since",
        "last_visited",
        "days_since_last_visit",
        "usual_days_between_visits",
        "predicted_next_visit",
    }


@pytest.mark.parametrize("tool", ["show_my_profile", "list_my_purchases", "list_my_favorites"])
def test_an_unknown_and_a_shared_number_have_no_account(ana: Caller, tool: str) -> None:
    assert with_phone(ana, STRANGER).ask(tool) == {"known": False}
    with ana.engine.begin() as connection:
        insert(connection, "customers", customer("M3", phone=ANA))
    assert ana.ask(tool) == {"known": False}


def test_purchases_come_newest_first_on_the_shops_day_with_refunds_marked(ana: Caller) -> None:
    told = ana.ask("list_my_purchases")
    assert [(visit["date"], visit["total"], visit["refund"]) for visit in told["visits"]] == [
        ("2026-03-18", "35", False),
        ("2026-03-11", "-20", True),
        ("2026-03-10", "55", False),
        ("2026-02-18", "35", False),
    ]
    assert told["visits"][0]["items"] == [
        {
            "sku": "F1",
            "name": "Blue Dream 3.5g",
            "brand": "Hill Farm",
            "category": "Flower",
            "quantity": 1,
            "unit_price": None,
            "total_price": "35",
        }
    ]
    assert told["more"] is False
    assert "Gelato" not in str(told)


def test_purchases_can_be_cut_short_and_say_so(ana: Caller) -> None:
    told = ana.ask("list_my_purchases", limit=1)
    assert (len(told["visits"]), told["more"]) == (1, True)


@pytest.mark.parametrize(
    ("given", "dates"),
    [
        ({"category": "gummies"}, ["2026-03-11", "2026-03-10"]),
        ({"product": "midnite gummies"}, ["2026-03-11", "2026-03-10"]),
        ({"product": "blue dream"}, ["2026-03-18", "2026-03-10", "2026-02-18"]),
        ({"product": "blue dream cart"}, []),
        ({"category": "vapes"}, []),
    ],
)
def test_purchases_can_be_asked_for_in_the_customers_words(
    ana: Caller, given: dict[str, str], dates: list[str]
) -> None:
    assert [visit["date"] for visit in ana.ask("list_my_purchases", **given)["visits"]] == dates


@pytest.mark.parametrize(
    ("given", "dates"),
    [
        ({"since": "2026-03-11"}, ["2026-03-18", "2026-03-11"]),
        ({"until": "2026-03-10"}, ["2026-03-10", "2026-02-18"]),
        ({"since": "2026-03-18", "until": "2026-03-18"}, ["2026-03-18"]),
        ({"since": "2026-03-19"}, []),
    ],
)
def test_purchases_can_be_asked_for_by_the_shops_days(
    ana: Caller, given: dict[str, str], dates: list[str]
) -> None:
    assert [visit["date"] for visit in ana.ask("list_my_purchases", **given)["visits"]] == dates


def test_a_sum_of_receipts_leaves_refunds_apart_and_adds_up_tax_discounts_points_and_payment(ana: Caller) -> None:
    with ana.engine.begin() as connection:
        connection.exec_driver_sql(
            "update public.transactions set total_tax = 5.25, discounts = 1, payment_type = 'Cash',"
            " loyalty_points_earned = 30, loyalty_points_spent = 100 where transaction_id in ('T1', 'T2')"
        )
    told = ana.ask("sum_my_purchases")
    [total] = told["rows"]
    assert {key: total[key] for key in ("spent", "receipts", "visit_days", "items", "refund_total")} == {
        "spent": "125",
        "receipts": 3,
        "visit_days": 3,
        "items": 4,
        "refund_total": "20",
    }
    assert (total["tax"], total["discounts"], total["points_earned"], total["points_used"]) == (
        "10.50",
        "2",
        "60",
        "200",
    )
    assert total["payments"] == {"unknown": 1, "Cash": 2}
    assert (told["since"], told["until"], total["first"], total["last"]) == (
        "2026-02-18",
        "2026-03-20",
        "2026-02-18",
        "2026-03-18",
    )


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ({"by": "month"}, [("2026-03", "90", 2), ("2026-02", "35", 1)]),
        ({"by": "product"}, [("Blue Dream 3.5g", "105", 3), ("Midnight Gummies 100mg", "20", 1)]),
        ({"by": "category", "since": "2026-03-01"}, [("Flower", "70", 2), ("Edibles", "20", 1)]),
        ({"category": "gummies"}, [("total", "20", 1)]),
        ({"since": "2026-03-19"}, []),
    ],
)
def test_purchases_are_summed_up_by_what_is_asked_for(
    ana: Caller, given: dict[str, str], rows: list[tuple[str, str, int]]
) -> None:
    told = ana.ask("sum_my_purchases", **given)["rows"]
    assert [(row["group"], row["spent"], row["receipts"]) for row in told] == rows


def test_favorites_say_what_is_available_now_and_at_what_price(ana: Caller) -> None:
    told = ana.ask("list_my_favorites")["favorites"]
    assert [(one["sku"], one["purchase_count"], one["available"]) for one in told] == [
        ("F1", 3, True),
        ("G1", 2, False),
        ("E1", 1, True),
    ]
    assert (told[0]["price"], told[0]["avg_price_paid"], told[0]["last_purchased"]) == (
        "35.00",
        "30",
        "2026-03-20",
    )
    assert [one["sku"] for one in ana.ask("list_my_favorites", category="edible")["favorites"]] == ["E1"]
