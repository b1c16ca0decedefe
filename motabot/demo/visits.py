"""The days on which a demo customer comes."""

from __future__ import annotations

from itertools import accumulate
from random import Random

from motabot.demo.calendar import DAYS


def visit_days(sales: int, rng: Random) -> list[int]:
    """The days of this many sales, in order: a more or less regular rhythm, which may have ended."""
    random = rng.random
    if sales == 1:
        return [DAYS - 1 - int(random() * (40 if random() < 0.4 else DAYS - 1))]
    longest = (DAYS - 1) / sales
    gap = min(longest * (0.3 + 0.7 * random()), 20 + 60 * random())
    slack = int(DAYS - 1 - gap * (sales - 1))
    away = int(gap * random() * 1.2) if random() < 0.72 else int(2 * gap + random() * max(0.0, slack - 2 * gap))
    last = DAYS - 1 - max(0, min(slack, away))
    loose = (0.1, 0.25, 0.5)[int(random() * 3)]
    passed = list(accumulate(gap * max(0.15, rng.gauss(1, loose)) for _ in range(sales - 1)))
    squeeze = min(1.0, last / passed[-1])
    return [*(last - int(days * squeeze + 0.5) for days in reversed(passed)), last]
