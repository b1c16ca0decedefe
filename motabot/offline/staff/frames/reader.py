"""Reads a question of figures into a frame, alone or as a follow-up that edits the last one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from motabot.offline.dates.pairs import paired
from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames import lexer, numbers
from motabot.offline.staff.frames.columns import CannotCombine
from motabot.offline.staff.frames.draft import OF_GOODS, TIMES, Draft
from motabot.offline.staff.frames.finish import Finish
from motabot.offline.staff.frames.frame import Filter, Frame
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.numbers import Numbered
from motabot.offline.staff.frames.scan import Scan
from motabot.offline.staff.frames.sql import Compiler

_OF_THEM = re.compile(
    r"\b(?:of|among|from|de) (?:them|those|these|ellos|ellas|esos|esas)(?: customers| people)?\b"
)
_OF_THAT = re.compile(r"\b(?:of|for|de|about) (?:that|it|this|this one|that one|eso|esa)\b")
_HE = re.compile(r"\b(?:he|she|him|her|they|them|ella)\b")
#: Operators without which a question is another one.
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
#: What points at the last answer, and says nothing else.
_BACK = re.compile(
    r"\b(?:how )?(?:does|do|did|is|was|make|show|split|break) (?:that|it|this|those|them)\b|^(?:and )?(?:the )?same (?:for|in|at|with|but)?\b|^(?:lo )?mismo (?:para|en|de)\b|^how about\b|^what about\b|^(?:down|que tal)\b"
)


@dataclass(frozen=True)
class Figures:
    """A question of figures as it was read.

    Attributes:
        frame: What it asks; None where it was not understood.
        unclear: Words that nothing explains, or that the data cannot combine.
        operators: Words in it that change what a figure means: shares, growth, averages, "never" ...
    """

    frame: Frame | None
    unclear: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()


def read(text: str, today: date, shop: ShopWords) -> Figures:
    """Read a question.

    Args:
        text: In plain form, put right.
        today: The day in the shop's zone.
        shop: The shop's own words.
    """
    numbered = numbers.join(lexer.read(text, today, shop, lexicon()))
    return _finished(Scan(numbered, lexicon()).run(), numbered, today, text)


def follow(text: str, before: Frame, today: date, shop: ShopWords) -> Frame | None:
    """The last frame, edited by a follow-up: "and last month?", "by store", "only flower"; None where it is none.

    Args:
        text: In plain form, put right.
        before: The last frame.
        today: The day in the shop's zone.
        shop: The shop's own words.
    """
    if pointed := _pointed(text, before, today, shop):
        return pointed
    text = _BACK.sub(" ", text)
    numbered = numbers.join(lexer.read(text, today, shop, lexicon()))
    draft = Scan(numbered, lexicon()).run()
    if (
        draft.unclear
        or draft.deeds
        or draft.counts
        or draft.share_at >= 0
        or draft.who
        or (draft.spread and not before.spread)
        or draft.bounds
    ):
        return None
    frame = before
    if draft.measures and before.measures and not draft.is_count:
        frame = replace(frame, measures=tuple(draft.measures), rank="", spread="", per="")
    if draft.spread in ("average", "median"):
        frame = replace(frame, spread="average" if draft.spread == "average" else "median", spreads=())
    frame = _timed(frame, draft, text)
    by = [*draft.by, *draft.per]
    by += [draft.of] if draft.of and draft.of != "customer" and not draft.measures else []
    if by:
        frame = replace(frame, by=tuple(by))
    for placed in draft.filters:
        frame = _narrowed(frame, placed.filter)
    if draft.order:
        frame = replace(frame, falls=draft.order == "top", ranked=True)
    if numbered.limit:
        frame = replace(frame, limit=numbered.limit, ranked=True)
    return frame if frame != before and _works(frame, today) is None else None


def _pointed(text: str, before: Frame, today: date, shop: ShopWords) -> Frame | None:
    """What is asked of those who were counted or listed, or of the first of a ranking."""
    if before.of == "customer" and not before.by and _OF_THEM.search(text):
        asked = read(_OF_THEM.sub(" customers ", text), today, shop).frame
        if asked is None or asked.of != "customer" or asked.by:
            return None
        spans = next((each.spans for each in before.conditions if each.spans and each.verb != "join"), ())
        own = tuple(
            replace(each, spans=spans) if each.verb in ("buy", "visit", "spend") and not each.spans else each
            for each in asked.conditions
        )
        merged = replace(asked, filters=(*before.filters, *asked.filters), conditions=(*before.conditions, *own))
        return merged if _works(merged, today) is None else None
    of = before.by[0] if len(before.by) == 1 else ""
    pattern = _HE if of == "customer" else _OF_THAT
    if not of or of in TIMES or not before.ranked or not pattern.search(text):
        return None
    rest = pattern.sub(" customer " if of == "customer" else " ", text)
    asked = read(rest, today, shop).frame or follow(
        rest, replace(before, by=(), ranked=False, limit=None), today, shop
    )
    if asked is None or asked.who:
        return None
    merged = replace(asked, top_of=before, spans=asked.spans or before.spans)
    return merged if _works(merged, today) is None else None


def _timed(frame: Frame, draft: Draft, text: str) -> Frame:
    """A frame with the periods of a follow-up."""
    asked = tuple(span for span, _at in draft.spans)
    own = frame.spans or next((each.spans for each in frame.conditions if each.spans), ())
    if not (draft.compares or draft.before or draft.change or frame.change == "between"):
        if not asked:
            return frame
        within = tuple(replace(each, spans=asked) if each.spans else each for each in frame.conditions)
        in_conditions = not frame.spans and any(each.spans for each in frame.conditions)
        return replace(frame, spans=() if in_conditions else asked, conditions=within)
    if draft.compares or draft.before or draft.change:
        pair = paired(text, own[:1]) if not asked else asked if len(asked) > 1 else (*own[:1], *asked)
    else:
        pair = asked if len(asked) != 1 else (asked[0], asked[0].before()) if asked[0].first else asked
    if not pair or pair[0].first is None:
        return frame
    pair = pair if len(pair) > 1 else (pair[0], pair[0].before())
    measures = frame.measures or (f"count {frame.of}",)
    conditions = tuple(replace(each, spans=()) for each in frame.conditions)
    spans = tuple(sorted(pair[:2], key=lambda span: span.last, reverse=True))
    by = tuple(each for each in frame.by if each not in TIMES)
    return replace(frame, measures=measures, change="between", by=by, conditions=conditions, spans=spans)


def _narrowed(frame: Frame, given: Filter) -> Frame:
    """A frame with a filter in place of the one of its kind."""
    goods = given.kind in OF_GOODS
    kept = tuple(
        each for each in frame.filters if each.kind != given.kind and not (goods and each.kind in OF_GOODS)
    )
    return replace(frame, filters=(*kept, given), by=tuple(each for each in frame.by if each != given.kind))


def _finished(draft: Draft, numbered: Numbered, today: date, text: str) -> Figures:
    finish = Finish(draft, numbered, lexicon(), today, text)
    operators = tuple(
        item.words
        for item in numbered.items
        if item.is_op(*_OPERATORS) and item.found is None and item.words not in _MILD
    )
    frame = finish.frame()
    if frame is None:
        return Figures(None, tuple(word for word in finish.unclear if word != "?"), operators)
    problem = _works(frame, today)
    return Figures(frame) if problem is None else Figures(None, (problem,), operators)


def _works(frame: Frame, today: date) -> str | None:
    """Why there is no query for a frame, in a word; None where there is one."""
    try:
        Compiler(frame, lexicon(), today, "UTC", frame.who).compile()
    except CannotCombine as error:
        return str(error)
    return None
