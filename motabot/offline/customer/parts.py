"""Words between two commas or joining words, and whether they begin a wish of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from motabot.catalog.sizes import Size, find_size
from motabot.catalog.sort_words import SORTS
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.persons import are_others, person_in
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_name("clauses.toml"))
_WANTS, _CONTENT = _LEXICON.pattern("wants"), _LEXICON.pattern("content")
_TRAITS = (_CONTENT, _LEXICON.pattern("strength"), _LEXICON.pattern("ailment"))
_EXTREMES = {name: _LEXICON.pattern(name) for name in ("strongest", "weakest", "cheapest", "dearest")}
_SLOTS = Lexicon(Path(__file__).with_name("slots.toml"))
_OCCASIONS = tuple(_SLOTS.pattern(name) for name in _SLOTS.names() if name.startswith("occasion_"))
_PACKED = regex(r"^(?:\w+ )?(?:packs?|box(?:es)?|cans?|bottles?|cartons?) of \w+")
_OPENS, _REFINES = _LEXICON.pattern("opens"), _LEXICON.pattern("refines")


@dataclass(frozen=True)
class WishPart:
    """Words between two commas or joining words: the kind and the size that they name."""

    words: str
    kind: str | None
    named: str
    size: Size | None
    type: str | None
    has_trait: bool
    is_open: bool = False
    name: str | None = None
    extreme: str | None = None
    trait: str | None = None
    opens: bool = False
    is_bare: bool = False

    @classmethod
    def of(cls, words: str) -> WishPart:
        match = next(iter(CATEGORIES.matches(words)), None)
        plain = normal(words)
        has_trait = bool(_WANTS.search(plain) and (FLOWER_TYPES.first(words) or EFFECTS.first(words)))
        is_open = has_trait or bool(_WANTS.search(plain) and (FLAVORS.first(words) or _CONTENT.search(plain)))
        kind = SORTS.first(match.words) or match.name if match else None
        named = match.words if match else ""
        size, flower_type = find_size(words), FLOWER_TYPES.first(words)
        extreme = next((name for name, pattern in _EXTREMES.items() if pattern.search(plain)), None)
        told = (found[0] for form in (*_TRAITS, *_OCCASIONS) if (found := form.search(plain)))
        trait = None if kind else EFFECTS.first(words) or FLAVORS.first(words) or next(told, None)
        is_bare, opens = bool(kind) and plain == named, bool(_OPENS.search(plain))
        return cls(
            words, kind, named, size, flower_type, has_trait, is_open,
            extreme=extreme, trait=trait, opens=opens, is_bare=is_bare,
        )  # fmt: skip

    @property
    def is_whole(self) -> bool:
        """Whether it may be a separate wish."""
        return self.kind is not None or self.size is not None

    def is_apart_from(self, before: WishPart, joint: str) -> bool:
        """Whether of two parts one names a kind and the other a product: "brownies and an Earl Grey"."""
        if _PACKED.search(normal(self.words)) and not self.is_whole:  # "a pack of woods"
            return True
        if joint in {"", ","} or (before.name is None) == (self.name is None):
            return False
        named, other = (self, before) if self.name else (before, self)
        return named.kind is None and other.kind is not None

    def is_other_type(self, before: WishPart) -> bool:
        """Whether it wants another type of the kind before: "one indica and one sativa"."""
        return None not in {self.type, before.type} and self.type != before.type

    def is_other_end(self, before: WishPart) -> bool:
        """Whether it wants another order of the kind before: "cheapest cart, and the strongest one"."""
        return self.extreme is not None and before.extreme not in {None, self.extreme} and self.name is None

    def is_of_other(self, before: WishPart) -> bool:
        """Whether it is for another person than a wish before it: "gummies for my mom, a cart for my dad"."""
        return before.says_what and are_others(person_in(normal(before.words)), person_in(normal(self.words)))

    def is_another(self, before: WishPart, joint: str) -> bool:
        """Whether it begins a wish beside the one before: "something for sleep and something fruity"."""
        if self.is_of_other(before):
            return self.says_what
        if joint in {"", ","} or not self.opens or not (before.is_open or before.opens or before.kind):
            return False
        return self.says_what and before.says_what

    def is_kind_of(self, before: WishPart) -> bool:
        """Whether it is the kind of a wish that named none: "something with linalool, carts or flower"."""
        return self.kind is not None and not self.opens and before.trait is not None and not before.is_whole

    @property
    def says_what(self) -> bool:
        """Whether it says anything of what is wanted."""
        told = (self.kind, self.size, self.type, self.trait, self.name)
        plain = normal(self.words)
        return any(each is not None for each in told) or any(
            form.search(plain) for form in (*_TRAITS, *_OCCASIONS)
        )

    def narrows(self, before: WishPart, joint: str) -> bool:
        """Whether it is a size of the kind before: "gummies, 100 mg", but not "a cart and an eighth"."""
        if self.kind is not None or before.kind is None or before.size is not None or self.size is None:
            return False
        is_refined = _REFINES.search(normal(self.words)) is not None
        return joint in {",", ""} or self.size.unit == "mg" or is_refined

    def plus(self, other: WishPart, joint: str) -> WishPart:
        kind = self.type or other.type
        return replace(
            self, type=kind, words=f"{self.words}{joint if joint == ',' else ' ' + joint} {other.words}"
        )
