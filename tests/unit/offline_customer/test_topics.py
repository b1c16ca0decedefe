"""Which topic a text is about, in its own words or by its form."""

from __future__ import annotations

import pytest

from motabot.offline.customer.reading import read
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.tidying import with_rules


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


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("pee test monday, smoked once saturday. am i cooked", ["question"]),
        ("a balm that doesnt smell strong", ["ingredients", "recommend"]),
        ("una pomada que no huela fuerte", ["ingredients", "recommend"]),
    ],
)
def test_each_part_is_heard_and_nothing_beside(text: str, intents: list[str]) -> None:
    assert [request.intent for request in read([text]).requests] == intents


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("el vape que compre hace 3 dias ya no prende, que hago", "returns"),
        ("my tangie pen died already, got it monday", "returns"),
        ("three gummies out the door price", "tax"),
    ],
)
def test_the_rule_that_belongs_to_a_question_is_told_with_it(text: str, rule: str) -> None:
    assert rule in [each.intent for each in with_rules(read([text]).requests, plain_words(text))]


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
        "can you look up if i ever bought that blueberry wax?",
        "have i bought tangie before",
        "did i ever get gummies from you",
        "did i buy any rosin",
        "que dia compre el crumble de tangie",
        "kush nuts, have i had them before?",
        "alguna vez he comprado gomitas",
    ],
)
def test_whether_something_was_ever_bought_is_looked_up(text: str) -> None:
    assert _first(text) == "history"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("is there weed discount for cal students", "deals"),
        ("yall doing anything for black friday", "deals"),
        ("le hacen descuento por la edad", "deals"),
        ("whats the total ive spent w you this year", "spent"),
        ("my pen died already, got it monday", "complaint"),
        ("wya", "address"),
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
