"""What a reply says of people: of the customer's habits, and of what another one bought."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.grounds import is_open, root, roots_of
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DIAS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_DAY = rf"(?:{'|'.join((*_DAYS, *_DIAS))})"
#: "You always take it on Saturdays", "siempre vienes los viernes".
_HABIT = regex(
    r"\byou(?:'re| are)?\s(?:almost |nearly |just )?(?:always|usually|normally|typically|often|never|tend to"
    r"|like to|love to|prefer to|rarely|seldom|generally|mostly)\s(?P<verb>[a-z]+)"
    r"|\b(?:siempre|casi siempre|normalmente|nunca) (?:te |lo |la |los |las )?(?P<verbo>[a-z]+[aei]s)\b"
    r"|\bsueles (?P<otro>[a-z]+)"
    rf"|\byou(?:'ve| have)? (?:always |usually )?(?P<rhythm>[a-z]+)\b[^.!?\n]{{0,40}}\b(?:on|every|each"
    rf"|los) (?P<days>{_DAY}s?"
    r"|weekends|weekdays)\b"
)
_PART = r"(?: (?:mornings?|afternoons?|evenings?|nights?|por la (?:manana|tarde|noche)))?"
#: "Mondays have always been your day with us", "a Monday evening as usual", "tu dia de siempre es el lunes".
_USUAL_DAY = regex(
    rf"\b(?P<is>{_DAY}|weekend)s?{_PART} (?:siempre )?(?:have|has|are|is|were|was"
    r"|seems?|must be|son|es"
    r"|han sido|ha sido|eran) (?:[a-z]+ ){0,2}?(?:your|tus?) (?:[a-z]+ )?(?:days?|thing|habit|routine"
    r"|ritual|tradition|time|dias?|costumbre)\b"
    rf"|\byour (?:usual|regular|typical|normal|favorite|standing) (?:day )?(?:is |are )?"
    rf"(?P<usual>{_DAY}|weekend)s?\b"
    rf"|\byour (?P<run>{_DAY}|weekend)s?{_PART} (?:routine|ritual|habit|tradition|run)\b"
    rf"|\byour (?:\w+ )?day (?:is|has (?:always )?been) (?:\w+ )?(?P<day>{_DAY})s?\b"
    rf"|\b(?P<on>{_DAY})s?{_PART},? (?:as (?:usual|always|ever)|like always|como siempre|como de costumbre)\b"
    rf"|\b(?:como|igual que) (?:todos los|cada|los) (?P<cada>{_DAY})\b"
    rf"|\btu dia (?:de siempre|favorito|preferido|de costumbre) (?:es|son) (?:el |los )?(?P<dia>{_DAY})\b"
)
#: "A Monday evening as usual for you", "los lunes son tu dia": a habit of day or time without a verb of habit.
_ROUTINE = regex(
    r"\b(?:as|like) (?:usual|always|ever) (?:for|with) you\b|\bas you (?:usually|always|like to|tend to)\b"
    r"|\byou (?:were|came|stopped|visited|dropped|swung|shopped|went)\b[^.!?\n]{0,60}\b(?:as usual|as always|like"
    r" (?:always|usual|clockwork))\b"
    rf"|\b(?:your|tu) (?:usual|regular|favorite|go-to|normal|typical) (?:{_DAY}|day|time|evening"
    rf"|morning|afternoon|slot)\b"
    r"|\b(?:viniste|pasaste|compraste|estuviste|visitaste)\b[^.!?\n]{0,60}\bcomo (?:siempre"
    r"|de costumbre|acostumbras"
    r"|es tu costumbre)\b"
    rf"|\b(?:los |el )?{_DAY} (?:siempre )?(?:es|son|han sido|ha sido) tus? (?:dias?|hora|turno)\b"
    r"|\btu (?:dia|hora|horario) (?:de siempre|favorit[oa]|habitual|preferid[oa])\b"
    r"|\bcomo (?:acostumbras|sueles|es tu costumbre)\b"
)
#: "Tell me what you usually like" asks for it.
_ASKED_FOR = regex(
    r"\b(?:tell|let|share|dime|cuentame)\b[^.!?\n]*\b(?:what|which|how|where|when|que|cual|como)\s$"
)
_TIME_OF_DAY = regex(
    r"\b(?:morning|noon|afternoon|evening|night|midday|tarde|noche|mediodia|hour|time)s?\b|\bpor la manana\b"
)
_NO_HABIT = frozenset(
    map(
        root, "can could may might get have has need welcome able free be know want ask find save pay earn".split()
    )
)
#: What the history of purchases tells: what is bought often, how often somebody comes.
_BUYS = frozenset(
    map(
        root,
        "buy bought get grab grabbed pick picked go choose come visit stop swing drop take order"
        " compras llevas vienes".split(),
    )
)
_FAVORED = 3
_OF_SHOP = regex(r"\b(?:off|open|deal|hours|closed?|abr\w+|cerr\w+|descuento)\b")
#: "She hasn't bought anything": of another person nothing is ever told.
_OTHER_PERSON = regex(
    r"\b(?:he|she|they|your (?:husband|wife|son|daughter|sister|brother|mom|dad|boyfriend|girlfriend|friend"
    r"|partner"
    r"|daughter[- ]in[- ]law|cousin|boss))(?:'s|'ve)? (?:has|have|hasn'?t|haven'?t|was|wasn'?t|were|did|didn'?t"
    r"|is|isn'?t"
    r"|never|not|came|bought|visited|shops?|comes)\b[^.!?\n]{0,30}\b(?:bought|buy|customers?|here|in today"
    r"|purchas\w+"
    r"|visit\w*|come|came|been in|shop\w*|member|account|file|records?)\b"
    r"|\bi (?:don'?t|do not|can'?t|cannot) (?:see|find|have) (?:an?|any|anyone named"
    r"|anybody named) (?P<name>[a-z]+ [a-z]+)"
    r" (?:here|in|on|among|listed)\b"
    r"|\b(?:el|ella|tu (?:esposo|esposa|hijo|hija|hermana|hermano|nuera|suegra|novio|novia)) (?:si|no)? ?(?:ha"
    r"|vino|compro"
    r"|estuvo|viene|es cliente)\b"
)
_OF_OTHERS = regex(
    r"\b(?:is|was|has|did|does|esta|fue|ha|vino)\s(?:\w+\s){1,4}?(?:a customer|here|at your|been|bought|buying"
    r"|come|shop"
    r"|there|client[ea]|comprado)\b|\bwhat (?:she|he|they) (?:has|have|had|bought|got|buys?)\b|\bmy (?:husband"
    r"|wife|son"
    r"|daughter|ex|boyfriend|girlfriend)\b[^.!?]{0,40}\b(?:says|said|was|has been|come|came|there|at your)\b"
)


def check_hearsay(reading: DraftReading) -> Iterator[Problem]:
    """A reply mentions only habits and purchases that are in the turn's facts."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        if text.rstrip().endswith("?"):
            continue
        for rule in (_of_habits, _of_routine, _of_others):
            if problem := rule(reading, sentence, text):
                yield problem
                return


