"""Turns about general knowledge, people, orders and complaints, and several requests at once."""

from __future__ import annotations

from tests.scenarios.capable.calls import (
    Turn,
    answer,
    find,
    person,
    product,
    shop,
)

TALK: list[Turn] = [
    # --- knowledge
    (
        "stranger",
        "how long do edibles take",
        [answer("how long do edibles take to kick in")],
        "Edibles can take 30 minutes to 2 hours to kick in, so give them time before having more.",
    ),
    (
        "stranger",
        "indica vs sativa whats the diff",
        [answer("what is the difference between indica and sativa")],
        "Indica and sativa are two families of the plant. People often call indicas more relaxing and sativas more energizing, though it varies by strain.",
    ),
    (
        "stranger",
        "does the dark chocolate have nuts",
        [product("Dark Chocolate Bar 100mg"), answer("does it contain nuts")],
        "I don't know the ingredients of the Dark Chocolate Bar 100mg, sorry. Please check the label, or I can have someone look into it.",
    ),
    (
        "lucia",
        "cuanto tardan los comestibles",
        [answer("cuanto tardan los comestibles", "es")],
        "Pueden tardar entre 30 minutos y 2 horas. Ten paciencia antes de tomar mas.",
    ),
    # --- person, orders, complaints, compliments, chat
    (
        "marcus",
        "hold 2 gelatos for me",
        [],
        "I can't hold items by text, Marcus, but Gelato 3.5g is in stock at {<Gelato 3.5g>.price}.",
    ),
    (
        "marcus",
        "wheres my order",
        [person("order")],
        "I can't look up orders myself, so I've asked our staff to get back to you, Marcus.",
    ),
    (
        "ana",
        "last time the guy at the counter was so rude",
        [person("complaint")],
        "I'm really sorry, Ana, that's not how it should be. I've passed this on, and our staff will be in touch.",
    ),
    ("ana", "you guys are the best", [], "That made our day, Ana, thank you! See you soon."),
    ("marcus", "thx man", [], "Anytime, Marcus!"),
    (
        "stranger",
        "can i talk to a human",
        [person("asked")],
        "Of course. I've asked our team, and somebody will get back to you here.",
    ),
    (
        "stranger",
        "are you a bot",
        [],
        "Yes, I'm the shop's automated assistant. I can look up products, prices and hours, or get a person for you.",
    ),
    (
        "stranger",
        "who won the game last night",
        [],
        "I only know the shop, so I can't help with scores! Looking for anything on the menu?",
    ),
    ("lucia", "muchas gracias!", [], "Con mucho gusto, Lucia. Que tengas buen dia!"),
    (
        "ana",
        "change my number pls",
        [person("other")],
        "I can't change that from here, Ana, but I've let our staff know and they'll follow up.",
    ),
    # --- several requests at once
    (
        "ana",
        "points, hours fri, and is blue dream in?",
        [shop("hours"), product("Blue Dream 3.5g")],
        "You have 120 points, we're open 9 AM to 10 PM on Friday, and Blue Dream 3.5g is in stock at $28.00.",
    ),
    (
        "marcus",
        "how much was my last visit and do u deliver to oakland",
        [],
        "Your last visit was {v1.total} with tax. Delivery is only in San Francisco, sorry, so Oakland is out of range.",
    ),
    (
        "marcus",
        "stop the tuesday texts but keep the rest. also whats gelato cost",
        [person("other")],
        "I can't change which texts you get, so I've passed that to our staff. Gelato 3.5g is $36.00 today.",
    ),
    (
        "lucia",
        "puntos y a que hora cierran el domingo?",
        [shop("hours")],
        "Tienes 55 puntos, Lucia. Los domingos cerramos a las 8 PM.",
    ),
    (
        "stranger",
        "do u have gummies, do u take cash, and where in san jose are you",
        [find(query="gummies"), shop("address", "San Jose")],
        "Yes to both! Lemon Gummies 100mg are $18.00 and Mango Gummies 10mg $7.00, and cash is fine. In San Jose we're at 501 Example Boulevard.",
    ),
    (
        "ana",
        "if i get an oz of blue dream what would i save vs 8 eighths",
        [product("Blue Dream 28g")],
        "Eight eighths would be $224.00, and the ounce is $168.00, so you'd save $56.00.",
    ),
    (
        "marcus",
        "gelato or gdp, which is cheaper n which is stronger",
        [product("Granddaddy Purple 3.5g")],
        "Granddaddy Purple 3.5g is cheaper by $3.00, at $33.00. Gelato is the stronger one: 24% THC versus 19%.",
    ),
]
