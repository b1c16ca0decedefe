"""Mutates true drafts by rule and counts what the check still refuses: ``python -m tests.mutants FILE...``.

Each rule makes one statement of an accepted true draft false and leaves everything else as it is. The share of mutants
that the check refuses is its mutation score; what survives is printed with its rule.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import click

from motabot.text.normalize import fold_in_place
from tests.drafts import Recorded, load

_MONEY = re.compile(r"\$(\d+(?:\.\d\d)?)")
_THC = re.compile(r"(\d+(?:\.\d+)?)%(?=[^.\n]{0,12}THC)|(?<=THC )(\d+(?:\.\d+)?)%")
_PERCENT_OFF = re.compile(
    r"\b(\d{1,2})%(?= (?:off|de descuento|every day|menos)| discount)|(?<=: )(10)%(?= every)"
)
_POINTS = re.compile(r"\b(\d{2,5})(?= (?:points|puntos|more points|pts))")
_TIME = re.compile(r"\b(\d{1,2})(?= ?(?:AM|PM)\b)")
_SIZE = re.compile(r"\b(\d+(?:\.\d+)?)(?=\s?m?g\b)")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DIAS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(rf"\b({'|'.join(_MONTHS)}|Nov|Oct|Dec|May) (\d{{1,2}})\b(?!:)|\bthe (\d{{1,2}})(?=st|nd|rd|th)")
_COUNT = re.compile(r"\b(\d{1,3}|three|twice|two)(?= (?:visits|times|veces|items)\b)|\b(twice)\b")
_TOTAL = re.compile(
    r"(?:come to|comes to|total|makes|together|in all|are|=|is|you'd be at|be) \$(\d+\.\d\d)|\$(\d+\.\d\d)(?= (?:together|total|in all|before tax|for everything))"
)

_STOCK = (
    (r"(?<!something )\bin stock\b", "sold out"),
    (r"\bis available\b", "is sold out"),
    (r"\bavailable now\b", "sold out right now"),
    (r"\bisn't available\b", "is available"),
    (r"\bnot available right now\b", "in stock right now"),
    (r"\bis out of stock\b", "is in stock"),
    (r"\bis out right now\b", "is in stock right now"),
    (r"\bare unavailable\b", "are available"),
    (r"\bunavailable\b", "in stock"),
    (r"- available\b", "- sold out"),
)
_POLICY = (
    (r"\bno credit cards\b", "all credit cards"),
    (r"\bcash and debit cards?\b", "cash, debit and credit cards"),
    (r"\bonly deliver within San Francisco\b", "deliver all over the Bay Area"),
    (r"\bno delivery to Oakland\b", "delivery to Oakland too"),
    (r"\bexchanged within 7 days\b", "returned within 30 days"),
    (r"\bwithin 7 days\b", "within 14 days"),
    (r"\bexchange defective vape hardware\b", "refund any product"),
    (r"\bwe don't give refunds\b", "we give full refunds"),
    (r"\bwe can't do money back\b", "we can do money back"),
    (r"\bbefore tax\b", "with tax included"),
    (r"\bplus tax\b", "tax included"),
    (r"\bantes de impuestos\b", "con impuestos incluidos"),
    (r"\bno kids or pets inside\b", "kids and pets are welcome inside"),
    (r"\bkids can't come inside\b", "kids can come inside"),
    (r"\bChildren aren't allowed inside\b", "Children are allowed inside"),
    (r"\ball edibles are 10% off on Tuesdays\b", "everything is 10% off on Tuesdays"),
    (r"\b[Ss]eniors get 10% off every day\b", "Everybody gets 10% off every day"),
    (r"\bwe're closed on Christmas Day\b", "we're open on Christmas Day"),
    (r"\bWe're closed on Christmas Day\b", "We're open on Christmas Day"),
    (r"\bthe expired passport won't work\b", "the expired passport works fine"),
    (r"\bno holiday closure\b", "a holiday closure"),
)
_RANKS = (
    (r"\b[Ss]trongest\b", "mildest"),
    (r"\b[Cc]heapest\b", "priciest"),
    (r"\bmildest\b", "strongest"),
    (r"\bstronger\b", "milder"),
    (r"\bcheaper\b", "pricier"),
    (r"\bmilder\b", "stronger"),
)


def _replaced(text: str, found: re.Match[str], group: int, value: str) -> str:
    return text[: found.start(group)] + value + text[found.end(group) :]


def _group(found: re.Match[str]) -> int:
    return next(index for index in range(1, (found.re.groups or 0) + 1) if found[index] is not None)


def swap_prices(draft: Recorded) -> Iterator[str]:
    """Two products' prices change places."""
    text = draft.draft
    prices = {f"{one.price:.2f}" for one in draft.facts.products if one.price is not None}
    found = [one for one in _MONEY.finditer(text) if one[1] in prices]
    for first, second in pairwise(found):
        if first[1] != second[1]:
            yield (
                text[: first.start(1)]
                + second[1]
                + text[first.end(1) : second.start(1)]
                + first[1]
                + text[second.end(1) :]
            )


