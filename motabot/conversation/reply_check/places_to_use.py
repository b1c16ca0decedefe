"""Advice about the law: where cannabis may be used is what the knowledge entries say, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

_PLACE = (
    r"(?:beach(?:es)?|parks?|streets?|cars?|sidewalks?|balcon(?:y|ies)|parking lots?|public|hotels?"
    r"|dorms?|campus|trails?"
    r"|playas?|parques?|calles?|coches?|carros?|banquetas?|balcon(?:es)?|hotel(?:es)?|en publico)"
)
_FINE = (
    r"(?:(?:is|are|it'?s|that'?s|should be|would be|you'?ll be|you'?re|'s)(?: \w+){0,2} (?:fine|ok|okay"
    r"|legal|allowed|cool"
    r"|tolerated|alright|safe|good)|no problem|(?:nobody|no one|cops|police) (?:really |ever )?(?:minds?"
    r"|cares?|bothers?"
    r"|checks?|look(?:s|ing)?)|works|esta (?:bien|permitido)|(?:no hay|sin|ningun) problema|nadie (?:dice"
    r"|se fija|te dice"
    r"|molesta)|se puede(?: fumar)?|puedes fumar|you can (?:smoke|vape|light up|use it))"
)
_FINE_THERE = regex(rf"\b{_PLACE}\b[^.!?;\n]{{0,50}}\b{_FINE}\b|\b{_FINE}\b[^.!?;\n]{{0,40}}\b{_PLACE}\b")
_USE = regex(
    r"\b(?:smok\w*|vap(?:e|ing)|light(?:ing)? up|joint|consum\w*|use it|using|fum\w+|prender\w*|legal\w*|law)\b"
)
_NOT_FINE = regex(
    r"\b(?:not|never|isn'?t|aren'?t|can'?t|cannot|don'?t|illegal|off limits|private|owner|allows?"
    r"|permits?|rules|if|where"
    r"|no (?:es|esta|se|puedes)|ilegal|propiedad|dueno|permit\w+|prohib\w+|ni)\b(?!:)"
)


def check_places_to_use(reading: DraftReading) -> Iterator[Problem]:
    """No reply says that it is fine to use cannabis in public, in a car or at a hotel."""
    is_asked = any(_USE.search(text) for text in reading.facts.asked)
    for sentence in reading.sentences:
        text = reading.text(sentence)
        found = _FINE_THERE.search(text)
        if found is None or not (is_asked or _USE.search(text)) or text.rstrip().endswith("?"):
            continue
        clear = text.replace("if you're", "").replace("if you are", "").replace("if you smoke", "")
        if _NOT_FINE.search(clear) or any(found[0] in one for one in reading.facts.statements):
            continue
        excerpt = reading.quoted(sentence, found)
        yield Problem(
            "danger", excerpt, f'"{excerpt}" reads as if it were legal there. Say what the law allows, or nothing.'
        )
        return
