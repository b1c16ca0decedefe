"""Phone numbers."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

_LOOKS_LIKE_A_NUMBER = re.compile(r"\+?[\d\s().\-/]{7,}")


@lru_cache(maxsize=4096)
def to_e164(raw: str, region: str) -> str | None:
    """The number in E.164, or None for what cannot be replied to: a short code, a name, a fragment.

    Possible numbers are enough; assigned ones change faster than any list.

    Args:
        raw: As the SMS layer or the shop wrote it.
        region: ISO region of numbers that lack a +, for example "US".
    """
    if not _LOOKS_LIKE_A_NUMBER.fullmatch(raw.strip()):
        return None
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
