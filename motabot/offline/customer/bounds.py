"""The figures in a text that bound a wish: the price, THC, the ratio of CBD, how many in a pack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from motabot.catalog.sizes import Size
from motabot.text.language import load_lexicon
from motabot.text.number_words import in_figures, number_words
from motabot.text.patterns import Lexicon, Pattern
from motabot.text.regex import regex

_LEXICON = load_lexicon()
_CUES = {name: regex("|".join(_LEXICON["cues"][name])) for name in ("max_price", "min_thc", "price_is_told")}
_FORMS = Lexicon(Path(__file__).with_name("slots.toml"))
_BETWEEN_PRICES, _BETWEEN_THC = _FORMS.pattern("between_prices"), _FORMS.pattern("between_thc")
_MORE_CBD, _NO_CBD, _PACK, _NO_HIGH = (_FORMS.pattern(name) for name in ("more_cbd", "no_cbd", "pack", "no_high"))
_EXACTLY, _ABOUT, _LEAST_PRICE, _RECALLED = (
    _FORMS.pattern(name) for name in ("exactly", "about", "least_price", "recalled_price")
)
#: "About 90" is from a fifth less to a tenth more.
_NEAR_BELOW, _NEAR_ABOVE = Decimal("0.8"), Decimal("1.1")
#: "Like 40 bucks tops" is no more than 40.
_TOPS = regex(
    r"\b(\d{1,4}) (?:(?:dollars?|bucks?|bux|dolares|pesos|varos|bolas) )?(?:tops|max(?:imum)?|at (?:the )?most"
    r"|or (?:less|under|below)|o menos|(?:como |de )?maximo|a lo (?:mucho|mas)|cuando mucho)\b"
)
#: A customer who has an amount of money may spend less: "we have about $80".
_HAS_MONEY = regex(r"\b(?:have|has|got|budget|spend|spending|tengo|tenemos|traigo|presupuesto|gastar)\b")
_COUNTS = {**number_words(2, 10), "packs": 0, "pack": 0, "paquete": 0, "paquetes": 0}
#: "1:1", "20:1": parts of CBD for each part of THC.
_EVENLY = (
    r"\b(?:1|one) to (?:1|one)\b|\b1 a 1\b|\b(?:equal|same|even|balanced|igual|mism[oa]|parej[oa])s?"
    r"(?: \w+){0,2} (?:cbd|thc) (?:and|to|as|than|y|que|a|&) (?:thc|cbd)\b"
    r"|\b(?:half|mitad) (?:thc|cbd)\W+(?:and |y )?(?:half|mitad) (?:thc|cbd)\b"
)
_RATIO = regex(rf"(?<![\d:])(?:\d{{1,2}}:1|1:\d{{1,2}})(?![\d:])|{_EVENLY}", re.IGNORECASE)
_EVEN = regex(rf"(?<![\d:])1 ?: ?1(?![\d:])|{_EVENLY}", re.IGNORECASE)
#: "Under 20% THC", "menos de 5 mg".
_MAX_THC = regex(
    r"\b(?:under|below|less than|no more than|at most|max(?:imum)?|up to|menos de|debajo de|hasta|m[aá]ximo"
    r"|no pas\w+ de?"
    r"|(?:nothing|no|not|nada|isnt) (?:stronger|higher|more|over|above|mas fuerte) ?(?:than|que|de)?)\s+"
    r"(\d{1,3}(?:\.\d+)?)\s*(?:%|percent|por ciento|mgs?\b|milligrams?|miligramos?)",
    re.IGNORECASE,
)
_MIN_MG = regex(
    r"\b(?:over|above|more than|stronger than|higher than|at least|m[aá]s fuertes? (?:que|de)|m[aá]s de"
    r"|arriba de|m[ií]nimo) \d{1,4} ?(?:mgs?|milligrams?|miligramos?)\b",
    re.IGNORECASE,
)
_RANGE_MG = regex(
    r"\b\d{1,4}(?: ?mgs?)? (?:to|and|a|y) \d{1,4} ?(?:mgs?|milligrams?|miligramos?)\b", re.IGNORECASE
)
#: The milligrams that one serving holds at most, in California.
_SERVING = Decimal(10)
#: "Never again with the 100 mg stuff" does not ask for 100 mg.
_REFUSED_MG = regex(
    r"\b(?:never again|no more|not|no|without|nunca m[aá]s|sin)(?: w(?:ith)?/?)?"
    r"(?: (?:the|those|that|any|los|las|de))* \d{1,4} ?mgs?\b",
    re.IGNORECASE,
)
#: "Under 10 mg" excludes 10 mg; no label is more exact than a tenth.
_LESS, _LESS_THAN = Decimal("0.1"), regex(r"(?:under|below|less than|menos de|debajo de)\b", re.IGNORECASE)
_STRONGER_THAN = regex(r"(?:stronger|higher) than|mas fuerte")
_UNDER = regex(
    r"\b(?:under|below|less than|cheaper than|menos de|(?:debajo|abajo) de) (?:like |los )?\d{1,4}\b"
    r"(?! ?(?:mg|percent|thc|eighths?|8ths?|quarters?|halves|ounces?|oz|zips?|joints?|octavos?|onzas?))"
)
_NO_THC = regex(
    r"\b(?:no|zero|without|sin|0|free of|not have|with no|nada de"
    r"|no (?:tengan?|lleven?|contengan?|traigan?)) (?:any |nada de |el )?thc\b|\bthc[ -]?free\b",
    re.IGNORECASE,
)
_MG_OR_LESS = regex(r"(\d{1,3})\s*mgs?\b(?: \w+)? (?:or less|or under|max\w*|tops|at most|o menos)", re.IGNORECASE)


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a figure may be; None if it is not bounded.

    Attributes:
        least, most: The bounds.
        is_under: Whether it must be less than the most: "under 30".
    """

    least: Decimal | None = None
    most: Decimal | None = None
    is_under: bool = False


