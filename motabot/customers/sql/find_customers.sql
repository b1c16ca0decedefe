-- Customers by member id (as it is or in capitals), by phone in any of its spellings, or by name (ignoring case and
-- outer blanks). A member id wins over a phone, and a phone over a name. Names are read only when nothing else matches.
with by_key as materialized (
    select o.member_id::text as member_id, o.name::text as name, o.phone::text as phone, o.last_visited,
           o.member_id in (:words, upper(:words)) and not :only_phone as is_id
    from public.customers o
    where o.member_id in (:words, upper(:words)) and not :only_phone or motabot.phone_key(o.phone::text) = :phone
)
select k.member_id, k.name, k.phone, k.last_visited
from by_key k
where k.is_id or not exists (select from by_key where is_id)
union all
select o.member_id::text, o.name::text, o.phone::text as phone, o.last_visited
from public.customers o
where lower(btrim(o.name)) = lower(:words) and not :only_phone and not exists (select from by_key)
order by 1
limit 20
