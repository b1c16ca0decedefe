"""What a reply says was done: the assistant can look up, compare and ask a person, and staff tells it nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.grounds import root, roots_of
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

_JUST = r"(?:(?:just|already|now|also|gladly|even|then|personally|actually|simply|only)\s)*"
#: Forms of the past that do not end in "-ed".
_PAST = (
    r"(?:[a-z]{2,}ed|put|set|sent|made|gave|given|told|let|spoke|spoken|wrote|written|held|took|taken|found"
    r"|brought"
    r"|built|paid|sold|rang|fixed|got)"
)
_OWN = regex(
    rf"(?<![\w'])(?:i|we)(?:'ve| have|'d| had)?\s{_JUST}(?P<verb>(?!need|feed"
    rf"|speed){_PAST})\b(?P<rest>[^.!?\n;]{{0,100}})"
)
#: What the assistant does when it answers: it looks up, leaves out, sorts, reads, and shows feelings.
_ANSWERING = regex(
    r"(?:look|check|search|compar|count|add|sum|total|tall|round|rank|list|sort|filter|includ|exclud|exclude"
    r"|skipp|narrow"
    r"|limit|pick|match|bas|guess|assum|explain|answer|cover|describ|nam|quot|us|start|stay|focus|stopp|tri|want"
    r"|hop|lik|lov|miss|appreciat|apologiz|need|notic|figur|wonder|mention|suggest|recommend|add|mix|expect|pull"
    r"|interpret|read|calculat|dropp|remov|rul|work|spott|prefer|open|clos|talk|chatt|not|view|decid|call)ed"
)
_DONE_WITH = regex(
    r"found\b(?! your (?:\w+ )?(?:account|profile|order))"
    r"|got\b|let (?:me|you)|told you|took (?:out|off|a look|another"
    r"|10|the)"
    r"|made (?:sure|a mistake|it|the mistake|that mistake)|put (?:together|them in|it in|the \w+ first|those)"
    r"|gave you (?:the|a|two|three)|sent you (?:the|a)|paid attention|left\b"
)
#: Acts that ask a person: they need the tool, and their object is the staff.
_ASKS = regex(
    r"(?:ask|pass|alert|notifi|flag|flagg|hand|forward|inform|messag|shar|record|request|add|mark)ed|told"
    r"|let|sent"
    r"|gave|made|put"
)
_STAFF = regex(
    r"\b(?:team|staff|one|someone|somebody|person|people|colleagues?|managers?|budtenders?|crew|them|it"
    r"|this|that|"
    r"folks|human|along|request|message|note|shop|store|urgent)\b"
)
#: "A note on your file" is no message to staff.
_ON_FILE = regex(r"\b(?:on|in|to) your (?:\w+ )?(?:file|account|profile|record)\b")
_BY_STAFF = regex(
    r"\b(?:staff|(?:the|our) (?:whole )?(?:team|crew|manager|budtenders?|driver|owner|supplier|brand"
    r"|manufacturer)"
    r"|management|a manager)"
    rf"(?:'ve| have| has|'s| had)?\s{_JUST}(?P<verb>[a-z]{{2,}}ed|saw|seen|said|told|gave|given|set|put|made"
    rf"|took|taken"
    r"|found|knows|agrees|approves)\b"
)
_STAFF_IS = regex(r"(?:need|clos|open|describ|call|inform|ask|alert|notifi|train|bas|locat)ed")
#: "I talked to the manager": the assistant talks to nobody.
_TALKED = regex(
    r"\b(?:i|we)(?:'ve| have)? (?:just |already |also )?(?:talked|spoke|spoken|chatted|checked|confirmed) (?:to"
    r"|with) (?:the|our|a|an|my|oakland|berkeley"
    r"|san|them|him|her|someone|somebody|[a-z]+ (?:at|in))\b|\bya (?:hable|consulte|platique|quede"
    r"|confirme) con\b|\bya le (?:dije|comente) a\b"
)
_YOU_SAID = regex(
    r"\byou(?:'ve| have)? (?:just |once |also )?(?:said|told (?:me|us|them|(?:the|our|a|your) \w+)|mentioned)"
    r"(?: (?:last time|before|once|that))*(?P<what>[^.!?\n;,]*)"
)
#: "Order 4471 is now for the 7g", "your number has been updated": only staff changes an order or an account.
_CHANGED = regex(
    r"\b(?:orders?|pedidos?|orden|requests?|changes?|swaps?|accounts?|profiles?|reservations?|numbers?|cuentas?"
    r"|(?:your|that|the) #?\d{3,}|#\d{3,})\b[^.!?;\n]{0,30}?"
    r"(?:\b(?:is|are|was|has|have|got|esta|quedo|fue|ha)\b|'s\b)(?: (?:now|all|already|been|just|ya|sido"
    r"|also|still))*"
    r" (?P<changed>(?!pass|forward|flagg|shar|list|not|need|ask|requir|relat|bas|call|hand|mention|consider)"
    r"(?:[a-z]{2,}ed(?! to (?:(?:our|the|a) (?:team|staff|crew|person|shop|store)|more|several|another))"
    r"|made|set|done|gone|put|for the|in for|taken care|[a-z]{3,}(?:ad|id)[oa])\b"
    r"|now the|the \d+(?:\.\d+)?g)"
    r"|\b\d{4,} is (?:now )?(?:an? |the )?\d+(?:\.\d+)?g\b"
    r"|\byou(?:'ll| will) (?:see|have|find|get) the \d+(?:\.\d+)?g\b"
    r"|\b(?:the|your) \d+(?:\.\d+)?g is (?:now )?(?:on|in|off|part of) (?:it|your order|the order|order|\d{3,})\b"
    r"|\b(?:order|change|swap|request|update|cambio)\b[^.!?;\n]{0,30}\b(?:went (?:through|in)"
    r"|goes through|took effect"
    r"|now (?:has|shows|says)|is in the system)\b"
)
#: What a Spanish reply says that it did: a past form in "-é", which folded words do not show.
_HICE = regex(r"(?i)(?<!\w)(?P<verb>[a-zñáíóúü]{3,}é)(?!\w)")
#: Futures, nouns, and what the assistant does when it answers or asks a person.
_NO_ACT = regex(
    r"(?i)\w*(?:[aei]r|dr|br|rr)é|(?:descart|evit|salt|filtr|exclu|porqu|aunqu|caf|beb|pur|com|clich|filet|jos|ren|andr|nicol|mont|est"
    r"|busqu|encontr|revis"
    r"|compar|mir|consult|pregunt|avis|pas|coment|not|sum|calcul|cont|chequ|verifiqu|us|tom|mand|envi|dej"
    r"|expliqu"
    r"|mencion|equivoqu|recomend|intent|fij|qued|llegu|notifiqu|ped|solicit|inform|orden|quit|hall|perd)é"
)
_ALL_DONE = regex(
    r"(?:^|[.!?\n]\s*)(?:all )?done(?:!|,|\.|:)|\b(?:you'?re|it'?s|that'?s) (?:all set|taken care of|handled)\b"
)


#: "Bring your ID and you're all set" tells what to do.
_SO_SET = regex(
    r"\b(?:bring|show|just|if|with|once|come|grab|have|pick)\b.*\b(?:and|so|then)\s(?:then )?$|\bif\b[^,]*,\s$"
)


def check_acts(reading: DraftReading) -> Iterator[Problem]:
    """Only what a tool did is reported as done, and nothing as said or done by staff."""
    words = reading.words
    for found in _OWN.finditer(words):
        verb, rest = found["verb"], found["rest"]
        if _ANSWERING.fullmatch(verb) or _DONE_WITH.match(verb + rest):
            continue
        asks = _ASKS.fullmatch(verb) and _STAFF.search(rest) and not _ON_FILE.search(rest)
        if asks or reading.draft.is_denied(found.start()):
            continue  # `check_promises` judges whether a person was asked
        yield _problem(
            reading, found, "You did not do this and no tool did. Say what you can do, or call the tool."
        )
        return
    changed = _CHANGED.search(words)
    if changed and not (
        reading.draft.is_denied(changed.start("changed") if changed["changed"] else changed.end() - 1)
    ):
        yield _problem(reading, changed, "You cannot change orders or accounts. Say so, and that staff can.")
        return
    for hice in _HICE.finditer(reading.draft.text):
        if not _NO_ACT.fullmatch(hice["verb"]):
            yield _problem(reading, hice, "You did not do this and no tool did. Say what you can do.")
            return
    talked = _TALKED.search(words)
    if talked and not reading.draft.is_denied(talked.start()):
        yield _problem(
            reading, talked, "You talk to nobody but the customer. Say that a person was asked, if one was."
        )
        return
    if problem := _misremembered(reading):
        yield problem
        return
    for found in (*_BY_STAFF.finditer(words), *_ALL_DONE.finditer(words)):
        verb = found.groupdict().get("verb")
        is_after = _SO_SET.search(words[reading.sentence_at(found.start()).span.start : found.start()])
        if verb is None and (reading.facts.person_asked or is_after):
            continue
        if (verb and _STAFF_IS.fullmatch(verb)) or reading.draft.is_denied(found.start()):
            continue
        yield _problem(reading, found, "No tool told you what staff said or did. Say that they will follow up.")
        return


def _misremembered(reading: DraftReading) -> Problem | None:
    """What the reply says the customer said: its words are the customer's."""
    own = roots_of(reading.facts.said)
    names = roots_of(one.folded for one in reading.products)
    for found in _YOU_SAID.finditer(reading.words):
        told = [root(word) for word in re.findall(r"[a-z]{4,}", found["what"]) if root(word) not in names]
        if told and sum(word in own for word in told) * 2 < len(told):
            return _problem(reading, found, "The customer did not say so. Leave it out.")
    return None


def _problem(reading: DraftReading, found: re.Match[str], cure: str) -> Problem:
    excerpt = reading.draft.excerpt(*found.span())
    return Problem("act", excerpt, f'"{excerpt}" says that something was done. {cure}')
