"""THC and CBD by name: "no THC" describes only what has none, and "10 THC" only what has ten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.describing import meant
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.regex import regex

_NONE_OF = regex(
    r"\b(?:no|zero|any|without(?: any)?|sin|nada de|cero"
    r"|(?:not |without )a (?:trace|hint|drop|speck|bit) of|(?:ni|sin) (?:una?|un) \w+ de)\s(?P<name>thc"
    r"|cbd)\b(?! (?:or|and|limit|listed|info))"
    r"|\b(?P<free>thc|cbd)[- ]free\b"
)
_DENIED_ANY = regex(r"\b(?:doesn'?t|don'?t|does not|do not|not|without) (?:have|contain|hold|include)?\s?$")
_BARE = regex(r"(?<![\w.$/:-])(?P<number>\d+(?:\.\d+)?)\s(?P<name>thc|cbd)\b")
#: Words about what a person wants or about the plant, not about a product.
_WISH = regex(r"\b(?:if you|want|looking for|prefer|need|avoid|rather|si (?:quieres|buscas))\b")


#: "Far more CBD than THC", "mostly CBD".
_BALANCE = regex(
    r"\b(?:more|higher in|heavier on|mas) (?P<more>thc|cbd) (?:than|que) (?:thc|cbd)\b"
    r"|\b(?:mostly|mainly|high in|rich in|heavy on|casi todo|alt[oa] en|ric[oa] en) (?P<mostly>cbd)\b"
    r"|\b(?P<rich>cbd)[- ](?:rich|heavy|dominant|forward)\b"
)


def _check_balance(reading: DraftReading) -> Iterator[Problem]:
    """ "More CBD than THC", "CBD-rich": only a product that has it so."""
    for found in _BALANCE.finditer(reading.words):
        sentence = reading.sentence_at(found.start())
        if reading.text(sentence).rstrip().endswith("?") or reading.draft.is_denied(found.start()):
            continue
        more = found["more"] or "cbd"
        for mention in _said_of(reading, sentence, found):
            known = [
                (one.thc, one.cbd) for one in mention.candidates if one.thc is not None and one.cbd is not None
            ]
            if known and not any((cbd > thc) is (more == "cbd") for thc, cbd in known):
                excerpt = reading.draft.excerpt(*found.span())
                thc, cbd = known[0]
                cure = f"{mention.candidates[0].name} has {thc:f} THC and {cbd:f} CBD."
                yield Problem("percent", excerpt, f'"{excerpt}" is not right: {cure} Correct it.')
                break


def check_compounds(reading: DraftReading) -> Iterator[Problem]:
    """ "No THC" and bare numbers of THC or CBD are those of the product that they describe."""
    yield from _check_balance(reading)
    for found in _NONE_OF.finditer(reading.words):
        sentence = reading.sentence_at(found.start())
        if found[0].startswith("any") and not _DENIED_ANY.search(reading.words[: found.start()]):
            continue
        if reading.text(sentence).rstrip().endswith("?") or _WISH.search(reading.text(sentence)):
            continue
        yield from _check_none(reading, sentence, found)
    for found in _BARE.finditer(reading.words):
        if not reading.filled_at(found.start(), found.end("number")):
            yield from _check_number(reading, reading.sentence_at(found.start()), found)


def _check_none(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> Iterator[Problem]:
    name = found["name"] or found["free"]
    for mention in _said_of(reading, sentence, found):
        contents = [value for one in mention.candidates if (value := _content(one, name)) is not None]
        if contents and all(contents):
            excerpt = reading.draft.excerpt(*found.span())
            product = mention.candidates[0]
            right = f"{_content(product, name):f}{product.unit or '%'}"
            yield Problem("percent", excerpt, f"{product.name} has {right} {name.upper()}. Correct it.")
            return


def _check_number(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> Iterator[Problem]:
    name, stated = found["name"], Decimal(found["number"])
    for mention in _said_of(reading, sentence, found):
        contents = [value for one in mention.candidates if (value := _content(one, name)) is not None]
        if contents and stated not in contents:
            excerpt = reading.draft.excerpt(*found.span())
            yield Problem(
                "percent", excerpt, f'"{excerpt}" is not what {mention.candidates[0].name} has. Correct it.'
            )
            return


def _said_of(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> list[Mention]:
    """The products that the words describe; the list that they announce, if no product comes before."""
    named = [one for one in meant(reading, sentence, found.start()) if not reading.is_reference(one)]
    return named or [one for one in sentence.mentions if one.start > found.end()]


def _content(one: Product, name: str) -> Decimal | None:
    return one.thc if name == "thc" else one.cbd
