"""The figures in a wish: the package's size, how many in a pack, and the bounds of price and THC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from motabot.catalog.sizes import Size, find_size
from motabot.offline.customer import bounds, refusals
from motabot.text.regex import regex

#: "Cheapest per gram" does not ask for a package of one gram.
_PER_UNIT = regex(r"\b(?:per|por) (?:gram|gramo|ounce|onza|mg)\b", re.IGNORECASE)
#: Kinds of goods whose THC is given in milligrams: a percentage means others.
_DOSED = ("edibles", "tinctures", "topicals")
_WEIGHED = ("flower", "pre rolls", "vapes", "concentrates")
_PERCENT = regex(r"\d ?(?:%|percent|por ciento)", re.IGNORECASE)
_MILLIGRAMS = regex(r"\d ?(?:mgs?|milligrams?|miligramos?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class WishFigures:
    """The figures in a wish: the package's size, how many in a pack, and the bounds."""

    size: Size | None
    pack: int | None
    price: bounds.Bounds
    thc: bounds.Bounds
    are_percents: bool
    are_milligrams: bool

    @classmethod
    def of(cls, text: str, plain: str) -> WishFigures:
        """Those of a text, as the customer wrote it and in normal form."""
        size = find_size(_PER_UNIT.sub(" ", bounds.without_thc_bounds(text)))
        price, thc = bounds.price_bounds(text, plain), bounds.thc_bounds(text, plain)
        is_bounded = thc not in {bounds.Bounds(), bounds.Bounds(None, Decimal(0))}
        are_percents, are_milligrams = (
            is_bounded and form.search(text) is not None for form in (_PERCENT, _MILLIGRAMS)
        )
        pack = bounds.pack(refusals.without_refused(plain))
        return cls(size, pack, price, thc, are_percents, are_milligrams)

    def unmeant_kinds(self, *, are_any: bool) -> tuple[str, ...]:
        """The kinds of goods whose THC is not given in the unit of the bounds.

        Args:
            are_any: Whether no product is named: a name may be sold in both units.
        """
        if self.are_milligrams and are_any:
            return _WEIGHED
        return _DOSED if self.are_percents else ()
