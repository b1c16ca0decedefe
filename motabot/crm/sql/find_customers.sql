-- Customers by member id, by phone in any of its spellings, or by name (letters' case and outer blanks aside);
-- a member id wins over a phone, a phone over a name.
with found as (
    select o.member_id, o.name, o.phone, o.last_visited,
           case
               when o.member_id = %(words)s and not %(only_phone)s then 1
               when o.phone = any(%(phones)s) then 2
               else 3
           end as rank
    from public.customers o
    where o.phone = any(%(phones)s)
       or not %(only_phone)s and (o.member_id = %(words)s or lower(btrim(o.name)) = lower(%(words)s))
)
select f.member_id, f.name, f.phone, f.last_visited
from found f
where f.rank = (select min(rank) from found)
order by f.member_id collate "C"
limit 20
