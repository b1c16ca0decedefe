-- The opt-out that a phone sent last before a message, within a few seconds of it, and what its consent was before.
select m.id, m.content::text as content,
       coalesce((select b.decision from motabot.consents b where b.phone = :phone and b.id < c.id order by b.id desc limit 1),
                'unknown') as before
from public.messages m
join public.messages f on f.id = :id and motabot.phone_key(f.phone_number::text) = :phone
join motabot.answered a on a.message_id = m.id and a.phone_number = m.phone_number and a.reason = 'stop'
join motabot.consents c on c.message_id = m.id and c.phone = :phone and c.decision = 'out' and c.source = 'text'
where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'inbound'
  and m.id = (
      select max(l.id) from public.messages l
      where motabot.phone_key(l.phone_number::text) = :phone and l.direction = 'inbound' and l.id < :id
  )
  and extract(epoch from coalesce(f.modem_timestamp, f."timestamp") - coalesce(m.modem_timestamp, m."timestamp"))
      between 0 and :seconds
  and not exists (select from motabot.consents l where l.phone = :phone and l.id > c.id)
