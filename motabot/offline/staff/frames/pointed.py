"""Follow-ups that point at the last answer: at those that it counted, listed or ranked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from motabot.offline.staff.entities import ShopWords
from motabot.offline.staff.frames.context import WHOLE
from motabot.offline.staff.frames.crowds import of_crowd, of_it
from motabot.offline.staff.frames.draft import OF_GOODS, TIMES
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.listed import end_row, noun_of, shown
from motabot.offline.staff.frames.reader import read_one, works
from motabot.offline.staff.frames.referents import in_figures, referred, speaks_of_later
from motabot.offline.staff.frames.rows import ROWS
from motabot.offline.staff.frames.there import OTHERS, THERE, Follow, as_they, beside_others, complement, of_there
from motabot.text.regex import regex

_OF_THEM = regex(r"\b(?:of|among|from|de) (?:them|those|these|ellos|ellas|esos|esas)(?: customers| people)?\b")
_THEY = regex(r"\b(?:they|them|those customers|these customers|those people|ellos|ellas)\b")
_KIND = r"(?: (?:brand|store|location|category|strain|vendor|product|budtender|person|one))?"
_THE_FIRST = (
    r"\bthe (?:first|top|best|leading|winning|number one|biggest|worst|last)(?: one)? of (?:those|them|these|that list)\b"
    r"|\bthe (?:top|first|best|number) one\b|\bthe winner\b"
)
_IT = regex(r"\bit\b")
_OF_THAT = regex(
    rf"{_THE_FIRST}|\b(?:of|for|de|about) (?:that|it|this|eso|esa){_KIND}\b|\b(?:its|their|his|her)\b"
)
_ARE = regex(
    r"^(?:and |y )?(?:how many|cuantos|cuantas) (?=(?:are|were|came|come|bought|buy|returned|return|visited|spent|shopped"
    r"|joined|live|pay|paid|have|son|vinieron|compraron|volvieron|gastaron)\b)"
)
_DID = r"(?:gave|gives|gives away|gave away|did|does|had|has|made|makes|sold|sells|rang|rang up|rings|handled|handles|processed|took|takes|got|brought in|issued)"
#: "Who gave the most", after the discounts of a period.
_WHO_MOST = regex(
    rf"(?:and |but )?(?:who|whos|which (?:budtender|employee|staff member|person|one|of (?:us|them|the staff)|cashier|seller)) {_DID}(?: away| out| up)?"
    r" (?:the )?(?P<end>most|least|fewest|biggest|highest|lowest|best|worst)(?: of (?:them|those|it|that))?"
)
#: Questions about who served the tickets of the last answer.
_SERVED = regex(
    r"(?:and )?who (?:rang|sold|handled|processed|did|made|gave|served|issued)(?: up)? (?:them|those|these|it|that)(?: up)?"
)
_SERVABLE = frozenset(("tickets", "lines", "refunds", "movements"))
#: "What did each spend".
_EACH_DID = regex(
    r"\beach(?: of (?:them|those))? (?=(?:spend|spent|buy|bought|pay|paid|visit|visited|redeem|redeemed|earn|earned)\b)"
)
#: "How much did they spend on them": on the goods of the last answer.
_ON_THEM = regex(r" on (?:them|it|those|these)\b(?! days)")
_HE = regex(r"\b(?:he|she|him|they|them|ella)\b")
_WHOSE = regex(r"\b(?:his|her|hers|their|su)\b")
#: Those of the last answer who did something more: "only those who spent over 1000".
_THOSE_WHO = regex(
    r"^(?:and |but |now )?(?:only|just|which|which of them|solo)? ?(?:the )?(?:those|ones|people|customers|members)? ?"
    r"(?:who|that|with|que) (?=\w)"
)
#: "Of those refunds", after a question about refunds.
_THOSE_ROWS = regex(
    r"\b(?:of |for |in |on )?(?:those|these|the same) (?P<noun>refunds|returns|tickets|transactions|sales|orders|texts|messages|leads|discounts"
    r"|units|points|visits|products|brands|vendors|strains|categories)\b"
)
_HOW_MANY_OF = regex(r"^(?:and |y )?how many (?:are )?of (?:them|those|these)(?: ones)?(?: (?:are|were|is|was))? ")
_AGAINST = regex(r"\b(?:vs|versus|against|compared? (?:to|with)|contra|frente a)\b")
_MANY = regex(r"\b(?:they|them|their|those|these|ellos|ellas)\b")
#: "How many came back within 30 days", of those whose first visit was in July.
_BACK_WITHIN = regex(
    r"\b(?:came back|come back|returned|returned to us|were back) within (?:\d+|a|one|two|three|six) (?:days?|weeks?|months?)$"
)
#: "What's their usual", after a ranking of customers.
_USUAL_ORDER = regex(
    r"(?:and )?(?:(?:whats|what is|what are) )?(?:his|her|their) (?:usuals?|usual (?:order|orders|product|products|thing|purchase|purchases)|favorites?|favorite products?|go to)"
    r"|(?:and )?what (?:do|does) (?:he|she|they) (?:(?:usually|normally|typically|mostly|always) )?(?:buy|get|order|purchase|pick up)"
)
#: "And who was the last one", after a number of texts.
_LAST_ONE = regex(
    r"(?:and )?(?:(?:who|when|which|what)(?:s| was| is) the|(?:show |list |show me )?(?:the )?(?=\w+ one\b|most recent one\b)) ?"
    r"(?P<end>last|latest|most recent|newest|oldest|earliest|first)(?: one)?(?: of (?:them|those))?"
    r"(?: and (?:who|whom|when|what)(?:s| is| was| did)?(?: it| they)?(?: from| say| by)?)?"
)
#: "Who are they, just the VIPs".
_SHOWN_THEN = regex(
    r"^(?P<list>(?:and |ok |so )*(?:who (?:are|were) (?:they|those)|which ones are they|(?:list|show|name|give me)(?: me)? (?:them|those)))"
    r" (?P<rest>(?:just|only|but|in|at|from|with|by|sort|sorted|who)\b.+)$"
)
_WHICH_ARE = regex(r"(?:and )?which (?:ones? |of (?:them|those|these) )?(?:is|are|was|were) ")
#: "Which one spends the most", after a list of customers.
_WHICH_OF = regex(
    r"^(?:and |ok |so )*which(?: one| customer| person)(?= (?:is|was|has|had|spends?|spent|buys?|bought|visits?|visited|comes?|came|gets?|got|pays?|paid)\b)"
)
#: "Sort those by what they spent".
_SORTED = regex(
    r"^(?:and |now |ok |can you |please )*(?:sort|rank|order|list|show)(?: me)?(?: them| those| these| that| it| the list)? by "
)
_BY_SPEND = regex(r"\bby (?:what|how much) (?:they|each|each one)(?: have| has|ve)? (?:spend|spent)\b")


def points_at(text: str) -> bool:
    """Whether a follow-up is about those of the last answer."""
    return bool(_OF_THEM.search(text) or _ARE.search(text))


def pointed(text: str, before: FigureFrame, today: date, shop: ShopWords, follow: Follow) -> FigureFrame | None:
    """Read a question about what the last answer counted, listed or ranked; None if it is not one.

    Args:
        text: In plain form, with corrected spelling.
        before: The last frame.
        today: The day in the shop's zone.
        shop: The shop's own words.
        follow: Edits a frame by a follow-up.
    """
    text = in_figures(text)
    if speaks_of_later(text):
        return referred(text, before, today, shop)
    return _of_those(text, before, today, shop, follow) or referred(text, before, today, shop)


def _of_those(text: str, before: FigureFrame, today: date, shop: ShopWords, follow: Follow) -> FigureFrame | None:
    """The same, where its words have a form of their own."""
    if _ON_THEM.search(text) and not shown(text, before):
        return _on_goods(text, before, today, shop, follow)
    if (end := _LAST_ONE.fullmatch(text)) and (ends := end_row(before)):
        return replace(ends, falls=end["end"] not in ("oldest", "earliest", "first"))
    if beside := beside_others(text, before, today, shop, follow):
        return beside
    if there := THERE.search(text):
        return of_there(there, text, before, today, shop, follow)
    if OTHERS.search(text):
        return _of_others(text, before, today, shop, follow)
    text = _EACH_DID.sub("they ", text)
    if any(each.verb == "first" and each.positive for each in before.conditions):
        text = _BACK_WITHIN.sub(r"\g<0> of their first visit", text)
    if not before.measures and before.of in ROWS.values() and (which := _WHICH_ARE.match(text)):
        return follow(text[which.end() :], before, today, shop)
    if as_list := shown(text, before):
        return as_list
    if (then := _SHOWN_THEN.match(text)) and (listed := shown(then["list"], before)):
        return follow(then["rest"], listed, today, shop)
    if served := _SERVED.fullmatch(text) or _WHO_MOST.fullmatch(text):
        return _by_servers(before, served.groupdict().get("end", "most"))
    if (noun := noun_of(before)) and _OF_THEM.search(text):
        text = _OF_THEM.sub(f"of those {noun}", _HOW_MANY_OF.sub(f"how many {noun} ", text))
        return _of_rows(text, before, today, shop)
    if _THOSE_ROWS.search(text):
        return _of_rows(text, before, today, shop)
    is_crowd = before.of == "customer" and "customer" not in before.by and before.share is None
    text = _ARE.sub("how many of them ", text) if is_crowd else text
    if is_crowd and not before.measures and (who := _THOSE_WHO.match(text)):
        text = f"list customers of them {who[0].split()[-1]} {text[who.end() :]}"
    if is_crowd and not before.measures:
        text = _SORTED.sub(
            "rank customers of them by ", _BY_SPEND.sub("by spend", _WHICH_OF.sub("which of them", text))
        )
    crowd = _OF_THEM.search(text) or _THEY.search(text)
    merged: FigureFrame | None = None
    if is_crowd and crowd:
        of_customers = _THEY.sub(" customers ", _OF_THEM.sub(" customers ", text))
        asked = read_one(" ".join(of_customers.split()), today, shop)
        if _AGAINST.search(text):
            merged = _beside(text, before, today, shop)
        elif asked is not None and (asked.measures or not text.startswith("what ")):
            merged = of_crowd(of_it(asked, before) if _IT.search(text) else asked, before)
    else:
        usual = before.by == ("customer",) and bool(_USUAL_ORDER.fullmatch(text))
        merged = _of_first("what do they buy most" if usual else text, before, today, shop, follow)
        merged = replace(merged, spans=()) if usual and merged else merged  # what is usual is not of one period
    return merged if merged is not None and works(merged, today) is None else None


def _of_others(text: str, before: FigureFrame, today: date, shop: ShopWords, follow: Follow) -> FigureFrame | None:
    """A question about those for whom the last condition is not true: "and the others", "list the ones who didnt"."""
    others, rest = complement(before), as_they(text)
    if others is None or rest.removeprefix("and ") == "they":
        return others
    if rest in ("list they", "show they", "name they"):
        return shown("list them", others) or others
    return pointed(rest, others, today, shop, follow)


def _on_goods(text: str, before: FigureFrame, today: date, shop: ShopWords, follow: Follow) -> FigureFrame | None:
    """A figure of the goods that those of the last answer bought: "how much did they spend on them"."""
    told = [*before.filters, *(given for each in before.conditions if each.positive for given in each.filters)]
    goods = tuple(each for each in told if each.kind in OF_GOODS and each.positive)
    asked = pointed(_ON_THEM.sub("", text).strip(), before, today, shop, follow) if goods else None
    whole = replace(asked, filters=(*asked.filters, *goods)) if asked is not None else None
    return whole if whole is not None and works(whole, today) is None else None


def _of_rows(text: str, before: FigureFrame, today: date, shop: ShopWords) -> FigureFrame | None:
    """A question about the rows that the last answer counted: "who handled the most of those refunds"."""
    asked = read_one(" ".join(_THOSE_ROWS.sub(lambda found: f" {found['noun']}", text).split()), today, shop)
    if asked is None or before.share or before.change or before.top_of:
        return None
    if (asked.spans and before.spans) or (asked.conditions and asked.of != before.of):
        return None
    own = {each.kind for each in asked.filters} | {*asked.by}
    kept = tuple(each for each in before.filters if each.kind not in own)
    merged = replace(
        asked,
        filters=(*kept, *asked.filters),
        spans=before.spans or asked.spans,
        conditions=(*before.conditions, *asked.conditions),
        of=asked.of or (before.of if before.of not in ROWS.values() else ""),
    )
    return merged if works(merged, today) is None else None


def _beside(text: str, before: FigureFrame, today: date, shop: ShopWords) -> FigureFrame | None:
    """Those of the last answer compared with others: "how much have they spent vs the Google ones"; else None."""
    if len(before.filters) != 1 or before.conditions or before.spans:
        return None
    kind, words = before.filters[0].kind, before.filters[0].words
    asked = read_one(_THEY.sub(f" {words} ", text), today, shop)
    return asked if asked is not None and kind in asked.by else None


def speaks_of_crowd(text: str, before: FigureFrame) -> bool:
    """Whether "they" in a follow-up means the customers that the last answer counted or listed."""
    return before.of == "customer" and "customer" not in before.by and bool(_THEY.search(text))


def _by_servers(before: FigureFrame, end: str) -> FigureFrame | None:
    """The last figure by staff member, from its "most" or its "least"; None if staff have no part in it."""
    known = lexicon().measures.get(before.measures[0]) if before.measures else None
    is_of_things = before.of not in ("", *before.by)
    if (
        before.limit
        or known is None
        or not _SERVABLE & set(known.relations)
        or before.share
        or before.change
        or is_of_things
    ):
        return None
    falls = end not in ("least", "fewest", "lowest", "worst")
    return replace(before, of="", by=("person",), spread="", per="", ranked=True, limit=None, falls=falls)


def _of_first(text: str, before: FigureFrame, today: date, shop: ShopWords, follow: Follow) -> FigureFrame | None:
    """A question about the first of the last one's ranking."""
    of = before.by[0] if len(before.by) == 1 else ""
    points = _OF_THAT.search(text) or (of in ("customer", "person") and _HE.search(text))
    points = points or (of == "customer" and _OF_THEM.search(text))
    if not of or of in TIMES or not before.ranked or not points:
        return None
    rest = _WHOSE.sub(" ", _OF_THAT.sub(" ", text))
    many = before.limit if _MANY.search(text) and not re.search(_THE_FIRST, text) else None
    if of == "customer":
        rest = _OF_THEM.sub(" customers ", rest)
    rest = _HE.sub(" customers " if of == "customer" and many else " customer " if of == "customer" else " ", rest)
    rest = " ".join(rest.split())
    bare = replace(before, by=(), ranked=False, limit=None)
    asked = read_one(rest, today, shop)
    if asked is None or asked.change:  # "did it grow": against the period before that of the last answer
        asked = follow(rest, bare, today, shop) or asked
    if asked is None or asked.who or asked.measures == (f"count {of}",):
        return None
    if (
        many
        and of == "customer"
        and asked.measures
        and not (asked.by or asked.spread or asked.share or asked.change)
    ):
        asked = replace(
            asked, by=("customer",), of="customer", ranked=True, limit=many
        )  # "how much did they spend": each of them
    rows, limit = before, many or 1
    if not many and before.top_of is not None and before.top_of.by == before.by and _MANY.search(text):
        rows, limit = before.top_of, before.top_of.limit or 1  # some of them may have nothing of the last figure
    spans = () if WHOLE.search(text) else asked.spans or before.spans
    return replace(asked, top_of=replace(rows, limit=limit), spans=spans)
