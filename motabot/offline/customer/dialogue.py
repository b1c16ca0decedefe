"""The requests of a turn, as the conversation before it completes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from motabot.catalog.index import CatalogIndex
from motabot.customers.context import TurnContext
from motabot.offline.customer import clauses, fitting, focus, follow_ups, state
from motabot.offline.customer.basket import BASKET, NamedBasket, may_be_basket, read_basket
from motabot.offline.customer.bounds import wants_more_cbd
from motabot.offline.customer.entities import find_names
from motabot.offline.customer.forms import names_ingredient
from motabot.offline.customer.intents import classifier
from motabot.offline.customer.lookups import GOODS
from motabot.offline.customer.manners import courtesy
from motabot.offline.customer.questions import asks_to_redeem, visits_ago
from motabot.offline.customer.reading import read
from motabot.offline.customer.references import point, points_at_all, points_by_number
from motabot.offline.customer.requests import Request, RequestReading
from motabot.offline.customer.results import PURCHASES, Product
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.topics import speaks_of
from motabot.offline.customer.wish import read_slots
from motabot.text.normalize import normal

#: Requests that speak of products.
_PRODUCTS = frozenset(GOODS) | {"question"}
#: Requests about the customer's past, whose sums are no prices.
_PAST = frozenset(("spent", "last_visit", "history", "usual", "points", "loyalty", "account"))
#: What a text may seem to ask that only goes on with the topic before: "what about for my grandpa".
_VAGUE = frozenset(("question", "guess", "usual", "off_topic", "greeting", "search", "recommend", "account"))
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
            self._accepted()
            or self._polite()
            or self._summed()
            or self._ordered()
            or self._repeated()
            or self._redeemed()
            or self._still_there()
            or self._resized()
            or self._among_shown()
        )
        if requests:
            return replace(reading, requests=requests)
        said = (*self._said, *self._texts)
        edited = [fitting.kept_mild(each, said) for each in self._edited(reading.requests)]
        return replace(reading, requests=tuple(fitting.in_stock(each, self.index) for each in edited))

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

    def _names_goods(self) -> bool:
        return any(each.slots.names_goods for each in self._alone.requests)

    def _last_tools(self) -> set[str]:
        return {each.tool for each in self.context.last_shown}

    def _accepted(self) -> tuple[Request, ...]:
        """A person, where the last reply offered one and the text says yes."""
        last = next((line.text for line in reversed(self.context.history) if line.author == "shop"), "")
        is_offered = '"person"' in last or '"persona"' in last
        if not follow_ups.agrees(self._plain):
            return ()
        return (Request("person" if is_offered else "follow_up" if self.shown else "unclear", self._plain),)

    def _polite(self) -> tuple[Request, ...]:
        """A word that fits, where the text asks for nothing: "ok cool", "no thanks", "bye"."""
        form = courtesy(self._plain)
        return (Request(form, self._plain),) if form else ()

    @cached_property
    def _basket(self) -> NamedBasket:
        return read_basket(" ".join(self._texts), self.shown, self.context.last_shown, self._old, self._wish_of)

    def _wish_of(self, part: str) -> Slots:
        names = find_names(plain_words(part), self.index, classifier().knows)
        return read_slots(part, names, classifier().knows)

    def _summed(self) -> tuple[Request, ...]:
        """What several things cost together, beside what else the text asks for."""
        if not may_be_basket(self._plain, self.context.last_shown):
            return ()
        if self.shown and self._basket.is_unclear:
            return (Request("follow_up", self._plain),)
        if not self._basket.is_meant:
            return ()
        goods = {*_PRODUCTS, *_PAST, "order", "tax"}
        others = (each for each in self._alone.requests if each.intent not in goods or subject_of(each.query))
        return (self._basket.request(self._plain), *others)

    def _ordered(self) -> tuple[Request, ...]:
        """An order of what was shown: "ok i'll take the second one"."""
        if not self.shown or not follow_ups.takes(self._plain):
            return ()
        meant = tuple(point(self._plain, self.shown))
        is_all = points_at_all(self._plain) or BASKET in self._last_tools()
        is_clear = len(meant) < len(self.shown) or len(meant) == 1 or is_all
        return (Request("order", self._plain, meant=meant if is_clear else ()),)

    def _repeated(self) -> tuple[Request, ...]:
        """The last request once more, for another time: "what about friday", "nah i mean august"."""
        topics = [str(e.arguments.get("topic")) for e in self.context.last_shown if e.tool == "show_shop_info"]
        is_short = len(self._plain.split()) <= _FEW and not self._intents() & {"person", "order", "complaint"}
        goes_on = follow_ups.goes_on(self._plain) and self._intents() <= _VAGUE and not self._names_goods()
        goes_on = goes_on or (follow_ups.goes_on(self._plain) and speaks_of(topics, self._plain))
        if topics and is_short and (goes_on or follow_ups.asks_further(self._plain, self.stores)):
            return tuple(Request(topic, self._plain) for topic in topics)
        about_visit = visits_ago(self._plain) or follow_ups.asks_for_sum(self._plain)
        if PURCHASES in self._last_tools() and about_visit and is_short:
            return (Request("last_visit", self._plain),)
        asks_on = follow_ups.asks_for_attribute(self._plain) or follow_ups.asks_whether_had(self._plain)
        if "list_my_favorites" in self._last_tools() and asks_on:
            return (Request("usual", self._plain),)
        if not follow_ups.names_only_a_time(self._plain):
            return ()
        if "hours" in topics:
            return (Request("hours", self._plain),)
        again = next((_TIMES[each.tool] for each in self.context.last_shown if each.tool in _TIMES), None)
        return (Request(again, self._plain),) if again else ()

    def _redeemed(self) -> tuple[Request, ...]:
        """What points are good for, where the balance was just told."""
        asks = asks_to_redeem(self._plain) or follow_ups.asks_for_worth(self._plain)
        if asks and "show_my_profile" in self._last_tools():
            return (Request("points", self._plain), Request("loyalty", self._plain))
        return ()

    def _still_there(self) -> tuple[Request, ...]:
        """Whether the shop still has what the writer bought."""
        told = "last_visit" in self._intents() or PURCHASES in self._last_tools()
        if not told or not follow_ups.asks_whether_still_there(self._plain):
            return ()
        if self._names_goods():
            return ()
        kept = tuple(each for each in self._alone.requests if each.intent not in _PRODUCTS)
        return (*kept, Request("still_there", self._plain))

    def _among_shown(self) -> tuple[Request, ...]:
        """A question about the products shown: "the first one, is it sativa"."""
        if others := focus.others_than_told(self.shown, self.context, self._plain):
            return (Request("follow_up", self._plain, meant=tuple(others)),)
        is_other = focus.is_other_form(self.shown, self._alone.requests, self._plain)
        if not self.shown or is_other or follow_ups.means_the_brand(self._plain):
            return ()
        if not self._intents() <= {*_PRODUCTS, "usual"}:
            return ()
        meant = tuple(point(self._plain, focus.pointed_into(self.shown, self.context, self._plain)))
        last = plain_words((clauses.clauses(" . ".join(self._texts)) or [""])[-1])
        asks = follow_ups.asks_for_attribute(self._plain) or follow_ups.asks_for_attribute(last)
        if asks and not any(each.slots.knows_names for each in self._alone.requests):
            return (Request("follow_up", self._plain, meant=meant),)
        if not follow_ups.asks_among_shown(self._plain):
            return ()
        question = next((each.question for each in self._alone.requests), "")
        question = "" if 0 < len(meant) < len(self.shown) or points_at_all(self._plain) else question
        return (Request("follow_up", self._plain, meant=meant, question=question),)

    def _resized(self) -> tuple[Request, ...]:
        """The sizes of what was shown: "do you have it bigger"."""
        meant = point(self._plain, self.shown) if self.shown and follow_ups.wants_other_size(self._plain) else []
        kinds = {(each.get("strain"), each.get("category")) for each in meant}
        if len(kinds) != 1 or self._names_goods() or not meant[0].get("strain"):
            return ()
        strain, category = normal(str(meant[0]["strain"])), meant[0].get("category")
        wish = Slots(query=strain, names=(strain,), knows_names=True, category=category, sort="price_low")
        return (Request("search", self._plain, wish),)

    @cached_property
    def _old(self) -> Slots | None:
        """What was wanted before: in the last turn, or failing that, in one of those before it."""
        last = state.last_slots(self.context.last_shown, self._wish_of)
        if last is not None and not (
            last.knows_names and not last.category and "show_product" in self._last_tools()
        ):
            before = self._said[-1] if self._said else ""
            return replace(last, more_cbd=last.more_cbd or wants_more_cbd(before, plain_words(before)))
        wanted = self._alone.requests[0].slots if len(self._alone.requests) == 1 else None
        if last is not None and (wanted is None or wanted.size or wanted.pack or self._speaks_of_it(wanted)):
            return last
        earlier = [each for each in self.context.earlier if each.turns_ago <= state.REMEMBERED]
        return state.last_wish(earlier, self._wish_of) or last

    def _speaks_of_it(self, wanted: Slots) -> bool:
        """Whether the text wants the product that was told of, in another form: "got it as a cart"."""
        return wanted.category is not None and follow_ups.says_it(self._plain)

    def _edited(self, requests: Sequence[Request]) -> Sequence[Request]:
        """The requests, changed by what was wanted before."""
        old = self._old
        if old is None:
            return requests
        requests = focus.one_of_each([replace(each, intent=self._continued(each)) for each in requests])
        says_something = any(each.slots.says_something for each in requests)
        is_about_goods = {each.intent for each in requests} <= _PRODUCTS
        wants_others = follow_ups.wants_others(self._plain) and not says_something and is_about_goods
        if wants_others or follow_ups.rejects(self._plain, [str(each.get("strain")) for each in self.shown]):
            return [Request("search" if old.query else "recommend", self._plain, replace(old, wants_others=True))]
        if sum(each.intent in _PRODUCTS for each in requests) != 1:
            return requests
        return [self._edit(old, each) for each in requests]

    def _edit(self, old: Slots, wanted: Request) -> Request:
        if wanted.intent == "follow_up" and points_by_number(self._plain):
            return replace(
                wanted, meant=tuple(point(self._plain, focus.pointed_into(self.shown, self.context, self._plain)))
            )
        is_named = wanted.slots.names and not wanted.slots.knows_names
        if is_named and wanted.intent in {"question", "follow_up"} and follow_ups.goes_on(self._plain):
            return replace(wanted, intent="guess", question="")  # "what about zkittlez"
        size = wanted.slots.size or ""
        is_sized = size and not size.endswith("mg") and (old.knows_names or old.category)
        is_sized = is_sized and not wanted.slots.knows_names
        if is_sized and wanted.intent in {"question", "details"}:  # "how much is an eighth"
            wanted = replace(wanted, intent="search", question="")
        if wanted.slots.knows_names and state.refuses(self._plain):
            bare = replace(wanted.slots, names=(), knows_names=False, query="")
            wanted = replace(wanted, intent="search", slots=bare, question="")
        brands = [str(each["brand"]) for each in self.shown if each.get("brand")]
        if brands and follow_ups.means_the_brand(self._plain):  # "is there a 5 pack from them"
            brand = normal(brands[0])
            wish = replace(wanted.slots, names=(brand,), knows_names=True, query=f"{brand} {wanted.slots.query}")
            return replace(wanted, intent="search", slots=wish, question="")
        is_edit = wanted.intent in fitting.EDITABLE and wanted.slots.says_something
        if not is_edit or not state.is_edit(self._plain, wanted.slots):
            return wanted
        wish = state.edit(old, wanted.slots, self._plain)
        if wanted.slots.knows_names or not wanted.slots.names:
            wanted = replace(wanted, question="")
        intent = "search" if wanted.intent == "guess" and wish.names_goods else wanted.intent
        return replace(wanted, intent=intent, slots=wish)

    def _continued(self, wanted: Request) -> str:
        """What a request is, given the products that were shown."""
        if wanted.intent == "follow_up" and focus.is_other_form(self.shown, [wanted], self._plain):
            return "search"
        points = 0 < len(wanted.meant) < len(self.shown)
        return state.continued(wanted.intent, self._plain, wanted.slots, points=points)
