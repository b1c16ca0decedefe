"""Stories of lookups: one, several, and as many as a turn may take."""

from __future__ import annotations

from tests.scenarios.model_script import after, use
from tests.scenarios.scripted.words import DONE, GELATO, POINTS, asks
from tests.scenarios.story import Story, one

TOOLS: dict[str, Story] = {
    "points are looked up and told": one(
        "how many points do i have?", POINTS, "You have 120 points, Ana.", found=('"loyalty_points": "120"',)
    ),
    "the last visit is told as the profile has it": one(
        "when was i last in?", POINTS, after(lambda told: f"You were here on {told['last_visited']}, {told['days_since_last_visit']} days ago."),
    ),
    "the latest purchase is listed with its price": one(
        "what did i get last time?", use(("list_my_purchases", {"limit": 1})),
        "Last time you got 1 x Blue Dream 3.5g for $28.", found=('"more": true', "Blue Dream 3.5g"),
    ),
    "purchases are listed by kind": one(
        "which flower did i buy", use(("list_my_purchases", {"category": "flower"})),
        after(lambda told: f"You got {told['visits'][1]['items'][0]['name']} both times."), found=('"more": false',),
    ),
    "a product that was never bought is in no purchase": one(
        "when did i last buy gelato", use(("list_my_purchases", {"product": "gelato"})),
        "I see no Gelato in your purchases.", found=('"visits": []',),
    ),
    "the usual is what was bought most": one(
        "my usual please", use("list_my_favorites"), "Your usual is Blue Dream 3.5g, $28 today.", found=('"purchase_count": 2',)
    ),
    "a search by words finds a product and its price": one(
        "got gelato?", use(("search_products", {"query": "gelato"})), "Yes, Gelato 3.5g by Emerald is $36.", found=('"total": 1',)
    ),
    "a search by kind and highest price": one(
        "edibles under 20", use(("search_products", {"category": "edibles", "max_price": 20})),
        "1) Lemon Gummies 100mg $18.", calls=[(1, "search_products", {"category": "edibles", "max_price": "20"}, True)],
    ),
    "a search sorted by strength": one(
        "strongest flower?", use(("search_products", {"category": "flower", "sort": "thc_high", "limit": 1})),
        "Our strongest is Gelato 3.5g with 24% THC, $36.",
    ),
    "a search by type": one(
        "got indica", use(("search_products", {"flower_type": "Indica"})), "Granddaddy Purple 3.5g, an indica, is $33."
    ),
    "a search by effect": one(
        "anything happy", use(("search_products", {"effect": "Happy", "category": "flower"})),
        "Blue Dream 3.5g is described as happy and relaxed, $28.",
    ),
    "a search by flavor": one(
        "something that tastes of grape", use(("search_products", {"flavor": "Grape"})), "Granddaddy Purple 3.5g tastes of grape. $33."
    ),
    "a search by brand and lowest price": one(
        "emerald over 35", use(("search_products", {"brand": "Emerald", "min_price": 35})), "Only Gelato 3.5g, $36.",
        calls=[(1, "search_products", {"brand": "Emerald", "min_price": "35"}, True)], found=('"total": 1',),
    ),
    "a search that finds nothing is answered with its note": one(
        "any vapes", use(("search_products", {"category": "vapes"})), "Sorry, we have no vapes right now.", found=('"total": 0',)
    ),
    "a product is shown in full": one(
        "tell me about gelato", use(GELATO), "Gelato 3.5g by Emerald: $36, 24% THC, tastes sweet, described as relaxed.",
        found=('"flavors": ["Sweet"]',), never=("14", "ACME"),
    ),
    "a product that is not in the catalog is not made up": one(
        "got zkittlez?", use(("show_product", {"name": "zkittlez"})), "Sorry, I can't find that one here.",
        calls=[(1, "show_product", {"name": "zkittlez"}, False)], found=("The catalog has no product",),
    ),
    "a product that is nearly named is found again by its nearest name": one(
        "granddady prple?", use(("show_product", {"name": "granddady prple"})), "Granddaddy Purple 3.5g is $33.",
    ),
    "a recommendation by effect comes with reasons": one(
        "something sleepy", use(("recommend_products", {"effect": "Sleepy"})),
        "Try Granddaddy Purple 3.5g, $33: customers describe it as sleepy and relaxed.", found=('"reasons"',),
    ),
    "a recommendation of something new leaves out what was bought": one(
        "surprise me with flower", use(("recommend_products", {"category": "flower", "novelty": "new", "limit": 3})),
        after(lambda told: "; ".join(f"{product['name']} ${product['price'].removesuffix('.00')}" for product in told["products"])), never=("Blue Dream",),
    ),
    "a recommendation that resembles a product": one(
        "something like blue dream", use(("recommend_products", {"similar_to": "Blue Dream", "limit": 1})),
        after(lambda told: f"You might like {told['products'][0]['name']}."),
    ),
    "a recommendation that avoids an effect": one(
        "relaxing but nothing sleepy", use(("recommend_products", {"effect": "Relaxed", "avoid": ["Sleepy"], "max_price": 30})),
        "Blue Dream 3.5g is described as relaxed, $28.", never=("Granddaddy",),
        calls=[(1, "recommend_products", {"effect": "Relaxed", "avoid": ["Sleepy"], "max_price": "30"}, True)],
    ),
    "a recommendation like something unknown": one(
        "something like zkittlez", use(("recommend_products", {"similar_to": "zkittlez"})), "I don't know that one. What do you like about it?",
        calls=[(1, "recommend_products", {"similar_to": "zkittlez"}, False)], found=("The catalog has no",),
    ),
    "opening hours stand in the prompt": one("sunday hours?", "On Sunday we are open 10 AM to 8 PM."),
    "the address stands in the prompt": one("where are you", "12 Example Street, San Francisco, CA 94110."),
    "delivery stands in the prompt": one("do you deliver?", "Yes, in San Francisco from $50, 11 AM to 8 PM."),
    "loyalty rules stand in the prompt": one("how do points work", "One point per dollar, and 100 points are $5 off."),
    "the shop's own menu is no foreign link": one(
        "link to your menu?", use(("show_shop_info", {"topic": "contact"})), "Here: https://example.com/menu or call +1 415-555-0134.",
        found=("https://example.com/menu",),
    ),
    "ways to pay and what to bring stand in the prompt": one(
        "can i pay by card and what do i bring", "Cash or debit card. Please bring a valid government ID."
    ),
    "everything about the shop in one lookup": one(
        "what are your hours and holidays?", use(("show_shop_info", {"topic": "all"})),
        "On Sunday we are open 10 AM to 8 PM.", found=("No credit cards.", "valid government ID"),
    ),
    "a person who is asked for is asked with a summary": one(
        "can i talk to a human", use(asks("asked", "Wants to talk to a person.")), "Sure, our staff will text you here.",
        handoffs="asked: Wants to talk to a person.", found=("staff will follow up",),
    ),
    "a complaint becomes a hand-off": one(
        "the vape i got leaks", use(asks("complaint", "Vape leaks.")), DONE, handoffs="complaint: Vape leaks."
    ),
    "an order of one's own becomes a hand-off": one(
        "where is my order", use(asks("order", "Asks where the order is.")), "I can't see orders; our staff will get back to you.",
        handoffs="order: Asks where the order is.",
    ),
    "a medical question becomes a hand-off": one(
        "would this help my arthritis", use(asks("medical", "Asks about arthritis.")), "I can't give medical advice; our staff will text you.",
        handoffs="medical: Asks about arthritis.",
    ),
    "a return becomes a hand-off with the spaces of its summary put right": one(
        "i want to bring this back", use(asks("return", "  Wants to\n\nreturn   a cart. ")), DONE, handoffs="return: Wants to return a cart.",
    ),
    "a customer with a new number becomes a hand-off and stays a stranger": one(
        "its ana, new phone", use(asks("new_number", "Says to be Ana.")), DONE, who="stranger", handoffs="new_number: Says to be Ana.",
    ),
    "a hand-off without a summary is asked for again": one(
        "human pls", use(asks("asked", "  ")), use(asks("asked", "Wants a person.")), "Our staff will text you.",
        calls=[(1, *asks("asked", "  "), False), (2, *asks("asked", "Wants a person."), True)], handoffs="asked: Wants a person.",
    ),
    "two hand-offs in one turn are one": one(
        "my order is late and the last one was stale", use(asks("order", "Late."), asks("complaint", "Stale.")), DONE,
        handoffs="complaint: Stale. / Late.",
    ),
    "a reply by queue_reply ends the turn": one(
        "hi", use(("queue_reply", {"text": "Hi Ana, what can I look up?"}))
    ),
    "a reply by queue_reply after a lookup": one(
        "points?", POINTS, use(("queue_reply", {"text": "You have 120 points."}))
    ),
    "a reply by queue_reply beside the lookup that grounds it": one(
        "is gelato 36", use(GELATO, ("queue_reply", {"text": "Yes, Gelato 3.5g is $36."}))
    ),
    "words beside a queue_reply are not sent": one(
        "hi", use(("queue_reply", {"text": "Hi Ana!"}), saying="I will now greet the customer."), never=("greet the",)
    ),
    "of two queue_replies the last is sent": one(
        "hi", use(("queue_reply", {"text": "Hi."}), ("queue_reply", {"text": "Hi Ana!"}))
    ),
    "an empty queue_reply is written again": one(
        "hi", use(("queue_reply", {"text": " "})), use(("queue_reply", {"text": "Hi Ana!"})),
        calls=[(1, "queue_reply", {"text": " "}, False), (2, "queue_reply", {"text": "Hi Ana!"}, True)], read=("text is empty",),
    ),
    "a queue_reply that fails its check is mended": one(
        "how much is gelato", use(GELATO, ("queue_reply", {"text": "Gelato 3.5g is $12."})),
        use(("queue_reply", {"text": "Gelato 3.5g is $36."})), read=("$12",), never=("$12",),
    ),
}  # fmt: skip

