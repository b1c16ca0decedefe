"""What a text asks of its writer's own purchases: which figure, of what, in which times.

Any figure combines with any product or kind and any time, and with two of either, which are compared: "how many
pens since june", "did i spend more in october or november", "average a visit this year".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from motabot.catalog.sizes import find_size, without_measures
from motabot.catalog.sort_words import SORT_NAMES, SORTS
from motabot.customers.context import TurnContext
from motabot.offline.customer.owned import Bought, bought_in, titled, without_bought
from motabot.offline.customer.periods import periods
from motabot.offline.customer.questions import asks_for_last_time, visits_ago
from motabot.offline.customer.results import PURCHASES
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.dates.ranges import Span
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_OWN, _NOT_OWN, _MORE, _DIFFERENCE, _BY_MONEY, _PER_MONTH, _PER_WEEK, _NOW, _LEAD, _WHETHER = map(
    _LEXICON.pattern, "own not_own more difference by_money per_month per_week now lead whether".split()
)
#: What may be asked, the most particular first: "how often" is not "how many".
_MEASURES = {
    name: _LEXICON.pattern(name)
    for name in (
        "server type refunds once largest smallest month store weekday saved used earned payment often average"
        " first top visits units tax when spent ever bought"
    ).split()
}
#: What the visit that a text means is told with; such a text needs no sum.
_OF_VISIT = frozenset(
    ("saved", "used", "earned", "tax", "payment", "when", "spent", "ever", "bought", "units", "")
)
#: Measures that a text about something else may also use the words of.
_WEAK = frozenset(("bought", "ever", "payment", "when"))
#: Measures that a short text asks of what was just told: "per visit i mean".
_FURTHER = frozenset("average often visits store weekday largest smallest saved refunds first once".split())
#: Measures that one sentence tells.
_SUMMED_UP = frozenset(("spent", "visits"))
#: "More on weed or on pens": what is smoked.
_WEED = regex(r"\b(?:weed|bud|smoke|mota|hierba|yerba)\b")
_OR = regex(r"\b(?:and|y|or|vs|versus|than|compared (?:to|with)|o|que|contra)\b")
_SEVERAL, _FEW = 2, 9
#: Means what was told of, also by counting without a word for what: "how many total since august".
_THEM = regex(
    r"\b(?:them|those|it|that|ell[oa]s|es[oa]s?)\b"
    r"|\bhow many (?:total|in (?:all|total)|altogether|since|this|last|(?:have|did|ve) i)\b"
    r"|\bcuant[oa]s (?:en total|desde|he|llevo|compre)\b"
)
_POINTS = regex(r"\b(?:points?|pts|rewards?|puntos)\b")
#: The words of a period are the same on any day.
_ANY_DAY = date(2026, 7, 1)

#: The tool that adds purchases up.
SUMS = "sum_my_purchases"
#: Requests about the writer's purchases: each has its own figure.
PAST = frozenset(("last_visit", "history", "spent"))

#: Reads the wish in a part of a text.
ReadWish = Callable[[str], Slots]


@dataclass(frozen=True)
class PurchaseQuestion:
    """A question about purchases.

    Attributes:
        measure: The figure; empty if the text names none.
        of: What was bought; all if empty. Several are compared.
        spans: When; ever if empty. Several are compared.
        per: "month" or "week", for an average.
        by_money: Whether "the most" is meant in dollars.
        beside_now: Whether today's price is asked, too.
        whether: Whether the text asks if there was any: "did i buy edibles in may".
    """

    measure: str = ""
    of: tuple[Bought, ...] = ()
    spans: tuple[Span, ...] = ()
    per: str = ""
    by_money: bool = False
    beside_now: bool = False
    whether: bool = False

    def then(self, later: PurchaseQuestion) -> PurchaseQuestion:
        """The question that a later text changes this one to: "and in september", "just on the soak"."""
        measure = (
            later.measure if later.measure not in {"", "ever", "bought"} or not self.measure else self.measure
        )
        if later.per and later.measure == "average" and self.measure in {"visits", "units"}:
            measure = self.measure
        if later.measure == "units" and not later.of and not self.of:
            measure = "visits"
        by_money = self.by_money or later.by_money
        return PurchaseQuestion(measure, later.of or self.of, later.spans or self.spans, later.per, by_money)


def asks_of_own(plain: str) -> bool:
    """Whether a text in normal form asks for a figure of its writer's purchases, whatever else it may be."""
    if not _OWN.search(plain) or _NOT_OWN.search(plain):
        return False
    measure = _measure(plain) or "ever"
    if _POINTS.search(plain) and measure not in {"used", "saved"}:  # "how many points did i rack up"
        return measure == "earned" and (bool(periods(plain, _ANY_DAY)[0]) or asks_of_last_visit(plain))
    if measure == "bought":  # "what did i have in may"
        return any(span.first != span.last for span in periods(plain, _ANY_DAY)[0])
    return measure not in _WEAK


