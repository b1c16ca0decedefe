-- No open text lies at or below the floor. It stays some rows behind the newest, for transactions that commit late.
update motabot.meta f set value = greatest(f.value::bigint, least(
    (select max(m.id) from public.messages m) - :lag,
    (select min(m.id) - 1 from public.messages m
     where m.direction = 'inbound' and m.id > f.value::bigint and not exists (
         select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number))
))::text
where f.key = 'sweep_floor'
