"""The state of a conversation: what was wanted last, and how a short text changes it.

The last turn's tool calls are kept with the turn, so the last slots are read back from their arguments. "How about
in a pre-roll", "under 30" and "no sorry, I meant chocolates" then change it: what they name is replaced, the rest
stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from motabot.catalog.sizes import SIZES, find_size
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES
from motabot.catalog.word_table import Table
from motabot.customers.records import Lookup
from motabot.offline.customer.slots import Slots, read_slots
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_EDIT, _CORRECTION, _KNOWN_ALREADY = (_LEXICON.pattern(name) for name in ("edit", "correction", "known_already"))
_SEARCHES = frozenset(("search_products", "recommend_products"))
_CHEAPEST, _LESS, _POINTING = (_LEXICON.pattern(name) for name in ("cheapest", "less", "pointing"))
_AMONG_SHOWN, _STILL_THERE, _BIGGER = (_LEXICON.pattern(name) for name in ("among_shown", "still_there", "bigger"))
#: Packages of flower, in grams.
_PACKAGES = (Decimal(1), Decimal("3.5"), Decimal(7), Decimal(14), Decimal(28))
#: A text of so few words goes on with what was wanted before.
_SHORT = 6


def last_slots(lookups: Sequence[Lookup], is_ordinary: Callable[[str], bool]) -> Slots | None:
    """What the previous turn looked for; None where it looked for nothing.

    Args:
        lookups: The previous turn's tool calls.
        is_ordinary: Whether a word is one that people use every day.
    """
    arguments = next((each.arguments for each in lookups if each.tool in _SEARCHES), None)
    if arguments is None:
        return None
    query = str(arguments.get("query") or "")
    read = read_slots(query, [], is_ordinary)
    return replace(
        read,
        query=query,
        category=_text(arguments, "category") or read.category,
        effect=_text(arguments, "effect") or read.effect,
        flavor=_text(arguments, "flavor") or read.flavor,
        flower_type=_text(arguments, "flower_type") or read.flower_type,
        avoid=tuple(str(each) for each in _list(arguments.get("avoid"))),
        max_price=None if arguments.get("max_price") is None else Decimal(str(arguments["max_price"])),
        is_mild=bool(arguments.get("beginner")),
    )


def is_edit(plain: str, slots: Slots) -> bool:
    """Whether a text in normal form changes what was wanted before instead of wanting something new."""
    if slots.knows_names:
        return False
    return bool(_EDIT.search(plain)) or len(plain.split()) <= _SHORT


def after_correction(text: str) -> str:
    """What follows "no sorry, I meant", where a text begins so; the text itself otherwise."""
    found = _CORRECTION.match(text.lower())
    return text[found.end() :].strip() or text if found else text


def knows_already(plain: str) -> bool:
    """Whether a text in normal form says that what was shown is known already."""
    return bool(_KNOWN_ALREADY.search(plain))


def asks_whether_still_there(plain: str) -> bool:
    """Whether a text in normal form asks whether the shop still has what was spoken of."""
    return bool(_STILL_THERE.search(plain))


def asks_among_shown(plain: str) -> bool:
    """Whether a text in normal form asks about products shown: "the first one", "which of those is strongest"."""
    return bool(_AMONG_SHOWN.search(plain))


def continued(intent: str, plain: str, slots: Slots, *, points: bool) -> str:
    """The intent of a short text, given that products were looked for in the turn before.

    Args:
        intent: What the text says by itself.
        plain: The text in normal form.
        slots: What it wants.
        points: Whether it points at one of the products that were shown.
    """
    if intent == "cheaper" and (_CHEAPEST.search(plain) or (slots.max_price and not _LESS.search(plain))):
        return "search"
    narrows = bool(slots.category or slots.effect or slots.flavor or slots.flower_type or slots.avoid)
    if intent == "follow_up" and narrows and not points and not _POINTING.search(plain):
        return "search"
    return intent


def _next_package(query: str) -> str:
    """The size of package above the one that a text names; nothing where there is none."""
    size = find_size(query)
    above = [each for each in _PACKAGES if size and size.unit == "g" and each > size.amount]
    return f"{above[0]}g" if above else ""


def edit(old: Slots, new: Slots, plain: str = "") -> Slots:
    """The old slots with everything replaced that the new one names.

    Args:
        old: What was wanted before.
        new: What the text wants.
        plain: The text in normal form, which may ask for "bigger than an eighth".
    """
    if _BIGGER.search(plain) and (size := _next_package(plain)):
        new = replace(new, query=size)
    unwanted = {each.casefold() for each in new.avoid}
    if not new.flower_type and unwanted & {each.casefold() for each in FLOWER_TYPES.words}:
        new = replace(new, query=_without(new.query, FLOWER_TYPES))
    if old.flower_type and old.flower_type.casefold() in unwanted:
        old = replace(old, query=_without(old.query, FLOWER_TYPES), flower_type=None)
    if new.flower_type:
        old = replace(
            old, avoid=tuple(each for each in old.avoid if each.casefold() != new.flower_type.casefold())
        )
    kept = old.query
    for table, is_replaced in (
        (CATEGORIES, bool(new.category)),
        (EFFECTS, bool(new.effect)),
        (FLAVORS, bool(new.flavor)),
        (FLOWER_TYPES, bool(new.flower_type)),
        (SIZES, find_size(new.query) is not None),
    ):
        kept = _without(kept, table) if is_replaced else kept
    return Slots(
        query=" ".join(f"{kept} {new.query}".split()),
        names=new.names or old.names,
        knows_names=new.knows_names or old.knows_names,
        category=new.category or old.category,
        effect=new.effect or old.effect,
        flavor=new.flavor or old.flavor,
        flower_type=new.flower_type or old.flower_type,
        avoid=tuple(dict.fromkeys((*old.avoid, *new.avoid))),
        max_price=new.max_price if new.max_price is not None else old.max_price,
        min_thc=new.min_thc if new.min_thc is not None else old.min_thc,
        sort=new.sort,
        is_mild=new.is_mild or (old.is_mild and new.sort != "thc_high"),
        wants_new=new.wants_new,
        alike=new.alike,
    )


def _without(query: str, table: Table) -> str:
    return re.sub(r"\s+", " ", table.replace(query, " ")).strip()


def _text(arguments: Mapping[str, object], name: str) -> str | None:
    value = arguments.get(name)
    return value if isinstance(value, str) and value else None


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
