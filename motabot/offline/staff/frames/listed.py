"""What the last answer counted or listed: how many those were, what they are called, and the newest or oldest of them."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.frames.beside_names import of_them, showing
from motabot.offline.staff.frames.draft import GOODS
from motabot.offline.staff.frames.frame import FigureFrame, Filter
from motabot.offline.staff.frames.part_words import HOW_MUCH
from motabot.offline.staff.frames.query import plural
from motabot.offline.staff.frames.rows import ROWS
from motabot.text.regex import regex

#: What a list of tickets shows: "who did it", "what was in it".
_IN_LIST = regex(
    r"(?:and )?(?:who (?:rang|sold|handled|processed|did|made|served|issued|bought)(?: up)? (?:them|those|these|it|that)(?: up)?"
    r"|(?:whats|what (?:was|is|were|are)) (?:in|on) (?:it|them|that|those)|what did they (?:buy|get)|whose (?:was|were|is|are) (?:it|they|that|those))"
)
_HOW_MANY = regex(
    r"(?:and )?how many(?: (?:is|are) (?:that|there|those|they|it))?(?: in all| in total)?|(?:y )?cuantos son"
)
_WHICH = regex(
    r"(?:and |ok |can you |please )*(?:list|show|name|show me|give me|pull up)(?: me)? (?:them|those|these)(?: all| out)?"
    r"(?: (?:with|and|plus) (?:their |the )?(?:names?|phones?|phone numbers?|numbers?|names? and (?:phones?|phone numbers?|numbers?)))?(?: please)?"
    r"|(?:and |ok |so )*who(?: are|re| were) (?:they|those|these|the (?:customers|people|buyers))(?: (?:people|customers))?(?: (?:from|to|by))?|whose (?:are|were) (?:they|those|these)|(?:and )?which ones(?: are (?:they|those))?|(?:and |so |ok )*who"
)
#: The rows behind a count: "which numbers", after failed texts.
_ROWS = regex(
    r"(?:and |y )?(?:(?:which|what|list|show|show me|give me)(?: the| those| their)?(?: phone)? numbers?"
    r"(?: (?:was|were|is|are) (?:it|they|that|those))?|to (?:who|whom|which numbers?)|from (?:who|whom|which numbers?)|a que numeros?"
    r"|who(?:s| is| was| are| were)?(?: (?:it|they|that|those))? (?:from|to|by|for)|who (?:sent|wrote|texted)(?: (?:them|those|it|us|in))*|de quienes?)"
)
#: "How many of those are already customers", after texts.
_ARE_KNOWN = regex(
    r"(?:and )?how many (?:of (?:them|those|these|the \w+) )?(?:are|were) (?:already |actually |actual |existing |known |real |current |our )*"
    r"(?:customers|members|on file|in (?:our|the) system)(?: already| now)?"
)
#: "Which ones are most likely to convert", after leads.
_LIKELY = regex(
    r"(?:and |so )?(?:who|which)(?: ones?| of (?:them|those|these)| leads?)? (?:is|are|looks?|seems?) (?:the )?(?:most |best )?likel(?:y|iest) to (?:convert|close|buy|come in)"
)
#: "What came back", after refunds.
_GIVEN_BACK = regex(
    r"(?:and |so )?(?:what|which (?:products?|items?|ones?))(?: all)? (?:came back|(?:was|were|got) (?:returned|refunded|brought back|given back)|did (?:they|people|customers) (?:return|bring back)|was it|were they)"
)
_NOUNS = {"text": "texts", "lead": "leads", "refund": "refunds", "transaction": "transactions"}


def count_of(before: FigureFrame) -> FigureFrame | None:
    """How many the last answer listed; None if it listed everything of a kind."""
    counted = next((name for name, row in ROWS.items() if row == before.of), "")
    if counted and not before.measures:
        return replace(before, measures=(counted,), of="", rank="")
    return replace(before, measures=(f"count {before.of}",)) if before.conditions or before.filters else None


def end_row(before: FigureFrame) -> FigureFrame | None:
    """The newest or the oldest of the rows that the last answer counted or listed; None if it had no such rows."""
    first = before.measures[0] if len(before.measures) == 1 else ""
    row = ROWS.get("texts" if first == "text_numbers" else first, before.of if not before.measures else "")
    is_plain = not (before.by or before.spread or before.share or before.change or before.top_of or before.bounds)
    if row not in ROWS.values() or not is_plain:
        return None
    return replace(before, measures=(), of=row, rank="time", limit=1)


def noun_of(before: FigureFrame) -> str:
    """What the last answer counted or listed, where that are rows or goods: "texts", "products"; else ""."""
    if before.by or before.share or before.change or before.top_of:
        return ""
    first = before.measures[0] if len(before.measures) == 1 else ""
    if before.of in GOODS and first in ("", f"count {before.of}"):
        return plural(before.of)
    return _NOUNS.get(ROWS.get(first, "") if first else before.of, "")


def shown(text: str, before: FigureFrame) -> FigureFrame | None:
    """The last answer as a number or as a list: "how many is that", "who are they", "which numbers"."""
    is_of_texts = before.measures in (("texts",), ("text_numbers",)) or (
        before.of == "text" and not before.measures
    )
    if is_of_texts and _ARE_KNOWN.fullmatch(text):
        known = Filter("flag", ("known",), words="customers")
        return replace(before, measures=("text_numbers",), of="", rank="", filters=(*before.filters, known))
    if (before.measures == ("leads",) or before.of == "lead") and _LIKELY.fullmatch(text):
        return replace(before, measures=(), of="lead", by=(), rank="probability", ranked=True, falls=True)
    if before.of and _HOW_MANY.fullmatch(text) and not before.by and (counted := count_of(before)):
        return counted
    is_of_refunds = before.measures[:1] in (("refunds",), ("refunded_amount",)) or before.of == "refund"
    if is_of_refunds and not (before.share or before.change) and _GIVEN_BACK.fullmatch(text):
        return replace(
            before, measures=("refunded_units",), of="", by=("product",), rank="", ranked=True, limit=None
        )
    if before.measures == ("refunds",) and HOW_MUCH.fullmatch(text):
        return replace(before, measures=("refunded_amount",))
    if before.of and _WHICH.fullmatch(text) and before.measures == (f"count {before.of}",):
        return replace(before, measures=(), by=())
    if _ROWS.fullmatch(text) and before.of == "text" and not before.measures:
        return before  # the list shows the numbers
    if before.of in ("transaction", "refund") and not before.measures and _IN_LIST.fullmatch(text):
        return before  # the list shows who served and what was bought
    if columns := of_them(text):
        counts = before.of == "customer" and before.measures == ("count customer",) and not before.by
        return showing(replace(before, measures=()) if counts else before, columns)
    listed = (_ROWS.fullmatch(text) and before.measures == ("texts",)) or _WHICH.fullmatch(text)
    first = before.measures[0] if len(before.measures) == 1 else ""
    if listed and (row := ROWS.get("texts" if first == "text_numbers" else first)):
        is_plain = not (before.by or before.spread or before.share or before.change or before.of)
        return replace(before, measures=(), of=row, rank="time") if is_plain else None
    return None
