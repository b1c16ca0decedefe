"""What this turn may say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, tzinfo
from decimal import Decimal
from functools import cached_property

from motabot.boundary import JsonMapping
from motabot.conversation.reply_check.figures import money_in
from motabot.conversation.reply_check.gathering import (
    EMAIL,
    Gathering,
    hosts_in,
    phones_in,
    statements_in,
)
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.records import Account, Hours, PeriodSum, Visit
from motabot.conversation.reply_check.vocabulary import Vocabulary, name_tokens
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_NUMBER = regex(r"(?<![\w.])\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Facts:
    """What a draft is checked against.

    Attributes:
        products: The products of this turn, each once.
        shown: The folded names of those that were looked up in this turn.
        found_nothing: Whether a search of this turn found no product.
        computed: Amounts and counts that tools of this turn computed, such as a basket's total.
        visits: The customer's receipts, newest first.
        sums: The sums over a period that tools of this turn computed.
        account: Points, tier and visits.
        hours: Opening hours, with the folded name of the store that keeps them; None for the shop as a whole.
        money: Every amount in any fact; `points`, `numbers`, `percents` and `dates` likewise.
        strings: Every grounded text, folded, for names and places.
        statements: What the shop says of itself, folded: its rules and its knowledge entries.
        entries: The knowledge entries alone, folded.
        history: What the shop's earlier replies in this conversation said, as written, oldest first.
        ailments: Values of `helps_with`, folded: an internal search key that must never reach a customer.
        asked: The customer's newest texts, folded.
        earlier: The customer's earlier texts, folded, oldest first.
        said: All of the customer's own words, folded. They ground names and repeated limits ("under $40"), and
            nothing else.
        phones: The shop's phone numbers, their last ten digits; `hosts` and `emails` of the shop likewise.
        person_asked: Whether a person was asked for in this turn, so that a follow-up may be announced.
        max_segments: The longest text, in SMS segments, with the `opening` that code puts before the reply.
        shop: What the shop says of itself, as it was given.
        never_say: Internal words that must not be sent: the turn's delimiter, placeholders.
        vocabulary: Every name of the catalog.
        today: The turn's day in the shop's zone.
    """

    products: tuple[Product, ...] = ()
    shown: frozenset[str] = frozenset()
    found_nothing: bool = False
    computed: frozenset[Decimal] = frozenset()
    visits: tuple[Visit, ...] = ()
    sums: tuple[PeriodSum, ...] = ()
    account: Account = field(default_factory=Account)
    hours: tuple[tuple[str | None, Hours], ...] = ()
    money: frozenset[Decimal] = frozenset()
    points: frozenset[Decimal] = frozenset()
    numbers: frozenset[Decimal] = frozenset()
    percents: frozenset[Decimal] = frozenset()
    dates: frozenset[date] = frozenset()
    strings: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    ailments: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    phones: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    person_asked: bool = False
    max_segments: int = 3
    opening: str = ""
    shop: JsonMapping = field(default_factory=dict, repr=False)
    never_say: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=Vocabulary, repr=False)
    today: date | None = None

    @classmethod
    def collect(
        cls,
        *sources: object,
        shop: object = None,
        knowledge: Iterable[str] = (),
        zone: tzinfo = UTC,
        today: date | None = None,
        said: Iterable[str] = (),
        person_asked: bool = False,
        max_segments: int = 3,
        opening: str = "",
        never_say: Iterable[str] = (),
        vocabulary: Vocabulary | None = None,
    ) -> Facts:
        """Gather the facts of a turn.

        Args:
            sources: The turn's context and the results of its tools: nested mappings and lists of what JSON holds,
                `Decimal`, `date` and `datetime`. A later record of a product adds to an earlier one. Entries of
                the conversation that are the customer's own (`texts`, history from "customer") count as said, not
                as facts; `helps_with` grounds nothing.
            shop: What the shop says of itself. Its phone, links and e-mail addresses are the only ones that may
                be sent.
            knowledge: Entries of the shop's knowledge base that hold in this turn.
            zone: The shop's zone, which decides on what day a moment was.
            today: The turn's day.
            said: More of the customer's own words.
            person_asked: A person was asked for in this turn.
            max_segments: The longest text, in SMS segments.
            opening: What code puts before the reply.
            never_say: Words of the machinery, such as the turn's delimiter.
            vocabulary: The catalog's names.
        """
        facts = cls._gathered(shop, sources, zone)
        entries = tuple(map(fold_in_place, knowledge))
        earlier = (*facts.earlier, *map(fold_in_place, said))
        return replace(
            facts,
            dates=facts.dates | ({today} if today else set()),
            statements=tuple(dict.fromkeys((*map(fold_in_place, statements_in(shop)), *entries))),
            entries=entries,
            earlier=earlier,
            said=(*earlier, *facts.asked),
            person_asked=person_asked,
            max_segments=max_segments,
            opening=opening,
            never_say=frozenset(fold_in_place(word) for word in never_say if word),
            vocabulary=vocabulary or Vocabulary(),
            today=today,
        )

    @classmethod
    def _gathered(cls, shop: object, sources: Sequence[object], zone: tzinfo) -> Facts:
        """The contents of the shop's facts, the turn's context and the results of its tools."""
        gathering = Gathering(zone)
        gathering.add(shop)
        contacts = tuple(gathering.strings)
        for source in sources[:1]:
            gathering.add(source)
        gathering.begin_look_ups()
        for source in sources[1:]:
            gathering.add(source)
        return cls(
            products=gathering.all_products(),
            shown=frozenset(gathering.shown),
            computed=frozenset(gathering.computed),
            found_nothing=any(
                isinstance(source, Mapping) and source.get("products") == [] for source in sources[1:]
            ),
            visits=_each_once(gathering.visits),
            sums=tuple(gathering.sums),
            account=gathering.account,
            hours=tuple(gathering.hours.items()),
            money=frozenset(gathering.money),
            points=frozenset(gathering.points),
            numbers=frozenset(gathering.numbers),
            percents=frozenset(gathering.percents),
            dates=frozenset(gathering.dates),
            strings=tuple(dict.fromkeys(gathering.strings)),
            history=tuple(gathering.history),
            ailments=frozenset(gathering.ailments),
            asked=tuple(map(fold_in_place, gathering.asked)),
            earlier=tuple(map(fold_in_place, gathering.said)),
            phones=frozenset(found for text in contacts for found in phones_in(text)),
            hosts=frozenset(found for text in contacts for found in hosts_in(text)),
            emails=frozenset(found for text in contacts for found in EMAIL.findall(text)),
            shop=shop if isinstance(shop, Mapping) else {},
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
        """Every grounded text and every text of the customer as words between spaces, to look up runs of words."""
        return tuple(f" {' '.join(name_tokens(text))} " for text in (*self.strings, *self.said))

    @cached_property
    def _spelled_alike(self) -> tuple[str, ...]:
        return tuple(map(_spelled_alike, self.words))

    def is_grounded_name(self, tokens: tuple[str, ...]) -> bool:
        """Whether words occur together in some text of this turn, or are all words of one product."""
        run = _spelled_alike(f" {' '.join(tokens)} ")
        return any(run in text for text in self._spelled_alike) or any(
            set(tokens) <= set(name_tokens(" ".join(filter(None, (product.name, product.brand, product.strain)))))
            for product in self.products
        )

    def effects_of(self, products: Iterable[Product]) -> frozenset[str]:
        """Effects and possible downsides of some products."""
        return frozenset(effect for product in products for effect in product.effects | product.negatives)


def _known_of(visit: Visit) -> tuple[int, bool]:
    """How much is known of a receipt: its lines, and whether a tool looked it up."""
    return len(visit.lines), visit.points_earned is not None


def _spelled_alike(words: str) -> str:
    """Words with one ending for "ie" and "y": "tangies" may be the plural of either."""
    return words.replace("ie ", "y ")


def _each_once(visits: list[Visit]) -> tuple[Visit, ...]:
    """Receipts, newest first. A receipt that was read twice is kept once, with the most lines."""
    kept: dict[tuple[date, object], Visit] = {}
    for visit in visits:
        key = (visit.day, visit.total)
        if key not in kept or _known_of(kept[key]) < _known_of(visit):
            kept[key] = visit
    return tuple(sorted(kept.values(), key=lambda visit: visit.day, reverse=True))
