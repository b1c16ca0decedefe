"""Availability: "in stock", "sold out" and "back on Friday" only for products whose availability is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.past_days import is_bygone
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.receipts import is_past
from motabot.conversation.reply_check.to_be_had import WISHED, said_to_be_had
from motabot.text.regex import regex

#: "I don't have its THC in front of me" is about knowledge, not about stock.
_NOT_AT_HAND = (
    r"(?![^.!?;\n]{0,60}\b(?:in front of me|to hand|at hand|handy|pulled up|on (?:my|the) screen"
    r"|looked up|a la mano|a mano|enfrente|a la vista)\b)"
)
#: "Two that don't have chocolate in the name" is about what a product is like, not about stock.
_AN_ATTRIBUTE = (
    r"(?! (?:[\w.']+ ){0,3}(?:info\w*|details?|data|records?|lists?"
    r"|thc|cbd|percentage|percent|content|potency|strength|figures?|numbers?|terpenes?|effects|flavors?|genetics"
    r"|parents|lineage|ingredients?|allergen\w*|ratings?|answers?|prices?|names?|labels?|words?"
    r"|sugar|gluten|dairy|nuts?|caffeine)\b(?![- ]free))"
)
_OUT = regex(
    r"\b(?:out of stock|sold out|unavailable|not (?:currently |yet )?available|n'?o longer available"
    r"|isn'?t available|aren'?t available|not in stock"
    r"|isn'?t in stock|aren'?t in stock|(?:is|are|'s|it'?s|currently|all) (?:all |currently )?(?:out"
    r"|gone)(?! of)\b(?: right now| for now| at the moment| today)?"
    r"|gone for now|(?<!that )(?<!which )(?<!these )(?<!those )(?:don'?t|do not) (?:currently )?have"
    + _AN_ATTRIBUTE
    + _NOT_AT_HAND
    + r"|(?<!you )(?<!you've )(?:ran|(?:has|have|'s|'ve) run) out|(?:off|not on) the shelf"
    r"|no longer (?:have|carry)|don'?t carry|agotad[oa]s?|no (?:esta|estan|hay) disponibles?"
    r"|no disponibles?|no (?:lo|la|los|las)? ?tenemos" + _NOT_AT_HAND + r"|no hay|se (?:nos )?acab\w+)\b"
)
_IN = regex(
    r"\b(?:back in stock|(?:is|are|'re|'s) (?:finally |now )?back\b(?! (?:on|in|by|at|from|to)\b)|(?:is|are"
    r"|'re|'s) (?:all |both )?in(?= at \$|[:.,!;]|$| today| now)|in stock"
    r"|available|(?:is|are|'re|'s) (?:both |all )?(?:here|ready|around(?=[:.,;!]| today| now| right now))\b"
    r"|(?:has|have|'s|'ve) (?:just |finally |now )?(?:landed|returned|made it back|come back)|(?:is|are|'s"
    r"|'re) back in|on hand|still (?:here|going|on (?:the|our) menu|carry|stock|sell)|(?<!no )hay(?! que)|que hay"
    r"|you can (?:grab|take home|pick up|get|have)(?= (?:today|tonight|now|right (?:now|away)|this (?:morning"
    r"|afternoon|evening))\b)|(?:on|en) (?:the|el|los) (?:shelf|shelves|estantes?)"
    r"|(?:and|,|is|are|'s|'re|still) (?:all )?(?:ready (?:to go|and waiting|when(?:ever)? you|for you)"
    r"|up for grabs"
    r"|waiting for you|around (?:at|for) \$)|(?:is|are|'s|'re) (?:ready and )?waiting|te esperan?|(?:los?"
    r"|las?) esperan?|have it|have them|have both|(?:we|i|we've|have) got it|still have|do have"
    r"|(?:we|yes,? we|we do|we still|we'?ve) (?:also )?(?:have|got|carry|sell|stock)|disponibles?|(?:lo|la|los"
    r"|las)? ?tenemos|si hay|tambien hay|en existencia|sigue en)\b"
)
_RESTOCK = regex(
    r"\b(?:restock\w*|back (?:in|on|by) (?:an? |the |about )?(?:\w+day|next|this|few|couple|week|tomorrow"
    r"|january|february|march|april|may"
    r"|june|july|august|september|october|november|december|\d)\w*|(?:be|is|are|it'?s) back (?:soon"
    r"|tomorrow|next)|will be (?:back|available|in stock)|coming back"
    r"|be back in stock|new shipment|arriv\w+ (?:on|in|next|this)"
    r"|expect(?:ed)? (?:it|them|more|back)|more (?:is |are )?(?:coming|on the way)|vuelve a haber"
    r"|llega (?:mas )?(?:el|la|manana)|volvera)\b"
)
#: "It comes back in over the weekend", "the quarter is back on the shelf by Monday", "vuelve el fin de semana".
_RETURNS = regex(
    r"\b(?:it|they|that|those|these|one|ones|more|some|which|size|eighths?|quarters?|halves|half|ounces?|carts?|vapes?"
    r"|flower|gummies|\d+(?:\.\d+)?g|mg)(?:'s|'ll|'re| is| are| will| should| usually| normally| always)*"
    r" (?:be )?(?:com(?:e|es|ing) )?(?:back|in again)(?: in| in stock| on the (?:shelf|shelves|menu))?"
    r" (?:(?:over|by|before|after|this|next|on|in|for|around|every|within) (?:the |a |an )?"
    r"(?:\w+days?|weekends?|week|month|morning|few|couple|\d+|tomorrow|new year)|tomorrow|tonight|later|soon"
    r"|shortly)\b"
    r"|\blands? (?:back )?(?:(?:on|in) (?:the )?(?:shelf|shelves|stock|store|menu) )?"
    r"(?:(?:over|by|on|this|next|in) (?:the |a )?(?:\w+days?|weekend|week|month|few)|tomorrow|soon)\b"
    r"|\b(?:vuelven?|regresan?|llegan?)(?: a (?:haber|estar|entrar))? (?:el|la|este|esta|en|manana|pronto|para el)"
    r" ?(?:fin de semana|lunes|martes|miercoles|jueves|viernes|sabado|domingo|semana|mes|unos dias|otra)?\b"
)
_NONE = regex(r"\b(?:no|not|none|nothing|sorry|don'?t|other|else|ningun\w*|otr[oa]s?)\b")
#: "One reward available" is not about a product.
_OTHER_THING = regex(
    r"\b(?:rewards?|points?|discounts?|deals?|parking|delivery|dollars?|off|recompensas?|puntos"
    r"|descuentos?)\s(?:is |are |now |already )*$"
)
#: "Come back on Friday!", "you'll hear back by Monday": people, not products.
_COME_BACK = regex(
    r"\b(?:deals?|off [a-z]+|discounts?|sales?|ofertas?|descuentos?) (?:is |are |comes? |come |es |son )?$"
    r"|\b(?:can'?t|cannot|couldn'?t) (?:say|promise|tell|know|guarantee)\b[^,.;!?]*$"
    r"|\b(?:don'?t know|no idea|not sure|no (?:se|puedo (?:decir|prometer)))\b[^,.;!?]*$|"
    r"(?:^|[.!?,;]|\b(?:please|you|can|could|and|to|or|just|you'll))\s*(?:come|came|check|stop) $"
    r"|\b(?:get|hear|write|text|call) (?:you )?$"
)
_EXCEPT = regex(
    r"\b(?:except(?: for)?|but(?: not)?|other than|besides|apart from|menos|excepto|salvo)\s(?:the |your |el "
    r"|la |tu )?$"
)
_NO_AFTER = regex(r" (?:no|any|none|nothing)\b")
_TAKES_OBJECT = regex(r"\b(?:have|got|carry|sell|(?<!in )(?<!of )stock|tenemos|hay)$")
#: "We have it now": the object is what was named before.
_IT = regex(r" (?:it|them|both|those|these|that one|some (?:left|of (?:it|them)))\b(?! in other\b)")
#: "We do have Wedding Cake in other forms": not the product of that name that is out.
_IN_OTHER_FORMS = regex(r" (?:in|as|en|como) (?:\w+ )?(?:other|different|otr[oa]s?)\b")
_HEDGE = regex(
    r"\b(?:if|when(?! you(?:'re| are| come))|whether|once|let me know|want me to|would you|should i"
    r"|i'?ll find|look for|(?:i'?d love|wish i could|i wish|hoped) (?:to )?(?:say|tell)?"
    r"|si (?=\w+ (?:hay|tien))|cuando)\b|\?\s*$"
)
#: "I can't send restock alerts".
_NOT_SENT = regex(r"\b(?:can'?t|cannot|not able to|unable to|don'?t|no puedo) (?:\w+ ){0,3}$")
_SINGULAR = regex(r"\b(?:is|isn'?t|was|esta|it)\b|'s\b")
_JOINT = regex(r"\b(?:all|both|each|are|aren'?t|todos|todas|ambos|ambas)\b")
#: A size as the subject: "the ounce is out". It is not a product that was named before.
_SIZE_SUBJECT = regex(
    r"\b(?:the|our|that|la|el|las|los)\s(?:\w+\s)?(?:eighth|quarter|half ounce|half|ounce|onza"
    r"|media onza|cuarto|octavo|\d+(?:\.\d+)?\s?(?:g|grams?|gramos?|mg))s?\b"
)
#: Nothing tells which store has what.
_AT_STORES = regex(
    r"\b(?:in|at|from|across|en) (?:all|every|each|both|any|either|todas?|cada|ambas"
    r"|cualquier\w*)\b(?: (?:of|the|our|las|de"
    r"|nuestras|four|three|two|five|\d|cuatro|tres|dos))* (?:stores?|shops?|locations?|tiendas?"
    r"|sucursal(?:es)?)\b"
)
_OPENS = regex(
    r"\b(?:open\w*|clos\w+|hours?|atm|cajero|abr\w+|cerr\w+|pay\w*|cash|debit|discount\w*|deals?|off)\b"
)
_LIST_HEAD = regex(r":\s*$")


def check_stock(reading: DraftReading) -> Iterator[Problem]:
    """A reply calls products available or out only if that is known, and never promises that one comes back."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        if (
            (found := _RESTOCK.search(text) or _RETURNS.search(text))
            and not _HEDGE.search(text)
            and not _NOT_SENT.search(text[: found.start()])
            and not any(found[0] in told for told in reading.facts.statements)
            and not (found[0].startswith("back ") and (is_past(text) or is_bygone(reading, text)))
            and not _COME_BACK.search(text[: found.start()])
        ):
            excerpt = reading.quoted(sentence, found)
            yield Problem("stock", excerpt, f'Nobody looked up "{excerpt}". Do not say when something comes back.')
            continue
        if problem := _check_unknown(reading, sentence) or _check_stores(reading, sentence):
            yield problem
            continue
        if problem := _check_to_be_had(reading, sentence):
            yield problem
            continue
        for mention, is_in, span in _claims(reading, sentence):
            if problem := _judge(reading, mention, span, is_in=is_in):
                yield problem
                break


