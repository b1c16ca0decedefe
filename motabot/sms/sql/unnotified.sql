-- A hand-off without a notice whose next attempt is due, urgent ones first, locked against other workers until the
-- transaction ends.
select h.id, h.phone, h.reason, h.is_urgent, h.summary, h.created_at, h.attempts,
       coalesce((select json_agg(coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content) order by m.id)
                 from motabot.answered a
                 join public.messages m on m.id = a.message_id and m.phone_number = a.phone_number
                 where a.turn_id = h.turn_id),
                (select json_agg(coalesce((select l.content from motabot.long_texts l where l.message_id = m.id), m.content)) from public.messages m
                 where m.id = h.message_id and motabot.phone_key(m.phone_number::text) = h.phone), '[]') as texts
from motabot.handoffs h
where h.notified_at is null and h.resolved_at is null and h.next_attempt_at <= now()
order by h.is_urgent desc, h.id
limit 1
for update of h skip locked
