"""What is bought on the same ticket as something: "what else is in the basket when someone buys a Blue Dream eighth"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from motabot.offline.staff.frames.draft import OF_GOODS
from motabot.offline.staff.frames.frame import FigureFrame, SetCondition, Share
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
        r"(?:whats|(?:what|which)(?: other)?(?: (?P<of>products|items|things|categories|brands|strains))?)(?: else)?(?: is| are| do people| do customers| do they| gets| get)*(?: most| usually| typically| normally)?(?: often)?"
        r" (?:bought|sold|buy|purchased|purchase|grab|pick up|get|add|take|pair|goes|go) (?:most |often |most often )?(?:(?:together|along|alongside) )?with (?P<goods>.+?)"
        r"(?:,? (?:the )?most(?: often| frequently)?)?(?:,? by (?P<by>product|category|brand|strain))?(?P<when> (?:this|last|in|since) .+)?"
    ),
    regex(
        r"(?:when|if) (?:someone|somebody|people|customers|they|folks|a customer) (?:buys?|gets?|grabs?|takes?|orders?) (?P<goods>.+?),?"
        r" (?:what|which)(?: (?:else|other products|other things|other items|products|items))?(?: (?:do|does) (?:they|people|customers))?"
        r"(?: (?:usually|also|typically|normally|most|often))* (?:goes|go|gets?|ends? up|is|are|buy|grab|add|adds|take|throw|put|comes?)"
        r"(?: (?:else|up|in|into|on|with|along|out|the|their|a|same|bag|basket|cart|ticket|order|it|that|them|most|often))*"
    ),
    regex(
        rf"(?:what|which products?)(?: is| are| do people| gets| get)? (?:most )?(?:often )?(?:bought|sold|buy|purchased)(?: most)?(?: often)? (?:together )?with (?P<goods>.+) {_SAME}"
    ),
)
_KINDS = {"categories": "category", "brands": "brand", "strains": "strain"}
_ARTICLE = regex(r"^(?:a|an|the|some|our|any) ")
_TICKETS = r"(?:tickets|transactions|orders|baskets|receipts)"
_WITH = r"(?:with|that had|that have|that included|containing|including)"
_HAD = r"(?:had|have|has|includes?|included|contained|got)"
_SHARE = r"(?:what|which|whats the|what is the) (?:percent|percentage|share|pct|part|fraction)"
#: "What percent of flower tickets also had an edible", "the attach rate of pre-rolls to flower".
_ATTACHED = (
    regex(
        rf"(?:of|among|out of) (?:the |all |our )*{_TICKETS} {_WITH} (?P<goods>.+?),? {_SHARE}(?: of them)? (?:also )?{_HAD} (?P<also>.+)"
    ),
    regex(rf"{_SHARE} of (?:the |all |our )*{_TICKETS} {_WITH} (?P<goods>.+?) (?:that )?also {_HAD} (?P<also>.+)"),
    regex(
        rf"{_SHARE} of (?:the |all |our )*(?P<goods>.+?) {_TICKETS}(?P<when> .+)? (?:that )?also {_HAD} (?P<also>.+)"
    ),
    regex(
        rf"(?:whats |what is )?(?:our |the )*attach(?:ment)? rate (?:of|for) (?P<also>.+?) (?:to|on|with) (?P<goods>.+?)(?: {_TICKETS}| sales)?(?P<when> (?:this|last|in|since) .+)?"
    ),
)


def basket(text: str, read: Callable[[str], FigureFrame | None]) -> FigureFrame | None:
    """Read a question about what is on the same ticket; None if it is not one.

    Args:
        text: In plain form.
        read: Reads a plainer question: the tickets of some goods.
    """
    found, asked = _asked(_BESIDE, text, read)
    if asked is None:
        return None
    goods = tuple(each for each in asked.filters if each.kind in OF_GOODS and each.positive)
    rest = tuple(each for each in asked.filters if each not in goods)
    others = tuple(replace(each, positive=False) for each in goods)
    beside = SetCondition("transaction", True, goods, verb="contain")
    by = found.get("by") or _KINDS.get(found.get("of") or "", "product")
    return replace(asked, of=by, by=(by,), ranked=True, filters=(*rest, *others), conditions=(beside,))


def attached(text: str, read: Callable[[str], FigureFrame | None]) -> FigureFrame | None:
    """Read a share of the tickets with some goods that have others as well; None if the text asks no such thing.

    Args:
        text: In plain form.
        read: Reads a plainer question: the tickets of some goods.
    """
    found, whole = _asked(_ATTACHED, text, read)
    part = _tickets_of(found["also"], read) if whole else None
    if whole is None or part is None or (whole.spans and part.spans):
        return None
    own, also = (tuple(each for each in asked.filters if each.kind in OF_GOODS) for asked in (whole, part))
    rest = tuple(each for each in (*whole.filters, *part.filters) if each.kind not in OF_GOODS)
    beside = SetCondition("transaction", True, also, verb="contain")
    return replace(
        whole,
        filters=rest,
        conditions=(SetCondition("transaction", True, own, verb="contain"),),
        share=Share(conditions=(beside,)),
        spans=whole.spans or part.spans,
    )


def _asked(
    patterns: Iterable[re.Pattern[str]], text: str, read: Callable[[str], FigureFrame | None]
) -> tuple[dict[str, str], FigureFrame | None]:
    """What the first pattern that is the whole text found, and the tickets with its goods in its period."""
    said = next(filter(None, (pattern.fullmatch(text.strip()) for pattern in patterns)), None)
    if said is None:
        return {}, None
    found = said.groupdict()
    return found, _tickets_of(f"{found['goods']}{found.get('when') or ''}", read)


def _tickets_of(goods: str, read: Callable[[str], FigureFrame | None]) -> FigureFrame | None:
    """The tickets of some goods, if nothing else is said of them than where and when."""
    asked = read(f"transactions of {_ARTICLE.sub('', goods)}")
    if asked is None or asked.measures != ("transactions",) or asked.conditions or asked.by or asked.of:
        return None
    return asked if any(each.kind in OF_GOODS and each.positive for each in asked.filters) else None
