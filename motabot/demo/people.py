"""The people that a visitor of the demo may text as: a few customers, and an unknown number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from motabot.demo.names import CALIFORNIAN, FICTIONAL, UNASSIGNED, phone_number

#: One customer with their own phone who meets a condition. A clear favorite among flower comes first.
_PICK = """
select split_part(c.name, ' ', 1) as first_name, c.phone, c.total_visits, c.days_since_last_visit, a.product_name,
       a.purchase_count
from public.customers c
join lateral (
    select f.product_name, f.category, f.purchase_count
    from public.customer_product_affinity f
    join public.products p on p.sku = f.product_sku and p.is_active
    where f.customer_id = c.member_id
    order by f.purchase_count desc, f.product_sku
    limit 1
) a on true
where c.phone is not null and {condition}
  and not exists (select from public.customers o where o.phone = c.phone and o.member_id <> c.member_id)
  and not exists (select from motabot.phones m where m.phone = c.phone and m.consent = 'out')
order by (a.category = 'Flower') desc, a.purchase_count desc, c.member_id
limit 1
"""
_KINDS = (
    (
        "vip_status = 'VIP' and c.churn_risk = 'Low' and c.loyalty_points >= 100 and c.total_visits < 80",
        "a VIP, {visits} visits, usually takes {product}",
    ),
    ("vip_status = 'Casual' and c.churn_risk = 'Low'", "comes now and then, {visits} visits, last took {product}"),
    (
        "vip_status in ('Regular', 'VIP') and c.churn_risk = 'High' and c.days_since_last_visit >= 60",
        "a regular who has not been in for {days} days",
    ),
)
#: The first of these numbers that no row holds.
_UNKNOWN = text(
    "select n.phone from unnest(cast(:numbers as text[])) with ordinality n (phone, place)"
    " where not exists (select from public.customers where phone = n.phone)"
    " and not exists (select from public.leads where phone_number = n.phone)"
    " and not exists (select from public.messages where phone_number = n.phone)"
    " and not exists (select from motabot.phones where phone = n.phone)"
    " order by n.place limit 1"
)


@dataclass(frozen=True)
class DemoCustomer:
    """A person that a visitor may text as."""

    first_name: str
    phone: str
    description: str


def pick_demo_customers(connection: Connection) -> list[DemoCustomer]:
    """A VIP with a clear favorite, a casual customer, one who has stopped coming, and last an unknown number.

    Kinds that a small shop lacks are left out; the unknown number is always there.
    """
    people = []
    for condition, words in _KINDS:
        row = connection.execute(text(_PICK.format(condition=f"c.{condition}"))).one_or_none()
        if row is not None:
            description = words.format(
                visits=row.total_visits, days=row.days_since_last_visit, product=row.product_name
            )
            people.append(DemoCustomer(row.first_name, row.phone, description))
    return [*people, DemoCustomer("Somebody", _unknown_number(connection), "a number the shop has never seen")]


def _unknown_number(connection: Connection) -> str:
    """An unused number of the demo's ranges, from California if one is left."""
    ends = (CALIFORNIAN, FICTIONAL, FICTIONAL + UNASSIGNED)
    numbers = [phone_number(end - step) for end in ends for step in range(1, 200)]
    number: str = connection.execute(_UNKNOWN, {"numbers": numbers}).scalar_one()
    return number
