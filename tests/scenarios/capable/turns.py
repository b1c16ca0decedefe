"""Turns of a capable model: who texts what, which tools the model calls, and the reply that it then writes.

Half of the replies write figures as references, as the prompt asks; ``<Name>`` in a reference stands for the product's
key. The others type their figures. Every reply is true and lawful, so whatever the check sends back is a false alarm.
"""

from __future__ import annotations

from typing import Any

Turn = tuple[str, str, list[tuple[str, dict[str, Any]]], str]


def find(**given: Any) -> tuple[str, dict[str, Any]]:
    return "search_products", given


def suggest(**given: Any) -> tuple[str, dict[str, Any]]:
    return "recommend_products", given


def product(name: str) -> tuple[str, dict[str, Any]]:
    return "show_product", {"name": name}


def basket(items: dict[str, int], *, points: bool = False) -> tuple[str, dict[str, Any]]:
    listed = [{"product": name, "quantity": many} for name, many in items.items()]
    return "price_my_basket", {"items": listed, "day": None, "groups": None, "use_points": points}


def shop(topic: str, location: str | None = None) -> tuple[str, dict[str, Any]]:
    return "show_shop_info", {"topic": topic, "location": location}


def answer(question: str, language: str = "en") -> tuple[str, dict[str, Any]]:
    return "look_up_answer", {"question": question, "language": language}


def person(reason: str) -> tuple[str, dict[str, Any]]:
    return "ask_for_person", {"reason": reason, "summary": "The customer asks for it."}


def purchases(**given: Any) -> tuple[str, dict[str, Any]]:
    return "list_my_purchases", given


def spent(**given: Any) -> tuple[str, dict[str, Any]]:
    return "sum_my_purchases", given


def value(by: str, *names: str, category: str | None = None) -> tuple[str, dict[str, Any]]:
    return "compare_value", {"by": by, "products": list(names) or None, "category": category}


PROFILE: tuple[str, dict[str, Any]] = ("show_my_profile", {})
FAVORITES: tuple[str, dict[str, Any]] = ("list_my_favorites", {})

