"""Where one request of a text ends and another begins, and what a reply says of what it does not meet."""

from __future__ import annotations

import pytest

from motabot.offline.customer import clauses
from motabot.offline.customer.reading import read
from motabot.offline.customer.results import Note
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.wish import read_slots


def ordinary(word: str) -> bool:
    return word not in {"stizzy", "runtz", "kiva"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("best hybrid under 40 and do you have papers", ["best hybrid under 40", "do you have papers"]),
        ("what is the difference between indica and sativa", ["what is the difference between indica and sativa"]),
        ("hola, tienen flor y a que hora cierran?", ["hola", "tienen flor", "a que hora cierran?"]),
        ("is 1.5 g ok? yes", ["is 1.5 g ok?", "yes"]),
    ],
)
def test_a_clause_begins_where_a_question_or_a_request_does(text: str, parts: list[str]) -> None:
    assert clauses.clauses(text) == parts


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("cheapest eighth and cheapest cart", ["cheapest eighth", "cheapest cart"]),
        ("indica gummies, 100mg, under 20", ["indica gummies, 100mg, under 20"]),
        (
            "sativa flower for me and indica for my husband",
            ["sativa flower for me", "indica for my husband flower"],
        ),
        ("indica and sativa carts", ["indica carts", "sativa carts"]),
        ("a cart, and an eighth", ["a cart", "an eighth"]),
        ("1 edible 1 preroll", ["1 edible", "1 preroll"]),
        ("something for sleep under 30", ["something for sleep under 30"]),
        (
            "something for working out and something to sleep, vapes",
            ["something for working out vapes", "something to sleep, vapes"],
        ),
        ("i want a heavy indica and some cookies", ["i want a heavy indica", "some cookies"]),
        ("need chocolates and also something with linalool", ["need chocolates", "something with linalool"]),
        ("algo para estudiar y algo para dormir", ["algo para estudiar", "algo para dormir"]),
        ("a half oz, a box of dutches and a torch", ["a half oz", "a box of dutches", "a torch"]),
        ("cheapest 1g cart, whats the strongest one", ["cheapest 1g cart", "whats the strongest one 1g cart"]),
    ],
)
def test_each_kind_size_and_type_is_a_wish_with_what_narrows_it(text: str, wishes: list[str]) -> None:
    assert clauses.wishes(clauses.clauses(text)) == wishes


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("what did i spend in october and how many points do i have left", ["points", "spent"]),
        ("whats the cheapest indica you got and is parking free", ["question", "search"]),
        ("got gummies and how long do edibles take", ["question", "search"]),
        ("can you delete my info? everything you have on me", ["privacy"]),
        ("borren mis datos de su sistema", ["privacy"]),
        ("is maria in today", ["for_staff"]),
        ("left my hat on the counter", ["question"]),
        ("hast du gras", ["other_language"]),
        ("how much is tax", ["tax"]),
        (
            "flying in from ohio: what are your hours on new years day, and do you have gummies",
            ["hours", "search"],
        ),
        (
            "my cart is leaking, can i swap it? and while im at it price on gummies",
            ["complaint", "returns", "search"],
        ),
        ("tienen gomitas? y hacen descuento a los viejitos, mi abuelo tiene 68", ["deals", "search"]),
        ("is the gummy thing on sale tuesday and do u have it in stock", ["deals", "search"]),
        ("i need to relax after work, whats good for that, im studying too", ["recommend"]),
        ("are there nuts in it, im allergic", ["question"]),
        ("what pairs well with pizza", ["question"]),
        ("do you have gift cards", ["question"]),
        ("show me my last 3 receipts", ["history"]),
        ("do you have tinctures, what are they like and are you open monday", ["search", "hours"]),
        ("morning! do u carry teas, and whether seniors get a discount", ["search", "deals"]),
        ("is there a line right now? also do i need an appointment", ["question", "question"]),
        (
            "how many points do i have, what's your return policy and got any lighters",
            ["points", "returns", "search"],
        ),
        ("got any rosin and what is the price on it", ["search"]),
        ("can i spend my points on a grinder", ["loyalty", "points", "search"]),
        ("does my grandma get the senior rate", ["deals"]),
        ("which id do i need to show", ["question"]),
        ("chocolate under 15, plus a tincture, plus hours for tomorrow", ["hours", "search", "search"]),
        ("whats in my last order, can you hold it again, and add papers", ["last_visit", "order"]),
        ("whats the difference between hash and kief and which one is cheaper", ["question", "search", "search"]),
    ],
)
def test_every_clause_is_heard_and_none_becomes_a_list_that_was_not_asked_for(
    text: str, intents: list[str]
) -> None:
    assert sorted(each.intent for each in read([text]).requests) == sorted(intents)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("do yall have stizzy pods", ("stizzy",)),
        ("gomitas de sandia", ("sandia",)),
        ("you got moon rocks", ("moon rocks",)),
        ("got any good gummies", ()),
        ("something nice for tonight", ()),
        ("quiero una onza pero no tengo mas de 150", ()),
        ("she loves baths", ()),
        ("my mom has trouble sleeping", ()),
    ],
)
def test_a_word_that_seems_to_name_goods_is_kept_to_be_named(text: str, unknown: tuple[str, ...]) -> None:
    assert read_slots(text, [], ordinary).unknown == unknown


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("5 pack of prerolls", {"pack": 5, "category": "Pre-Rolls"}),
        ("1:1 gummies", {"more_cbd": True}),
        ("something with a lot of cbd", {"more_cbd": True}),
        ("lotion with cbd, no thc", {"more_cbd": True, "max_thc": 0}),
        ("something for a hike", {"effect": "Energetic", "occasion": "hike"}),
        ("algo para vapear", {"category": "Vapes"}),
        ("i need a battery for my cart", {"category": "Accessories", "kind": "battery"}),
        ("not trying to spend more than 120 on a zip", {"max_price": 120, "size": "28g"}),
        ("un vape de menos de 30 bolas", {"max_price": 30}),
        ("no mejor indica", {"flower_type": "Indica", "avoid": ()}),
        ("i dont smoke", {"avoid": ("flower", "pre rolls", "concentrates", "vapes")}),
        ("algo fuerte pero que no me de ansiedad", {"is_mild": False, "sort": "thc_high"}),
        ("no quiero gomitas, mejor flor", {"category": "Flower", "avoid": ("gomitas",)}),
        ("No, quiero indica", {"flower_type": "Indica", "avoid": ()}),
        ("im sick of gummies, got other edibles", {"kind": "edibles", "avoid": ("gummies",)}),
        ("chocolate, like 40 bucks tops", {"min_price": None, "max_price": 40}),
        ("porros de a 5", {"pack": 5}),
        ("algo para untar", {"category": "Topicals"}),
        ("something under the tongue", {"category": "Tinctures"}),
        ("venden hachís?", {"category": "Concentrates", "kind": "hachis"}),
        ("my mom is 71, what gummies for her", {"is_mild": True}),
    ],
)
def test_wishes_are_read_as_they_are_meant(text: str, slots: dict[str, object]) -> None:
    read_ = read_slots(text, [], ordinary)
    assert {name: getattr(read_, name) for name in slots} == slots, plain_words(text)


def test_a_note_says_what_was_let_go_and_what_nobody_knows() -> None:
    note = Note.of(
        [
            {
                "note": "Nothing in the catalog is called stizzy, runtz. Nothing available meets all of it; these do"
                " but for: at most $19.50, 28g."
            },
            {"note": 'The catalog has no effect "Giggly". Read "pods" as Vapes.'},
            {"note": None},
        ]
    )
    assert (note.unmet, note.unknown, note.guessed) == (("at most $19.50", "28g"), ("stizzy", "runtz"), ("pods",))


@pytest.mark.parametrize(
    "text", ["i freak out easily. any carts?", "my mom is 78. what edible", "im new, a vape please"]
)
def test_what_one_clause_says_of_mildness_holds_for_all_wishes(text: str) -> None:
    goods = [each.slots for each in read([text]).requests if each.slots.category]
    assert goods
    assert all(slots.is_mild for slots in goods)
