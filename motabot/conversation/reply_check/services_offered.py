"""What the shop and its staff do and can do: each act is one that the shop states, or no more than help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.grounds import grounds_of, is_open, root
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.regex import regex

#: "They can" is about people if some were named.
_SOMEBODY = regex(r"\b(?:team|staff|crew|budtenders?|people|person|managers?|counter|store|shop)\b")
_ADVERBS = (
    r"(?:(?:also|always|still|just|even|only|easily|definitely|gladly|happily|usually|often|now|then|really"
    r"|all|both|actually|never|sometimes|typically|normally|regularly|absolutely|certainly|simply"
    r"|personally)\s)*"
)
_STAFF = (
    r"(?:staff|(?:the|our|my) (?:\w+ )?(?:team|staff|crew|counter|register|budtenders?|managers?|drivers?|shop"
    r"|store"
    r"|people|folks|colleagues?)(?: at the (?:counter|store|shop|register|door))?"
    r"|someone|somebody|a (?:person|human|colleague|manager|budtender|driver))"
)
#: "We can look you up", "our staff will hold it", "we'll match it".
_WOULD = regex(
    rf"\b(?:we|they|{_STAFF})(?:(?:'ll| will| can| could| would| may| might) )(?:be (?:happy|glad|able) to )?"
    rf"{_ADVERBS}(?P<verb>[a-z]+)(?P<rest>[^.!?;\n]{{0,30}})"
)
#: "We test every batch", "our budtenders roll them".
_DOES = regex(
    rf"(?:^|[.!;:,]\s|\b(?:and|but|since|because|so|plus|yes|y|pero)\s)(?:yes,? |yep,? |and |but )?"
    rf"(?:we|our (?:team|staff|crew|budtenders?|drivers?"
    rf"|managers?))\s{_ADVERBS}(?P<verb>[a-z]+)\b(?P<rest>[^.!?;\n]{{0,30}})"
)
_NOS = regex(
    r"\b(?:te|le|lo|la|los|las|les) (?P<verb>cuid|regal|prest|arregl|repar|guard|invit|envolv|descont"
    r"|cambi|empac|prepar|mand|llev|recog|muel|enroll)[a-z]*(?:amos|emos|imos|an|en|a)\b"
    r"|\b(?:un|una|nuestr[oa]) (?:companer[oa]|emplead[oa]|muchach[oa]|guardia|gerente) (?:te |le |lo |la )?"
    r"(?P<otro>cuid|atiend|recib|esper|ayud|guard|llev|avis)[a-z]*\b"
)
#: What anybody at a counter does on request, and what is not an act.
_HELP = frozenset(
    map(
        root,
        """
        be see help tell say answer know let love like hope miss check look explain show suggest
        recommend find point confirm sort work take accept exchange deliver open close need have
        carry sell assist walk welcome guide talk chat follow get reach contact respond reply try go
        make do did are were is was appreciate ask offer list stay keep mean want think call name
        describe only both just all can could will would may might must should don't not have've
        thank wish feel understand hear read write double pass happily sure either come stock
        care start end add figure enjoy serve speak cannot can't won't didn't aren't weren't haven't
        count believe trust recap love've never also even currently kindly'd advise stand remain aim
        strive kept had sold got told said saw jump step hop
        """.split(),
    )
)
_IDIOMS = regex(
    r"\s(?:you (?:soon|there|then|around|later|tomorrow|tonight|at|in|on|this|next|for|well|a (?:great|good|nice"
    r"|happy))"
    r"|your (?:mind|day|questions?)|it (?:to )?a (?:try|shot|go))\b"
)
#: "Look you up by phone": a helping verb that does more.
_MORE = regex(
    r"(?:look|looks) (?:you|it|that|this|your \w+|the \w+) up\b|(?:get|gets) (?:\w+ ){0,3}(?:in|ready|back|new"
    r"|fresh)\b"
    r"|(?:make|makes) (?:an exception|one|it fresh|up)|(?:let|lets) you (?!know|decide|choose|pick|be|go"
    r"|enjoy)\w+"
    r"|(?:take|takes) (?!christmas|thanksgiving|new|the day|that day|sundays?)(?:\w+ ){0,2}(?:off|back"
    r"|photos?|pictures?|care of (?:your|the|it))|(?:keep"
    r"|keeps) (?:\w+ ){0,3}(?:in a|for you|behind|aside|at the)"
    r"|(?:work|works) (?:with|out) (?:a|an|the) (?:deal|discount|local|small)|(?:add"
    r"|adds) (?:\w+ ){0,3}(?:points|for you|account)"
    r"|(?:call|text|write) you\b|(?:open|close)s? (?:early|late|another|a new)|(?:start"
    r"|end)s? (?:\w+ ){0,2}(?:next|in|soon)"
)
#: "The team will sort you out with another one": a new one for an old one, whatever the shop takes back.
_ANOTHER = regex(
    rf"\b(?:we|they|{_STAFF})(?:'ll| will| can| would| could| are going to| gladly)* {_ADVERBS}(?:sort|set"
    r"|hook|fix|give|hand|send|swap|replace|get)\b[^.!?;\n]{0,30}?\b(?:another(?: one)?"
    r"|a (?:new|working|fresh|replacement) one|a replacement)\b"
    r"(?! (?:deal|look|time|way|idea|option|suggestion|pick|strain))"
    r"|\bte (?:lo |la )?(?:dan|daran|damos|daremos|cambian|cambiaran|reponen"
    r"|ponen)\b[^.!?;\n]{0,20}?\b(?:otr[oa]"
    r"|un[oa]? nuev[oa])\b"
)
#: What the shop exchanges, when it is defective.
_EXCHANGED = regex(r"\b(?:vapes?|carts?|cartridges?|pens?|batter(?:y|ies)|vapeador\w*|cartuchos?|bateria\w*)\b")
#: Other words for what a shop states that it does.
_SAME_ACT = {root(word): root("exchange") for word in ("swap", "trade", "replace")}
#: What may be done only after a tool has asked a person, which the rule of promises judges.
_LATER = regex(r"(?:get|call|text|write|let)\b")


def check_services_offered(reading: DraftReading) -> Iterator[Problem]:
    """A reply offers only services that the shop states."""
    known = grounds_of(reading)
    for sentence in reading.sentences:
        text = reading.text(sentence)
        if text.rstrip().endswith("?"):
            continue
        another = _ANOTHER.search(text)
        if another and not is_open(text) and not any(_EXCHANGED.search(one) for one in reading.facts.asked):
            yield _problem(reading, sentence, another)
            return
        for pattern in (_WOULD, _DOES, _NOS):
            for found in pattern.finditer(text):
                if not _is_stated(reading, text, found, known):
                    yield _problem(reading, sentence, found)
                    return


def _is_stated(reading: DraftReading, text: str, found: re.Match[str], known: frozenset[str]) -> bool:
    groups = found.groupdict()
    written = groups["verb"] or groups.get("otro") or ""
    after = groups.get("rest") or ""
    if is_open(text[: found.end()]) or (
        found[0].startswith("they") and not _SOMEBODY.search(text[: found.start()])
    ):
        return True
    if _MORE.match(written + after):
        return reading.facts.person_asked and bool(_LATER.match(written))
    verb = root(written)
    return verb in _HELP or {verb, _SAME_ACT.get(verb)} & known != set() or bool(_IDIOMS.match(after))


def _problem(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> Problem:
    excerpt = reading.quoted(sentence, found)
    return Problem(
        "service",
        excerpt,
        f'"{excerpt}": nothing states that the shop does this. Say only what its words say, or that you do not'
        " know, and offer a person.",
    )
