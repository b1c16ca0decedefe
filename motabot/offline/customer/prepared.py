"""A text with its sizes written out, and without words that look like goods but are not."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from motabot.catalog.vocabulary import CATEGORIES, EFFECTS
from motabot.text.language import load_lexicon
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
_KIND = r"(?:edibles?|gumm(?:y|ies)|flower|vapes?|carts?|smok(?:e|es|ables?)|comestibles?|flor|fumar)"
#: Any kind will do: "edible or smoke, idc".
_ANY_KIND = regex(
    rf"\b{_KIND} (?:or|o) (?:an? |to |de |para )?{_KIND},?"
    r" (?:idc|i don'?t care|either|whatever|any|doesn'?t matter|dont matter|da igual|lo que sea|no importa)\b",
    re.IGNORECASE,
)
#: "In eighths, or is it just carts" wants eighths.
_OR_ONLY = regex(
    r"\b(?:or|o) (?:(?:is it|are they|do you have|es|son|tienen) )?"
    r"(?:just|only|nom[aá]s|nada m[aá]s|solo|s[oó]lo)\b.*$",
    re.IGNORECASE,
)
#: What is rubbed on is a topical, and not only a rub.
_RUBBED = regex(r"\brub (?:on|into|in)\b", re.IGNORECASE)
#: "More sleepy than energetic" wants the first.
_RATHER = regex(r"\b(?:more|m[aá]s) (\w+) (?:than|que) (\w+)\b", re.IGNORECASE)
#: Who does not drink alcohol may want a drink without it.
_DRINKING = regex(
    r"\b(?:dont|don't|doesnt|doesn't|do not|does not|cant|can't|not|no|instead of|rather than|quit|stopped)"
    r" drink(?:ing|s)?(?: (?:any )?(?:alcohol|booze|beer|wine|liquor)| any ?more)?"
    r"(?=\W*$|[.,;!?]| (?:and|but|so)\b)"
    r"|\bdrink(?:ing|s)? (?:alcohol|booze|beer|wine|liquor)\b"
    r"|\bno (?:toma|bebe|tomo|bebo) (?:alcohol|cerveza|vino)\b",
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
#: "28 of blue dream" is an ounce of it: nobody buys so many.
_GRAMS_OF = regex(
    r"(?<![\d$.:])(14|28)s?\b(?= (?:of|de) (?!them\b|those\b|these\b|us\b|it\b|that\b|the\b|my\b|your\b|\d"
    r"|es[oa]s?\b|ell[oa]s\b|los\b|las\b|nov|dec|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|dic|ene|abr|ago))",
    re.IGNORECASE,
)
_WEIGHT = r"(?:0?\.5|1|3\.5|7|14|28)"
#: Weights that stand together: "3.5 and 14", "7g or 28".
_WEIGHTS_LISTED = regex(
    r"(?<![\d$.:/])(?<!nov )(?<!dec )(?<!dic )(?<!oct )(?<!on )"
    rf"{_WEIGHT} ?(?:gr?|grams?|gramos?)?(?:(?: ?[,/&] ?| (?:and|or|vs\.?|versus|y|o) )"
    rf"(?:the |an? |el |la )?{_WEIGHT} ?(?:gr?|grams?|gramos?)?(?![\w%$:/]|\.\d| ?(?:mg|oz|%|percent|dollars?"
    r"|bucks|packs?|pk|am|pm|years?|days?|people|of those|of them|of the)\b))+",
    re.IGNORECASE,
)
#: A weight with its unit, or a figure that is nothing else in a shop.
_SURE_WEIGHT = regex(r"\d ?g|3\.5|\b28\b|\b14\b", re.IGNORECASE)
_LONE_WEIGHT = regex(rf"(?<![\d.])({_WEIGHT})(?![\d.]| ?g)", re.IGNORECASE)
#: The sign is no word, and would be lost.
_PERCENT = regex(r"(?<=\d) ?%")
_RANGE = regex(
    r"(?<![\d.-])\$?(\d{1,3}) ?[-–] ?\$?(\d{1,3})(?= ?(?:mgs?|milligrams?|miligramos?|percent|por ciento"
    r"|dollars?|bucks|d[oó]lares)\b)",
    re.IGNORECASE,
)
#: "Not too $$$".
_DEAR = regex(r"\${2,}(?!\d)")
_LONG_WORD = regex(r"[^\W\d_]{6,}")
#: Words that a wish is told by, whatever it is for; kinds and effects are put right where they are read.
_EVERYDAY = (
    *("something", "anything", "everything", "nothing", "cheapest", "cheaper", "strongest", "stronger", "weakest"),
    *(
        "mildest",
        "recommend",
        "suggest",
        "looking",
        "available",
        "expensive",
        "affordable",
        "without",
        "different",
    ),
    *("recomienda", "recomiendas", "recomiendan", "necesito", "quisiera", "barato", "barata", "economico"),
)
_ORDINARY = frozenset((*load_lexicon()["english"].split(), *load_lexicon()["spanish"].split()))
_WEIGHS = regex(
    r"(?<![\d.])(?:1|3\.5|7|14|28) ?g(?:rams?)?\b|(?<![\d$.])3\.5\b|\b(?:eighth|ounce|zip|oz)s?\b", re.IGNORECASE
)


def written_out(text: str) -> str:
    """A text with everyday words put right and with its weights written out: "3.5g and 14g" for "3.5 and 14"."""
    return parts_of_ounces(_LONG_WORD.sub(_put_right, _DEAR.sub("expensive", text)))


def _put_right(word: re.Match[str]) -> str:
    """The everyday word that another one misspells by one slip: "somthing"."""
    said = word[0].lower()
    if said in _ORDINARY or said in _EVERYDAY:
        return word[0]
    meant = next(
        (each for each in _EVERYDAY if each[0] == said[0] and OSA.distance(said, each, score_cutoff=1) <= 1), None
    )
    return meant or word[0]


def _first_effect(found: re.Match[str]) -> str:
    """Of two effects that are compared, the one that is wanted; other comparisons stay."""
    return found[1] if EFFECTS.first(found[1]) and EFFECTS.first(found[2]) else found[0]


def parts_of_ounces(text: str) -> str:
    """A text with its weights written out: "half ounce of mimosa", "the 7g", "28g of blue dream"."""
    text = _PART_OF_OUNCE.sub(r"\1\2 ounce of ", text)
    text = _GRAMS_OF.sub(r"\1g", _WEIGHTS_LISTED.sub(_with_units, text))
    return _BARE_GRAMS.sub(r"\1g", text) if _WEIGHS.search(text) else text


def _with_units(listed: re.Match[str]) -> str:
    """Weights that stand together, each with its unit; as they are if nothing tells them from other numbers."""
    if not _SURE_WEIGHT.search(listed[0]):
        return listed[0]
    return _LONE_WEIGHT.sub(r"\1g", listed[0])


def prepared(text: str) -> str:
    """A text without words that look like a kind or a size of goods but are not."""
    text = _RANGE.sub(r"\1 to \2", _PERCENT.sub(" percent", text))
    text = _EAT_OR_DRINK.sub("edibles", _ANY_KIND.sub(" ", _FREE_OF.sub(" ", text)))
    text = _BARE_EIGHTH.sub("3.5g", _HALF_THAT.sub(" ", parts_of_ounces(text)))
    text = _DOCUMENTS.sub("que documentos", _DISPOSABLE.sub("disposable", _DRINKING.sub(" ", text)))
    text = _RATHER.sub(_first_effect, _RUBBED.sub("topical for", _OR_ONLY.sub(" ", text)))
    text = _TO_DRINK.sub(r"\1\2 drinks ", _COMPOUND.sub(r"\1\2\3", text))
    return _FOR_IT.sub(" ", text) if len(CATEGORIES.matches(text)) > 1 else text
