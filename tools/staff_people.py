"""What staff's model looks up about people: one customer, one conversation."""

from __future__ import annotations

from motabot.tooling import StaffContext, tool

#: A phone by its last ten digits, however it is written.
_DIGITS = "right(regexp_replace({0}, '[^0-9]', '', 'g'), 10)"


@tool(audience="staff", effect="read")
def find_customers(ctx: StaffContext, words: str) -> dict[str, object]:
    """Find customers by member id, phone, e-mail or part of a name.

    Args:
        words: What is known, or a handle.
    """
    return ctx.query(_matching(ctx, words), f"Customers that match {words}")


@tool(audience="staff", effect="read")
def show_customer(ctx: StaffContext, customer: str) -> dict[str, object]:
    """Show everything about one customer: profile, visits, favourites, purchases, lead and texts.

    Where several match, they are listed instead; ask which one is meant.

    Args:
        customer: Member id, phone, name or a handle.
    """
    found = ctx.look(_matching(ctx, customer))
    if len(found) != 1:
        note = "Several match: ask which one." if found else "Nobody matches."
        return {"note": note, **ctx.query(_matching(ctx, customer), f"Customers that match {customer}")}
    who = ctx.literal(str(found[0]["member_id"]))
    pages = {
        "Customer": f"select * from customers where member_id = {who}",
        "Visits": f"select * from customer_visit_patterns where customer_id = {who}",
        "Favourites": (
            "select a.product_name, a.brand, a.category, a.purchase_count, a.total_spent, a.last_purchased,"
            " coalesce(p.is_active, false) as available from customer_product_affinity a"
            f" left join products p on p.sku = a.product_sku where a.customer_id = {who}"
            " order by a.purchase_count desc nulls last, a.last_purchased desc limit 10"
        ),
        "Purchases": (
            "select t.date, t.total_amount, t.payment_type, t.staff_name,"
            " (select string_agg(i.quantity || ' x ' || i.product_name, ', ' order by i.id)"
            " from transaction_items i where i.transaction_id = t.transaction_id) as items"
            f" from transactions t where t.customer_id = {who} order by t.date desc limit 10"
        ),
        "Lead": (
            "select l.lead_status, l.conversation_stage, l.conversion_probability, l.last_message, l.updated_at"
            f" from leads l where l.customer_id = {who} order by l.updated_at desc limit 3"
        ),
        "Texts": (
            "select m.timestamp, m.direction, m.status, m.content from messages m"
            f" where m.phone_number = (select phone from customers where member_id = {who})"
            " order by m.timestamp desc limit 10"
        ),
    }
    return {title: ctx.query(sql, title) for title, sql in pages.items()}


@tool(audience="staff", effect="read")
def read_conversation(ctx: StaffContext, phone: str, limit: int | None = None) -> dict[str, object]:
    """Read the newest texts with a phone, newest first.

    Args:
        phone: The number, a customer's name or member id, or a handle.
        limit: How many texts; null for 30, at most 200.
    """
    words = ctx.literal(phone)
    number = (
        f"(select coalesce((select phone from ({_matching(ctx, phone)}) c where c.phone is not null limit 1),"
        f" {words}))"
    )
    return ctx.query(
        "select m.timestamp, m.direction, m.status, m.content, m.phone_number from messages m"
        f" where {_DIGITS.format('m.phone_number')} = {_DIGITS.format(number)}"
        f" order by m.timestamp desc limit {max(1, min(limit or 30, 200))}",
        f"The newest texts with {phone}",
    )


def _matching(ctx: StaffContext, words: str) -> str:
    """Customers that the words may mean; an exact match is the only one."""
    said = ctx.literal(words.strip())
    return (
        "with found as (select member_id, name, phone, vip_status, total_visits, last_visited, lifetime_value,"
        f" member_id = {said} or lower(name) = lower({said}) or lower(email) = lower({said})"
        f" or length({_DIGITS.format(said)}) = 10"
        f" and {_DIGITS.format('phone')} = {_DIGITS.format(said)} as is_exact"
        f" from customers where member_id = {said} or strpos(lower(name), lower({said})) > 0"
        f" or lower(email) = lower({said}) or length({_DIGITS.format(said)}) = 10"
        f" and {_DIGITS.format('phone')} = {_DIGITS.format(said)})"
        " select member_id, name, phone, vip_status, total_visits, last_visited, lifetime_value from found"
        " where is_exact or not exists (select from found where is_exact)"
        " order by lifetime_value desc nulls last, member_id limit 20"
    )
