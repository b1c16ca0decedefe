"""Delivery: the places, the speed and the service itself are as the shop states them."""

from __future__ import annotations

import re

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.stated import affirmed_in, is_granted, problem_at, problem_in, statements_on
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex
from motabot.text.weekdays import WEEKDAYS

_DELIVER = regex(
    r"\b(?:deliver(?:y|ies|s|ed|ing)?|entreg\w+|reparto|envios?|a domicilio"
    r"|(?:we|drivers?)(?:'ll| can| will| could| do| also)* (?:bring|drive|drop|take|send|run|get)"
    r" (?:it|them|everything"
    r"|orders?|your (?:order|stuff|things|goods|bag))(?: off| out| over)? to)\b"
)
_PLACE = regex(
    r"\b(?:to|in|within|around|into|near|throughout|across|over|a|en|hasta)\s((?:all of |the "
    r"|most of )?[A-Z][\w]+(?:\s[A-Z][\w]+)*(?:(?:,? and |, | y )[A-Z]\w+(?:\s[A-Z]\w+)*)*)"
)
#: "That's not how a delivery should go", "your delivery never came": one delivery, not the service.
_ONE_DELIVERY = regex(
    r"\b(?:not|n'?t) (?:how|what|the way|the kind)\b|\bshould(?: not|n'?t| never)\b|\bno debe\w*\b"
    r"|\bno (?:es )?como\b|\bfor (?:[a-z]+ ){1,2}we\b|\bexceptions?\b"
    r"|\b(?:your|that|this|the late|last|su|tu|esa) (?:\w+ )?(?:delivery|entrega|envio)\b"
)
#: "Yes, in San Francisco and Oakland!" answers where the shop delivers, without the word.
_GOES_ON = regex(
    r"^\W*(?:(?:yes|yep|yeah|sure|of course|si|claro)\b(?![^.!?]*\b(?:open|stores?|hours?|address|shops?"
    r"|abr\w+|tiendas?)\b)"
    r"|(?:and |also |y |tambien )?(?:to|a) (?=[a-z]+ (?:[a-z]+ )?(?:too|also|tambien)\b))"
)
#: Delivery has hours of its own.
_ANY_TIME = regex(
    r"\b(?:until|till|til|up to|up until) (?:we clos\w+|clos\w+|midnight)|\b(?:all day|around the clock"
    r"|24/7|any ?time"
    r"|whenever we(?:'re| are) open|at all hours|every hour)\b|\bhasta (?:que cerramos|el cierre)"
    r"|\b(?:todo el dia"
    r"|a (?:cualquier|toda) hora)\b"
)
#: "Oakland isn't, San Francisco is".
_CONTRASTS = regex(r"(?:,|;|\b(?:but|and|pero|y))\s*$")
_SERVED = regex(r"\s(?:is|are|works|does|si|yes)\b(?!(?: \w+)? (?:not|out|outside|too far))")
#: "En Oakland no", "to Oakland we don't", "Oakland isn't covered": denied after the name. "Only San Francisco, not
#: in Oakland" denies the other place.
_DENIED_AFTER = regex(
    r",? (?:(?:todavia|aun|por ahora|pues|ya|it'?s|that'?s|we|we'?re|no,) )*"
    r"(?:no\b(?! (?:solo|en|a|hasta|para|to|in|hay problema|problem|minimum|minimo))"
    r"|isn'?t|is not|aren'?t|not\b(?! (?:only|to|in)\b)"
    r"|don'?t|doesn'?t|do not|is out(?:side)?\b|tampoco)"
)
#: "Outside of the city", "we don't come out there, only to San Francisco".
_ELSEWHERE = regex(
    r"\b(?:outside|beyond|except|fuera|past)\b"
    r"|\b(?:there|that far|ahi|alla|tan lejos)\b[^.!?]*\b(?:only|just|solo|solamente|unicamente)\b"
)
_ONLY = regex(
    r"\b(?:only|just|except|solo|solamente|(?:is|are|stays?) (?:\w+ )?(?:within|in)|limited to)\b[^,;]{0,16}$"
)
_FAST = regex(
    r"\b(?:same[- ]day|next[- ]day|within (?:an|\d+|one|two) hours?|in (?:\d+|thirty|an?) (?:minutes?|hours?)"
    r"|nationwide|anywhere|everywhere|statewide|mismo dia)\b"
)


