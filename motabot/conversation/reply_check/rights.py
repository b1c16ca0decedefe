"""What a customer may do, and on what conditions: only the shop grants rights, exceptions and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.grounds import TALK, grounds_of, is_open, root
from motabot.conversation.reply_check.policies import DEFECT
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.regex import regex

_MAY = regex(
    r"\b(?:you|she|he|they|anyone|everyone|your \w+)(?: can| could| may|'ll be able to|'re (?:free|welcome) to"
    r"| are (?:free|welcome) to)\s(?:(?:also|always|still|just|even|only|easily|definitely|already|now|then"
    r"|both)\s)*(?P<verb>[a-z]+)"
)
#: What anybody may do without the shop's permission.
_LEAVE = frozenset(
    map(
        root,
        """
        see come stop swing drop visit pick grab find get buy try choose go ask text call reach check tell bring
        pay use expect save have redeem take read look start put apply add afford mix compare wait walk reply
        well vary differ exceed
        count cover do unlock be order say let give always spend want skip make send keep decide rely head pop
        knock snag swap ring phone dial sip taste
        exchange return browse shop write stay enjoy feel split stretch ignore think turn answer
        rest need contact also trust cancel consume smoke pair help fix switch hang show cut work pass plan
        stick leave double claim earn cash treat
        """.split(),
    )
)
_STAFF = regex(r"\b(?:team|staff|crew|person|somebody|someone|manager|budtenders?)\b")
_EXCEPTION = regex(
    r"\beven (?:if|when|without|though|after)\b|\bwith or without\b|\bno questions asked\b|\bno matter (?:what"
    r"|why|how|when)"
    r"\b|\bregardless\b|\bas long as\b|\baunque (?:no|hayas|ya)\b|\bcon o sin\b|\bsin importar\b"
    r"|\bincluso (?:si|sin)\b"
    r"|\bsiempre (?:que|y cuando)\b|\b(?:make|made|making) (?:an |a |one |some )?exceptions?\b"
    r"|\bhacemos (?:una )?excepcion"
)
_GRANT = regex(
    r"\b(?:can|could|may|will|we'?ll|you'?ll|swap|exchange|accept|take|fine|ok|okay|works?|allowed|get|gets"
    r"|bring|welcome"
    r"|deliver|refund|return|puedes?|podemos|cambiamos|aceptamos|entregamos)\b"
)
_DUTY = regex(
    r"\b(?:need|needs|must|have to|has to|required?|can'?t|cannot|won'?t|don'?t|doesn'?t|isn'?t|aren'?t|not|no"
    r"|only|never"
    r"|closed|debes|necesitas|no)\b"
)
_LIMIT = regex(
    r"(?<![$.\d])\b(?:only )?(?:once|one|twice|two|three|\d+)(?: \w+)? (?:per|a|each|every|por) (?:visit"
    r"|customer|person|order|household"
    r"|transaction|visita|persona|cliente)\b|\b(?:up to|as many as|at most|no more than) (?:\d+"
    r"|[a-z]+) [a-z-]+(?: [a-z-]+)? (?:a|per|each|every) (?:day|visit|person|order|trip)\b|\b(?:limit"
    r"|max(?:imum)?) (?:of )?(?:(?!with)\w+ )?(?:per|a|each)\b"
)
_POINTS = regex(
    r"\bpoints?\b[^.!?\n]{0,40}\b(?:(?:good|valid|last|kept|stay|saved) (?:\w+ )?(?:for (?!\$|about|up to"
    r"|[^.!?]{0,14}off)|until|till|through|as long)|expir\w+|run out|carry over|transfer\w*|shar\w+|never"
    r"|gift\w*|stack\w*"
    r"|merch\w*|forever)\b"
    r"|\b(?:shar\w+|transfer\w*|gift\w*|combin\w+|double|triple) (?:\w+ )?points\b"
    r"|\bpuntos\b[^.!?\n]{0,30}\b(?:vencen|caducan|se pierden|se borran|se acumulan"
    r"|compart\w+|transfer\w+|nunca)\b"
)
#: Words that are not short ones of grammar.
_LONG = 4
#: What counts as proof or as an ID.
_PROOF = regex(
    r"\b(?:is|are|'s|will be) enough (?:proof|as|for (?:proof|an? id|entry|an? exchange|an? return))\b"
    r"|\bcounts? as (?:proof|an? id|valid|id)\b"
    r"|\bworks? (?:as (?:proof|an? id|id)|with an?)\b|\b(?:photo|picture|copy|screenshot) of (?:the|your|an?"
    r"|her|his)\b"
    r"|\b(?:una? )?(?:foto|copia) de (?:la|tu|su)\b|\bcuenta como (?:prueba|comprobante|identificacion)\b"
)
_NOT_ENOUGH = regex(
    r"[^.!?,;]{0,30}?\b(?:isn'?t|is not|aren'?t|won'?t|doesn'?t|no (?:es|basta|sirve|vale|alcanza))\b"
    r"(?! (?:a )?problem)"
)
#: A valid license of any state, or a passport, is an ID; a picture of one is not.
_IS_AN_ID = regex(r"\b(?:licen[cs]es?|passports?|licencias?|pasaportes?)\b[^.!?\n]{0,30}\bworks? as (?:an? )?id\b")
#: "If you don't like it, we can't take it back", "not liking it isn't a reason for an exchange".
_DENIES = regex(
    r"\W.*\b(?:can'?t|cannot|won'?t|don'?t|isn'?t|aren'?t|doesn'?t|only|unless|no|not|nor|unfortunately|tampoco)\b"
)
#: "He gets it, and so do you."
_SO_DO = regex(
    r"\b(?:gets?|can|qualif\w+|off|discount|allowed)\b[^.!?\n]{0,40}\bso (?:do|does|can|will|are|is) (?:you|she"
    r"|he|they|your \w+)\b"
)
#: The age from which a discount applies.
_FROM_AGE = regex(
    r"\b(?:seniors?|mayores|tercera edad)\b[^.!?\n]{0,30}?\b(?P<age>5\d|6\d|7\d)\b(?!\s?%|\.\d)"
    r"|\b(?P<or_more>5\d|6\d|7\d)(?:\+| (?:and|or) (?:up|over|older)| anos o mas)"
)


#: What the shop gives no remedy for: dislike, a change of mind, goods that were not used.
_UNWANTED = (
    r"(?:(?:don'?t|doesn'?t|do not|does not|didn'?t|isn'?t|aren'?t|not|never) (?:\w+ ){0,2}?(?:like|love|care"
    r"|happy|enjoy|fit|satisfied|a fan|feeling it|work for|for you|your thing|opened?|broken|touched|used)"
    r"|unopened|unused|sealed|untouched|barely (?:used|touched|opened)|chang\w+ (?:your|of|her"
    r"|his) (?:mind|heart)"
    r"|no (?:te|le) gust\w+|sin abrir|cambi\w+ de (?:opinion|idea))"
)
_REMEDY = (
    r"(?:swap\w*|exchang\w+|return\w*|(?:bring|take|send|pop|come|stop) (?:\w+ ){0,3}?(?:back|by|in)"
    r"|trad(?:e|ed|ing)"
    r"|replac\w+|refund\w*|find you|make it right|store credit|pick (?:out )?(?:something|another)|cambi\w+"
    r"|devuelv\w+|regres\w+|tra(?:e|es|elo|erlo))"
)
#: What nobody states: that somebody decides otherwise.
_DISCRETION = regex(
    r"\bcase[- ]by[- ]case\b|\b(?:manager|staff|team|owner) (?:decides?|may|might|can) (?:\w+ )?"
    r"(?:make|allow|approve|waive|decide)\b|\bdiscretion\b|\bleeway\b|\bwiggle room\b|\bbend the rules\b"
)
#: The customer asks for a remedy of goods that nothing says are defective.
_ASKS_BACK = regex(
    r"\b(?:returns?|refunds?|exchang\w+|swap|bring (?:it|them) back|money back|(?:don'?t|dont) like"
    r"|devol\w+|cambi\w+)\b"
)
_ANOTHER = regex(
    r"\b(?:(?:sort|set|hook) you up|(?:take|get) (?:it|that|them) off your hands|(?:sort|help"
    r"|set) you out|back on the shelf|(?:choose|pick|get|grab|take)"
    r" (?:\w+ )?(?:another|something else|a different)|(?:con|por) otr[oa])\b"
)
_NOT_LIKED = regex(
    rf"\b{_UNWANTED}\b(?P<then>[^.!?\n]*?)\b{_REMEDY}\b|\b{_REMEDY}\b[^.!?\n]{{0,30}}?\b(?:if|when|even if"
    rf"|as long as|si)\b"
    rf"[^.!?\n]{{0,30}}?\b{_UNWANTED}\b"
)


def check_rights(reading: DraftReading) -> Iterator[Problem]:
    """No reply grants a right, an exception or a limit that the shop does not state."""
    known = grounds_of(reading)
    for sentence in reading.sentences:
        text = reading.text(sentence)
        if text.rstrip().endswith("?"):
            continue
        for found in _MAY.finditer(text):
            verb = root(found["verb"])
            if found[0].startswith("they") and _STAFF.search(reading.words):
                continue  # what staff can do has its own rule
            if verb in _LEAVE or verb in known or is_open(text[: found.end()]):
                continue
            yield _problem(reading, sentence, found, "The shop states no such thing.")
            return
        if problem := _stated_only(reading, sentence, text):
            yield problem
            return


def _stated_only(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    stated = reading.facts.statements
    if (found := _EXCEPTION.search(text)) and not any(found[0] in one for one in stated):
        before = text[: found.start()]
        roots = grounds_of(reading)
        if found[0].startswith("as long") and any(
            root(word) in roots and (len(word) > _LONG or root(word) not in TALK)
            for word in re.findall(r"[a-z]+", text[found.end() :])
        ):
            return None  # "as long as she shows proof" is the shop's own condition
        is_rule = _is_of_rules(text) or found[0].startswith("as long")
        if _GRANT.search(before) and not _DUTY.search(before) and is_rule:
            return _problem(reading, sentence, found, "The shop states no such exception or condition.")
    if found := _SO_DO.search(text):
        return _problem(reading, sentence, found, "The shop states nothing of it.")
    for pattern in (_LIMIT, _POINTS, _NOT_LIKED, _PROOF, _DISCRETION):
        found = pattern.search(text)
        if (
            found
            and not is_open(text[: found.end()])
            and not _DENIES.search(found[0])
            and not (pattern is _PROOF and _is_no_proof(reading, sentence, found))
            and not (_IS_AN_ID.search(text) and "of" not in text.split())
            and not any(pattern.search(one) for one in stated)
        ):
            return _problem(reading, sentence, found, "The shop states nothing of it.")
    if (found := _ANOTHER.search(text)) and _is_only_disliked(reading, sentence):
        return _problem(reading, sentence, found, "The shop takes back only what it states.")
    found = _FROM_AGE.search(text)
    if found and not is_open(text):
        age = found["age"] or found["or_more"]
        if not any(re.search(rf"\b{age}\b", one) for one in (*stated, *reading.facts.said)):
            return _problem(reading, sentence, found, "The shop states no age for this.")
    return None


def _is_no_proof(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether something is said not to count: "expired doesn't count as valid"."""
    return reading.draft.is_denied(sentence.span.start + found.start()) or bool(
        _NOT_ENOUGH.match(found.string, found.end())
    )


def _is_only_disliked(reading: DraftReading, sentence: Sentence) -> bool:
    """Whether the customer asks to give something back, and nobody has spoken of a defect."""
    told = (reading.words[: sentence.span.end], *reading.facts.asked)
    return any(map(_ASKS_BACK.search, reading.facts.asked)) and not any(map(DEFECT.search, told))


_RULES = regex(
    r"\b(?:receipt|exchang\w+|swap\w*|return\w*|refund\w*|replac\w+|deliver\w*|pay|cash|card|debit|credit"
    r"|discount|off|id|ids"
    r"|points?|vip|tier|perks?|deal|deals|minimum|order|it back|in|someone|recibo|cambi\w+|descuento|puntos"
    r"|efectivo|tarjeta"
    r"|entreg\w+|excep\w+)\b"
)


def _is_of_rules(text: str) -> bool:
    return bool(_RULES.search(text))


def _problem(reading: DraftReading, sentence: Sentence, found: re.Match[str], cure: str) -> Problem:
    excerpt = reading.quoted(sentence, found)
    return Problem(
        "policy",
        excerpt,
        f'"{excerpt}": {cure} Say only what its words say, or that you do not know, and offer a person.',
    )
