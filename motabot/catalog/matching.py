"""Whether something that was bought is what a customer's words mean, without asking the catalog."""

from __future__ import annotations

from rapidfuzz import fuzz

from motabot.catalog.index import singular
from motabot.catalog.vocabulary import find_category
from motabot.text.normalize import normal

#: How alike two words must be, of 100, to be one word with a slip.
_ALIKE = 78.0


def is_of_kind(said: str, category: str | None) -> bool:
    """Whether a category is of the kind that words name: "cart" and "Vape Cartridges" are one."""
    if category is None:
        return False
    kind = find_category(said)
    if kind is not None and normal(said) != normal(category):
        return kind == find_category(category)
    return fuzz.ratio(normal(said), normal(category)) >= _ALIKE


def is_like(said: str, *names: str | None) -> bool:
    """Whether every word said is in one of these names, in part or with a slip.

    "Blue dream cart" is not met by the names "Blue Dream 3.5g" and "Hill Farm".
    """
    words = [singular(word) for name in names if name for word in normal(name).split()]
    wanted = [singular(word) for word in normal(said).split()]
    return bool(wanted) and all(
        any(other.startswith(word) or fuzz.ratio(word, other) >= _ALIKE for other in words) for word in wanted
    )
