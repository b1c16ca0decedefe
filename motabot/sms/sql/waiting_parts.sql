-- The parts of a longer text that wait for the others, in their order.
select p.message_id, p.reference, p.part, p.parts,
       coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content) as content,
       coalesce(m.modem_timestamp, m."timestamp") as own_time
from motabot.parts p
join public.messages m on m.id = p.message_id and motabot.phone_key(m.phone_number::text) = p.phone
where p.phone = :phone and p.reference is not distinct from :reference order by p.part, p.message_id
