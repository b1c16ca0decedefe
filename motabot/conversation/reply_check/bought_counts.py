"""How often something was bought, in words: "your first", "the second one", "never", "just once"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import days_in, read_number
from motabot.conversation.reply_check.groups import joined_before
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.receipts import period_in
from motabot.text.normalize import fold_in_place
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

_GOT = r"(?:bought|buy|tried|try|had|have|picked (?:\w+ )?up|gotten|got|get|ordered|purchased|taken|grabbed)"
_PAST = r"(?:bought|tried|had|picked (?:\w+ )?up|gotten|got|ordered|purchased|grabbed)"
_HAS_GOT = r"(?:has |lo has |la has |los has |las has )?(?:compra\w+|probad\w+|llevad\w+|pedid\w+)"
_ENDLESS = 10_000
#: How often each phrase says that a product was bought: at least, and at most.
_CLAIMS: tuple[tuple[re.Pattern[str], int, int], ...] = (
    (
        regex(
            rf"\byou(?:'ve| have)? never (?:actually |even )?{_GOT}\b|\byou haven'?t (?:ever |yet )?{_GOT}\b"
            r"|\byou(?:'ve| have) yet to (?:try|buy|get|taste|order)\b|(?:\b(?:is|are|be)|'s"
            r"|'re) (?:something |brand )?new (?:to|for) you\b"
            r"|\b(?:would|will|could) be your (?:very )?first|(?:'d|'ll) be your (?:very )?first"
            r"|\b(?:es|son|seria|seran) (?:algo )?nuev[oa]s? para ti\b|\bseria(?:n)? tu primer[oa]?\b"
            rf"|\bnunca {_HAS_GOT}\b"
        ),
        0,
        0,
    ),
    (
        regex(
            rf"\b{_GOT}\b[^.!?;]{{0,40}}\b(?:just|only)(?: the)? (?:once|one time)\b|\b(?:only"
            rf"|just) (?:ever )?{_GOT}\b"
            r"[^.!?;]{0,40}\b(?:once|one time)\b|\bfirst and only\b"
            rf"|\b{_HAS_GOT}\b[^.!?;]{{0,40}}\b(?:solo|una sola) (?:una )?vez\b"
        ),
        1,
        1,
    ),
    (
        regex(
            r"\byou(?:'ve| have)?\b[^.!?;]{0,60}\b(?:a (?:few|couple(?: of)?) times|several times|many times"
            r"|plenty of"
            r" times|more than once|again and again)\b|\b(?:varias|algunas|muchas) veces\b|\bun par de veces\b"
            r"|\b(?:has|have|is|was) (?:always |long )?(?:been )?(?:a |an |your )(?:real |old |steady |longtime )?"
            r"(?:go-to|staple|regular|standby|mainstay)\b"
        ),
        2,
        _ENDLESS,
    ),
    (
        regex(
            r"\byou(?:'ve| have)?\b[^.!?;]{0,40}\b(?:nearly |almost |just about )?every (?:single )?"
            r"(?:visit|time|trip|week|month)\b|\b(?:casi )?(?:en )?cada (?:visita|compra|vez)\b"
        ),
        3,
        _ENDLESS,
    ),
)
#: "On each of your last three visits": all of them have the product.
_ALL_VISITS = regex(
    rf"(?<!nearly )(?<!almost )(?<!about )\b(?:(?:every (?:single )?|each |all )(?:of )?(?:(?:your|the|those"
    rf"|these) )?"
    rf"(?:last |past |latest |most recent )?(?:(?P<number>[2-9]|{SPOKEN_NUMBER}) )?(?:visits?|(?<!each )times?"
    rf"|trips?|purchases?|orders?)"
    rf"|(?<!casi )(?:cada|todas) (?:(?:tus|las|una de tus) )?(?:ultimas )?(?:(?P<numero>[2-9]|{SPOKEN_NUMBER}) )?"
    r"(?:ultimas )?(?:visitas?|compras?|vez|veces))\b(?! (?:we|i|they|of day|slots?))"
)
_BOUGHT_BEFORE = regex(
    rf"\byou(?:'ve| have)? (?:already |also |both )?{_PAST}\b[^.!?;]{{0,40}}\b(?:before(?! tax)|already"
    rf"|previously|in the past"
    rf"|last time|too)\b|\bya (?:(?:l[oa]s?|te) )?{_HAS_GOT}"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PRIMERO = ("primer", "segund", "tercer", "cuart", "quint", "sext")
_NTH = regex(
    rf"\b(?:your|the|tu|la|el) (?P<nth>{'|'.join(_ORDINALS[1:])}|(?:{'|'.join(_PRIMERO[1:])})[oa]?"
    r"|\d{1,2}(?:nd|rd|th))"
    r" (?P<what>(?:one|time|order|vez)\b)?"
)
_OF_YOURS = regex(
    r"\s?(?:(?:that )?you(?:'ve| have)?\b|with\b|(?:buy|try|gett|hav|order)ing\b|que (?:compra|lleva)\w+)"
)
_WAS = regex(r"\b(?:was|is|be|makes(?: it)?|fue|es|seria)\s$")
_TO_COME = regex(r"\b(?:would|will|could|makes?|seria|sera)\b|'d be|'ll be")
#: "You haven't had it lately", "never before that day": not of all purchases.
_NARROWED = regex(
    r"\b(?:since|lately|recently|in a while|before (?:that|then)|that day|at (?:our|the)|together|at once|desde"
    r"|ultimamente|this (?:week|month|year)|yet this)\b"
)
_IF = regex(r"\b(?:if|whether|in case|si|por si)\b[^,;]*$")
_POINTS = regex(r"\b(?:it|that|this|they|them|those|one|lo|la|los|las)\b")
_NEAR = 24
_HAD = regex(r"\b(?:you|llev\w+|compr\w+|pedi\w+|has|visit\w*)\b")
#: The customer tells of a purchase that no receipt has.
_OWN_WORDS = regex(
    r"\b(?:i|we) (?:\w+ )?(?:bought|got|had|tried|picked|ordered|take|took|get)\b|\b(?:compre|probe|lleve|pedi)\b"
)


def check_bought_counts(reading: DraftReading) -> Iterator[Problem]:
    """A reply says of a product that it was bought as often as the records of the customer have it."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        if text.rstrip().endswith("?"):
            continue
        for found, least, most in _claims_of(reading, sentence):
            is_denied = least and reading.draft.is_denied(sentence.span.start + found.start())
            is_open = is_denied or _IF.search(text[: found.start()])
            subject = None if is_open else _subject(reading, sentence, found)
            if subject is None or _is_narrowed(reading, text):
                continue
            low, high = _times(reading, subject)
            if low <= most and least <= high:
                continue
            excerpt = reading.quoted(sentence, found)
            right = f"{low} times" if high != _ENDLESS else f"at least {low} times"
            yield Problem(
                "count", excerpt, f'"{excerpt}": {subject.candidates[0].name} was bought {right}. Correct it.'
            )
            return
        if problem := _check_all_visits(reading, sentence) or _check_bought_before(reading, sentence):
            yield problem
            return


