-- A member id that nothing uses, in the style of the source's: the same letters before a number of at least as many
-- digits, above the largest of that style; without a number, the source's with a number added; a UUID for a UUID.
with style as (
    select case when m.parts[2] = '' then %(source)s || '-' else m.parts[1] end as prefix, length(m.parts[2]) as width
    from (select regexp_match(%(source)s, '^(.*?)(\d{0,18})$') as parts) m
),
largest as (
    select coalesce(max(substr(o.member_id, length(s.prefix) + 1)::bigint), 1) as number
    from style s
    left join public.customers o
        on starts_with(o.member_id, s.prefix) and substr(o.member_id, length(s.prefix) + 1) ~ '^\d{1,18}$'
),
candidate as (
    select n, case
        when %(source)s ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then gen_random_uuid()::text
        else s.prefix || lpad(n::text, greatest(s.width, length(n::text)), '0')
    end as member_id
    from style s, largest l, generate_series(l.number + 1, l.number + 1000) n
)
select c.member_id
from candidate c
where not exists (select from public.customers o where o.member_id = c.member_id)
  and not exists (select from public.transactions t where t.customer_id = c.member_id)
  and not exists (select from public.leads l where l.customer_id = c.member_id)
  and not exists (select from public.customer_visit_patterns p where p.customer_id = c.member_id)
  and not exists (select from public.customer_product_affinity a where a.customer_id = c.member_id)
order by c.n
limit 1
