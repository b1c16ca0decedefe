"""Puts the tools' results into words through the reply templates."""

from __future__ import annotations

from dataclasses import dataclass, replace

from motabot.boundary import JsonMapping, JsonObject
from motabot.customers.context import TurnContext
from motabot.offline.customer import basket_sum, clauses, naming
from motabot.offline.customer.bounds import recalled_price
from motabot.offline.customer.comparing import verdict
from motabot.offline.customer.facts import ASKS
from motabot.offline.customer.follow_ups import says_where, whether_enough
from motabot.offline.customer.gone import what_is_gone
from motabot.offline.customer.goods import Goods
from motabot.offline.customer.lookups import GOODS, LISTS, Lookups
from motabot.offline.customer.opening import whether_open
from motabot.offline.customer.places import cities_of
from motabot.offline.customer.purchases import asks_who_served
from motabot.offline.customer.questions import points_named, spending, visits_ago
from motabot.offline.customer.repeats import without_repeats
from motabot.offline.customer.requests import Request, RequestReading
from motabot.offline.customer.results import (
    WHOLE,
    Product,
    without_names,
)
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.telling import LineKind, asked_of, in_words, packs, told_facts
from motabot.offline.customer.visits import days_beside_told, days_named
from motabot.offline.customer.whether import asks_if_so, asks_whether_there, truth
from motabot.replies import Replies
from motabot.text.regex import regex

#: What a customer gets who asks for texts, or how to stop them, while texts are on.
_CONSENT = {"start": "help", "stop": "stop_question"}
#: Intents whose reply describes products, instead of listing them.
_DESCRIBED = frozenset(("details", "follow_up", "still_there"))
_THERE = regex(r"(?<!\bis )(?<!\bare )\bthere\b|\b(?:ahi|alla)\b")
#: Kinds of goods whose dose is given in milligrams.
_SWALLOWED = frozenset(("Edibles", "Tinctures"))
#: A reply of this many characters fits into three segments with the words that mark a bot.
_LONGEST = 400
#: How many characters three segments hold.
_FULL = 455


