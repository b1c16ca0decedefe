"""What a message leaves open in the context of the last answer: the words that point at it, and its period and filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from motabot.offline.staff.frames.draft import OF_CUSTOMERS, OF_GOODS, TIMES
from motabot.offline.staff.frames.frame import FigureFrame, Filter, SetCondition
from motabot.offline.staff.frames.reader import Figures, works
from motabot.offline.staff.frames.rows import ROWS
from motabot.text.regex import regex

#: The words of groupings whose name is not the word that people use.
WORDS = {
    "location": "store", "person": "staff member", "payment": "payment type", "source": "marketing source",
    "group": "member group", "type": "customer type", "zip": "zip code", "risk": "churn risk", "status": "lead status",
}  # fmt: skip
#: "Which one had the most": one of the groups of the last answer.
_WHICH_ONE = regex(
    r"^(?!.*\blikely to\b)(?P<lead>(?:and |but |so )?which)(?: ones? | (?=(?:grew|grows|fell|dropped|drops|sold|sells|sell|had|has|have|did|does|do|made|makes|lost|gained)\b))"
)
#: "Average ticket each", "the average ticket of each for last month": of each of its groups.
_EACH = regex(
    r"\b(?:of |for |by |per )?each(?: one| of (?:them|those|these))?(?=$| (?:for|in|this|since|during) | last (?:week|month|quarter|year)\b)"
)
#: "Who's the worst", after figures of staff: one of the groups of the last answer.
_WHO_IS = regex(
    r"^(?P<lead>(?:and |but |so |ok )*)who(?:s| is| was| are| were| had| has| did)? "
    r"(?=(?:the |our )?(?:worst|best|lowest|highest|least|fewest|most|top|bottom|biggest|smallest|slowest)(?: one| ones)?$)"
)
#: "Redeemed?", after the points that were earned.
_REDEEMED = regex(r"(?:and |how many |were |got |points )*(?:redeemed|used|spent|cashed in|canjeados)")
#: "Who spends more", after two or more groups of customers.
_WHO_DOES = regex(
    r"(?:and |so |but )?(?:who|which ones?|which group|which)(?: usually| typically)? (?:(?P<spends>spends?|spent)|(?P<comes>comes?(?: in)?|visits?|shops?|came(?: in)?))"
    r"(?: the)? (?:more|most)(?: often| money)?"
)
_PLACES = r"(?P<noun>store|location|shop|category|brand|budtender|vendor|product|strain|day|month|week)s?"
#: "At which store", after a figure: it by store.
_AT_WHICH = regex(
    rf"(?:and |but |so )*(?:(?:at|in|from|for|on|by) )?(?:which|what) {_PLACES}"
    r"(?: (?:was|were|is|are|did|do|does|had|has)(?: (?:it|that|they|those|these|we|this|come|came|happen|from|at|in|mostly))*)?"
)
_STORES = frozenset(("store", "location", "shop"))
#: "Which store is down the most", after one period against another: it by store.
_WHICH_CHANGED = regex(
    rf"(?:and |but |so )*(?:which|what) {_PLACES}(?: (?:is|are|was|were|went|has|have|s))*"
    r" (?:(?P<down>down|behind|dropped|fell|lost|shrank|declined|slipped|falling|dropping|hurting)|(?:up|grew|gained|rose|improved|growing|jumped|ahead))"
    r"(?: the)?(?: most| hardest| worst)?"
)
#: "Which ones are down from September", after one period: it against that one.
_WHICH_SINCE = regex(
    r"(?:and |but |so )*which(?: ones?| of (?:them|those|these)| \w+)? (?:(?:is|are|was|were|went|has|have) )*"
    r"(?:down|behind|dropped|fell|lost|shrank|declined|slipped|up|ahead|grew|gained|rose|improved)"
    r" (?:from|vs|versus|over|against|since|compared (?:to|with)) (?P<when>.+)"
)
#: A question that says that it is about everything.
WHOLE = regex(
    r"\b(?:overall|all time|in general|altogether|of all time|since we opened|ever|we have|do we have)\b"
)
#: "How many customers", and nothing else.
_HOW_MANY_PEOPLE = FigureFrame(("count customer",), "customer")
#: Figures of what customers bought.
_SOLD = frozenset(("sales", "transactions", "units", "average_sale"))
#: Figures of what happens at some time.
_HAPPENING = frozenset(
    "sales transactions units texts refunds refunded_amount discounts tax margin visits points_earned points_spent".split()
)
#: A follow-up that is about one figure.
_OF_ONE_FIGURE = regex(r"\b(?:that|it|those|they|them|which|who|how (?:many|much)|share|percent)\b")
_COUNTS_THINGS = "count "


def resolved(text: str, before: FigureFrame | None) -> str:
    """A message with the name of the last answer's groups in place of "which one" and "each".

    Args:
        text: In plain form, put right.
        before: The last frame.
    """
    if before is None:
        return text
    if before.change == "between" and (changed := _WHICH_CHANGED.fullmatch(text)):
        return f"by {changed['noun']} {'worst' if changed['down'] else 'best'} first"
    if before.spans and not before.change and before.by and (since := _WHICH_SINCE.fullmatch(text)):
        return f"vs {since['when']}"
    if before.of == "customer" and not before.by and (place := _AT_WHICH.fullmatch(text)):
        return f"which {place['noun']} do they go to" if place["noun"] in _STORES else text
    if before.measures and before.of != "customer" and (which := _AT_WHICH.fullmatch(text)):
        return f"by {which['noun']}"
    if before.measures == ("points_earned",) and _REDEEMED.fullmatch(text):
        return "points redeemed"
    if len(before.by) != 1:
        return text
    if before.by[0] in OF_CUSTOMERS and (does := _WHO_DOES.fullmatch(text)):
        return f"average {'sales' if does['spends'] else 'visits'} per customer by {WORDS.get(before.by[0], before.by[0])}"
    noun = WORDS.get(before.by[0], before.by[0].replace("_", " "))
    if before.by[0] != "customer":
        text = _WHO_IS.sub(rf"\g<lead>which {noun} is ", text)
    return _EACH.sub(f"by {noun}", _WHICH_ONE.sub(rf"\g<lead> {noun} ", text))


def within(
    asked: Figures, before: FigureFrame, text: str, today: date, *, points: bool = False
) -> FigureFrame | None:
    """A whole question that names no period, with the period, filters and customers of the last answer.

    Args:
        asked: The question as it reads alone.
        before: The last frame.
        text: Its words.
        today: The day in the shop's zone.
        points: Whether its words point at the last answer; then it may name a period of its own.

    Returns:
        None if it stands alone: it is about everything, about things, or the data cannot combine the two.
    """
    frame = asked.frame
    if frame is None or _stands_alone(frame, text, points=points):
        return None
    if asked.is_bare and frame.by and frame.by == before.by and before.measures and not before.change:
        return replace(before, ranked=True, falls=frame.falls, limit=frame.limit)  # "which month had the most"
    is_off = frame.change and before.change != frame.change
    if not frame.measures or is_off or before.bounds:
        return None
    if any(each.startswith(_COUNTS_THINGS) for each in frame.measures):
        return None
    if before.of == "customer" and "customer" not in before.by and (before.conditions or before.filters):
        return _of_those(frame, before, today)
    if asked.is_bare and before.of in ROWS.values():
        return None
    return _timed(frame, before, today, is_bare=asked.is_bare)


def _stands_alone(frame: FigureFrame, text: str, *, points: bool) -> bool:
    says_when = bool(frame.spans) and not points
    return bool(says_when or frame.conditions or frame.who or frame.top_of or WHOLE.search(text))


def along(
    text: str, earlier: Sequence[FigureFrame], edit: Callable[[FigureFrame], FigureFrame | None]
) -> tuple[FigureFrame, ...]:
    """The other figures of the last answer as a follow-up edits them; empty if it is about the last one alone.

    Args:
        text: The follow-up.
        earlier: The other figures.
        edit: Edits one of them.
    """
    edited = [edit(each) for each in earlier] if not _OF_ONE_FIGURE.search(text) else []
    same = [
        each
        for each, old in zip(edited, earlier, strict=False)
        if each is not None and each.measures == old.measures
    ]
    return tuple(same) if len(same) == len(earlier) else ()


def people_of(before: FigureFrame, today: date) -> FigureFrame | None:
    """How many people the last figure is of: who bought, or who texted; None if that is not known."""
    if before.share or before.change or before.top_of or before.conditions or before.who:
        return None
    if before.measures == ("texts",) or before.of == "text":
        counted = replace(before, measures=("text_numbers",), of="", rank="", spread="", per="")
    elif set(before.measures) <= _SOLD and before.measures:
        bought = SetCondition("customer", filters=before.filters, spans=before.spans, verb="buy")
        first = replace(before, limit=before.limit or 1) if before.ranked else None  # "how many people is that"
        counted = replace(_HOW_MANY_PEOPLE, conditions=(bought,), top_of=first)
    else:
        return None
    return counted if works(counted, today) is None else None


def _timed(frame: FigureFrame, before: FigureFrame, today: date, *, is_bare: bool) -> FigureFrame | None:
    """A question with what the last answer was about; its figure as well where the question names none."""
    told = (*before.filters, *(before.share.filters if before.share else ()))
    filters = _kept(told, frame)
    spans = frame.spans or (before.spans if frame.change == "between" else before.spans[:1])
    whole = replace(
        frame,
        spans=spans,
        filters=(*filters, *frame.filters),
        conditions=before.conditions,
        top_of=_other_than(before.top_of, frame.by),
        who=before.who if "customer" not in frame.by else "",
    )
    figures = [before.measures[:1], frame.measures] if is_bare else [frame.measures]
    for measures in filter(None, figures):
        rank = frame.rank if measures == frame.measures else ""
        for wider in (whole, replace(whole, filters=frame.filters, conditions=(), top_of=None)):
            merged = replace(wider, measures=measures, rank=rank)
            if merged != frame and works(merged, today) is None:
                return merged
    return None


def _other_than(rows: FigureFrame | None, by: tuple[str, ...]) -> FigureFrame | None:
    """The rows to which a question stays narrowed down; None if it ranks their own kind: "and the worst month"."""
    return None if rows is None or {*rows.by} & {*by} else rows


def _of_those(frame: FigureFrame, before: FigureFrame, today: date) -> FigureFrame | None:
    """A figure of the customers that the last answer counted or listed.

    Where they were told by the goods that they bought, a ranking of them is by what they spent on those.
    """
    if frame.of not in ("", "customer"):
        return None
    bought = [each for each in before.conditions if _is_plain_purchase(each)]
    if frame.by == ("customer",) and len(bought) == len(before.conditions) == 1 and bought[0].filters:
        filters = (*_kept(before.filters, frame), *bought[0].filters, *frame.filters)
        merged = replace(frame, filters=filters, spans=bought[0].spans or before.spans)
        if works(merged, today) is None:
            return merged
    merged = replace(
        frame,
        filters=(*_kept(before.filters, frame), *frame.filters),
        conditions=_dated(before),
        top_of=before.top_of,
    )
    return merged if works(merged, today) is None else None


def _is_plain_purchase(condition: SetCondition) -> bool:
    goods = all(each.kind in OF_GOODS for each in condition.filters)
    return condition.verb == "buy" and condition.positive and goods and not (condition.bounds or condition.only)


def _dated(before: FigureFrame) -> tuple[SetCondition, ...]:
    """The conditions of the last answer, each with its period."""
    return tuple(
        replace(each, spans=each.spans or before.spans) if each.verb == "join" else each
        for each in before.conditions
    )


def _kept(filters: tuple[Filter, ...], frame: FigureFrame) -> tuple[Filter, ...]:
    """The filters that a question does not replace by its own or by a grouping."""
    own = {each.kind for each in frame.filters} | {*frame.by}
    return tuple(each for each in filters if each.kind not in own)


def is_about_people(frame: FigureFrame | None, text: str) -> bool:
    """Whether a message only asks how many people there are, without saying that it means all."""
    return frame == _HOW_MANY_PEOPLE and not WHOLE.search(text)


def is_figure(frame: FigureFrame, words: str) -> bool:
    """Whether a message is the name of a figure and nothing else."""
    bare = replace(FigureFrame(), measures=frame.measures)
    return len(words.split()) <= 2 and replace(frame, spread="", per="", of="", rank="", ranked=False) == bare


def of_one_period(frames: Sequence[FigureFrame], today: date) -> tuple[FigureFrame, ...]:
    """The frames of one sentence whose only period is at its end: "texts we got and texts we sent this month"."""
    last = frames[-1]

    def dated(frame: FigureFrame) -> FigureFrame:
        happens = frame.measures and _HAPPENING.issuperset(frame.measures)
        is_open = happens and not (frame.spans or frame.conditions or set(frame.by) & TIMES)
        whole = replace(frame, spans=last.spans)
        return whole if is_open and works(whole, today) is None else frame

    return tuple(map(dated, frames)) if last.spans and not last.change else tuple(frames)
