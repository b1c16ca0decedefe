"""The offline model: a classifier, rules, tools and templates. It needs no key and no network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from motabot.agent.models.base import Model, ModelAnswer, ModelRequest, ToolCall
from motabot.agent.tools import CustomerTools
from motabot.boundary import Json, JsonMapping, JsonObject
from motabot.catalog.index import CatalogIndex, get_index
from motabot.catalog.sizes import find_size
from motabot.customers.context import TurnContext
from motabot.offline.customer.intents import Request, RequestReading, classifier, read
from motabot.offline.customer.questions import asks_to_redeem, general_part, holiday, visits_ago
from motabot.offline.customer.references import point
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.state import (
    after_correction,
    asks_among_shown,
    asks_whether_still_there,
    continued,
    edit,
    is_edit,
    knows_already,
    last_slots,
)
from motabot.offline.dates import parse
from motabot.replies import Replies
from motabot.shop import ShopNow
from motabot.text.language import detect_language, load_lexicon
from motabot.text.normalize import normal

#: Intents that ask for the shop's own statement of that name.
_TOPICS = frozenset("hours address delivery returns loyalty payment deals rules contact".split())
#: Intents that name products, and the template for when there are none.
_GOODS = {
    "recommend": "nothing",
    "search": "nothing",
    "details": "nothing",
    "guess": "unclear",
    "cheaper": "cheaper",
    "follow_up": "follow_up",
    "still_there": "nothing",
}
#: Intents that are about products whatever the words are.
_SURELY_GOODS = frozenset(("recommend", "cheaper"))
#: Why a person is asked, by intent.
_HANDOFFS = {
    "person": "asked",
    "order": "order",
    "complaint": "complaint",
    "medical": "medical",
    "under_21": "under_21",
    "new_number": "new_number",
    "other_language": "other",
}
#: What is said to those who still get texts and ask for them, or ask how to end them.
_CONSENT = {"start": "help", "stop": "stop_question"}
#: A reply names this many products at most; of a list this many are fetched where some were shown before.
_SHOWN, _FETCHED = 3, 9
#: A text of so few words goes on with what was shown before: "what about indica".
_SHORT = 6
_COMPARED = 2
#: The id of a call that looks at one of several candidates begins with this.
_CLOSER = "closer/"
#: Requests that the knowledge base may answer better than anything else that they could mean.
_UNSURE = frozenset(("question", "off_topic", "guess", "medical", "rules"))
_ANSWER = "answer"
_ASKED_CHARACTERS = 300
#: Requests that change what was wanted last where they are short.
_EDITABLE = frozenset(("search", "recommend", "guess", "cheaper"))
#: Requests that speak of products.
_PRODUCTS = frozenset(_GOODS) | {"question"}
#: The tool that lists purchases.
_PURCHASES = "list_my_purchases"
#: Notes of a search that say that a word was taken for a kind of goods.
_READ_AS = re.compile(r'Read "([^"]+)" as')
#: Notes of a search that say that not all was met.
_NOT_QUITE = re.compile(r"but for:|except:|No exact|is called")
_ASKS = {name: re.compile("|".join(words)) for name, words in load_lexicon()["asks"].items()}
_ASKED_WORDS = 300

Product = JsonMapping


class OfflineModel:
    """Plans with the same tools as any other model and speaks through prompts/replies."""

    name = "offline"

    def __init__(self, words: Replies) -> None:
        self._words = words

    def for_turn(self, context: TurnContext, tools: CustomerTools) -> Model:
        """The model that answers this turn; it looks names up in the catalog as the customer's tools do."""
        return OfflineTurn(
            self._words,
            context,
            index=lambda: get_index(tools),
            facts=context.as_data(tools.zone),
            shop=tools.shop,
            today=tools.today,
        )

    @staticmethod
    def asks_for_products(context: TurnContext, tools: CustomerTools) -> bool:
        """Whether a turn's texts surely ask for products and need no person, so that the age is asked first."""
        reading = read(context.questions, last_products(context), get_index(tools))
        intents = {each.intent for each in reading.requests}
        return not intents & _HANDOFFS.keys() and any(
            each.intent in _SURELY_GOODS or (each.intent in _GOODS and each.slots.names_goods)
            for each in reading.requests
        )


