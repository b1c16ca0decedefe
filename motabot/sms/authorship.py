"""How likely it is that a machine wrote a text, by the form of its words.

Notices of banks, carriers and shops are cut from templates. They name a service in the third person, begin with a
name and a colon, and contain codes, links and amounts. People talk about themselves and ask. No list of patterns
is complete, so `motabot.sms.machine` also uses a classifier trained on texts of both (`learning/machines`).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from motabot.text.classifier import Classifier, features
from motabot.text.quotations import folded, quotations
from motabot.text.regex import regex

#: Written by `learning/train.py`.
MODEL = Path(__file__).with_name("authorship.model.gz")
#: How many characters are read: the form shows early.
_READ = 600
#: Replacements for values that differ from text to text, in the order in which they are tried.
_VALUES = tuple(
    (regex(pattern), f" {name} ")
    for pattern, name in (
        (r"\S+@\S+\.\w+", "MAIL"),
        (
            r"(?:https?://|www\.)\S+|\b[\w.-]+\.[a-z]{2,8}/\S*|\b[\w-]{2,}(?:\.[\w-]+)*\.(?:com|net|org|gov|example|info"
            r"|top|me|ly|co|io|us|win|vip|cc|xyz|live|site|club|icu|xin|shop|bet|app|link|click)\b",
            "URL",
        ),
        (r"[$£€]\s?\d[\d,.]*[km]?\b|\b\d[\d,.]*\s?(?:usd|eur|vnd|dollars|bucks)\b", "MONEY"),
        (r"\+?\d?[ .-]?\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}\b|\+\d{8,15}\b|\b\d{10,11}\b", "PHONE"),
        (r"\b\d+ ?%", "PERCENT"),
        (r"\b\d{1,2}(?::\d\d|h\d\d)\s?(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s?[ap]m\b", "TIME"),
        (r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b", "DATE"),
    )
)
#: Every value has one of these signs.
_VALUE_SIGN = regex(r"[\d/@.]")
_NUMBER = regex(r"\b(?=\w*\d)[\w-]+\b")
_WORD = regex(r"[^\W_]+|\?")
#: Scripts without spaces between words begin here; pairs of their characters serve as words.
_UNSPACED = "\u2e80"
#: "UPS: ...", "Bank of the West: ...", and "[Binance] ...".
_FROM = regex(r"\W{0,3}[A-Z0-9][\w&'’().*+-]*(?: (?:[A-Z0-9&][\w&'’.*+-]*|de|del|of|by|the)){0,4} ?:\s+\S")
_BRACKET = regex(r"\s*[\[【(<]\s*[^\]】)>]{1,30}[\]】)>]")
_SMALL_FIRST = regex(r"\W*[a-zà-ÿ]")


@cache
def classifier() -> Classifier:
    """What was learned from texts of machines and of people; see learning/README.md. Loaded on first use."""
    return Classifier.load(MODEL)


def likely_machine(text: str, known: Classifier | None = None) -> float:
    """How likely a machine wrote a text, between 0 and 1.

    Args:
        text: As it came in.
        known: The classifier; None: the one that ships.
    """
    known = known or classifier()
    found = features(words_of(text), known.knows, letters=True, marks=marks_of(text), rare=False)
    return known.predict(found)["machine"]


def words_of(text: str) -> list[str]:
    """The words to classify, without quotations; codes, links, amounts and times by their kind."""
    said = folded(quotations(text[:_READ]).around)
    if _VALUE_SIGN.search(said):
        for pattern, kind in _VALUES:
            said = pattern.sub(kind, said)
        said = _NUMBER.sub(_kind_of_number, said)
    words: list[str] = []
    for word in _WORD.findall(said):
        if word[0] >= _UNSPACED and len(word) > 1:
            words += [word[at : at + 2] for at in range(len(word) - 1)]
        else:
            words.append(word)
    return words


def marks_of(text: str) -> list[str]:
    """Other features of a text's form."""
    marks = [f"~length {min(4, len(text) // 50)}"]
    for pattern, mark in ((_FROM, "~from"), (_BRACKET, "~bracket"), (_SMALL_FIRST, "~small first")):
        if pattern.match(text):
            marks.append(mark)
    return marks


def _kind_of_number(found: re.Match[str]) -> str:
    """A number by its length; a word with digits in it, such as a code, stays if it is short."""
    digits = sum(mark.isdigit() for mark in found[0])
    if any(mark.isalpha() for mark in found[0]):
        return " CODE " if digits > 2 else found[0]
    return f" DIGITS{digits if digits < 4 else 4 if digits < 9 else 9} "
