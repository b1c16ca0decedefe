"""Turns what people type into the plain words that are read for consent."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from motabot.text.normalize import APOSTROPHES, fold
from motabot.text.regex import regex

#: Replacements by a layer for a character that it cannot carry, in the middle of a word.
_LOST = regex("(?<=\\w)[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\u115f\u1160\u3164\uffa0]+(?=\\w)")
#: "wrong #" and the like.
_NUMBER = regex(r"(?<=\bwrong )(?:#|no\b\.?|nbr\b\.?|num\b\.?|nmbr\b)", re.IGNORECASE)
_DOLLAR = regex(r"\$(?=[t7]\W?[o0]\W?p\b)", re.IGNORECASE)
_MASKED = regex(r"(?<=\w)\*+|\*+(?=\w)|(?<=\w)[#@]+(?=\w)")
_ZERO = regex(r"(?<=[a-z])0(?=[a-z])")
_SPELLED = regex(r"(?<!\w)[a-z](?:[\s.\-_*,/]+[a-z]){3,}(?!\w)")
_SPACED_STOP = regex(r"(?<!\w)s ?t ?o ?p(?!\w)")
_ELONGATED = regex(r"([a-z])\1{2,}")
_SENTENCE_BREAK = regex(r"[^\w\s&/'-]+|\s-+\s|\n+")
_NOT_A_WORD = regex(r"[^\w]+")
_WORD = regex(r"[a-z0-9]*[a-z][a-z0-9]*")
#: Whether one of the patterns above may match, before and after folding.
_ODD = regex(r"[^\n\r\t -~]|[$]|STOP|wrong", re.IGNORECASE)
_MASKED_OR_NUMBER = regex(r"[\d*#@]")
_PHONE = regex(r"\+?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}\b|(?<=my )#|(?<=this )#|(?<=ur )#")
_SHORTHAND = {
    "dnt": "dont",
    "donot": "dont",
    "nomas": "no mas",
    "tf": "the fuck",
    "stahp": "stop",
    "stawp": "stop",
    "stoppit": "stop it",
    "uns": "unsubscribe",
    "unsb": "unsubscribe",
    "unsubs": "unsubscribe",
    "quti": "quit",
    "qiut": "quit",
    "nemore": "anymore",
    "nomo": "no more",
    "xfa": "porfa",
    "xfavor": "por favor",
    "plis": "please",
    "mssg": "msg",
}
_CAPITAL_STOP = regex(r"(?<=[a-z] )STOP\W*$|^\W*STOP(?= [A-Za-z]*[a-z])")

_GERUNDS = frozenset(
    "hitting texting txting sending messaging spamming contacting blowing bothering bugging calling writing"
    " harassing annoying getting receiving giving opting blocking reporting".split()
)
"""Verbs for texting, which people also write without the g."""

_STOP_NEIGHBOURS = frozenset(
    "top shop step slop sop stow stoop strop stomp stops atop stopt swop stor stob stot scop stoup stup".split()
)
"""Words and parts of words one letter away from "stop" that are not misspellings of it."""

_LONG_WORDS = (
    "texting",
    "messaging",
    "message",
    "messages",
    "sending",
    "spamming",
    "contacting",
    "remove",
    "please",
    "delete",
    "cancel",
)
_LONG_NEIGHBOURS = frozenset(
    "testing ending spending lending mending vending tending bending fending seeding massage massages massaging"
    " removed removes remover remote cancer cancels deleted deletes spanning spammin slamming contracting pleased"
    " pleases".split()
)
"""Real words that are one letter away from one of the longer words."""

#: Words that people run together, "stoptextingme", and those of them that say what the text is about.
_RUN_TOGETHER = regex(
    r"unsubscribe|messaging|messages?|mensajes|texting|texts?|txts?|sending|send|remove|delete|cancel|please|pls|plz"
    r"|leave|alone|number|quit|stop|take|this|these|dont|more|list|from|your|basta|manden|opt|out|off|now|all|mas|my"
    r"|me|us|no|it|the|ya"
)
_TELLING_WORD = regex(r"stop|unsub|remove|delete|quit|cancel|te?xt|messag|mensaj|alone|nomore|nomas|optmeout|list")
_SHORTEST_RUN = 6
#: Digits for letters, "5t0p", are read in these words alone: elsewhere they are sizes and codes.
_DIGITS = tuple(str.maketrans("013457", f"o{one}east") for one in "il")
_SPELLED_IN_DIGITS = frozenset(
    "stop unsubscribe unsub remove delete cancel quit end text texts texting txt txts message messages messaging"
    " msgs more no not me my number list off out opt please leave alone spam send sending never again dont take"
    " block lose phone these this contact alto baja basta mas mensajes".split()
)


@lru_cache(maxsize=16)  # several rules read the same text in turn
def sentences_of(text: str) -> tuple[str, ...]:
    """Lower-case words without accents, look-alikes and apostrophes, cut at punctuation and emoji."""
    if _ODD.search(text):  # few texts match these, and each of them takes time
        text = _NUMBER.sub("number", _DOLLAR.sub("s", _LOST.sub("", text)))
        text = _CAPITAL_STOP.sub(" . STOP . ", text).replace("🛑", " . stop . ")
    text = APOSTROPHES.sub("", fold(text, lookalikes=True))
    if _MASKED_OR_NUMBER.search(text):
        text = _ZERO.sub("o", _PHONE.sub("this number", _MASKED.sub("", text)))
    text = text.replace("w/", "with ")
    text = _SPELLED.sub(lambda found: _NOT_A_WORD.sub("", found[0]), text)
    text = _ELONGATED.sub(r"\1", text)
    parts = (" ".join(_NOT_A_WORD.split(part)).strip() for part in _SENTENCE_BREAK.split(text))
    return tuple(_respelled(_SPACED_STOP.sub("stop", part)) for part in parts if part)


def _respelled(part: str) -> str:
    words = part.split(" ")
    if all(map(_WORD.fullmatch, words)):
        return " ".join(map(_respell, words))
    return _WORD.sub(lambda found: _respell(found[0]), part)


@lru_cache(maxsize=4_096)
def _respell(word: str) -> str:
    """Correct the misspellings of the words that matter most."""
    word = _SHORTHAND.get(word, word)
    if not word.isalpha():
        return _without_digits(word)
    if len(word) >= _SHORTEST_RUN and _TELLING_WORD.search(word):
        run = _RUN_TOGETHER.findall(word)
        if len(run) > 1 and "".join(run) == word:
            return " ".join(run)
    if word.endswith("in") and f"{word}g" in _GERUNDS:
        return f"{word}g"
    if 3 <= len(word) <= 5 and word not in _STOP_NEIGHBOURS and DamerauLevenshtein.distance(word, "stop") == 1:
        return "stop"
    if len(word) >= 8 and word[0] == "u" and DamerauLevenshtein.distance(word, "unsubscribe") <= 3:
        return "unsubscribe"
    if len(word) >= 5 and word not in _LONG_NEIGHBOURS and word not in _LONG_WORDS:
        for meant in _LONG_WORDS:
            if word[0] == meant[0] and DamerauLevenshtein.distance(word, meant) == 1:
                return meant
    return word


def _without_digits(word: str) -> str:
    """A word that has digits for letters, or one after it: "t3xt", "stop1"; any other as it is."""
    for digits in _DIGITS:
        if (plain := word.translate(digits)) in _SPELLED_IN_DIGITS:
            return plain
    return "stop" if word.rstrip("0123456789") == "stop" else word
