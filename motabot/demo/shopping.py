"""One customer's history: a rhythm of visits, a few favorite products bought again and again, and what follows.

Favorites do not last: now and then a customer tires of one and takes up another in its place, and now and then
tries something once, so that neither counting nor what was bought last tells everything.

A line's `total_price` is quantity x unit price. A transaction's `total_amount` is the sum of its lines less
`discounts` plus `total_tax`, where the tax is the location's rate on the discounted sum. A refund takes one line
back, with its share of discount and tax, all with the sign turned. Every whole dollar of a total is a loyalty
point, and 100 points are $5 off, so that a customer's balance is the sum of what was earned less what was spent.
"""

from __future__ import annotations

import math
from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from motabot.demo.calendar import DAYS, Calendar
from motabot.demo.figures import NULL, money, quotient, visit_pattern
from motabot.demo.names import LOCATIONS
from motabot.demo.rows import Ids, Rows
from motabot.demo.store import Store, Ware
from motabot.demo.visits import visit_days

#: The share of sales with at most one line, two, ... Customers of few tastes have fewer; 2.5 are the mean of all.
_BASKETS = (0.24, 0.52, 0.735, 0.87, 0.95, 1.0)
_TASTES = [list(accumulate(1 / (rank + 1) ** 0.8 for rank in range(count))) for count in range(40)]
#: Shopping happens mostly after work: hours from 10 to 19, as often as they stand here.
_HOURS = (10, 11, 11, 12, 12, 12, 13, 13, 14, 14, 15, 15, 16, 16, 16, 17, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19)
_PAYMENTS = ("Cash", "Cash", "Cash", "Debit", "Debit", "Debit", "Debit")
_POINTS_OFF, _CENTS_OFF = 100, 500
_CLOSING = 20 * 3600
#: Customers who come more often than this do not buy ounces: the highest prices, in cents.
_FREQUENT, _FREQUENT_DEAREST, _DEAREST = 60, 4_500, 40_000
#: How often somebody replaces a favorite by another product before a sale, and how often a sale has something to
#: try in place of a favorite.
_FICKLE, _CURIOUS = 0.04, 0.07
REFUND_RATE = 0.016


@dataclass(slots=True)
class _Bought:
    """One customer's purchases of one product."""

    sales: int = 0
    cents: int = 0
    quantity: int = 0
    first_visit: int = 0
    days: int = 0
    last_day: int = -1


@dataclass(slots=True)
class History:
    """A customer's figures after all sales, in cents and day numbers.

    Attributes:
        visits: The days with a sale, in order.
        points: The loyalty points that are left.
        favorite: What was bought most often; None without a sale.
    """

    visits: list[int] = field(default_factory=list)
    sales: int = 0
    refunds: int = 0
    gross: int = 0
    refunded: int = 0
    points: int = 0
    favorite: Ware | None = None