TURNS: list[Turn] = [
    # --- points and rewards
    (
        "ana",
        "how many points do i have",
        [],
        "You're at {me.points} points, Ana, good for {shop.loyalty.reward_dollars} off at the counter.",
    ),
    (
        "ana",
        "points?",
        [],
        "120 points right now, Ana. That covers one $5 reward, and 80 more points make it two.",
    ),
    (
        "ana",
        "how far am i from the next reward",
        [],
        "One $5 reward is already yours with 120 points. Another 80 points, so about $80 in purchases, and you'd have a second one.",
    ),
    (
        "marcus",
        "can i use my points on my next order",
        [],
        "Sure can, at the counter! Your {me.points} points are worth $30 off, since every 100 points take off $5.",
    ),
    (
        "marcus",
        "how many points n what r they worth",
        [PROFILE],
        "You've saved up 640 points, Marcus. Six rewards of $5 each, so $30 off, with 40 points left over.",
    ),
    (
        "lucia",
        "cuantos puntos tengo?",
        [],
        "Tienes {me.points} puntos, Lucia. Te faltan {100 - me.points} para los primeros $5 de descuento.",
    ),
    (
        "lucia",
        "cuando me dan descuento por los puntos",
        [],
        "Con 100 puntos te descontamos $5 en el mostrador. Llevas 55, asi que te faltan 45.",
    ),
    (
        "stranger",
        "do you have a rewards program",
        [],
        "We do! You earn one point for every dollar, and 100 points get you $5 off at the counter.",
    ),
    ("marcus", "am i vip?", [], "You sure are, Marcus! VIP, with 24 visits so far."),
    # --- last purchases
    (
        "ana",
        "what did i get last time",
        [],
        "Last time, on {v1.date}, you took home two Blue Dream 3.5g and the Lemon Gummies 100mg, {v1.total} with tax.",
    ),
    ("ana", "how much did i pay last visit?", [], "Your last visit came to $88.80 with tax, Ana."),
    (
        "marcus",
        "whats the last thing i bought and where",
        [purchases(limit=1)],
        "On {v1.date} at our Oakland store you got a Gelato 3.5g for $36.00 and two Northern Lights Pre-Rolls for $16.00. With tax that was $62.40.",
    ),
    (
        "marcus",
        "when did i last get the jack herer cart",
        [purchases(product="Jack Herer", limit=3)],
        "That was on {v2.date}, Marcus. You paid $35.00 for the Jack Herer Cartridge 0.5g.",
    ),
    (
        "marcus",
        "how many times have i been in",
        [],
        "24 times so far, most recently on {me.last_visit}. Thanks for being a regular!",
    ),
    (
        "marcus",
        "how much have i spent in total this year",
        [spent(since="2000-01-01", by="total")],
        "You've spent {s1.spent} over {s1.visit_days} visits, tax included.",
    ),
    (
        "ana",
        "how much do i spend on flower?",
        [spent(category="flower", by="total")],
        "On flower it's {s1.spent} so far, before tax.",
    ),
    (
        "lucia",
        "que compre la ultima vez",
        [],
        "El {v1.date} compraste Mango Gummies 10mg en Oakland. En total fueron $8.40 con impuestos.",
    ),
    (
        "lucia",
        "cuanto pague por las gomitas",
        [purchases(limit=2)],
        "Pagaste $7.00 por las Mango Gummies 10mg, $8.40 ya con impuestos.",
    ),
    (
        "marcus",
        "what do i usually get",
        [FAVORITES],
        "Mostly Gelato 3.5g, nine times now, and Northern Lights Pre-Rolls. Wedding Cake 3.5g is your third favorite, but we're out of it at the moment.",
    ),
    (
        "ana",
        "my usual?",
        [FAVORITES],
        "Your Blue Dream 3.5g is here for {<Blue Dream 3.5g>.price}, and so are the Lemon Gummies 100mg at {<Lemon Gummies 100mg>.price}. I can't set them aside by text, but come grab them!",
    ),
    (
        "marcus",
        "the usual pls",
        [FAVORITES],
        "Both are in stock, Marcus: Gelato 3.5g for $36.00 and Northern Lights Pre-Roll 1g for $8.00. The Wedding Cake is sold out today.",
    ),
    # --- availability
    (
        "ana",
        "u got blue dream?",
        [product("Blue Dream")],
        "Yes! Blue Dream comes as an eighth for $28.00 or a full ounce for $168.00.",
    ),
    (
        "marcus",
        "is wedding cake back",
        [product("Wedding Cake 3.5g")],
        "Not yet, sorry Marcus. Wedding Cake 3.5g is still unavailable.",
    ),
    (
        "stranger",
        "do u have any pre rolls",
        [find(category="pre-rolls")],
        "We have one: Northern Lights Pre-Roll 1g, {<Northern Lights Pre-Roll 1g>.price}. It's an indica that customers describe as sleepy and relaxed.",
    ),
    (
        "stranger",
        "any carts?",
        [find(category="vapes")],
        "Just one at the moment, the Jack Herer Cartridge 0.5g by Select for $35.00. It tests at 82% THC.",
    ),
    (
        "stranger",
        "do you sell seeds",
        [find(query="seeds")],
        "We don't carry seeds, sorry! Anything else I can look up?",
    ),
    (
        "ana",
        "do you have gelato and how much",
        [product("Gelato 3.5g")],
        "Gelato 3.5g is on the shelf for $36.00. It's a 24% THC hybrid with sweet, citrusy notes.",
    ),
    (
        "lucia",
        "tienen gomitas?",
        [find(category="edibles", query="gummies")],
        "Si, tenemos dos: Lemon Gummies 100mg a $18.00 y Mango Gummies 10mg a $7.00.",
    ),
    (
        "lucia",
        "hay prerolls de indica?",
        [find(category="pre-rolls", flower_type="Indica")],
        "Si! Northern Lights Pre-Roll 1g, {<Northern Lights Pre-Roll 1g>.price}, una indica con {<Northern Lights Pre-Roll 1g>.thc} de THC.",
    ),
    (
        "marcus",
        "got any concentrates",
        [find(category="concentrates")],
        "No concentrates right now, I'm afraid. Want me to look at carts or flower instead?",
    ),
    # --- prices and arithmetic
    (
        "ana",
        "how much for 3 eighths of blue dream",
        [product("Blue Dream 3.5g")],
        "Three Blue Dream 3.5g come to {3*<Blue Dream 3.5g>.price} before tax.",
    ),
    (
        "ana",
        "price of 2 blue dream and the lemon gummies?",
        [basket({"Blue Dream 3.5g": 2, "Lemon Gummies 100mg": 1})],
        "Two Blue Dream 3.5g and the Lemon Gummies 100mg are {b1.before_tax} together, before tax.",
    ),
    (
        "marcus",
        "gelato plus 4 northern lights prerolls total",
        [],
        "One Gelato 3.5g at $36.00 and four Northern Lights Pre-Rolls at $8.00 each make $68.00 before tax.",
    ),
    (
        "marcus",
        "and if i use my points?",
        [basket({"Gelato 3.5g": 1}, points=True)],
        "A Gelato 3.5g is $36.00, and your points take $30 off, so you'd pay $6.00 plus tax.",
    ),
    (
        "stranger",
        "whats cheaper per gram blue dream eighth or ounce",
        [value("gram", "Blue Dream 3.5g", "Blue Dream 28g")],
        "The ounce: $168.00 for 28g is $6.00 a gram, while the eighth at $28.00 comes to $8.00 a gram.",
    ),
    (
        "stranger",
        "is the oz a better deal",
        [product("Blue Dream")],
        "It is! The Blue Dream 28g works out to {<Blue Dream 28g>.price / <Blue Dream 28g>.grams} a gram, against {<Blue Dream 3.5g>.price / <Blue Dream 3.5g>.grams} for the Blue Dream 3.5g.",
    ),
    (
        "ana",
        "difference between gelato and blue dream price",
        [product("Gelato 3.5g")],
        "Gelato 3.5g is $36.00 and Blue Dream 3.5g is $28.00, so Gelato costs $8.00 more.",
    ),
    (
        "lucia",
        "cuanto salen 2 mango gummies y un chocolate",
        [product("Dark Chocolate Bar 100mg")],
        "Dos Mango Gummies 10mg a $7.00 y una Dark Chocolate Bar 100mg a $22.00 suman $36.00 antes de impuestos.",
    ),
    (
        "stranger",
        "how much thc is in an eighth of gelato",
        [product("Gelato 3.5g")],
        "Gelato 3.5g has 24% THC, so that's about 840 mg in the whole eighth.",
    ),
    (
        "stranger",
        "best value edible",
        [value("mg", category="edibles")],
        "Lemon Gummies 100mg give you the most for your money: $18.00 for 100mg, so $0.18 per mg.",
    ),
    (
        "ana",
        "30 bucks what can i get",
        [find(max_price=30, sort="best", limit=3)],
        "For $30 you could get a Blue Dream 3.5g at $28.00, which you already like. It's rated 4.6.",
    ),
    (
        "marcus",
        "whats 10% off gelato",
        [],
        "10% off the $36.00 Gelato 3.5g is $3.60, so it'd be $32.40. That discount is for veterans and seniors with proof, though.",
    ),
    (
        "marcus",
        "so if i buy 2 gelatos i pay 72?",
        [],
        "Exactly, $72.00 for two Gelato 3.5g, plus tax at the counter.",
    ),
    (
        "stranger",
        "2 sour diesel grams and a preroll how much",
        [product("Sour Diesel 1g"), product("Northern Lights Pre-Roll 1g")],
        "Two Sour Diesel 1g are $22.00 and a Northern Lights Pre-Roll 1g is $8.00, so $30.00 in all before tax.",
    ),
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
    # --- recommendations
    (
        "ana",
        "something for relaxing tonight, like 30 bucks",
        [suggest(effect="Relaxed", max_price=30, limit=3)],
        "How about your Blue Dream 3.5g at {<Blue Dream 3.5g>.price}? Customers describe it as happy and relaxed.",
    ),
    (
        "stranger",
        "sleepy flower?",
        [find(effect="Sleepy", category="flower")],
        "Granddaddy Purple 3.5g is your match: $33.00, an indica described as sleepy and relaxed, with grape flavor.",
    ),
    (
        "stranger",
        "somethin energetic",
        [find(effect="Energetic", limit=3)],
        "Try Sour Diesel 1g for $11.00, a sativa that people call energetic and happy, or Pineapple Express 7g at $52.00 if you want more of it.",
    ),
    (
        "marcus",
        "whats your strongest flower",
        [find(category="flower", sort="thc_high", limit=3)],
        "That'd be Sour Diesel 1g at 26% THC, just $11.00. Your Gelato isn't far behind with 24%.",
    ),
    (
        "stranger",
        "cheapest thing u got",
        [find(sort="price_low", limit=3)],
        "The cheapest is Mango Gummies 10mg at $7.00, with the Northern Lights Pre-Roll 1g right behind at $8.00.",
    ),
    (
        "stranger",
        "new to this, something mild",
        [find(beginner=True, category="edibles")],
        "Welcome! Mango Gummies 10mg are on the gentle side at {<Mango Gummies 10mg>.price}. Start low and go slow.",
    ),
    (
        "stranger",
        "low thc flower?",
        [find(category="flower", sort="thc_low", limit=2)],
        "Harlequin 3.5g is our mildest flower: 5% THC with 9% CBD for $24.00, described as relaxed and focused.",
    ),
    (
        "marcus",
        "something like wedding cake",
        [suggest(similar_to="Wedding Cake 3.5g", limit=3)],
        "With Wedding Cake out, your Gelato 3.5g for $36.00 comes close: also a sweet hybrid that people describe as relaxed.",
    ),
    (
        "marcus",
        "new flower i havent tried under 40",
        [suggest(category="flower", novelty="new", max_price=40, limit=3)],
        "You could try Blue Dream 3.5g, $28.00 and described as happy and creative, or Granddaddy Purple 3.5g, a grapey indica at $33.00.",
    ),
    (
        "lucia",
        "algo para dormir en flor",
        [find(effect="Sleepy", category="flower")],
        "Granddaddy Purple 3.5g cuesta $33.00. Es una indica que los clientes describen como relajante, con sabor a uva.",
    ),
    (
        "lucia",
        "que chocolate tienen",
        [find(query="chocolate", category="edibles")],
        "Tenemos Dark Chocolate Bar 100mg de Mota a $22.00.",
    ),
    (
        "ana",
        "gelato vs blue dream?",
        [product("Gelato 3.5g"), product("Blue Dream 3.5g")],
        "Gelato 3.5g is stronger at 24% THC and $36.00; Blue Dream 3.5g has 21% and is $8.00 cheaper. Gelato is described as euphoric, Blue Dream as happy and creative.",
    ),
    (
        "ana",
        "which is better rated",
        [product("Gelato 3.5g"), product("Blue Dream 3.5g")],
        "Blue Dream edges it: 4.6 against 4.4 for Gelato.",
    ),
    (
        "stranger",
        "is gdp indica? how strong",
        [product("Granddaddy Purple 3.5g"), product("Gelato 3.5g")],
        "Yes, Granddaddy Purple 3.5g is an indica. It has 19% THC, which makes it one of the milder ones next to Gelato's 24%.",
    ),
    (
        "stranger",
        "topicals?",
        [find(category="topicals")],
        "There's Lavender Bath Salts by Body Bliss for {<Lavender Bath Salts>.price}.",
    ),
    (
        "stranger",
        "pineapple express price and whats it like",
        [product("Pineapple Express 7g")],
        "Pineapple Express 7g is $52.00 for a quarter. It's a 23% hybrid, rated 4.7, and customers find it happy, uplifted and energetic with a pineapple and citrus taste.",
    ),
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
    # --- arithmetic and wishes in plainer words
    (
        "ana",
        "yo whats good, got my blue dream?",
        [product("Blue Dream 3.5g")],
        "All good here, Ana! Your Blue Dream 3.5g is in today at {<Blue Dream 3.5g>.price}.",
    ),
    (
        "ana",
        "i have 40 bucks cash. blue dream n 2 mango gummies work?",
        [product("Mango Gummies 10mg")],
        "A Blue Dream 3.5g and one Mango Gummies 10mg come to $35.00, but with two it's $42.00, so you'd be $2.00 over before tax.",
    ),
    (
        "ana",
        "what if i only get one gummies",
        [product("Mango Gummies 10mg")],
        "Then it's $35.00 before tax: $28.00 for the Blue Dream 3.5g and $7.00 for the Mango Gummies 10mg.",
    ),
    (
        "ana",
        "could i use a reward on that",
        [product("Mango Gummies 10mg")],
        "Yes! One $5 reward would bring the $28.00 Blue Dream 3.5g down to $23.00 before tax.",
    ),
    (
        "marcus",
        "avg spend per visit?",
        [spent(by="total")],
        "Across {s1.receipts} receipts you've spent {s1.spent}, which averages {s1.spent / s1.receipts} per visit.",
    ),
    (
        "marcus",
        "did i buy anything in berkeley",
        [purchases(limit=10)],
        "Yes, one visit: on {v3.date} you got a Wedding Cake 3.5g in Berkeley for $36.00 with tax.",
    ),
    ("marcus", "how long since my last visit", [], "Three days! You were last in on {me.last_visit}."),
    (
        "marcus",
        "what did i pay in tax last time",
        [purchases(limit=1)],
        "I can see the total with tax, $62.40, and your items add up to $52.00, so the rest is tax.",
    ),
    (
        "marcus",
        "can u recommend a preroll for tonight, im beat",
        [find(category="pre-rolls")],
        "The Northern Lights Pre-Roll 1g has your name on it: $8.00, and it's described as sleepy and relaxed. You've had it six times already!",
    ),
    (
        "marcus",
        "is there anything indica cheaper than gdp",
        [find(flower_type="Indica", sort="price_low", limit=3)],
        "Yes, Northern Lights Pre-Roll 1g at $8.00 is also an indica and a lot cheaper than Granddaddy Purple 3.5g at $33.00.",
    ),
    (
        "marcus",
        "whats the thc on all the flower u got",
        [find(category="flower", sort="thc_high", limit=10)],
        "From strongest to mildest: Sour Diesel 1g 26%, Gelato 3.5g 24%, Pineapple Express 7g 23%, Blue Dream 21%, Granddaddy Purple 19%, Harlequin 5%.",
    ),
    (
        "stranger",
        "cheapest eighth?",
        [find(query="eighth", category="flower", sort="price_low", limit=3)],
        "Harlequin 3.5g is our lowest-priced eighth at {<Harlequin 3.5g>.price}. Next up is Blue Dream 3.5g for {<Blue Dream 3.5g>.price}.",
    ),
    (
        "stranger",
        "cheapest eighth over 20%",
        [find(query="eighth", category="flower", min_thc=20, sort="price_low", limit=3)],
        "Above 20% THC it's Blue Dream 3.5g: $28.00 and 21%.",
    ),
    (
        "stranger",
        "most expensive flower?",
        [find(category="flower", sort="price_high", limit=2)],
        "That's the Blue Dream 28g at $168.00, since it's a whole ounce.",
    ),
    (
        "stranger",
        "how many pre rolls can i get for 50",
        [product("Northern Lights Pre-Roll 1g")],
        "Six Northern Lights Pre-Rolls would be $48.00, so that fits your $50 before tax.",
    ),
    (
        "stranger",
        "i want 2 eighths of gdp and 1 harlequin, with tuesday deal?",
        [product("Granddaddy Purple 3.5g"), product("Harlequin 3.5g")],
        "Two Granddaddy Purple 3.5g and one Harlequin 3.5g are $90.00. The Tuesday deal is for edibles only, so it doesn't apply to flower.",
    ),
    (
        "stranger",
        "4 lemon gummies on tuesday with tax?",
        [product("Lemon Gummies 100mg")],
        "Four Lemon Gummies 100mg are $72.00, or $64.80 with Tuesday's 10% off edibles. Tax gets added at the counter.",
    ),
    (
        "stranger",
        "how do u guys compare to the shop down the street lol",
        [],
        "I can only speak for us, ha! Tell me what you're looking for and I'll look it up.",
    ),
    (
        "stranger",
        "r u hiring",
        [person("other")],
        "I don't know about openings, but I've passed your question on to our staff and they'll get back to you.",
    ),
    (
        "stranger",
        "im allergic to coconut, are the gummies safe",
        [find(query="gummies"), person("medical")],
        "I can't say, since I don't have their ingredients. I've asked our staff to get back to you; until then please check the label.",
    ),
    (
        "stranger",
        "will this show on a drug test",
        [answer("will thc show up on a drug test")],
        "It can, yes. THC may show up on a drug test for days or even weeks, so plan around that.",
    ),
    (
        "stranger",
        "how do i store flower",
        [answer("how should i store flower")],
        "Keep it in an airtight jar, somewhere cool and dark, and out of reach of kids.",
    ),
    (
        "stranger",
        "how much can i buy at once",
        [answer("how much can i buy at once")],
        "In California adults can buy up to one ounce of flower and eight grams of concentrate a day.",
    ),
    (
        "stranger",
        "do u take med cards",
        [answer("do you accept medical cards")],
        "I'm not sure about medical cards here, so please call us at +1 415-555-0134.",
    ),
    (
        "lucia",
        "cual es la mas fuerte en flor?",
        [find(category="flower", sort="thc_high", limit=3)],
        "La mas fuerte es Sour Diesel 1g con 26% de THC, a $11.00. Le sigue Gelato 3.5g con 24%.",
    ),
    (
        "lucia",
        "y la mas barata?",
        [find(category="flower", sort="price_low", limit=3)],
        "La mas barata es Sour Diesel 1g a $11.00.",
    ),
    (
        "lucia",
        "cuanto cuesta el gramo si compro la onza de blue dream",
        [product("Blue Dream 28g")],
        "La onza de Blue Dream cuesta $168.00, o sea $6.00 por gramo.",
    ),
    ("lucia", "abren manana?", [shop("hours")], "Si, manana abrimos {shop.hours.tomorrow}."),
    (
        "lucia",
        "me trataron muy mal ayer",
        [person("complaint")],
        "Lo siento mucho, Lucia, eso no deberia pasar. Ya le avise a nuestro personal y te van a contactar.",
    ),
    (
        "lucia",
        "quiero algo suave que no me tumbe",
        [find(beginner=True, category="edibles")],
        "Las Mango Gummies 10mg que ya conoces son suaves, a $7.00. Empieza con poquito!",
    ),
    (
        "lucia",
        "cuanto gaste contigo en total",
        [spent(by="total")],
        "En total llevas {s1.spent} en {s1.receipts} compra, con impuestos.",
    ),
    (
        "ana",
        "is it cheaper to wait til tuesday for the gummies",
        [],
        "Yes, Ana! The Lemon Gummies 100mg go from $18.00 to $16.20 on Tuesdays, so you'd save $1.80.",
    ),
    (
        "ana",
        "so whats my total if i get blue dream, lemon gummies and a preroll",
        [product("Northern Lights Pre-Roll 1g")],
        "$54.00 before tax: Blue Dream 3.5g $28.00, Lemon Gummies 100mg $18.00 and Northern Lights Pre-Roll 1g $8.00.",
    ),
    (
        "ana",
        "minus my reward",
        [product("Northern Lights Pre-Roll 1g")],
        "If you add your $5 reward to a Blue Dream 3.5g and a Northern Lights Pre-Roll 1g, the $36.00 becomes $31.00.",
    ),
    (
        "ana",
        "which of your flower would you pick for a movie night",
        [find(effect="Happy", category="flower", limit=3)],
        "Blue Dream 3.5g, hands down: people describe it as happy, relaxed and creative, and it's $28.00.",
    ),
    (
        "ana",
        "something citrusy?",
        [find(flavor="Citrus", limit=3)],
        "If you like citrus, there's Pineapple Express 7g ($52.00), Gelato 3.5g ($36.00) and Sour Diesel 1g ($11.00).",
    ),
    (
        "ana",
        "only got 11 left in my wallet lol",
        [find(max_price=11, sort="best", limit=3)],
        "That still gets you a Sour Diesel 1g for exactly $11.00, or a Northern Lights Pre-Roll 1g with $3.00 to spare, before tax.",
    ),
    (
        "stranger",
        "is your sour diesel a sativa and does it come in 8ths",
        [product("Sour Diesel")],
        "It's a sativa, yes, but right now we only have it as a 1g for $11.00.",
    ),
    (
        "stranger",
        "u guys got blue dream vapes",
        [find(query="blue dream vape")],
        "No Blue Dream vape right now, sorry. Want me to look at flower instead?",
    ),
    ("stranger", "how old do i have to be", [], "You have to be 21, and please bring a valid government ID."),
    (
        "stranger",
        "open past 9 on thursdays?",
        [shop("hours")],
        "No, Thursdays we close at 9 PM. Fridays and Saturdays we stay open an hour longer.",
    ),
    (
        "stranger",
        "what day r u open the latest",
        [shop("hours")],
        "Fridays and Saturdays, when we're here until 10 PM.",
    ),
    ("stranger", "u open new years day?", [shop("hours")], "Yes, from 12 PM to 6 PM on January 1."),
    (
        "stranger",
        "closest store to emeryville",
        [shop("locations")],
        "I can't check distances, but our East Bay stores are at 340 Example Avenue in Oakland and 88 Example Way in Berkeley.",
    ),
    (
        "marcus",
        "forgot my wallet there yesterday",
        [person("other")],
        "Oh no! I've let our staff know, Marcus, and they'll reach out. You can also call the Oakland store at +1 510-555-0135.",
    ),
    ("marcus", "lol u sound like a robot", [], "Guilty, I am one! But I do know you've got 640 points waiting."),
    (
        "marcus",
        "gimme a discount pleaase",
        [],
        "I can't hand out discounts, but your 640 points are good for $30 off at the counter.",
    ),
    (
        "marcus",
        "what would gelato be after points n tax",
        [],
        "Your points cover $30 of the $36.00 Gelato 3.5g, leaving $6.00, and tax is added at the counter.",
    ),
    (
        "marcus",
        "how much is 3.5 of gelato vs pineapple per gram",
        [value("gram", "Gelato 3.5g", "Pineapple Express 7g")],
        "Gelato comes to about $10.29 a gram and Pineapple Express to about $7.43 a gram, so Pineapple Express is the better value.",
    ),
    ("marcus", "so 7g of gelato would be what", [], "Two Gelato 3.5g make 7 grams, and that's $72.00."),
    (
        "stranger",
        "whats in stock from kiva",
        [find(brand="Kiva")],
        "From Kiva we've got Lemon Gummies 100mg at $18.00 and Mango Gummies 10mg at $7.00.",
    ),
    (
        "stranger",
        "which kiva one is stronger",
        [find(brand="Kiva")],
        "The Lemon Gummies 100mg by far: 100mg a pack against 10mg for the Mango Gummies.",
    ),
    (
        "stranger",
        "so 10 packs of mango = 1 lemon?",
        [find(brand="Kiva")],
        "In THC, yes: ten packs of Mango Gummies 10mg hold 100mg. But they'd cost $70.00 instead of $18.00.",
    ),
    (
        "stranger",
        "do you sell papers or lighters",
        [find(query="rolling papers"), find(query="lighter")],
        "I don't see rolling papers or lighters on our menu at the moment.",
    ),
    (
        "stranger",
        "can u do 150 for the oz",
        [product("Blue Dream 28g")],
        "I can't change prices, sorry! The Blue Dream 28g is $168.00.",
    ),
    (
        "stranger",
        "do i get anything on my first visit",
        [],
        "There's no first-visit deal that I know of, but you'd start earning points right away: one for every dollar.",
    ),
]
