"""Reads a question about figures into a frame."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames import lexer, numbers
from motabot.offline.staff.frames.baskets import attached, basket
from motabot.offline.staff.frames.beside import beside
from motabot.offline.staff.frames.beside_names import columns_asked, showing
from motabot.offline.staff.frames.columns import CannotCombine
from motabot.offline.staff.frames.draft import FigureDraft
from motabot.offline.staff.frames.each_own import each_own
from motabot.offline.staff.frames.finish import Finish
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.members import by_joining
from motabot.offline.staff.frames.numbers import Numbered
from motabot.offline.staff.frames.scan import Scan
from motabot.offline.staff.frames.sql import Compiler
from motabot.offline.staff.frames.texters import texters
from motabot.offline.staff.frames.usual_day import usual_day
from motabot.text.regex import regex

#: Operators that change the meaning of a question.
_MILD = frozenset("just split up down first always alone mix".split())
_OPERATORS = (
    "share",
    "average",
    "median",
    "without",
    "only",
    "both",
    "growth",
    "shrink",
    "lag",
    "before",
    "first",
    "among",
)


#: "The average time between visits of our top 20 customers": an average of those that another ranking finds.
_OF_TOP = regex(
    r"(?P<rest>.*\b(?:average|avg|mean|median|typical)\b.+?) (?:for|of|among|by|from) (?:our |the |my )*"
    r"(?P<top>(?:top|best|biggest) (?:\d+|three|five|ten|twenty) (?:customers|clients|shoppers|members|brands|products|stores)\b.*)"
)
#: "What did our top customer buy the most".
_BOUGHT_BY_TOP = regex(
    r"what (?:did|does|do) (?:our |the |my )*(?:top|best|biggest|number one) (?:(?P<many>\d+) )?(?P<who>customers?|spenders?|members?|clients?)"
    r" (?:buy|get|purchase)(?: the)?(?: most)?(?: often| of)?(?P<when>(?: (?:this|last|in|since|over|during) .+)?)"
)


@dataclass(frozen=True)
class Figures:
    """A question about figures as it was read.

    Attributes:
        frame: What it asks; None if it was not understood.
        unclear: Unknown words, or words that the data cannot combine.
        is_bare: Whether it ranks things and names neither a figure nor a period: "which store was best".
        earlier: Figures of the same question that no single query can return together with `frame`.
        operators: Words in it that change what a figure means: shares, growth, averages, "never" ...
    """

    frame: FigureFrame | None
    unclear: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    is_bare: bool = False
    earlier: tuple[FigureFrame, ...] = ()


def read(text: str, today: date, shop: ShopWords) -> Figures:
    """Read a question.

    Args:
        text: In plain form, with corrected spelling.
        today: The day in the shop's zone.
        shop: The shop's own words.
    """
    bare, columns = columns_asked(text)
    if columns and (asked := read_one(bare, today, shop)) and (whole := showing(asked, columns)):
        return Figures(whole)
    if joined := by_joining(text):
        return Figures(joined)
    if (top := _BOUGHT_BY_TOP.fullmatch(text)) and (found := _bought_by(top, today, shop)):
        return found
    if (top := _OF_TOP.fullmatch(text)) and (found := _of_top(top, today, shop)):
        return found
    if own := each_own(text, lambda plainer: read(plainer, today, shop).frame):
        return Figures(own) if works(own, today) is None else Figures(None, ("than",))
    if pair := usual_day(text, lambda plainer: read_one(plainer, today, shop)):
        wrong = next(filter(None, (works(each, today) for each in pair)), None)
        return Figures(pair[1], earlier=pair[:1]) if wrong is None else Figures(None, (wrong,))
    if pair := beside(text, lambda plainer: read_one(plainer, today, shop)):
        wrong = next(filter(None, (works(each, today) for each in pair)), None)
        return Figures(pair[1], earlier=pair[:1]) if wrong is None else Figures(None, (wrong,))
    if texted := texters(text, lambda plainer: read_one(plainer, today, shop)):
        return Figures(texted) if works(texted, today) is None else Figures(None, ("texted",))
    for together in (basket, attached):
        if frame := together(text, lambda plainer: read(plainer, today, shop).frame):
            return Figures(frame) if works(frame, today) is None else Figures(None, ("also",))
    numbered = numbers.join(lexer.read(text, today, shop, lexicon()))
    return _finished(Scan(numbered, lexicon()).run(), numbered, today, text)


def read_one(text: str, today: date, shop: ShopWords) -> FigureFrame | None:
    """Read a question that a single query answers; None if it is not understood or needs several.

    Args:
        text: In plain form, with corrected spelling.
        today: The day in the shop's zone.
        shop: The shop's own words.
    """
    asked = read(text, today, shop)
    return None if asked.earlier else asked.frame


def _of_top(said: re.Match[str], today: date, shop: ShopWords) -> Figures | None:
    """Read an average of the first of a ranking; None if either of the two is not understood."""
    asked, ranking = read_one(said["rest"], today, shop), read_one(said["top"], today, shop)
    if asked is None or ranking is None or not ranking.limit or len(ranking.by) != 1 or asked.by or asked.ranked:
        return None
    frame = replace(asked, top_of=ranking, spans=asked.spans or ranking.spans)
    return Figures(frame) if asked.measures and works(frame, today) is None else None


def _bought_by(said: re.Match[str], today: date, shop: ShopWords) -> Figures | None:
    """Read what the first of a ranking bought most; None if the ranking is not understood."""
    asked = read_one(f"top products{said['when']}", today, shop)
    many = said["many"] or ("" if said["who"].endswith("s") else "1")
    ranking = read_one(f"top {many} customers", today, shop)
    if asked is None or ranking is None:
        return None
    frame = replace(asked, top_of=replace(ranking, limit=ranking.limit or 10))
    return Figures(frame) if works(frame, today) is None else None


def _finished(draft: FigureDraft, numbered: Numbered, today: date, text: str) -> Figures:
    names = bool(draft.measures or draft.spans or draft.deeds)
    finish = Finish(draft, numbered, lexicon(), today, text)
    operators = tuple(
        item.words
        for item in numbered.items
        if item.is_op(*_OPERATORS) and item.found is None and item.words not in _MILD
    )
    frame = finish.frame()
    if frame is None:
        return Figures(None, tuple(word for word in finish.unclear if word != "?"), operators)
    if len(set(draft.ranks)) > 1:
        return _by_each_rank(frame, draft.ranks, today)
    problem = works(frame, today)
    is_bare = not names and frame.ranked and frame.of != "customer"
    apart = [replace(frame, measures=(each,), rank="") for each in frame.measures]
    if problem is None and frame.change and not (frame.bounds or frame.share) and _names_all(numbered, frame):
        return Figures(apart[-1], earlier=tuple(apart[:-1]))  # a change is of one figure
    if problem is None:
        return Figures(frame, is_bare=is_bare)
    if (
        len(apart) > 1
        and not (frame.bounds or frame.share)
        and _are_joined(numbered)
        and all(works(each, today) is None for each in apart)
    ):
        return Figures(apart[-1], earlier=tuple(apart[:-1]))  # the data has them in different views
    return Figures(None, (problem,), operators)


def _by_each_rank(frame: FigureFrame, ranks: list[str], today: date) -> Figures:
    """A ranking by each of several figures."""
    known = lexicon().measures
    rows = {rank for rank in ranks if rank in known and known[rank].agg == "row"}
    each_one = [
        replace(frame, measures=(rank,), rank="", per="", spread=frame.spread if rank in rows else "")
        for rank in dict.fromkeys(ranks)
    ]
    if (
        frame.measures != (frame.rank,)
        or frame.bounds
        or frame.share
        or any(works(each, today) for each in each_one)
    ):
        return Figures(None, ("by",))
    return Figures(each_one[-1], earlier=tuple(each_one[:-1]))


def _names_all(numbered: Numbered, frame: FigureFrame) -> bool:
    """Whether the question itself names several figures, and those are the frame's."""
    named = {item.name("measure") for item in numbered.items} - {""}
    return len(frame.measures) > 1 and len(named) >= len(frame.measures)


def _are_joined(numbered: Numbered) -> bool:
    """Whether "and" is between the first and the last figure."""
    places = [at for at, item in enumerate(numbered.items) if item.name("measure")]
    return (
        any(item.is_op("and", "compare") for item in numbered.items[places[0] : places[-1]]) if places else False
    )


def works(frame: FigureFrame, today: date) -> str | None:
    """The reason why a frame has no query, in a few words; None if it has one."""
    try:
        Compiler(frame, lexicon(), today, "UTC", frame.who).compile()
    except CannotCombine as error:
        return str(error).replace("_", " ")
    return None
