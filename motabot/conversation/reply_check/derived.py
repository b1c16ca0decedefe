"""Amounts that follow from named operands: totals, differences, discounts, prices of a gram, points in dollars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from motabot.conversation.reply_check.deals import deal_in, is_qualified, stated_deals
from motabot.conversation.reply_check.figures import Amount, money_in, percents_in, points_in, read_number
from motabot.conversation.reply_check.loyalty import loyalty_rule
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.subjects import Subject, subject_of
from motabot.conversation.reply_check.sums import each_once, orders_of, sums_of
from motabot.text.normalize import fold_in_place
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

_COUNT = regex(
    rf"(?<![\w.$#%-])(?P<number>\d{{1,2}}|{SPOKEN_NUMBER})(?![\w%]|\.\d|\s?(?:m?g|\w*gram[os]*|%|am|pm|oz)\b)"
)
_TIMES = regex(rf"(?<![\w.$])(?P<number>\d{{1,2}}|{SPOKEN_NUMBER})\s?(?:x|at|of them at|a|por|\*)\s?$")
_ANY_TWO = regex(r"\b(?:two|both|pair|2|dos|ambos|ambas|together|instead|swap\w*|replac\w+|or|pair\w*)\b")
_IN_ITS_PLACE = regex(r"\b(?:instead|swap\w*|replac\w+|or|pair\w*|either|any)\b")
#: "If you use 400 points it's $58."
_USES = regex(r"\b(?:us(?:e|es|ed|ing)|with|redeem\w*|spend\w*|appl\w+|usa\w*|con|canje\w+)\b")
_DOUBLE = regex(r"\b(?:twice|double|doble)\b")
_OWN_CENT = Decimal("0.01")
_EIGHTH = Decimal("3.5")
#: How many products are in sight when "instead of" names none.
_FEW = 3


def _pieces(product: Product) -> Decimal:
    """How many pieces a product holds: the five of a "5-Pack"."""
    found = re.search(r"\b(\d{1,2})[- ]?pa?c?k\b", product.folded)
    return Decimal(found[1]) if found else Decimal(1)


class Derivations:
    """What can be computed for one amount, from what its sentence and the draft name."""

    def __init__(self, reading: DraftReading, sentence: Sentence, amount: Amount) -> None:
        self.reading = reading
        self.sentence = sentence
        self.amount = amount
        self.text = reading.text(sentence)

    def per_unit(self, unit: str, subject: Subject | None, *, is_difference: bool) -> Iterator[Decimal]:
        """Prices of a gram or a milligram of the subject, or how far two of them are apart; of all without one."""
        is_plain = subject is not None and subject.mentions and not subject.is_contrast
        near = subject.mentions if subject and is_plain else self.reading.pool(self.sentence)
        values = list(self._unit_prices(unit, products_of(near)))
        if is_difference:
            everyone = list(self._unit_prices(unit, self._family(products_of(self.reading.pool(self.sentence)))))
            yield from (abs(first - second) for first in everyone for second in everyone)
            return
        yield from values

    def _family(self, products: Iterable[Product]) -> tuple[Product, ...]:
        """Products, and the other sizes of them."""
        families = {product.family for product in products}
        return tuple(product for product in self.reading.products if product.family in families)

    @staticmethod
    def _unit_prices(unit: str, products: Iterable[Product]) -> Iterator[Decimal]:
        for one in products:
            if unit == "piece" and _pieces(one) == 1:
                continue
            if unit == "eighth":
                yield from [one.price / one.grams * _EIGHTH] if one.price and one.grams else []
                continue
            if unit == "cbd":
                size = one.cbd if one.unit == "mg" else None
            else:
                size = (
                    _pieces(one)
                    if unit.startswith(("j", "p"))
                    else one.grams
                    if unit[0] == "g"
                    else one.milligrams
                )
            if one.price is not None and size:
                yield one.price / size

    def differences(self, subject: Subject) -> Iterator[Decimal]:
        """The difference of the prices of two named products."""
        pool = self.reading.pool(self.sentence)
        own = products_of(self.sentence.mentions or subject.mentions) or products_of(pool)
        named = each_once(self.sentence.mentions)
        near = products_of(named if len(named) > 1 else pool)
        others = near if len(each_once(pool)) > 1 else self._family(near)
        for first in own:
            for second in others:
                if first.price is not None and second.price is not None and first != second:
                    yield abs(first.price - second.price)
        yield from self._of_several(own)
        yield from (abs(one.price - one.paid).quantize(_OWN_CENT) for one in own if one.price and one.paid)
        stated = [one.value for one in money_in(self.reading.words) if one.start != self.amount.start]
        limits = [one for one in self.reading.facts.asked_money if one > 5]
        known = [*stated, *(one.price for one in own if one.price is not None)]
        yield from (abs(first - second) for first in known for second in [*stated, *limits])

    def _of_several(self, own: Sequence[Product]) -> Iterator[Decimal]:
        """How far one product is from several of another: "the full gram saves you $8 over two halves"."""
        counts = {read_number(found["number"]) for found in _COUNT.finditer(self.text)}
        drafted = [one for other in self.reading.sentences for one in other.mentions]
        prices = {one.price for one in (*own, *products_of(drafted)) if one.price is not None}
        several = {price * count for price in prices for count in counts if 1 < count <= 20}
        yield from (abs(many - price) for many in several for price in prices)

    def either_side(self) -> Iterator[Decimal]:
        """Prices of the two sides of a comparison."""
        near = [*self.sentence.mentions, *self.reading.before(self.sentence)]
        yield from (one.price for one in products_of(near or self.reading.asked) if one.price is not None)
        sizes = {one.grams for one in products_of(mention for mention in near if mention.is_bare)}
        same = [one for one in self._family(products_of(near)) if one.grams in sizes]
        yield from (one.price for one in same if one.price is not None)  # "a quarter is $47 versus $55.50"
        if "gram" in self.text or "mg" in self.text:
            yield from self._unit_prices("g" if "gram" in self.text else "mg", self._family(products_of(near)))

    def others(self, subject: Subject) -> Iterator[Decimal]:
        """Prices of what the subject is compared with."""
        own = set(products_of(subject.mentions))
        beside = [one for one in self.sentence.mentions if not set(one.candidates) & own]
        near = beside or [*self.reading.before(self.sentence), *self.reading.asked] or self.reading.spoken_of
        pool = products_of(near) if set(products_of(near)) - own else self._family(products_of(near))
        yield from (one.price for one in pool if one.price is not None and one not in own)
        if "gram" in self.text or "mg" in self.text:
            yield from self._unit_prices("g" if "gram" in self.text else "mg", pool)
        if 0 < len(self.reading.facts.shown) <= _FEW:
            yield from (one.price for one in self.reading.shown if one.price is not None and one not in own)
        if len(own) == 1:
            yield from (one.price for one in own if one.price is not None)
            yield from (one.paid for one in own if one.paid is not None)

    def totals(self, subject: Subject) -> Iterator[Decimal]:
        """Sums over what the sentence names, with quantities; if it names nothing, over what came before."""
        own = self.sentence.mentions
        earlier = [
            one
            for other in self.reading.sentences
            if other.span.end <= self.amount.start
            for one in other.mentions
        ]
        if own:
            yield from sums_of([own])
            yield from self._multiples(subject.mentions)
            yield from (
                one.price * many.quantity for many in own if many.quantity for one in many.candidates if one.price
            )
            yield from self._with_counts(own)
            if len(own) > 2 and _ANY_TWO.search(self.text):
                yield from sums_of(combinations(own, 2))
        yield from self._stated()
        yield from orders_of(self.reading.orders, self._deals())
        if _DOUBLE.search(self.text):
            yield from (2 * one.price for one in products_of(subject.mentions) if one.price is not None)
        if len(own) < 2:
            yield from self._earlier(earlier, own)
        elif _IN_ITS_PLACE.search(self.text):
            yield from sums_of(combinations(each_once([*own, *earlier]), 2))

    def _with_counts(self, own: Sequence[Mention]) -> Iterator[Decimal]:
        """Sums in which one product is bought as often as the sentence says elsewhere: "with two it's $42"."""
        counts = [read_number(found["number"]) for found in _COUNT.finditer(self.text)]
        named = [one for one in each_once(own) if len(one.candidates) == 1 and one.candidates[0].price is not None]
        if len(named) < 2:
            return
        prices = [one.candidates[0].price or Decimal() for one in named]
        quantities = [one.quantity or Decimal(1) for one in named]
        total = sum((price * many for price, many in zip(prices, quantities, strict=True)), Decimal())
        for price, many in zip(prices, quantities, strict=True):
            yield from (total + price * (count - many) for count in counts if count <= 20)

    def _stated(self) -> Iterator[Decimal]:
        """Sums of the other amounts of the sentence, with quantities: "2 x $8.00 + $22.00"."""
        text, offset = self.reading.words, self.sentence.span.start
        others: list[Decimal] = []
        for amount in money_in(text[: self.sentence.span.end]):
            if amount.start < offset or amount.start == self.amount.start:
                continue
            times = _TIMES.search(text[offset : amount.start])
            others.append(amount.value * (read_number(times["number"]) if times else 1))
        for first in range(len(others)):
            for last in range(first + 1, len(others) + 1):
                if last - first > 1 or others[first] not in {one.value for one in money_in(self.text)}:
                    yield sum(others[first:last], Decimal())

    def _earlier(self, earlier: Sequence[Mention], own: Sequence[Mention]) -> Iterator[Decimal]:
        named = each_once([*earlier, *own])
        if len(own) == 1 and not earlier:  # "with the pre-roll it's $70" adds to what was asked about
            yield from sums_of([each_once([*own, *self.reading.asked])])
        if len(named) > 1:
            yield from sums_of([named])
            yield from sums_of(combinations(named, 2)) if _ANY_TWO.search(self.text) else ()
        if not earlier and not own:
            asked = self.reading.asked
            if asked:
                yield from sums_of([asked])
                yield from self._multiples(asked)
            if not asked:
                spoken = each_once(self.reading.spoken_of)
                yield from self._multiples(spoken)
                yield from sums_of([spoken]) if len(spoken) > 1 else ()
        elif not own and len(named) == 1:
            yield from self._multiples(named)
        if self._has_favorites():
            top = [one for one in self.reading.products if one.bought is not None][:2]
            prices = [one.price for one in top if one.price is not None]
            yield from [sum(prices, Decimal())] if len(prices) > 1 else []

    def _has_favorites(self) -> bool:
        return any("favorit" in text or "usual" in text for text in (*self.reading.facts.asked, self.text))

    def _multiples(self, mentions: Iterable[Mention]) -> Iterator[Decimal]:
        """Prices times the numbers in the sentence or in the customer's text."""
        texts = (self.text, *self.reading.facts.asked)
        counts = {read_number(found["number"]) for text in texts for found in _COUNT.finditer(text)}
        for one in products_of(mentions):
            if one.price is not None:
                yield one.price
                yield from (one.price * count for count in counts if 1 < count <= 50)

    def bases(self, subject: Subject) -> set[Decimal]:
        """What a discount can be taken from: a price, a total, or an amount stated before in this draft."""
        stated = {
            amount.value
            for amount in money_in(self.reading.words)
            if amount.end <= self.amount.start or amount.start >= self.amount.end
        }
        own = {one.price for one in products_of(subject.mentions) if one.price is not None}
        return own | set(self.totals(subject)) | stated

    def discounted(self, subject: Subject) -> Iterator[Decimal]:
        """Prices and totals after a discount that the draft, the customer or the shop names."""
        for base in self.bases(subject):
            for percent in self._percents():
                yield base - (base * percent / 100).quantize(_OWN_CENT)
                yield (base * percent / 100).quantize(_OWN_CENT)
            for taken in self._taken_off():
                if base > taken:
                    yield base - taken

    def reductions(self) -> Iterator[Decimal]:
        """What a discount takes off."""
        subject = subject_of(self.reading, self.amount.start, self.amount.end)
        for base in self.bases(subject):
            yield from ((base * percent / 100).quantize(_OWN_CENT) for percent in self._percents())

    def _percents(self) -> set[Decimal]:
        """Discounts in sight: of the draft, of the customer's newest texts, of the shop's deals for this day."""
        sources = [self.reading.words, *self.reading.facts.asked]
        found = {
            amount.value
            for text in sources
            for amount in percents_in(text)
            if "off" in text or "descuento" in text or "menos" in text
        }
        return found | self._deals()

    def _deals(self) -> set[Decimal]:
        """The shop's discounts that the conversation can mean: for this customer, and on the day that is named."""
        named = " ".join((self.reading.words, *self.reading.facts.asked, *self.reading.facts.earlier))
        said = deal_in(self.text, self.reading)
        days = said.days or deal_in(" ".join((self.reading.words, *self.reading.facts.asked)), self.reading).days
        return {
            Decimal(percent)
            for deal in stated_deals(self.reading)
            for percent in deal.percents
            if (not deal.groups or is_qualified(deal, named)) and (not deal.days or not days or days & deal.days)
        }

    def _taken_off(self) -> set[Decimal]:
        """Amounts that the text takes off: "$20 off", "minus $20"."""
        texts = (self.reading.words, *self.reading.facts.asked)
        rule = loyalty_rule(self.reading.facts.statements)
        used = {
            rule.worth * (amount.value // rule.points)
            for amount in points_in(self.text)
            if rule is not None and _USES.search(self.text)
        }
        return used | {
            amount.value
            for text in texts
            for amount in money_in(text)
            if re.match(r"\s?(?:off|discount|rewards?|credit|de descuento|de recompensa)\b", text[amount.end :])
            or re.search(r"\b(?:minus|less|menos)\s$", text[: amount.start])
        }

    def receipts_with(self, subject: Subject) -> Iterator[Decimal]:
        """Totals of the receipts that hold a product of the sentence."""
        names = {one.folded for one in products_of(subject.mentions)}
        for visit in self.reading.facts.visits:
            if visit.total is not None and any(fold_in_place(line.name) in names for line in visit.lines):
                yield visit.total