def other_price(draft: Recorded) -> Iterator[str]:
    """A price becomes that of another product of the turn."""
    prices = sorted({one.price for one in draft.facts.products if one.price is not None})
    for index, found in enumerate(_MONEY.finditer(draft.draft)):
        others = [price for price in prices if price != Decimal(found[1])]
        if Decimal(found[1]) in prices and others:
            yield _replaced(draft.draft, found, 1, f"{others[index % len(others)]:.2f}")


def dollar_off(draft: Recorded) -> Iterator[str]:
    """An amount is a dollar too high or too low."""
    for index, found in enumerate(_MONEY.finditer(draft.draft)):
        value = Decimal(found[1]) + (1 if index % 2 else -1)
        if value > 0 and "." in found[1]:
            yield _replaced(draft.draft, found, 1, f"{value:.2f}")


def total_off(draft: Recorded) -> Iterator[str]:
    """A total is off by an amount that looks like one."""
    for found in _TOTAL.finditer(draft.draft):
        group = _group(found)
        for shift in (Decimal("2.50"), Decimal("-3.00")):
            if Decimal(found[group]) + shift > 0:
                yield _replaced(draft.draft, found, group, f"{Decimal(found[group]) + shift:.2f}")


def other_strength(draft: Recorded) -> Iterator[str]:
    """A content of THC changes."""
    contents = sorted({one.thc for one in draft.facts.products if one.thc is not None and one.unit == "%"})
    for found in _THC.finditer(draft.draft):
        group = _group(found)
        yield _replaced(draft.draft, found, group, f"{Decimal(found[group]) * 2 / 3:.1f}")
        others = [f"{content.normalize():f}" for content in contents if abs(content - Decimal(found[group])) > 1]
        if others:
            yield _replaced(draft.draft, found, group, others[0])


def other_size(draft: Recorded) -> Iterator[str]:
    """A weight or a dose changes."""
    for found in _SIZE.finditer(draft.draft):
        value = Decimal(found[1]) * 2
        yield _replaced(draft.draft, found, 1, f"{value.normalize():f}")


def other_points(draft: Recorded) -> Iterator[str]:
    """A number of points changes."""
    for found in _POINTS.finditer(draft.draft):
        for shift in (13, -7):
            if int(found[1]) + shift > 0:
                yield _replaced(draft.draft, found, 1, str(int(found[1]) + shift))


def other_percent(draft: Recorded) -> Iterator[str]:
    """A discount changes."""
    for found in _PERCENT_OFF.finditer(draft.draft):
        group = _group(found)
        yield _replaced(draft.draft, found, group, str(int(found[group]) + 5))


def shift_hours(draft: Recorded) -> Iterator[str]:
    """A time of the day is an hour off."""
    for found in _TIME.finditer(draft.draft):
        for shift in (1, -1):
            yield _replaced(draft.draft, found, 1, str((int(found[1]) + shift - 1) % 12 + 1))


def other_weekday(draft: Recorded) -> Iterator[str]:
    """A weekday becomes another, on which something else holds."""
    text = draft.draft
    for names, shift in ((_WEEKDAYS, 3), (_DIAS, 3)):
        for index, name in enumerate(names):
            for found in re.finditer(rf"\b{name}(?=s?\b)", text):
                yield text[: found.start()] + names[(index + shift) % 7] + text[found.end() :]


