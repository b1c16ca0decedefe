"""What a text asks about the products shown: a fact, a comparison, which of them the writer had before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motabot.catalog.sort_words import SORTS
from motabot.offline.customer import focus, follow_ups, relative, several, superlatives
from motabot.offline.customer.comparing import asks_cheaper, figures_compared
from motabot.offline.customer.editing import PRODUCTS, Editing
from motabot.offline.customer.moves import comes_with, compares
from motabot.offline.customer.references import point
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import OF_STRAINS, Slots
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.support import EASILY_HEARD, is_supported
from motabot.text.regex import regex

_SEVERAL = 2
#: The same in another form: "do you have that same strain as a joint".
_SAME = regex(r"\b(?:same|mism[oa])\b")
#: Facts that a reply states, whatever else is asked: "does that make ppl anxious at work".
_FIGURES = frozenset(("thc", "cbd", "downside", "type"))
#: A text of at most this many words only leaves out some of what was shown.
_FEW = 8


def among_shown(editing: Editing, said: str) -> tuple[Request, ...]:
    """A question about the products shown: "the first one, is it sativa"; nothing if it asks none.

    Args:
        editing: The text and what was shown.
        said: The text as the customer sent it, with what its sizes mean.
    """
    move, told, plain = editing.move, editing.focus, editing.plain
    if own := several.own_history(plain, told, editing.requests, is_of_it=move.refers):
        return own
    if others := focus.others_than_told(editing.shown, editing.context, plain):
        return (Request("follow_up", plain, meant=tuple(others), asks=move.facts),)
    if not editing.shown or follow_ups.means_the_brand(plain):
        return ()
    if forms := in_forms(editing):
        return forms
    if compares(plain) and (rival := focus.rival(told[0], editing.wish, editing.shown, editing.wish_of)):
        if move.facts <= {"stock"} and not figures_compared(plain) and _SAME.search(plain):
            return (Request("search", plain, rival),)
        return (Request("follow_up", plain, meant=told[:1], asks=move.facts, rival=rival),)
    if follow_ups.wants_others(plain):
        return ()
    if focus.tells_apart(editing.wish, editing.shown, editing.context, plain):
        return (Request("follow_up", plain, meant=told, asks=move.facts | {"effects"}),)
    if move.is_about_shown:
        return (_of_facts(editing, told, said),)
    return _asked_by_name(editing) or _unforeseen(editing, told, said)


def without_some(editing: Editing) -> tuple[Request, ...]:
    """Those shown without some of them: "without the bath soak"."""
    shown, plain = editing.shown, editing.plain
    if len(shown) < _SEVERAL or len(plain.split()) > _FEW or not follow_ups.leaves_out(plain):
        return ()
    out = point(plain, shown)
    kept = tuple(each for each in shown if each not in out)
    return (Request("follow_up", plain, meant=kept, asks=frozenset({"price"})),) if kept else ()


def in_forms(editing: Editing) -> tuple[Request, ...]:
    """The forms of what was shown, where a text compares them: "is the pen or the cart cheaper"."""
    told, plain = editing.focus, editing.plain
    is_compared = asks_cheaper(plain) or compares(plain)
    forms = focus.forms_of_it(told, plain) if told and is_compared else None
    return (Request("search", plain, forms),) if forms else ()


def _asked_by_name(editing: Editing) -> tuple[Request, ...]:
    """A fact of something that is named and was not shown: "the gelato, effects?"."""
    wish, move = editing.wish, editing.move
    rest = f" {' '.join(move.rest)} "
    for name in wish.names:
        rest = rest.replace(f" {name} ", " ")
    if not wish.knows_names or not move.facts or rest.strip() or wish.category or wish.size or move.pointed:
        return ()
    kinds = {str(product.get("category")) for product in editing.shown}
    named = Slots(query=wish.names[0], names=wish.names, knows_names=True)
    if len(kinds) == 1 and len(wish.names) == 1 and (kind := kinds.pop()) in OF_STRAINS - {"Flower"}:
        sort = relative.sort_shown_of(editing.shown) or kind  # "the trainwreck, how strong", among carts
        named = replace(named, query=f"{named.query} {sort}", category=kind, kind=sort)
        return (Request("search", editing.plain, named, asks=move.facts),)
    return (Request("details", editing.plain, named),)


def _of_facts(editing: Editing, told: Sequence[Product], said: str) -> Request:
    """The request for the facts that a text asks of what was shown."""
    asks, plain = editing.move.facts, editing.plain
    if "effects" in asks and not any(product.get("effects") for product in told):
        kinds = " ".join({str(product.get("category")) for product in told})
        return Request("follow_up", plain, meant=tuple(told), question=f"{said} ({kinds})", asks=asks)
    among = superlatives.told_of(plain, editing.context.last_shown, editing.shown)
    return Request("follow_up", plain, meant=tuple(told), asks=asks, among=among)


def _unforeseen(editing: Editing, told: Sequence[Product], said: str) -> tuple[Request, ...]:
    """A question about what was shown that is none for another form of it."""
    move, plain, wish = editing.move, editing.plain, editing.wish
    whole = Request("search", plain, wish)
    is_other_form = focus.is_other_form(editing.shown, (*editing.requests, whole), plain)
    is_other_form = (is_other_form or SORTS.first(plain) in move.rest) and not comes_with(plain)
    if is_other_form or not _meant_intents(editing) <= {*PRODUCTS, "usual"} or subject_of(plain):
        return ()
    known = move.facts & _FIGURES
    if move.asks_unforeseen and not (wish.knows_names or (wish.avoid and not known)):
        if known:
            return (Request("follow_up", plain, meant=tuple(told), asks=known),)
        return (Request("follow_up", plain, meant=tuple(told), question=said, is_unforeseen=True),)
    if follow_ups.asks_among_shown(plain) and not move.is_relative:
        return (Request("follow_up", plain, meant=tuple(told), asks=move.facts),)
    return ()


def _meant_intents(editing: Editing) -> set[str]:
    """The intents without those that a few words about what was shown are easily mistaken for."""
    intents = {each.intent for each in editing.requests}
    return {each for each in intents if each not in EASILY_HEARD or is_supported(each, editing.plain)}
