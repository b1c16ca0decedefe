"""Intents that the classifier predicts and that the text's words, or another intent, contradict."""

from __future__ import annotations

from pathlib import Path

from motabot.offline.customer.intents import FIND, GOODS, SUGGEST
from motabot.offline.customer.questions import asks_for_goods, spending
from motabot.offline.customer.slots import Slots
from motabot.offline.customer.topics import supported
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_name("forms.toml"))
_CHEAPER, _CLOSE_TO, _COMES, _TIRED, _HAS, _PRESENT = map(
    _LEXICON.pattern, ("cheaper", "close_to", "comes_usually", "tired_of_usual", "has", "present")
)
#: Intents about the customer's own account.
ACCOUNT = frozenset("points account loyalty history last_visit usual".split())
_ERRANDS = frozenset(("order", "complaint"))
_STATEMENTS = frozenset("hours deals payment rules contact".split())
#: Intents that a text about goods has only if it uses their words.
_UNSUPPORTED = frozenset((*_ERRANDS, *_STATEMENTS, "address"))
_VAGUE = frozenset(("help", "off_topic"))
_NOT_BUDGET = _VAGUE | _STATEMENTS | {"address", "points", "account"}
#: Speaks of one's own order.
_ORDERS = regex(
    r"\b(?:my|mi|the|an|this|el|la|un|una) (?:\w+ )?(?:order|pedido|orden)\b|\b(?:place|track|cancel|where)\b"
)
#: Asks for today's price.
_COSTS_NOW = regex(
    r"\b(?:what|how much) (?:(?:it|they|that one|those|that) costs?|(?:does|do) (?:it|they|that|those) cost)\b"
    r"|\bhow much (?:is|are) (?:it|they|that|those)\b|\bcuanto (?:cuesta|vale|sale|es)n?\b"
    r"|\bstill (?:have|got|carry)\b"
)
_NUMBER = regex(
    r"\b(?:numbers?|phones?|cell|line|digits|sim|carrier|numero|telefono|cel|celular|linea|account|cuenta)\b|\d{7}"
)


def wants_present(query: str) -> bool:
    """Whether a text in normal form wants something to give, and no discount: "a gift for my roommate's bday"."""
    return bool(_PRESENT.search(query)) and not supported(["deals"], query)


def without_unmeant(found: list[str], query: str, wish: Slots) -> list[str]:
    """The intents without those that the words, or another intent, contradict."""
    # "a 2:1 tincture" is not an order, and "chocolate con sal de mar" not an address
    if wish.names_goods or wish.pack is not None:
        found = [each for each in found if each not in _UNSUPPORTED or supported([each], query)]
    if wish.names and not wish.knows_names:  # "got delta 8" is not about opening hours
        found = [each for each in found if each not in _STATEMENTS or supported([each], query)]
    if wish.knows_names and not supported(["usual"], query):  # "the same one in durban"
        found = [FIND if each == "usual" else each for each in found]
    if "usual" in found and not supported(["usual"], query) and supported(["last_visit"], query):
        found = ["last_visit" if each == "usual" else each for each in found]  # "my purchase of november 6"
    if "usual" in found and _COMES.search(query):  # "what day do i usually come in"
        found = ["account", *(each for each in found if each not in {*ACCOUNT, *GOODS})]
    if "usual" in found and (wish.wants_new or _TIRED.search(query)):  # "bored of my usual, something new"
        found = [SUGGEST, *(each for each in found if each not in {"usual", *GOODS})]
    if "delivery" in found and not _ORDERS.search(query):  # "how late can i order delivery"
        found = [each for each in found if each != "order"]
    if "help" in found and not supported(["help"], query):  # "what strain helps"
        found = [each for each in found if each != "help"] or ["question"]
    if _CLOSE_TO.search(query):  # "whats close to it"
        found = [each for each in found if each not in {"hours", "address"}] or [SUGGEST]
    if "points" in found and not supported(["points"], query) and not _HAS.search(query):
        found = [each for each in found if each != "points"]
    if set(found) & {"last_visit", "history"}:  # "what day was i in"
        found = [each for each in found if each != "hours" or supported([each], query)]
    if wish.names_goods and _COSTS_NOW.search(query):  # "y las gotas cuanto valen"
        found = [each for each in found if each not in {"loyalty", "points"} or supported([each], query)]
        # "i saw a lemonade there, what does it cost"
        found = [FIND if each in {"last_visit", "history"} else each for each in found]
    if "last_visit" in found:  # which shows what the history would
        found = [each for each in found if each != "history"]
    if "cheaper" in found and not _CHEAPER.search(query):  # "that's your loss then"
        found = [each for each in found if each != "cheaper"]
    if spending(query) is not None and "loyalty" in found:  # what a purchase would earn, not the balance
        found = [each for each in found if each not in {"points", "account"}]
    if wish.max_price is not None and found and set(found) <= _NOT_BUDGET:  # "20 bucks left"
        found = [each for each in supported(found, query) if each not in _VAGUE] or [SUGGEST]
    if "new_number" in found:  # which is the customer's, and not the shop's
        found = [each for each in found if each != "contact"]
    if "new_number" in found and not _NUMBER.search(query):  # "im new here"
        found = [each for each in found if each != "new_number"]
    if "complaint" in found:
        other = ACCOUNT if asks_for_goods(query) else {*ACCOUNT, *GOODS}
        found = [each for each in found if each not in other]
    return found
