"""What a text asks beside a danger: questions that are answered after the vetted words. See `safety`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from motabot.conversation.safety_words import is_calm, plain_clauses
from motabot.text.normalize import normal
from motabot.text.regex import regex

_SENTENCE_END = regex(r"(?<=[.!?])\s+|\n+")
#: A sentence of fewer words, such as "pls help" or "thank you", asks for nothing by itself.
_FEWEST_WORDS = 3
_POINTS_BACK = regex(
    r"\b(?:doctor|dr|therapist|pharmacist|medico|there|he|she|they|him|her|them|his|their|it|its|that|thats|this|so|alla|ahi|ella|ellos|eso|esto)\b"
)
#: Speaks of somebody or something that another clause named.
_POINTS_BACK_TO_THING = regex(r"\b(?:he|she|they|him|her|them|it|ella|ellos|el)\b")
_ASKS = regex(
    r"\b(?:what|whats|how|which|when|where|who|do|does|can|could|want|wanna|need|any|got|are (?:you|u|yall)|is the"
    r"|give|show|send|looking|price|cost|much|recommend|cuanto|cuanta|que|cual|donde|cuando|quiero|busco|necesito"
    r"|dame|hay|tienen|abren|cierran|aceptan|entregan)\b"
)
_GREETS = regex(r"(?:hola|hi|hello|hey|buen[oa]s?|dias?|tardes?|noches?|good|morning|evening|afternoon|there| )+")
#: Ends a letter, or says why its writer asks.
_CLOSES = regex(
    r"^(?:(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|sincerely|yours|saludos|atentamente|cheers)\b"
    r"|\b(?:break|breaking|violate|romper) (?:any |the |ninguna )?(?:rules?|laws?|reglas?|ley(?:es)?)\b"
    r"|\bget (?:in|into) trouble\b"
)
_PART_END = regex(
    r",\s*(?:and\s+|y\s+)?|[.!?;\n]+\s*|\s(?:and|y|n|also|but|plus|pero|tambien|también)\s", re.IGNORECASE
)
#: Speaks of what the shop states of itself, or of the customer's own account.
_SHOP = regex(
    r"\b(?:debit|credit|cash|cards?|atm|hours|opens?|closes?|address|located|location|parking|points|discounts?"
    r"|deals?|deliver|what do i (?:need to )?bring|(?:last|latest) (?:visit|order|purchase|time)|my usual"
    r"|i (?:last )?(?:buy|bought|got|get) last|efectivo|tarjetas?|debito|horario|abren?|cierran?|direccion"
    r"|ubicad[oa]s|puntos|descuentos?|ofertas|entregan|que (?:llevo|traigo)|ultima (?:visita|compra|vez))\b"
)
_STOCK = regex(
    r"\b(?:(?:is|are) there any\w*|(?:do|does|did) (?:you|u|yall|ya) (?:guys |still |also )?(?:have|sell|carry)"
    r"|(?:you|u|yall) (?:got|have)|got any|tienen|tienes|venden|manejan|hay) "
)
#: Asks for goods of some kind: "what's good for sleep", "something under 30".
_WISH = regex(
    r"\b(?:whats|what is|which|what)(?: \w+){0,2} "
    r"(?:good|best|cheapest|strongest|recommend|(?:do )?(?:you|u) (?:have|got))\b"
    r"|\b(?:something|anything|algo) (?:for|to|that|under|para|que)\b|\bwhat can i (?:take|get|try|buy)\b"
    r"|\bque me recomi\w+\b"
)
#: Wants it for the person who writes: "a preroll for me".
_FOR_ME = regex(r"\bfor (?:myself\b|me\b(?! (?:and|or)\b))|\bpara mi(?= (?:que|un|una|y)\b|$)")


def questions_beside(texts: Sequence[str], kind: str, is_danger: Callable[[str], object]) -> tuple[str, ...]:
    """What texts ask beside a danger that is no emergency.

    Args:
        texts: As they came, oldest first.
        kind: The gravest kind of danger, by its name in `motabot.conversation.safety.Kind`.
        is_danger: Whether a sentence or a clause by itself is about any danger.
    """
    sentences = [s for text in texts for s in _SENTENCE_END.split(text) if s.strip()]
    dangers = [s for s in sentences if is_danger(s)]
    others = [s for s in sentences if s not in dangers and len(s.split()) >= _FEWEST_WORDS and not _is_aside(s)]
    if not dangers:  # together they are about it
        return tuple(filter(_asks_for_stock, others))
    return (*others, *(part for s in dangers for part in _asked_in(s, kind) if not is_danger(part)))


def asks_only_of_shop(texts: Sequence[str]) -> bool:
    """Whether texts ask for what the shop states or for the own account, and nothing else: "when do you close"."""
    clauses = [normal(part) for text in texts for part in _PART_END.split(text)]
    asking = [words for words in clauses if len(words.split()) >= _FEWEST_WORDS and not _GREETS.fullmatch(words)]
    return bool(asking) and all(map(_asks_of_shop, asking)) and is_calm(plain_clauses(" . ".join(texts)))


def _asked_in(sentence: str, kind: str) -> list[str]:
    """The clauses of a sentence that ask for something else than its danger, and may be answered beside it.

    They ask for what the shop states or for the own account ("do you take debit", "how many points do i have");
    and for goods, unless these could reach an unborn child or a minor, or meet a medicine.

    Args:
        sentence: A sentence that is about the kind.
        kind: The name of a kind of `motabot.conversation.safety.Kind`.
    """
    parts = [part.strip() for part in _PART_END.split(sentence)]
    plain = [(part, normal(part)) for part in parts if len(parts) > 1]
    is_for_me = kind != "minor" or any(_FOR_ME.search(words) for _part, words in plain)
    may_offer = kind not in ("pregnancy", "medication") and is_for_me
    return [part for part, words in plain if _asks_of_shop(words) or (may_offer and _asks_for_goods(words))]


def _asks_of_shop(words: str) -> bool:
    """Whether a clause, as `normal` gives it, asks for what the shop states or for the own account."""
    return bool(_SHOP.search(words) and _ASKS.search(words))


def _asks_for_goods(words: str) -> bool:
    return bool(_STOCK.search(f"{words} ") or _WISH.search(words)) and not _POINTS_BACK_TO_THING.search(words)


def _asks_for_stock(sentence: str) -> bool:
    """Whether a sentence asks what the shop has, whatever the others say: "is there anything sugar free"."""
    return bool(_STOCK.search(normal(sentence)))


def _is_aside(sentence: str) -> bool:
    """Whether a sentence only adds details to what was answered: "my buddy lives there"."""
    plain = normal(sentence)
    if _GREETS.fullmatch(plain) or _CLOSES.search(plain):
        return True
    return bool(_POINTS_BACK.search(plain)) and not ("?" in sentence or _ASKS.search(plain))
