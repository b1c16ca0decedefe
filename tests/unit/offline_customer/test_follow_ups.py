"""How a short text continues the one before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from motabot.customers.records import Lookup
from motabot.offline.customer.follow_ups import asks_among_shown, asks_whether_still_there, wants_others
from motabot.offline.customer.merging import edit
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.state import after_correction, continued, is_edit, last_slots
from motabot.offline.customer.wish import read_slots
from tests.unit.offline_customer.wishes import ordinary, read_wish

OLD = (Lookup("recommend_products", {"effect": "Sleepy", "max_price": 40.0, "beginner": True}, {}),)


def test_the_last_slots_are_read_back_from_the_last_lookup() -> None:
    old = last_slots(OLD, read_wish)
    assert old is not None
    assert (old.effect, old.max_price, old.is_mild) == ("Sleepy", Decimal(40), True)
    assert last_slots((Lookup("show_my_profile", {}, {}),), read_wish) is None


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("how about in a preroll", {"category": "Pre-Rolls", "effect": "Sleepy"}),
        ("under 30", {"max_price": Decimal(30), "effect": "Sleepy"}),
        ("cheapest", {"sort": "price_low", "effect": "Sleepy", "is_mild": True}),
        ("the strongest", {"sort": "thc_high", "is_mild": False}),
    ],
)
def test_a_short_text_changes_what_it_names_and_keeps_the_rest(text: str, changes: dict[str, object]) -> None:
    old, new = last_slots(OLD, read_wish), read_slots(text, [], ordinary)
    assert old is not None
    assert is_edit(plain_words(text), new)
    edited = edit(old, new)
    assert {name: getattr(edited, name) for name in changes} == changes


def test_another_kind_takes_the_place_of_the_one_before() -> None:
    edited = edit(Slots(query="gummies", category="Edibles"), read_slots("chocolates", [], ordinary))
    assert edited.query == "chocolates"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no sorry I meant chocolates", "chocolates"),
        ("Nope, i meant the cart", "the cart"),
        ("no, quise decir flor", "flor"),
        ("no gummies please", "no gummies please"),
        ("no thanks", "no thanks"),
    ],
)
def test_a_correction_says_what_was_meant(text: str, meant: str) -> None:
    assert after_correction(text) == meant


def test_what_is_known_already_is_not_shown_again() -> None:
    assert wants_others("i already tried that one")
    assert wants_others("ya lo probe")
    assert not wants_others("i want to try something new")


@pytest.mark.parametrize(
    ("intent", "text", "becomes"),
    [
        ("cheaper", "under 40?", "search"),
        ("cheaper", "y el mas barato?", "search"),
        ("cheaper", "the cheapest", "search"),
        ("cheaper", "anything cheaper", "cheaper"),
        ("cheaper", "algo mas barato", "cheaper"),
        ("follow_up", "de sativa", "search"),
        ("follow_up", "not indica", "search"),
        ("follow_up", "is it sativa", "follow_up"),
    ],
)
def test_a_short_text_narrows_what_was_looked_for(intent: str, text: str, becomes: str) -> None:
    slots = read_slots(text, [], ordinary)
    assert continued(intent, plain_words(text), slots, points=False) == becomes


INDICA_CARTS = Slots(query="indica carts", category="Vapes", flower_type="Indica")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("under 40?", {"flower_type": "Indica", "max_price": Decimal(40), "query": "indica carts"}),
        ("not indica", {"flower_type": None, "avoid": ("indica",), "query": "carts"}),
        ("bigger than a half gram", {"query": "indica carts 1g"}),
    ],
)
def test_a_follow_up_keeps_what_it_does_not_change(text: str, changes: dict[str, object]) -> None:
    edited = edit(INDICA_CARTS, read_slots(text, [], ordinary), plain_words(text))
    assert {name: getattr(edited, name) for name in changes} == changes


def test_bigger_than_an_eighth_is_a_quarter() -> None:
    text = "bigger than an eighth"
    edited = edit(Slots(query="flower", category="Flower"), read_slots(text, [], ordinary), plain_words(text))
    assert edited.query == "flower 7g"


def test_a_type_that_is_wanted_again_is_avoided_no_more() -> None:
    edited = edit(Slots(category="Flower", avoid=("indica",)), read_slots("ok indica then", [], ordinary))
    assert (edited.flower_type, edited.avoid) == ("Indica", ())


def test_which_of_those_is_about_the_products_shown() -> None:
    for text in ("which of those is strongest", "the first one, is it sativa", "cual de esos es mas fuerte"):
        assert asks_among_shown(text), text
    assert not asks_among_shown("the strongest you have")


def test_whether_the_shop_still_has_it_is_asked() -> None:
    for text in ("do u still have it", "y todavia lo tienen", "is it still available", "you got any left"):
        assert asks_whether_still_there(text), text
    assert not asks_whether_still_there("do you have gummies")