def _check_all_visits(reading: DraftReading, sentence: Sentence) -> Problem | None:
    """ "You got it on every visit": each known receipt, or each of the newest so many, has the product."""
    text = reading.text(sentence)
    for found in _ALL_VISITS.finditer(text):
        subject = _subject(reading, sentence, found)
        if subject is None or not _HAD.search(text) or _TO_COME.search(text) or _is_narrowed(reading, text):
            continue
        many = found["number"] or found["numero"]
        visits = [one for one in reading.facts.visits if one.whole and not one.refund and one.lines]
        visits = visits[: int(read_number(many))] if many else visits
        names = {one.folded for one in subject.candidates}
        if any(not names & {fold_in_place(line.name) for line in one.lines} for one in visits):
            excerpt = reading.quoted(sentence, found)
            right = f"Not every receipt has {subject.candidates[0].name}. Correct it."
            return Problem("count", excerpt, f'"{excerpt}" is not so. {right}')
    return None


def _check_bought_before(reading: DraftReading, sentence: Sentence) -> Problem | None:
    """ "You've had all three before": each is in the customer's records, or the customer said so."""
    found = _BOUGHT_BEFORE.search(reading.text(sentence))
    if found is None or reading.draft.is_denied(sentence.span.start + found.start()):
        return None
    if any(_OWN_WORDS.search(text) for text in reading.facts.said):
        return None
    joint = joined_before(reading, sentence, sentence.span.start + found.end())
    subject = _subject(reading, sentence, found)
    for mention in joint or ((subject,) if subject else ()):
        low, _ = _times(reading, mention)
        if not low:
            excerpt = reading.quoted(sentence, found)
            right = f"No receipt of {mention.candidates[0].name} is known. Look it up, or leave it out."
            return Problem("purchase", excerpt, f'"{excerpt}" is not what the facts say. {right}')
    return None


