-- Texts that arrived before this one and were sent after it. The stamp of a wrong clock is ignored.
select id, content, sent_at
from (
    select id, coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content) as content,
           case when modem_timestamp between '2010-01-01' and now() then modem_timestamp
                             else "timestamp" end as sent_at
    from public.messages m
    where motabot.phone_key(phone_number::text) = :phone and direction = 'inbound' and id <> :id
) m
where sent_at > :sent_at and sent_at <= now()
order by sent_at, id limit 50
