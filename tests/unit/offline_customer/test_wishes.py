"""What a text wants: how strong, at what price, in which order, without what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from motabot.offline.customer.ingredients import names_ingredient
from motabot.offline.customer.reading import read
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.wish import read_slots
from tests.unit.offline_customer.wishes import ordinary


@pytest.mark.parametrize(
    "text",
    [
        "Too strong, do you have a lower dose",
        "something milder",
        "what's the least strong thing you have",
        "im 68 and havent smoked since college, what should i get",
        "first edible ever, what do you suggest",
        "something mellow",
        "not too strong please",
        "algo suave por favor",
        "no muy fuerte, es mi primera vez",
    ],
)
def test_whoever_wants_it_mild_gets_nothing_sorted_by_strength(text: str) -> None:
    slots = read_slots(text, [], ordinary)
    assert slots.is_mild
    assert slots.sort != "thc_high"


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("i want a preroll under 20% thc", 19.9),
        ("gummies with less than 5 mg", 4.9),
        ("tienen gomitas de menos de 5 mg?", 4.9),
        ("flower under 30", None),
        ("under $20 a gram", None),
    ],
)
def test_a_bound_on_strength_is_no_bound_on_the_price(text: str, most: float | None) -> None:
    slots = read_slots(text, [], ordinary)
    assert slots.max_thc == (None if most is None else Decimal(str(most)))
    if most is not None:
        assert slots.max_price is None


@pytest.mark.parametrize("text", ["the strongest you got", "something strong", "lo mas fuerte que tengas"])
def test_whoever_wants_it_strong_does_not_get_it_mild(text: str) -> None:
    slots = read_slots(text, [], ordinary)
    assert slots.sort == "thc_high"
    assert not slots.is_mild


def test_who_fears_to_be_paranoid_or_anxious_is_kept_from_both() -> None:
    for text in (
        "not paranoid please",
        "something that wont make me anxious",
        "sin ansiedad",
        "q no me ponga paniqueado",
    ):
        slots = read_slots(text, [], ordinary)
        assert {"anxious", "paranoid"} <= set(slots.avoid), text
        assert not slots.is_mild, text
    assert read_slots("weed makes me anxious", [], ordinary).is_mild


def test_two_kinds_in_one_text_are_two_requests() -> None:
    for text in ("cheapest eighth and cheapest cart", "gummies for me and a strong preroll for him"):
        requests = read([text]).requests
        assert [request.intent for request in requests] == ["search", "search"]
        assert len({request.key for request in requests}) == 2


def test_flower_is_not_a_flavor() -> None:
    slots = read_slots("any good hybrid flower", [], ordinary)
    assert (slots.category, slots.flavor, slots.flower_type) == ("Flower", None, "Hybrid")


@pytest.mark.parametrize(
    "text",
    [
        "20 bux left till payday, whats the move",
        "only got 15 bucks, what can you do",
        "i have 30 dollars left, hook me up",
    ],
)
def test_money_that_is_left_is_a_budget(text: str) -> None:
    (wanted,) = read([text]).requests
    assert wanted.intent in {"recommend", "search"}
    assert wanted.slots.max_price in {15, 20, 30}


@pytest.mark.parametrize(
    "text",
    [
        "edibles for 6 people. no peanuts bc kyle",
        "brownies no nuts pls",
        "vegan gummies for sleep",
        "nut free chocolates under 20",
        "gummies without dairy",
        "busco gomitas sin gluten",
    ],
)
def test_whoever_names_an_ingredient_is_told_that_it_is_not_known(text: str) -> None:
    intents = [each.intent for each in read([text]).requests]
    assert intents[0] == "ingredients"
    assert set(intents[1:]) & {"search", "recommend"}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("ounce between 150 and 170, sativa leaning", 150, 170),
        ("eighth of flower between $30 and $40", 30, 40),
        ("vapes 20 to 30 bucks", 20, 30),
        ("entre 20 y 30 dolares algo para dormir", 20, 30),
        ("gummies from 15 to 25", 15, 25),
    ],
)
def test_both_bounds_of_a_price_hold(text: str, least: int, most: int) -> None:
    wish = read_slots(text, None, ordinary)
    assert (wish.min_price, wish.max_price) == (Decimal(least), Decimal(most))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("cual es la flor con mas thc q tienen", "thc_high"),
        ("flower with the most thc", "thc_high"),
        ("gomitas con mas mg", "thc_high"),
        ("highest thc cart", "thc_high"),
        ("lo mas barato en flor", "price_low"),
        ("menor precio en gomitas", "price_low"),
        ("least expensive edible", "price_low"),
    ],
)
def test_a_superlative_sorts(text: str, order: str) -> None:
    assert read_slots(text, None, ordinary).sort == order


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("pre rolls, not infused and not packs", {"infused", "packs"}),
        ("non infused joint", {"infused"}),
        ("vapes but no disposables", {"disposables"}),
        ("anything but sativa, 7g", {"sativa"}),
        ("edible, not tea or chocolate", {"chocolate"}),
        ("no indica or hybrid, just flower", {"indica", "hybrid"}),
        ("something for camping that must not melt", {"chocolate"}),
    ],
)
def test_what_is_refused_is_not_wanted(text: str, unwanted: set[str]) -> None:
    wish = read_slots(text, None, ordinary)
    assert unwanted <= set(wish.avoid)
    assert not unwanted & set(wish.query.split())


def test_the_most_expensive_is_no_wish_for_the_cheapest() -> None:
    for text in ("most expensive flower", "priciest cart", "la flor mas cara"):
        assert read_slots(text, None, ordinary).sort == "price_high"


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("does the first one have nuts", True),
        ("do they contain peanuts", True),
        ("which one is dairy free", True),
        ("cheapest one without eggs", True),
        ("tienen gluten?", True),
        ("are those vegan", True),
        ("got anything nutty", False),
        ("sugar cookies eighth", False),
        ("peanut butter breath 3.5", False),
    ],
)
def test_an_ingredient_is_heard_about_what_was_shown_too(text: str, is_named: bool) -> None:
    assert names_ingredient(plain_words(text)) is is_named
