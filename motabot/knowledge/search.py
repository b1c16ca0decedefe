"""Finds the entries that answer a question.

PostgreSQL's full-text search takes both apart: its parser, stop words and stemmer for the question's language make
lexemes of them. A question is compared with each wording of an entry by the lexemes they share, rare ones counting
more, and by their trigrams as the extension pg_trgm counts them, which forgives misspellings. The extension itself
is not needed: many hosts do not let a login install it, and some hundred entries are ranked in milliseconds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from motabot.boundary import JsonMapping, JsonObject
from motabot.text.language import Language
from motabot.text.normalize import normal
from motabot.text.regex import regex

#: Runs a SELECT with named parameters, as `CustomerTools.rows` does.
Rows = Callable[..., list[JsonObject]]

_CONFIGURATIONS = {"en": "english", "es": "spanish"}
_LEXEMES = """
select asked.text, tsvector_to_array(to_tsvector(cast(:configuration as regconfig), asked.text)) as lexemes
from unnest(cast(:texts as text[])) asked (text)
"""
_ENTRIES = """
select key, source, is_unknown, questions_en, answer_en, questions_es, answer_es from knowledge order by key
"""
#: How much of a score are shared lexemes; the rest are shared trigrams.
_LEXEME_SHARE = 0.65
#: From this score on an entry is worth reading, and from that one on it is taken to be the answer.
_WORTH_READING, _SURE = 0.3, 0.5
#: The worth of a wording that is a small part of a question, relative to one that is all of it.
_CONTAINED = 0.8
#: A single word that is shared tells little beside others, unless it is as rare as this.
_ONE_WORD, _TELLING = 0.75, 4.5
#: Words that people use for one of the entries' words.
_SAME = {
    # without its apostrophe a short form is not a stop word, and would be shared by questions of any subject
    "what is": r"whats|wats|wuts",
    "how is": r"hows",
    "where is": r"wheres",
    "who is": r"whos",
    "do not": r"dont|doesnt|didnt",
    "is not": r"isnt|arent|aint|wasnt",
    "i am": r"im",
    "i have": r"ive",
    "it is": r"its|thats|theres",
    "any more": r"anymore",
    "can not": r"cant|couldnt|wont|wouldnt|shouldnt",
    "kick in": r"hits?|hit me|kicks?|kick(?:s|ed)? in|set in|come on|onset|feel (?:it|anything)|start working",
    "until": r"til|till|untill|b4|before",
    "difference": r"diff|diffs|differ|versus|vs",
    "drug test": r"(?:piss|urine|ua|pee) (?:test|screen)|drug screen",
    "first time beginner": r"noob|newb|newbie|novice|starter|never (?:tried|smoked|done|been|had)(?: \w+){0,2}",
    "medical card": r"med card|mmj card|medical recommendation|med rec|recommendation|prescription|med patients?",
    "you": r"yall|u guys|ya|u|you guys|ur",
    "store": r"dispo|shop",
    "weed": r"bud|buds|nugs?|flower|herb|cannabis|marijuana|pot|ganja|mary jane",
    "mota": r"marihuana|hierba|yerba|flor|mariguana",
    "joint": r"pre ?rolls?|doobies?|joints",
    "porro": r"gallos?|churros?|cigarros?|joints?|toques?|porros",
    "mg": r"milligrams?|mgs",
    "terpene": r"terps?",
    "wheelchair accessible": r"wheel ?chairs?|handicap\w*|disabled|ramps?|stairs",
    "fly plane": r"airplane|plane|flight|flying|tsa|airport",
    "cart": r"cartridges?|carts?|pods?",
    "gummy": r"gummies|gummys",
    "hiring job": r"jobs?|hire|hiring|applications?|vacancies|looking for (?:\w+ ){0,2}work",
    "reserve hold": r"hold|reserve|set aside|save me|apart\w+",
    "last": r"go on for|off switch|stay high|wear off",
    "park": r"parking|park|street parking|estacion\w+|parqueo",
    "allergy nuts": r"allerg\w+|nuts?|gluten|alerg\w+|nueces",
    "high": r"get me high|high|stoned",
    "pega efecto": r"sube|pega|pegan|hace efecto|hacen efecto",
    "impuesto": r"tax|taxes|impuestos?",
    "cita": r"sacar cita|cita",
    "primera vez": r"nunca he (?:probado|fumado|ido)|probar esto",
}
_SYNONYMS = tuple((regex(rf"\b(?:{pattern})\b"), word) for word, pattern in _SAME.items())
_SENTENCE = regex(r"(?<=[.?!])\s+")


@dataclass(frozen=True)
class KnowledgeAnswer:
    """An entry that may answer a question, in the question's language if the entry has it.

    Attributes:
        key: The entry's name.
        question: The wording that is nearest.
        answer: What may be said.
        source: Where the facts come from.
        score: How near, from 0 to 1.
        is_known: False for an entry that says that nobody has told the bot.
    """

    key: str
    question: str
    answer: str
    source: str
    score: float
    is_known: bool

    @property
    def is_sure(self) -> bool:
        """Near enough to be taken for the answer."""
        return self.score >= _SURE


@dataclass(frozen=True)
class _Wording:
    entry: JsonMapping
    question: str
    answer: str
    lexemes: frozenset[str]
    trigrams: frozenset[str]


class Index:
    """The entries of one language, ready to be searched."""

    def __init__(self, rows: Rows, language: Language) -> None:
        """
        Args:
            rows: Reads as the customer's role; it sees the view `knowledge`.
            language: Which wordings to compare with. Entries without that language are compared in English.
        """
        self._configuration = _CONFIGURATIONS[language]
        asked = [(entry, *_in_language(entry, language)) for entry in rows(_ENTRIES)]
        plain = {question: _plain(question) for _, questions, _ in asked for question in questions}
        lexemes = self._lexemes(rows, plain.values())
        self._wordings = [
            _Wording(entry, question, answer, lexemes[plain[question]], trigrams(plain[question]))
            for entry, questions, answer in asked
            for question in questions
        ]
        counts = Counter(lexeme for wording in self._wordings for lexeme in wording.lexemes)
        self._weights = {lexeme: math.log(1 + len(self._wordings) / count) for lexeme, count in counts.items()}
        self._unknown = math.log(1 + len(self._wordings)) if self._wordings else 1.0

    def __bool__(self) -> bool:
        return bool(self._wordings)

    def search(self, rows: Rows, question: str, limit: int) -> list[KnowledgeAnswer]:
        """The entries that may answer a question, the nearest first.

        Args:
            rows: Reads as the customer's role.
            question: In the customer's words.
            limit: How many at most.
        """
        parts = {_plain(part) for part in (question, *_SENTENCE.split(question))}
        asked = [(lexemes, trigrams(part)) for part, lexemes in self._lexemes(rows, parts).items()]
        best: dict[str, KnowledgeAnswer] = {}
        for wording in self._wordings:
            score = max(self._score(wording, lexemes, grams) for lexemes, grams in asked)
            key = wording.entry["key"]
            if score >= _WORTH_READING and (key not in best or score > best[key].score):
                entry = wording.entry
                best[key] = KnowledgeAnswer(
                    key,
                    wording.question,
                    wording.answer,
                    entry["source"],
                    round(score, 3),
                    not entry["is_unknown"],
                )
        return sorted(best.values(), key=lambda answer: (-answer.score, answer.key))[:limit]

    def _score(self, wording: _Wording, lexemes: frozenset[str], grams: frozenset[str]) -> float:
        shared = self._weight(wording.lexemes & lexemes)
        asked, offered = self._weight(lexemes), self._weight(wording.lexemes)
        if not shared or not asked or not offered:
            return 0.0
        overlap = max(
            2 * shared / (asked + offered), _CONTAINED * shared / offered if len(wording.lexemes) > 1 else 0
        )
        if len(wording.lexemes & lexemes) == 1 < len(lexemes) and shared < _TELLING:
            overlap *= _ONE_WORD
        alike = len(grams & wording.trigrams) / len(grams | wording.trigrams)
        return _LEXEME_SHARE * overlap + (1 - _LEXEME_SHARE) * alike

    def _weight(self, lexemes: Iterable[str]) -> float:
        return sum(self._weights.get(lexeme, self._unknown) for lexeme in lexemes)

    def _lexemes(self, rows: Rows, texts: Iterable[str]) -> dict[str, frozenset[str]]:
        wanted = sorted(set(texts))
        found = rows(_LEXEMES, configuration=self._configuration, texts=wanted)
        return {row["text"]: frozenset(row["lexemes"]) for row in found}


def trigrams(plain: str) -> frozenset[str]:
    """The trigrams of a text as pg_trgm has them: of each word, with two spaces before and one after it."""
    return frozenset(f"  {word} "[start : start + 3] for word in plain.split() for start in range(len(word) + 1))


def _in_language(entry: JsonMapping, language: Language) -> tuple[Sequence[str], str]:
    if language == "es" and entry["answer_es"]:
        return entry["questions_es"], entry["answer_es"]
    return entry["questions_en"], entry["answer_en"]


def _plain(text: str) -> str:
    plain = normal(text)
    for pattern, word in _SYNONYMS:
        plain = pattern.sub(word, plain)
    return plain
