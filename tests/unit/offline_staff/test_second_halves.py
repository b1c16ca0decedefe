"""What the second half of a question asks of the first."""

from __future__ import annotations

import pytest

from tests.unit.offline_staff.talking import all_asked


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        (
            "what share of oct sales had points redeemed on them and how many points total",
            ["Share of transactions: with points redeemed, 1 to 31 Oct 2026", "Points spent, 1 to 31 Oct 2026"],
        ),
        (
            "how many tickets had a discount in october, and how much did we give away",
            ["Transactions, with a discount, 1 to 31 Oct 2026", "Discounts, with a discount, 1 to 31 Oct 2026"],
        ),
        (
            "Dana here - how many refunds in october and whats that worth",
            ["Refunds, 1 to 31 Oct 2026", "Refunded amount, 1 to 31 Oct 2026", "aside: Dana here"],
        ),
        (
            "Oct this year against Oct last year: sales, tickets, average",
            [
                "Sales, 1 to 31 Oct 2026 against 1 to 31 Oct 2025",
                "Transactions, 1 to 31 Oct 2026 against 1 to 31 Oct 2025",
                "Average sale, 1 to 31 Oct 2026 against 1 to 31 Oct 2025",
            ],
        ),
    ],
)
def test_the_second_half_keeps_what_the_first_is_about(said: str, titles: list[str]) -> None:
    assert all_asked(said) == titles
