"""Phone numbers, however they are written.

`to_e164` decides whether two spellings are one number. The database has the same function as ``motabot.e164``
(see `motabot.db.phone_function`), which takes the tables and patterns below, so that an index can find a number
in any spelling; a test holds the two against each other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat, ValidationResult

from motabot.text.regex import regex

#: More characters than this are not a phone number, whatever they are.
LONGEST: Final = 64
_DIGITS = "".join(chr(zero + n) for zero in (0xFF10, 0x0660, 0x06F0) for n in range(10))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\uff0d"
_SPACES = "\t\n\v\f\r\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
#: Characters and their replacements, one for one; invisible ones follow and are removed.
ODD: Final = f"{_DIGITS}{_DASHES}{_SPACES}\uff0b\uff08\uff09[]\u00b7\u2022\uff0e\uff0f{_INVISIBLE}"
PLAIN: Final = f"{'0123456789' * 3}{'-' * len(_DASHES)}{' ' * len(_SPACES)}+()()..." + "/"
#: Patterns in the syntax that Python and PostgreSQL share.
SCHEME: Final = "^[tT][eE][lL]:"
EXTENSION: Final = "( *;[eE][xX][tT]=| *([eE][xX][tT]([eE][nN][sS][iI][oO][nN]|[nN])?[.:]?|[xX#,]) *)[0-9]{1,7}$"
LOOKS_LIKE_A_NUMBER: Final = "^[(]?[+]?[0-9()./ -]{7,}$"
#: Mexican mobiles, which were dialed with a 1 after the country's code until 2019 and still arrive so.
OLD_MEXICAN_MOBILE: Final = "^521([0-9]{10})$"

_TRANSLATION = str.maketrans(ODD[: len(PLAIN)], PLAIN, ODD[len(PLAIN) :])
_SCHEME, _EXTENSION = regex(SCHEME), regex(EXTENSION)
_LOOKS_LIKE_A_NUMBER = regex(LOOKS_LIKE_A_NUMBER)
_OLD_MEXICAN_MOBILE = regex(OLD_MEXICAN_MOBILE)
_NOT_A_DIGIT = regex("[^0-9]")


def is_region(region: str) -> bool:
    """Whether these two letters are a region that has phone numbers."""
    return region in phonenumbers.SUPPORTED_REGIONS


@lru_cache(maxsize=4096)
def to_e164(raw: str, region: str) -> str | None:
    """The number in E.164, or None for what cannot be replied to: a short code, a name, a fragment.

    Possible numbers are enough; assigned ones change faster than any list. An extension is left out, since a text
    goes to the number alone. A leading 00 means + wherever that makes a possible number.

    Args:
        raw: As the SMS layer or the shop wrote it.
        region: ISO region of numbers that lack a +, for example "US".
    """
    if len(raw) > LONGEST:
        return None
    words = raw.translate(_TRANSLATION).strip(" ")
    words = _EXTENSION.sub("", _SCHEME.sub("", words)).strip(" ")
    if not _LOOKS_LIKE_A_NUMBER.fullmatch(words):
        return None
    digits = _NOT_A_DIGIT.sub("", words)
    if "+" in words:
        return _possible_international(digits)
    if digits.startswith("00") and (number := _possible_international(digits[2:])):
        return number
    return _possible(_old_mexican_mobile_in(region).sub(r"\g<1>52\2", digits), region)


def phone_key(raw: str, region: str) -> str:
    """What a phone is known by: the number in E.164; of what is not a number, the words themselves."""
    return to_e164(raw, region) or raw[:LONGEST]


def _possible_international(digits: str) -> str | None:
    return _possible("+" + _OLD_MEXICAN_MOBILE.sub(r"52\1", digits), None)


@lru_cache(maxsize=8)
def _old_mexican_mobile_in(region: str) -> re.Pattern[str]:
    """A Mexican mobile as it is dialed from a region, or written without a + in Mexico."""
    rules = PhoneMetadata.metadata_for_region(region)
    abroad = (rules.international_prefix if rules else None) or "(?!)"
    return regex(f"^((?:{abroad}){'|' if region == 'MX' else ''})521([0-9]{{10}})$")


def _possible(dialed: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(dialed, region)
    except NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
