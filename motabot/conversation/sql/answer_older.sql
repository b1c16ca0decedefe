-- A turn sees the newest texts of a flood. Its reply is the answer to the older ones as well, so that none stays open;
-- but not to those that nobody read for consent yet, and not to parts of a text that is not whole.
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
