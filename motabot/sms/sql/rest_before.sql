-- The end of a longer text that came before its beginning: the newest open text of the same seconds that begins with
-- a space.
select m.id, coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content) as content
from public.messages m
join public.messages f on f.id = :id and motabot.phone_key(f.phone_number::text) = :phone
where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'inbound' and m.id < :id
  and m.content::text ~ '^\s'
  and abs(extract(epoch from coalesce(m.modem_timestamp, m."timestamp") - coalesce(f.modem_timestamp, f."timestamp")))
      <= :seconds
  and not exists (
      select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
  )
  and not exists (select from motabot.parts w where w.message_id = m.id)
order by m.id desc limit 1
