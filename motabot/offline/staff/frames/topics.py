"""Clauses that are read whole: what texts say ("who asked about hours"), and returns ("came back within 30 days")."""

from __future__ import annotations

import re
from collections.abc import Callable

from motabot.offline.staff.frames.frame import Filter
from motabot.text.number_words import ENGLISH, number_words
from motabot.text.regex import regex

_ENDS = (
    r"(?=\s+(?:in|last|this|since|during|over|between|by|per|from|and|but|yesterday|today|how|within|before|after"
    r"|on|the|so far|so|what|which|each|every|en|el|este|esta|desde|q[1-4]|qq\d+qq)\b|\s*[,?.;]|\s*$)"
)
_TOPIC = rf"(?P<topic>(?!those|them|these|that\b|it\b|us\b|most\b|the most|least\b|lately\b|in general)\w[\w' -]*?){_ENDS}"
#: Verbs of writing that need no noun beside them.
_WROTE = (
    r"(?:(?:have |has |had |ever )*(?:texted|text|wrote|write|messaged|sent texts|complained|complaining|inquired)(?: (?:in|us))*"
    r" (?:asking about|asking for|asking if|asking|about|that|saying|for|to say|to ask about|to ask)"
    r"|(?:have |has |had |ever )*(?:asked|asking|asks|ask|wanted to know)(?: us)?(?: by text)? (?:about|for|if|whether|what|when|where)"
    r"|(?:have |has |had |ever )*(?:asked|complained)(?: us)? about)"
)
_ABOUT = r"(?:(?:that |which )?(?:are |were |was |is )?(?:about|mention(?:s|ed|ing)?|contain(?:s|ing|ed)?|with the words?|say(?:s|ing)?|said|asking about|asking for|ask(?:ed|s)? about|asking))"
_PEOPLE = regex(
    rf"\b(?:different |distinct |unique )?(?:people|customers|numbers|phone numbers|folks|members|clients) (?:who |that )?{_WROTE} {_TOPIC}"
)
_WHO = regex(rf"\b(?:who|anyone|anybody|has anyone|did anyone)(?: ever| has| have| all)? {_WROTE} {_TOPIC}")
_THOSE = regex(rf"(?P<lead>\b(?:of )?(?:them|those|these)\b (?:were |are |was )?){_WROTE} {_TOPIC}")
_TEXTS = regex(
    rf"(?P<noun>\b(?:texts?|messages?|sms|text messages)(?: \w+){{0,5}}?) (?:{_WROTE}|{_ABOUT}) {_TOPIC}"
)
_LEADS = regex(rf"(?P<noun>\b(?:leads?|prospects?)) (?:that |who |which )?(?:{_WROTE}|{_ABOUT}) {_TOPIC}")
_NARROWS = regex(
    rf"^(?P<lead>(?:and |only |just )*(?:the ones |those |ones )?)(?:{_WROTE}|about|mentioning|asking about) {_TOPIC}"
)
#: A purchase soon after the text.
_SOON = regex(
    r"(?:(?:then |ever )?(?:came|come|bought|buy|visited|purchased|shopped|made a purchase)(?: back| in| something| anything| from us)*"
    r"(?: and (?:bought|shopped|buy)(?: something)?)? within (?P<many>\d+|a|one|two|three|six) (?P<unit>days?|weeks?)"
    r"(?: (?:of|after|from|following)(?: (?:a|the|their|that|it|this|texting|they|being|of))*(?: (?:texts?|texted|texting|messages?|writing|asking|asked|us|that|it))*|later)?)"
)
#: A purchase on the day of the text, after it.
_THAT_DAY = regex(
    r"(?:then |ever )?(?:came|come|bought|buy|visited|purchased|shopped|made a purchase)(?: back| in| something| anything| from us)*"
    r"(?: and (?:bought|shopped|buy)(?: something)?)? (?:on )?(?:that|the)(?: very)? same day"
)
_OF_TEXTS = regex(r"\b(?:text|texts|texted|texters|messages?|messaged|wrote)\b")
_STOP = frozenset(
    """a an the our us their your my his her is was are were it its that of to has had have been be do does did we they
    you i some any for with about if whether what when where out up el la los las su sus un una question questions stuff thing things something anything""".split()
)
#: What a text calls the same: beginnings of words, as a regular expression.
_ALIKE = ("broken|broke|stopped work|not work|defect", "return|refund|exchang|bring back")
_ENDINGS = regex(r"(?:ing|ed|es|s|y|ies|e)$")
_SHORTEST = 3
#: The most words of a topic.
_MOST = 5

