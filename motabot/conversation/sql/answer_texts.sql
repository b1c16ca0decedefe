-- Claims texts for one turn, under their row locks in the order of their ids. The primary key of motabot.answered
-- lets only one turn have a text. A text that another turn has is not counted.
insert into motabot.answered (message_id, phone_number, turn_id, reason)
select m.id, m.phone_number, :turn_id, 'reply'
from (
    select id, phone_number from public.messages
    where motabot.phone_key(phone_number::text) = :phone and id = any(:ids) order by id for update
) m
on conflict do nothing
