"""Applies follow-ups to the last frame: "and last month?", "only flower", "by store"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from motabot.offline.dates.pairs import paired, set_apart
from motabot.offline.dates.ranges import Span, add_months
from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames import lexer, numbers
from motabot.offline.staff.frames.as_share import as_share, told_as_share
from motabot.offline.staff.frames.changes import SAME_DAYS, whole_months
from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, OF_GOODS, TIMES, FigureDraft
from motabot.offline.staff.frames.earlier import earlier, is_earlier
from motabot.offline.staff.frames.frame import FigureFrame, Filter
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.limited import limits_customers, with_limit
from motabot.offline.staff.frames.listed import count_of, noun_of, shown
from motabot.offline.staff.frames.near_figures import TURNED
from motabot.offline.staff.frames.pointed import pointed, points_at, speaks_of_crowd
from motabot.offline.staff.frames.reader import works
from motabot.offline.staff.frames.rows import ROWS
from motabot.offline.staff.frames.scan import Scan
from motabot.offline.staff.frames.there import HEARD, THERE
from motabot.offline.staff.frames.topics import is_soon
from motabot.text.regex import regex

_LESS = regex(r"^(?:and |now )?(?:drop|remove|exclude|take out|leave out) ")
#: "Break that count down by category".
_DOWN = regex(
    r"\b(?:break|split|divide) (?:that|it|this|them|those)(?: (?:count|number|total|list|figure))? (?:down|out|up) (?=by\b)"
)
#: "Only in Q3".
_ONLY_THEN = regex(
    r"^(?:and |but |now )?(?:only|just) (?=(?:in|for|during|from|since|last|this|yesterday|today|q[1-4])\b)"
)
#: "The San Jose one", after two people of one name.
_THE_ONE = regex(r"^(?:and |no |i mean )?(?:only |just )?the (?P<which>.+) (?:one|store|shop)$")
#: Rows of which some words are said that mean something else of others: "lost", "open", "sent".
_WITH_WORDS_OF_THEIR_OWN = frozenset(("leads", "texts"))
#: By what single rows are ordered where the largest or the best are asked for.
_RANKS = {"transaction": "amount", "refund": "amount", "lead": "probability"}
#: "VIP only".
_ONLY_LAST = regex(r"^(?P<what>(?:\w+ ){1,3})(?:only|alone)$")
#: "For the whole San Jose team", after one of its people.
_WHOLE_TEAM = regex(
    r"\b(?:the )?(?:whole|entire|rest of the) (?P<where>(?:\w+ )*?)(?:team|staff|crew|store|shop|company|location)\b"
)
#: Figures of whole tickets.
_OF_TICKETS = frozenset(("sales", "refunded_amount"))
_LISTED = regex(r"^(?:and |ok |now |so )*(?:list|show|show me|give me|name|pull up|which are|who are) ")
_ITS = regex(r"\b(?:its|their)\b")
#: Kinds that name a single product; a new one replaces the old one.
_NAMES = frozenset(("named", "sku"))
_A_YEAR = regex(r"\b(?:last year|the year before|a year (?:ago|earlier)|ano pasado|20\d\d)\b")
#: Flags that exclude each other.
_ONE_OF = (
    {"active", "inactive"},
    {"inbound", "outbound"},
    {"consent_in", "consent_out"},
    {"risk_high", "risk_medium", "risk_low"},
)
_TURNED_AROUND = regex(
    r"(?:newest|latest|oldest|earliest|largest|biggest|smallest|lowest|highest)(?: ones?)? first"
)
#: Words that only refer to the last answer.
_BACK = regex(
    r"\b(?:how )?(?:does|do|did|is|was|make|show|split|break) (?:that|it|this|those|them)\b|^(?:(?:and|ok|so|but|now|do) )*(?:the )?same (?:thing |question |one )?(?!period\b|stretch\b|dates\b|days\b|months\b|time\b|range\b)(?:for|in|at|with|but)?\b|^(?:lo )?mismo (?:para|en|de)\b|^(?:(?:and|ok|so|but|now) )*(?:how|what) about\b|^(?:down|que tal)\b"
    r"|^(?:only|just|solo) (?=(?:the |los |las )?(?:\d+ )?(?:top|bottom|best|worst|first|mejores|peores)\b)"
)


def follow(text: str, before: FigureFrame, today: date, shop: ShopWords) -> FigureFrame | None:
    """Edit the last frame by a follow-up: "and last month?", "by store"; None if it is not a follow-up.

    Args:
        text: In plain form, put right.
        before: The last frame.
        today: The day in the shop's zone.
        shop: The shop's own words.
    """
    if whole := _WHOLE_TEAM.search(text):
        kept = tuple(each for each in before.filters if each.kind not in ("person", "location"))
        before, text = replace(before, filters=kept), _WHOLE_TEAM.sub(r" \g<where>", text)
        text = " ".join(text.split()).removesuffix(" for" if not whole["where"] else " ")
    said, text = text, HEARD.sub("by source", text)
    if found := pointed(text, before, today, shop, follow):
        return found
    if speaks_of_crowd(text, before):
        return None
    if is_earlier(text):
        return earlier(text, before, today)
    if told_as_share(text):
        return as_share(text, before, today, shop)
    if not before.measures and before.of in ROWS.values() and _TURNED_AROUND.fullmatch(text):
        return replace(before, falls=not text.startswith(("oldest", "earliest", "smallest", "lowest")))
    if _ITS.search(text) and (before.by or before.of):  # it is unclear what "its" refers to
        return None
    text = _ONLY_LAST.sub(r"only \g<what>", text).strip()
    text = _THE_ONE.sub(r"only \g<which>", _ONLY_THEN.sub("", text))
    text = _LESS.sub("without ", _BACK.sub(" ", _DOWN.sub("", text)))
    if (points_at(text) or THERE.search(text)) and not is_soon(text):  # it is unclear whom "them" refers to
        return None
    noun = noun_of(before)
    if noun in _WITH_WORDS_OF_THEIR_OWN and noun not in text:
        text = f"{noun} {text}"  # "the lost ones", after leads
    numbered = numbers.join(lexer.read(text, today, shop, lexicon()))
    draft = Scan(numbered, lexicon()).run()
    if (
        draft.unclear
        or draft.deeds
        or draft.counts
        or draft.share_at >= 0
        or draft.who
        or (draft.of == "who" and not (draft.order and before.measures))
        or (draft.spread and not before.spread)
    ):
        return None
    if (draft.recent or draft.relative or draft.both_ends) and not draft.order:
        return None
    if set(draft.measures) & {"product_cost", "price"} and before.measures[:1] == ("points",):
        return None  # what points cost is not what goods cost
    frame = _edited(before, draft, numbered.limit, text, today)
    if draft.lists and frame is not None and _LISTED.match(said):
        frame = shown("list them", frame) or frame  # "list the qualified ones", after a number of leads
    return frame if frame is not None and frame != before and works(frame, today) is None else None


def _edited(
    before: FigureFrame, draft: FigureDraft, limit: int | None, text: str, today: date
) -> FigureFrame | None:
    """The last frame with the parts that a follow-up names; None if a figure has no such variant."""
    frame = before
    of_those = limits_customers(frame, draft)
    if draft.bounds:
        limited = with_limit(frame, draft)
        if limited is None:
            return None
        frame = limited
    if draft.measures and before.measures and not of_those:
        frame = replace(frame, measures=tuple(draft.measures), rank="", spread="", per="")
        frame = (
            replace(frame, share=None) if draft.much or text.startswith("total") else frame
        )  # "and how much did the discounts add up to"
    for turn in draft.turns:
        known = TURNED[turn].get(frame.measures[0] if frame.measures else "")
        if not known:
            return None
        frame = replace(frame, measures=(known, *frame.measures[1:]))
    if draft.spread in ("average", "median"):
        frame = replace(frame, spread="average" if draft.spread == "average" else "median", spreads=())
    frame = _timed(frame, draft, text, today)
    if draft.of in ROWS.values() or frame.of in ROWS.values():
        counted_by = next((name for name, row in ROWS.items() if row == frame.of), "")
        if (draft.by or draft.per) and counted_by and not frame.measures:
            frame = replace(frame, measures=(counted_by,), of="", rank="")  # "by status", after a list of leads
    by = [*draft.by, *draft.per]
    by += [draft.of] if draft.of and draft.of != "customer" and not draft.measures else []
    of_tickets = any(each.kind == "worth" and each.values[0] in _OF_TICKETS for each in frame.filters)
    if of_tickets and {*by} & GOODS:
        return None  # the limit is one of tickets, not of the goods on them
    if by:
        kept = tuple(each for each in frame.filters if each.kind not in by)
        counted = frame.measures or (f"count {frame.of}",)  # "by source", after a list of customers
        rows = None if frame.top_of and {*frame.top_of.by} & {*by} else frame.top_of
        frame = replace(frame, by=tuple(by), filters=kept, measures=counted, top_of=rows)
    if draft.both_ends:
        frame = replace(frame, both_ends=True)
    if draft.rank:
        frame = replace(frame, measures=(draft.rank,), rank="", ranked=True)
    for placed in draft.filters:
        beside = _set_beside(frame, placed.filter) if draft.compares and not draft.spans else None
        frame = beside or _narrowed(_without_goods(frame, placed.filter, draft), placed.filter)
    if draft.order and frame.of in ROWS.values() and not frame.measures:
        rank = _RANKS.get(frame.of, "")
        if not rank:
            return None  # texts have no size
        frame = replace(frame, falls=draft.order == "top", rank=rank, limit=limit or frame.limit)
    elif draft.order:
        frame = replace(frame, falls=draft.order == "top", ranked=True)
    if limit:
        frame = replace(frame, limit=limit, ranked=True)
    return frame


def _set_beside(frame: FigureFrame, given: Filter) -> FigureFrame | None:
    """A frame with a second thing next to the one it is about: "vs Google", after those from Instagram."""
    own = next((each for each in frame.filters if each.kind == given.kind and each.positive), None)
    if (
        own is None
        or not given.positive
        or given.kind in ("flag", "worth", "hours", "weekday")
        or not frame.measures
    ):
        return None
    both = replace(
        own, values=tuple(dict.fromkeys((*own.values, *given.values))), words=f"{own.words}, {given.words}"
    )
    kept = tuple(both if each is own else each for each in frame.filters)
    return replace(frame, filters=kept, by=frame.by if given.kind in frame.by else (*frame.by, given.kind))


def _without_goods(frame: FigureFrame, given: Filter, draft: FigureDraft) -> FigureFrame:
    """A frame without its goods where "vs prerolls" names others, of which nothing is both."""
    if not draft.compares or given.kind not in OF_GOODS:
        return frame
    return replace(frame, filters=tuple(each for each in frame.filters if each.kind not in OF_GOODS))


def _timed(frame: FigureFrame, draft: FigureDraft, text: str, today: date) -> FigureFrame:
    """A frame with the periods of a follow-up."""
    asked = tuple(span for span, _at in draft.spans)
    asked = _same_days(asked, frame, text, today)
    own = frame.spans or next((each.spans for each in frame.conditions if each.spans), ())
    if not (draft.compares or draft.before or draft.change or frame.change == "between"):
        if not asked:
            return frame
        within = tuple(replace(each, spans=asked) if each.spans else each for each in frame.conditions)
        in_conditions = not frame.spans and any(each.spans for each in frame.conditions)
        return replace(frame, spans=() if in_conditions else asked, conditions=within)
    if frame.change == "between" and not frame.by and len(asked) == 1 and "months" in asked[0].said:
        return replace(
            frame, change="steps", by=("month",), spans=(whole_months(asked[0]),)
        )  # "are they going down? the last 6 months"
    times = [each for each in frame.by if each in TIMES]
    if draft.change and not (asked or draft.before or draft.step) and len(times) == 1 and times[0] != "hour":
        return replace(frame, change="steps")  # "growth", after sales by month
    if draft.compares and not asked and not (draft.before or draft.change):
        return frame  # "compare them"
    if draft.compares or draft.before or draft.change:
        pair = paired(text, own[:1]) if not asked else asked if len(asked) > 1 else set_apart((*own[:1], *asked))
    else:
        pair = asked if len(asked) != 1 else (asked[0], asked[0].before()) if asked[0].first else asked
    if not pair or pair[0].first is None:
        return frame
    pair = pair if len(pair) > 1 else (pair[0], pair[0].before())
    frame = (count_of(frame) if frame.of in ROWS.values() else None) or frame
    measures = frame.measures or (f"count {frame.of}",)
    conditions = tuple(replace(each, spans=()) for each in frame.conditions)
    spans = tuple(sorted(pair[:2], key=lambda span: span.last, reverse=True))
    by = tuple(each for each in frame.by if each not in TIMES)
    return replace(frame, measures=measures, change="between", by=by, conditions=conditions, spans=spans)


def _same_days(asked: tuple[Span, ...], frame: FigureFrame, text: str, today: date) -> tuple[Span, ...]:
    """ "And last year?" after October is October of last year."""
    own = frame.spans or next((each.spans for each in frame.conditions if each.spans), ())
    if len(asked) != 1 or not own or not _A_YEAR.search(text):
        return asked
    days = own[0].until(today) if SAME_DAYS.search(text) else own[0]
    is_long = days.first is not None and (days.last - days.first).days > 190 and not SAME_DAYS.search(text)
    told = asked[0]
    if days.first is None or told.first is None or is_long or (told.last - told.first).days < 364:
        return asked  # "and October 2025" is told whole
    years = 12 * (told.first.year - days.first.year)
    return (Span(add_months(days.first, years), add_months(days.last, years)),) if years else asked


def _narrowed(frame: FigureFrame, given: Filter) -> FigureFrame:
    """A frame with a filter in place of the one of its kind."""
    in_set = frame.of == "customer" and frame.conditions and given.kind not in OF_CUSTOMERS
    if in_set and frame.measures in ((), ("count customer",)):
        first = frame.conditions[0]
        if not given.positive:  # "but not edibles"
            other = replace(first, positive=False, filters=(replace(given, positive=True),), bounds=(), only=False)
            return replace(frame, conditions=(*frame.conditions, other))
        narrowed = (replace(each, filters=(*_others(each.filters, given), given)) for each in frame.conditions)
        return replace(frame, conditions=tuple(narrowed))
    if frame.share is not None and any(each.kind == given.kind for each in frame.share.filters):
        part = (*(each for each in frame.share.filters if each.kind != given.kind), given)
        return replace(frame, share=replace(frame.share, filters=part))
    kept = tuple(each for each in frame.filters if not _replaces(given, each))
    by = tuple(each for each in frame.by if each != given.kind or not given.positive)
    return replace(frame, filters=(*kept, given), by=by)


def _replaces(given: Filter, old: Filter) -> bool:
    """Whether a filter replaces an older one instead of adding to it."""
    if old.others:
        return False
    if given.kind == old.kind == "flag":
        both = {given.values[0], old.values[0]}
        return len(both) == 1 or any(both <= group for group in _ONE_OF)
    return given.kind == old.kind or {old.kind, given.kind} <= _NAMES


def _others(filters: tuple[Filter, ...], given: Filter) -> tuple[Filter, ...]:
    return tuple(each for each in filters if each.kind != given.kind)