#: A second visit soon after the first.
_AGAIN = regex(
    r"(?:(?:have |has |had )?(?:came|come|returned|return|bought|visited|shopped|purchased|made a second purchase|made a second visit)"
    r"(?: back| in| again| something)* )within (?P<many>\d+|a|one|two|three|six) (?P<unit>days?|weeks?|months?)"
    r"(?: (?:of|after|from|following) (?:their |the |a |his |her )?(?:very )?(?:first|1st|initial|joining|signing up|signup|sign up)"
    r"(?: (?:visit|purchase|time|order|one|trip|buy))?)"
)
#: "Spent over $300 in one visit": on a single ticket.
_ON_ONE = regex(
    r"(?:spent|spend|spends|dropped|paid|bought|buy) (?P<sign>over|more than|above|at least|under|less than)? ?\$?(?P<amount>\d[\d,.]*)(?P<k>k)?"
    r"(?: (?:dollars|bucks))?(?P<more> or more| plus|\+)?(?: worth| total)?(?: of (?:stuff|things|goods|product))? (?:in|on|with|at)"
    r" (?:one|a single|1|any one|any single|just one|a)(?: single)? (?P<once>visit|day|trip|go|ticket|transaction|order|purchase|receipt|basket|sale)\b"
)
_VISITS = frozenset(("visit", "day", "trip", "go"))
_AMOUNT_SIGNS = {"over": ">", "more than": ">", "above": ">", "at least": ">=", "under": "<", "less than": "<"}
_DAYS_OF = {"day": 1, "week": 7, "month": 30}
_OF_FIRST = regex(r"\b(?:first|1st|initial|joining|signing up|sign up|signup)\b")
_MANY = number_words(1, 30, (ENGLISH,)) | {"a": 1}


def marked_clauses(text: str, mark: Callable[[Filter], str]) -> str:
    """A text with its topics of texts, and its second visits soon after the first, marked.

    Args:
        text: In plain form.
        mark: Keeps a filter and gives the mark that stands for it.
    """
    text = _AGAIN.sub(lambda found: mark(_again(found)) if _OF_FIRST.search(found[0]) else found[0], text)
    text = _ON_ONE.sub(lambda found: f"bought {mark(_on_one(found))}", text)
    if _OF_TEXTS.search(text) or text.startswith(("and ", "how many ")):
        text = _SOON.sub(lambda found: mark(_soon(found)), text)
        text = _THAT_DAY.sub(lambda _found: mark(Filter("soon", ("0",), words="a purchase later that day")), text)
    return marked_topics(text, mark)


def is_soon(text: str) -> bool:
    """Whether a text speaks of purchases soon after something."""
    return bool(_SOON.search(text))


def _soon(found: re.Match[str]) -> Filter:
    many = int(found["many"]) if found["many"].isdigit() else _MANY[found["many"]]
    days = many * _DAYS_OF[found["unit"].removesuffix("s")]
    return Filter("soon", (str(days),), words=f"a purchase within {found['many']} {found['unit']} after")


def _on_one(found: re.Match[str]) -> Filter:
    sign = ">=" if found["more"] else _AMOUNT_SIGNS.get(found["sign"] or "", ">=")
    amount = found["amount"].replace(",", "").rstrip(".") + ("000" if found["k"] else "")
    measure = "visit_amount" if found["once"] in _VISITS else "sales"
    return Filter("worth", (measure, sign, amount), words=found[0].partition(" ")[2])


def _again(found: re.Match[str]) -> Filter:
    many = int(found["many"]) if found["many"].isdigit() else _MANY[found["many"]]
    days = many * _DAYS_OF[found["unit"].removesuffix("s")]
    return Filter("within", (str(days),), words=f"within {found['many']} {found['unit']} of the first visit")


def marked_topics(text: str, mark: Callable[[Filter], str]) -> str:
    """A text with its topics of texts marked.

    Args:
        text: In plain form.
        mark: Keeps a filter and gives the mark that stands for it.
    """

    def kept(lead: str) -> Callable[[re.Match[str]], str]:
        def replaced(found: re.Match[str]) -> str:
            topic = _filter(found["topic"])
            return f"{found.expand(lead)}{mark(topic)}" if topic else found[0]

        return replaced

    for pattern, lead in (
        (_PEOPLE, "inbound texters "),
        (_WHO, "list inbound texts "),
        (_THOSE, r"\g<lead>"),
        (_TEXTS, r"\g<noun> "),
        (_LEADS, r"\g<noun> "),
        (_NARROWS, r"\g<lead> "),
    ):
        marked = pattern.sub(kept(lead), text, count=1)
        if marked != text:
            return marked
    return text


def _filter(topic: str) -> Filter | None:
    """The filter of a topic: texts that have the beginnings of all its words; None if it cannot be looked for.

    Single words with "or" between them are alternatives.
    """
    parts = [_stems(part) for part in re.split(r"\bor\b", topic)]
    if len(parts) > 1:
        each_one = all(len(part) == 1 for part in parts)
        return Filter("said", ("|".join(part[0] for part in parts),), words=topic.strip()) if each_one else None
    stems = parts[0]
    return Filter("said", stems, words=topic.strip()) if stems and len(stems) <= _MOST else None


def _stems(topic: str) -> tuple[str, ...]:
    """The beginnings of a topic's words, each with what texts call the same."""
    words = [word for word in re.findall(r"[\w]+", topic) if word not in _STOP]
    stems = dict.fromkeys(filter(None, map(_stem, words)))
    return tuple(next((alike for alike in _ALIKE if stem in alike.split("|")), stem) for stem in stems)


def _stem(word: str) -> str:
    bare = _ENDINGS.sub("", word) if len(word) > _SHORTEST + 1 else word
    bare = bare[:-1] if len(bare) > _SHORTEST and bare[-1] == bare[-2] else bare  # "stopped"
    return bare if len(bare) >= _SHORTEST else word