def asks_of_last_visit(plain: str) -> bool:
    """Whether a text in normal form that asks for a figure means the last visit, or one before it."""
    return asks_for_last_time(plain) or visits_ago(plain) is not None


def names_time(plain: str) -> bool:
    """Whether a text in normal form names a time in the past."""
    return bool(periods(plain, _ANY_DAY)[0])


def tells_too(told: str, plain: str) -> bool:
    """Whether the answer to one text in normal form about purchases also answers another one."""
    if told == plain:
        return True
    if asks_of_last_visit(told) or asks_of_last_visit(plain):
        return asks_of_last_visit(told) and (asks_of_last_visit(plain) or not asks_of_own(plain))
    spans = periods(plain, _ANY_DAY)[0]
    is_day = len(spans) == 1 and spans[0].first == spans[0].last
    if is_day and spans == periods(told, _ANY_DAY)[0]:  # whose visit is told in full
        return True
    if spans and spans != periods(told, _ANY_DAY)[0]:
        return False
    measures = _measure(told) or "spent", _measure(plain) or "spent"
    return measures[0] == measures[1] or set(measures) <= _SUMMED_UP


def asks_who_served(plain: str) -> bool:
    """Whether a text in normal form asks who served its writer, which no tool tells."""
    return bool(_MEASURES["server"].search(plain))


def goes_on(plain: str, context: TurnContext) -> bool:
    """Whether a short text in normal form asks more of the purchases that were just told of.

    Args:
        plain: The text: "per visit i mean", "what about just on the soak", "so how much more was that".
        context: The turn.
    """
    if _NOT_OWN.search(plain) or len(plain.split()) > _FEW:
        return False
    is_compared = _told_turns(context) > 1 and _DIFFERENCE.search(plain) and not _NOW.search(plain)
    if _measure(plain) in _FURTHER or is_compared:
        return True
    left = _LEAD.sub(" ", without_bought(periods(plain, _ANY_DAY)[1], context))
    is_sum = not any(each.tool == PURCHASES for each in context.last_shown)
    return bool(bought_in(plain, context)) and not left.split() and is_sum


def means_one_visit(plain: str, spans: Sequence[Span], of: Sequence[Bought]) -> bool:
    """Whether a text in normal form is about one visit, of which all is told: the last one, or that of a day."""
    is_day = len(spans) == 1 and spans[0].first == spans[0].last
    is_last = not spans and asks_of_last_visit(plain)
    return (is_day or is_last) and not of and _measure(plain) in _OF_VISIT


def read_asked(plain: str, context: TurnContext, today: date, read_wish: ReadWish) -> PurchaseQuestion:
    """What a text in normal form asks.

    Args:
        plain: The text.
        context: The turn, for what the writer buys.
        today: The shop's day.
        read_wish: Reads the wish in a part of the text.
    """
    spans, left = periods(plain, today)
    parts = _OR.split(_WEED.sub("flower", left)) if _MORE.search(left) else []
    of = tuple(dict.fromkeys(bought for part in parts for bought in bought_of(part, read_wish(part), context)))
    if len(of) < _SEVERAL:
        of = bought_of(left, read_wish(left), context)
    per = "month" if _PER_MONTH.search(plain) else "week" if _PER_WEEK.search(plain) else ""
    measure = _measure(plain) or ""
    measure = "average" if per and measure == "spent" else measure
    forms = (bool(form.search(plain)) for form in (_BY_MONEY, _NOW, _WHETHER))
    return PurchaseQuestion(measure, of, () if measure == "weekday" else spans, per, *forms)


