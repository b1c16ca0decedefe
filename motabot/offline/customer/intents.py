"""The intents of a text, by a classifier.

It was trained on several thousand texts, see learning/README.md. Its words are the text's own, masked
(`motabot.offline.customer.delexicalize`), and the patterns of lexicon.toml that match it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer.clauses import pieces
from motabot.offline.customer.delexicalize import OF_AGE, TOO_YOUNG, mask, tells_adult
from motabot.offline.customer.entities import Name
from motabot.offline.customer.slots import SLANG, plain_words
from motabot.offline.customer.topics import supported
from motabot.text.classifier import Classifier, features
from motabot.text.language import load_lexicon
from motabot.text.regex import regex

_LEXICON = load_lexicon()
#: Written by `learning/train.py`.
MODEL = Path(__file__).with_name("intents.model.gz")
PATTERNS = {name: regex("|".join(patterns)) for name, patterns in _LEXICON["intents"].items()}
#: How likely an intent must be to be answered beside the likeliest one, and the likeliest to be answered at all.
_ALSO, _AT_ALL = 0.5, 0.05
#: How likely a clause's intent must be by itself, how likely in the whole text, and from where on it is certain.
_SURE, _LEAST, _CERTAIN = 0.35, 0.02, 0.9
#: A clause that names goods may want them if a search is this likely: not in "your return policy on vapes".
_LEAST_GOODS = 0.1
#: How many times likelier than others an intent must be if a wrong guess would be rude or would have consequences.
_CAUTION = {
    "stop": 5.0,
    "stop_question": 2.0,
    "under_21": 4.0,
    "abuse": 4.0,
    "start": 4.0,
    "new_number": 3.0,
    "bot": 2.0,
}
#: How likely an intent must be next to a question that says what is wanted.
BESIDE_A_QUESTION = 0.3
#: How likely an intent must be to be believed without any word of its topic.
_NO_DOUBT = 0.85
#: How likely it is at least that an age under 21 matters, if a text states one.
_TOLD_AGE = 0.6
#: How likely words must be to be mere politeness.
_POLITELY = 0.3
#: How likely an intent must be if no word of the text is known.
_BY_LETTERS = 0.5
#: Intents about goods. Of the first two only the likelier is meant, because both find products.
SUGGEST, FIND = "recommend", "search"
GOODS = frozenset((SUGGEST, FIND, "details", "follow_up", "cheaper"))
#: Of these, one is enough: each asks for a person, the first one with the best reason.
PERSONS = ("under_21", "medical", "complaint", "new_number", "order", "person")
#: The order in which a reply answers intents.
_ORDER = (
    *("privacy", *PERSONS, "for_staff"),
    *("stop", "stop_question", "start", "bot", "help"),
    *("loyalty", "points", "account", "last_visit", "history", "spent", "usual", "still_there"),
    *("hours", "address", "delivery", "returns", "payment", "tax", "deals", "rules", "contact"),
    *("ingredients", "question", "cheaper", "follow_up", "details", FIND, "guess", SUGGEST),
    *("abuse", "off_topic", "thanks", "greeting"),
)
#: Statements of the shop and of the customer's account. A clause asks for one by itself if it is this likely.
STATEMENTS = frozenset(
    "hours address delivery returns loyalty payment deals rules contact points account last_visit history".split()
)
_ALONE = 0.45
#: A clause of at most this many words may continue the one before.
_FEW_WORDS = 6
#: What a clause must not add by itself.
ASIDE = frozenset(("thanks", "greeting", "off_topic", "abuse"))
_POLITE = frozenset(("thanks", "greeting"))


@cache
def classifier() -> Classifier:
    """What was learned from customers' texts; see learning/README.md. Loaded on first use."""
    return Classifier.load(MODEL)


def place_of(intent: str) -> int:
    """The place of an intent in a reply."""
    return [*_ORDER, intent].index(intent)


def marks(text: str, *, listed: bool) -> list[str]:
    """What the classifier also knows of a text: its patterns, and whether products were just named."""
    plain = plain_words(text)
    return [*(f"~{name}" for name, pattern in PATTERNS.items() if pattern.search(plain)), *(["~listed"] * listed)]


