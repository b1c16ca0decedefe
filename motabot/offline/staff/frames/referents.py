"""What "those", "they" or "that day" means: the rows of the last answer, to which the next question is narrowed down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames.context import WHOLE, WORDS
from motabot.offline.staff.frames.draft import GOODS, OF_CUSTOMERS, TIMES
from motabot.offline.staff.frames.frame import FigureFrame, Filter
from motabot.offline.staff.frames.query import plural
from motabot.offline.staff.frames.reader import read_one, works
from motabot.offline.staff.frames.rows import ROWS
from motabot.text.regex import regex

_PEOPLE = r"customers|people|folks|members|shoppers|clients|buyers|vips|guys"
_THINGS = (
    r"products?|items?|things|skus?|stores?|locations?|shops?|brands?|categories|strains?|vendors?|budtenders?|staff"
    r"|employees|days?|weeks?|months?|hours?|weekdays?|sources?|groups?|tiers?|numbers?|ones?"
)
#: Words that refer to the rows of the last answer.
_REFERS = regex(
    rf"\b(?:(?:of|for|on|with|from|about|in|among|at|by|to) )?(?:(?:all )?(?:of )?(?:those|these|the same) (?P<noun>\d+ )?(?P<what>{_PEOPLE}|{_THINGS})\b"
    r"|(?:all (?:of )?)?(?:those|these|them)(?: \d+)?\b|(?P<they>they|each(?: of (?:them|those|these))?(?= (?:have|had|sell|sold|make|made|get|got|ring|give|gave|do)\b))\b|(?:of )?(?P<their>their|theirs)\b|(?<=on |of )em\b)"
)
#: Figures of all rows together, rather than of each.
_TOGETHER = regex(
    r"\b(?:total|totals|altogether|all together|combined|overall|in all|as a (?:group|whole)|average|avg)\b"
)
#: "How many of them": rows of the last answer are counted, or the units sold of its goods.
_HOW_MANY_OF = regex(r"\bhow many (?:are |were )?of (?:them|those|these)\b")
#: Kinds of which a part can be counted: "how many of them are medical".
_NARROWED = frozenset(("customer", "product"))
#: What a noun after "those" may stand for.
_NOUNS = {
    "item": "product", "thing": "product", "sku": "product", "shop": "location", "store": "location", "budtender": "person",
    "staff": "person", "employee": "person", "categorie": "category", "number": "customer",
}  # fmt: skip
_PEOPLE_KINDS = frozenset(("customer", "person"))
_SENT_TO = frozenset(("text", "thread"))
#: "After that", "since then": after what the last answer told.
_AFTER_THAT = regex(r"\b(?:after (?:that|it|this|them|those)|since then|afterwards?|since)$")
#: "Did they come in", after texts.
_BOUGHT = regex(
    r"(?:and )?(?:(?:how many|which|who)(?: of (?:them|those|these))?|(?:did|have|has) (?:they|he|she|it|any(?:one|body)?(?: of (?:them|those|these))?|those people|these people|either|(?:the )?customers?))"
    r"(?: (?:ever|then|all|actually|still))* (?:come|came|been|buy|bought|shop|shopped|visit|visited|return|returned|order|ordered|spend|spent|show|showed)\b"
    r"(?: (?:in|by|back|again|up|anything|something))*"
)
#: "How many have been back since": of them.
_CROWD = regex(r"^(?:and |so )*(?:how many|which|who)\b")
#: What is done again and again, without a figure of its own.
_USUALLY = regex(
    r"\b(?:usually|normally|typically|always|tend to|like to|generally) (?=buy|get|shop|go|come|spend|order|pay)"
)
_WOULD = regex(r"\bwould (?:they|those people|these people)\b")
#: "What do they buy": most.
_BUY = regex(r"^((?:and |so )*what (?:do|did) (?:they|those \w+|these \w+) (?:buy|get|order|purchase))$")
#: "How many of those did we sell": units.
_SOLD_OF = regex(
    r"\bhow many (?=of (?:them|those|these) (?:did|have|do|were|has) (?:we )?(?:been )?(?:sell|sold|move|moved)\b)"
)
#: As many days as the data may have.
_EVER = "3650"


def referred(text: str, before: FigureFrame, today: date, shop: ShopWords) -> FigureFrame | None:
    """Read a question about the rows of the last answer, whatever they are; None if it is not one.

    Args:
        text: In plain form, with corrected spelling.
        before: The last frame.
        today: The day in the shop's zone.
        shop: The shop's own words.
    """
    if (after := _AFTER_THAT.search(text)) and text != after[0]:
        return _afterwards(text[: after.start()].strip(), before, today, shop)
    said = _REFERS.search(text)
    if said is None:
        return None
    for kind, rows in _meant(before, said):
        for words in _without(text, said, kind) if _is_called(said, kind) else ():
            asked = read_one(words, today, shop)
            merged = _merged(asked, kind, rows, said, today) if asked else None
            if merged is not None:
                return merged
    return None


def _meant(before: FigureFrame, said: re.Match[str]) -> Iterator[tuple[str, FigureFrame]]:
    """What may be meant, the likeliest first: "they" are the last answer's rows, "those" also what it was narrowed to."""
    found = [_rows(before), _rows(before.top_of) if before.top_of else None]
    yield from filter(None, found if said["they"] or said["their"] else reversed(found))


