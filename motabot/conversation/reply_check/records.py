"""What a turn knows about visits, the customer's account and the shop's hours, as typed records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from motabot.boundary import JsonMapping
from motabot.conversation.reply_check.product import as_day, as_decimal
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_CLOCK = regex(r"(\d{1,2})(?::(\d\d))?\s?(am|pm)|(midnight)|(noon)")
_MONTH_GROUP = regex(r"(\d{4})-(\d\d)")
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class ReceiptLine:
    """A line of a receipt; `total` is what the whole line cost."""

    name: str
    quantity: Decimal
    total: Decimal | None


@dataclass(frozen=True)
class Visit:
    """A receipt.

    Attributes:
        day: Its day in the shop's zone.
        whole: Whether all of its lines are known: a search for one product shows only that product's lines.
    """

    day: date
    location: str | None
    total: Decimal | None
    refund: bool
    lines: tuple[ReceiptLine, ...]
    whole: bool = True
    points_earned: Decimal | None = None
    points_used: Decimal | None = None
    tax: Decimal | None = None
    discounts: Decimal | None = None
    payment: str | None = None


@dataclass(frozen=True)
class PeriodSum:
    """What a tool summed up over a period: its first and last day, the sums, and the average visit."""

    first: date
    last: date
    values: frozenset[Decimal]
    average: Decimal | None = None


@dataclass(frozen=True)
class Account:
    """What the shop knows of the customer. None is not known."""

    points: Decimal | None = None
    tier: str | None = None
    visits: Decimal | None = None
    last_visited: date | None = None
    joined: date | None = None
    usual_days: Decimal | None = None
    next_visit: date | None = None
    average_sale: Decimal | None = None


@dataclass(frozen=True)
class Hours:
    """Opening hours. A day's hours are pairs of minutes after midnight; an empty tuple is a closed day.

    `is_over` says that the store is closed and does not open again today.
    """

    week: Mapping[str, tuple[tuple[int, int], ...]]
    today: tuple[tuple[int, int], ...] | None
    tomorrow: tuple[tuple[int, int], ...] | None
    holidays: Mapping[date, tuple[tuple[int, int], ...]]
    holiday_names: Mapping[str, date]
    open_now: bool | None
    changes: frozenset[int]
    is_over: bool = False


def visit_from(record: JsonMapping, zone: tzinfo) -> Visit | None:
    """A record that looks like a receipt, as a visit."""
    if "items" not in record or not isinstance(record["items"], list | tuple):
        return None
    at = record.get("at", record.get("date"))
    day = _local_day(at, zone)
    if day is None:
        return None
    lines = tuple(
        ReceiptLine(
            str(item.get("name") or item.get("product_name") or ""),
            as_decimal(item.get("quantity")) or Decimal(1),
            as_decimal(item.get("total_price")),
        )
        for item in record["items"]
        if isinstance(item, Mapping)
    )
    location, payment = record.get("location") or record.get("shop_location"), record.get("payment")
    return Visit(
        day=day,
        location=location if isinstance(location, str) else None,
        total=as_decimal(record.get("total", record.get("total_amount"))),
        refund=bool(record.get("refund")),
        lines=lines,
        points_earned=as_decimal(record.get("points_earned")),
        points_used=as_decimal(record.get("points_spent")),
        tax=as_decimal(record.get("tax")),
        discounts=as_decimal(record.get("discounts")),
        payment=payment if isinstance(payment, str) else None,
    )


def period_sum_from(record: JsonMapping) -> PeriodSum | None:
    """A record that sums up purchases: over the month that its group names, otherwise from `since` to `until`."""
    first, last = as_day(record.get("since")), as_day(record.get("until"))
    if "spent" not in record or first is None or last is None:
        return None
    if month := _MONTH_GROUP.fullmatch(str(record.get("group") or "")):
        first = date(int(month[1]), int(month[2]), 1)
        last = date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
    values = (as_decimal(value) for value in record.values())
    spent, visits = as_decimal(record["spent"]), as_decimal(record.get("receipts"))
    average = (spent / visits).quantize(Decimal("0.01")) if spent and visits else None
    return PeriodSum(first, last, frozenset(abs(value) for value in values if value is not None), average)


def account_from(record: JsonMapping, known: Account) -> Account:
    """What a profile, or a pattern of visits, adds to what is known."""

    def number(*keys: str) -> Decimal | None:
        return next((found for key in keys if (found := as_decimal(record.get(key))) is not None), None)

    tier = record.get("vip_status")
    return Account(
        points=_either(number("loyalty_points"), known.points),
        tier=tier if isinstance(tier, str) else known.tier,
        visits=_either(number("total_visits"), known.visits),
        last_visited=as_day(record.get("last_visited")) or known.last_visited,
        joined=as_day(record.get("date_joined", record.get("member_since"))) or known.joined,
        usual_days=_either(number("avg_days_between_visits", "usual_days_between_visits"), known.usual_days),
        next_visit=as_day(record.get("predicted_next_visit")) or known.next_visit,
        average_sale=_either(number("avg_sale_value"), known.average_sale),
    )


def hours_from(told: JsonMapping) -> Hours:
    """Opening hours as `Shop.facts` gives them."""
    holidays = {
        day: spans_of(str(holiday.get("hours") or ""))
        for holiday in told.get("holidays") or ()
        if (day := as_day(holiday.get("date")))
    }
    names = {
        fold_in_place(str(holiday.get("name") or "")): day
        for holiday in told.get("holidays") or ()
        if (day := as_day(holiday.get("date")))
    }
    changes = [minute for key in ("closes_at", "opens_next") for minute in clocks_in(str(told.get(key) or ""))]
    return Hours(
        week={str(day["day"]).casefold(): spans_of(str(day["hours"])) for day in told.get("week") or ()},
        today=spans_of(told["today"]) if isinstance(told.get("today"), str) else None,
        tomorrow=spans_of(told["tomorrow"]) if isinstance(told.get("tomorrow"), str) else None,
        holidays=holidays,
        holiday_names=names,
        open_now=told.get("open_now"),
        changes=frozenset(changes),
        is_over=told.get("open_now") is False
        and not _CLOCK.match(fold_in_place(str(told.get("opens_next") or ""))),
    )


def clocks_in(text: str) -> list[int]:
    """Times of the day in a text, as minutes after midnight."""
    return [_minutes(found) for found in _CLOCK.finditer(fold_in_place(text))]


def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """Opening hours in words ("9 AM to 9 PM", "closed") as pairs of minutes."""
    minutes = clocks_in(text)
    pairs = zip(minutes[::2], minutes[1::2], strict=False)
    return tuple((opens, closes or _DAY_MINUTES) for opens, closes in pairs)


def _minutes(found: re.Match[str]) -> int:
    if found[4]:
        return 0
    if found[5]:
        return 12 * 60
    return (int(found[1]) % 12 + (12 if found[3] == "pm" else 0)) * 60 + int(found[2] or 0)


def _local_day(value: object, zone: tzinfo) -> date | None:
    """The day of a moment in the shop's zone; a plain date stays what it is."""
    if isinstance(value, str) and len(value) > 10:
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return as_day(value)
    if isinstance(value, datetime):
        return (value.astimezone(zone) if value.tzinfo else value).date()
    return as_day(value)


def _either(newer: Decimal | None, older: Decimal | None) -> Decimal | None:
    return older if newer is None else newer
