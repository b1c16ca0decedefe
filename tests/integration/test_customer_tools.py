"""What customers' tools answer, through the real role, views and argument checks."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.agent.tools import AgeNotAffirmed, CustomerTools, HandOff, LeadUpdate, QueueReply
from motabot.conversation.reply_check.references import Keys
from motabot.db import roles
from motabot.db.engine import CUSTOMER_PATH, make_engine
from motabot.memo import Memo
from motabot.settings import load_settings
from motabot.shop import Shop
from tests.support.customer import ALWAYS, REGISTRY, ZONE, Caller
from tests.support.shops import NOW, customer, insert, line, product, sale

ANA, BEN, STRANGER = "+14155550101", "+14155550102", "+14155550999"
SHELF: list[dict[str, Any]] = [
    product(
        "F1", name="Blue Dream 3.5g", brand="Hill Farm", category="Flower", strain="Blue Dream", flower_type="Hybrid",
        retail_price=Decimal("35.00"), thc_content=Decimal("22.5"), effects=["Happy", "Relaxed"], is_active=True,
        flavors=["Berry", "Sweet"], negatives=["Dry Mouth"], helps_with=["Stress"], terpenes=["Myrcene"],
        parent_strains=["Blueberry", "Haze"], lineage="Blueberry x Haze", leafly_rating=Decimal("4.4"),
        cost=Decimal("11.11"), vendor="Secret Vendor",
    ),
    product(
        "V1", name="Blue Dream Cartridge 1g", brand="Hill Farm", category="Vape Cartridges", strain="Blue Dream",
        flower_type="Hybrid", retail_price=Decimal("48"), thc_content=Decimal("85"), is_active=True,
        effects=["Happy"], flavors=["Berry"], leafly_rating=Decimal("4.1"),
    ),
    product(
        "F2", name="Granddaddy Purple 3.5g", brand="Night Shift", category="Flower", strain="Granddaddy Purple",
        flower_type="Indica", retail_price=Decimal("28"), thc_content=Decimal("19"), is_active=True,
        effects=["Sleepy", "Relaxed"], flavors=["Grape"], negatives=["Paranoid"], helps_with=["Insomnia"],
        leafly_rating=Decimal("4.6"),
    ),
    product(
        "E1", name="Midnight Gummies 100mg", brand="Kiva", category="Edibles", retail_price=Decimal("20"),
        thc_content=Decimal("100"), effects=["Sleepy"], flavors=["Citrus"], is_active=True, flower_type="Indica",
    ),
    product(
        "E2", name="Dark Chocolate Bar 100mg", brand="Kiva", category="Edibles", retail_price=Decimal("18"),
        thc_content=Decimal("100"), effects=["Happy"], is_active=True,
    ),
    product("G1", name="Gelato 7g", brand="Cookies", category="Flower", strain="Gelato", flower_type="Hybrid",
            retail_price=Decimal("60"), effects=["Horny"], is_active=False),
]  # fmt: skip


@pytest.fixture
def customer_engine(engine: Engine, database_url: str) -> Iterator[Engine]:
    with engine.connect() as connection:
        url = roles.role_url(connection, database_url, roles.CUSTOMER)
        assert url is not None
    customers = make_engine(url, load_settings(), search_path=CUSTOMER_PATH)
    yield customers
    customers.dispose()


@pytest.fixture
def ana(engine: Engine, customer_engine: Engine) -> Caller:
    """A customer with three visits, in a shop with a few products."""
    with engine.begin() as connection:
        insert(connection, "products", *SHELF)
        insert(
            connection,
            "customers",
            customer("M1", name="Ana Secretname", phone=ANA, loyalty_points=Decimal("240"), total_visits=3,
                     vip_status="Casual", last_visited=NOW.date(), email="ana@example.com"),
            customer("M2", name="Ben Other", phone=BEN),
        )  # fmt: skip
        insert(
            connection,
            "transactions",
            sale("T1", "M1", 30, "35", shop_location="Mission"),
            sale("T2", "M1", 10, "55"),
            sale("T3", "M1", 9, "-20"),
            # a quarter past midnight in UTC is the day before at the shop
            sale("T4", "M1", 2 - 5.25 / 24, "35"),
            sale("T5", "M2", 1, "99"),
        )
        insert(
            connection,
            "transaction_items",
            line("T1", "F1", "35", product_name="Blue Dream 3.5g", brand="Hill Farm", category="Flower"),
            line("T2", "F1", "35", product_name="Blue Dream 3.5g", brand="Hill Farm", category="Flower"),
            line("T2", "E1", "20", product_name="Midnight Gummies 100mg", brand="Kiva", category="Edibles"),
            line("T3", "E1", "-20", product_name="Midnight Gummies 100mg", brand="Kiva", category="Edibles"),
            line("T4", "F1", "35", product_name="Blue Dream 3.5g", brand="Hill Farm", category="Flower"),
            line("T5", "G1", "99", product_name="Ben's Gelato", category="Flower"),
        )
        insert(
            connection,
            "customer_product_affinity",
            *(
                {
                    "customer_id": "M1",
                    "product_sku": sku,
                    "product_name": name,
                    "category": category,
                    "purchase_count": count,
                    "last_purchased": NOW.date(),
                    "avg_price_paid": Decimal("30"),
                    "repurchase_rate": Decimal("0.5"),
                }
                for sku, name, category, count in (
                    ("E1", "Midnight Gummies 100mg", "Edibles", 1),
                    ("F1", "Blue Dream 3.5g", "Flower", 3),
                    ("G1", "Gelato 7g", "Flower", 2),
                )
            ),
        )
    return Caller(engine, customer_engine, NOW, ANA)


def with_phone(caller: Caller, phone: str) -> Caller:
    return Caller(caller.engine, caller.customer_engine, caller.now, phone)


# --- profile and purchases


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


SHOP_WITH_RULES = Shop.model_validate(
    {
        "name": "A",
        "timezone": "America/Los_Angeles",
        "deals": [
            {"en": "Fridays 10% off flower.", "percent": 10, "days": ["friday"], "categories": ["Flower"]},
            {"en": "Veterans 20% off.", "percent": 20, "for_whom": ["veterans"]},
        ],
        "loyalty": {"en": "100 points are $5 off.", "reward_points": 100, "reward_dollars": 5},
        "tax": {"en": "Tax of 10% is added at the counter.", "percent": 10},
    }
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"subtotal": "90.00", "saved_by_deals": "7.00", "before_tax": "83.00", "tax": "8.30", "total": "91.30"}),
        ({"day": "2026-03-21"}, {"subtotal": "90.00", "saved_by_deals": "0.00", "total": "99.00"}),
        ({"groups": ["veteran"]}, {"saved_by_deals": "18.00", "before_tax": "72.00"}),
        ({"use_points": True}, {"points_used": "200", "points_discount": "10.00", "before_tax": "73.00", "points_balance": "240"}),
    ],
)  # fmt: skip
def test_a_basket_is_priced_with_the_deal_of_the_day_points_and_tax(
    ana: Caller, given: dict[str, Any], expected: dict[str, str]
) -> None:
    ana = dataclasses.replace(ana, shop=SHOP_WITH_RULES)  # it is a Friday
    items = [{"product": "Blue Dream 3.5g", "quantity": 2}, {"product": "midnight gummies", "quantity": 1}]
    told = ana.ask("price_my_basket", items=items, **given)
    assert {key: told[key] for key in expected} == expected
    assert [(line["name"], line["quantity"], line["amount"]) for line in told["lines"]] == [
        ("Blue Dream 3.5g", 2, "70.00"),
        ("Midnight Gummies 100mg", 1, "20.00"),
    ]


def test_without_a_stated_rate_the_total_stays_open(ana: Caller) -> None:
    told = ana.ask("price_my_basket", items=[{"product": "Blue Dream 3.5g", "quantity": 1}], use_points=True)
    assert (told["before_tax"], told["tax"], told["total"], told["points_used"]) == ("35.00", None, None, "0")
    refused = ana.call("price_my_basket", items=[{"product": "zzyzx", "quantity": 1}])
    assert 'has no product "zzyzx"' in refused.told.replace("\\", "")


def test_sums_baskets_and_their_products_have_keys_that_a_reply_can_refer_to(ana: Caller) -> None:
    keys = Keys(ZONE)
    told = keys.annotate(ana.call("sum_my_purchases", by="month").value)
    assert [row["key"] for row in told["rows"]] == ["s1", "s2"]
    items = [{"product": "Blue Dream 3.5g", "quantity": 2}]
    told = keys.annotate(ana.call("price_my_basket", items=items).value)
    assert (told["key"], told["lines"][0]["key"]) == ("b1", "p1")
    told = keys.annotate(ana.call("compare_value", by="gram", products=["blue dream 3.5g"]).value)
    assert told["products"][0]["key"] == "p1"


def test_value_is_compared_by_gram_and_by_milligram(ana: Caller) -> None:
    told = ana.ask("compare_value", by="gram", products=["Blue Dream 3.5g", "Granddaddy Purple 3.5g"])["products"]
    assert [(one["name"], one["price_per_gram"]) for one in told] == [
        ("Granddaddy Purple 3.5g", "8.00"),
        ("Blue Dream 3.5g", "10.00"),
    ]
    told = ana.ask("compare_value", by="mg", category="gummies")
    assert [(one["name"], one["mg"], one["price_per_mg"]) for one in told["products"]] == [
        ("Midnight Gummies 100mg", "100", "0.200")
    ]
    assert not ana.call("compare_value", by="mg").ok


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


# --- the catalog


def test_a_card_holds_what_a_customer_may_know(ana: Caller) -> None:
    [card] = ana.ask("search_products", query="blue dream flower")["products"]
    assert card == {
        "sku": "F1",
        "name": "Blue Dream 3.5g",
        "brand": "Hill Farm",
        "category": "Flower",
        "strain": "Blue Dream",
        "flower_type": "Hybrid",
        "price": "35.00",
        "grams": "3.5",
        "mg": "787.5",
        "thc": "22.5",
        "cbd": None,
        "thc_unit": "%",
        "effects": ["Happy", "Relaxed"],
        "flavors": ["Berry", "Sweet"],
        "rating": "4.4",
        "available": True,
    }


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"query": "do you have any blue dream carts?"}, ["Blue Dream Cartridge 1g"]),
        ({"query": "blu dream"}, ["Blue Dream 3.5g", "Blue Dream Cartridge 1g"]),
        ({"query": "an eighth of something for sleep"}, ["Granddaddy Purple 3.5g"]),
        ({"query": "granddady purpel"}, ["Granddaddy Purple 3.5g"]),
        ({"query": "gomitas para dormir"}, ["Midnight Gummies 100mg"]),
        ({"query": "kiva"}, ["Dark Chocolate Bar 100mg", "Midnight Gummies 100mg"]),
        ({"query": "chocolate"}, ["Dark Chocolate Bar 100mg"]),
        ({"category": "carts"}, ["Blue Dream Cartridge 1g"]),
        ({"category": "gummies"}, ["Midnight Gummies 100mg"]),
        ({"category": "flowr", "effect": "chill"}, ["Granddaddy Purple 3.5g", "Blue Dream 3.5g"]),
        ({"effect": "sleepy and relaxed"}, ["Granddaddy Purple 3.5g"]),
        ({"flavor": "grape"}, ["Granddaddy Purple 3.5g"]),
        ({"brand": "night shft"}, ["Granddaddy Purple 3.5g"]),
        ({"strain": "blue dreem", "max_price": 40}, ["Blue Dream 3.5g"]),
        ({"flower_type": "Indica", "min_price": 25}, ["Granddaddy Purple 3.5g"]),
        ({"category": "flower", "min_thc": 20}, ["Blue Dream 3.5g"]),
        ({"category": "edibles", "sort": "price_low"}, ["Dark Chocolate Bar 100mg", "Midnight Gummies 100mg"]),
        ({"sort": "thc_high", "limit": 1, "category": "vape"}, ["Blue Dream Cartridge 1g"]),
        ({"query": "insomnia"}, ["Granddaddy Purple 3.5g"]),
    ],
)
def test_the_catalog_is_searched_in_a_customers_words(
    ana: Caller, given: dict[str, Any], names: list[str]
) -> None:
    assert ana.names("search_products", **given) == names


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({"query": "granddady purpel"}, 'Read "granddady purpel" as Granddaddy Purple.'),
        ({"strain": "blue dreem"}, 'Read "blue dreem" as Blue Dream.'),
        ({"query": "gelato"}, "Not available at the moment."),
        (
            {"query": "blue dream gummies"},
            "Nothing available meets all of it; these do but for: Blue Dream.",
        ),
        (
            {"category": "edibles", "max_price": 5},
            "Nothing available meets all of it; these do but for: at most $5.",
        ),
        ({"query": "moon rocks"}, "Nothing in the catalog is called moon, rocks."),
        (
            {"category": "boats"},
            'The catalog has no category "boats". There is: Edibles, Flower, Vape Cartridges.',
        ),
        ({"category": "edibles"}, None),
    ],
)
def test_a_note_says_what_was_guessed_or_not_met(ana: Caller, given: dict[str, Any], note: str | None) -> None:
    assert ana.ask("search_products", **given)["note"] == note


def test_what_is_not_available_is_shown_only_when_nothing_else_is(ana: Caller) -> None:
    [card] = ana.ask("search_products", query="gelato")["products"]
    assert (card["name"], card["available"]) == ("Gelato 7g", False)
    assert "Gelato 7g" not in ana.names("search_products", category="flower", limit=10)


def test_total_counts_all_that_match(ana: Caller) -> None:
    told = ana.ask("search_products", limit=2)
    assert (len(told["products"]), told["total"]) == (2, 5)


def test_an_effect_is_found_under_the_catalogs_own_word(ana: Caller) -> None:
    with ana.engine.begin() as connection:
        connection.exec_driver_sql("update public.products set is_active = true where sku = 'G1'")
    assert ana.names("search_products", effect="aroused") == ["Gelato 7g"]


def test_price_and_availability_are_never_kept_from_an_earlier_call(ana: Caller) -> None:
    assert ana.ask("search_products", query="midnight gummies")["products"][0]["price"] == "20"
    with ana.engine.begin() as connection:
        connection.exec_driver_sql("update public.products set retail_price = 21 where sku = 'E1'")
    assert ana.ask("search_products", query="midnight gummies")["products"][0]["price"] == "21"


@pytest.mark.parametrize("name", ["F1", "blue dream 3.5g", "Hill Farm blue dream 3.5g", "blue dreem 3.5g"])
def test_one_product_is_shown_in_full(ana: Caller, name: str) -> None:
    told = ana.ask("show_product", name=name)["product"]
    assert (told["sku"], told["terpenes"], told["negatives"], told["lineage"], told["parent_strains"]) == (
        "F1",
        ["Myrcene"],
        ["Dry Mouth"],
        "Blueberry x Haze",
        ["Blueberry", "Haze"],
    )


def test_a_name_that_fits_several_products_gives_candidates(ana: Caller) -> None:
    told = ana.ask("show_product", name="blue dream")
    assert [card["sku"] for card in told["candidates"]] == ["F1", "V1"]


def test_an_unknown_product_is_refused_with_the_nearest_names(ana: Caller) -> None:
    result = ana.call("show_product", name="midnight brownies")
    assert not result.ok
    assert result.value == {
        "error": 'The catalog has no product "midnight brownies". The nearest names are: Midnight Gummies 100mg.'
    }


def test_no_result_tells_of_cost_vendor_or_illness(ana: Caller) -> None:
    results = [
        ana.call("search_products", query="insomnia stress"),
        ana.call("search_products", limit=10),
        ana.call("show_product", name="F1"),
        ana.call("list_my_favorites"),
        ana.call("recommend_products", limit=10),
    ]
    for result in results:
        assert result.ok
        assert not any(word in result.told for word in ("11.11", "Secret", "Stress", "Insomnia", "helps_with"))


def test_strangers_may_search_the_catalog_too(ana: Caller) -> None:
    assert with_phone(ana, STRANGER).names("search_products", query="gummies") == ["Midnight Gummies 100mg"]


@pytest.mark.parametrize("tool", ["search_products", "recommend_products", "show_product"])
def test_products_are_for_adults(ana: Caller, tool: str) -> None:
    arguments = {"name": "Gelato"} if tool == "show_product" else {}
    with pytest.raises(AgeNotAffirmed):
        dataclasses.replace(with_phone(ana, STRANGER), is_adult=False).call(tool, **arguments)


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("search_products", {"category": "flower", "beginner": True}),
        ("search_products", {"query": "something mild in flower"}),
        ("search_products", {"query": "flower that isnt too strong"}),
        ("recommend_products", {"category": "flower", "beginner": True}),
        ("recommend_products", {"category": "flower", "max_thc": 20}),
    ],
)
def test_whoever_wants_something_mild_gets_nothing_else(ana: Caller, tool: str, given: dict[str, Any]) -> None:
    assert set(ana.names(tool, **given)) == {"Granddaddy Purple 3.5g"}


def test_a_limit_of_strength_is_never_relaxed(ana: Caller) -> None:
    assert ana.ask("search_products", category="flower", max_thc=5)["products"] == []
    assert (
        ana.ask("recommend_products", effect="Happy", category="flower", beginner=True, max_thc=5)["products"]
        == []
    )


def test_candidates_of_one_strain_say_its_lineage_once(ana: Caller) -> None:
    told = ana.ask("show_product", name="blue dream")
    assert len(told["candidates"]) == 2
    assert told["strain"]["name"] == "Blue Dream"
    assert told["strain"]["lineage"] == "Blueberry x Haze"
    assert "lineage" not in told["candidates"][0]


def test_an_empty_catalog_is_no_error(engine: Engine, customer_engine: Engine) -> None:
    caller = Caller(engine, customer_engine, NOW, STRANGER)
    assert caller.ask("search_products", query="gummies")["products"] == []
    assert caller.ask("recommend_products")["products"] == []


# --- the shop, and what is done at the turn's end


def test_shop_information_is_what_the_shop_states(ana: Caller) -> None:
    told = ana.ask("show_shop_info", topic="hours")
    assert (told["name"], told["timezone"]) == ("Green Door", "UTC")
    assert (told["hours"]["today"], told["hours"]["open_now"]) == ("open 24 hours", True)


_CLOSED = dict.fromkeys(ALWAYS, "closed")
STORES = [
    {"name": "Oakland", "address": "1 A Street", "hours": _CLOSED},
    {"name": "Berkeley", "address": "2 B Street", "hours": {**_CLOSED, "friday": "9:00-17:00"}},
]
SHOP = Shop.model_validate({"name": "A", "timezone": "UTC", "locations": STORES})


def ask_shop(visited: str | None, **arguments: object) -> Any:
    """What show_shop_info answers a customer of one store."""
    shop = SHOP.at(NOW, [visited])
    tools = CustomerTools(
        NOW, ZONE, shop, is_customer=True, is_adult=True, memo=Memo(60), run_query=lambda _sql, _parameters: []
    )
    return REGISTRY.call("show_shop_info", json.dumps(arguments), tools, "customer").value


@pytest.mark.parametrize(
    ("own", "asked", "location", "today"),
    [
        ("Oakland", None, "Oakland", "closed"),
        ("Oakland", "berkeley", "Berkeley", "9 AM to 5 PM"),
    ],
)
def test_each_store_has_its_own_hours(own: str, asked: str | None, location: str, today: str) -> None:
    told = ask_shop(own, topic="hours", location=asked)
    assert (told["location"], told["hours"]["today"]) == (location, today)


def test_every_store_is_shown_where_the_customers_own_is_not_known() -> None:
    told = ask_shop(None, topic="hours", location=None)
    assert told["hours"] is None
    assert [place["hours"]["today"] for place in told["locations"]] == ["closed", "9 AM to 5 PM"]


def test_a_store_that_does_not_exist_is_refused_with_those_that_do() -> None:
    error = 'There is no location "Fresno". The locations are: Oakland, Berkeley.'
    assert ask_shop(None, topic="hours", location="Fresno") == {"error": error}


def test_a_reply_is_an_intent_and_must_not_be_empty(ana: Caller) -> None:
    assert ana.call("queue_reply", text=" Hi Ana \n").intent == QueueReply("Hi Ana")
    assert not ana.call("queue_reply", text="  ").ok


def test_asking_for_a_person_is_an_intent_with_a_summary(ana: Caller) -> None:
    result = ana.call("ask_for_person", reason="complaint", summary="Cart\nleaks.")
    assert result.intent == HandOff("complaint", "Cart leaks.")
    assert not ana.call("ask_for_person", reason="complaint", summary=" ").ok
    assert not ana.call("ask_for_person", reason="angry", summary="x").ok


def test_a_lead_moves_on_by_an_intent(ana: Caller) -> None:
    stranger = with_phone(ana, STRANGER)
    for given, expected in (
        ({"stage": "discovery", "interest": "vapes"}, LeadUpdate("discovery", "qualified")),
        ({"stage": "greeting"}, LeadUpdate("greeting", "contacted")),
        ({"stage": "closed"}, LeadUpdate("closed", "lost")),
    ):
        assert stranger.call("update_my_lead", **given).intent == expected


def test_a_customer_is_no_lead(ana: Caller) -> None:
    assert not ana.call("update_my_lead", stage="discovery").ok