def check_delivery(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    """Where, when and how fast the shop delivers is what it states."""
    found = _DELIVER.search(text)
    if not found and _GOES_ON.search(text) and _is_of_delivery(reading):
        return _wrong_place(reading, sentence, text)
    if not found or re.search(r"\bcan'?t (?:place|hold|cancel|change)\b|\byour order\b(?! to [a-z])", text):
        return None
    stated = " ".join(statements_on(reading, _DELIVER))
    affirmed = affirmed_in(reading, sentence, _DELIVER)
    if affirmed and not stated:
        return problem_at(reading, affirmed, "The shop states nothing about delivery. Say that you do not know.")
    if (
        not affirmed
        and stated
        and not _ELSEWHERE.search(text)
        and not _places(reading, sentence)
        and not _ONE_DELIVERY.search(text)
        and is_granted(reading, _DELIVER)
    ):
        return problem_in(reading, sentence, found, "The shop does deliver. Say what it states.")
    if wrong := _wrong_place(reading, sentence, text):
        return wrong
    if (late := _ANY_TIME.search(text)) and late[0] not in stated and affirmed:
        return problem_in(reading, sentence, late, "The shop states its own hours for delivery.")
    if (fast := _FAST.search(text)) and fast[0] not in stated and affirmed:
        return problem_in(reading, sentence, fast, "The shop states nothing like that about delivery.")
    if (miles := re.search(r"(\d+)[- ]mil(?:es|las?|e)\b", text)) and miles[1] not in re.findall(r"\d+", stated):
        return problem_in(reading, sentence, miles, "The shop states another area.")
    return None


def _is_of_delivery(reading: DraftReading) -> bool:
    """Whether the customer asks where the shop delivers, or the reply says it."""
    return any(_DELIVER.search(one) for one in (reading.words, *reading.facts.asked))


def _wrong_place(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    """A place to which the reply says the shop delivers and it does not, or the other way around."""
    stated = " ".join(statements_on(reading, _DELIVER))
    for place, start in _places(reading, sentence):
        before = reading.words[sentence.span.start : start]
        is_denied = reading.draft.is_denied(start) or bool(re.search(r"\b(?:no|not|outside)\b[^,.;:(]*$", before))
        is_denied = is_denied and not _ONLY.search(before)
        is_denied = is_denied or bool(_DENIED_AFTER.match(reading.words, start + len(place)))
        is_denied = is_denied and not (
            _CONTRASTS.search(before) and _SERVED.match(reading.words[start + len(place) :])
        )
        if is_denied == (place in stated) and not (is_denied and "outside" in text):
            return Problem(
                "policy", place, f'What the reply says about delivery to "{place}" is not what the shop states.'
            )
    return None


def _places(reading: DraftReading, sentence: Sentence) -> list[tuple[str, int]]:
    written = reading.draft.text[sentence.span.start : sentence.span.end]
    return [
        (part[0].casefold(), sentence.span.start + found.start(1) + part.start())
        for found in _PLACE.finditer(written)
        for part in re.finditer(r"[A-Z]\w+(?:\s[A-Z]\w+)*", found[1])
        if part[0].casefold() not in WEEKDAYS and not part[0].isupper()
    ] + _stores(reading, sentence)


def _stores(reading: DraftReading, sentence: Sentence) -> list[tuple[str, int]]:
    """The shop's own places, if a sentence says that one is fine: "Oakland is fine, we deliver there"."""
    names = (fold_in_place(str(place.get("name"))) for place in reading.facts.shop.get("locations") or ())
    text = reading.text(sentence)
    return [
        (name, sentence.span.start + found.start())
        for name in names
        for found in re.finditer(
            rf"\b{re.escape(name)} (?:is|works|too|tambien|esta|both|gets?)\b(?! (?:out|not|n't))", text
        )
    ]