def in_figures(text: str) -> str:
    """A follow-up in plain form with its figure in words that are read everywhere."""
    return _BUY.sub(r"\1 most", _SOLD_OF.sub("how many units ", _USUALLY.sub("", _WOULD.sub("do they", text))))


def speaks_of_later(text: str) -> bool:
    """Whether a follow-up asks what happened after what the last answer told."""
    return bool(_AFTER_THAT.search(text))


def _afterwards(text: str, before: FigureFrame, today: date, shop: ShopWords) -> FigureFrame | None:
    """What those of the last answer did after it: "did they come in after that"; None if it has no end."""
    sent = before.top_of or before
    if sent.measures in (("texts",), ("text_numbers",)) or (sent.of == "text" and not sent.measures):
        later = Filter("soon", (_EVER,), words="a purchase after it")
        is_plain = _BOUGHT.fullmatch(text) and not (sent.by or sent.share or sent.change)
        found = replace(sent, measures=(), of="text", rank="time", filters=(*sent.filters, later))
        return found if is_plain and works(found, today) is None else None
    spans = before.spans or tuple(span for each in before.conditions for span in each.spans)
    until = max((span.last for span in spans), default=today)
    if until >= today:
        return None
    text = text if _REFERS.search(text) else _CROWD.sub(r"\g<0> of them", text)
    return referred(f"{text} since {until + timedelta(days=1)}", before, today, shop)


def _rows(before: FigureFrame) -> tuple[str, FigureFrame] | None:
    """The kind of the last answer's rows, and the frame that finds them; None if it has none or several kinds."""
    if before.change or before.share or before.both_ends or before.each or before.percent_limit or before.who:
        return None
    if len(before.by) == 1 and before.measures and not before.by[0].startswith(("named:", "hours:")):
        return before.by[0], before
    if before.by:
        return None
    first = before.measures[0] if len(before.measures) == 1 else ""
    if before.of in ("customer", "product") and first in ("", f"count {before.of}"):
        narrowed = before.conditions or before.filters
        return (before.of, replace(before, measures=())) if narrowed else None
    row = ROWS.get("texts" if first == "text_numbers" else first, before.of if not first else "")
    if row in _SENT_TO or row in ("refund", "transaction"):
        rank = before.rank if before.of == row else "time"
        return "customer", replace(before, measures=(), of=row, rank=rank, spread="", per="")
    return None


def _is_called(said: re.Match[str], kind: str) -> bool:
    """Whether rows of this kind may be called so: "those customers", "they"."""
    what = said["what"]
    if not what:
        return kind not in TIMES or not said["they"]
    if what in ("ones", "one"):
        return True
    if re.fullmatch(_PEOPLE, what):
        return kind == "customer"
    return _NOUNS.get(what.removesuffix("s"), what.removesuffix("s")) == kind


