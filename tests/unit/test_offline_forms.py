"""What the form of a text says, whatever it is about; and how a short text goes on with the one before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from motabot.customers.records import Lookup
from motabot.offline.customer import questions
from motabot.offline.customer.follow_ups import asks_among_shown, asks_whether_still_there, wants_others
from motabot.offline.customer.forms import names_ingredient
from motabot.offline.customer.reading import read
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.state import after_correction, continued, edit, is_edit, last_slots
from motabot.offline.customer.wish import read_slots


def read_wish(words: str) -> Slots:
    return read_slots(words, [], ordinary)


def ordinary(_word: str) -> bool:
    return True


@pytest.mark.parametrize(
    "text",
    [
        "how long do edibles take to kick in",
        "How long does it stay in your system?",
        "hey quick question, is your weed tested?",
        "difference between indica and sativa",
        "why do gummies hit harder",
        "what does hybrid mean",
        "whats cbn",
        "is it legal to fly with a cart",
        "are your gummies vegan",
        "do I need an appointment",
        "do you accept medical cards?",
        "can I smoke in the car",
        "hi! does weed expire",
        "cuanto tardan las gomitas",
        "cual es la diferencia entre indica y sativa",
        "se puede fumar afuera",
        "que es el cbd",
    ],
)
def test_a_general_question_is_one(text: str) -> None:
    assert questions.is_general_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "do you have any gummies",
        "how much is an eighth of blue dream",
        "do you have an eighth of blue dream, what does it cost?",
        "got gelato carts? what do they go for",
        "what would two of those run me",
        "what do you recommend for sleep",
        "what's your cheapest cart",
        "can I get an eighth of gelato",
        "got any live resin?",
        "what is the least strong thing you have",
        "you guys are the best",
        "is there anything new",
        "what kind of edibles do you have",
        "tienen gomitas",
        "cuanto cuesta un cuarto",
        "que tienen para dormir",
        "gelato",
        "thanks, that is perfect",
    ],
)
def test_a_request_for_goods_or_a_statement_is_no_general_question(text: str) -> None:
    assert not questions.is_general_question(text)


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("?", ["unclear"]),
        ("???", ["unclear"]),
        ("👍", ["thanks"]),
        ("你好 有什么推荐", ["other_language"]),
        ("привет, что посоветуете?", ["other_language"]),
        ("I'm over 21", ["age_noted"]),
        ("yes im 21", ["age_noted"]),
        ("soy mayor de 21", ["age_noted"]),
        ("how much have I spent this month", ["spent"]),
        ("cuanto he gastado", ["spent"]),
        ("do you have parking", ["question"]),
    ],
)
def test_a_form_that_says_it_all_needs_no_classifier(text: str, intents: list[str]) -> None:
    assert [request.intent for request in read([text]).requests] == intents


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
        ("i want a preroll under 20% thc", 20),
        ("gummies with less than 5 mg", 5),
        ("tienen gomitas de menos de 5 mg?", 5),
        ("flower under 30", None),
        ("under $20 a gram", None),
    ],
)
def test_a_bound_on_strength_is_no_bound_on_the_price(text: str, most: int | None) -> None:
    slots = read_slots(text, [], ordinary)
    assert slots.max_thc == (None if most is None else Decimal(most))
    if most is not None:
        assert slots.max_price is None


@pytest.mark.parametrize("text", ["the strongest you got", "something strong", "lo mas fuerte que tengas"])
def test_whoever_wants_it_strong_does_not_get_it_mild(text: str) -> None:
    slots = read_slots(text, [], ordinary)
    assert slots.sort == "thc_high"
    assert not slots.is_mild


def test_who_fears_to_be_paranoid_or_anxious_is_kept_from_both() -> None:
    for text in ("not paranoid please", "something that wont make me anxious", "sin ansiedad"):
        slots = read_slots(text, [], ordinary)
        assert {"anxious", "paranoid"} <= set(slots.avoid), text
        assert slots.is_mild, text


def test_two_kinds_in_one_text_are_two_requests() -> None:
    for text in ("cheapest eighth and cheapest cart", "gummies for me and a strong preroll for him"):
        requests = read([text]).requests
        assert [request.intent for request in requests] == ["search", "search"]
        assert len({request.key for request in requests}) == 2


def test_a_text_without_a_language_has_that_of_the_texts_before() -> None:
    assert read(["30g"], before=["hola, tienen flor?"]).language == "es"
    assert read(["30g"], before=["got flower?"]).language == "en"
    assert read(["got any gummies?"], before=["hola, tienen flor?"]).language == "en"


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
    ("text", "day"),
    [
        ("what did i get on halloween", date(2026, 10, 31)),
        ("my order from thanksgiving", date(2026, 11, 26)),
        ("que compre en navidad", date(2025, 12, 25)),
        ("my order from mothers day", date(2026, 5, 10)),
        ("did i come in on memorial day", date(2026, 5, 25)),
        ("my last black friday haul", date(2025, 11, 28)),
        ("what did i buy yesterday", None),
    ],
)
def test_a_holiday_is_its_latest_day(text: str, day: date | None) -> None:
    assert questions.holiday(text, date(2026, 11, 26)) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("you guys open xmas day or new years", [date(2026, 12, 25), date(2027, 1, 1)]),
        ("hours for new years eve", [date(2026, 12, 31)]),
        ("hours for nochebuena y navidad", [date(2026, 12, 24), date(2026, 12, 25)]),
        ("open dec 24 and dec 26", [date(2026, 12, 24), date(2026, 12, 26)]),
        ("what time do you close", []),
    ],
)
def test_every_day_that_is_named_is_meant(text: str, days: list[date]) -> None:
    assert list(questions.upcoming(plain_words(text), date(2026, 11, 26))) == days


def test_visits_are_counted_back_from_the_last() -> None:
    assert questions.visits_ago("what did i get two visits ago") == 2
    assert questions.visits_ago("the time before last") == 2
    assert questions.visits_ago("what did i get last time") is None


@pytest.mark.parametrize(
    "text",
    [
        "can i smoke walking down the street or will i get a ticket",
        "is it ok to vape at the beach",
        "puedo fumar en el parque",
        "how should i store flower so it doesnt dry out",
        "el comestible lo guardo en el refri",
        "do edibles go bad? found some in my drawer",
        "is 10mg a lot",
        "es mucho 10 mg",
        "cuanto tarda en pegar un comestible",
        "en cuanto tiempo me pega la gomita",
        "what if i wait 3 hrs",
        "where do i read how much thc is in it, im confused",
        "how long does weed stay in your pee, got a job thing in 3 wks",
    ],
)
def test_a_general_question_is_about_no_topic_whose_words_it_lacks(text: str) -> None:
    (request,) = read([text]).requests
    assert request.intent in {"question", "medical"}  # the knowledge is asked first for both


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("are you open on sunday", "hours"),
        ("is the store open late", "hours"),
        ("where are you located", "address"),
        ("do you deliver to oakland", "delivery"),
        ("can i return a cart that doesnt hit", "returns"),
        ("how do my points work", "loyalty"),
        ("is this a bot", "bot"),
        ("is maya working today", "for_staff"),
        ("esta trabajando carlos hoy?", "for_staff"),
        ("why is my cart leaking", "complaint"),
        ("what do i normally get", "usual"),
        ("a que hora cierran", "hours"),
        ("puedo pagar con tarjeta", "payment"),
    ],
)
def test_a_question_in_the_words_of_a_topic_is_about_it(text: str, intent: str) -> None:
    assert intent in [request.intent for request in read([text]).requests]


def test_the_knowledge_is_asked_for_each_general_question_by_itself() -> None:
    requests = read(["how long does it stay in my pee, got a job thing"]).requests
    assert [each.question for each in requests] == ["how long does it stay in my pee, got a job thing"]
    requests = read(["got gummies? also how long do edibles take"]).requests
    assert [each.question for each in requests] == ["how long do edibles take", ""]


@pytest.mark.parametrize(
    "text",
    [
        "how much did i spend last time",
        "cuando fue la ultima vez q fui y cuanto gaste",
        "what did i pay on my last visit",
        "how much did i spend two visits ago",
    ],
)
def test_what_the_last_visit_cost_is_no_sum(text: str) -> None:
    assert [request.intent for request in read([text]).requests] == ["last_visit"]


@pytest.mark.parametrize(
    "text",
    [
        "yall are the best fr, maya always hooks me up",
        "shoutout to sam at the counter",
        "you guys rock, sam is always so helpful",
        "i love this place",
        "son los mejores, siempre me atienden bien",
    ],
)
def test_praise_is_answered_with_thanks(text: str) -> None:
    assert [request.intent for request in read([text]).requests] == ["thanks"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("you guys are the best, got any gummies", "search"),
        ("yall are great but my vape is broken", "complaint"),
        ("love you guys, how many points do i have", "points"),
    ],
)
def test_praise_hides_no_request(text: str, intent: str) -> None:
    assert intent in [request.intent for request in read([text]).requests]


def test_flower_is_not_a_flavor() -> None:
    slots = read_slots("any good hybrid flower", [], ordinary)
    assert (slots.category, slots.flavor, slots.flower_type) == ("Flower", None, "Hybrid")


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


def _first(text: str) -> str:
    return read([text]).requests[0].intent


@pytest.mark.parametrize(
    "text",
    [
        "hi this is marcy from the accounting firm, need the ein and bank routing for invoice 4471",
        "our vendor portal shows your payment past due, who do i talk to",
        "i am a supplier, who handles wholesale",
        "sending over the w9 and the purchase order",
        "soy proveedor, a quien le mando la factura",
    ],
)
def test_business_goes_to_the_staff(text: str) -> None:
    assert _first(text) == "for_staff"


@pytest.mark.parametrize(
    "text",
    ["thats your loss then", "the moose next door wrote a poem about seagulls", "blorb the flumphs tonight lol"],
)
def test_words_that_want_nothing_are_no_search(text: str) -> None:
    assert not {each.intent for each in read([text]).requests} & {"guess", "search", "recommend", "cheaper"}


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
    "text",
    [
        "can you look up if i ever bought that blueberry wax?",
        "have i bought tangie before",
        "did i ever get gummies from you",
        "did i buy any rosin",
        "did i get edibles in november?",
        "alguna vez he comprado gomitas",
    ],
)
def test_whether_something_was_ever_bought_is_looked_up(text: str) -> None:
    assert _first(text) == "history"


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


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("is there weed discount for cal students", "deals"),
        ("im a vet do i get somethin off", "deals"),
        ("any volume break", "deals"),
        ("First time EVER. friend says get a dab", "search"),
        ("what time should i show up to beat close", "hours"),
        ("is it true san jose is 24hrs", "hours"),
        ("thx you guys saved my thanksgiving, the balm worked wonders on mom", "thanks"),
        ("my eighth looks brown and dry, kinda pissed", "complaint"),
        ("can my mom use it on her feet", "question"),
        ("what day was i in last", "last_visit"),
        ("cancel my texts pls", "stop_question"),
        ("if i spend 340 how many points and whats that worth", "loyalty"),
        ("the atm in there charged me twice what do i do", "complaint"),
        ("can you just tell me what strain helps", "question"),
    ],
)
def test_what_is_asked_is_told_by_its_form(text: str, intent: str) -> None:
    assert _first(text) == intent
