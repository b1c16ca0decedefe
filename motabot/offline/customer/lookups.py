"""What to look up for a request: the tool calls that it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from motabot.boundary import JsonMapping, JsonObject
from motabot.customers.context import TurnContext
from motabot.offline.customer import arguments, basket_sum, terms
from motabot.offline.customer.goods import Goods, lacks_name
from motabot.offline.customer.ledger import MOST_VISITS, Ledger
from motabot.offline.customer.places import cities_of
from motabot.offline.customer.purchases import PAST, ReadWish, bought_of, means_one_visit, over
from motabot.offline.customer.questions import day_named, holiday, latest, season, visits_ago
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import PURCHASES, SHOWN, WHOLE, Product, bought_last
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.telling import asked_of, look_up_in_full, look_up_packs, needs_full
from motabot.offline.customer.visits import days_beside_told, told_visit
from motabot.offline.customer.whether import asks_whether_there
from motabot.offline.dates import parse
from motabot.offline.dates.ranges import Span
from motabot.shop import ShopNow
from motabot.text.language import Language
from motabot.text.normalize import normal
from motabot.text.regex import regex

#: Intents that ask for the shop's own statement of that name.
TOPICS = frozenset("hours address delivery returns loyalty payment deals rules tax contact".split())
#: Intents that name products, and the template to use when there are none.
GOODS = {
    "recommend": "nothing",
    "search": "nothing",
    "details": "nothing",
    "guess": "nothing",
    "cheaper": "cheaper",
    "follow_up": "follow_up",
    "still_there": "nothing",
}
#: Those of them that a reply answers with a list.
LISTS = frozenset(("recommend", "search", "guess", "cheaper"))
#: Why a person is called, by intent.
HANDOFFS = {
    "person": "asked",
    "order": "order",
    "complaint": "complaint",
    "medical": "medical",
    "under_21": "under_21",
    "new_number": "new_number",
    "privacy": "other",
    "for_staff": "other",
    "other_language": "other",
}
_COMPARED = 2
#: A text names one of at least this many stores; otherwise there is nothing to choose.
_SEVERAL = 2
#: Of what is bought so often, a text may mean one.
_FAVORITES = 8
#: A text of at most this many words stays with the store that was told of, unless it means all of them.
_FEW = 5
_ALL_STORES = regex(r"\b(?:stores|locations|shops|all|other|others|tiendas|sucursales|otras?)\b")
#: Continues with the store that was mentioned.
_STAYS_THERE = regex(r"\b(?:it|there|that (?:one|store|location)|they|them|ahi|alla|esa|ese|esa tienda)\b")
#: So many turns ago the text before may have spoken of it.
_RECENT = 2
_ASKED_CHARACTERS = 300

Call = tuple[str, str, JsonObject]


@dataclass(frozen=True)
class Lookups:
    """Plans the calls for one turn.

    Attributes:
        context: The turn.
        shown: The products that the shop's last text named.
        shop: The shop at this moment.
        language: The reply's.
        today: The shop's day.
        read_wish: Reads the wish in a part of a text.
    """

    context: TurnContext
    shown: Sequence[Product]
    shop: ShopNow
    language: Language
    today: date
    read_wish: ReadWish

    def plan(self, wanted: Request, results: JsonMapping) -> list[Call]:
        """The calls for a request, as (id, tool, arguments); the id begins with the request's key.

        A possible question is looked up first; its other meanings only if nothing answers it.
        """
        if wanted.question and wanted.answer_key not in results:
            question = wanted.question[:_ASKED_CHARACTERS]
            return [(wanted.answer_key, "look_up_answer", {"question": question, "language": self.language})]
        if wanted.question and results[wanted.answer_key].get("sure"):
            return []
        if wanted.slots.yardstick and wanted.intent in GOODS:
            return [
                (wanted.like_key, "search_products", {"query": wanted.slots.yardstick, "limit": arguments.FETCHED})
            ]
        if wanted.intent in TOPICS:
            topic = {"topic": wanted.intent, **self._store(wanted)}
            return [(wanted.key, "show_shop_info", topic)]
        if wanted.intent in HANDOFFS:
            return [(wanted.key, "ask_for_person", self._hand_over(wanted)), *self._ordered(wanted)]
        if wanted.intent == "basket":
            return list(
                basket_sum.plan(
                    wanted, results, self.shown, self.shop.shop, self.today, self._group, self.context.last_shown
                )
            )
        if wanted.intent == "still_there":
            names = enumerate(bought_last(self.context, results)[:SHOWN])
            return [(f"still_there/{n}", "show_product", {"name": name}) for n, name in names]
        if wanted.intent in GOODS:
            return [*self._products(wanted), *self._other_forms(wanted, results)]
        if told := self.ledger(wanted):
            return list(told.plan(results))
        return self._account(wanted)

    def in_full(self, wanted: Request, results: JsonMapping) -> list[Call]:
        """The calls for the full records of what was found, where the text asks for facts that only they have."""
        facts = asked_of(wanted, self._plain)
        if wanted.intent not in LISTS or not wanted.slots.knows_names or not needs_full(facts):
            return []
        return list(look_up_in_full(Goods.of(wanted, results, self.shown).products))

    @property
    def _group(self) -> str | None:
        """The group of customers that the writer's account is in."""
        return self.context.profile.member_group if self.context.profile else None

    @property
    def _plain(self) -> str:
        """The turn's texts in normal form."""
        return plain_words(" ".join(self.context.questions))

    def span(self, query: str) -> Span | None:
        """The days that a text in normal form speaks of, if it names a time in the past."""
        if named := holiday(query, self.today):
            return Span(named, named)
        if named_season := season(query, self.today):
            return named_season
        spans, _rest = parse.find(query, self.today)
        if not spans and (number := day_named(query)) and (day := latest(number, self.today)):
            return Span(day, day)
        span = spans[0].until(self.today) if spans else None
        return span if span and span.first is not None and span.first <= self.today else None

    def _period(self, query: str) -> dict[str, str]:
        span = self.span(query)
        if span is None or span.first is None:
            return {}
        return {"since": span.first.isoformat(), "until": span.last.isoformat()}

    @property
    def least_delivered(self) -> Decimal | None:
        """The least that is delivered, if a text asks, or just asked, whether a sum is enough."""
        said = [line.text for line in self.context.history if line.author == "customer"][-1:]
        if not any(terms.asks_enough(plain_words(text)) for text in (*said, *self.context.questions)):
            return None
        calls = (*self.context.last_shown, *self.context.earlier)
        told = any(each.arguments.get("topic") == "delivery" and each.turns_ago <= _RECENT for each in calls)
        told = told or "deliver" in normal(" ".join(self.context.questions))
        delivery = self.shop.shop.delivery
        return delivery.minimum if told and delivery else None

    def store_in(self, said: str) -> str | None:
        """The one store, of several, that a text in normal form names."""
        if len(self.shop.locations) < _SEVERAL:
            return None
        named = [place.name for place in self.shop.locations if f" {normal(place.name)} " in f" {said} "]
        return named[0] if len(named) == 1 else None

    def _store(self, wanted: Request) -> dict[str, str]:
        """The one store, of several, that a request or the texts around it name."""
        for said in (wanted.query, normal(" ".join(self.context.questions))):
            if named := self.store_in(said):
                return {"location": named}
        near = [city for city in cities_of(wanted.query) if self.store_in(normal(city))]
        if len(near) == 1:
            return {"location": near[0]}
        told = next((each.arguments.get("location") for each in self.context.last_shown), None)
        is_short = len(wanted.query.split()) <= _FEW and not _ALL_STORES.search(wanted.query)
        stays = is_short or _STAYS_THERE.search(wanted.query)
        return {"location": str(told)} if told and stays else {}

    def _hand_over(self, wanted: Request) -> JsonObject:
        reason = HANDOFFS[wanted.intent]
        about = "privacy request" if wanted.intent == "privacy" else reason
        named = "".join(f" ({product['name']})" for product in wanted.meant[:1])
        summary = f"{about}{named}: {' / '.join(self.context.questions)}"[:_ASKED_CHARACTERS]
        return {"reason": reason, "summary": summary}

    def _ordered(self, wanted: Request) -> list[Call]:
        """The calls that find what the customer orders, if it has a name and was not shown before."""
        if wanted.intent != "order" or wanted.meant or not wanted.slots.knows_names:
            return []
        found = arguments.find(wanted, self.shown)
        return [(f"{wanted.key}/{n}", tool, given) for n, (_, tool, given) in enumerate(found)]

    def _products(self, wanted: Request) -> list[Call]:
        if wanted.intent == "details":
            names = enumerate(wanted.slots.names[:_COMPARED])
            told = [(f"{wanted.key}/{n}", "show_product", {"name": name}) for n, name in names]
            return [*told, *look_up_packs(self._plain, wanted.slots)]
        if wanted.intent == "follow_up":
            meant = enumerate(wanted.meant[:WHOLE])
            told = [(f"{wanted.key}/{n}", "show_product", {"name": product["sku"]}) for n, product in meant]
            if wanted.rival is None:
                return told
            rival = Request("search", wanted.rival.query, wanted.rival)
            return [*told, *((f"{wanted.key}/rival", tool, given) for _, tool, given in arguments.find(rival, ()))]
        wish = wanted.slots
        is_looked_at = wish.alike and (wish.relative or asks_whether_there(wanted.query))
        like = [(wanted.like_key, "show_product", {"name": wish.names[0]})] if is_looked_at else []
        return [*arguments.find(wanted, self.shown), *(like if wish.knows_names else [])]

    def _other_forms(self, wanted: Request, results: JsonMapping) -> list[Call]:
        """The call that finds what there is of a name, if it does not come in the kind that is wanted."""
        wish, found = wanted.slots, results.get(wanted.key)
        is_of_kind = wish.knows_names and len(wish.names) == 1 and wish.category is not None
        if not is_of_kind or wish.is_brand or not isinstance(found, dict) or not lacks_name(found):
            return []
        return [(wanted.forms_key, "search_products", {"query": wish.names[0], "limit": arguments.FETCHED})]

    def ledger(self, wanted: Request) -> Ledger | None:
        """The purchases that a request asks about; None if it is about one visit, or about something else."""
        if wanted.intent not in PAST:
            return None
        asked = over(self.context, wanted.query, self.today, self.read_wish)
        asked = replace(
            asked,
            of=asked.of or bought_of("", wanted.slots, self.context),
            measure=asked.measure or ("spent" if wanted.intent == "spent" else "bought"),
        )
        is_visit = not asked.spans or means_one_visit(wanted.query, asked.spans, asked.of)
        return (
            None
            if wanted.intent == "last_visit" and is_visit
            else Ledger(wanted.key, asked, self.today, self.store_in(wanted.query))
        )

    def told_visit(self, wanted: Request, usable: Sequence[JsonMapping]) -> JsonMapping | None:
        """The visit that a request means, of those that were found."""
        return told_visit(wanted.query, self.context, usable, self.today, self.store_in(wanted.query))

    def _account(self, wanted: Request) -> list[Call]:
        intent, wish, query = wanted.intent, wanted.slots, wanted.query
        if intent in {"points", "account"}:
            return [(wanted.key, "show_my_profile", {})]
        if intent == "last_visit":
            bought = next(iter(bought_of(query, wish, self.context)), None)
            only = {"category": bought and bought.category, "product": bought and bought.product}
            most = max(visits_ago(query) or 1, SHOWN)  # refunds may come before the visit that is meant
            most = MOST_VISITS if self.store_in(query) else most
            days = self._period(query) or days_beside_told(query, self.context)
            return [(wanted.key, PURCHASES, {"limit": most, **only, **days})]
        if intent == "usual":
            return [(wanted.key, "list_my_favorites", {"limit": _FAVORITES, "category": wish.category})]
        return []
