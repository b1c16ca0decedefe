"""Splits a message that asks several things: each part is another question, or narrows down the one before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames import lexer
from motabot.offline.staff.frames.beneath import beneath, summed
from motabot.offline.staff.frames.context import of_one_period
from motabot.offline.staff.frames.draft import TIMES
from motabot.offline.staff.frames.followups import follow
from motabot.offline.staff.frames.frame import FigureFrame, Filter
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.listed import shown
from motabot.offline.staff.frames.part_words import (
    ALSO_THEN,
    ANY,
    ASKING,
    DIFFERENT,
    ENDS,
    GIVEN_AWAY,
    GOT_USED,
    HAD_ONE,
    HOW_MANY_PEOPLE,
    HOW_MUCH,
    IN_MONEY,
    IN_POINTS,
    JOINS,
    OF_INCOME,
    OF_TICKETS,
    ON_FILE,
    ON_HOW_MANY,
    ROW_TELLS,
    SHARE_OF,
    SHELF,
    SPENT,
    THE_AVERAGE,
    TWO_SENTENCES,
    UP_OR_DOWN,
    WHERE,
    WHICH_MOST,
    WHICH_ONES,
    WHO_THEY_ARE,
    WORTH,
    YES_OR_NO,
)
from motabot.offline.staff.frames.pointed import points_at
from motabot.offline.staff.frames.reader import read, read_one, works
from motabot.offline.staff.frames.rows import ROWS


@dataclass(frozen=True)
class QuestionParts:
    """The questions of one message.

    Attributes:
        frames: What each part asks.
        left: The parts that are not understood, in their own words.
    """

    frames: tuple[FigureFrame, ...]
    left: tuple[str, ...] = ()


def has_several(message: str, spell: Callable[[str], str]) -> bool:
    """Whether a message has two sentences, or continues with "and on how many tickets", another question.

    Args:
        message: As it was written.
        spell: Puts a part into plain form.
    """
    pieces = _pieces(message)
    if TWO_SENTENCES.search(message):
        return True
    rest = [spell(piece) for piece in pieces[1:]]
    if rest and ON_FILE.search(spell(pieces[0])):
        return True
    apart = (
        GOT_USED,
        OF_INCOME,
        ON_HOW_MANY,
        HAD_ONE,
        WHICH_MOST,
        ANY,
        THE_AVERAGE,
        ROW_TELLS,
        IN_MONEY,
        WORTH,
        GIVEN_AWAY,
        HOW_MUCH,
        WHO_THEY_ARE,
    )
    return any(pattern.fullmatch(piece) for pattern in apart for piece in rest)


def read_parts(
    message: str, before: FigureFrame | None, today: date, shop: ShopWords, spell: Callable[[str], str]
) -> QuestionParts | None:
    """Read a message part by part; None if it has one part, or if the first part is not understood.

    Args:
        message: As it was written.
        before: The last frame of the conversation.
        today: The day in the shop's zone.
        shop: The shop's own words.
        spell: Puts a part into plain form.
    """
    spelled = map(spell, _pieces(message))
    pieces = [each for each in spelled if lexer.read(each, today, shop, lexicon())]
    head, _comma, tail = message.rpartition(", ")
    if len(pieces) == 1 and head and _is_restated(spell(head), spell(tail), today, shop):
        pieces = [spell(head), spell(tail)]  # "where do they hear about us, customers by source"
    left = list[str]()
    while len(pieces) > 1:
        if frames := _begun(pieces[0], before, today, shop):
            told = _continued(frames, pieces[1:], left, today, shop)
            is_one = len([each for each in ENDS.split(message) if each.strip()]) == 1
            if told and is_one and not ON_FILE.search(pieces[0]):
                return replace(told, frames=of_one_period(told.frames, today))
            return told
        if not _is_restated(pieces[0], pieces[1], today, shop):
            return None
        left.append(pieces.pop(0))  # "is the deal doing anything? edibles sales on Tuesdays"
    asked = read(pieces[0], today, shop) if left else None
    return QuestionParts((*asked.earlier, asked.frame), tuple(left)) if asked and asked.frame else None


def _is_restated(asked: str, plainer: str, today: date, shop: ShopWords) -> bool:
    """Whether a question that is not understood is asked again in words that are."""
    if not (YES_OR_NO.match(asked) or ASKING.match(asked)) or _begun(asked, None, today, shop):
        return False
    again = read(plainer, today, shop).frame
    named, known = (
        {each.found.values for each in lexer.read(text, today, shop, lexicon()) if each.found}
        for text in (asked, plainer)
    )
    times = [each.span for each in lexer.read(asked, today, shop, lexicon()) if each.span]
    return again is not None and bool(again.measures) and named <= known and not (times and not again.spans)


def _begun(piece: str, before: FigureFrame | None, today: date, shop: ShopWords) -> list[FigureFrame]:
    """What the first part of a message asks."""
    if before is not None and (listed := shown(piece, before)):
        return [listed]
    asked = read(piece, today, shop)
    first = asked.frame
    if first is None and before is not None:
        first = follow(piece, before, today, shop)
    return [] if first is None else [*asked.earlier, first]


def _continued(
    frames: list[FigureFrame], pieces: list[str], left: list[str], today: date, shop: ShopWords
) -> QuestionParts | None:
    """What a message asks whose first part asks for frames; None if a later part cannot be placed."""
    for piece in pieces:
        if _is_told(piece, frames):
            continue
        if also := ALSO_THEN.fullmatch(piece):
            then = follow(f"and {also['when']}", frames[-1], today, shop)
            if then is not None and replace(then, spans=frames[-1].spans) == frames[-1]:
                frames = [*frames, then]  # both periods are asked for
                continue
        if ASKING.match(piece) or YES_OR_NO.match(piece):
            found = _asked(piece, frames, today, shop)
            if found is None:
                left.append(piece)
            else:
                frames.append(found)
            continue
        edited = [_narrowed(piece, frame, today, shop) for frame in frames]
        kept = [each for each in edited if each is not None]
        if len(kept) < len(frames):
            return None  # a part that narrows down cannot be left out
        frames = kept
    return QuestionParts(tuple(dict.fromkeys(frames)), tuple(left))


def _is_told(piece: str, frames: list[FigureFrame]) -> bool:
    """Whether the answers to the parts before tell what a part asks."""
    last = frames[-1]
    if piece in ("how many", "and how many"):
        return bool(last.measures)  # "people who texted us - how many"
    if HOW_MUCH.fullmatch(piece):
        return bool(set(last.measures) & SPENT)  # "did leads buy anything? how much"
    if piece in WHICH_ONES or WHO_THEY_ARE.fullmatch(piece):
        return not all(each.measures for each in frames)
    if UP_OR_DOWN.fullmatch(piece):
        return bool(last.change)
    return bool(ROW_TELLS.fullmatch(piece)) and last.of in ROWS.values()


def _pieces(message: str) -> list[str]:
    sentences = [each for each in ENDS.split(message) if each.strip()]
    return [piece.strip(" ,.") for each in sentences for piece in JOINS.split(each) if piece.strip(" ,.")]


def _narrowed(piece: str, frame: FigureFrame, today: date, shop: ShopWords) -> FigureFrame | None:
    """A frame as a later part edits it; unchanged if the part only repeats it."""
    if ROW_TELLS.fullmatch(piece) and frame.of in ROWS.values():
        return frame
    if (whole := SHARE_OF.fullmatch(piece)) and frame.share is not None:
        piece = whole["whole"]  # "how dependent are we on our top 10 customers? share of this year's sales"
    if (same := _restated(read_one(piece, today, shop), frame)) is not None:
        return same
    edited = follow(piece, frame, today, shop)
    if edited is not None:
        return edited if edited.measures == frame.measures or edited.share or not frame.measures else None
    return None


def _restated(alone: FigureFrame | None, frame: FigureFrame) -> FigureFrame | None:
    """A frame with the period of a part that only names its figure again; None if it says anything else."""
    if alone is None or not alone.measures or not set(alone.measures) <= set(frame.measures):
        return None
    said = replace(FigureFrame(), measures=alone.measures, spans=alone.spans, filters=alone.filters)
    bare = (
        replace(alone, spread="", per="", of="")
        if (alone.spread, alone.per) == (frame.spread, frame.per)
        else alone
    )
    is_within = set(alone.filters) <= set(frame.filters) and not (alone.spans and frame.spans)
    if bare != said or not is_within:
        return None
    return replace(frame, spans=alone.spans or frame.spans)


def _asked(piece: str, frames: list[FigureFrame], today: date, shop: ShopWords) -> FigureFrame | None:
    """What a later part asks, with the place and the time of the first part."""
    first, last = frames[0], frames[-1]
    if last.measures[:1] == ("points_earned",) and GOT_USED.fullmatch(piece):
        return replace(last, measures=("points_spent",))
    if OF_INCOME.fullmatch(piece):
        is_of_tickets = last.share is not None and bool(last.share.filters) and last.measures == ("transactions",)
        if is_of_tickets or "how much" in piece:
            return replace(last, measures=("sales",)) if is_of_tickets else None
    if IN_MONEY.fullmatch(piece) and last.measures[:1] and last.measures[0] in IN_POINTS:
        return None
    if WHO_THEY_ARE.fullmatch(piece):
        return shown("which ones", last)
    if last.measures == ("texts",) and HOW_MANY_PEOPLE.fullmatch(piece):
        return replace(last, measures=("text_numbers",))
    if counted := ON_HOW_MANY.fullmatch(piece) or HAD_ONE.fullmatch(piece):
        return beneath(last, counted["noun"], today)
    if such := ANY.fullmatch(piece):
        by = tuple(each for each in last.by if each not in ("direction", "status"))
        return follow(f"only {such['what']}", replace(last, share=None, change="", by=by), today, shop)
    if THE_AVERAGE.fullmatch(piece) and set(last.measures) & OF_TICKETS:
        piece = "median ticket" if "median" in piece else "average ticket"
    if WHICH_MOST.fullmatch(piece) and "of" not in piece.split():
        piece += " of them"
    if first.measures == ("units_per_sale",) and DIFFERENT.fullmatch(piece):
        return replace(first, measures=("lines_per_sale",))
    if found := follow(piece, last, today, shop):
        return found
    asked = read_one(piece, today, shop)
    if total := summed(piece, last, today):
        return total
    if asked is None or asked.who:
        return asked
    if points_at(piece):
        return None  # it is not known how many "of those" did it
    own = {each.kind for each in asked.filters} | {each.kind for each in _within(asked)} | {*asked.by}
    lent = tuple(
        each for each in first.filters if (each.kind in WHERE or each.values in SHELF) and each.kind not in own
    )
    spans = asked.spans or tuple(span for each in asked.conditions for span in each.spans)
    whole = replace(asked, filters=(*asked.filters, *lent))
    if not spans and not set(asked.by) & TIMES:
        given = first.spans or next((each.spans for each in first.conditions if each.spans), ())
        whole = _timed(whole, given)
    if first.by and not first.ranked and not (whole.by or whole.of or whole.share or whole.change):
        grouped = replace(whole, by=first.by)  # "SKUs per category, and what's the average price": of each
        whole = grouped if works(grouped, today) is None else whole
    return whole if works(whole, today) is None else None


def _timed(asked: FigureFrame, spans: tuple) -> FigureFrame:  # type: ignore[type-arg]
    deeds = [each for each in asked.conditions if each.verb != "join"]
    if deeds and asked.of == "customer":
        return replace(asked, conditions=tuple(replace(each, spans=spans) for each in asked.conditions))
    return replace(asked, spans=spans)


def _within(asked: FigureFrame) -> list[Filter]:
    return [given for each in asked.conditions for given in each.filters]
