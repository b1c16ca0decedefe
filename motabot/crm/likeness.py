"""Whether something that was bought is what a customer's words mean, without asking the catalogue."""

from __future__ import annotations

from rapidfuzz import fuzz

from motabot.crm.vocabulary import find_category, normal

_ALIKE = 85.0


def is_of_kind(said: str, category: str | None) -> bool:
    """Whether a category is of the kind that words name: "cart" and "Vape Cartridges" are one."""
    if category is None:
        return False
    kind = find_category(said)
    if kind is not None and normal(said) != normal(category):
        return kind == find_category(category)
    return fuzz.ratio(normal(said), normal(category)) >= _ALIKE


def is_like(said: str, *names: str | None) -> bool:
    """Whether words name one of these, or all of them together, in part and with a slip or two."""
    plain = normal(said)
    whole = " ".join(normal(name) for name in names if name)
    return bool(plain) and fuzz.partial_token_set_ratio(plain, whole) >= _ALIKE and _all_words(plain, whole)


def _all_words(plain: str, whole: str) -> bool:
    """Every word said has a counterpart: "blue dream cart" is not met by "Blue Dream Flower"."""
    words = whole.split()
    return all(
        any(fuzz.ratio(word, other) >= _ALIKE or other.startswith(word) for other in words)
        for word in plain.split()
    )
