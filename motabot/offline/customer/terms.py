"""The terms of a sum: the day of the purchase, who buys, what it earns, whether it is enough for delivery."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from motabot.shop import Shop
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.weekdays import NAMED_WEEKDAYS, SHORT_WEEKDAYS, WEEKDAYS

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_ON_DAY, _OTHER_TOPIC, _ASKS_PRICE, _ONLY_NOW = map(
    _LEXICON.pattern, "on_day other_topic asks_price only_now".split()
)
_WITH_DEAL, _EARNS, _ENOUGH, _BUDGET, _OWN_DEAL = map(
    _LEXICON.pattern, "with_deal earns enough budget own_deal".split()
)
_TOMORROW = frozenset(("tomorrow", "tmrw", "manana"))
#: A text of at most this many words that names a day asks for the price then.
_FEW = 4


def differ(plain: str) -> bool:
    """Whether a text in normal form asks more than a price: with a discount, on a day, in points, if enough."""
    is_on_terms = _day_named(plain) is not None or with_deal(plain)
    return is_on_terms or asks_earned(plain) or asks_enough(plain)


def with_deal(plain: str) -> bool:
    """Whether a text in normal form asks for a price with a discount: "and with my vet discount"."""
    return bool(_WITH_DEAL.search(plain))


def asks_only_when(plain: str) -> bool:
    """Whether a text in normal form asks for a price on another day, or now, and not for the hours of that day."""
    return _day_named(plain) is not None or asks_for_now(plain)


def asks_for_now(plain: str) -> bool:
    """Whether a text in normal form only says that today is meant: "and today?"."""
    return bool(_ONLY_NOW.search(plain))


def asks_earned(plain: str) -> bool:
    """Whether a text in normal form asks how many points a purchase brings."""
    return bool(_EARNS.search(plain))


def asks_enough(plain: str) -> bool:
    """Whether a text in normal form asks if something is enough: "would 2 eighths be enough"."""
    return bool(_ENOUGH.search(plain))


def budget(plain: str) -> Decimal | None:
    """The dollars of which a text in normal form asks how many they buy; None if it does not."""
    if not (found := _BUDGET.search(plain)):
        return None
    figure = re.search(r"\d+", found[0])
    words = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
    words |= {"veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "cien": 100}
    return Decimal(figure[0]) if figure else next((Decimal(n) for w, n in words.items() if w in found[0]), None)


def day_of(plain: str, today: date) -> date | None:
    """The next of the weekday for which a text in normal form asks for prices; None if it names none."""
    named = _day_named(plain)
    if named is None:
        return None
    if named in _TOMORROW:
        return today + timedelta(days=1)
    weekday = next(
        known[word]
        for word in (named, named.removesuffix("s"))
        for known in (NAMED_WEEKDAYS, SHORT_WEEKDAYS)
        if word in known
    )
    return today + timedelta(days=(WEEKDAYS.index(weekday) - today.weekday()) % len(WEEKDAYS))


def groups_in(plain: str, shop: Shop, own: str | None = None) -> list[str]:
    """The groups with a deal that a text in normal form names, or its writer's: "with my discount"."""
    told = sorted({who for deal in shop.deals for who in deal.for_whom})
    named = [who for who in told if _names(plain, who)]
    if named or not own or not _OWN_DEAL.search(plain):
        return named
    return [who for who in told if _names(normal(own), who)]


def names_group(plain: str) -> bool:
    """Whether a text in normal form speaks of veterans or seniors."""
    return any(_LEXICON.pattern(group).search(plain) for group in ("veterans", "seniors"))


def _names(plain: str, group: str) -> bool:
    if group in _LEXICON.names():
        return bool(_LEXICON.pattern(group).search(plain))
    return f" {normal(group).removesuffix('s')}" in f" {plain}"


def _day_named(plain: str) -> str | None:
    """The word for the day for which a text asks for prices: "whats that on tuesday", "tuesday price"."""
    is_asked = len(plain.split()) <= _FEW or _ASKS_PRICE.search(plain)
    found = _ON_DAY.search(plain) if is_asked and not _OTHER_TOPIC.search(plain) else None
    return next(filter(None, found.groups()), None) if found else None
