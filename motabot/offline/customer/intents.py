"""What a text asks for: intents by a classifier, and the details that go with them.

The classifier (`motabot.text.classifier`) was learned from some thousand texts, see learning/README.md. Its words
are the text's own, masked (`motabot.offline.customer.delexicalize`), and the patterns of lexicon.toml that it
meets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motabot.boundary import JsonMapping
from motabot.catalog.index import CatalogIndex
from motabot.catalog.sizes import find_size
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer.delexicalize import OF_AGE, TOO_YOUNG, mask
from motabot.offline.customer.entities import Name, find_names
from motabot.offline.customer.questions import (
    affirms_age,
    asks_for_facility,
    asks_for_last_time,
    asks_for_spending,
    asks_to_redeem,
    is_bare_question_mark,
    is_general_question,
    is_other_script,
    is_wordless,
    praises,
    visits_ago,
    wants_no_anxiety,
)
from motabot.offline.customer.references import point
from motabot.offline.customer.slots import NOTHING, SLANG, Slots, plain_words, read_slots
from motabot.offline.customer.topics import supported
from motabot.text.classifier import Classifier, features
from motabot.text.language import Language, detect_language, load_lexicon
from motabot.text.normalize import normal

_LEXICON = load_lexicon()
#: Written by `learning/train.py`.
MODEL = Path(__file__).with_name("intents.model.gz")
PATTERNS = {name: re.compile("|".join(patterns)) for name, patterns in _LEXICON["intents"].items()}

#: How likely an intent must be to be answered beside the likeliest one, and for that to be answered at all.
_ALSO, _AT_ALL = 0.5, 0.05
#: A clause is heard for itself where it is so sure (certain of what wants caution) and the whole text allows it.
_SURE, _LEAST, _CERTAIN = 0.35, 0.02, 0.9
#: How many times likelier than others an intent must be that would be rude, or of consequence, if not meant.
_CAUTION = {
    "stop": 5.0,
    "stop_question": 2.0,
    "under_21": 4.0,
    "abuse": 4.0,
    "start": 4.0,
    "new_number": 3.0,
    "bot": 2.0,
}
#: How likely words must be to be mere politeness.
_POLITELY = 0.3
#: How likely an intent must be where not one word is known.
_BY_LETTERS = 0.5
#: A reply takes up this many requests.
_MOST = 3
#: Intents about goods; the likelier of the first two is meant where either is, for both find products.
SUGGEST, FIND = "recommend", "search"
_GOODS = frozenset((SUGGEST, FIND, "details", "follow_up", "cheaper"))
#: Of these, one is enough: each asks for a person, the first for the best reason.
_PERSONS = ("under_21", "medical", "complaint", "new_number", "order", "person")
_ASIDE = frozenset(("thanks", "greeting", "off_topic", "abuse"))
_POLITE = frozenset(("thanks", "greeting"))
#: The order in which a reply takes intents up.
_ORDER = (
    *_PERSONS,
    *("stop", "stop_question", "start", "bot", "help"),
    *("loyalty", "points", "account", "last_visit", "history", "usual"),
    *("hours", "address", "delivery", "returns", "payment", "deals", "rules", "contact"),
    *("cheaper", "follow_up", "details", FIND, SUGGEST),
    *("abuse", "off_topic", "thanks", "greeting"),
)
#: Intents about the customer's own account, and those whose statements answer any form of question.
_ACCOUNT = frozenset("points account loyalty history last_visit usual".split())
_PLAIN_TOPICS = frozenset(
    "hours address delivery returns payment deals loyalty contact points account last_visit history usual order"
    " person complaint under_21 new_number stop_question start bot greeting".split()
)
#: A text that wants anything at all: "what do you have".
_SAYS_ANYTHING = re.compile(
    r"\b(have|got|sell|carry|stock|menu|selection|buy|shop|products?|stuff|recommend|best|good|popular|new|tienen|tienes"
    r"|venden|hay|algo|bueno|productos|recomiend\w*)\b"
)
#: Where one request for goods ends and another may begin.
_WISH_END = re.compile(r"[?!;\n,]+|\.(?=\s|$)| (?:and|also|plus|n|&|y|e|tambien|también) ", re.IGNORECASE)
_PART_END = re.compile(r"[?!;\n]+|\.(?=\s|$)|, | (?:and|also|plus|n|&|y|tambien|también|oh) ", re.IGNORECASE)


@dataclass(frozen=True)
class Request:
    """One thing that a text asks for.

    Attributes:
        intent: What, by name; "guess" is a search for words that nothing else explains.
        number: Which of several requests of this intent, from 0: "cheapest eighth and cheapest cart" are two.
        query: The whole text in normal form.
        slots: What narrows it down, where it is about goods.
        meant: The products shown before that it points at.
    """

    intent: str
    query: str
    slots: Slots = NOTHING
    meant: tuple[JsonMapping, ...] = ()
    number: int = 0

    @property
    def key(self) -> str:
        """Its name among the requests of a turn, and the beginning of the ids of its calls."""
        return f"{self.intent}#{self.number}" if self.number else self.intent


@dataclass(frozen=True)
class RequestReading:
    """All open texts of a turn, read: their language, and what they ask for."""

    language: Language
    requests: tuple[Request, ...]


@cache
def classifier() -> Classifier:
    """What was learned from customers' texts; see learning/README.md. Loaded on first use."""
    return Classifier.load(MODEL)


