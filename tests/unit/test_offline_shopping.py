"""What the offline model understands of shopping: figures, refusals, small words, several wishes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from motabot.catalog.conditions import ProductQuery
from motabot.catalog.diminutives import without_diminutives
from motabot.catalog.flavors import named_for, told_effect
from motabot.catalog.free_words import want_words
from motabot.catalog.index import CatalogColumn, arrange
from motabot.catalog.query import avoid
from motabot.customers.records import Lookup
from motabot.offline.customer import bounds, clauses, superlatives
from motabot.offline.customer.arguments import find
from motabot.offline.customer.basket import read_basket
from motabot.offline.customer.comparing import verdict
from motabot.offline.customer.entities import find_names
from motabot.offline.customer.families import one_of_each
from motabot.offline.customer.reading import read
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.state import after_correction
from motabot.offline.customer.wish import read_slots

SHELF = arrange(
    {
        "names": [
            "Blue Dream 3.5g",
            "Blue Dream Cartridge 1g",
            "White Widow Pre-Roll 5-Pack 2.5g",
            "Wedding Cake 3.5g",
            "Earl Grey Tea 30mg",
            "Brownie Bar 100mg",
            "Dark Cayenne Chocolate 100mg",
            "Lighter",
            "Rolling Papers 1 1/4",
            "Super Lemon Haze Pre-Roll 1g",
        ],
        "brands": ["Bliss Edibles & Extracts", "NugRun Concentrates"],
        "strains": ["Blue Dream", "White Widow", "Wedding Cake", "Super Lemon Haze", "Do-Si-Dos"],
        "categories": ["Flower", "Edibles", "Vapes", "Pre-Rolls", "Concentrates", "Accessories"],
        "effects": ["Happy", "Relaxed", "Sleepy"],
        "flavors": ["Berry", "Sweet", "Lemon"],
        "negatives": ["Paranoid"],
        "helps_with": [],
        "best_rated": [],
        "popular": {},
        "demand": {},
    }
)


def ordinary(word: str) -> bool:
    return word not in {"runtz", "wyld"}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("half oz around 90", "72", "99"),
        ("a gift, 30ish", "24", "33"),
        ("carts under 35", None, "35"),
        ("dos brownies de 18", "18", "18"),
        ("between 150 and 170", "150", "170"),
        ("over 20 dollars", "20", None),
        ("20 bux left", None, "20"),
        ("around 20 mg", None, None),
    ],
)
def test_a_price_is_exact_near_or_bounded(text: str, least: str | None, most: str | None) -> None:
    found = bounds.price_bounds(text, plain_words(text))
    told = [None if each is None else Decimal(each) for each in (least, most)]
    assert [found.least, found.most] == told


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("if not, what gummies do you have", "Edibles", ()),
        ("no gummies please", None, ("gummies",)),
        ("not too strong gummies", "Edibles", ()),
        ("dont want it too strong, gummies", "Edibles", ()),
        ("nothing but flower", "Flower", ()),
        ("not tea or chocolate", None, ("tea", "chocolate")),
        ("a concentrate for pros", "Concentrates", ()),
    ],
)
def test_a_no_is_meant_for_what_follows_it_and_ends_where_another_thought_begins(
    text: str, wanted: str | None, unwanted: tuple[str, ...]
) -> None:
    wish = read_slots(text, [], ordinary)
    assert wish.category == wanted
    assert set(unwanted) <= set(wish.avoid)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("un cartuchito", "un cartucho"),
        ("chocolatitos", "chocolates"),
        ("gomitas de fresa", "gomitas de fresa"),
        ("un octavito", "un octavo"),
        ("un poquito bonito", "un poquito bonito"),
    ],
)
def test_a_diminutive_of_shop_talk_is_its_plain_word(text: str, plain: str) -> None:
    assert without_diminutives(text) == plain


def test_a_flavor_is_told_by_products_names() -> None:
    assert named_for(SHELF, "Spicy", "spicy") == ("Dark Cayenne Chocolate 100mg",)
    assert named_for(SHELF, "Citrus", "citrus") == ("Super Lemon Haze Pre-Roll 1g",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("two brownies and an earl grey tea", ["two brownies", "an earl grey tea"]),
        ("blue dream bud vs blue dream pen", ["blue dream bud", "blue dream pen"]),
        ("(1) sleepy edible (2) daytime tincture", ["sleepy edible", "daytime tincture"]),
        ("any cbd thing? and whats the strongest wax", ["any cbd thing", "whats the strongest wax"]),
        ("looking for something relaxing. gummies maybe", ["looking for something relaxing.. gummies maybe"]),
    ],
)
def test_each_thing_is_a_wish_of_its_own(text: str, parts: list[str]) -> None:
    assert clauses.wishes(clauses.clauses(text), ["earl grey tea", "blue dream"]) == parts


def test_a_list_names_one_of_several_sizes_and_tells_the_others() -> None:
    found = [
        {"name": "Blue Dream 7g", "brand": "A", "category": "Flower", "price": 60},
        {"name": "Blue Dream 3.5g", "brand": "A", "category": "Flower", "price": 33},
        {"name": "Blue Dream Pre-Roll 1g", "brand": "A", "category": "Pre-Rolls", "price": 9},
    ]
    listed = one_of_each(found)
    assert [(each["name"], each["sizes"]) for each in listed] == [
        ("Blue Dream 3.5g", [{"size": "7g", "price": 60}]),
        ("Blue Dream Pre-Roll 1g", []),
    ]
    assert one_of_each(found, cheapest=False)[0]["name"] == "Blue Dream 7g"


@pytest.mark.parametrize(
    ("text", "size", "most"),
    [
        ("no pase de 50 mg", None, "50"),
        ("gummies under 10mg", None, "10"),
        ("gummies 100 mg", "100mg", None),
        ("never again w/ the 100mg stuff", None, None),
    ],
)
def test_the_most_thc_is_no_size(text: str, size: str | None, most: str | None) -> None:
    wish = read_slots(text, [], ordinary)
    assert (wish.size, wish.max_thc) == (size, None if most is None else Decimal(most))


@pytest.mark.parametrize(
    ("text", "names", "unknown"),
    [
        ("how much is the earl grey tea", ("earl grey tea",), ()),
        ("something that tastes like lemons in a pre roll", (), ()),
        ("do you have anything cayenne", ("cayenne",), ()),
        ("got any runtz", ("runtz",), ("runtz",)),
        ("what is a quarter of blue dream", ("blue dream",), ()),
        ("the bliss crumble", ("bliss",), ()),
    ],
)
def test_goods_are_known_by_words_of_their_names(
    text: str, names: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    plain = plain_words(text)
    known = {*"how much is the something that tastes like lemons in a pre roll do you have".split()}
    found = find_names(plain, SHELF, lambda word: word in known)
    wish = read_slots(text, found, ordinary)
    assert (wish.names, wish.unknown) == (names, unknown)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("which is stronger, the flower or the pen", {"strongest": "Pen"}),
        ("whats cheaper, the pen or the flower", {"cheapest": "Flower"}),
        ("is the pen cheaper and stronger than the flower", {"strongest": "Pen", "cheapest": "Flower"}),
        ("do you have the pen", {}),
    ],
)
def test_a_comparison_says_which_one_it_is(text: str, told: dict[str, str]) -> None:
    products = [
        {"name": "Flower", "thc": Decimal("21.2"), "thc_unit": "%", "price": Decimal("35.5")},
        {"name": "Pen", "thc": Decimal(85), "thc_unit": "%", "price": Decimal(52)},
    ]
    found = verdict(plain_words(text), products) or {}
    assert {name: product["name"] for name, product in found.items()} == told


def test_percent_and_milligrams_are_not_compared() -> None:
    products = [{"name": "A", "thc": 21, "thc_unit": "%"}, {"name": "B", "thc": 100, "thc_unit": "mg"}]
    assert verdict("which is stronger", products) is None


@pytest.mark.parametrize(
    ("query", "sorts", "unknown"),
    [
        ("live resin", [], ["live resin"]),
        ("brownies or tea", ["brownie or tea"], []),
        ("drinks", ["drink"], []),
        ("flower or brownies", ["brownie"], []),
        ("pens", [], []),
    ],
)
def test_a_sort_is_wanted_by_its_words_or_named_as_missing(
    query: str, sorts: list[str], unknown: list[str]
) -> None:
    wanted = ProductQuery()
    want_words(wanted, SHELF, query)
    assert [each.said for each in wanted.conditions if each.kind == "sort"] == sorts
    assert wanted.unknown == unknown


def test_a_terpene_is_looked_for() -> None:
    wanted = ProductQuery()
    want_words(wanted, SHELF, "flower with limonene")
    assert ("terpene", "Limonene") in [(each.kind, each.said) for each in wanted.conditions]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("the strongest edible and the weakest edible", ["the strongest edible", "the weakest edible"]),
        ("a quarter ounce of gelato and a quarter ounce of runtz", None),
    ],
)
def test_what_is_the_most_and_what_is_the_least_are_two_wishes(text: str, parts: list[str] | None) -> None:
    assert clauses.wishes([text], ["gelato", "runtz"]) == (parts or text.split(" and "))


def test_a_half_of_something_is_half_an_ounce() -> None:
    assert read_slots("how much for a half of mimosa", [], ordinary).size == "14g"
    assert read_slots("half of that", [], ordinary).size is None


def test_only_the_weakest_is_weak() -> None:
    (strong, weak) = read(["the strongest edible and the weakest edible"], index=SHELF).requests
    assert (strong.slots.is_mild, strong.slots.sort) == (False, "thc_high")
    assert weak.slots.is_mild


@pytest.mark.parametrize(("text", "more", "none"), [("cbd flower", True, False), ("no cbd stuff", False, True)])
def test_no_cbd_is_not_more_cbd(text: str, more: bool, none: bool) -> None:
    wish = read_slots(text, [], ordinary)
    assert (wish.more_cbd, wish.no_cbd) == (more, none)


@pytest.mark.parametrize("text", ["shes 20 btw does that matter", "its for my friend hes 19", "im 20 is that ok"])
def test_an_age_under_21_is_heard_whoever_has_it(text: str) -> None:
    shown = [{"name": "Blue Dream 3.5g", "sku": "A", "category": "Flower", "price": 30}]
    assert "under_21" in {each.intent for each in read([text], shown, SHELF).requests}


@pytest.mark.parametrize(
    ("said", "names"),
    [("brownies", ["Brownie Bar 100mg"]), ("chocolate", ["Dark Cayenne Chocolate 100mg", "Brownie Bar 100mg"])],
)
def test_an_unwanted_sort_or_flavor_leaves_the_other_products_of_the_kind(said: str, names: list[str]) -> None:
    wanted = ProductQuery()
    avoid(wanted, SHELF, said)
    excluded = [each for condition in wanted.conditions for each in condition.parameters.values()]
    assert excluded == [names]


def test_what_is_refused_in_so_many_words_leaves_the_rest_in_its_place() -> None:
    wish = read_slots("no vapes no edibles just flower, under 30, sleepy", [], ordinary)
    assert (wish.category, wish.effect, wish.unknown) == ("Flower", "Sleepy", ())
    assert {"vapes", "edibles"} <= set(wish.avoid)


def test_a_name_with_a_joining_word_is_one_thing() -> None:
    assert clauses.wishes(["got cookies and cream"], ["cookies and cream"]) == ["got cookies and cream"]


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("cheapest to priciest", "price_low"),
        ("most expensive to cheapest", "price_high"),
        ("strongest", "thc_high"),
    ],
)
def test_an_order_is_the_one_that_is_named_first(text: str, sort: str) -> None:
    assert read_slots(f"vapes {text}", [], ordinary).sort == sort


def test_singles_come_in_no_packs() -> None:
    assert "packs" in read_slots("a preroll single, not infused", [], ordinary).avoid


@pytest.mark.parametrize(
    ("text", "tool", "by"),
    [
        ("which edible has the most mg for the money", "compare_value", "mg"),
        ("cheapest per gram concentrates", "compare_value", "gram"),
        ("best value blue dream flower", "search_products", None),
    ],
)
def test_the_most_for_the_money_is_compared_by_the_gram_or_the_milligram(
    text: str, tool: str, by: str | None
) -> None:
    wanted = read([text], index=SHELF).requests[0]
    ((_, called, arguments),) = find(wanted, [])
    assert (called, arguments.get("by")) == (tool, by)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("what hits the hardest", {"category": "Flower", "sort": "thc_high"}),
        ("lo mas fuerte que no sea de fumar", {"category": "Edibles", "sort": "thc_high"}),
        ("anything above 85% thc", {"min_thc": 85, "avoid": ("edibles", "tinctures", "topicals")}),
        ("carts above 85% thc", {"min_thc": 85, "avoid": ()}),
        ("chocolates below 9", {"max_price": 9, "is_under": True}),
        ("nothing over 12, prerolls", {"max_price": 12, "is_under": False}),
        ("i dont want anything to eat, nothing to eat, for the bath", {"category": "Topicals"}),
        ("a balm for the hands", {"flavor": None}),
        ("pomada para las manos", {"flavor": None, "category": "Topicals"}),
        ("blue d or something like it", {"alike": False}),
        ("algo para relajarnos antes de dormirse", {"effect": "Relaxed"}),
    ],
)
def test_limits_and_refusals_are_kept_in_any_words(text: str, slots: dict[str, object]) -> None:
    names = find_names(plain_words(text), SHELF, ordinary)
    found = read_slots(text, names, lambda word: True)
    assert {name: getattr(found, name) for name in slots} == slots


@pytest.mark.parametrize(
    ("text", "vapes"),
    [
        ("my lungs are bad, i have asthma, something to unwind", True),
        ("algo tranquilo que no sea fumado", True),
        ("she doesnt smoke, what relaxes", True),
        ("un dulce, el senor no puede fumar", True),
        ("smoke free options to relax", True),
        ("i dont smoke but a pen would be fine", False),
    ],
)
def test_who_smokes_nothing_inhales_nothing_unless_they_ask_for_a_vape(text: str, vapes: bool) -> None:
    avoided = read_slots(text, [], lambda word: True).avoid
    assert {"flower", "pre rolls", "concentrates"} <= {*avoided}
    assert ("vapes" in avoided) is vapes


@pytest.mark.parametrize("text", ["i dont smoke much but i like flower", "a joint for a smoker"])
def test_who_smokes_little_may_smoke(text: str) -> None:
    assert "flower" not in read_slots(text, [], lambda word: True).avoid


@pytest.mark.parametrize(
    ("text", "mild"),
    [
        ("gummies of 5mg", True),
        ("comestibles de unos 10 mg", True),
        ("algo que no pegue tan recio", True),
        ("a 100mg gummy", False),
        ("cookies with 50 mg", False),
    ],
)
def test_so_few_milligrams_are_a_small_dose(text: str, mild: bool) -> None:
    assert read_slots(text, [], lambda word: True).is_mild is mild


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("whichever one is the strongest", "thc_high"),
        ("and which hits the hardest", "thc_high"),
        ("cual tiene menos thc", "thc_low"),
        ("cual es el menos fuerte", "thc_low"),
        ("which one has the lowest mg", "thc_low"),
        ("the priciest one?", "price_high"),
        ("la mas barata", "price_low"),
        ("strongest of those three", None),
        ("between them whats cheapest", None),
        ("algo mas barato", None),
        ("a stronger one", None),
    ],
)
def test_a_superlative_is_of_all_unless_it_names_those_shown(text: str, by: str | None) -> None:
    assert superlatives.order(plain_words(text)) == by


def test_the_first_of_all_is_looked_for_where_a_list_named_a_few_of_many() -> None:
    products = [{"sku": str(n), "name": f"Kief {n}"} for n in range(5)]
    search = Lookup("search_products", {"query": "kief"}, {"products": products}, 2)
    card = Lookup("show_product", {"name": "1"}, {"product": products[1]}, 1)
    whole = Lookup("search_products", {"query": "kief"}, {"products": products[:3]}, 1)
    assert superlatives.cut_list([card, search], products[1:2]) is search
    assert superlatives.cut_list([whole], products[:3]) is None
    assert superlatives.cut_list([search, replace(search, tool="price_my_basket")], products[:3]) is None


def test_the_better_deal_by_the_gram_is_not_the_lower_price() -> None:
    small = {"name": "Wedding Cake 1g", "price": Decimal(8), "category": "Flower"}
    large = {"name": "Wedding Cake 14g", "price": Decimal(70), "category": "Flower"}
    found = verdict("which is the better deal per gram", [small, large]) or {}
    assert {name: each["name"] for name, each in found.items()} == {"best_value": "Wedding Cake 14g"}
    assert found["best_value"]["per_gram"] == Decimal(5)


def test_the_price_of_another_kind_is_no_answer() -> None:
    flowers = [
        {"name": "Blue Dream 1g", "price": Decimal(9), "category": "Flower"},
        {"name": "White Widow 7g", "price": Decimal(40), "category": "Flower"},
    ]
    assert verdict("which of them is cheaper as a preroll", flowers) is None


@pytest.mark.parametrize(
    ("text", "size", "category"),
    [
        ("a white widow g please", "1g", None),
        ("the half gs", "0.5g", None),
        ("medios gramos de cera", "0.5g", "Concentrates"),
        ("2 preroles", None, "Pre-Rolls"),
        ("una dona", None, "Edibles"),
        ("a 510 battery", None, "Accessories"),
        ("not the cart, i said flower", None, "Flower"),
    ],
)
def test_a_size_or_a_form_is_heard_in_its_short_words(text: str, size: str | None, category: str | None) -> None:
    said = after_correction(text)
    wish = read_slots(said, find_names(plain_words(said), SHELF, ordinary), lambda word: True)
    assert (wish.size, wish.category) == (size, category)


def test_a_word_that_people_use_every_day_is_a_strain_before_its_form() -> None:
    shelf = replace(SHELF, strains=CatalogColumn(["Kush"]))
    named = find_names("how much do you want for the kush cart", shelf, lambda word: True)
    assert [name.label for name in named] == ["Kush"]
    assert not find_names("how much do you want for some kush flower", shelf, lambda word: True)


def test_a_name_without_a_strain_tells_an_effect() -> None:
    shelf = replace(SHELF, names=CatalogColumn(["Night Drops", "Midnight Dream 1g", "Blue Dream 3.5g"]))
    assert told_effect(shelf, "Sleepy") == ("Night Drops", "Midnight Dream 1g")


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("anything similar to white widow but stronger", "stronger"),
        ("parecido a blue dream pero mas suave", "milder"),
        ("something like blue dream", None),
        ("a stronger one", None),
    ],
)
def test_what_is_like_a_name_may_have_to_be_stronger(text: str, relative: str | None) -> None:
    names = find_names(plain_words(text), SHELF, ordinary)
    assert read_slots(text, names, lambda word: True).relative == relative


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("blue dream, a como la onza", {"alike": False, "size": "28g"}),
        ("algo como el blue dream", {"alike": True}),
        ("white widow, is it sativa or indica", {"flower_type": None}),
        ("white widow sativa", {"flower_type": "Sativa"}),
    ],
)
def test_a_question_about_a_name_is_no_wish_beside_it(text: str, slots: dict[str, object]) -> None:
    found = read_slots(text, find_names(plain_words(text), SHELF, ordinary), lambda word: True)
    assert {name: getattr(found, name) for name in slots} == slots


def test_one_of_each_type_is_an_item_of_its_own() -> None:
    said = "2 different 3.5g flowers, one indica and one sativa, whats the total"
    found = read_basket(said, [], [], None, lambda part: read_slots(part, [], lambda word: True))
    assert [(each.quantity, each.wish.flower_type, each.wish.size) for each in found.items] == [
        (1, "Indica", "3.5g"),
        (1, "Sativa", "3.5g"),
    ]
