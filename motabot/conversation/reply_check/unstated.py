"""What only the shop can know: jobs, lost things, outlets, events, doctors, parking, crowds and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import read_number
from motabot.conversation.reply_check.grounds import is_open
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_KINDS = (
    "jobs",
    "lost_and_found",
    "outlets",
    "events",
    "doctors",
    "parking",
    "crowds",
    "answering_times",
    "who_answers",
    "delivery_costs",
    "scarcity",
    "crowds_taste",
    "sensations",
    "surroundings",
    "orders_under_way",
    "plans",
    "perks",
    "changes_to_come",
    "shares_of_spending",
    "makers",
    "flaws",
    "extra_rewards",
    "how_long_it_goes",
    "doses",
)
#: Compiled as they are: each is tried once per reply, and analyzing their many alternatives would be slow. For
#: these a denial is also a claim: "it won't get you high".
_EITHER_WAY = frozenset(
    {"scarcity", "crowds_taste", "sensations", "surroundings", "orders_under_way", "plans", "makers", "flaws"}
    | {"extra_rewards", "how_long_it_goes", "doses"}
)
_PATTERNS = {kind: regex(_LEXICON.pattern(kind).pattern) for kind in _KINDS}
#: "I don't know whether there's parking" claims nothing. "No, it's street only" does.
_OPEN = regex(
    r"\b(?:don'?t|do not|doesn'?t|can'?t|cannot|not sure|no se|no (?:\w+ ){0,4}(?:perks?|benefits?)"
    r"|no (?:\w+ ){0,2}(?:info\w*|listed|word)|isn'?t"
    r"|aren'?t|won'?t|not"
    r"|never|if|whether|si(?!,)|nunca|know of|no (?:puedo|veo|tengo)|puedo decir|ask)\b"
)
#: "What VIP gets you isn't something I can see".
_NOT_KNOWN = regex(
    r"[^.;!?]{0,20}\b(?:isn'?t|is not|aren'?t|are not|no es|no son) (?:something |anything |algo )?(?:that |que )?"
    r"(?:i |we |yo )?(?:can |puedo |could )?(?:see|know|tell|say|listed|spelled|stated|written|ver|decir|sepa)\b"
)
#: "Sorry that you had to wait so long" repeats what the customer said.
_SYMPATHY = regex(
    r"\b(?:sorry|apologi[sz]e|apologies|siento|sentimos|lamento|lamentamos|disculp\w+|perdon\w*)\b"
    r"|\b(?:minutes?|hours?|an hour)(?: in line| of waiting| in the line)? (?:is|was) (?:\w+ )?(?:a|too|so) $"
)
_FIGURE = regex(r"\d|\b(?:one|two|three|four|five|un[oa]?|dos|tres)\b")
_NUMBER = rf"(?:\d{{1,3}}|{SPOKEN_NUMBER})"
#: How many pieces a package holds.
_PIECES = regex(
    rf"\b(?:packs?|boxes|bags?|tins?) of (?P<of>{_NUMBER})\b"
    rf"|\b(?P<per>{_NUMBER})(?: (?!mg\b|g\b|ml\b|grams?\b|milligrams?\b|gramos?\b|miligramos?\b|thc\b)[a-z]+)?"
    r" (?:per|to a|to the|in (?:a|each|every|the)|por|en cada|por cada) "
    r"(?:pack(?:age)?|box|bag|tin|paquete|caja|bolsa)\b"
    rf"|\b(?:divided|scored|cut|split|broken|breaks?|comes?|packed|marked|dividid[oa]|partid[oa]"
    rf"|viene) (?:up )?(?:into|in|as|en)"
    rf" (?P<into>{_NUMBER})\b(?!\.\d| ?(?:mg|g|times?|visits?|veces|sizes?|flavors?|forms?|kinds?|stores?"
    rf"|minutes?|hours?|tamanos?|sabores?))"
    rf"|\b(?:vienen|trae|traen|contiene|comes with|holds|has) (?P<has>{_NUMBER}) "
    r"(?:piezas?|pieces|gomitas|gummies|joints|porros|squares|chews|servings|porciones)\b"
)
#: Fewer letters repeat nothing in particular.
_SHORT = 5
_PACKED = r"[- ]?(?:packs?|pk|ct|count|pieces?|piezas?|gummies|servings?|per|joints?)\b"


def check_unstated(reading: DraftReading) -> Iterator[Problem]:
    """A reply says nothing about the shop or a package that nobody stated."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        if text.rstrip().endswith("?"):
            continue
        yield from _of_shop(reading, sentence, text)
        yield from _of_packages(reading, sentence, text)


def _of_shop(reading: DraftReading, sentence: Sentence, text: str) -> Iterator[Problem]:
    told = (*reading.facts.statements, *reading.facts.strings)
    for kind, pattern in _PATTERNS.items():
        found = pattern.search(text)
        is_left_open = is_open if kind in _EITHER_WAY else _OPEN.search
        if found and kind == "shares_of_spending" and _FIGURE.search(text[: found.start()][-14:]):
            continue  # "$8.00 less than your usual" is a figure's to judge
        if found and _NOT_KNOWN.match(text, found.end()):
            continue
        if found and kind == "crowds" and _SYMPATHY.search(text[: found.start()]):
            continue
        if found is None or is_left_open(text[: found.end()]) or any(pattern.search(one) for one in told):
            continue
        if _said(found[0], reading.facts.asked):
            continue
        excerpt = reading.quoted(sentence, found)
        yield Problem(
            "policy",
            excerpt,
            f'"{excerpt}" says something about the shop that nothing states ({kind.replace("_", " ")}).'
            " Say that you do not know, and offer a person.",
        )
        return


def _said(words: str, asked: tuple[str, ...]) -> bool:
    """Whether the customer said so: "it won't hit" repeats "a pen that wont hit"."""
    ending = " ".join(words.replace("'", "").split()[-2:])
    return len(ending) > _SHORT and any(ending in text.replace("'", "") for text in asked)


def _of_packages(reading: DraftReading, sentence: Sentence, text: str) -> Iterator[Problem]:
    found = _PIECES.search(text)
    if found is None or _OPEN.search(text[: found.start()]):
        return
    number = read_number(found["of"] or found["per"] or found["has"] or found["into"])
    counted = re.compile(rf"\b{number:f}{_PACKED}|\b(?:packs?|box|bag) of {number:f}\b")
    names = (one.folded for mention in sentence.subjects for one in mention.candidates)
    told = (*names, *reading.facts.strings, *reading.facts.statements, *reading.facts.asked)
    if not any(counted.search(one) for one in told):
        excerpt = reading.quoted(sentence, found)
        yield Problem(
            "count", excerpt, f'"{excerpt}" counts the pieces of a package, and nothing states it. Leave it out.'
        )
