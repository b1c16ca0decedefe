"""A turn of several clauses, some of which are about what was shown: each of them is read by itself.

"The pineapple one sounds good. how much is it, and are you open sunday" points at a product, asks a fact of it,
and asks something of the shop. A clause that points says what "it" means in those after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from motabot.catalog.index import CatalogIndex
from motabot.customers.context import TurnContext
from motabot.offline.customer import clauses, state, terms
from motabot.offline.customer.bounds import recalled_price
from motabot.offline.customer.dialogue import Dialogue
from motabot.offline.customer.intents import ASIDE, GOODS, place_of
from motabot.offline.customer.languages import asked_language, last_said
from motabot.offline.customer.questions import begins_as_question
from motabot.offline.customer.requests import BasketItem, Request, RequestReading
from motabot.offline.customer.results import Product
from motabot.offline.customer.usual import one_usual

_SEVERAL = 2
#: How many requests a reply answers.
_MOST = 4
#: What words beside a clause about what was shown seem to ask, where they ask nothing.
_VAGUE = ASIDE | {"guess", "question", "help", "search", "recommend"}


@dataclass(frozen=True)
class _Told:
    """What a clause asks of what was shown.

    Attributes:
        requests: What it asks for.
        about: The products that it means.
        is_bare: Whether it only points at them.
    """

    requests: tuple[Request, ...]
    about: Sequence[Product]
    is_bare: bool


def read_turn(
    context: TurnContext, shown: Sequence[Product], index: CatalogIndex, stores: Sequence[str] = ()
) -> RequestReading:
    """What a turn asks for.

    Args:
        context: The turn.
        shown: The products that the shop's last text named.
        index: The catalog's words.
        stores: The names of the shop's stores in normal form.
    """
    if language := asked_language(context):
        said = last_said(context)
        again = read_turn(replace(context, questions=(said,)), shown, index, stores) if said else None
        return replace(again, language=language) if again else RequestReading(language, (Request("greeting", ""),))
    if anew := state.begins_anew(context.questions):
        context = replace(context, questions=(anew,), last_shown=(), earlier=())
        return Dialogue(context, shown, index, stores, is_anew=True).read()
    whole = Dialogue(context, shown, index, stores)
    usual = one_usual(context, whole.plain, whole.wish, shown)
    about = shown if usual is None else [usual]
    parts = clauses.clauses("\n".join(context.questions))
    if len(parts) < _SEVERAL and usual is not None and (facts := _of_usual(usual, whole, parts[0])):
        return RequestReading(whole.language, facts)
    if len(parts) < _SEVERAL or not about or (usual is None and whole.is_one_move):
        return whole.read()
    walk = _Walk(context, index, stores, about, usual)
    if not all(map(walk.take, parts)) or not walk.is_telling:
        return whole.read()
    requests = _numbered([*walk.moved(), *walk.rest()])
    return RequestReading(whole.language, tuple(requests[:_MOST]), tuple(requests[_MOST:]))


@dataclass
class _Walk:
    """The clauses of one turn, read one after the other.

    Attributes:
        context: The turn.
        index: The catalog's words.
        stores: The names of the shop's stores.
        about: What "it" means at this point.
        usual: The product that the writer calls their usual.
        told: What the clauses so far ask of products.
        others: The clauses so far that ask something else.
        names_goods: Whether one of those names goods itself.
    """

    context: TurnContext
    index: CatalogIndex
    stores: Sequence[str]
    about: Sequence[Product]
    usual: Product | None
    told: list[_Told] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    names_goods: bool = False

    def take(self, part: str) -> bool:
        """Read a clause; False if it cannot be read by itself."""
        dialogue = self._dialogue(part)
        if self.usual is not None and one_usual(self.context, dialogue.plain, dialogue.wish, self.about):
            if self.told and (both := _together(self.told[-1], _facts_of(dialogue))):  # "than what i normally buy"
                self.told[-1] = replace(self.told[-1], requests=both)
            self.told.append(_Told(_of_usual(self.usual, dialogue, part), [self.usual], is_bare=False))
            self.about = [self.usual]
            return True
        requests = dialogue.moved()
        if requests is None and (named := dialogue.named_apart()):
            self.told.append(_Told(named, (), is_bare=False))
        elif requests is None:
            self.others.append(part)
            self.names_goods = self.names_goods or dialogue.names_goods
        elif self.names_goods and requests:  # "bubble hash then. which is cheapest": no more of what was shown
            return False
        else:
            self._tell(dialogue, requests)
        return True

    def _tell(self, dialogue: Dialogue, requests: tuple[Request, ...]) -> None:
        """Take up what a clause asks of what was shown, and what it points at."""
        is_pointed = 0 < len(dialogue.pointed) < len(self.about)
        if self.told and not self.told[-1].about and not is_pointed:  # what was just named is described in full
            return
        self.about = dialogue.pointed if is_pointed else self.about
        if self.told and (both := _together(self.told[-1], requests)):
            self.told[-1] = replace(self.told[-1], requests=both)
        else:
            self.told.append(_Told(requests, self.about, is_pointed and not dialogue.facts))

    @property
    def is_telling(self) -> bool:
        """Whether any clause asks something of what was shown, and does not only say what the others mean."""
        if self.usual is not None and self.others:
            return True
        return any(each.requests and not (each.is_bare and self.others) for each in self.told)

    def moved(self) -> list[Request]:
        """What the clauses ask of what was shown."""
        return [request for each in _without_bare(self.told) for request in each.requests]

    def rest(self) -> Sequence[Request]:
        """What the other clauses ask for."""
        if not self.others:
            return ()
        asks = any("?" in part or begins_as_question(part) for part in self.others)
        requests = self._dialogue(" ".join(self.others)).read().requests
        return [each for each in requests if each.intent not in (ASIDE if asks else _VAGUE)]

    def _dialogue(self, part: str) -> Dialogue:
        return Dialogue(replace(self.context, questions=(part,)), self.about, self.index, self.stores)


def _of_usual(usual: Product, dialogue: Dialogue, part: str) -> tuple[Request, ...]:
    """What a clause asks of the product that its writer calls their usual; nothing if it only names it."""
    is_recalled = recalled_price(dialogue.plain) is not None
    if facts := dialogue.facts - {"size", "count"} | ({"price"} if is_recalled else set()):
        return (Request("follow_up", dialogue.plain, meant=(usual,), asks=facts),)
    if terms.differ(dialogue.plain):
        return (Request("basket", dialogue.plain, items=(BasketItem(1, product=usual),)),)
    asks = "?" in part or begins_as_question(part)
    return (Request("usual", dialogue.plain, dialogue.wish, meant=(usual,)),) if asks else ()


def _facts_of(dialogue: Dialogue) -> tuple[Request, ...]:
    """The facts that a clause asks, of whatever it means."""
    return (Request("follow_up", dialogue.plain, asks=dialogue.facts),)


def _together(before: _Told, requests: Sequence[Request]) -> tuple[Request, ...]:
    """One request for the facts that two clauses ask of the same products; none if they do not."""
    if len(requests) != 1 or len(before.requests) != 1:
        return ()
    [one], [other] = before.requests, requests
    if one.slots.size and one.intent == "search" and other.asks:  # "the half. how much is that per gram"
        return (replace(one, query=f"{one.query} {other.query}", asks=one.asks | other.asks),)
    are_plain = all(each.intent == "follow_up" and each.asks and not each.question for each in (one, other))
    if not are_plain or one.meant != other.meant:
        return ()
    return (replace(one, query=f"{one.query} {other.query}", asks=one.asks | other.asks),)


def _without_bare(told: Sequence[_Told]) -> list[_Told]:
    """Without the clauses that only say what those after them ask about."""
    return [
        each
        for place, each in enumerate(told)
        if not (each.is_bare and any(later.requests and later.about == each.about for later in told[place + 1 :]))
    ]


def _numbered(requests: Sequence[Request]) -> list[Request]:
    """The requests with their numbers among those of one intent, in the reply's order."""
    kept: list[Request] = []
    for request in requests:
        same = [each for each in kept if each.intent == request.intent]
        if not same or request.question or request.intent in GOODS:
            kept.append(replace(request, number=len(same)))
    return sorted(kept, key=lambda request: place_of(request.intent))