def price_bounds(text: str, plain: str) -> Bounds:
    """What one may cost, in dollars: "under 30", "between 30 and 40", "about 90", "the $18 one".

    Args:
        text: As the customer wrote it, with its dollar signs.
        plain: The same in normal form.
    """
    if recalled_price(plain) is not None:
        return Bounds()
    counted = in_figures(plain)
    if between := _range(_BETWEEN_PRICES, plain):
        return between
    if found := _EXACTLY.search(counted):
        price = Decimal(next(filter(None, found.groups())))
        return Bounds(price, price)
    if found := _TOPS.search(counted):
        return Bounds(None, Decimal(found[1]))
    if (found := _ABOUT.search(counted)) and _HAS_MONEY.search(counted):
        return Bounds(None, Decimal(next(filter(None, found.groups()))))
    if found:
        price = Decimal(next(filter(None, found.groups())))
        return Bounds(price * _NEAR_BELOW, price * _NEAR_ABOVE)
    if found := _LEAST_PRICE.search(counted):
        return Bounds(Decimal(next(filter(None, found.groups()))), None)
    return Bounds(None, _most_price(text, plain, counted), bool(_UNDER.search(counted)))


def recalled_price(plain: str) -> Decimal | None:
    """The price that the writer of a text in normal form asks to confirm: "is it still 29.50"."""
    found = _RECALLED.search(plain)
    if found is None:
        return None
    dollars, *cents = filter(None, found.groups())
    return Decimal(".".join((dollars, *cents)))


def _most_price(text: str, plain: str, counted: str) -> Decimal | None:
    found = _CUES["max_price"].search(counted)
    if found:
        return Decimal(next(filter(None, found.groups())))
    signed = re.search(r"\$\s?(\d{1,4})\b(?! ?(off|back))", text)
    return Decimal(signed[1]) if signed and not _CUES["price_is_told"].search(plain) else None


def thc_bounds(text: str, plain: str) -> Bounds:
    """How much THC one may have, in percent or milligrams: "between 15 and 20 percent", "under 10 mg"."""
    if between := _range(_BETWEEN_THC, plain):
        return between
    least, most = _least_thc(plain), Decimal(0) if wants_no_high(plain) else _most_thc(text)
    return Bounds(None if least is not None and least == most else least, most)  # "not over 50 mg"


def is_dose(size: Size | None) -> bool:
    """Whether a size is one serving, of which a package of edibles mostly holds several: "5mg"."""
    return size is not None and size.unit == "mg" and size.amount <= _SERVING


def without_thc_bounds(text: str) -> str:
    """A text without the THC that it allows at most or at least, or refuses: these are not package sizes."""
    return _REFUSED_MG.sub(" ", _RANGE_MG.sub(" ", _MIN_MG.sub(" ", _MAX_THC.sub(" ", text))))


def _range(pattern: Pattern, plain: str) -> Bounds | None:
    found = pattern.search(plain)
    if found is None:
        return None
    first, last = (Decimal(figure) for figure in found.groups() if figure)
    return Bounds(min(first, last), max(first, last))


def _most_thc(text: str) -> Decimal | None:
    if wants_no_thc(text):
        return Decimal(0)
    found = _MAX_THC.search(text) or _MG_OR_LESS.search(text)
    if found is None:
        return None
    most = Decimal(found[1])
    return max(most - _LESS, Decimal(0)) if _LESS_THAN.match(found[0]) else most


def _least_thc(plain: str) -> Decimal | None:
    found = _CUES["min_thc"].search(plain)
    if found is None:
        return None
    least = Decimal(next(filter(None, found.groups())))
    return least + 1 if _STRONGER_THAN.match(found[0]) else least


def wants_no_thc(text: str) -> bool:
    """Whether a text wants none of it, as the label says it."""
    return bool(_NO_THC.search(text))


def wants_no_high(plain: str) -> bool:
    """Whether a text in normal form wants something that does not make anybody high."""
    return bool(_NO_HIGH.search(plain))


def wants_more_cbd(text: str, plain: str) -> bool:
    """Whether a text wants at least as much CBD as THC: "more CBD than THC", "a 1:1"."""
    wants = bool(_MORE_CBD.search(plain) or _RATIO.search(text))
    return wants and not wants_no_cbd(plain)


def wants_balance(text: str) -> bool:
    """Whether a text wants about as much CBD as THC: "a 1:1"."""
    return bool(_EVEN.search(text))


def wants_no_cbd(plain: str) -> bool:
    """Whether a text in normal form wants nothing that is rich in CBD."""
    return bool(_NO_CBD.search(plain))


def pack(plain: str) -> int | None:
    """How many are wanted in one pack; 0 if any pack will do."""
    found = _PACK.search(plain)
    said = next(filter(None, found.groups()), "") if found else ""
    if said == "1":  # "1 pack of gummies"
        return None
    return int(said) if said.isdigit() else _COUNTS.get(said)