@dataclass(frozen=True)
class Phrasing:
    """Words for the requests of one turn.

    Attributes:
        words: The reply templates.
        context: The turn.
        lookups: What was looked up for it.
        facts: What templates may mention of the customer.
    """

    words: Replies
    context: TurnContext
    lookups: Lookups
    facts: JsonMapping

    def say(self, reading: RequestReading, results: JsonMapping) -> str:
        """One reply to all requests, or to the first of them if one reply cannot hold all."""
        for kept in range(len(reading.requests), 0, -1):
            left = (*reading.requests[kept:], *reading.left)
            part = replace(reading, requests=reading.requests[:kept], left=left)
            for most in range(WHOLE, -1, -1):
                said = self._say_all(part, results, most)
                if len(said) <= (_LONGEST if most > 1 else _FULL):
                    return said
        return self._say_all(reading, results, 0)

    def _say_all(self, reading: RequestReading, results: JsonMapping, most: int) -> str:
        """The reply with a number of products of each list; with 0, one of each with only its figures."""
        told = self._told(reading, results)
        lists = sum(request.intent in GOODS for request, _ in told)
        said = [self._say(request, goods, reading, results, most, is_one_of=lists) for request, goods in told]
        said += self._advice(reading, results, most)
        wanted = {each.slots.effect for each in reading.requests if each.slots.occasion}  # "for a hike"
        compared = " ".join(filter(None, (self._plain, *wanted))).casefold()
        if better := verdict(compared, self._compared(reading, results)):
            said.append(self.words.say("verdict", reading.language, verdict=better))
        if any(self._leaves_open(request, results) for request in reading.requests):
            said.append(self.words.say("offer", reading.language, shop=self.lookups.shop.as_data()))
        if reading.is_partly_handed:
            said.append(self.words.say("sees_all", reading.language))
        if not said:
            said = [self.words.say("unclear", reading.language)]
        if reading.left:
            said.append(self.words.say("left", reading.language, left=list(map(naming.left_out, reading.left))))
        return " ".join(dict.fromkeys(said))

    def _told(self, reading: RequestReading, results: JsonMapping) -> list[tuple[Request, Goods]]:
        """What the reply tells, request by request."""
        found = [(each, Goods.of(each, results, self.lookups.shown)) for each in reading.requests]
        ordered = (
            (each, replace(goods, products=each.meant) if each.intent == "order" and each.meant else goods)
            for each, goods in found
        )
        return without_repeats(list(ordered))

    def _advice(self, reading: RequestReading, results: JsonMapping, most: int) -> list[str]:
        """How to begin, once, if the reply offers something to a customer who wants it mild."""
        wishes = [
            each for each in reading.requests if each.intent in GOODS and not (each.asks or each.is_unforeseen)
        ]
        mild = [each for each in wishes if each.slots.is_mild or each.slots.is_new_to_it]
        told = [
            product
            for each in mild
            if each.slots.category != "Accessories"
            for product in Goods.of(each, results, self.lookups.shown).products[: most or 1]
        ]
        is_edible = any(product.get("category") in _SWALLOWED for product in told)
        told = [product for product in told if product.get("category") != "Topicals"]
        return [self.words.say("start_low", reading.language, is_edible=is_edible)] if told else []

    def _asks_whether(self, wanted: Request, is_one_of: int) -> bool:
        """Whether the clauses about a request ask if the shop has it."""
        wish = wanted.slots
        words = [f" {each} " for each in (*wish.names, wish.kind) if each]
        parts = [plain_words(part) for part in clauses.clauses(" ".join(self.context.questions))]
        about = [part for part in parts if any(each in f" {part} " for each in words)] if is_one_of > 1 else []
        return any(map(asks_whether_there, about or [wanted.query]))

    def _leaves_open(self, wanted: Request, results: JsonMapping) -> bool:
        """Whether only a person can answer a request, so that one is offered."""
        known = results.get(wanted.answer_key) if wanted.question else None
        if known and known.get("sure"):
            return not known["entries"][0]["known"]
        return wanted.intent == "question" or wanted.is_unforeseen

    def _is_same(self, wanted: Request, goods: Goods) -> bool:
        """Whether a list names the same products as the last one, which the reply must say."""
        told = [product.get("sku") for product in goods.products]
        return wanted.intent in LISTS and bool(told) and told == [each.get("sku") for each in self.lookups.shown]

    @property
    def _plain(self) -> str:
        return plain_words(" ".join(self.context.questions))

    def _compared(self, reading: RequestReading, results: JsonMapping) -> list[Product]:
        """The products that a text may compare: the first of each list, or those of one list of several names."""
        found = [
            (each, Goods.of(each, results, self.lookups.shown).products)
            for each in reading.requests
            if each.intent in GOODS
        ]
        several = next((each for each in found if len(each[0].slots.names) > 1), None)
        if several or len(found) == 1:
            wanted, products = several or found[0]
            if wanted.intent == "details" and len(wanted.slots.names) == 1:
                return list(products[:1])
            is_list = len(products) > 1 and (several or wanted.intent == "follow_up")
            return list(products) if is_list else []
        told = [(wanted.slots, products) for wanted, products in found if products]
        return [products[0] for wish, products in told if wish.knows_names or (wish.flavor and wish.kind)]

    def _say(
        self,
        wanted: Request,
        goods: Goods,
        reading: RequestReading,
        results: JsonMapping,
        most: int,
        *,
        is_one_of: int,
    ) -> str:
        known = results.get(wanted.answer_key) if wanted.question else None
        if known and known.get("sure"):
            entry = known["entries"][0]
            return self.words.say("answer", reading.language, answer=entry["answer"])
        ledger = self.lookups.ledger(wanted)
        template = "purchases" if ledger else _template(wanted, goods)
        is_of_health = wanted.intent == "recommend" and any(each.intent == "medical" for each in reading.requests)
        whether = self._asks_whether(wanted, is_one_of) and not is_of_health
        gone = what_is_gone(wanted, results.get(wanted.like_key), goods.products) if whether else ""
        span = self.lookups.span(wanted.query)
        query = self._plain if len(reading.requests) == 1 else wanted.query
        said = self.words.say(
            template,
            reading.language,
            result=goods.result,
            **self._of_products(wanted, goods, results, most, is_one_of),
            whether=whether and not gone,
            gone=gone,
            truth=truth(query, goods.products) if _may_be_true(wanted, query) else None,
            shown=len(self.lookups.shown) > 1,
            is_same=self._is_same(wanted, goods),
            note=goods.note,
            is_one_of=is_one_of,
            quoted=naming.quoted(wanted) if len(reading.requests) > 1 else "",
            turn=len(self.context.replies),
            period=span.said if span else "",
            amount=spending(wanted.query),
            worth_of=points_named(wanted.query),
            days=days_named(wanted.query, self.context, self.lookups.today),
            ledger=ledger.told(results) if ledger else None,
            visit=self.lookups.told_visit(wanted, goods.usable),
            asks_server=asks_who_served(wanted.query),
            is_older=bool(visits_ago(wanted.query) or span or days_beside_told(wanted.query, self.context)),
            sizes=goods.sizes,
            basket=basket_sum.told(wanted, results, self.lookups.today, self.lookups.least_delivered)
            if wanted.items
            else None,
            asks=_asks(wanted, query),
            cities=cities_of(wanted.query) or (cities_of(self._plain) if _THERE.search(wanted.query) else []),
            names_place=says_where(wanted.query),
            offered=whether_enough(self._plain),
            store=self.lookups.store_in(self._plain if _THERE.search(wanted.query) else wanted.query),
            facts=self.facts,
            shop=self.lookups.shop.as_data(),
            request=wanted,
        )
        is_open = whether_open(wanted.query, said) if template == "hours" else None
        if is_open is None:
            return said
        return self.words.say("whether_open", reading.language, is_open=is_open, hours=said)

    def _of_products(
        self, wanted: Request, goods: Goods, results: JsonMapping, most: int, is_one_of: int
    ) -> JsonObject:
        """What a template says of the products for a request: all of those that are compared, or the first few."""
        is_compared = wanted.intent == "details" and len(goods.products) > 1
        told = goods.products if is_compared else goods.products[: most or 1]
        about, is_described = naming.about(wanted.slots), wanted.intent in _DESCRIBED
        is_one = len(told) == 1 and not about["most"] and (is_described or is_one_of <= 1)
        line = LineKind(is_described, is_one, is_brief=most <= is_compared)
        plain = without_names(self._plain, told)
        return {
            "about": about,
            "is_one": is_one,
            "products": [in_words(each, results, plain) for each in told],
            "total": goods.total,
            "is_cut": goods.is_cut or (bool(goods.total) and len(told) < len(goods.products)),
            "tells": told_facts(asked_of(wanted, self._plain), wanted.slots, line),
            "packs": packs(self._plain, wanted.slots, results) if wanted.intent == "details" else None,
        }


def _template(wanted: Request, goods: Goods) -> str:
    """The template of the reply to a request."""
    template = _CONSENT.get(wanted.intent, wanted.intent)
    if template in GOODS:
        template = "products" if goods.products else GOODS[template]
    is_of_facts = wanted.asks or wanted.is_unforeseen
    return "facts" if template == "products" and is_of_facts and not goods.note.get("unmet") else template


def _may_be_true(wanted: Request, query: str) -> bool:
    """Whether a request may ask if something is so: a search for a kind says what there is."""
    if wanted.intent == "search" and wanted.asks:  # several sizes that are compared
        return False
    is_named = wanted.slots.knows_names and asks_if_so(query)
    is_of_fact = bool(wanted.asks) or wanted.intent == "details"
    return is_of_fact or is_named or recalled_price(query) is not None


def _asks(wanted: Request, query: str) -> dict[str, bool]:
    """What is asked about the products, by name."""
    return {name: name in wanted.asks or bool(pattern.search(query)) for name, pattern in ASKS.items()}
