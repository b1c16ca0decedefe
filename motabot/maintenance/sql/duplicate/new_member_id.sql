-- An unused member id, in the style of the source's: the same letters before a number of at least as many
-- digits; without a number, the source's with one added; a UUID for a UUID. The number follows the largest among the
-- newest customers, or, if that one is taken, the largest of all.
with recursive style as (
    select case when m.parts[2] = '' then :source || '-' else m.parts[1] end as prefix, length(m.parts[2]) as width,
           :source ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' as is_uuid
    from (select regexp_match(:source, '^(.*?)(\d{0,18})$') as parts) m
),
newest as (
    select coalesce(max(substr(o.member_id, length(s.prefix) + 1)::bigint), 1) as number
    from style s
    left join (select c.member_id from public.customers c order by c.id desc limit 200) o
        on starts_with(o.member_id, s.prefix) and substr(o.member_id, length(s.prefix) + 1) ~ '^\d{1,18}$'
),
start as (
    select case
        when exists (
            select from public.customers c
            where c.member_id = s.prefix || lpad((n.number + 1)::text, greatest(s.width, length((n.number + 1)::text)), '0')
        ) then (
            select max(substr(c.member_id, length(s.prefix) + 1)::bigint)
            from public.customers c
            where starts_with(c.member_id, s.prefix) and substr(c.member_id, length(s.prefix) + 1) ~ '^\d{1,18}$'
        )
        else n.number
    end as number
    from style s, newest n
),
attempt (number, member_id) as (
    select number, null from start
    union all
    select a.number + 1, case
        when s.is_uuid then gen_random_uuid()::text
        else s.prefix || lpad((a.number + 1)::text, greatest(s.width, length((a.number + 1)::text)), '0')
    end
    from attempt a, style s
    where a.member_id is null
       or exists (select from public.customers o where o.member_id = a.member_id)
       or exists (select from public.transactions t where t.customer_id = a.member_id)
       or exists (select from public.leads l where l.customer_id = a.member_id)
       or exists (select from public.customer_visit_patterns p where p.customer_id = a.member_id)
       or exists (select from public.customer_product_affinity f where f.customer_id = a.member_id)
)
select member_id from attempt order by number desc limit 1
