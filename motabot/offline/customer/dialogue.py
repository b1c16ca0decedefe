"""The requests of a turn, as the conversation before it completes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from motabot.catalog.index import CatalogIndex
from motabot.catalog.sort_words import SORTS
from motabot.catalog.vocabulary import CATEGORIES
from motabot.customers.context import TurnContext
from motabot.offline.customer import fitting, focus, follow_ups, openness, state, summing, superlatives, terms
from motabot.offline.customer.comparing import asks_cheaper
from motabot.offline.customer.editing import PRODUCTS, Editing
from motabot.offline.customer.entities import find_names
from motabot.offline.customer.ingredients import names_ingredient
from motabot.offline.customer.intents import classifier
from motabot.offline.customer.last_sum import BASKET
from motabot.offline.customer.lookups import GOODS
from motabot.offline.customer.manners import courtesy, without_courtesy
from motabot.offline.customer.moves import Move, comes_with, compares, read_move
from motabot.offline.customer.ongoing import Ongoing
from motabot.offline.customer.reading import read
from motabot.offline.customer.references import point, points_at_all
from motabot.offline.customer.requests import Request, RequestReading
from motabot.offline.customer.results import Product
from motabot.offline.customer.said import as_meant
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.support import EASILY_HEARD, is_supported
from motabot.offline.customer.tidying import with_rules
from motabot.offline.customer.wish import read_slots
from motabot.text.language import Language
from motabot.text.normalize import normal


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

        If a text names an ingredient, the reply says that it is not known, whatever products are named with it.
        """
        reading = self._read()
        intents = {each.intent for each in reading.requests}
        reading = replace(reading, requests=with_rules(reading.requests, self._plain))
        if not names_ingredient(self._plain) or not intents & GOODS.keys() or "ingredients" in intents:
            return reading
        others = (each for each in reading.requests if not each.is_unforeseen)  # the list would only say so again
        return replace(reading, requests=(Request("ingredients", self._plain), *others))

    def _read(self) -> RequestReading:
        reading = self._alone
        if (subject := subject_of(self._plain)) and subject.key == "feel-nothing":
            return reading  # "should I eat the other half" asks for no goods, whatever was shown
        requests = (
            self._accepted()
            or self._ongoing.of_purchase()
            or self._ongoing.repeated()
            or self._polite()
            or self._summed()
            or self._ordered()
            or self._ongoing.goes_on()
            or self._there()
            or self._editing.without_some()
            or self._editing.first_of_all()
            or self._editing.resized()
            or self._editing.beside_shown()
            or self._editing.by_trait()
            or self._among_shown()
        )
        said = (*self._said, *self._texts)
        edited = requests or self._editing.edited(reading.requests)
        edited = without_courtesy(edited, self._plain, self._said_now)
        edited = [
            openness.asked_which(each, self._move, self.shown, self._plain, self._said_now)
            for each in focus.one_of_each(edited)
        ]
        kept = [fitting.kept_mild(each, said) for each in edited]
        return replace(reading, requests=tuple(fitting.in_stock(each, self.index) for each in kept))

    @property
    def is_one_move(self) -> bool:
        """Whether the whole text continues what was said in one way: it asks about what was shown, or repeats."""
        ways = (self._accepted, self._polite, self._ordered, self._ongoing.goes_on, self._editing.beside_shown)
        is_sum = terms.differ(self._plain) and bool(self._summed())
        return self._move.is_about_shown or is_sum or any(way() for way in ways)

    def moved(self) -> tuple[Request, ...] | None:
        """What the text asks about what was shown, if it is about nothing else; otherwise None."""
        if self._polite():
            return ()
        if order := self._ordered():
            return order
        if (summed := self._summed()) and all(item.product for each in summed for item in each.items):
            return summed
        if forms := self._in_forms() or self._editing.resized():
            return forms
        if self._move.is_about_shown:
            return self._among_shown() or None
        return () if self._move.says_nothing else None

    def named_apart(self) -> tuple[Request, ...]:
        """The search for one of the kind that was wanted which was not shown: "the sea salt one sounds lovely"."""
        return self._editing.by_trait()

    def _in_forms(self) -> tuple[Request, ...]:
        """The forms of what was shown, where a text compares them: "is the pen or the cart cheaper"."""
        told = self._editing.focus
        is_compared = asks_cheaper(self._plain) or compares(self._plain)
        forms = focus.forms_of_it(told, self._plain) if told and is_compared else None
        return (Request("search", self._plain, forms),) if forms else ()

    @property
    def pointed(self) -> tuple[Product, ...]:
        """The products shown that the text points at in particular."""
        return self._move.pointed

    @property
    def names_goods(self) -> bool:
        """Whether the text names goods itself."""
        return self._editing.wish.names_goods

    @property
    def facts(self) -> frozenset[str]:
        """The facts that the text asks of what was shown."""
        return self._move.facts

    @property
    def plain(self) -> str:
        """The text in normal form."""
        return self._plain

    @property
    def wish(self) -> Slots:
        """What the text wants, read as one wish."""
        return self._editing.wish

    @property
    def language(self) -> Language:
        """The text's language."""
        return self._alone.language

    @cached_property
    def _texts(self) -> list[str]:
        texts = map(state.after_correction, self.context.questions)
        return [as_meant(text, self.shown, self.index) for text in texts]

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
        """A person, if the last reply offered one and the text says yes."""
        last = next((line.text for line in reversed(self.context.history) if line.author == "shop"), "")
        is_offered = '"person"' in last or '"persona"' in last
        if not follow_ups.agrees(self._plain):
            return ()
        return (Request("person" if is_offered else "follow_up" if self.shown else "unclear", self._plain),)

    def _polite(self) -> tuple[Request, ...]:
        """A fitting word, if the text asks for nothing: "ok cool", "no thanks", "bye"."""
        form = courtesy(self._plain)
        return (Request(form, self._plain),) if form else ()

    def _wish_of(self, part: str) -> Slots:
        names = find_names(plain_words(part), self.index, classifier().knows)
        return read_slots(part, names, classifier().knows)

    def _summed(self) -> tuple[Request, ...]:
        """What several things cost together, beside what else the text asks for."""
        text, old = " ".join(self._texts), self._editing.old
        told = () if self._editing.wish.knows_names else self._editing.focus
        if beside := summing.beside_several(self._plain, told, self._alone.requests, self._wish_of):
            return beside
        return summing.summed(text, self._alone.requests, self.shown, self.context, old, self._wish_of)

    def _ordered(self) -> tuple[Request, ...]:
        """An order of what was shown: "ok i'll take the second one"."""
        if not self.shown or not follow_ups.takes(self._plain):
            return ()
        meant = tuple(point(self._plain, self.shown))
        is_all = points_at_all(self._plain) or BASKET in self._last_tools()
        is_clear = len(meant) < len(self.shown) or len(meant) == 1 or is_all
        return (Request("order", self._plain, meant=meant if is_clear else ()),)

    def _there(self) -> tuple[Request, ...]:
        """Whether the shop has something that was only mentioned: "what is rosin", "do you have it"."""
        if self.shown or self._names_goods() or not follow_ups.asks_whether_had(self._plain):
            return ()
        old = self._editing.old
        return (Request("search" if old.names_goods else "guess", self._plain, old),) if old else ()

    @cached_property
    def _ongoing(self) -> Ongoing:
        return Ongoing(self.context, self._plain, self._editing.wish, self._alone.requests, self.stores)

    @cached_property
    def _move(self) -> Move:
        into = focus.pointed_into(self.shown, self.context, self._plain)
        return read_move(self._plain, into, self.stores)

    @cached_property
    def _editing(self) -> Editing:
        wish = self._wish_of(" ".join(self._texts))
        if (
            self.shown and wish.kind is None and not CATEGORIES.first(self._plain)
        ):  # "the strongest" of those shown
            wish = replace(wish, category=None)
        return Editing(
            self.context, self.shown, self._plain, wish, self._move, self._alone.requests, self._wish_of
        )

    def _among_shown(self) -> tuple[Request, ...]:
        """A question about the products shown: "the first one, is it sativa"."""
        move, told = self._move, self._editing.focus
        is_of_past = self._intents() <= {"usual", "history"} and move.refers
        if told and is_of_past and follow_ups.asks_whether_usual(self._plain):
            name = normal(str(told[0].get("name")))
            intent = "spent" if follow_ups.asks_how_many(self._plain) else "history"
            return (Request(intent, self._plain, Slots(query=name, names=(name,), knows_names=True)),)
        if others := focus.others_than_told(self.shown, self.context, self._plain):
            return (Request("follow_up", self._plain, meant=tuple(others), asks=move.facts),)
        if not self.shown or follow_ups.means_the_brand(self._plain):
            return ()
        if forms := self._in_forms():
            return forms
        if compares(self._plain) and (rival := focus.rival(told[0], self._editing.wish, self.shown)):
            return (Request("follow_up", self._plain, meant=told[:1], asks=move.facts, rival=rival),)
        if follow_ups.wants_others(self._plain):
            return ()
        if focus.tells_apart(self.wish, self.shown, self.context, self._plain):
            return (Request("follow_up", self._plain, meant=told, asks=move.facts | {"effects"}),)
        if move.is_about_shown:
            if "effects" in move.facts and not any(product.get("effects") for product in told):
                kinds = " ".join({str(product.get("category")) for product in told})
                question = f"{self._said_now} ({kinds})"
                return (Request("follow_up", self._plain, meant=told, question=question, asks=move.facts),)
            among = superlatives.told_of(self._plain, self.context.last_shown, self.shown)
            return (Request("follow_up", self._plain, meant=told, asks=move.facts, among=among),)
        if named := self._editing.asked_by_name():
            return named
        is_other_form = focus.is_other_form(self.shown, (*self._alone.requests, self._whole), self._plain)
        is_other_form = is_other_form or SORTS.first(self._plain) in move.rest
        is_other_form = is_other_form and not comes_with(self._plain)
        if is_other_form or not self._meant_intents() <= {*PRODUCTS, "usual"}:
            return ()
        if subject_of(self._plain):
            return ()
        if move.asks_unforeseen and not (self._editing.wish.knows_names or self._editing.wish.avoid):
            return (Request("follow_up", self._plain, meant=told, question=self._said_now, is_unforeseen=True),)
        if follow_ups.asks_among_shown(self._plain) and not move.is_relative:
            return (Request("follow_up", self._plain, meant=told, asks=move.facts),)
        return ()

    @property
    def _said_now(self) -> str:
        return " ".join(self._texts).replace("\n", " ")

    def _meant_intents(self) -> set[str]:
        """The intents without those that a few words about what was shown are easily mistaken for."""
        return {each for each in self._intents() if each not in EASILY_HEARD or is_supported(each, self._plain)}

    @property
    def _whole(self) -> Request:
        """The text as one wish."""
        return Request("search", self._plain, self._editing.wish)
