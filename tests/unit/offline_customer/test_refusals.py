"""What a text does not want."""

from __future__ import annotations

import pytest

from motabot.catalog.conditions import ProductQuery
from motabot.catalog.query import avoid
from motabot.offline.customer.entities import find_names
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.wish import read_slots
from tests.unit.offline_customer.catalog_index import INDEX, ordinary


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("if not, what gummies do you have", "Edibles", ()),
        ("no gummies please", None, ("gummies",)),
        ("not too strong gummies", "Edibles", ()),
        ("dont want it too strong, gummies", "Edibles", ()),
        ("nothing but flower", "Flower", ()),
        ("not tea or chocolate", None, ("tea", "chocolate")),
        ("a topical, not the ones that smell like mint", "Topicals", ("mint",)),
        ("gummies, not one that tastes of grape", "Edibles", ("grape",)),
        ("gomitas, no las que saben a uva", "Edibles", ("uva",)),
        ("a concentrate for pros", "Concentrates", ()),
        ("she wont smoke or vape anything", None, ("flower", "pre rolls")),
    ],
)
def test_a_no_is_meant_for_what_follows_it_and_ends_where_another_thought_begins(
    text: str, wanted: str | None, unwanted: tuple[str, ...]
) -> None:
    wish = read_slots(text, [], ordinary)
    assert wish.category == wanted
    assert set(unwanted) <= set(wish.avoid)


@pytest.mark.parametrize(("text", "more", "none"), [("cbd flower", True, False), ("no cbd stuff", False, True)])
def test_no_cbd_is_not_more_cbd(text: str, more: bool, none: bool) -> None:
    wish = read_slots(text, [], ordinary)
    assert (wish.more_cbd, wish.no_cbd) == (more, none)


@pytest.mark.parametrize(
    ("said", "names"),
    [("brownies", ["Brownie Bar 100mg"]), ("chocolate", ["Dark Cayenne Chocolate 100mg", "Brownie Bar 100mg"])],
)
def test_an_unwanted_sort_or_flavor_leaves_the_other_products_of_the_kind(said: str, names: list[str]) -> None:
    wanted = ProductQuery()
    avoid(wanted, INDEX, said)
    excluded = [each for condition in wanted.conditions for each in condition.parameters.values()]
    assert excluded == [names]


def test_what_is_refused_in_so_many_words_leaves_the_rest_in_its_place() -> None:
    wish = read_slots("no vapes no edibles just flower, under 30, sleepy", [], ordinary)
    assert (wish.category, wish.effect, wish.unknown) == ("Flower", "Sleepy", ())
    assert {"vapes", "edibles"} <= set(wish.avoid)


def test_singles_come_in_no_packs() -> None:
    assert "packs" in read_slots("a preroll single, not infused", [], ordinary).avoid


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
    names = find_names(plain_words(text), INDEX, ordinary)
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
