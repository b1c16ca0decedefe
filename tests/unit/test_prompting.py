"""What goes to a model is fenced, and numbers and addresses stay here."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from motabot.agent.prompts import Prompts
from motabot.customers.records import Line, Purchase, PurchaseLine
from motabot.settings import load_settings
from motabot.shop import load_shop
from motabot.text.withhold import withhold
from tests.support.turns import NOW, TEMPLATES, profile, turn

PROMPTS = Path(__file__).parents[2] / "prompts"
FACTS = turn("hi").as_data(UTC)
SHOP = {"name": "Green Door", "address": None, "phone": None, "license": None}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("call (415) 555-0101 now", "call [number] now"),
        ("+1 415.555.0101", "[number]"),
        ("mail ana@example.com", "mail [e-mail]"),
        ("under 40 or 3.5g at 22%", "under 40 or 3.5g at 22%"),
        ("on 3/14 at 5:30", "on 3/14 at 5:30"),
        ("open 9-9 10-8 12-6?", "open 9-9 10-8 12-6?"),
        ("order 12345", "order 12345"),
        ("between 2026-11-24 and 2026-11-30?", "between 2026-11-24 and 2026-11-30?"),
        ("on 11-24-2026 or 24.12.2026", "on 11-24-2026 or 24.12.2026"),
        ("35.00 28.00 19.50 each", "35.00 28.00 19.50 each"),
        ("2026-11-24 415 555 0101", "2026-11-24 [number]"),
        ("5550101", "[number]"),
        ("415-555-01-01", "[number]"),
        ("4155550101.", "[number]."),
        ("+52 55 1234 5678", "[number]"),
        ("call the shop at 415 555 0134", "call the shop at 415 555 0134"),
        ("(415) 555-0134 or +14155550134", "(415) 555-0134 or +14155550134"),
        ("555-0134 or 555-0135", "555-0134 or [number]"),
    ],
)
def test_numbers_and_addresses_are_taken_out_and_amounts_are_left(said: str, told: str) -> None:
    assert withhold(said, ["+1 415-555-0134"]) == told


def test_each_turn_has_a_fence_of_its_own_that_no_text_can_know() -> None:
    prompts = Prompts(TEMPLATES, SHOP, 3)
    texts = [prompts.open_turn(FACTS, NOW)[0][1].content for _ in range(2)]
    fences = [set(re.findall(r"=== ([0-9a-f]{16}) ", text)) for text in texts]
    assert [len(fence) for fence in fences] == [1, 1]
    assert fences[0] != fences[1]


def test_a_prompt_for_a_number_that_customers_share_holds_nothing_personal() -> None:
    facts = turn("hi", customers=2, profile=profile(first_name="Ana")).as_data(UTC)
    prompt = Prompts(TEMPLATES, SHOP, 3).open_turn(facts, NOW)[0][1].content
    assert "Ana" not in prompt
    assert "share" in prompt


def test_dates_and_times_are_the_shops_and_a_picture_is_shown_as_one() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    evening = datetime(2026, 3, 20, 3, 5, tzinfo=UTC)  # still the 19th in the shop
    context = turn(
        "",
        customers=1,
        profile=profile(first_name="Ana", total_visits=3, last_visited=date(2026, 3, 14)),
        purchases=(
            Purchase(evening, "Main", Decimal(28), False, (PurchaseLine("S1", "Gelato", Decimal(1), None),)),
        ),
        history=(Line("customer", "call 415-555-0134 on 2026-03-21", evening), Line("shop", "hi", None)),
    )
    shop = {**SHOP, "phone": "+1 415-555-0134"}
    prompt = Prompts(TEMPLATES, shop, 3).open_turn(context.as_data(zone), NOW.astimezone(zone))[0][1].content
    for told in (
        "It is Fri 2026-03-20 12:00 PM",
        "the last on 2026-03-14 (6 days ago)",
        "- 2026-03-19, total $28: 1 x Gelato",
        "[Thu 2026-03-19 8:05 PM] customer: call 415-555-0134 on 2026-03-21\nshop: hi\n",
        "customer: (a picture without words; you cannot see pictures)",
    ):
        assert told in prompt


def test_the_stable_part_states_each_stores_hours_and_every_policy_but_nothing_of_the_moment() -> None:
    shop = load_shop(load_settings(shop_file=PROMPTS.parent / "docs" / "shop.example.toml"))
    at_night, at_noon = (
        Prompts(TEMPLATES, shop.at(datetime(2026, 11, 24, hour, tzinfo=UTC)).as_data(), 3).customer
        for hour in (9, 20)
    )
    assert at_night == at_noon
    for stated in (
        "Oakland: 340 Example Avenue, Oakland, CA 94607; phone +1 510-555-0135; Monday 10 AM to 8 PM",
        "Friday 9 AM to 10 PM",
        "100 points are $5 off",
        "cash and debit cards",
        "Prices are before tax; tax is added at the counter.",
        "Tuesdays 10% off all edibles.",
        "Los martes, 10% de descuento",
    ):
        assert stated in at_noon
