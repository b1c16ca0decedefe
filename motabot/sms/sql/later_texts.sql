-- Texts that came before this one and were sent after it; a stamp of a clock that is wrong counts as none.
select id, content, sent_at
from (
    select id, content, case when modem_timestamp between '2010-01-01' and now() then modem_timestamp
                             else "timestamp" end as sent_at
    from public.messages
    where motabot.phone_key(phone_number::text) = :phone and direction = 'inbound' and id <> :id
) m
where sent_at > :sent_at and sent_at <= now()
order by sent_at, id limit 50
