"""Follow-ups about one of the last answer's groups ("who sold the most there") or about all but those it found ("the others")."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames.context import WORDS, within
from motabot.offline.staff.frames.draft import TIMES
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.reader import read, works
from motabot.text.regex import regex

Follow = Callable[[str, FigureFrame, date, ShopWords], FigureFrame | None]

#: "Where did they hear about us", after new customers.
HEARD = regex(
    r"^(?:and )?(?:where|how) (?:did|do) (?:they|those|these|those people|the new ones) (?:all )?(?:hear (?:about|of) us|find (?:out about )?us|come from|know us)(?: from)?$"
)
#: "There", "that store", "in that month": the first of a ranking, or what the last answer was about.
THERE = regex(
    r"\b(?:(?:in|at|from|for|on|of|during) )?(?:(?<!is )(?<!are )(?<!was )(?<!were )(?<!been )(?<!be )there\b(?! (?:is|are|was|were)\b)"
    r"|(?:that|the) same (?P<same>store|location|shop|brand|category|strain|vendor|person)\b|(?<!of )(?<!for )(?<!about )that (?P<that>store|location|shop|brand|category|strain"
    r"|vendor|budtender|person|day|week|month|quarter|year|hour|weekday|source|group|tier)\b)"
)
_KINDS = {word: kind for kind, word in WORDS.items()} | {
    "shop": "location", "location": "location", "budtender": "person", "person": "person", "source": "source", "group": "group"
}  # fmt: skip


def _place(said: re.Match[str], before: FigureFrame) -> tuple[FigureFrame, FigureFrame | None] | None:
    """What "there" or "that store" means.

    Args:
        said: A match of `THERE`.
        before: The last frame.

    Returns:
        The last frame without its ranking, and the ranking whose first is meant, if one is; None if nothing fits.
    """
    noun = said["same"] or said["that"] or ""
    kind = _KINDS.get(noun, noun)
    if len(before.by) == 1 and before.ranked and (kind or "location") == before.by[0]:
        of = "" if before.of == before.by[0] else before.of
        bare = replace(before, of=of, by=(), ranked=False, limit=None, both_ends=False)
        return bare, replace(before, limit=1)
    of_one = [each for each in before.filters if each.positive and len(each.values) == 1]
    named = any(each.kind == kind for each in of_one) or (kind in TIMES and len(before.spans) == 1)
    return (before, None) if named or (not kind and (of_one or before.conditions)) else None


#: "The others", "what did the rest spend": those for whom the last condition is not true.
OTHERS = regex(
    r"\b(?:the )?(?:ones|those|people|customers) (?:who|that) (?:did|have|do|are|were|has)(?:nt| not)$|\b(?:what about |how about )?(?:all )?the (?:others?|rest|other ones|remaining ones)(?: of (?:them|those|these))?\b(?! of)"
)
#: "Compare to the others", "vs the other Oakland budtenders": of one, and of those beside it.
_BESIDE_OTHERS = regex(
    r"^(?:and |now |ok )*(?:(?:compare|compared|how does (?:that|he|she|it|this|they) compare|stack (?:it|that|him|her) up)(?: (?:that|it|him|her|them|this))?"
    r" (?:to|with|against)|vs|versus|against|what about|how about|and) (?:all )?(?:the |our |her |his |their )?(?:others?|rest|other ones|everyone else|everybody else"
    r"|(?:all )?other (?P<whose>(?:\w+ )*?)(?:ppl|people|ones|guys|staff|budtenders?|employees|stores?|locations?|shops?|categories|brands?|vendors?|products?|sources?))(?: (?:in|at|from) (?P<where>.+?))?$"
)
#: What single things are compared by.
_COMPARED = (
    "person",
    "location",
    "category",
    "brand",
    "vendor",
    "source",
    "tier",
    "payment",
    "strain",
    "flower_type",
)
_THEY_TWICE = regex(r"^(?:(?:and|ok|so) )*they (?=.*\bthey\b)")


def beside_others(
    text: str, before: FigureFrame, today: date, shop: ShopWords, follow: Follow
) -> FigureFrame | None:
    """A figure of one thing, and of each of the others beside it; None if the last answer was of no single thing."""
    said = _BESIDE_OTHERS.match(text)
    alone = [each for each in before.filters if each.positive and len(each.values) == 1 and each.kind in _COMPARED]
    if said is None or not alone or not before.measures or before.by or before.share or before.change:
        return None
    if before.of == "customer":
        return None  # "the others" are customers
    one = alone[0]
    whole = replace(before, by=(one.kind,), filters=tuple(each for each in before.filters if each is not one))
    where = " ".join(filter(None, (said["whose"], said["where"]))).strip()
    narrowed = follow(f"only {where}", whole, today, shop) if where else whole
    return narrowed if narrowed is not None and works(narrowed, today) is None else None


def as_they(text: str) -> str:
    """A message about the others in words about them: "what did they spend"."""
    return _THEY_TWICE.sub("they ", OTHERS.sub("they ", text, count=1)).strip()


def complement(before: FigureFrame) -> FigureFrame | None:
    """The others of the last answer: those for whom its last condition is not true; None if it has only one condition."""
    said = len(before.conditions) + len(before.filters)
    if before.of != "customer" or said < 2 or before.by:
        return None
    if before.conditions and not (len(before.conditions) == 1 and before.conditions[0].verb == "join"):
        *rest, last = before.conditions
        return replace(before, conditions=(*rest, replace(last, positive=not last.positive)))
    *kept, narrowed = before.filters
    return replace(before, filters=(*kept, replace(narrowed, positive=not narrowed.positive)))


def of_there(
    said: re.Match[str], text: str, before: FigureFrame, today: date, shop: ShopWords, follow: Follow
) -> FigureFrame | None:
    """A question about the first of a ranking, or about what the last answer was about: "who sold the most there"."""
    meant = _place(said, before)
    if meant is None:
        return None
    bare, ranking = meant
    rest = " ".join(f"{text[: said.start()]} {text[said.end() :]}".split())
    asked = within(read(rest, today, shop), bare, rest, today) or follow(rest, bare, today, shop)
    whole = replace(asked, top_of=ranking) if asked is not None and ranking is not None else asked
    return whole if whole is not None and works(whole, today) is None else None