def _claims_of(reading: DraftReading, sentence: Sentence) -> Iterator[tuple[re.Match[str], int, int]]:
    """Phrases that say how often something was bought, with the least and the most that they allow."""
    text = reading.text(sentence)
    for pattern, least, most in _CLAIMS:
        yield from ((found, least, most) for found in pattern.finditer(text))
    for found in _NTH.finditer(text):
        end = sentence.span.start + found.end()
        is_predicate = found["what"] and _WAS.search(text[: found.start()])
        if not is_predicate and not (
            _OF_YOURS.match(text, found.end())
            if found["what"]
            else any(one.start == end for one in sentence.mentions)
        ):
            continue
        number = _number(found["nth"])
        yield (found, number - 1, number) if _TO_COME.search(text[: found.start()]) else (found, number, _ENDLESS)


def _number(word: str) -> int:
    if word[0].isdigit():
        return int(word[:-2])
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    return next(place for place, root in enumerate(_PRIMERO, 1) if word.startswith(root))


def _is_narrowed(reading: DraftReading, text: str) -> bool:
    """Whether a sentence speaks of some purchases only: those of a period or of a store."""
    today = reading.facts.today
    return (
        bool(_NARROWED.search(text))
        or (today is not None and bool(period_in(text, today)))
        or (" on " in text and "never" in text and any(days_in(text)))
    )


def _subject(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> Mention | None:
    """The product that a phrase counts: the one right after it, in it, or the last one before it."""
    start, end = (sentence.span.start + place for place in found.span())
    named = [one for one in sentence.mentions if not (one.is_bare or one.is_kind or reading.is_reference(one))]
    inside = [one for one in named if start <= one.start < end]
    after = [one for one in named if end <= one.start <= end + _NEAR and "," not in reading.words[end : one.start]]
    before = [one for one in named if one.end <= start]
    if chosen := inside[:1] or after[:1] or before[-1:]:
        return chosen[0]
    if named or not sentence.carried or not _POINTS.search(reading.text(sentence)):
        return None
    return sentence.carried[-1] if len({one.candidates for one in sentence.carried}) == 1 else None


def _times(reading: DraftReading, subject: Mention) -> tuple[int, int]:
    """How often a product was bought, at least and at most; pieces count if all receipts are known."""
    names = {one.folded for one in subject.candidates}
    lines = [line for visit in reading.facts.visits for line in visit.lines if fold_in_place(line.name) in names]
    recorded = [one.bought for one in subject.candidates if one.bought is not None]
    if not recorded:
        return len(lines), _ENDLESS
    pieces = sum(int(line.quantity) for line in lines if line.quantity > 0)
    return min(recorded), max(sum(recorded), pieces if len(lines) >= sum(recorded) else 0)
