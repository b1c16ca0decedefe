"""A draft read with a turn's facts: its sentences, the products that each is about, and what came before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from motabot.conversation.reply_check.draft import Draft, TextSpan
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.figures import Amount, days_in, money_in, percents_in
from motabot.conversation.reply_check.mentions import Mention, ProductNames
from motabot.conversation.reply_check.pointing import pointers, short_names
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.recall import recall
from motabot.conversation.reply_check.records import Visit
from motabot.conversation.reply_check.settling import settle
from motabot.text.regex import regex


@dataclass(frozen=True)
class FilledReference:
    """Where a reference was filled, and what it refers to.

    Attributes:
        start: Its place in the filled text; `end` is exclusive.
        products: The products that it refers to, by name.
        visits: The receipts that it refers to.
        expression: The text between the braces.
        period: The first and last day of the sum that the figure belongs to.
    """

    start: int
    end: int
    products: tuple[str, ...]
    visits: tuple[Visit, ...] = ()
    expression: str = ""
    period: tuple[date, date] | None = None

    @property
    def is_of_receipts(self) -> bool:
        """Whether it says what was paid: a figure of a visit, or of a sum over visits."""
        return bool(re.search(r"\b[vs]\d+\.", self.expression))


@dataclass
class Sentence:
    """A sentence, or an item of a list.

    Attributes:
        span: Its place.
        mentions: The products that it names, in order.
        carried: The products mentioned before, if it names none or says "it".
    """

    span: TextSpan
    mentions: list[Mention]
    carried: list[Mention] = field(default_factory=list)

    @property
    def subjects(self) -> list[Mention]:
        """What it is about."""
        return self.mentions or self.carried


class DraftReading:
    """A draft with everything that it names, read once for all rules."""

    def __init__(self, draft: Draft, facts: Facts, filled: Sequence[FilledReference] = ()) -> None:
        """
        Args:
            draft: The reply.
            facts: What this turn may say.
            filled: Where code filled references: these figures are facts, though perhaps next to a wrong name.
        """
        self.draft = draft
        self.facts = facts
        self.filled = filled
        self.words = draft.folded

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """The products of the turn, and what earlier replies said of products."""
        return recall(self.facts)

    @cached_property
    def shown(self) -> tuple[Product, ...]:
        """The products that were looked up in this turn; if none were, all that are known."""
        found = tuple(one for one in self.products if one.folded in self.facts.shown)
        return found or self.products

    @cached_property
    def product_names(self) -> ProductNames:
        """The products, ready to be found."""
        return ProductNames.of(self.products)

    @cached_property
    def asked(self) -> list[Mention]:
        """The products that the customer's newest texts name."""
        named = [mention for text in self.facts.asked for mention in self._named(text)]
        return named or [self._as_mention(product) for product in self.favorites]

    @cached_property
    def spoken_of(self) -> list[Mention]:
        """The products that the conversation named last."""
        for text in reversed(self.facts.history):
            if found := self._named(Draft(text).folded):
                return found
        return []

    @cached_property
    def looked_up(self) -> list[Mention]:
        """The one product that was looked up, if it was only one: the answer is about it."""
        found = [one for one in self.products if one.folded in self.facts.shown]
        return [self._as_mention(found[0])] if len(found) == 1 else []

    @cached_property
    def favorites(self) -> list[Product]:
        """What the customer buys most, if the newest texts ask for it; as many as they ask for."""
        asked = next((text for text in self.facts.asked if _FAVORITES.search(text)), None)
        if asked is None:
            return []
        counts = [int(found) for found in re.findall(r"\b[1-9]\b", asked)]
        bought = sorted((one for one in self.products if one.bought), key=lambda one: -(one.bought or 0))
        return bought[: counts[0] if counts else 5]

    @staticmethod
    def _as_mention(product: Product) -> Mention:
        return Mention(-1, -1, (), (product,))

    @cached_property
    def baskets(self) -> list[list[Mention]]:
        """The products, with quantities, of each of the customer's texts that names some, the last one first."""
        texts = [*self.facts.asked[::-1], *self.facts.earlier[::-1]]
        return [found for text in texts if (found := self._named(text))]

    @property
    def orders(self) -> list[list[Mention]]:
        """What the customer may want to buy: what each text names, and what the last two name together."""
        return [*self.baskets, [one for named in self.baskets[:2] for one in named]]

    @property
    def basket(self) -> list[Mention]:
        """Those of the last one."""
        return next(iter(self.baskets), [])

    def _named(self, folded: str) -> list[Mention]:
        found = self.product_names.mentions(folded, 0, len(folded))
        return [mention for mention in found if not mention.is_bare and not mention.is_kind]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences and items, each with what it is about."""
        known: list[Mention] = []
        sentences: list[Sentence] = []
        around = [*self.asked, *self.spoken_of]
        for span in self.draft.lines:
            mentions: list[Mention] = []
            for mention in self.product_names.mentions(self.words, span.start, span.end):
                settled = settle(self.words, mention, [*known, *mentions], around)
                if settled:
                    mentions.append(settled)
            mentions += short_names(self.draft, span, [*mentions], known, self)
            mentions += pointers(self.words[: span.end], span.start, [*mentions], known, self)
            mentions.sort(key=lambda one: one.start)
            last = next((before.mentions for before in reversed(sentences) if before.mentions), [])
            last = [one for one in last if not self.is_reference(one)] or last  # "it" is not what X is "like"
            sentences.append(Sentence(span, mentions, last or self.asked or self.looked_up or self.spoken_of))
            known += mentions
        following = next((one.mentions for one in sentences if any(not each.is_bare for each in one.mentions)), [])
        for sentence in sentences:
            if not sentence.carried:  # "$18 for 100mg. Brownie Bar or Galaxy Bar": the name comes later
                sentence.carried = following
        return sentences

    def filled_at(self, start: int, end: int) -> FilledReference | None:
        """The reference that a stretch was filled from."""
        return next((one for one in self.filled if one.start <= start and end <= one.end + 1), None)

    def sentence_at(self, position: int) -> Sentence:
        """The sentence around a place."""
        return next(found for found in reversed(self.sentences) if found.span.start <= position)

    def text(self, sentence: Sentence) -> str:
        """A sentence, folded."""
        return self.words[sentence.span.start : sentence.span.end]

    def quoted(self, sentence: Sentence, found: re.Match[str]) -> str:
        """The draft's own words where a pattern matched in a sentence's text."""
        return self.draft.excerpt(sentence.span.start + found.start(), sentence.span.start + found.end())

    @cached_property
    def figures(self) -> list[Amount]:
        """Every amount of money, percentage and date."""
        found = [*money_in(self.words), *percents_in(self.words)]
        found += [Amount(Decimal(day.day), day.start, day.end) for day in days_in(self.words)]
        return sorted(found, key=lambda figure: figure.start)

    def is_reference(self, mention: Mention) -> bool:
        """Whether a mention is only what others are compared with: "cheaper than X"."""
        return bool(_COMPARED_WITH.search(self.words[max(0, mention.start - 30) : mention.start]))

    def before(self, sentence: Sentence) -> list[Mention]:
        """The products that earlier sentences name, without those that others are only compared with."""
        named = [
            one for other in self.sentences if other.span.end <= sentence.span.start for one in other.mentions
        ]
        return [one for one in named if not self.is_reference(one)]

    def listed_before(self, sentence: Sentence) -> list[Mention]:
        """What "both" or "all three" means: the items of the list above, or what the sentence before names."""
        earlier = [other for other in self.sentences if other.span.end <= sentence.span.start]
        items = [other.mentions[0] for other in earlier if other.mentions and self.is_item(other)]
        if items:
            return items
        last = next((other for other in reversed(earlier) if other.mentions), None)
        return [one for one in last.mentions if not self.is_reference(one)] if last else []

    def announced(self, sentence: Sentence) -> list[Mention]:
        """The products of the list that a heading such as "For a cheap indica:" announces."""
        following = self.sentences[self.sentences.index(sentence) + 1 :]
        if self.is_item(sentence) or not following or not _HEADING.search(self.text(sentence)):
            return []
        is_heading = self.text(sentence).rstrip().endswith(":")
        items: list[Mention] = []
        for other in following:
            if not other.mentions or not (self.is_item(other) or (is_heading and not items)):
                break
            items.append(other.mentions[0])
            if not self.is_item(other):
                break
        return items

    def items_below(self, sentence: Sentence) -> list[Sentence]:
        """The items after a sentence that name products."""
        following = self.sentences[self.sentences.index(sentence) + 1 :]
        return [other for other in following if other.mentions and self.is_item(other)]

    def is_item(self, sentence: Sentence) -> bool:
        """Whether a sentence is an item of a list."""
        return bool(_ITEM.match(self.text(sentence)))

    def pool(self, sentence: Sentence) -> list[Mention]:
        """Every product in sight of a sentence: its own, the draft's, the customer's and the conversation's."""
        own = list(sentence.mentions)
        drafted = [mention for other in self.sentences if other is not sentence for mention in other.mentions]
        return [*own, *drafted, *self.asked, *self.basket, *self.spoken_of]