def _check_unknown(reading: DraftReading, sentence: Sentence) -> Problem | None:
    """ "Yes, we have live resin carts" after a search that found nothing."""
    text = reading.text(sentence)
    found = _IN.search(text)
    is_affirmed = found and not reading.draft.is_denied(sentence.span.start + found.start())
    if not (is_affirmed and reading.facts.found_nothing and not reading.facts.shown):
        return None
    if sentence.mentions or _HEDGE.search(text) or _OUT.search(text) or _NONE.search(text):
        return None
    excerpt = reading.draft.excerpt(sentence.span.start, sentence.span.end)
    return Problem("stock", excerpt, f'"{excerpt}" is not what the search found: nothing. Say that there is none.')


def _check_stores(reading: DraftReading, sentence: Sentence) -> Problem | None:
    """ "They're on the shelf at all four stores": no fact tells what a store has."""
    text = reading.text(sentence)
    found = _AT_STORES.search(text)
    state = found and next((one for one in (*_IN.finditer(text), *_OUT.finditer(text))), None)
    is_of_product = bool(sentence.mentions) or (bool(sentence.carried) and _points_back(text))
    if not (found and state and is_of_product) or _HEDGE.search(text):
        return None
    first, last = sorted((state.span(), found.span()))
    if _OPENS.search(text[first[1] : last[0]]) or any(
        _AT_STORES.search(one) and _IN.search(one) for one in reading.facts.statements
    ):
        return None
    start = sentence.span.start
    excerpt = reading.draft.excerpt(start + first[0], start + last[1])
    return Problem("stock", excerpt, f'Nothing tells what each store has: leave "{excerpt}" out.')