class OfflineTurn:
    """One turn of it.

    It keeps nothing between answers: a first answer asks for tools, the next one finds their results among
    the messages and puts them into words.
    """

    name = "offline"

    def __init__(
        self,
        words: Replies,
        context: TurnContext,
        *,
        index: Callable[[], CatalogIndex],
        facts: JsonMapping,
        shop: ShopNow,
        today: date,
    ) -> None:
        """
        Args:
            words: The reply templates.
            context: The turn.
            index: The catalog's words, read when they are wanted.
            facts: What templates may mention of the customer (`TurnContext.as_data`).
            shop: The shop at this moment.
            today: The shop's day.
        """
        self._words = words
        self._context = context
        self._index = index
        self._facts = facts
        self._shop = shop
        self._today = today
        self._shown = last_products(context)

    def answer(self, request: ModelRequest) -> ModelAnswer:
        reading = self._read()
        results = _results(request)
        offered = {spec.name for spec in request.tools}
        plans = [plan for wanted in reading.requests for plan in self._plan(wanted, results)]
        calls = tuple(
            ToolCall(key, name, json.dumps(arguments))
            for key, name, arguments in (*plans, *_look_closer(results))
            if name in offered and key not in results
        )
        if calls:
            return ModelAnswer("", calls, "tool_calls")
        said = [self._say(wanted, reading, results) for wanted in reading.requests] or [
            self._words.say("unclear", reading.language)
        ]
        return ModelAnswer(" ".join(dict.fromkeys(said)))

    def _read(self) -> RequestReading:
        """The turn's texts, with what the conversation adds to them."""
        texts = [after_correction(text) for text in self._context.questions]
        said = [line.text for line in self._context.history if line.author == "customer"]
        reading = read(texts, self._shown, self._index(), said)
        plain = plain_words(" ".join(texts))
        if asks_to_redeem(plain) and any(each.tool == "show_my_profile" for each in self._context.last_shown):
            return replace(reading, requests=(Request("loyalty", plain),))
        if asks_whether_still_there(plain) and (still := self._still_there(reading, plain)):
            return replace(reading, requests=still)
        if self._shown and asks_among_shown(plain) and {each.intent for each in reading.requests} <= _PRODUCTS:
            meant = tuple(point(plain, self._shown))
            return replace(reading, requests=(Request("follow_up", plain, meant=meant),))
        old = last_slots(self._context.last_shown, classifier().knows)
        if old is None:
            return reading
        requests = [replace(each, intent=self._continued(each, plain)) for each in reading.requests]
        reading = replace(reading, requests=tuple(requests))
        if knows_already(plain) and not any(each.slots.says_something for each in reading.requests):
            return replace(reading, requests=(Request("recommend", plain, replace(old, wants_new=True)),))
        requests = [
            replace(each, slots=edit(old, each.slots, plain))
            if each.intent in _EDITABLE and each.slots.says_something and is_edit(plain, each.slots)
            else each
            for each in reading.requests
        ]
        return replace(reading, requests=tuple(requests))

    def _still_there(self, reading: RequestReading, plain: str) -> tuple[Request, ...]:
        """The requests of a text that asks whether the shop still has what its writer bought; none of another."""
        asks_for_visit = any(each.intent == "last_visit" for each in reading.requests)
        told = any(each.tool == _PURCHASES for each in self._context.last_shown)
        if not (asks_for_visit or told) or any(each.slots.names_goods for each in reading.requests):
            return ()
        kept = tuple(each for each in reading.requests if each.intent not in _PRODUCTS)
        return (*kept, Request("still_there", plain))

    def _continued(self, wanted: Request, plain: str) -> str:
        """What a request is, given the products that were shown."""
        points = 0 < len(wanted.meant) < len(self._shown)
        return continued(wanted.intent, plain, wanted.slots, points=points)

    def _bought(self, results: JsonMapping) -> list[str]:
        """The products of the last visit that was told, in this turn or the one before."""
        before = next((each.result for each in self._context.last_shown if each.tool == _PURCHASES), {})
        usable = [each for each in (results.get("last_visit"), before) if isinstance(each, dict)]
        visits = [visit for each in usable for visit in each.get("visits") or [] if not visit.get("refund")]
        items = visits[0]["items"] if visits else []
        return list(dict.fromkeys(str(item["name"]) for item in items if item.get("name")))

    def _plan(self, wanted: Request, results: JsonMapping) -> list[tuple[str, str, JsonObject]]:
        if wanted.intent in _TOPICS:
            return [(wanted.intent, "show_shop_info", {"topic": wanted.intent, **self._store()})]
        if wanted.intent in _UNSURE and _ANSWER not in results:
            question = general_part(" ".join(self._context.questions))[:_ASKED_CHARACTERS]
            return [(_ANSWER, "look_up_answer", {"question": question, "language": detect_language(question)})]
        if wanted.intent in _UNSURE and results[_ANSWER].get("sure"):
            return []
        if wanted.intent == "still_there":
            names = enumerate(self._bought(results)[:_SHOWN])
            return [(f"still_there/{n}", "show_product", {"name": name}) for n, name in names]
        return _plan(wanted, self._context.questions, self._shown, self._today)

    def _store(self) -> dict[str, str]:
        """The one store, of several, that the texts name."""
        said = f" {normal(' '.join(self._context.questions))} "
        named = [place.name for place in self._shop.locations if f" {normal(place.name)} " in said]
        return {"location": named[0]} if len(named) == 1 else {}

    def _say(self, wanted: Request, reading: RequestReading, results: JsonMapping) -> str:
        known = results.get(_ANSWER)
        if wanted.intent in _UNSURE and known and known.get("sure"):
            return str(known["entries"][0]["answer"])
        got = [result for key, result in results.items() if key.partition("/")[0] == wanted.key]
        usable = [result for result in got if isinstance(result, dict) and "error" not in result]
        each = _SHOWN if len(usable) == 1 else 1  # of several that are compared, one each
        goes_on = _wants_more(wanted, self._shown) or wanted.slots.wants_new
        old = {product.get("sku") for product in self._shown} if goes_on else set()
        products = [p for result in usable for p in _products(result) if p.get("sku") not in old]
        products = products[:each] if len(usable) == 1 else _one_each(usable)
        seen_closer = [results[key] for key in results if key.startswith(_CLOSER) and wanted.intent == "details"]
        if seen_closer:
            products = _one_each([results.get(f"{_CLOSER}{n}", result) for n, result in enumerate(got)])
        template = _CONSENT.get(wanted.intent, wanted.intent)
        if template in _GOODS:
            template = "products" if products else _GOODS[template]
        return self._words.say(
            template,
            reading.language,
            result=usable[0] if usable else None,
            products=products,
            is_exact=not any(_NOT_QUITE.search(str(result.get("note"))) for result in usable),
            guess=next(
                (found[1] for result in usable if (found := _READ_AS.search(str(result.get("note"))))), None
            ),
            period=_period_said(wanted.query, self._today),
            visit=_visit_of(wanted.query, usable),
            is_older=bool(visits_ago(wanted.query) or _period(wanted.query, self._today)),
            sizes=_sizes(got[0], products) if seen_closer else [],
            asks=_asks(wanted.query),
            facts=self._facts,
            shop=self._shop.as_data(),
            request=wanted,
        )


