"""The requests of a turn, as the conversation before it completes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from motabot.catalog.index import CatalogIndex
from motabot.catalog.strength import EXTRACTS, is_beginner
from motabot.catalog.vocabulary import EFFECTS
from motabot.customers.context import TurnContext
from motabot.offline.customer import state
from motabot.offline.customer.forms import names_ingredient
from motabot.offline.customer.intents import classifier
from motabot.offline.customer.lookups import GOODS
from motabot.offline.customer.questions import asks_to_redeem, visits_ago
from motabot.offline.customer.reading import read
from motabot.offline.customer.references import point
from motabot.offline.customer.requests import Request, RequestReading
from motabot.offline.customer.results import PURCHASES, Product
from motabot.offline.customer.slots import Slots, plain_words

#: Requests that change the last wish where they are short.
_EDITABLE = frozenset(("search", "recommend", "guess", "cheaper"))
#: Requests that speak of products.
_PRODUCTS = frozenset(GOODS) | {"question"}
#: Effects near to one that a catalog does not list.
_NEAR = {
    "Giggly": ("Happy", "Euphoric"),
    "Aroused": ("Euphoric", "Relaxed"),
    "Talkative": ("Uplifted", "Happy"),
    "Tingly": ("Relaxed",),
    "Euphoric": ("Happy",),
    "Uplifted": ("Happy", "Energetic"),
    "Happy": ("Uplifted", "Euphoric"),
    "Creative": ("Focused", "Uplifted"),
    "Focused": ("Creative", "Energetic"),
    "Sleepy": ("Relaxed",),
}
#: A text of so few words goes on with the topic before.
_FEW = 7
#: Tools that tell of a time, and the request that a text like "and august?" repeats.
_TIMES = {"sum_my_purchases": "spent", PURCHASES: "last_visit"}


@dataclass(frozen=True)
class Dialogue:
    """One turn in its conversation.

    Attributes:
        context: The turn.
        shown: The products that the shop's last text named.
        index: The catalog's words.
        stores: The names of the shop's stores in normal form.
    """

    context: TurnContext
    shown: Sequence[Product]
    index: CatalogIndex
    stores: Sequence[str] = ()

    def read(self) -> RequestReading:
        """The turn's texts, with what the conversation adds to them.

        Whoever names an ingredient is told that it is not known, whatever products are named with it.
        """
        reading = self._read()
        intents = {each.intent for each in reading.requests}
        if not names_ingredient(self._plain) or not intents & GOODS.keys() or "ingredients" in intents:
            return reading
        return replace(reading, requests=(Request("ingredients", self._plain), *reading.requests))

    def _read(self) -> RequestReading:
        reading = self._alone
        requests = (
            self._accepted() or self._repeated() or self._redeemed() or self._still_there() or self._among_shown()
        )
        if requests:
            return replace(reading, requests=requests)
        edited = self._edited(reading.requests)
        return replace(reading, requests=tuple(self._in_stock(self._kept_mild(each)) for each in edited))

    @cached_property
    def _texts(self) -> list[str]:
        return [state.after_correction(text) for text in self.context.questions]

    @cached_property
    def _plain(self) -> str:
        return plain_words(" ".join(self._texts))

    @cached_property
    def _said(self) -> list[str]:
        return [line.text for line in self.context.history if line.author == "customer"]

    @cached_property
    def _alone(self) -> RequestReading:
        return read(self._texts, self.shown, self.index, self._said)

    def _intents(self) -> set[str]:
        return {each.intent for each in self._alone.requests}

    def _last_tools(self) -> set[str]:
        return {each.tool for each in self.context.last_shown}

    def _accepted(self) -> tuple[Request, ...]:
        """A person, where the last reply offered one and the text says yes."""
        last = next((line.text for line in reversed(self.context.history) if line.author == "shop"), "")
        is_offered = '"person"' in last or '"persona"' in last
        return (Request("person", self._plain),) if is_offered and state.agrees(self._plain) else ()

    def _repeated(self) -> tuple[Request, ...]:
        """The last request once more, for another time: "what about friday", "nah i mean august"."""
        topics = [str(e.arguments.get("topic")) for e in self.context.last_shown if e.tool == "show_shop_info"]
        is_short = len(self._plain.split()) <= _FEW and not self._intents() & {"person", "order", "complaint"}
        if topics and is_short and state.asks_further(self._plain, self.stores):
            return tuple(Request(topic, self._plain) for topic in topics)
        about_visit = visits_ago(self._plain) or state.asks_for_sum(self._plain)
        if PURCHASES in self._last_tools() and about_visit and is_short:
            return (Request("last_visit", self._plain),)
        asks_on = state.asks_for_attribute(self._plain) or state.asks_whether_had(self._plain)
        if "list_my_favorites" in self._last_tools() and asks_on:
            return (Request("usual", self._plain),)
        if not state.names_only_a_time(self._plain):
            return ()
        if "hours" in topics:
            return (Request("hours", self._plain),)
        again = next((_TIMES[each.tool] for each in self.context.last_shown if each.tool in _TIMES), None)
        return (Request(again, self._plain),) if again else ()

    def _redeemed(self) -> tuple[Request, ...]:
        """What points are good for, where the balance was just told."""
        if asks_to_redeem(self._plain) and "show_my_profile" in self._last_tools():
            return (Request("points", self._plain), Request("loyalty", self._plain))
        return ()

    def _still_there(self) -> tuple[Request, ...]:
        """Whether the shop still has what the writer bought."""
        told = "last_visit" in self._intents() or PURCHASES in self._last_tools()
        if not told or not state.asks_whether_still_there(self._plain):
            return ()
        if any(each.slots.names_goods for each in self._alone.requests):
            return ()
        kept = tuple(each for each in self._alone.requests if each.intent not in _PRODUCTS)
        return (*kept, Request("still_there", self._plain))

    def _among_shown(self) -> tuple[Request, ...]:
        """A question about the products shown: "the first one, is it sativa"."""
        if not self.shown or not self._intents() <= _PRODUCTS:
            return ()
        meant = tuple(point(self._plain, self.shown))
        if state.asks_for_attribute(self._plain) and not any(
            each.slots.knows_names for each in self._alone.requests
        ):
            return (Request("follow_up", self._plain, meant=meant),)
        if not state.asks_among_shown(self._plain):
            return ()
        question = next((each.question for each in self._alone.requests), "")
        question = "" if 0 < len(meant) < len(self.shown) else question
        return (Request("follow_up", self._plain, meant=meant, question=question),)

    def _edited(self, requests: Sequence[Request]) -> Sequence[Request]:
        """The requests, changed by what was wanted before."""
        old = state.last_slots(self.context.last_shown, classifier().knows)
        if old is None:
            return requests
        requests = [replace(each, intent=self._continued(each)) for each in requests]
        says_something = any(each.slots.says_something for each in requests)
        if state.wants_others(self._plain) and not says_something and {r.intent for r in requests} <= _PRODUCTS:
            return [Request("search" if old.query else "recommend", self._plain, replace(old, wants_others=True))]
        if len(requests) != 1:
            return requests
        return [self._edit(old, each) for each in requests]

    def _edit(self, old: Slots, wanted: Request) -> Request:
        is_edit = wanted.intent in _EDITABLE and wanted.slots.says_something
        if not is_edit or not state.is_edit(self._plain, wanted.slots):
            return wanted
        wish = state.edit(old, wanted.slots, self._plain)
        if wanted.slots.knows_names or not wanted.slots.names:
            wanted = replace(wanted, question="")
        intent = "search" if wanted.intent == "guess" and wish.names_goods else wanted.intent
        return replace(wanted, intent=intent, slots=wish)

    def _in_stock(self, wanted: Request) -> Request:
        """An effect that the catalog knows, where the wish has one that it does not."""
        effect = wanted.slots.effect
        if effect is None or not self.index.effects.labels or self.index.effects.meant(effect):
            return wanted
        near = next((each for each in _NEAR.get(effect, ()) if self.index.effects.meant(each)), None)
        query = " ".join(EFFECTS.replace(wanted.slots.query, " ").split())
        wish = replace(wanted.slots, query=query, effect=near, instead_of=effect, occasion=None)
        return replace(wanted, slots=wish)

    def _continued(self, wanted: Request) -> str:
        """What a request is, given the products that were shown."""
        points = 0 < len(wanted.meant) < len(self.shown)
        return state.continued(wanted.intent, self._plain, wanted.slots, points=points)

    def _kept_mild(self, wanted: Request) -> Request:
        """Who said to be new to it gets nothing strong, in no later turn either, and whatever kind they name."""
        wish = wanted.slots
        is_about_extracts = wish.category in EXTRACTS and wanted.intent in GOODS
        if not (wanted.intent in _EDITABLE or is_about_extracts) or wish.category == "Accessories":
            return wanted
        if not any(is_beginner(text) for text in (*self._said, *self._texts)):
            return wanted
        wish = replace(wish, is_mild=True, is_new_to_it=True, sort=None, min_thc=None)
        if wish.category not in EXTRACTS:
            return replace(wanted, slots=wish)
        mildest = Slots(
            query="edibles",
            category="Edibles",
            kind="edibles",
            effect=None if wish.effect == "Focused" else wish.effect,  # "concentrate" sounds like it
            avoid=wish.avoid,
            max_price=wish.max_price,
            is_mild=True,
            is_new_to_it=True,
            refused=wish.category,
        )
        return Request("search", wanted.query, mildest, number=wanted.number)
