"""Which visit a text means: the last one, one of a day, or one beside the visit that was just told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from motabot.boundary import JsonMapping
from motabot.customers.context import TurnContext
from motabot.offline.customer import follow_ups
from motabot.offline.customer.past import asks_of_visit
from motabot.offline.customer.questions import upcoming, visits_ago
from motabot.offline.customer.results import PURCHASES
from motabot.offline.customer.slots import plain_words
from motabot.text.regex import regex

_ONE_DAY = timedelta(days=1)
_BESIDE = regex(
    r"\b(?:day|un dia|el dia|dia) (before|after|antes|despues)(?: (?:that|it|de eso))?\b"
    r"(?! (?:\w*mas|thanks|new|christ|easter))"
)


def visit_of(number: int, usable: Sequence[JsonMapping]) -> JsonMapping | None:
    """The visit of a number, from 1, of those that were found. A return is not a visit."""
    visits = _visits(usable[0]) if usable else []
    return visits[number - 1] if number <= len(visits) else None


def told_visit(
    plain: str, context: TurnContext, usable: Sequence[JsonMapping], today: date, store: str | None
) -> JsonMapping | None:
    """The visit that a text in normal form means, of those that were found, and how many days ago it was.

    Args:
        plain: The text.
        context: The turn.
        usable: What was found.
        today: The shop's day.
        store: The store that the text names: only visits there are meant.
    """
    there = [{"visits": [each for each in _visits(usable[0]) if each.get("location") == store]}] if usable else []
    visit = visit_of(number_of(plain, context), there if store else usable)
    if visit is None or not visit.get("date"):
        return visit
    return {**visit, "days_ago": (today - date.fromisoformat(str(visit["date"])[:10])).days}


def number_of(plain: str, context: TurnContext) -> int:
    """Which of the visits that are found a text in normal form means, counted from the latest (1)."""
    return 1 if days_beside_told(plain, context) else visits_ago(plain) or 1


def days_beside_told(plain: str, context: TurnContext) -> dict[str, str]:
    """The days, as arguments of the tool, of a text about the visit told of or the one before; empty if neither.

    Args:
        plain: The text in normal form: "and the time before that", "how much was that total".
        context: The turn.
    """
    day = _told_day(context)
    if day is None:
        return {}
    if follow_ups.means_earlier_visit(plain):
        return {"until": (day - _ONE_DAY).isoformat()}
    is_of_it = follow_ups.asks_for_sum(plain) or asks_of_visit(plain)
    return {"since": day.isoformat(), "until": day.isoformat()} if is_of_it else {}


def days_named(plain: str, context: TurnContext, today: date) -> tuple[date, ...]:
    """The next date of each day that a text in normal form names, also beside the last named: "the day before"."""
    said = next((line.text for line in reversed(context.history) if line.author == "customer"), "")
    ways = {"before": -_ONE_DAY, "after": _ONE_DAY, "antes": -_ONE_DAY, "despues": _ONE_DAY}
    way = _BESIDE.search(plain)
    if way and (days := upcoming(plain_words(said), today)):
        return tuple(day + ways[way[1]] for day in days)
    return upcoming(plain, today)


def _told_day(context: TurnContext) -> date | None:
    """The day of the visit that the last reply told of."""
    call = next((each for each in context.last_shown if each.tool == PURCHASES), None)
    if call is None or not isinstance(call.result, dict):
        return None
    said = next((line.text for line in reversed(context.history) if line.author == "customer"), "")
    is_bounded = call.arguments.get("until") is not None
    told = visit_of(1 if is_bounded else visits_ago(plain_words(said)) or 1, [call.result])
    return date.fromisoformat(str(told["date"])[:10]) if told and told.get("date") else None


def _visits(result: JsonMapping) -> list[JsonMapping]:
    return [visit for visit in result.get("visits") or [] if not visit.get("refund")]
