"""Products that a reply tells the customer to come and get: "come get your bar", "you can still pick up X"."""

from __future__ import annotations

from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.regex import regex

#: "If you'd like to taste it first", "if flower works for you too": the customer's wish is no condition of stock.
WISHED = regex(
    r"\bif (?:you(?:'d| would)? (?:like|want|prefer|rather|feel like)"
    r"|[\w' ]{2,30} (?:works?|suits?|sounds? (?:good|fine|ok)|is (?:ok(?:ay)?|fine|good|an option))\b)[^,.;!?]*,"
    r"|\bsi (?:te (?:late|gusta|sirve|parece|interesa)|(?:quieres|prefieres|gustas))\b[^,.;!?]*,"
)
_GET = (
    r"(?:grab|treat yourself to|help yourself to|add|throw in|toss in|pick up|get|snag|scoop up|take home"
    r"|swing by for|stop by for|come for|drop in for|llevar(?:te)?|recoger|por|comprar)"
)
_COME = r"(?:come |swing by (?:and |to )?|stop by (?:and |to )?|drop by (?:and |to )?)"
#: "Come get your mint bar", "you can grab X today": what is to be had now.
_TO_BE_HAD = regex(
    rf"(?:(?:^|[.!;:,]\s|\b(?:and|so|just|please|to|then|y)\s)(?:{_COME}|go )?"
    rf"|\byou (?:can|could|may)(?: still| also| just)* {_COME}?"
    rf"|\b(?:puedes|ven(?: a| por)?|pasa(?: a| por)?)\s){_GET}"
    r" (?:(?:your|an?|the|one|some|another|usual|more|tu|tus|un|una|la|el|las|los|bag of|pack of) )*$"
)
#: "Gelato 1g is $11, come grab it today".
_IT_IS_TO_BE_HAD = regex(
    rf"(?:[,;!]\s|\b(?:and|so|just|then|y)\s)(?:(?:just|so|y) )?(?:{_COME}(?:by )?{_GET}|you can (?:still )?{_GET}"
    r"|(?:pasa|ven) (?:a|y) (?:recoger|comprar|llevar)) ?(?:it|one|some|yours|l[oa]|un[oa])\b"
)
#: "Gelato at $11 is a great grab".
_IS_A_PICK = regex(
    r"(?:[^.;!?]|\.\d){0,30}?\b(?:is|es|would be|seria) (?:an?|the|your|un[ao]?|la|tu) (?:\w+ )?"
    r"(?:grab|pick|choice|buy|bet|option|way to go|opcion|eleccion)\b"
)
#: "Once it is back, you can grab it"; "you used to grab"; "want to grab".
_NOT_NOW = regex(
    r"\b(?:once|when|if|until|instead of|used to|wish|as soon as|cuando|si|en cuanto|next time|otherwise)\b"
)


def said_to_be_had(reading: DraftReading, sentence: Sentence) -> list[Mention]:
    """The products of a sentence that the customer is told to get now."""
    text = reading.text(sentence)
    if _NOT_NOW.search(WISHED.sub(" ", text)) or text.rstrip().endswith("?"):
        return []
    offset = sentence.span.start
    it = next(iter(_IT_IS_TO_BE_HAD.finditer(text)), None)
    before_it = [one for one in sentence.mentions if it and one.end <= offset + it.start()]
    return [
        one
        for one in sentence.mentions
        if one in before_it[-1:]
        or _IS_A_PICK.match(reading.words, one.end, sentence.span.end)
        or _TO_BE_HAD.search(WISHED.sub(" ", text[: one.start - offset]))
    ]
