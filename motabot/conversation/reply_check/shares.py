"""Shares: "17% cheaper per gram" follows from the two prices that it compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from motabot.conversation.reply_check.figures import DIGITS, Amount, money_in, read_number
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.rank_orders import per_unit
from motabot.conversation.reply_check.reading import DraftReading, products_of
from motabot.text.regex import regex

_COMPARES = regex(r"\s?(?:less|cheaper|lower|more|pricier|higher|menos|mas)\b(?! thc)")
#: "About 5% of the $5,623.78 you spent".
_OF_AMOUNT = regex(rf"\s(?:of|de) (?:the |your |that |those |los |tus )?\$(?P<whole>{DIGITS})")
_BY_UNIT = regex(r"\b(?:per|by the|a|an|por|el) (?:g|gram|gramo|mg|milligram|miligramo)\b")
_ROUNDED = Decimal(1)


def is_relative(reading: DraftReading, amount: Amount) -> bool:
    """Whether a percentage says how much less or more one product in sight costs than another."""
    if found := _OF_AMOUNT.match(reading.words, amount.end):
        whole = read_number(found["whole"])
        parts = [one.value for one in money_in(reading.words) if one.value < whole]
        return any(abs(100 * part / whole - amount.value) <= _ROUNDED / 2 for part in parts)
    if not _COMPARES.match(reading.words[amount.end :]):
        return False
    sentence = reading.sentence_at(amount.start)
    own = products_of(sentence.mentions)
    pool = own if len(own) > 1 else products_of(reading.pool(sentence))
    values = [one.price for one in pool if one.price is not None]
    if _BY_UNIT.search(reading.text(sentence)):
        values = list(_unit_prices(pool))
    return any(abs(share - amount.value) <= _ROUNDED for share in _shares(values))


def _unit_prices(products: Sequence[Product]) -> Iterator[Decimal]:
    yield from (price for one in products if (price := per_unit(one)) is not None)


def _shares(values: Sequence[Decimal]) -> Iterator[Decimal]:
    for low in values:
        for high in values:
            if 0 < low < high:
                yield 100 - 100 * low / high
                yield 100 * high / low - 100
