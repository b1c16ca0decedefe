"""The clauses of a text that ask for something that none of its requests covers.

Clauses are read together, so that one narrows down another. The likeliest intent of all may hide that of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from motabot.catalog.strength import is_beginner
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer import clauses
from motabot.offline.customer.comparing import compares
from motabot.offline.customer.follow_ups import asks_further
from motabot.offline.customer.groups import asks_fact_of_it, asks_which, names_goods
from motabot.offline.customer.intents import (
    ASIDE,
    GOODS,
    STATEMENTS,
    classifier,
    find_intents,
    predict,
    speaks_of_shop,
)
from motabot.offline.customer.questions import asks_for_last_time, begins_as_question
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.topics import speaks_of
from motabot.text.regex import regex

#: What one reply answers for the whole text.
_FOR_ALL = frozenset(
    "under_21 person for_staff privacy stop stop_question start new_number abuse bot other_language".split()
)
#: What is easily predicted for words that ask for nothing by themselves: "only got 15 bucks, what can you do".
_VAGUE = ASIDE | {"help"}
#: Requests answered by products or by purchases.
_SHELF = GOODS | {"guess", "usual", "history", "ingredients", "still_there"}
_VISITS = frozenset(("last_visit", "spent"))
#: Beside a question of health only these are answered: what a product does is not.
_BESIDE_HEALTH = STATEMENTS
#: Asks for a price without a question: "and price on a 1g cart".
_PRICE_OF = regex(r"^(?:\w+ ){0,5}?(?:prices?|cost|precios?) (?:on|of|for|de|del) ")
_IT = regex(r"\b(?:it|that|them|those)\b")
_HAS_IT = regex(
    r"\b(?:do you|you|still) (?:still )?(?:have|got|carry) (?:it|that|them|those)\b"
    r"|\b(?:is|are) (?:it|that|they|those) (?:still )?(?:in stock|available)\b"
    r"|\bhow much (?:is|are) (?:it|they|that)\b"
)
#: How likely an intent of a clause by itself must be to deserve an answer.
_SURE = 0.5
#: The same, if a word of its topic is in the clause.
_SUPPORTED = 0.2
#: How likely a statement must be if the clause uses no word of it.
_NO_DOUBT = 0.85
#: A question of fewer words only continues the clause before.
_FEW = 3


def missed(whole: str, requests: Sequence[Request], names: Sequence[str]) -> Iterator[str]:
    """The clauses of a text that no request answers, as the customer wrote them.

    Args:
        whole: The text.
        requests: What was read from it.
        names: The catalog's names in it, in normal form.
    """
    intents = {each.intent for each in requests}
    parts = clauses.clauses(whole)
    if intents & _FOR_ALL or not requests:
        return
    for part in parts if len(parts) > 1 else ():
        if not _asks(part):
            continue
        if named := _of_what_is_named(part, requests, names):
            yield named
        elif not _is_told(part, requests, names):
            yield part
    for part in _tails(parts):
        if speaks_of_shop(part) and not intents & set(find_intents(part)):
            yield part


def left_to_person(whole: str, requests: Sequence[Request]) -> bool:
    """Whether a text asks for more than its requests cover, so that the person who answers must see it."""
    told = [each.query for each in requests]
    asked = [plain_words(part) for part in clauses.clauses(whole) if _asks(part)]
    return any(
        len(part.split()) >= _FEW and not any(part in each or each in part for each in told) for part in asked
    )


def _of_what_is_named(part: str, requests: Sequence[Request], names: Sequence[str]) -> str | None:
    """A clause that asks for "it", where another one names it and its reply tells no goods: "is it in stock"."""
    wishes = [each.slots for each in requests if each.slots.knows_names or each.slots.kind]
    if not wishes or {each.intent for each in requests} & _SHELF or names_goods(part, names):
        return None
    it = wishes[0].names[0] if wishes[0].knows_names else wishes[0].kind or ""
    asks = _HAS_IT.search(plain_words(part)) or (asks_fact_of_it(part) and not wishes[0].is_brand)
    return _IT.sub(it, plain_words(part), count=1) if asks and it else None


def _tails(parts: Sequence[str]) -> Iterator[str]:
    """What joining words separate from a clause: "a drink plus hours for tomorrow"."""
    for part in parts:
        pieces = clauses.pieces(part)
        if len(pieces) > 1:
            yield from map(clauses.without_joint, pieces)


def _asks(part: str) -> bool:
    return "?" in part or begins_as_question(part) or bool(_PRICE_OF.search(plain_words(part)))


def _is_told(part: str, requests: Sequence[Request], names: Sequence[str]) -> bool:
    """Whether a request covers a clause, or only another clause says what it means."""
    plain = plain_words(part)
    if (
        (len(plain.split()) < _FEW and not speaks_of_shop(part))
        or asks_fact_of_it(part, names)
        or asks_which(part)
    ):
        return True
    if any(each.query == plain or (each.intent == "question" and part in each.question) for each in requests):
        return True
    intents = {each.intent for each in requests}
    if intents & GOODS and compares(plain) and names_goods(part, names):  # the reply says which is stronger
        return True
    if asks_further(plain, ()) and intents & STATEMENTS:  # "and is there a fee"
        return True
    if asks_for_last_time(plain) and not intents & _VISITS:
        return False
    likely = predict(part, classifier())
    best = max(likely, key=lambda intent: likely[intent])
    enough = _SUPPORTED if best in STATEMENTS and speaks_of([best], plain) else _SURE
    if likely[best] < enough or best in _FOR_ALL or best in _VAGUE:
        return True
    if best in GOODS:
        is_named = CATEGORIES.first(part) is not None or names_goods(part, names)
        return bool(intents & _SHELF) or not (is_named or is_beginner(part))
    if best in STATEMENTS and "?" not in part and likely[best] < _NO_DOUBT and not speaks_of([best], plain):
        return True  # "would come to the oakland store" asks for no delivery
    if "medical" in intents and best not in _BESIDE_HEALTH:
        return True
    return best in intents
