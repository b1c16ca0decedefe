"""How likely the words of a text mean danger: the second detector of the safety net, besides its patterns.

No list of patterns is ever complete. A linear classifier (`motabot.text.classifier`), learned from example texts
by `learning/train.py`, says how likely a text is about each kind. It reads words, their letters, and marks:
which classes of words the text has ("a child", "something of ours", "ate"), alone and in pairs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import combinations
from pathlib import Path

from motabot.text.classifier import Classifier, Features, features
from motabot.text.normalize import UNSPOKEN, fold
from motabot.text.patterns import Lexicon, Pattern
from motabot.text.regex import regex

LEXICON = Lexicon(Path(__file__).with_name("safety.toml"))
#: Written by `learning/train.py`.
MODEL = Path(__file__).with_name("safety.model.gz")

_CLAUSE_END = regex(r"[.!?;\n]+(?!\d)")
#: The lists of words of each mark.
_LISTS = tuple(
    """
    child pet goods ate symptom drive alcohol drug person doc
    away travel high distress body unwell death hopeless expecting vehicle
    wait minors shipping proof lacking condition joking shop_talk
    """.split()
)
#: The lists whose words say what was taken, or how somebody feels.
_OF_BODY = ("ate", "symptom", "unwell", "high", "body", "distress", "death", "hopeless", "condition")
#: The lists whose words say that somebody is unwell.
_OF_HARM = ("symptom", "unwell", "high", "distress", "death", "condition")
#: Words of what harms, and of who helps.
_DANGER = LEXICON.pattern_of_list("danger")
_BRINGS_PET, _FEELS_NOTHING, _ASKS_START, _ASKS_AMOUNT, _FOR_AGE = map(
    LEXICON.pattern, ("brings_pet", "feels_nothing", "asks_start", "asks_amount", "for_age")
)
_ACHES, _WHERE_TO_SMOKE = map(LEXICON.pattern, ("aches", "where_to_smoke"))
_AGES = {
    "young": regex(
        r"\b(?:[1-9]|1[0-2])(?: ?(?:yr|year|yo|month|mo|ano|anos)s?(?: ?old)?)\b"
        r"|\b(?:hes|shes|theyre|is|tiene|age|aged) (?:only )?(?:[1-9]|1[0-2])\b(?! (?:mg|pm|am))"
    ),
    "teen": regex(r"\b1[3-9]\b(?! ?(?:mg|pm|am|g|th|dollars|bucks|percent))|\b20 (?:anos|years|yr)\b"),
    "grown": regex(r"\b(?:2[1-9]|[3-9]\d)(?: ?(?:yr|year|yo|ano|anos)s?(?: ?old)?)?\b"),
}


def plain_clauses(text: str) -> str:
    """Lower case without accents and apostrophes; one space between words, " . " between clauses."""
    clauses = _CLAUSE_END.split(fold(UNSPOKEN.sub("", text), lookalikes=True))
    return " . ".join(words for clause in clauses if (words := " ".join(re.findall(r"[a-z0-9]+", clause))))


def words_of(text: str) -> list[str]:
    """The words of a text for the classifier: every number is one and the same."""
    return ["NUMBER" if word.isdigit() else word for word in plain_clauses(text).replace(" . ", " ").split()]


def marks_of(text: str) -> list[str]:
    """The classes of words that a text has, and every two of them that it has together."""
    plain = plain_clauses(text)
    found = [
        *(name for name, pattern in _classes().items() if pattern.matches(plain)),
        *(name for name, pattern in _AGES.items() if pattern.search(plain)),
    ]
    return [*(f"@{name}" for name in found), *(f"@{one}&{other}" for one, other in combinations(found, 2))]


def speaks_of(name: str, plain: str) -> bool:
    """Whether a text, as `plain_clauses` gives it, has a word of a class: "child", "pet"."""
    return _classes()[name].matches(plain)


def speaks_of_despair(plain: str) -> bool:
    """Whether a text, as `plain_clauses` gives it, has a word of death, hopelessness or distress."""
    return any(_classes()[name].matches(plain) for name in ("death", "hopeless", "distress"))


def is_calm(plain: str) -> bool:
    """Whether a text, as `plain_clauses` gives it, names nobody and nothing of an emergency."""
    return not any(_classes()[name].matches(plain) for name in ("child", "pet", *_OF_BODY)) and not (
        _DANGER.matches(plain)
    )


def bears_out(kind: str, plain: str) -> bool:
    """Whether a text, as `plain_clauses` gives it, has a word that a faint hint of an emergency needs.

    For an overdose it is one of what was taken or of how somebody feels, which "my weed is drying out" lacks;
    for a child one of a child or of eating, which "the cookies, how many mg are they" lacks.
    """
    needed = {"overdose": _OF_BODY, "child": ("child", "ate")}.get(kind)
    return needed is None or any(_classes()[name].matches(plain) for name in needed)


def is_harmless(kind: str, plain: str) -> bool:
    """Whether a text only resembles a kind: "my hands ache something awful after pruning season", where nothing
    was taken, or "can we smoke on the beach, we are here from Texas", where nothing is carried.
    """
    if kind == "overdose":
        return _ACHES.matches(plain) and not any(_classes()[name].matches(plain) for name in _OF_HARM)
    return kind == "border" and _WHERE_TO_SMOKE.matches(plain)


def asks_beside_danger(kind: str, plain: str) -> bool:
    """Whether a text asks what is no emergency: how much to take, whether a pet may come along,
    or a discount for somebody of age.

    Args:
        kind: The name of a kind of `motabot.conversation.safety.Kind`.
        plain: The text, as `plain_clauses` gives it. With a word of how somebody suffers it never is harmless.
    """
    if kind == "overdose" and _ASKS_AMOUNT.matches(plain):  # "too much" is a word of harm
        return True
    if (
        kind == "overdose"
        and _ASKS_START.matches(plain)
        and not any(_classes()[name].matches(plain) for name in _OF_BODY if name != "distress")
    ):
        return True  # "I am scared, how much should I take the first time"
    if any(_classes()[name].matches(plain) for name in _OF_HARM):
        return False
    if kind == "minor":
        return _FOR_AGE.matches(plain)
    if kind == "pet":
        return _BRINGS_PET.matches(plain)
    feels_nothing = _FEELS_NOTHING.matches(plain) and not _classes()["body"].matches(plain)  # "in my legs"
    return kind == "overdose" and (feels_nothing or _ASKS_START.matches(plain))


def likely_kinds(text: str, known: Classifier | None = None) -> Mapping[str, float]:
    """How likely a text is about each kind of `motabot.conversation.safety.Kind`, by name, between 0 and 1.

    Args:
        text: As it came.
        known: Another classifier than the one that ships.
    """
    judge = known or _classifier()
    return judge.predict(_features(text, judge.knows))


def _features(text: str, knows: Callable[[str], bool]) -> Features:
    return features(words_of(text), knows, letters=True, marks=marks_of(text))


@cache
def _classifier() -> Classifier:
    return Classifier.load(MODEL)


@cache
def _classes() -> dict[str, Pattern]:
    return {name: LEXICON.pattern_of_list(name) for name in _LISTS}
