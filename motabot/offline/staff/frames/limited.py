"""The last frame within a limit that a follow-up names: "and at three or more", "under 20 dollars", "over 500 points"."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.frames.draft import FigureDraft
from motabot.offline.staff.frames.frame import Bound, FigureFrame, Filter
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.numbers import Limit
from motabot.offline.staff.frames.query import plural


def with_limit(frame: FigureFrame, draft: FigureDraft) -> FigureFrame | None:
    """A frame within the limit of a follow-up; None if it has no place for it, or if there are several.

    Args:
        frame: The last one.
        draft: The follow-up.
    """
    if len(draft.bounds) != 1:
        return None
    limit = draft.bounds[0][0]
    return _worth(frame, draft) or _bounded(frame, limit) or _priced(frame, limit)


def limits_customers(frame: FigureFrame, draft: FigureDraft) -> bool:
    """Whether a follow-up only limits a figure of the customers who were listed or counted: "over 1000 lifetime"."""
    if len(draft.bounds) != 1:
        return False
    limit, of = draft.bounds[0]
    known = lexicon().measures.get(of or limit.unit)
    is_crowd = frame.of == "customer" and frame.measures in ((), ("count customer",)) and not frame.by
    return is_crowd and known is not None and known.relations == ("customers",)


def _worth(frame: FigureFrame, draft: FigureDraft) -> FigureFrame | None:
    if not limits_customers(frame, draft):
        return None
    limit, of = draft.bounds[0]
    name = of or limit.unit
    words = limit.words if name == limit.unit else f"{limit.words} {lexicon().measures[name].en.replace('_', ' ')}"
    worth = Filter("worth", (name, limit.sign, str(limit.number)), words=words)
    return replace(frame, filters=(*frame.filters, worth))


def _bounded(frame: FigureFrame, limit: Limit) -> FigureFrame | None:
    """A frame with another limit in place of its only one: "and at three or more"; None if it has not exactly one."""
    of_rows = [each for each in frame.filters if each.kind == "worth"]
    of_sets = [bound for each in frame.conditions for bound in each.bounds]
    if len(frame.bounds) + len(of_rows) + len(of_sets) != 1:
        return None

    def other(bound: Bound) -> Bound:
        counted = bound.measure.removeprefix("count ")
        noun = plural(counted) if counted != bound.measure else ""
        return replace(bound, sign=limit.sign, number=limit.number, words=f"{limit.words} {noun}".strip())

    filters = tuple(
        replace(each, values=(each.values[0], limit.sign, str(limit.number)), words=limit.words)
        if each.kind == "worth"
        else each
        for each in frame.filters
    )
    conditions = tuple(replace(each, bounds=tuple(map(other, each.bounds))) for each in frame.conditions)
    return replace(frame, bounds=tuple(map(other, frame.bounds)), filters=filters, conditions=conditions)


def _priced(frame: FigureFrame, limit: Limit) -> FigureFrame | None:
    """Listed or ranked products within a price: "under 20 dollars"; None if it is not about prices of products."""
    if "product" not in (frame.of, *frame.by) or limit.unit not in ("$", "") or frame.spans:
        return None
    price = Filter("worth", ("price", limit.sign, str(limit.number)), words=limit.words)
    return replace(frame, filters=(*frame.filters, price))
