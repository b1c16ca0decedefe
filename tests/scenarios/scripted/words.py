"""Fixed texts, lookups and leftovers that the stories share."""

from __future__ import annotations

from typing import Any

from tests.scenarios.model_script import use

UNSUB = "Green Door: you are unsubscribed and will get no more texts from us. Reply START to hear from us again."
RESUB = "Green Door: you are subscribed again. Reply STOP at any time to opt out."
HELP = ("Green Door: an automated assistant answers your texts", "Reply STOP to opt out.")
AGE = "Before we talk about products: are you 21 or older? Please reply YES or NO."
EDAD = "Antes de hablar de productos: ¿tienes 21 años o mas? Responde SI o NO."
MINOR = "We can only help customers who are 21 or older. I've passed your text on to our staff."
#: What a number that opted out leaves behind, in addition to what it texted before.
OUT: dict[str, Any] = {"consent": "out", "consents": "out", "lead": None, "last_message": None}
GELATO = ("show_product", {"name": "Gelato"})
SHELF = use(("search_products", {"category": "flower"}))
POINTS = use("show_my_profile")
DONE = "Sorry about that, I've asked our staff to follow up with you here."


def asks(reason: str, summary: str) -> tuple[str, dict[str, str]]:
    """The call that asks a person to take over."""
    return "ask_for_person", {"reason": reason, "summary": summary}
