"""Figures by reference: code fills in what the facts say, and refuses what they do not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motabot.conversation.reply_check import Facts, Keys, check, fill
from motabot.conversation.reply_check.expressions import ExpressionError, Quantity, Unit, evaluate
from motabot.conversation.reply_check.spoken import with_times
from motabot.text.language import Language

ZONE = ZoneInfo("America/Los_Angeles")
PRODUCTS = [
    {
        "sku": "a", "name": "Blue Dream 3.5g", "brand": "Old Pal", "category": "Flower", "strain": "Blue Dream",
        "price": "35.00", "thc": "21.4", "thc_unit": "%", "available": True, "effects": ["Happy"],
    },
    {
        "sku": "b", "name": "Night Gummies 100mg", "brand": "Wyld", "category": "Edibles", "price": "21.50",
        "thc": "100", "thc_unit": "mg", "available": True, "effects": [], "price_per_mg": "0.215",
    },
    {"sku": "c", "name": "Tangie 1g", "category": "Flower", "price": "12.00", "available": True, "effects": []},
]  # fmt: skip
VISIT = {
    "date": "2026-11-24", "location": "Oakland", "total": "85.10", "refund": False,
    "items": [{"name": "Blue Dream 3.5g", "sku": "a", "quantity": 2, "total_price": "70.00"}],
}  # fmt: skip
SHOP: dict[str, Any] = {
    "name": "Green Door",
    "loyalty": {"en": "One point per dollar. 100 points are $5 off.", "reward_points": 100, "reward_dollars": 5},
    "deals": [{"en": "Tuesdays 10% off everything."}],
    "hours": {"today": "9 AM to 9 PM", "week": [{"day": "Friday", "hours": "9 AM to 10 PM"}]},
}


def filled(text: str, language: Language = "en") -> tuple[str, list[str], list[str]]:
    """The filled text, what is wrong with its references, and what the check says of it then."""
    keys = Keys(ZONE)
    context = {"profile": {"loyalty_points": "240", "total_visits": 18}, "texts": []}
    result = {"products": PRODUCTS, "visits": [VISIT]}
    keys.annotate(context)
    keys.annotate(result)
    facts = Facts.collect(context, result, shop=SHOP, zone=ZONE, today=date(2026, 11, 26))
    words, places, problems = fill(text, keys, facts, language)
    found = [] if problems else check(words, facts, places)
    return words, [problem.reason for problem in problems], [problem.reason for problem in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Blue Dream 3.5g is {p1.price} at {p1.thc} THC.", "Blue Dream 3.5g is $35.00 at 21.4% THC."),
        ("Night Gummies 100mg are {p2.price_per_mg} per mg of THC.", "Night Gummies 100mg are $0.22 per mg of THC."),
        ("Two Blue Dream and one Tangie come to {2*p1.price + p3.price}.", "Two Blue Dream and one Tangie come to $82.00."),
        ("Blue Dream is {p1.price / p1.grams} a gram.", "Blue Dream is $10.00 a gram."),
        ("Blue Dream has {p1.grams * p1.thc} mg of THC.", "Blue Dream has 749 mg of THC."),
        ("Night Gummies are ${p2.price}, {p2.mg}mg.", "Night Gummies are $21.50, 100mg."),
        ("With 10% off Blue Dream is {p1.price - 10%}.", "With 10% off Blue Dream is $31.50."),
        ("Your visit on {v1.date} came to {v1.total}.", "Your visit on November 24 came to $85.10."),
        ("On {v1.date} you bought {v1.p1.quantity} Blue Dream for {v1.p1.total}.",
         "On November 24 you bought 2 Blue Dream for $70.00."),
        ("You have {me.points} points.", "You have 240 points."),
        ("{shop.loyalty.reward_points} points are {shop.loyalty.reward_dollars} off.", "100 points are $5 off."),
        ("Friday we're open {shop.hours.friday}, today {shop.hours.today}.",
         "Friday we're open 9 AM to 10 PM, today 9 AM to 9 PM."),
        ("Blue Dream is {(p1.price - p3.price)} more than Tangie.", "Blue Dream is $23.00 more than Tangie."),
    ],
)  # fmt: skip
def test_a_reference_reads_as_people_write_it(text: str, words: str) -> None:
    assert filled(text) == (words, [], [])


def test_spanish_replies_get_spanish_dates_and_hours() -> None:
    words, *problems = filled("Viniste el {v1.date}. El viernes abrimos de {shop.hours.friday}.", "es")
    assert words == "Viniste el 24 de noviembre. El viernes abrimos de 9 AM a 10 PM."
    assert problems == [[], []]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tangie is {p9.price}.", "not a key of this turn"),
        ("Tangie is {p3.cost}.", "it has: price"),
        ("Tangie is at {p3.thc}.", "was not looked up"),
        ("Tangie is {p3.price +}.", "ends too early"),
        ("Tangie is {p3.price + p1.grams}.", "adds dollars and grams"),
        ("Tangie is {p3.price / 0}.", "divides by zero"),
        ("Tangie is {p3.price; import os}.", "cannot be read"),
        ("We're open {shop.hours.someday}.", "hours of"),
    ],
)
def test_a_wrong_reference_is_corrected_precisely(text: str, told: str) -> None:
    _, problems, _ = filled(text)
    assert len(problems) == 1
    assert told in problems[0]
    assert "p1 (Blue Dream 3.5g)" in problems[0]


def test_a_reference_beside_another_name_is_refused() -> None:
    _, problems, found = filled("Tangie 1g is {p1.price}.")
    assert problems == []
    assert "next to Tangie 1g" in found[0]


def test_what_is_left_unfilled_never_passes() -> None:
    assert check("Hi {first_name}, Tangie is {price}.", Facts())


@given(st.text(alphabet="p1.price+-*/()0123456789% x", max_size=40))
def test_any_expression_is_read_or_refused(expression: str) -> None:
    try:
        evaluate(expression, lambda _path: Quantity(Decimal(2), Unit.NUMBER))
    except ExpressionError as error:
        told = str(error)
        assert told


@pytest.mark.parametrize(
    "slip",
    [
        "{P1.price}", "{p1 price}", "{p1_price}", "[p1.price]", "<p1.price>", "(p1.price)", "p1.price", "{p1['price']}",
        "{price of p1}", "{p1.price:.2f}", "{Blue Dream 3.5g.price}", "{p1.price", "${p1.price}", "{{p1.price}}",
        "{p1.price} dollars", "{round(p1.price, 2)}",
    ],
)  # fmt: skip
def test_a_slip_in_the_syntax_is_put_right(slip: str) -> None:
    assert filled(f"Blue Dream 3.5g is {slip}, I think.") == ("Blue Dream 3.5g is $35.00, I think.", [], [])


def test_what_only_looks_like_a_reference_stays() -> None:
    words = "Ask me. Our shop.example.com is slow. Blue Dream (our best) is here."
    assert filled(words)[0] == words


@pytest.mark.parametrize(
    ("before", "words", "after", "language", "said"),
    [
        ("You've picked up the soak ", "51", " so far.", "en", "51 times"),
        ("You've picked up the soak ", "51", " times.", "en", "51"),
        ("a lot: ", "51", " of them", "en", "51"),
        ("the soak is right behind with ", "51", ".", "en", "51"),
        ("you bought it ", "1", "!", "en", "once"),
        ("la has comprado ", "51", ".", "es", "51 veces"),
        ("la has comprado ", "51", " veces.", "es", "51"),
    ],
)
def test_how_often_something_was_bought_says_times_unless_the_draft_counts(
    before: str, words: str, after: str, language: Language, said: str
) -> None:
    assert with_times(words, before, after, language) == said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Last on {s1.last}.", "Last on November 23."),
        ("{p1.price_per_mg} per mg.", "$0.20 per mg."),
        ("At {s1.store}.", "At Oakland."),
    ],
)
def test_every_plain_field_that_a_result_shows_can_be_referred_to(text: str, words: str) -> None:
    keys = Keys(ZONE)
    shown = {
        "rows": [
            {"since": "2026-10-01", "until": "2026-11-26", "items": 5, "last": "2026-11-23", "store": "Oakland"}
        ],
        "products": [
            {"sku": "7", "name": "Bar 74mg", "price": "15.00", "price_per_mg": "0.2027", "helps_with": "x"}
        ],
    }
    keys.annotate(shown)
    facts = Facts.collect(shown, zone=ZONE, today=date(2026, 11, 26))
    assert fill(text, keys, facts, "en")[0] == words
    assert fill("{p1.helps_with} {p1.sku}", keys, facts, "en")[2]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("We're open until {shop.hours.today} tonight.", "en", "We're open until 9 PM tonight."),
        ("Friday we close at {shop.hours.friday}.", "en", "Friday we close at 10 PM."),
        ("We open at {shop.hours.friday} on Friday.", "en", "We open at 9 AM on Friday."),
        (
            "Today it's from {shop.hours.today} to {shop.hours.today}.",
            "en",
            "Today it's from 9 AM to 9 PM.",
        ),
        ("We're open from {shop.hours.friday} on Friday.", "en", "We're open from 9 AM to 10 PM on Friday."),
        ("Friday: {shop.hours.friday}.", "en", "Friday: 9 AM to 10 PM."),
        ("Hoy cerramos a las {shop.hours.today}.", "es", "Hoy cerramos a las 9 PM."),
        ("Hoy abrimos a las {shop.hours.today}.", "es", "Hoy abrimos a las 9 AM."),
        ("El viernes estamos hasta las {shop.hours.friday}.", "es", "El viernes estamos hasta las 10 PM."),
        ("El viernes abrimos de {shop.hours.friday}.", "es", "El viernes abrimos de 9 AM a 10 PM."),
    ],
)
def test_of_a_days_hours_the_words_before_take_one_end(text: str, language: Language, words: str) -> None:
    assert filled(text, language) == (words, [], [])


def test_a_key_of_an_earlier_turn_means_nothing() -> None:
    basket = {"before_tax": "89.50", "points_discount": "0.00", "lines": [PRODUCTS[0]]}
    keys = Keys(ZONE)
    earlier = {"tool": "price_my_basket", "arguments": {}, "result": {"key": "b4", **basket}}
    context = {
        "last_shown": [earlier, {"tool": "list_my_purchases", "arguments": {}, "result": {"visits": [VISIT]}}]
    }
    assert "b4" not in str(keys.annotate(context))
    facts = Facts.collect(context, shop=SHOP, zone=ZONE, today=date(2026, 11, 26))
    for path in ("b1.points_discount", "b4.before_tax", "v1.total"):
        _, _, problems = fill(f"That is {{{path}}}.", keys, facts, "en")
        assert "is not a key of this turn" in problems[0].reason
    keys.annotate({**basket, "before_tax": "79.50"})
    words, _, problems = fill("The same comes to {b1.before_tax}.", keys, facts, "en")
    assert (words, problems) == ("The same comes to $79.50.", [])


@pytest.mark.parametrize(
    ("text", "is_accepted"),
    [
        ("So far in November you have spent {v1.total + v2.total} with us.", False),
        ("This month that makes {v1.total + v2.total} in all.", False),
        ("En noviembre llevas gastado {v1.total + v2.total}.", False),
        ("In November you have spent {v1.total + v2.total + v3.total} with us.", True),
        ("Your last two visits of November come to {v1.total + v2.total}.", True),
        ("In November you spent {v1.total} on the 24th.", True),
        ("On November 24 and 16 you spent {v1.total + v2.total}.", True),
    ],
)
def test_a_sum_that_is_called_a_periods_total_covers_the_period(text: str, is_accepted: bool) -> None:
    visits = [
        {**VISIT, "date": day, "total": total}
        for day, total in (("2026-11-24", "85.10"), ("2026-11-16", "20.00"), ("2026-11-06", "30.06"))
    ]
    keys = Keys(ZONE)
    keys.annotate({"visits": visits})
    facts = Facts.collect({"texts": []}, {"visits": visits}, shop=SHOP, zone=ZONE, today=date(2026, 11, 26))
    words, places, problems = fill(text, keys, facts, "es" if "llevas" in text else "en")
    found = [problem.reason for problem in check(words, facts, places)]
    assert not problems
    assert bool(found) is not is_accepted, found
    assert is_accepted or any("sum_my_purchases" in reason for reason in found)