def shop(
    member: str, home: int, transactions: int, store: Store, calendar: Calendar, rng: Random, rows: Rows, ids: Ids
) -> History:
    """Write one customer's transactions, lines, visit pattern and affinities, and return the figures.

    Args:
        member: The customer's `member_id`.
        home: The place in `LOCATIONS` where this customer mostly shops.
        transactions: The number of transactions, refunds included.
        store: What is sold, and by whom. The clerks' sales are added up.
        calendar: Turns day numbers into text.
        rng: The source of chance.
        rows: Receives the rows.
        ids: The last ids used.
    """
    if not transactions:
        return History()
    refunds = sum(rng.random() < REFUND_RATE for _ in range(transactions)) if transactions > 1 else 0
    sales = transactions - min(refunds, transactions // 2)
    returned = set(rng.sample(range(sales), transactions - sales))
    customer = _Customer(member, home, sales, store, calendar, rng, rows, ids)
    for number, day in enumerate(visit_days(sales, rng)):
        sale = customer.buy(day)
        if number in returned:
            customer.bring_back(sale)
    return customer.sum_up()


@dataclass(slots=True)
class _Sale:
    """What a refund needs of a sale: where and how it was paid, and its last line."""

    day: int
    second: int
    paid: str
    rate: int
    subtotal: int
    discounts: int
    ware: Ware
    quantity: int
    price: int


class _Customer:
    """One customer's purchases, from the first visit to the last."""

    def __init__(
        self,
        member: str,
        home: int,
        sales: int,
        store: Store,
        calendar: Calendar,
        rng: Random,
        rows: Rows,
        ids: Ids,
    ) -> None:
        self.member, self.store, self.calendar, self.rng, self.rows, self.ids = (
            member,
            store,
            calendar,
            rng,
            rows,
            ids,
        )
        self.home = home
        self.tastes = int(1.1 + math.log(sales + 1) * (0.8 + 0.5 * rng.random()))
        self.dearest = _FREQUENT_DEAREST if sales > _FREQUENT else _DEAREST
        self.favorites = store.favorites(self.tastes, self.dearest, rng)
        self.bought: dict[int, _Bought] = {}
        self.visits: list[int] = []
        self.sales = self.refunds = self.gross = self.refunded = self.points = 0

    def buy(self, day: int) -> _Sale:
        """Make a sale: its lines, then the transaction."""
        random, store = self.rng.random, self.store
        if not self.visits or self.visits[-1] != day:
            self.visits.append(day)
        place = self.home if random() < 0.9 else int(random() * len(LOCATIONS))
        location, rate, _ = LOCATIONS[place]
        clerk = store.clerks[place][int(random() * len(store.clerks[place]))]
        second = _HOURS[int(random() * len(_HOURS))] * 3600 + int(random() * 3600)
        moment = self.calendar.moment(day, second)
        self.ids.transactions += 1
        number = self.ids.transactions
        name = f"{self.calendar.short(day)}-{number:07}"
        if random() < _FICKLE:
            index = int(random() * self.tastes)
            self.favorites[index] = store.another(self.favorites[index], self.favorites, self.dearest, self.rng)
        subtotal = quantity = price = 0
        basket = [self.favorites[index] for index in self._basket()]
        if random() < _CURIOUS:
            basket[-1] = store.another(basket[-1], self.favorites, self.dearest, self.rng)
        for which in basket:
            ware = store.wares[which]
            price = ware.price if day >= ware.price_day else ware.earlier_price
            quantity = 1 if (luck := random()) < 0.88 else 2 if luck < 0.98 else 3
            subtotal += price * quantity
            self._remember(which, day, quantity, price * quantity)
            self._write_line(name, ware, quantity, price, moment)
        spent = 0
        if self.points >= 2 * _POINTS_OFF and subtotal >= 2_000 and random() < 0.3:
            spent = min(self.points // _POINTS_OFF, subtotal // (2 * _CENTS_OFF)) * _POINTS_OFF
        discounts = spent // _POINTS_OFF * _CENTS_OFF + (subtotal // 20 if random() < 0.18 else 0)
        tax = quotient((subtotal - discounts) * rate, 10_000)
        total = subtotal - discounts + tax
        earned = total // 100
        self.sales += 1
        self.gross += total
        self.points += earned - spent
        clerk.sales += 1
        clerk.cents += total
        payment = _PAYMENTS[int(random() * len(_PAYMENTS))]
        paid = f"{location}\t{clerk.name}\tPOS-{place + 1}{1 + second % 4}\t{payment}"
        self.rows.transactions.append(
            f"{number}\t{name}\t{self.member}\t{moment}\t{paid}\t{money(total)}\t{money(tax)}\t"
            f"{money(discounts)}\t{earned}\t{spent}\t{moment}\n"
        )
        return _Sale(day, second, paid, rate, subtotal, discounts, ware, quantity, price)

    def bring_back(self, sale: _Sale) -> None:
        """Refund the last line of a sale, a few days later at the same register."""
        cents = sale.quantity * sale.price
        discounts = quotient(sale.discounts * cents, sale.subtotal)
        tax = quotient((cents - discounts) * sale.rate, 10_000)
        total = cents - discounts + tax
        day = min(DAYS - 1, sale.day + 1 + int(self.rng.random() * 6))
        # on the last day of all: half an hour later, before the shop closes
        moment = self.calendar.moment(day, sale.second if day > sale.day else min(sale.second + 1_800, _CLOSING))
        self.ids.transactions += 1
        number = self.ids.transactions
        name = f"{self.calendar.short(day)}-{number:07}"
        taken = min(self.points, total // 100)
        self.refunds += 1
        self.refunded += total
        self.points -= taken
        self._write_line(name, sale.ware, -sale.quantity, sale.price, moment)
        self.rows.transactions.append(
            f"{number}\t{name}\t{self.member}\t{moment}\t{sale.paid}\t{money(-total)}\t{money(-tax)}\t"
            f"{money(-discounts)}\t{-taken}\t0\t{moment}\n"
        )

    def sum_up(self) -> History:
        """Write the visit pattern and the affinities, and return the figures."""
        visits, calendar = self.visits, self.calendar
        pattern = visit_pattern(visits)
        predicted = NULL if pattern.predicted is None else calendar.date(pattern.predicted)
        self.rows.customer_visit_patterns.append(
            f"{self.member}\t{pattern.average_gap}\t{pattern.consistency}\t{predicted}\t{pattern.deviation}\t"
            f"{pattern.longest}\t{pattern.shortest}\t{len(visits)}\t{calendar.midnight}\n"
        )
        for which, record in self.bought.items():
            later = len(visits) - record.first_visit
            again = quotient(10_000 * (record.days - 1), later) if later else 0
            self.rows.customer_product_affinity.append(
                f"{self.member}{self.store.wares[which].affinity}{record.sales}\t{money(record.cents)}\t"
                f"{calendar.date(record.last_day)}\t{money(quotient(record.cents, record.quantity))}\t"
                f"{again // 10_000}.{again % 10_000:04}\t{calendar.midnight}\t{calendar.midnight}\n"
            )
        favorite = max(self.bought, key=lambda which: self.bought[which].sales)
        return History(
            visits=visits,
            sales=self.sales,
            refunds=self.refunds,
            gross=self.gross,
            refunded=self.refunded,
            points=self.points,
            favorite=self.store.wares[favorite],
        )

    def _basket(self) -> list[int]:
        """The favorites that go into one sale, none of them twice. The first ones are the likeliest."""
        random, tastes = self.rng.random, self.tastes
        weights = _TASTES[tastes]
        count = min(bisect(_BASKETS, random()) + 1, tastes)
        first = bisect(weights, random() * weights[-1])
        if count * 2 > tastes:  # most of them: those that follow on the list
            return [(first + step) % tastes for step in range(count)]
        chosen = [first]
        while len(chosen) < count:
            index = bisect(weights, random() * weights[-1])
            if index not in chosen:
                chosen.append(index)
        return chosen

    def _remember(self, which: int, day: int, quantity: int, cents: int) -> None:
        record = self.bought.get(which)
        if record is None:
            record = self.bought[which] = _Bought(first_visit=len(self.visits))
        record.sales += 1
        record.cents += cents
        record.quantity += quantity
        if record.last_day != day:
            record.last_day = day
            record.days += 1

    def _write_line(self, transaction: str, ware: Ware, quantity: int, price: int, moment: str) -> None:
        self.ids.items += 1
        self.rows.transaction_items.append(
            f"{self.ids.items}\t{transaction}{ware.before_numbers}{quantity}\t{money(price)}\t"
            f"{money(price * quantity)}{ware.after_numbers}{moment}\n"
        )
