"""Questions about the customers that the last answer counted or listed, with its conditions."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.lexicon import lexicon


def of_crowd(asked: FigureFrame, before: FigureFrame) -> FigureFrame | None:
    """A question about the customers that the last one counted or listed."""
    ranks = asked.by == ("customer",) and asked.ranked and not (asked.conditions or asked.share or asked.change)
    counts = asked.measures == ("count customer",) and not (asked.share or asked.change or asked.spread)
    if asked.of not in ("", "customer") or (asked.by and asked.of == "customer" and not (ranks or counts)):
        return None
    spans = next((each.spans for each in before.conditions if each.spans and each.verb != "join"), ())
    own = tuple(
        replace(each, spans=spans) if each.verb in ("buy", "visit", "spend") and not each.spans else each
        for each in asked.conditions
    )
    conditions = before.conditions
    if before.spans:  # "new customers by month this year"
        conditions = tuple(
            replace(each, spans=each.spans or before.spans) if each.verb == "join" else each for each in conditions
        )
    done = [each for each in conditions if each.positive and each.spans and each.verb in ("buy", "visit", "spend")]
    known = lexicon().measures.get(asked.measures[0]) if asked.measures else None
    is_sold = known is not None and {"tickets", "lines", "visits"} & set(known.relations)
    lent = done[0].spans if is_sold and len(done) == 1 and not own else ()  # "how much did they spend": then
    filters = (*before.filters, *asked.filters)
    within = asked.top_of or before.top_of
    return replace(
        asked, filters=filters, conditions=(*conditions, *own), spans=asked.spans or lent, top_of=within
    )


def of_it(asked: FigureFrame, before: FigureFrame) -> FigureFrame:
    """A question with the goods of the last answer in place of "it": "how many of them bought it twice"."""
    goods = next((each.filters for each in before.conditions if each.positive and each.filters), ())
    own = tuple(
        replace(each, filters=goods) if each.verb == "buy" and not each.filters else each
        for each in asked.conditions
    )
    return replace(asked, conditions=own)
