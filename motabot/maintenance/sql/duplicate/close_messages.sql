-- None of the copied texts waits for an answer.
insert into motabot.answered (message_id, phone_number, reason)
select m.id, m.phone_number, 'duplicate'
from motabot.duplicate_rows r
join public.messages m on m.id = any(r.keys::bigint[]) and motabot.phone_key(m.phone_number::text) = :phone
where r.duplicate_id = :duplicate and r.table_name = 'public.messages' and m.direction = 'inbound'
