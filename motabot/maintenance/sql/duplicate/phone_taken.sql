-- Who already has a phone, in any of its spellings; no row if it is free.
select 'a customer' as holder from public.customers o where motabot.phone_key(o.phone::text) = :phone
union all
select 'a lead' from public.leads l where motabot.phone_key(l.phone_number::text) = :phone
union all
select 'a conversation' from public.messages m where motabot.phone_key(m.phone_number::text) = :phone
union all
select 'a conversation' from motabot.phones p where p.phone = :phone
limit 1
