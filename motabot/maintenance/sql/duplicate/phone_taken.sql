-- Who has a phone already, in any of its spellings; no row when it is free.
select 'a customer' as holder from public.customers o where o.phone = any(%(spellings)s)
union all
select 'a lead' from public.leads l where l.phone_number = any(%(spellings)s)
union all
select 'a conversation' from public.messages m where m.phone_number = any(%(spellings)s)
union all
select 'a conversation' from motabot.phones p where p.phone = any(%(spellings)s)
limit 1
