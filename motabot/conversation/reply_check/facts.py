"""What this turn may say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from decimal import Decimal
from functools import cached_property

from motabot.conversation.reply_check.draft import fold
from motabot.conversation.reply_check.figures import money_in
from motabot.conversation.reply_check.gathering import EMAIL, Gathering, ProductFacts, hosts_in, phones_in
from motabot.conversation.reply_check.vocabulary import Vocabulary, name_tokens

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Facts:
    """What a draft is held against.

    Attributes:
        products: The products of this turn.
        prices: Prices of products. `money` holds every amount that may be stated, these included.
        points: Balances and rules counted in points; `balance` is the customer's own, where it is known.
        numbers: Every number that is a value of its own.
        percents: Contents and rates, in percent.
        dates: Days that may be named.
        strings: Every grounded text, folded, for names, phrases and places.
        statements: What the shop says of itself, folded: the only place that may offer something "free".
        ailments: Values of `helps_with`, folded: an internal search key that is never to be told.
        said: The customer's own words, folded. They ground names that are answered about and limits that are
            repeated ("under $40"), and nothing else.
        phones: The shop's phone numbers, their last ten digits; `hosts` and `emails` of the shop likewise.
        person_asked: A person was asked for in this turn, so that a follow-up may be announced.
        max_segments: The longest reply, in SMS segments.
        never_say: Words of the machinery that must not leave it: the turn's delimiter, handles.
        vocabulary: Every name of the catalogue.
    """

    products: tuple[ProductFacts, ...] = ()
    money: frozenset[Decimal] = frozenset()
    prices: frozenset[Decimal] = frozenset()
    points: frozenset[Decimal] = frozenset()
    balance: Decimal | None = None
    numbers: frozenset[Decimal] = frozenset()
    percents: frozenset[Decimal] = frozenset()
    dates: frozenset[date] = frozenset()
    strings: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    ailments: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    phones: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    person_asked: bool = False
    max_segments: int = 3
    never_say: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=Vocabulary, repr=False)

    @classmethod
    def collect(
        cls,
        *sources: object,
        shop: object = None,
        zone: tzinfo = UTC,
        today: date | None = None,
        said: Iterable[str] = (),
        person_asked: bool = False,
        max_segments: int = 3,
        never_say: Iterable[str] = (),
        vocabulary: Vocabulary | None = None,
    ) -> Facts:
        """Gather the facts of a turn.

        Args:
            sources: The turn's context and the results of its tools: nested mappings and lists of what JSON holds,
                `Decimal`, `date` and `datetime`. Entries of the conversation that are the customer's own
                (`texts`, history from "customer") count as said, not as facts; `helps_with` grounds nothing.
            shop: What the shop says of itself. Its phone, links and e-mail addresses are the only ones that may
                be sent.
            zone: The shop's zone, which decides on what day a moment was.
            today: The turn's day.
            said: More of the customer's own words.
            person_asked: A person was asked for in this turn.
            max_segments: The longest reply, in SMS segments.
            never_say: Words of the machinery, such as the turn's delimiter.
            vocabulary: The catalogue's names.
        """
        gathering = Gathering(zone)
        for source in (*sources, shop):
            gathering.add(source)
        contacts = Gathering(zone)
        contacts.add(shop)
        words = tuple(fold(text) for text in (*gathering.said, *said))
        return cls(
            products=tuple(gathering.products),
            money=frozenset(gathering.money),
            prices=frozenset(product.price for product in gathering.products if product.price is not None),
            points=frozenset(gathering.points),
            balance=gathering.balance,
            numbers=frozenset(gathering.numbers),
            percents=frozenset(gathering.percents),
            dates=frozenset(gathering.dates | ({today} if today else set())),
            strings=tuple(dict.fromkeys(gathering.strings)),
            statements=tuple(dict.fromkeys(contacts.strings)),
            ailments=frozenset(gathering.ailments),
            said=words,
            phones=frozenset(found for text in contacts.strings for found in phones_in(text)),
            hosts=frozenset(found for text in contacts.strings for found in hosts_in(text)),
            emails=frozenset(found for text in contacts.strings for found in EMAIL.findall(text)),
            person_asked=person_asked,
            max_segments=max_segments,
            never_say=frozenset(fold(word) for word in never_say if word),
            vocabulary=vocabulary or Vocabulary(),
        )

    @cached_property
    def asked_money(self) -> frozenset[Decimal]:
        """Amounts that the customer named: with "$", or a bare number, as in "under 40"."""
        return frozenset(amount.value for text in self.said for amount in money_in(text)) | self.asked_numbers

    @cached_property
    def asked_numbers(self) -> frozenset[Decimal]:
        """Numbers that the customer named."""
        return frozenset(Decimal(found) for text in self.said for found in _NUMBER.findall(text))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every grounded or said text as words between spaces, for looking up runs of words."""
        return tuple(f" {' '.join(name_tokens(text))} " for text in (*self.strings, *self.said))

    def is_grounded_name(self, tokens: tuple[str, ...]) -> bool:
        """Whether words stand together in some text of this turn, or are all words of one product."""
        run = f" {' '.join(tokens)} "
        return any(run in text for text in self.words) or any(
            set(tokens) <= product.tokens for product in self.products
        )

    def effects_of(self, products: Iterable[ProductFacts]) -> frozenset[str]:
        """Effects and possible downsides of some products."""
        return frozenset(effect for product in products for effect in product.effects | product.negatives)