def _of_habits(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    for found in _USUAL_DAY.finditer(text):
        named = next(day for day in found.groups() if day)
        if not _is_usual_day(reading, named) and not _OF_SHOP.search(text) and not is_open(text[: found.end()]):
            return _problem(reading, sentence, found, "The facts do not say on what days this customer comes.")
    for found in _HABIT.finditer(text):
        verb = root(found["verb"] or found["verbo"] or found["otro"] or found["rhythm"])
        if verb in _NO_HABIT or is_open(text[: found.end()]) or _ASKED_FOR.search(text[: found.start()]):
            continue
        weekday = found["days"] or next(
            iter(re.findall(rf"\b{_DAY}s?\b|\bweekends?\b", text[found.start() :])), None
        )
        if found["rhythm"] and verb not in _BUYS:
            continue
        if weekday and not _is_usual_day(reading, weekday) and not _OF_SHOP.search(text):
            return _problem(reading, sentence, found, "The facts do not say on what days this customer comes.")
        is_favorite = any(
            (one.bought or 0) >= _FAVORED for mention in sentence.subjects for one in mention.candidates
        )
        has_figure = any(sentence.span.start <= one.start < sentence.span.end for one in reading.filled)
        stores = {fold_in_place(visit.location or "") for visit in reading.facts.visits}
        is_store = len(stores) == 1 and bool(reading.facts.visits) and stores.pop() in text
        is_known = (
            is_store or has_figure or is_favorite or bool(re.search(r"\b(?:every|cada|(?:once|twice) a)\b", text))
        )
        if not weekday and not (verb in _BUYS and is_known):
            if _is_said(reading, text[found.start() :]):
                continue
            return _problem(reading, sentence, found, "The facts tell no such habit.")
    return None


def _of_routine(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    """A habit of day or time. Receipts show days and no times of day."""
    found = _ROUTINE.search(text)
    if found is None or is_open(text[: found.end()]):
        return None
    weekday = next(iter(re.findall(rf"\b{_DAY}s?\b", text)), None)
    if weekday and _is_usual_day(reading, weekday) and not _TIME_OF_DAY.search(text):
        return None
    return _problem(reading, sentence, found, "The facts do not say on what days this customer comes.")


def _is_usual_day(reading: DraftReading, weekday: str) -> bool:
    """Whether half of the receipts at hand, of three or more, are of a weekday."""
    visits = [visit for visit in reading.facts.visits if not visit.refund]
    wanted = weekday.removesuffix("s") if weekday.startswith(_DAYS) else weekday
    names = [(_DAYS[visit.day.weekday()], _DIAS[visit.day.weekday()]) for visit in visits]
    return len(names) >= _FAVORED and sum(wanted in pair for pair in names) * 2 >= len(names)


def _is_said(reading: DraftReading, words: str) -> bool:
    """Whether the customer said it: most of the words are the customer's own."""
    own = roots_of(reading.facts.said)
    told = [root(word) for word in re.findall(r"[a-z]{4,}", words)]
    return bool(told) and sum(word in own for word in told) * 2 >= len(told)


def _of_others(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    if not any(_OF_OTHERS.search(asked) for asked in reading.facts.asked):
        return None
    found = _OTHER_PERSON.search(text)
    if found is None or re.search(r"\b(?:whether|if|si|share|say|confirm|tell|private|anybody|anyone)\b", text):
        return None
    return _problem(reading, sentence, found, "You know only this customer, and never speak of another.")


def _problem(reading: DraftReading, sentence: Sentence, found: re.Match[str], cure: str) -> Problem:
    excerpt = reading.quoted(sentence, found)
    return Problem("hearsay", excerpt, f'"{excerpt}": {cure} Leave it out.')
