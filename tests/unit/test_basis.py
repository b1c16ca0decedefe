"""The basis of a table's figures is read from its query."""

from __future__ import annotations

from datetime import date

import pytest

from motabot.staff.basis import basis_of


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "select sum(amount) from sales where day between '2026-10-01' and '2026-10-31'",
            "paid with tax, refunds not taken off; from 2026-10-01 up to 2026-10-31",
        ),
        (
            "select brand, sum(l.net_amount) from sale_lines l where l.day >= '2026-10-01' and l.day < '2026-11-01'",
            "after discounts, without tax, refunds not taken off; from 2026-10-01 before 2026-11-01",
        ),
        (
            "select sum(amount) from sales where day >= date '2026-11-01'",
            "paid with tax, refunds not taken off; from 2026-11-01 up to 2026-11-26; not over yet",
        ),
        (
            "select sum(total_amount) from transactions where day = '2026-11-02'",
            "paid with tax, refunds taken off; from 2026-11-02 up to 2026-11-02",
        ),
        (
            "select (select sum(amount) from sales) - (select sum(amount) from refunds)",
            "paid with tax; refunded with tax",
        ),
        ("select sum(total_amount) filter (where kind = 'sale') from transactions", "paid with tax"),
        ("select name from customers order by lifetime_value desc", "paid less refunds, with tax"),
        ("select count(*) from products", ""),
        ("select", ""),
        (
            "select sum(amount) from sales where day >= '2026-11-01' or (day >= '2026-10-01' and day <= '2026-10-26')",
            "paid with tax, refunds not taken off; from 2026-10-01 up to 2026-11-26; not over yet",
        ),
    ],
)
def test_a_table_says_what_its_figures_rest_on(query: str, told: str) -> None:
    assert basis_of(query, date(2026, 11, 26)) == told


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("day > date '2026-11-26' - 90", "from 2026-08-29 up to 2026-11-26; not over yet"),
        ("day >= '2026-11-26'::date - interval '1 month'", "from 2026-10-26 up to 2026-11-26; not over yet"),
        ("day >= current_date - 30", "from 2026-10-27 up to 2026-11-26; not over yet"),
        ("day >= current_date - 30 and day < current_date", "from 2026-10-27 before 2026-11-26"),
        ("day between current_date - 7 and current_date - 1", "from 2026-11-19 up to 2026-11-25"),
        ("sold_at >= now() - interval '2 weeks'", "from 2026-11-12 up to 2026-11-26; not over yet"),
        (
            "sold_at >= now() - interval '1 week' and sold_at < now()",
            "from 2026-11-19 up to 2026-11-26; not over yet",
        ),
        (
            "day >= date_trunc('month', current_date)::date - interval '1 month'"
            " and day < date_trunc('month', current_date)",
            "from 2026-10-01 before 2026-11-01",
        ),
        ("day >= current_date - 7 * 4 and day < '2026-11-01'", None),
        ("day >= now() - interval '36 hours'", None),
        ("day >= date '2026-11-26' - make_interval(days => 30)", None),
        ("day > (select max(day) from visits) - 30 and day <= '2026-11-20'", "up to 2026-11-20"),
    ],
)
def test_days_that_are_reckoned_are_read_or_not_told(where: str, told: str | None) -> None:
    basis = basis_of(f"select count(*) from visits where {where}", date(2026, 11, 26))
    assert basis == (told or "")
