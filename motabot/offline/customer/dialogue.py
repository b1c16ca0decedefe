"""The requests of a turn, as the conversation before it completes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from motabot.catalog.index import CatalogIndex
from motabot.catalog.vocabulary import CATEGORIES
from motabot.customers.context import TurnContext
from motabot.offline.customer import (
    bought_it,
    fitting,
    focus,
    follow_ups,
    openness,
    referents,
    several,
    singled,
    state,
    summing,
    terms,
)
from motabot.offline.customer.among import among_shown, in_forms, without_some
from motabot.offline.customer.editing import Editing
from motabot.offline.customer.ingredients import names_ingredient
from motabot.offline.customer.last_sum import BASKET
from motabot.offline.customer.lookups import GOODS
from motabot.offline.customer.manners import courtesy, without_courtesy
from motabot.offline.customer.moves import Move, read_move
from motabot.offline.customer.named import wish_in
from motabot.offline.customer.ongoing import Ongoing
from motabot.offline.customer.own import beside_own, with_own
from motabot.offline.customer.prepared import written_out
from motabot.offline.customer.reading import read
from motabot.offline.customer.references import point, points_at_all
from motabot.offline.customer.requests import Request, RequestReading
from motabot.offline.customer.results import Product
from motabot.offline.customer.said import as_meant
from motabot.offline.customer.sized import asks_per_gram
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.tidying import numbered, on_their_day, with_rules
from motabot.text.language import Language

#: Facts of products that a sum may be asked by: "and is it strong" adds nothing to one.
_OF_SUMS = frozenset(("price", "each", "count", "size", "tax", "stock"))


@dataclass(frozen=True)
class Dialogue:
    """One turn in its conversation.

    Attributes:
        context: The turn.
        shown: The products that the shop's last text named.
        index: The catalog's words.
        stores: The names of the shop's stores in normal form.
        is_anew: Whether the text gives up what was spoken of before.
    """

    context: TurnContext
    shown: Sequence[Product]
    index: CatalogIndex
    stores: Sequence[str] = ()
    is_anew: bool = False

    def read(self) -> RequestReading:
        """The turn's texts, with what the conversation adds to them.

        If a text names an ingredient, the reply says that it is not known, whatever products are named with it.
        """
        reading = self._read()
        intents = {each.intent for each in reading.requests}
        reading = replace(reading, requests=on_their_day(with_rules(reading.requests, self._plain), self._plain))
        if not names_ingredient(self._plain) or not intents & GOODS.keys() or "ingredients" in intents:
            return reading
        others = (  # the list would only say so again
            each
            for each in reading.requests
            if not each.is_unforeseen and not (each.intent == "question" and names_ingredient(each.query))
        )
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
            or self._of_several()
            or self._summed()
            or self._ordered()
            or self._ongoing.goes_on()
            or self._there()
            or without_some(self._editing)
            or self._editing.first_of_all()
            or self._editing.resized()
            or self._editing.beside_shown()
            or self._editing.by_trait()
            or self._among_shown
        )
        said = (*self._said, *self._texts)
        edited = requests or self._editing.edited(reading.requests)
        edited = without_courtesy(edited, self._plain, self._said_now)
        edited = focus.one_of_each(
            [
                openness.asked_which(each, self._move, self.shown, self._plain, self._said_now)
                for each in focus.one_of_each(edited)
            ]
        )
        kept = [
            fitting.kept_cbd(fitting.kept_mild(fitting.as_new(each), self._said, self._texts), said)
            for each in edited
        ]
        fitted = [fitting.in_stock(each, self.index) for each in kept]
        return replace(reading, requests=tuple(bought_it.with_it(fitted, self.shown, self.context)))

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
        if forms := in_forms(self._editing) or (() if summed else self._editing.resized()):
            return forms
        if self._move.is_about_shown:
            return self._among_shown or None
        return () if self._move.says_nothing and not follow_ups.wants_others(self._plain) else None

    def named_apart(self) -> tuple[Request, ...]:
        """The search for one of the kind that was wanted which was not shown: "the sea salt one sounds lovely"."""
        return self._editing.by_trait()

    @property
    def pointed(self) -> tuple[Product, ...]:
        """The products shown that the text points at in particular."""
        return self._move.pointed

    @property
    def names_goods(self) -> bool:
        """Whether the text names goods itself."""
        return self.wish.names_goods

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
        said = [written_out(as_meant(with_own(text, self.context), self.shown, self.index)) for text in texts]
        return [singled.as_question(text, plain_words(text)) for text in said] if self._compared_again else said

    @cached_property
    def _compared_again(self) -> Sequence[Product]:
        return singled.compared_again(self.context, plain_words(" ".join(self.context.questions)))

    @cached_property
    def _plain(self) -> str:
        return plain_words(" ".join(self._texts))

    @cached_property
    def _said(self) -> list[str]:
        return [line.text for line in self.context.history if line.author == "customer"]

    @cached_property
    def _alone(self) -> RequestReading:
        beside = beside_own("\n".join(self._texts), self.context)
        if not beside.requests:
            return read(self._texts, self.shown, self.index, self._said)
        reading = read([beside.rest or " "], self.shown, self.index, (*self._said, *self._texts))
        others = reading.requests if beside.rest else ()
        return replace(reading, requests=tuple(numbered([*beside.requests, *others])))

    def _intents(self) -> set[str]:
        return {each.intent for each in self._alone.requests}

    def _names_goods(self) -> bool:
        return any(each.slots.names_goods for each in self._alone.requests)

    def _last_tools(self) -> set[str]:
        return {each.tool for each in self.context.last_shown}

    def _accepted(self) -> tuple[Request, ...]:
        """A person, if the last reply offered one and the text says yes."""
        last = next(reversed(self.context.replies), "")
        is_offered = '"person"' in last or '"persona"' in last
        if not follow_ups.agrees(self._plain):
            return ()
        return (Request("person" if is_offered else "follow_up" if self.shown else "unclear", self._plain),)

    def _polite(self) -> tuple[Request, ...]:
        """A fitting word, if the text asks for nothing: "ok cool", "no thanks", "bye"."""
        form = courtesy(self._plain)
        return (Request(form, self._plain),) if form else ()

    def _wish_of(self, part: str) -> Slots:
        return wish_in(part, self.index)

    def _summed(self) -> tuple[Request, ...]:
        """What several things cost together, beside what else the text asks for."""
        text, old = " ".join(self._texts), self._editing.old
        is_fact = self._move.is_about_shown and self._move.facts and not self._move.facts & _OF_SUMS
        if is_fact or asks_per_gram(self._plain):
            return ()
        told = () if self._editing.wish.knows_names else self._editing.focus
        if beside := summing.beside_several(self._plain, told, self._alone.requests, self._wish_of):
            return beside
        return summing.summed(text, self._alone.requests, self.shown, self.context, old, self._wish_of)

    def _of_several(self) -> tuple[Request, ...]:
        """How several things compare, or which of them are meant: "which one hits harder", "how much for both"."""
        told = [each.get("sku") for each in referents.last_products(self.context)]
        is_gathered = [each.get("sku") for each in self.shown] != told
        pointed, wish, plain = self._move.pointed, self._editing.wish, self._plain
        if wish.knows_names or (len(pointed) == 1 and not is_gathered):
            return ()
        meant = pointed if len(pointed) > 1 else self.shown
        return (
            several.compared(
                plain, meant, self._move, is_apart=is_gathered or meant is pointed or bool(self._compared_again)
            )
            or several.one_of_each(plain, self.shown, wish.size)
            or several.in_form(plain, self.shown, wish)
            or several.unclear_which(plain, self.shown, self._move)
        )

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
        if self.shown and wish.kind is None and not CATEGORIES.first(self._plain):
            wish = replace(wish, category=None)  # "the strongest" of those shown
        own = self._alone.requests
        return Editing(
            self.context, self.shown, self._plain, wish, self._move, own, self._wish_of, is_anew=self.is_anew
        )

    @cached_property
    def _among_shown(self) -> tuple[Request, ...]:
        return among_shown(self._editing, self._said_now)

    @property
    def _said_now(self) -> str:
        return " ".join(self._texts).replace("\n", " ")
