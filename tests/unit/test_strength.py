"""Mild is decided in one place: which words ask for it, and what may be offered, over the whole demo catalog."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from random import Random

import pytest

from motabot.catalog.strength import (
    EXTRACTS,
    Strengths,
    is_beginner,
    is_for_beginner,
    is_for_experienced,
    wants_mild,
)
from motabot.catalog.view import content_unit
from motabot.demo.catalog import make_catalog
from motabot.demo.product import DemoProduct

MILD = [
    "too strong, do you have a lower dose", "something milder", "mellow flower for tonight", "least strong edible", "whats your weakest cart",
    "im 68 and havent smoked since college", "my first edible", "first time smoking what should i get", "never tried edibles before",
    "not too strong please", "nothing crazy strong", "a joint that isnt too strong", "low dose gummies", "lower thc flower", "microdose mints",
    "beginner friendly vape", "im new to this what do you recommend", "something light for a lightweight", "i dont want to get too high",
    "without getting too high", "my tolerance is basically zero", "less potent than that one", "that was way too strong for me", "easing back in after a long break",
    "something that wont knock me out hard", "smallest dose you have", "whats the mildest", "go easy on me", "gentle indica", "nothing too heavy", "for a newbie",
    "algo suave", "algo mas suave", "no muy fuerte", "que no sea tan fuerte", "menos fuerte que ese", "para principiantes", "es mi primera vez", "nunca he probado",
    "dosis baja", "bajo en thc", "algo ligero para la noche", "hace anos que no fumo", "que no me pegue tan fuerte", "la mas suave que tengas", "poca tolerancia",
]  # fmt: skip
NOT_MILD = [
    "whats the strongest you have", "strong preroll", "something strong but not too pricey", "not mild, strong", "a lighter please", "do you sell lighters", "mild smell indoor flower",
    "light green buds", "starter kit for stiiizy", "first time customer discount", "primera vez que vengo a la tienda", "lower price on ounces", "im not a beginner",
    "too weak, something stronger", "hit me with your heaviest", "algo fuerte", "lo mas fuerte que tengas", "my tolerance is high", "high thc flower", "half an ounce of gelato",
    "cheapest eighth", "gummies for sleep", "sour diesel cart", "no soy principiante", "relaxing indica", "anything easier on a retirees wallet", "gentler on price",
]  # fmt: skip


@pytest.mark.parametrize("text", MILD)
def test_these_words_ask_for_something_mild(text: str) -> None:
    assert wants_mild(text)


@pytest.mark.parametrize("text", NOT_MILD)
def test_these_words_do_not(text: str) -> None:
    assert not wants_mild(text)


@pytest.mark.parametrize(
    "text",
    [
        "First time EVER. friend says get a dab", "never smoked b4, pals say start w a dab", "nvr smoked, wax?", "ive never gotten high",
        "total virgin to weed, no? a weed virgin", "first time smoker here", "never tried weed", "i havent smoked in 20 years", "took 10 years off", "im a beginner",
        "my grandma is 74 and wants wax", "edibles give me anxiety", "2 of us never tried", "es mi primera vez", "hace anos que no fumo", "ive never had an edible", "never smoked before", "my first edible",
    ],
)  # fmt: skip
def test_a_beginner_is_heard_and_wants_it_mild(text: str) -> None:
    assert is_beginner(text)
    assert wants_mild(text)


@pytest.mark.parametrize(
    ("text", "is_all"),
    [
        ("first time EVER. friend says get a dab", True),
        ("i want my wife to try wax, shes never smoked", True),
        ("my mom is 74 and she wants a cart", True),
        ("im new to this, me and my boyfriend want something strong", True),
        ("gummies for my mom who never tried it and a strong cart for me", False),
        ("im a beginner, gummies for me and wax for my husband", False),
        ("busco algo para mi abuela y un porro fuerte para mi", False),
    ],
)
def test_somebody_else_than_the_beginner_may_get_something_strong(text: str, is_all: bool) -> None:
    assert is_for_beginner(text) is is_all


@pytest.mark.parametrize(
    "text",
    [
        *NOT_MILD,
        "whats your weakest cart",
        "something mellow",
        "too strong for me",
        "how much is the first cart",
        "is the first edible any good",
        "the first joint on the list",
        "cart for a 7 hour drive",
        "first time texting you",
        "never tried that brand",
        "never smoked that strain",
        "never had blue dream before",
        "no soy nuevo",
    ],
)
def test_whoever_only_wants_it_mild_or_strong_is_no_beginner(text: str) -> None:
    assert not is_beginner(text)


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("And for my husband? He has been smoking since the seventies lol", True),
        ("my son, he uses it every day, what would you give him", True),
        ("y para mi esposo que fuma diario", True),
        ("and for my wife she eats 100mg no prob", True),
        ("she has a huge tolerance", True),
        ("i smoke every day", False),
        ("my bf smokes daily, what can i try with him", False),
        ("my husband smokes daily but its for me", False),
        ("my grandma hasnt smoked since the seventies", False),
        ("my wife wants gummies", False),
    ],
)
def test_who_is_used_to_it_and_not_the_writer_has_no_bounds_of_a_beginner(text: str, is_other: bool) -> None:
    assert is_for_experienced(text) is is_other


@pytest.fixture(scope="module", params=[300, 1_000, 5_000])
def shelf(request: pytest.FixtureRequest) -> list[DemoProduct]:
    return [product for product in make_catalog(request.param, Random(7)) if product.is_active]


def thc(product: DemoProduct) -> Decimal | None:
    return None if product.thc is None else Decimal(product.thc) / 10


def counts(shelf: list[DemoProduct]) -> Counter[tuple[str, Decimal]]:
    return Counter((product.category, content) for product in shelf if (content := thc(product)) is not None)


def is_among_the_weakest_third(content: Decimal, all_contents: list[Decimal]) -> bool:
    return 3 * sum(other < content for other in all_contents) < len(all_contents)


def test_mild_is_within_the_weakest_third_of_its_category_in_the_whole_demo_catalog(
    shelf: list[DemoProduct],
) -> None:
    strengths = Strengths.of((category, content, n) for (category, content), n in counts(shelf).items())
    of_category: dict[str, list[Decimal]] = defaultdict(list)
    for product in shelf:
        if (content := thc(product)) is not None:
            of_category[product.category].append(content)
    for category, contents in of_category.items():
        if category in EXTRACTS:
            assert category not in strengths.in_category
            assert category not in strengths.anywhere
            continue
        mild = [content for content in contents if content <= strengths.in_category[category]]
        assert content_unit(category, *contents) == "mg" or max(mild) <= 35
        assert mild
        assert all(is_among_the_weakest_third(content, contents) for content in mild)
        assert 3 * len(mild) <= len(contents) or len(set(mild)) == 1


def test_without_a_category_mild_is_also_within_the_weakest_third_of_all_that_is_measured_alike(
    shelf: list[DemoProduct],
) -> None:
    strengths = Strengths.of((category, content, n) for (category, content), n in counts(shelf).items())
    alike: dict[str, list[Decimal]] = defaultdict(list)
    offered: dict[str, list[DemoProduct]] = defaultdict(list)
    for product in shelf:
        content = thc(product)
        if content is None:
            continue
        unit = content_unit(product.category, content)
        alike[unit].append(content)
        if content <= strengths.anywhere.get(product.category, Decimal(-1)):
            offered[unit].append(product)
    assert {product.category for product in offered["%"]} == {"Flower", "Pre-Rolls"}
    for unit, products in offered.items():
        contents = [content for product in products if (content := thc(product)) is not None]
        assert all(is_among_the_weakest_third(content, alike[unit]) for content in contents)
    assert all((thc(product) or 0) < 100 for product in offered["mg"])


def test_where_more_than_a_third_have_the_least_these_are_mild() -> None:
    strengths = Strengths.of([("Edibles", Decimal(10), 5), ("Edibles", Decimal(100), 5)])
    assert strengths.in_category == {"Edibles": Decimal(10)}
    assert Strengths.of([]).in_category == {}