def _visit_of(query: str, usable: Sequence[JsonMapping]) -> JsonMapping | None:
    """The visit that a text asks about, of those that were found."""
    found = usable[0].get("visits") or [] if usable else []
    visits = [visit for visit in found if not visit.get("refund")]  # giving something back is not a visit
    number = visits_ago(query) or 1
    return visits[number - 1] if number <= len(visits) else None


def _look_closer(results: JsonMapping) -> Iterator[tuple[str, str, JsonObject]]:
    """Where a name that was asked about fits several products of one strain, look at one of them in full."""
    for key, result in results.items():
        intent, _, number = key.partition("/")
        candidates = result.get("candidates") if isinstance(result, dict) else None
        if intent == "details" and candidates and _is_one_strain(candidates):
            yield f"{_CLOSER}{number}", "show_product", {"name": candidates[0]["sku"]}


def _is_one_strain(candidates: Sequence[JsonMapping]) -> bool:
    strain = candidates[0]["strain"]
    return strain is not None and 2 * sum(each["strain"] == strain for each in candidates) > len(candidates)


def _sizes(result: JsonMapping, products: Sequence[JsonMapping]) -> list[JsonObject]:
    """The sizes of the one product that is told, where there are several, the smallest first."""
    if len(products) != 1:
        return []
    kin = [each for each in result.get("candidates", ()) if each["category"] == products[0]["category"]]
    sized = {size: each for each in kin if each["available"] and (size := find_size(each["name"]))}
    told = [{"size": str(size), "price": sized[size]["price"]} for size in sorted(sized, key=lambda s: s.amount)]
    return told if len(told) > 1 else []


