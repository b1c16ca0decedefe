"""What a text asks for: intents by pattern, and the details that go with them.

Patterns are matched against the normal form of a text (`motabot.crm.vocabulary.normal`): lower case, no accents,
no punctuation. They stand in the order in which a reply takes them up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from motabot.agent.words import Language, detect_language, load_lexicon
from motabot.crm import vocabulary

LEXICON = load_lexicon()
INTENTS = {name: re.compile("|".join(patterns)) for name, patterns in LEXICON["intents"].items()}
_CUES = {name: re.compile("|".join(patterns)) for name, patterns in LEXICON["cues"].items()}
_ORDINALS = {
    int(number): re.compile(rf"\b({'|'.join(words)})( one| option)?\b|^{number}$")
    for number, words in LEXICON["ordinals"].items()
}
_NAMELESS = frozenset(LEXICON["nameless"].split())
_SLANG: dict[str, str] = LEXICON["slang"]
#: Intents about the shop or the account, beside which "anything" and "something" ask for no product.
_NO_GOODS = frozenset("hours address delivery returns contact points loyalty last_visit history usual".split())


#: What an intent covers: the same clause does not ask for these as well.
_COVERS = {
    "medical": {"recommend", "search", "details", "person"},
    "complaint": {"returns", "order", "search", "guess", "thanks", "last_visit"},
    "order": {"delivery", "search", "guess", "last_visit"},
    "person": {"search", "guess", "contact"},
    "loyalty": {"points"},
    "history": {"last_visit", "search", "guess"},
    "last_visit": {"search", "guess"},
    "usual": {"search", "guess", "recommend"},
    "new_number": {"contact", "search", "guess", "greeting"},
    "delivery": {"search", "guess"},
    "returns": {"search", "guess"},
    "points": {"guess"},
    "address": {"guess"},
    "bot": {"person", "search", "guess", "follow_up"},
    "stop_question": {"search", "guess"},
}
_POLITE = frozenset(("thanks", "greeting", "abuse"))
#: A reply takes up this many requests.
_MOST = 3
_CLAUSE_END = re.compile(
    r"[?!;\n]+|\.(?=\s|$)|,? (?:and|also|plus|y|tambien|también) "
    r"(?=(?:what|when|where|how|do|does|is|are|can|could|a que|qu[eé]|cuando|d[oó]nde|c[oó]mo|tienen|hay)\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:and|or|vs|versus|to|with|y|o|con)\b")


@dataclass(frozen=True)
class Request:
    """One thing that a text asks for.

    Attributes:
        intent: What, by name; "guess" is a search on nothing but unknown words.
        query: The clause in normal form.
        name: Words of it that may name a product, a brand or a strain.
        names: The same, apart, where several are compared.
        category, effect, flavor, flower_type, max_price, sort, wants_new: What narrows it down.
        ordinal: Which of the products shown before it points at, from 1; 0 for the one meant by "it".
    """

    intent: str
    query: str
    name: str
    names: tuple[str, ...]
    category: str | None
    effect: str | None
    flavor: str | None
    flower_type: str | None
    max_price: Decimal | None
    sort: str | None
    wants_new: bool
    ordinal: int | None


@dataclass(frozen=True)
class Reading:
    """All open texts of a turn, read: their language, and what they ask for, in their own order."""

    language: Language
    requests: tuple[Request, ...]


def read(texts: Sequence[str]) -> Reading:
    """Read texts clause by clause, so that two questions in one text are both heard."""
    whole = "\n".join(texts)
    language = detect_language(whole)
    if not _plain(whole):  # nothing at all, or signs alone: a thumb up is a kind of thanks
        return Reading(language, (_request("thanks" if whole.strip() else "wordless", ""),))
    found: dict[str, Request] = {}
    for clause in filter(None, map(_plain, _CLAUSE_END.split(whole))):
        for request in _read_clause(clause):
            found.setdefault(request.intent, request)
    if "under_21" in found:
        return Reading(language, (found["under_21"],))
    for idle in ({"guess"}, _POLITE):  # politeness, and words that say nothing, are no request beside a real one
        if set(found) - idle:
            found = {intent: request for intent, request in found.items() if intent not in idle}
    return Reading(language, tuple(found.values())[:_MOST])


def _read_clause(plain: str) -> list[Request]:
    intents = [name for name, pattern in INTENTS.items() if pattern.search(plain)]
    goods = _goods_intent(plain, _request("", plain), set(intents))
    intents += [goods] if goods else []
    covered = set().union(*(_COVERS.get(intent, set()) for intent in intents))
    return [_request(intent, plain) for intent in intents if intent not in covered]


def _goods_intent(plain: str, request: Request, others: set[str]) -> str | None:
    """What a clause wants of the shelves, if anything."""
    names_goods = any((request.category, request.effect, request.flavor, request.flower_type))
    if _CUES["cheaper"].search(plain) and len(plain.split()) <= 5:
        return "cheaper"
    if request.ordinal is not None and not others & _NO_GOODS:
        return "follow_up"
    if request.name and _CUES["details"].search(plain):
        return "details"
    only_effect = request.effect and len(request.name.split()) <= 1
    if only_effect or (_CUES["recommend"].search(plain) and (names_goods or not request.name)):
        return "recommend" if names_goods or not others & _NO_GOODS else None
    is_shopping = request.max_price or request.sort or _CUES["stock"].search(plain)
    if names_goods or (request.name and is_shopping and not others & _NO_GOODS):
        return "search"
    return "guess" if request.name and not others else None


def _request(intent: str, plain: str) -> Request:
    price = _CUES["max_price"].search(plain)
    return Request(
        intent=intent,
        query=plain,
        name=_telling(plain),
        names=tuple(filter(None, map(_telling, _BETWEEN.split(plain)))),
        category=vocabulary.find_category(plain),
        effect=vocabulary.find_effect(plain),
        flavor=vocabulary.find_flavor(plain),
        flower_type=vocabulary.find_flower_type(plain),
        max_price=Decimal(next(filter(None, price.groups()))) if price else None,
        sort=next((order for order in ("price_low", "thc_high", "thc_low") if _CUES[order].search(plain)), None),
        wants_new=bool(_CUES["new"].search(plain)),
        ordinal=_ordinal(plain),
    )


def _plain(text: str) -> str:
    words = vocabulary.normal(text).split()
    plain = " ".join(_SLANG.get(word, word) for word in words)
    return re.sub(r"\b(something|good|algo) 2 (\w+)", r"\1 to \2", plain)


def _telling(plain: str) -> str:
    """What is left without the words that name no product."""
    return " ".join(word for word in plain.split() if word not in _NAMELESS and not word.isdigit())


def _ordinal(plain: str) -> int | None:
    for number, pattern in _ORDINALS.items():
        if pattern.search(plain):
            return number
    return 0 if _CUES["it"].search(plain) else None
