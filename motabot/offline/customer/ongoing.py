"""How a text continues the last subject other than products: a topic, the account, a hand-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motabot.customers.context import TurnContext
from motabot.offline.customer import follow_ups, state
from motabot.offline.customer.editing import PRODUCTS
from motabot.offline.customer.lookups import TOPICS
from motabot.offline.customer.past import Past
from motabot.offline.customer.places import cities_of
from motabot.offline.customer.questions import asks_to_redeem, spending, visits_ago
from motabot.offline.customer.referents import last_products
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import PURCHASES
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.topics import speaks_of
from motabot.text.regex import regex

#: What a text may seem to ask when it only continues the topic before: "what about for my grandpa".
_VAGUE = frozenset(("question", "guess", "usual", "off_topic", "greeting", "search", "recommend", "account"))
#: A text of at most this many words continues the topic before.
_FEW = 7
#: So few words name no topic of their own.
_BARE = 2
#: A text of at most this many words may name another number of points.
_RATHER_FEW = 12
#: Tools whose answer is about a time, and the request that a text like "and august?" repeats.
_TIMES = {"sum_my_purchases": "spent", PURCHASES: "last_visit"}
#: What is predicted for words that only continue after a complaint was taken.
_AFTER_COMPLAINT = frozenset(
    "question guess off_topic complaint returns last_visit history search follow_up person"
    " delivery address account usual recommend details for_staff".split()
)
#: So many texts before this one may have spoken of points.
_RECENT = 2
_NUMBER = regex(r"\b(\d{2,4})\b(?! ?(?:points?|pts|puntos|g|mg|dollars?|bucks))")


@dataclass(frozen=True)
class Ongoing:
    """What one text adds to the topic before it.

    Attributes:
        context: The turn.
        plain: The text in normal form.
        wish: What it wants, read as one wish.
        requests: What it asks for by itself.
        stores: The names of the shop's stores in normal form.
    """

    context: TurnContext
    plain: str
    wish: Slots
    requests: Sequence[Request]
    stores: Sequence[str] = ()

    def goes_on(self) -> tuple[Request, ...]:
        """What the text asks for as a continuation of the topic before; nothing if it is not one."""
        ways = (
            self.of_purchase,
            self.repeated,
            self.redeemed,
            self.confirmed,
            self.complained,
            self.handed,
            self.still_there,
        )
        return next(filter(None, (way() for way in ways)), ())

    def of_purchase(self) -> tuple[Request, ...]:
        """More of the purchases that were told of: "when", "is it more now than what i paid"."""
        return Past(self.context, self.plain, self.wish).asked()

    def repeated(self) -> tuple[Request, ...]:
        """The last request again, for another time: "what about friday", "nah i mean august"."""
        topics = [str(e.arguments.get("topic")) for e in self.context.last_shown if e.tool == "show_shop_info"]
        if topics == ["returns"] and follow_ups.asks_beyond_rule(self.plain):
            return self.complained()
        is_few = len(self.plain.split()) <= _FEW
        is_short = is_few and not self._intents & {"person", "order", "complaint"}
        goes_on = follow_ups.goes_on(self.plain) and self._intents <= _VAGUE and not self._names_goods
        says_kind = follow_ups.goes_on(self.plain) or self.plain.startswith(("on ", "for ", "en ", "para "))
        is_by_kind = topics in (["deals"], ["returns"])
        goes_on = goes_on or (is_by_kind and says_kind and self._names_a_kind())
        goes_on = goes_on or (follow_ups.goes_on(self.plain) and speaks_of(topics, self.plain))
        is_bare = len(self.plain.split()) <= _BARE  # "fee?"
        is_other_topic = (
            not is_bare and bool(self._intents & TOPICS - {*topics}) and not follow_ups.goes_on(self.plain)
        )
        goes_further = follow_ups.asks_further(self.plain, self.stores) and not is_other_topic
        goes_further = goes_further or any(follow_ups.asks_more_of(topic, self.plain) for topic in topics)
        is_delivery = (topics or self._topics_before) == ["delivery"] and not self._names_goods
        if is_delivery and len(self.plain.split()) <= _RATHER_FEW and self._stays_with_delivery():
            return (Request("delivery", self.plain),)
        if is_delivery and is_few and (follow_ups.whether_enough(self.plain) or self._says_place()):
            return (Request("delivery", self.plain),)
        if topics and len(self.plain.split()) <= _RATHER_FEW and follow_ups.asks_who_gets_it(self.plain):
            return tuple(Request(topic, self.plain) for topic in topics)
        if self._told_delivery and follow_ups.asks_when_to_order(self.plain):
            return (Request("delivery", self.plain),)
        if topics == ["hours"] and is_few and follow_ups.asks_how_late(self.plain):
            return (Request("hours", self._with_day("hours")),)
        if topics and is_short and (goes_on or goes_further):
            return tuple(Request(topic, self._with_day(topic), self.wish) for topic in topics)
        about_visit = visits_ago(self.plain) or follow_ups.asks_for_sum(self.plain)
        about_visit = about_visit or follow_ups.means_earlier_visit(self.plain)
        if PURCHASES in self._last_tools and about_visit and is_short:
            return (Request("last_visit", self.plain, state.bought_wish(self.context.last_shown)),)
        if not follow_ups.names_only_a_time(self.plain):
            return ()
        if topics:
            return tuple(Request(topic, self.plain) for topic in topics)
        again = next((_TIMES[each.tool] for each in self.context.last_shown if each.tool in _TIMES), None)
        return (Request(again, self.plain, state.bought_wish(self.context.last_shown)),) if again else ()

    @property
    def _topics_before(self) -> list[str]:
        """The topic told of shortly before a sum: whether a basket is enough, and then how late one may order."""
        if self._last_tools & {"show_shop_info", *_TIMES} or not follow_ups.asks_how_late(self.plain):
            return []
        told = [each for each in self.context.earlier if each.tool == "show_shop_info"]
        return [str(each.arguments.get("topic")) for each in told[:1] if each.turns_ago <= state.REMEMBERED]

    def _with_day(self, topic: str) -> str:
        """The text, for hours with the day that was spoken of, if it names none: "same for the oakland store"."""
        if topic != "hours" or follow_ups.days_in(self.plain):
            return self.plain
        said = [plain_words(line.text) for line in self.context.history if line.author == "customer"]
        days = next(filter(None, map(follow_ups.days_in, said[: -state.REMEMBERED - 1 : -1])), ())
        return " ".join((self.plain, *days))

    def confirmed(self) -> tuple[Request, ...]:
        """The last statement once more, where the text only asks whether it is so: "so thats 10 off right"."""
        if self._names_goods or not self._intents <= _VAGUE | TOPICS or not follow_ups.confirms(self.plain):
            return ()
        if "show_my_profile" in self._last_tools:
            return (Request("points", self.plain),)
        topics = [str(e.arguments.get("topic")) for e in self.context.last_shown if e.tool == "show_shop_info"]
        return tuple(Request(topic, self.plain) for topic in topics)

    def handed(self) -> tuple[Request, ...]:
        """A person once more, where one was just asked and the text only tells more of it: "name is dre"."""
        names_goods = any(each.slots.category or each.slots.knows_names for each in self.requests)
        names_goods = names_goods or self.wish.narrows_much or bool(self.wish.avoid)
        is_of_complaint = self._complained_lately and not follow_ups.wants(self.plain)
        told = "ask_for_person" in self._last_tools and (is_of_complaint or not names_goods)
        kept = _VAGUE | {"complaint", "delivery", "order"} | ({"details", "address"} if is_of_complaint else set())
        if not told or not self._intents <= kept:
            return ()
        return () if follow_ups.asks_anything(self.plain) else (Request("person", self.plain),)

    def redeemed(self) -> tuple[Request, ...]:
        """What points are good for, where the balance or the rule was just told: "and with 300"."""
        told = "show_my_profile" in self._last_tools or self._told_rule() or self._spoke_of_points
        if not told or (self._names_goods and not asks_to_redeem(self.plain)):
            return ()
        if spending(self.plain) is not None and self._intents <= {*_VAGUE, "points", "loyalty", "spent"}:
            return (Request("points", self.plain),)
        if follow_ups.asks_to_earn(self.plain):
            return (Request("loyalty", self.plain),)
        if asks_to_redeem(self.plain) or follow_ups.asks_for_worth(self.plain):
            return (Request("points", self.plain), Request("loyalty", self.plain))
        is_further = self._intents <= {*_VAGUE, "points", "loyalty"} and follow_ups.names_more(self.plain)
        if is_further and _NUMBER.search(self.plain) and len(self.plain.split()) <= _RATHER_FEW:
            return (Request("loyalty", _NUMBER.sub(r"\1 points", self.plain)),)
        return ()

    def complained(self) -> tuple[Request, ...]:
        """The rule on returns, where a complaint was just taken: "i lost the receipt", "so what do i do now"."""
        calls = (*self.context.last_shown, *self.context.earlier)
        told_rule = any(each.arguments.get("topic") == "returns" for each in self.context.last_shown)
        if (
            not (self._complained_lately or told_rule)
            or not self._intents <= _AFTER_COMPLAINT
            or not (follow_ups.asks_for_remedy(self.plain) or follow_ups.asks_beyond_rule(self.plain))
        ):
            return ()
        told = any(each.arguments.get("topic") == "returns" for each in calls)
        asks_rule = follow_ups.speaks_of_returns(self.plain) or not told
        if follow_ups.asks_beyond_rule(
            self.plain
        ):  # which the rule does not say: where, for what, without a receipt
            return (Request("returns", self.plain), Request("person", self.plain))
        return (Request("returns" if asks_rule else "complaint", self.plain),)

    def still_there(self) -> tuple[Request, ...]:
        """Whether the shop still has what the writer bought."""
        told = "last_visit" in self._intents or PURCHASES in self._last_tools
        if not told or self._names_goods or not follow_ups.asks_whether_still_there(self.plain):
            return ()
        kept = tuple(each for each in self.requests if each.intent not in PRODUCTS)
        return (*kept, Request("still_there", self.plain))

    @property
    def _complained_lately(self) -> bool:
        calls = (*self.context.last_shown, *self.context.earlier)
        return any(each.arguments.get("reason") == "complaint" for each in calls)

    @property
    def _intents(self) -> set[str]:
        return {each.intent for each in self.requests}

    @property
    def _names_goods(self) -> bool:
        return any(each.slots.names_goods for each in self.requests)

    @property
    def _last_tools(self) -> set[str]:
        return {each.tool for each in self.context.last_shown}

    @property
    def _told_delivery(self) -> bool:
        """Whether one of the last replies told of delivery."""
        calls = (*self.context.last_shown, *self.context.earlier)
        return any(each.arguments.get("topic") == "delivery" and each.turns_ago <= _RECENT + 1 for each in calls)

    @property
    def _spoke_of_points(self) -> bool:
        """Whether the writer's last texts asked for points, and what was told since is about no goods."""
        said = [plain_words(line.text) for line in self.context.history if line.author == "customer"]
        return not last_products(self.context) and any(speaks_of(["points"], text) for text in said[-_RECENT:])

    def _told_rule(self) -> bool:
        """Whether the rule on points was told last."""
        return any(
            each.tool == "show_shop_info" and each.arguments.get("topic") == "loyalty"
            for each in self.context.last_shown
        )

    def _stays_with_delivery(self) -> bool:
        """Whether the text asks for another place, or how late: "and daly city", "how late can i order"."""
        is_place = follow_ups.goes_on(self.plain) and bool(cities_of(self.plain))
        is_of_time = self._intents <= {*_VAGUE, "hours", "order", "delivery"}
        return is_place or (is_of_time and follow_ups.asks_how_late(self.plain))

    def _says_place(self) -> bool:
        """Whether the text says where its writer is: "im in the mission", "94110"."""
        return follow_ups.says_where(self.plain) or bool(cities_of(self.plain))

    def _names_a_kind(self) -> bool:
        """Whether the text names a kind of goods, and nothing that narrows it down: "what about edibles"."""
        wish = self.wish
        return wish.category is not None and not (
            wish.knows_names or wish.effect or wish.flavor or wish.narrows_much
        )
