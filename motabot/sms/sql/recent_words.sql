-- The words of a phone before a text, newest first.
select coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content) as content
from public.messages m
where motabot.phone_key(phone_number::text) = :phone and direction = 'inbound' and id <> :id
order by id desc limit 5
