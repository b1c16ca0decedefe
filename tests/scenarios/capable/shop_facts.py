"""Turns about deals, hours, places and policies."""

from __future__ import annotations

from tests.scenarios.capable.calls import (
    Turn,
    answer,
    person,
    product,
    shop,
)

SHOP: list[Turn] = [
    # --- deals
    (
        "ana",
        "any deals today?",
        [shop("deals")],
        "On Tuesdays all edibles are 10% off, and veterans and seniors get 10% off every day with proof.",
    ),
    (
        "marcus",
        "im a veteran do i get something",
        [],
        "Thank you for your service, Marcus! Veterans get 10% off every day, just bring proof.",
    ),
    (
        "stranger",
        "how much are the lemon gummies on tuesday",
        [product("Lemon Gummies 100mg")],
        "Edibles are 10% off on Tuesdays, so the Lemon Gummies 100mg would be $16.20 instead of $18.00.",
    ),
    (
        "stranger",
        "student discount?",
        [],
        "I don't see a student discount, sorry. We do have 10% off all edibles on Tuesdays.",
    ),
    (
        "lucia",
        "hay ofertas?",
        [],
        "Los martes hay 10% de descuento en todos los comestibles. Tus Mango Gummies 10mg quedarian en $6.30.",
    ),
    (
        "ana",
        "my dad is 70 does he get a discount",
        [],
        "He does! Seniors get 10% off every day. He just needs to bring proof.",
    ),
    (
        "stranger",
        "do deals stack",
        [],
        "I don't know whether they stack, so please ask at the counter. Want me to have someone get back to you?",
    ),
    # --- hours, places
    ("stranger", "what time do u close fridays", [shop("hours")], "Fridays we're open until 10 PM."),
    (
        "stranger",
        "hours?",
        [shop("hours")],
        "We're open 9 AM to 9 PM Monday to Thursday, 9 AM to 10 PM Friday and Saturday, and 10 AM to 8 PM on Sunday.",
    ),
    (
        "stranger",
        "sunday hours oakland",
        [shop("hours", "Oakland")],
        "Our Oakland store is open {shop.hours.sunday} on Sundays.",
    ),
    (
        "marcus",
        "whats the address",
        [shop("address", "Oakland")],
        "Your Oakland store is at 340 Example Avenue, Oakland, CA 94607.",
    ),
    (
        "stranger",
        "where r u",
        [shop("locations")],
        "We have four stores: San Francisco, Oakland, Berkeley and San Jose. Which one is closest to you?",
    ),
    (
        "stranger",
        "you open christmas",
        [shop("hours")],
        "We're closed on Christmas Day. New Year's Day we open at noon and close at 6 PM.",
    ),
    (
        "lucia",
        "a que hora abren el sabado",
        [shop("hours")],
        "El sabado abrimos a las 9 AM y cerramos a las 10 PM.",
    ),
    (
        "lucia",
        "donde estan en oakland",
        [shop("address", "Oakland")],
        "Estamos en 340 Example Avenue, Oakland, CA 94607. El telefono es +1 510-555-0135.",
    ),
    (
        "stranger",
        "is there parking",
        [answer("is there parking")],
        "I don't know about parking, sorry. You can call us at +1 415-555-0134, or I can ask a person to get back to you.",
    ),
    (
        "stranger",
        "phone number for berkeley?",
        [shop("contact", "Berkeley")],
        "You can reach the Berkeley store at +1 510-555-0136.",
    ),
    # --- policies
    (
        "stranger",
        "do u take credit cards",
        [],
        "No credit cards, sorry. We take cash and debit cards, and there's an ATM inside.",
    ),
    (
        "stranger",
        "can i pay w apple pay",
        [],
        "I only see cash and debit cards listed, so I can't promise Apple Pay. There's an ATM inside.",
    ),
    (
        "stranger",
        "do you deliver to daly city",
        [],
        "We only deliver in San Francisco, from 11 AM to 8 PM, with a $50 minimum.",
    ),
    (
        "stranger",
        "delivery in sf how much minimum",
        [],
        "Yes, we deliver in San Francisco from $50, between 11 AM and 8 PM. You order on our menu page.",
    ),
    (
        "ana",
        "can i return flower i didnt like",
        [],
        "I'm sorry it wasn't for you, Ana. We can't take flower back: only defective vape hardware can be exchanged, within 7 days and with the receipt.",
    ),
    (
        "marcus",
        "my cart is broken",
        [person("return")],
        "Sorry about that, Marcus! Defective vape hardware can be exchanged within 7 days with the receipt. I've asked our staff to follow up with you.",
    ),
    ("stranger", "do prices include tax", [], "No, our prices are before tax. Tax is added at the counter."),
    ("stranger", "can i bring my dog", [], "Sorry, no pets inside! Kids have to stay out as well."),
    (
        "stranger",
        "what do i need to bring",
        [],
        "A valid government ID that shows you're 21, and cash or a debit card.",
    ),
    (
        "lucia",
        "aceptan tarjeta?",
        [],
        "Aceptamos efectivo y tarjetas de debito, pero no tarjetas de credito. Tambien hay un cajero adentro.",
    ),
    (
        "lucia",
        "entregan a domicilio en oakland",
        [],
        "Por ahora solo entregamos en San Francisco, de 11 AM a 8 PM y desde $50.",
    ),
]