def _asks(query: str) -> dict[str, bool]:
    """What is asked about a product that is not told of each."""
    return {name: bool(pattern.search(query)) for name, pattern in _ASKS.items()}


def _plan(
    wanted: Request, questions: Sequence[str], shown: Sequence[Product], today: date
) -> list[tuple[str, str, JsonObject]]:
    """What to look up for one request, as (id of the call, tool, arguments); the id begins with its key."""
    intent, slots = wanted.intent, wanted.slots
    if intent in _HANDOFFS:
        summary = f"{_HANDOFFS[intent]}: {' / '.join(questions)}"[:_ASKED_WORDS]
        return [(intent, "ask_for_person", {"reason": _HANDOFFS[intent], "summary": summary})]
    if intent in {"points", "account"}:
        return [(intent, "show_my_profile", {})]
    if intent in {"last_visit", "history"}:
        only = {"category": slots.category, "product": slots.names[0] if slots.knows_names else None}
        most = max(visits_ago(wanted.query) or 1, _SHOWN)  # refunds may stand before the visit that is meant
        return [(intent, "list_my_purchases", {"limit": most, **only, **_period(wanted.query, today)})]
    if intent == "spent":
        return [(intent, "sum_my_purchases", {"category": slots.category, **_period(wanted.query, today)})]
    if intent == "usual":
        return [(intent, "list_my_favorites", {"limit": _SHOWN, "category": slots.category})]
    if intent == "details":
        names = slots.names[:_COMPARED]
        return [(f"details/{n}", "show_product", {"name": name}) for n, name in enumerate(names)]
    if intent == "follow_up":
        return [
            (f"follow_up/{n}", "show_product", {"name": p["sku"]}) for n, p in enumerate(wanted.meant[:_SHOWN])
        ]
    if intent in _GOODS:
        return list(_look_for_each(wanted, shown))
    return []


def _period(query: str, today: date) -> dict[str, str]:
    """The first and last day that a text in normal form speaks of, where it names a time that is over."""
    if named := holiday(query, today):
        return {"since": named.isoformat(), "until": named.isoformat()}
    spans, _rest = parse.find(query, today)
    if not spans:
        return {}
    span = spans[0].until(today)
    if span.first is None or span.first > today:
        return {}
    return {"since": span.first.isoformat(), "until": (span.last or today).isoformat()}


def _period_said(query: str, today: date) -> str:
    """The customer's own words for the time that they ask about."""
    spans, _rest = parse.find(query, today)
    return spans[0].said if spans else ""


def _look_for_each(wanted: Request, shown: Sequence[Product]) -> Iterator[tuple[str, str, JsonObject]]:
    """One search, or one for each of several names: what has one is not what has another."""
    tool, arguments = _look_for(wanted, shown)
    names = wanted.slots.names[:_SHOWN] if wanted.slots.knows_names and tool == "search_products" else ()
    if len(names) < _COMPARED or arguments.get("query") is None:
        yield wanted.key, tool, arguments
        return
    for number, name in enumerate(names):
        query = arguments["query"]
        for other in {*names} - {name}:
            query = " ".join(query.replace(other, " ").split())
        yield f"{wanted.key}/{number}", tool, {**arguments, "query": query}


