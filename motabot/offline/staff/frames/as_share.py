"""Follow-ups that turn the last figure into a share: "as a percentage", "as a percent of sales", "what share was cash"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames import lexer, numbers
from motabot.offline.staff.frames.frame import FigureFrame, Share
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.reader import works
from motabot.offline.staff.frames.scan import Scan
from motabot.text.regex import regex

_PERCENT = regex(
    r"(?:and |now |show |me |it |that |them |those |as |in |y |en )*(?:a |the )?"
    r"(?:percent|percentages?|pct|shares?|porcentajes?)(?: of (?:the )?(?:total|whole|all|sales|revenue))?"
    r"|(?:and )?what (?:share|percent|percentage|pct|part|portion)(?: of (?:the |our |all )?(?:total|whole|all|sales|revenue|everything)"
    r"(?: sales| revenue)?)?(?: (?:is|was|are|were|do|does|did) (?:that|it|this|they|those|these|each)(?: (?:be|make up|account for|represent))?)?"
)
_OF_SALES = regex(r"\bof (?:the |our |all |total )*(?:sales|revenue)\b")
#: "As a percent of all flower", after the sales of Sour Diesel.
_OF_WHOLE = regex(
    r"(?:and |now )?(?:as|in|what|show (?:it|that) as) (?:a |the )?(?:percent|percentage|pct|share|part|fraction) of (?:our |the |all |total )*(?P<whole>.+)"
)
#: "And what share converted", after a number of leads.
_PART_OF_IT = regex(
    r"(?:and )?what (?:share|percent|percentage|pct|part|fraction)(?: of (?:them|those|these|it|that))?(?: (?:were|was|are|is|had|have|has|came from|come from))? (?P<part>.+)"
)
_EVERYTHING = frozenset("total whole all sales revenue everything that those it them".split())
#: Figures whose percentage of sales is a figure of its own.
_RATIOS = {"margin": "margin_percent", "refunds": "refund_share", "refunded_amount": "refund_share"}  # fmt: skip


def told_as_share(text: str) -> bool:
    """Whether a follow-up asks for a share of the last figure."""
    whole = _OF_WHOLE.fullmatch(text)
    is_of_goods = whole is not None and whole["whole"] not in _EVERYTHING
    return bool(_PERCENT.fullmatch(text) or is_of_goods or _PART_OF_IT.fullmatch(text))


def as_share(text: str, before: FigureFrame, today: date, shop: ShopWords) -> FigureFrame | None:
    """The last figure as the share that a follow-up asks for; None if the data has no such share.

    Args:
        text: In plain form.
        before: The last frame.
        today: The day in the shop's zone.
        shop: The shop's own words.
    """
    if _PERCENT.fullmatch(text):
        of_sales = _ratio_to_sales(before, today) if _OF_SALES.search(text) else None
        return of_sales or _of_all(before, today)
    if part := _PART_OF_IT.fullmatch(text):
        return _part_of(part["part"], before, today, shop)
    whole = _OF_WHOLE.fullmatch(text)
    return _as_part(whole["whole"], before, today, shop) if whole else None


def _of_all(before: FigureFrame, today: date) -> FigureFrame | None:
    """Turn the last figures into shares: of each group, or of the single filter."""
    if before.change == "between" and before.by and not before.relative:
        return replace(before, relative=True)  # "in percent", after a change
    if before.share or before.change or before.spread or not before.measures or before.who:
        return None
    shared = replace(before, measures=before.measures[:1], share=Share(), rank="", limit=None)
    if not before.by and len(before.filters) == 1:
        shared = replace(shared, share=Share(before.filters), filters=())
    elif not before.by:
        return None
    return shared if works(shared, today) is None else None


def _as_part(whole: str, before: FigureFrame, today: date, shop: ShopWords) -> FigureFrame | None:
    """Turn the last figures of some goods into a share of other goods: of all flower, after Sour Diesel."""
    draft = Scan(numbers.join(lexer.read(whole, today, shop, lexicon())), lexicon()).run()
    filters = tuple(each.filter for each in draft.filters if each.filter.positive)
    is_plain = not (draft.unclear or draft.deeds or draft.spans or draft.bounds or draft.who or draft.by)
    own = tuple(each for each in before.filters if each not in filters)
    values = {each.values for each in filters}
    if before.by and filters and is_plain and values <= {each.values for each in before.filters}:
        return _of_all(before, today)  # the share of each brand, after flower by brand
    if not (filters and is_plain and own) or before.share or before.change or before.spread or not before.measures:
        return None
    shared = replace(before, measures=before.measures[:1], share=Share(own), filters=filters, rank="", limit=None)
    return shared if works(shared, today) is None else None


def _part_of(words: str, before: FigureFrame, today: date, shop: ShopWords) -> FigureFrame | None:
    """The share of the last figure for which something is also true; None if it is not a plain filter."""
    draft = Scan(numbers.join(lexer.read(words, today, shop, lexicon())), lexicon()).run()
    filters = tuple(each.filter for each in draft.filters)
    is_plain = not (
        draft.unclear or draft.deeds or draft.spans or draft.bounds or draft.who or draft.by or draft.measures
    )
    if not (filters and is_plain) or before.share or before.change or before.spread or not before.measures:
        return None
    shared = replace(before, measures=before.measures[:1], share=Share(filters), rank="", limit=None)
    return shared if works(shared, today) is None else None


def _ratio_to_sales(before: FigureFrame, today: date) -> FigureFrame | None:
    """The last figure, of money, as a percentage of sales; None if it is none."""
    measure = before.measures[0] if before.measures else ""
    known = lexicon().measures.get(measure)
    if (
        known is None
        or not (known.money or measure in _RATIOS)
        or measure == "sales"
        or before.change
        or before.spread
        or before.who
    ):
        return None
    if measure in _RATIOS:
        shared = replace(before, measures=(_RATIOS[measure],), share=None, rank="")
    else:
        shared = replace(before, measures=(measure, "sales"), share=Share(of_measure=True), rank="", limit=None)
    return shared if works(shared, today) is None else None
