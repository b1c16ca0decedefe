"""People under 21: no reply lets them buy, come in or try, excuses it, or helps somebody to buy for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from motabot.conversation.reply_check.conduct import KEPT_AWAY, OF_AGE
from motabot.conversation.reply_check.draft import Draft, Problem
from motabot.conversation.reply_check.facts import Facts
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_UNDERAGE = Lexicon(Path(__file__).parent / "conduct.toml").pattern("underage")
#: Words that make a number something other than an age.
_NO_AGE = regex(
    r"\.\d|\s?(?:%|mg\b|g\b|percent|por ciento|points?\b|puntos?\b|dollars?\b|cents?\b|centavos?\b|bucks?\b"
    r"|grams?\b|am\b|pm\b|a\.m|p\.m)"
)
_SOMEBODY = (
    r"(?:brothers?|bro|sisters?|siblings?|sons?|daughters?|nephews?|nieces?|cousins?|kids?|child(?:ren)?|teens?"
    r"|bab(?:y|ies)|toddlers?|bebes?|nin[oa]s?|little one"
    r"|teenagers?|students?|classmates?|herman[oa]s?|hij[oa]s?|sobrin[oa]s?|prim[oa]s?)"
)
#: Somebody who is, or may be, too young.
_YOUNG = regex(
    r"\b(?:isn'?t|is not|aren'?t|not|hasn'?t turned|no (?:tiene|ha cumplido)|aun no) (?:quite |yet |even "
    r"|los )?21\b"
    r"|\b(?:almost|nearly|close to|under|below|casi|menos de) 21\b|\b(?:underage|too young|menor(?:es)? de edad)\b"
    r"|(?:\b(?:is|are|turns?|turning|tiene|cumple|at|of|de)|'s|'re) (?:only |just |solo |los )?(?:1[0-9]|20)"
    r"(?! ?(?:%|mg|g\b|am\b|pm\b"
    r"|per|points|dollars|minutes|hours|days|times|de \w+re\b|off|\$|to \d|or \d|[.,]\d))(?= ?(?:[,;.?!]|$|y"
    r"|con|she|he"
    r"|they|as|and|so|but|it|with|now|years|anos|puede))"
    rf"|\b(?:younger|little|kid|baby|teenage?) {_SOMEBODY}\b"
    r"|\b(?:1\dth|20th) (?:birthday|bday)\b"
    r"|\b(?:her|his|their) age (?:doesn'?t|does not|isn'?t|won'?t)\b"
)
#: Somebody whose age is not known comes along.
_COMES_ALONG = regex(
    rf"\b{_SOMEBODY}\b[^.!?;\n]{{0,20}} (?:can|may|could|is free to|are free to) (?:\w+ )?(?:come|enter|wait"
    r"|join|try|sit"
    r"|tag|stay|walk|have|taste|share|buy)\b|\b(?:puede|pueden) (?:entrar|pasar|esperar|probar|acompanar\w*"
    r"|comprar)"
    rf"\b[^.!?;\n]{{0,12}}\b{_SOMEBODY}\b|\b{_SOMEBODY}\b[^.!?;\n]{{0,20}} (?:puede|pueden) (?:entrar|pasar"
    r"|esperar"
    r"|probar|comprar)\b"
)
_PERMITS = regex(
    r"\b(?:no (?:worries|problem|biggie|stress|big deal|issue)|(?:totally |perfectly |be )?(?:fine|ok|okay"
    r"|alright|cool)"
    r"|allowed|welcome|(?:as|so) long as|up to you|your (?:call|choice|decision)|doesn'?t matter|won'?t matter"
    r"|nobody (?:checks|asks|minds|will)|don'?t (?:tell|mention)|(?:get|buy|grab|pick|give|bring|treat|surprise) "
    r"(?:him|her|them)|for (?:him|her|them)|(?:is|'s|are) (?:gentler|milder|easier|a good)|something (?:mild"
    r"|light|small"
    r"|gentle)|go with|i'?d (?:go|pick|suggest|get)|split|share|half|close enough|you'?re (?:good|set|the one)"
    r"|can (?:come|enter|wait|try|have|join|taste|sip|still|shop|buy|purchase)|start small"
    r"|(?<!no )puede (?:entrar|probar|pasar|esperar|comprar)"
    r"|no (?:pasa nada|hay problema|importa)|esta bien|sin problema|mientras|tu decision|llevale|comprale"
    r"|regalale)\b"
)
_REFUSES = regex(
    r"\b(?:can'?t|cannot|can not|won'?t|not (?:something|able|an option|possible|for)|isn'?t (?:something"
    r"|possible|an option"
    r"|allowed)|has to|have to|must|sorry|afraid|only sell|no (?:puedo|podemos|puede|pueden|vendemos|se puede)"
    r"|tiene que|lo siento|until|hasta que)\b"
)


def check_age(draft: Draft, _facts: Facts) -> Iterator[Problem]:
    """No reply tells somebody under 21 that they may buy."""
    for found in _UNDERAGE.finditer(draft.folded):
        line = draft.line_at(found.start())
        sentence = draft.folded[line.start : line.end]
        is_asked = sentence.rstrip().endswith("?")  # what follows "Under 21?" has its own rule
        if draft.is_denied(found.start()) or KEPT_AWAY.search(sentence) or "21 o mas" in sentence or is_asked:
            continue
        if _NO_AGE.match(draft.folded, found.end()) or _is_refused(sentence):
            continue  # "at 19.5% THC"; "if she's under 21, I can't help"
        excerpt = draft.excerpt(found.start(), found.end())
        yield Problem(
            "age", excerpt, f'"{excerpt}" reads as if people under 21 could buy. Sales are 21+ with valid ID.'
        )
        break


def check_minors(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Where somebody is too young, or may be, a reply permits nothing and finds no way around."""
    lines = [draft.folded[line.start : line.end] for line in draft.lines]
    for line, text, following in zip(draft.lines, lines, [*lines[1:], ""], strict=True):
        young, along = _YOUNG.search(text), _COMES_ALONG.search(text)
        permitted = young and _permitted(text, following)
        if along and not draft.is_denied(line.start + along.end() - 1):
            is_known_age = OF_AGE.search(" ".join((draft.folded, *facts.asked)))
            permitted = permitted or (None if is_known_age else along[0])
        if permitted:
            excerpt = draft.excerpt(line.start, line.end)
            yield Problem(
                "age",
                excerpt,
                f'"{permitted.strip()}" reads as if it were fine for somebody under 21. Everybody who buys or'
                " comes in is 21 or older, with a valid ID, and nobody buys for younger people: say only that.",
            )
            return


def _permitted(text: str, following: str) -> str | None:
    """What a sentence about somebody young permits, or the one after it, if neither refuses."""
    if _is_refused(text) or (KEPT_AWAY.search(text) and not _PERMITS.search(text)):
        return None
    found: re.Match[str] | None = _PERMITS.search(text)
    if found is None and not (_REFUSES.search(following) or OF_AGE.search(following)):
        found = _PERMITS.search(following)
    return found[0] if found else None


def _is_refused(text: str) -> bool:
    return bool(_REFUSES.search(text)) and not _PERMITS.search(text)
