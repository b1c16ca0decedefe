"""Queries about one person that both the staff's tools and the console show; they run in the sandbox.

They read the shop's tables instead of the reporting views, because a copy of a customer can also be looked up.
"""

from __future__ import annotations

from collections.abc import Sequence

from motabot.db.literal import literal
from motabot.text.phone_numbers import EXTENSION

_EXTENSION = EXTENSION.replace("{", "{{").replace("}", "}}")
#: A phone by its last ten digits without an extension, however it is written.
_DIGITS = (
    f"right(regexp_replace(regexp_replace(({{0}})::text collate \"C\", '{_EXTENSION}', ''),"
    " '[^0-9]', '', 'g'), 10)"
)


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
        f' where {exact} or strpos(lower(name collate "default"), lower({said})) > 0)'
        f" select {shown} from found where is_exact or not exists (select from found where is_exact)"
        " order by lifetime_value desc nulls last, member_id limit 20"
    )


def alike_customers(words: str) -> str:
    """Member ids of customers whose names are spelled like the words, the most similar first, at most ten."""
    names = "select c.member_id, lower(btrim(c.name)) as name from public.customers c"
    return (
        f"with best as ({alike(names, words)}) select c.member_id from best join public.customers c"
        " on c.member_id = best.key order by best.likeness desc, c.lifetime_value desc nulls last, c.member_id"
        " limit 10"
    )


def listed_customers(members: Sequence[str]) -> str:
    """Customers by their member ids, in that order."""
    listed = ", ".join(map(literal, members))
    return (
        "select member_id, name, phone, vip_status, total_visits, last_visited, lifetime_value"
        f" from public.customers where member_id in ({listed})"
        f" order by array_position(array[{listed}], member_id::text)"
    )


def alike_products(words: str) -> str:
    """Products whose name, brand or strain is spelled like the words, the most similar first, at most twenty."""
    names = (
        "select p.sku::text, lower(btrim(n.name)) as name from public.products p,"
        " lateral (values (p.name), (p.brand), (p.strain)) n (name)"
    )
    return (
        f"with best as ({alike(names, words)}) select p.sku, p.name, p.brand, p.strain, p.category,"
        " p.retail_price, p.is_active from best join public.products p on p.sku::text = best.key"
        " order by best.likeness desc, p.is_active desc, p.name, p.sku limit 20"
    )


def alike(names: str, words: str) -> str:
    """Keys and similarity of what is spelled like the words.

    Similarity is the share of pairs of letters that two names, or a word of one and the words, have in common; it
    needs no extension.

    Args:
        names: A query of keys and names in lower case.
        words: What somebody wrote.
    """
    said = literal(f" {' '.join(words.lower().split())} ")
    return (
        "with said as (select distinct substr(w, n, 2) as pair"
        f" from (select {said}::text as w) s, generate_series(1, length(w) - 1) as n),"
        f" known as ({names}), parts as (select distinct k.key, p.part from known as k (key, name), lateral"
        " (select k.name as part union select word from regexp_split_to_table(k.name, '\\s+') as word) p"
        f" where left(p.part, 1) = left(btrim({said}), 1) and abs(length(p.part) + 2 - length({said})) <= 3),"
        " rated as (select n.key, 2.0 * count(*) filter (where pair in (select pair from said))"
        " / (count(*) + (select count(*) from said)) as likeness from parts n,"
        " lateral (select distinct substr(' ' || n.part || ' ', i, 2) as pair"
        " from generate_series(1, length(n.part) + 1) as i) pairs group by n.key, n.part)"
        " select key, max(likeness) as likeness from rated where likeness >= 0.5 group by 1"
    )


def customer(member_id: str) -> dict[str, str]:
    """Everything about a customer, as queries by title."""
    who = literal(member_id)
    phone = _DIGITS.format(f"(select phone::text from public.customers where member_id = {who})")
    return {
        "Customer": f"select * from public.customers where member_id = {who}",
        "Visits": f"select * from public.customer_visit_patterns where customer_id = {who}",
        "Favorites": (
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
            f" where {_DIGITS.format('m.phone_number')} = {phone} and length({phone}) = 10"
            " order by m.timestamp desc limit 10"
        ),
    }


def conversation(words: str, limit: int) -> str:
    """The newest texts with a phone, or with the customer that the words mean, newest first."""
    number = (
        f"(select coalesce((select phone::text from ({matching_customers(words)}) c where c.phone is not null"
        f" limit 1), {literal(words)}))"
    )
    return (
        "select m.timestamp, m.direction, m.status, m.content, m.phone_number from public.messages m"
        f" where {_DIGITS.format('m.phone_number')} = {_DIGITS.format(number)}"
        f" order by m.timestamp desc limit {limit}"
    )