def other_date(draft: Recorded) -> Iterator[str]:
    """A date becomes another: that of another visit, or a day nearby."""
    known = sorted({visit.day for visit in draft.facts.visits})
    for found in _DATE.finditer(draft.draft):
        if re.search(r"\b(?:not|rather than) (?:the )?$", draft.draft[: found.start()], re.IGNORECASE):
            continue  # "not the 25th" stays true
        group = 2 if found[2] else 3
        day = int(found[group])
        yield _replaced(draft.draft, found, group, str(day % 28 + 1))
        others = [one for one in known if one.day != day]
        if others and group == 2:
            other = others[-1]
            yield (
                draft.draft[: found.start()]
                + f"{_MONTHS[other.month - 1]} {other.day}"
                + draft.draft[found.end() :]
            )


def other_count(draft: Recorded) -> Iterator[str]:
    """A number of visits, items or times changes."""
    for found in _COUNT.finditer(draft.draft):
        group = _group(found)
        written = found[group]
        changed = {"three": "four", "twice": "four times", "two": "five"}.get(written) or str(int(written) + 2)
        yield _replaced(draft.draft, found, group, changed)


def _by_table(table: tuple[tuple[str, str], ...]) -> Callable[[Recorded], Iterator[str]]:
    def mutate(draft: Recorded) -> Iterator[str]:
        for pattern, other in table:
            for found in re.finditer(pattern, draft.draft):
                yield draft.draft[: found.start()] + other + draft.draft[found.end() :]

    return mutate


def swap_names(draft: Recorded) -> Iterator[str]:
    """A product's full name becomes that of another product of the turn with another price."""
    named = [
        one
        for one in draft.facts.products
        if fold_in_place(one.name) in fold_in_place(draft.draft) and one.price is not None
    ]
    for one in named:
        others = [
            other for other in draft.facts.products if other.price not in (None, one.price) and other not in named
        ]
        if others and "$" in draft.draft:
            yield draft.draft.replace(one.name, others[len(one.name) % len(others)].name, 1)


RULES: dict[str, Callable[[Recorded], Iterator[str]]] = {
    "two prices swapped": swap_prices,
    "another product's price": other_price,
    "a dollar off": dollar_off,
    "total off": total_off,
    "THC changed": other_strength,
    "size changed": other_size,
    "points changed": other_points,
    "percentage changed": other_percent,
    "hours shifted": shift_hours,
    "weekday changed": other_weekday,
    "date changed": other_date,
    "count changed": other_count,
    "availability flipped": _by_table(_STOCK),
    "policy negated or widened": _by_table(_POLICY),
    "superlative turned": _by_table(_RANKS),
    "name swapped": swap_names,
}


def mutants(drafts: list[Recorded]) -> Iterator[tuple[str, Recorded]]:
    """Every mutant of every accepted true draft, with its rule."""
    for draft in drafts:
        if not draft.is_true or draft.problems():
            continue
        for rule, mutate in RULES.items():
            for text in dict.fromkeys(mutate(draft)):
                if text != draft.draft:
                    yield rule, Recorded(draft.id, text, False, rule, draft.facts)


def score(drafts: list[Recorded]) -> tuple[Counter[str], Counter[str], list[Recorded]]:
    """Mutants and refused mutants by rule, and those that survive."""
    made: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    survivors = []
    for rule, mutant in mutants(drafts):
        made[rule] += 1
        if mutant.problems():
            refused[rule] += 1
        else:
            survivors.append(mutant)
    return made, refused, survivors


def main() -> None:
    """Print the score of the files named on the command line."""
    drafts = [draft for name in sys.argv[1:] for draft in load(Path(name))]
    made, refused, survivors = score(drafts)
    for rule in RULES:
        if made[rule]:
            click.echo(f"{rule:28} refused {refused[rule]:4} of {made[rule]:4}  {refused[rule] / made[rule]:.1%}")
    click.echo(f"{'all':28} refused {refused.total():4} of {made.total():4}  {refused.total() / made.total():.1%}")
    for mutant in survivors:
        click.echo(f"\n{mutant.why}: {mutant.id}\n  {mutant.draft}")


if __name__ == "__main__":
    main()
