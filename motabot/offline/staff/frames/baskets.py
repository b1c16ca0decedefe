"""What is bought on the same ticket as something: "what else is in the basket when someone buys a Blue Dream eighth"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from motabot.offline.staff.frames.draft import OF_GOODS
from motabot.offline.staff.frames.frame import FigureFrame, SetCondition
from motabot.text.regex import regex

_SAME = r"(?:in|on) the (?:same )?(?:basket|ticket|cart|order|transaction|receipt|bag)s?"
_BESIDE = (
    regex(
        rf"(?:so )?(?:what|whats|which products?|what products?)(?: else)?(?: is| are| goes| ends up)?(?: usually| typically| often| most often)*"
        rf"(?: else)?(?: bought| sold)? {_SAME}(?: (?:when|if|as|with|that have|that has|that contain))"
        r"(?: (?:someone|somebody|people|customers|a customer|they|we))?(?: (?:buys|buy|gets|get|takes|take|picks up|sell|has|have|there is))? (?P<goods>.+)"
    ),
    regex(
        rf"(?:what|which products?)(?: do| does)?(?: people| customers| they)? (?:buy|add|get|put)(?: most| most often)? {_SAME}(?: (?:as|with)) (?P<goods>.+)"
    ),
    regex(
        r"(?:what|whats|which (?:other )?products?|what (?:other )?products?)(?: else)?(?: is| are| do people| do customers| do they| gets| get)*(?: most| usually| typically| normally)?(?: often)?"
        r" (?:bought|sold|buy|purchased|purchase|grab|pick up|get|add|take|pair|goes|go) (?:most |often |most often )?(?:together|along|alongside) with (?P<goods>.+?)"
        r"(?:,? (?:the )?most(?: often| frequently)?)?(?:,? by (?P<by>product|category|brand|strain))?(?P<when> (?:this|last|in|since) .+)?"
    ),
    regex(
        rf"(?:what|which products?)(?: is| are| do people| gets| get)? (?:most )?(?:often )?(?:bought|sold|buy|purchased)(?: most)?(?: often)? (?:together )?with (?P<goods>.+) {_SAME}"
    ),
)
_ARTICLE = regex(r"^(?:a|an|the|some|our) ")


def basket(text: str, read: Callable[[str], FigureFrame | None]) -> FigureFrame | None:
    """Read a question about what is on the same ticket; None if it is not one.

    Args:
        text: In plain form.
        read: Reads a plainer question: the tickets of some goods.
    """
    said = next(filter(None, (pattern.fullmatch(text.strip()) for pattern in _BESIDE)), None)
    if said is None:
        return None
    found = said.groupdict()
    asked = read(f"transactions of {_ARTICLE.sub('', said['goods'])}{found.get('when') or ''}")
    if asked is None or asked.measures != ("transactions",) or asked.conditions or asked.by or asked.of:
        return None
    goods = tuple(each for each in asked.filters if each.kind in OF_GOODS and each.positive)
    if not goods:
        return None
    rest = tuple(each for each in asked.filters if each not in goods)
    others = tuple(replace(each, positive=False) for each in goods)
    beside = SetCondition("transaction", True, goods, verb="contain")
    by = found.get("by") or "product"
    return replace(asked, of=by, by=(by,), ranked=True, filters=(*rest, *others), conditions=(beside,))