_ITEM = regex(r"\s*(?:\d{1,2}[.)]|[-*])\s")
#: A sentence that may announce a list: it ends with a colon or at the end of its line.
_HEADING = regex(r"(?::\s*|\n\s*)$")
_COMPARED_WITH = regex(
    r"\b(?:than|undercuts?|(?:bit|little|touch|hair|shade) (?:under|over)|(?:step|notch|jump|level) (?:up"
    r"|down) (?:in \w+ )?from|(?:half|twice|double|third"
    r"|than) (?:the )?price of|next to|beside|ahead of|behind|above"
    r"|below|beats?|like"
    r"|similar to|same (?:price )?as|as much as|closest to|instead of|compared (?:to|with)"
    r"|unlike|vs\.?|versus|que"
    r"|(?:parecid[oa]s?|similar(?:es)?|se parecen?) al?|como|en vez de)\s"
    r"(?:(?:one|two|three|four|[1-9]|dos|tres|cuatro) |the |your |our |a |an |el |la |tu )?$"
)
_FAVORITES = regex(r"\b(?:favou?rites?|usuals?|most often|buy most|favorit[oa]s?|de siempre)\b")


def products_of(mentions: Iterable[Mention]) -> tuple[Product, ...]:
    """The products that mentions can mean, each once."""
    return tuple(dict.fromkeys(product for mention in mentions for product in mention.candidates))