def _check_to_be_had(reading: DraftReading, sentence: Sentence) -> Problem | None:
    """ "Come get your mint bar": what is known to be out cannot be had."""
    if _OUT.search(reading.text(sentence)):
        return None
    for mention in said_to_be_had(reading, sentence):
        is_out = mention.candidates and all(one.available is False for one in mention.candidates)
        if is_out and not reading.draft.is_denied(mention.start):
            return _judge(reading, mention, (mention.start, mention.end), is_in=True)
    return None


def _claims(reading: DraftReading, sentence: Sentence) -> Iterator[tuple[Mention, bool, tuple[int, int]]]:
    """Each product with what a phrase of its sentence says of it, and the phrase's place."""
    text = reading.text(sentence)
    offset = sentence.span.start
    outs = [(found.start(), found.end(), False) for found in _OUT.finditer(text)]
    ins = [
        (found.start(), found.end(), True)
        for found in _IN.finditer(text)
        if not any(start <= found.start() < end or found.start() <= start < found.end() for start, end, _ in outs)
        and not reading.draft.is_denied(offset + found.start())
        and not _NO_AFTER.match(text[found.end() :])
        and not _OTHER_THING.search(text[: found.start()])
    ]
    said = offset
    for start, end, is_in in sorted([*outs, *ins]):
        if _HEDGE.search(WISHED.sub(" ", text)):
            continue
        place = (offset + start, offset + end)
        for mention in _own_subject(reading, _meant(reading, sentence, place), said, place):
            if not _EXCEPT.search(reading.words[max(0, mention.start - 24) : mention.start]):
                yield mention, is_in, place
        said = place[1]


