"""The score: how products resemble what was bought, and what the next visit may bring."""

from __future__ import annotations

import math
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from motabot.catalog.habit import purchases_a_visit
from motabot.catalog.recommend import score
from motabot.catalog.taste import Taste
from tests.support.shops import TODAY

ROW: dict[str, Any] = {
    "sku": "A", "name": "A", "brand": None, "category": "Flower", "strain": None, "flower_type": None, "retail_price": Decimal(30),
    "effects": None, "negatives": None, "flavors": None, "terpenes": None, "parent_strains": None, "lineage": None,
    "leafly_rating": None,
}  # fmt: skip


def points(row: dict[str, Any], taste: Taste, **given: Any) -> float:
    return score({**row, **given}, taste).points


def taste_of(*rows: dict[str, Any]) -> Taste:
    return Taste.of(
        [{**ROW, "product_sku": "A", "purchase_count": 1, "last_purchased": TODAY, **row} for row in rows], TODAY
    )


@pytest.mark.parametrize(
    ("column", "liked", "other"),
    [
        ("category", "Flower", "Vapes"),
        ("brand", "Hill", "Peak"),
        ("strain", "Gelato", "Zkittlez"),
        ("flower_type", "Indica", "Sativa"),
        ("effects", ["Happy"], ["Sleepy"]),
        ("flavors", ["Grape"], ["Pine"]),
        ("terpenes", ["Myrcene"], ["Pinene"]),
    ],
)
def test_every_likeness_counts(column: str, liked: object, other: object) -> None:
    taste = taste_of({column: liked})
    assert points(ROW, taste, **{column: liked}) > points(ROW, taste, **{column: other})


def test_side_effects_count_against_a_product_unless_the_customer_is_used_to_them() -> None:
    unused, used = taste_of({}), taste_of({"negatives": ["Dry Mouth"]})
    assert points(ROW, unused, negatives=["Dry Mouth"]) < points(ROW, unused)
    assert points(ROW, used, negatives=["Dry Mouth"]) == points(ROW, used)


def test_older_purchases_say_less_of_a_taste() -> None:
    taste = taste_of({"brand": "New"}, {"brand": "Old", "last_purchased": TODAY - timedelta(days=365)})
    assert taste.share("brand", "New") > 0.75
    assert taste.share("brand", "New") + taste.share("brand", "Old") == pytest.approx(1)


def test_what_was_bought_counts_more_the_oftener_and_the_more_lately() -> None:
    def again(count: int, days_ago: int) -> float:
        row = {**ROW, "purchase_count": count, "last_purchased": TODAY - timedelta(days=days_ago)}
        return points(row, taste_of({**row, "repurchase_rate": Decimal("0.5")}))

    assert again(6, 10) > again(3, 10) > again(1, 10)
    assert again(3, 10) > again(3, 100) > again(3, 700) > points(ROW, taste_of(ROW))


def expected(count: int, *, visits_ago: int, rate: str) -> float:
    """Purchases expected of somebody who comes every ten days and was here today."""
    row = {
        "purchase_count": count,
        "last_purchased": TODAY - timedelta(days=10 * visits_ago),
        "repurchase_rate": Decimal(rate),
        "last_visited": TODAY,
        "avg_days_between_visits": Decimal(10),
    }
    return purchases_a_visit(row, TODAY)


def test_a_steady_habit_is_expected_about_as_often_as_it_was_kept() -> None:
    assert expected(41, visits_ago=1, rate="0.8") == pytest.approx(0.8, abs=0.15)
    assert expected(21, visits_ago=1, rate="0.4") == pytest.approx(0.4, abs=0.15)


def test_what_is_overdue_by_its_own_rhythm_has_probably_been_given_up() -> None:
    weekly, now_and_then = expected(20, visits_ago=15, rate="0.55"), expected(4, visits_ago=15, rate="0.08")
    assert weekly < now_and_then
    assert expected(20, visits_ago=1, rate="0.55") > 10 * weekly


def test_waiting_lowers_what_is_expected_and_never_raises_it() -> None:
    waited = [expected(5, visits_ago=ago, rate="0.2") for ago in range(40)]
    assert waited == sorted(waited, reverse=True)


@pytest.mark.parametrize("count", [1, 2, 100_000])
@pytest.mark.parametrize("visits_ago", [-3, 0, 10_000])
@pytest.mark.parametrize("rate", ["0", "0.0001", "1", "7"])
def test_odd_figures_give_a_number_too(count: int, visits_ago: int, rate: str) -> None:
    assert 0 <= expected(count, visits_ago=visits_ago, rate=rate) < math.inf
