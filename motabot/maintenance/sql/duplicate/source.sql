-- What a copy needs to know of its source: e-mail, whether somebody else has its number too, and its leads, oldest
-- first: those that name the customer, and one of its own number that names nobody.
with phone as (
    select exists (
        select from public.customers o where motabot.phone_key(o.phone::text) = :source_phone and o.member_id <> :source
    ) as is_shared
)
select c.email, p.is_shared,
       array(
           select l.id from public.leads l
           where l.customer_id = :source
              or (l.customer_id is null and motabot.phone_key(l.phone_number::text) = :source_phone and not p.is_shared)
           order by l.id
       ) as leads
from public.customers c, phone p
where c.member_id = :source
limit 1
