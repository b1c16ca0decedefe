"""What a wish becomes, given what the catalog knows and who asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from motabot.catalog.index import CatalogIndex
from motabot.catalog.strength import EXTRACTS, is_beginner, is_for_experienced
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS
from motabot.offline.customer.bounds import thc_bounds
from motabot.offline.customer.lookups import GOODS
from motabot.offline.customer.questions import gets_anxious
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import Slots
from motabot.text.normalize import normal
from motabot.text.regex import regex

#: Requests that a wish narrows down.
EDITABLE = frozenset(("search", "recommend", "guess", "cheaper"))
#: Asks whether something is for a first time.
_WHETHER = regex(
    r"\b(?:ok|okay|good|bad|dumb|safe|too (?:much|strong)|start\w*|begin\w*|first|idea|empezar|empiece"
    r"|buen[oa]?|mal[oa]?)\b"
)
#: Wants CBD, and hardly any THC with it.
_MOSTLY_CBD = regex(
    r"\bcbd\b(?: \w+){0,4} (?:little|low|minimal|barely any|hardly any|not much"
    r"|almost no|without|no|less|poco|sin|menos) (?:to no |or no |of the |any |nada de )?thc\b"
    r"|\b(?:little|low|minimal|hardly any|almost no|no|less|poco|sin|menos)"
    r" (?:to no |or no |any )?thc\b(?: \w+){0,4} cbd\b"
    r"|\b(?:more|mostly|high|mainly) cbd\b"
)
#: What is left out for whoever fears either of it.
_UNEASY = ("anxious", "paranoid")
#: Effects close to one that a catalog does not list.
_NEAR = {
    "Giggly": ("Happy", "Euphoric"),
    "Aroused": ("Euphoric", "Relaxed"),
    "Talkative": ("Uplifted", "Happy"),
    "Tingly": ("Relaxed",),
    "Euphoric": ("Happy",),
    "Uplifted": ("Happy", "Energetic"),
    "Happy": ("Uplifted", "Euphoric"),
    "Creative": ("Focused", "Uplifted"),
    "Focused": ("Creative", "Energetic"),
    "Sleepy": ("Relaxed",),
}


def in_stock(wanted: Request, index: CatalogIndex) -> Request:
    """An effect that the catalog knows, if the wish has one that it does not."""
    effect = wanted.slots.effect
    if effect is None or not index.effects.labels:
        return wanted
    if index.effects.meant(effect):
        query = wanted.slots.query
        for match in EFFECTS.matches(query):  # "something for a party, giggly": the search knows one of them
            if match.name != effect and not index.effects.meant(match.name):
                query = query.replace(match.words, " ")
        return replace(wanted, slots=replace(wanted.slots, query=" ".join(query.split())))
    near = next((each for each in _NEAR.get(effect, ()) if index.effects.meant(each)), None)
    query = " ".join(EFFECTS.replace(wanted.slots.query, " ").split())
    wish = replace(wanted.slots, query=query, effect=near, instead_of=effect, occasion=None)
    return replace(wanted, slots=wish)


def _sort_of_mild(wish: Slots) -> str | None:
    """The order of a list of mild products: the cheapest first, where that is wanted."""
    return wish.sort if wish.sort == "price_low" else None


def as_new(wanted: Request) -> Request:
    """Something new, if that is wanted by what the writer buys: "anything new, going by what i usually get"."""
    return replace(wanted, intent="recommend") if wanted.intent == "usual" and wanted.slots.wants_new else wanted


def kept_cbd(wanted: Request, said: Iterable[str]) -> Request:
    """Who asked for CBD with little THC gets that in later turns, too, whatever form they choose: "drops"."""
    wish = wanted.slots
    if wanted.intent not in EDITABLE or wish.knows_names or wish.sort == "thc_high":
        return wanted
    is_asked = any(_MOSTLY_CBD.search(normal(text)) for text in said)
    return replace(wanted, slots=replace(wish, more_cbd=True)) if is_asked else wanted


def kept_mild(wanted: Request, before: Sequence[str], now: Sequence[str]) -> Request:
    """A customer who said to be new to it gets nothing strong, now or in later turns, whatever kind they name.

    What they ask for somebody who is used to it has no such bound.

    Args:
        wanted: What they ask for.
        before: What they said in earlier turns.
        now: What they say in this one.
    """
    wish, text = wanted.slots, " ".join(now)
    if is_for_experienced(text):
        most = thc_bounds(text, normal(text)).most
        return replace(wanted, slots=replace(wish, is_mild=False, is_new_to_it=False, max_thc=most))
    said = before if wish.is_for_other else (*before, *now)
    is_about_extracts = wish.category in EXTRACTS and wanted.intent in GOODS
    if wanted.intent == "question" and _WHETHER.search(wanted.query):  # "is wax ok to start with"
        is_about_extracts = CATEGORIES.first(wanted.query) == "Concentrates"
        wish = replace(wish, category="Concentrates") if is_about_extracts else wish
    if not (wanted.intent in EDITABLE or is_about_extracts) or wish.category == "Accessories":
        return wanted
    compares = len(wish.names) > 1 and wish.knows_names  # "which of the two is less jittery"
    if compares and not any(map(is_beginner, said)):
        return wanted
    if not any(is_beginner(text) or gets_anxious(normal(text)) for text in said):
        return wanted
    if wish.category in EXTRACTS and not any(map(is_beginner, said)):  # who knows vapes may want a calm one
        return replace(wanted, slots=replace(wish, avoid=tuple(dict.fromkeys((*wish.avoid, *_UNEASY)))))
    wish = replace(wish, is_mild=True, is_new_to_it=True, sort=_sort_of_mild(wish), min_thc=None)
    if wish.category is None and wish.flavor == "Sweet" and not wish.names:  # to eat, more likely than to smoke
        wish = replace(wish, query="edibles", category="Edibles", kind="edibles", flavor=None)
    if wish.category not in EXTRACTS:
        return replace(wanted, slots=wish)
    mildest = Slots(
        query="edibles",
        category="Edibles",
        kind="edibles",
        effect=None if wish.effect == "Focused" else wish.effect,  # "concentrate" sounds like it
        avoid=wish.avoid,
        max_price=wish.max_price,
        is_mild=True,
        is_new_to_it=True,
        refused=wish.category,
    )
    return Request("search", wanted.query, mildest, number=wanted.number)