def bought_of(plain: str, wish: Slots, context: TurnContext) -> tuple[Bought, ...]:
    """What a text in normal form says was bought: by what the writer buys, or else by its name or kind."""
    sort, size = SORTS.first(wish.kind or ""), plain_words(wish.size or "")
    if wish.knows_names and not wish.is_part:
        named = (bought_in(without_measures(name), context) for name in wish.names)
        return tuple(
            own if own and _is_such(own, wish, context) else _named(name, wish, sort, size)
            for name, own in zip(wish.names, named, strict=True)
        )
    if (own := bought_in(plain, context)) and _is_such(own, wish, context):
        return (own,)
    if wish.category is None and size:
        return (Bought(size, None, wish.size or ""),)
    if wish.category is None:
        return ()
    return (Bought(None if sort in SORT_NAMES else sort, wish.category, wish.kind or wish.category.lower()),)


def _is_such(own: Bought, wish: Slots, context: TurnContext) -> bool:
    """Whether what the writer buys is of the kind, the sort and the size that a text names with it."""
    one = next((each for each in context.affinity if own.is_one and each.name == own.label), None)
    if one is None:  # several of one name
        return not (wish.knows_names and not wish.is_part and (wish.kind or wish.size))
    sort, sorts = SORTS.first(wish.kind or ""), {SORTS.first(word) for word in normal(one.name or "").split()}
    is_sort = sort is None or sort in sorts or not sorts - {None}
    is_kind = wish.category is None or wish.category == one.category
    return is_kind and is_sort and (wish.size is None or str(find_size(one.name or "")) == wish.size)


def _named(name: str, wish: Slots, sort: str | None, size: str) -> Bought:
    """What has a name of the catalog, in the form and the size that a text names with it."""
    form = None if sort in SORT_NAMES else sort
    words = " ".join(filter(None, (name, form, size)))
    of_sort = wish.kind if sort or (wish.category and not wish.is_brand) else None
    label = " ".join(filter(None, (titled(name), of_sort, wish.size)))
    return Bought(words, wish.category, label, is_one=True)


def over(context: TurnContext, plain: str, today: date, read_wish: ReadWish) -> PurchaseQuestion:
    """What a text asks, with what the texts before it asked of the purchases that were told of."""
    asked = read_asked(plain, context, today, read_wish)
    if len(plain.split()) > _FEW:
        return asked
    before = None
    texts = [plain_words(line.text) for line in context.history if line.author == "customer"]
    for text in texts[-_told_turns(context) :] if _told_turns(context) else ():
        one = read_asked(text, context, today, read_wish)
        before = one if before is None or asks_of_own(text) else before.then(one)
    if before is None or (asks_of_own(plain) and (asked.of or not _THEM.search(plain))):
        return asked
    if _DIFFERENCE.search(plain) and len(before.spans) <= 1 and not asked.spans:
        earlier = [span for text in texts for span in periods(text, today)[0]]
        days = _told_days(context)
        spans = earlier if len(earlier) >= _SEVERAL else [Span(day, day, f"{day:%B} {day.day}") for day in days]
        return PurchaseQuestion("spent", before.of, tuple(dict.fromkeys(spans[-_SEVERAL:])))
    return before.then(asked)


def _told_days(context: TurnContext) -> list[date]:
    """The days of the visits that were told of, the earliest told first."""
    results = [each.result for each in (*context.last_shown, *context.earlier) if each.tool == PURCHASES]
    visits = [result.get("visits") or [] for result in results if isinstance(result, dict)]
    told = [next((visit for visit in each if not visit.get("refund")), None) for each in visits]
    return [date.fromisoformat(str(visit["date"])[:10]) for visit in told if visit][::-1]


def _told_turns(context: TurnContext) -> int:
    """How many of the last turns told of purchases, one after the other."""
    of_past = {SUMS, PURCHASES}
    turns = {each.turns_ago for each in (*context.last_shown, *context.earlier) if each.tool in of_past}
    return next(number for number in range(len(turns) + 1) if number + 1 not in turns)


def _measure(plain: str) -> str | None:
    return next((name for name, form in _MEASURES.items() if form.search(plain)), None)
