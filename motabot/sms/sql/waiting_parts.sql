-- The parts of a longer text that wait for the others, in their order.
select p.message_id, p.reference, p.part, p.parts, m.content,
       coalesce(m.modem_timestamp, m."timestamp") as own_time
from motabot.parts p
join public.messages m on m.id = p.message_id and motabot.phone_key(m.phone_number::text) = p.phone
where p.phone = :phone and p.reference is not distinct from :reference order by p.part, p.message_id