def marks(text: str, *, listed: bool) -> list[str]:
    """What the classifier also knows of a text: its patterns, and whether products were just named."""
    plain = plain_words(text)
    return [*(f"~{name}" for name, pattern in PATTERNS.items() if pattern.search(plain)), *(["~listed"] * listed)]


def read(
    texts: Sequence[str],
    shown: Sequence[JsonMapping] = (),
    index: CatalogIndex | None = None,
    before: Sequence[str] = (),
) -> RequestReading:
    """Read the texts of a turn.

    Args:
        texts: As the customer sent them.
        shown: The products that the shop's last text named, in its order.
        index: The catalog's words; None where none is at hand.
        before: Earlier texts of the customer, oldest first, for the language of a text that does not show it.
    """
    whole = "\n".join(texts)
    language = detect_language(whole, before)
    if form := _by_form(whole):
        return RequestReading(language, (Request(form, plain_words(whole)),))
    names = None if index is None else find_names(plain_words(whole), index, classifier().knows)
    intents = find_intents(whole, names, listed=bool(shown))
    goods = _about_goods(whole, names, intents, listed=bool(shown))
    query = plain_words(whole)
    wanted_slots = [_slots_of(part, names) for part in _parts_apart(goods)]
    slots = wanted_slots[0] if len(wanted_slots) == 1 else _slots_of(goods, names)
    intents = _corrected(intents, whole, slots)
    requests: list[Request] = []
    for intent in intents:
        if intent in (FIND, SUGGEST) and len(wanted_slots) > 1:
            requests += [
                _request(FIND, query, goods, each, shown, number) for number, each in enumerate(wanted_slots)
            ]
        else:
            requests.append(_request(intent, query, goods, slots, shown))
    unique = {request.key: request for request in requests}
    return RequestReading(language, tuple(unique.values())[:_MOST])


def _by_form(whole: str) -> str | None:
    """What a text asks for that has no words to read, or whose form says it all."""
    if not whole.strip():
        return "wordless"
    if is_bare_question_mark(whole):
        return "unclear"
    if is_wordless(whole):  # a thumb up is a kind of thanks
        return "thanks"
    if is_other_script(whole):
        return "other_language"
    return "age_noted" if affirms_age(plain_words(whole)) else None


def _corrected(intents: list[str], whole: str, slots: Slots) -> list[str]:
    """What the form of a text says against the classifier, which goes by its words."""
    query = plain_words(whole)
    is_general = is_general_question(whole)
    found = supported(intents, query) if is_general or praises(whole) else list(intents)
    if praises(whole) and not slots.category and set(found) <= {*_ASIDE, *_GOODS}:
        return ["thanks"]
    if asks_for_spending(query):
        about = "last_visit" if asks_for_last_time(query) or visits_ago(query) else "spent"
        return [about, *(each for each in found if each not in _ACCOUNT and each not in _GOODS)]
    if asks_to_redeem(query) and not set(found) & _GOODS:
        return ["loyalty", *(each for each in found if each not in _ACCOUNT)]
    if wants_no_anxiety(query) and set(found) <= {"medical", FIND, SUGGEST}:
        return [SUGGEST]
    if asks_for_facility(query):
        return ["question"]
    names_one = slots.knows_names or bool(slots.category and slots.flavor)  # "what is in the lemon gummies"
    if is_general and not (names_one or set(found) & {"medical", *_PLAIN_TOPICS}):
        return ["question"]
    if not found:
        if slots.is_mild or slots.avoid:
            return [SUGGEST]
        return [FIND] if slots.category or slots.effect or slots.flavor else ["guess"] if slots.names else []
    if found == [FIND] and not slots.says_something and not _SAYS_ANYTHING.search(query):
        return []  # nothing of the text would enter the search, so a list would answer another question
    return found


