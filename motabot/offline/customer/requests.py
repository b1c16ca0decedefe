"""What texts ask for: requests, and all those of a turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from motabot.boundary import JsonMapping
from motabot.offline.customer.slots import NOTHING, Slots
from motabot.text.language import Language


@dataclass(frozen=True)
class BasketItem:
    """A quantity of one thing: of a product that was shown, or of what a wish finds."""

    quantity: int
    wish: Slots = NOTHING
    product: JsonMapping | None = None

    def cheapest(self, *, within_all: bool) -> BasketItem:
        """The cheapest of a thing of which only the kind is told, unless another order is asked for.

        Args:
            within_all: Whether a price bounds all things together, so that this one may cost anything by itself.
        """
        wish = replace(self.wish, max_price=None, is_under=False) if within_all else self.wish
        is_bare = not (wish.names or wish.flavor)
        is_open = self.product is None and wish.sort is None and (within_all or is_bare)
        return replace(self, wish=replace(wish, sort="price_low") if is_open else wish)


@dataclass(frozen=True)
class Request:
    """One thing that a text asks for.

    Attributes:
        intent: What, by name; "guess" is a search for words with no other meaning.
        number: Which of several requests of this intent, from 0: "cheapest eighth and cheapest cart" are two.
        query: The whole text in normal form.
        slots: What narrows it down, if it is about goods.
        meant: The products shown before that it points at.
        question: The words to look up among the knowledge entries, where it may be a general question.
        items: The things to add up.
        budget: The dollars to spend on the first of them.
        most: The dollars that all of them together may cost.
        asks: The facts that are asked about what was shown, by name.
        is_unforeseen: Whether something is asked about it that the catalog does not say.
        only_first: Whether only the first that is found is wanted: "whats the cheapest one".
        among: How many products the answer is about, if more were found; 0: all.
        rival: What it is compared with, if that was not shown.
    """

    intent: str
    query: str
    slots: Slots = NOTHING
    meant: tuple[JsonMapping, ...] = ()
    number: int = 0
    question: str = ""
    items: tuple[BasketItem, ...] = ()
    budget: Decimal | None = None
    most: Decimal | None = None
    asks: frozenset[str] = frozenset()
    is_unforeseen: bool = False
    rival: Slots | None = None
    only_first: bool = False
    among: int = 0

    def is_for_order_of(self, wish: Slots) -> bool:
        """Whether a wish is the same in an order: "she loves lemonade, which one is the strongest"."""
        return self.slots.sort is None and replace(wish, sort=None) == self.slots and not self.asks

    @property
    def key(self) -> str:
        """Its name among the requests of a turn, and the beginning of the ids of its calls."""
        return f"{self.intent}#{self.number}" if self.number else self.intent

    @property
    def like_key(self) -> str:
        """The id of the call that looks up what it must be stronger or milder than."""
        return f"like#{self.key}"

    @property
    def forms_key(self) -> str:
        """The id of the call that looks up what else there is of a name that does not come in the kind wanted."""
        return f"forms#{self.key}"

    @property
    def answer_key(self) -> str:
        """The id of the call that looks its question up."""
        return f"answer#{self.key}"


@dataclass(frozen=True)
class RequestReading:
    """All open texts of a turn, read.

    Attributes:
        language: Their language.
        requests: What they ask for, in the order in which a reply answers it.
        left: The requests for which one reply has no room.
        is_partly_handed: Whether a person is asked who must answer more than the reply does.
    """

    language: Language
    requests: tuple[Request, ...]
    left: tuple[Request, ...] = ()
    is_partly_handed: bool = False
