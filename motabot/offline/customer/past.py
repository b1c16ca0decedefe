"""What a short text asks of the purchases that were just told of: when, where, how often, for how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from motabot.boundary import JsonObject
from motabot.catalog.vocabulary import CATEGORIES
from motabot.customers.context import TurnContext
from motabot.customers.records import Lookup
from motabot.offline.customer import state
from motabot.offline.customer.purchases import goes_on
from motabot.offline.customer.referents import gathered, last_products
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import PURCHASES, Product
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.swaps import names_another
from motabot.offline.dates import parse
from motabot.offline.dates.ranges import Span, days_of
from motabot.text.language import detect_language
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_OF_VISIT, _OFTEN, _SPENT, _SINCE_THEN, _WHICH_MORE, _STILL_HAD, _OF_KIND, _BEFORE_THAT, _ONLY_KIND = map(
    _LEXICON.pattern,
    "of_visit often spent since_then which_more still_had of_kind before_that only_kind".split(),
)
_SUM, _FAVORITES = "sum_my_purchases", "list_my_favorites"
#: A longer text says what it asks about.
_LONGEST = 12
_COMPARED = 2
#: The words of a period are the same on any day.
_ANY_DAY = date(2026, 7, 1)


def asks_of_visit(plain: str) -> bool:
    """Whether a text in normal form asks something of the visit that was told of: "when was that"."""
    return bool(_OF_VISIT.fullmatch(plain))


@dataclass(frozen=True)
class Past:
    """A short text after a reply about purchases.

    Attributes:
        context: The turn.
        plain: The text in normal form.
        wish: What it wants, read as one wish.
    """

    context: TurnContext
    plain: str
    wish: Slots

    @cached_property
    def shown(self) -> Sequence[JsonObject]:
        """The products that were named last."""
        return last_products(self.context)

    def asked(self) -> tuple[Request, ...]:
        """What the text asks of the purchases; nothing if it asks something else."""
        told = next((each for each in self.context.last_shown if each.tool in {PURCHASES, _SUM, _FAVORITES}), None)
        if len(self.plain.split()) > _LONGEST:
            return ()
        if _WHICH_MORE.search(self.plain) and not self.wish.says_something:
            return self._which_more(told)
        if told is None:
            return ()
        ways = (
            self._of_favorites,
            self._of_period_before,
            self._of_visit,
            self._often,
            self._spent,
            self._since_then,
            self._further,
            self._another,
            self._of_kind,
        )
        return next(filter(None, (way(told) for way in ways)), ())

    def _which_more(self, told: Lookup | None) -> tuple[Request, ...]:
        """How often each of two was bought, or what is bought most of all."""
        both = self._spoken_of
        if len(both) != _COMPARED or (told and told.tool == _FAVORITES):
            return (Request("usual", self.plain),)
        return tuple(replace(self._of_product("spent", each), number=n) for n, each in enumerate(both))

    def _further(self, told: Lookup) -> tuple[Request, ...]:
        """Another figure of the same purchases, or the same figure of others: "per visit i mean"."""
        if told.tool == _FAVORITES or not goes_on(self.plain, self.context):
            return ()
        return (Request("spent", self.plain, state.bought_wish([told])),)

    def _of_favorites(self, told: Lookup) -> tuple[Request, ...]:
        is_asked = told.tool == _FAVORITES and _STILL_HAD.fullmatch(self.plain)
        asks = frozenset({"stock"})
        return (Request("usual", self.plain, meant=tuple(self.shown), asks=asks),) if is_asked else ()

    def _of_period_before(self, told: Lookup) -> tuple[Request, ...]:
        """The same of the month, week or year before the one that was told of: "and the month before"."""
        since, until = (str(told.arguments.get(name) or "") for name in ("since", "until"))
        if not (since and until) or since == until or not _BEFORE_THAT.fullmatch(self.plain):
            return ()
        period = Span(date.fromisoformat(since), date.fromisoformat(until)).before()
        assert period.first is not None
        said = normal(days_of(period.first, period.last, _ANY_DAY, detect_language(self.plain)))
        return (Request("spent" if told.tool == _SUM else "last_visit", said, state.bought_wish([told])),)

    def _of_visit(self, told: Lookup) -> tuple[Request, ...]:
        if told.tool != PURCHASES or not asks_of_visit(self.plain):
            return ()
        bought = state.bought_wish([told])
        return (Request("history" if bought.names else "last_visit", self.plain, bought),)

    def _often(self, told: Lookup) -> tuple[Request, ...]:
        if told.tool == _FAVORITES or not _OFTEN.fullmatch(self.plain):
            return ()
        bought = state.bought_wish([told])
        if not bought.names and len(self.shown) == 1:
            return (self._of_product("spent", self.shown[0]),)
        return (Request("spent", self._in_period, bought),)

    def _spent(self, told: Lookup) -> tuple[Request, ...]:
        """What was spent on a product or a kind of which purchases were told."""
        bought = state.bought_wish([told])
        is_asked = told.tool == PURCHASES and (bought.names or bought.category) and _SPENT.fullmatch(self.plain)
        return (Request("spent", self._in_period, bought),) if is_asked else ()

    def _since_then(self, told: Lookup) -> tuple[Request, ...]:
        if told.tool != PURCHASES or not self.shown or not _SINCE_THEN.search(self.plain):
            return ()
        now = Request("follow_up", self.plain, meant=tuple(self.shown), asks=frozenset({"price"}))
        return (Request("last_visit", f"{self.plain} paid", state.bought_wish([told])), now)

    def _another(self, told: Lookup) -> tuple[Request, ...]:
        """The same of another product: "what about the sherbert"."""
        if told.tool == _FAVORITES or not state.bought_wish([told]).names or not self.wish.knows_names:
            return ()
        if not names_another(self.plain):
            return ()
        return (Request("history" if told.tool == PURCHASES else "spent", self._in_period, self.wish),)

    def _of_kind(self, told: Lookup) -> tuple[Request, ...]:
        """The same of another kind: "on flower only"."""
        wish = self.wish
        bare = replace(wish, query="", category=None, kind=None)
        is_kind = wish.category is not None and bare == Slots() and len(CATEGORIES.matches(self.plain)) == 1
        if told.tool == _FAVORITES and is_kind and _ONLY_KIND.fullmatch(self.plain):  # "the pen only"
            return (Request("usual", self.plain, wish),)
        is_told = told.tool == _SUM or (told.tool == PURCHASES and state.bought_wish([told]).category is not None)
        if not is_told or not is_kind or not _OF_KIND.fullmatch(self.plain):
            return ()
        return (Request("spent" if told.tool == _SUM else "history", self._in_period, wish),)

    def _of_product(self, intent: str, product: Product) -> Request:
        name = normal(str(product.get("name")))
        return Request(intent, self.plain, Slots(query=name, names=(name,), knows_names=True))

    @property
    def _spoken_of(self) -> list[JsonObject]:
        """The products named last, and if it was one, those named before it."""
        return gathered(self.context) if len(self.shown) == 1 else [*self.shown]

    @property
    def _in_period(self) -> str:
        """The text with the period that was spoken of, if it names none."""
        texts = [plain_words(line.text) for line in self.context.history if line.author == "customer"]
        for text in (self.plain, *texts[: -state.REMEMBERED - 1 : -1]):
            if spans := parse.find(text, _ANY_DAY)[0]:
                return self.plain if text == self.plain else f"{self.plain} {spans[0].said}"
        return self.plain
