"""The demo shop's people and their history, made in independent batches so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from random import Random
from statistics import NormalDist

from motabot.demo.calendar import DAYS, Calendar
from motabot.demo.catalog import make_catalog
from motabot.demo.conversations import DemoConversations, Texter
from motabot.demo.figures import NULL, churn_risk, money, quotient, vip_status
from motabot.demo.names import FIRST, LAST, LOCATIONS, phone_number
from motabot.demo.rows import Ids, Rows
from motabot.demo.shopping import shop
from motabot.demo.store import Store, product_row

#: Customers in a batch, and the most products that are on the shelves at a time. In a larger shop each batch of
#: customers sees one part of the catalog, so that only this part is kept in memory.
SIZE, ASSORTMENT = 500, 5_000
#: How unevenly transactions are spread over customers (sigma of a lognormal), and the most that one can have.
_SPREAD, _MOST = 1.35, 240
#: One customer in this many shares the phone and the surname of the customer before.
_HOUSEHOLDS, _FIRST_HOUSEHOLD = 331, 150

_SOURCES = (
    "Walk-in",
    "Walk-in",
    "Walk-in",
    "Google",
    "Google",
    "Weedmaps",
    "Leafly",
    "Friend",
    "Friend",
    "Instagram",
    NULL,
)
_GROUPS = (
    "Standard",
    "Standard",
    "Standard",
    "Standard",
    "Locals",
    "Locals",
    "Veteran",
    "Senior",
    "Industry",
    NULL,
)


@dataclass(frozen=True)
class Sizes:
    """How many rows a shop has. Lines, visit patterns and affinities follow from the rest."""

    customers: int
    transactions: int
    products: int
    staff: int
    messages: int
    leads: int

    @property
    def batches(self) -> int:
        return -(-self.customers // SIZE)

    @property
    def assortments(self) -> int:
        return -(-self.products // ASSORTMENT)

    def share(self, total: int, batch: int) -> tuple[int, int]:
        """A batch's part of a total, as the first index and the index after the last."""
        return total * batch // self.batches, total * (batch + 1) // self.batches


def make_batches(sizes: Sizes, store: Store, calendar: Calendar, seed: str) -> Iterator[Rows]:
    """All batches in order. Fills the store's shelves and adds up its clerks' sales as it goes."""
    ids = Ids()
    stocked = 0
    for number in range(sizes.batches):
        rows, rng = Rows(), Random(f"{seed}:{number}")
        upto = sizes.products * (sizes.assortments * number // sizes.batches + 1) // sizes.assortments
        if upto > stocked:
            products = make_catalog(upto - stocked, rng, after=stocked)
            rows.products = [product_row(product, calendar) for product in products]
            store.restock(products)
            stocked = upto
        yield _Batch(sizes, number, store, calendar, rng, rows, ids).make()


def transaction_counts(customers: int, transactions: int) -> list[int]:
    """How many transactions each customer has. Most have few, some have over a hundred; the sum is exact."""
    law = NormalDist(0, _SPREAD)
    sizes = [exp(law.inv_cdf((place + 0.5) / customers)) for place in range(customers)]
    mean = transactions / customers
    for _ in range(4):  # what the cap takes away goes to the others
        scale = mean * customers / sum(sizes)
        sizes = [min(size * scale, _MOST) for size in sizes]
    counts, carried = [], 0.5
    for size in sizes:
        carried += size
        counts.append(int(carried))
        carried -= counts[-1]
    counts[-1] += transactions - sum(counts)
    return counts


class _Batch:
    def __init__(
        self, sizes: Sizes, number: int, store: Store, calendar: Calendar, rng: Random, rows: Rows, ids: Ids
    ) -> None:
        self.sizes, self.number, self.store, self.calendar = sizes, number, store, calendar
        self.rng, self.rows, self.ids = rng, rows, ids
        self.texters: list[Texter] = []
        self.surname = rng.choice(LAST)

    def make(self) -> Rows:
        """Return all rows of the batch except the products."""
        first, end = self.sizes.share(self.sizes.customers, self.number)
        first_transaction, end_transaction = self.sizes.share(self.sizes.transactions, self.number)
        counts = transaction_counts(end - first, end_transaction - first_transaction)
        self.rng.shuffle(counts)
        for index, count in zip(range(first, end), counts, strict=True):
            self._customer(index, count)
        self._talk()
        return self.rows

    def _customer(self, index: int, transactions: int) -> None:
        rng, calendar = self.rng, self.calendar
        member = f"M{index + 1:06}"
        home = rng.randrange(len(LOCATIONS))
        history = shop(member, home, transactions, self.store, calendar, rng, self.rows, self.ids)
        first_name = rng.choice(FIRST)
        if not _is_household(index):
            self.surname = rng.choice(LAST)
        phone = _phone(index)
        email = NULL if rng.random() < 0.06 else f"{first_name}.{self.surname}{index + 1}@example.com".lower()
        visits = history.visits
        joined = self._joined(visits)
        average = money(quotient(history.gross, history.sales)) if history.sales else NULL
        zip_code = rng.choice(LOCATIONS[home][2]) if rng.random() < 0.98 else NULL
        figures = (
            f"{len(visits)}\t{history.sales}\t{history.refunds}\t{money(history.gross)}\t{money(history.refunded)}\t"
            f"{average}\t{money(history.gross - history.refunded)}"
        )
        kind = "Medical" if rng.random() < 0.12 else "Recreational"
        origin = f"{kind}\t{rng.choice(_GROUPS)}\t{rng.choice(_SOURCES)}\tCA\t{zip_code}"
        standing = f"{vip_status(len(visits))}\t{churn_risk(visits, DAYS) if visits else NULL}"
        self.rows.customers.append(
            f"{index + 1}\t{member}\t{first_name} {self.surname}\t{phone}\t{email}\t{history.points}\t{figures}\t"
            f"{origin}\t{calendar.date(joined)}\t{calendar.date(visits[-1]) if visits else NULL}\t{standing}\t"
            f"{DAYS - visits[-1] if visits else NULL}\t{calendar.moment(joined, 10 * 3600)}\t{calendar.midnight}\n"
        )
        is_alone = not _is_household(index) and not _is_household(index + 1)
        if phone != NULL and is_alone and rng.random() < 0.3:
            self.texters.append(Texter(phone, first_name, history.favorite, history.points, member))

    def _joined(self, visits: list[int]) -> int:
        """The day of joining: the first visit, or for some old customers a day before the history begins."""
        if not visits:
            return DAYS - 1 - self.rng.randrange(120)
        is_old = visits[0] < 120 and self.rng.random() < 0.5
        return visits[0] - self.rng.randrange(200, 400) if is_old else visits[0]

    def _talk(self) -> None:
        sizes, rng = self.sizes, self.rng
        first_lead, end_lead = sizes.share(sizes.leads, self.number)
        first_message, end_message = sizes.share(sizes.messages, self.number)
        converted = rng.sample(self.texters, min(len(self.texters), (end_lead - first_lead) * 15 // 100))
        leads = converted + [
            Texter(phone_number(sizes.customers + index), rng.choice(FIRST), None, 0, None)
            for index in range(first_lead + len(converted), end_lead)
        ]
        talk = DemoConversations(self.store, self.calendar, rng)
        talk.write(end_message - first_message, self.texters, leads, self.rows, self.ids)


def _is_household(index: int) -> bool:
    return index % _HOUSEHOLDS == _FIRST_HOUSEHOLD


def _phone(index: int) -> str:
    """A customer's phone. About one in thirty has none."""
    if _is_household(index):
        index -= 1
    return NULL if index % 31 == 17 else phone_number(index)
