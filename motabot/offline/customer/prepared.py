"""A text with its sizes written out, and without words that look like goods but are not."""

from __future__ import annotations

import re

from motabot.catalog.vocabulary import CATEGORIES
from motabot.text.regex import regex

#: "A battery for my cart" does not ask for a cart.
_FOR_IT = regex(
    r"\b(?:for|to|on|with|para) (?:my|a|the|our|this|mi|un|una|el|la) (?:\w+ )?"
    r"(?:carts?|pens?|vapes?|bongs?|pipes?|joints?|cartucho|pluma|vapeador|pipa)\b",
    re.IGNORECASE,
)
#: "A dab rig" is a rig, "blunt wraps" are wraps, and "dab containers" are neither.
_COMPOUND = regex(
    r"\bdab (rigs?|containers?|jars?|mats?)\b|\bblunt (wraps?)\b|\bpre ?-?roll (tubes?)\b", re.IGNORECASE
)
#: Who asks which papers to bring wants none to roll with.
_DOCUMENTS = regex(
    r"\bque (?:papel(?:es)?|papelito)"
    r"(?= (?:\w+ ){0,2}(?:llev|trae|traig|necesit|ocup|pid|present|muestr|ensen)\w*)",
    re.IGNORECASE,
)
_DISPOSABLE = regex(r"\bdesechables?\b", re.IGNORECASE)
#: What is drunk is a drink.
_TO_DRINK = regex(
    r"\b(something|anything|smth|sumn|stuff|edibles?|algo|cosas?|comestibles?)((?: \w+){0,2}) "
    r"(?:to drink|to sip(?: on)?|de tomar|(?:para|pa) (?:tomar|beber))\b",
    re.IGNORECASE,
)
#: What is eaten or drunk is an edible of any kind.
_EAT_OR_DRINK = regex(
    r"\b(?:eat(?:ing)? (?:or|and) drink(?:ing)?|drink(?:ing)? (?:or|and) eat(?:ing)?"
    r"|comer (?:o|y) (?:tomar|beber)|(?:tomar|beber) (?:o|y) comer)\b",
    re.IGNORECASE,
)
#: "Something half that" does not ask for half an ounce.
_HALF_THAT = regex(r"\bhalf (?:that|of that|as|of it|the (?:strength|dose|mg))\b", re.IGNORECASE)
#: "A half of mimosa" is half an ounce; "half of that" is not.
_PART_OF_OUNCE = regex(
    r"(?<![\w-])((?:an?|one|1|the|for|get|want|need|and) )(half|quarter) of "
    r"(?!(?:the|that|it|an?|my|your|them|this|those|what)\b)",
    re.IGNORECASE,
)
#: "In 3.5" is in eighths: no other package has that figure.
_BARE_EIGHTH = regex(
    r"(?<![\d$.])3\.5s?\b(?![.\d]|\s*(?:g|mg|%|percent|miles|stars|dollars|bucks|oz)\b|%)", re.IGNORECASE
)
#: Only the label says what is not in something.
_FREE_OF = regex(
    r"\b(?:sugar|gluten|dairy|nut|peanut|egg|soy|lactose|wheat)[ -]?(?:free|less)\b"
    r"|\bsin (?:az[uú]car|gluten|l[aá]cteos|lactosa|nueces|cacahuates?|soya)\b",
    re.IGNORECASE,
)
_BARE_GRAMS = regex(
    r"(?<=\bthe )(7|14|28)s?\b(?![.\d%]|\s*(?:g|gr|grams?|mgs?|oz|percent|dollars?|bucks|th|am|pm)\b)",
    re.IGNORECASE,
)
_WEIGHS = regex(
    r"(?<![\d.])(?:1|3\.5|7|14|28) ?g(?:rams?)?\b|(?<![\d$.])3\.5\b|\b(?:eighth|ounce|zip|oz)s?\b", re.IGNORECASE
)


def parts_of_ounces(text: str) -> str:
    """A text with "half ounce of mimosa" for "half of mimosa", and "the 7g" for "the 7" beside other weights."""
    text = _PART_OF_OUNCE.sub(r"\1\2 ounce of ", text)
    return _BARE_GRAMS.sub(r"\1g", text) if _WEIGHS.search(text) else text


def prepared(text: str) -> str:
    """A text without words that look like a kind or a size of goods but are not."""
    text = _EAT_OR_DRINK.sub("edibles", _FREE_OF.sub(" ", text))
    text = _BARE_EIGHTH.sub("3.5g", _HALF_THAT.sub(" ", parts_of_ounces(text)))
    text = _DOCUMENTS.sub("que documentos", _DISPOSABLE.sub("disposable", text))
    text = _TO_DRINK.sub(r"\1\2 drinks ", _COMPOUND.sub(r"\1\2\3", text))
    return _FOR_IT.sub(" ", text) if len(CATEGORIES.matches(text)) > 1 else text
