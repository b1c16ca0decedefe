"""Recognizes small talk, yes and no, and words that continue or refer to the last answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from motabot.offline.staff.frames.beside_names import of_them
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.there import THERE
from motabot.offline.staff.mentioned import value_of
from motabot.text.normalize import plain
from motabot.text.regex import regex

GOES_ON = regex(
    r"^(?:drop|remove|exclude|take out|leave out"
    r"|and|what about|how about|now|only|just|same|also|but|ok|then|instead|y|solo|solamente|ahora|que tal"
    r"|tambien|pero"
    r"|as (?:a |the )?(?:percent|percentage|share|fraction|pct)\b"
    r"|(?:list|show|name|give me)(?: me)? (?:just |only )?(?:the|those) (?:\w+ ){1,3}ones?\b"
    r"|make (?:it|that)|show (?:it|that|me that)|break (?:it|that)|split (?:it|that)|for|in|by|per|with|without)\b"
)
CSV = regex(r"\b(?:csv|excel|spreadsheet|download|xlsx?|descargar?)\b")
CHART = regex(r"\b(?:chart|graph|plot|diagram|visuali[sz]e|grafica|grafico)\b")
YES = regex(
    r"^(?:yes|yep|yeah|do it|approve|approved|confirm|go ahead|si|dale|hazlo|aprobar|apruebo|ok do it"
    r"|yes please)( it| that)?( please)?$"
)
NO = regex(
    r"^(?:no|nope|never ?mind|cancel|forget it|stop|dont|olvidalo|cancela|cancelar|nada)( it| that)?( please"
    r"| thanks)?$"
)
THANKS = regex(r"^(?:thanks?|thank you|thx|ty|gracias|great|perfect|cool|awesome|nice)( you| so much| a lot)?$")
HELLO = regex(r"^(?:hi|hello|hey|hola|good (?:morning|afternoon|evening)|buenos dias|buenas)( there| motabot)?$")
#: A reason that somebody supposes: "because of the 10% off", "since thats when they are discounted".
REASON = regex(
    r"(?:\bbecause\b|\bsince (?:thats|that is|theyre|they are|its|it is|we)\b|\bdue to the\b|\bthanks to\b"
    r"|\bwe (?:do|run|give|offer) (?:the |a |our )?\d+ ?(?:%|percent) off\b)"
    r".*?"
    r"(?=(?: (?:per day|by|average|avg|this|last|in) .*)?$)"
)
IT = regex(r"\b(?:it|that|this|again|eso|esto|otra vez)\b")
_ONLY = regex(
    r"^(?:but |and )?(?:only|just|solo|solamente|without|sin|excluding|except|same|instead"
    r"|as (?:a |the )?(?:percent|percentage|share|pct|part))\b"
    r"|^(?:\w+ ){1,3}only$"
)
#: "Only", before what narrows the last answer down.
ONLY = regex(r"^(?:but |and )?(?:only|just|solo|solamente) (?:the |los |las )?")
_ADDS = regex(r"^(?:and|y|what about|how about|que tal|also|tambien)\b")
_BACK = regex(r"\b(?:how|does|do|did|is|was|compare|split|break|show|group) (?:that|it|this|those|them)\b")
_AGAINST = regex(r"^(?:compare(?:d|s)?|vs|versus|against|comparad[oa]s?|contra|frente a)\b")
#: A count without a noun: it is about those just listed.
_OF_THEM = regex(
    r"^(?:and )?how many (?:came|come|bought|buy|returned|return|visited|spent|shopped|joined|live|paid|have)\b"
    r"|^(?:y )?(?:cuantos|cuantas) (?:son|vinieron|compraron|volvieron|gastaron)\b|^how many$"
    r"|^(?:the )?(?:day|week|month|quarter|year|period) (?:before|prior|earlier)\b"
    r"|^(?:newest|latest|oldest|earliest|largest|biggest|smallest|lowest|highest)(?: ones?)? first$"
)
#: "Of those how many bought", as the first message.
OF_THOSE = regex(r"^(?:(?:and|so|ok) )*(?:of|from|among) (?:those|them|these)\b(?! who| that)")
#: Words that refer to the last answer. ("That" and "those" at the start of a clause do not.)
_POINTS = regex(
    r"\b(?:he|she|him|her|it|its|them|these|they|their|theirs|ella|ellos|ellas|eso|esa|esos|esas)\b"
    r"|\b(?:that|those)$"
    r"|\b(?:of|among|from|for|about|is|are|does|did|was|were) (?:that|those)\b"
    r"|\b(?:bought|buys?|got|gets?|did|does|is|was) the (?:first|second|third|top|best|worst) one\b"
    r"|\bthe (?:others?|rest)\b(?! of (?!them|those|these))"
    r"|^(?:and |ok |so )*who (?:were|are|was|is) the (?:customers?|people|buyers?|budtenders?|sellers?)$"
    r"|^(?:and |so |ok )*who(?: (?:did|handled|processed|issued|had) the (?:most|least|fewest))?$"
    r"|^(?:and )?how much (?:was|is) that$"
    r"|^(?:and )?(?:the )?same\b|^(?:and )?(?:which|how many) (?:is|are|were|was|of|ones?)\b|^(?:lo )?mismo\b"
)
#: "Who are they", "list them with phones".
_LISTS = regex(
    r"(?:and |ok |so )*(?:who(?:s| are|re|se)? |which ones"
    r"|(?:list|show|name|give me)(?: me)? (?:them|those|these)\b).*"
    r"|how many (?:is|are) (?:that|they|those)"
)
_LIMITS = regex(
    r"(?:and |but |only |just |with )*(?:the |a )?(?:prices? |priced |cost )?"
    r"(?:over|under|above|below|less than|more than|at least|at most|up to)"
    r" \S+(?: (?:dollars|bucks|each|times|in|of|lifetime|value|ltv|points|visits|spend))*"
)
#: In "customers and their first visit", "their" does not refer to the last answer.
_OWN = regex(
    r"\b(?:customers?|people|shoppers?|members?|buyers?|vips?|clientes|patients?|products?|brands?)\b"
    r".*\b(?:they|their|its)\b"
)
#: An order to a supplier, not a question.
SUPPLY = regex(r"^(?:please )?(?:order|reorder|restock|buy) (?:more|some|us|another)\b")
#: Pronouns for one person.
SHE = regex(r"\b(?:he|she|him|her|his|hers|ella)\b")
_CANDIDATE = regex(r"(\d+)\) (.+?) \(([^()]+)\)(?=[;.])")
#: What a person says around a picked name: "the vargas one, please".
_POLITE_WORDS = frozenset("the one please pls i mean meant its it is".split())
_ORDINALS = (
    "first|1st|primer\\w*",
    "second|2nd|segund\\w*",
    "third|3rd|tercer\\w*",
    "fourth|4th|cuart\\w*",
    "fifth|5th|quint\\w*",
)


def goes_back(words: str) -> bool:
    """Whether a message begins like a follow-up."""
    return any(pattern.search(words) for pattern in (GOES_ON, _AGAINST, _BACK, _OF_THEM, _ONLY))


def adds(words: str) -> bool:
    """Whether a short message only adds to the question before it: "and in units?"."""
    return bool(_ADDS.search(words)) and len(words.split()) <= 5


def only_continues(words: str) -> bool:
    """Whether a short message means nothing without the question before it: "and in units", "phone numbers?"."""
    return adds(words) or bool(of_them(words))


def goes_along(words: str) -> bool:
    """Whether a short message adds a question of its own to the one before it: "and how many visits"."""
    return adds(words) and not points(words)


def limits(words: str) -> bool:
    """Whether a message only sets a limit: "price over 40"."""
    return bool(_LIMITS.fullmatch(words))


def narrows(words: str) -> bool:
    """Whether a message says that only a part of the last answer is meant."""
    return bool(_ONLY.search(words))


def lists(words: str) -> bool:
    """Whether a message only asks who or how many those of the last answer are."""
    return bool(_LISTS.fullmatch(words))


def points(words: str) -> str:
    """The word that refers to the last answer, or ""."""
    found = None if _OWN.search(words) else _POINTS.search(words) or THERE.search(words)
    return found[0] if found else ""


def chosen(message: str, words: str, said: str, values: Sequence[str]) -> str:
    """The member id of the candidate that a message picks from the model's list.

    Args:
        message: As it was written.
        words: In plain form.
        said: What the model said last.
        values: What placeholders stand for.
    """
    listed = _CANDIDATE.findall(said)
    if not listed or "?" not in said:
        return ""
    number = re.fullmatch(r"(?:the |number |no |#|el |la |numero )?\s*(\d{1,2})(?:st|nd|rd|th)?(?: one)?", words)
    if number and int(number[1]) <= len(listed):
        return str(listed[int(number[1]) - 1][2])
    for n, ordinal in enumerate(_ORDINALS[: len(listed)]):
        if re.fullmatch(rf"(?:the |el |la )?(?:{ordinal})(?: one)?(?: please)?", words):
            return str(listed[n][2])
    told = {*words.split()} - _POLITE_WORDS
    fitting = [
        str(member)
        for _n, name, member in listed
        if message.strip().strip(".") in (name, member)
        or (told and told <= {*plain(value_of(name, values)).split()})
    ]
    return fitting[0] if len(fitting) == 1 else ""


def swaps(frame: FigureFrame | None, before: FigureFrame, words: str) -> bool:
    """Whether a message only names another of the kind that the last question named: "casuals?"."""
    if frame is None or len(words.split()) > 2 or not frame.filters:
        return False
    bare = FigureFrame(of=frame.of, filters=frame.filters)
    return frame == bare and {each.kind for each in frame.filters} <= {each.kind for each in before.filters}


def is_whole(frame: FigureFrame | None, before: FigureFrame, words: str, *, goes_on: bool) -> bool:
    """Whether a message is a whole question, rather than an edit of the last one or a question about "them"."""
    if frame is None or points(words) or (any(each.kind == "worth" for each in frame.filters) and not frame.by):
        return False
    is_of_crowd = before.of == "customer" and not goes_back(words)
    return bool(frame.by) or is_of_crowd or not goes_on