def _without(text: str, said: re.Match[str], kind: str) -> Iterator[str]:
    """The question with the noun in place of the words that refer to it, and without both."""
    noun = WORDS.get(kind, kind)
    named = f"{plural(noun) if noun == kind else f'{noun}s'}"
    told = f"{text[: said.start()]} {{}} {text[said.end() :]}"
    joined = "of " if said["their"] is None and not said["they"] else ""
    forms = [named, f"{joined}{named}", ""]
    for form in dict.fromkeys(forms):
        words = told.format(form)
        words = _REFERS.sub(f" {form} " if said["they"] else " ", words)
        yield " ".join(words.split())


def _of_buyers(asked: FigureFrame) -> FigureFrame | None:
    """A question about those who bought goods as figures of what was sold: "who buys those"; None if it asks more."""
    bought = [each for each in asked.conditions if each.verb == "buy" and each.positive]
    if len(bought) != 1 or len(asked.conditions) > 1 or bought[0].filters or bought[0].bounds or bought[0].only:
        return None
    bare = replace(asked, conditions=(), of="", spans=asked.spans or bought[0].spans)
    if asked.measures == ("count customer",):
        return bare
    is_list = not (asked.measures or asked.by)
    return replace(bare, measures=("sales", "units"), by=("customer",), ranked=True) if is_list else None


def _merged(
    asked: FigureFrame, kind: str, rows: FigureFrame, said: re.Match[str], today: date
) -> FigureFrame | None:
    """A question narrowed down to the rows; figures that it does not group are those of each row."""
    text = said.string
    if asked.top_of or asked.who or asked.of in ROWS.values():
        return None
    if asked.by and (asked.by, asked.measures[:1]) == (rows.by, rows.measures[:1]) and not asked.spans:
        return None  # it only repeats the last answer
    if said["they"] and not asked.measures and kind not in _PEOPLE_KINDS:
        return None  # "what else do they get", after products: people do
    if asked.measures == ("count product",) and kind == "product" and asked.by not in ((), ("product",)):
        asked = replace(asked, measures=("units",))  # "who sold the most of those"
    counts = asked.measures == (f"count {kind}",)
    if _HOW_MANY_OF.search(text) and not counts and not (kind in GOODS and asked.measures[:1] == ("units",)):
        return None
    if counts and (kind not in _NARROWED or not (asked.by or asked.conditions or asked.filters)):
        return None
    if kind in GOODS and asked.of == "customer":
        bought = _of_buyers(asked)
        if bought is None:
            return None
        asked = bought
    of_time = asked.spans or any(each.spans for each in asked.conditions)
    spans = asked.spans if of_time or not rows.measures or WHOLE.search(text) else rows.spans
    own = {each.kind for each in asked.filters} | {*asked.by}
    lent = tuple(each for each in rows.filters if rows.measures and each.kind not in own)
    whole = replace(asked, top_of=rows, spans=spans)
    forms = [replace(whole, filters=(*lent, *asked.filters)), whole]
    if not asked.spans:
        forms.append(replace(whole, spans=()))  # "how many points do they have" is of no period
    bare = (
        asked.measures
        and not counts
        and not (asked.by or asked.spread or asked.share or asked.change or asked.conditions)
    )
    if bare and asked.of in ("", kind) and kind not in OF_CUSTOMERS and not _TOGETHER.search(text):
        each_row = [replace(each, by=(kind,), ranked=True, of=kind if kind in GOODS else "") for each in forms]
        forms = [*each_row, *forms]
    if kind in TIMES and not rows.ranked:
        return None
    if rows.ranked and not rows.limit and (said["they"] or said["their"]):
        forms = [each for each in forms if each.by == (kind,)]  # whether the first is meant, or all, is not said
    return next((each for each in forms if works(each, today) is None), None)
