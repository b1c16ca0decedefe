"""What a reply may not promise in any words: stock and prices to come, softer rules, tax inside, a safe mixture.

Each pattern is a whole assertion, so that a reply which denies it, leaves it open or warns of it is not meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from motabot.conversation.reply_check.describing import mask_mentions
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import money_in
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.receipts import is_past, visits_meant
from motabot.text.patterns import Lexicon, Pattern
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
#: "I can't promise that", "ask your doctor whether", "don't count on it": nothing is asserted.
_LEFT_OPEN = regex(
    r"\b(?:whether|if|unless|can'?t|cannot|couldn'?t|don'?t|doesn'?t say|not|no|nobody|never|nothing|isn'?t"
    r"|without|hope|ask|check with|skip|avoid|rather than|instead of|si|no puedo|no te puedo|no se|ojala|sin|nunca"
    r"|nadie|preguntal\w+|evita)\b(?![^,;:]*[,;:] )[^.!?;]*$"
)
#: "The price, not whether it will change", "with a photo on the phone it is not enough".
_OPEN_WITHIN = regex(
    r"\b(?:whether|if it|si)\b|\b(?:no|not|isn'?t|aren'?t) (?:basta|alcanza|sirve|vale|es suficiente|enough"
    r"|fine|ok)\b"
)
_NO_GOODS = regex(
    r"\b(?:points?|puntos?|deals?|discounts?|ofertas?|descuentos?|hours|horario|open|abiert\w+"
    r"|off)\b|%"
)


@dataclass(frozen=True)
class OverstatementKind:
    """A kind of promise: its patterns, whether a sentence can make it, and what to write in its place."""

    rule: str
    pattern: Pattern
    can_be_in: Callable[[DraftReading, Sentence], bool]
    cure: str


def _is_of_goods(reading: DraftReading, sentence: Sentence) -> bool:
    return bool(sentence.subjects) and not _NO_GOODS.search(reading.text(sentence))


def _is_of_price(reading: DraftReading, sentence: Sentence) -> bool:
    text = reading.text(sentence)
    is_own = any(
        sentence.span.start <= one.start < sentence.span.end for one in reading.filled if one.is_of_receipts
    )
    return any(money_in(text)) and not is_own and not is_past(text) and not visits_meant(reading, sentence)


def _anywhere(_reading: DraftReading, _sentence: Sentence) -> bool:
    return True


_MIXING_CURE = "Never say that it goes with medicine or alcohol. Advise against it, or send to a doctor."
#: Alcohol and medicine, of which a reply warns or sends to a doctor, and says nothing else.
_SUBSTANCE = regex(
    r"\b(?:alcohol|wine|beers?|liquor|cocktails?|tequila|whiske?y|vodka|vino|cerve(?:za|cita)s?|copita"
    r"|antidepress\w+|antidepresiv\w+|blood thinners?"
    r"|(?:your|her|his|their|other|tus?|sus?|las) (?:\w+ )?(?:pills?|tablets?|meds|medications?|medicines?"
    r"|prescriptions?|pastillas?|medicinas?|medicamentos?))\b"
)
_WARNS = regex(
    r"\b(?:not|no|never|cannot|avoid|skip|ask|check|talk|doctors?|pharmacist|whether|if|instead|choose"
    r"|too much|apart|separate|either|only one|one of|harder|stronger|without|question|staff|careful\w*|wait"
    r"|clean\w*|isopropyl|rubbing|si|sin|ni|nunca|nada|evita|pregunt\w+|medico|doctora?|farmaceutic\w+|cuidado"
    r"|ignore|call|911|988|driv\w+|sorry)\b|n't\b"
)
#: Negations in form only.
_HOLLOW = regex(
    r"\bno (?:issues?|problems?|harm|big deal|worries|conflict|pasa nada|hay problema)\b"
    r"|\bnot (?:a|an) (?:problem|issue)\b|\bdoesn'?t (?:hurt|matter)\b"
)

_KINDS = (
    OverstatementKind(
        "stock",
        _LEXICON.pattern("future"),
        _is_of_goods,
        "Nobody can promise what will be there later, or at what price. Say what is so now.",
    ),
    OverstatementKind(
        "policy",
        _LEXICON.pattern("bending"),
        _anywhere,
        "The shop states no such exception. Say only its own words about IDs and proof.",
    ),
    OverstatementKind(
        "policy",
        _LEXICON.pattern("with_tax"),
        _is_of_price,
        "The shop does not state prices with tax. Say that they are before tax.",
    ),
    OverstatementKind(
        "danger",
        _LEXICON.pattern("mixing"),
        _anywhere,
        _MIXING_CURE,
    ),
)


def check_overstatements(reading: DraftReading) -> Iterator[Problem]:
    """No reply promises what nobody can promise, or softens a rule of the shop."""
    words = mask_mentions(reading, reading.words)
    for sentence in reading.sentences:
        text = words[sentence.span.start : sentence.span.end]
        if text.rstrip().endswith("?"):
            continue
        for kind in _KINDS:
            found = kind.pattern.search(text)
            if (
                found
                and kind.can_be_in(reading, sentence)
                and not _LEFT_OPEN.search(text[: found.start()])
                and not _OPEN_WITHIN.search(found[0])
                and not any(found[0] in stated for stated in reading.facts.statements)
            ):
                excerpt = reading.quoted(sentence, found)
                yield Problem(kind.rule, excerpt, f'"{excerpt}" promises too much. {kind.cure}')
        yield from _unwarned(reading, sentence, text)


def _unwarned(reading: DraftReading, sentence: Sentence, text: str) -> Iterator[Problem]:
    """Alcohol or medicine in a sentence that neither warns nor sends to a doctor."""
    substance = _SUBSTANCE.search(text)
    if substance and not _WARNS.search(_HOLLOW.sub(" ", text)):
        excerpt = reading.quoted(sentence, substance)
        yield Problem("danger", excerpt, f'"{excerpt}" stands beside cannabis without a warning. {_MIXING_CURE}')