STEPS: dict[str, Story] = {
    "two lookups at once": one(
        "points and hours pls", use("show_my_profile", ("show_shop_info", {"topic": "hours"})),
        "You have 120 points. On Sunday we are open 10 AM to 8 PM.",
    ),
    "five lookups at once": one(
        "tell me everything", use("show_my_profile", "list_my_purchases", "list_my_favorites", GELATO, ("show_shop_info", {"topic": "address"})),
        "120 points, 2 x Blue Dream 3.5g so far. Gelato 3.5g is $36. We are at 12 Example Street.",
    ),
    "three steps, one lookup each": one(
        "something like my usual, cheaper than my points",
        use("list_my_favorites"), use(("recommend_products", {"similar_to": "Blue Dream"})), use("show_my_profile"),
        "You have 120 points. Gelato 3.5g is close to Blue Dream.", read=('"loyalty_points":"120"',),
    ),
    "the same lookup twice is done once": one("points??", POINTS, POINTS, "You have 120 points."),
    "the same lookup twice in one step is done once": one("points!!", use("show_my_profile", "show_my_profile"), "You have 120 points."),
    "text beside a lookup is not sent": one(
        "do you have gelato", use(GELATO, saying="Let me check that for you."), "Yes, Gelato 3.5g is $36.", never=("Let me check",),
        read=("Let me check that for you.",),
    ),
    "nulls are arguments that were left out": one(
        "blue dream?", use(("search_products", {"query": "blue dream", "category": None, "sort": None})), "Yes, Blue Dream 3.5g is $28.",
        calls=[(1, "search_products", {"query": "blue dream"}, True)],
    ),
    "no arguments at all are an empty object": one(
        "pts", use(("show_my_profile", "")), "You have 120 points.", calls=[(1, "show_my_profile", {}, True)]
    ),
    "a wrong value is repaired after the error": one(
        "got sativa or so", use(("search_products", {"flower_type": "Sativa-ish"})), use(("search_products", {"flower_type": "Sativa"})),
        "No sativa right now, sorry.", read=("Wrong arguments for search_products: flower_type",),
        calls=[(1, "search_products", {"unparsed": '{"flower_type": "Sativa-ish"}'}, False), (2, "search_products", {"flower_type": "Sativa"}, True)],
    ),
    "a missing argument is repaired after the error": one(
        "gelato info", use("show_product"), use(GELATO), "Gelato 3.5g is $36.", read=("name: Field required",),
        calls=[(1, "show_product", {"unparsed": "{}"}, False), (2, *GELATO, True)],
    ),
    "a number in words is repaired after the error": one(
        "last three visits", use(("list_my_purchases", {"limit": "three"})), use(("list_my_purchases", {"limit": 3})), "Blue Dream 3.5g, both times.",
        read=("limit: Input should be a valid integer",),
        calls=[(1, "list_my_purchases", {"unparsed": '{"limit": "three"}'}, False), (2, "list_my_purchases", {"limit": 3}, True)],
    ),
    "another person's phone in the arguments is ignored, and the model is told": one(
        "points of 415 555 0102?", use(("show_my_profile", {"phone": "+14155550102"})), "I can only see your own account.",
        read=('"loyalty_points":"120"', "(Ignored, because show_my_profile does not take it: phone.)"), heard=("points of [number]?",),
        calls=[(1, "show_my_profile", {}, True)],
    ),
    "JSON that breaks off is read as far as it goes": one(
        "gelato?", use(("show_product", '{"name": "Gelato')), "Gelato 3.5g is $36.", calls=[(1, *GELATO, True)], found=("Gelato 3.5g",),
    ),
    "arguments that cannot be read are repaired after the error": one(
        "gelato?", use(("show_product", '{"name" Gelato}')), use(GELATO), "Gelato 3.5g is $36.", read=("are not valid JSON",),
        calls=[(1, "show_product", {"unparsed": '{"name" Gelato}'}, False), (2, *GELATO, True)],
    ),
    "a list with the only argument of a tool is that argument": one(
        "gelato price", use(("show_product", '["Gelato"]')), "Gelato 3.5g is $36.", calls=[(1, *GELATO, True)], found=("Gelato 3.5g",),
    ),
    "a list for a tool with several arguments is repaired after the error": one(
        "price of gelato", use(("search_products", '["gelato"]')), use(("search_products", {"query": "gelato"})), "Gelato 3.5g is $36.",
        read=("must be one JSON object",),
        calls=[(1, "search_products", {"unparsed": '["gelato"]'}, False), (2, "search_products", {"query": "gelato"}, True)],
    ),
    "a tool that does not exist is named as such": one(
        "book me a table", use(("book_table", {"people": 2})), "I can't book anything, sorry.",
        calls=[(1, "book_table", {}, False)], read=("There is no tool 'book_table'.", "ask_for_person"),
    ),
    "a tool of the staff's does not exist for customers": one(
        "run a query", use(("run_query", {"sql": "select * from customers"})), "I can't do that.",
        calls=[(1, "run_query", {}, False)], read=("There is no tool 'run_query'.",),
    ),
    "a good and a bad call side by side are both answered": one(
        "points and a table", use("show_my_profile", ("book_table", {})), "You have 120 points; I can't book a table.",
        calls=[(1, "show_my_profile", {}, True), (1, "book_table", {}, False)],
    ),
    "the sixth answer may be the reply": one(
        "dig deep", *(use(("list_my_purchases", {"limit": limit})) for limit in range(1, 6)), "Blue Dream 3.5g, twice."
    ),
}  # fmt: skip
