"""The words and pieces of patterns that spans of time are made of, in English and Spanish."""

from __future__ import annotations

from motabot.text.number_words import number_words

MONTHS = (
    "january|jan|enero|ene february|feb|febrero march|mar|marzo april|apr|abril|abr may|mayo june|jun|junio"
    " july|jul|julio august|aug|agosto|ago september|sept|sep|septiembre|setiembre october|oct|octubre"
    " november|nov|noviembre december|dec|diciembre|dic"
)

DAYS = (
    "monday|mon|lunes tuesday|tues|tue|martes wednesday|wed|miercoles thursday|thurs|thu|jueves"
    " friday|fri|viernes saturday|sat|sabado sunday|sun|domingo"
)

ORDINALS = "first|1st|primer second|2nd|segundo third|3rd|tercer fourth|4th|cuarto"


def _table(words: str) -> dict[str, int]:
    return {name: number for number, names in enumerate(words.split(" "), 1) for name in names.split("|") if name}


MONTH_NUMBERS, DAY_NUMBERS, ORDINAL_NUMBERS = _table(MONTHS), _table(DAYS), _table(ORDINALS)

#: As in "a week", "a couple of days"; what stands between the words of one number is an underscore.
NUMBER_WORDS = {
    **number_words(1, 12),
    **dict.fromkeys(("a", "an", "un", "una"), 1),
    **dict.fromkeys(("couple", "couple_of"), 2),
    "once": 11,
}

UNITS = {
    "hour": "hours?|hrs?|horas?",
    "day": "days?|dias?",
    "week": "weeks?|wks?|semanas?",
    "month": "months?|mos|mes|meses",
    "quarter": "quarters?|trimestres?",
    "year": "years?|yrs?|anos?",
}


def any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


MONTH = f"(?:{any_of(MONTH_NUMBERS)})"

WEEKDAY = f"(?:{any_of(DAY_NUMBERS)})"

NUMBER = rf"(?:\d{{1,3}}|couple\s+of|{any_of(NUMBER_WORDS)})"

UNIT = "(?:" + "|".join(UNITS.values()) + ")"

DAY = r"\d{1,2}(?:st|nd|rd|th|o)?"

YEAR = r"(?:,?\s*(?:of\s+|de\s+|del\s+)?(?:20\d\d))?"

#: A whole day, written out.
DATE = (
    rf"(?:20\d\d-\d\d?-\d\d?|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|{MONTH}\.?\s+(?:the\s+)?{DAY}\b{YEAR}"
    rf"|{DAY}\s+(?:of\s+|de\s+)?{MONTH}\b{YEAR}|today|yesterday|hoy|ayer|(?:last\s+)?{WEEKDAY})"
)

FROM = r"(?:between|from|entre|desde|del|de)\s+(?:the\s+|el\s+)?"

TO = r"\s*(?:and|to|until|till|through|thru|y|al|a|hasta|-)\s*(?:the\s+|el\s+)?"

LAST = r"(?:last|past|previous|prior|trailing|ultim[oa]s?|pasad[oa]s?|previous)"

WHEN = (
    r"(?:the\s+|el\s+|la\s+)?(?:start of\s+|beginning of\s+)?"
    rf"(?P<when>{DATE}|(?:last\s+)?{MONTH}{YEAR}|{LAST}\s+{UNIT}|{UNIT}\s+pasad[oa]|20\d\d|{NUMBER}\s+{UNIT}\s+ago|hace\s+{NUMBER}\s+{UNIT})"
)

ON = r"(?:\s+(?:on|onwards?|forward|en adelante|(?:till|until|up to|through|to) (?:now|today|date)|hasta hoy))"

IN = r"(?:(?:in|on|for|of|from|during|over|within|en|de|durante)\s+)?(?:the\s+|el\s+|la\s+|los\s+|las\s+)?"
