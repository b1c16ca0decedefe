"""How a text changes what was wanted before: the last wish, with what the text replaces, adds or drops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from motabot.customers.context import TurnContext
from motabot.offline.customer import (
    fitting,
    focus,
    follow_ups,
    merging,
    relative,
    sized,
    state,
    superlatives,
    swaps,
)
from motabot.offline.customer.bounds import wants_more_cbd
from motabot.offline.customer.lookups import GOODS
from motabot.offline.customer.moves import Move, compares
from motabot.offline.customer.questions import visits_ago
from motabot.offline.customer.references import point, points_by_number
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.support import EASILY_HEARD, is_supported
from motabot.text.normalize import normal

#: Requests that speak of products.
PRODUCTS = frozenset(GOODS) | {"question"}
#: What the classifier predicts for a few words that only narrow down what was wanted.
_NOTHING_SURE = frozenset(("question", "guess", "follow_up", "off_topic", "usual", "details"))
#: Words that add nothing to a superlative.
_IDLE = frozenset("whichever n least lowest fewest highest cara caro caras caros".split())
#: A text of at most this many words narrows down what was wanted, whatever else it may seem to say.
_FEW = 8


@dataclass(frozen=True)
class Editing:
    """The edit that one text is.

    Attributes:
        context: The turn.
        shown: The products that the shop's last text named.
        plain: The text in normal form.
        wish: What it wants, read as one wish.
        move: What it asks of the products shown.
        requests: What it asks for by itself.
        wish_of: Reads the wish in some words.
        is_anew: Whether the text gives up what was spoken of before.
    """

    context: TurnContext
    shown: Sequence[Product]
    plain: str
    wish: Slots
    move: Move
    requests: Sequence[Request]
    wish_of: Callable[[str], Slots]
    is_anew: bool = False

    @property
    def focus(self) -> tuple[Product, ...]:
        """What "it" means: the products that the text points at, or all that were shown."""
        return self.move.pointed or tuple(self.shown)

    @cached_property
    def old(self) -> Slots | None:
        """What was wanted before: in the last turn, or failing that, in one of those before it."""
        if self.is_anew:
            return None
        if named := self._named_by_it():
            return named
        last = state.last_slots(self.context.last_shown, self.wish_of)
        told = {each.tool for each in self.context.last_shown}
        if last is not None and not (last.knows_names and not last.category and "show_product" in told):
            before = next((line.text for line in reversed(self.context.history) if line.author == "customer"), "")
            return replace(last, more_cbd=last.more_cbd or wants_more_cbd(before, plain_words(before)))
        wanted = self.requests[0].slots if len(self.requests) == 1 else None
        if last is not None and (wanted is None or wanted.size or wanted.pack or self._speaks_of_it(wanted)):
            return last
        earlier = [each for each in self.context.earlier if each.turns_ago <= state.REMEMBERED]
        return state.last_wish(earlier, self.wish_of) or last or state.asked_before(self.context, self.wish_of)

    def _named_by_it(self) -> Slots | None:
        """The strain that "it" or a bare size means: "does it come in a pack", "how much is the 28g"."""
        wish = self.wish
        told = focus.told_by_it(self.focus, self.context, self.plain)
        strains = {(relative.strain_of(each), str(each.get("category"))) for each in told}
        is_other = (
            swaps.is_for_another(self.plain) or wish.knows_names or wish.effect or wish.flavor or wish.flower_type
        )
        is_of_all = wish.sort is not None and not self.move.refers  # "the cheapest eighth"
        if len({strain for strain, _ in strains}) != 1 or is_other or is_of_all:
            return None
        strain, category = sorted(strains)[0]
        before, it, _ = f" {self.plain} ".partition(" it ")
        if it and wish.kind and f" {wish.kind} " in f"{before} ":  # "the pack, how many in it"
            return None
        is_form = wish.category is not None or wish.size is not None or wish.pack is not None
        is_size = is_form and wish.category is None and wish.max_price is None
        if not strain or not is_form or not (self.move.refers or is_size) or follow_ups.wants_others(self.plain):
            return None
        is_kept = wish.size is not None or category == "Pre-Rolls"  # which alone come in packs
        kind = category if wish.category is None and len(strains) == 1 and is_kept else None
        return Slots(query=strain, names=(strain,), knows_names=True, category=kind)

    def _speaks_of_it(self, wanted: Slots) -> bool:
        """Whether the text wants the product of the last reply in another form: "got it as a cart"."""
        return wanted.category is not None and follow_ups.says_it(self.plain)

    def beside_shown(self) -> tuple[Request, ...]:
        """What is wanted by comparison with what was shown: "cheaper", "a smaller one", "something like it"."""
        ways = relative.directions(self.plain)
        if len(self.move.pointed) == 1 and follow_ups.chooses(self.plain):  # "the cheaper one in prerolls"
            return ()
        if not ways or not self.focus or len(self.plain.split()) > 2 * _FEW or self.move.is_about_shown:
            return ()
        intents = {each.intent for each in self.requests}
        if visits_ago(self.plain) or not intents <= {*PRODUCTS, "usual", "complaint"}:
            return ()
        kinds = {product.get("category") for product in self.focus}
        wish = self.wish
        is_bounded = wish.max_price is not None or wish.min_thc is not None or wish.max_thc is not None
        if (
            wish.knows_names
            or (is_bounded and "similar" not in ways)
            or (wish.category and wish.category not in kinds)
        ):
            return ()
        if compares(self.plain) and wish.unexplained:  # "is it stronger than the anytime"
            return ()
        if wish.pack and any(f"{wish.pack}-pack" in str(each["name"]).casefold() for each in self.focus):
            return (Request("follow_up", self.plain, meant=tuple(self.shown), asks=frozenset({"price"})),)
        if ways & {"bigger", "smaller"} and sized.is_one_thing(self.focus):
            return ()
        query = " ".join(word for word in wish.query.split() if word not in " ".join(wish.unknown).split())
        bare = replace(wish, query=query, names=(), sort=None, is_mild=False, unknown=(), unexplained=())
        base = merging.edit(self.old or Slots(), bare, self.plain)
        is_sort = base.category is None and relative.sort_shown(base, self.focus)
        if (
            base.category not in kinds and not wish.category and not is_sort
        ):  # what it is compared with is of another kind
            base = replace(base, category=None, kind=None, query="")
        if "similar" in ways and len(kinds) > 1 and len(self.focus) > 1 and not wish.category:
            return (Request("follow_up", self.plain),)  # like which of them
        beside = relative.wish_beside(replace(base, wants_others=False), self.focus, ways)
        if beside is None:
            return ()
        return (Request("recommend" if beside.alike else "search", self.plain, beside),)

    def first_of_all(self) -> tuple[Request, ...]:
        """The first of all that match the last wish, not only of the few listed: "which one is strongest"."""
        search = superlatives.cut_list((*self.context.last_shown, *self.context.earlier), self.shown)
        if search is None or self.wish.knows_names or not {each.intent for each in self.requests} <= PRODUCTS:
            return ()
        sort = search.arguments.get("sort")
        by = superlatives.order(self.plain, sort if isinstance(sort, str) else None)
        place = superlatives.place(self.plain)
        if by and by == sort and 0 < place <= len(self.shown):
            meant = (self.shown[place - 1],)
            return (Request("follow_up", self.plain, meant=meant, asks=frozenset({"price", "thc"})),)
        if by and superlatives.wants_next(self.plain):
            wish = superlatives.wish_for_first(search, self.wish, self.plain, by, self.wish_of)
            return (Request("search", self.plain, replace(wish, wants_others=not place)),)
        if by is None or {*self.move.rest} - _IDLE:
            return ()
        wish = superlatives.wish_for_first(search, self.wish, self.plain, by, self.wish_of)
        return (Request("search", self.plain, wish, only_first=True),)

    def resized(self) -> tuple[Request, ...]:
        """Other sizes of what was shown, or a size of several: "have it bigger", "which is cheaper for 3.5"."""
        compared = sized.compared(self.plain, self.shown, self.wish)
        wish = self.wish
        if self.move.pointed and self.move.says_nothing and wish.size is None and follow_ups.goes_on(self.plain):
            last = state.last_wish(
                self.context.last_shown, self.wish_of
            )  # "a quarter of the second", "and the first"
            wish = replace(wish, size=last.size if last else None)
        return compared or sized.asked(self.plain, self.focus, wish, self.move)

    def by_trait(self) -> tuple[Request, ...]:
        """One of the kind that was wanted which was not shown: "how strong is the tangerine one"."""
        wish = self.wish
        says = wish.flavor or wish.effect or wish.flower_type or wish.knows_names or wish.pack is not None
        is_other = swaps.names_another(self.plain)  # "what about the og"
        is_named = wish.is_part and self.move.is_only(wish.names) and not is_other  # "ooh the sea salt"
        is_meant = is_named or self.move.refers
        if self.old is None or not is_meant or not self.move.rest or not says or wish.category:
            return ()
        if self.move.pointed or compares(self.plain) or not (is_named or follow_ups.means_one(self.plain)):
            return ()
        old = relative.of_the_kind(self.old, self.focus) if self.old.knows_names else self.old
        one = merging.edit(replace(old, effect=None), replace(wish, sort=None), self.plain)
        return (Request("search", self.plain, one),)

    def edited(self, requests: Sequence[Request]) -> Sequence[Request]:
        """The requests, changed by what was wanted before."""
        old = self.old
        if old is None:
            return requests
        if swapped := swaps.another_name(old, self.wish, self.focus, self.plain):
            return [Request("search", self.plain, swapped)]
        requests = focus.of_kind_shown(requests, self.shown, self.plain)
        requests = focus.one_of_each([replace(each, intent=self._continued(each)) for each in requests])
        if others := self._others(old, requests):
            return [others]
        heard = {
            each.intent
            for each in requests
            if each.intent not in EASILY_HEARD or is_supported(each.intent, self.plain)
        }
        is_short = len(self.plain.split()) <= _FEW
        if is_short and heard <= _NOTHING_SURE and self._narrows() and state.is_edit(self.plain, self.wish):
            requests = [Request("search", self.plain, self.wish)]
        goods = [each for each in requests if each.intent in PRODUCTS]
        wishes = [each for each in goods if each.intent in fitting.EDITABLE]
        if len(goods) != 1 and len(wishes) != 1:
            return requests
        edited = wishes if len(goods) != 1 else goods  # with a wish of its own, "is that a lot" changes nothing
        return [
            replace(self._edit(old, each), only_first=self.move.wants_first) if each in edited else each
            for each in requests
        ]

    def _narrows(self) -> bool:
        """Whether the text narrows a search down, and every word of it is known."""
        wish = self.wish
        if wish.unexplained or (wish.names and not wish.knows_names):
            return False
        return bool(wish.narrows or wish.avoid)

    def _others(self, old: Slots, requests: Sequence[Request]) -> Request | None:
        """Others than those shown, of the kind that was wanted."""
        for_another = swaps.is_for_another(self.plain) and not self.wish.says_something
        is_about_goods = {each.intent for each in requests} <= (PRODUCTS | {"usual"} if for_another else PRODUCTS)
        if follow_ups.rejects(self.plain, [str(each.get("strain")) for each in self.shown]):
            return Request("search" if old.query else "recommend", self.plain, replace(old, wants_others=True))
        if not is_about_goods or not (for_another or follow_ups.wants_others(self.plain)):
            return None
        wish = self.wish if self._narrows() else Slots()
        if wish.knows_names and follow_ups.has_already(self.plain):
            wish = Slots(avoid=wish.names)
        elif wish.knows_names:
            return None
        if self.shown and old.knows_names:  # what else there is has other names
            old = relative.of_the_kind(replace(old, is_brand=old.is_brand and not wish.category), self.shown)
        wanted = merging.edit(old, wish, self.plain) if wish.says_something else old
        wanted = replace(wanted, wants_others=not for_another)
        return Request("search" if wanted.query else "recommend", self.plain, wanted)

    def _edit(self, old: Slots, wanted: Request) -> Request:
        if wanted.intent == "follow_up" and points_by_number(self.plain):
            return replace(
                wanted, meant=tuple(point(self.plain, focus.pointed_into(self.shown, self.context, self.plain)))
            )
        is_named = wanted.slots.names and not wanted.slots.knows_names
        if is_named and wanted.intent in {"question", "follow_up"} and follow_ups.goes_on(self.plain):
            return replace(wanted, intent="guess", question="")  # "what about zkittlez"
        size = wanted.slots.size or ""
        is_sized = size and not size.endswith("mg") and (old.knows_names or old.category)
        is_sized = is_sized and not wanted.slots.knows_names
        if is_sized and wanted.intent in {"question", "details"}:  # "how much is an eighth"
            wanted = replace(wanted, intent="search", question="")
        if wanted.slots.knows_names and state.refuses(self.plain):
            bare = replace(wanted.slots, names=(), knows_names=False, query="")
            wanted = replace(wanted, intent="search", slots=bare, question="")
        brands = [str(each["brand"]) for each in self.shown if each.get("brand")]
        if brands and follow_ups.means_the_brand(self.plain):  # "is there a 5 pack from them"
            brand = normal(brands[0])
            wish = replace(wanted.slots, names=(brand,), knows_names=True, query=f"{brand} {wanted.slots.query}")
            return replace(wanted, intent="search", slots=wish, question="")
        is_edit = wanted.intent in fitting.EDITABLE and wanted.slots.says_something
        if not is_edit or not (state.is_edit(self.plain, wanted.slots) or swaps.is_for_another(self.plain)):
            return wanted
        old, new = swaps.without_refused_name(old, wanted.slots, self.focus, self.plain)
        wish = merging.edit(swaps.without_taste(old, new, self.plain), new, self.plain)
        if wanted.slots.knows_names or not wanted.slots.names:
            wanted = replace(wanted, question="")
        is_guess = wanted.intent == "guess" and wish.names_goods
        intent = "search" if is_guess or merging.names_words(wish) else wanted.intent
        return replace(wanted, intent=intent, slots=wish)

    def _continued(self, wanted: Request) -> str:
        """What a request is, given the products that were shown."""
        if wanted.intent == "follow_up" and focus.is_other_form(self.shown, [wanted], self.plain):
            return "search"
        points = 0 < len(wanted.meant) < len(self.shown)
        return state.continued(wanted.intent, self.plain, wanted.slots, points=points)
