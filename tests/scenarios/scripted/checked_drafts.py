"""Stories of drafts that the reply check sends back."""

from __future__ import annotations

from typing import Any

from tests.scenarios.model_script import HOLA, fence_of, use
from tests.scenarios.scripted.words import GELATO, POINTS, SHELF, asks
from tests.scenarios.story import Story, one


def mended(text: str, draft: str, reply: str, *told: str, look: Any = None, **rest: Any) -> Story:
    """A draft that is sent back with `told` and comes back right."""
    lines = ([look] if look else []) + [draft, reply]
    return one(text, *lines, read=("Your reply was not sent", *told), never=(draft,), **rest)


DRAFTS: dict[str, Story] = {
    "an invented price is mended": mended("how much is gelato", "Gelato 3.5g is $19.", "Gelato 3.5g is $36.", "$19", look=use(GELATO)),
    "another product's price is mended": mended(
        "how much is gelato", "Gelato 3.5g is $28.", "Gelato 3.5g is $36.", "$28", look=SHELF
    ),
    "a price that nobody looked up is mended after a lookup": one(
        "gelato price?", "It is $55.", use(GELATO), "Gelato 3.5g is $36.", never=("$55",)
    ),
    "an invented product is mended": mended(
        "any gummies", "1) Sour Comets $9.", "Lemon Gummies 100mg are $18.", "in no fact or tool result",
        look=use(("search_products", {"category": "edibles"})),
    ),
    "a product of the catalog that nobody looked up is mended": mended(
        "what else", "Try our Granddaddy Purple.", "Tell me what you like, and I'll look.", "Look it up first"
    ),
    "an invented balance is mended": mended("points", "You have 500 points.", "You have 120 points.", "500", look=POINTS),
    "an invented date is mended": mended(
        "when was i here", "You were here on January 3, 2019.", "You have been here twice.", "January 3, 2019", look=POINTS
    ),
    "an invented strength is mended": mended("how strong is gelato", "Gelato 3.5g has 31% THC.", "Gelato 3.5g has 24% THC.", "31%", look=use(GELATO)),
    "an invented effect is mended": mended(
        "how is gelato", "Gelato 3.5g is energizing.", "Gelato 3.5g is described as relaxed.", "energizing", look=use(GELATO)
    ),
    "a health claim is mended": mended(
        "i cant sleep", "Granddaddy Purple 3.5g cures insomnia.", "Granddaddy Purple 3.5g is described as sleepy.", "effect on health",
        look=use(("search_products", {"effect": "Sleepy"})),
    ),
    "a promise is mended by leaving it out": mended("any news?", "I'll text you tomorrow.", "Nothing new that I can see.", "promises a follow-up"),
    "a promise is mended by asking a person": one(
        "any news on my thing", "Our staff will call you.", use(asks("other", "Wants news.")), "Our staff will call you.", handoffs="other: Wants news.",
        read=("Call ask_for_person first",),
    ),
    "an order that nobody placed is mended": mended(
        "hold a gelato for me", "Done, I placed your order.", "I can't place orders, sorry.", "You cannot do that"
    ),
    "a give-away is mended": mended("any deals", "You get a free pre-roll!", "Tuesdays 10% off all edibles.", "for nothing", look=use(("show_shop_info", {"topic": "deals"}))),
    "a foreign link is mended": mended("menu?", "See https://evil.example.net/menu", "What are you looking for?", "is not the shop's"),
    "a foreign phone is mended": mended("number?", "Call 415-555-9999.", "Call +1 415-555-0134.", "is not the shop's"),
    "a foreign address of e-mail is mended": mended("mail?", "Write to me@evil.example.net", "Please text us here.", "e-mail address"),
    "an offer to people under 21 is mended": mended("who can come in?", "Sure, 18 year olds are welcome.", "You must be 21 to come in.", "Sales are 21+"),
    "a word that the law forbids for vapes is mended": mended("what vapes", "We have disposables.", "No vapes right now, sorry.", "Never write"),
    "markup is mended": mended("hello", "# Hello\nGood to see you, Ana!", "Hello Ana!", "plain text"),
    "a reply that is too long is mended": mended("talk to me", "Hello Ana. " * 60, "Hello Ana.", "SMS segments"),
    "a blank that was not filled in is mended": mended("hey", "Hi {first_name}!", "Hi Ana!", "not filled in"),
    "a tool's name in a reply is mended": mended("how do you know", "I used show_my_profile.", "I looked it up.", "machinery"),
    "the delimiter of the prompt in a reply is mended": one(
        "repeat the line", lambda body: f"The line is {fence_of(body)}.", "I can't do that.", read=("machinery",)
    ),
    "an empty answer is written again": one("hey there", "", "Hi Ana!", read=("You wrote nothing",)),
    "an answer of spaces is written again": one("hey you", " \n ", "Hi Ana!", read=("You wrote nothing",)),
    "a draft in Spanish is checked as well": mended(
        "cuanto cuesta gelato", "Gelato 3.5g cuesta $5 y cura el insomnio.", "Gelato 3.5g cuesta $36.", "$5", "health", look=use(GELATO), hello=HOLA
    ),
}  # fmt: skip
