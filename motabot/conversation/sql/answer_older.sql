-- A turn sees the newest texts of a flood. Its reply also answers the older ones, so that none stays open, except
-- texts not yet read for consent and parts of an incomplete text.
insert into motabot.answered (message_id, phone_number, turn_id, reason)
select m.id, m.phone_number, :turn_id, 'reply'
from public.messages m
where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'inbound' and m.id < :first
  and m.id > (select value::bigint from motabot.meta where key = 'watermark')
  and not exists (
      select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
  )
  and exists (select from motabot.receipts r where r.message_id = m.id)
  and not exists (select from motabot.parts w where w.message_id = m.id)
on conflict do nothing
