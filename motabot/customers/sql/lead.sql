-- A phone's lead, how many customers have its number, and which one if it is exactly one. Always one row.
-- A number that changed hands belongs to no customer that we know.
select l.id as lead_id, l.phone_number, l.customer_id, l.conversion_probability, c.customers, c.member_id
from (
    select count(*) as customers, case when count(*) = 1 then min(member_id::text) end as member_id
    from public.customers where motabot.phone_key(phone::text) = :phone
      and not exists (select from motabot.phones p where p.phone = :phone and p.unlinked_at is not null)
) c
left join lateral (
    select * from public.leads where motabot.phone_key(phone_number::text) = :phone order by id limit 1
) l on true