def _own_subject(reading: DraftReading, meant: list[Mention], said: int, place: tuple[int, int]) -> list[Mention]:
    """The products before a phrase without those of earlier phrases; for a singular verb only the last."""
    if not meant or meant[-1].end > place[0]:
        return meant
    fresh = [one for one in meant if one.start >= said] or meant
    between = reading.words[fresh[-1].end : place[1]]
    return fresh[-1:] if _SINGULAR.search(between) and not _JOINT.search(between) else fresh


def _meant(reading: DraftReading, sentence: Sentence, place: tuple[int, int]) -> list[Mention]:
    """The products that a phrase describes: those of its clause, those before, or the list that follows."""
    clause = reading.draft.clause_at(place[0])
    own = [
        one
        for one in sentence.mentions
        if clause.start <= one.start < clause.end and not reading.is_reference(one)
    ]
    listed = [one for one in sentence.mentions if one.start >= place[1]]
    if listed and re.match(r"[^.\n]{0,20}:", reading.words[place[1] :]):
        return listed
    if _TAKES_OBJECT.search(reading.words[place[0] : place[1]]) and not _IT.match(reading.words, place[1]):
        after = [one for one in own if one.start >= place[0]]
        if after or not _LIST_HEAD.search(reading.text(sentence)):
            return [one for one in after if not _IN_OTHER_FORMS.match(reading.words, one.end)]
        return _listed_below(reading, sentence)
    before = [one for one in own if one.end <= place[0]]
    own = (
        before
        or own
        or [one for one in sentence.mentions if one.end <= place[0] and not reading.is_reference(one)]
    )
    if own:
        return own
    if _LIST_HEAD.search(reading.text(sentence)):
        return _listed_below(reading, sentence)
    if _SIZE_SUBJECT.search(reading.words[sentence.span.start : place[1]]) and _OUT.search(
        reading.words[place[0] : place[1]]
    ):
        return []
    return list(sentence.carried) if _points_back(reading.text(sentence)) else []


def _listed_below(reading: DraftReading, sentence: Sentence) -> list[Mention]:
    """The products of the list under a sentence, without those that their items call out of stock."""
    return [item.mentions[0] for item in reading.items_below(sentence) if not _OUT.search(reading.text(item))]


def _points_back(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:it|it'?s|they|they'?re|that|this one|both|all of (?:them|these)|these|those|esta|estan"
            r"|ambos|lo|la)\b",
            text,
        )
    )


def _judge(reading: DraftReading, mention: Mention, place: tuple[int, int], *, is_in: bool) -> Problem | None:
    if not mention.candidates:
        return None
    states = {one.available for one in mention.candidates}
    if is_in in states:
        mention.narrow([one for one in mention.candidates if one.available is is_in])
        return None
    excerpt = reading.draft.excerpt(*place)
    name = mention.candidates[0].name
    if states == {None}:
        return Problem(
            "stock",
            excerpt,
            f'Whether {name} is available was not looked up. Look it up, or leave "{excerpt}" out.',
        )
    right = "not available now" if is_in else "available"
    return Problem("stock", excerpt, f'"{excerpt}" is not what the facts say: {name} is {right}. Correct it.')
