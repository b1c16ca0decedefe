-- Closes what a number's former owner wrote and nobody answered. Texts not yet read for consent, and parts of an
-- incomplete text, stay open until they are read.
insert into motabot.answered (message_id, phone_number, reason)
select m.id, m.phone_number, 'number changed hands'
from public.messages m
where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'inbound' and m.id <> :keep
  and m.id > (select value::bigint from motabot.meta where key = 'watermark')
  and exists (select from motabot.receipts r where r.message_id = m.id)
  and not exists (select from motabot.parts w where w.message_id = m.id)
  and not exists (
      select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
  )
on conflict do nothing