def _slots_of(part: str, names: Sequence[Name] | None) -> Slots:
    plain = plain_words(part)
    here = [name for name in names if name.words in plain] if names else names
    return read_slots(part, here, classifier().knows)


def _parts_apart(goods: str) -> list[str]:
    """The parts of a text that want different kinds or sizes of goods; the whole where there is only one."""
    parts = [part for part in _WISH_END.split(goods) if normal(part)]
    kinds = [(CATEGORIES.first(part), find_size(part)) for part in parts]
    apart = [part for part, kind in zip(parts, kinds, strict=True) if any(kind)]
    told = [kind for kind in kinds if any(kind)]
    return apart if 1 < len(apart) <= _MOST and len(set(told)) == len(told) else [goods]


def find_intents(
    text: str, names: Sequence[Name] | None = None, *, listed: bool = False, known: Classifier | None = None
) -> list[str]:
    """The intents of a text: by the whole of it, and by each clause that is sure of what it asks for.

    Args:
        text: As the customer sent it.
        names: Names of the catalog that it contains.
        listed: Whether the shop had just named products.
        known: The classifier; None: the one that ships.
    """
    known = known or classifier()
    likely = predict(text, known, names, listed=listed)
    clauses = [clause for clause in _PART_END.split(text) if normal(clause)]
    for clause in clauses if len(clauses) > 1 else ():
        alone = predict(clause, known, names, listed=listed)
        best = max(alone, key=lambda intent: alone[intent])
        if (
            alone[best] > min(_SURE * _CAUTION.get(best, 1.0), _CERTAIN)
            and likely[best] > _LEAST
            and best not in _ASIDE
        ):
            likely[best] = max(likely[best], alone[best])
    return choose(likely)


def predict(
    text: str, known: Classifier, names: Sequence[Name] | None = None, *, listed: bool = False
) -> dict[str, float]:
    """How likely each intent is, between 0 and 1."""
    words = mask(text, SLANG, [name.words for name in names or ()])
    met = marks(text, listed=listed)
    likely = known.predict(features(words, known.knows, letters=True, marks=met))
    if OF_AGE in words and TOO_YOUNG not in words:
        likely["under_21"] = 0.0
    if not met and not any(map(known.knows, words)) and max(likely.values()) < _BY_LETTERS:
        return known.predict({})
    return likely


def choose(likely: Mapping[str, float]) -> list[str]:
    """The intents that are answered, in the reply's order; none where nothing is likely."""
    goods = max((SUGGEST, FIND), key=lambda intent: likely[intent])
    weights = {intent: weight for intent, weight in likely.items() if intent not in {SUGGEST, FIND}}
    weights[goods] = 1 - (1 - likely[SUGGEST]) * (1 - likely[FIND])
    best = max(weights, key=lambda intent: weights[intent] / _CAUTION.get(intent, 1.0))
    if weights[best] < (_POLITELY if best in _POLITE else _AT_ALL * _CAUTION.get(best, 1.0)):
        return []
    chosen = {best, *(intent for intent, weight in weights.items() if weight > _ALSO)}
    if "under_21" in chosen:
        return ["under_21"]
    if chosen - _POLITE:
        chosen -= _POLITE
    persons = [intent for intent in _PERSONS if intent in chosen]
    chosen -= set(persons[1:])
    if "medical" in chosen:
        chosen -= _GOODS
    if "details" in chosen:  # which hold all that finding would say
        chosen -= {FIND}
    return [intent for intent in _ORDER if intent in chosen]


def _about_goods(whole: str, names: Sequence[Name] | None, intents: Sequence[str], *, listed: bool) -> str:
    """A text without the clauses that surely speak of something else than goods."""
    if set(intents) <= _GOODS or not set(intents) & _GOODS:
        return whole
    clauses = [clause for clause in _PART_END.split(whole) if normal(clause)]
    meant = [clause for clause in clauses if not _is_other(predict(clause, classifier(), names, listed=listed))]
    return " . ".join(meant) or whole


def _is_other(likely: Mapping[str, float]) -> bool:
    best = max(likely, key=lambda intent: likely[intent])
    return best not in _GOODS and likely[best] > _SURE


def _request(
    intent: str, query: str, goods: str, slots: Slots, shown: Sequence[JsonMapping], number: int = 0
) -> Request:
    if intent == "details" and not slots.names:
        intent = "follow_up"
    if intent == "follow_up" and not shown and slots.says_something:
        intent = FIND
    meant = tuple(point(goods, shown)) if intent == "follow_up" and shown else ()
    return Request(intent, query, slots, meant, number)
