"""Two answers side by side: a part against the rest ("VIPs vs everyone else"), and groups with their total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from motabot.offline.staff.frames.frame import FigureFrame, Filter
from motabot.offline.staff.frames.usual_day import per_day
from motabot.text.regex import regex

Read = Callable[[str], FigureFrame | None]

_VERSUS = r"(?:vs|versus|against|compared to|compared with|relative to|than)"
#: "... vs everyone else", "... vs the other days", "... vs non VIPs".
_REST = regex(
    rf",? ?\b{_VERSUS} (?:on |for |of |from |at |in )?(?:all |all of )?(?:the |our |any |every )?(?:everyone else|everybody else|anyone else|everything else"
    r"|the rest|rest|others?|non(?: |-)?(?P<same>\w+))(?: (?:days?|stores?|locations?|shops?|categories|customers?|people|members?|brands?|staff|budtenders?|tiers?))?"
    r"(?: of (?:the |our )?(?:week|stores?|customers?|members?|staff|categories|people|team))?\b"
)
#: "Do VIPs have a bigger basket than everyone else".
_MORE = regex(
    r"\b(?:an? )?(?:bigger|larger|higher|smaller|lower) (?=(?:tickets?|baskets?|sales?|orders?|margins?)\b)"
)
#: "How does Oakland compare with the other stores on average ticket this year".
_COMPARES = regex(
    r"^how (?:does|do|did) (?P<who>.+?) compare (?:with|to|against) (?P<rest>(?:the |all )*(?:others?\b|rest|everyone else)(?: \w+)?)"
    r" (?:on|in|for|by) (?P<what>.+?)(?P<when> (?:this|last|in|since|over|for) .+)?$"
)
#: "... with a total".
_TOTAL = regex(
    r",? ?(?:please |pls )?\b(?:and|with|plus|include|including|incl|show)(?: also)?(?: the| a| an| me)*(?: grand| overall| combined)?"
    r" (?:totals?|overall|sum)(?: too| as well| at the (?:bottom|end))?$"
)


def beside(text: str, read: Read) -> tuple[FigureFrame, FigureFrame] | None:
    """Read a part and the rest, or groups and their total; None if the text asks no such thing.

    Args:
        text: In plain form.
        read: Reads a plainer question.
    """
    text = _COMPARES.sub(r"\g<what> \g<who> vs \g<rest>\g<when>", text)
    if total := _TOTAL.search(text):
        asked = read(text[: total.start()])
        return (asked, _summed(asked)) if asked is not None and _is_grouped(asked) else None
    if said := _REST.search(text):
        asked = read(_MORE.sub("average ", f"{text[: said.start()]}{text[said.end() :]}"))
        return _against_rest(asked, text[: said.start()]) if asked is not None else None
    return None


def _is_grouped(asked: FigureFrame) -> bool:
    return bool(asked.by and asked.measures) and not (asked.share or asked.limit or asked.bounds or asked.per)


def _summed(asked: FigureFrame) -> FigureFrame:
    counts = asked.measures[0].startswith("count ")
    return replace(asked, by=(), of=asked.of if counts else "", ranked=False, rank="", falls=True)


def _against_rest(asked: FigureFrame, before: str) -> tuple[FigureFrame, FigureFrame] | None:
    """The figures of what is named last before "vs", and those of all that is not it."""
    things = [each for each in asked.filters if each.positive and each.kind != "flag"]
    named = things if len(things) == 1 else [each for each in things if _ends_with(before, each)]
    is_more = (
        asked.by or asked.of or asked.share or asked.change or asked.bounds or asked.ranked or asked.conditions
    )
    if is_more or not asked.measures or len(named) != 1 or named[0].others:
        return None
    rest = tuple(replace(each, positive=False) if each is named[0] else each for each in asked.filters)
    both = asked, replace(asked, filters=rest)
    return (per_day(both[0]), per_day(both[1])) if named[0].kind == "weekday" else both


def _ends_with(text: str, given: Filter) -> bool:
    last = text.split()[-1] if text.split() else ""
    return given.words.split()[-1].rstrip("s") == last.rstrip("s")
