"""What a text asks of its writer's own purchases: a figure, of some goods, in some time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from motabot.customers.records import Affinity
from motabot.offline.customer.owned import bought_in
from motabot.offline.customer.periods import periods
from motabot.offline.customer.purchases import asks_of_own, read_asked
from motabot.offline.customer.slots import NOTHING
from tests.support.turns import turn

TODAY = date(2026, 11, 27)


def _bought(name: str, category: str) -> Affinity:
    return Affinity(
        sku=name,
        name=name,
        brand=None,
        category=category,
        strain=None,
        flower_type=None,
        purchase_count=1,
        last_purchased=None,
        avg_price_paid=None,
        repurchase_rate=None,
        price=None,
        available=True,
        thc_content=None,
        effects=(),
        negatives=(),
        flavors=(),
        terpenes=(),
    )


ANA = replace(
    turn("hi"),
    affinity=(
        _bought("Sunset Sherbert 1g", "Flower"),
        _bought("Sonoma Rose Bath Soak", "Topicals"),
        _bought("Organic Body Balm Lavender Lemongrass", "Topicals"),
        _bought("Tangie Vape Pen 0.3g", "Vapes"),
    ),
)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("how often am i usually in there", "often"),
        ("roughly what do i drop on an average visit", "average"),
        ("cuanto gasto al mes en promedio", "average"),
        ("did i spend more this month than last", "spent"),
        ("how many pens have i gone thru since june", "units"),
        ("which store do i go to the most", "store"),
        ("have you ever given me money back", "refunds"),
        ("cuanto me han ahorrado los descuentos, he ahorrado algo", "saved"),
        ("whats the first thing i ever bought", "first"),
        ("cual fue mi compra mas grande", "largest"),
        ("how many points did i earn on halloween", "earned"),
        ("what have i bought only once", "once"),
        ("which month did i spend the most", "month"),
        ("what did i have in may", "bought"),
    ],
)
def test_a_figure_of_ones_own_purchases_is_asked_for(text: str, measure: str) -> None:
    assert asks_of_own(text)
    assert read_asked(text, ANA, TODAY, lambda _part: NOTHING).measure == measure


@pytest.mark.parametrize(
    "text",
    [
        "do i get points on tax",
        "can i get a pen and a donut under 50",
        "i got 60 bucks how many prerolls is that",
        "if i buy 2 pens how many points",
        "am i still getting my veteran discount",
        "have i got any discounts",
        "did my roommate come in and use my points",
        "what do i pay for 3 sherbert grams",
        "how many loyalty points did i rack up",
        "when can i pick it up",
        "i was charged twice how much is that",
    ],
)
def test_a_text_about_something_else_asks_for_no_figure_of_purchases(text: str) -> None:
    assert not asks_of_own(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the soak", "Sonoma Rose Bath Soak"),
        ("las sales de rosa para el bano", "Sonoma Rose Bath Soak"),
        ("my lavender balm", "Organic Body Balm Lavender Lemongrass"),
        ("sunset sherbet", "Sunset Sherbert 1g"),
        ("the tangie pen", "Tangie Vape Pen 0.3g"),
    ],
)
def test_words_mean_the_product_that_is_bought_and_not_its_kind(text: str, name: str) -> None:
    found = bought_in(text, ANA)
    assert found is not None
    assert found.label == name


@pytest.mark.parametrize("text", ["vapes", "flower", "the open sign", "gelato"])
def test_a_kind_or_another_thing_is_no_product_that_is_bought(text: str) -> None:
    assert bought_in(text, ANA) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("this month than last", [("2026-11-01", "2026-11-27"), ("2026-10-01", "2026-10-31")]),
        ("este ano que el pasado", [("2026-01-01", "2026-11-27"), ("2025-01-01", "2025-12-31")]),
        ("in october or in november", [("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-27")]),
        ("around halloween", [("2026-10-27", "2026-11-04")]),
        ("halloween week", [("2026-10-26", "2026-11-01")]),
        ("on halloween", [("2026-10-31", "2026-10-31")]),
        ("since labor day", [("2026-09-07", "2026-11-27")]),
        ("since summer", [("2026-06-01", "2026-11-27")]),
        ("this summer", [("2026-06-01", "2026-08-31")]),
        ("for my birthday", []),
    ],
)
def test_times_are_days_up_to_today(text: str, days: list[tuple[str, str]]) -> None:
    found, _left = periods(text, TODAY)
    assert [(str(span.first), str(span.last)) for span in found] == days