def find_intents(
    text: str,
    names: Sequence[Name] | None = None,
    *,
    listed: bool = False,
    known: Classifier | None = None,
    least: float | None = None,
) -> list[str]:
    """The intents of a text: by the whole of it, and by each clause that is sure of what it asks for.

    Args:
        text: As the customer sent it.
        names: Names of the catalog in it.
        listed: Whether the shop had just named products.
        known: The classifier; None: the one that ships.
        least: How likely the likeliest intent must be.
    """
    known = known or classifier()
    likely = predict(text, known, names, listed=listed)
    parts = pieces(text)
    for clause in parts if len(parts) > 1 else ():
        alone = predict(clause, known, names, listed=listed)
        best = max(alone, key=lambda intent: alone[intent])
        if (
            alone[best] > min(_SURE * _CAUTION.get(best, 1.0), _CERTAIN)
            and likely[best] > _LEAST
            and best not in ASIDE
        ):
            likely[best] = max(likely[best], alone[best])
    return choose(likely, _AT_ALL if least is None else least)


def predict(
    text: str, known: Classifier, names: Sequence[Name] | None = None, *, listed: bool = False
) -> dict[str, float]:
    """How likely each intent is, between 0 and 1."""
    words = mask(text, SLANG, [name.words for name in names or ()])
    met = marks(text, listed=listed)
    likely = known.predict(features(words, known.knows, letters=True, marks=met))
    if (OF_AGE in words or tells_adult(plain_words(text))) and TOO_YOUNG not in words:
        likely["under_21"] = 0.0
    if TOO_YOUNG in words and OF_AGE not in words:
        likely["under_21"] = max(likely["under_21"], _TOLD_AGE)
    if not met and not any(map(known.knows, words)) and max(likely.values()) < _BY_LETTERS:
        return known.predict([])
    return likely


def sure_of(text: str, names: Sequence[Name] | None = None, *, listed: bool = False) -> frozenset[str]:
    """The intents of a text that leave no doubt, whatever its form and words."""
    likely = predict(text, classifier(), names, listed=listed)
    return frozenset(intent for intent, weight in likely.items() if weight > _NO_DOUBT)


def speaks_of_shop(clause: str) -> bool:
    """Whether a clause, by itself, surely asks for a statement of the shop or of the customer's account."""
    likely = predict(clause, classifier())
    best = max(likely, key=lambda intent: likely[intent])
    is_told = best == "contact" and "?" not in clause and len(clause.split()) > _FEW_WORDS
    wants_goods = CATEGORIES.first(clause) is not None and (likely[best] < _CERTAIN or likely[FIND] > _LEAST_GOODS)
    is_alone = best in STATEMENTS and likely[best] > _ALONE and not is_told and not wants_goods
    return is_alone and bool(supported([best], plain_words(clause)))


def speaks_to_person(clause: str) -> bool:
    """Whether a clause, by itself, surely asks for what only a person can do, and names no goods."""
    likely = predict(clause, classifier())
    return CATEGORIES.first(clause) is None and max(likely["order"], likely["medical"]) > _CERTAIN


def says_little(clause: str) -> bool:
    """Whether a clause, by itself, asks for nothing that is known: "what about monday", "is there a fee"."""
    if CATEGORIES.first(clause) or len(clause.split()) > _FEW_WORDS:
        return False
    likely = predict(clause, classifier())
    return max(weight for intent, weight in likely.items() if intent != "question") < _SURE


def choose(likely: Mapping[str, float], least: float = _AT_ALL) -> list[str]:
    """The intents that are answered, in the reply's order; none if nothing is likely."""
    goods = max((SUGGEST, FIND), key=lambda intent: likely[intent])
    weights = {intent: weight for intent, weight in likely.items() if intent not in {SUGGEST, FIND}}
    weights[goods] = 1 - (1 - likely[SUGGEST]) * (1 - likely[FIND])
    best = max(weights, key=lambda intent: weights[intent] / _CAUTION.get(intent, 1.0))
    if weights[best] < (_POLITELY if best in _POLITE else least * _CAUTION.get(best, 1.0)):
        return []
    chosen = {best, *(intent for intent, weight in weights.items() if weight > _ALSO)}
    if "under_21" in chosen:
        return ["under_21"]
    if chosen - _POLITE:
        chosen -= _POLITE
    persons = [intent for intent in PERSONS if intent in chosen]
    chosen -= set(persons[1:])
    if "medical" in chosen:
        chosen -= GOODS
    if "details" in chosen:  # which include what a search would say
        chosen -= {FIND}
    return sorted(chosen)


def is_other(likely: Mapping[str, float]) -> bool:
    """Whether words surely speak of something other than goods."""
    best = max(likely, key=lambda intent: likely[intent])
    return best not in GOODS and likely[best] > _SURE
