"""Takes phone numbers and e-mail addresses out of words that go to a model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from motabot.text.regex import regex

_EMAIL = regex(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = regex(r"(?<!\w)[+(]?\d[\d\s().\-]{5,}\d(?!\w)")
#: What looks like a phone number but is not: dates in the orders that people write, amounts, hours ("9-9 10-8").
_DATE = (
    r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:(?:19|20)\d\d|\d\d)"
)
_HOURS = r"(?:1[0-2]|[1-9])-(?:1[0-2]|[1-9])"
_KEPT = regex(
    rf"(?<![\d+(.\-])(?:(?:{_DATE})(?![\d\-])|{_HOURS}(?![\d.\-])(?=\s{_HOURS}|\D*$)|\d{{1,4}}\.\d{{1,2}}(?![\d.\-]))"
)
#: The fewest digits of a number that somebody can call.
_FEWEST_DIGITS = 7
#: The digits of a number without its country; a local spelling has fewer.
_NATIONAL_DIGITS = 10


def withhold(words: str, own_numbers: Iterable[str] = ()) -> str:
    """Put "[number]" and "[e-mail]" in the place of phone numbers and e-mail addresses.

    Dates and amounts stay, and so do the shop's own numbers, however they are written.

    Args:
        words: What a customer or the shop wrote.
        own_numbers: The shop's phone numbers, in any spelling.
    """
    own = [_digits(number) for number in own_numbers]

    def mask(found: re.Match[str]) -> str:
        digits = _digits(found[0])
        is_kept = len(digits) < _FEWEST_DIGITS or any(each.endswith(digits[-_NATIONAL_DIGITS:]) for each in own)
        return found[0] if is_kept else "[number]"

    parts: list[str] = []
    end = 0
    hidden = _EMAIL.sub("[e-mail]", words)
    for kept in _KEPT.finditer(hidden):
        parts += [_PHONE.sub(mask, hidden[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*parts, _PHONE.sub(mask, hidden[end:])])


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
