"""What a question is about, by words that leave no doubt."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from motabot.offline.customer.reading import read
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.subjects import SUBJECTS, subject_of

KNOWLEDGE = Path(__file__).parents[3] / "prompts" / "knowledge"


def test_every_wording_stands_in_the_knowledge_base() -> None:
    entries = [
        each for path in KNOWLEDGE.glob("*.toml") for each in tomllib.loads(path.read_text("utf-8"))["entries"]
    ]
    for language in ("en", "es"):
        known = {question for entry in entries for question in entry[language]["questions"]}
        assert [each.wordings[language] for each in SUBJECTS if each.wordings[language] not in known] == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("is my guide dog ok inside", "service-animals"),
        ("do terps really do anything", "terpenes"),
        ("found a gummy from 2022 in my car, still safe?", "shelf-life"),
        ("got a new email, can u put it on my account", "account-change"),
        ("whens the vendor day", "events"),
        ("can my class project do a 15 minute interview", "interviews"),
        ("can you check if my ex came by there", "other-customers"),
        ("what data do yall have on me", "own-data"),
        ("i blow glass, who do i talk to about carrying them", "vendors"),
        ("do u match prices", "price-match"),
        ("so should i eat the other half", "feel-nothing"),
        ("did anyone hand in a purple umbrella", "lost-property"),
        ("is this the pharmacy on 3rd?", "wrong-number"),
        ("ur menu page isnt loading", "page-trouble"),
        ("is the tall budtender with the beard still there", "staff-members"),
        ("can i do some cash and the rest on debit", "split-pay"),
        ("por que estan tan caras las plumas", "price-changes"),
        ("did yall raise your prices", "price-changes"),
        ("can you come down a bit on that", "bargaining"),
        ("any variety packs?", "sampler"),
        ("do u gift wrap", "gifts"),
        ("whats the limit on carts", "limits"),
        ("cuanto puedo llevar encima", "limits"),
        ("do gummies expire", "shelf-life"),
        ("can i grow at home", "home-growing"),
        ("how do i get a med card", "card-doctors"),
        ("do i have to be a california resident", "residents"),
        ("para que sirve el thc", "cbd-use"),
        ("que son los infusionados", "infused"),
        ("are yall throwing a party for new years", "events"),
        ("can i interview you for my thesis", "interviews"),
        ("left my grey beanie on the counter, anybody turn it in??", "lost-property"),
        ("deje mi celular ahi ayer", "lost-property"),
        ("yall hiring? got 2 yrs at a smoke shop", "jobs"),
        ("who's your buyer and can I drop samples", "vendors"),
        ("yo i wanna start a brand. how do u get on ya shelf", "vendors"),
        ("u buy trim? i got like 4 lbs", "sell-to-us"),
        ("do you sponsor little league teams?", "sponsorship"),
        ("want to hang flyers for a grief support group", "sponsorship"),
        ("are there cameras inside?", "security"),
        ("does your security guard have a taser", "security"),
        ("can someone walk me to my bart station", "escort"),
        ("do you guys recycle old carts n batteries", "recycling"),
        ("what percent of your brands are black owned", "owners"),
        ("do you accept ebt", "ebt"),
        ("I got a ticket for an open container, should i fight it", "legal"),
        ("can i still get a security clearance", "legal"),
        ("does smoking before a colonoscopy matter", "surgery"),
        ("if i ate the entire thing would i die lol", "overdose-risk"),
        ("got any shrooms?", "other-drugs"),
        ("which one is better for quitting oxy", "quitting"),
        ("can u add something to make me fail a swab test for my roommate prank", "unaware"),
        ("is there street parking or do i gotta pay for the garage", "parking"),
        ("im in the parking lot is the line long", "wait"),
        ("can i smoke in ur parking lot", "smoke-here"),
        ("are there chairs in the store for her to sit", "seating"),
        ("do u price match weedmaps", "price-match"),
        ("can i give my points to my sister", "give-points"),
        ("does it stack with tuesdays discount", "stacking"),
        ("whats a quarter weigh", "weights"),
        ("Qué es eso de los terpenos que mencionan", "terpenes"),
        ("hows it different from kief", "hash-kief"),
        ("my plant's lower leaves are yellow w brown tips", "growing-help"),
        ("could you send the COA for the Bubba Kush batch", "lab-figures"),
        ("what happens if cops pull me over with a sealed bag", "pulled-over"),
        ("is my info sold to anyone", "own-data"),
        ("se me perdio mi tarjeta en la tienda", "lost-property"),
        ("is 10mg too much", "dose"),
        ("does it fit any cart", "fits"),
        ("is the salve gonna get me high", "topical-high"),
        ("i get drug tested at work", "drug-test"),
        ("will the tincture come up on my screening", "drug-test"),
        ("my landlady says shell fine me for vaping", "legal"),
        ("we need a venue for our poetry night", "sponsorship"),
        ("can you cut it in half", "split-dose"),
        ("could i split a brownie", "split-dose"),
        ("can we split the total on two cards", "split-pay"),
        ("que pega mas el crumble o el wax", "concentrate-strength"),
        ("is shatter stronger than rosin", "concentrate-strength"),
        ("heard weed lowers your iq", "brain"),
        ("has my son been buying from you", "other-customers"),
        ("can my boss find out what i buy there", "own-data"),
        ("do i show my va card each time for the 10% off", "discount-proof"),
        ("puedo regalar gomitas a mi comadre", "giving"),
        ("como se forja un gallo", "rolling"),
        ("is vaping safer than joints", "lungs"),
        ("got a felony, can i still shop there", "who-may-buy"),
        ("anything to calm my old dog on new years", "pet-products"),
        ("please update my last name, got married", "account-change"),
        ("where does your flower come from", "supply"),
        ("friends have a bong and ive never smoked", "smoking-how"),
        ("whats better a pen or a cart", "pen-or-cart"),
        ("is there a fee at the atm", "atm-fee"),
        ("how fast is delivery", "delivery-time"),
        ("are the prices the same at all stores", "stores-alike"),
        ("how long have you guys been around", "about-shop"),
        ("is weed legal here", "legality"),
        ("how do i make brownies with weed at home", "cooking"),
        ("what does microdosing mean", "microdose"),
        ("whats a spliff", "preroll-words"),
        ("any female owned brands", "owners"),
        ("could i get fired over cbd", "legal"),
        ("do gummies last in the fridge", "shelf-life"),
        ("what does og stand for", "og"),
        ("how many joints can i get out of a quarter", "weights"),
        ("we are tourists, what do we need to buy", "residents"),
        ("a quien le pregunto por trabajo ahi", "jobs"),
        ("why are you texting me", "texts-why"),
        ("rosin or live resin, whats the difference", "rosin-resin"),
        ("dif entre el normal y el infusionado", "infused"),
        ("took a 100mg cookie like 90 min ago, feeling nothing", "feel-nothing"),
    ],
)
def test_a_subject_is_heard(text: str, key: str) -> None:
    subject = subject_of(plain_words(text))
    assert subject is not None
    assert subject.key == key


@pytest.mark.parametrize(
    "text",
    [
        "something to pick me up",
        "what are your hours of operation",
        "do you have any alcohol free tinctures",
        "got any vape pens there",
        "something to smoke from your store",
        "me lo llevan a la casa?",
        "cheapest cart",
        "how many points do i have",
        "got any garlic cookies",
        "whats the return procedure",
        "is mike working today",
        "ice cream cake eighth",
    ],
)
def test_everyday_words_name_no_subject(text: str) -> None:
    assert subject_of(plain_words(text)) is None


def test_a_subject_beside_a_wish_is_one_request_of_two() -> None:
    requests = read(["do you have chairs? and cheapest gummies"]).requests
    assert {each.intent for each in requests} == {"question", "search"}


def test_a_statement_of_the_shop_goes_with_a_subject_that_names_it() -> None:
    requests = read(["mi pluma parpadea, me la cambian?"]).requests
    assert [each.intent for each in requests] == ["returns", "question"]


def test_what_happened_is_no_question_beside_a_subject() -> None:
    requests = read(["I left a gray beanie at the Oakland store on Monday, did anyone turn it in?"]).requests
    assert [each.question for each in requests] == ["Did someone turn in what I lost?"]


def test_words_for_a_whole_text_leave_no_list_beside_them() -> None:
    requests = read(["got any shrooms? chocolate bar kind"]).requests
    assert [each.intent for each in requests] == ["question"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("points balance, my last purchase", "points-expire"),
        ("lost my phone, this one is new, its dana", "lost-property"),
        ("resume my texts", "jobs"),
        ("the bag was full of seeds", "seeds"),
        ("this is not my usual line", "wait"),
        ("what should i cop", "pulled-over"),
        ("found you on a flyer", "sponsorship"),
        ("are you an artificial intelligence", "caffeine"),
        ("do points go bad", "shelf-life"),
        ("im 19 w a med card", "card-doctors"),
        ("how many points can i have", "limits"),
        ("you have the wrong number", "wrong-number"),
        ("ounce to split it with my friends", "split-pay"),
        ("my landlord loves your shop", "legal"),
        ("tengo 65 me hacen descuento", "bargaining"),
        ("le gustan los baños de tina", "amenities"),
        ("they charged my debit twice", "atm-fee"),
        ("tell me what i bought last", "own-data"),
        ("que compré el jueves", "other-customers"),
        ("who makes the elderberry gummies", "supply"),
        ("how many puffs out of that pod", "smoking-how"),
        ("put my name on a pack of joints", "account-change"),
        ("something that helps me write my thesis", "interviews"),
    ],
)
def test_one_word_of_a_subject_is_not_the_subject(text: str, key: str) -> None:
    found = subject_of(plain_words(text))
    assert found is None or found.key != key