def _look_for(wanted: Request, shown: Sequence[Product]) -> tuple[str, JsonObject]:
    """The tool that finds what is wanted, and its arguments."""
    slots = wanted.slots
    category = slots.category
    if shown and category is None and not slots.names and len(wanted.query.split()) <= _SHORT:
        category = shown[0].get("category")
    if wanted.intent == "cheaper":
        return "search_products", _cheaper(slots, shown, category)
    limit = _FETCHED if _wants_more(wanted, shown) else _SHOWN
    finds = (
        wanted.intent != "recommend"
        or slots.sort
        or slots.min_thc
        or slots.max_thc
        or slots.is_mild
        or (slots.knows_names and not slots.alike)
    )
    if slots.avoid or slots.alike or not finds or not slots.says_something:
        return "recommend_products", {**_suggest(slots), "category": category, "limit": limit}
    found = _search(slots)
    if category and slots.category is None:
        found["category"] = category
    return "search_products", {**found, "limit": limit}


def _suggest(slots: Slots) -> JsonObject:
    return {
        "effect": slots.effect,
        "flavor": slots.flavor,
        "flower_type": slots.flower_type,
        "avoid": list(slots.avoid) or None,
        "max_price": _plain(slots.max_price),
        "similar_to": slots.names[0] if slots.alike and slots.knows_names else None,
        "novelty": "new" if slots.wants_new else None,
        "beginner": slots.is_mild or None,
        "max_thc": _plain(slots.max_thc),
    }


def _search(slots: Slots) -> JsonObject:
    return {
        "query": slots.query or None,
        "max_price": _plain(slots.max_price),
        "min_thc": _plain(slots.min_thc),
        "max_thc": _plain(slots.max_thc),
        # who wants it mild is shown the weakest first
        "sort": slots.sort or ("thc_low" if slots.is_mild else None),
        "effect": slots.effect,
        "flower_type": slots.flower_type,
        "beginner": slots.is_mild or None,
    }


def _cheaper(slots: Slots, shown: Sequence[JsonMapping], category: str | None) -> JsonObject:
    """Cheaper than the cheapest that was shown; where nothing was, the cheapest that there is."""
    prices = [Decimal(str(product["price"])) for product in shown if product.get("price") is not None]
    below = min(prices) - Decimal("0.01") if prices else None
    most = min((price for price in (below, slots.max_price) if price is not None), default=None)
    sort = "price_high" if prices else "price_low"
    kind = category or (shown[0].get("category") if shown else None)
    narrowed = {"flower_type": slots.flower_type, "effect": slots.effect, "flavor": slots.flavor}
    told = {name: value for name, value in narrowed.items() if value}
    return {"category": kind, "max_price": _plain(most), "sort": sort, **told, "limit": _SHOWN}


def _wants_more(wanted: Request, shown: Sequence[Product]) -> bool:
    """Whether a text asks for others of the kind that was shown before, and says nothing of its own."""
    return wanted.intent in {"recommend", "search"} and bool(shown) and not wanted.slots.says_something


def _plain(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def last_products(context: TurnContext) -> list[JsonObject]:
    """The products that the shop's last text named, in the order it named them."""
    looked_up = [
        product for lookup in context.last_shown for product in _products(lookup.result) if product.get("name")
    ]
    said = next((line.text for line in reversed(context.history) if line.author == "shop"), "")
    named = {product["name"]: product for product in looked_up if product["name"] in said}
    return sorted(named.values(), key=lambda product: said.index(product["name"])) or looked_up[:_SHOWN]


def _one_each(results: Sequence[JsonMapping]) -> list[JsonObject]:
    return [products[0] for result in results if (products := _products(result))]


def _products(result: Json) -> list[JsonObject]:
    if not isinstance(result, dict):
        return []
    if isinstance(result.get("product"), dict):
        return [result["product"]]
    found: Sequence[Json] = result.get("products") or result.get("favorites") or result.get("candidates") or []
    return [product for product in found if isinstance(product, dict)]


def _results(request: ModelRequest) -> JsonObject:
    """Tool results by the id of their call, which is the intent that asked for them."""
    return {
        message.tool_call_id: json.loads(message.content, parse_float=Decimal)
        for message in request.messages
        if message.role == "tool" and message.tool_call_id
    }
