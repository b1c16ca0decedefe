"""Queries about one person that both the staff's tools and the console show; they run in the sandbox.

They read the shop's tables and not the reporting views, because a copy of a customer can be looked up as well.
"""

from __future__ import annotations

#: A phone by its last ten digits, however it is written.
_DIGITS = "right(regexp_replace({0}, '[^0-9]', '', 'g'), 10)"


def literal(words: str) -> str:
    """Words as a literal of SQL."""
    return "'" + words.replace("'", "''") + "'"


def matching_customers(words: str) -> str:
    """Customers that the words may mean, at most twenty; whole ids, phones, e-mails and names win."""
    said = literal(words.strip())
    digits = _DIGITS.format(said)
    same_phone = f"length({digits}) = 10 and {_DIGITS.format('phone')} = {digits}"
    same_words = f"lower({said}) in (lower(member_id), lower(name), lower(email))"
    exact = f"({same_words} or {same_phone})"
    shown = "member_id, name, phone, vip_status, total_visits, last_visited, lifetime_value"
    return (
        f"with found as (select {shown}, coalesce({exact}, false) as is_exact from public.customers"
        f" where {exact} or strpos(lower(name), lower({said})) > 0)"
        f" select {shown} from found where is_exact or not exists (select from found where is_exact)"
        " order by lifetime_value desc nulls last, member_id limit 20"
    )


def alike_customers(words: str) -> str:
    """Customers whose names are spelt much like the words, the likest first, at most ten.

    Likeness is the share of pairs of letters that two names have in common; it needs no extension.
    """
    said = literal(f" {' '.join(words.lower().split())} ")
    return (
        f"with said as (select distinct substr(w, n, 2) as pair from (select {said}::text as w) s,"
        " generate_series(1, length(w) - 1) as n),"
        " names as (select c.member_id, p.part from public.customers c, lateral (select lower(btrim(c.name)) as"
        " part union"
        " select word from regexp_split_to_table(lower(btrim(c.name)), '\\s+') as word) p"
        f" where left(p.part, 1) = left(btrim({said}), 1) and abs(length(p.part) + 2 - length({said})) <= 3),"
        " rated as (select n.member_id, 2.0 * count(*) filter (where pair in (select pair from said))"
        " / (count(*) + (select count(*) from said)) as likeness from names n,"
        " lateral (select distinct substr(' ' || n.part || ' ', i, 2) as pair"
        " from generate_series(1, length(n.part) + 1) as i) pairs group by n.member_id, n.part),"
        " best as (select member_id, max(likeness) as likeness from rated where likeness >= 0.5 group by 1)"
        " select c.member_id, c.name, c.phone, c.vip_status, c.total_visits, c.last_visited, c.lifetime_value"
        " from best join public.customers c on c.member_id = best.member_id"
        " order by best.likeness desc, c.lifetime_value desc nulls last, c.member_id limit 10"
    )


def customer(member_id: str) -> dict[str, str]:
    """Everything about a customer, as queries by title."""
    who = literal(member_id)
    return {
        "Customer": f"select * from public.customers where member_id = {who}",
        "Visits": f"select * from public.customer_visit_patterns where customer_id = {who}",
        "Favourites": (
            "select a.product_name, a.brand, a.category, a.purchase_count, a.total_spent, a.last_purchased,"
            " coalesce(p.is_active, false) as available from public.customer_product_affinity a"
            f" left join public.products p on p.sku = a.product_sku where a.customer_id = {who}"
            " order by a.purchase_count desc nulls last, a.last_purchased desc limit 10"
        ),
        "Purchases": (
            "select t.date, t.total_amount, t.payment_type, t.staff_name,"
            " (select string_agg(i.quantity || ' x ' || i.product_name, ', ' order by i.id)"
            " from public.transaction_items i where i.transaction_id = t.transaction_id) as items"
            f" from public.transactions t where t.customer_id = {who} order by t.date desc limit 20"
        ),
        "Lead": (
            "select l.phone_number, l.lead_status, l.conversation_stage, l.conversion_probability, l.last_message,"
            f" l.updated_at from public.leads l where l.customer_id = {who} order by l.updated_at desc limit 3"
        ),
        "Texts": (
            "select m.timestamp, m.direction, m.status, m.content from public.messages m"
            f" where m.phone_number = (select phone from public.customers where member_id = {who})"
            " order by m.timestamp desc limit 10"
        ),
    }


def conversation(words: str, limit: int) -> str:
    """The newest texts with a phone, or with the customer that the words mean, newest first."""
    number = (
        f"(select coalesce((select phone from ({matching_customers(words)}) c where c.phone is not null limit 1),"
        f" {literal(words)}))"
    )
    return (
        "select m.timestamp, m.direction, m.status, m.content, m.phone_number from public.messages m"
        f" where {_DIGITS.format('m.phone_number')} = {_DIGITS.format(number)}"
        f" order by m.timestamp desc limit {limit}"
    )
